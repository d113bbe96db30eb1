/* hp-chart.h - what a chart shows, without a toolkit
 *
 * Series, axes with their ticks, reference lines, labels of outliers, a legend and one sentence that says what there is to see. The plot
 * room draws it on cairo, the terminal in braille, a report in SVG: all from this. Colours are roles; a palette makes colours of them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-json.h"

G_BEGIN_DECLS

typedef enum { HP_AXIS_NUMBER, HP_AXIS_DATE, HP_AXIS_CATEGORY } HpChartAxisKind;

/* How an axis writes its numbers: all alike, in one unit */
typedef enum
{
  HP_FORMAT_NUMBER,   /* 1,500; from ten millions on in millions, which the label says */
  HP_FORMAT_MONEY,    /* in thousands or millions of the currency, which the label says */
  HP_FORMAT_PERCENT,  /* of shares: 0.1 is 10 % */
  HP_FORMAT_YEAR,     /* 1950: no separators */
  HP_FORMAT_COUNT,    /* whole numbers */
} HpChartFormat;

typedef struct { double at; char *text; } HpChartTick;

typedef struct
{
  HpChartAxisKind kind;
  char   *label;         /* (nullable) "Predicted price, thousand USD"; made of the next three by hp_chart_finish() if they are given */
  char   *name;          /* (nullable) "Predicted price" */
  char   *unit;          /* (nullable) "ft²"; of money: its currency */
  HpChartFormat format;
  double  from, to;      /* from < to, finite. A date: months since the year 0. Categories are at 0, 1, …: from -0.5 to n - 0.5.
                          * Both 0 before hp_chart_finish(): from what there is to draw */
  GArray *ticks;         /* (element-type HpChartTick) within from and to, ascending; thinned by whoever draws if they don't fit */
  gboolean no_grid;
} HpChartAxis;

typedef enum
{
  HP_SERIES_POINTS,   /* x, y; not finite: not drawn */
  HP_SERIES_LINE,     /* x, y; not finite: a gap */
  HP_SERIES_BAND,     /* x, y to y2: an area */
  HP_SERIES_BARS,     /* vertical: x to x2, y2 (the foot) to y. With horizontal: y to y2 are the sides, x2 the foot, x the end */
  HP_SERIES_BOXES,    /* boxes: see HpChartBox; horizontal: the categories are on y */
  HP_SERIES_RANGES,   /* error bars: x, y to y2 (horizontal: y, x to x2), with a point at (x, mid), or (mid, y), if mid is there */
} HpChartSeriesKind;

/* What a thing is, not its colour */
typedef enum
{
  HP_ROLE_SERIES_1, HP_ROLE_SERIES_2, HP_ROLE_SERIES_3, HP_ROLE_SERIES_4,
  HP_ROLE_SERIES_5, HP_ROLE_SERIES_6, HP_ROLE_SERIES_7, HP_ROLE_SERIES_8,
  HP_ROLE_REFERENCE,  /* zero, the diagonal, a target */
  HP_ROLE_TREND,      /* LOWESS, a mean */
  HP_ROLE_UP, HP_ROLE_DOWN, /* of contributions and differences */
  HP_ROLE_MUTED,      /* ICE lines, groups too small to be graded */
  HP_ROLE_VALUE,      /* coloured by value: see colour scale */
  HP_N_ROLES = HP_ROLE_VALUE
} HpChartRole;

/* A group of values. What lies beyond the whiskers are points of another series */
typedef struct
{
  double   at;     /* where it is on the axis of categories */
  double   whisker_low, q1, median, q3, whisker_high;
  gsize    n;
  gboolean few;    /* sales: drawn faintly */
  double   width;  /* of the box on that axis, where categories are 1 apart; 0: 0.7 */
} HpChartBox;

typedef struct
{
  HpChartSeriesKind kind;
  HpChartRole role;
  char     *label;            /* (nullable) in the legend */
  gboolean  dashed, horizontal, faint;
  double    width;            /* of lines, in points; 0: the default */
  gsize     n;
  double   *x, *y;            /* n */
  double   *x2, *y2, *mid;    /* (nullable) */
  double   *value;            /* (nullable) for HP_ROLE_VALUE */
  guint64  *row;              /* (nullable) the sale behind each: for hover and selection */
  guint8   *flags;            /* (nullable) HP_POINT_… */
  char    **texts;            /* (nullable) n, of bars: written at their ends */
  GArray   *boxes;            /* (nullable) (element-type HpChartBox) */
} HpChartSeries;

#define HP_POINT_OUTLIER 1

typedef enum { HP_LINE_HORIZONTAL, HP_LINE_VERTICAL, HP_LINE_DIAGONAL } HpChartLineKind;

typedef struct { HpChartLineKind kind; double at; char *label; HpChartRole role; gboolean dashed; } HpChartLine;

/* A word in the chart, next to a point: the row of an outlier */
typedef struct { double x, y; char *text; guint64 row; } HpChartLabel;

typedef struct
{
  gboolean shown;
  gboolean diverging;      /* around middle; else from low to high */
  double   low, middle, high;
  char    *label;          /* (nullable) label, name, unit and format as an axis has them */
  char    *name, *unit;    /* (nullable) */
  HpChartFormat format;
  GArray  *ticks;          /* (element-type HpChartTick) from low to high */
} HpChartScale;

typedef struct
{
  char        *kind;       /* "residuals-fitted" */
  char        *title;
  char        *subtitle;   /* (nullable) "version 3 · 2,930 sales" */
  char        *summary;    /* one sentence: what there is to see */
  HpChartAxis  x, y;
  GPtrArray   *series;     /* (element-type HpChartSeries) drawn in order */
  GPtrArray   *lines;      /* (element-type HpChartLine) beneath the series */
  GPtrArray   *labels;     /* (element-type HpChartLabel) most important first: what does not fit is left out */
  HpChartScale scale;
  gboolean     equal;      /* one unit is as long on both axes (actual-predicted, map) */
  double       aspect;     /* with equal: how many times as long a unit is on y as on x; 0: once. A degree of latitude on a map */
  char        *empty;      /* (nullable) nothing to draw: why, and what to do */
} HpChart;

#define HP_CHART_MAX_LABEL_CHARS 40 /* of a category */

HpChart       *hp_chart_new          (const char *kind);
/* A finished chart in the place of one that can't be made */
HpChart       *hp_chart_new_empty    (const char *kind, const char *why);
void           hp_chart_free         (HpChart *chart);
/* (transfer none): appended, arrays of n zeros for x and y */
HpChartSeries *hp_chart_add_series   (HpChart *chart, HpChartSeriesKind kind, HpChartRole role, const char *label, gsize n);
HpChartLine   *hp_chart_add_line     (HpChart *chart, HpChartLineKind kind, double at, const char *label);
/* text NULL: the row */
void           hp_chart_add_label    (HpChart *chart, double x, double y, guint64 row, const char *text);
/* What an axis is of. unit NULL: none */
void           hp_chart_axis_set     (HpChartAxis *axis, const char *name, HpChartFormat format, const char *unit);
/* The next category; the label is a stranger's: it is made printable and cut */
void           hp_chart_axis_add_category (HpChartAxis *axis, const char *label);
/* Shows the scale; low < high, and middle between them if it is diverging */
void           hp_chart_scale_set    (HpChartScale *scale, const char *name, HpChartFormat format, const char *unit,
                                      gboolean diverging, double low, double middle, double high);
/* From what the series hold: ranges with some air, nice ticks, numbers in the unit that the axis label names */
void           hp_chart_finish       (HpChart *chart);
/* All of it as JSON: what goldens compare, and what the server will hand out */
void           hp_chart_write_json   (const HpChart *chart, HpJsonWriter *writer);

typedef enum { HP_PALETTE_LIGHT, HP_PALETTE_DARK, HP_PALETTE_HIGH_CONTRAST, HP_PALETTE_HIGH_CONTRAST_DARK } HpPaletteId;
typedef struct { double red, green, blue; } HpColor;
typedef struct
{
  HpColor background, text, weak_text, grid, axis;
  HpColor role[HP_N_ROLES];                           /* of every role but VALUE */
} HpPalette;
/* Colour-blind safe; lines and points stand out from the background by 3:1 at least, in high contrast by 4.5:1. (transfer none) */
const HpPalette *hp_palette_get      (HpPaletteId id);
/* Values beyond the scale have the colours of its ends; NaN is muted */
HpColor          hp_palette_value    (HpPaletteId id, const HpChartScale *scale, double value);
/* Between 1 and 21, as the Web Content Accessibility Guidelines measure it */
double           hp_color_contrast   (HpColor a, HpColor b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpChart, hp_chart_free)

G_END_DECLS
