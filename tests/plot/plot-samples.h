/* plot-samples.h - charts of every shape, made up: what the tests, and the bench, draw
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-chart.h"

typedef struct
{
  const char *name;
  HpChart *(*make) (void);
} PlotSample;

/* The last has no name */
extern const PlotSample plot_samples[];

HpChart *plot_sample_cloud (gsize n, guint n_series);
HpChart *plot_sample_categories (guint n, gboolean horizontal, const char *const *labels);
HpChart *plot_sample_find (const char *name);
