/* hp-what-if-drawing.h - a what-if as it is drawn: a curve with its band, or a dot for each category
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-what-if-plot.h"

G_BEGIN_DECLS

/* own: the point that is the house as it is; cursor: the one that is looked at; -1: none */
void hp_what_if_draw (GtkWidget *widget, cairo_t *cr, const HpWhatIfPlot *plot, int own, int cursor);

G_END_DECLS
