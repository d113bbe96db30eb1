/* hp-chart-leverage.c - which sales a linear model leans on
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "hp-chart-study-private.h"
#include "hp-display.h"
#include "hp-number.h"

#define CONTOUR_POINTS 100
/* Contours farther out than the residuals are not drawn, but for a little */
#define OUT_OF_SIGHT 1.1

static double
largest_of (const double *values, gsize n)
{
  double largest = 0;

  for (gsize i = 0; i < n; i++)
    if (isfinite (values[i]))
      largest = MAX (largest, fabs (values[i]));
  return largest;
}

/* Above and below, with a gap between. One that is nowhere within sight is not there at all. No two look alike. */
static void
add_contour (HpChart *chart, const HpInfluence *influence, double cook, HpChartRole role, gboolean dashed,
             const char *label)
{
  double last = largest_of (influence->leverage, influence->n);
  double sight = OUT_OF_SIGHT * largest_of (influence->residual, influence->n);
  HpChartSeries *line;
  gboolean seen = FALSE;

  if (!(last > 0) || !(hp_influence_get_contour (influence, cook, last) < sight))
    return;
  line = hp_chart_add_series (chart, HP_SERIES_LINE, role, label, 2 * CONTOUR_POINTS + 1);
  line->dashed = dashed;
  for (gsize i = 0; i < CONTOUR_POINTS; i++)
    {
      double x = last * (i + 1) / CONTOUR_POINTS, y = hp_influence_get_contour (influence, cook, x);

      seen = seen || y < sight;
      line->x[i] = line->x[CONTOUR_POINTS + 1 + i] = x;
      line->y[i] = y < sight ? y : NAN;
      line->y[CONTOUR_POINTS + 1 + i] = y < sight ? -y : NAN;
    }
  line->x[CONTOUR_POINTS] = last;
  line->y[CONTOUR_POINTS] = NAN;
}

gboolean
_hp_chart_leverage (HpChart *chart, const HpChartInput *input, GError **error)
{
  const HpInfluence *influence = input->source->influence;
  HpChartSeries *points;
  double large = hp_influence_get_large_cook (influence);
  g_autofree guint32 *largest = NULL;
  g_autofree char *version = _hp_chart_version (input->source->name), *count = NULL, *all = NULL, *cook = NULL;
  gsize n_largest, n_large = 0;

  hp_chart_axis_set (&chart->x, _ ("Leverage"), HP_FORMAT_NUMBER, NULL);
  hp_chart_axis_set (&chart->y, _ ("Studentised residual"), HP_FORMAT_NUMBER, NULL);
  hp_chart_add_line (chart, HP_LINE_HORIZONTAL, 0, NULL);
  points = hp_chart_add_series (chart, HP_SERIES_POINTS, HP_ROLE_SERIES_1, NULL, influence->n);
  points->row = g_new (guint64, influence->n + 1);
  points->flags = g_new0 (guint8, influence->n + 1);
  for (gsize i = 0; i < influence->n; i++)
    {
      points->x[i] = influence->leverage[i];
      points->y[i] = influence->residual[i];
      points->row[i] = influence->row[i];
      points->flags[i] = influence->cook[i] > large ? HP_POINT_OUTLIER : 0;
      n_large += influence->cook[i] > large;
    }
  if (influence->n == 0)
    return TRUE;
  hp_chart_add_line (chart, HP_LINE_VERTICAL, hp_influence_get_high_leverage (influence), _ ("Twice the mean leverage"))
    ->dashed
    = TRUE;
  add_contour (chart, influence, large, HP_ROLE_REFERENCE, TRUE, _ ("Cook's distance 4/n"));
  add_contour (chart, influence, 0.5, HP_ROLE_SERIES_2, TRUE, _ ("Cook's distance 0.5"));
  add_contour (chart, influence, 1, HP_ROLE_TREND, FALSE, _ ("Cook's distance 1"));
  largest = hp_influence_get_largest (influence, HP_CHART_LABELS, &n_largest);
  for (gsize i = 0; i < n_largest; i++)
    if (influence->cook[largest[i]] > large)
      hp_chart_add_label (chart, influence->leverage[largest[i]], influence->residual[largest[i]],
                          influence->row[largest[i]], NULL);
  count = hp_display_count (n_large);
  all = hp_display_count (influence->n);
  cook = hp_display_number (influence->cook[largest[0]], 2);
  /* Translators: a number of sales, all sales, a version, a distance, a row of the data */
  chart->summary = g_strdup_printf (
    ngettext (
      "%s of %s sales of %s has a Cook's distance above 4/n; the largest, %s, is that of row %" G_GUINT64_FORMAT ".",
      "%s of %s sales of %s have a Cook's distance above 4/n; the largest, %s, is that of row %" G_GUINT64_FORMAT ".",
      n_large),
    count, all, version, cook, influence->row[largest[0]]);
  return TRUE;
}
