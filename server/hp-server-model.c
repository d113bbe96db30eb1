/* hp-server-model.c - a version that is loaded and ready to answer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hp-error.h"
#include "hp-server-model.h"
#include "hp-text.h"

static char *
quote (const char *text)
{
  g_autoptr (HpJsonWriter) writer = hp_json_writer_new (FALSE);

  hp_json_writer_string (writer, text);
  return hp_json_writer_steal (writer, NULL);
}

static void
make_constants (HpServerModel *model)
{
  g_autofree char *name = quote (model->description->model), *version = quote (model->description->version);
  g_autofree char *currency = quote (model->description->currency);

  model->signature = g_strdup_printf ("\",\"model\":%s,\"version\":%s,\"variant\":", name, version);
  model->closing = g_strdup_printf (",\"currency\":%s,\"confidence\":{\"fsd\":", currency);
}

static void
index_attributes (HpServerModel *model)
{
  model->keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < model->description->attributes->len; i++)
    {
      const HpAttribute *attribute = hp_description_get_attribute (model->description, i);
      char *key = hp_text_key (attribute->name, -1);

      if (g_hash_table_contains (model->keys, key))
        g_free (key);
      else
        g_hash_table_insert (model->keys, key, GUINT_TO_POINTER (i + 1));
    }
}

static HpServerModel *
make (const char *name, guint version, const HpPredictor *predictor)
{
  HpServerModel *model = g_new0 (HpServerModel, 1);
  g_autofree char *number = g_strdup_printf ("%u", version);

  g_atomic_ref_count_init (&model->ref_count);
  model->predictor = predictor;
  model->pre = hp_predictor_get_preprocessor (predictor);
  model->version = version;
  model->description = hp_description_new (name, number, model->pre);
  index_attributes (model);
  make_constants (model);
  return model;
}

/**
 * hp_server_model_new:
 * @name: the model's name
 * @version: its version
 * @predictor: (transfer full): what values
 *
 * Returns: (transfer full): a version that is in no registry
 */
HpServerModel *
hp_server_model_new (const char *name, guint version, HpPredictor *predictor)
{
  HpServerModel *model = make (name, version, predictor);

  model->own = predictor;
  return model;
}

/* A typical house has a price and reasons; this also brings the model into memory, ready for many rows, before the first
 * request needs it. */
static gboolean
try_out (const HpServerModel *model, GError **error)
{
  const HpValuationOptions options = { .explain = TRUE, .impute = TRUE, .n_comparables = 1 };
  g_autoptr (HpHouse) house = hp_house_new (model->pre);
  g_autoptr (HpValuation) valuation = NULL;

  hp_predictor_compile (model->predictor);
  valuation = hp_predictor_value (model->predictor, house, &options, error);
  return valuation != NULL;
}

/**
 * hp_server_model_load:
 * @registry: a registry
 * @version: which version of it
 * @error: return location for a #GError
 *
 * Returns: (transfer full) (nullable): the version, or %NULL with %HP_ERROR_NOT_FOUND, %HP_ERROR_DAMAGED,
 * %HP_ERROR_IO, or %HP_ERROR_CONFLICT if it has no intervals
 */
HpServerModel *
hp_server_model_load (HpRegistry *registry, guint version, GError **error)
{
  g_autofree char *reference = g_strdup_printf ("%u", version);
  g_autoptr (HpBundle) bundle = NULL;
  g_autoptr (HpServerModel) model = NULL;
  HpPredictor *predictor;

  if (!hp_registry_verify (registry, version, NULL, error))
    return NULL;
  bundle = hp_registry_load (registry, reference, error);
  predictor = bundle != NULL ? hp_bundle_get_predictor (bundle, TRUE, error) : NULL;
  if (predictor == NULL)
    return NULL;
  if (hp_predictor_get_calibration (predictor) == NULL)
    {
      hp_set_error (
        error, HP_ERROR_CONFLICT, NULL,
        _ ("version %u was imported without sales, so it has no interval to give with a price: import it again "
           "with --data"),
        version);
      return NULL;
    }
  model = make (hp_registry_get_name (registry), version, predictor);
  model->bundle = g_steal_pointer (&bundle);
  return try_out (model, error) ? g_steal_pointer (&model) : NULL;
}

/**
 * hp_server_model_ref:
 * @model: a version
 *
 * Returns: (transfer full): the same
 */
HpServerModel *
hp_server_model_ref (HpServerModel *model)
{
  g_atomic_ref_count_inc (&model->ref_count);
  return model;
}

/**
 * hp_server_model_unref:
 * @model: (transfer full) (nullable): a version
 */
void
hp_server_model_unref (HpServerModel *model)
{
  if (model == NULL || !g_atomic_ref_count_dec (&model->ref_count))
    return;
  g_clear_pointer (&model->description, hp_description_unref);
  g_clear_pointer (&model->keys, g_hash_table_unref);
  g_clear_pointer (&model->own, hp_predictor_free);
  g_clear_object (&model->bundle);
  g_free (model->signature);
  g_free (model->closing);
  g_free (model);
}

/**
 * hp_server_model_find:
 * @model: a version
 * @name: how somebody wrote an attribute's name
 *
 * Returns: which attribute of a house that is, or -1
 */
int
hp_server_model_find (const HpServerModel *model, const char *name)
{
  g_autofree char *key = hp_text_key (name, -1);
  int i = GPOINTER_TO_INT (g_hash_table_lookup (model->keys, key)) - 1;

  /* Two names may have the same key: then the exact one is meant. */
  if (i >= 0 && strcmp (hp_description_get_attribute (model->description, i)->name, name) != 0)
    for (guint j = i + 1; j < model->description->attributes->len; j++)
      if (strcmp (hp_description_get_attribute (model->description, j)->name, name) == 0)
        return j;
  return i;
}
