/* hp-tui-plot.c - dots in cells
 *
 * A cell with a part of the curve shows nothing of the band: the curve stays sharp.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hp-tui-plot.h"

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
