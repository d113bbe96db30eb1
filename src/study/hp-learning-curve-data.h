/* hp-learning-curve-data.h - errors by number of training sales: would more sales help?
 *
 * Made by `train --learning-curve` (hp-learning-curve.c) and kept in the bundle's diagnostics.json. For each share of the
 * training sales the family was fitted once a fold, and its error measured on those sales and on the fold.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-json.h"

G_BEGIN_DECLS

#define HP_LEARNING_CURVE_MAX_POINTS 100

typedef struct
{
  guint    n_points;
  double  *share;     /* n_points, ascending, of the sales that a fold trains on; the last is 1 */
  double  *n;         /* n_points: sales fitted on, mean of the folds */
  guint   *n_folds;   /* n_points: folds that could be fitted */
  double  *train_mae, *train_sd; /* n_points: on the sales fitted on, in currency; mean and standard deviation over folds (NaN: one fold) */
  double  *mae, *sd;             /* n_points: on the folds' sales, which the fits have not seen */
} HpLearningCurve;

/* Arrays of n_points zeros */
HpLearningCurve *hp_learning_curve_new        (guint n_points);
void             hp_learning_curve_free       (HpLearningCurve *curve);

/* An array, where a value may begin; read back by hp_learning_curve_read(). Hostile input fails the reader. */
void             hp_learning_curve_write_json (const HpLearningCurve *curve, HpJsonWriter *writer);
HpLearningCurve *hp_learning_curve_read       (HpJsonReader *reader);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpLearningCurve, hp_learning_curve_free)

G_END_DECLS
