/* hp-cli-train.h - the options of train, which house-price and its helper both read
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-cli.h"

G_BEGIN_DECLS

#define HP_TRAIN_HELPER "house-price-train"

typedef struct
{
  char *schema, *folds, *test_fraction, *split, *trials, *seed, *config, *progress;
  char **families, **keep_leaks;
  gboolean promote, no_refit, no_register, learning_curve;
} HpCliTrainOptions;

G_END_DECLS
