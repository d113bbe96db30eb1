/* hp-tui-plot.c - dots in cells
 *
 * A cell with a part of the curve shows nothing of the band: the curve stays sharp.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hp-tui-plot.h"

/* Steps of one piece of a line: more is off every screen */
#define MAX_STEPS 20000

/* Dots of a cell */
static const struct
{
  int across, down;
} dots[] = { [HP_GLYPHS_ASCII] = { 1, 1 }, [HP_GLYPHS_BLOCK] = { 1, 2 }, [HP_GLYPHS_BRAILLE] = { 2, 4 } };

/**
 * hp_tui_plot_new:
 * @level: which characters there are
 * @columns: cells
 * @rows: cells
 *
 * Returns: (transfer full): an empty plot
 */
HpTuiPlot *
hp_tui_plot_new (HpGlyphLevel level, int columns, int rows)
{
  HpTuiPlot *plot = g_new0 (HpTuiPlot, 1);

  plot->level = level;
  plot->columns = MAX (columns, 0);
  plot->rows = MAX (rows, 0);
  plot->width = plot->columns * dots[level].across;
  plot->height = plot->rows * dots[level].down;
  plot->curve = g_new0 (guint8, (gsize) plot->columns * plot->rows + 1);
  plot->band = g_new0 (guint8, (gsize) plot->columns * plot->rows + 1);
  return plot;
}

/**
 * hp_tui_plot_free:
 * @plot: (transfer full) (nullable): a plot
 */
void
hp_tui_plot_free (HpTuiPlot *plot)
{
  if (plot == NULL)
    return;
  g_free (plot->curve);
  g_free (plot->band);
  g_free (plot);
}

/* The bit of a dot in its cell: rows of two, from above */
static void
set_dot (const HpTuiPlot *plot, guint8 *cells, int x, int y)
{
  int across = dots[plot->level].across, down = dots[plot->level].down;

  if (x < 0 || y < 0 || x >= plot->width || y >= plot->height)
    return;
  cells[(y / down) * plot->columns + x / across] |= 1u << (y % down * 2 + x % across);
}

/**
 * hp_tui_plot_curve:
 * @plot: a plot
 * @x: a column of dots
 * @from: first row of dots
 * @to: last row, above or below
 *
 * A piece of the curve.
 */
void
hp_tui_plot_curve (HpTuiPlot *plot, int x, int from, int to)
{
  int last = MIN (MAX (from, to), plot->height - 1);

  for (int y = MAX (MIN (from, to), 0); y <= last; y++)
    set_dot (plot, plot->curve, x, y);
}

/**
 * hp_tui_plot_band:
 * @plot: a plot
 * @x: a column of dots
 * @from: first row of dots
 * @to: last row, above or below
 *
 * A piece of the band: thin dots, denser at its edges.
 */
void
hp_tui_plot_band (HpTuiPlot *plot, int x, int from, int to)
{
  int first = MIN (from, to), last = MAX (from, to);
  gboolean fine = plot->level == HP_GLYPHS_BRAILLE;

  for (int y = MAX (first, 0); y <= MIN (last, plot->height - 1); y++)
    if (!fine || (x % 2 == 0 && (y == first || y == last)) || (x % 4 == 0 && y % 4 == 0) || (x % 4 == 2 && y % 4 == 2))
      set_dot (plot, plot->band, x, y);
}

/* Bits as set_dot() has them → a character of braille, whose dots are numbered down the columns, the last row apart */
static void
braille (guint8 bits, char *text)
{
  static const guint8 numbers[8] = { 0x01, 0x08, 0x02, 0x10, 0x04, 0x20, 0x40, 0x80 };
  gunichar c = 0x2800;

  for (int i = 0; i < 8; i++)
    if ((bits & 1u << i) != 0)
      c |= numbers[i];
  text[g_unichar_to_utf8 (c, text)] = '\0';
}

/**
 * hp_tui_plot_new_layer:
 * @plot: a plot
 *
 * Returns: (transfer full): a layer without dots
 */
guint8 *
hp_tui_plot_new_layer (const HpTuiPlot *plot)
{
  return g_new0 (guint8, (gsize) plot->columns * plot->rows + 1);
}

/**
 * hp_tui_plot_dot:
 * @plot: a plot
 * @cells: a layer of it
 * @x: a column of dots
 * @y: a row of dots; what is outside is left out
 */
void
hp_tui_plot_dot (const HpTuiPlot *plot, guint8 *cells, int x, int y)
{
  set_dot (plot, cells, x, y);
}

/**
 * hp_tui_plot_line:
 * @plot: a plot
 * @cells: a layer of it
 * @x0: from a column of dots
 * @y0: and a row
 * @x1: to a column of dots
 * @y1: and a row
 * @on: dots of a dash
 * @off: dots between two of them; 0: a line without gaps
 * @at: (inout): where in the pattern it begins, and where it ends
 */
void
hp_tui_plot_line (const HpTuiPlot *plot, guint8 *cells, int x0, int y0, int x1, int y1, int on, int off, int *at)
{
  int steps = MIN (MAX (ABS (x1 - x0), ABS (y1 - y0)), MAX_STEPS);

  for (int i = 0; i <= steps; i++)
    {
      double share = steps > 0 ? (double) i / steps : 0;

      if (off == 0 || *at % (on + off) < on)
        set_dot (plot, cells, x0 + (int) ((x1 - x0) * share + (x1 > x0 ? 0.5 : -0.5)),
                 y0 + (int) ((y1 - y0) * share + (y1 > y0 ? 0.5 : -0.5)));
      /* the last dot is the first of the next piece */
      if (i < steps)
        ++*at;
    }
}

/**
 * hp_tui_plot_area:
 * @plot: a plot
 * @cells: a layer of it
 * @x0: first column of dots
 * @y0: first row
 * @x1: last column
 * @y1: last row
 */
void
hp_tui_plot_area (const HpTuiPlot *plot, guint8 *cells, int x0, int y0, int x1, int y1)
{
  for (int y = MAX (y0, 0); y <= MIN (y1, plot->height - 1); y++)
    for (int x = MAX (x0, 0); x <= MIN (x1, plot->width - 1); x++)
      set_dot (plot, cells, x, y);
}

static const char *
block (guint8 bits, gboolean band)
{
  if (band)
    return "░";
  return bits == 1 ? "▀" : bits == 4 ? "▄" : "█";
}

/**
 * hp_tui_plot_draw:
 * @plot: a plot
 * @cells: its curve, or its band; what is drawn later covers what was drawn before
 * @canvas: a canvas
 * @area: where its cells are
 * @style: what it means
 */
void
hp_tui_plot_draw (const HpTuiPlot *plot, const guint8 *cells, HpCanvas *canvas, const HpArea *area, HpStyle style)
{
  gboolean band = cells == plot->band;

  for (int i = 0; i < plot->columns * plot->rows; i++)
    {
      char dotted[8] = "";
      const char *text = dotted;

      if (cells[i] == 0)
        continue;
      if (plot->level == HP_GLYPHS_BRAILLE)
        braille (cells[i], dotted);
      else
        text = plot->level == HP_GLYPHS_BLOCK ? block (cells[i], band) : band ? "." : "*";
      hp_canvas_put (canvas, area, i % plot->columns, i / plot->columns, style, text);
    }
}

/* Bits of whole rows from below are a block of that height; (nullable) */
static const char *
smooth (guint8 bits)
{
  return bits == 0xff ? "█" : bits == 0xfc ? "▆" : bits == 0xf0 ? "▄" : bits == 0xc0 ? "▂" : bits == 0x0f ? "▀" : NULL;
}

/**
 * hp_tui_plot_draw_area:
 * @plot: a plot
 * @cells: a layer of areas
 * @canvas: a canvas
 * @area: where its cells are
 * @style: what it means
 */
void
hp_tui_plot_draw_area (const HpTuiPlot *plot, const guint8 *cells, HpCanvas *canvas, const HpArea *area, HpStyle style)
{
  hp_tui_plot_draw (plot, cells, canvas, area, style);
  for (int i = 0; i < plot->columns * plot->rows; i++)
    {
      const char *text = plot->level == HP_GLYPHS_ASCII     ? (cells[i] != 0 ? "#" : NULL)
                         : plot->level == HP_GLYPHS_BRAILLE ? smooth (cells[i])
                                                            : NULL;

      if (text != NULL)
        hp_canvas_put (canvas, area, i % plot->columns, i / plot->columns, style, text);
    }
}
