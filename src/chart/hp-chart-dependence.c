/* hp-chart-dependence.c - how the price follows one attribute, for the average house and for some houses each
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "hp-chart-study-private.h"
#include "hp-display.h"
#include "hp-statistics.h"
#include "hp-text.h"

/* Of the single houses, at a category */
#define RANGE_LOW  0.1
#define RANGE_HIGH 0.9

/* All houses as one series: a gap after each */
static void
add_houses (HpChart *chart, const HpPartialDependence *dependence)
{
  guint points = dependence->n_points;
  gsize n = (gsize) dependence->n_lines * (points + 1), at = 0;
  HpChartSeries *lines = hp_chart_add_series (chart, HP_SERIES_LINE, HP_ROLE_MUTED, _ ("Single houses"), n);

  lines->faint = TRUE;
  lines->row = g_new (guint64, n + 1);
  for (guint l = 0; l < dependence->n_lines; l++)
    for (guint i = 0; i <= points; i++)
      {
        lines->x[at] = dependence->x[MIN (i, points - 1)];
        lines->y[at] = i < points ? dependence->line[(gsize) l * points + i] : NAN;
        lines->row[at++] = dependence->line_row[l];
      }
}

static void
add_mean (HpChart *chart, const HpPartialDependence *dependence)
{
  HpChartSeries *mean
    = hp_chart_add_series (chart, HP_SERIES_LINE, HP_ROLE_SERIES_1, _ ("Average house"), dependence->n_points);

  mean->width = 2.5;
  for (guint i = 0; i < dependence->n_points; i++)
    {
      mean->x[i] = dependence->x[i];
      mean->y[i] = dependence->mean[i];
    }
}

/* Between these lie most sales: outside the curve says little */
static void
add_deciles (HpChart *chart, const HpPartialDependence *dependence)
{
  for (guint i = 0; i < 9; i += 8)
    if (isfinite (dependence->decile[i]))
      hp_chart_add_line (chart, HP_LINE_VERTICAL, dependence->decile[i],
                         i == 0 ? _ ("10 % of the sales are below") : _ ("10 % of the sales are above"))
        ->dashed
        = TRUE;
}

static gboolean
are_years (const HpPartialDependence *dependence)
{
  return dependence->type == HP_COLUMN_INTEGER && dependence->unit == NULL && dependence->x[0] >= 1000
         && dependence->x[dependence->n_points - 1] < 3000;
}

/* Categories lie: ranges of the single houses around the mean */
static void
add_categories (HpChart *chart, const HpPartialDependence *dependence, guint n)
{
  HpChartSeries *ranges = hp_chart_add_series (chart, HP_SERIES_RANGES, HP_ROLE_SERIES_1, NULL, n);
  g_autofree double *prices = g_new (double, dependence->n_lines + 1);

  ranges->horizontal = TRUE;
  ranges->x2 = g_new (double, n + 1);
  ranges->mid = g_new (double, n + 1);
  for (guint i = n; i-- > 0;)
    hp_chart_axis_add_category (&chart->y, dependence->levels[i]);
  for (guint i = 0; i < n; i++)
    {
      for (guint l = 0; l < dependence->n_lines; l++)
        prices[l] = dependence->line[(gsize) l * dependence->n_points + i];
      ranges->y[i] = n - 1 - i;
      ranges->x[i] = hp_quantile (prices, dependence->n_lines, RANGE_LOW);
      ranges->x2[i] = hp_quantile (prices, dependence->n_lines, RANGE_HIGH);
      ranges->mid[i] = dependence->mean[i];
    }
  chart->y.no_grid = TRUE;
}

static void
add_note (HpChart *chart, guint n, guint n_all)
{
  g_autofree char *before = chart->subtitle, *shown = hp_display_count (n), *all = hp_display_count (n_all);

  chart->subtitle = g_strdup_printf (_ ("%s · the %s largest of %s groups"), before != NULL ? before : "", shown, all);
}

static void
find_ends (const HpPartialDependence *dependence, guint n, guint *least, guint *most)
{
  *least = *most = 0;
  for (guint i = 1; i < n; i++)
    {
      if (dependence->mean[i] < dependence->mean[*least])
        *least = i;
      if (dependence->mean[i] > dependence->mean[*most])
        *most = i;
    }
}

static char *
value_text (const HpPartialDependence *dependence, guint i)
{
  double x = dependence->x[i];
  g_autofree char *number = NULL;

  if (dependence->levels != NULL)
    return hp_text_printable (dependence->levels[i], -1, HP_CHART_MAX_LABEL_CHARS);
  if (dependence->type == HP_COLUMN_DATE)
    return g_strdup_printf ("%d-%02d", (int) x / 12, (int) x % 12 + 1);
  if (are_years (dependence))
    return g_strdup_printf ("%.0f", x);
  number = hp_display_number (x, x == rint (x) ? 0 : fabs (x) < 10 ? 2 : 1);
  return dependence->unit != NULL ? g_strdup_printf ("%s %s", number, dependence->unit) : g_steal_pointer (&number);
}

static char *
summarize (const HpChartInput *input, const HpPartialDependence *dependence, const char *label, guint n)
{
  guint least, most;
  g_autofree char *version = _hp_chart_version (input->source->name), *low = NULL, *high = NULL, *low_at = NULL,
                  *high_at = NULL;

  find_ends (dependence, n, &least, &most);
  low = hp_display_price (dependence->mean[least], dependence->currency);
  high = hp_display_price (dependence->mean[most], dependence->currency);
  low_at = value_text (dependence, least);
  high_at = value_text (dependence, most);
  /* Translators: an attribute, a version, then twice a price and a value of the attribute */
  return g_strdup_printf (_ ("By “%s”, the average house's price by %s goes from %s (%s) to %s (%s)."), label, version,
                          low, low_at, high, high_at);
}

gboolean
_hp_chart_dependence (HpChart *chart, const HpChartInput *input, GError **error)
{
  const HpPartialDependence *dependence = input->source->dependence;
  g_autofree char *label = hp_text_printable (dependence->label, -1, HP_CHART_MAX_LABEL_CHARS);
  guint n = dependence->n_points;

  g_free (chart->title);
  chart->title = g_strdup_printf (_ ("Price by “%s”"), label);
  if (n == 0)
    return TRUE;
  if (dependence->levels != NULL)
    {
      n = MIN (n, HP_CHART_MAX_GROUPS);
      hp_chart_axis_set (&chart->x, _ ("Price"), HP_FORMAT_MONEY, dependence->currency);
      hp_chart_axis_set (&chart->y, label, HP_FORMAT_NUMBER, NULL);
      add_categories (chart, dependence, n);
      if (dependence->n_levels > n)
        add_note (chart, n, dependence->n_levels);
    }
  else
    {
      chart->x.kind = dependence->type == HP_COLUMN_DATE ? HP_AXIS_DATE : HP_AXIS_NUMBER;
      hp_chart_axis_set (&chart->x, label, are_years (dependence) ? HP_FORMAT_YEAR : HP_FORMAT_NUMBER,
                         dependence->unit);
      hp_chart_axis_set (&chart->y, _ ("Price"), HP_FORMAT_MONEY, dependence->currency);
      add_deciles (chart, dependence);
      add_houses (chart, dependence);
      add_mean (chart, dependence);
    }
  chart->summary = summarize (input, dependence, label, n);
  return TRUE;
}
