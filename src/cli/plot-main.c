/* plot-main.c - the helper that draws charts
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hp-file.h"
#include "hp-plot.h"
#include "hp-text.h"
#include "plot-source.h"

#define WIDTH  1000
#define HEIGHT 625

typedef enum
{
  FORMAT_SVG,
  FORMAT_PNG,
  FORMAT_PDF,
  N_FORMATS
} Format;

static const char *const endings[N_FORMATS] = { ".svg", ".png", ".pdf" };
static const char *const palettes[] = { "light", "dark", "high-contrast", "high-contrast-dark", NULL };

/* What the command line asked for, checked */
typedef struct
{
  const char *output; /* (nullable) */
  Format format;
  double width, height, scale;
  HpPaletteId palette;
} Picture;

static gboolean
read_format (Picture *picture, GError **error)
{
  for (picture->format = 0; picture->format < N_FORMATS; picture->format++)
    {
      g_autofree char *lower = g_ascii_strdown (picture->output, -1);

      if (g_str_has_suffix (lower, endings[picture->format]))
        return TRUE;
    }
  hp_set_error (error, HP_ERROR_USAGE, NULL, _ ("-o: “%s” does not end with .svg, .png or .pdf"), picture->output);
  return FALSE;
}

static gboolean
read_size (const char *text, Picture *picture, GError **error)
{
  char *end;

  if (text == NULL)
    return TRUE;
  picture->width = (double) g_ascii_strtoull (text, &end, 10);
  if (end != text && (*end == 'x' || *end == 'X') && g_ascii_isdigit (end[1]))
    {
      picture->height = (double) g_ascii_strtoull (end + 1, &end, 10);
      if (*end == '\0')
        return TRUE;
    }
  hp_set_error (error, HP_ERROR_USAGE, NULL, _ ("--size: “%s” is not a size; write 1000x625"), text);
  return FALSE;
}

static gboolean
read_palette (const char *text, Picture *picture, GError **error)
{
  for (guint i = 0; palettes[i] != NULL; i++)
    if (text == NULL || g_str_equal (text, palettes[i]))
      {
        picture->palette = (HpPaletteId) i;
        return TRUE;
      }
  hp_set_error (error, HP_ERROR_USAGE, NULL, _ ("--palette: “%s” is not one of %s"), text,
                "light, dark, high-contrast, high-contrast-dark");
  return FALSE;
}

static gboolean
read_picture (HpCli *cli, const HpCliPlotOptions *options, Picture *picture, GError **error)
{
  *picture = (Picture){ options->output, FORMAT_SVG, WIDTH, HEIGHT, 1, HP_PALETTE_LIGHT };
  if (options->scale != NULL && !hp_cli_parse_double ("--scale", options->scale, 0.1, 16, &picture->scale, error))
    return FALSE;
  if (!read_size (options->size, picture, error) || !read_palette (options->palette, picture, error))
    return FALSE;
  if (picture->output != NULL)
    return read_format (picture, error);
  if (cli->globals.json)
    return TRUE;
  hp_set_error (error, HP_ERROR_USAGE, NULL, _ ("plot needs a file to draw into: -o FILE.svg, .png or .pdf"));
  return FALSE;
}

static gboolean
draw (const Picture *picture, const HpChart *chart, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;

  if (picture->output == NULL)
    return TRUE;
  switch (picture->format)
    {
    case FORMAT_PNG:
      bytes = hp_plot_to_png (chart, picture->width, picture->height, picture->scale, picture->palette, error);
      break;
    case FORMAT_PDF:
      bytes = hp_plot_to_pdf (chart, picture->width, picture->height, picture->palette, error);
      break;
    case FORMAT_SVG:
    case N_FORMATS:
    default:
      bytes = hp_plot_to_svg (chart, picture->width, picture->height, picture->palette, error);
      break;
    }
  return bytes != NULL
         && hp_file_replace (picture->output, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), error);
}

static gboolean
tell (HpCli *cli, const HpChart *chart, GError **error)
{
  g_autoptr (HpJsonWriter) writer = NULL;
  g_autofree char *text = NULL;

  if (!cli->globals.json)
    {
      text = g_strconcat (chart->empty != NULL ? chart->empty : chart->summary, "\n", NULL);
      return hp_cli_print (cli, text, error);
    }
  writer = hp_json_writer_new (FALSE);
  hp_chart_write_json (chart, writer);
  return hp_cli_print_json (cli, writer, error);
}

static char *
shown_name (const HpChartKind *kind)
{
  return g_strconcat (kind->name, kind->has_attribute ? "ATTRIBUTE" : NULL, NULL);
}

static void
list_json (HpJsonWriter *writer)
{
  guint n;
  const HpChartKind *kinds = hp_chart_kinds (&n);

  hp_json_writer_begin_object (writer);
  hp_json_writer_key (writer, "kinds");
  hp_json_writer_begin_array (writer);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = shown_name (&kinds[i]);

      hp_json_writer_begin_object (writer);
      hp_json_writer_set_string (writer, "kind", name);
      hp_json_writer_set_string (writer, "title", hp_chart_kind_title (&kinds[i]));
      hp_json_writer_set_string (writer, "about", hp_chart_kind_about (&kinds[i]));
      hp_json_writer_end_object (writer);
    }
  hp_json_writer_end_array (writer);
  hp_json_writer_end_object (writer);
}

static void
list (HpCli *cli, GError **error)
{
  const char *const titles[] = { _ ("Kind"), _ ("What it answers"), NULL };
  guint n;
  const HpChartKind *kinds = hp_chart_kinds (&n);
  g_autoptr (HpCliTable) table = NULL;
  g_autoptr (GString) text = NULL;

  if (cli->globals.json)
    {
      g_autoptr (HpJsonWriter) writer = hp_json_writer_new (TRUE);

      list_json (writer);
      hp_cli_print_json (cli, writer, error);
      return;
    }
  table = hp_cli_table_new (titles, "ll");
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = shown_name (&kinds[i]);

      hp_cli_table_add (table, HP_STYLE_NONE, name, hp_chart_kind_about (&kinds[i]), NULL);
    }
  text = g_string_new (NULL);
  hp_cli_table_append (table, text, cli->color_stdout);
  hp_cli_print (cli, text->str, error);
}

static int
run (HpCli *cli, gconstpointer values, char **arguments, GError **error)
{
  const HpCliPlotOptions *options = values;
  const char *attribute = NULL;
  const HpChartKind *kind;
  g_autoptr (HpPlotSource) source = NULL;
  g_autoptr (HpChart) chart = NULL;
  Picture picture;

  if (options->list)
    {
      list (cli, error);
      return 0;
    }
  if (arguments[0] == NULL)
    {
      hp_set_error (error, HP_ERROR_USAGE, NULL,
                    _ ("plot needs the kind of chart; “house-price plot --list” shows them"));
      return 0;
    }
  kind = hp_chart_kind_find (arguments[0], &attribute, error);
  if (kind == NULL || !read_picture (cli, options, &picture, error))
    return 0;
  source = hp_plot_source_new (cli, options, kind, attribute, arguments + 1, error);
  if (source == NULL)
    {
      hp_cli_add_remedy (error);
      return 0;
    }
  chart = hp_chart_study_new (arguments[0], &source->source, error);
  if (chart != NULL && draw (&picture, chart, error))
    tell (cli, chart, error);
  return 0;
}

int
main (int argc, char **argv)
{
  HpCliVerb verb = hp_verb_plot;
  const HpCliVerb *const verbs[] = { &verb, NULL };

  verb.run = run;
  return hp_cli_main (verbs, argc, argv);
}
