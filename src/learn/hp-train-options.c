/* hp-train-options.c - what a training is asked to do: defaults, checks, and the file of --config
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hp-family.h"

#include <math.h>
#include <string.h>

#include "config.h"
#include <glib/gi18n-lib.h>

#include "hp-error.h"
#include "hp-file.h"
#include "hp-text.h"

#define MAX_CONFIG (1 << 20)

/**
 * hp_train_options_new:
 *
 * Returns: (transfer full): the defaults: all families, five folds, a fifth of the sales for the test, no tuning
 */
HpTrainOptions *
hp_train_options_new (void)
{
  HpTrainOptions *options = g_new0 (HpTrainOptions, 1);

  options->families = (1u << HP_N_FAMILIES) - 1;
  options->folds = 5;
  options->test_fraction = 0.2;
  options->split = HP_SPLIT_RANDOM;
  options->seed = 42;
  options->refit = TRUE;
  options->params = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  options->model_name = g_strdup ("house-price");
  return options;
}

/**
 * hp_train_options_free:
 * @options: (transfer full) (nullable): options
 */
void
hp_train_options_free (HpTrainOptions *options)
{
  if (options == NULL)
    return;
  g_strfreev (options->keep_leaks);
  g_clear_pointer (&options->params, g_hash_table_unref);
  g_free (options->model_name);
  g_free (options);
}

/**
 * hp_train_options_check:
 * @options: the options
 * @error: return location: %HP_ERROR_USAGE
 *
 * Returns: whether every option is within its limits
 */
gboolean
hp_train_options_check (const HpTrainOptions *options, GError **error)
{
  if (options->families == 0 || options->families >= 1u << HP_N_FAMILIES)
    hp_set_error (error, HP_ERROR_USAGE, "family", _ ("name at least one family to train"));
  else if (options->folds < 2 || options->folds > 20)
    hp_set_error (error, HP_ERROR_USAGE, "folds", _ ("--folds must be from 2 to 20, not %u"), options->folds);
  else if (!(options->test_fraction >= 0.05 && options->test_fraction <= 0.5))
    hp_set_error (error, HP_ERROR_USAGE, "test-fraction", _ ("--test-fraction must be from 0.05 to 0.5"));
  else if (options->trials > 10000)
    hp_set_error (error, HP_ERROR_USAGE, "trials", _ ("--trials must be at most 10000, not %u"), options->trials);
  else if (options->seed > G_MAXINT64)
    hp_set_error (error, HP_ERROR_USAGE, "seed", _ ("--seed must be at most 9223372036854775807"));
  else
    return TRUE;
  return FALSE;
}

typedef gboolean (*ReadFunc) (HpTrainOptions *options, const HpYaml *node, const char *name, GError **error);

static gboolean
read_whole (const HpYaml *node, const char *name, const char *key, double max, double *value, GError **error)
{
  if (hp_yaml_to_double (node, value) && *value >= 0 && *value <= max && *value == floor (*value))
    return TRUE;
  hp_yaml_set_error (error, name, node, _ ("“%s” must be a whole number from 0 to %.0f"), key, max);
  return FALSE;
}

static gboolean
read_families (HpTrainOptions *options, const HpYaml *node, const char *name, GError **error)
{
  if (node->kind != HP_YAML_SEQUENCE)
    {
      hp_yaml_set_error (error, name, node, _ ("“families” must be a list, such as [linear, gradient_boosting]"));
      return FALSE;
    }
  options->families = 0;
  for (guint i = 0; i < node->items->len; i++)
    {
      const HpYaml *item = node->items->pdata[i];
      HpFamily family;

      if (item->kind != HP_YAML_SCALAR || !hp_family_from_name (item->scalar, &family))
        {
          hp_yaml_set_error (error, name, item,
                             _ ("unknown family “%s”; there are linear, random_forest, gradient_boosting and xgboost"),
                             item->kind == HP_YAML_SCALAR ? item->scalar : "…");
          return FALSE;
        }
      options->families |= 1u << family;
    }
  return TRUE;
}

static gboolean
read_folds (HpTrainOptions *options, const HpYaml *node, const char *name, GError **error)
{
  double value;

  if (!read_whole (node, name, "folds", 20, &value, error))
    return FALSE;
  options->folds = value;
  return TRUE;
}

static gboolean
read_test_fraction (HpTrainOptions *options, const HpYaml *node, const char *name, GError **error)
{
  if (hp_yaml_to_double (node, &options->test_fraction))
    return TRUE;
  hp_yaml_set_error (error, name, node, _ ("“test_fraction” must be a number from 0.05 to 0.5"));
  return FALSE;
}

static gboolean
read_split (HpTrainOptions *options, const HpYaml *node, const char *name, GError **error)
{
  if (node->kind == HP_YAML_SCALAR && (g_str_equal (node->scalar, "random") || g_str_equal (node->scalar, "time")))
    {
      options->split = g_str_equal (node->scalar, "time") ? HP_SPLIT_TIME : HP_SPLIT_RANDOM;
      return TRUE;
    }
  hp_yaml_set_error (error, name, node, _ ("“split” must be random or time"));
  return FALSE;
}

static gboolean
read_trials (HpTrainOptions *options, const HpYaml *node, const char *name, GError **error)
{
  double value;

  if (!read_whole (node, name, "trials", 10000, &value, error))
    return FALSE;
  options->trials = value;
  return TRUE;
}

static gboolean
read_seed (HpTrainOptions *options, const HpYaml *node, const char *name, GError **error)
{
  double value;

  if (!read_whole (node, name, "seed", 9007199254740991.0, &value, error))
    return FALSE;
  options->seed = value;
  return TRUE;
}

static gboolean
read_refit (HpTrainOptions *options, const HpYaml *node, const char *name, GError **error)
{
  if (hp_yaml_to_boolean (node, &options->refit))
    return TRUE;
  hp_yaml_set_error (error, name, node, _ ("“refit” must be true or false"));
  return FALSE;
}

static gboolean
read_learning_curve (HpTrainOptions *options, const HpYaml *node, const char *name, GError **error)
{
  if (hp_yaml_to_boolean (node, &options->learning_curve))
    return TRUE;
  hp_yaml_set_error (error, name, node, _ ("“learning_curve” must be true or false"));
  return FALSE;
}

static const char *
suggest_param (HpFamily family, const char *text)
{
  const char *names[HP_FAMILY_MAX_PARAMS + 1] = { NULL };

  for (guint i = 0; i < hp_family_get_n_params (family); i++)
    names[i] = hp_family_get_param (family, i)->name;
  return hp_text_suggest (text, names);
}

static gboolean
read_family_params (HpTrainOptions *options, HpFamily family, const HpYaml *node, const char *name, GError **error)
{
  if (node->kind != HP_YAML_MAPPING)
    {
      hp_yaml_set_error (error, name, node, _ ("the parameters of %s must be a mapping, such as {trees: 500}"),
                         hp_family_name (family));
      return FALSE;
    }
  for (guint i = 0; i < node->keys->len; i++)
    {
      const HpYaml *key = node->keys->pdata[i], *value = node->items->pdata[i];
      int param = hp_family_find_param (family, key->scalar);
      g_autoptr (GError) why = NULL;
      double parsed;

      if (param < 0)
        {
          const char *near = suggest_param (family, key->scalar);

          if (near != NULL)
            hp_yaml_set_error (error, name, key, _ ("%s has no parameter “%s”; did you mean “%s”?"),
                               hp_family_name (family), key->scalar, near);
          else
            hp_yaml_set_error (error, name, key, _ ("%s has no parameter “%s”"), hp_family_name (family), key->scalar);
          return FALSE;
        }
      if (!hp_family_parse_param (family, param, value->kind == HP_YAML_SCALAR ? value->scalar : "…", &parsed, &why))
        {
          hp_yaml_set_error (error, name, value, "%s", why->message);
          return FALSE;
        }
      g_hash_table_insert (options->params, g_strdup_printf ("%s.%s", hp_family_name (family), key->scalar),
                           g_strdup (value->scalar));
    }
  return TRUE;
}

static gboolean
read_params (HpTrainOptions *options, const HpYaml *node, const char *name, GError **error)
{
  if (node->kind != HP_YAML_MAPPING)
    {
      hp_yaml_set_error (error, name, node,
                         _ ("“params” must be a mapping of families, such as "
                            "{gradient_boosting: {trees: 500}}"));
      return FALSE;
    }
  for (guint i = 0; i < node->keys->len; i++)
    {
      const HpYaml *key = node->keys->pdata[i];
      HpFamily family;

      if (!hp_family_from_name (key->scalar, &family))
        {
          hp_yaml_set_error (error, name, key,
                             _ ("unknown family “%s”; there are linear, random_forest, gradient_boosting and xgboost"),
                             key->scalar);
          return FALSE;
        }
      if (!read_family_params (options, family, node->items->pdata[i], name, error))
        return FALSE;
    }
  return TRUE;
}

static const struct
{
  const char *key;
  ReadFunc read;
} readers[] = {
  { "families", read_families },
  { "folds", read_folds },
  { "test_fraction", read_test_fraction },
  { "split", read_split },
  { "trials", read_trials },
  { "seed", read_seed },
  { "refit", read_refit },
  { "learning_curve", read_learning_curve },
  { "params", read_params },
};

static ReadFunc
find_reader (const char *key)
{
  for (gsize i = 0; i < G_N_ELEMENTS (readers); i++)
    if (g_str_equal (readers[i].key, key))
      return readers[i].read;
  return NULL;
}

/**
 * hp_train_options_load_config:
 * @options: options to change
 * @path: a YAML file
 * @error: return location: %HP_ERROR_NOT_FOUND, %HP_ERROR_BAD_DATA with file:line:column
 *
 * Returns: whether the whole file was understood
 */
gboolean
hp_train_options_load_config (HpTrainOptions *options, const char *path, GError **error)
{
  gsize length;
  g_autofree char *text = hp_file_read (path, MAX_CONFIG, &length, error);
  g_autoptr (HpYaml) root = NULL;

  if (text == NULL || (root = hp_yaml_parse (text, length, path, error)) == NULL)
    return FALSE;
  if (root->kind != HP_YAML_MAPPING)
    {
      hp_yaml_set_error (error, path, root, _ ("a training configuration must be a mapping, such as “folds: 5”"));
      return FALSE;
    }
  for (guint i = 0; i < root->keys->len; i++)
    {
      const HpYaml *key = root->keys->pdata[i];
      ReadFunc read = find_reader (key->scalar);

      if (read == NULL)
        {
          const char *names[G_N_ELEMENTS (readers) + 1] = { NULL }, *near;

          for (gsize k = 0; k < G_N_ELEMENTS (readers); k++)
            names[k] = readers[k].key;
          near = hp_text_suggest (key->scalar, names);
          if (near != NULL)
            hp_yaml_set_error (error, path, key, _ ("unknown key “%s”; did you mean “%s”?"), key->scalar, near);
          else
            hp_yaml_set_error (error, path, key, _ ("unknown key “%s”"), key->scalar);
          return FALSE;
        }
      if (!read (options, root->items->pdata[i], path, error))
        return FALSE;
    }
  return TRUE;
}
