/* hp-first-start.h - what there is to do where no model is: one button that trains one
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "hp-workbench.h"

G_BEGIN_DECLS

#define HP_TYPE_FIRST_START (hp_first_start_get_type ())
G_DECLARE_FINAL_TYPE (HpFirstStart, hp_first_start, HP, FIRST_START, AdwBin)

GtkWidget *hp_first_start_new           (void);
void       hp_first_start_set_workbench (HpFirstStart *page, HpWorkbench *workbench);
/* A training is under way: the page must stay, whatever becomes of the server meanwhile */
gboolean   hp_first_start_is_training   (HpFirstStart *page);

G_END_DECLS
