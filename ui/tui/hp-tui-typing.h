/* hp-tui-typing.h - a line editor under the commands of the table, and on a canvas
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-canvas.h"
#include "hp-line-editor.h"
#include "hp-tui-command.h"
#include "hp-tui-input.h"

G_BEGIN_DECLS

/* Returns whether it was an input of the line: text, a paste, a command that edits */
gboolean hp_tui_typing_input (HpLineEditor *editor, const HpInput *input, HpTuiCommand command);
/* With the cursor; scrolled if longer than width columns. right: at the right end, the cursor in the column after it */
void     hp_tui_typing_draw  (HpLineEditor *editor, HpCanvas *canvas, const HpArea *area, int x, int y, int width, HpStyle style, gboolean right);

G_END_DECLS
