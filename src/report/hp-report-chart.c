/* hp-report-chart.c - charts as parts of a report: their numbers, their pictures, their colours in the dark
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hp-plot.h"
#include "hp-report-private.h"

/**
 * hp_report_block_get_number:
 * @block: a table or a chart
 *
 * Returns: (transfer full): what its caption begins with: "Table 3. ", "Figure 2. "; empty if it has no number
 */
char *
hp_report_block_get_number (const HpReportBlock *block)
{
  if (block->number == 0)
    return g_strdup ("");
  return g_strdup_printf (block->kind == HP_BLOCK_TABLE ? _ ("Table %u. ") : _ ("Figure %u. "), block->number);
}

/**
 * hp_report_block_get_svg:
 * @block: a chart
 * @error: return location for a #GError
 *
 * Returns: (transfer full) (nullable): its picture, a file of SVG
 */
GBytes *
hp_report_block_get_svg (const HpReportBlock *block, GError **error)
{
  return hp_plot_to_svg (block->chart, block->half ? HP_REPORT_CHART_HALF_WIDTH : HP_REPORT_CHART_WIDTH,
                         block->half ? HP_REPORT_CHART_HALF_HEIGHT : HP_REPORT_CHART_HEIGHT, HP_PALETTE_LIGHT, error);
}

/* A colour as cairo writes it in SVG */
static char *
color_as_written (HpColor color)
{
  const double parts[] = { color.red, color.green, color.blue };
  g_autoptr (GString) text = g_string_new ("rgb(");

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      char number[40];
      gsize length;

      g_ascii_formatd (number, sizeof number, "%.6f", 100 * parts[i]);
      length = strlen (number);
      while (number[length - 1] == '0')
        length--;
      length -= number[length - 1] == '.';
      g_string_append (text, i > 0 ? "," : "");
      g_string_append_len (text, number, length);
      g_string_append_c (text, '%');
    }
  g_string_append_c (text, ')');
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
append_rule (GString *out, HpColor light, HpColor dark)
{
  g_autofree char *from = color_as_written (light), *to = color_as_written (dark);

  g_string_append_printf (out,
                          "svg [style*=\"fill:%s\"]{fill:%s!important}\n"
                          "svg [style*=\"stroke:%s\"]{stroke:%s!important}\n",
                          from, to, from, to);
}

/**
 * hp_report_append_chart_style:
 * @out: a style sheet
 *
 * Charts are drawn in the light palette. On a dark screen, rules that look for its colours as the pictures have them
 * put the dark palette's in their place; what is coloured by value stays.
 */
void
hp_report_append_chart_style (GString *out)
{
  const HpPalette *light = hp_palette_get (HP_PALETTE_LIGHT), *dark = hp_palette_get (HP_PALETTE_DARK);

  g_string_append (out, "@media screen and (prefers-color-scheme:dark){\n");
  append_rule (out, light->background, dark->background);
  append_rule (out, light->text, dark->text);
  append_rule (out, light->weak_text, dark->weak_text);
  append_rule (out, light->grid, dark->grid);
  append_rule (out, light->axis, dark->axis);
  for (guint role = 0; role < HP_N_ROLES; role++)
    append_rule (out, light->role[role], dark->role[role]);
  g_string_append (out, "}\n");
}
