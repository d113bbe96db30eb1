/* hp-width.c - scoring of a width model, and its JSON
 *
 * {"n_features":7,"columns":[0,3,7],"model":{…}}: the trees as in model.json, on the columns in their order; column
 * n_features is the predicted price.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "hp-error.h"
#include "hp-width.h"

/* Rows are gathered on the stack */
#define BLOCK_ROWS   64
#define BLOCK_FLOATS 8192

/* The sum of so many leaves, each no larger, is far from what a float can hold. */
#define MAX_LEAF 10.0f

/* No house is more than so many times harder or easier to value than the typical one: trees that have seen a few dozen
 * sales a leaf know no better. */
#define MAX_RATIO 4.0

G_STATIC_ASSERT (BLOCK_FLOATS / HP_WIDTH_MAX_COLUMNS > 0);

HpWidth *
_hp_width_new (guint n_features, const guint32 *columns, guint n_columns, HpModel *trees)
{
  HpWidth *width = g_new0 (HpWidth, 1);

  width->n_features = n_features;
  width->columns = g_memdup2 (columns, n_columns * sizeof *columns);
  width->n_columns = n_columns;
  width->trees = trees;
  return width;
}

HpWidth *
_hp_width_copy (const HpWidth *width)
{
  return _hp_width_new (width->n_features, width->columns, width->n_columns, hp_model_ref (width->trees));
}

void
_hp_width_free (HpWidth *width)
{
  if (width == NULL)
    return;
  g_clear_pointer (&width->trees, hp_model_unref);
  g_free (width->columns);
  g_free (width);
}

void
_hp_width_sigmas (const HpWidth *width, const float *features, const double *price, gsize n, double *sigma)
{
  double centre = hp_model_get_base (width->trees), span = log (MAX_RATIO);
  guint n_columns = width->n_columns;
  gsize block_rows = MIN (BLOCK_ROWS, BLOCK_FLOATS / MAX (n_columns, 1));

  for (gsize first = 0; first < n; first += block_rows)
    {
      gsize count = MIN (n - first, block_rows);
      float block[BLOCK_FLOATS];

      for (gsize i = 0; i < count; i++)
        {
          const float *row = features + (first + i) * width->n_features;

          for (guint c = 0; c < n_columns; c++)
            block[i * n_columns + c]
              = width->columns[c] < width->n_features ? row[width->columns[c]] : (float) price[first + i];
        }
      hp_model_margin (width->trees, block, count, sigma + first);
    }
  for (gsize i = 0; i < n; i++)
    sigma[i] = exp (CLAMP (sigma[i], centre - span, centre + span));
}

static JsonNode *
model_to_node (const HpModel *model)
{
  gsize length;
  g_autofree char *text = hp_model_to_json (model, &length);
  JsonNode *node = hp_json_parse (text, length, G_MAXSIZE, "model", NULL);

  g_assert (node != NULL);
  return node;
}

void
_hp_width_write_json (const HpWidth *width, HpJsonWriter *writer)
{
  g_autoptr (JsonNode) model = model_to_node (width->trees);

  hp_json_writer_begin_object (writer);
  hp_json_writer_set_int (writer, "n_features", width->n_features);
  hp_json_writer_key (writer, "columns");
  hp_json_writer_begin_array (writer);
  for (guint c = 0; c < width->n_columns; c++)
    hp_json_writer_int (writer, width->columns[c]);
  hp_json_writer_end_array (writer);
  hp_json_writer_key (writer, "model");
  hp_json_writer_node (writer, model);
  hp_json_writer_end_object (writer);
}

/* The trees, by the reader that model.json is read by, with its checks */
static HpModel *
read_model (JsonObject *object, GError **error)
{
  g_autoptr (HpJsonWriter) writer = hp_json_writer_new (FALSE);
  g_autofree char *text = NULL;
  gsize length;

  if (hp_json_get_object (object, "model", error) == NULL)
    return NULL;
  hp_json_writer_node (writer, json_object_get_member (object, "model"));
  text = hp_json_writer_steal (writer, &length);
  return hp_model_from_json (text, length, "width", error);
}

static gboolean
has_modest_leaves (const HpModel *model)
{
  if (fabsf (hp_model_get_base (model)) > MAX_LEAF)
    return FALSE;
  for (guint t = 0; t < hp_model_get_n_trees (model); t++)
    {
      gsize n_nodes;
      const HpNode *nodes = hp_model_get_tree (model, t, &n_nodes);

      for (gsize i = 0; i < n_nodes; i++)
        if (nodes[i].left < 0 && fabsf (nodes[i].value) > MAX_LEAF)
          return FALSE;
    }
  return TRUE;
}

static gboolean
read_columns (JsonArray *array, guint n_features, guint32 *columns)
{
  guint n = json_array_get_length (array);

  for (guint c = 0; c < n; c++)
    {
      JsonNode *node = json_array_get_element (array, c);
      gint64 column = JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64
                        ? json_node_get_int (node)
                        : -1;

      if (column < 0 || column > n_features || (c > 0 && column <= columns[c - 1]))
        return FALSE;
      columns[c] = column;
    }
  return TRUE;
}

HpWidth *
_hp_width_from_json (JsonObject *object, GError **error)
{
  g_autoptr (HpModel) model = NULL;
  guint32 columns[HP_WIDTH_MAX_COLUMNS];
  JsonArray *array;
  gint64 n_features;

  if (!hp_json_get_int (object, "n_features", 0, HP_MODEL_MAX_FEATURES, &n_features, error)
      || (array = hp_json_get_array (object, "columns", error)) == NULL)
    return NULL;
  if (json_array_get_length (array) > HP_WIDTH_MAX_COLUMNS || !read_columns (array, n_features, columns))
    {
      hp_set_error (error, HP_ERROR_BAD_DATA, "calibration",
                    _ ("calibration: the columns of the width are not features in ascending order"));
      return NULL;
    }
  model = read_model (object, error);
  if (model == NULL)
    return NULL;
  if (hp_model_get_kind (model) != HP_MODEL_TREES || hp_model_get_target (model) != HP_TARGET_LOG
      || hp_model_get_n_features (model) != json_array_get_length (array)
      || hp_model_get_n_trees (model) > HP_WIDTH_MAX_TREES || !has_modest_leaves (model))
    {
      hp_set_error (error, HP_ERROR_BAD_DATA, "calibration",
                    _ ("calibration: the width is not a small ensemble of trees on its columns"));
      return NULL;
    }
  return _hp_width_new (n_features, columns, json_array_get_length (array), g_steal_pointer (&model));
}
