/* hp-tui-residuals.h - what the Residuals view shows: sales as some versions see them, in an order, and their chart
 *
 * Loaded, dealt into segments, sorted and charted in a thread; never changed afterwards, and held by reference.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-chart-study.h"
#include "hp-segmentation.h"
#include "hp-studies.h"

G_BEGIN_DECLS

/* What sales are sorted by; of several versions, the last one's */
typedef enum
{
  HP_TUI_SORT_SALE,
  HP_TUI_SORT_PRICE,
  HP_TUI_SORT_PREDICTED,
  HP_TUI_SORT_RESIDUAL, /* its size */
  HP_TUI_SORT_SHARE,    /* of the price; its size */
  HP_TUI_N_SORTS
} HpTuiSort;

typedef struct
{
  char    **versions;
  char     *kind;     /* of the chart */
  char     *by;       /* (nullable) what is filtered by, as hp_segmentation_new() knows it */
  char     *segment;  /* (nullable) the key of the segment that is kept */
  HpTuiSort sort;
  gboolean  reversed; /* the largest last */
} HpTuiResidualsChoice;

typedef struct
{
  HpTuiResidualsChoice choice;
  GPtrArray      *loaded;   /* (element-type HpStudySet) */
  HpResidualSet **sets;     /* NULL-terminated, of each version: the sales that all have, in the segment, same rows in the same order */
  guint           n_sets;
  HpSegmentation *segments; /* (nullable) of the sales that all have, by what is filtered by */
  gboolean        filtered; /* one of the segments is kept */
  guint32        *order;    /* of the sales */
  HpChart        *chart;
} HpTuiResiduals;

void                 hp_tui_residuals_choice_clear (HpTuiResidualsChoice *choice);
/* before: (nullable): what it loaded is not loaded again where it is the same */
void                 hp_tui_residuals_new_async    (HpStudies *studies, const HpTuiResidualsChoice *choice, HpTuiResiduals *before,
                                                    GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
HpTuiResiduals      *hp_tui_residuals_new_finish   (GAsyncResult *result, GError **error);
HpTuiResiduals      *hp_tui_residuals_ref          (HpTuiResiduals *residuals);
void                 hp_tui_residuals_unref        (HpTuiResiduals *residuals);
/* "Location: North Ames"; (transfer full) (nullable): all are shown */
char                *hp_tui_residuals_filter       (const HpTuiResiduals *residuals);
/* What a segmentation is called: "Price decile", "Location" */
const char          *hp_tui_residuals_by_label     (const HpResidualSet *set, const char *by);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpTuiResiduals, hp_tui_residuals_unref)

G_END_DECLS
