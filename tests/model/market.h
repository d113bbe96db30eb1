/* market.h - a made-up market in which some houses are harder to value than others
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <math.h>

#include "hp-random.h"
#include "hp-residuals.h"

#define MARKET_FEATURES 3
#define MARKET_PARTS    5

typedef struct
{
  gsize n;
  float *features; /* the first says how hard a house is, the second nothing, the third is missing half the time */
  double *predicted, *price;
  guint8 *part;
} Market;

/* Residuals are normal with a standard deviation of 0.05 × (1 + steepness × the first feature, 0 to 1) */
static inline Market *
market_new (gsize n, double steepness, guint64 seed)
{
  Market *market = g_new0 (Market, 1);
  HpRandom random;

  hp_random_init (&random, seed, 0);
  market->n = n;
  market->features = g_new (float, n *MARKET_FEATURES);
  market->predicted = g_new (double, n);
  market->price = g_new (double, n);
  market->part = g_malloc (n);
  for (gsize i = 0; i < n; i++)
    {
      float *row = market->features + i * MARKET_FEATURES;

      row[0] = (float) hp_random_double (&random);
      row[1] = (float) hp_random_below (&random, 5);
      row[2] = hp_random_below (&random, 2) ? NAN : (float) hp_random_double (&random);
      market->predicted[i] = 50000 + 400000 * hp_random_double (&random);
      market->price[i] = market->predicted[i] * exp (0.05 * (1 + steepness * row[0]) * hp_random_normal (&random));
      market->part[i] = i % MARKET_PARTS;
    }
  return market;
}

static inline void
market_free (Market *market)
{
  g_free (market->features);
  g_free (market->predicted);
  g_free (market->price);
  g_free (market->part);
  g_free (market);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Market, market_free)

static inline HpResiduals *
market_residuals (const Market *market, HpTarget target)
{
  return hp_residuals_new (target, market->features, MARKET_FEATURES, market->predicted, market->price, market->part,
                           market->n);
}

static inline HpCalibration *
market_calibrate (const Market *market, HpTarget target)
{
  g_autoptr (HpResiduals) residuals = market_residuals (market, target);

  return hp_residuals_calibrate (residuals, HP_RESIDUALS_ALL);
}

static inline char *
calibration_text (const HpCalibration *calibration)
{
  g_autoptr (HpJsonWriter) writer = hp_json_writer_new (FALSE);

  hp_calibration_write_json (calibration, writer);
  return hp_json_writer_steal (writer, NULL);
}
