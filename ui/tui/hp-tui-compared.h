/* hp-tui-compared.h - what the Compare view shows: versions on the same sales, why prices moved, a chart of the differences
 *
 * Made in a thread; never changed afterwards, and held by reference.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-canvas.h"
#include "hp-chart.h"
#include "hp-description.h"
#include "hp-study-comparison.h"
#include "hp-tui-grid.h"

G_BEGIN_DECLS

typedef struct
{
  char             **versions;
  HpStudyComparison *compared;
  HpChart           *chart; /* between the first and the last version */
} HpTuiCompared;

/* What a version says of the house in the form */
typedef struct
{
  char        *version;
  HpValuation *valuation; /* (nullable) not yet, or not at all: */
  char        *problem;   /* (nullable) why */
} HpTuiHousePrice;

/* versions: two to HP_COMPARISON_MAX, NULL-terminated */
void           hp_tui_compared_new_async  (HpStudies *studies, const char *const *versions, GCancellable *cancellable,
                                           GAsyncReadyCallback callback, gpointer data);
HpTuiCompared *hp_tui_compared_new_finish (GAsyncResult *result, GError **error);
HpTuiCompared *hp_tui_compared_ref        (HpTuiCompared *compared);
void           hp_tui_compared_unref      (HpTuiCompared *compared);
/* The pair of the first and the last version; pairs: of the comparison or of one of its segments */
const HpPair  *hp_tui_compared_pair       (const HpComparison *comparison, const HpPair *pairs);

/* All of it as a page (element-type HpTuiLine) for width columns. prices: (nullable) (element-type HpTuiHousePrice); description:
 * (nullable) whose labels are used */
GArray        *hp_tui_compared_lines      (const HpTuiCompared *compared, const GPtrArray *prices, const HpDescription *description, HpCanvas *canvas, int width);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpTuiCompared, hp_tui_compared_unref)

G_END_DECLS
