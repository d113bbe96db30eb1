/* hp-tui-evidence.h - the reasons and the comparable sales as lists that one can walk through
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-tui-layout.h"
#include "hp-tui-view.h"

G_BEGIN_DECLS

typedef enum
{
  HP_TUI_LIST_NONE, /* the form has the keys */
  HP_TUI_LIST_REASONS,
  HP_TUI_LIST_COMPARABLES,
} HpTuiList;

typedef struct
{
  HpTuiApp *app;
  HpTuiList list;   /* that has the keys */
  guint     chosen; /* row of it */
  HpArea    reasons, comparables; /* rows as drawn last, in the canvas */
} HpTuiEvidence;

guint    hp_tui_evidence_contexts (HpTuiEvidence *evidence);
/* What it needs shown */
HpTuiShow hp_tui_evidence_show    (HpTuiEvidence *evidence);
void     hp_tui_evidence_draw     (HpTuiEvidence *evidence, const HpTuiView *view, const HpTuiLayout *layout);
gboolean hp_tui_evidence_command  (HpTuiEvidence *evidence, HpTuiCommand command);
/* To the next of form, reasons, comparables */
void     hp_tui_evidence_next     (HpTuiEvidence *evidence);
/* A click, the wheel; FALSE: it is elsewhere */
gboolean hp_tui_evidence_input    (HpTuiEvidence *evidence, const HpInput *input);
/* What keys do with the row in focus; (transfer full) */
char    *hp_tui_evidence_hint     (HpTuiEvidence *evidence);

/* Rows of a list in so much room; chosen: -1: none */
guint    hp_tui_reasons_count     (const HpTuiView *view, int height, gboolean sum);
/* Returns where the rows are */
HpArea   hp_tui_reasons_draw      (const HpTuiView *view, const HpArea *area, gboolean sum, int chosen);
HpArea   hp_tui_comparables_draw  (const HpTuiView *view, const HpArea *area, int chosen);

/* What Enter opens; (transfer full) */
HpTuiScreen *hp_tui_reasons_page    (HpTuiApp *app);
HpTuiScreen *hp_tui_comparable_page (HpTuiApp *app, guint comparable);

G_END_DECLS
