/* hp-session-houses.c - a session's list of houses
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#include "hp-session-private.h"
#include "hp-text.h"

/* Ids of houses that were deleted are not given again: the audit trail may speak of them. */
void
_hp_session_note_id (HpSession *session, const char *id)
{
  guint64 number;

  if (*id != 'h' || !g_ascii_string_to_unsigned (id + 1, 10, 0, G_MAXUINT - 1, &number, NULL))
    return;
  session->next_house = MAX (session->next_house, (guint) number + 1);
}

static HpSessionHouse *
find_id (HpSession *session, const char *id)
{
  for (guint i = 0; i < session->houses->len; i++)
    if (strcmp (hp_session_house_get_id (session->houses->pdata[i]), id) == 0)
      return session->houses->pdata[i];
  return NULL;
}

/* The largest number may have been given by hand; then the first that is free is taken. */
static char *
make_id (HpSession *session)
{
  char *id = g_strdup_printf ("h%u", session->next_house);

  for (guint n = 1; find_id (session, id) != NULL; n++)
    {
      g_free (id);
      id = g_strdup_printf ("h%u", n);
    }
  _hp_session_note_id (session, id);
  return id;
}

void
_hp_session_insert_house (HpSession *session, guint position, HpSessionHouse *house)
{
  _hp_session_note_id (session, hp_session_house_get_id (house));
  g_signal_connect_object (house, "changed", G_CALLBACK (_hp_session_touch), session, G_CONNECT_SWAPPED);
  g_ptr_array_insert (session->houses, (int) position, house);
}

static void
tell_inserted (HpSession *session, guint position)
{
  g_list_model_items_changed (G_LIST_MODEL (session), position, 0, 1);
  _hp_session_touch (session);
}

/**
 * hp_session_get_n_houses:
 * @session: a session
 *
 * Returns: how many houses it has
 */
guint
hp_session_get_n_houses (HpSession *session)
{
  g_return_val_if_fail (HP_IS_SESSION (session), 0);

  return session->houses->len;
}

/**
 * hp_session_get_house:
 * @session: a session
 * @position: which house
 *
 * Returns: (transfer none): the house
 */
HpSessionHouse *
hp_session_get_house (HpSession *session, guint position)
{
  g_return_val_if_fail (HP_IS_SESSION (session) && position < session->houses->len, NULL);

  return session->houses->pdata[position];
}

/**
 * hp_session_find_house:
 * @session: a session
 * @id_or_name: an id, or else a name in any case
 *
 * Returns: (transfer none) (nullable): the house; of several with that name the first
 */
HpSessionHouse *
hp_session_find_house (HpSession *session, const char *id_or_name)
{
  HpSessionHouse *house;
  g_autofree char *wanted = NULL;

  g_return_val_if_fail (HP_IS_SESSION (session) && id_or_name != NULL, NULL);

  house = find_id (session, id_or_name);
  if (house != NULL)
    return house;
  wanted = hp_text_key (id_or_name, -1);
  for (guint i = 0; i < session->houses->len; i++)
    {
      g_autofree char *name = hp_text_key (hp_session_house_get_name (session->houses->pdata[i]), -1);

      if (strcmp (name, wanted) == 0)
        return session->houses->pdata[i];
    }
  return NULL;
}

/**
 * hp_session_get_position:
 * @session: a session
 * @house: a house
 * @position: (out) (optional): where it is
 *
 * Returns: whether it is one of the session's
 */
gboolean
hp_session_get_position (HpSession *session, HpSessionHouse *house, guint *position)
{
  g_return_val_if_fail (HP_IS_SESSION (session) && HP_IS_SESSION_HOUSE (house), FALSE);

  return g_ptr_array_find (session->houses, house, position);
}

/**
 * hp_session_add_house:
 * @session: a session
 * @name: (nullable): what to call it; %NULL: "House 3"
 * @question: (nullable): its attributes and as-of date
 *
 * Returns: (transfer none) (nullable): the new house, the last one; %NULL if the session is full
 */
HpSessionHouse *
hp_session_add_house (HpSession *session, const char *name, const HpQuestion *question)
{
  g_autofree char *id = NULL, *made = NULL;

  g_return_val_if_fail (HP_IS_SESSION (session), NULL);

  if (session->houses->len >= HP_SESSION_MAX_HOUSES)
    return NULL;
  if (name == NULL)
    name = made = g_strdup_printf (_ ("House %u"), session->next_house);
  id = make_id (session);
  _hp_session_insert_house (session, session->houses->len, _hp_session_house_new (id, name, "", question));
  tell_inserted (session, session->houses->len - 1);
  return session->houses->pdata[session->houses->len - 1];
}

/**
 * hp_session_duplicate_house:
 * @session: a session
 * @house: one of its houses
 *
 * Returns: (transfer none) (nullable): a copy right behind @house, of which nothing is decided; %NULL if the session is
 * full
 */
HpSessionHouse *
hp_session_duplicate_house (HpSession *session, HpSessionHouse *house)
{
  g_autofree char *id = NULL, *name = NULL;
  HpSessionHouse *copy;
  guint position;

  g_return_val_if_fail (HP_IS_SESSION (session), NULL);
  g_return_val_if_fail (hp_session_get_position (session, house, &position), NULL);

  if (session->houses->len >= HP_SESSION_MAX_HOUSES)
    return NULL;
  id = make_id (session);
  name = g_strdup_printf (_ ("%s (copy)"), hp_session_house_get_name (house));
  copy = _hp_session_house_copy (house, id, name);
  _hp_session_insert_house (session, position + 1, copy);
  tell_inserted (session, position + 1);
  return copy;
}

/**
 * hp_session_remove_house:
 * @session: a session
 * @house: one of its houses
 * @position: (out) (optional): where it was
 *
 * What was decided about it stays in the audit trail.
 *
 * Returns: (transfer full): @house, for hp_session_restore_house()
 */
HpSessionHouse *
hp_session_remove_house (HpSession *session, HpSessionHouse *house, guint *position)
{
  HpSessionHouse *removed;
  guint at;

  g_return_val_if_fail (HP_IS_SESSION (session), NULL);
  g_return_val_if_fail (hp_session_get_position (session, house, &at), NULL);

  removed = g_ptr_array_steal_index (session->houses, at);
  g_signal_handlers_disconnect_by_func (removed, _hp_session_touch, session);
  if (position != NULL)
    *position = at;
  g_list_model_items_changed (G_LIST_MODEL (session), at, 1, 0);
  _hp_session_touch (session);
  return removed;
}

/**
 * hp_session_restore_house:
 * @session: a session
 * @house: a house that was removed from it
 * @position: where it was; at the end if the list is shorter now
 *
 * Undoes hp_session_remove_house().
 */
void
hp_session_restore_house (HpSession *session, HpSessionHouse *house, guint position)
{
  g_return_if_fail (HP_IS_SESSION (session) && HP_IS_SESSION_HOUSE (house));
  g_return_if_fail (find_id (session, hp_session_house_get_id (house)) == NULL);

  position = MIN (position, session->houses->len);
  _hp_session_insert_house (session, position, g_object_ref (house));
  tell_inserted (session, position);
}
