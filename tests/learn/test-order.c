/* test-order.c - order statistics against a sort
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hp-order.h"

#include <stdlib.h>

#include "sample.h"

static int
compare (const void *a, const void *b)
{
  float x = *(const float *) a, y = *(const float *) b;

  return (x > y) - (x < y);
}

/* Every rank of the values, and the values must still be the same ones afterwards */
static void
check (const float *values, gsize n)
{
  g_autofree float *sorted = g_memdup2 (values, n * sizeof *values);

  qsort (sorted, n, sizeof *sorted, compare);
  for (gsize k = 1; k <= n; k += n > 200 ? n / 50 : 1)
    {
      g_autofree float *work = g_memdup2 (values, n * sizeof *values);

      g_assert_cmpfloat (hp_select_quantile (work, n, (k - 0.5) / n), ==, sorted[k - 1]);
      qsort (work, n, sizeof *work, compare);
      g_assert_cmpmem (work, n * sizeof *work, sorted, n * sizeof *sorted);
    }
}

static void
test_ranks (void)
{
  float values[] = { 5, 1, 4, 2, 3, 6 };

  g_assert_cmpfloat (hp_select_quantile (values, 1, 0.5), ==, 5);
  g_assert_cmpfloat (hp_select_quantile (values, 6, 0), ==, 1);
  g_assert_cmpfloat (hp_select_quantile (values, 6, 1), ==, 6);
  /* of two middle values the lower */
  g_assert_cmpfloat (hp_select_quantile (values, 6, 0.5), ==, 3);
  g_assert_cmpfloat (hp_select_quantile (values, 5, 0.5), ==, 3);
  g_assert_cmpfloat (hp_select_quantile (values, 6, 0.51), ==, 4);
}

static void
test_random (void)
{
  for (guint64 seed = 1; seed <= 40; seed++)
    {
      gsize n = 1 + seed * seed % 150;
      g_autofree float *values = sample_features (n, 1, seed % 2 ? 0 : 1 + seed % 9, 0, seed);

      check (values, n);
    }
}

/* Orders that make a careless quickselect quadratic, or run off its ends */
static void
test_orders (void)
{
  enum
  {
    N = 20000
  };
  g_autofree float *values = g_new (float, N);

  for (gsize i = 0; i < N; i++)
    values[i] = i;
  check (values, N);
  for (gsize i = 0; i < N; i++)
    values[i] = N - i;
  check (values, N);
  for (gsize i = 0; i < N; i++)
    values[i] = i < N / 2 ? i : N - i;
  check (values, N);
  for (gsize i = 0; i < N; i++)
    values[i] = 3;
  check (values, N);
  for (gsize i = 0; i < N; i++)
    values[i] = i % 2 ? -1 : 1;
  check (values, N);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/order/ranks", test_ranks);
  g_test_add_func ("/order/random", test_random);
  g_test_add_func ("/order/orders", test_orders);
  return g_test_run ();
}
