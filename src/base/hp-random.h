/* hp-random.h - a seeded generator whose sequence is part of our file formats: it never changes
 *
 * xoshiro256** seeded by splitmix64. (seed, stream) pairs give independent sequences, so parallel
 * work draws the same numbers in whatever order it runs.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct { guint64 s[4]; } HpRandom;

void    hp_random_init    (HpRandom *random, guint64 seed, guint64 stream);
double  hp_random_double  (HpRandom *random);                              /* [0, 1), 53 bits */
guint32 hp_random_below   (HpRandom *random, guint32 n);                   /* [0, n), unbiased (Lemire); n > 0 */
double  hp_random_normal  (HpRandom *random);                              /* standard normal */
void    hp_random_shuffle (HpRandom *random, guint32 *items, gsize n);     /* Fisher-Yates */

static inline guint64
hp_random_next (HpRandom *random)
{
  guint64 *s = random->s;
  guint64 x = s[1] * 5, result = ((x << 7) | (x >> 57)) * 9, t = s[1] << 17;

  s[2] ^= s[0];
  s[3] ^= s[1];
  s[1] ^= s[2];
  s[0] ^= s[3];
  s[2] ^= t;
  s[3] = (s[3] << 45) | (s[3] >> 19);
  return result;
}

G_END_DECLS
