/* hp-tui-choices.h - the list of a category's choices, searched by typing
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-attribute.h"
#include "hp-canvas.h"
#include "hp-line-editor.h"

G_BEGIN_DECLS

typedef struct
{
  const HpAttribute *attribute;
  HpLineEditor      *search;
  GArray            *matches; /* of guint: choices, best first */
  guint              chosen;  /* which match; as many as there are: what was typed, as it is */
  guint              top;     /* first match in sight */
  HpArea             drawn;   /* rows of the list, in the canvas */
} HpTuiChoices;

HpTuiChoices *hp_tui_choices_new      (const HpAttribute *attribute, const char *text);
void          hp_tui_choices_free     (HpTuiChoices *choices);
/* The text of the search is another */
void          hp_tui_choices_searched (HpTuiChoices *choices);
void          hp_tui_choices_move     (HpTuiChoices *choices, int by);
/* The choice, or what was typed */
const char   *hp_tui_choices_get_text (HpTuiChoices *choices);
/* Below row y if there is room, else above */
void          hp_tui_choices_draw     (HpTuiChoices *choices, HpCanvas *canvas, const HpArea *area, int x, int y);
/* Chooses what is at a cell; FALSE: that is outside */
gboolean      hp_tui_choices_click    (HpTuiChoices *choices, int x, int y);

G_END_DECLS
