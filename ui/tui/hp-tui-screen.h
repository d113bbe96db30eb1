/* hp-tui-screen.h - what fills the middle of the terminal: the house, a study of versions, a page of text, the first start
 *
 * A new view is a new set of these functions.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-canvas.h"
#include "hp-tui-command.h"
#include "hp-tui-input.h"

G_BEGIN_DECLS

typedef struct _HpTuiApp HpTuiApp;
typedef struct _HpTuiScreen HpTuiScreen;

typedef struct
{
  void     (*draw)        (HpTuiScreen *screen, HpCanvas *canvas, const HpArea *area);
  /* The contexts that are open, besides EVERYWHERE */
  guint    (*contexts)    (HpTuiScreen *screen);
  /* Does this character, which may be a key too, begin a text here? */
  gboolean (*takes)       (HpTuiScreen *screen, const HpInput *input);
  /* Returns whether it was the screen's */
  gboolean (*command)     (HpTuiScreen *screen, HpTuiCommand command);
  /* Text that is typed or pasted, a click, the wheel; coordinates are the canvas's */
  gboolean (*input)       (HpTuiScreen *screen, const HpInput *input);
  /* Something about what is in focus, for the line above the F-bar; *style says what it is. (nullable), (transfer full) */
  char    *(*hint)        (HpTuiScreen *screen, HpStyle *style);
  void     (*free)        (HpTuiScreen *screen);
  /* (nullable) Does something come by itself, so that a spinner must turn? */
  gboolean (*busy)        (HpTuiScreen *screen);
} HpTuiScreenOps;

struct _HpTuiScreen
{
  const HpTuiScreenOps *ops;
  HpTuiApp             *app;
  const char           *title; /* translated */
};

HpTuiScreen *hp_tui_value_screen_new (HpTuiApp *app);
HpTuiScreen *hp_tui_start_screen_new (HpTuiApp *app);
HpTuiScreen *hp_tui_compare_screen_new   (HpTuiApp *app);
HpTuiScreen *hp_tui_residuals_screen_new (HpTuiApp *app);
HpTuiScreen *hp_tui_help_screen_new  (HpTuiApp *app);
/* title: translated, lives on. text: (nullable) lines, (transfer full) */
HpTuiScreen *hp_tui_page_new         (HpTuiApp *app, const char *title, char *text);

G_END_DECLS
