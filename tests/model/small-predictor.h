/* small-predictor.h - a model of the small market
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-valuation.h"
#include "small.h"

/* Scores 0.02, 0.04 … 0.38 */
static inline HpCalibration *
small_calibration (HpTarget target)
{
  double predicted[19], price[19];

  for (int i = 0; i < 19; i++)
    {
      double residual = (i % 2 ? 1 : -1) * 0.02 * (i + 1);

      predicted[i] = 100000;
      price[i] = hp_target_scale (target) == HP_TARGET_LOG ? 100000 * exp (residual) : 100000 * (1 + residual);
    }
  return hp_calibration_fit (target, predicted, price, 19);
}

/* Two stumps: by area and by place (North End 0, Suburb 1, Île Sud 2) */
static inline HpPredictor *
small_predictor (HpTarget target, float base, float unit)
{
  g_autoptr (GError) error = NULL;
  HpModel *model = hp_model_new_trees (target, 6, base);
  const HpNode by_area[] = { { 75, 1, 0, 0, 0, 9 }, { -0.3f * unit, -1, 0, 0, 0, 4 }, { 0.3f * unit, -1, 0, 0, 0, 5 } };
  const HpNode by_place[]
    = { { 1.5f, 1, 1, 1, 0, 9 }, { -0.1f * unit, -1, 0, 0, 0, 6 }, { 0.2f * unit, -1, 0, 0, 0, 3 } };
  HpPredictor *predictor;

  hp_model_add_tree (model, by_area, 3);
  hp_model_add_tree (model, by_place, 3);
  predictor = hp_predictor_new (small_fit (HP_ENCODING_ORDERED), model, small_calibration (target), &error);
  g_assert_no_error (error);
  return predictor;
}
