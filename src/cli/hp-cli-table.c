/* hp-cli-table.c - a table of text for people
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <stdarg.h>
#include <string.h>

#include "hp-cli.h"
#include "hp-text.h"

typedef struct
{
  HpCliStyle style;
  char **cells;
} Row;

struct _HpCliTable
{
  char *alignment; /* 'l' or 'r', one a column */
  guint n_columns;
  GPtrArray *rows; /* (element-type Row), the titles first */
};

static void
row_free (gpointer data)
{
  Row *row = data;

  g_strfreev (row->cells);
  g_free (row);
}

static guint
display_width (const char *text)
{
  guint width = 0;

  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      gunichar c = g_utf8_get_char (text);

      if (!g_unichar_iszerowidth (c))
        width += g_unichar_iswide (c) ? 2 : 1;
    }
  return width;
}

/**
 * hp_cli_table_new:
 * @titles: of the columns, NULL-terminated
 * @alignment: a letter a column, `l` left or `r` right
 *
 * Returns: (transfer full): an empty table
 */
HpCliTable *
hp_cli_table_new (const char *const *titles, const char *alignment)
{
  HpCliTable *table = g_new0 (HpCliTable, 1);
  Row *row = g_new0 (Row, 1);

  table->alignment = g_strdup (alignment);
  table->n_columns = strlen (alignment);
  g_assert (table->n_columns == g_strv_length ((char **) titles));
  table->rows = g_ptr_array_new_with_free_func (row_free);
  row->style = HP_STYLE_BOLD;
  row->cells = g_strdupv ((char **) titles);
  g_ptr_array_add (table->rows, row);
  return table;
}

/**
 * hp_cli_table_add:
 * @table: a table
 * @style: of the whole row
 * @...: a cell a column, then %NULL. Control characters are made visible
 */
void
hp_cli_table_add (HpCliTable *table, HpCliStyle style, ...)
{
  Row *row = g_new0 (Row, 1);
  va_list cells;

  row->style = style;
  row->cells = g_new0 (char *, table->n_columns + 1);
  va_start (cells, style);
  for (guint i = 0; i < table->n_columns; i++)
    {
      const char *cell = va_arg (cells, const char *);

      g_assert (cell != NULL);
      row->cells[i] = hp_text_printable (cell, -1, 60);
    }
  g_assert (va_arg (cells, const char *) == NULL);
  va_end (cells);
  g_ptr_array_add (table->rows, row);
}

/**
 * hp_cli_table_append:
 * @table: a table
 * @text: receives it, a line a row, two spaces between columns
 * @color: whether styles may be used
 */
void
hp_cli_table_append (HpCliTable *table, GString *text, gboolean color)
{
  g_autofree guint *widths = g_new0 (guint, table->n_columns);

  for (guint r = 0; r < table->rows->len; r++)
    for (guint i = 0; i < table->n_columns; i++)
      widths[i] = MAX (widths[i], display_width (((Row *) table->rows->pdata[r])->cells[i]));
  for (guint r = 0; r < table->rows->len; r++)
    {
      const Row *row = table->rows->pdata[r];
      g_autoptr (GString) line = g_string_new (NULL);

      for (guint i = 0; i < table->n_columns; i++)
        {
          int pad = widths[i] - display_width (row->cells[i]);

          if (i > 0)
            g_string_append (line, "  ");
          if (table->alignment[i] == 'r')
            g_string_append_printf (line, "%*s%s", pad, "", row->cells[i]);
          else
            g_string_append_printf (line, "%s%*s", row->cells[i], i + 1 < table->n_columns ? pad : 0, "");
        }
      hp_cli_append_styled (text, color, row->style, g_strchomp (line->str));
      g_string_append_c (text, '\n');
    }
}

/**
 * hp_cli_table_free:
 * @table: (transfer full) (nullable): a table
 */
void
hp_cli_table_free (HpCliTable *table)
{
  if (table == NULL)
    return;
  g_free (table->alignment);
  g_ptr_array_unref (table->rows);
  g_free (table);
}
