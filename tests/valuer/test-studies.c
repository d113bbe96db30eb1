/* test-studies.c - what front ends ask for studies: never changed, and by the words of what went wrong
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <glib/gstdio.h>
#include <string.h>

#include "hp-study-comparison.h"
#include "valuer-support.h"

#define N_SALES 60

/* A version with hold-out sales, whose predictions are too high by this much */
static guint
add_studied (HpRegistry *registry, double error)
{
  g_autoptr (GHashTable) files = support_make_loadable_files ();
  g_autoptr (GString) csv = g_string_new ("row,line,fold,price,predicted,low,high,sqft\n");

  for (guint i = 0; i < N_SALES; i++)
    {
      double price = 100000 + 1000 * i, predicted = price + error + 100 * (i % 7);

      g_string_append_printf (csv, "%u,%u,%s,%.0f,%.0f,%.0f,%.0f,%u\n", i + 1, i + 2,
                              i % 5 == 0 ? "test" : (const char *[]){ "0", "1", "2", "3" }[i % 4], price, predicted,
                              predicted - 20000, predicted + 20000, 1000 + 10 * i);
    }
  support_set_file (files, "holdout.csv", csv->str);
  return support_add_files (registry, files);
}

static char *
write_sales (Fixture *fixture, guint n)
{
  g_autoptr (GString) csv = g_string_new ("price,sqft\n");
  char *path = support_path (fixture, "sales.csv");

  for (guint i = 0; i < n; i++)
    g_string_append_printf (csv, "%u,%u\n", 100000 + 1000 * i, 1000 + 10 * i);
  support_write (path, csv->str, (gssize) csv->len);
  return path;
}

static void
keep_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static void
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
}

static GPtrArray *
list (HpStudies *studies)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *versions;

  hp_studies_list_async (studies, NULL, keep_cb, &result);
  wait_for (&result);
  versions = hp_studies_list_finish (studies, result, &error);
  g_assert_no_error (error);
  return versions;
}

static void
test_list (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HpStudies) studies = hp_studies_new (fixture->registry);
  g_autoptr (GPtrArray) none = list (studies), one = NULL, two = NULL;

  g_assert_true (hp_studies_get_registry (studies) == fixture->registry);
  g_assert_cmpuint (none->len, ==, 0);
  add_studied (fixture->registry, 0);
  one = list (studies);
  add_studied (fixture->registry, 0);
  two = list (studies);
  /* What a view holds stays as it was */
  g_assert_cmpuint (one->len, ==, 1);
  g_assert_cmpuint (two->len, ==, 2);
  g_assert_cmpuint (((HpVersionInfo *) two->pdata[1])->version, ==, 2);
}

static void
test_load (Fixture *fixture, gconstpointer data)
{
  const char *const both[] = { "2", "champion", NULL }, *const first[] = { "v1", NULL };
  g_autoptr (HpStudies) studies = hp_studies_new (fixture->registry);
  g_autoptr (GPtrArray) sets = NULL, again = NULL;
  g_autoptr (GError) error = NULL;
  const HpStudySet *set;

  add_studied (fixture->registry, 500);
  add_studied (fixture->registry, -500);
  g_assert_true (hp_registry_promote (fixture->registry, 1, FALSE, NULL, NULL));
  sets = hp_studies_load (studies, both, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (sets->len, ==, 2);
  set = sets->pdata[0];
  g_assert_cmpuint (set->version, ==, 2);
  g_assert_cmpstr (set->set->name, ==, "2");
  g_assert_null (set->path);
  g_assert_cmpuint (set->n_rows, ==, N_SALES);
  g_assert_cmpuint (set->set->n, ==, N_SALES);
  g_assert_cmpfloat (set->set->predicted[0], ==, 99500);
  set = sets->pdata[1];
  g_assert_cmpuint (set->version, ==, 1);
  g_assert_cmpfloat (set->set->predicted[0], ==, 100500);

  /* Loaded once: by whatever name, the very same */
  again = hp_studies_load (studies, first, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (again->pdata[0] == sets->pdata[1]);
}

/* More than are kept, again and again; what is held outlives what is kept, and who made it */
static void
test_many (Fixture *fixture, gconstpointer data)
{
  HpStudies *studies = hp_studies_new (fixture->registry);
  g_autoptr (GPtrArray) held = g_ptr_array_new_with_free_func ((GDestroyNotify) hp_study_set_unref);
  GValue value = G_VALUE_INIT;

  for (guint i = 0; i < 20; i++)
    add_studied (fixture->registry, i);
  for (guint i = 0; i < 60; i++)
    {
      g_autofree char *version = g_strdup_printf ("%u", (i * 7) % 20 + 1);
      const char *const versions[] = { version, NULL };
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) sets = hp_studies_load (studies, versions, NULL, &error);

      g_assert_no_error (error);
      g_ptr_array_add (held, hp_study_set_ref (sets->pdata[0]));
    }
  g_assert_finalize_object (studies);
  for (guint i = 0; i < held->len; i++)
    g_assert_cmpfloat (((HpStudySet *) held->pdata[i])->set->predicted[0], ==, 100000 + (i * 7) % 20);
  g_value_init (&value, HP_TYPE_STUDY_SET);
  g_value_set_boxed (&value, held->pdata[0]);
  g_assert_true (g_value_get_boxed (&value) == held->pdata[0]);
  g_value_unset (&value);
}

static void
expect_error (HpStudies *studies, const char *version, HpErrorCode code, const char *part)
{
  const char *const versions[] = { "1", version, NULL };
  GError *error = NULL;

  g_assert_null (hp_studies_load (studies, versions, NULL, &error));
  support_assert_error (error, code, part);
}

static void
test_wrong (Fixture *fixture, gconstpointer data)
{
  const char *const first[] = { "1", NULL };
  g_autoptr (HpStudies) studies = hp_studies_new (fixture->registry);
  g_autoptr (GPtrArray) sets = NULL, versions = NULL;
  GError *error = NULL;

  g_assert_null (hp_studies_load (studies, first, NULL, &error));
  support_assert_error (g_steal_pointer (&error), HP_ERROR_NOT_FOUND, "1");
  add_studied (fixture->registry, 0);
  add_studied (fixture->registry, 0);
  add_version (fixture->registry, 35000);
  damage (fixture, 2, "holdout.csv");
  expect_error (studies, "99", HP_ERROR_NOT_FOUND, "99");
  expect_error (studies, "challenger", HP_ERROR_NOT_FOUND, "challenger");
  expect_error (studies, "../1", HP_ERROR_NOT_FOUND, "");
  expect_error (studies, "2", HP_ERROR_DAMAGED, "holdout.csv");
  expect_error (studies, "3", HP_ERROR_BAD_DATA, "version 3");
  /* The one that is sound is not harmed by the others */
  sets = hp_studies_load (studies, first, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (sets->len, ==, 1);

  /* A version that is gone is no longer shown from memory once the list was asked for again */
  g_assert_true (hp_registry_delete (fixture->registry, 1, &error));
  versions = list (studies);
  g_assert_cmpuint (versions->len, ==, 2);
  g_assert_null (hp_studies_load (studies, first, NULL, &error));
  support_assert_error (error, HP_ERROR_NOT_FOUND, "1");
}

static void
test_value (Fixture *fixture, gconstpointer data)
{
  const char *const both[] = { "1", "2", NULL };
  g_autoptr (HpStudies) studies = hp_studies_new (fixture->registry);
  g_autofree char *path = write_sales (fixture, 100), *none = support_path (fixture, "none.csv");
  g_autofree char *bad = support_path (fixture, "bad.csv");
  g_autoptr (GPtrArray) sets = NULL;
  GError *error = NULL;
  const HpStudySet *set;

  add_version (fixture->registry, 35000);
  add_version (fixture->registry, 36000);
  sets = hp_studies_value (studies, both, path, 0.8, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (sets->len, ==, 2);
  set = sets->pdata[1];
  g_assert_cmpuint (set->version, ==, 2);
  g_assert_cmpstr (set->path, ==, path);
  g_assert_cmpuint (strlen (set->sha256), ==, 64);
  g_assert_cmpuint (set->n_rows, ==, 100);
  g_assert_cmpuint (set->set->n, ==, 100);
  g_assert_cmpfloat (set->set->level, ==, 0.8);
  g_assert_cmpint (set->set->fold[0], ==, HP_SET_UNSEEN);
  g_assert_true (set->overlap_known);
  g_assert_cmpuint (set->n_overlap, ==, 0);
  /* The second rises faster than the first: below the mean it says less, above it more */
  g_assert_cmpfloat (set->set->predicted[0], <, ((HpStudySet *) sets->pdata[0])->set->predicted[0]);
  g_assert_cmpfloat (set->set->predicted[99], >, ((HpStudySet *) sets->pdata[0])->set->predicted[99]);

  g_assert_null (hp_studies_value (studies, both, none, 0.9, NULL, &error));
  support_assert_error (g_steal_pointer (&error), HP_ERROR_NOT_FOUND, "none.csv");
  support_write (bad, "price\n1000\n", -1);
  g_assert_null (hp_studies_value (studies, both, bad, 0.9, NULL, &error));
  support_assert_error (g_steal_pointer (&error), HP_ERROR_BAD_DATA, "sqft");
}

static HpStudyComparison *
compare (HpStudies *studies, const char *const *versions, const char *path, GError **error)
{
  static char *no_segments[] = { NULL };
  HpComparisonOptions options = HP_COMPARISON_OPTIONS_DEFAULT;

  options.by = no_segments;
  options.replicates = 100;
  return hp_studies_compare (studies, versions, path, &options, NULL, error);
}

static void
test_compare (Fixture *fixture, gconstpointer data)
{
  const char *const both[] = { "1", "2", NULL }, *const one[] = { "1", NULL }, *const none[] = { "1", "9", NULL };
  const char *const twice[] = { "1", "champion", NULL };
  const char *const many[] = { "1", "2", "1", "2", "1", "2", "1", "2", "1", NULL };
  g_autoptr (HpStudies) studies = hp_studies_new (fixture->registry);
  g_autofree char *path = write_sales (fixture, 100);
  g_autoptr (HpStudyComparison) holdout = NULL, single = NULL, file = NULL;
  g_autoptr (GPtrArray) sets = NULL;
  GError *error = NULL;

  add_studied (fixture->registry, 500);
  add_studied (fixture->registry, 20000);
  holdout = compare (studies, both, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (holdout->comparison->n_pairs, ==, 1);
  g_assert_cmpint (holdout->comparison->pairs[0].verdict, ==, HP_VERDICT_WORSE);
  g_assert_cmpuint (holdout->comparison->pairs[0].n, ==, N_SALES);
  g_assert_cmpstr (holdout->comparison->names[1], ==, "2");
  g_assert_cmpuint (holdout->comparison->segments->len, ==, 0);
  g_assert_cmpuint (holdout->comparison->movers->len, >, 0);
  g_assert_nonnull (holdout->schema);
  sets = hp_studies_load (studies, both, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (holdout->sets->pdata[0] == sets->pdata[0]);

  /* The number of threads is nobody's business but the clock's */
  g_assert_cmpuint (hp_studies_get_jobs (studies), ==, 0);
  hp_studies_set_jobs (studies, 1);
  single = compare (studies, both, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (single->comparison->pairs[0].low[HP_METRIC_MAE], ==,
                     holdout->comparison->pairs[0].low[HP_METRIC_MAE]);

  file = compare (studies, both, path, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (file->comparison->pairs[0].n, ==, 100);
  g_assert_cmpstr (((HpStudySet *) file->sets->pdata[1])->path, ==, path);
  /* The same model twice: practically the same */
  g_assert_cmpint (file->comparison->pairs[0].verdict, ==, HP_VERDICT_SAME);

  g_assert_null (compare (studies, one, NULL, &error));
  support_assert_error (g_steal_pointer (&error), HP_ERROR_USAGE, "two to 8");
  g_assert_null (compare (studies, many, NULL, &error));
  support_assert_error (g_steal_pointer (&error), HP_ERROR_USAGE, "not 9");
  g_assert_true (hp_registry_promote (fixture->registry, 1, FALSE, NULL, NULL));
  g_assert_null (compare (studies, twice, NULL, &error));
  support_assert_error (g_steal_pointer (&error), HP_ERROR_USAGE, "1 and champion are the same");
  g_assert_null (compare (studies, none, NULL, &error));
  support_assert_error (error, HP_ERROR_NOT_FOUND, "9");
}

/* A list before it begins, at once after, and when it is long done; the studies may go meanwhile */
static void
test_list_cancelled (Fixture *fixture, gconstpointer data)
{
  add_studied (fixture->registry, 0);
  for (guint i = 0; i < 30; i++)
    {
      HpStudies *studies = hp_studies_new (fixture->registry);
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GAsyncResult) listed = NULL;
      g_autoptr (GError) error = NULL;

      if (i % 3 == 0)
        g_cancellable_cancel (cancellable);
      hp_studies_list_async (studies, cancellable, keep_cb, &listed);
      if (i % 3 == 1)
        g_cancellable_cancel (cancellable);
      if (i % 2 == 0)
        g_clear_object (&studies);
      wait_for (&listed);
      g_cancellable_cancel (cancellable);
      g_assert_null (g_task_propagate_pointer (G_TASK (listed), &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_clear_object (&studies);
    }
}

static void
assert_cancelled (gconstpointer result, GError **error)
{
  g_assert_null (result);
  g_assert_error (*error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (error);
}

static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
  const char *const both[] = { "1", "2", NULL };
  g_autofree char *path = write_sales (fixture, 40);
  g_autoptr (HpStudies) studies = hp_studies_new (fixture->registry);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  add_studied (fixture->registry, 0);
  add_studied (fixture->registry, 0);
  g_cancellable_cancel (cancellable);
  assert_cancelled (hp_studies_load (studies, both, cancellable, &error), &error);
  assert_cancelled (hp_studies_value (studies, both, path, 0.9, cancellable, &error), &error);
  assert_cancelled (hp_studies_compare (studies, both, NULL, NULL, cancellable, &error), &error);
  assert_cancelled (hp_studies_compare (studies, both, path, NULL, cancellable, &error), &error);
}

typedef struct
{
  HpStudies *studies;
  guint version;
} Question;

static gpointer
load_one (gpointer data)
{
  const Question *question = data;
  g_autofree char *version = g_strdup_printf ("%u", question->version);
  const char *const versions[] = { version, NULL };
  g_autoptr (GError) error = NULL;
  GPtrArray *sets = hp_studies_load (question->studies, versions, NULL, &error);

  g_assert_no_error (error);
  return sets;
}

/* Many at once: everybody gets what was asked for, and of each version there is one set */
static void
test_concurrent (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HpStudies) studies = hp_studies_new (fixture->registry);
  GThread *threads[60];
  Question questions[3];
  HpStudySet *seen[3] = { NULL };

  for (guint i = 0; i < 3; i++)
    {
      add_studied (fixture->registry, i);
      questions[i] = (Question){ studies, i + 1 };
    }
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("load", load_one, &questions[i % 3]);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    {
      g_autoptr (GPtrArray) sets = g_thread_join (threads[i]);

      g_assert_cmpuint (((HpStudySet *) sets->pdata[0])->version, ==, i % 3 + 1);
      g_assert_true (seen[i % 3] == NULL || seen[i % 3] == sets->pdata[0]);
      seen[i % 3] = sets->pdata[0];
    }
}

#define add(path, function) g_test_add (path, Fixture, NULL, support_set_up, function, tear_down_when_idle)

int
main (int argc, char *argv[])
{
  support_init (&argc, &argv);

  add ("/studies/list", test_list);
  add ("/studies/load", test_load);
  add ("/studies/many", test_many);
  add ("/studies/wrong", test_wrong);
  add ("/studies/value", test_value);
  add ("/studies/compare", test_compare);
  add ("/studies/list-cancelled", test_list_cancelled);
  add ("/studies/cancelled", test_cancelled);
  add ("/studies/concurrent", test_concurrent);

  return support_run ();
}
