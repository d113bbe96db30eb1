/* hp-tui-picker.h - a list that opens over a view: one of it is taken, or several are marked
 *
 * A list to take one from is searched by typing; in a list with marks Space marks.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-canvas.h"
#include "hp-line-editor.h"
#include "hp-tui-command.h"
#include "hp-tui-input.h"

G_BEGIN_DECLS

typedef struct
{
  char    *key;    /* what the view knows it by */
  char    *label, *detail; /* detail: (nullable) at the right */
  gboolean marked;
} HpTuiPickerItem;

typedef struct
{
  char         *title;
  GArray       *items;    /* of HpTuiPickerItem */
  gboolean      marks;
  guint         most;     /* of marks */
  HpLineEditor *search;
  GArray       *matches;  /* of guint */
  guint         chosen, top;
  HpArea        drawn;    /* its rows, in the canvas */
} HpTuiPicker;

typedef enum
{
  HP_TUI_PICKER_OPEN,
  HP_TUI_PICKER_TAKEN,
  HP_TUI_PICKER_LEFT,
} HpTuiPickerEnd;

/* most: how many may be marked; 0: one is taken */
HpTuiPicker *hp_tui_picker_new      (const char *title, guint most);
void         hp_tui_picker_free     (HpTuiPicker *picker);
void         hp_tui_picker_add      (HpTuiPicker *picker, const char *key, const char *label, const char *detail, gboolean marked);
guint        hp_tui_picker_contexts (HpTuiPicker *picker);
HpTuiPickerEnd hp_tui_picker_command (HpTuiPicker *picker, HpTuiCommand command);
HpTuiPickerEnd hp_tui_picker_input  (HpTuiPicker *picker, const HpInput *input);
gboolean     hp_tui_picker_takes    (HpTuiPicker *picker, const HpInput *input);
void         hp_tui_picker_draw     (HpTuiPicker *picker, HpCanvas *canvas, const HpArea *area);
/* The one that was taken; (nullable): there is none */
const char  *hp_tui_picker_get_key  (HpTuiPicker *picker);
/* Those that are marked, (transfer full) */
char       **hp_tui_picker_get_marked (HpTuiPicker *picker);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpTuiPicker, hp_tui_picker_free)

G_END_DECLS
