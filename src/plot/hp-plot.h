/* hp-plot.h - draws a chart: on a cairo context, as PNG, SVG, PDF
 *
 * PLplot has one stream for the whole process, so a plot is drawn in one thread at a time; everything here takes care of that itself.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <cairo.h>
#include "hp-chart.h"

G_BEGIN_DECLS

typedef struct _HpPlot HpPlot;

/* The layout of a chart at a size: margins, thinned ticks, legend, which labels fit. chart must outlive it. width, height in points (a pixel at scale 1) */
HpPlot   *hp_plot_new        (const HpChart *chart, double width, double height, HpPaletteId palette);
void      hp_plot_free       (HpPlot *plot);
void      hp_plot_draw       (HpPlot *plot, cairo_t *cairo);
/* Only a ring around the sale of that row and its label, over a picture of hp_plot_draw() */
void      hp_plot_draw_highlight (HpPlot *plot, cairo_t *cairo, guint64 row);
/* Where things are */
void      hp_plot_to_pixels  (HpPlot *plot, double x, double y, double *px, double *py);
/* The sale drawn nearest to there, at most max_distance away; FALSE if there is none */
gboolean  hp_plot_pick       (HpPlot *plot, double px, double py, double max_distance, guint64 *row);

/* Whole files as bytes; (transfer full). png scale: 1 or 2 … */
GBytes   *hp_plot_to_png     (const HpChart *chart, double width, double height, double scale, HpPaletteId palette, GError **error);
GBytes   *hp_plot_to_svg     (const HpChart *chart, double width, double height, HpPaletteId palette, GError **error);
GBytes   *hp_plot_to_pdf     (const HpChart *chart, double width, double height, HpPaletteId palette, GError **error);
/* Draws into a rectangle of a page that is somebody else's, from (0, 0): reports */
void      hp_plot_draw_chart (const HpChart *chart, cairo_t *cairo, double width, double height, HpPaletteId palette);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpPlot, hp_plot_free)

G_END_DECLS
