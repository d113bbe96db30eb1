/* hp-report-layout-figures.c - key figures in boxes, and lines to sign, on paper
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hp-report-layout-private.h"

#include <math.h>

#define COLUMNS 4 /* of figures; a strong one takes two */
#define GAP     8.0
#define PAD     7.0

/* A figure never breaks: it is set smaller if it is too long. */
static PangoLayout *
set_value (HpReportLayout *layout, const HpReportPair *pair, double width)
{
  double size = pair->tone == HP_TONE_STRONG ? 23 : 15, wide;
  PangoLayout *text = hp_report_layout_text (layout, pair->text, -1, size, -1);

  hp_report_layout_measure (text, &wide, NULL);
  if (wide <= width)
    return text;
  g_object_unref (text);
  size = fmax (size * width / wide * 0.99, HP_REPORT_SIZE);
  return hp_report_layout_text (layout, pair->text, -1, size, width);
}

typedef struct
{
  PangoLayout *label, *value, *detail;
  double x, width, height;
  HpReportInk ink;
} Box;

static void
set_box (HpReportLayout *layout, const HpReportPair *pair, double x, double width, Box *box)
{
  double inner = width - 2 * PAD, label, value, detail = 0;

  box->x = x;
  box->width = width;
  box->ink = hp_report_tone_ink (pair->tone);
  box->label = hp_report_layout_text (layout, pair->label, 0, 7.8, inner);
  box->value = set_value (layout, pair, inner);
  box->detail = pair->detail != NULL ? hp_report_layout_text (layout, pair->detail, 0, 7.8, inner) : NULL;
  hp_report_layout_measure (box->label, NULL, &label);
  hp_report_layout_measure (box->value, NULL, &value);
  if (box->detail != NULL)
    hp_report_layout_measure (box->detail, NULL, &detail);
  box->height = label + value + detail + 2 * PAD;
}

static void
draw_box (HpReportItem *item, Box *box)
{
  double label, value;

  hp_report_layout_measure (box->label, NULL, &label);
  hp_report_layout_measure (box->value, NULL, &value);
  hp_report_item_fill (item, box->x, 0, box->width, item->height, hp_report_inks[HP_INK_SOFT]);
  hp_report_item_text (item, box->label, box->x + PAD, PAD, hp_report_inks[HP_INK_WEAK]);
  hp_report_item_text (item, box->value, box->x + PAD, PAD + label, box->ink);
  if (box->detail != NULL)
    hp_report_item_text (item, box->detail, box->x + PAD, PAD + label + value, hp_report_inks[HP_INK_WEAK]);
}

/* How many of them, from there, fit in a row; and into how many columns it is divided */
static guint
count_row (const GPtrArray *pairs, guint from, guint *columns)
{
  guint n = 0;

  *columns = 0;
  while (from + n < pairs->len)
    {
      const HpReportPair *pair = pairs->pdata[from + n];
      guint span = pair->tone == HP_TONE_STRONG ? 2 : 1;

      if (*columns + span > COLUMNS)
        break;
      *columns += span;
      n++;
    }
  return n;
}

/**
 * hp_report_layout_figures:
 * @layout: the layout
 * @block: key figures
 *
 * Adds them in rows of boxes; a row fills the width.
 */
void
hp_report_layout_figures (HpReportLayout *layout, const HpReportBlock *block)
{
  guint first_columns = 0;

  for (guint i = 0, n; i < block->pairs->len; i += n)
    {
      Box boxes[COLUMNS];
      guint columns;
      double unit, x = 0, height = 0;
      HpReportItem *item;

      n = count_row (block->pairs, i, &columns);
      /* later rows keep the first one's grid */
      first_columns = i == 0 ? columns : first_columns;
      unit = (layout->width + GAP) / MAX (columns, first_columns);
      for (guint k = 0; k < n; k++)
        {
          const HpReportPair *pair = block->pairs->pdata[i + k];
          guint span = pair->tone == HP_TONE_STRONG ? 2 : 1;

          set_box (layout, pair, x, unit * span - GAP, &boxes[k]);
          height = fmax (height, boxes[k].height);
          x += unit * span;
        }
      item = hp_report_layout_add (layout, i == 0 ? 9 : GAP, height);
      item->keep = i + n < block->pairs->len;
      for (guint k = 0; k < n; k++)
        draw_box (item, &boxes[k]);
    }
}

/**
 * hp_report_layout_signatures:
 * @layout: the layout
 * @block: lines to sign
 *
 * Adds them, two in a row, all on one page.
 */
void
hp_report_layout_signatures (HpReportLayout *layout, const HpReportBlock *block)
{
  double width = (layout->width - 24) / 2;

  for (guint i = 0; i < block->pairs->len; i += 2)
    {
      HpReportItem *item = hp_report_layout_add (layout, i == 0 ? 16 : 8, 44);

      item->keep = i + 2 < block->pairs->len;
      for (guint k = i; k < MIN (i + 2, block->pairs->len); k++)
        {
          const HpReportPair *pair = block->pairs->pdata[k];
          double x = (k - i) * (width + 24), height;
          PangoLayout *text = hp_report_layout_text (layout, pair->text, 0, HP_REPORT_SIZE, width);

          pango_layout_set_ellipsize (text, PANGO_ELLIPSIZE_END);
          pango_layout_set_height (text, -2);
          hp_report_layout_measure (text, NULL, &height);
          hp_report_item_text (item, text, x, 29 - height, hp_report_inks[HP_INK_TEXT]);
          hp_report_item_fill (item, x, 30, width, 0.6, hp_report_inks[HP_INK_TEXT]);
          hp_report_item_text (item, hp_report_layout_text (layout, pair->label, 0, 7.8, width), x, 32.5,
                               hp_report_inks[HP_INK_WEAK]);
        }
    }
}
