/* hp-cli-plot.h - the options of plot, which house-price and its helper both read
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-cli.h"

G_BEGIN_DECLS

#define HP_PLOT_HELPER "house-price-plot"

typedef struct
{
  char *output, *data, *size, *scale, *palette;
  char **where;
  gboolean list;
} HpCliPlotOptions;

G_END_DECLS
