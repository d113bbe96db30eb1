/* hp-session-decide.c - what is decided about a session's houses
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "hp-error.h"
#include "hp-members-private.h"
#include "hp-session-private.h"

/**
 * hp_session_get_audit:
 * @session: a session
 *
 * Returns: (transfer none): who decided what, and why
 */
const HpAudit *
hp_session_get_audit (HpSession *session)
{
  g_return_val_if_fail (HP_IS_SESSION (session), NULL);

  return session->audit;
}

static gboolean
add (HpSession *session, HpSessionHouse *house, HpAuditAction action, double price, const HpSessionValuation *valuation,
     const char *reason, const char *author, GError **error)
{
  g_autofree char *why = _hp_members_cut (reason != NULL ? reason : "", HP_MEMBERS_MAX_TEXT);
  g_autofree char *who = _hp_members_cut (author != NULL ? author : g_get_user_name (), HP_MEMBERS_MAX_NAME);
  HpAuditEntry entry = {
    .action = action,
    .house = (char *) hp_session_house_get_id (house),
    .name = (char *) hp_session_house_get_name (house),
    .question = (HpQuestion *) hp_session_house_get_question (house),
    .price = price,
    .predicted = valuation != NULL ? valuation->price : NAN,
    .version = valuation != NULL ? valuation->version : NULL,
    .reason = why,
    .author = who,
    .when = hp_session_get_time (session),
  };

  if (hp_audit_add (session->audit, &entry) == NULL)
    {
      hp_set_error (error, HP_ERROR_CONFLICT, NULL,
                    _ ("the audit trail is full, and nothing is taken out of it: go on in another session"));
      return FALSE;
    }
  _hp_session_touch (session);
  _hp_session_tell_decided (session, house);
  return TRUE;
}

/**
 * hp_session_accept:
 * @session: a session
 * @house: one of its houses
 * @version: whose price is accepted
 * @reason: (nullable): why
 * @author: (nullable): who; %NULL: the user who is logged in
 * @error: %HP_ERROR_NOT_FOUND if @version has said no price of @house as it is;
 *   %HP_ERROR_CONFLICT if the trail is full, as for the others
 *
 * Returns: whether the price was accepted
 */
gboolean
hp_session_accept (HpSession *session, HpSessionHouse *house, const char *version, const char *reason,
                   const char *author, GError **error)
{
  const HpSessionValuation *valuation;

  g_return_val_if_fail (HP_IS_SESSION (session) && version != NULL, FALSE);
  g_return_val_if_fail (hp_session_get_position (session, house, NULL), FALSE);

  valuation = hp_session_house_find_valuation (house, version);
  if (valuation == NULL)
    {
      hp_set_error (error, HP_ERROR_NOT_FOUND, "version", _ ("version %s has not valued %s: value it first"), version,
                    hp_session_house_get_name (house));
      return FALSE;
    }
  return add (session, house, HP_AUDIT_ACCEPT, valuation->price, valuation, reason, author, error);
}

static gboolean
is_blank (const char *text)
{
  return text == NULL || text[strspn (text, " \t\n\r")] == '\0';
}

/**
 * hp_session_override:
 * @session: a session
 * @house: one of its houses
 * @price: what it is worth instead
 * @version: (nullable): whose price is overridden; what it said is kept with the decision
 * @reason: why
 * @author: (nullable): who; %NULL: the user who is logged in
 * @error: %HP_ERROR_USAGE if @price is no price, or there is no reason
 *
 * Returns: whether the price was set
 */
gboolean
hp_session_override (HpSession *session, HpSessionHouse *house, double price, const char *version, const char *reason,
                     const char *author, GError **error)
{
  g_return_val_if_fail (HP_IS_SESSION (session), FALSE);
  g_return_val_if_fail (hp_session_get_position (session, house, NULL), FALSE);

  if (!isfinite (price) || price <= 0)
    {
      hp_set_error (error, HP_ERROR_USAGE, "price", _ ("a price has to be above 0"));
      return FALSE;
    }
  if (is_blank (reason))
    {
      hp_set_error (error, HP_ERROR_USAGE, "reason", _ ("another price needs a reason: say why"));
      return FALSE;
    }
  return add (session, house, HP_AUDIT_OVERRIDE, price,
              version != NULL ? hp_session_house_find_valuation (house, version) : NULL, reason, author, error);
}

/**
 * hp_session_withdraw:
 * @session: a session
 * @house: one of its houses
 * @reason: (nullable): why
 * @author: (nullable): who; %NULL: the user who is logged in
 * @error: %HP_ERROR_NOT_FOUND if nothing is decided
 *
 * The decision stays in the trail, and another entry says that it no longer holds.
 *
 * Returns: whether it was withdrawn
 */
gboolean
hp_session_withdraw (HpSession *session, HpSessionHouse *house, const char *reason, const char *author, GError **error)
{
  g_return_val_if_fail (HP_IS_SESSION (session), FALSE);
  g_return_val_if_fail (hp_session_get_position (session, house, NULL), FALSE);

  if (hp_session_get_decision (session, house) == NULL)
    {
      hp_set_error (error, HP_ERROR_NOT_FOUND, NULL, _ ("nothing is decided about %s"),
                    hp_session_house_get_name (house));
      return FALSE;
    }
  return add (session, house, HP_AUDIT_WITHDRAW, NAN, NULL, reason, author, error);
}

/**
 * hp_session_get_decision:
 * @session: a session
 * @house: a house
 *
 * Returns: (transfer none) (nullable): the acceptance or override that holds
 */
const HpAuditEntry *
hp_session_get_decision (HpSession *session, HpSessionHouse *house)
{
  g_return_val_if_fail (HP_IS_SESSION (session) && HP_IS_SESSION_HOUSE (house), NULL);

  return hp_audit_get_decision (session->audit, hp_session_house_get_id (house));
}

/**
 * hp_session_is_decision_current:
 * @session: a session
 * @house: a house
 *
 * Returns: whether something is decided, of the attributes and the date that the house has now
 */
gboolean
hp_session_is_decision_current (HpSession *session, HpSessionHouse *house)
{
  const HpAuditEntry *decision = hp_session_get_decision (session, house);

  return decision != NULL && hp_question_equal (decision->question, hp_session_house_get_question (house));
}
