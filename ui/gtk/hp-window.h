/* hp-window.h - the window: views, the source, and the bar that says when the server is lost
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "hp-value-view.h"
#include "hp-workbench.h"

G_BEGIN_DECLS

#define HP_TYPE_WINDOW (hp_window_get_type ())
G_DECLARE_FINAL_TYPE (HpWindow, hp_window, HP, WINDOW, AdwApplicationWindow)

/* settings: (nullable): where size and state are remembered */
GtkWidget   *hp_window_new            (GtkApplication *application, HpWorkbench *workbench, GSettings *settings);
HpWorkbench *hp_window_get_workbench  (HpWindow *window);
HpValueView *hp_window_get_value_view (HpWindow *window);
gboolean     hp_window_get_warns      (HpWindow *window); /* the bar is shown */

G_END_DECLS
