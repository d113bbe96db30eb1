/* hp-calibration.c - the interval around a price, from out-of-sample residuals
 *
 * Split conformal prediction (Papadopoulos et al. 2002; Lei et al. 2018): the score of a sale is how far off its price
 * was on the model's own scale; of n scores the ceil ((n + 1) level)-th smallest is the half-width that holds a new
 * sale with at least that chance. Signed residuals are kept, sorted, so that chances of one-sided events can be read
 * off as well; the score is the residual without its sign.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "hp-calibration.h"
#include "hp-error.h"

#define FORMAT 1
#define KIND   "split_conformal"

/* More residuals than this are kept as so many quantiles, each rounded away from zero. Then the half-width at any level
 * of 0.5 or more is never smaller than that of all residuals. */
#define MAX_POINTS 2001

/* e^100 times the price, or a hundred times it: no information */
#define MAX_WIDTH 100.0

struct _HpCalibration
{
  HpTarget target;
  gsize n; /* sales it was fitted on */
  guint n_points;
  double *residuals; /* sorted; log (price / predicted), or (price - predicted) / predicted */
  double *scores;    /* |residual|, sorted */
};

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

/* residuals: (transfer full), sorted */
static HpCalibration *
calibration_new (HpTarget target, gsize n, double *residuals, guint n_points)
{
  HpCalibration *calibration = g_new0 (HpCalibration, 1);

  calibration->target = target;
  calibration->n = n;
  calibration->n_points = n_points;
  calibration->residuals = residuals;
  calibration->scores = g_new (double, n_points);
  for (guint i = 0; i < n_points; i++)
    calibration->scores[i] = fabs (residuals[i]);
  qsort (calibration->scores, n_points, sizeof (double), compare_doubles);
  return calibration;
}

/* Which of two neighbours is farther from zero */
static double
outer (double a, double b)
{
  return fabs (a) > fabs (b) ? a : b;
}

/**
 * hp_calibration_fit:
 * @target: the scale of the model
 * @predicted: (array length=n): prices predicted for sales that the model had not seen
 * @price: (array length=n): what they sold for
 * @n: how many
 *
 * Calibrates. Pairs in which a price isn't positive and finite are left out: the predictor refuses to give such a
 * price.
 *
 * Returns: (transfer full) (nullable): the calibration; %NULL if no pair is left
 */
HpCalibration *
hp_calibration_fit (HpTarget target, const double *predicted, const double *price, gsize n)
{
  g_autofree double *residuals = NULL;
  double *points;
  gsize used = 0;

  g_return_val_if_fail (n == 0 || (predicted != NULL && price != NULL), NULL);

  residuals = g_new (double, n + 1);
  for (gsize i = 0; i < n; i++)
    {
      double residual;

      if (!(predicted[i] > 0 && price[i] > 0))
        continue;
      residual = target == HP_TARGET_LOG ? log (price[i] / predicted[i]) : (price[i] - predicted[i]) / predicted[i];
      if (isfinite (residual))
        residuals[used++] = residual;
    }
  if (used == 0)
    return NULL;
  qsort (residuals, used, sizeof *residuals, compare_doubles);
  if (used <= MAX_POINTS)
    return calibration_new (target, used, g_steal_pointer (&residuals), used);

  points = g_new (double, MAX_POINTS);
  for (gsize i = 0; i < MAX_POINTS; i++)
    {
      guint64 place = i * (used - 1), below = place / (MAX_POINTS - 1);
      guint64 above = below + (place % (MAX_POINTS - 1) != 0);

      points[i] = outer (residuals[below], residuals[above]);
    }
  /* Rounding outwards around zero may have put a positive one before a negative one. */
  qsort (points, MAX_POINTS, sizeof *points, compare_doubles);
  return calibration_new (target, used, points, MAX_POINTS);
}

/**
 * hp_calibration_free:
 * @calibration: (transfer full) (nullable): a calibration
 */
void
hp_calibration_free (HpCalibration *calibration)
{
  if (calibration == NULL)
    return;
  g_free (calibration->residuals);
  g_free (calibration->scores);
  g_free (calibration);
}

/* The half-width on the model's scale. Too few residuals for the level: the largest, which is the best that they can
 * say. Bounded, so that no file makes an interval overflow. */
static double
half_width (const HpCalibration *calibration, double level)
{
  double n = calibration->n_points, rank;

  /* The small step back keeps 0.9 x 10 from being a little more than 9. */
  rank = ceil ((n + 1) * level - 1e-9);
  rank = CLAMP (rank, 1, n);
  return MIN (calibration->scores[(guint) rank - 1], MAX_WIDTH);
}

/**
 * hp_calibration_interval:
 * @calibration: a calibration
 * @price: a predicted price, positive
 * @level: the chance to hold the true price, in (0, 1)
 * @low: (out): the least price, not negative
 * @high: (out): the greatest price
 */
void
hp_calibration_interval (const HpCalibration *calibration, double price, double level, double *low, double *high)
{
  double width = half_width (calibration, level);

  if (calibration->target == HP_TARGET_LOG)
    {
      *low = price * exp (-width);
      *high = price * exp (width);
    }
  else
    {
      *low = MAX (price * (1 - width), 0);
      *high = price * (1 + width);
    }
}

/**
 * hp_calibration_fsd:
 * @calibration: a calibration
 *
 * The forecast standard deviation: half the width of the 68.27 % interval, as a share of the price.
 *
 * Returns: 0.11 for ±11 %
 */
double
hp_calibration_fsd (const HpCalibration *calibration)
{
  double low, high;

  hp_calibration_interval (calibration, 1, 0.6827, &low, &high);
  return (high - low) / 2;
}

/* How many residuals are at most value (strict: less than it) */
static guint
count_up_to (const HpCalibration *calibration, double value, gboolean strict)
{
  guint low = 0, high = calibration->n_points;

  while (low < high)
    {
      guint middle = (low + high) / 2;
      double residual = calibration->residuals[middle];

      if (strict ? residual < value : residual <= value)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/**
 * hp_calibration_within:
 * @calibration: a calibration
 * @share: a distance, relative to the predicted price
 *
 * Returns: the chance, 0–1, that the true price is within ±@share of the predicted one
 */
double
hp_calibration_within (const HpCalibration *calibration, double share)
{
  double low = -share, high = share;

  if (calibration->target == HP_TARGET_LOG)
    {
      low = share < 1 ? log1p (-share) : -INFINITY;
      high = log1p (share);
    }
  return (double) (count_up_to (calibration, high, FALSE) - count_up_to (calibration, low, TRUE))
         / calibration->n_points;
}

/**
 * hp_calibration_get_n:
 * @calibration: a calibration
 *
 * Returns: how many sales it was fitted on
 */
gsize
hp_calibration_get_n (const HpCalibration *calibration)
{
  return calibration->n;
}

/**
 * hp_calibration_write_json:
 * @calibration: a calibration
 * @writer: a writer that stands where a value may begin
 *
 * Writes an object: `format`, `kind`, `target`, `n` and the sorted signed `residuals` (quantiles of them, if n is above
 * 2,001).
 */
void
hp_calibration_write_json (const HpCalibration *calibration, HpJsonWriter *writer)
{
  hp_json_writer_begin_object (writer);
  hp_json_writer_set_int (writer, "format", FORMAT);
  hp_json_writer_set_string (writer, "kind", KIND);
  hp_json_writer_set_string (writer, "target", calibration->target == HP_TARGET_LOG ? "log" : "plain");
  hp_json_writer_set_int (writer, "n", calibration->n);
  hp_json_writer_key (writer, "residuals");
  hp_json_writer_begin_array (writer);
  for (guint i = 0; i < calibration->n_points; i++)
    hp_json_writer_double (writer, calibration->residuals[i]);
  hp_json_writer_end_array (writer);
  hp_json_writer_end_object (writer);
}

/**
 * hp_calibration_from_json:
 * @object: what hp_calibration_write_json() wrote, or a stranger
 * @error: return location for a #GError
 *
 * Reads a calibration. All errors are %HP_ERROR_BAD_DATA.
 *
 * Returns: (transfer full): the calibration, or %NULL
 */
HpCalibration *
hp_calibration_from_json (JsonObject *object, GError **error)
{
  g_autofree double *residuals = NULL;
  const char *kind, *target;
  JsonArray *array;
  gint64 format, n;
  guint n_points;

  if (!hp_json_get_int (object, "format", 1, G_MAXINT32, &format, error)
      || !hp_json_get_string (object, "kind", &kind, error))
    return NULL;
  if (format != FORMAT || strcmp (kind, KIND) != 0)
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
  if ((strcmp (target, "log") != 0 && strcmp (target, "plain") != 0) || n_points != MIN (n, MAX_POINTS))
    {
      hp_set_error (error, HP_ERROR_BAD_DATA, "calibration",
                    _ ("calibration: target, n and residuals don't fit together"));
      return NULL;
    }
  residuals = g_new (double, n_points);
  for (guint i = 0; i < n_points; i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      GType type = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_INVALID;

      residuals[i] = type == G_TYPE_INT64 || type == G_TYPE_DOUBLE ? json_node_get_double (node) : NAN;
      if (!isfinite (residuals[i]) || (i > 0 && residuals[i] < residuals[i - 1]))
        {
          hp_set_error (error, HP_ERROR_BAD_DATA, "calibration",
                        _ ("calibration: the residuals are not sorted numbers"));
          return NULL;
        }
    }
  return calibration_new (strcmp (target, "log") == 0 ? HP_TARGET_LOG : HP_TARGET_PLAIN, n,
                          g_steal_pointer (&residuals), n_points);
}
