/* hp-plot-axis.c - which ticks an axis shows, and where their texts are
 *
 * Ticks are thinned until their texts are apart. Categories try harder, since each of them counts: over two lines,
 * slanted, shortened, and only then thinned.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "hp-plot-private.h"

#define SLANT        (40 * G_PI / 180)
#define LEFT_SHARE   0.4  /* of the width: what labels of categories may take on the left */
#define BOTTOM_SHARE 0.28 /* of the height: what slanted ones may take below */
#define LABEL_GAP    0.6  /* between texts of ticks and the axis's, in pads */
#define TICK_GAP     5.0  /* between the frame and texts */

static guint
n_ticks (const HpChartAxis *axis)
{
  return axis->ticks != NULL ? axis->ticks->len : 0;
}

static const HpChartTick *
get_tick (const HpChartAxis *axis, guint i)
{
  return &g_array_index (axis->ticks, HpChartTick, i);
}

static double
line_height (const HpPlot *plot, HpPlotFont font)
{
  return plot->size[font] * 1.4;
}

static PangoLayout *
tick_layout (const HpPlot *plot, const HpChartAxis *axis, guint i)
{
  const char *text = get_tick (axis, i)->text;

  return _hp_plot_text_layout (plot, text != NULL ? text : "", HP_PLOT_FONT_TICK);
}

/* How the ticks of the x axis are written */
typedef struct
{
  guint stride, first; /* each how many'th is shown, from which */
  gboolean slanted;
  int n_lines;
  double spacing; /* between neighbours, before any is left out */
  double longest; /* of slanted ones */
} Manner;

/* Zero stays if there is one */
static guint
find_first (const HpChartAxis *axis, guint stride)
{
  if (axis->kind == HP_AXIS_NUMBER)
    for (guint i = 0; i < n_ticks (axis); i++)
      if (fabs (get_tick (axis, i)->at) < 1e-9 * (axis->to - axis->from))
        return i % stride;
  return 0;
}

static double
spacing_of (const HpChartAxis *axis, double length)
{
  guint n = n_ticks (axis);
  double smallest = axis->to - axis->from;

  for (guint i = 1; i < n; i++)
    smallest = MIN (smallest, get_tick (axis, i)->at - get_tick (axis, i - 1)->at);
  return MAX (smallest, 0) / (axis->to - axis->from) * length;
}

/* Are the shown ones apart, side by side? */
static gboolean
fits_in_a_row (const HpChartAxis *axis, const double *sizes, double length, guint stride, guint first, double gap)
{
  double end = -G_MAXDOUBLE;

  for (guint i = first; i < n_ticks (axis); i += stride)
    {
      double at = (get_tick (axis, i)->at - axis->from) / (axis->to - axis->from) * length;

      if (at - sizes[i] / 2 < end + gap)
        return FALSE;
      end = at + sizes[i] / 2;
    }
  return TRUE;
}

static guint
find_stride (const HpChartAxis *axis, const double *sizes, double length, double gap)
{
  guint stride = 1;

  while (stride < n_ticks (axis) && !fits_in_a_row (axis, sizes, length, stride, find_first (axis, stride), gap))
    stride++;
  return stride;
}

/* Measured once: there may be a thousand, and a layout asks several times */
static const double *
get_widths (HpPlot *plot)
{
  const HpChartAxis *axis = &plot->chart->x;
  double height;

  if (plot->x_widths == NULL)
    {
      plot->x_widths = g_new0 (double, n_ticks (axis) + 1);
      for (guint i = 0; i < n_ticks (axis); i++)
        {
          g_autoptr (PangoLayout) layout = tick_layout (plot, axis, i);

          _hp_plot_text_measure (layout, &plot->x_widths[i], &height);
        }
    }
  return plot->x_widths;
}

/* The tallest of the texts, for each of them; a hundred tell which scripts there are */
static const double *
get_heights (HpPlot *plot)
{
  const HpChartAxis *axis = &plot->chart->y;
  double tallest = 0, width, height;

  if (plot->y_heights == NULL)
    {
      plot->y_heights = g_new0 (double, n_ticks (axis) + 1);
      for (guint i = 0; i < MIN (n_ticks (axis), 100); i++)
        {
          g_autoptr (PangoLayout) layout = tick_layout (plot, axis, i);

          _hp_plot_text_measure (layout, &width, &height);
          tallest = MAX (tallest, height);
        }
      for (guint i = 0; i < n_ticks (axis); i++)
        plot->y_heights[i] = tallest;
    }
  return plot->y_heights;
}

/* Does each word of the labels fit into its place, over two lines? */
static gboolean
fits_in_two_lines (const HpPlot *plot, const HpChartAxis *axis, double spacing)
{
  for (guint i = 0; i < n_ticks (axis); i++)
    {
      g_autoptr (PangoLayout) layout = tick_layout (plot, axis, i);

      pango_layout_set_width (layout, (int) (spacing * PANGO_SCALE));
      pango_layout_set_wrap (layout, PANGO_WRAP_WORD);
      for (int line = 0; line < pango_layout_get_line_count (layout); line++)
        {
          PangoRectangle logical;

          pango_layout_line_get_extents (pango_layout_get_line_readonly (layout, line), NULL, &logical);
          if (line > 1 || logical.width > spacing * PANGO_SCALE)
            return FALSE;
        }
    }
  return TRUE;
}

static Manner
choose_manner (HpPlot *plot, double length)
{
  const HpChartAxis *axis = &plot->chart->x;
  const double *widths = get_widths (plot);
  double gap = plot->size[HP_PLOT_FONT_TICK] * 0.8;
  Manner manner = { 1, 0, FALSE, 1, spacing_of (axis, length), 0 };

  if (axis->kind != HP_AXIS_CATEGORY)
    {
      manner.stride = find_stride (axis, widths, length, gap);
      manner.first = find_first (axis, manner.stride);
    }
  else if (!fits_in_a_row (axis, widths, length, 1, 0, gap))
    {
      double along = line_height (plot, HP_PLOT_FONT_TICK) / sin (SLANT);

      if (manner.spacing > 3 * plot->size[HP_PLOT_FONT_TICK] && fits_in_two_lines (plot, axis, manner.spacing - gap))
        manner.n_lines = 2;
      else
        {
          manner.slanted = TRUE;
          manner.stride = (guint) CLAMP (ceil (along / MAX (manner.spacing, 0.01)), 1, MAX (n_ticks (axis), 1));
          manner.longest = plot->height * BOTTOM_SHARE / sin (SLANT);
        }
    }
  return manner;
}

/* One tick's text in that manner; at: where its tick is */
static PangoLayout *
make_x_text (const HpPlot *plot, const Manner *manner, guint i, double at, double *width, double *height)
{
  PangoLayout *layout = tick_layout (plot, &plot->chart->x, i);

  if (manner->slanted)
    {
      /* It goes down to the left, and must not leave the page there */
      double longest = MIN (manner->longest, (at - 2) / cos (SLANT));

      _hp_plot_text_measure (layout, width, height);
      if (*width > longest)
        _hp_plot_text_limit (layout, longest, 1);
    }
  else if (manner->n_lines > 1)
    {
      pango_layout_set_alignment (layout, PANGO_ALIGN_CENTER);
      _hp_plot_text_limit (layout, manner->spacing - plot->size[HP_PLOT_FONT_TICK] * 0.8, manner->n_lines);
    }
  _hp_plot_text_measure (layout, width, height);
  return layout;
}

static double
label_height (const HpPlot *plot, const char *label, double width)
{
  g_autoptr (PangoLayout) layout = NULL;
  double used, height;

  if (label == NULL || *label == '\0')
    return 0;
  layout = _hp_plot_text_layout (plot, label, HP_PLOT_FONT_LABEL);
  _hp_plot_text_limit (layout, width, 2);
  _hp_plot_text_measure (layout, &used, &height);
  return height;
}

/* Slanted texts go down to the left below the lowest text of the y axis */
static double
drop (const HpPlot *plot)
{
  return plot->size[HP_PLOT_FONT_TICK] * 0.5;
}

/* What the x axis needs below such a frame; overhang: what its last text needs on the right of it */
double
_hp_plot_margin_bottom (HpPlot *plot, const HpPlotRect *frame, double *overhang)
{
  const HpChartAxis *axis = &plot->chart->x;
  Manner manner = choose_manner (plot, frame->width);
  double tallest = 0, label = label_height (plot, axis->label, frame->width);

  *overhang = 0;
  for (guint i = manner.first; i < n_ticks (axis); i += manner.stride)
    {
      double place = (get_tick (axis, i)->at - axis->from) / (axis->to - axis->from) * frame->width, width, height;

      g_object_unref (make_x_text (plot, &manner, i, frame->x + place, &width, &height));
      tallest = MAX (tallest, manner.slanted ? drop (plot) + width * sin (SLANT) + height * cos (SLANT) : height);
      *overhang = MAX (*overhang, manner.slanted ? height : place + width / 2 - frame->width);
    }
  return TICK_GAP + tallest + (label > 0 ? label + plot->pad * 0.4 : 0) + plot->pad * 0.6;
}

static double
longest_on_the_left (const HpPlot *plot)
{
  return plot->width * LEFT_SHARE - plot->pad;
}

static int
lines_on_the_left (const HpPlot *plot, double height)
{
  return spacing_of (&plot->chart->y, height) > 2.3 * line_height (plot, HP_PLOT_FONT_TICK) ? 2 : 1;
}

static PangoLayout *
make_y_text (const HpPlot *plot, guint i, int max_lines, double *width, double *height)
{
  PangoLayout *layout = tick_layout (plot, &plot->chart->y, i);
  double longest = longest_on_the_left (plot);

  _hp_plot_text_measure (layout, width, height);
  /* Over two lines before it takes a quarter of the page */
  if (max_lines > 1 && *width > plot->width * 0.25)
    _hp_plot_text_limit (layout, CLAMP (*width * 0.6, plot->width * 0.25, longest), max_lines);
  else if (*width > longest)
    _hp_plot_text_limit (layout, longest, 1);
  _hp_plot_text_measure (layout, width, height);
  return layout;
}

static guint
stride_of_y (HpPlot *plot, double height)
{
  const double *heights = get_heights (plot);
  double gap = plot->chart->y.kind == HP_AXIS_CATEGORY ? 0 : plot->size[HP_PLOT_FONT_TICK] * 0.5;

  return find_stride (&plot->chart->y, heights, height, gap);
}

double
_hp_plot_margin_left (HpPlot *plot, const HpPlotRect *frame)
{
  const HpChartAxis *axis = &plot->chart->y;
  guint stride = stride_of_y (plot, frame->height);
  int max_lines = lines_on_the_left (plot, frame->height);
  double widest = 0, label = label_height (plot, axis->label, frame->height);

  for (guint i = find_first (axis, stride); i < n_ticks (axis); i += stride)
    {
      double width, height;

      g_object_unref (make_y_text (plot, i, max_lines, &width, &height));
      widest = MAX (widest, width);
    }
  return plot->pad * 0.7 + (label > 0 ? label + plot->pad * LABEL_GAP : 0) + widest + TICK_GAP;
}

static void
add_x_ticks (HpPlot *plot)
{
  const HpChartAxis *axis = &plot->chart->x;
  const HpPlotRect *frame = &plot->frame;
  Manner manner = choose_manner (plot, frame->width);

  for (guint i = manner.first; i < n_ticks (axis); i += manner.stride)
    {
      HpPlotTick tick = { get_tick (axis, i)->at, _hp_plot_place_x (plot, get_tick (axis, i)->at), i };
      double width, height;
      PangoLayout *layout = make_x_text (plot, &manner, i, tick.pixel, &width, &height);
      double top = frame->y + frame->height + TICK_GAP;
      HpPlotText *text
        = _hp_plot_add_text (plot, HP_PLOT_TEXT_X_TICK, layout, tick.pixel - width / 2, top, plot->palette->weak_text);

      if (manner.slanted)
        {
          /* Its right end is under the tick */
          text->angle = -SLANT;
          text->x = tick.pixel - width * cos (SLANT) - height * sin (SLANT) * 0.5;
          text->y = top + drop (plot) + width * sin (SLANT);
          text->x = MAX (text->x, 0);
        }
      else
        text->x = CLAMP (text->x, 0, MAX (plot->width - width, 0));
      g_array_append_val (plot->x_ticks, tick);
    }
}

static void
add_y_ticks (HpPlot *plot)
{
  const HpChartAxis *axis = &plot->chart->y;
  const HpPlotRect *frame = &plot->frame;
  guint stride = stride_of_y (plot, frame->height);
  int max_lines = lines_on_the_left (plot, frame->height);

  for (guint i = find_first (axis, stride); i < n_ticks (axis); i += stride)
    {
      HpPlotTick tick = { get_tick (axis, i)->at, _hp_plot_place_y (plot, get_tick (axis, i)->at), i };
      double width, height;
      PangoLayout *layout = make_y_text (plot, i, max_lines, &width, &height);

      if (axis->kind == HP_AXIS_CATEGORY)
        pango_layout_set_alignment (layout, PANGO_ALIGN_RIGHT);
      _hp_plot_add_text (plot, HP_PLOT_TEXT_Y_TICK, layout, frame->x - TICK_GAP - width, tick.pixel - height / 2,
                         plot->palette->weak_text);
      g_array_append_val (plot->y_ticks, tick);
    }
}

static void
add_axis_labels (HpPlot *plot)
{
  const HpPlotRect *frame = &plot->frame;
  double width, height, lowest = frame->y + frame->height + TICK_GAP, leftmost = frame->x - TICK_GAP;

  for (guint i = 0; i < plot->texts->len; i++)
    {
      const HpPlotText *text = &g_array_index (plot->texts, HpPlotText, i);
      HpPlotRect bounds;

      _hp_plot_text_bounds (text, &bounds);
      if (text->kind == HP_PLOT_TEXT_X_TICK)
        lowest = MAX (lowest, bounds.y + bounds.height);
      if (text->kind == HP_PLOT_TEXT_Y_TICK)
        leftmost = MIN (leftmost, bounds.x);
    }
  if (plot->chart->x.label != NULL && *plot->chart->x.label != '\0')
    {
      PangoLayout *layout = _hp_plot_text_layout (plot, plot->chart->x.label, HP_PLOT_FONT_LABEL);

      pango_layout_set_alignment (layout, PANGO_ALIGN_CENTER);
      _hp_plot_text_limit (layout, frame->width, 2);
      _hp_plot_text_measure (layout, &width, &height);
      _hp_plot_add_text (plot, HP_PLOT_TEXT_X_LABEL, layout, frame->x + (frame->width - width) / 2,
                         lowest + plot->pad * 0.4, plot->palette->text);
    }
  if (plot->chart->y.label != NULL && *plot->chart->y.label != '\0')
    {
      PangoLayout *layout = _hp_plot_text_layout (plot, plot->chart->y.label, HP_PLOT_FONT_LABEL);

      pango_layout_set_alignment (layout, PANGO_ALIGN_CENTER);
      _hp_plot_text_limit (layout, frame->height, 2);
      _hp_plot_text_measure (layout, &width, &height);
      _hp_plot_add_text (plot, HP_PLOT_TEXT_Y_LABEL, layout, leftmost - plot->pad * LABEL_GAP - height,
                         frame->y + (frame->height + width) / 2, plot->palette->text)
        ->angle
        = -G_PI / 2;
    }
}

/* In the corner the first text of the x axis may reach under the lowest of the y axis: it gives way to the right */
static void
clear_corner (HpPlot *plot)
{
  for (guint i = 0; i < plot->texts->len; i++)
    for (guint j = 0; j < plot->texts->len; j++)
      {
        HpPlotText *below = &g_array_index (plot->texts, HpPlotText, i);
        const HpPlotText *beside = &g_array_index (plot->texts, HpPlotText, j);

        if (below->kind == HP_PLOT_TEXT_X_TICK && beside->kind == HP_PLOT_TEXT_Y_TICK && below->angle == 0
            && _hp_plot_texts_overlap (below, beside, 0))
          below->x = beside->x + beside->width + 1;
      }
}

/* Of a plot whose frame is known */
void
_hp_plot_add_axes (HpPlot *plot)
{
  add_x_ticks (plot);
  add_y_ticks (plot);
  clear_corner (plot);
  add_axis_labels (plot);
}
