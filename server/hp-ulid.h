/* hp-ulid.h - names of valuations: unique, unguessable, in order of time
 *
 * A ULID is 48 bits of time in milliseconds and 80 random bits, as 26 letters and digits of Crockford's base 32.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define HP_ULID_LENGTH 26

typedef struct
{
  guint8 pool[2560]; /* of the kernel's random bytes, fetched many at a time */
  guint  left;
} HpUlid;

void hp_ulid_init (HpUlid *ulid);
void hp_ulid_next (HpUlid *ulid, gint64 milliseconds, char text[HP_ULID_LENGTH + 1]);

G_END_DECLS
