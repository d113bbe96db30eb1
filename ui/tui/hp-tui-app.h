/* hp-tui-app.h - the terminal program without a terminal
 *
 * Takes inputs, draws on a canvas, and asks its host for what only a terminal can do. Tests are a host too.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-tui-house.h"
#include "hp-tui-versions.h"
#include "hp-tui-screen.h"

G_BEGIN_DECLS

typedef struct
{
  void     (*draw)    (gpointer data);                   /* soon; the host then calls hp_tui_app_draw() */
  gboolean (*copy)    (const char *text, gpointer data); /* to the clipboard; FALSE: the terminal has none */
  void     (*redraw)  (gpointer data);                   /* all of it, whatever the terminal shows now */
  void     (*suspend) (gpointer data);
  void     (*quit)    (int status, gpointer data);
  char    *(*log)     (gpointer data);                   /* what was noted, (transfer full) */
} HpTuiHost;

/* In the order of the first line, of keys and of Tab */
typedef enum
{
  HP_TUI_VIEW_VALUE,
  HP_TUI_VIEW_COMPARE,
  HP_TUI_VIEW_RESIDUALS,
  HP_TUI_N_VIEWS
} HpTuiViewId;

HpTuiApp            *hp_tui_app_new          (HpWorkbench *workbench, const HpTuiHost *host, gpointer data);
void                 hp_tui_app_free         (HpTuiApp *app);
void                 hp_tui_app_draw         (HpTuiApp *app, HpCanvas *canvas);
void                 hp_tui_app_input        (HpTuiApp *app, const HpInput *input);
void                 hp_tui_app_run          (HpTuiApp *app, HpTuiCommand command);

/* For screens */
HpTuiHouse          *hp_tui_app_get_house    (HpTuiApp *app);
HpTuiVersions       *hp_tui_app_get_versions (HpTuiApp *app);
void                 hp_tui_app_show         (HpTuiApp *app, HpTuiViewId view);
void                 hp_tui_app_changed      (HpTuiApp *app);
/* A message until the next key */
void                 hp_tui_app_say          (HpTuiApp *app, HpStyle style, const char *format, ...) G_GNUC_PRINTF (3, 4);
void                 hp_tui_app_open         (HpTuiApp *app, HpTuiScreen *screen /* (transfer full) */);
void                 hp_tui_app_close        (HpTuiApp *app);
guint                hp_tui_app_get_frame    (HpTuiApp *app); /* of spinners */

/* The command line: runs a line; what is wrong with it is an error for people */
gboolean             hp_tui_words_run        (HpTuiApp *app, const char *line, GError **error);
/* What may stand at the end of line, whole words; *start: where the word begins that they replace. (transfer full) */
GPtrArray           *hp_tui_words_complete   (HpTuiApp *app, const char *line, gsize *start);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpTuiApp, hp_tui_app_free)

G_END_DECLS
