/* fuzz-calibration.c - the calibration in a stranger's metrics.json
 *
 * What is accepted must survive being written and read again, and give intervals around the price at any level.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <string.h>

#include "hp-calibration.h"

#define ROWS 9

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static HpCalibration *
read_text (const char *text, gsize length)
{
  g_autoptr (JsonNode) node = hp_json_parse (text, length, 1 << 20, "fuzz", NULL);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? hp_calibration_from_json (json_node_get_object (node), NULL)
                                                       : NULL;
}

static char *
write_text (const HpCalibration *calibration, gsize *length)
{
  g_autoptr (HpJsonWriter) writer = hp_json_writer_new (FALSE);

  hp_calibration_write_json (calibration, writer);
  return hp_json_writer_steal (writer, length);
}

static void
check_intervals (const HpCalibration *calibration)
{
  static const double levels[] = { 0.001, 0.5, 0.6827, 0.9, 0.999 };
  static const float values[] = { 0, 1, -1, 1e30f, -1e30f, NAN, INFINITY };
  double price[ROWS] = { 1, 100000, 0.01, 1e12, 1e30, 50, 60, 70, 80 }, sigma[ROWS], alone;
  g_autofree float *features = NULL;
  guint n_features = 0;

  hp_calibration_has_widths (calibration, &n_features);
  features = g_new (float, ROWS *n_features + 1);
  for (guint i = 0; i < ROWS * n_features; i++)
    features[i] = values[i % G_N_ELEMENTS (values)];
  hp_calibration_sigmas (calibration, features, price, ROWS, sigma);
  for (guint i = 0; i < ROWS; i++)
    {
      double inner_low = price[i], inner_high = price[i], within;

      hp_calibration_sigmas (calibration, features + i * n_features, price + i, 1, &alone);
      g_assert_true (sigma[i] > 0 && isfinite (sigma[i]) && sigma[i] == alone);
      for (guint l = 0; l < G_N_ELEMENTS (levels); l++)
        {
          double low, high;

          hp_calibration_interval (calibration, price[i], sigma[i], levels[l], &low, &high);
          g_assert_true (low >= 0 && low <= inner_low && high >= inner_high && isfinite (high));
          inner_low = low;
          inner_high = high;
        }
      within = hp_calibration_within (calibration, sigma[i], 0.1);
      g_assert_true (within >= 0 && within <= 1);
      g_assert_true (hp_calibration_fsd (calibration, sigma[i]) >= 0);
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (HpCalibration) calibration = read_text ((const char *) data, size);
  g_autofree char *before = NULL;
  gsize length;

  if (calibration == NULL)
    return 0;
  check_intervals (calibration);
  before = write_text (calibration, &length);
  /* twice: -0e0 is written as -0, which json-glib reads as the integer 0 */
  for (guint round = 0; round < 2; round++)
    {
      g_autoptr (HpCalibration) again = read_text (before, length);
      g_autofree char *after = NULL;

      g_assert_nonnull (again);
      after = write_text (again, &length);
      if (round > 0)
        g_assert_cmpstr (before, ==, after);
      g_free (before);
      before = g_steal_pointer (&after);
    }
  return 0;
}
