/* hp-canvas.c - a grid of cells, and text in it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "hp-canvas.h"

static const HpCell blank = { " ", HP_STYLE_NORMAL, 1 };

/**
 * hp_canvas_new:
 * @width: columns
 * @height: rows
 * @glyphs: the characters that the terminal has
 *
 * Returns: (transfer full): an empty canvas
 */
HpCanvas *
hp_canvas_new (int width, int height, const HpGlyphs *glyphs)
{
  HpCanvas *canvas = g_new0 (HpCanvas, 1);

  canvas->glyphs = glyphs;
  hp_canvas_resize (canvas, width, height);
  return canvas;
}

/**
 * hp_canvas_free:
 * @canvas: (transfer full) (nullable): a canvas
 */
void
hp_canvas_free (HpCanvas *canvas)
{
  if (canvas == NULL)
    return;
  g_free (canvas->cells);
  g_free (canvas);
}

/**
 * hp_canvas_resize:
 * @canvas: a canvas
 * @width: columns, 0 or more
 * @height: rows, 0 or more
 *
 * Makes it another size, and empty.
 */
void
hp_canvas_resize (HpCanvas *canvas, int width, int height)
{
  g_return_if_fail (width >= 0 && height >= 0);

  canvas->width = width;
  canvas->height = height;
  canvas->cells = g_renew (HpCell, canvas->cells, (gsize) width * height);
  hp_canvas_clear (canvas);
}

/**
 * hp_canvas_clear:
 * @canvas: a canvas
 */
void
hp_canvas_clear (HpCanvas *canvas)
{
  for (gsize i = 0; i < (gsize) canvas->width * canvas->height; i++)
    canvas->cells[i] = blank;
  canvas->cursor_x = canvas->cursor_y = -1;
}

/**
 * hp_canvas_get_area:
 * @canvas: a canvas
 *
 * Returns: all of it
 */
HpArea
hp_canvas_get_area (const HpCanvas *canvas)
{
  return (HpArea){ 0, 0, canvas->width, canvas->height };
}

/**
 * hp_area_part:
 * @area: a part of a canvas
 * @x: first column, counted in @area
 * @y: first row
 * @width: columns
 * @height: rows
 *
 * Returns: the part of @area that the rectangle covers; perhaps nothing
 */
HpArea
hp_area_part (const HpArea *area, int x, int y, int width, int height)
{
  int right = CLAMP (x + width, 0, area->width), bottom = CLAMP (y + height, 0, area->height);

  x = CLAMP (x, 0, area->width);
  y = CLAMP (y, 0, area->height);
  return (HpArea){ area->x + x, area->y + y, MAX (right - x, 0), MAX (bottom - y, 0) };
}

/**
 * hp_canvas_to_text:
 * @canvas: a canvas
 *
 * Returns: (transfer full): what it shows, a line for each row, without blanks at their ends
 */
char *
hp_canvas_to_text (const HpCanvas *canvas)
{
  GString *text = g_string_new (NULL);

  for (int y = 0; y < canvas->height; y++)
    {
      for (int x = 0; x < canvas->width; x++)
        if (canvas->cells[y * canvas->width + x].columns > 0)
          g_string_append (text, canvas->cells[y * canvas->width + x].text);
      while (text->len > 0 && text->str[text->len - 1] == ' ')
        g_string_truncate (text, text->len - 1);
      g_string_append_c (text, '\n');
    }
  return g_string_free (text, FALSE);
}

static HpCell *
get_cell (HpCanvas *canvas, const HpArea *area, int x, int y)
{
  int left = area->x + x, top = area->y + y;

  if (x < 0 || y < 0 || x >= area->width || y >= area->height || left >= canvas->width || top >= canvas->height)
    return NULL;
  return &canvas->cells[top * canvas->width + left];
}

/* Half of a wide character is none: what is left of one that is drawn over becomes blank. */
static void
blank_halves (HpCanvas *canvas, const HpCell *cell, int columns)
{
  gsize at = cell - canvas->cells, row_end = (at / canvas->width + 1) * canvas->width;

  if (cell->columns == 0 && at > 0)
    {
      canvas->cells[at - 1].columns = 1;
      strcpy (canvas->cells[at - 1].text, " ");
    }
  if (at + columns < row_end && canvas->cells[at + columns].columns == 0)
    {
      canvas->cells[at + columns].columns = 1;
      strcpy (canvas->cells[at + columns].text, " ");
    }
}

static void
set_cell (HpCanvas *canvas, HpCell *cell, HpStyle style, const char *text, gsize length, int columns)
{
  blank_halves (canvas, cell, columns);
  memcpy (cell->text, text, length);
  cell->text[length] = '\0';
  cell->style = style;
  cell->columns = columns;
  if (columns == 2)
    cell[1] = (HpCell){ "", style, 0 };
}

/* An accent joins the character before it, as long as there is room. */
static void
add_to_cell (HpCell *cell, const char *text, gsize length)
{
  gsize before = strlen (cell->text);

  if (before + length >= HP_CELL_BYTES)
    return;
  memcpy (cell->text + before, text, length);
  cell->text[before + length] = '\0';
}

/* Returns the column after it */
static int
put_printable (HpCanvas *canvas, const HpArea *area, int x, int y, HpStyle style, const char *text)
{
  HpCell *last = NULL;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      gsize length = g_utf8_next_char (p) - p;
      int columns = hp_columns_of (c);
      HpCell *cell;

      if (columns == 0)
        {
          if (last != NULL)
            add_to_cell (last, p, length);
          continue;
        }
      cell = get_cell (canvas, area, x, y);
      /* A wide character that does not fit as a whole leaves a blank. */
      if (cell != NULL && columns == 2 && get_cell (canvas, area, x + 1, y) == NULL)
        set_cell (canvas, cell, style, " ", 1, 1);
      else if (cell != NULL)
        set_cell (canvas, cell, style, p, length, columns);
      last = cell;
      x += columns;
    }
  return x;
}

/**
 * hp_canvas_put:
 * @canvas: a canvas
 * @area: where to draw; nothing is drawn outside
 * @x: column in @area, perhaps outside
 * @y: row in @area, perhaps outside
 * @style: what it means
 * @text: one line, from anybody
 *
 * Returns: the column after it
 */
int
hp_canvas_put (HpCanvas *canvas, const HpArea *area, int x, int y, HpStyle style, const char *text)
{
  g_autofree char *shown = hp_canvas_printable (canvas, text);

  return put_printable (canvas, area, x, y, style, shown);
}

/**
 * hp_canvas_put_cut:
 * @canvas: a canvas
 * @area: where to draw
 * @x: column
 * @y: row
 * @width: the most columns to take
 * @style: what it means
 * @text: one line, from anybody
 *
 * hp_canvas_put() for text that may be too long, which then ends with an ellipsis.
 *
 * Returns: the column after it
 */
int
hp_canvas_put_cut (HpCanvas *canvas, const HpArea *area, int x, int y, int width, HpStyle style, const char *text)
{
  g_autofree char *cut = hp_canvas_cut (canvas, text, width);

  return put_printable (canvas, area, x, y, style, cut);
}

/**
 * hp_canvas_put_right:
 * @canvas: a canvas
 * @area: where to draw
 * @end: the column after the text
 * @y: row
 * @style: what it means
 * @text: one line, from anybody
 *
 * Returns: the column at which it starts
 */
int
hp_canvas_put_right (HpCanvas *canvas, const HpArea *area, int end, int y, HpStyle style, const char *text)
{
  g_autofree char *shown = hp_canvas_printable (canvas, text);
  int x = end - hp_canvas_columns (canvas, shown);

  put_printable (canvas, area, x, y, style, shown);
  return x;
}

/**
 * hp_canvas_put_wrapped:
 * @canvas: a canvas
 * @area: where to draw, up to its right side
 * @x: column
 * @y: row
 * @indent: how much farther to the right the lines after the first start
 * @style: what it means
 * @text: any number of lines, from anybody
 *
 * Returns: the row after it
 */
int
hp_canvas_put_wrapped (HpCanvas *canvas, const HpArea *area, int x, int y, int indent, HpStyle style, const char *text)
{
  g_auto (GStrv) lines = hp_canvas_wrap (canvas, text, area->width - x - indent);

  for (guint i = 0; lines[i] != NULL; i++)
    put_printable (canvas, area, i == 0 ? x : x + indent, y++, style, lines[i]);
  return y;
}

/**
 * hp_canvas_fill:
 * @canvas: a canvas
 * @area: where to draw
 * @x: first column
 * @y: first row
 * @width: columns
 * @height: rows
 * @style: what it means
 * @glyph: one character of one column
 */
void
hp_canvas_fill (HpCanvas *canvas, const HpArea *area, int x, int y, int width, int height, HpStyle style,
                const char *glyph)
{
  for (int row = MAX (y, 0); row < MIN (y + height, area->height); row++)
    for (int column = MAX (x, 0); column < MIN (x + width, area->width); column++)
      put_printable (canvas, area, column, row, style, glyph);
}

/**
 * hp_canvas_set_cursor:
 * @canvas: a canvas
 * @area: a part of it
 * @x: column in @area
 * @y: row in @area
 *
 * Shows the terminal's cursor there, if that is inside.
 */
void
hp_canvas_set_cursor (HpCanvas *canvas, const HpArea *area, int x, int y)
{
  if (get_cell (canvas, area, x, y) == NULL)
    return;
  canvas->cursor_x = area->x + x;
  canvas->cursor_y = area->y + y;
}
