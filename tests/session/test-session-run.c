/* test-session-run.c - a session done again: what is the same, what is another, what is gone
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <string.h>

#include "hp-session-file.h"
#include "hp-session-run.h"
#include "valuer-support.h"

static gint64
tell_time (gpointer data)
{
  return 1796032800;
}

static void
add_holdout (GHashTable *files, double error)
{
  g_autoptr (GString) csv = g_string_new ("row,line,fold,price,predicted,low,high,sqft\n");

  for (guint i = 0; i < 40; i++)
    g_string_append_printf (csv, "%u,%u,0,%u,%.0f,,,%u\n", i + 1, i + 2, 100000 + 1000 * i, 100000 + 1000 * i + error,
                            1000 + i);
  support_set_file (files, "holdout.csv", csv->str);
}

/* As add_version(), and with hold-out sales */
static void
add_studied (HpRegistry *registry, double rise, double error)
{
  g_autoptr (GHashTable) files = support_make_loadable_files ();
  g_autoptr (HpModel) model = hp_model_new_linear (HP_TARGET_PLAIN, 1, 150000.0, &rise);
  gsize length;
  g_autofree char *text = hp_model_to_json (model, &length);

  support_set_file (files, "model.json", text);
  add_holdout (files, error);
  support_add_files (registry, files);
}

static HpSession *
make_session (const char *const *versions)
{
  static const char *const areas[] = { "1500", "1800", "big" };
  HpSession *session = hp_session_new ();

  hp_session_set_clock (session, tell_time, NULL);
  hp_session_set_versions (session, versions);
  for (guint i = 0; i < G_N_ELEMENTS (areas); i++)
    {
      g_autoptr (HpQuestion) question = hp_question_new ();

      hp_question_set (question, "sqft", areas[i]);
      hp_session_add_house (session, areas[i], question);
    }
  return session;
}

static HpSessionRun *
run (HpSession *session, HpStudies *studies)
{
  g_autoptr (GError) error = NULL;
  HpSessionRun *result = hp_session_run (session, studies, NULL, &error);

  g_assert_no_error (error);
  return result;
}

static void
assert_counts (const HpSessionRun *result, guint same, guint changed, guint new, guint failed)
{
  g_assert_cmpuint (result->n_same, ==, same);
  g_assert_cmpuint (result->n_changed, ==, changed);
  g_assert_cmpuint (result->n_new, ==, new);
  g_assert_cmpuint (result->n_failed, ==, failed);
  g_assert_cmpuint (result->rows->len, ==, same + changed + new + failed);
}

static void
test_again (Fixture *fixture, gconstpointer data)
{
  static const char *const versions[] = { "2", "champion", "v2", NULL };
  g_autoptr (HpStudies) studies = hp_studies_new (fixture->registry);
  g_autoptr (HpSession) session = make_session (versions);
  g_autoptr (HpSessionRun) first = NULL, second = NULL, third = NULL, fourth = NULL;
  const HpSessionRunRow *row;
  HpSessionHouse *house = hp_session_get_house (session, 0);

  add_studied (fixture->registry, 35000, 500);
  add_studied (fixture->registry, 36000, 20000);
  g_assert_true (hp_registry_promote (fixture->registry, 1, FALSE, NULL, NULL));
  first = run (session, studies);
  g_assert_cmpuint (first->versions->len, ==, 2);
  g_assert_cmpstr (((HpSessionRunVersion *) first->versions->pdata[1])->number, ==, "1");
  assert_counts (first, 0, 0, 4, 2);
  row = first->rows->pdata[0];
  g_assert_true (row->house == house);
  g_assert_cmpstr (row->version, ==, "2");
  g_assert_cmpfloat (row->after, ==, 150000);
  g_assert_true (isnan (row->before));
  row = first->rows->pdata[4];
  g_assert_cmpint (row->status, ==, HP_RUN_FAILED);
  g_assert_nonnull (strstr (row->problem, "big"));
  g_assert_cmpint (first->data, ==, HP_RUN_DATA_NONE);
  g_assert_cmpint (first->comparison->comparison->pairs[0].verdict, ==, HP_VERDICT_BETTER);
  /* Running changes nothing */
  g_assert_cmpuint (hp_session_house_get_n_valuations (house), ==, 0);

  hp_session_run_apply (first, session);
  g_assert_cmpuint (hp_session_house_get_n_valuations (house), ==, 2);
  g_assert_cmpint (hp_session_house_find_valuation (house, "2")->when, ==, 1796032800);
  second = run (session, studies);
  assert_counts (second, 4, 0, 0, 2);

  /* Another house in its place: what was said of the old one is gone, and what comes late is not kept */
  hp_session_house_set_attribute (house, "sqft", "1600");
  hp_session_run_apply (second, session);
  g_assert_cmpuint (hp_session_house_get_n_valuations (house), ==, 0);
  third = run (session, studies);
  assert_counts (third, 2, 0, 2, 2);

  /* Another price than is kept */
  {
    HpValuation kept = { .version = (char *) "1", .predicted_price = 1000, .level = 0.9, .low = NAN, .high = NAN };

    hp_session_house_take_valuation (house, &kept, 5);
  }
  fourth = run (session, studies);
  assert_counts (fourth, 2, 1, 1, 2);
  row = fourth->rows->pdata[1];
  g_assert_cmpint (row->status, ==, HP_RUN_CHANGED);
  g_assert_cmpfloat (row->before, ==, 1000);
  g_assert_cmpfloat (row->after, >, 100000);
}

static void
test_gone (Fixture *fixture, gconstpointer data)
{
  static const char *const versions[] = { "1", "2", "99", "../1", NULL }, *const none[] = { NULL };
  g_autoptr (HpStudies) studies = hp_studies_new (fixture->registry);
  g_autoptr (HpSession) session = make_session (versions), plain = make_session (none);
  g_autoptr (HpSessionRun) empty = run (session, studies), result = NULL, champion = NULL;
  const HpSessionRunVersion *version;

  assert_counts (empty, 0, 0, 0, 0);
  g_assert_null (empty->comparison);
  add_studied (fixture->registry, 35000, 0);
  add_studied (fixture->registry, 35000, 0);
  damage (fixture, 2, "model.json");
  result = run (session, studies);
  assert_counts (result, 0, 0, 2, 1);
  g_assert_cmpuint (result->versions->len, ==, 4);
  version = result->versions->pdata[1];
  g_assert_null (version->number);
  g_assert_nonnull (strstr (version->problem, "model.json"));
  g_assert_nonnull (strstr (((HpSessionRunVersion *) result->versions->pdata[2])->problem, "99"));
  g_assert_null (result->comparison);
  g_assert_null (result->comparison_problem);

  /* Without versions the champion does it; there is none yet */
  champion = run (plain, studies);
  g_assert_cmpuint (champion->versions->len, ==, 1);
  g_assert_null (((HpSessionRunVersion *) champion->versions->pdata[0])->number);
}

static void
test_data (Fixture *fixture, gconstpointer data)
{
  static const char *const versions[] = { "1", "2", NULL };
  g_autoptr (HpStudies) studies = hp_studies_new (fixture->registry);
  g_autoptr (HpSession) session = make_session (versions);
  g_autofree char *path = support_path (fixture, "sales.csv"), *other = support_path (fixture, "other.csv");
  g_autoptr (GString) csv = g_string_new ("price,sqft\n");
  g_autoptr (HpSessionRun) missing = NULL, new = NULL, same = NULL, changed = NULL, bad = NULL;

  add_studied (fixture->registry, 35000, 0);
  add_studied (fixture->registry, 36000, 0);
  for (guint i = 0; i < 50; i++)
    g_string_append_printf (csv, "%u,%u\n", 100000 + 1000 * i, 1000 + 10 * i);
  g_assert_true (hp_session_set_data (session, path, NULL, -1, NULL));
  missing = run (session, studies);
  g_assert_cmpint (missing->data, ==, HP_RUN_DATA_MISSING);
  g_assert_nonnull (strstr (missing->comparison_problem, "sales.csv"));
  support_write (path, csv->str, -1);
  new = run (session, studies);
  g_assert_cmpint (new->data, ==, HP_RUN_DATA_NEW);
  g_assert_cmpuint (new->comparison->comparison->pairs[0].n, ==, 50);
  hp_session_run_apply (new, session);
  g_assert_cmpstr (hp_session_get_data (session)->sha256, ==, new->sha256);
  g_assert_cmpint (hp_session_get_data (session)->rows, ==, 50);
  same = run (session, studies);
  g_assert_cmpint (same->data, ==, HP_RUN_DATA_SAME);
  g_string_append (csv, "123456,1234\n");
  support_write (path, csv->str, -1);
  changed = run (session, studies);
  g_assert_cmpint (changed->data, ==, HP_RUN_DATA_CHANGED);
  support_write (path, "price\n5\n", -1);
  bad = run (session, studies);
  g_assert_nonnull (strstr (bad->comparison_problem, "sqft"));
  /* What was found of one file is not kept of another */
  g_assert_true (hp_session_set_data (session, other, NULL, -1, NULL));
  hp_session_run_apply (changed, session);
  g_assert_null (hp_session_get_data (session)->sha256);
}

static void
keep_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

/* Whoever watches a house, as a view does, is not to be told of its end in a worker's thread */
static void
ended_cb (gpointer data, GObject *house)
{
  g_assert_true (data == g_thread_self ());
}

/* In a thread, while the session goes on, or goes away */
static void
test_async (Fixture *fixture, gconstpointer data)
{
  static const char *const versions[] = { "1", "2", NULL };
  HpStudies *studies = hp_studies_new (fixture->registry);

  add_studied (fixture->registry, 35000, 0);
  add_studied (fixture->registry, 36000, 0);
  for (guint i = 0; i < 30; i++)
    {
      HpSession *session = make_session (versions);
      HpSessionHouse *removed = NULL;
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (HpSessionRun) done = NULL;
      g_autoptr (GError) error = NULL;

      if (i % 3 == 0)
        g_cancellable_cancel (cancellable);
      hp_session_run_async (session, studies, cancellable, keep_cb, &result);
      if (i % 3 == 1)
        g_cancellable_cancel (cancellable);
      removed = hp_session_remove_house (session, hp_session_get_house (session, 0), NULL);
      g_object_weak_ref (G_OBJECT (removed), ended_cb, g_thread_self ());
      g_object_unref (removed);
      hp_session_house_set_attribute (hp_session_get_house (session, 0), "sqft", "1900");
      while (result == NULL)
        g_main_context_iteration (NULL, TRUE);
      done = hp_session_run_finish (session, result, &error);
      if (i % 3 == 2)
        {
          g_assert_no_error (error);
          assert_counts (done, 0, 0, 4, 2);
          g_assert_true (((HpSessionRunRow *) done->rows->pdata[0])->house == removed);
          g_assert_cmpstr (hp_session_house_get_name (removed), ==, "1500");
          hp_session_run_apply (done, session);
          g_assert_cmpuint (hp_session_house_get_n_valuations (hp_session_get_house (session, 0)), ==, 0);
        }
      else
        g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_clear_object (&result);
      /* No thread has the session either */
      g_assert_finalize_object (session);
    }
  while (g_atomic_int_get (&G_OBJECT (studies)->ref_count) > 1)
    g_thread_yield ();
  g_assert_finalize_object (studies);
}

/* Houses that have no price yet, and nothing else */
static void
test_unvalued (Fixture *fixture, gconstpointer data)
{
  static const char *const versions[] = { "1", "2", NULL };
  g_autoptr (HpStudies) studies = hp_studies_new (fixture->registry);
  g_autoptr (HpSession) session = make_session (versions);
  g_autofree char *none = support_path (fixture, "none.csv");
  g_autoptr (HpSessionRun) first = NULL, second = NULL, third = NULL;
  g_autoptr (HpQuestion) question = hp_question_new ();
  g_autoptr (GError) error = NULL;

  add_studied (fixture->registry, 35000, 0);
  add_studied (fixture->registry, 36000, 0);
  g_assert_true (hp_session_set_data (session, none, NULL, -1, &error));
  first = hp_session_run_unvalued (session, studies, NULL, &error);
  g_assert_no_error (error);
  assert_counts (first, 0, 0, 4, 2);
  g_assert_cmpint (first->data, ==, HP_RUN_DATA_NONE);
  g_assert_null (first->comparison);
  g_assert_null (first->comparison_problem);
  hp_session_run_apply (first, session);
  g_assert_cmpuint (hp_session_house_get_n_valuations (hp_session_get_house (session, 0)), ==, 2);

  /* The third could not be valued, and a fourth is new */
  hp_question_set (question, "sqft", "1000");
  hp_session_add_house (session, "fourth", question);
  second = hp_session_run_unvalued (session, studies, NULL, &error);
  g_assert_no_error (error);
  assert_counts (second, 0, 0, 2, 2);
  for (guint i = 0; i < 4; i++)
    g_assert_true (((HpSessionRunRow *) second->rows->pdata[i])->house == hp_session_get_house (session, 2 + i / 2));
  hp_session_run_apply (second, session);
  g_assert_cmpuint (hp_session_house_get_n_valuations (hp_session_get_house (session, 3)), ==, 2);
  g_object_unref (hp_session_remove_house (session, hp_session_get_house (session, 2), NULL));
  third = hp_session_run_unvalued (session, studies, NULL, &error);
  g_assert_no_error (error);
  assert_counts (third, 0, 0, 0, 0);
}

#define add(path, function) g_test_add (path, Fixture, NULL, support_set_up, function, tear_down_when_idle)

int
main (int argc, char *argv[])
{
  support_init (&argc, &argv);

  add ("/session-run/again", test_again);
  add ("/session-run/gone", test_gone);
  add ("/session-run/data", test_data);
  add ("/session-run/unvalued", test_unvalued);
  add ("/session-run/async", test_async);

  return support_run ();
}
