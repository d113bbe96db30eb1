/* hp-plot-legend.c - the names of the series above the frame, and the scale of colours beside it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "hp-plot-private.h"

#define SWATCH    1.6 /* widths and gaps, in heights of its font */
#define GAP       0.4
#define BETWEEN   1.2
#define BAR_WIDTH 0.9

static double
font (const HpPlot *plot)
{
  return plot->size[HP_PLOT_FONT_TICK];
}

/* Two series of one name and colour are one entry: a line and its band */
static gboolean
is_named_before (const HpPlot *plot, guint i)
{
  const HpChartSeries *series = g_ptr_array_index (plot->chart->series, i);

  for (guint before = 0; before < i; before++)
    {
      const HpChartSeries *other = g_ptr_array_index (plot->chart->series, before);

      if (g_strcmp0 (series->label, other->label) == 0 && series->role == other->role)
        return TRUE;
    }
  return FALSE;
}

/* (nullable) the name, if the series is to be in the legend */
static PangoLayout *
make_entry (const HpPlot *plot, guint i, double longest)
{
  const HpChartSeries *series = g_ptr_array_index (plot->chart->series, i);
  PangoLayout *layout;

  if (series->label == NULL || *series->label == '\0' || is_named_before (plot, i))
    return NULL;
  layout = _hp_plot_text_layout (plot, series->label, HP_PLOT_FONT_TICK);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  {
    double width, height;

    _hp_plot_text_measure (layout, &width, &height);
    if (width > longest)
      _hp_plot_text_limit (layout, longest, 1);
  }
  return layout;
}

typedef struct
{
  PangoLayout *layout;
  double x, row, width, height; /* of the text; x: of the swatch, from the row's left */
  const HpChartSeries *series;
} Place;

/* All entries, in rows; row_widths: of each */
static GArray *
arrange (const HpPlot *plot, double width, GArray *row_widths)
{
  GArray *places = g_array_new (FALSE, FALSE, sizeof (Place));
  double x = 0, row = 0, swatch = (SWATCH + GAP) * font (plot);

  for (guint i = 0; i < plot->chart->series->len; i++)
    {
      Place place = { make_entry (plot, i, width - swatch) };
      double end;

      if (place.layout == NULL)
        continue;
      _hp_plot_text_measure (place.layout, &place.width, &place.height);
      place.series = g_ptr_array_index (plot->chart->series, i);
      end = x + swatch + place.width;
      if (x > 0 && end > width)
        {
          row++;
          x = 0;
          end = swatch + place.width;
        }
      place.x = x;
      place.row = row;
      if (row_widths->len <= row)
        g_array_set_size (row_widths, (guint) row + 1);
      g_array_index (row_widths, double, (guint) row) = end;
      x = end + BETWEEN * font (plot);
      g_array_append_val (places, place);
    }
  return places;
}

static double
row_height (const HpPlot *plot)
{
  return font (plot) * 1.5;
}

/* used: the width of the widest row */
double
_hp_plot_legend_height (HpPlot *plot, double width, double *used)
{
  g_autoptr (GArray) widths = g_array_new (FALSE, TRUE, sizeof (double));
  g_autoptr (GArray) places = arrange (plot, width, widths);

  *used = 0;
  for (guint i = 0; i < places->len; i++)
    g_object_unref (g_array_index (places, Place, i).layout);
  for (guint i = 0; i < widths->len; i++)
    *used = MAX (*used, g_array_index (widths, double, i));
  return widths->len * row_height (plot);
}

/* Rows that end at the right, and stand on the bottom */
void
_hp_plot_add_legend (HpPlot *plot, double right, double bottom, double width)
{
  g_autoptr (GArray) widths = g_array_new (FALSE, TRUE, sizeof (double));
  g_autoptr (GArray) places = arrange (plot, width, widths);
  double widest = 0;

  for (guint i = 0; i < widths->len; i++)
    widest = MAX (widest, g_array_index (widths, double, i));
  for (guint i = 0; i < places->len; i++)
    {
      const Place *place = &g_array_index (places, Place, i);
      double x = right - widest + place->x;
      double y = bottom - (widths->len - place->row) * row_height (plot);
      HpPlotEntry entry = { place->series, x, y, SWATCH * font (plot), row_height (plot) };

      _hp_plot_add_text (plot, HP_PLOT_TEXT_LEGEND, place->layout, x + (SWATCH + GAP) * font (plot),
                         y + (row_height (plot) - place->height) / 2, plot->palette->text);
      g_array_append_val (plot->entries, entry);
    }
}

static guint
n_scale_ticks (const HpChartScale *scale)
{
  return scale->ticks != NULL ? scale->ticks->len : 0;
}

static PangoLayout *
scale_tick (const HpPlot *plot, guint i)
{
  const char *text = g_array_index (plot->chart->scale.ticks, HpChartTick, i).text;

  return _hp_plot_text_layout (plot, text != NULL ? text : "", HP_PLOT_FONT_TICK);
}

static gboolean
has_scale (const HpPlot *plot)
{
  const HpChartScale *scale = &plot->chart->scale;

  return scale->shown && scale->low < scale->high;
}

/* What it takes on the right of the frame */
double
_hp_plot_scale_width (HpPlot *plot)
{
  double widest = 0, width, height;

  if (!has_scale (plot))
    return 0;
  for (guint i = 0; i < n_scale_ticks (&plot->chart->scale); i++)
    {
      g_autoptr (PangoLayout) layout = scale_tick (plot, i);

      _hp_plot_text_measure (layout, &width, &height);
      widest = MAX (widest, width);
    }
  return plot->pad * 1.6 + BAR_WIDTH * font (plot) + widest + (plot->chart->scale.label != NULL ? plot->pad * 1.7 : 0);
}

static void
add_scale_ticks (HpPlot *plot)
{
  const HpChartScale *scale = &plot->chart->scale;
  const HpPlotRect *bar = &plot->scale_bar;
  double last = G_MAXDOUBLE, width, height;

  for (guint i = 0; i < n_scale_ticks (scale); i++)
    {
      double at = g_array_index (scale->ticks, HpChartTick, i).at;
      double y = bar->y + (scale->high - at) / (scale->high - scale->low) * bar->height;
      PangoLayout *layout;

      if (at < scale->low || at > scale->high)
        continue;
      layout = scale_tick (plot, i);
      _hp_plot_text_measure (layout, &width, &height);
      if (y + height / 2 > last)
        {
          g_object_unref (layout);
          continue;
        }
      last = y - height / 2;
      _hp_plot_add_text (plot, HP_PLOT_TEXT_SCALE_TICK, layout, bar->x + bar->width + 4, y - height / 2,
                         plot->palette->weak_text);
    }
}

/* Beside a frame that is known */
void
_hp_plot_add_scale (HpPlot *plot)
{
  const HpPlotRect *frame = &plot->frame;
  double length = MIN (frame->height, font (plot) * 24), width, height;
  PangoLayout *layout;

  if (!has_scale (plot))
    return;
  plot->scale_bar = (HpPlotRect){ frame->x + frame->width + plot->pad, frame->y + (frame->height - length) / 2,
                                  BAR_WIDTH * font (plot), length };
  add_scale_ticks (plot);
  if (plot->chart->scale.label == NULL)
    return;
  layout = _hp_plot_text_layout (plot, plot->chart->scale.label, HP_PLOT_FONT_TICK);
  _hp_plot_text_limit (layout, frame->height, 1);
  _hp_plot_text_measure (layout, &width, &height);
  {
    double edge = plot->scale_bar.x + plot->scale_bar.width;
    HpPlotText *text;

    for (guint i = 0; i < plot->texts->len; i++)
      {
        const HpPlotText *tick = &g_array_index (plot->texts, HpPlotText, i);

        if (tick->kind == HP_PLOT_TEXT_SCALE_TICK)
          edge = MAX (edge, tick->x + tick->width);
      }
    text = _hp_plot_add_text (plot, HP_PLOT_TEXT_SCALE_LABEL, layout, edge + plot->pad * 0.3 + height,
                              frame->y + (frame->height - width) / 2, plot->palette->text);
    text->angle = G_PI / 2;
  }
}
