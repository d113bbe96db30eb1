/* hp-report-markdown.c - a report as Markdown, with the tables of GitHub's and its footnotes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hp-report-private.h"

/* A backslash before ASCII punctuation makes it itself, wherever it stands (CommonMark, "Backslash escapes"). What
 * could begin a paragraph's first line as a list, a quote or a heading is among them, and so are the bars of tables and
 * the marks of raw HTML. */
static void
append_escaped (GString *out, const char *text)
{
  gboolean first = TRUE;

  for (const char *p = text; *p != '\0'; p++, first = FALSE)
    {
      /* "1." and "1)" begin a list where a line begins */
      gboolean ordinal = (*p == '.' || *p == ')') && p > text && (p[1] == ' ' || p[1] == '\0')
                         && strspn (text, "0123456789") == (gsize) (p - text);

      if (strchr ("\\`*_{}[]<>#|~&!^", *p) != NULL || ordinal || (first && strchr ("-+=:", *p) != NULL)
          || (*p == ':' && strncmp (p, "://", 3) == 0) || *p == '@')
        g_string_append_c (out, '\\');
      g_string_append_c (out, *p);
    }
}

static void
append_notes (GString *out, const HpReportBlock *block)
{
  for (guint i = 0; block->notes != NULL && i < block->notes->len; i++)
    g_string_append_printf (out, "[^%u]", g_array_index (block->notes, guint, i));
}

static void
append_emphasis (GString *out, const char *text, HpReportTone tone)
{
  const char *mark = tone == HP_TONE_STRONG || tone == HP_TONE_DIFFERS || tone == HP_TONE_BAD ? "**"
                     : tone == HP_TONE_WEAK                                                   ? "*"
                                                                                              : "";

  if (*text == '\0')
    return;
  g_string_append (out, mark);
  append_escaped (out, text);
  g_string_append (out, mark);
}

static void
append_caption (GString *out, const HpReportBlock *block)
{
  g_autofree char *number = hp_report_block_get_number (block);

  if (block->text == NULL)
    return;
  g_string_append (out, "**");
  append_escaped (out, number);
  append_escaped (out, block->text);
  g_string_append (out, "**");
  append_notes (out, block);
  g_string_append (out, "\n\n");
}

static void
append_table (GString *out, const HpReportBlock *block)
{
  static const char *const rules[] = { ":--", "--:", ":-:" };
  const HpReportTable *table = block->table;

  append_caption (out, block);
  for (guint c = 0; c < table->columns->len; c++)
    {
      const HpReportColumn *column = table->columns->pdata[c];

      g_string_append (out, "| ");
      append_escaped (out, column->title);
      if (column->unit != NULL)
        {
          g_string_append (out, *column->title != '\0' ? ", " : "");
          append_escaped (out, column->unit);
        }
      g_string_append_c (out, ' ');
    }
  g_string_append (out, "|\n");
  for (guint c = 0; c < table->columns->len; c++)
    g_string_append_printf (out, "|%s", rules[((HpReportColumn *) table->columns->pdata[c])->align]);
  g_string_append (out, "|\n");
  for (guint r = 0; r < table->rows->len; r++)
    {
      for (guint c = 0; c < table->columns->len; c++)
        {
          const HpReportCell *cell = hp_report_row_get_cell (table->rows->pdata[r], c);

          g_string_append (out, "| ");
          if (cell != NULL)
            append_emphasis (out, cell->text, cell->tone);
          g_string_append_c (out, ' ');
        }
      g_string_append (out, "|\n");
    }
  g_string_append_c (out, '\n');
}

static void
append_pairs (GString *out, const HpReportBlock *block)
{
  for (guint i = 0; i < block->pairs->len; i++)
    {
      const HpReportPair *pair = block->pairs->pdata[i];

      g_string_append (out, "- **");
      append_escaped (out, pair->label);
      g_string_append (out, "**: ");
      if (block->kind == HP_BLOCK_SIGNATURES && *pair->text == '\0')
        g_string_append (out, "\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_");
      else
        append_escaped (out, pair->text);
      if (pair->detail != NULL)
        {
          g_string_append (out, " (");
          append_escaped (out, pair->detail);
          g_string_append_c (out, ')');
        }
      g_string_append_c (out, '\n');
    }
  g_string_append_c (out, '\n');
}

static void
append_chart (GString *out, const HpReportBlock *block, const char *picture)
{
  append_caption (out, block);
  if (picture != NULL)
    {
      const char *at = strstr (picture, "%u");

      g_string_append (out, "![");
      append_escaped (out, block->body != NULL ? block->body : block->text);
      g_string_append (out, "](<");
      g_string_append_len (out, picture, at != NULL ? at - picture : (gssize) strlen (picture));
      if (at != NULL)
        g_string_append_printf (out, "%u%s", block->number, at + 2);
      g_string_append (out, ">)\n\n");
    }
  if (block->body != NULL)
    {
      append_escaped (out, block->body);
      g_string_append (out, "\n\n");
    }
}

static void
append_block (GString *out, const HpReportBlock *block, const char *picture)
{
  switch (block->kind)
    {
    case HP_BLOCK_HEADING:
      g_string_append (out, block->level == 2 ? "## " : "### ");
      append_escaped (out, block->text != NULL ? block->text : "");
      append_notes (out, block);
      g_string_append (out, "\n\n");
      break;
    case HP_BLOCK_PARAGRAPH:
      append_escaped (out, block->text != NULL ? block->text : "");
      append_notes (out, block);
      g_string_append (out, "\n\n");
      break;
    case HP_BLOCK_CALLOUT:
      g_string_append (out, "> **");
      append_escaped (out, block->text != NULL ? block->text : "");
      g_string_append (out, "**");
      append_notes (out, block);
      if (block->body != NULL)
        {
          g_string_append (out, "\n>\n> ");
          append_escaped (out, block->body);
        }
      g_string_append (out, "\n\n");
      break;
    case HP_BLOCK_LIST:
      for (guint i = 0; i < block->items->len; i++)
        {
          g_string_append (out, "- ");
          append_escaped (out, block->items->pdata[i]);
          g_string_append_c (out, '\n');
        }
      g_string_append_c (out, '\n');
      break;
    case HP_BLOCK_TABLE:
      append_table (out, block);
      break;
    case HP_BLOCK_CHART:
      append_chart (out, block, picture);
      break;
    case HP_BLOCK_FIGURES:
    case HP_BLOCK_FACTS:
    case HP_BLOCK_TERMS:
    case HP_BLOCK_SIGNATURES:
    default:
      append_pairs (out, block);
      break;
    }
}

/**
 * hp_report_to_markdown:
 * @report: a report
 * @picture: (nullable): name of the picture of a chart, with `%u` for its number; %NULL: none
 *
 * Headings, lists and tables as CommonMark and its tables extension write them. A chart is its sentence, and the
 * picture if there is one.
 *
 * Returns: (transfer full): the text
 */
char *
hp_report_to_markdown (const HpReport *report, const char *picture)
{
  g_autoptr (GString) out = g_string_new ("# ");
  g_autofree char *dated = hp_report_get_dated (report);

  append_escaped (out, report->title);
  g_string_append (out, "\n\n");
  if (report->subtitle != NULL)
    {
      append_escaped (out, report->subtitle);
      g_string_append (out, "\n\n");
    }
  if (dated != NULL)
    {
      append_escaped (out, dated);
      g_string_append (out, "\n\n");
    }
  for (guint i = 0; i < report->blocks->len; i++)
    append_block (out, report->blocks->pdata[i], picture);
  for (guint i = 0; i < report->notes->len; i++)
    {
      g_string_append_printf (out, "[^%u]: ", i + 1);
      append_escaped (out, report->notes->pdata[i]);
      g_string_append_c (out, '\n');
    }
  g_string_append (out, report->notes->len > 0 ? "\n*" : "*");
  append_escaped (out, report->maker);
  g_string_append (out, "*\n");
  return g_string_free (g_steal_pointer (&out), FALSE);
}
