/* hp-chart-map.c - residuals where the houses are
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdlib.h>

#include "hp-chart-study-private.h"
#include "hp-display.h"
#include "hp-statistics.h"

/* Colours end at this share of the sizes of residuals: what is beyond has the last one */
#define COLOURED 0.95
/* In degrees, some ten kilometres */
#define LEAST_SPAN 0.1

typedef struct
{
  double x, y, value;
  gsize index;
} Place;

/* The largest last, on top */
static int
compare_sizes (gconstpointer a, gconstpointer b)
{
  const Place *p = a, *q = b;
  double x = fabs (p->value), y = fabs (q->value);

  return x != y ? (x < y ? -1 : 1) : p->index < q->index ? -1 : p->index > q->index;
}

static gsize
find_places (const HpResidualSet *set, const double *errors, Place *places)
{
  const HpSetColumn *longitude = set->columns->pdata[set->longitude], *latitude = set->columns->pdata[set->latitude];
  gsize n = 0;

  for (gsize i = 0; i < set->n; i++)
    if (fabs (longitude->numbers[i]) <= 180 && fabs (latitude->numbers[i]) <= 90 && isfinite (errors[i]))
      places[n++] = (Place){ longitude->numbers[i], latitude->numbers[i], errors[i], i };
  if (n > 1)
    qsort (places, n, sizeof *places, compare_sizes);
  return n;
}

static int
third_of (double value, const double cuts[2])
{
  return value < cuts[0] ? 0 : value < cuts[1] ? 1 : 2;
}

static void
cut_in_thirds (const Place *places, gsize n, gboolean by_x, double cuts[2])
{
  g_autofree double *values = g_new (double, n + 1);

  for (gsize i = 0; i < n; i++)
    values[i] = by_x ? places[i].x : places[i].y;
  cuts[0] = hp_quantile (values, n, 1 / 3.0);
  cuts[1] = hp_quantile (values, n, 2 / 3.0);
}

/* The sales in thirds from west to east and from south to north: which of the nine parts is farthest off? */
static char *
summarize (const HpChartInput *input, const Place *places, gsize n)
{
  static const char *const names[]
    = { N_ ("south-west"), N_ ("south"),      N_ ("south-east"), N_ ("west"),      N_ ("centre"),
        N_ ("east"),       N_ ("north-west"), N_ ("north"),      N_ ("north-east") };
  g_autofree char *version = _hp_chart_version (input->sets[0]->name), *median_text = NULL, *count = NULL;
  g_autofree double *values = g_new (double, n + 1);
  double x_cuts[2], y_cuts[2], farthest = 0;
  gsize farthest_n = 0;
  int farthest_part = -1;

  cut_in_thirds (places, n, TRUE, x_cuts);
  cut_in_thirds (places, n, FALSE, y_cuts);
  if (!(x_cuts[0] < x_cuts[1]) && !(y_cuts[0] < y_cuts[1]))
    return g_strdup_printf (_ ("The sales of %s are in too few places to compare parts of the map."), version);
  for (int part = 0; part < (int) G_N_ELEMENTS (names); part++)
    {
      gsize inside = 0;
      double median;

      for (gsize i = 0; i < n; i++)
        if (3 * third_of (places[i].y, y_cuts) + third_of (places[i].x, x_cuts) == part)
          values[inside++] = places[i].value;
      median = hp_median (values, inside);
      if (inside < HP_CHART_FEW || !(farthest_part < 0 || fabs (median) > fabs (farthest)))
        continue;
      farthest = median;
      farthest_n = inside;
      farthest_part = part;
    }
  if (farthest_part < 0)
    return g_strdup_printf (_ ("There are too few sales of %s on the map to compare its parts."), version);
  median_text = _hp_chart_error_text (input, fabs (farthest));
  count = hp_display_count (farthest_n);
  /* Translators: a version, a direction such as “south-west”, a number of sales, a residual */
  return farthest >= 0
           ? g_strdup_printf (
             _ ("Of nine parts of the map, %s is farthest off in the %s: half of the %s sales there are more "
                "than %s above their predicted prices."),
             version, _ (names[farthest_part]), count, median_text)
           : g_strdup_printf (
             _ ("Of nine parts of the map, %s is farthest off in the %s: half of the %s sales there are more "
                "than %s below their predicted prices."),
             version, _ (names[farthest_part]), count, median_text);
}

static void
add_scale (HpChart *chart, const HpChartInput *input, const Place *places, gsize n)
{
  g_autofree double *sizes = g_new (double, n + 1);
  double reach;

  for (gsize i = 0; i < n; i++)
    sizes[i] = fabs (places[i].value);
  reach = hp_quantile (sizes, n, COLOURED);
  if (!(reach > 0))
    reach = input->relative ? 0.01 : 1;
  hp_chart_scale_set (&chart->scale, input->relative ? _ ("Residual, part of the predicted price") : _ ("Residual"),
                      input->relative ? HP_FORMAT_PERCENT : HP_FORMAT_MONEY, input->relative ? NULL : input->currency,
                      TRUE, -reach, 0, reach);
}

static void
add_labels (HpChart *chart, const HpChartInput *input, const Place *places, gsize n)
{
  const HpResidualSet *set = input->sets[0];
  g_autofree double *scaled = _hp_chart_scaled (input, set);
  guint32 labelled[HP_CHART_LABELS];
  guint n_labelled = _hp_chart_find_outliers (scaled, set->n, NULL, labelled);

  for (guint l = 0; l < n_labelled; l++)
    for (gsize i = 0; i < n; i++)
      if (places[i].index == labelled[l])
        hp_chart_add_label (chart, places[i].x, places[i].y, set->row[labelled[l]], NULL);
}

/* Where all sales are in one place, that and some kilometres around */
static void
widen (HpChartAxis *axis, const double *values, gsize n)
{
  double from = values[0], to = values[0];

  for (gsize i = 1; i < n; i++)
    {
      from = MIN (from, values[i]);
      to = MAX (to, values[i]);
    }
  if (to - from > LEAST_SPAN / 1e6)
    return;
  axis->from = (from + to - LEAST_SPAN) / 2;
  axis->to = (from + to + LEAST_SPAN) / 2;
}

gboolean
_hp_chart_map (HpChart *chart, const HpChartInput *input, GError **error)
{
  const HpResidualSet *set = input->sets[0];
  g_autofree double *errors = _hp_chart_errors (input, set);
  g_autofree Place *places = g_new (Place, set->n + 1);
  HpChartSeries *points;
  double latitude = 0;
  gsize n;

  hp_chart_axis_set (&chart->x, _ ("Longitude"), HP_FORMAT_NUMBER, "°");
  hp_chart_axis_set (&chart->y, _ ("Latitude"), HP_FORMAT_NUMBER, "°");
  chart->equal = TRUE;
  if (set->longitude < 0 || set->latitude < 0)
    return _hp_chart_set_empty (chart,
                                g_strdup (_ ("The sales have no places. Name their columns in the schema: “roles: "
                                             "{latitude: COLUMN, longitude: COLUMN}”.")));
  n = find_places (set, errors, places);
  points = hp_chart_add_series (chart, HP_SERIES_POINTS, HP_ROLE_VALUE, NULL, n);
  points->value = g_new (double, n + 1);
  points->row = g_new (guint64, n + 1);
  for (gsize i = 0; i < n; i++)
    {
      points->x[i] = places[i].x;
      points->y[i] = places[i].y;
      points->value[i] = places[i].value;
      points->row[i] = set->row[places[i].index];
      latitude += places[i].y / n;
    }
  if (n == 0)
    return TRUE;
  widen (&chart->x, points->x, n);
  widen (&chart->y, points->y, n);
  /* A degree of longitude is shorter away from the equator */
  chart->aspect = 1 / MAX (cos (latitude * G_PI / 180), 0.01);
  add_scale (chart, input, places, n);
  add_labels (chart, input, places, n);
  chart->summary = summarize (input, places, n);
  return TRUE;
}
