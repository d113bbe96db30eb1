/* hp-finding-private.h - findings that are counted by their finder
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-finding.h"

G_BEGIN_DECLS

/* As hp_findings_add(), for count rows at once */
void _hp_findings_add_count (HpFindings *findings, HpSeverity severity, const char *code, const char *column,
                             guint64 count, guint64 line, guint position, const char *format, ...)
  G_GNUC_PRINTF (8, 9);
/* TRUE if such a finding is there; raises its count then: the hot path of millions of bad cells */
gboolean _hp_findings_count_again (HpFindings *findings, const char *code, const char *column, guint64 count);

G_END_DECLS
