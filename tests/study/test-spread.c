/* test-spread.c - histograms, boxes, normal quantiles, shares and correlations against R
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>

#include "golden/spread.h"
#include "hp-distributions.h"
#include "hp-random.h"
#include "hp-spread.h"

#define N_VALUES G_N_ELEMENTS (golden_values)

static void
test_histogram (void)
{
  g_autoptr (HpHistogram) histogram = hp_histogram_new (golden_values, N_VALUES);
  double least = INFINITY;

  /* the rule says 0.0496 */
  g_assert_cmpfloat_with_epsilon (GOLDEN_FD_WIDTH, 0.05, 0.01);
  g_assert_cmpfloat (histogram->width, ==, 0.05);
  g_assert_cmpuint (histogram->n, ==, N_VALUES);
  g_assert_cmpuint (histogram->n_bins, ==, G_N_ELEMENTS (golden_histogram));
  for (guint i = 0; i < histogram->n_bins; i++)
    g_assert_cmpuint (histogram->count[i], ==, (gsize) golden_histogram[i]);
  for (gsize i = 0; i < N_VALUES; i++)
    least = MIN (least, golden_values[i]);
  g_assert_true (histogram->from <= least && least < histogram->from + histogram->width);
}

static void
assert_histogram (const double *values, gsize n, gsize n_finite)
{
  g_autoptr (HpHistogram) histogram = hp_histogram_new (values, n);
  gsize sum = 0;

  g_assert_cmpuint (histogram->n_bins, <=, HP_HISTOGRAM_MAX_BINS);
  g_assert_cmpuint (histogram->n, ==, n_finite);
  for (guint i = 0; i < histogram->n_bins; i++)
    sum += histogram->count[i];
  g_assert_cmpuint (sum, ==, n_finite);
  g_assert_true (n_finite == 0 || (histogram->width > 0 && isfinite (histogram->width)));
}

static void
test_histogram_odd (void)
{
  double heavy[1000];
  HpRandom random;

  hp_random_init (&random, 3, 0);
  for (guint i = 0; i < 1000; i++)
    heavy[i] = hp_random_normal (&random) / (hp_random_double (&random) + 1e-4);
  assert_histogram (heavy, 1000, 1000);
  assert_histogram (NULL, 0, 0);
  assert_histogram ((const double[]){ NAN, INFINITY }, 2, 0);
  assert_histogram ((const double[]){ 5 }, 1, 1);
  assert_histogram ((const double[]){ 0, 0, 0 }, 3, 3);
  assert_histogram ((const double[]){ -7e5, -7e5, NAN, -7e5 }, 4, 3);
  assert_histogram ((const double[]){ 1e17, 1e17 + 64 }, 2, 2);
  assert_histogram ((const double[]){ 1, 1, 1, 1, 1, 1, 1, 1, 9 }, 9, 9);
  assert_histogram ((const double[]){ -1e308, 1e308 }, 2, 0); /* farther apart than numbers go */
}

static void
test_box (void)
{
  const double small[] = { 5, NAN, 1, 9, 2, 30 };
  HpBox box;

  hp_box_compute (golden_values, N_VALUES, &box);
  g_assert_cmpuint (box.n, ==, N_VALUES);
  g_assert_cmpfloat_with_epsilon (box.whisker_low, golden_box[0], 1e-15);
  g_assert_cmpfloat_with_epsilon (box.q1, golden_box[1], 1e-15);
  g_assert_cmpfloat_with_epsilon (box.median, golden_box[2], 1e-15);
  g_assert_cmpfloat_with_epsilon (box.q3, golden_box[3], 1e-15);
  g_assert_cmpfloat_with_epsilon (box.whisker_high, golden_box[4], 1e-15);
  g_assert_cmpfloat_with_epsilon (box.notch_low, golden_box[5], 1e-15);
  g_assert_cmpfloat_with_epsilon (box.notch_high, golden_box[6], 1e-15);
  g_assert_cmpuint (box.n_outliers, ==, G_N_ELEMENTS (golden_box_out));
  for (gsize i = 0; i < box.n_outliers; i++)
    g_assert_cmpfloat (golden_values[box.outliers[i]], ==, golden_box_out[i]);
  hp_box_clear (&box);

  hp_box_compute (small, G_N_ELEMENTS (small), &box);
  g_assert_cmpuint (box.n, ==, 5);
  g_assert_true (box.whisker_low == golden_box_small[0] && box.q1 == golden_box_small[1]
                 && box.median == golden_box_small[2] && box.q3 == golden_box_small[3]
                 && box.whisker_high == golden_box_small[4]);
  g_assert_true (box.n_outliers == 1 && box.outliers[0] == 5);
  hp_box_clear (&box);
  hp_box_compute (small, 1, &box);
  g_assert_true (box.n == 1 && box.whisker_low == 5 && box.q3 == 5 && box.whisker_high == 5);
  hp_box_clear (&box);
  hp_box_compute (NULL, 0, &box);
  g_assert_true (box.n == 0 && isnan (box.median) && box.outliers == NULL);
  hp_box_clear (&box);
}

static void
test_beta (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (golden_beta); i++)
    {
      const double *g = golden_beta[i];

      g_assert_cmpfloat_with_epsilon (hp_beta_quantile (g[0], g[1], g[2]) / g[3], 1, 1e-11);
    }
  g_assert_true (hp_beta_quantile (0, 2, 3) == 0 && hp_beta_quantile (1, 2, 3) == 1);
  g_assert_true (isnan (hp_beta_quantile (-0.1, 2, 3)) && isnan (hp_beta_quantile (0.5, 0, 3))
                 && isnan (hp_beta_quantile (NAN, 2, 3)));
}

static void
test_normal_plot (void)
{
  g_autoptr (HpNormalPlot) plot = hp_normal_plot_new (golden_values, N_VALUES, 0.95),
                           few = hp_normal_plot_new (golden_values, 7, 0.95);

  g_assert_cmpuint (plot->n, ==, N_VALUES);
  g_assert_cmpuint (plot->n_band, ==, N_VALUES);
  g_assert_cmpfloat_with_epsilon (plot->slope, GOLDEN_SLOPE, 1e-12);
  g_assert_cmpfloat_with_epsilon (plot->intercept, GOLDEN_INTERCEPT, 1e-12);
  for (gsize i = 0; i < N_VALUES; i++)
    {
      g_assert_cmpfloat_with_epsilon (plot->theoretical[i], golden_theoretical[i], 1e-12);
      g_assert_cmpfloat_with_epsilon (plot->band_low[i], golden_band_low[i], 1e-9);
      g_assert_cmpfloat_with_epsilon (plot->band_high[i], golden_band_high[i], 1e-9);
      g_assert_cmpfloat (plot->sample[i], ==, golden_values[plot->index[i]]);
      g_assert_true (i == 0 || plot->sample[i] >= plot->sample[i - 1]);
    }
  g_assert_cmpfloat_with_epsilon (plot->share_within, GOLDEN_WITHIN, 1e-12);
  for (gsize i = 0; i < 7; i++)
    g_assert_cmpfloat_with_epsilon (few->theoretical[i], golden_theoretical_few[i], 1e-12);
}

/* Of a normal sample about so many lie within; the band is computed at some ranks only. */
static void
test_normal_sample (void)
{
  gsize n = 25000;
  g_autofree double *values = g_new (double, n);
  g_autoptr (HpNormalPlot) plot = NULL, none = hp_normal_plot_new (NULL, 0, 0.95),
                           one = hp_normal_plot_new (golden_values, 1, 0.95),
                           equal = hp_normal_plot_new ((const double[]){ 3, 3, 3, 3 }, 4, 0.95);
  HpRandom random;

  hp_random_init (&random, 11, 0);
  for (gsize i = 0; i < n; i++)
    values[i] = 5 + 2 * hp_random_normal (&random);
  plot = hp_normal_plot_new (values, n, 0.95);
  g_assert_cmpfloat_with_epsilon (plot->slope, 2, 0.05);
  g_assert_cmpuint (plot->n_band, >, 250);
  g_assert_cmpuint (plot->n_band, <=, 300);
  g_assert_cmpfloat (plot->band_x[0], ==, plot->theoretical[0]);
  g_assert_cmpfloat (plot->band_x[plot->n_band - 1], ==, plot->theoretical[n - 1]);
  for (gsize i = 1; i < plot->n_band; i++)
    g_assert_true (plot->band_x[i] > plot->band_x[i - 1] && plot->band_low[i] < plot->band_high[i]);
  g_assert_cmpfloat (plot->share_within, >, 0.8);
  g_assert_cmpuint (none->n + none->n_band + one->n_band + equal->n_band, ==, 0);
  g_assert_true (isnan (one->slope) && isnan (one->share_within));
  g_assert_cmpfloat (equal->intercept, ==, 3);
}

static void
test_wilson (void)
{
  double low, high;

  for (gsize i = 0; i < G_N_ELEMENTS (golden_wilson); i++)
    {
      const double *g = golden_wilson[i];

      hp_wilson_interval ((gsize) g[0], (gsize) g[1], g[2], &low, &high);
      g_assert_cmpfloat_with_epsilon (low, g[3], 1e-12);
      g_assert_cmpfloat_with_epsilon (high, g[4], 1e-12);
    }
  hp_wilson_interval (0, 0, 0.95, &low, &high);
  g_assert_true (isnan (low) && isnan (high));
}

static void
test_correlation (void)
{
  gsize n = G_N_ELEMENTS (golden_pair_a), used;

  g_assert_cmpfloat_with_epsilon (hp_correlation (golden_pair_a, golden_pair_b, n, &used), GOLDEN_PEARSON, 1e-12);
  g_assert_cmpuint (used, ==, n - 3);
  g_assert_cmpfloat_with_epsilon (hp_rank_correlation (golden_pair_a, golden_pair_b, n, NULL), GOLDEN_SPEARMAN, 1e-12);
  g_assert_true (isnan (hp_correlation (golden_pair_a, golden_pair_b, 2, NULL)));
  g_assert_true (isnan (hp_rank_correlation ((const double[]){ 4, 4, 4 }, golden_pair_a, 3, NULL)));
}

static void
test_scale_location (void)
{
  const double residuals[] = { 3, -1, NAN, 1, -3 };
  double scaled[5];

  hp_scale_location (residuals, 5, scaled);
  g_assert_cmpfloat_with_epsilon (scaled[0], sqrt (3 / sqrt (20.0 / 3)), 1e-12);
  g_assert_cmpfloat_with_epsilon (scaled[1], sqrt (1 / sqrt (20.0 / 3)), 1e-12);
  g_assert_true (isnan (scaled[2]));
  hp_scale_location (residuals, 1, scaled);
  g_assert_true (isnan (scaled[0]));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/spread/histogram", test_histogram);
  g_test_add_func ("/spread/histogram-odd", test_histogram_odd);
  g_test_add_func ("/spread/box", test_box);
  g_test_add_func ("/spread/beta", test_beta);
  g_test_add_func ("/spread/normal-plot", test_normal_plot);
  g_test_add_func ("/spread/normal-sample", test_normal_sample);
  g_test_add_func ("/spread/wilson", test_wilson);
  g_test_add_func ("/spread/correlation", test_correlation);
  g_test_add_func ("/spread/scale-location", test_scale_location);
  return g_test_run ();
}
