/* hp-bundle-load.c - what a bundle's files mean: metrics, gates, schema, predictor
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "hp-bundle-private.h"
#include "hp-error.h"
#include "hp-json.h"
#include "hp-yaml.h"

#define METRICS_MAX_BYTES (64 * 1024 * 1024)
#define METRICS_FORMAT    1

/* A file whose checksum is right but that doesn't read was damaged before it was hashed. Parsers that know a position
 * begin with the file's name, others don't. */
void
_hp_bundle_propagate_damage (HpBundle *self, const char *file, GError *cause, GError **error)
{
  if (g_str_has_prefix (cause->message, file))
    hp_set_error (error, HP_ERROR_DAMAGED, NULL, "%s/%s", self->path, cause->message);
  else
    hp_set_error (error, HP_ERROR_DAMAGED, NULL, "%s/%s: %s", self->path, file, cause->message);
  g_error_free (cause);
}

/* Later formats may mean something else by the same names. */
static gboolean
check_metrics (JsonNode *node, GError **error)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  gint64 format = METRICS_FORMAT;

  if (object == NULL)
    hp_set_error (error, HP_ERROR_DAMAGED, NULL, _ ("not a JSON object"));
  else if (json_object_has_member (object, "format")
           && !hp_json_get_int (object, "format", 1, G_MAXINT32, &format, error))
    return FALSE;
  else if (format != METRICS_FORMAT)
    hp_set_error (error, HP_ERROR_DAMAGED, NULL, _ ("these metrics were written by a newer version of the program"));
  else
    return TRUE;
  return FALSE;
}

/**
 * hp_bundle_get_metrics:
 * @bundle: a bundle
 * @error: return location
 *
 * Returns: (transfer none) (nullable): metrics.json, read once; %NULL with an error of
 *   hp_bundle_read(), or %HP_ERROR_DAMAGED if it is no JSON object
 */
JsonObject *
hp_bundle_get_metrics (HpBundle *bundle, GError **error)
{
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GBytes) bytes = NULL;
  GError *cause = NULL;

  g_return_val_if_fail (HP_IS_BUNDLE (bundle), NULL);

  if (bundle->metrics != NULL)
    return json_node_get_object (bundle->metrics);
  bytes = hp_bundle_read (bundle, "metrics.json", error);
  if (bytes == NULL)
    return NULL;
  node = hp_json_parse (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), METRICS_MAX_BYTES, "metrics.json",
                        &cause);
  if (node == NULL || !check_metrics (node, &cause))
    {
      _hp_bundle_propagate_damage (bundle, "metrics.json", cause, error);
      return NULL;
    }
  bundle->metrics = g_steal_pointer (&node);
  return json_node_get_object (bundle->metrics);
}

/**
 * _hp_bundle_get_gates:
 * @bundle: a bundle
 * @passed: (out): whether metrics.json says that its gates passed
 * @failed: (out) (transfer full) (nullable): those that did not, for people
 * @error: return location
 *
 * Returns: %FALSE if metrics.json does not read
 */
gboolean
_hp_bundle_get_gates (HpBundle *bundle, gboolean *passed, char **failed, GError **error)
{
  JsonObject *metrics = hp_bundle_get_metrics (bundle, error);
  JsonNode *gates, *list = NULL;
  g_autoptr (GString) names = g_string_new (NULL);

  *passed = FALSE;
  *failed = NULL;
  if (metrics == NULL)
    return FALSE;
  gates = json_object_get_member (metrics, "gates");
  if (gates != NULL && JSON_NODE_HOLDS_OBJECT (gates))
    {
      list = json_object_get_member (json_node_get_object (gates), "failed");
      if (!hp_json_get_boolean (json_node_get_object (gates), "passed", passed, NULL))
        *passed = FALSE;
    }
  if (*passed || list == NULL || !JSON_NODE_HOLDS_ARRAY (list))
    return TRUE;
  for (guint i = 0; i < json_array_get_length (json_node_get_array (list)); i++)
    {
      JsonNode *item = json_array_get_element (json_node_get_array (list), i);
      const char *name = JSON_NODE_HOLDS_VALUE (item) ? json_node_get_string (item) : NULL;

      if (name != NULL)
        g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", name);
    }
  if (names->len > 0)
    *failed = g_string_free (g_steal_pointer (&names), FALSE);
  return TRUE;
}

gboolean
_hp_metrics_without_calibration (JsonObject *metrics)
{
  return json_object_has_member (metrics, "calibration") && json_object_get_null_member (metrics, "calibration");
}

static HpPreprocessor *
read_preprocessor (HpBundle *self, GError **error)
{
  g_autoptr (GBytes) bytes = hp_bundle_read (self, "preprocessor.json", error);
  HpPreprocessor *pre;
  GError *cause = NULL;

  if (bytes == NULL)
    return NULL;
  pre
    = hp_preprocessor_from_json (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), "preprocessor.json", &cause);
  if (pre == NULL)
    _hp_bundle_propagate_damage (self, "preprocessor.json", cause, error);
  return pre;
}

static HpModel *
read_model (HpBundle *self, GError **error)
{
  g_autoptr (GBytes) bytes = hp_bundle_read (self, "model.json", error);
  HpModel *model;
  GError *cause = NULL;

  if (bytes == NULL)
    return NULL;
  model = hp_model_from_json (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), "model.json", &cause);
  if (model == NULL)
    _hp_bundle_propagate_damage (self, "model.json", cause, error);
  return model;
}

/* calibration: (out) (nullable): none in a version that says itself that it has none, having been imported without
 * sales */
gboolean
_hp_bundle_read_calibration (HpBundle *self, HpCalibration **calibration, GError **error)
{
  JsonObject *metrics = hp_bundle_get_metrics (self, error), *object;
  GError *cause = NULL;

  *calibration = NULL;
  if (metrics == NULL)
    return FALSE;
  if (_hp_metrics_without_calibration (metrics))
    return TRUE;
  object = hp_json_get_object (metrics, "calibration", &cause);
  if (object != NULL)
    *calibration = hp_calibration_from_json (object, &cause);
  if (*calibration == NULL)
    _hp_bundle_propagate_damage (self, "metrics.json", cause, error);
  return *calibration != NULL;
}

static HpPredictor *
load_predictor (HpBundle *self, GError **error)
{
  g_autoptr (HpPreprocessor) pre = read_preprocessor (self, error);
  g_autoptr (HpModel) model = pre != NULL ? read_model (self, error) : NULL;
  g_autoptr (HpCalibration) calibration = NULL;
  HpPredictor *predictor;
  GError *cause = NULL;

  if (model == NULL || !_hp_bundle_read_calibration (self, &calibration, error))
    return NULL;
  predictor
    = hp_predictor_new (g_steal_pointer (&pre), g_steal_pointer (&model), g_steal_pointer (&calibration), &cause);
  if (predictor == NULL)
    _hp_bundle_propagate_damage (self, "model.json", cause, error);
  return predictor;
}

static gboolean
load_sales (HpBundle *self, GError **error)
{
  g_autoptr (GBytes) bytes = hp_bundle_read (self, "sales.csv", error);
  GError *cause = NULL;

  if (bytes == NULL)
    return FALSE;
  if (hp_predictor_set_sales (self->predictor, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &cause))
    return TRUE;
  _hp_bundle_propagate_damage (self, "sales.csv", cause, error);
  return FALSE;
}

/**
 * hp_bundle_get_predictor:
 * @bundle: a bundle
 * @with_sales: whether comparables and thin-support warnings are wanted
 * @error: return location
 *
 * Only the files that are needed are read and hashed: without sales that is not sales.csv, so
 * that a single valuation starts fast. The sales are added when they are first asked for; no other thread
 * may use the predictor meanwhile.
 *
 * Returns: (transfer none) (nullable): the predictor, made once; %NULL with an error of
 *   hp_bundle_read(), or %HP_ERROR_DAMAGED if a file does not make sense
 */
HpPredictor *
hp_bundle_get_predictor (HpBundle *bundle, gboolean with_sales, GError **error)
{
  g_return_val_if_fail (HP_IS_BUNDLE (bundle), NULL);

  if (bundle->predictor == NULL)
    bundle->predictor = load_predictor (bundle, error);
  if (bundle->predictor == NULL)
    return NULL;
  if (with_sales && !bundle->has_sales)
    {
      if (!load_sales (bundle, error))
        return NULL;
      bundle->has_sales = TRUE;
    }
  return bundle->predictor;
}

/**
 * hp_bundle_get_schema:
 * @bundle: a bundle
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the schema that the version was trained with, from
 *   config.yaml; %NULL with an error of hp_bundle_read(), or %HP_ERROR_DAMAGED
 */
HpSchema *
hp_bundle_get_schema (HpBundle *bundle, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (HpYaml) config = NULL;
  HpYaml *mapping = NULL;
  HpSchema *schema = NULL;
  GError *cause = NULL;

  g_return_val_if_fail (HP_IS_BUNDLE (bundle), NULL);

  bytes = hp_bundle_read (bundle, "config.yaml", error);
  if (bytes == NULL)
    return NULL;
  config = hp_yaml_parse (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), "config.yaml", &cause);
  if (config != NULL && config->kind == HP_YAML_MAPPING)
    mapping = hp_yaml_get (config, "schema");
  if (mapping != NULL && mapping->kind == HP_YAML_MAPPING)
    schema = hp_schema_from_yaml (mapping, "config.yaml", &cause);
  else if (cause == NULL)
    hp_set_error (&cause, HP_ERROR_DAMAGED, NULL, _ ("no “schema” mapping"));
  if (schema == NULL)
    _hp_bundle_propagate_damage (bundle, "config.yaml", cause, error);
  return schema;
}
