/* hp-report.h - a document for people who decide: of a version, of a comparison, of one house
 *
 * A report is a row of blocks: headings, paragraphs, key figures, facts, tables, charts, callouts, words explained, lines to sign. What
 * fills it knows nothing of pages and tags; three writers make one file of it each, without any reference to another: HTML, PDF, Markdown.
 * All text that comes in is plain: control characters go when it is added, and every writer escapes what its format would read as its own.
 * The same report makes the same bytes: dates come from the caller.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-chart.h"

G_BEGIN_DECLS

typedef enum
{
  HP_BLOCK_HEADING,
  HP_BLOCK_PARAGRAPH,
  HP_BLOCK_LIST,       /* of sentences */
  HP_BLOCK_FIGURES,    /* a few large numbers, each with its label */
  HP_BLOCK_FACTS,      /* label and value */
  HP_BLOCK_TERMS,      /* a word and its meaning */
  HP_BLOCK_TABLE,
  HP_BLOCK_CHART,
  HP_BLOCK_CALLOUT,    /* a verdict, a warning: not to be missed */
  HP_BLOCK_SIGNATURES, /* lines to sign */
} HpReportBlockKind;

/* What a thing means; never said by colour alone */
typedef enum
{
  HP_TONE_PLAIN,
  HP_TONE_STRONG,
  HP_TONE_WEAK,   /* too few to be graded, not known */
  HP_TONE_GOOD,
  HP_TONE_WARN,
  HP_TONE_BAD,
  HP_TONE_DIFFERS /* of a cell: not as in the house valued */
} HpReportTone;

typedef enum { HP_COLUMN_LEFT, HP_COLUMN_RIGHT, HP_COLUMN_CENTER } HpReportAlign;

/* text: what stands in it; of a signature: what is filled in already */
typedef struct
{
  char *label, *text;
  char *detail; /* (nullable) beneath a key figure */
  HpReportTone tone;
} HpReportPair;

typedef struct
{
  char *title;
  char *unit; /* (nullable) "USD", "%": beneath the title */
  HpReportAlign align;
} HpReportColumn;

typedef struct
{
  char *text;
  HpReportTone tone;
} HpReportCell;

typedef struct
{
  HpReportTone tone;
  GPtrArray *cells; /* (element-type HpReportCell) one a column; the first is the row's head */
} HpReportRow;

typedef struct
{
  GPtrArray *columns; /* (element-type HpReportColumn) */
  GPtrArray *rows;    /* (element-type HpReportRow) */
} HpReportTable;

typedef struct
{
  HpReportBlockKind kind;
  HpReportTone tone;
  guint level;       /* of a heading: 2, or 3 within it */
  guint number;      /* of a table or a chart: from 1, each of its own; 0: it has no caption */
  gboolean half;     /* of a chart: half as wide as the page, beside the next one if that is half too */
  char *text;        /* heading, paragraph; title of a callout; caption of a table */
  char *body;        /* (nullable) of a callout */
  GPtrArray *pairs;  /* (nullable) (element-type HpReportPair) */
  GPtrArray *items;  /* (nullable) (element-type utf8) of a list */
  HpReportTable *table;
  HpChart *chart;
  GArray *notes;     /* (nullable) (element-type guint) footnotes of it, from 1 */
} HpReportBlock;

typedef struct
{
  char *title;
  char *subtitle;    /* (nullable) */
  char *date;        /* (nullable) as people read it: when the report was made */
  gint64 made;       /* the same as seconds since 1970, for the PDF's own record; 0: none */
  char *maker;       /* program and version that write it: in the foot of each page */
  char *language;    /* BCP 47 */
  GPtrArray *blocks; /* (element-type HpReportBlock) */
  GPtrArray *notes;  /* (element-type utf8) */
  guint n_tables, n_charts;
} HpReport;

HpReport      *hp_report_new             (const char *title, const char *subtitle, gint64 made);
void           hp_report_free            (HpReport *report);

/* All (transfer none), appended */
HpReportBlock *hp_report_add_heading     (HpReport *report, guint level, const char *text);
HpReportBlock *hp_report_add_paragraph   (HpReport *report, const char *text);
HpReportBlock *hp_report_add_paragraphf  (HpReport *report, const char *format, ...) G_GNUC_PRINTF (2, 3);
HpReportBlock *hp_report_add_list        (HpReport *report);
HpReportBlock *hp_report_add_callout     (HpReport *report, HpReportTone tone, const char *title, const char *body);
/* of HP_BLOCK_FIGURES, _FACTS, _TERMS, _SIGNATURES: filled with hp_report_block_add_pair() */
HpReportBlock *hp_report_add_pairs       (HpReport *report, HpReportBlockKind kind);
HpReportTable *hp_report_add_table       (HpReport *report, const char *caption);
/* chart: (transfer full) */
HpReportBlock *hp_report_add_chart       (HpReport *report, HpChart *chart, gboolean half);

HpReportPair  *hp_report_block_add_pair  (HpReportBlock *block, const char *label, const char *text, const char *detail);
void           hp_report_block_add_item  (HpReportBlock *block, const char *text);
/* A footnote: its number stands behind the block's text, the note itself at the end of the report */
void           hp_report_add_note        (HpReport *report, HpReportBlock *block, const char *text);

void           hp_report_table_add_column (HpReportTable *table, const char *title, const char *unit, HpReportAlign align);
/* Cells are added to the row begun last; what lacks at its end is empty */
void           hp_report_table_begin_row  (HpReportTable *table, HpReportTone tone);
HpReportCell  *hp_report_table_add_cell   (HpReportTable *table, const char *text);
/* A whole row, up to NULL */
void           hp_report_table_add_row    (HpReportTable *table, HpReportTone tone, ...) G_GNUC_NULL_TERMINATED;
/* The block of the table added last, for a note */
HpReportBlock *hp_report_get_last_block   (HpReport *report);

typedef enum
{
  HP_PAPER_LOCALE, /* Letter where the locale's paper is, else A4 */
  HP_PAPER_A4,
  HP_PAPER_LETTER,
} HpPaper;

gboolean hp_paper_from_name (const char *name, HpPaper *paper);                /* "a4", "letter" */
void     hp_paper_get_size  (HpPaper paper, double *width, double *height);    /* in points */

/* All (transfer full) */
char   *hp_report_to_html     (const HpReport *report, HpPaper paper, GError **error);
GBytes *hp_report_to_pdf      (const HpReport *report, HpPaper paper, GError **error);
/* The picture of a chart, a file of SVG */
GBytes *hp_report_block_get_svg (const HpReportBlock *block, GError **error);
/* picture: (nullable) "report-%u.svg", where chart number %u will lie beside it; NULL: its sentence alone */
char   *hp_report_to_markdown (const HpReport *report, const char *picture);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpReport, hp_report_free)

G_END_DECLS
