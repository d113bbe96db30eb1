/* hp-chart-deciles.c - ratios and coverage by tenths of the sales in order of the predicted price
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "hp-chart-study-private.h"
#include "hp-coverage.h"
#include "hp-display.h"
#include "hp-spread.h"
#include "hp-statistics.h"

#define TENTHS HP_COVERAGE_DECILES
/* Of the distance between tenths, shared by the versions */
#define GROUP_WIDTH 0.6
/* The level that the assessors' standard allows */
#define RATIO_LOW  0.9
#define RATIO_HIGH 1.1

/* A value with its range, of each tenth */
typedef struct
{
  double value[TENTHS], low[TENTHS], high[TENTHS];
} Tenths;

static void
set_axis (HpChart *chart)
{
  hp_chart_axis_set (&chart->x, _ ("Tenth of the sales by predicted price"), HP_FORMAT_NUMBER, NULL);
  for (guint i = 1; i <= TENTHS; i++)
    {
      g_autofree char *label = g_strdup_printf ("%u", i);

      hp_chart_axis_add_category (&chart->x, label);
    }
  chart->x.no_grid = TRUE;
}

static void
add_ranges (HpChart *chart, const HpChartInput *input, guint k, const Tenths *tenths)
{
  g_autofree char *label = input->n_sets > 1 ? _hp_chart_version (input->sets[k]->name) : NULL;
  HpChartSeries *ranges = hp_chart_add_series (chart, HP_SERIES_RANGES, _HP_CHART_ROLE (k), label, TENTHS);

  ranges->y2 = g_new (double, TENTHS);
  ranges->mid = g_new (double, TENTHS);
  for (guint i = 0; i < TENTHS; i++)
    {
      ranges->x[i] = i + (k - (input->n_sets - 1) / 2.0) * GROUP_WIDTH / input->n_sets;
      ranges->y[i] = tenths->low[i];
      ranges->y2[i] = tenths->high[i];
      ranges->mid[i] = tenths->value[i];
    }
}

static void
compute_ratios (const HpResidualSet *set, Tenths *tenths)
{
  g_autofree gint32 *tenth = g_new (gint32, set->n + 1);
  g_autofree double *ratios = g_new (double, set->n + 1);

  hp_coverage_deciles (set->predicted, set->n, tenth);
  for (gint32 t = 0; t < TENTHS; t++)
    {
      gsize n = 0, low, high;
      gboolean ranked;

      for (gsize i = 0; i < set->n; i++)
        {
          double ratio = set->predicted[i] / set->price[i];

          if (tenth[i] == t && set->price[i] > 0 && isfinite (ratio))
            ratios[n++] = ratio;
        }
      hp_sort_doubles (ratios, n);
      ranked = n > 0 && hp_median_interval_ranks (n, HP_CHART_LEVEL, &low, &high);
      tenths->value[t] = hp_quantile_sorted (ratios, n, 0.5);
      tenths->low[t] = ranked ? ratios[low - 1] : NAN;
      tenths->high[t] = ranked ? ratios[high - 1] : NAN;
    }
}

static char *
summarize_ratios (const HpResidualSet *set, const Tenths *tenths)
{
  const int last = TENTHS - 1;
  g_autofree char *version = _hp_chart_version (set->name), *first_text = hp_display_number (tenths->value[0], 3);
  g_autofree char *last_text = hp_display_number (tenths->value[last], 3);

  if (tenths->low[0] > tenths->high[last])
    return g_strdup_printf (
      _ ("Median ratios of %s fall from %s in the lowest tenth to %s in the highest: cheap houses are "
         "valued higher than dear ones, beyond chance."),
      version, first_text, last_text);
  if (tenths->high[0] < tenths->low[last])
    return g_strdup_printf (
      _ ("Median ratios of %s rise from %s in the lowest tenth to %s in the highest: dear houses are "
         "valued higher than cheap ones, beyond chance."),
      version, first_text, last_text);
  return g_strdup_printf (
    _ ("Median ratios of %s go from %s in the lowest tenth to %s in the highest, which may be chance."), version,
    first_text, last_text);
}

gboolean
_hp_chart_ratio_decile (HpChart *chart, const HpChartInput *input, GError **error)
{
  g_auto (GStrv) texts = g_new0 (char *, input->n_sets + 1);
  g_autofree char *joined = NULL;

  set_axis (chart);
  hp_chart_axis_set (&chart->y, _ ("Median of predicted price / price"), HP_FORMAT_NUMBER, NULL);
  hp_chart_add_line (chart, HP_LINE_HORIZONTAL, 1, NULL);
  hp_chart_add_line (chart, HP_LINE_HORIZONTAL, RATIO_LOW, NULL)->dashed = TRUE;
  hp_chart_add_line (chart, HP_LINE_HORIZONTAL, RATIO_HIGH, NULL)->dashed = TRUE;
  for (guint k = 0; k < input->n_sets; k++)
    {
      Tenths tenths;
      g_autofree char *first = NULL, *last = NULL;

      compute_ratios (input->sets[k], &tenths);
      add_ranges (chart, input, k, &tenths);
      first = hp_display_number (tenths.value[0], 3);
      last = hp_display_number (tenths.value[TENTHS - 1], 3);
      texts[k] = g_strdup_printf (_ ("%s and %s"), first, last);
      if (input->n_sets == 1)
        chart->summary = summarize_ratios (input->sets[k], &tenths);
    }
  if (input->n_sets == 1)
    return TRUE;
  joined = _hp_chart_join (input, texts);
  chart->summary = g_strdup_printf (_ ("Median ratios of the lowest and the highest tenth are %s."), joined);
  return TRUE;
}

/* low, high: of the shares. Returns how many tenths' ranges miss the level */
static guint
compute_coverage (const HpResidualSet *set, Tenths *tenths, double *all)
{
  g_autofree gint32 *tenth = g_new (gint32, set->n + 1);
  gsize inside[TENTHS] = { 0 }, n[TENTHS] = { 0 }, n_all = 0, inside_all = 0;
  guint missed = 0;

  hp_coverage_deciles (set->predicted, set->n, tenth);
  for (gsize i = 0; i < set->n; i++)
    if (tenth[i] >= 0 && isfinite (set->price[i]))
      {
        n[tenth[i]]++;
        inside[tenth[i]] += set->low[i] <= set->price[i] && set->price[i] <= set->high[i];
      }
  for (guint t = 0; t < TENTHS; t++)
    {
      tenths->value[t] = n[t] > 0 ? (double) inside[t] / n[t] : NAN;
      hp_wilson_interval (inside[t], n[t], HP_CHART_LEVEL, &tenths->low[t], &tenths->high[t]);
      missed += set->level < tenths->low[t] || set->level > tenths->high[t];
      n_all += n[t];
      inside_all += inside[t];
    }
  *all = n_all > 0 ? (double) inside_all / n_all : NAN;
  return missed;
}

static gboolean
has_intervals (const HpResidualSet *set)
{
  for (gsize i = 0; i < set->n; i++)
    if (isfinite (set->low[i]) && isfinite (set->high[i]))
      return TRUE;
  return FALSE;
}

static char *
summarize_coverage (const HpResidualSet *set, const Tenths *tenths, double all, guint missed)
{
  double least = INFINITY, most = -INFINITY;
  g_autofree char *version = _hp_chart_version (set->name), *level = hp_display_percent (set->level, 0);
  g_autofree char *share = hp_display_percent (all, 1), *low = NULL, *high = NULL;

  for (guint t = 0; t < TENTHS; t++)
    {
      least = fmin (least, tenths->value[t]);
      most = fmax (most, tenths->value[t]);
    }
  low = hp_display_percent (least, 1);
  high = hp_display_percent (most, 1);
  /* Translators: a level, a version, shares; the number is of tenths of the sales */
  return g_strdup_printf (
    ngettext ("%s intervals of %s hold %s of the prices, by tenth %s to %s; %u tenth is off by more than chance.",
              "%s intervals of %s hold %s of the prices, by tenth %s to %s; %u tenths are off by more than chance.",
              missed),
    level, version, share, low, high, missed);
}

gboolean
_hp_chart_coverage (HpChart *chart, const HpChartInput *input, GError **error)
{
  g_auto (GStrv) texts = g_new0 (char *, input->n_sets + 1);
  g_autofree char *joined = NULL;
  gboolean drawn = FALSE;

  set_axis (chart);
  hp_chart_axis_set (&chart->y, _ ("Share of the prices within the interval"), HP_FORMAT_PERCENT, NULL);
  for (guint k = 0; k < input->n_sets; k++)
    {
      const HpResidualSet *set = input->sets[k];
      g_autofree char *level = hp_display_percent (set->level, 0);
      Tenths tenths;
      double all;
      guint missed;

      texts[k] = g_strdup ("–");
      if (!has_intervals (set))
        continue;
      missed = compute_coverage (set, &tenths, &all);
      if (!drawn || set->level != input->sets[0]->level)
        hp_chart_add_line (chart, HP_LINE_HORIZONTAL, set->level, level);
      drawn = TRUE;
      add_ranges (chart, input, k, &tenths);
      g_free (texts[k]);
      texts[k] = hp_display_percent (all, 1);
      if (input->n_sets == 1)
        chart->summary = summarize_coverage (set, &tenths, all, missed);
    }
  if (!drawn)
    return _hp_chart_set_empty (chart,
                                g_strdup (_ ("These predictions have no intervals. Versions have them if they were "
                                             "trained with enough sales to calibrate them.")));
  if (input->n_sets == 1)
    return TRUE;
  joined = _hp_chart_join (input, texts);
  chart->summary = g_strdup_printf (_ ("Intervals hold %s of the prices."), joined);
  return TRUE;
}
