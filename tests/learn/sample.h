/* sample.h - made-up data for the learners
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <math.h>
#include <string.h>

#include "hp-random.h"

/* n × p floats; steps > 0: whole numbers from 0 to steps - 1, else evenly from [0, 1); missing: share of NaN */
static inline float *
sample_features (gsize n, guint p, guint steps, double missing, guint64 seed)
{
  float *features = g_new (float, n *p + 1);
  HpRandom random;

  hp_random_init (&random, seed, 1);
  for (gsize i = 0; i < n * p; i++)
    {
      double u = hp_random_double (&random);

      features[i] = steps > 0 ? floor (u * steps) : u;
      if (hp_random_double (&random) < missing)
        features[i] = NAN;
    }
  return features;
}

/* A value that depends on the first features, with curves, a jump and noise; scale-free features count most */
static inline float *
sample_target (const float *features, gsize n, guint p, double noise, guint64 seed)
{
  float *target = g_new (float, n + 1);
  HpRandom random;

  hp_random_init (&random, seed, 2);
  for (gsize i = 0; i < n; i++)
    {
      const float *x = features + i * p;
      double y = 0;

      for (guint j = 0; j < p; j++)
        if (isnan (x[j]))
          y += 0.3 * (j + 1);
        else
          y += j % 3 == 0 ? x[j] : j % 3 == 1 ? 0.5 * sin (3 * x[j]) : 0.7 * (x[j] > 0.5);
      target[i] = y + noise * hp_random_normal (&random);
    }
  return target;
}
