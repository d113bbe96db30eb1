/* hp-report-layout-table.c - tables on paper: how wide each column is, rows, heads that stand again on the next page
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hp-report-layout-private.h"

#include <math.h>

#define GAP       9.0 /* between columns */
#define PAD       2.6 /* above and below a row's text */
#define MIN_SIZE  6.2 /* of letters: a table too wide for the page is set smaller down to here, then it breaks words */
#define MAX_LINES 14  /* of one cell */
#define SHORT     12  /* characters that are not broken */
#define WHOLE     16  /* rows that stay on one page */
#define LONGEST   0.2 /* of the page's width: longer words are broken rather than make all letters small */

typedef struct
{
  HpReportLayout *layout;
  const HpReportTable *table;
  double size;
  double *least, *natural; /* of each column: its longest word, its longest text */
  double *x, *width;
} Setting;

static gboolean
is_bold (HpReportTone tone)
{
  return tone == HP_TONE_STRONG || tone == HP_TONE_BAD || tone == HP_TONE_WARN || tone == HP_TONE_DIFFERS;
}

static char *
head_text (const HpReportColumn *column)
{
  return column->unit != NULL ? g_strdup_printf ("%s\n%s", column->title, column->unit) : g_strdup (column->title);
}

/* whole: numbers and what else is set to the right are not broken */
static void
widen (Setting *setting, guint c, const char *text, gboolean bold, gboolean whole)
{
  g_autoptr (PangoLayout) layout = hp_report_layout_text (setting->layout, text, bold ? -1 : 0, setting->size, -1);
  double natural, least;

  hp_report_layout_measure (layout, &natural, NULL);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD);
  pango_layout_set_width (layout, 0);
  hp_report_layout_measure (layout, &least, NULL);
  setting->natural[c] = fmax (setting->natural[c], natural + 0.5);
  /* a few words don't look well one above the other */
  whole |= g_utf8_strlen (text, -1) <= SHORT;
  setting->least[c] = fmax (setting->least[c], (whole ? natural : least) + 0.5);
}

static void
measure (Setting *setting)
{
  const HpReportTable *table = setting->table;

  for (guint c = 0; c < table->columns->len; c++)
    {
      const HpReportColumn *column = table->columns->pdata[c];
      g_autofree char *head = head_text (column);

      setting->natural[c] = setting->least[c] = 0;
      widen (setting, c, head, TRUE, FALSE);
      for (guint r = 0; r < table->rows->len; r++)
        {
          const HpReportCell *cell = hp_report_row_get_cell (table->rows->pdata[r], c);

          if (cell != NULL)
            widen (setting, c, cell->text, is_bold (cell->tone), column->align == HP_COLUMN_RIGHT);
        }
      setting->least[c] = fmin (setting->least[c], setting->layout->width * fmax (LONGEST, 1.0 / table->columns->len));
    }
}

/* How wide the widest columns may be where not even the longest words fit: they give way, and the others are whole */
static double
find_level (const Setting *setting, double room)
{
  guint n = setting->table->columns->len, wide = n;
  double level = room / n;

  for (gboolean changed = TRUE; changed;)
    {
      double rest = room;
      guint above = 0;

      for (guint c = 0; c < n; c++)
        if (setting->least[c] > level)
          above++;
        else
          rest -= setting->least[c];
      changed = above > 0 && above != wide;
      wide = above;
      level = above > 0 ? rest / above : level;
    }
  return level;
}

/* As browsers do it: each column gets its longest text if all fit, else at least its longest word */
static void
share (Setting *setting)
{
  guint n = setting->table->columns->len;
  double room = setting->layout->width - GAP * (n - 1), natural = 0, least = 0, x = 0, level;

  for (guint c = 0; c < n; c++)
    {
      natural += setting->natural[c];
      least += setting->least[c];
    }
  level = find_level (setting, room);
  for (guint c = 0; c < n; c++)
    {
      if (natural <= room)
        setting->width[c] = setting->natural[c] + (room - natural) * setting->natural[c] / natural;
      else if (least <= room)
        setting->width[c] = setting->least[c]
                            + (room - least) * (setting->natural[c] - setting->least[c]) / fmax (natural - least, 1e-9);
      else
        setting->width[c] = fmin (setting->least[c], level);
      setting->x[c] = x;
      x += setting->width[c] + GAP;
    }
}

static double
too_wide (const Setting *setting)
{
  guint n = setting->table->columns->len;
  double room = setting->layout->width - GAP * (n - 1), least = 0;

  for (guint c = 0; c < n; c++)
    least += setting->least[c];
  return least / fmax (room, 1);
}

static PangoLayout *
set_cell (Setting *setting, guint c, const char *text, gboolean bold)
{
  const HpReportColumn *column = setting->table->columns->pdata[c];
  PangoLayout *layout = hp_report_layout_text (setting->layout, text, bold ? -1 : 0, setting->size, setting->width[c]);

  pango_layout_set_alignment (layout, column->align == HP_COLUMN_RIGHT    ? PANGO_ALIGN_RIGHT
                                      : column->align == HP_COLUMN_CENTER ? PANGO_ALIGN_CENTER
                                                                          : PANGO_ALIGN_LEFT);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_height (layout, -MAX_LINES);
  return layout;
}

/* Heads stand on the line beneath them. */
static HpReportItem *
add_head (Setting *setting)
{
  guint n = setting->table->columns->len;
  g_autofree PangoLayout **cells = g_new (PangoLayout *, n);
  double height = 0;
  gboolean empty = TRUE;
  HpReportItem *item;

  for (guint c = 0; c < n; c++)
    {
      const HpReportColumn *column = setting->table->columns->pdata[c];
      g_autofree char *text = head_text (column);
      double h;

      empty &= *text == '\0';
      cells[c] = set_cell (setting, c, text, TRUE);
      hp_report_layout_measure (cells[c], NULL, &h);
      height = fmax (height, h);
    }
  item = hp_report_layout_add (setting->layout, 3, empty ? 1 : height + 2 * PAD);
  item->keep = TRUE;
  for (guint c = 0; c < n; c++)
    {
      double h;

      hp_report_layout_measure (cells[c], NULL, &h);
      hp_report_item_text (item, cells[c], setting->x[c], PAD + height - h, hp_report_inks[HP_INK_TEXT]);
    }
  hp_report_item_fill (item, 0, item->height - 0.9, setting->layout->width, 0.9, hp_report_inks[HP_INK_WEAK]);
  return item;
}

static HpReportItem *
add_row (Setting *setting, const HpReportRow *row)
{
  guint n = setting->table->columns->len;
  g_autofree PangoLayout **cells = g_new (PangoLayout *, n);
  double height = 0;
  HpReportItem *item;

  for (guint c = 0; c < n; c++)
    {
      const HpReportCell *cell = hp_report_row_get_cell (row, c);
      double h;

      cells[c] = set_cell (setting, c, cell != NULL ? cell->text : "", cell != NULL && is_bold (cell->tone));
      hp_report_layout_measure (cells[c], NULL, &h);
      height = fmax (height, h);
    }
  item = hp_report_layout_add (setting->layout, 0, height + 2 * PAD);
  for (guint c = 0; c < n; c++)
    {
      const HpReportCell *cell = hp_report_row_get_cell (row, c);

      if (cell != NULL && cell->tone == HP_TONE_DIFFERS)
        hp_report_item_fill (item, setting->x[c] - GAP / 3, 0.6, setting->width[c] + GAP / 1.5, item->height - 1.2,
                             hp_report_inks[HP_INK_MARK]);
      hp_report_item_text (item, cells[c], setting->x[c], PAD,
                           hp_report_tone_ink (cell != NULL ? cell->tone : HP_TONE_PLAIN));
    }
  hp_report_item_fill (item, 0, item->height - 0.4, setting->layout->width, 0.4, hp_report_inks[HP_INK_RULE]);
  return item;
}

/**
 * hp_report_layout_table:
 * @layout: the layout
 * @block: a table
 *
 * Adds its caption, its head and its rows. A short table is not cut; of a long one neither the head and one row nor the
 * last row stand alone on a page.
 */
void
hp_report_layout_table (HpReportLayout *layout, const HpReportBlock *block)
{
  const HpReportTable *table = block->table;
  guint n = table->columns->len;
  g_autofree double *numbers = g_new0 (double, 4 * MAX (n, 1));
  Setting setting = { layout, table, HP_REPORT_SIZE_SMALL, numbers, numbers + n, numbers + 2 * n, numbers + 3 * n };
  const HpReportItem *head;
  double wide;

  if (n == 0)
    return;
  measure (&setting);
  wide = too_wide (&setting);
  if (wide > 1)
    {
      setting.size = fmax (setting.size / wide, MIN_SIZE);
      measure (&setting);
    }
  share (&setting);
  hp_report_layout_caption (layout, block, 11);
  head = add_head (&setting);
  for (guint r = 0; r < table->rows->len; r++)
    {
      HpReportItem *item = add_row (&setting, table->rows->pdata[r]);

      item->head = r > 0 ? head : NULL;
      item->keep = r + 1 < table->rows->len && (r == 0 || r + 2 == table->rows->len || table->rows->len <= WHOLE);
    }
}
