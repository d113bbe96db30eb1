/* test-random.c - the sequence, which must never change, and its distributions
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <string.h>

#include "golden.h"
#include "hp-random.h"

static void
check_sequence (char **fields)
{
  HpRandom random;

  hp_random_init (&random, g_ascii_strtoull (fields[0], NULL, 10), g_ascii_strtoull (fields[1], NULL, 10));
  fields += 2;
  for (int i = 0; i < 5; i++)
    g_assert_cmpuint (hp_random_next (&random), ==, g_ascii_strtoull (*fields++, NULL, 10));
  for (int i = 0; i < 5; i++)
    g_assert_cmpfloat (hp_random_double (&random), ==, golden_double (*fields++));
  for (int i = 0; i < 5; i++)
    g_assert_cmpuint (hp_random_below (&random, 6), ==, g_ascii_strtoull (*fields++, NULL, 10));
  for (int i = 0; i < 8; i++)
    g_assert_cmpuint (hp_random_below (&random, 3000000000U), ==, g_ascii_strtoull (*fields++, NULL, 10));
  for (int i = 0; i < 40; i++)
    g_assert_cmpfloat_with_epsilon (hp_random_normal (&random), g_ascii_strtod (*fields++, NULL), 1e-14);
  g_assert_null (*fields);
}

static void
test_sequence (void)
{
  golden_foreach ("random.tsv", 6, check_sequence);
}

static void
test_streams_differ (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  for (guint64 seed = 0; seed < 30; seed++)
    for (guint64 stream = 0; stream < 300; stream++)
      {
        HpRandom random;
        guint64 first;

        hp_random_init (&random, seed, stream);
        first = hp_random_next (&random);
        g_assert_true (g_hash_table_add (seen, g_memdup2 (&first, sizeof first)));
      }
}

static void
test_uniform (void)
{
  HpRandom random;
  double sum = 0, squares = 0;
  guint counts[7] = { 0 };
  const int n = 200000;

  hp_random_init (&random, 7, 0);
  for (int i = 0; i < n; i++)
    {
      double u = hp_random_double (&random);

      g_assert_true (u >= 0 && u < 1);
      sum += u;
      squares += u * u;
    }
  /* Five standard errors */
  g_assert_cmpfloat_with_epsilon (sum / n, 0.5, 5 * sqrt (1 / 12.0 / n));
  g_assert_cmpfloat_with_epsilon (squares / n, 1 / 3.0, 5 * sqrt (4 / 45.0 / n));

  for (int i = 0; i < n; i++)
    counts[hp_random_below (&random, 7)]++;
  for (int i = 0; i < 7; i++)
    g_assert_cmpfloat_with_epsilon (counts[i] / (double) n, 1 / 7.0, 5 * sqrt (6 / 49.0 / n));
  for (int i = 0; i < 100; i++)
    g_assert_cmpuint (hp_random_below (&random, 1), ==, 0);
}

static void
test_normal (void)
{
  HpRandom random;
  double sum = 0, squares = 0, beyond = 0;
  const int n = 200000;

  hp_random_init (&random, 8, 0);
  for (int i = 0; i < n; i++)
    {
      double z = hp_random_normal (&random);

      sum += z;
      squares += z * z;
      beyond += fabs (z) > 2.5758293035489004;
    }
  g_assert_cmpfloat_with_epsilon (sum / n, 0, 5 / sqrt (n));
  g_assert_cmpfloat_with_epsilon (squares / n, 1, 5 * sqrt (2.0 / n));
  g_assert_cmpfloat_with_epsilon (beyond / n, 0.01, 5 * sqrt (0.01 * 0.99 / n));
}

static void
test_shuffle (void)
{
  HpRandom random;
  guint counts[24] = { 0 };
  const int n = 48000;

  hp_random_init (&random, 9, 0);
  for (int i = 0; i < n; i++)
    {
      guint32 items[4] = { 0, 1, 2, 3 };
      guint order = 0;

      hp_random_shuffle (&random, items, 4);
      g_assert_cmpuint (1 << items[0] | 1 << items[1] | 1 << items[2] | 1 << items[3], ==, 15);
      for (int j = 0; j < 3; j++)
        {
          guint smaller = 0;

          for (int k = j + 1; k < 4; k++)
            smaller += items[k] < items[j];
          order = order * (4 - j) + smaller;
        }
      counts[order]++;
    }
  for (int i = 0; i < 24; i++)
    g_assert_cmpfloat_with_epsilon (counts[i] / (double) n, 1 / 24.0, 5 * sqrt (23 / 576.0 / n));
  hp_random_shuffle (&random, NULL, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/random/sequence", test_sequence);
  g_test_add_func ("/random/streams-differ", test_streams_differ);
  g_test_add_func ("/random/uniform", test_uniform);
  g_test_add_func ("/random/normal", test_normal);
  g_test_add_func ("/random/shuffle", test_shuffle);

  return g_test_run ();
}
