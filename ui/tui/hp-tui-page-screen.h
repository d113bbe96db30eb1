/* hp-tui-page-screen.h - a page of text that is made line by line
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-tui-screen.h"

G_BEGIN_DECLS

/* left: (nullable) in a column of its own before the text; both: (transfer full) */
void hp_tui_page_add (HpTuiScreen *page, HpStyle style, char *left, char *text);

G_END_DECLS
