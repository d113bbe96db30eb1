/* test-hash.c - tests of hp-hash
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hp-hash.h"

/* SipHash-1-3 of 00 01 02 … of some lengths under the key 00 01 … 0f, computed by an implementation in Python written from the
 * paper: tests/golden/make-siphash.py */
static void
test_golden (void)
{
  const HpHashKey key = { G_GUINT64_CONSTANT (0x0706050403020100), G_GUINT64_CONSTANT (0x0f0e0d0c0b0a0908) };
  const struct
  {
    gsize length;
    guint64 hash;
  } golden[] = {
#include "../golden/siphash.h"
  };
  char data[64];

  for (guint i = 0; i < sizeof data; i++)
    data[i] = (char) i;
  for (gsize i = 0; i < G_N_ELEMENTS (golden); i++)
    g_assert_cmphex (hp_hash_bytes (&key, data, golden[i].length), ==, golden[i].hash);
}

static void
test_keys_differ (void)
{
  HpHashKey a, b;

  hp_hash_key_init (&a);
  hp_hash_key_init (&b);
  g_assert_cmphex (hp_hash_bytes (&a, "North Ames", 10), !=, hp_hash_bytes (&b, "North Ames", 10));
  g_assert_cmphex (hp_hash_bytes (&a, "North Ames", 10), ==, hp_hash_bytes (&a, "North Ames!", 10));
  g_assert_cmphex (hp_hash_bytes (&a, "", 0), !=, hp_hash_bytes (&a, "\0", 1));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hash/golden", test_golden);
  g_test_add_func ("/hash/keys-differ", test_keys_differ);
  return g_test_run ();
}
