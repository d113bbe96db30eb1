/* hp-hash.c - hashing what strangers choose
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hp-hash.h"

#include <string.h>

/**
 * hp_hash_key_init:
 * @key: (out): the key
 *
 * Draws a key. It differs from run to run, so nothing that is written or shown may depend on a hash made with it.
 */
void
hp_hash_key_init (HpHashKey *key)
{
  key->k0 = (guint64) g_random_int () << 32 | g_random_int ();
  key->k1 = (guint64) g_random_int () << 32 | g_random_int ();
}

static inline guint64
rotate (guint64 value, guint bits)
{
  return value << bits | value >> (64 - bits);
}

static inline void
sip_round (guint64 v[4])
{
  v[0] += v[1];
  v[2] += v[3];
  v[1] = rotate (v[1], 13) ^ v[0];
  v[3] = rotate (v[3], 16) ^ v[2];
  v[0] = rotate (v[0], 32);
  v[2] += v[1];
  v[0] += v[3];
  v[1] = rotate (v[1], 17) ^ v[2];
  v[3] = rotate (v[3], 21) ^ v[0];
  v[2] = rotate (v[2], 32);
}

/**
 * hp_hash_bytes:
 * @key: the key
 * @data: @length bytes
 * @length: how many
 *
 * SipHash (Aumasson & Bernstein 2012) with one round a word and three at the end.
 *
 * Returns: a 64-bit hash
 */
guint64
hp_hash_bytes (const HpHashKey *key, const char *data, gsize length)
{
  guint64 v[4] = { key->k0 ^ G_GUINT64_CONSTANT (0x736f6d6570736575), key->k1 ^ G_GUINT64_CONSTANT (0x646f72616e646f6d),
                   key->k0 ^ G_GUINT64_CONSTANT (0x6c7967656e657261), key->k1 ^ G_GUINT64_CONSTANT (0x7465646279746573) };
  guint64 last = (guint64) length << 56;
  gsize whole = length / 8 * 8;

  for (gsize at = 0; at < whole; at += 8)
    {
      guint64 word;

      memcpy (&word, data + at, 8);
      word = GUINT64_FROM_LE (word);
      v[3] ^= word;
      sip_round (v);
      v[0] ^= word;
    }
  for (gsize at = whole; at < length; at++)
    last |= (guint64) (guint8) data[at] << (8 * (at - whole));
  v[3] ^= last;
  sip_round (v);
  v[0] ^= last;
  v[2] ^= 0xff;
  for (guint i = 0; i < 3; i++)
    sip_round (v);
  return v[0] ^ v[1] ^ v[2] ^ v[3];
}
