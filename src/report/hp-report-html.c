/* hp-report-html.c - a report as one file of HTML that needs nothing but itself
 *
 * Charts are inline SVG; there are no scripts, no fonts and no pictures from elsewhere, and a policy in its head that
 * says so. It is well-formed XML too, which a test holds it to.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "hp-report-private.h"

typedef struct
{
  GString *out;
  const HpReport *report;
  gboolean *noted;  /* of each note: something points at it already, and has its id */
  gboolean section; /* one is open */
  gboolean pair;    /* the first of two charts side by side stands */
} Writer;

static void
append_escaped (GString *out, const char *text)
{
  for (const char *p = text; *p != '\0'; p++)
    switch (*p)
      {
      case '&':
        g_string_append (out, "&amp;");
        break;
      case '<':
        g_string_append (out, "&lt;");
        break;
      case '>':
        g_string_append (out, "&gt;");
        break;
      case '"':
        g_string_append (out, "&quot;");
        break;
      case '\'':
        g_string_append (out, "&#39;");
        break;
      default:
        g_string_append_c (out, *p);
        break;
      }
}

/* before, the text escaped, after */
static void
append_element (Writer *writer, const char *before, const char *text, const char *after)
{
  g_string_append (writer->out, before);
  append_escaped (writer->out, text != NULL ? text : "");
  g_string_append (writer->out, after);
}

static const char *
tone_class (HpReportTone tone)
{
  static const char *const names[] = { "", "strong", "weak", "good", "warn", "bad", "differs" };

  return names[tone];
}

static void
append_notes (Writer *writer, const HpReportBlock *block)
{
  for (guint i = 0; block->notes != NULL && i < block->notes->len; i++)
    {
      guint number = g_array_index (block->notes, guint, i);

      g_string_append (writer->out, "<sup><a");
      if (!writer->noted[number - 1])
        g_string_append_printf (writer->out, " id=\"ref-%u\"", number);
      writer->noted[number - 1] = TRUE;
      g_string_append_printf (writer->out, " href=\"#note-%u\">%u</a></sup>", number, number);
    }
}

static void
append_caption (Writer *writer, const HpReportBlock *block, const char *element)
{
  g_autofree char *number = hp_report_block_get_number (block);

  if (block->text == NULL)
    return;
  g_string_append_printf (writer->out, "<%s><b>", element);
  append_escaped (writer->out, number);
  g_string_append (writer->out, "</b>");
  append_escaped (writer->out, block->text);
  append_notes (writer, block);
  g_string_append_printf (writer->out, "</%s>\n", element);
}

static void
append_class (GString *out, HpReportAlign align, HpReportTone tone)
{
  static const char *const aligns[] = { "", "right", "center" };
  const char *a = aligns[align], *t = tone_class (tone);

  if (*a != '\0' || *t != '\0')
    g_string_append_printf (out, " class=\"%s%s%s\"", a, *a != '\0' && *t != '\0' ? " " : "", t);
}

static gboolean
has_heads (const HpReportTable *table)
{
  for (guint c = 0; c < table->columns->len; c++)
    if (*((HpReportColumn *) table->columns->pdata[c])->title != '\0')
      return TRUE;
  return FALSE;
}

static void
append_head (Writer *writer, const HpReportTable *table)
{
  g_string_append (writer->out, "<thead><tr>");
  for (guint c = 0; c < table->columns->len; c++)
    {
      const HpReportColumn *column = table->columns->pdata[c];
      /* an empty head is no head, for those who hear the table */
      const char *element = *column->title != '\0' ? "th scope=\"col\"" : "td";

      g_string_append_printf (writer->out, "<%s", element);
      append_class (writer->out, column->align, HP_TONE_PLAIN);
      append_element (writer, ">", column->title, "");
      if (column->unit != NULL)
        append_element (writer, "<small>", column->unit, "</small>");
      g_string_append (writer->out, *column->title != '\0' ? "</th>" : "</td>");
    }
  g_string_append (writer->out, "</tr></thead>\n");
}

static void
append_table (Writer *writer, const HpReportBlock *block)
{
  const HpReportTable *table = block->table;

  /* wider than a small screen: it scrolls, also by keyboard */
  g_string_append (writer->out, "<div class=\"scroll\" role=\"region\" tabindex=\"0\"");
  append_element (writer, " aria-label=\"", block->text != NULL ? block->text : _ ("Table"), "\">\n<table>\n");
  append_caption (writer, block, "caption");
  if (has_heads (table))
    append_head (writer, table);
  g_string_append (writer->out, "<tbody>\n");
  for (guint r = 0; r < table->rows->len; r++)
    {
      g_string_append (writer->out, "<tr>");
      for (guint c = 0; c < table->columns->len; c++)
        {
          const HpReportColumn *column = table->columns->pdata[c];
          const HpReportCell *cell = hp_report_row_get_cell (table->rows->pdata[r], c);

          g_string_append (writer->out, c == 0 ? "<th scope=\"row\"" : "<td");
          append_class (writer->out, column->align, cell != NULL ? cell->tone : HP_TONE_PLAIN);
          append_element (writer, ">", cell != NULL ? cell->text : "", c == 0 ? "</th>" : "</td>");
        }
      g_string_append (writer->out, "</tr>\n");
    }
  g_string_append (writer->out, "</tbody>\n</table>\n</div>\n");
}

static void
append_pairs (Writer *writer, const HpReportBlock *block)
{
  gboolean boxed = block->kind == HP_BLOCK_FIGURES || block->kind == HP_BLOCK_SIGNATURES;

  g_string_append_printf (writer->out, "<dl class=\"%s\">\n",
                          block->kind == HP_BLOCK_FIGURES      ? "figures"
                          : block->kind == HP_BLOCK_FACTS      ? "facts"
                          : block->kind == HP_BLOCK_SIGNATURES ? "sign"
                                                               : "terms");
  for (guint i = 0; i < block->pairs->len; i++)
    {
      const HpReportPair *pair = block->pairs->pdata[i];

      if (boxed)
        {
          g_string_append (writer->out, "<div");
          append_class (writer->out, HP_COLUMN_LEFT, pair->tone);
          g_string_append (writer->out, ">");
        }
      append_element (writer, "<dt>", pair->label, "</dt>");
      append_element (writer, block->kind == HP_BLOCK_FIGURES ? "<dd class=\"value\">" : "<dd>", pair->text, "</dd>");
      if (pair->detail != NULL)
        append_element (writer, "<dd class=\"detail\">", pair->detail, "</dd>");
      g_string_append (writer->out, boxed ? "</div>\n" : "\n");
    }
  g_string_append (writer->out, "</dl>\n");
}

static gboolean
append_chart (Writer *writer, const HpReportBlock *block, GError **error)
{
  g_autoptr (GBytes) svg = hp_report_block_get_svg (block, error);
  g_autofree char *prefix = g_strdup_printf ("c%u-", block->number);
  g_autofree char *picture = NULL;
  gsize length = 0;
  const char *bytes = svg != NULL ? g_bytes_get_data (svg, &length) : NULL;

  if (svg == NULL)
    return FALSE;
  picture = hp_report_svg_inline (bytes, length, prefix);
  g_string_append_printf (writer->out, "<figure id=\"chart-%u\"%s>\n", block->number,
                          block->half ? " class=\"half\"" : "");
  append_caption (writer, block, "figcaption");
  append_element (writer, "<div role=\"img\" aria-label=\"", block->body != NULL ? block->body : block->text, "\">");
  g_string_append (writer->out, picture);
  g_string_append (writer->out, "</div>\n");
  if (block->body != NULL)
    append_element (writer, "<p>", block->body, "</p>\n");
  g_string_append (writer->out, "</figure>\n");
  return TRUE;
}

static void
close_section (Writer *writer)
{
  if (writer->section)
    g_string_append (writer->out, "</section>\n");
  writer->section = FALSE;
}

static void
append_heading (Writer *writer, const HpReportBlock *block)
{
  if (block->level == 2)
    {
      close_section (writer);
      g_string_append (writer->out, "<section>\n");
      writer->section = TRUE;
    }
  append_element (writer, block->level == 2 ? "<h2>" : "<h3>", block->text, "");
  append_notes (writer, block);
  g_string_append (writer->out, block->level == 2 ? "</h2>\n" : "</h3>\n");
}

static void
append_callout (Writer *writer, const HpReportBlock *block)
{
  const char *tone = tone_class (block->tone);

  g_string_append_printf (writer->out, "<div class=\"callout%s%s\" role=\"note\">\n", *tone != '\0' ? " " : "", tone);
  append_element (writer, "<p>", block->text, "");
  append_notes (writer, block);
  g_string_append (writer->out, "</p>\n");
  if (block->body != NULL)
    append_element (writer, "<p>", block->body, "</p>\n");
  g_string_append (writer->out, "</div>\n");
}

static gboolean
append_block (Writer *writer, const HpReportBlock *block, GError **error)
{
  switch (block->kind)
    {
    case HP_BLOCK_HEADING:
      append_heading (writer, block);
      return TRUE;
    case HP_BLOCK_PARAGRAPH:
      append_element (writer, "<p>", block->text, "");
      append_notes (writer, block);
      g_string_append (writer->out, "</p>\n");
      return TRUE;
    case HP_BLOCK_LIST:
      g_string_append (writer->out, "<ul>\n");
      for (guint i = 0; i < block->items->len; i++)
        append_element (writer, "<li>", block->items->pdata[i], "</li>\n");
      g_string_append (writer->out, "</ul>\n");
      return TRUE;
    case HP_BLOCK_CALLOUT:
      append_callout (writer, block);
      return TRUE;
    case HP_BLOCK_TABLE:
      append_table (writer, block);
      return TRUE;
    case HP_BLOCK_CHART:
      return append_chart (writer, block, error);
    case HP_BLOCK_FIGURES:
    case HP_BLOCK_FACTS:
    case HP_BLOCK_TERMS:
    case HP_BLOCK_SIGNATURES:
    default:
      append_pairs (writer, block);
      return TRUE;
    }
}

/* Two half charts in a row stand side by side. */
static gboolean
append_blocks (Writer *writer, GError **error)
{
  const GPtrArray *blocks = writer->report->blocks;

  for (guint i = 0; i < blocks->len; i++)
    {
      const HpReportBlock *block = blocks->pdata[i], *next = i + 1 < blocks->len ? blocks->pdata[i + 1] : NULL;
      gboolean half = block->kind == HP_BLOCK_CHART && block->half;
      gboolean opens = half && !writer->pair && next != NULL && next->kind == HP_BLOCK_CHART && next->half;
      gboolean closes = writer->pair;

      if (opens)
        g_string_append (writer->out, "<div class=\"pair\">\n");
      if (!append_block (writer, block, error))
        return FALSE;
      if (closes)
        g_string_append (writer->out, "</div>\n");
      writer->pair = opens;
    }
  close_section (writer);
  return TRUE;
}

static void
append_footnotes (Writer *writer)
{
  const GPtrArray *notes = writer->report->notes;

  if (notes->len == 0)
    return;
  append_element (writer, "<section class=\"notes\">\n<h2>", _ ("Notes"), "</h2>\n<ol>\n");
  for (guint i = 0; i < notes->len; i++)
    {
      g_string_append_printf (writer->out, "<li id=\"note-%u\">", i + 1);
      append_element (writer, "", notes->pdata[i], " ");
      if (writer->noted[i])
        {
          g_string_append_printf (writer->out, "<a class=\"back\" href=\"#ref-%u\" aria-label=\"", i + 1);
          append_element (writer, "", _ ("Back to the text"), "\">↩</a>");
        }
      g_string_append (writer->out, "</li>\n");
    }
  g_string_append (writer->out, "</ol>\n</section>\n");
}

static void
append_top (Writer *writer, HpPaper paper)
{
  const HpReport *report = writer->report;
  g_autofree char *dated = hp_report_get_dated (report);
  double width, height;

  hp_paper_get_size (paper, &width, &height);
  append_element (writer, "<!DOCTYPE html>\n<html lang=\"", report->language, "\">\n<head>\n");
  g_string_append (writer->out, "<meta charset=\"utf-8\"/>\n"
                                "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n"
                                "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                                "style-src 'unsafe-inline'\"/>\n");
  append_element (writer, "<meta name=\"generator\" content=\"", report->maker, "\"/>\n");
  append_element (writer, "<title>", report->title, "</title>\n<style>\n");
  g_string_append (writer->out, hp_report_style);
  /* its own name stands in the foot of a page, where the browser knows how to write there */
  g_string_append_printf (writer->out,
                          "@page{size:%s;margin:18mm 17mm 20mm;@bottom-left{content:\"%s\";font:8pt sans-serif;"
                          "color:#4a4a52}@bottom-right{content:counter(page) \" / \" counter(pages);"
                          "font:8pt sans-serif;color:#4a4a52}}\n",
                          width < 600 ? "A4" : "letter", report->maker);
  hp_report_append_chart_style (writer->out);
  g_string_append (writer->out, "</style>\n</head>\n<body>\n<main>\n<header>\n");
  append_element (writer, "<h1>", report->title, "</h1>\n");
  if (report->subtitle != NULL)
    append_element (writer, "<p class=\"subtitle\">", report->subtitle, "</p>\n");
  if (dated != NULL)
    append_element (writer, "<p class=\"date\">", dated, "</p>\n");
  g_string_append (writer->out, "</header>\n");
}

/**
 * hp_report_to_html:
 * @report: a report
 * @paper: what it is printed on
 * @error: return location for a #GError
 *
 * Returns: (transfer full) (nullable): the file; %NULL if a chart can't be drawn
 */
char *
hp_report_to_html (const HpReport *report, HpPaper paper, GError **error)
{
  g_autoptr (GString) out = g_string_sized_new (65536);
  g_autofree gboolean *noted = g_new0 (gboolean, MAX (report->notes->len, 1));
  Writer writer = { out, report, noted, FALSE, FALSE };

  append_top (&writer, paper);
  if (!append_blocks (&writer, error))
    return NULL;
  append_footnotes (&writer);
  g_string_append (out, "</main>\n<footer>");
  append_element (&writer, "", report->maker, "</footer>\n</body>\n</html>\n");
  return g_string_free (g_steal_pointer (&out), FALSE);
}
