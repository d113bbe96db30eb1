/* test-training.c - a training as a process: its progress, its end, its failures
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "config.h"
#include "hp-file.h"
#include "hp-training.h"
#include "mock-valuer.h"
#include "registry-support.h"

typedef struct
{
  Fixture registry;
  char *data;
  HpTraining *training;
  GCancellable *cancellable;
  guint cancel_at; /* the progress at which it is cancelled; 0: never */
  guint told;      /* how often there was progress */
  double fraction;
  guint done;
  gboolean ok;
  GError *error;
} Run;

/* Every seventh sale, and gates that so few can pass */
static void
write_sales (Run *run, const char *gates)
{
  g_autofree char *all = support_read (HP_SOURCE_DIR "/data/house_data.csv", NULL);
  g_autofree char *schema = support_read (HP_SOURCE_DIR "/data/house_data.schema.yaml", NULL);
  g_auto (GStrv) lines = g_strsplit (all, "\n", -1);
  g_autoptr (GString) text = g_string_new (lines[0]);
  g_autofree char *schema_path = support_path (&run->registry, "sales.schema.yaml");
  char *old_gates = strstr (schema, "\ngates:");
  g_autofree char *new_schema = NULL;

  for (guint i = 1; i < 2800; i += 7)
    g_string_append_printf (text, "\n%s", lines[i]);
  run->data = support_path (&run->registry, "sales.csv");
  support_write (run->data, text->str, text->len);
  g_assert_nonnull (old_gates);
  *old_gates = '\0';
  new_schema = g_strconcat (schema, "\n", gates, strchr (old_gates + 1, '\n'), NULL);
  support_write (schema_path, new_schema, -1);
}

static void
set_up (Run *run, gconstpointer data)
{
  support_set_up (&run->registry, NULL);
  write_sales (run, "gates: {r2: {min: 0.2}}");
  run->cancellable = g_cancellable_new ();
}

static void
tear_down (Run *run, gconstpointer data)
{
  g_unsetenv ("HOUSE_PRICE_LIBEXEC");
  g_assert_finalize_object (run->training);
  g_object_unref (run->cancellable);
  g_clear_error (&run->error);
  g_free (run->data);
  support_tear_down (&run->registry, NULL);
}

static void
progress_cb (HpTraining *training, gpointer data)
{
  Run *run = data;
  double left = hp_training_get_left (training);

  g_assert_cmpfloat (hp_training_get_fraction (training), >=, run->fraction);
  g_assert_cmpfloat (hp_training_get_fraction (training), <=, 1);
  g_assert_true (isnan (left) || left >= 0);
  g_assert_cmpstr (hp_training_get_stage (training), !=, "");
  run->fraction = hp_training_get_fraction (training);
  if (++run->told == run->cancel_at)
    g_cancellable_cancel (run->cancellable);
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Run *run = data;

  run->ok = hp_training_run_finish (HP_TRAINING (source), result, &run->error);
  run->done++;
}

static void
run_once (Run *run, const char *data)
{
  g_clear_error (&run->error);
  if (run->training == NULL)
    {
      run->training = hp_training_new (data, run->registry.root, NULL);
      g_signal_connect (run->training, "progress", G_CALLBACK (progress_cb), run);
    }
  run->done = run->told = 0;
  run->fraction = 0;
  hp_training_run_async (run->training, run->cancellable, done_cb, run);
  g_assert_cmpfloat (hp_training_get_fraction (run->training), ==, 0);
  g_assert_cmpuint (run->done, ==, 0);
  mock_wait (&run->done, 1);
}

static void
expect_failure (Run *run, const char *part)
{
  g_assert_false (run->ok);
  support_assert_error (g_steal_pointer (&run->error), HP_ERROR_FAILED, part);
}

static guint
count_versions (Run *run)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) versions = hp_registry_list (run->registry.registry, &error);

  g_assert_no_error (error);
  support_assert_sound (run->registry.registry);
  return versions->len;
}

/* Versions that are whole, aliases and the lock: no file that a stopped writer left */
static void
expect_nothing_else (Run *run)
{
  g_autofree char *folder = support_path (&run->registry, "house-price");
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (!g_ascii_isdigit (*name) && !g_str_equal (name, "aliases.json") && !g_str_equal (name, ".lock"))
      g_error ("%s was left behind", name);
}

static void
test_success (Run *run, gconstpointer data)
{
  run_once (run, run->data);
  g_assert_no_error (run->error);
  g_assert_true (run->ok);
  g_assert_cmpuint (run->told, >, 3);
  g_assert_cmpfloat_with_epsilon (run->fraction, 1, 1e-9);
  g_assert_cmpfloat_with_epsilon (hp_training_get_left (run->training), 0, 1e-9);
  g_assert_cmpuint (count_versions (run), ==, 4);
  g_assert_cmpuint (support_champion (run->registry.registry), >, 0);
  /* and again, from the start */
  run_once (run, NULL);
  g_assert_no_error (run->error);
  g_assert_cmpuint (count_versions (run), ==, 8);
}

static void
test_gates (Run *run, gconstpointer data)
{
  g_free (run->data);
  write_sales (run, "gates: {mae: {max: 1}}");
  run_once (run, run->data);
  expect_failure (run, "passed the schema's gates");
  g_assert_cmpuint (count_versions (run), ==, 4);
}

static void
test_no_data (Run *run, gconstpointer data)
{
  g_autofree char *missing = support_path (&run->registry, "no-such.csv");

  run_once (run, missing);
  expect_failure (run, missing);
  g_assert_cmpuint (run->told, ==, 0);
  expect_nothing_else (run);
}

/* A file whose name looks like an option */
static void
test_odd_name (Run *run, gconstpointer data)
{
  run_once (run, "--help");
  expect_failure (run, "--help");
}

/* At the first progress, and later */
static void
test_cancel (Run *run, gconstpointer data)
{
  run->cancel_at = GPOINTER_TO_UINT (data);
  run_once (run, run->data);
  g_assert_false (run->ok);
  g_assert_error (run->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (count_versions (run), <, 4);
  expect_nothing_else (run);
}

static void
test_cancelled_before (Run *run, gconstpointer data)
{
  g_cancellable_cancel (run->cancellable);
  run_once (run, run->data);
  g_assert_error (run->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (count_versions (run), ==, 0);
  /* At once after the start, when the process is hardly there */
  g_cancellable_reset (run->cancellable);
  g_clear_error (&run->error);
  run->done = 0;
  hp_training_run_async (run->training, run->cancellable, done_cb, run);
  g_cancellable_cancel (run->cancellable);
  mock_wait (&run->done, 1);
  g_assert_error (run->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (count_versions (run), ==, 0);
  expect_nothing_else (run);
}

/* A helper that does as the test says */
static void
write_helper (Run *run, const char *script)
{
  g_autofree char *path = support_path (&run->registry, "libexec/house-price-train");
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *text = g_strconcat ("#!/bin/sh\n", script, "\n", NULL);

  support_write (path, text, -1);
  g_assert_cmpint (g_chmod (path, 0755), ==, 0);
  g_setenv ("HOUSE_PRICE_LIBEXEC", folder, TRUE);
}

static void
test_messages (Run *run, gconstpointer data)
{
  write_helper (run, "exec >&2\n"
                     "echo not json; echo; echo '[1]'; echo '{}'; echo '{'; echo 7; echo null\n"
                     "printf '\\377\\n'\n"
                     "head -c 200000 /dev/zero | tr '\\0' x; echo\n"
                     "echo '{\"stage\":\"test\"}'; echo '{\"fraction\":0.5}'; echo '{\"stage\":1,\"fraction\":0.5}'\n"
                     "echo '{\"error\":7}'; echo '{\"error\":{}}'\n"
                     "echo '{\"stage\":\"test\",\"family\":\"random_forest\",\"fraction\":0.25,\"left\":null}'\n"
                     "echo '{\"stage\":\"test\",\"family\":\"linear\",\"fraction\":-5,\"left\":3}'\n"
                     "echo '{\"stage\":\"something new\",\"family\":\"linear\",\"fraction\":99}'\n"
                     "printf '%s' '{\"stage\":\"refit\",\"family\":\"xg%sboost\",\"fraction\":1,\"left\":0}'");
  run_once (run, run->data);
  g_assert_no_error (run->error);
  g_assert_true (run->ok);
  g_assert_cmpuint (run->told, ==, 4);
  g_assert_cmpstr (hp_training_get_stage (run->training), ==, "Fitting xg%sboost");
}

static void
test_stages (Run *run, gconstpointer data)
{
  static const struct
  {
    const char *message, *words;
  } stages[] = {
    { "{\"stage\":\"tuning\",\"family\":\"random_forest\",\"fraction\":0}", "Tuning random forest" },
    { "{\"stage\":\"cross-validation\",\"family\":\"linear\",\"fraction\":0}", "Cross-validating linear" },
    { "{\"stage\":\"test\",\"family\":\"linear\",\"fraction\":0}", "Testing linear" },
    { "{\"stage\":\"refit\",\"family\":\"linear\",\"fraction\":0}", "Fitting linear" },
    { "{\"stage\":\"prepare\",\"fraction\":0}", "Preparing the sales" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (stages); i++)
    {
      g_autofree char *script = g_strdup_printf ("echo '%s' >&2", stages[i].message);

      write_helper (run, script);
      run_once (run, run->data);
      g_assert_cmpuint (run->told, ==, 1);
      g_assert_cmpstr (hp_training_get_stage (run->training), ==, stages[i].words);
    }
}

static void
test_crashes (Run *run, gconstpointer data)
{
  write_helper (run, "echo '{\"error\":{\"code\":\"io\",\"message\":\"the disk is full\"}}' >&2; exit 1");
  run_once (run, run->data);
  expect_failure (run, "the disk is full");
  /* What an earlier run said is not said again */
  write_helper (run, "exit 3");
  run_once (run, run->data);
  expect_failure (run, "ended with status 3 and said nothing");
  write_helper (run, "kill -KILL $$");
  run_once (run, run->data);
  expect_failure (run, "signal 9");
  write_helper (run, "echo '{\"error\":{\"message\":\"first words\"}}' >&2; kill -SEGV $$");
  run_once (run, run->data);
  expect_failure (run, "first words");
}

static void
test_no_helper (Run *run, gconstpointer data)
{
  g_setenv ("HOUSE_PRICE_LIBEXEC", "/nowhere", TRUE);
  run_once (run, run->data);
  expect_failure (run, "/nowhere/house-price-train");
}

/* Nobody waits for the end: the run keeps what it needs */
static void
test_forgotten (Run *run, gconstpointer data)
{
  HpTraining *training = hp_training_new (run->data, run->registry.root, NULL);
  gpointer weak = training;

  write_helper (run, "echo '{\"stage\":\"test\",\"fraction\":1}' >&2");
  g_object_add_weak_pointer (G_OBJECT (training), &weak);
  hp_training_run_async (training, NULL, NULL, NULL);
  g_object_unref (training);
  while (weak != NULL)
    g_main_context_iteration (NULL, TRUE);
  run->training = hp_training_new (NULL, NULL, NULL);
}

#define add(name, function, data) g_test_add ("/training/" name, Run, data, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  support_init (&argc, &argv);

  add ("success", test_success, NULL);
  add ("gates", test_gates, NULL);
  add ("no-data", test_no_data, NULL);
  add ("odd-name", test_odd_name, NULL);
  add ("cancel/first", test_cancel, GUINT_TO_POINTER (1));
  add ("cancel/later", test_cancel, GUINT_TO_POINTER (4));
  add ("cancelled-before", test_cancelled_before, NULL);
  add ("messages", test_messages, NULL);
  add ("stages", test_stages, NULL);
  add ("crashes", test_crashes, NULL);
  add ("no-helper", test_no_helper, NULL);
  add ("forgotten", test_forgotten, NULL);

  return support_run ();
}
