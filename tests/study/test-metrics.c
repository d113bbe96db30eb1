/* test-metrics.c - metrics of predictions: golden numbers, properties, edges, JSON
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hp-metrics.h"

#include <string.h>

#include "golden/study.h"

static void
assert_near (const char *what, double value, double expected, double tolerance)
{
  if (isnan (value) != isnan (expected) || fabs (value - expected) > tolerance * MAX (1, fabs (expected)))
    g_error ("%s: %.17g is not %.17g", what, value, expected);
}

static void
test_names (void)
{
  static const char *const names[HP_N_METRICS] = { "r2",    "mae",          "rmse", "mape", "mdape", "ppe5", "ppe10",
                                                   "ppe20", "median_ratio", "cod",  "prd",  "prb",   "mki",  "vei" };
  HpMetric metric = HP_METRIC_VEI;

  for (guint i = 0; i < HP_N_METRICS; i++)
    {
      g_assert_cmpstr (hp_metric_name (i), ==, names[i]);
      g_assert_true (hp_metric_from_name (names[i], &metric));
      g_assert_cmpuint (metric, ==, i);
      g_assert_cmpuint (strlen (hp_metric_label (i)), >, 0);
    }
  g_assert_false (hp_metric_from_name ("R2", &metric));
  g_assert_false (hp_metric_from_name ("mean_ratio", &metric));
  g_assert_false (hp_metric_from_name ("", &metric));
}

static void
test_golden (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (golden_studies); i++)
    {
      const GoldenStudy *golden = &golden_studies[i];
      guint found = 0;
      HpMetrics metrics;

      hp_metrics_compute (golden->estimate, golden->price, golden->n, &metrics);
      g_assert_cmpuint (metrics.n, ==, golden->n);
      for (gsize k = 0; k < G_N_ELEMENTS (golden->statistic); k++)
        {
          HpMetric metric;

          if (hp_metric_from_name (golden->statistic[k].name, &metric))
            {
              assert_near (golden->statistic[k].name, metrics.value[metric], golden->statistic[k].value, 1e-11);
              found++;
            }
        }
      g_assert_cmpuint (found, ==, HP_N_METRICS);
    }
}

static void
test_by_hand (void)
{
  const double predicted[] = { 110, 180, 330, 400 }, price[] = { 100, 200, 300, 400 };
  HpMetrics metrics;

  hp_metrics_compute (predicted, price, 4, &metrics);
  g_assert_cmpfloat (metrics.value[HP_METRIC_MAE], ==, 15);
  g_assert_cmpfloat_with_epsilon (metrics.value[HP_METRIC_RMSE], sqrt (350), 1e-13);
  g_assert_cmpfloat_with_epsilon (metrics.value[HP_METRIC_R2], 1 - 1400.0 / 50000, 1e-15);
  g_assert_cmpfloat_with_epsilon (metrics.value[HP_METRIC_MAPE], 0.075, 1e-15);
  g_assert_cmpfloat_with_epsilon (metrics.value[HP_METRIC_MDAPE], 0.1, 1e-15);
  g_assert_cmpfloat (metrics.value[HP_METRIC_PPE5], ==, 0.25);
  /* Exactly 10 % off is within 10 %. */
  g_assert_cmpfloat (metrics.value[HP_METRIC_PPE10], ==, 1);
  g_assert_cmpfloat_with_epsilon (metrics.value[HP_METRIC_MEDIAN_RATIO], 1.05, 1e-15);
  g_assert_cmpfloat_with_epsilon (metrics.value[HP_METRIC_COD], 100 * 0.075 / 1.05, 1e-13);
  g_assert_cmpfloat_with_epsilon (metrics.value[HP_METRIC_PRD], 1.025 / 1.02, 1e-14);
}

static void
test_perfect (void)
{
  const GoldenStudy *golden = &golden_studies[1];
  HpMetrics metrics;

  hp_metrics_compute (golden->price, golden->price, golden->n, &metrics);
  for (guint i = 0; i < HP_N_METRICS; i++)
    switch (i)
      {
      case HP_METRIC_MAE:
      case HP_METRIC_RMSE:
      case HP_METRIC_MAPE:
      case HP_METRIC_MDAPE:
      case HP_METRIC_COD:
      case HP_METRIC_PRB:
      case HP_METRIC_VEI:
        g_assert_cmpfloat (metrics.value[i], ==, 0);
        break;
      case HP_METRIC_PRD:
        g_assert_cmpfloat_with_epsilon (metrics.value[i], 1, 1e-14);
        break;
      default:
        g_assert_cmpfloat (metrics.value[i], ==, 1);
      }
}

/* Another currency changes the errors in money and nothing else. */
static void
test_scale (void)
{
  const GoldenStudy *golden = &golden_studies[4];
  g_autofree double *predicted = g_new (double, golden->n);
  g_autofree double *price = g_new (double, golden->n);
  HpMetrics metrics, scaled;

  for (gsize i = 0; i < golden->n; i++)
    {
      predicted[i] = golden->estimate[i] * 8.8195;
      price[i] = golden->price[i] * 8.8195;
    }
  hp_metrics_compute (golden->estimate, golden->price, golden->n, &metrics);
  hp_metrics_compute (predicted, price, golden->n, &scaled);
  for (guint i = 0; i < HP_N_METRICS; i++)
    assert_near (hp_metric_name (i), scaled.value[i],
                 metrics.value[i] * (i == HP_METRIC_MAE || i == HP_METRIC_RMSE ? 8.8195 : 1), 1e-11);
}

/* Estimates at another general level keep their equity. */
static void
test_level (void)
{
  const GoldenStudy *golden = &golden_studies[4];
  static const HpMetric equity[] = { HP_METRIC_COD, HP_METRIC_PRD, HP_METRIC_PRB, HP_METRIC_MKI, HP_METRIC_VEI };
  g_autofree double *half = g_new (double, golden->n);
  HpMetrics metrics, halved;

  for (gsize i = 0; i < golden->n; i++)
    half[i] = golden->estimate[i] / 2;
  hp_metrics_compute (golden->estimate, golden->price, golden->n, &metrics);
  hp_metrics_compute (half, golden->price, golden->n, &halved);
  for (gsize i = 0; i < G_N_ELEMENTS (equity); i++)
    assert_near (hp_metric_name (equity[i]), halved.value[equity[i]], metrics.value[equity[i]], 1e-12);
  g_assert_cmpfloat (halved.value[HP_METRIC_MEDIAN_RATIO] * 2, ==, metrics.value[HP_METRIC_MEDIAN_RATIO]);
}

static void
test_permutation (void)
{
  const GoldenStudy *golden = &golden_studies[4];
  g_autofree double *predicted = g_new (double, golden->n);
  g_autofree double *price = g_new (double, golden->n);
  HpMetrics metrics, permuted;

  for (gsize i = 0; i < golden->n; i++)
    {
      /* 523 is prime, so every step visits all. */
      predicted[i] = golden->estimate[i * 200 % golden->n];
      price[i] = golden->price[i * 200 % golden->n];
    }
  hp_metrics_compute (golden->estimate, golden->price, golden->n, &metrics);
  hp_metrics_compute (predicted, price, golden->n, &permuted);
  for (guint i = 0; i < HP_N_METRICS; i++)
    g_assert_cmpfloat (permuted.value[i], ==, metrics.value[i]);
}

/* Which metrics have a value, as a word of flags */
static guint
defined (const double *predicted, const double *price, gsize n)
{
  HpMetrics metrics;
  guint flags = 0;

  hp_metrics_compute (predicted, price, n, &metrics);
  g_assert_cmpuint (metrics.n, ==, n);
  for (guint i = 0; i < HP_N_METRICS; i++)
    {
      g_assert_false (isinf (metrics.value[i]));
      if (!isnan (metrics.value[i]))
        flags |= 1u << i;
    }
  return flags;
}

#define FLAG(metric) (1u << HP_METRIC_##metric)
#define ERRORS       (FLAG (MAE) | FLAG (RMSE))
#define RATIOS       (FLAG (MAPE) | FLAG (MDAPE) | FLAG (PPE5) | FLAG (PPE10) | FLAG (PPE20) | FLAG (MEDIAN_RATIO))

static void
test_undefined (void)
{
  const double predicted[] = { 90, 210, 320, 380 }, price[] = { 100, 200, 300, 400 };
  const double equal[] = { 250, 250, 250, 250 };
  const double free_house[] = { 100, 0, 300, 400 }, unknown[] = { 100, NAN, 300, 400 };
  const double endless[] = { 100, INFINITY, 300, 400 }, negative[] = { 90, -210, 320, 380 };
  const double worthless[] = { -90, -210, -320, -380 };

  g_assert_cmphex (defined (NULL, NULL, 0), ==, 0);
  g_assert_cmphex (defined (predicted, price, 1), ==, ERRORS | RATIOS);
  g_assert_cmphex (defined (predicted, price, 2), ==,
                   ERRORS | RATIOS | FLAG (R2) | FLAG (COD) | FLAG (PRD) | FLAG (MKI));
  g_assert_cmphex (defined (predicted, price, 3), ==,
                   ERRORS | RATIOS | FLAG (R2) | FLAG (COD) | FLAG (PRD) | FLAG (MKI) | FLAG (PRB));
  g_assert_cmphex (defined (predicted, equal, 4), ==, ERRORS | RATIOS | FLAG (COD) | FLAG (PRD) | FLAG (PRB));
  g_assert_cmphex (defined (equal, equal, 4), ==, ERRORS | RATIOS | FLAG (COD) | FLAG (PRD));
  g_assert_cmphex (defined (predicted, free_house, 4), ==, ERRORS | FLAG (R2));
  g_assert_cmphex (defined (predicted, unknown, 4), ==, 0);
  g_assert_cmphex (defined (predicted, endless, 4), ==, 0);
  g_assert_cmphex (defined (unknown, price, 4), ==, 0);
  g_assert_cmphex (defined (negative, price, 4), ==,
                   ERRORS | RATIOS | FLAG (R2) | FLAG (COD) | FLAG (PRD) | FLAG (MKI));
  g_assert_cmphex (defined (worthless, price, 4), ==, ERRORS | RATIOS | FLAG (R2));
}

/* VEI needs 20 sales; an estimate below 0 does not take it away. */
static void
test_vei_limits (void)
{
  const GoldenStudy *golden = &golden_studies[3];
  g_autofree double *predicted = g_memdup2 (golden->estimate, golden->n * sizeof (double));

  g_assert_false (defined (golden->estimate, golden->price, 19) & FLAG (VEI));
  g_assert_true (defined (golden->estimate, golden->price, 20) & FLAG (VEI));
  predicted[5] = -1;
  g_assert_true (defined (predicted, golden->price, golden->n) & FLAG (VEI));
}

static void
test_json (void)
{
  static const HpMetric which[] = { HP_METRIC_MAE, HP_METRIC_PPE10, HP_METRIC_VEI };
  const double predicted[] = { 110, 180, 330, 400 }, price[] = { 100, 200, 300, 400 };
  const double low[] = { 1, 0.5, NAN }, high[] = { 2, 1, NAN };
  g_autoptr (HpJsonWriter) writer = hp_json_writer_new (FALSE);
  g_autofree char *text = NULL;
  HpMetrics metrics;

  hp_metrics_compute (predicted, price, 4, &metrics);
  hp_json_writer_begin_object (writer);
  hp_metrics_write (&metrics, which, G_N_ELEMENTS (which), writer);
  hp_metrics_write_intervals (which, G_N_ELEMENTS (which), 0.9, low, high, writer);
  hp_json_writer_end_object (writer);
  text = hp_json_writer_steal (writer, NULL);
  g_assert_cmpstr (text, ==,
                   "{\"mae\":15,\"ppe10\":1,\"vei\":null,\"intervals\":{\"level\":0.9,\"mae\":{\"low\":1,\"high\":2},"
                   "\"ppe10\":{\"low\":0.5,\"high\":1},\"vei\":{\"low\":null,\"high\":null}}}");
}

static void
test_json_all (void)
{
  g_autoptr (HpJsonWriter) writer = hp_json_writer_new (FALSE);
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  HpMetrics metrics;
  JsonObject *object;
  gsize length;

  hp_metrics_compute (golden_studies[0].estimate, golden_studies[0].price, golden_studies[0].n, &metrics);
  hp_json_writer_begin_object (writer);
  hp_metrics_write (&metrics, NULL, 0, writer);
  hp_json_writer_end_object (writer);
  text = hp_json_writer_steal (writer, &length);
  node = hp_json_parse (text, length, length, "metrics", &error);
  g_assert_no_error (error);
  object = json_node_get_object (node);
  g_assert_cmpuint (json_object_get_size (object), ==, HP_N_METRICS);
  for (guint i = 0; i < HP_N_METRICS; i++)
    g_assert_cmpfloat (json_object_get_double_member (object, hp_metric_name (i)), ==, metrics.value[i]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/metrics/names", test_names);
  g_test_add_func ("/metrics/golden", test_golden);
  g_test_add_func ("/metrics/by-hand", test_by_hand);
  g_test_add_func ("/metrics/perfect", test_perfect);
  g_test_add_func ("/metrics/scale", test_scale);
  g_test_add_func ("/metrics/level", test_level);
  g_test_add_func ("/metrics/permutation", test_permutation);
  g_test_add_func ("/metrics/undefined", test_undefined);
  g_test_add_func ("/metrics/vei-limits", test_vei_limits);
  g_test_add_func ("/metrics/json", test_json);
  g_test_add_func ("/metrics/json-all", test_json_all);
  return g_test_run ();
}
