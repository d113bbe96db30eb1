/* hp-spellings.h - from the bytes of a category's name to its index, without taking memory
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _HpSpellings HpSpellings;

HpSpellings *_hp_spellings_new  (char **choices, guint n_choices); /* choices must outlive it */
void         _hp_spellings_free (HpSpellings *spellings);
/* -1: not a spelling of any choice. Takes memory only when text is neither a choice nor its key byte for byte. */
int          _hp_spellings_find (const HpSpellings *spellings, const char *text, gsize length);

G_END_DECLS
