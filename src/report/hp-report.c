/* hp-report.c - a document for people: its blocks
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <stdarg.h>

#include "hp-report-private.h"

/* Of one text of a stranger: longer than any sentence of ours */
#define MAX_TEXT 4000

/* Invisible characters that turn the direction of what follows, or stand for nothing: they can make a text read as
 * another */
static gboolean
is_harmful (gunichar c)
{
  return g_unichar_iscntrl (c) || (c >= 0x200b && c <= 0x200f) || (c >= 0x202a && c <= 0x202e)
         || (c >= 0x2060 && c <= 0x206f) || c == 0xfeff || (c & 0xfffe) == 0xfffe || (c >= 0xfdd0 && c <= 0xfdef)
         || (c >= 0xfff0 && c <= 0xfffb) || (c >= 0xe0000 && c <= 0xe0fff);
}

/**
 * hp_report_clean:
 * @text: (nullable): text of anyone
 *
 * Control characters, overrides of the writing direction and what is no character go, white space becomes single
 * spaces, and bytes that are not UTF-8 become U+FFFD: then every writer can have it.
 *
 * Returns: (transfer full): the text, at most 4,000 characters of it; empty for %NULL
 */
char *
hp_report_clean (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  g_autoptr (GString) out = g_string_sized_new (strlen (valid));
  gboolean space = FALSE;
  guint n = 0;

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      /* a no-break space keeps its number and its unit together */
      if (c != 0xa0 && c != 0x202f && g_unichar_isspace (c))
        {
          space = out->len > 0;
          continue;
        }
      if (is_harmful (c))
        continue;
      if (++n > MAX_TEXT)
        {
          g_string_append (out, "…");
          break;
        }
      /* "5 %" stays on one line */
      if (space)
        g_string_append (out, c == '%' ? "\xc2\xa0" : " ");
      space = FALSE;
      g_string_append_unichar (out, c);
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static char *
clean_nullable (const char *text)
{
  return text != NULL && *text != '\0' ? hp_report_clean (text) : NULL;
}

static void
pair_free (gpointer data)
{
  HpReportPair *pair = data;

  g_free (pair->label);
  g_free (pair->text);
  g_free (pair->detail);
  g_free (pair);
}

static void
block_free (gpointer data)
{
  HpReportBlock *block = data;

  g_free (block->text);
  g_free (block->body);
  g_clear_pointer (&block->pairs, g_ptr_array_unref);
  g_clear_pointer (&block->items, g_ptr_array_unref);
  g_clear_pointer (&block->table, hp_report_table_free);
  g_clear_pointer (&block->chart, hp_chart_free);
  g_clear_pointer (&block->notes, g_array_unref);
  g_free (block);
}

static char *
format_date (gint64 made)
{
  g_autoptr (GDateTime) date = made != 0 ? g_date_time_new_from_unix_utc (made) : NULL;

  return date != NULL ? g_date_time_format (date, "%Y-%m-%d") : NULL;
}

/**
 * hp_report_get_dated:
 * @report: a report
 *
 * Returns: (transfer full) (nullable): "Report of 2026-11-30"; %NULL if it has no date
 */
char *
hp_report_get_dated (const HpReport *report)
{
  return report->date != NULL ? g_strdup_printf (_ ("Report of %s"), report->date) : NULL;
}

/**
 * hp_report_new:
 * @title: what it is about
 * @subtitle: (nullable): what else is said first
 * @made: when it is made, in seconds since 1970; 0 for none
 *
 * Returns: (transfer full): an empty report
 */
HpReport *
hp_report_new (const char *title, const char *subtitle, gint64 made)
{
  HpReport *report = g_new0 (HpReport, 1);

  report->title = hp_report_clean (title);
  report->subtitle = clean_nullable (subtitle);
  report->made = made;
  report->date = format_date (made);
  report->maker = g_strdup ("House Price Predictor " HP_VERSION);
  /* Translators: the language that you translate into, as BCP 47 writes it: de, pt-BR */
  report->language = hp_report_clean (_ ("en"));
  report->blocks = g_ptr_array_new_with_free_func (block_free);
  report->notes = g_ptr_array_new_with_free_func (g_free);
  return report;
}

/**
 * hp_report_free:
 * @report: (nullable): a report
 *
 * Frees it with its charts.
 */
void
hp_report_free (HpReport *report)
{
  if (report == NULL)
    return;
  g_free (report->title);
  g_free (report->subtitle);
  g_free (report->date);
  g_free (report->maker);
  g_free (report->language);
  g_ptr_array_unref (report->blocks);
  g_ptr_array_unref (report->notes);
  g_free (report);
}

static HpReportBlock *
add_block (HpReport *report, HpReportBlockKind kind, const char *text)
{
  HpReportBlock *block = g_new0 (HpReportBlock, 1);

  block->kind = kind;
  block->text = clean_nullable (text);
  g_ptr_array_add (report->blocks, block);
  return block;
}

/**
 * hp_report_add_heading:
 * @report: a report
 * @level: 2, or 3 below it
 * @text: the heading
 *
 * Returns: (transfer none): its block
 */
HpReportBlock *
hp_report_add_heading (HpReport *report, guint level, const char *text)
{
  HpReportBlock *block = add_block (report, HP_BLOCK_HEADING, text);

  block->level = CLAMP (level, 2, 3);
  return block;
}

/**
 * hp_report_add_paragraph:
 * @report: a report
 * @text: sentences
 *
 * Returns: (transfer none): its block
 */
HpReportBlock *
hp_report_add_paragraph (HpReport *report, const char *text)
{
  return add_block (report, HP_BLOCK_PARAGRAPH, text);
}

/**
 * hp_report_add_paragraphf:
 * @report: a report
 * @format: as of printf()
 * @...: its values
 *
 * Returns: (transfer none): its block
 */
HpReportBlock *
hp_report_add_paragraphf (HpReport *report, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  return add_block (report, HP_BLOCK_PARAGRAPH, text);
}

/**
 * hp_report_add_list:
 * @report: a report
 *
 * Returns: (transfer none): the block of an empty list, for hp_report_block_add_item()
 */
HpReportBlock *
hp_report_add_list (HpReport *report)
{
  HpReportBlock *block = add_block (report, HP_BLOCK_LIST, NULL);

  block->items = g_ptr_array_new_with_free_func (g_free);
  return block;
}

/**
 * hp_report_add_callout:
 * @report: a report
 * @tone: how grave it is
 * @title: what it says, in short
 * @body: (nullable): the rest
 *
 * Returns: (transfer none): its block
 */
HpReportBlock *
hp_report_add_callout (HpReport *report, HpReportTone tone, const char *title, const char *body)
{
  HpReportBlock *block = add_block (report, HP_BLOCK_CALLOUT, title);

  block->tone = tone;
  block->body = clean_nullable (body);
  return block;
}

/**
 * hp_report_add_pairs:
 * @report: a report
 * @kind: of what has a label and a text
 *
 * Returns: (transfer none): the block, for hp_report_block_add_pair()
 */
HpReportBlock *
hp_report_add_pairs (HpReport *report, HpReportBlockKind kind)
{
  HpReportBlock *block = add_block (report, kind, NULL);

  block->pairs = g_ptr_array_new_with_free_func (pair_free);
  return block;
}

/**
 * hp_report_add_table:
 * @report: a report
 * @caption: (nullable): what it shows
 *
 * Returns: (transfer none): an empty table: add its columns, then its rows
 */
HpReportTable *
hp_report_add_table (HpReport *report, const char *caption)
{
  HpReportBlock *block = add_block (report, HP_BLOCK_TABLE, caption);

  block->table = hp_report_table_new ();
  if (block->text != NULL)
    block->number = ++report->n_tables;
  return block->table;
}

/**
 * hp_report_add_chart:
 * @report: a report
 * @chart: (transfer full): a chart, finished
 * @half: whether half the page's width is enough
 *
 * Returns: (transfer none): its block
 */
HpReportBlock *
hp_report_add_chart (HpReport *report, HpChart *chart, gboolean half)
{
  HpReportBlock *block = add_block (report, HP_BLOCK_CHART, chart->title);

  /* the caption says it, and the report says of which sales: not in the picture once more */
  g_clear_pointer (&chart->title, g_free);
  g_clear_pointer (&chart->subtitle, g_free);
  block->chart = chart;
  block->body = clean_nullable (chart->empty != NULL ? chart->empty : chart->summary);
  block->half = half;
  block->number = ++report->n_charts;
  return block;
}

/**
 * hp_report_block_add_pair:
 * @block: of hp_report_add_pairs()
 * @label: what it is
 * @text: (nullable): what it says
 * @detail: (nullable): beneath a key figure
 *
 * Returns: (transfer none): the pair
 */
HpReportPair *
hp_report_block_add_pair (HpReportBlock *block, const char *label, const char *text, const char *detail)
{
  HpReportPair *pair = g_new0 (HpReportPair, 1);

  pair->label = hp_report_clean (label);
  pair->text = hp_report_clean (text);
  pair->detail = clean_nullable (detail);
  g_ptr_array_add (block->pairs, pair);
  return pair;
}

/**
 * hp_report_block_add_item:
 * @block: of hp_report_add_list()
 * @text: a sentence
 *
 * Adds to a list.
 */
void
hp_report_block_add_item (HpReportBlock *block, const char *text)
{
  g_ptr_array_add (block->items, hp_report_clean (text));
}

/**
 * hp_report_add_note:
 * @report: a report
 * @block: a heading, paragraph, callout, table or chart of it
 * @text: the footnote
 *
 * A note that says the same as an earlier one has its number.
 */
void
hp_report_add_note (HpReport *report, HpReportBlock *block, const char *text)
{
  g_autofree char *clean = hp_report_clean (text);
  guint at, number;

  if (!g_ptr_array_find_with_equal_func (report->notes, clean, g_str_equal, &at))
    {
      at = report->notes->len;
      g_ptr_array_add (report->notes, g_steal_pointer (&clean));
    }
  number = at + 1;
  if (block->notes == NULL)
    block->notes = g_array_new (FALSE, FALSE, sizeof (guint));
  g_array_append_val (block->notes, number);
}

/**
 * hp_report_get_last_block:
 * @report: a report with a block
 *
 * Returns: (transfer none): the block added last
 */
HpReportBlock *
hp_report_get_last_block (HpReport *report)
{
  g_assert (report->blocks->len > 0);
  return report->blocks->pdata[report->blocks->len - 1];
}
