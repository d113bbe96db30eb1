/* hp-finding.h - what is wrong with data, in a form that can be counted, shown and exported
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-json.h"

G_BEGIN_DECLS

typedef enum { HP_SEVERITY_INFO, HP_SEVERITY_WARNING, HP_SEVERITY_ERROR } HpSeverity;

typedef struct
{
  HpSeverity severity;
  char      *code;    /* "missing_column", "bad_number", "out_of_range", "duplicate_row", "leakage" … */
  char      *column;  /* (nullable) */
  guint64    count;   /* how many rows */
  guint64    line;    /* of the first, 0 if it is about the whole file */
  guint      position;/* column (character) in that line, 0 if unknown */
  char      *message; /* what, where, what to do */
} HpFinding;

typedef struct _HpFindings HpFindings;

HpFindings      *hp_findings_new       (const char *file);
void             hp_findings_free      (HpFindings *findings);
/* The same code and column again only raises the count of the first. The message is formatted only for the first. */
void             hp_findings_add       (HpFindings *findings, HpSeverity severity, const char *code, const char *column,
                                        guint64 line, guint position, const char *format, ...) G_GNUC_PRINTF (7, 8);
guint            hp_findings_get_n     (const HpFindings *findings);
const HpFinding *hp_findings_get       (const HpFindings *findings, guint i); /* errors first, then warnings, then info */
guint            hp_findings_count     (const HpFindings *findings, HpSeverity severity);
void             hp_findings_write_json (const HpFindings *findings, HpJsonWriter *writer); /* an array */
char            *hp_findings_to_text   (const HpFindings *findings, gboolean color);
/* The first error-level finding(s) as HP_ERROR_BAD_DATA "file:line:column: message (and N more)"; FALSE if there is one */
gboolean         hp_findings_check     (const HpFindings *findings, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpFindings, hp_findings_free)

G_END_DECLS
