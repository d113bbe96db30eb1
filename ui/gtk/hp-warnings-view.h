/* hp-warnings-view.h - what is to be known about a price: its warnings, or why there is none
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "hp-valuation.h"

G_BEGIN_DECLS

#define HP_TYPE_WARNINGS_VIEW (hp_warnings_view_get_type ())
G_DECLARE_FINAL_TYPE (HpWarningsView, hp_warnings_view, HP, WARNINGS_VIEW, AdwBin)

GtkWidget *hp_warnings_view_new (void);
/* error: (nullable) why there is no price; warnings: (nullable) (element-type HpWarning). Hidden if there is nothing to say */
void       hp_warnings_view_set (HpWarningsView *view, const char *error, const GPtrArray *warnings);

G_END_DECLS
