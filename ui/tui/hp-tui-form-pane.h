/* hp-tui-form-pane.h - the form on the screen: which field is in focus, and what is being typed into it
 *
 * One types into a field right away. In a field of numbers or dates a first digit replaces the value; in a category letters search its
 * choices. The form gets every change at once, and Esc puts back what was there.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-tui-app.h"
#include "hp-tui-choices.h"

G_BEGIN_DECLS

typedef struct
{
  HpTuiApp     *app;
  HpForm       *form;
  gulong        described;
  guint         focus, top;  /* top: first field in sight */
  char         *focus_name;  /* (nullable) finds the field again when the form is described anew */
  HpLineEditor *editor;      /* (nullable) a number or a date is being typed */
  HpTuiChoices *choices;     /* (nullable) the list of choices is open */
  char         *original;    /* (nullable) what was there before */
  gboolean      away;        /* keys act on something else for now */
  HpArea        drawn;       /* rows of fields, in the canvas */
} HpTuiFormPane;

HpTuiFormPane *hp_tui_form_pane_new      (HpTuiApp *app);
void           hp_tui_form_pane_free     (HpTuiFormPane *pane);
guint          hp_tui_form_pane_contexts (HpTuiFormPane *pane);
gboolean       hp_tui_form_pane_takes    (HpTuiFormPane *pane, const HpInput *input);
gboolean       hp_tui_form_pane_command  (HpTuiFormPane *pane, HpTuiCommand command);
gboolean       hp_tui_form_pane_input    (HpTuiFormPane *pane, const HpInput *input);
char          *hp_tui_form_pane_hint     (HpTuiFormPane *pane, HpStyle *style);
/* What was typed stays, and nothing is being typed any more */
void           hp_tui_form_pane_stop     (HpTuiFormPane *pane);
/* Columns that the form would like of so many */
int            hp_tui_form_pane_width    (int available);
void           hp_tui_form_pane_draw     (HpTuiFormPane *pane, HpCanvas *canvas, const HpArea *area);
/* What lies over the other panes; area: all of them */
void           hp_tui_form_pane_draw_list (HpTuiFormPane *pane, HpCanvas *canvas, const HpArea *area);

G_END_DECLS
