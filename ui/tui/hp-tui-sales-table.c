/* hp-tui-sales-table.c - sales in rows: what they were sold for, what versions predicted, and what else is known of
 * them
 *
 * Columns are as wide as their widest value, wherever one is in the table: nothing jumps when one scrolls.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "hp-display.h"
#include "hp-number.h"
#include "hp-text.h"
#include "hp-tui-sales-table.h"

#define GAP 2
/* Of attributes with long words */
#define MAX_WIDTH 18

typedef enum
{
  SALE,
  PRICE,
  PREDICTED,
  RESIDUAL,
  SHARE,
  ATTRIBUTE,
} Kind;

typedef struct
{
  Kind kind;
  guint version; /* of PREDICTED, RESIDUAL and SHARE */
  const HpSetColumn *attribute;
  int width; /* 0: there is no room */
} Column;

/**
 * hp_tui_sales_table_plain:
 * @column: an attribute of sales
 * @value: one of its values
 *
 * Returns: (transfer full): the value as a form or a file writes it; empty if it is missing
 */
char *
hp_tui_sales_table_plain (const HpSetColumn *column, double value)
{
  char text[HP_NUMBER_BUFFER];

  if (!isfinite (value))
    return g_strdup ("");
  if (column->kind == HP_SET_CATEGORY)
    return g_strdup (value >= 0 && value < column->n_levels ? column->levels[(guint) value] : "");
  if (column->kind == HP_SET_DATE)
    return g_strdup_printf ("%04d-%02d", (int) floor (value / 12), (int) floor (value) % 12 + 1);
  hp_number_format (text, value);
  return g_strdup (text);
}

/* Years have no separators: what has no unit is told as it is */
static char *
attribute_text (const HpSetColumn *column, double value)
{
  if (!isfinite (value))
    return g_strdup ("–");
  if (column->kind == HP_SET_NUMBER && column->unit != NULL && value == rint (value))
    return hp_display_number (value, 0);
  return hp_tui_sales_table_plain (column, value);
}

static char *
signed_price (double amount, const char *currency)
{
  g_autofree char *text = hp_display_price (fabs (amount), currency);

  return g_strconcat (amount < 0 ? "−" : amount > 0 ? "+" : "", text, NULL);
}

static char *
signed_share (double share)
{
  g_autofree char *text = hp_display_percent (fabs (share), 1);

  return g_strconcat (share < 0 ? "−" : share > 0 ? "+" : "", text, NULL);
}

static double
value_of (const HpTuiResiduals *residuals, const Column *column, guint32 sale)
{
  const HpResidualSet *set = residuals->sets[column->version];

  switch (column->kind)
    {
    case SALE:
      return (double) set->row[sale];
    case PRICE:
      return set->price[sale];
    case PREDICTED:
      return set->predicted[sale];
    case RESIDUAL:
      return set->price[sale] - set->predicted[sale];
    case SHARE:
      return hp_residual_set_share (set, sale);
    case ATTRIBUTE:
    default:
      return column->attribute->numbers[sale];
    }
}

static char *
text_of (const HpTuiResiduals *residuals, const Column *column, double value)
{
  const char *currency = residuals->sets[0]->currency;

  switch (column->kind)
    {
    case SALE:
      return hp_display_count ((guint64) value);
    case PRICE:
    case PREDICTED:
      return hp_display_price (value, currency);
    case RESIDUAL:
      return signed_price (value, currency);
    case SHARE:
      return signed_share (value);
    case ATTRIBUTE:
    default:
      return attribute_text (column->attribute, value);
    }
}

/* With several versions the name of the one that is meant */
static char *
title_of (const HpTuiResiduals *residuals, const Column *column)
{
  const char *name = residuals->n_sets > 1 ? residuals->sets[column->version]->name : NULL;

  switch (column->kind)
    {
    case SALE:
      return g_strdup (_ ("Sale"));
    case PRICE:
      return g_strdup (_ ("Price"));
    case PREDICTED:
      return name != NULL ? g_strdup_printf (_ ("Predicted, %s"), name) : g_strdup (_ ("Predicted"));
    case RESIDUAL:
      return name != NULL ? g_strdup_printf (_ ("Residual, %s"), name) : g_strdup (_ ("Residual"));
    case SHARE:
      return name != NULL ? g_strdup_printf ("%%, %s", name) : g_strdup ("%");
    case ATTRIBUTE:
    default:
      return g_strdup (column->attribute->label);
    }
}

static gboolean
is_sorted_by (const HpTuiResiduals *residuals, const Column *column)
{
  HpTuiSort sort = residuals->choice.sort;

  if (column->kind == ATTRIBUTE || (column->kind >= PREDICTED && column->version + 1 != residuals->n_sets))
    return FALSE;
  return (Kind) sort == column->kind;
}

static int
columns_of_value (const HpTuiResiduals *residuals, const Column *column, HpCanvas *canvas, double value)
{
  g_autofree char *text = text_of (residuals, column, value);

  return hp_canvas_columns (canvas, text);
}

/* Of numbers the least and the largest are the widest */
static int
wanted_width (const HpTuiResiduals *residuals, const Column *column, HpCanvas *canvas)
{
  g_autofree char *title = title_of (residuals, column);
  int width = hp_canvas_columns (canvas, title) + (column->kind != ATTRIBUTE ? 1 : 0);
  double least = INFINITY, largest = -INFINITY;

  if (column->kind == ATTRIBUTE && column->attribute->kind == HP_SET_CATEGORY)
    {
      for (guint i = 0; i < column->attribute->n_levels; i++)
        width = MAX (width, hp_canvas_columns (canvas, column->attribute->levels[i]));
      return MIN (width, MAX_WIDTH);
    }
  for (gsize i = 0; i < residuals->sets[0]->n; i++)
    {
      double value = value_of (residuals, column, (guint32) i);

      least = value < least ? value : least;
      largest = value > largest ? value : largest;
    }
  if (least <= largest)
    width = MAX (width, MAX (columns_of_value (residuals, column, canvas, least),
                             columns_of_value (residuals, column, canvas, largest)));
  return column->kind == ATTRIBUTE ? MIN (width, MAX_WIDTH) : width;
}

static void
add (GArray *columns, Kind kind, guint version, const HpSetColumn *attribute)
{
  Column column = { kind, version, attribute, 0 };

  g_array_append_val (columns, column);
}

/* All, in the order in which they stand */
static GArray *
list_columns (const HpTuiResiduals *residuals)
{
  GArray *columns = g_array_new (FALSE, FALSE, sizeof (Column));

  add (columns, SALE, 0, NULL);
  add (columns, PRICE, 0, NULL);
  for (guint i = 0; i < residuals->n_sets; i++)
    {
      add (columns, PREDICTED, i, NULL);
      add (columns, RESIDUAL, i, NULL);
      add (columns, SHARE, i, NULL);
    }
  for (guint i = 0; i < residuals->sets[0]->columns->len; i++)
    add (columns, ATTRIBUTE, 0, residuals->sets[0]->columns->pdata[i]);
  return columns;
}

/* The smaller, the sooner it gets room: the last version's first */
static int
worth (const HpTuiResiduals *residuals, const Column *column)
{
  if (column->kind <= PRICE)
    return 0;
  return column->kind == ATTRIBUTE ? 1000 : 1 + (int) (residuals->n_sets - 1 - column->version);
}

static void
measure (const HpTuiResiduals *residuals, GArray *columns, HpCanvas *canvas, int room)
{
  for (int rank = 0; rank <= 1000; rank = rank == (int) residuals->n_sets ? 1000 : rank + 1)
    for (guint i = 0; i < columns->len; i++)
      {
        Column *column = &g_array_index (columns, Column, i);
        int width;

        if (worth (residuals, column) != rank || room <= GAP)
          continue;
        width = wanted_width (residuals, column, canvas);
        if (width > room - GAP)
          {
            /* attributes after one without room don't take its place */
            if (rank == 1000)
              return;
            continue;
          }
        column->width = width;
        room -= width + GAP;
      }
}

static gboolean
is_left (const Column *column)
{
  return column->kind == ATTRIBUTE && column->attribute->kind != HP_SET_NUMBER;
}

static void
put (HpCanvas *canvas, const HpArea *area, const Column *column, int x, int y, HpStyle style, const char *text)
{
  g_autofree char *cut = hp_canvas_cut (canvas, text, column->width);

  if (is_left (column))
    hp_canvas_put (canvas, area, x, y, style, cut);
  else
    hp_canvas_put_right (canvas, area, x + column->width, y, style, cut);
}

static void
draw_titles (const HpTuiResiduals *residuals, const GArray *columns, HpCanvas *canvas, const HpArea *area)
{
  int x = 0;

  for (guint i = 0; i < columns->len; i++)
    {
      const Column *column = &g_array_index (columns, Column, i);
      gboolean sorted = is_sorted_by (residuals, column);
      g_autofree char *title = title_of (residuals, column), *marked = NULL;

      if (column->width == 0)
        continue;
      marked = sorted
                 ? g_strconcat (title, residuals->choice.reversed ? canvas->glyphs->up : canvas->glyphs->down, NULL)
                 : g_strdup (title);
      put (canvas, area, column, x, 0, sorted ? HP_STYLE_HEADING : HP_STYLE_FAINT, marked);
      x += column->width + GAP;
    }
}

static void
draw_sale (const HpTuiResiduals *residuals, const GArray *columns, HpCanvas *canvas, const HpArea *area, int y,
           guint32 sale, gboolean chosen)
{
  int x = 0;

  if (chosen)
    hp_canvas_fill (canvas, area, 0, y, area->width, 1, HP_STYLE_FOCUS, " ");
  for (guint i = 0; i < columns->len; i++)
    {
      const Column *column = &g_array_index (columns, Column, i);
      g_autofree char *text = NULL;

      if (column->width == 0)
        continue;
      text = text_of (residuals, column, value_of (residuals, column, sale));
      put (canvas, area, column, x, y,
           chosen                  ? HP_STYLE_FOCUS
           : column->kind == PRICE ? HP_STYLE_VALUE
                                   : HP_STYLE_NORMAL,
           text);
      x += column->width + GAP;
    }
}

/**
 * hp_tui_sales_table_draw:
 * @table: where one is in it
 * @residuals: the sales
 * @canvas: a canvas
 * @area: where: a row of titles, then sales
 */
void
hp_tui_sales_table_draw (HpTuiSalesTable *table, const HpTuiResiduals *residuals, HpCanvas *canvas, const HpArea *area)
{
  g_autoptr (GArray) columns = list_columns (residuals);
  guint n = (guint) residuals->sets[0]->n, shown = (guint) MAX (area->height - 1, 0);

  table->drawn = (HpArea){ 0 };
  if (shown == 0 || n == 0)
    return;
  table->chosen = MIN (table->chosen, n - 1);
  table->top = CLAMP (table->top, table->chosen + 1 > shown ? table->chosen + 1 - shown : 0, table->chosen);
  table->top = MIN (table->top, n > shown ? n - shown : 0);
  measure (residuals, columns, canvas, area->width);
  draw_titles (residuals, columns, canvas, area);
  for (guint i = 0; i < shown && table->top + i < n; i++)
    draw_sale (residuals, columns, canvas, area, (int) i + 1, residuals->order[table->top + i],
               table->top + i == table->chosen);
  table->drawn = hp_area_part (area, 0, 1, area->width, (int) MIN (shown, n - table->top));
  if (table->top > 0)
    hp_canvas_put (canvas, area, area->width - 1, 1, HP_STYLE_HINT, canvas->glyphs->up);
  if (table->top + shown < n)
    hp_canvas_put (canvas, area, area->width - 1, (int) shown, HP_STYLE_HINT, canvas->glyphs->down);
}

/**
 * hp_tui_sales_table_move:
 * @table: where one is
 * @residuals: the sales
 * @by: rows, down if positive
 */
void
hp_tui_sales_table_move (HpTuiSalesTable *table, const HpTuiResiduals *residuals, int by)
{
  gint64 last = (gint64) residuals->sets[0]->n - 1;

  table->chosen = (guint) MAX (CLAMP ((gint64) table->chosen + by, 0, last), 0);
}

/* Which levels of a category have text in them; looking at the sales is comparing numbers then */
static gboolean *
match_levels (const HpSetColumn *column, const char *wanted)
{
  gboolean *matches = g_new0 (gboolean, column->n_levels + 1);

  for (guint i = 0; i < column->n_levels; i++)
    {
      g_autofree char *key = hp_text_key (column->levels[i], -1);

      matches[i] = strstr (key, wanted) != NULL;
    }
  return matches;
}

static gboolean
has_digits (guint64 row, const char *wanted)
{
  char text[24];

  g_snprintf (text, sizeof text, "%" G_GUINT64_FORMAT, row);
  return strstr (text, wanted) != NULL;
}

/**
 * hp_tui_sales_table_find:
 * @table: where one is
 * @residuals: the sales
 * @text: what is searched; letter case does not matter
 * @by: 1: after the chosen sale; -1: before it; 0: from it on
 *
 * Returns: whether there is one; it is chosen then. After the last one comes the first.
 */
gboolean
hp_tui_sales_table_find (HpTuiSalesTable *table, const HpTuiResiduals *residuals, const char *text, int by)
{
  const HpResidualSet *set = residuals->sets[0];
  g_autofree char *wanted = hp_text_key (text, -1);
  g_autoptr (GPtrArray) matches = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) columns = g_ptr_array_new ();
  gint64 n = (gint64) set->n, at = table->chosen + by;

  if (*wanted == '\0' || n == 0)
    return FALSE;
  for (guint i = 0; i < set->columns->len; i++)
    if (((HpSetColumn *) set->columns->pdata[i])->kind == HP_SET_CATEGORY)
      {
        g_ptr_array_add (columns, set->columns->pdata[i]);
        g_ptr_array_add (matches, match_levels (set->columns->pdata[i], wanted));
      }
  for (gint64 step = 0; step < n; step++, at += by < 0 ? -1 : 1)
    {
      gint64 place = ((at % n) + n) % n;
      guint32 sale = residuals->order[place];
      gboolean found = has_digits (set->row[sale], wanted);

      for (guint i = 0; !found && i < columns->len; i++)
        {
          const HpSetColumn *column = columns->pdata[i];
          double level = column->numbers[sale];

          found = level >= 0 && level < column->n_levels && ((gboolean *) matches->pdata[i])[(guint) level];
        }
      if (!found)
        continue;
      table->chosen = (guint) place;
      return TRUE;
    }
  return FALSE;
}
