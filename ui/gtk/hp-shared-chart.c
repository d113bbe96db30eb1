/* hp-shared-chart.c - a chart that nobody changes any more, and its sales from left to right
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "hp-shared-chart.h"

/* Equal x by y, then by row: keys go the same way each time */
static int
compare_places (gconstpointer a, gconstpointer b)
{
  const HpChartPlace *one = a, *other = b;

  if (one->x != other->x)
    return one->x < other->x ? -1 : 1;
  if (one->y != other->y)
    return one->y < other->y ? -1 : 1;
  return one->row < other->row ? -1 : one->row > other->row;
}

static void
add_places (GArray *places, GHashTable *known, const HpChartSeries *series)
{
  for (gsize i = 0; i < series->n; i++)
    {
      HpChartPlace place = { series->x[i], series->y[i], series->row[i] };

      if (isfinite (place.x) && isfinite (place.y) && g_hash_table_add (known, &series->row[i]))
        g_array_append_val (places, place);
    }
}

/**
 * hp_shared_chart_new:
 * @chart: (transfer full): a chart that is finished
 *
 * Returns: (transfer full): the chart, to be shared between threads
 */
HpSharedChart *
hp_shared_chart_new (HpChart *chart)
{
  HpSharedChart *shared = g_atomic_rc_box_new0 (HpSharedChart);
  g_autoptr (GHashTable) known = g_hash_table_new (g_int64_hash, g_int64_equal);

  shared->chart = chart;
  shared->places = g_array_new (FALSE, FALSE, sizeof (HpChartPlace));
  for (guint i = 0; i < chart->series->len; i++)
    {
      const HpChartSeries *series = chart->series->pdata[i];

      if (series->kind == HP_SERIES_POINTS && series->row != NULL)
        add_places (shared->places, known, series);
    }
  g_array_sort (shared->places, compare_places);
  return shared;
}

/**
 * hp_shared_chart_ref:
 * @shared: a chart
 *
 * Returns: (transfer full): @shared
 */
HpSharedChart *
hp_shared_chart_ref (HpSharedChart *shared)
{
  return g_atomic_rc_box_acquire (shared);
}

static void
clear (gpointer data)
{
  HpSharedChart *shared = data;

  hp_chart_free (shared->chart);
  g_array_unref (shared->places);
}

/**
 * hp_shared_chart_unref:
 * @shared: (transfer full): a chart
 */
void
hp_shared_chart_unref (HpSharedChart *shared)
{
  g_atomic_rc_box_release_full (shared, clear);
}

/**
 * hp_shared_chart_find:
 * @shared: a chart
 * @row: a sale
 *
 * Returns: its index in places, or -1 if it is not drawn
 */
int
hp_shared_chart_find (const HpSharedChart *shared, guint64 row)
{
  for (guint i = 0; i < shared->places->len; i++)
    if (g_array_index (shared->places, HpChartPlace, i).row == row)
      return (int) i;
  return -1;
}
