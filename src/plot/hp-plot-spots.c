/* hp-plot-spots.c - which points are near: a grid of cells over the frame
 *
 * A pointer that moves asks for the nearest sale at every step, and labels ask what they would cover.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "hp-plot-private.h"

#define CELL 12.0

static gboolean
has_spots (const HpChartSeries *series)
{
  return series->kind == HP_SERIES_POINTS || (series->kind == HP_SERIES_RANGES && series->row != NULL);
}

/* FALSE: outside, or nowhere */
static gboolean
find_spot (const HpPlot *plot, const HpChartSeries *series, gsize i, HpPlotSpot *spot)
{
  double x = series->x[i], y = series->y[i];

  if (series->kind == HP_SERIES_RANGES && series->mid != NULL && series->horizontal)
    x = series->mid[i];
  else if (series->kind == HP_SERIES_RANGES && series->mid != NULL)
    y = series->mid[i];
  if (!(x >= plot->chart->x.from && x <= plot->chart->x.to && y >= plot->chart->y.from && y <= plot->chart->y.to))
    return FALSE;
  spot->x = (float) _hp_plot_place_x (plot, x);
  spot->y = (float) _hp_plot_place_y (plot, y);
  spot->row = series->row != NULL ? series->row[i] : 0;
  return TRUE;
}

static guint
cell_of (const HpPlotSpots *spots, double x, double y)
{
  int column = CLAMP ((int) ((x - spots->area.x) / spots->cell), 0, spots->n_columns - 1);
  int row = CLAMP ((int) ((y - spots->area.y) / spots->cell), 0, spots->n_rows - 1);

  return (guint) (row * spots->n_columns + column);
}

static GArray *
collect (const HpPlot *plot)
{
  GArray *all = g_array_new (FALSE, FALSE, sizeof (HpPlotSpot));

  for (guint s = 0; s < plot->chart->series->len; s++)
    {
      const HpChartSeries *series = g_ptr_array_index (plot->chart->series, s);

      for (gsize i = 0; has_spots (series) && i < series->n; i++)
        {
          HpPlotSpot spot;

          if (find_spot (plot, series, i, &spot))
            g_array_append_val (all, spot);
        }
    }
  return all;
}

HpPlotSpots *
_hp_plot_get_spots (HpPlot *plot)
{
  g_autoptr (GArray) all = NULL;
  HpPlotSpots *spots = plot->spots;
  guint n_cells;

  if (spots != NULL)
    return spots;
  all = collect (plot);
  plot->spots = spots = g_new0 (HpPlotSpots, 1);
  spots->cell = CELL;
  spots->area = plot->frame;
  spots->n_columns = 1 + (int) (plot->frame.width / CELL);
  spots->n_rows = 1 + (int) (plot->frame.height / CELL);
  n_cells = (guint) (spots->n_columns * spots->n_rows);
  spots->starts = g_new0 (guint32, n_cells + 2);
  spots->spots = g_new0 (HpPlotSpot, all->len + 1);
  /* A counting sort, whose counts are one cell ahead until it is done */
  for (guint i = 0; i < all->len; i++)
    {
      const HpPlotSpot *spot = &g_array_index (all, HpPlotSpot, i);

      spots->starts[cell_of (spots, spot->x, spot->y) + 2]++;
    }
  for (guint i = 2; i < n_cells + 2; i++)
    spots->starts[i] += spots->starts[i - 1];
  for (guint i = 0; i < all->len; i++)
    {
      const HpPlotSpot *spot = &g_array_index (all, HpPlotSpot, i);

      spots->spots[spots->starts[cell_of (spots, spot->x, spot->y) + 1]++] = *spot;
    }
  return spots;
}

void
_hp_plot_spots_free (HpPlotSpots *spots)
{
  if (spots == NULL)
    return;
  g_free (spots->starts);
  g_free (spots->spots);
  g_free (spots);
}

/* How many are within, counted no further than at_most */
guint
_hp_plot_spots_count (const HpPlotSpots *spots, const HpPlotRect *rect, guint at_most)
{
  guint first = cell_of (spots, rect->x, rect->y),
        last = cell_of (spots, rect->x + rect->width, rect->y + rect->height);
  guint columns = (guint) spots->n_columns, count = 0;

  for (guint row = first / columns; row <= last / columns; row++)
    for (guint i = spots->starts[row * columns + first % columns];
         i < spots->starts[row * columns + last % columns + 1]; i++)
      {
        const HpPlotSpot *spot = &spots->spots[i];

        if (spot->x >= rect->x && spot->x <= rect->x + rect->width && spot->y >= rect->y
            && spot->y <= rect->y + rect->height && ++count >= at_most)
          return count;
      }
  return count;
}

/**
 * hp_plot_pick:
 * @plot: a plot
 * @px: pixels from the left
 * @py: pixels from the top
 * @max_distance: how far away a point may be, in pixels
 * @row: (out) (optional): the row of the sale, if there is one
 *
 * Finds the sale whose point is nearest to a place.
 *
 * Returns: %FALSE if none is near enough
 */
gboolean
hp_plot_pick (HpPlot *plot, double px, double py, double max_distance, guint64 *row)
{
  const HpPlotSpots *spots;
  double nearest = max_distance * max_distance;
  guint first, last, columns;
  gboolean found = FALSE;

  g_return_val_if_fail (plot != NULL, FALSE);

  if (plot->chart->empty != NULL || !isfinite (px) || !isfinite (py) || !(max_distance >= 0))
    return FALSE;
  spots = _hp_plot_get_spots (plot);
  columns = (guint) spots->n_columns;
  px = CLAMP (px, -1e6, 1e6);
  py = CLAMP (py, -1e6, 1e6);
  max_distance = MIN (max_distance, 1e6);
  first = cell_of (spots, px - max_distance, py - max_distance);
  last = cell_of (spots, px + max_distance, py + max_distance);
  for (guint at = first / columns; at <= last / columns; at++)
    for (guint i = spots->starts[at * columns + first % columns]; i < spots->starts[at * columns + last % columns + 1];
         i++)
      {
        const HpPlotSpot *spot = &spots->spots[i];
        double distance = (spot->x - px) * (spot->x - px) + (spot->y - py) * (spot->y - py);

        /* Of several at one place the last is drawn on top; cells keep the order */
        if (spot->row != 0 && distance <= nearest)
          {
            nearest = distance;
            found = TRUE;
            if (row != NULL)
              *row = spot->row;
          }
      }
  return found;
}
