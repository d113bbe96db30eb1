/* test-bins.c - cuts and codes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hp-bins.h"

#include <float.h>

#include "sample.h"

/* What every matrix must satisfy, whatever is in it */
static HpBins *
make (const float *features, gsize n, guint p, guint max_bins)
{
  g_autoptr (HpTeam) one = hp_team_new (1);
  g_autoptr (HpTeam) two = hp_team_new (2);
  HpBins *bins = hp_bins_new (features, n, p, max_bins, n % 2 ? one : NULL);
  g_autoptr (HpBins) other = hp_bins_new (features, n, p, max_bins, two);

  g_assert_cmpuint (bins->n_rows, ==, n);
  g_assert_cmpuint (bins->stride, ==, (p + 7) / 8 * 8);
  g_assert_cmpmem (bins->codes, n * bins->stride, other->codes, n * bins->stride);
  g_assert_cmpmem (bins->n_cuts, p * sizeof *bins->n_cuts, other->n_cuts, p * sizeof *bins->n_cuts);
  g_assert_cmpmem (bins->cuts, (gsize) p * HP_BINS_MAX * sizeof (float), other->cuts,
                   (gsize) p * HP_BINS_MAX * sizeof (float));
  g_assert_cmpmem (bins->has_missing, p * sizeof (int), other->has_missing, p * sizeof (int));

  for (guint f = 0; f < p; f++)
    {
      const float *cuts = hp_bins_cuts (bins, f);
      gboolean missing = FALSE;

      g_assert_cmpuint (bins->n_cuts[f], <, CLAMP (max_bins, 2, HP_BINS_MAX));
      for (guint k = 0; k < bins->n_cuts[f]; k++)
        {
          g_assert_true (isfinite (cuts[k]));
          if (k > 0)
            g_assert_cmpfloat (cuts[k - 1], <, cuts[k]);
        }
      for (gsize i = 0; i < n; i++)
        {
          float v = features[i * p + f];
          guint8 code = bins->codes[i * bins->stride + f];

          if (isnan (v))
            {
              g_assert_cmpuint (code, ==, HP_BINS_MISSING);
              missing = TRUE;
              continue;
            }
          g_assert_cmpuint (code, <=, bins->n_cuts[f]);
          /* "bin <= k" is "v < cut[k]"; cuts ascend, so the two around the code say it for all */
          if (code < bins->n_cuts[f])
            g_assert_cmpfloat (v, <, cuts[code]);
          if (code > 0)
            g_assert_cmpfloat (v, >=, cuts[code - 1]);
        }
      g_assert_cmpint (bins->has_missing[f] != 0, ==, missing);
    }
  for (gsize i = 0; i < n; i++)
    for (guint f = p; f < bins->stride; f++)
      g_assert_cmpuint (bins->codes[i * bins->stride + f], ==, 0);
  return bins;
}

static gsize
count_code (const HpBins *bins, guint8 code)
{
  gsize n = 0;

  for (gsize i = 0; i < bins->n_rows; i++)
    n += bins->codes[i * bins->stride] == code;
  return n;
}

/* Few values: each has its own bin, and the cut stands between the two */
static void
test_few_values (void)
{
  const float values[] = { 7, -2, 3, 3, NAN, 7, 0.5, -2, 3 };
  g_autoptr (HpBins) bins = make (values, G_N_ELEMENTS (values), 1, 255);
  const guint8 expected[] = { 3, 0, 2, 2, HP_BINS_MISSING, 3, 1, 0, 2 };
  const float *cuts = hp_bins_cuts (bins, 0);

  g_assert_cmpuint (bins->n_cuts[0], ==, 3);
  g_assert_cmpfloat (cuts[0], ==, -0.75);
  g_assert_cmpfloat (cuts[1], ==, 1.75);
  g_assert_cmpfloat (cuts[2], ==, 5);
  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    g_assert_cmpuint (bins->codes[i * 8], ==, expected[i]);
}

/* As many values as bins still have one each; one more, and two must share */
static void
test_as_many_values_as_bins (void)
{
  float values[256];

  for (guint i = 0; i < 256; i++)
    values[i] = i * i;
  for (guint n = 253; n <= 255; n++)
    {
      g_autoptr (HpBins) bins = make (values, n, 1, 255);

      g_assert_cmpuint (bins->n_cuts[0], ==, n - 1);
      for (guint i = 0; i < n; i++)
        g_assert_cmpuint (bins->codes[i * 8], ==, i);
    }

  g_autoptr (HpBins) bins = make (values, 256, 1, 255);

  g_assert_cmpuint (bins->n_cuts[0], >=, 200);
}

/* Many values: bins of about equal size */
static void
test_many_values (void)
{
  g_autofree float *features = sample_features (10000, 3, 0, 0.1, 5);
  g_autoptr (HpBins) bins = make (features, 10000, 3, 100);

  for (guint f = 0; f < 3; f++)
    g_assert_cmpuint (bins->n_cuts[f], ==, 99);
  for (guint k = 0; k < 100; k++)
    {
      g_assert_cmpuint (count_code (bins, k), >=, 60);
      g_assert_cmpuint (count_code (bins, k), <=, 120);
    }
}

/* A value that most rows share takes one bin, and leaves the others to the rest */
static void
test_ties (void)
{
  enum
  {
    N = 6000
  };
  g_autofree float *features = sample_features (N, 1, 0, 0, 6);
  g_autoptr (HpBins) bins = NULL;
  guint8 common;

  for (gsize i = 0; i < N; i++)
    if (i % 5 < 3)
      features[i] = 0.5;
  bins = make (features, N, 1, 50);
  common = bins->codes[0];
  g_assert_cmpuint (count_code (bins, common), >=, N * 3 / 5);
  g_assert_cmpuint (count_code (bins, common), <=, N * 3 / 5 + N / 50);
  g_assert_cmpuint (bins->n_cuts[0], >=, 45);
  for (guint k = 0; k <= bins->n_cuts[0]; k++)
    if (k != common)
      g_assert_cmpuint (count_code (bins, k), <=, N / 50);
}

static void
test_nothing_to_cut (void)
{
  const float equal[] = { 4, 4, 4, 4, 4 }, zeros[] = { 0.0f, -0.0f, 0.0f }, missing[] = { NAN, NAN, NAN };

  for (guint max_bins = 2; max_bins <= 255; max_bins += 253)
    {
      g_autoptr (HpBins) a = make (equal, 5, 1, max_bins);
      g_autoptr (HpBins) b = make (zeros, 3, 1, max_bins);
      g_autoptr (HpBins) c = make (missing, 3, 1, max_bins);
      g_autoptr (HpBins) d = make (equal, 0, 1, max_bins);

      g_assert_cmpuint (a->n_cuts[0], ==, 0);
      g_assert_cmpuint (b->n_cuts[0], ==, 0);
      g_assert_cmpuint (c->n_cuts[0], ==, 0);
      g_assert_cmpuint (d->n_cuts[0], ==, 0);
    }
}

static void
test_two_bins (void)
{
  g_autofree float *features = sample_features (1001, 1, 0, 0.2, 7);
  g_autoptr (HpBins) bins = make (features, 1001, 1, 2);
  g_autoptr (HpBins) clamped = make (features, 1001, 1, 0);
  gsize known = 1001 - count_code (bins, HP_BINS_MISSING);

  g_assert_cmpuint (bins->n_cuts[0], ==, 1);
  g_assert_cmpuint (count_code (bins, 0), >=, known / 2 - 1);
  g_assert_cmpuint (count_code (bins, 0), <=, known / 2 + 1);
  g_assert_cmpuint (clamped->n_cuts[0], ==, 1);
}

/* Values that floats can hardly tell apart, and the largest there are: a cut is always a finite number above the one
 * and not above the other */
static void
test_awkward_values (void)
{
  const float close[] = { 1, nextafterf (1, 2), nextafterf (nextafterf (1, 2), 2) };
  const float tiny[] = { 0, 1e-45f, -1e-45f, 3e-45f, FLT_MIN };
  const float large[] = { -FLT_MAX, FLT_MAX, 1e38f, -1e38f, 0 };
  const float infinite[] = { -INFINITY, INFINITY, 0, 3, -FLT_MAX, FLT_MAX, NAN };
  const float only_infinite[] = { -INFINITY, INFINITY, INFINITY };
  g_autoptr (HpBins) a = make (close, 3, 1, 255);
  g_autoptr (HpBins) b = make (tiny, 5, 1, 255);
  g_autoptr (HpBins) c = make (large, 5, 1, 255);
  g_autoptr (HpBins) d = make (infinite, 7, 1, 255);
  g_autoptr (HpBins) e = make (only_infinite, 3, 1, 255);

  g_assert_cmpuint (a->n_cuts[0], ==, 2);
  g_assert_cmpuint (b->n_cuts[0], ==, 4);
  g_assert_cmpuint (c->n_cuts[0], ==, 4);
  /* an infinity shares the bin of the largest float */
  g_assert_cmpuint (d->n_cuts[0], ==, 3);
  g_assert_cmpuint (e->n_cuts[0], ==, 1);
}

/* More rows than the cuts are chosen from: values that the sample has not seen have a bin too */
static void
test_more_rows_than_the_sample (void)
{
  enum
  {
    N = 250000
  };
  g_autofree float *features = sample_features (N, 1, 0, 0.01, 8);

  features[1] = -5;
  features[N - 1] = 1e6;

  g_autoptr (HpBins) bins = make (features, N, 1, 255);

  g_assert_cmpuint (bins->n_cuts[0], ==, 254);
  g_assert_cmpuint (bins->codes[8], ==, 0);
  g_assert_cmpuint (bins->codes[(gsize) (N - 1) * 8], ==, 254);
}

static void
test_random_matrices (void)
{
  for (guint64 seed = 1; seed <= 60; seed++)
    {
      gsize n = 1 + seed * seed % 700;
      guint p = 1 + seed % 19, steps = seed % 3 == 0 ? 0 : 2 + seed * 7 % 300;
      g_autofree float *features = sample_features (n, p, steps, seed % 4 * 0.2, seed);

      hp_bins_free (make (features, n, p, 2 + seed * 31 % 254));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/bins/few-values", test_few_values);
  g_test_add_func ("/bins/as-many-values-as-bins", test_as_many_values_as_bins);
  g_test_add_func ("/bins/many-values", test_many_values);
  g_test_add_func ("/bins/ties", test_ties);
  g_test_add_func ("/bins/nothing-to-cut", test_nothing_to_cut);
  g_test_add_func ("/bins/two-bins", test_two_bins);
  g_test_add_func ("/bins/awkward-values", test_awkward_values);
  g_test_add_func ("/bins/more-rows-than-the-sample", test_more_rows_than_the_sample);
  g_test_add_func ("/bins/random-matrices", test_random_matrices);
  return g_test_run ();
}
