/* hp-learning-curve-data.c - a learning curve and its JSON
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hp-learning-curve-data.h"

#include <math.h>
#include <string.h>

#include "config.h"
#include <glib/gi18n-lib.h>

#define MAX_FOLDS 1000

/**
 * hp_learning_curve_new:
 * @n_points: how many shares
 *
 * Returns: (transfer full): arrays of zeros
 */
HpLearningCurve *
hp_learning_curve_new (guint n_points)
{
  HpLearningCurve *curve = g_new0 (HpLearningCurve, 1);

  curve->n_points = n_points;
  curve->share = g_new0 (double, n_points + 1);
  curve->n = g_new0 (double, n_points + 1);
  curve->n_folds = g_new0 (guint, n_points + 1);
  curve->train_mae = g_new0 (double, n_points + 1);
  curve->train_sd = g_new0 (double, n_points + 1);
  curve->mae = g_new0 (double, n_points + 1);
  curve->sd = g_new0 (double, n_points + 1);
  return curve;
}

/**
 * hp_learning_curve_free:
 * @curve: (transfer full) (nullable): a curve
 */
void
hp_learning_curve_free (HpLearningCurve *curve)
{
  if (curve == NULL)
    return;
  g_free (curve->share);
  g_free (curve->n);
  g_free (curve->n_folds);
  g_free (curve->train_mae);
  g_free (curve->train_sd);
  g_free (curve->mae);
  g_free (curve->sd);
  g_free (curve);
}

/* A mean and a standard deviation, null where there is one fold only */
static void
write_error (HpJsonWriter *writer, const char *key, double mae, double sd)
{
  hp_json_writer_key (writer, key);
  hp_json_writer_begin_object (writer);
  hp_json_writer_set_double (writer, "mae", mae);
  hp_json_writer_set_double (writer, "sd", sd);
  hp_json_writer_end_object (writer);
}

/**
 * hp_learning_curve_write_json:
 * @curve: a curve
 * @writer: a writer that stands where a value may begin
 *
 * Writes an array of points: `share`, `n`, `folds`, and `train` and `validation` with `mae` and `sd`.
 */
void
hp_learning_curve_write_json (const HpLearningCurve *curve, HpJsonWriter *writer)
{
  hp_json_writer_begin_array (writer);
  for (guint i = 0; i < curve->n_points; i++)
    {
      hp_json_writer_begin_object (writer);
      hp_json_writer_set_double (writer, "share", curve->share[i]);
      hp_json_writer_set_double (writer, "n", curve->n[i]);
      hp_json_writer_set_int (writer, "folds", curve->n_folds[i]);
      write_error (writer, "train", curve->train_mae[i], curve->train_sd[i]);
      write_error (writer, "validation", curve->mae[i], curve->sd[i]);
      hp_json_writer_end_object (writer);
    }
  hp_json_writer_end_array (writer);
}

typedef struct
{
  double share, n, train_mae, train_sd, mae, sd;
  gint64 n_folds;
} Point;

static void
read_error (HpJsonReader *reader, double *mae, double *sd)
{
  const char *key;

  if (!hp_json_reader_begin_object (reader))
    return;
  while (hp_json_reader_next_member (reader, &key))
    if (strcmp (key, "mae") == 0)
      hp_json_reader_number (reader, mae);
    else if (strcmp (key, "sd") == 0 && hp_json_reader_peek (reader) == 'n')
      hp_json_reader_number (reader, sd);
    else
      hp_json_reader_skip (reader); /* a null, or what a newer version wrote */
}

static gboolean
read_point (HpJsonReader *reader, double before, Point *point)
{
  const char *key;

  *point = (Point){ NAN, NAN, NAN, NAN, NAN, NAN, 0 };
  if (!hp_json_reader_begin_object (reader))
    return FALSE;
  while (hp_json_reader_next_member (reader, &key))
    if (strcmp (key, "share") == 0)
      hp_json_reader_number (reader, &point->share);
    else if (strcmp (key, "n") == 0)
      hp_json_reader_number (reader, &point->n);
    else if (strcmp (key, "folds") == 0)
      hp_json_reader_integer (reader, 1, MAX_FOLDS, &point->n_folds);
    else if (strcmp (key, "train") == 0)
      read_error (reader, &point->train_mae, &point->train_sd);
    else if (strcmp (key, "validation") == 0)
      read_error (reader, &point->mae, &point->sd);
    else
      hp_json_reader_skip (reader);
  if (hp_json_reader_failed (reader))
    return FALSE;
  if (point->share > before && point->share <= 1 && point->n >= 1 && point->n_folds >= 1 && point->train_mae >= 0
      && point->mae >= 0 && !(point->train_sd < 0) && !(point->sd < 0))
    return TRUE;
  hp_json_reader_fail (reader, _ ("a point of a learning curve takes an ascending share up to 1, n, folds, and train "
                                  "and validation errors that are not below 0"));
  return FALSE;
}

/**
 * hp_learning_curve_read:
 * @reader: a reader that stands before what hp_learning_curve_write_json() wrote, or a stranger
 *
 * Members that it does not know are passed over.
 *
 * Returns: (transfer full) (nullable): the curve, or %NULL and @reader has failed
 */
HpLearningCurve *
hp_learning_curve_read (HpJsonReader *reader)
{
  Point points[HP_LEARNING_CURVE_MAX_POINTS];
  HpLearningCurve *curve;
  guint n = 0;

  if (!hp_json_reader_begin_array (reader))
    return NULL;
  while (hp_json_reader_next_element (reader))
    {
      if (n == HP_LEARNING_CURVE_MAX_POINTS)
        {
          hp_json_reader_fail (reader, _ ("a learning curve has at most %d points"), HP_LEARNING_CURVE_MAX_POINTS);
          return NULL;
        }
      if (!read_point (reader, n > 0 ? points[n - 1].share : 0, &points[n]))
        return NULL;
      n++;
    }
  if (hp_json_reader_failed (reader))
    return NULL;
  curve = hp_learning_curve_new (n);
  for (guint i = 0; i < n; i++)
    {
      curve->share[i] = points[i].share;
      curve->n[i] = points[i].n;
      curve->n_folds[i] = (guint) points[i].n_folds;
      curve->train_mae[i] = points[i].train_mae;
      curve->train_sd[i] = points[i].train_sd;
      curve->mae[i] = points[i].mae;
      curve->sd[i] = points[i].sd;
    }
  return curve;
}
