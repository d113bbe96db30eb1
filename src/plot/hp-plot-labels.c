/* hp-plot-labels.c - words within the frame: of bars, of reference lines, of outliers
 *
 * Placed one after the other, the most important first. What finds no free place is left out.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "hp-plot-private.h"

#define GAP         4.0
#define MAX_COVERED 0  /* points under a label, besides its own */
#define SOLID       50 /* points that weigh as much as a bar */
#define STEPS       10 /* along a reference line */

static gboolean
is_inside (const HpPlot *plot, const HpPlotText *text)
{
  HpPlotRect bounds;

  _hp_plot_text_bounds (text, &bounds);
  return bounds.x >= plot->frame.x && bounds.x + bounds.width <= plot->frame.x + plot->frame.width
         && bounds.y >= plot->frame.y && bounds.y + bounds.height <= plot->frame.y + plot->frame.height;
}

/* Another word within the frame is in the way */
static gboolean
hits_text (const HpPlot *plot, const HpPlotText *text)
{
  for (guint i = 0; i < plot->texts->len; i++)
    {
      const HpPlotText *other = &g_array_index (plot->texts, HpPlotText, i);

      if (other->kind >= HP_PLOT_TEXT_LINE && _hp_plot_texts_overlap (text, other, 3))
        return TRUE;
    }
  return FALSE;
}

/* A rectangle of data, whichever way round */
static gboolean
touches (const HpPlot *plot, const HpPlotRect *rect, double x1, double y1, double x2, double y2)
{
  double left = _hp_plot_place_x (plot, MIN (x1, x2)), right = _hp_plot_place_x (plot, MAX (x1, x2));
  double top = _hp_plot_place_y (plot, MAX (y1, y2)), bottom = _hp_plot_place_y (plot, MIN (y1, y2));

  return left < rect->x + rect->width && right > rect->x && top < rect->y + rect->height && bottom > rect->y;
}

static gboolean
touches_box (const HpPlot *plot, const HpPlotRect *rect, const HpChartBox *box, gboolean horizontal)
{
  double half = (box->width > 0 ? box->width : 0.7) / 2, low = box->at - half, high = box->at + half;

  if (horizontal)
    return touches (plot, rect, box->q1, low, box->q3, high)
           || touches (plot, rect, box->whisker_low, box->at, box->whisker_high, box->at);
  return touches (plot, rect, low, box->q1, high, box->q3)
         || touches (plot, rect, box->at, box->whisker_low, box->at, box->whisker_high);
}

/* How many bars, boxes and ranges are within */
static guint
count_solids (const HpPlot *plot, const HpPlotRect *rect)
{
  guint n = 0;

  for (guint s = 0; s < plot->chart->series->len; s++)
    {
      const HpChartSeries *series = g_ptr_array_index (plot->chart->series, s);
      gboolean is_range = series->kind == HP_SERIES_RANGES;

      if (series->kind == HP_SERIES_BOXES && series->boxes != NULL)
        for (guint i = 0; i < series->boxes->len; i++)
          n += touches_box (plot, rect, &g_array_index (series->boxes, HpChartBox, i), series->horizontal);
      if (series->kind != HP_SERIES_BARS && !is_range)
        continue;
      for (gsize i = 0; i < series->n; i++)
        {
          double x2 = series->x2 != NULL && (!is_range || series->horizontal) ? series->x2[i] : series->x[i];
          double y2 = series->y2 != NULL && (!is_range || !series->horizontal) ? series->y2[i] : series->y[i];

          n += touches (plot, rect, series->x[i], series->y[i], x2, y2);
        }
    }
  return n;
}

static guint
count_covered (HpPlot *plot, const HpPlotText *text, guint at_most)
{
  HpPlotRect bounds;
  double radius = plot->mark.radius * 0.7;

  _hp_plot_text_bounds (text, &bounds);
  bounds.x -= radius;
  bounds.y -= radius;
  bounds.width += 2 * radius;
  bounds.height += 2 * radius;
  return _hp_plot_spots_count (_hp_plot_get_spots (plot), &bounds, at_most) + SOLID * count_solids (plot, &bounds);
}

static HpPlotText
measured (HpPlotTextKind kind, PangoLayout *layout, HpColor color)
{
  HpPlotText text = { kind, layout, 0, 0, 0, 0, 0, color, TRUE };

  _hp_plot_text_measure (layout, &text.width, &text.height);
  return text;
}

/* Where the error bar of a bar ends, or the bar itself */
static double
find_reach (const HpPlot *plot, const HpChartSeries *bars, gsize i)
{
  gboolean flat = bars->horizontal;
  double end = flat ? bars->x[i] : bars->y[i], reach = end, foot;
  const double *side = flat ? bars->y : bars->x, *other = flat ? bars->y2 : bars->x2,
               *feet = flat ? bars->x2 : bars->y2;

  foot = feet != NULL ? feet[i] : 0;
  for (guint s = 0; s < plot->chart->series->len; s++)
    {
      const HpChartSeries *ranges = g_ptr_array_index (plot->chart->series, s);
      const double *at = flat ? ranges->y : ranges->x, *low = flat ? ranges->x : ranges->y;
      const double *high = flat ? ranges->x2 : ranges->y2;

      if (ranges->kind != HP_SERIES_RANGES || ranges->horizontal != flat || high == NULL || other == NULL)
        continue;
      for (gsize k = 0; k < ranges->n; k++)
        if (at[k] > MIN (side[i], other[i]) && at[k] < MAX (side[i], other[i]))
          reach = end >= foot ? MAX (reach, MAX (low[k], high[k])) : MIN (reach, MIN (low[k], high[k]));
    }
  return reach;
}

/* The text at the end of a bar, or within it where there is no room beyond. FALSE: neither */
/* On the bar itself: no background of its own, but the colour that is seen best */
static void
put_on_bar (const HpPlot *plot, const HpChartSeries *series, HpPlotText *text)
{
  HpColor bar = _hp_plot_series_color (plot, series);

  text->halo = FALSE;
  if (!series->faint
      && hp_color_contrast (plot->palette->background, bar) > hp_color_contrast (plot->palette->text, bar))
    text->color = plot->palette->background;
}

static gboolean
place_bar_text (const HpPlot *plot, const HpChartSeries *series, gsize i, HpPlotText *text)
{
  double foot, end, middle, reach = find_reach (plot, series, i);

  if (series->horizontal)
    {
      foot = _hp_plot_place_x (plot, series->x2 != NULL ? series->x2[i] : 0);
      end = _hp_plot_place_x (plot, series->x[i]);
      reach = _hp_plot_place_x (plot, reach);
      middle = (_hp_plot_place_y (plot, series->y[i])
                + _hp_plot_place_y (plot, series->y2 != NULL ? series->y2[i] : series->y[i]))
               / 2;
      text->y = middle - text->height / 2;
      text->x = end >= foot ? reach + GAP : reach - GAP - text->width;
      if (!is_inside (plot, text) && fabs (end - foot) > fabs (reach - end) + text->width + 2 * GAP)
        {
          put_on_bar (plot, series, text);
          text->x = end >= foot ? 2 * end - reach - GAP - text->width : 2 * end - reach + GAP;
        }
      /* On the foot's other side there is always room next to a bar too short for it */
      else if (!is_inside (plot, text))
        text->x = end >= foot ? foot - GAP - text->width : foot + GAP;
    }
  else
    {
      foot = _hp_plot_place_y (plot, series->y2 != NULL ? series->y2[i] : 0);
      end = _hp_plot_place_y (plot, series->y[i]);
      reach = _hp_plot_place_y (plot, reach);
      middle = (_hp_plot_place_x (plot, series->x[i])
                + _hp_plot_place_x (plot, series->x2 != NULL ? series->x2[i] : series->x[i]))
               / 2;
      text->x = middle - text->width / 2;
      text->y = end <= foot ? reach - 2 - text->height : reach + 2;
      if (!is_inside (plot, text) && fabs (end - foot) > fabs (reach - end) + text->height + 2 * GAP)
        {
          put_on_bar (plot, series, text);
          text->y = end <= foot ? 2 * end - reach + 2 : 2 * end - reach - 2 - text->height;
        }
    }
  return isfinite (text->x) && isfinite (text->y) && is_inside (plot, text);
}

void
_hp_plot_add_bar_texts (HpPlot *plot)
{
  for (guint s = 0; s < plot->chart->series->len; s++)
    {
      const HpChartSeries *series = g_ptr_array_index (plot->chart->series, s);

      if (series->kind != HP_SERIES_BARS || series->texts == NULL)
        continue;
      for (gsize i = 0; i < series->n; i++)
        {
          HpPlotText text;

          if (series->texts[i] == NULL || *series->texts[i] == '\0')
            continue;
          text = measured (HP_PLOT_TEXT_BAR, _hp_plot_text_layout (plot, series->texts[i], HP_PLOT_FONT_TICK),
                           plot->palette->text);
          if (place_bar_text (plot, series, i, &text) && !hits_text (plot, &text))
            g_array_append_val (plot->texts, text);
          else
            g_object_unref (text.layout);
        }
    }
}

/* Along the line, above or below, from its end on */
static gboolean
place_diagonal (const HpPlot *plot, const HpChartLine *line, guint step, guint side, HpPlotText *text)
{
  const HpChartAxis *across = &plot->chart->x, *along = &plot->chart->y;
  double slope = (plot->frame.height / (along->to - along->from)) / (plot->frame.width / (across->to - across->from));
  double angle = atan (slope), end = MIN (across->to, along->to - line->at);
  double back = text->width * (1 + step * 0.6) + text->height * 1.5;
  double x = _hp_plot_place_x (plot, end) - back * cos (angle);
  double y = _hp_plot_place_y (plot, end + line->at) + back * sin (angle);
  double away = side != 0 ? 2 : -2 - text->height;

  text->angle = -angle;
  text->x = x + away * sin (angle);
  text->y = y + away * cos (angle);
  return is_inside (plot, text);
}

/* Candidates for the text of a reference line: along it in steps, at both sides */
static gboolean
place_line_text (const HpPlot *plot, const HpChartLine *line, guint candidate, HpPlotText *text)
{
  const HpPlotRect *frame = &plot->frame;
  guint step = candidate / 2, side = candidate % 2;
  double share = (double) step / (STEPS - 1);

  if (line->kind == HP_LINE_DIAGONAL)
    return place_diagonal (plot, line, step, side, text);
  if (line->kind == HP_LINE_HORIZONTAL)
    {
      text->x = frame->x + GAP + (frame->width - 2 * GAP - text->width) * (1 - share);
      text->y = _hp_plot_place_y (plot, line->at) + (side != 0 ? 2 : -2 - text->height);
    }
  else
    {
      text->x = _hp_plot_place_x (plot, line->at) + (side != 0 ? -GAP - text->width : GAP);
      text->y = frame->y + GAP / 2 + (frame->height - GAP - text->height) * share;
    }
  return is_inside (plot, text);
}

static gboolean
is_line_shown (const HpPlot *plot, const HpChartLine *line)
{
  const HpChartAxis *x = &plot->chart->x, *y = &plot->chart->y;

  if (line->kind == HP_LINE_HORIZONTAL)
    return line->at >= y->from && line->at <= y->to;
  if (line->kind == HP_LINE_VERTICAL)
    return line->at >= x->from && line->at <= x->to;
  return isfinite (line->at) && MIN (x->to, y->to - line->at) > MAX (x->from, y->from - line->at);
}

void
_hp_plot_add_line_labels (HpPlot *plot)
{
  for (guint i = 0; i < plot->chart->lines->len; i++)
    {
      const HpChartLine *line = g_ptr_array_index (plot->chart->lines, i);
      HpPlotText text, best;
      guint fewest = G_MAXUINT;

      if (line->label == NULL || *line->label == '\0' || !is_line_shown (plot, line))
        continue;
      text = measured (HP_PLOT_TEXT_LINE, _hp_plot_text_layout (plot, line->label, HP_PLOT_FONT_TICK),
                       plot->palette->weak_text);
      for (guint candidate = 0; candidate < 2 * STEPS && fewest > 0; candidate++)
        if (place_line_text (plot, line, candidate, &text) && !hits_text (plot, &text))
          {
            guint covered = count_covered (plot, &text, MIN (fewest, 1000));

            if (covered < fewest)
              {
                fewest = covered;
                best = text;
              }
          }
      if (fewest < G_MAXUINT)
        g_array_append_val (plot->texts, best);
      else
        g_object_unref (text.layout);
    }
}

/* Around the point, the good places first: -1 left or above, 0 centred, 1 right or below */
static const struct
{
  int across, along;
} places[] = { { 1, 0 }, { 1, -1 }, { 0, -1 }, { -1, -1 }, { -1, 0 }, { 1, 1 }, { 0, 1 }, { -1, 1 } };

static void
place_point_text (double px, double py, double away, guint candidate, HpPlotText *text)
{
  int across = places[candidate].across, along = places[candidate].along;
  double reach = across != 0 && along != 0 ? away * 0.7 : away;

  text->x = px + across * reach + (across < 0 ? -text->width : across == 0 ? -text->width / 2 : 0);
  text->y = py + along * reach + (along < 0 ? -text->height : along == 0 ? -text->height / 2 : 0);
}

static gboolean
add_point_label (HpPlot *plot, const HpChartLabel *label)
{
  double px = _hp_plot_place_x (plot, label->x), py = _hp_plot_place_y (plot, label->y);
  HpPlotText text
    = measured (HP_PLOT_TEXT_POINT, _hp_plot_text_layout (plot, label->text, HP_PLOT_FONT_TICK), plot->palette->text);

  for (guint candidate = 0; candidate < G_N_ELEMENTS (places); candidate++)
    {
      place_point_text (px, py, plot->mark.radius + 3, candidate, &text);
      if (is_inside (plot, &text) && !hits_text (plot, &text)
          && count_covered (plot, &text, MAX_COVERED + 1) <= MAX_COVERED)
        {
          g_array_append_val (plot->texts, text);
          return TRUE;
        }
    }
  g_object_unref (text.layout);
  return FALSE;
}

void
_hp_plot_add_point_labels (HpPlot *plot)
{
  /* A picture has room for so many */
  guint most = (guint) CLAMP (plot->frame.width * plot->frame.height / 12000, 3, 40);

  for (guint i = 0, n = 0; i < plot->chart->labels->len && n < most; i++)
    {
      const HpChartLabel *label = g_ptr_array_index (plot->chart->labels, i);

      if (label->text != NULL && *label->text != '\0' && label->x >= plot->chart->x.from
          && label->x <= plot->chart->x.to && label->y >= plot->chart->y.from && label->y <= plot->chart->y.to)
        n += add_point_label (plot, label);
    }
}
