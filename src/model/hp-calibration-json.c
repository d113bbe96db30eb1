/* hp-calibration-json.c - a calibration as a part of metrics.json
 *
 * Format 1, "split_conformal": one width for all houses. Format 2, "normalised_conformal": residuals are divided by the
 * sigmas of their houses, and "width" says how a house gets its sigma.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "hp-calibration-private.h"
#include "hp-error.h"

static const char *const kinds[] = { "split_conformal", "normalised_conformal" };

/**
 * hp_calibration_write_json:
 * @calibration: a calibration
 * @writer: a writer that stands where a value may begin
 *
 * Writes an object: `format`, `kind`, `target`, `n` and the sorted signed `residuals` (quantiles of them, if n is above
 * 2,001), and `width` if houses have widths of their own.
 */
void
hp_calibration_write_json (const HpCalibration *calibration, HpJsonWriter *writer)
{
  guint format = calibration->width != NULL ? 2 : 1;

  hp_json_writer_begin_object (writer);
  hp_json_writer_set_int (writer, "format", format);
  hp_json_writer_set_string (writer, "kind", kinds[format - 1]);
  hp_json_writer_set_string (writer, "target", calibration->scale == HP_TARGET_LOG ? "log" : "plain");
  hp_json_writer_set_int (writer, "n", (gint64) calibration->n);
  hp_json_writer_key (writer, "residuals");
  hp_json_writer_begin_array (writer);
  for (guint i = 0; i < calibration->n_points; i++)
    hp_json_writer_double (writer, calibration->residuals[i]);
  hp_json_writer_end_array (writer);
  if (calibration->width != NULL)
    {
      hp_json_writer_key (writer, "width");
      _hp_width_write_json (calibration->width, writer);
    }
  hp_json_writer_end_object (writer);
}

static gboolean
read_residuals (JsonArray *array, double *residuals)
{
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      GType type = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_INVALID;

      residuals[i] = type == G_TYPE_INT64 || type == G_TYPE_DOUBLE ? json_node_get_double (node) : NAN;
      if (!isfinite (residuals[i]) || (i > 0 && residuals[i] < residuals[i - 1]))
        return FALSE;
    }
  return TRUE;
}

/**
 * hp_calibration_from_json:
 * @object: what hp_calibration_write_json() wrote, or a stranger
 * @error: return location for a #GError
 *
 * Reads a calibration of any format. All errors are %HP_ERROR_BAD_DATA.
 *
 * Returns: (transfer full): the calibration, or %NULL
 */
HpCalibration *
hp_calibration_from_json (JsonObject *object, GError **error)
{
  g_autofree double *residuals = NULL;
  g_autoptr (HpWidth) width = NULL;
  const char *kind, *target;
  JsonObject *inner;
  JsonArray *array;
  gint64 format, n;
  guint n_points;

  if (!hp_json_get_int (object, "format", 1, G_MAXINT32, &format, error)
      || !hp_json_get_string (object, "kind", &kind, error))
    return NULL;
  if (format > (gint64) G_N_ELEMENTS (kinds) || strcmp (kind, kinds[format - 1]) != 0)
    {
      hp_set_error (error, HP_ERROR_BAD_DATA, "calibration",
                    _ ("this calibration was written by a newer version of the program (format %d)"), (int) format);
      return NULL;
    }
  if (!hp_json_get_string (object, "target", &target, error)
      || !hp_json_get_int (object, "n", 1, G_MAXINT64 / 2, &n, error)
      || (array = hp_json_get_array (object, "residuals", error)) == NULL)
    return NULL;
  n_points = json_array_get_length (array);
  if ((strcmp (target, "log") != 0 && strcmp (target, "plain") != 0) || n_points != MIN (n, HP_CALIBRATION_POINTS))
    {
      hp_set_error (error, HP_ERROR_BAD_DATA, "calibration",
                    _ ("calibration: target, n and residuals don't fit together"));
      return NULL;
    }
  residuals = g_new (double, n_points);
  if (!read_residuals (array, residuals))
    {
      hp_set_error (error, HP_ERROR_BAD_DATA, "calibration", _ ("calibration: the residuals are not sorted numbers"));
      return NULL;
    }
  if (format > 1
      && ((inner = hp_json_get_object (object, "width", error)) == NULL
          || (width = _hp_width_from_json (inner, error)) == NULL))
    return NULL;
  return _hp_calibration_new (strcmp (target, "log") == 0 ? HP_TARGET_LOG : HP_TARGET_PLAIN, n,
                              g_steal_pointer (&residuals), n_points, g_steal_pointer (&width));
}
