/* session-support.c - sessions whose clock stands still, and folders of their own
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <string.h>

#include "hp-file.h"
#include "session-support.h"

static char *home;

void
support_init (int *argc, char ***argv)
{
  home = g_dir_make_tmp ("hp-session-home-XXXXXX", NULL);
  g_assert_nonnull (home);
  g_setenv ("XDG_DATA_HOME", home, TRUE);
  g_test_init (argc, argv, NULL);
}

int
support_run (void)
{
  int status = g_test_run ();

  hp_file_remove_tree (home, NULL);
  g_clear_pointer (&home, g_free);
  return status;
}

void
support_set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("hp-session-XXXXXX", NULL);
  g_assert_nonnull (fixture->folder);
  fixture->now = SUPPORT_NOW;
}

void
support_tear_down (Fixture *fixture, gconstpointer data)
{
  g_autofree char *copies = g_build_filename (home, "house-price", NULL);

  hp_file_remove_tree (fixture->folder, NULL);
  hp_file_remove_tree (copies, NULL);
  g_free (fixture->folder);
}

char *
support_path (Fixture *fixture, const char *name)
{
  return g_build_filename (fixture->folder, name, NULL);
}

static gint64
tell_time (gpointer data)
{
  return ((Fixture *) data)->now;
}

HpSession *
support_new (Fixture *fixture)
{
  HpSession *session = hp_session_new ();

  hp_session_set_clock (session, tell_time, fixture);
  return session;
}

HpQuestion *
support_question (const char *sqft, const char *location)
{
  HpQuestion *question = hp_question_new ();

  hp_question_set (question, "sqft", sqft);
  hp_question_set (question, "location", location);
  return question;
}

void
support_value (HpSession *session, HpSessionHouse *house, const char *version, double price)
{
  HpValuation valuation = {
    .version = (char *) version,
    .source = (char *) "local",
    .currency = (char *) "USD",
    .predicted_price = price,
    .level = 0.9,
    .low = price - 20000.5,
    .high = price + 30000.25,
  };

  hp_session_house_take_valuation (house, &valuation, hp_session_get_time (session));
}

HpSession *
support_new_full (Fixture *fixture)
{
  static const char *const versions[] = { "3", "champion", NULL };
  const guint64 rows[] = { 12, 40, 2930 };
  g_autoptr (HpQuestion) elm = support_question ("1656", "North Ames"), oak = support_question ("900", "Gilbert");
  g_autoptr (GArray) selected = g_array_new (FALSE, FALSE, sizeof (guint64));
  HpSessionView view = { (char *) "residuals", (char *) "residuals-fitted", (char *) "location=North Ames", selected };
  g_autofree char *data = support_path (fixture, "sales.csv");
  HpSession *session = support_new (fixture);
  HpSessionHouse *house;

  g_array_append_vals (selected, rows, G_N_ELEMENTS (rows));
  hp_session_set_model (session, "house-price");
  hp_session_set_versions (session, versions);
  g_assert_true (hp_session_set_data (session, data, "00ff", 2930, NULL));
  hp_session_set_notes (session, "Compare before the board meets.\n“Quoted”");
  hp_session_set_view (session, &view);
  elm->options.as_of = 20100700;
  house = hp_session_add_house (session, "12 Elm St", elm);
  hp_session_house_set_note (house, "new roof");
  support_value (session, house, "3", 178123);
  support_value (session, house, "4", 180000.5);
  g_assert_true (hp_session_override (session, house, 185000, "3", "new roof in 2024", "Ada", NULL));
  fixture->now += 60;
  house = hp_session_add_house (session, "7 Oak Ave", oak);
  support_value (session, house, "3", 120000);
  g_assert_true (hp_session_accept (session, house, "3", NULL, "Grace", NULL));
  return session;
}

char *
support_json (HpSession *session)
{
  return hp_session_to_json (session, NULL, NULL);
}

HpSession *
support_parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  HpSession *session = hp_session_from_json (text, strlen (text), "test", NULL, &error);

  g_assert_no_error (error);
  return session;
}

void
support_assert_error (GError *error, HpErrorCode code, const char *part)
{
  g_assert_error (error, HP_ERROR, (int) code);
  if (strstr (error->message, part) == NULL)
    g_error ("“%s” is not in the message “%s”", part, error->message);
  g_error_free (error);
}
