/* fuzz-session.c - sessions: what is accepted is written and read back the same, and what is wrong with its audit trail
 * stays so
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "hp-error.h"
#include "hp-session.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static gint64
tell_time (gpointer data)
{
  return 1796032800;
}

/* What a front end does with any session */
static void
work_on (HpSession *session)
{
  HpSessionHouse *house = hp_session_add_house (session, NULL, NULL);
  guint position;

  hp_session_set_clock (session, tell_time, NULL);
  if (house == NULL)
    return;
  g_assert_true (hp_session_find_house (session, hp_session_house_get_id (house)) == house);
  house = hp_session_duplicate_house (session, hp_session_get_house (session, 0));
  hp_session_override (session, hp_session_get_house (session, 0), 5, NULL, "why", "fuzz", NULL);
  g_assert_true (hp_session_is_decision_current (session, hp_session_get_house (session, 0)));
  if (house == NULL)
    return;
  house = hp_session_remove_house (session, house, &position);
  hp_session_restore_house (session, house, position);
  g_object_unref (house);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HpSession) session = hp_session_from_json ((const char *) data, size, "fuzz", "/folder", &error);
  g_autoptr (HpSession) again = NULL, changed = NULL;
  g_autofree char *text = NULL, *second = NULL;

  if (session == NULL)
    {
      g_assert_error (error, HP_ERROR, HP_ERROR_BAD_DATA);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      return 0;
    }
  text = hp_session_to_json (session, "/folder", NULL);
  again = hp_session_from_json (text, strlen (text), "fuzz", "/folder", &error);
  g_assert_no_error (error);
  second = hp_session_to_json (again, "/folder", NULL);
  g_assert_cmpstr (text, ==, second);
  g_assert_cmpstr (hp_audit_get_problem (hp_session_get_audit (session)), ==,
                   hp_audit_get_problem (hp_session_get_audit (again)));

  work_on (again);
  g_free (second);
  second = hp_session_to_json (again, "/folder", NULL);
  changed = hp_session_from_json (second, strlen (second), "fuzz", "/folder", &error);
  g_assert_no_error (error);
  return 0;
}
