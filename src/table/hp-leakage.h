/* hp-leakage.h - leaks, within this room
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-table.h"

G_BEGIN_DECLS

#define HP_LEAKAGE_THRESHOLD 0.995

void     _hp_leak_free               (gpointer leak);
/* Does the name speak of money? */
gboolean _hp_leakage_is_suspect_name (const char *name);

G_END_DECLS
