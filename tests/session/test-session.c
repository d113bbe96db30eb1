/* test-session.c - the document: houses, what is another and who is told, and the same again after writing and reading
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <string.h>

#include "session-support.h"

static void
count_cb (gpointer object, guint *count)
{
  (*count)++;
}

static void
notify_cb (GObject *object, GParamSpec *pspec, guint *count)
{
  (*count)++;
}

typedef struct
{
  guint calls, position, removed, added;
} Items;

static void
items_cb (GListModel *model, guint position, guint removed, guint added, Items *items)
{
  *items = (Items){ items->calls + 1, position, removed, added };
}

static const char *
name_at (HpSession *session, guint position)
{
  return hp_session_house_get_name (hp_session_get_house (session, position));
}

static void
test_new (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HpSession) session = support_new (fixture);

  g_assert_false (hp_session_get_modified (session));
  g_assert_null (hp_session_get_path (session));
  g_assert_null (hp_session_get_model (session));
  g_assert_null (hp_session_get_data (session));
  g_assert_null (hp_session_get_versions (session)[0]);
  g_assert_cmpstr (hp_session_get_notes (session), ==, "");
  g_assert_null (hp_session_get_view (session)->page);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (session)), ==, 0);
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (session), 0));
  g_assert_true (g_list_model_get_item_type (G_LIST_MODEL (session)) == HP_TYPE_SESSION_HOUSE);
  g_assert_cmpint (hp_session_get_created (session), ==, 0);
}

/* Setters tell once, and only if something is another */
static void
test_changes (Fixture *fixture, gconstpointer data)
{
  static const char *const versions[] = { "3", "4", "3", NULL }, *const same[] = { "3", "4", NULL };
  g_autoptr (HpSession) session = support_new (fixture);
  HpSessionView view = { (char *) "compare", NULL, NULL, NULL };
  guint changed = 0, notified = 0;

  g_signal_connect (session, "changed", G_CALLBACK (count_cb), &changed);
  g_signal_connect (session, "notify::modified", G_CALLBACK (notify_cb), &notified);
  hp_session_set_notes (session, "");
  hp_session_set_model (session, NULL);
  hp_session_set_view (session, &view);
  g_assert_true (hp_session_set_data (session, NULL, NULL, -1, NULL));
  g_assert_cmpuint (changed, ==, 0);
  g_assert_false (hp_session_get_modified (session));

  hp_session_set_versions (session, versions);
  g_assert_true (hp_session_get_modified (session));
  g_assert_cmpint (hp_session_get_created (session), ==, SUPPORT_NOW);
  g_assert_cmpuint (g_strv_length ((char **) hp_session_get_versions (session)), ==, 2);
  hp_session_set_versions (session, same);
  g_assert_cmpuint (changed, ==, 1);
  fixture->now += 5;
  hp_session_set_notes (session, "a");
  hp_session_set_notes (session, "a");
  g_assert_cmpuint (changed, ==, 2);
  g_assert_cmpint (hp_session_get_changed (session), ==, SUPPORT_NOW + 5);
  g_assert_cmpint (hp_session_get_created (session), ==, SUPPORT_NOW);
  g_assert_true (hp_session_set_data (session, "/x/sales.csv", "ff", 3, NULL));
  g_assert_true (hp_session_set_data (session, "/x/sales.csv", "ff", 3, NULL));
  g_assert_cmpuint (changed, ==, 3);
  g_assert_cmpuint (notified, ==, 1);
  g_assert_cmpstr (hp_session_get_view (session)->page, ==, "compare");
}

static void
test_houses (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HpSession) session = support_new (fixture);
  g_autoptr (HpQuestion) question = support_question ("1656", "North Ames");
  HpSessionHouse *a, *b, *copy;
  g_autoptr (HpSessionHouse) removed = NULL;
  Items items = { 0 };
  guint position, changed = 0, valued = 0, notified = 0;

  g_signal_connect (session, "items-changed", G_CALLBACK (items_cb), &items);
  a = hp_session_add_house (session, "Elm", question);
  b = hp_session_add_house (session, NULL, NULL);
  g_assert_cmpuint (items.calls, ==, 2);
  g_assert_cmpuint (items.position, ==, 1);
  g_assert_cmpuint (items.added, ==, 1);
  g_assert_cmpstr (hp_session_house_get_name (b), ==, "House 2");
  g_assert_cmpstr (hp_session_house_get_id (b), ==, "h2");

  g_signal_connect (session, "changed", G_CALLBACK (count_cb), &changed);
  g_signal_connect (a, "valued", G_CALLBACK (count_cb), &valued);
  g_signal_connect (a, "notify::name", G_CALLBACK (notify_cb), &notified);
  g_object_set (a, "name", "12 Elm St", "note", "roof", NULL);
  g_assert_cmpuint (changed, ==, 2);
  g_assert_cmpuint (notified, ==, 1);
  support_value (session, a, "3", 100000);
  support_value (session, a, "3", 100000);
  g_assert_cmpuint (valued, ==, 1);
  support_value (session, a, "3", 110000);
  g_assert_cmpuint (hp_session_house_get_n_valuations (a), ==, 1);
  g_assert_cmpfloat (hp_session_house_find_valuation (a, "3")->price, ==, 110000);
  g_assert_null (hp_session_house_find_valuation (a, "4"));

  copy = hp_session_duplicate_house (session, a);
  g_assert_cmpuint (items.position, ==, 1);
  g_assert_cmpstr (hp_session_house_get_name (copy), ==, "12 Elm St (copy)");
  g_assert_cmpstr (hp_session_house_get_note (copy), ==, "roof");
  g_assert_cmpfloat (hp_session_house_find_valuation (copy, "3")->price, ==, 110000);
  g_assert_cmpstr (hp_session_house_get_id (copy), ==, "h3");

  /* Other attributes: what was said of the old ones is forgotten; the copy's are its own */
  hp_session_house_set_attribute (a, "sqft", "1656");
  g_assert_cmpuint (hp_session_house_get_n_valuations (a), ==, 1);
  hp_session_house_set_attribute (a, "sqft", "1700");
  g_assert_cmpuint (hp_session_house_get_n_valuations (a), ==, 0);
  g_assert_cmpuint (valued, ==, 3);
  g_assert_cmpstr (hp_question_get (hp_session_house_get_question (copy), "sqft"), ==, "1656");
  g_assert_cmpuint (hp_session_house_get_n_valuations (copy), ==, 1);

  /* Deleted and put back where it was */
  changed = 0;
  removed = hp_session_remove_house (session, copy, &position);
  g_assert_cmpuint (position, ==, 1);
  g_assert_cmpuint (items.removed, ==, 1);
  g_assert_cmpuint (hp_session_get_n_houses (session), ==, 2);
  g_assert_cmpuint (changed, ==, 1);
  hp_session_house_set_name (removed, "nobody hears this");
  g_assert_cmpuint (changed, ==, 1);
  g_assert_false (hp_session_get_position (session, removed, NULL));
  hp_session_restore_house (session, removed, position);
  g_assert_cmpstr (name_at (session, 1), ==, "nobody hears this");
  hp_session_house_set_name (removed, "the copy");
  g_assert_cmpuint (changed, ==, 3);

  /* An id is never given twice */
  g_object_unref (hp_session_remove_house (session, removed, NULL));
  g_assert_cmpstr (hp_session_house_get_id (hp_session_add_house (session, "D", NULL)), ==, "h4");
  g_assert_true (hp_session_find_house (session, "h2") == b);
  g_assert_true (hp_session_find_house (session, " 12 elm ST") == a);
  g_assert_null (hp_session_find_house (session, "h3"));
}

/* Everything comes back, and what is written of that is the same to the byte */
static void
test_round_trip (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HpSession) session = support_new_full (fixture), read = NULL;
  g_autofree char *text = support_json (session), *again = NULL, *path = support_path (fixture, "sales.csv");
  const HpSessionValuation *valuation;
  const HpSessionView *view;
  HpSessionHouse *house;

  read = support_parse (text);
  again = support_json (read);
  g_assert_cmpstr (again, ==, text);
  g_assert_false (hp_session_get_modified (read));
  g_assert_cmpstr (hp_session_get_model (read), ==, "house-price");
  g_assert_cmpstr (hp_session_get_versions (read)[1], ==, "champion");
  g_assert_cmpstr (hp_session_get_data (read)->path, ==, path);
  g_assert_cmpstr (hp_session_get_data (read)->sha256, ==, "00ff");
  g_assert_cmpint (hp_session_get_data (read)->rows, ==, 2930);
  g_assert_cmpstr (hp_session_get_notes (read), ==, hp_session_get_notes (session));
  g_assert_cmpint (hp_session_get_created (read), ==, SUPPORT_NOW);
  g_assert_cmpint (hp_session_get_changed (read), ==, SUPPORT_NOW + 60);
  view = hp_session_get_view (read);
  g_assert_cmpstr (view->chart, ==, "residuals-fitted");
  g_assert_cmpuint (view->rows->len, ==, 3);
  g_assert_cmpuint (g_array_index (view->rows, guint64, 2), ==, 2930);
  house = hp_session_get_house (read, 0);
  g_assert_cmpstr (hp_session_house_get_note (house), ==, "new roof");
  g_assert_cmpint (hp_session_house_get_question (house)->options.as_of, ==, 20100700);
  valuation = hp_session_house_find_valuation (house, "4");
  g_assert_cmpfloat (valuation->price, ==, 180000.5);
  g_assert_cmpfloat (valuation->low, ==, 160000);
  g_assert_cmpfloat (valuation->high, ==, 210000.75);
  g_assert_cmpfloat (valuation->level, ==, 0.9);
  g_assert_cmpint (valuation->when, ==, SUPPORT_NOW);
  g_assert_cmpstr (valuation->source, ==, "local");
}

/* Members of a later program stay where they were, at every level */
static void
test_unknown (Fixture *fixture, gconstpointer data)
{
  static const char text[]
    = "{\"format\":1,\"mood\":\"good\",\"versions\":[],\"data\":{\"path\":\"/s.csv\",\"encoding\":\"utf-8\"},"
      "\"houses\":[{\"id\":\"h1\",\"name\":\"A\",\"photo\":{\"deep\":[1,[2,{\"x\":null}]]},\"attributes\":{},"
      "\"valuations\":[{\"version\":\"3\",\"price\":1,\"drift\":0.5}]}],"
      "\"view\":{\"page\":\"map\",\"zoom\":12.5}}";
  static const char *const kept[]
    = { "\"mood\": \"good\"", "\"encoding\": \"utf-8\"", "\"photo\": {", "\"drift\": 0.5", "\"zoom\": 12.5" };
  g_autoptr (HpSession) session = support_parse (text), copy = NULL;
  g_autofree char *written = support_json (session), *duplicated = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (kept); i++)
    g_assert_nonnull (strstr (written, kept[i]));
  copy = support_parse (written);
  hp_session_duplicate_house (copy, hp_session_get_house (copy, 0));
  duplicated = support_json (copy);
  g_assert_nonnull (strstr (strstr (duplicated, "\"photo\"") + 1, "\"photo\""));
  g_assert_true (hp_session_set_data (copy, "/other.csv", NULL, -1, NULL));
  g_free (duplicated);
  duplicated = support_json (copy);
  g_assert_null (strstr (duplicated, "\"encoding\""));
}

/* Paths beneath the file's folder are relative, so that both can be moved; others are not */
static void
test_paths (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *data, *folder, *expected;
  } cases[] = {
    { "/a/b/sales.csv", "/a/b", "\"sales.csv\"" },
    { "/a/b/c/sales.csv", "/a/b", "\"c/sales.csv\"" },
    { "/a/bc/sales.csv", "/a/b", "\"/a/bc/sales.csv\"" },
    { "/a/b", "/a/b", "\"/a/b\"" },
    { "/sales.csv", "/", "\"sales.csv\"" },
    { "/a/x/../b/sales.csv", "/a/b/.", "\"sales.csv\"" },
    { "/a/b/sales.csv", NULL, "\"/a/b/sales.csv\"" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (HpSession) session = support_new (fixture), read = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *text = NULL;

      g_assert_true (hp_session_set_data (session, cases[i].data, NULL, -1, NULL));
      text = hp_session_to_json (session, cases[i].folder, NULL);
      g_assert_nonnull (strstr (text, cases[i].expected));
      read = hp_session_from_json (text, strlen (text), "test", cases[i].folder, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (hp_session_get_data (read)->path, ==, hp_session_get_data (session)->path);
    }
}

/* What no file could hold does not get into a session */
static void
test_limits (Fixture *fixture, gconstpointer data)
{
  const char *const versions[] = { "1", "2", "3", "4", "5", "6", "7", "8", "9", NULL };
  g_autoptr (HpSession) session = support_new (fixture), read = NULL;
  g_autofree char *text = NULL, *again = NULL;
  g_autoptr (GString) name = g_string_new ("a");
  g_autoptr (HpQuestion) question = hp_question_new ();
  HpValuation none = { .version = (char *) "3", .predicted_price = NAN };
  HpSessionHouse *house;
  GError *error = NULL;

  for (guint i = 0; i < 40000; i++)
    g_string_append (name, "é");
  hp_question_set (question, name->str, name->str);
  hp_question_set (question, "bad", "\xff\xfe");
  house = hp_session_add_house (session, name->str, question);
  g_assert_cmpuint (strlen (hp_session_house_get_name (house)), ==, 999);
  hp_session_house_set_note (house, name->str);
  hp_session_set_notes (session, name->str);
  hp_session_set_versions (session, versions);
  g_assert_cmpuint (g_strv_length ((char **) hp_session_get_versions (session)), ==, 8);
  hp_session_house_take_valuation (house, &none, 0);
  none.predicted_price = INFINITY;
  hp_session_house_take_valuation (house, &none, 0);
  none.predicted_price = 5;
  none.low = 6;
  none.high = 7;
  none.level = 0.9;
  hp_session_house_take_valuation (house, &none, 0);
  none.version = NULL;
  hp_session_house_take_valuation (house, &none, 0);
  g_assert_cmpuint (hp_session_house_get_n_valuations (house), ==, 0);
  for (guint i = 0; i < 100; i++)
    {
      g_autofree char *version = g_strdup_printf ("%u", i);

      support_value (session, house, version, 100000 + i);
    }
  g_assert_cmpuint (hp_session_house_get_n_valuations (house), ==, 64);
  g_assert_nonnull (hp_session_house_find_valuation (house, "99"));
  g_assert_null (hp_session_house_find_valuation (house, "0"));
  g_assert_true (hp_session_override (session, house, 5, NULL, name->str, name->str, NULL));
  g_assert_false (hp_session_set_data (session, "/tmp/\xff.csv", NULL, -1, &error));
  support_assert_error (error, HP_ERROR_BAD_DATA, "UTF-8");
  text = support_json (session);
  read = support_parse (text);
  again = support_json (read);
  g_assert_cmpstr (again, ==, text);
  while (hp_session_get_n_houses (session) < HP_SESSION_MAX_HOUSES)
    g_assert_nonnull (hp_session_add_house (session, "x", NULL));
  g_assert_null (hp_session_add_house (session, "x", NULL));
  g_assert_null (hp_session_duplicate_house (session, house));
}

/* Nothing is held longer than needed, in whatever order it goes */
static void
test_finalized (Fixture *fixture, gconstpointer data)
{
  HpSession *session = support_new_full (fixture);
  HpSessionHouse *removed = hp_session_remove_house (session, hp_session_get_house (session, 0), NULL);
  HpSessionHouse *held = g_list_model_get_item (G_LIST_MODEL (session), 0);

  g_assert_finalize_object (session);
  hp_session_house_set_name (held, "outlives its session");
  g_assert_finalize_object (held);
  g_assert_finalize_object (removed);
}

int
main (int argc, char *argv[])
{
  support_init (&argc, &argv);

  support_add ("/session/new", test_new);
  support_add ("/session/changes", test_changes);
  support_add ("/session/houses", test_houses);
  support_add ("/session/round-trip", test_round_trip);
  support_add ("/session/unknown", test_unknown);
  support_add ("/session/paths", test_paths);
  support_add ("/session/limits", test_limits);
  support_add ("/session/finalized", test_finalized);

  return support_run ();
}
