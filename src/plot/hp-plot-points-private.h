/* hp-plot-points-private.h - between the ways to draw clouds of points
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-plot-private.h"

#define HP_PLOT_SHADES        64   /* of a scale of colours */
#define HP_PLOT_LARGEST_STAMP 24.0 /* pixels of radius: larger marks are paths */

/* The colours that points may have: one, or the shades of the scale */
typedef struct
{
  HpColor shades[HP_PLOT_SHADES + 1]; /* the last: of no value */
  guint n;
} HpPlotColors;

/* hp-plot-mark.c: circle, square, diamond, triangle, of like areas */
/* Is a place in units of the radius within? */
gboolean _hp_plot_mark_covers (guint shape, double x, double y);
void _hp_plot_mark_trace (cairo_t *cairo, guint shape, double x, double y, double radius);

/* hp-plot-points.c */
/* FALSE: outside of the frame */
gboolean _hp_plot_place_point (const HpPlot *plot, const HpChartSeries *series, gsize i, double *x, double *y);
gboolean _hp_plot_is_outlier (const HpChartSeries *series, gsize i);
double _hp_plot_points_alpha (const HpPlot *plot, const HpChartSeries *series);
void _hp_plot_find_colors (const HpPlot *plot, const HpChartSeries *series, HpPlotColors *colors);
guint _hp_plot_shade_of (const HpPlot *plot, const HpChartSeries *series, const HpPlotColors *colors, gsize i);
/* (transfer full), n long */
guint32 *_hp_plot_points_order (const HpPlot *plot, const HpChartSeries *series, const HpPlotColors *colors, gsize *n);

/* hp-plot-stamps.c: scale: pixels in a unit */
void _hp_plot_stamp_points (const HpPlot *plot, cairo_t *cairo, const HpChartSeries *series, guint shape, double scale);
