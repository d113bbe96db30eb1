/* test-calibration.c - intervals from residuals
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <string.h>

#include "hp-calibration.h"
#include "hp-error.h"
#include "hp-random.h"

/* Nine sales: scores 0.01 … 0.09 on the plain scale, with alternating signs */
static HpCalibration *
nine (HpTarget target)
{
  double predicted[9], price[9];

  for (int i = 0; i < 9; i++)
    {
      double residual = (i % 2 ? 1 : -1) * 0.01 * (i + 1);

      predicted[i] = 100000 + 1000 * i;
      price[i] = target == HP_TARGET_LOG ? predicted[i] * exp (residual) : predicted[i] * (1 + residual);
    }
  return hp_calibration_fit (target, predicted, price, 9);
}

static void
test_plain (void)
{
  g_autoptr (HpCalibration) calibration = nine (HP_TARGET_PLAIN);
  double low, high;

  g_assert_cmpuint (hp_calibration_get_n (calibration), ==, 9);
  /* ceil (10 × 0.5) = the 5th smallest */
  hp_calibration_interval (calibration, 1000, 1, 0.5, &low, &high);
  g_assert_cmpfloat_with_epsilon (low, 950, 1e-9);
  g_assert_cmpfloat_with_epsilon (high, 1050, 1e-9);
  hp_calibration_interval (calibration, 1000, 1, 0.9, &low, &high);
  g_assert_cmpfloat_with_epsilon (low, 910, 1e-9);
  hp_calibration_interval (calibration, 1000, 1, 0.9000001, &low, &high);
  g_assert_cmpfloat_with_epsilon (low, 910, 1e-9); /* there is no tenth */
  hp_calibration_interval (calibration, 1000, 1, 0.51, &low, &high);
  g_assert_cmpfloat_with_epsilon (low, 940, 1e-9);
  hp_calibration_interval (calibration, 1000, 1, 1e-6, &low, &high);
  g_assert_cmpfloat_with_epsilon (low, 990, 1e-9);
  /* ceil (10 × 0.6827) = the 7th */
  g_assert_cmpfloat_with_epsilon (hp_calibration_fsd (calibration, 1), 0.07, 1e-9);
  g_assert_cmpfloat_with_epsilon (hp_calibration_within (calibration, 1, 0.0451), 4.0 / 9, 1e-12);
  g_assert_cmpfloat (hp_calibration_within (calibration, 1, 0.1), ==, 1);
  g_assert_cmpfloat (hp_calibration_within (calibration, 1, 0.001), ==, 0);
}

static void
test_log (void)
{
  g_autoptr (HpCalibration) calibration = nine (HP_TARGET_LOG);
  double low, high;

  hp_calibration_interval (calibration, 1000, 1, 0.5, &low, &high);
  g_assert_cmpfloat_with_epsilon (low, 1000 * exp (-0.05), 1e-9);
  g_assert_cmpfloat_with_epsilon (high, 1000 * exp (0.05), 1e-9);
  g_assert_cmpfloat_with_epsilon (hp_calibration_fsd (calibration, 1), sinh (0.07), 1e-12);
  /* -0.09 and -0.07 and so on are the negative ones: log (0.93) = -0.0726 leaves out -0.09, log (1.07) = 0.0677 leaves
   * out 0.08 but not 0.06. */
  g_assert_cmpfloat_with_epsilon (hp_calibration_within (calibration, 1, 0.07), 7.0 / 9, 1e-12);
  /* Asymmetry: log (1.0202) > 0.02, but |log (0.98)| = 0.0202 > 0.02 too, while exp (-0.03) is within 0.0296 */
  g_assert_cmpfloat_with_epsilon (hp_calibration_within (calibration, 1, 0.0297), 3.0 / 9, 1e-12);
  g_assert_cmpfloat (hp_calibration_within (calibration, 1, 1.5), ==, 1);
}

static void
test_unusable (void)
{
  const double predicted[] = { 100, -5, 100, NAN, 100, 0 }, price[] = { 110, 100, 0, 100, INFINITY, 3 };
  g_autoptr (HpCalibration) calibration = hp_calibration_fit (HP_TARGET_LOG, predicted, price, 6);

  g_assert_cmpuint (hp_calibration_get_n (calibration), ==, 1);
  g_assert_null (hp_calibration_fit (HP_TARGET_LOG, predicted + 1, price + 1, 5));
  g_assert_null (hp_calibration_fit (HP_TARGET_PLAIN, NULL, NULL, 0));
}

/* A plain price never goes below zero. */
static void
test_not_negative (void)
{
  const double predicted[] = { 100 }, price[] = { 350 };
  g_autoptr (HpCalibration) calibration = hp_calibration_fit (HP_TARGET_PLAIN, predicted, price, 1);
  double low, high;

  hp_calibration_interval (calibration, 200, 1, 0.9, &low, &high);
  g_assert_cmpfloat (low, ==, 0);
  g_assert_cmpfloat (high, ==, 700);
}

/* The compact form is never narrower than all residuals at levels from 0.5, and hardly wider. */
static void
test_compact (void)
{
  HpRandom random;

  hp_random_init (&random, 5, 0);
  for (guint round = 0; round < 12; round++)
    {
      gsize n = 2002 + hp_random_below (&random, 9000);
      g_autofree double *predicted = g_new (double, n), *price = g_new (double, n), *scores = g_new (double, n);
      g_autoptr (HpCalibration) calibration = NULL;

      for (gsize i = 0; i < n; i++)
        {
          double residual = round % 2 ? hp_random_normal (&random) * 0.1 : hp_random_double (&random) * 0.2 - 0.05;

          predicted[i] = 1000;
          price[i] = 1000 * exp (residual);
          scores[i] = fabs (log (price[i] / predicted[i]));
        }
      for (gsize i = 1; i < n; i++) /* in order */
        for (gsize j = i; j > 0 && scores[j] < scores[j - 1]; j--)
          {
            double swap = scores[j];

            scores[j] = scores[j - 1];
            scores[j - 1] = swap;
          }
      calibration = hp_calibration_fit (HP_TARGET_LOG, predicted, price, n);
      g_assert_cmpuint (hp_calibration_get_n (calibration), ==, n);
      for (double level = 0.5; level < 0.9995; level += 0.0007)
        {
          gsize rank = MIN ((gsize) ceil ((n + 1) * level), n), later = MIN (rank + n / 400, n);
          double low, high;

          hp_calibration_interval (calibration, 1, 1, level, &low, &high);
          g_assert_cmpfloat (log (high), >=, scores[rank - 1] - 1e-12);
          g_assert_cmpfloat (log (high), <=, scores[later - 1] + 1e-12);
        }
    }
}

static char *
to_text (const HpCalibration *calibration)
{
  g_autoptr (HpJsonWriter) writer = hp_json_writer_new (FALSE);

  hp_calibration_write_json (calibration, writer);
  return hp_json_writer_steal (writer, NULL);
}

static void
test_json (void)
{
  static const gsize sizes[] = { 1, 9, 2001, 2002, 5000 };
  HpRandom random;

  hp_random_init (&random, 6, 0);
  for (guint s = 0; s < G_N_ELEMENTS (sizes); s++)
    {
      g_autoptr (GError) error = NULL;
      gsize n = sizes[s];
      g_autofree double *predicted = g_new (double, n), *price = g_new (double, n);
      g_autoptr (HpCalibration) calibration = NULL, again = NULL;
      g_autofree char *text = NULL, *again_text = NULL;
      g_autoptr (JsonNode) node = NULL;

      for (gsize i = 0; i < n; i++)
        {
          predicted[i] = 1000;
          price[i] = 1000 * exp (hp_random_normal (&random) / 8);
        }
      calibration = hp_calibration_fit (s % 2 ? HP_TARGET_LOG : HP_TARGET_PLAIN, predicted, price, n);
      text = to_text (calibration);
      node = hp_json_parse (text, strlen (text), 1 << 20, "text", &error);
      g_assert_no_error (error);
      again = hp_calibration_from_json (json_node_get_object (node), &error);
      g_assert_no_error (error);
      again_text = to_text (again);
      g_assert_cmpstr (text, ==, again_text);
      g_assert_cmpuint (hp_calibration_get_n (again), ==, n);
      g_assert_cmpfloat (hp_calibration_fsd (again, 1), ==, hp_calibration_fsd (calibration, 1));
      g_assert_cmpfloat (hp_calibration_within (again, 1, 0.1), ==, hp_calibration_within (calibration, 1, 0.1));
    }
}

static void
test_refused (void)
{
  static const struct
  {
    const char *text, *message;
  } cases[] = {
    { "{}", "format" },
    { "{\"format\":2,\"kind\":\"split_conformal\"}", "newer version" },
    { "{\"format\":1,\"kind\":\"normalised\"}", "newer version" },
    { "{\"format\":1,\"kind\":\"split_conformal\",\"target\":\"log\",\"n\":0,\"residuals\":[]}", "n" },
    { "{\"format\":1,\"kind\":\"split_conformal\",\"target\":\"log\",\"n\":2,\"residuals\":[0.5]}",
      "don't fit together" },
    { "{\"format\":1,\"kind\":\"split_conformal\",\"target\":\"sqrt\",\"n\":1,\"residuals\":[0.5]}",
      "don't fit together" },
    { "{\"format\":1,\"kind\":\"split_conformal\",\"target\":\"log\",\"n\":2,\"residuals\":[0.5,0.4]}", "not sorted" },
    { "{\"format\":1,\"kind\":\"split_conformal\",\"target\":\"log\",\"n\":2,\"residuals\":[0.5,null]}", "not sorted" },
    { "{\"format\":1,\"kind\":\"split_conformal\",\"target\":\"log\",\"n\":2,\"residuals\":[[],0.5]}", "not sorted" },
    { "{\"format\":1,\"kind\":\"split_conformal\",\"target\":\"log\",\"n\":2,\"residuals\":[0.5,\"1\"]}",
      "not sorted" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) node = hp_json_parse (cases[i].text, strlen (cases[i].text), 1 << 20, "text", &error);

      g_assert_no_error (error);
      g_assert_null (hp_calibration_from_json (json_node_get_object (node), &error));
      g_assert_error (error, HP_ERROR, HP_ERROR_BAD_DATA);
      g_assert_nonnull (strstr (error->message, cases[i].message));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/calibration/plain", test_plain);
  g_test_add_func ("/calibration/log", test_log);
  g_test_add_func ("/calibration/unusable", test_unusable);
  g_test_add_func ("/calibration/not-negative", test_not_negative);
  g_test_add_func ("/calibration/compact", test_compact);
  g_test_add_func ("/calibration/json", test_json);
  g_test_add_func ("/calibration/refused", test_refused);
  return g_test_run ();
}
