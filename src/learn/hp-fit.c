/* hp-fit.c - one fit from rows of a table to a model, and the meter that counts fits
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hp-train-private.h"

#include <math.h>

/* The seconds between two reports */
#define REPORT_INTERVAL (G_USEC_PER_SEC / 20)

void
_hp_meter_init (Meter *meter, HpTrainProgressFunc func, gpointer data)
{
  *meter = (Meter){ .func = func, .data = data, .started = g_get_monotonic_time () };
  pthread_mutex_init (&meter->mutex, NULL);
}

void
_hp_meter_clear (Meter *meter)
{
  pthread_mutex_destroy (&meter->mutex);
}

/* Time left is in proportion to the cost left, once enough is done for the proportion to mean something. */
void
_hp_meter_add (Meter *meter, double cost, const char *stage, const char *family)
{
  gint64 now = g_get_monotonic_time ();

  pthread_mutex_lock (&meter->mutex);
  meter->done += cost;
  if (meter->func != NULL && (now - meter->told >= REPORT_INTERVAL || meter->done >= meter->total * (1 - 1e-9)))
    {
      HpTrainProgress progress = { .stage = stage, .family = family };

      progress.fraction = meter->total > 0 ? MIN (meter->done / meter->total, 1) : 0;
      progress.elapsed = (double) (now - meter->started) / G_USEC_PER_SEC;
      progress.left = progress.fraction > 0.03 ? progress.elapsed * (1 - progress.fraction) / progress.fraction : -1;
      meter->told = now;
      meter->func (&progress, meter->data);
    }
  pthread_mutex_unlock (&meter->mutex);
}

void
_hp_fitted_clear (Fitted *fitted)
{
  g_clear_pointer (&fitted->pre, hp_preprocessor_unref);
  g_clear_pointer (&fitted->model, hp_model_unref);
  g_clear_pointer (&fitted->influence, hp_influence_free);
}

double *
_hp_prices_of (const Training *training, const guint32 *rows, gsize n)
{
  const HpColumn *target = hp_table_get_column (training->table, training->schema->target);
  double *prices = g_new (double, n + 1);

  for (gsize i = 0; i < n; i++)
    prices[i] = target->numbers[rows[i]];
  return prices;
}

double
_hp_fit_cost (const Training *training, HpFamily family, gsize n)
{
  guint n_features = g_strv_length ((char **) training->features);
  double one = hp_family_cost (family, &training->params[family], n, n_features);

  /* a trial that is not discarded costs a fit on most of the rows a fold; about half are discarded after the first */
  return one * (1 + training->options->trials * _hp_tune_n_folds () * 0.5);
}

gboolean
_hp_fit_params (const Training *training, HpFamily family, const HpParams *params, const guint32 *rows, gsize n,
                guint64 seed, HpTeam *team, Fitted *fitted, GError **error)
{
  g_autofree double *prices = _hp_prices_of (training, rows, n);
  g_autofree float *features = NULL;
  HpFitData data;
  gint64 started;

  fitted->params = *params;
  fitted->pre = hp_preprocessor_fit (training->schema, training->features, training->table, rows, n,
                                     hp_family_get_encoding (family), error);
  if (fitted->pre == NULL)
    return FALSE;

  features = hp_preprocessor_matrix (fitted->pre, training->table, rows, n);
  data = (HpFitData){ features,
                      prices,
                      n,
                      hp_preprocessor_get_n_features (fitted->pre),
                      hp_preprocessor_get_monotone (fitted->pre),
                      fitted->diagnose ? &fitted->influence : NULL };
  started = g_get_monotonic_time ();
  fitted->model = hp_family_fit (family, params, &data, seed, team, training->cancellable, error);
  fitted->seconds = (double) (g_get_monotonic_time () - started) / G_USEC_PER_SEC;
  if (fitted->model == NULL)
    {
      _hp_fitted_clear (fitted);
      return FALSE;
    }
  for (gsize i = 0; fitted->influence != NULL && i < n; i++)
    fitted->influence->row[i] = (guint64) rows[i] + 1;
  return TRUE;
}

gboolean
_hp_fit_rows (const Training *training, HpFamily family, const guint32 *rows, gsize n, guint64 seed, const char *stage,
              HpTeam *team, Fitted *fitted, GError **error)
{
  double cost = hp_family_cost (family, &training->params[family], n, g_strv_length ((char **) training->features));
  HpParams params = training->params[family];

  if (training->options->trials > 0 && !_hp_tune (training, family, rows, n, seed, team, &params, error))
    return FALSE;
  if (!_hp_fit_params (training, family, &params, rows, n, seed, team, fitted, error))
    return FALSE;
  _hp_meter_add (training->meter, cost, stage, hp_family_name (family));
  return TRUE;
}
