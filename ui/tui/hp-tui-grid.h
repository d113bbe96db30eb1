/* hp-tui-grid.h - a small table as lines of text: columns as wide as they must be, in several tables if they don't fit abreast
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-canvas.h"

G_BEGIN_DECLS

typedef struct _HpTuiGrid HpTuiGrid;

/* A line of a page */
typedef struct
{
  HpStyle style;
  char   *text;
} HpTuiLine;

GArray    *hp_tui_lines_new  (void);                                            /* of HpTuiLine */
void       hp_tui_lines_add  (GArray *lines, HpStyle style, const char *text);
/* text wrapped to width columns of canvas */
void       hp_tui_lines_wrap (GArray *lines, HpCanvas *canvas, int width, HpStyle style, const char *text);

HpTuiGrid *hp_tui_grid_new    (void);
void       hp_tui_grid_free   (HpTuiGrid *grid);
void       hp_tui_grid_column (HpTuiGrid *grid, const char *title, gboolean number);
/* As many cells as there are columns, each (transfer full) */
void       hp_tui_grid_row    (HpTuiGrid *grid, HpStyle style, char **cells);
/* Columns that it takes if nothing is cut but the first column */
int        hp_tui_grid_width  (HpTuiGrid *grid, HpCanvas *canvas, int width);
/* The first column is in every table that the others are shared out to */
void       hp_tui_grid_add_to (HpTuiGrid *grid, GArray *lines, HpCanvas *canvas, int width);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpTuiGrid, hp_tui_grid_free)

G_END_DECLS
