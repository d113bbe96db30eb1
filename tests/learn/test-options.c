/* test-options.c - what a training is asked to do
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hp-train.h"

#include <glib/gstdio.h>
#include <string.h>

#include "hp-error.h"

static char *folder;

static gboolean
load (HpTrainOptions *options, const char *yaml, char **path, GError **error)
{
  g_autofree char *file = g_build_filename (folder, "train.yaml", NULL);
  gboolean loaded;

  g_assert_true (g_file_set_contents (file, yaml, -1, NULL));
  loaded = hp_train_options_load_config (options, file, error);
  if (path != NULL)
    *path = g_steal_pointer (&file);
  return loaded;
}

static void
test_defaults (void)
{
  g_autoptr (HpTrainOptions) options = hp_train_options_new ();
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (options->families, ==, 15);
  g_assert_cmpuint (options->folds, ==, 5);
  g_assert_cmpfloat (options->test_fraction, ==, 0.2);
  g_assert_cmpint (options->split, ==, HP_SPLIT_RANDOM);
  g_assert_cmpuint (options->trials, ==, 0);
  g_assert_cmpuint (options->seed, ==, 42);
  g_assert_true (options->refit);
  g_assert_false (options->learning_curve);
  g_assert_cmpstr (options->model_name, ==, "house-price");
  g_assert_true (hp_train_options_check (options, &error));
  g_assert_no_error (error);
}

static void
test_limits (void)
{
  const struct
  {
    guint families, folds;
    double test_fraction;
    guint trials;
    const char *field; /* NULL: fine */
  } cases[] = {
    { 1, 2, 0.05, 0, NULL },
    { 8, 20, 0.5, 10000, NULL },
    { 0, 5, 0.2, 0, "family" },
    { 16, 5, 0.2, 0, "family" },
    { 1, 1, 0.2, 0, "folds" },
    { 1, 21, 0.2, 0, "folds" },
    { 1, 5, 0.04, 0, "test-fraction" },
    { 1, 5, 0.51, 0, "test-fraction" },
    { 1, 5, G_MAXDOUBLE, 0, "test-fraction" },
    { 1, 5, 0.2, 10001, "trials" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (HpTrainOptions) options = hp_train_options_new ();
      g_autoptr (GError) error = NULL;

      options->families = cases[i].families;
      options->folds = cases[i].folds;
      options->test_fraction = cases[i].test_fraction;
      options->trials = cases[i].trials;
      g_assert_cmpint (hp_train_options_check (options, &error), ==, cases[i].field == NULL);
      if (cases[i].field != NULL)
        {
          g_assert_error (error, HP_ERROR, HP_ERROR_USAGE);
          g_assert_cmpstr (hp_error_get_field (error), ==, cases[i].field);
        }
    }
}

static void
test_config (void)
{
  g_autoptr (HpTrainOptions) options = hp_train_options_new ();
  g_autoptr (GError) error = NULL;

  g_assert_true (load (options,
                       "families: [linear, xgboost]\n"
                       "folds: 4\n"
                       "test_fraction: 0.3\n"
                       "split: time\n"
                       "trials: 7\n"
                       "seed: 123456789012\n"
                       "refit: false\n"
                       "learning_curve: true\n"
                       "params:\n"
                       "  xgboost: {trees: 80, loss: huber}\n"
                       "  random_forest: {bootstrap: false}\n",
                       NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (options->families, ==, 1 << HP_FAMILY_LINEAR | 1 << HP_FAMILY_XGBOOST);
  g_assert_cmpuint (options->folds, ==, 4);
  g_assert_cmpfloat (options->test_fraction, ==, 0.3);
  g_assert_cmpint (options->split, ==, HP_SPLIT_TIME);
  g_assert_cmpuint (options->trials, ==, 7);
  g_assert_cmpuint (options->seed, ==, G_GUINT64_CONSTANT (123456789012));
  g_assert_false (options->refit);
  g_assert_true (options->learning_curve);
  g_assert_cmpuint (g_hash_table_size (options->params), ==, 3);
  g_assert_cmpstr (g_hash_table_lookup (options->params, "xgboost.trees"), ==, "80");
  g_assert_cmpstr (g_hash_table_lookup (options->params, "xgboost.loss"), ==, "huber");
  g_assert_cmpstr (g_hash_table_lookup (options->params, "random_forest.bootstrap"), ==, "false");

  /* what a file does not name stays */
  g_assert_true (load (options, "folds: 3\n", NULL, &error));
  g_assert_cmpuint (options->folds, ==, 3);
  g_assert_cmpuint (options->trials, ==, 7);
}

static void
test_config_errors (void)
{
  const struct
  {
    const char *yaml;
    guint line, column;
    const char *says;
  } cases[] = {
    { "- folds\n", 1, 1, "must be a mapping" },
    { "folds: 5\nfold: 5\n", 2, 1, "unknown key “fold”; did you mean “folds”?" },
    { "zzzzzz: 5\n", 1, 1, "unknown key “zzzzzz”" },
    { "folds: five\n", 1, 8, "“folds” must be a whole number from 0 to 20" },
    { "folds: 2.5\n", 1, 8, "“folds” must be a whole number" },
    { "folds: 21\n", 1, 8, "“folds” must be a whole number" },
    { "folds: -1\n", 1, 8, "“folds” must be a whole number" },
    { "folds: [5]\n", 1, 8, "“folds” must be a whole number" },
    { "trials: 10001\n", 1, 9, "“trials” must be a whole number" },
    { "seed: 1e300\n", 1, 7, "“seed” must be a whole number" },
    { "test_fraction: some\n", 1, 16, "“test_fraction” must be a number" },
    { "split: chronological\n", 1, 8, "“split” must be random or time" },
    { "split: {}\n", 1, 8, "“split” must be random or time" },
    { "refit: maybe\n", 1, 8, "“refit” must be true or false" },
    { "learning_curve: 2\n", 1, 17, "“learning_curve” must be true or false" },
    { "families: linear\n", 1, 11, "must be a list" },
    { "families: [linear, lasso]\n", 1, 20, "unknown family “lasso”" },
    { "families:\n  - linear\n  - [x]\n", 3, 5, "unknown family" },
    { "params: 3\n", 1, 9, "“params” must be a mapping" },
    { "params: {lasso: {}}\n", 1, 10, "unknown family “lasso”" },
    { "params: {linear: 1}\n", 1, 18, "must be a mapping" },
    { "params:\n  gradient_boosting:\n    tress: 5\n", 3, 5, "has no parameter “tress”; did you mean “trees”?" },
    { "params:\n  gradient_boosting:\n    trees: 0\n", 3, 12, "must be a whole number from 1 to 100000, not “0”" },
    { "params:\n  gradient_boosting:\n    trees: [1]\n", 3, 12, "must be a whole number" },
    { "params:\n  gradient_boosting:\n    loss: l2\n", 3, 11, "must be one of squared, huber" },
    { "folds: 5\nfolds: 6\n", 2, 1, "folds" },
    { "folds: [5\n", 2, 1, "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (HpTrainOptions) options = hp_train_options_new ();
      g_autoptr (GError) error = NULL;
      g_autofree char *path = NULL, *place = NULL;

      g_assert_false (load (options, cases[i].yaml, &path, &error));
      g_assert_error (error, HP_ERROR, HP_ERROR_BAD_DATA);
      g_test_message ("%s", error->message);
      place = g_strdup_printf ("%s:%u:%u: ", path, cases[i].line, cases[i].column);
      g_assert_true (g_str_has_prefix (error->message, place));
      g_assert_nonnull (strstr (error->message, cases[i].says));
    }
}

static void
test_config_is_missing (void)
{
  g_autoptr (HpTrainOptions) options = hp_train_options_new ();
  g_autofree char *path = g_build_filename (folder, "nowhere.yaml", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (hp_train_options_load_config (options, path, &error));
  g_assert_error (error, HP_ERROR, HP_ERROR_NOT_FOUND);
}

int
main (int argc, char **argv)
{
  g_autofree char *file = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("house-price-XXXXXX", NULL);
  g_test_add_func ("/options/defaults", test_defaults);
  g_test_add_func ("/options/limits", test_limits);
  g_test_add_func ("/options/config", test_config);
  g_test_add_func ("/options/config-errors", test_config_errors);
  g_test_add_func ("/options/config-is-missing", test_config_is_missing);
  status = g_test_run ();
  file = g_build_filename (folder, "train.yaml", NULL);
  g_unlink (file);
  g_rmdir (folder);
  g_free (folder);
  return status;
}
