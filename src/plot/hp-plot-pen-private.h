/* hp-plot-pen-private.h - PLplot, drawing on a cairo context
 *
 * PLplot keeps one stream for the whole process. Whoever holds a pen has it, and others wait: a pen is held for as long as a
 * few hundred lines take, and given back before texts are drawn.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <cairo.h>
#include "hp-chart.h"

typedef struct _HpPlotPen HpPlotPen;

/* Is PLplot's cairo driver, a plugin, there? HP_ERROR_NOT_FOUND if not */
gboolean _hp_plot_pen_check (GError **error);
/* Takes the stream; a page of that size, whose units are points from the top left. NULL if PLplot can't */
HpPlotPen *_hp_plot_pen_new (cairo_t *cairo, double width, double height);
/* Gives it back */
void _hp_plot_pen_free (HpPlotPen *pen);
/* From now on units are those of data, within a frame of the page, and what is outside of it is cut off */
void _hp_plot_pen_window (HpPlotPen *pen, double x, double y, double width, double height, const HpChartAxis *x_axis, const HpChartAxis *y_axis);
void _hp_plot_pen_page (HpPlotPen *pen);
void _hp_plot_pen_color (HpPlotPen *pen, HpColor color, double alpha);
void _hp_plot_pen_line (HpPlotPen *pen, gsize n, const double *x, const double *y, double width, gboolean dashed);
void _hp_plot_pen_segment (HpPlotPen *pen, double x1, double y1, double x2, double y2, double width, gboolean dashed);
void _hp_plot_pen_fill (HpPlotPen *pen, gsize n, const double *x, const double *y);
void _hp_plot_pen_rectangle (HpPlotPen *pen, double x1, double y1, double x2, double y2);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpPlotPen, _hp_plot_pen_free)
