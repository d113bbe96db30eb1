/* hp-plot-layout.c - the frame, and what stands around it
 *
 * Margins depend on which ticks are shown, and these on the frame: a few rounds settle it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "hp-plot-private.h"

#define ROUNDS    3
#define MIN_FRAME 24.0
#define GAP       1.0 /* above the frame, in pads */

double
_hp_plot_place_x (const HpPlot *plot, double x)
{
  const HpChartAxis *axis = &plot->chart->x;

  return plot->frame.x + (x - axis->from) / (axis->to - axis->from) * plot->frame.width;
}

double
_hp_plot_place_y (const HpPlot *plot, double y)
{
  const HpChartAxis *axis = &plot->chart->y;

  return plot->frame.y + (axis->to - y) / (axis->to - axis->from) * plot->frame.height;
}

/* Larger pictures have larger texts, but not in proportion */
static void
choose_sizes (HpPlot *plot)
{
  double size = 12 * cbrt (MIN (plot->width / 800, plot->height / 500));

  size = CLAMP (size, 9.5, 15.5);
  plot->size[HP_PLOT_FONT_TITLE] = size * 1.25;
  plot->size[HP_PLOT_FONT_LABEL] = size;
  plot->size[HP_PLOT_FONT_TICK] = size * 0.92;
  plot->pad = size;
}

static PangoLayout *
make_heading (const HpPlot *plot, const char *text, HpPlotFont font, int max_lines, double *width, double *height)
{
  PangoLayout *layout = NULL;

  *width = *height = 0;
  if (text == NULL || *text == '\0')
    return NULL;
  layout = _hp_plot_text_layout (plot, text, font);
  _hp_plot_text_limit (layout, plot->width - 2 * plot->pad, max_lines);
  _hp_plot_text_measure (layout, width, height);
  return layout;
}

typedef struct
{
  PangoLayout *title, *subtitle; /* (nullable) */
  double title_width, title_height, subtitle_width, subtitle_height;
  gboolean beside; /* the legend has room on the right of the subtitle */
  double bottom;   /* of all that is above the frame */
} Heading;

static void
make_headings (HpPlot *plot, Heading *heading)
{
  double legend, used, inner = plot->width - 2 * plot->pad;

  heading->title
    = make_heading (plot, plot->chart->title, HP_PLOT_FONT_TITLE, 2, &heading->title_width, &heading->title_height);
  heading->subtitle = make_heading (plot, plot->chart->subtitle, HP_PLOT_FONT_LABEL, 2, &heading->subtitle_width,
                                    &heading->subtitle_height);
  legend = _hp_plot_legend_height (plot, inner, &used);
  heading->bottom = plot->pad + heading->title_height + heading->subtitle_height;
  heading->beside = heading->subtitle != NULL && legend <= heading->subtitle_height * 1.3
                    && heading->subtitle_width + plot->pad * 2 + used <= inner;
  heading->bottom += heading->beside ? MAX (legend - heading->subtitle_height, 0) : legend;
  heading->bottom += plot->pad * GAP;
}

/* The longer side gives way, and what is there stays in the middle */
static void
make_equal (HpPlot *plot, HpPlotRect *frame)
{
  double aspect = plot->chart->aspect > 0 ? plot->chart->aspect : 1;
  double across = plot->chart->x.to - plot->chart->x.from, along = (plot->chart->y.to - plot->chart->y.from) * aspect;
  double unit = MIN (frame->width / across, frame->height / along);

  frame->width = MAX (across * unit, MIN_FRAME);
  frame->height = MAX (along * unit, MIN_FRAME);
}

static void
find_frame (HpPlot *plot, double top)
{
  HpPlotRect frame = { plot->pad * 3, top, plot->width - plot->pad * 4, plot->height - top - plot->pad * 3 };
  double scale = _hp_plot_scale_width (plot);

  for (int i = 0; i < ROUNDS; i++)
    {
      double overhang, left, bottom, right, all;

      frame.width = MAX (frame.width, MIN_FRAME);
      frame.height = MAX (frame.height, MIN_FRAME);
      left = _hp_plot_margin_left (plot, &frame);
      bottom = _hp_plot_margin_bottom (plot, &frame, &overhang);
      right = MAX (plot->pad, overhang + 2);
      right = scale > 0 ? MAX (scale, right) : right;
      frame.x = left;
      frame.width = MAX (plot->width - left - right, MIN_FRAME);
      frame.height = MAX (plot->height - top - bottom, MIN_FRAME);
      all = frame.width;
      if (plot->chart->equal)
        make_equal (plot, &frame);
      frame.x += (all - frame.width) / 2;
    }
  /* Lines of the frame fall on whole pixels */
  plot->frame.x = round (frame.x);
  plot->frame.y = round (frame.y);
  plot->frame.width = plot->chart->equal ? frame.width : round (frame.width);
  plot->frame.height = plot->chart->equal ? frame.height : round (frame.height);
}

/* Above the frame's left end, or further to the left if it would not fit */
static double
heading_x (const HpPlot *plot, double width)
{
  double left = plot->frame.x;

  for (guint i = 0; i < plot->texts->len; i++)
    {
      HpPlotRect bounds;

      _hp_plot_text_bounds (&g_array_index (plot->texts, HpPlotText, i), &bounds);
      left = MIN (left, bounds.x);
    }
  return MAX (MIN (MAX (left, plot->pad), plot->width - plot->pad - width), plot->pad);
}

static void
add_headings (HpPlot *plot, const Heading *heading)
{
  double widest = MAX (heading->title_width, heading->subtitle_width);
  double left = heading_x (plot, widest), y = plot->pad;

  if (heading->title != NULL)
    _hp_plot_add_text (plot, HP_PLOT_TEXT_TITLE, heading->title, left, y, plot->palette->text);
  y += heading->title_height;
  if (heading->subtitle != NULL)
    _hp_plot_add_text (plot, HP_PLOT_TEXT_SUBTITLE, heading->subtitle, left, y, plot->palette->weak_text);
}

static void
add_empty (HpPlot *plot, double top)
{
  PangoLayout *layout = _hp_plot_text_layout (plot, plot->chart->empty, HP_PLOT_FONT_LABEL);
  double width, height;

  pango_layout_set_alignment (layout, PANGO_ALIGN_CENTER);
  _hp_plot_text_limit (layout, MIN (plot->width - 2 * plot->pad, plot->size[HP_PLOT_FONT_LABEL] * 36), 8);
  _hp_plot_text_measure (layout, &width, &height);
  _hp_plot_add_text (plot, HP_PLOT_TEXT_EMPTY, layout, (plot->width - width) / 2,
                     top + MAX ((plot->height - top - plot->pad - height) / 2, 0), plot->palette->weak_text);
  plot->frame = (HpPlotRect){ plot->pad, top, MAX (plot->width - 2 * plot->pad, MIN_FRAME),
                              MAX (plot->height - top - plot->pad, MIN_FRAME) };
}

void
_hp_plot_lay_out (HpPlot *plot)
{
  Heading heading = { 0 };

  choose_sizes (plot);
  if (plot->chart->empty != NULL)
    {
      double height = plot->pad;

      heading.title
        = make_heading (plot, plot->chart->title, HP_PLOT_FONT_TITLE, 2, &heading.title_width, &heading.title_height);
      height += heading.title_height + plot->pad;
      plot->frame.x = plot->pad;
      add_headings (plot, &heading);
      add_empty (plot, height);
      return;
    }
  make_headings (plot, &heading);
  find_frame (plot, heading.bottom);
  plot->mark = _hp_plot_choose_mark (plot);
  _hp_plot_add_axes (plot);
  add_headings (plot, &heading);
  _hp_plot_add_legend (plot, plot->width - plot->pad, heading.bottom - plot->pad * GAP * 0.6,
                       plot->width - 2 * plot->pad);
  _hp_plot_add_scale (plot);
  _hp_plot_add_bar_texts (plot);
  _hp_plot_add_line_labels (plot);
  _hp_plot_add_point_labels (plot);
}
