/* hp-plot-private.h - the layout of a chart: where everything is, before anything is drawn
 *
 * Texts are measured by Pango first, and the frame is what they leave. Nothing here draws but the functions that say so.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <pango/pangocairo.h>

#include "hp-plot.h"

typedef struct
{
  double x, y, width, height;
} HpPlotRect;

typedef enum
{
  HP_PLOT_TEXT_TITLE,
  HP_PLOT_TEXT_SUBTITLE,
  HP_PLOT_TEXT_X_LABEL,
  HP_PLOT_TEXT_Y_LABEL,
  HP_PLOT_TEXT_X_TICK,
  HP_PLOT_TEXT_Y_TICK,
  HP_PLOT_TEXT_LEGEND,
  HP_PLOT_TEXT_SCALE_LABEL,
  HP_PLOT_TEXT_SCALE_TICK,
  HP_PLOT_TEXT_LINE,  /* of a reference line */
  HP_PLOT_TEXT_POINT, /* of an outlier */
  HP_PLOT_TEXT_BAR,
  HP_PLOT_TEXT_EMPTY,
} HpPlotTextKind;

typedef enum
{
  HP_PLOT_FONT_TITLE,
  HP_PLOT_FONT_LABEL,
  HP_PLOT_FONT_TICK,
  HP_PLOT_N_FONTS
} HpPlotFont;

/* A text at its place: the corner of its box that is at the top left before it is turned around it */
typedef struct
{
  HpPlotTextKind kind;
  PangoLayout *layout;
  double x, y, width, height;
  double angle; /* radians, clockwise */
  HpColor color;
  gboolean halo; /* on the background's colour, since it stands on data */
} HpPlotText;

/* A tick that is shown: where its line is, in points */
typedef struct
{
  double at, pixel;
  gsize index; /* among the axis's ticks */
} HpPlotTick;

typedef struct
{
  const HpChartSeries *series;
  double x, y, width, height; /* of its swatch */
} HpPlotEntry;

/* A drawn point that may be picked, or that labels avoid */
typedef struct
{
  float x, y;
  guint64 row; /* 0: none */
} HpPlotSpot;

typedef struct
{
  double cell;
  int n_columns, n_rows;
  HpPlotRect area;
  guint32 *starts; /* n_columns * n_rows + 1: into spots */
  HpPlotSpot *spots;
} HpPlotSpots;

typedef struct
{
  double radius, alpha;
} HpPlotMark;

struct _HpPlot
{
  const HpChart *chart;
  double width, height;
  HpPaletteId palette_id;
  const HpPalette *palette;

  PangoContext *context;
  double size[HP_PLOT_N_FONTS]; /* points */
  double pad;

  HpPlotRect frame;
  GArray *texts;             /* (element-type HpPlotText) */
  GArray *x_ticks, *y_ticks; /* (element-type HpPlotTick) */
  double *x_widths, *y_heights; /* (nullable) of the texts of all ticks */
  GArray *entries;           /* (element-type HpPlotEntry) of the legend */
  HpPlotRect scale_bar;      /* no width: none */
  HpPlotMark mark;
  HpPlotSpots *spots;        /* (nullable) made when they are needed first */
  cairo_surface_t *picture;  /* (nullable) drawn before, at picture_scale */
  double picture_scale;
};

/* hp-plot-text.c */
PangoLayout *_hp_plot_text_layout (const HpPlot *plot, const char *text, HpPlotFont font);
void _hp_plot_text_measure (PangoLayout *layout, double *width, double *height);
void _hp_plot_text_limit (PangoLayout *layout, double width, int max_lines);
/* layout: (transfer full) */
HpPlotText *_hp_plot_add_text (HpPlot *plot, HpPlotTextKind kind, PangoLayout *layout, double x, double y, HpColor color);
void _hp_plot_text_bounds (const HpPlotText *text, HpPlotRect *bounds);
gboolean _hp_plot_texts_overlap (const HpPlotText *a, const HpPlotText *b, double gap);
void _hp_plot_draw_texts (HpPlot *plot, cairo_t *cairo);
void _hp_plot_draw_text (const HpPlot *plot, cairo_t *cairo, const HpPlotText *text);

/* hp-plot-layout.c, -axis.c, -legend.c, -labels.c */
void _hp_plot_lay_out (HpPlot *plot);
double _hp_plot_place_x (const HpPlot *plot, double x);
double _hp_plot_place_y (const HpPlot *plot, double y);
double _hp_plot_margin_left (HpPlot *plot, const HpPlotRect *frame);
double _hp_plot_margin_bottom (HpPlot *plot, const HpPlotRect *frame, double *overhang);
void _hp_plot_add_axes (HpPlot *plot);
double _hp_plot_legend_height (HpPlot *plot, double width, double *used);
void _hp_plot_add_legend (HpPlot *plot, double right, double bottom, double width);
double _hp_plot_scale_width (HpPlot *plot);
void _hp_plot_add_scale (HpPlot *plot);
void _hp_plot_add_bar_texts (HpPlot *plot);
void _hp_plot_add_line_labels (HpPlot *plot);
void _hp_plot_add_point_labels (HpPlot *plot);

/* hp-plot-spots.c */
HpPlotSpots *_hp_plot_get_spots (HpPlot *plot);
void _hp_plot_spots_free (HpPlotSpots *spots);
guint _hp_plot_spots_count (const HpPlotSpots *spots, const HpPlotRect *rect, guint at_most);

/* hp-plot-points.c */
HpPlotMark _hp_plot_choose_mark (const HpPlot *plot);
void _hp_plot_draw_points (HpPlot *plot, cairo_t *cairo, const HpChartSeries *series, guint shape);
/* One mark, as the legend shows it */
void _hp_plot_draw_mark (const HpPlot *plot, cairo_t *cairo, const HpChartSeries *series, guint shape, double x, double y);
guint _hp_plot_series_shape (const HpPlot *plot, const HpChartSeries *series);
HpColor _hp_plot_series_color (const HpPlot *plot, const HpChartSeries *series);
gboolean _hp_plot_is_vector (cairo_t *cairo);

/* hp-plot-series.c, -furniture.c */
void _hp_plot_draw_series (HpPlot *plot, cairo_t *cairo);
void _hp_plot_draw_grid (HpPlot *plot, cairo_t *cairo);
void _hp_plot_draw_lines (HpPlot *plot, cairo_t *cairo);
void _hp_plot_draw_axes (HpPlot *plot, cairo_t *cairo);
void _hp_plot_draw_legend (HpPlot *plot, cairo_t *cairo);
void _hp_plot_draw_scale (HpPlot *plot, cairo_t *cairo);
void _hp_plot_draw_all (HpPlot *plot, cairo_t *cairo);

/* hp-plot-svg.c */
char *_hp_plot_svg_tidy (const char *svg, gsize length, const char *title, const char *description);
