/* hp-tui-grid.c - a small table as lines of text
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hp-tui-grid.h"

#define GAP 2
/* Of the width: what the first column may take, and what it has at least where others need the room */
#define FIRST_SHARE 0.45
#define FIRST_LEAST 14

typedef struct
{
  HpStyle style;
  char **cells;
} Row;

typedef struct
{
  char *title;
  gboolean number;
  int width;
} Column;

struct _HpTuiGrid
{
  GArray *columns, *rows;
};

static void
line_clear (gpointer data)
{
  g_free (((HpTuiLine *) data)->text);
}

/**
 * hp_tui_lines_new:
 *
 * Returns: (transfer full) (element-type HpTuiLine): an empty page
 */
GArray *
hp_tui_lines_new (void)
{
  GArray *lines = g_array_new (FALSE, FALSE, sizeof (HpTuiLine));

  g_array_set_clear_func (lines, line_clear);
  return lines;
}

/**
 * hp_tui_lines_add:
 * @lines: a page
 * @style: what the line is
 * @text: the line
 */
void
hp_tui_lines_add (GArray *lines, HpStyle style, const char *text)
{
  HpTuiLine line = { style, g_strdup (text) };

  g_array_append_val (lines, line);
}

/**
 * hp_tui_lines_wrap:
 * @lines: a page
 * @canvas: where it will be drawn
 * @width: columns
 * @style: what the text is
 * @text: a paragraph
 */
void
hp_tui_lines_wrap (GArray *lines, HpCanvas *canvas, int width, HpStyle style, const char *text)
{
  g_auto (GStrv) wrapped = hp_canvas_wrap (canvas, text, width);

  for (char **line = wrapped; *line != NULL; line++)
    hp_tui_lines_add (lines, style, *line);
}

static void
column_clear (gpointer data)
{
  g_free (((Column *) data)->title);
}

static void
row_clear (gpointer data)
{
  g_strfreev (((Row *) data)->cells);
}

/**
 * hp_tui_grid_new:
 *
 * Returns: (transfer full): a table without columns
 */
HpTuiGrid *
hp_tui_grid_new (void)
{
  HpTuiGrid *grid = g_new0 (HpTuiGrid, 1);

  grid->columns = g_array_new (FALSE, FALSE, sizeof (Column));
  g_array_set_clear_func (grid->columns, column_clear);
  grid->rows = g_array_new (FALSE, FALSE, sizeof (Row));
  g_array_set_clear_func (grid->rows, row_clear);
  return grid;
}

/**
 * hp_tui_grid_free:
 * @grid: (transfer full) (nullable): a table
 */
void
hp_tui_grid_free (HpTuiGrid *grid)
{
  if (grid == NULL)
    return;
  g_array_unref (grid->columns);
  g_array_unref (grid->rows);
  g_free (grid);
}

/**
 * hp_tui_grid_column:
 * @grid: a table
 * @title: of the next column
 * @number: whether it stands at the right
 */
void
hp_tui_grid_column (HpTuiGrid *grid, const char *title, gboolean number)
{
  Column column = { g_strdup (title), number, 0 };

  g_array_append_val (grid->columns, column);
}

/**
 * hp_tui_grid_row:
 * @grid: a table with all its columns
 * @style: what the row is
 * @cells: (transfer full) (array zero-terminated=1): a text for each column
 */
void
hp_tui_grid_row (HpTuiGrid *grid, HpStyle style, char **cells)
{
  Row row = { style, cells };

  g_return_if_fail (g_strv_length (cells) == grid->columns->len);

  g_array_append_val (grid->rows, row);
}

static const char *
cell_of (const HpTuiGrid *grid, guint row, guint column)
{
  return g_array_index (grid->rows, Row, row).cells[column];
}

static void
measure (HpTuiGrid *grid, HpCanvas *canvas, int width)
{
  for (guint i = 0; i < grid->columns->len; i++)
    {
      Column *column = &g_array_index (grid->columns, Column, i);

      column->width = hp_canvas_columns (canvas, column->title);
      for (guint k = 0; k < grid->rows->len; k++)
        column->width = MAX (column->width, hp_canvas_columns (canvas, cell_of (grid, k, i)));
      if (i == 0)
        column->width = MIN (column->width, (int) (width * FIRST_SHARE));
      column->width = MIN (column->width, width);
    }
}

/**
 * hp_tui_grid_width:
 * @grid: a table
 * @canvas: where it will be drawn
 * @width: columns that there are
 *
 * Returns: how many it needs, with its first column as narrow as can be
 */
int
hp_tui_grid_width (HpTuiGrid *grid, HpCanvas *canvas, int width)
{
  int needed = 0;

  measure (grid, canvas, width);
  for (guint i = 0; i < grid->columns->len; i++)
    {
      int column = g_array_index (grid->columns, Column, i).width;

      needed += i == 0 ? MIN (column, FIRST_LEAST) : GAP + column;
    }
  return needed;
}

/* If only the first column is too wide, it gives way */
static void
shrink_first (HpTuiGrid *grid, int width)
{
  Column *first = &g_array_index (grid->columns, Column, 0);
  int others = 0;

  for (guint i = 1; i < grid->columns->len; i++)
    others += GAP + g_array_index (grid->columns, Column, i).width;
  if (first->width + others > width && MIN (first->width, FIRST_LEAST) + others <= width)
    first->width = width - others;
}

static void
append_cell (GString *line, HpCanvas *canvas, const Column *column, const char *text)
{
  g_autofree char *cut = hp_canvas_cut (canvas, text, column->width);
  int blanks = column->width - hp_canvas_columns (canvas, cut);

  if (!column->number)
    g_string_append (line, cut);
  for (int i = 0; i < blanks; i++)
    g_string_append_c (line, ' ');
  if (column->number)
    g_string_append (line, cut);
}

/* The first column, and those from first to before end; row -1: the titles */
static void
append_line (const HpTuiGrid *grid, GArray *lines, HpCanvas *canvas, int row, guint first, guint end)
{
  g_autoptr (GString) line = g_string_new (NULL);

  for (guint i = 0; i < end; i++)
    {
      const Column *column = &g_array_index (grid->columns, Column, i);

      if (i > 0 && i < first)
        continue;
      if (i > 0)
        g_string_append (line, "  ");
      append_cell (line, canvas, column, row < 0 ? column->title : cell_of (grid, (guint) row, i));
    }
  hp_tui_lines_add (lines, row < 0 ? HP_STYLE_FAINT : g_array_index (grid->rows, Row, row).style, line->str);
}

/**
 * hp_tui_grid_add_to:
 * @grid: a table
 * @lines: a page
 * @canvas: where it will be drawn
 * @width: columns
 */
void
hp_tui_grid_add_to (HpTuiGrid *grid, GArray *lines, HpCanvas *canvas, int width)
{
  guint first = 1, n = grid->columns->len;

  measure (grid, canvas, width);
  shrink_first (grid, width);
  do
    {
      int left = width - g_array_index (grid->columns, Column, 0).width;
      guint end = first;

      /* one at least, or there would be no end */
      while (end < n && (end == first || GAP + g_array_index (grid->columns, Column, end).width <= left))
        {
          left -= GAP + g_array_index (grid->columns, Column, end).width;
          end++;
        }
      if (left < 0)
        g_array_index (grid->columns, Column, end - 1).width
          = MAX (g_array_index (grid->columns, Column, end - 1).width + left, 4);
      if (first > 1)
        hp_tui_lines_add (lines, HP_STYLE_NORMAL, "");
      append_line (grid, lines, canvas, -1, first, end);
      for (guint row = 0; row < grid->rows->len; row++)
        append_line (grid, lines, canvas, (int) row, first, end);
      first = end;
    }
  while (first < n);
}
