/* hp-cell.h - one cell's text: trimmed, or explained when it is no number
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Outer white space removed */
static inline void
_hp_cell_trim (const char **text, gsize *length)
{
  while (*length > 0 && g_ascii_isspace (**text))
    (*text)++, (*length)--;
  while (*length > 0 && g_ascii_isspace ((*text)[*length - 1]))
    (*length)--;
}

/* (transfer full): why a cell that hp_number_parse() refuses is no number, and what to do: '"1,850" is not a number;
 * remove the thousands separator' */
char *_hp_cell_explain_number (const char *text, gsize length);
/* Is it a number with currency signs, separators or a per cent sign in the way? Types are guessed with it. */
gboolean _hp_cell_number_in_disguise (const char *text, gsize length);

G_END_DECLS
