/* hp-compare-view.h - the Compare view: is one version better than another, where, and for which houses
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "hp-compare-page.h"
#include "hp-house-prices.h"
#include "hp-version-picker.h"
#include "hp-workbench.h"

G_BEGIN_DECLS

#define HP_TYPE_COMPARE_VIEW (hp_compare_view_get_type ())
G_DECLARE_FINAL_TYPE (HpCompareView, hp_compare_view, HP, COMPARE_VIEW, AdwBin)

GtkWidget       *hp_compare_view_new           (void);
/* studies: (nullable): there are no versions on this computer */
void             hp_compare_view_set_workbench (HpCompareView *view, HpWorkbench *workbench, HpStudies *studies);
/* "empty", "loading", "too-few", "failed" or "comparison" */
const char      *hp_compare_view_get_page      (HpCompareView *view);
HpVersionPicker *hp_compare_view_get_picker    (HpCompareView *view);
HpComparePage   *hp_compare_view_get_figures   (HpCompareView *view);
HpHousePrices   *hp_compare_view_get_prices    (HpCompareView *view);
/* What is asked for is shown, nothing is being loaded */
gboolean         hp_compare_view_is_settled    (HpCompareView *view);

G_END_DECLS
