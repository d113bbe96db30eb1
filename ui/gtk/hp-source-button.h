/* hp-source-button.h - who values at present, told in the header bar
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "hp-workbench.h"

G_BEGIN_DECLS

#define HP_TYPE_SOURCE_BUTTON (hp_source_button_get_type ())
G_DECLARE_FINAL_TYPE (HpSourceButton, hp_source_button, HP, SOURCE_BUTTON, AdwBin)

GtkWidget  *hp_source_button_new           (void);
void        hp_source_button_set_workbench (HpSourceButton *button, HpWorkbench *workbench);
/* "Server · v3", "Offline · v2", "This computer · v3"; without a mark */
const char *hp_source_button_get_label     (HpSourceButton *button);

G_END_DECLS
