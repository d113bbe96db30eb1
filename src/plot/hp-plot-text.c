/* hp-plot-text.c - texts: measured, placed, drawn by Pango, so that every script, direction and sign is right
 *
 * Metrics don't depend on pixels, so that a layout is the same on a screen, at any scale, and on paper.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "hp-plot-private.h"

#define LONGEST 600 /* characters: nothing longer can be read in a chart */

PangoLayout *
_hp_plot_text_layout (const HpPlot *plot, const char *text, HpPlotFont font)
{
  g_autoptr (PangoFontDescription) description = pango_font_description_new ();
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  PangoLayout *layout = pango_layout_new (plot->context);

  pango_font_description_set_family_static (description, "sans");
  pango_font_description_set_absolute_size (description, plot->size[font] * PANGO_SCALE);
  if (font == HP_PLOT_FONT_TITLE)
    pango_font_description_set_weight (description, PANGO_WEIGHT_BOLD);
  pango_layout_set_font_description (layout, description);
  if (g_utf8_strlen (valid, -1) > LONGEST)
    *g_utf8_offset_to_pointer (valid, LONGEST) = '\0';
  pango_layout_set_text (layout, valid, -1);
  return layout;
}

void
_hp_plot_text_measure (PangoLayout *layout, double *width, double *height)
{
  PangoRectangle logical;

  pango_layout_get_extents (layout, NULL, &logical);
  *width = (double) logical.width / PANGO_SCALE;
  *height = (double) logical.height / PANGO_SCALE;
}

/* No wider than that: over so many lines, then with an ellipsis */
void
_hp_plot_text_limit (PangoLayout *layout, double width, int max_lines)
{
  pango_layout_set_width (layout, (int) (MAX (width, 1) * PANGO_SCALE));
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_height (layout, max_lines > 1 ? -max_lines : 0);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  if (max_lines == 1)
    pango_layout_set_single_paragraph_mode (layout, TRUE);
}

HpPlotText *
_hp_plot_add_text (HpPlot *plot, HpPlotTextKind kind, PangoLayout *layout, double x, double y, HpColor color)
{
  HpPlotText text = { kind, layout, x, y, 0, 0, 0, color, FALSE };

  _hp_plot_text_measure (layout, &text.width, &text.height);
  g_array_append_val (plot->texts, text);
  return &g_array_index (plot->texts, HpPlotText, plot->texts->len - 1);
}

typedef struct
{
  double x[4], y[4];
} Corners;

static Corners
find_corners (const HpPlotText *text, double gap)
{
  const double across[] = { -gap, text->width + gap, text->width + gap, -gap };
  const double along[] = { -gap, -gap, text->height + gap, text->height + gap };
  double cosine = cos (text->angle), sine = sin (text->angle);
  Corners corners;

  for (int i = 0; i < 4; i++)
    {
      corners.x[i] = text->x + across[i] * cosine - along[i] * sine;
      corners.y[i] = text->y + across[i] * sine + along[i] * cosine;
    }
  return corners;
}

void
_hp_plot_text_bounds (const HpPlotText *text, HpPlotRect *bounds)
{
  Corners corners = find_corners (text, 0);
  double right = corners.x[0], bottom = corners.y[0];

  bounds->x = corners.x[0];
  bounds->y = corners.y[0];
  for (int i = 1; i < 4; i++)
    {
      bounds->x = MIN (bounds->x, corners.x[i]);
      bounds->y = MIN (bounds->y, corners.y[i]);
      right = MAX (right, corners.x[i]);
      bottom = MAX (bottom, corners.y[i]);
    }
  bounds->width = right - bounds->x;
  bounds->height = bottom - bounds->y;
}

/* Is there a line in that direction with one on each side of it? */
static gboolean
is_apart (const Corners *a, const Corners *b, double angle)
{
  double cosine = cos (angle), sine = sin (angle);
  double a_low = G_MAXDOUBLE, a_high = -G_MAXDOUBLE, b_low = G_MAXDOUBLE, b_high = -G_MAXDOUBLE;

  for (int i = 0; i < 4; i++)
    {
      double at_a = a->x[i] * cosine + a->y[i] * sine, at_b = b->x[i] * cosine + b->y[i] * sine;

      a_low = MIN (a_low, at_a);
      a_high = MAX (a_high, at_a);
      b_low = MIN (b_low, at_b);
      b_high = MAX (b_high, at_b);
    }
  return a_high <= b_low || b_high <= a_low;
}

/* Boxes that may be turned: apart if an axis of one of them separates them */
gboolean
_hp_plot_texts_overlap (const HpPlotText *a, const HpPlotText *b, double gap)
{
  Corners of_a = find_corners (a, gap / 2), of_b = find_corners (b, gap / 2);

  return !is_apart (&of_a, &of_b, a->angle) && !is_apart (&of_a, &of_b, a->angle + G_PI / 2)
         && !is_apart (&of_a, &of_b, b->angle) && !is_apart (&of_a, &of_b, b->angle + G_PI / 2);
}

void
_hp_plot_draw_text (const HpPlot *plot, cairo_t *cairo, const HpPlotText *text)
{
  PangoRectangle logical;

  pango_layout_get_extents (text->layout, NULL, &logical);
  cairo_save (cairo);
  cairo_translate (cairo, text->x, text->y);
  cairo_rotate (cairo, text->angle);
  if (text->halo)
    {
      cairo_rectangle (cairo, -2, 0, text->width + 4, text->height);
      cairo_set_source_rgba (cairo, plot->palette->background.red, plot->palette->background.green,
                             plot->palette->background.blue, 0.75);
      cairo_fill (cairo);
    }
  /* A layout with a width has its text anywhere in it */
  cairo_move_to (cairo, -(double) logical.x / PANGO_SCALE, -(double) logical.y / PANGO_SCALE);
  cairo_set_source_rgb (cairo, text->color.red, text->color.green, text->color.blue);
  pango_cairo_show_layout (cairo, text->layout);
  cairo_restore (cairo);
}

void
_hp_plot_draw_texts (HpPlot *plot, cairo_t *cairo)
{
  for (guint i = 0; i < plot->texts->len; i++)
    _hp_plot_draw_text (plot, cairo, &g_array_index (plot->texts, HpPlotText, i));
}
