/* hp-tui-residuals-view.h - the state of the Residuals view: what is chosen, what is shown, what is open over it
 *
 * The screen draws it and runs commands; here is what they do.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-tui-app.h"
#include "hp-tui-chart.h"
#include "hp-tui-picker.h"
#include "hp-tui-sales-table.h"

G_BEGIN_DECLS

typedef enum
{
  HP_TUI_ZOOM_BOTH,
  HP_TUI_ZOOM_CHART,
  HP_TUI_ZOOM_SALES,
  HP_TUI_N_ZOOMS
} HpTuiZoom;

typedef enum
{
  HP_TUI_PICK_VERSIONS,
  HP_TUI_PICK_CHART,
  HP_TUI_PICK_BY,
  HP_TUI_PICK_SEGMENT,
} HpTuiPick;

typedef struct
{
  HpTuiScreen          screen;
  guint                max_versions;
  HpTuiResidualsChoice choice;      /* what is wanted */
  gboolean             wanted;      /* it is another than what is shown, or is coming */
  HpTuiResiduals      *shown;       /* (nullable) */
  char                *problem;     /* (nullable) why it can't be shown */
  GCancellable        *cancellable; /* (nullable) while it is coming */
  gint64               since;       /* when it was asked for */
  HpTuiSalesTable      table;
  HpTuiChartView       chart;
  HpTuiZoom            zoom;
  gboolean             chart_alone; /* as drawn last */
  HpTuiPicker         *picker;      /* (nullable) */
  HpTuiPick            pick;
  gboolean             segments;    /* their list opens when they are there */
  HpLineEditor        *search;      /* (nullable) while one types */
  guint                search_from; /* where one was before */
  gboolean             not_found;
  char                *searched;    /* (nullable) */
} HpTuiResidualsView;

void     hp_tui_residuals_view_clear      (HpTuiResidualsView *self);
/* Has what is wanted loaded, if it isn't yet */
void     hp_tui_residuals_view_ask        (HpTuiResidualsView *self);
/* Gives up what is coming; FALSE: nothing was */
gboolean hp_tui_residuals_view_stop       (HpTuiResidualsView *self);
/* It takes so long that one wants to know */
gboolean hp_tui_residuals_view_is_slow    (HpTuiResidualsView *self);
/* The chosen sale, as its data counts it; 0: none */
guint64  hp_tui_residuals_view_row        (HpTuiResidualsView *self);
void     hp_tui_residuals_view_filter     (HpTuiResidualsView *self, const char *by, const char *segment);
/* by: to the next or the previous column; 0: the other way round */
void     hp_tui_residuals_view_sort       (HpTuiResidualsView *self, int by);
void     hp_tui_residuals_view_step_chart (HpTuiResidualsView *self, int by);
void     hp_tui_residuals_view_open_sale  (HpTuiResidualsView *self);

void     hp_tui_residuals_view_pick       (HpTuiResidualsView *self, HpTuiPick pick);
/* What follows from what became of the list; TRUE */
gboolean hp_tui_residuals_view_picked     (HpTuiResidualsView *self, HpTuiPickerEnd end);

void     hp_tui_residuals_view_search     (HpTuiResidualsView *self);
/* input: (nullable). FALSE: it was nothing for the line */
gboolean hp_tui_residuals_view_type       (HpTuiResidualsView *self, const HpInput *input, HpTuiCommand command);
void     hp_tui_residuals_view_find       (HpTuiResidualsView *self, int by);

G_END_DECLS
