/* hp-window.h - the window: views, the source, and the bar that says when the server is lost
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "hp-compare-view.h"
#include "hp-residuals-view.h"
#include "hp-value-view.h"
#include "hp-workbench.h"

G_BEGIN_DECLS

#define HP_TYPE_WINDOW (hp_window_get_type ())
G_DECLARE_FINAL_TYPE (HpWindow, hp_window, HP, WINDOW, AdwApplicationWindow)

/* settings: (nullable): where size, state and page are remembered. Actions: win.show-page with a page's name; win.open-house with what to tell and
 * a house (hp-house-text.h), which becomes the form's */
GtkWidget   *hp_window_new            (GtkApplication *application, HpWorkbench *workbench, GSettings *settings);
HpWorkbench *hp_window_get_workbench  (HpWindow *window);
HpValueView *hp_window_get_value_view (HpWindow *window);
gboolean     hp_window_get_warns      (HpWindow *window); /* the bar is shown */
/* "value", "compare", "residuals" */
void             hp_window_show_page          (HpWindow *window, const char *page);
const char      *hp_window_get_page           (HpWindow *window);
HpCompareView   *hp_window_get_compare_view   (HpWindow *window);
HpResidualsView *hp_window_get_residuals_view (HpWindow *window);

G_END_DECLS
