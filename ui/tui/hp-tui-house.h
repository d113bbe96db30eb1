/* hp-tui-house.h - the house on the screen: what the terminal program works on, and what was changed before
 *
 * Calls its function when anything that a screen shows is another.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-workbench.h"

G_BEGIN_DECLS

typedef struct _HpTuiHouse HpTuiHouse;

/* A kind of change: those of one kind, one after the other, are taken back at once */
#define HP_TUI_CHANGE_ALONE G_MAXUINT

HpTuiHouse      *hp_tui_house_new            (HpWorkbench *workbench, void (*changed) (gpointer data), gpointer data);
void             hp_tui_house_free           (HpTuiHouse *house);
HpWorkbench     *hp_tui_house_get_workbench  (HpTuiHouse *house);
HpAutoValuer    *hp_tui_house_get_valuer     (HpTuiHouse *house);
HpForm          *hp_tui_house_get_form       (HpTuiHouse *house);
HpLiveValuation *hp_tui_house_get_live       (HpTuiHouse *house);
HpWorkbenchState hp_tui_house_get_state      (HpTuiHouse *house);
const char      *hp_tui_house_get_reason     (HpTuiHouse *house); /* (nullable) why there is no model */
const char      *hp_tui_house_get_local_version (HpTuiHouse *house); /* (nullable) of this computer's champion */
HpTraining      *hp_tui_house_new_training  (HpTuiHouse *house); /* (transfer full) */
void             hp_tui_house_refresh        (HpTuiHouse *house); /* asks everybody again */

/* To be called before a change; kind: a field, or HP_TUI_CHANGE_ALONE */
void             hp_tui_house_begin_change   (HpTuiHouse *house, guint kind);
gboolean         hp_tui_house_undo           (HpTuiHouse *house);
gboolean         hp_tui_house_redo           (HpTuiHouse *house);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpTuiHouse, hp_tui_house_free)

G_END_DECLS
