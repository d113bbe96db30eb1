/* hp-report-item.c - items of a layout and the marks in them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hp-report-layout-private.h"

#include "hp-plot.h"

const HpReportInk hp_report_inks[] = {
  [HP_INK_TEXT] = { 0.07, 0.07, 0.08 }, [HP_INK_WEAK] = { 0.33, 0.33, 0.37 }, [HP_INK_RULE] = { 0.79, 0.79, 0.81 },
  [HP_INK_SOFT] = { 0.95, 0.95, 0.96 }, [HP_INK_GOOD] = { 0.10, 0.43, 0.22 }, [HP_INK_WARN] = { 0.54, 0.29, 0.00 },
  [HP_INK_BAD] = { 0.65, 0.11, 0.18 },  [HP_INK_MARK] = { 1.00, 0.95, 0.75 },
};

/**
 * hp_report_tone_ink:
 * @tone: what a text means
 *
 * Returns: its colour
 */
HpReportInk
hp_report_tone_ink (HpReportTone tone)
{
  static const HpReportInkId ids[] = {
    [HP_TONE_PLAIN] = HP_INK_TEXT,   [HP_TONE_STRONG] = HP_INK_TEXT, [HP_TONE_WEAK] = HP_INK_WEAK,
    [HP_TONE_GOOD] = HP_INK_GOOD,    [HP_TONE_WARN] = HP_INK_WARN,   [HP_TONE_BAD] = HP_INK_BAD,
    [HP_TONE_DIFFERS] = HP_INK_TEXT,
  };

  return hp_report_inks[ids[tone]];
}

static void
clear_mark (gpointer data)
{
  HpReportMark *mark = data;

  g_clear_object (&mark->layout);
}

static void
item_free (gpointer data)
{
  HpReportItem *item = data;

  g_array_unref (item->marks);
  g_free (item);
}

/**
 * hp_report_layout_new:
 * @language: of the text, BCP 47
 * @width: of the text on a page, in points
 * @height: of it
 *
 * Its font map is its own, so that it may be used in any thread. Sizes don't depend on a screen: nothing is hinted.
 *
 * Returns: (transfer full): an empty layout
 */
HpReportLayout *
hp_report_layout_new (const char *language, double width, double height)
{
  HpReportLayout *layout = g_new0 (HpReportLayout, 1);
  PangoFontMap *fonts = pango_cairo_font_map_new ();
  cairo_font_options_t *options = cairo_font_options_create ();

  pango_cairo_font_map_set_resolution (PANGO_CAIRO_FONT_MAP (fonts), 72);
  layout->context = pango_font_map_create_context (fonts);
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options (layout->context, options);
  pango_context_set_round_glyph_positions (layout->context, FALSE);
  pango_context_set_language (layout->context, pango_language_from_string (language));
  cairo_font_options_destroy (options);
  g_object_unref (fonts);
  layout->width = width;
  layout->height = height;
  layout->items = g_ptr_array_new_with_free_func (item_free);
  return layout;
}

/**
 * hp_report_layout_free:
 * @layout: a layout
 *
 * Frees it and its items.
 */
void
hp_report_layout_free (HpReportLayout *layout)
{
  g_ptr_array_unref (layout->items);
  g_object_unref (layout->context);
  g_free (layout);
}

/**
 * hp_report_layout_text:
 * @layout: the layout
 * @text: what it says
 * @n_bold: how many bytes at its beginning are bold; -1: all
 * @size: of the letters, in points
 * @width: where lines end; below 0: nowhere
 *
 * Returns: (transfer full): the text, with digits of one width
 */
PangoLayout *
hp_report_layout_text (HpReportLayout *layout, const char *text, int n_bold, double size, double width)
{
  PangoLayout *out = pango_layout_new (layout->context);
  PangoFontDescription *font = pango_font_description_new ();
  PangoAttrList *attributes = pango_attr_list_new ();
  PangoAttribute *weight = pango_attr_weight_new (PANGO_WEIGHT_BOLD);

  pango_font_description_set_family (font, "Sans");
  pango_font_description_set_size (font, (int) (size * PANGO_SCALE + 0.5));
  pango_layout_set_font_description (out, font);
  pango_font_description_free (font);
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
  if (n_bold > 0)
    weight->end_index = n_bold;
  if (n_bold != 0)
    pango_attr_list_insert (attributes, weight);
  else
    pango_attribute_destroy (weight);
  pango_layout_set_attributes (out, attributes);
  pango_attr_list_unref (attributes);
  pango_layout_set_width (out, width < 0 ? -1 : (int) (width * PANGO_SCALE));
  pango_layout_set_wrap (out, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_line_spacing (out, 1.12f);
  pango_layout_set_text (out, text, -1);
  return out;
}

/**
 * hp_report_layout_measure:
 * @text: a text
 * @width: (out) (nullable): its width, in points
 * @height: (out) (nullable): its height
 *
 * Measures a text.
 */
void
hp_report_layout_measure (PangoLayout *text, double *width, double *height)
{
  int w, h;

  pango_layout_get_size (text, &w, &h);
  if (width != NULL)
    *width = (double) w / PANGO_SCALE;
  if (height != NULL)
    *height = (double) h / PANGO_SCALE;
}

/**
 * hp_report_layout_add:
 * @layout: the layout
 * @space: above it
 * @height: of it
 *
 * Returns: (transfer none): a new item at the end
 */
HpReportItem *
hp_report_layout_add (HpReportLayout *layout, double space, double height)
{
  HpReportItem *item = g_new0 (HpReportItem, 1);

  item->space = space;
  item->height = height;
  item->marks = g_array_new (FALSE, TRUE, sizeof (HpReportMark));
  g_array_set_clear_func (item->marks, clear_mark);
  g_ptr_array_add (layout->items, item);
  return item;
}

/**
 * hp_report_item_fill:
 * @item: an item
 * @x: left side
 * @y: upper side
 * @width: of the rectangle
 * @height: of it
 * @ink: its colour
 *
 * Adds a rectangle; a rule is a thin one.
 */
void
hp_report_item_fill (HpReportItem *item, double x, double y, double width, double height, HpReportInk ink)
{
  HpReportMark mark = { HP_MARK_FILL, x, y, width, height, ink, NULL, 0, NULL, 1 };

  g_array_append_val (item->marks, mark);
}

/**
 * hp_report_item_text:
 * @item: an item
 * @text: (transfer full): a text
 * @x: its left side
 * @y: its upper side
 * @ink: its colour
 *
 * Adds a text.
 */
void
hp_report_item_text (HpReportItem *item, PangoLayout *text, double x, double y, HpReportInk ink)
{
  HpReportMark mark = { HP_MARK_TEXT, x, y, 0, 0, ink, text, 0, NULL, 1 };

  g_array_append_val (item->marks, mark);
}

/**
 * hp_report_item_chart:
 * @item: an item
 * @chart: (transfer none): what outlives it
 * @x: left side
 * @y: upper side
 * @width: of it
 * @height: of it
 * @scale: at which it is drawn
 *
 * Adds a chart.
 */
void
hp_report_item_chart (HpReportItem *item, const HpChart *chart, double x, double y, double width, double height,
                      double scale)
{
  HpReportMark mark = { HP_MARK_CHART, x, y, width, height, hp_report_inks[HP_INK_TEXT], NULL, 0, chart, scale };

  g_array_append_val (item->marks, mark);
}

/**
 * hp_report_layout_lines:
 * @layout: the layout
 * @text: (transfer full): a text
 * @x: its left side
 * @space: above it
 * @ink: its colour
 * @keep: with what follows
 *
 * Adds each line as an item, so that pages may end between them, but neither after the first nor before the last.
 */
void
hp_report_layout_lines (HpReportLayout *layout, PangoLayout *text, double x, double space, HpReportInk ink,
                        gboolean keep)
{
  int n = pango_layout_get_line_count (text);
  PangoLayoutIter *at = pango_layout_get_iter (text);
  int top = 0;

  for (int i = 0; i < n; i++)
    {
      PangoRectangle extents;
      HpReportMark mark = { HP_MARK_LINE, x, 0, 0, 0, ink, g_object_ref (text), i, NULL, 1 };
      HpReportItem *item;
      int bottom;

      pango_layout_iter_get_line_extents (at, NULL, &extents);
      pango_layout_iter_get_line_yrange (at, NULL, &bottom);
      item = hp_report_layout_add (layout, i == 0 ? space : 0, (double) (bottom - top) / PANGO_SCALE);
      mark.x = x + (double) extents.x / PANGO_SCALE;
      mark.y = (double) (pango_layout_iter_get_baseline (at) - top) / PANGO_SCALE;
      g_array_append_val (item->marks, mark);
      item->keep = i == n - 1 ? keep : i == 0 || i == n - 2;
      top = bottom;
      pango_layout_iter_next_line (at);
    }
  pango_layout_iter_free (at);
  g_object_unref (text);
}

static void
draw_mark (const HpReportMark *mark, cairo_t *cairo)
{
  cairo_set_source_rgb (cairo, mark->ink.red, mark->ink.green, mark->ink.blue);
  switch (mark->kind)
    {
    case HP_MARK_FILL:
      cairo_rectangle (cairo, mark->x, mark->y, mark->width, mark->height);
      cairo_fill (cairo);
      break;
    case HP_MARK_TEXT:
      cairo_move_to (cairo, mark->x, mark->y);
      pango_cairo_show_layout (cairo, mark->layout);
      break;
    case HP_MARK_LINE:
      cairo_move_to (cairo, mark->x, mark->y);
      pango_cairo_show_layout_line (cairo, pango_layout_get_line_readonly (mark->layout, mark->line));
      break;
    case HP_MARK_CHART:
    default:
      cairo_translate (cairo, mark->x, mark->y);
      cairo_scale (cairo, mark->scale, mark->scale);
      hp_plot_draw_chart (mark->chart, cairo, mark->width / mark->scale, mark->height / mark->scale, HP_PALETTE_LIGHT);
      break;
    }
}

/**
 * hp_report_item_draw:
 * @item: an item
 * @cairo: where to
 * @x: its left side
 * @y: its upper side
 *
 * Draws what is in it.
 */
void
hp_report_item_draw (const HpReportItem *item, cairo_t *cairo, double x, double y)
{
  for (guint i = 0; i < item->marks->len; i++)
    {
      cairo_save (cairo);
      cairo_translate (cairo, x, y);
      draw_mark (&g_array_index (item->marks, HpReportMark, i), cairo);
      cairo_restore (cairo);
    }
}
