/* hp-residuals.c - cross-fits width models and calibrates on what they leave
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>
#include <pthread.h>
#include <string.h>

#include "hp-calibration-private.h"
#include "hp-number.h"
#include "hp-residuals.h"

/* More parts than these are taken together in order: calibrating costs a fit for each. */
#define MAX_GROUPS 5

/* With fewer sales there is one width for all. */
#define MIN_SALES 200

/* Widths pay when they lower the mean interval score at this level to this share of what one width for all scores. */
#define JUDGED_LEVEL 0.9
#define MUST_SCORE   0.99

struct _HpResiduals
{
  HpTarget scale;
  const float *features;
  guint n_features;
  gsize n;
  double *predicted;
  double *residual; /* NaN: not usable */
  guint8 *part;
  HpWidthBins *bins;
  pthread_mutex_t mutex; /* of widths; not GMutex: ThreadSanitizer knows this one */
  GHashTable *widths;    /* the parts it was fitted to → HpWidth */
};

/**
 * hp_residuals_new:
 * @target: of the model; residuals are taken on its scale, hp_target_scale()
 * @features: (array): @n rows of the model's features; must outlive the result
 * @n_features: how many features
 * @predicted: (array length=n): prices predicted for sales that the model had not seen, not rounded
 * @price: (array length=n): what they sold for
 * @part: (array length=n) (nullable): which part each sale belongs to
 * @n: how many sales
 *
 * Returns: (transfer full): what calibrations are made from
 */
HpResiduals *
hp_residuals_new (HpTarget target, const float *features, guint n_features, const double *predicted,
                  const double *price, const guint8 *part, gsize n)
{
  HpResiduals *residuals = g_new0 (HpResiduals, 1);

  residuals->scale = hp_target_scale (target);
  residuals->features = features;
  residuals->n_features = n_features;
  residuals->n = n;
  residuals->predicted = g_memdup2 (predicted, n * sizeof *predicted);
  residuals->residual = g_new (double, n + 1);
  residuals->part = g_malloc (n + 1);
  for (gsize i = 0; i < n; i++)
    {
      g_assert (part == NULL || part[i] < HP_RESIDUALS_MAX_PARTS);
      residuals->part[i] = part != NULL ? part[i] : i % MAX_GROUPS;
      residuals->residual[i] = _hp_residual (residuals->scale, predicted[i], price[i]);
    }
  residuals->bins = _hp_width_bins_new (features, n_features, predicted, n);
  residuals->widths = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, (GDestroyNotify) _hp_width_free);
  pthread_mutex_init (&residuals->mutex, NULL);
  return residuals;
}

/**
 * hp_residuals_free:
 * @residuals: (transfer full) (nullable): residuals
 */
void
hp_residuals_free (HpResiduals *residuals)
{
  if (residuals == NULL)
    return;
  pthread_mutex_destroy (&residuals->mutex);
  g_hash_table_unref (residuals->widths);
  _hp_width_bins_free (residuals->bins);
  g_free (residuals->predicted);
  g_free (residuals->residual);
  g_free (residuals->part);
  g_free (residuals);
}

/* The usable sales of those parts, in order. rows: room for all */
static gsize
list_rows (const HpResiduals *residuals, guint64 parts, guint32 *rows)
{
  gsize n = 0;

  for (gsize i = 0; i < residuals->n; i++)
    if (parts >> residuals->part[i] & 1 && !isnan (residuals->residual[i]))
      rows[n++] = (guint32) i;
  return n;
}

/* The width model of those parts. Calibrations that leave out two parts share it, whichever of them judges. */
static const HpWidth *
get_width (HpResiduals *residuals, guint64 parts)
{
  g_autofree guint32 *rows = NULL;
  HpWidth *width, *made;
  gsize n;

  pthread_mutex_lock (&residuals->mutex);
  width = g_hash_table_lookup (residuals->widths, &parts);
  pthread_mutex_unlock (&residuals->mutex);
  if (width != NULL)
    return width;

  rows = g_new (guint32, residuals->n + 1);
  n = list_rows (residuals, parts, rows);
  made = _hp_width_fit (residuals->bins, residuals->residual, rows, n);
  pthread_mutex_lock (&residuals->mutex);
  width = g_hash_table_lookup (residuals->widths, &parts);
  if (width == NULL)
    {
      width = g_steal_pointer (&made);
      g_hash_table_insert (residuals->widths, g_memdup2 (&parts, sizeof parts), width);
    }
  pthread_mutex_unlock (&residuals->mutex);
  _hp_width_free (made); /* somebody else was faster, with the same */
  return width;
}

/* Which parts the sales are of */
static guint64
find_parts (const HpResiduals *residuals, const guint32 *rows, gsize n)
{
  guint64 parts = 0;

  for (gsize i = 0; i < n; i++)
    parts |= G_GUINT64_CONSTANT (1) << residuals->part[rows[i]];
  return parts;
}

/* Cuts parts into groups of parts. Returns how many there are. */
static guint
group_parts (guint64 parts, guint64 groups[MAX_GROUPS])
{
  guint n_parts = __builtin_popcountll (parts), n_groups = MIN (n_parts, MAX_GROUPS), place = 0;

  memset (groups, 0, MAX_GROUPS * sizeof *groups);
  for (guint part = 0; part < HP_RESIDUALS_MAX_PARTS; part++)
    if (parts >> part & 1)
      groups[place++ * n_groups / n_parts] |= G_GUINT64_CONSTANT (1) << part;
  return n_groups;
}

/* The sigmas of sales by a model that has not seen them; sigma: by row */
static void
set_sigmas (const HpResiduals *residuals, const HpWidth *width, const guint32 *rows, gsize n, double *sigma)
{
  guint n_features = residuals->n_features;
  g_autofree float *features = g_new (float, n *n_features + 1);
  g_autofree double *price = g_new (double, n + 1), *values = g_new (double, n + 1);

  for (gsize i = 0; i < n; i++)
    {
      memcpy (features + i * n_features, residuals->features + (gsize) rows[i] * n_features,
              n_features * sizeof *features);
      price[i] = residuals->predicted[rows[i]];
    }
  _hp_width_sigmas (width, features, price, n, values);
  for (gsize i = 0; i < n; i++)
    sigma[rows[i]] = values[i];
}

/* The mean interval score (Gneiting and Raftery 2007) of intervals on the model's scale; sigma: (nullable) by row */
static double
mean_score (const HpResiduals *residuals, const guint32 *rows, gsize n, const double *sigma)
{
  g_autofree double *scores = g_new (double, n + 1);
  double half, sum = 0;

  for (gsize i = 0; i < n; i++)
    scores[i] = fabs (residuals->residual[rows[i]]) / (sigma != NULL ? sigma[rows[i]] : 1);
  qsort (scores, n, sizeof *scores, hp_compare_doubles);
  half = _hp_quantile_score (scores, n, JUDGED_LEVEL);
  for (gsize i = 0; i < n; i++)
    {
      double width = half * (sigma != NULL ? sigma[rows[i]] : 1);

      sum += 2 * width + 2 / (1 - JUDGED_LEVEL) * MAX (fabs (residuals->residual[rows[i]]) - width, 0);
    }
  return sum / (double) n;
}

/* Out-of-part sigmas of the sales, by row; NULL if there are too few, or they don't pay */
static double *
cross_fit (HpResiduals *residuals, guint64 parts, const guint32 *rows, gsize n)
{
  guint64 groups[MAX_GROUPS];
  guint n_groups = group_parts (parts, groups);
  g_autofree double *sigma = NULL;
  g_autofree guint32 *some = NULL;

  if (n < MIN_SALES || n_groups < 2)
    return NULL;
  sigma = g_new (double, residuals->n + 1);
  some = g_new (guint32, n + 1);
  for (guint g = 0; g < n_groups; g++)
    {
      gsize n_some = list_rows (residuals, groups[g], some);

      set_sigmas (residuals, get_width (residuals, parts & ~groups[g]), some, n_some, sigma);
    }
  return mean_score (residuals, rows, n, sigma) < MUST_SCORE * mean_score (residuals, rows, n, NULL)
           ? g_steal_pointer (&sigma)
           : NULL;
}

/**
 * hp_residuals_calibrate:
 * @residuals: residuals
 * @parts: the parts to calibrate on, a bit each
 *
 * Calibrates on the sales of some parts. May be called by several threads at once; the result depends on @parts alone.
 *
 * Returns: (transfer full) (nullable): the calibration; %NULL if no sale in them is usable
 */
HpCalibration *
hp_residuals_calibrate (HpResiduals *residuals, guint64 parts)
{
  g_autofree guint32 *rows = NULL;
  g_autofree double *scaled = NULL, *sigma = NULL;
  HpWidth *width = NULL;
  gsize n;

  g_return_val_if_fail (residuals != NULL, NULL);

  rows = g_new (guint32, residuals->n + 1);
  n = list_rows (residuals, parts, rows);
  if (n == 0)
    return NULL;
  parts = find_parts (residuals, rows, n);
  sigma = cross_fit (residuals, parts, rows, n);
  scaled = g_new (double, n);
  for (gsize i = 0; i < n; i++)
    scaled[i] = residuals->residual[rows[i]] / (sigma != NULL ? sigma[rows[i]] : 1);
  if (sigma != NULL)
    width = _hp_width_copy (get_width (residuals, parts));
  return _hp_calibration_fit (residuals->scale, scaled, n, width);
}
