/* hp-hash.h - hashing what strangers choose
 *
 * A hash table over values from a file must not be made quadratic by a file written for it: its hash needs a key that the file's author
 * can't know. The order of nothing may depend on these hashes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct { guint64 k0, k1; } HpHashKey;

void    hp_hash_key_init (HpHashKey *key);                                      /* random, of this process */
guint64 hp_hash_bytes    (const HpHashKey *key, const char *data, gsize length); /* SipHash-1-3 */

G_END_DECLS
