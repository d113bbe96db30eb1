/* test-bootstrap.c - percentile intervals: against a plain resampling, against NumPy, and at any number of threads
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hp-metrics.h"

#include <string.h>

#include "golden/study.h"
#include "hp-random.h"
#include "hp-statistics.h"

#define REPLICATES 200
#define SEED       7

typedef struct
{
  double low[HP_N_METRICS], high[HP_N_METRICS];
} Bounds;

static Bounds
bounds_of (const double *predicted, const double *price, gsize n, guint replicates, guint64 seed, HpTeam *team)
{
  Bounds bounds;

  hp_metrics_bootstrap (predicted, price, n, NULL, 0, replicates, 0.95, seed, team, bounds.low, bounds.high);
  return bounds;
}

typedef struct
{
  double predicted, price;
} Sale;

static int
compare_ratios (const void *a, const void *b)
{
  const Sale *x = a, *y = b;
  double left = x->predicted / x->price, right = y->predicted / y->price;

  if (left == right)
    return (x->price > y->price) - (x->price < y->price);
  return left < right ? -1 : 1;
}

static void
assert_near (const char *what, double value, double expected)
{
  if (isnan (value) != isnan (expected) || fabs (value - expected) > 1e-10 * MAX (1, fabs (expected)))
    g_error ("%s: %.17g is not %.17g", what, value, expected);
}

/* The same draw, but written out and measured as if it were a data set of its own */
static HpMetrics
plain_replicate (const Sale *sales, gsize n, guint64 seed, guint64 stream)
{
  g_autofree double *predicted = g_new (double, n);
  g_autofree double *price = g_new (double, n);
  HpRandom random;
  HpMetrics metrics;

  hp_random_init (&random, seed, stream);
  for (gsize i = 0; i < n; i++)
    {
      guint32 at = hp_random_below (&random, n);

      predicted[i] = sales[at].predicted;
      price[i] = sales[at].price;
    }
  hp_metrics_compute (predicted, price, n, &metrics);
  return metrics;
}

/* PRB has its t-interval; and equal prices rank as they come, which writing them out shuffles. */
static gboolean
is_comparable (HpMetric metric, gboolean prices_tie)
{
  return metric != HP_METRIC_PRB && !(metric == HP_METRIC_MKI && prices_tie);
}

static void
compare_with_plain (const double *predicted, const double *price, gsize n, gboolean prices_tie)
{
  g_autofree Sale *sales = g_new (Sale, n);
  g_autofree double *values = g_new (double, HP_N_METRICS *REPLICATES);
  Bounds bounds;

  for (gsize i = 0; i < n; i++)
    sales[i] = (Sale){ predicted[i], price[i] };
  qsort (sales, n, sizeof *sales, compare_ratios);

  /* Single replicates are their own bounds. */
  for (guint64 seed = 0; seed < REPLICATES; seed++)
    {
      HpMetrics plain = plain_replicate (sales, n, seed, 0);

      bounds = bounds_of (predicted, price, n, 1, seed, NULL);
      for (guint i = 0; i < HP_N_METRICS; i++)
        if (is_comparable (i, prices_tie))
          {
            assert_near (hp_metric_name (i), bounds.low[i], plain.value[i]);
            assert_near (hp_metric_name (i), bounds.high[i], plain.value[i]);
          }
    }

  /* Together they make percentiles. */
  for (guint replicate = 0; replicate < REPLICATES; replicate++)
    {
      HpMetrics plain = plain_replicate (sales, n, SEED, replicate);

      for (guint i = 0; i < HP_N_METRICS; i++)
        values[i * REPLICATES + replicate] = plain.value[i];
    }
  bounds = bounds_of (predicted, price, n, REPLICATES, SEED, NULL);
  for (guint i = 0; i < HP_N_METRICS; i++)
    if (is_comparable (i, prices_tie))
      {
        assert_near (hp_metric_name (i), bounds.low[i], hp_quantile (values + i * REPLICATES, REPLICATES, 0.025));
        assert_near (hp_metric_name (i), bounds.high[i], hp_quantile (values + i * REPLICATES, REPLICATES, 0.975));
      }
}

static void
test_plain (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (golden_studies); i++)
    {
      const GoldenStudy *golden = &golden_studies[i];
      gboolean prices_tie = strcmp (golden->name, "ties") == 0 || strcmp (golden->name, "merged") == 0;

      compare_with_plain (golden->estimate, golden->price, golden->n, prices_tie);
    }
}

/* Negative predictions leave proxies near 0, which move by more than the median does, and with them the first group. */
static void
test_plain_negative (void)
{
  const GoldenStudy *golden = &golden_studies[1];
  g_autofree double *predicted = g_memdup2 (golden->estimate, golden->n * sizeof (double));

  for (gsize i = 0; i < golden->n; i += 3)
    predicted[i] *= -0.5 - (i % 41) * 0.03;
  compare_with_plain (predicted, golden->price, golden->n, FALSE);
}

/* Ratios so far apart that resamples' medians jump: the bounds on the value groups must be as wide as that. */
static void
test_plain_wild (void)
{
  const GoldenStudy *golden = &golden_studies[0];
  g_autofree double *predicted = g_memdup2 (golden->estimate, golden->n * sizeof (double));

  for (gsize i = 0; i < golden->n; i++)
    predicted[i] *= i % 2 == 0 ? 0.1 + 0.001 * i : 4;
  compare_with_plain (predicted, golden->price, golden->n, FALSE);
}

static void
test_numpy (void)
{
  const GoldenStudy *golden = &golden_studies[1];
  Bounds bounds = bounds_of (golden->estimate, golden->price, golden->n, 4000, SEED, NULL);

  g_assert_cmpstr (golden->name, ==, "regressive");
  for (gsize i = 0; i < G_N_ELEMENTS (golden_bootstrap); i++)
    {
      double tolerance = golden_bootstrap[i].se / 5;
      HpMetric metric;

      g_assert_true (hp_metric_from_name (golden_bootstrap[i].metric, &metric));
      g_assert_cmpfloat_with_epsilon (bounds.low[metric], golden_bootstrap[i].low, tolerance);
      g_assert_cmpfloat_with_epsilon (bounds.high[metric], golden_bootstrap[i].high, tolerance);
    }
}

static void
test_jobs (void)
{
  const GoldenStudy *golden = &golden_studies[4];
  Bounds alone = bounds_of (golden->estimate, golden->price, golden->n, REPLICATES, SEED, NULL);

  for (guint jobs = 1; jobs <= 5; jobs++)
    {
      g_autoptr (HpTeam) team = hp_team_new (jobs);
      Bounds together = bounds_of (golden->estimate, golden->price, golden->n, REPLICATES, SEED, team);

      for (guint i = 0; i < HP_N_METRICS; i++)
        {
          g_assert_cmpfloat (together.low[i], ==, alone.low[i]);
          g_assert_cmpfloat (together.high[i], ==, alone.high[i]);
          g_assert_cmpfloat (together.low[i], <, together.high[i]);
        }
    }
}

static void
test_seed_and_order (void)
{
  const GoldenStudy *golden = &golden_studies[4];
  g_autofree double *predicted = g_new (double, golden->n);
  g_autofree double *price = g_new (double, golden->n);
  Bounds bounds = bounds_of (golden->estimate, golden->price, golden->n, REPLICATES, SEED, NULL);
  Bounds other = bounds_of (golden->estimate, golden->price, golden->n, REPLICATES, SEED + 1, NULL);
  Bounds reversed;

  for (gsize i = 0; i < golden->n; i++)
    {
      predicted[i] = golden->estimate[golden->n - 1 - i];
      price[i] = golden->price[golden->n - 1 - i];
    }
  reversed = bounds_of (predicted, price, golden->n, REPLICATES, SEED, NULL);
  g_assert_cmpfloat (bounds.low[HP_METRIC_MAE], !=, other.low[HP_METRIC_MAE]);
  g_assert_cmpfloat (bounds.low[HP_METRIC_PRB], ==, other.low[HP_METRIC_PRB]);
  g_assert_cmpmem (&bounds, sizeof bounds, &reversed, sizeof reversed);
}

static void
test_which (void)
{
  static const HpMetric which[] = { HP_METRIC_VEI, HP_METRIC_PRB, HP_METRIC_MAE, HP_METRIC_VEI };
  const GoldenStudy *golden = &golden_studies[1];
  Bounds bounds = bounds_of (golden->estimate, golden->price, golden->n, REPLICATES, SEED, NULL);
  double low[4], high[4];

  hp_metrics_bootstrap (golden->estimate, golden->price, golden->n, which, 4, REPLICATES, 0.95, SEED, NULL, low, high);
  for (gsize i = 0; i < G_N_ELEMENTS (which); i++)
    {
      g_assert_cmpfloat (low[i], ==, bounds.low[which[i]]);
      g_assert_cmpfloat (high[i], ==, bounds.high[which[i]]);
    }
  g_assert_cmpfloat_with_epsilon (low[1], golden->prb_low, 1e-12);
  g_assert_cmpfloat_with_epsilon (high[1], golden->prb_high, 1e-12);
}

static void
test_level (void)
{
  static const HpMetric which[] = { HP_METRIC_R2, HP_METRIC_COD, HP_METRIC_PRB, HP_METRIC_MKI, HP_METRIC_VEI };
  const GoldenStudy *golden = &golden_studies[1];
  double low[5], high[5], narrow_low[5], narrow_high[5];

  hp_metrics_bootstrap (golden->estimate, golden->price, golden->n, which, 5, 400, 0.95, SEED, NULL, low, high);
  hp_metrics_bootstrap (golden->estimate, golden->price, golden->n, which, 5, 400, 0.8, SEED, NULL, narrow_low,
                        narrow_high);
  for (gsize i = 0; i < G_N_ELEMENTS (which); i++)
    {
      g_assert_cmpfloat (low[i], <, narrow_low[i]);
      g_assert_cmpfloat (narrow_high[i], <, high[i]);
    }
}

static void
assert_no_bounds (const double *predicted, const double *price, gsize n, guint replicates, HpMetric but)
{
  Bounds bounds = bounds_of (predicted, price, n, replicates, SEED, NULL);

  for (guint i = 0; i < HP_N_METRICS; i++)
    {
      g_assert_true (isnan (bounds.low[i]) == (i != but));
      g_assert_true (isnan (bounds.high[i]) == (i != but));
    }
}

static void
test_undefined (void)
{
  const GoldenStudy *golden = &golden_studies[0];
  const double predicted[] = { 90, 210 }, price[] = { 100, 200 }, unknown[] = { NAN, 200 };
  Bounds bounds;

  assert_no_bounds (NULL, NULL, 0, REPLICATES, HP_N_METRICS);
  assert_no_bounds (unknown, price, 2, REPLICATES, HP_N_METRICS);
  assert_no_bounds (predicted, unknown, 2, REPLICATES, HP_N_METRICS);
  assert_no_bounds (golden->estimate, golden->price, golden->n, 0, HP_METRIC_PRB);

  /* Half of the resamples of two sales are twice the same sale, and have no R². */
  bounds = bounds_of (predicted, price, 2, REPLICATES, SEED, NULL);
  g_assert_true (isnan (bounds.low[HP_METRIC_R2]) && isnan (bounds.low[HP_METRIC_MKI]));
  g_assert_cmpfloat (bounds.low[HP_METRIC_MEDIAN_RATIO], ==, 0.9);
  g_assert_cmpfloat (bounds.high[HP_METRIC_MEDIAN_RATIO], ==, 1.05);

  /* One sale: every resample is the sale itself, and says nothing of chance. */
  assert_no_bounds (predicted, price, 1, REPLICATES, HP_N_METRICS);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/bootstrap/plain", test_plain);
  g_test_add_func ("/bootstrap/plain-negative", test_plain_negative);
  g_test_add_func ("/bootstrap/plain-wild", test_plain_wild);
  g_test_add_func ("/bootstrap/numpy", test_numpy);
  g_test_add_func ("/bootstrap/jobs", test_jobs);
  g_test_add_func ("/bootstrap/seed-and-order", test_seed_and_order);
  g_test_add_func ("/bootstrap/which", test_which);
  g_test_add_func ("/bootstrap/level", test_level);
  g_test_add_func ("/bootstrap/undefined", test_undefined);
  return g_test_run ();
}
