/* hp-tui-app-private.h - parts of the program's frame
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-line-editor.h"
#include "hp-tui-app.h"

G_BEGIN_DECLS

/* Smaller, and only a notice is shown */
#define HP_TUI_MIN_WIDTH  60
#define HP_TUI_MIN_HEIGHT 15

typedef struct
{
  HpTuiCommand command;
  int          start, end; /* columns */
} HpTuiButton;

struct _HpTuiApp
{
  HpTuiHouse   *house;
  HpTuiHost     host;
  gpointer      data;

  HpTuiVersions *versions;
  HpTuiScreen  *views[HP_TUI_N_VIEWS]; /* (nullable) those that were shown; the first is the house or the start */
  HpTuiViewId   view;    /* the one that is shown */
  GPtrArray    *pages;   /* (element-type HpTuiScreen) over it; the last is on top */
  char         *message; /* (nullable) */
  HpStyle       message_style;
  HpLineEditor *prompt;      /* (nullable) while a command is typed */
  GPtrArray    *completions; /* (nullable) (element-type utf8) that Tab found */

  GArray       *buttons; /* of HpTuiButton, as drawn last */
  GArray       *tabs;    /* of HpTuiButton, likewise, in the first line */
  int           width, height;
  guint         frame, spinner; /* spinner: a source */
};

HpTuiScreen *_hp_tui_app_top       (HpTuiApp *app);
/* Translated */
const char  *_hp_tui_app_view_title (HpTuiViewId view);
guint        _hp_tui_app_contexts  (HpTuiApp *app);
gboolean     _hp_tui_app_too_small (HpTuiApp *app);

/* The frame around screens */
void         _hp_tui_frame_draw    (HpTuiApp *app, HpCanvas *canvas);

/* The command line */
void         _hp_tui_prompt_open   (HpTuiApp *app);
void         _hp_tui_prompt_close  (HpTuiApp *app);
gboolean     _hp_tui_prompt_input  (HpTuiApp *app, const HpInput *input, const char *key);
void         _hp_tui_prompt_draw   (HpTuiApp *app, HpCanvas *canvas, const HpArea *area);

G_END_DECLS
