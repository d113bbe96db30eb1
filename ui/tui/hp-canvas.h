/* hp-canvas.h - what a terminal shows, as a grid of cells
 *
 * Screens draw here and know no terminal: cells hold text and what it means (HpStyle), not colours. Text that comes from
 * files or servers is made printable here, in one place. hp-term.c shows a canvas; tests read it as text.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

#include "hp-tui-look.h"

G_BEGIN_DECLS

/* A character and its accents, in UTF-8 */
#define HP_CELL_BYTES 24

typedef struct
{
  char   text[HP_CELL_BYTES];
  guint8 style;   /* HpStyle */
  guint8 columns; /* 1 or 2; 0: covered by the wide character before */
} HpCell;

typedef struct
{
  int             width, height;
  const HpGlyphs *glyphs; /* whose level says whether text must be ASCII */
  gboolean        plain;  /* no colours: what they would tell apart needs marks */
  HpCell         *cells;
  int             cursor_x, cursor_y; /* where one types; -1: nowhere */
} HpCanvas;

/* A part of the canvas. Coordinates in it start at its upper left, and nothing is drawn outside of it. */
typedef struct
{
  int x, y, width, height;
} HpArea;

HpCanvas *hp_canvas_new          (int width, int height, const HpGlyphs *glyphs);
void      hp_canvas_free         (HpCanvas *canvas);
void      hp_canvas_resize       (HpCanvas *canvas, int width, int height);
void      hp_canvas_clear        (HpCanvas *canvas);
HpArea    hp_canvas_get_area     (const HpCanvas *canvas);
char     *hp_canvas_to_text      (const HpCanvas *canvas); /* lines without trailing blanks */

HpArea    hp_area_part           (const HpArea *area, int x, int y, int width, int height); /* clipped to area */

/* 0, 1 or 2 */
int       hp_columns_of          (gunichar c);
/* What this canvas shows of text; (transfer full) */
char     *hp_canvas_printable    (const HpCanvas *canvas, const char *text);
/* Columns that text takes when this canvas shows it */
int       hp_canvas_columns      (const HpCanvas *canvas, const char *text);
/* text cut to width columns, its end "…"; (transfer full) */
char     *hp_canvas_cut          (const HpCanvas *canvas, const char *text, int width);
/* Lines of at most width columns, broken at blanks where that can be; (transfer full) */
char    **hp_canvas_wrap         (const HpCanvas *canvas, const char *text, int width);

/* Each returns the column after what was drawn */
int       hp_canvas_put          (HpCanvas *canvas, const HpArea *area, int x, int y, HpStyle style, const char *text);
int       hp_canvas_put_cut      (HpCanvas *canvas, const HpArea *area, int x, int y, int width, HpStyle style, const char *text);
/* Ends before column end; drawn from where it starts */
int       hp_canvas_put_right    (HpCanvas *canvas, const HpArea *area, int end, int y, HpStyle style, const char *text);
/* Wrapped, further lines indented; returns the row after it */
int       hp_canvas_put_wrapped  (HpCanvas *canvas, const HpArea *area, int x, int y, int indent, HpStyle style, const char *text);
void      hp_canvas_fill         (HpCanvas *canvas, const HpArea *area, int x, int y, int width, int height, HpStyle style, const char *glyph);
void      hp_canvas_set_cursor   (HpCanvas *canvas, const HpArea *area, int x, int y);

G_END_DECLS
