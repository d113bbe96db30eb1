/* hp-report-layout.c - a report's blocks as items for pages
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "hp-report-layout-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define MAX_FACT_LINES 30

static void
append_superscript (GString *text, guint number)
{
  static const char *const digits[] = { "⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹" };
  g_autofree char *plain = g_strdup_printf ("%u", number);

  for (const char *p = plain; *p != '\0'; p++)
    g_string_append (text, digits[*p - '0']);
}

/**
 * hp_report_noted_text:
 * @block: a block
 * @text: (nullable): of it
 *
 * Returns: (transfer full): the text with the numbers of the block's notes, raised
 */
char *
hp_report_noted_text (const HpReportBlock *block, const char *text)
{
  g_autoptr (GString) out = g_string_new (text);

  for (guint i = 0; block->notes != NULL && i < block->notes->len; i++)
    {
      if (i > 0)
        g_string_append (out, " ");
      append_superscript (out, g_array_index (block->notes, guint, i));
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/**
 * hp_report_layout_caption:
 * @layout: the layout
 * @block: a table
 * @space: above it
 *
 * Adds its caption, if it has one, kept with what follows.
 */
void
hp_report_layout_caption (HpReportLayout *layout, const HpReportBlock *block, double space)
{
  g_autofree char *number = hp_report_block_get_number (block), *noted = hp_report_noted_text (block, block->text);
  g_autofree char *text = g_strconcat (number, noted, NULL);

  if (block->text == NULL)
    return;
  hp_report_layout_lines (layout,
                          hp_report_layout_text (layout, text, strlen (number), HP_REPORT_SIZE_SMALL, layout->width), 0,
                          space, hp_report_inks[HP_INK_TEXT], TRUE);
  /* a caption of several lines stays whole */
  for (guint i = layout->items->len; i > 0 && ((HpReportItem *) layout->items->pdata[i - 1])->space == 0; i--)
    ((HpReportItem *) layout->items->pdata[i - 1])->keep = TRUE;
}

static void
add_heading (HpReportLayout *layout, const HpReportBlock *block)
{
  g_autofree char *text = hp_report_noted_text (block, block->text);
  PangoLayout *set = hp_report_layout_text (layout, text, -1, block->level == 2 ? 13.5 : 10.8, layout->width);
  HpReportItem *item;
  double height;

  hp_report_layout_measure (set, NULL, &height);
  item = hp_report_layout_add (layout, block->level == 2 ? 20 : 13, height + (block->level == 2 ? 2 : 0));
  item->keep = TRUE;
  item->entry = block->text;
  item->level = block->level;
  hp_report_item_text (item, set, 0, 0, hp_report_inks[HP_INK_TEXT]);
}

static void
add_list (HpReportLayout *layout, const HpReportBlock *block)
{
  for (guint i = 0; i < block->items->len; i++)
    {
      guint first = layout->items->len;
      PangoLayout *bullet = hp_report_layout_text (layout, "•", 0, HP_REPORT_SIZE, -1);

      hp_report_layout_lines (layout,
                              hp_report_layout_text (layout, block->items->pdata[i], 0, HP_REPORT_SIZE,
                                                     layout->width - 12),
                              12, i == 0 ? 6 : 2.5, hp_report_inks[HP_INK_TEXT], FALSE);
      hp_report_item_text (layout->items->pdata[first], bullet, 2, 0, hp_report_inks[HP_INK_TEXT]);
    }
}

static void
add_facts (HpReportLayout *layout, const HpReportBlock *block)
{
  double widest = 0, width;

  for (guint i = 0; i < block->pairs->len; i++)
    {
      const HpReportPair *pair = block->pairs->pdata[i];
      g_autoptr (PangoLayout) label = hp_report_layout_text (layout, pair->label, 0, HP_REPORT_SIZE, -1);

      hp_report_layout_measure (label, &width, NULL);
      widest = fmax (widest, width);
    }
  width = fmin (widest + 0.5, layout->width * 0.38);
  for (guint i = 0; i < block->pairs->len; i++)
    {
      const HpReportPair *pair = block->pairs->pdata[i];
      PangoLayout *label = hp_report_layout_text (layout, pair->label, 0, HP_REPORT_SIZE, width);
      PangoLayout *text = hp_report_layout_text (layout, pair->text, 0, HP_REPORT_SIZE, layout->width - width - 16);
      double label_height, text_height;
      HpReportItem *item;

      pango_layout_set_ellipsize (text, PANGO_ELLIPSIZE_END);
      pango_layout_set_height (text, -MAX_FACT_LINES);
      hp_report_layout_measure (label, NULL, &label_height);
      hp_report_layout_measure (text, NULL, &text_height);
      item = hp_report_layout_add (layout, i == 0 ? 7 : 2.5, fmax (label_height, text_height));
      item->keep = i == 0 && block->pairs->len > 1;
      hp_report_item_text (item, label, 0, 0, hp_report_inks[HP_INK_WEAK]);
      hp_report_item_text (item, text, width + 16, 0, hp_report_tone_ink (pair->tone));
    }
}

static void
add_terms (HpReportLayout *layout, const HpReportBlock *block)
{
  for (guint i = 0; i < block->pairs->len; i++)
    {
      const HpReportPair *pair = block->pairs->pdata[i];
      g_autofree char *text = g_strdup_printf ("%s: %s", pair->label, pair->text);

      hp_report_layout_lines (layout,
                              hp_report_layout_text (layout, text, strlen (pair->label) + 1, HP_REPORT_SIZE,
                                                     layout->width),
                              0, i == 0 ? 6 : 4, hp_report_inks[HP_INK_TEXT], FALSE);
    }
}

/* A soft ground behind each line, with a bar at its left: so a long one may go over to the next page. */
static void
add_callout (HpReportLayout *layout, const HpReportBlock *block)
{
  static const HpReportInk grounds[] = {
    [HP_TONE_PLAIN] = { 0.955, 0.955, 0.965 },   [HP_TONE_STRONG] = { 0.955, 0.955, 0.965 },
    [HP_TONE_WEAK] = { 0.955, 0.955, 0.965 },    [HP_TONE_GOOD] = { 0.93, 0.97, 0.94 },
    [HP_TONE_WARN] = { 1.00, 0.965, 0.90 },      [HP_TONE_BAD] = { 0.995, 0.94, 0.94 },
    [HP_TONE_DIFFERS] = { 0.955, 0.955, 0.965 },
  };
  HpReportInk bar = block->tone == HP_TONE_PLAIN ? hp_report_inks[HP_INK_WEAK] : hp_report_tone_ink (block->tone);
  g_autofree char *title = hp_report_noted_text (block, block->text);
  guint first = layout->items->len, n;

  hp_report_layout_lines (layout, hp_report_layout_text (layout, title, -1, 10, layout->width - 24), 14, 0,
                          hp_report_inks[HP_INK_TEXT], block->body != NULL);
  if (block->body != NULL)
    hp_report_layout_lines (layout, hp_report_layout_text (layout, block->body, 0, HP_REPORT_SIZE, layout->width - 24),
                            14, 0, hp_report_inks[HP_INK_TEXT], FALSE);
  n = layout->items->len - first;
  for (guint i = 0; i < n; i++)
    {
      HpReportItem *item = layout->items->pdata[first + i];
      HpReportMark fills[] = {
        { HP_MARK_FILL, 0, 0, layout->width, 0, grounds[block->tone], NULL, 0, NULL, 1 },
        { HP_MARK_FILL, 0, 0, 3, 0, bar, NULL, 0, NULL, 1 },
      };

      if (i == 0)
        {
          item->space = 10;
          item->height += 7;
          for (guint m = 0; m < item->marks->len; m++)
            g_array_index (item->marks, HpReportMark, m).y += 7;
        }
      item->height += i == n - 1 ? 7 : 0;
      item->keep |= n <= 12 && i + 1 < n;
      /* a hair more, so that no gap shines through between two lines */
      fills[0].height = fills[1].height = item->height + (i + 1 < n ? 0.3 : 0);
      g_array_prepend_vals (item->marks, fills, G_N_ELEMENTS (fills));
    }
}

/* Caption, chart and sentence in a column of the item; returns how high they are */
static double
set_chart (HpReportLayout *layout, HpReportItem *item, const HpReportBlock *block, double x, double width)
{
  g_autofree char *number = hp_report_block_get_number (block), *noted = hp_report_noted_text (block, block->text);
  g_autofree char *caption = g_strconcat (number, noted, NULL);
  PangoLayout *text = hp_report_layout_text (layout, caption, strlen (number), HP_REPORT_SIZE_SMALL, width);
  double y, height = block->half ? width * HP_REPORT_CHART_HALF_HEIGHT / HP_REPORT_CHART_HALF_WIDTH
                                 : width * HP_REPORT_CHART_HEIGHT / HP_REPORT_CHART_WIDTH;

  hp_report_layout_measure (text, NULL, &y);
  hp_report_item_text (item, text, x, 0, hp_report_inks[HP_INK_TEXT]);
  y += 4;
  hp_report_item_chart (item, block->chart, x, y, width, height,
                        width / (block->half ? HP_REPORT_CHART_HALF_WIDTH : HP_REPORT_CHART_WIDTH));
  y += height + 3;
  if (block->body != NULL)
    {
      text = hp_report_layout_text (layout, block->body, 0, HP_REPORT_SIZE_SMALL, width);
      pango_layout_set_ellipsize (text, PANGO_ELLIPSIZE_END);
      pango_layout_set_height (text, -8);
      hp_report_item_text (item, text, x, y, hp_report_inks[HP_INK_WEAK]);
      hp_report_layout_measure (text, NULL, &height);
      y += height;
    }
  return y;
}

static void
add_charts (HpReportLayout *layout, const HpReportBlock *left, const HpReportBlock *right)
{
  HpReportItem *item = hp_report_layout_add (layout, 13, 0);
  double half = (layout->width - 18) / 2;

  item->height = set_chart (layout, item, left, 0, left->half ? half : layout->width);
  if (right != NULL)
    item->height = fmax (item->height, set_chart (layout, item, right, half + 18, half));
}

/* A paragraph that leads into a list, a table or a chart doesn't end a page. */
static gboolean
leads_into (const HpReportBlock *next)
{
  return next != NULL
         && (next->kind == HP_BLOCK_LIST || next->kind == HP_BLOCK_TABLE || next->kind == HP_BLOCK_CHART
             || next->kind == HP_BLOCK_FACTS || next->kind == HP_BLOCK_SIGNATURES);
}

static void
add_block (HpReportLayout *layout, const HpReportBlock *block, const HpReportBlock *next)
{
  g_autofree char *text = NULL;

  switch (block->kind)
    {
    case HP_BLOCK_HEADING:
      add_heading (layout, block);
      break;
    case HP_BLOCK_LIST:
      add_list (layout, block);
      break;
    case HP_BLOCK_FIGURES:
      hp_report_layout_figures (layout, block);
      break;
    case HP_BLOCK_FACTS:
      add_facts (layout, block);
      break;
    case HP_BLOCK_TERMS:
      add_terms (layout, block);
      break;
    case HP_BLOCK_TABLE:
      hp_report_layout_table (layout, block);
      break;
    case HP_BLOCK_CALLOUT:
      add_callout (layout, block);
      break;
    case HP_BLOCK_SIGNATURES:
      hp_report_layout_signatures (layout, block);
      break;
    case HP_BLOCK_PARAGRAPH:
    case HP_BLOCK_CHART:
    default:
      text = hp_report_noted_text (block, block->text);
      hp_report_layout_lines (layout, hp_report_layout_text (layout, text, 0, HP_REPORT_SIZE, layout->width), 0, 6,
                              hp_report_inks[HP_INK_TEXT], leads_into (next));
      break;
    }
}

static void
add_title (HpReportLayout *layout, const HpReport *report)
{
  PangoLayout *title = hp_report_layout_text (layout, report->title, -1, 20, layout->width);
  g_autofree char *dated = hp_report_get_dated (report);
  HpReportItem *item;
  double height;

  pango_layout_set_ellipsize (title, PANGO_ELLIPSIZE_END);
  pango_layout_set_height (title, -4);
  hp_report_layout_measure (title, NULL, &height);
  item = hp_report_layout_add (layout, 0, height);
  item->keep = TRUE;
  item->entry = report->title;
  item->level = 1;
  hp_report_item_text (item, title, 0, 0, hp_report_inks[HP_INK_TEXT]);
  if (report->subtitle != NULL)
    hp_report_layout_lines (layout, hp_report_layout_text (layout, report->subtitle, 0, 11.5, layout->width), 0, 3,
                            hp_report_inks[HP_INK_TEXT], TRUE);
  if (dated != NULL)
    hp_report_layout_lines (layout, hp_report_layout_text (layout, dated, 0, HP_REPORT_SIZE, layout->width), 0, 3,
                            hp_report_inks[HP_INK_WEAK], TRUE);
  item = hp_report_layout_add (layout, 8, 1);
  hp_report_item_fill (item, 0, 0, layout->width, 1, hp_report_inks[HP_INK_RULE]);
}

static void
add_notes (HpReportLayout *layout, const HpReport *report)
{
  HpReportBlock heading = { .kind = HP_BLOCK_HEADING, .level = 2, .text = (char *) _ ("Notes") };

  if (report->notes->len == 0)
    return;
  add_heading (layout, &heading);
  for (guint i = 0; i < report->notes->len; i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);

      append_superscript (text, i + 1);
      g_string_append_printf (text, " %s", (char *) report->notes->pdata[i]);
      hp_report_layout_lines (layout, hp_report_layout_text (layout, text->str, 0, HP_REPORT_SIZE_SMALL, layout->width),
                              0, i == 0 ? 5 : 3, hp_report_inks[HP_INK_TEXT], FALSE);
    }
}

/**
 * hp_report_layout_report:
 * @layout: an empty layout
 * @report: a report that outlives it
 *
 * Adds all of it.
 */
void
hp_report_layout_report (HpReportLayout *layout, const HpReport *report)
{
  add_title (layout, report);
  for (guint i = 0; i < report->blocks->len; i++)
    {
      const HpReportBlock *block = report->blocks->pdata[i];
      const HpReportBlock *next = i + 1 < report->blocks->len ? report->blocks->pdata[i + 1] : NULL;

      if (block->kind != HP_BLOCK_CHART)
        {
          add_block (layout, block, next);
          continue;
        }
      if (!block->half || next == NULL || next->kind != HP_BLOCK_CHART || !next->half)
        next = NULL;
      add_charts (layout, block, next);
      i += next != NULL ? 1 : 0;
    }
  add_notes (layout, report);
}
