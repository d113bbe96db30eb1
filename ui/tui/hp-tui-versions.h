/* hp-tui-versions.h - the versions on this computer, listed without waiting, and which of them a view shows
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-studies.h"
#include "hp-tui-picker.h"

G_BEGIN_DECLS

typedef struct _HpTuiVersions HpTuiVersions;

/* registry: (nullable): there are no versions. changed: when there is something else to show */
HpTuiVersions   *hp_tui_versions_new         (HpRegistry *registry, void (*changed) (gpointer data), gpointer data);
void             hp_tui_versions_free        (HpTuiVersions *versions);
/* Looks again; what was listed stays until then */
void             hp_tui_versions_refresh     (HpTuiVersions *versions);
/* Whoever asks has them listed. (element-type HpVersionInfo) ascending; NULL: not yet, or not to be had */
const GPtrArray *hp_tui_versions_get         (HpTuiVersions *versions);
const GError    *hp_tui_versions_get_error   (HpTuiVersions *versions); /* (nullable) */
gboolean         hp_tui_versions_is_loading  (HpTuiVersions *versions);
HpStudies       *hp_tui_versions_get_studies (HpTuiVersions *versions); /* (nullable) */
/* Those of chosen that there are; fewer than least, and the champion and the newest are taken along. NULL-terminated, ascending,
 * (transfer full) */
char           **hp_tui_versions_choose      (HpTuiVersions *versions, const char *const *chosen /* (nullable) */, guint least);
/* "Version 4      xgboost, champion, MAE 14,321", marked if it is among chosen */
void             hp_tui_versions_add         (HpTuiPicker *picker, const HpVersionInfo *info, const char *const *chosen /* (nullable) */);

G_END_DECLS
