/* hp-interner.h - spellings to category codes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Numbers the distinct categories among many cells: spellings of one hp_text_key() share a code, and the first spelling
 * is the category's name. A spelling seen before costs one hash of its bytes, no allocation. */
typedef struct _HpInterner HpInterner;

HpInterner *_hp_interner_new    (void);
void        _hp_interner_free   (HpInterner *interner);
gint32      _hp_interner_add    (HpInterner *interner, const char *text, gsize length);
/* The code of a category that is there, or -1 */
gint32      _hp_interner_find   (HpInterner *interner, const char *text, gsize length);
/* (element-type utf8), by code */
GPtrArray  *_hp_interner_levels (HpInterner *interner);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpInterner, _hp_interner_free)

G_END_DECLS
