/* hp-report-layout-private.h - a report as a column of items, before it is cut into pages
 *
 * An item is a strip as wide as the text that is never cut: a line of a paragraph, a row of a table, a chart with its caption. It knows its
 * height, what is drawn in it (marks), whether it must stay with the next one, and which head stands above it again on a new page.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <pango/pangocairo.h>

#include "hp-report-private.h"

G_BEGIN_DECLS

typedef struct { double red, green, blue; } HpReportInk;

typedef enum { HP_MARK_FILL, HP_MARK_TEXT, HP_MARK_LINE, HP_MARK_CHART } HpReportMarkKind;

/* FILL: a rectangle. TEXT: a layout, its upper left corner at x, y. LINE: one line of a layout, its baseline at y. CHART: in a rectangle */
typedef struct
{
  HpReportMarkKind kind;
  double x, y, width, height;
  HpReportInk ink;
  PangoLayout *layout;
  int line;
  const HpChart *chart;
  double scale;
} HpReportMark;

typedef struct _HpReportItem HpReportItem;
struct _HpReportItem
{
  double space;             /* above it, but for the first of a page */
  double height;
  gboolean keep;            /* not the last of a page if the next one follows */
  const HpReportItem *head; /* (nullable) drawn above it where it is the first of a page */
  const char *entry;        /* (nullable) of the outline */
  guint level;              /* of the entry */
  GArray *marks;            /* (element-type HpReportMark) */
};

typedef struct
{
  PangoContext *context;
  double width, height;     /* of the text on a page */
  GPtrArray *items;         /* (element-type HpReportItem) */
} HpReportLayout;

typedef enum { HP_INK_TEXT, HP_INK_WEAK, HP_INK_RULE, HP_INK_SOFT, HP_INK_GOOD, HP_INK_WARN, HP_INK_BAD, HP_INK_MARK } HpReportInkId;

extern const HpReportInk hp_report_inks[];
HpReportInk   hp_report_tone_ink       (HpReportTone tone);

/* Of the text, in points */
#define HP_REPORT_SIZE       9.5
#define HP_REPORT_SIZE_SMALL 8.5

/* text: its first n_bold bytes are bold, -1: all. width: it wraps there, below 0: one line. (transfer full) */
PangoLayout  *hp_report_layout_text    (HpReportLayout *layout, const char *text, int n_bold, double size, double width);
void          hp_report_layout_measure (PangoLayout *text, double *width, double *height);

/* (transfer none): appended */
HpReportItem *hp_report_layout_add     (HpReportLayout *layout, double space, double height);
void          hp_report_item_fill      (HpReportItem *item, double x, double y, double width, double height, HpReportInk ink);
/* text: (transfer full) */
void          hp_report_item_text      (HpReportItem *item, PangoLayout *text, double x, double y, HpReportInk ink);
void          hp_report_item_chart     (HpReportItem *item, const HpChart *chart, double x, double y, double width, double height, double scale);
/* Each line of it an item; text: (transfer full). No page ends with its first line or begins with its last */
void          hp_report_layout_lines   (HpReportLayout *layout, PangoLayout *text, double x, double space, HpReportInk ink, gboolean keep);
void          hp_report_layout_table   (HpReportLayout *layout, const HpReportBlock *block);
void          hp_report_layout_figures (HpReportLayout *layout, const HpReportBlock *block);
void          hp_report_layout_signatures (HpReportLayout *layout, const HpReportBlock *block);
/* "Table 1. Caption¹", of a block that has one; keep: with what follows */
void          hp_report_layout_caption (HpReportLayout *layout, const HpReportBlock *block, double space);
/* The text with the numbers of its notes behind it; (transfer full) */
char         *hp_report_noted_text     (const HpReportBlock *block, const char *text);
void          hp_report_layout_report  (HpReportLayout *layout, const HpReport *report);

HpReportLayout *hp_report_layout_new   (const char *language, double width, double height);
void          hp_report_layout_free    (HpReportLayout *layout);
void          hp_report_item_draw      (const HpReportItem *item, cairo_t *cairo, double x, double y);

G_END_DECLS
