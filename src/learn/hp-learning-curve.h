/* hp-learning-curve.h - would more sales help? Fits on growing shares of the training sales
 *
 * Each fold's training sales are put in a random order; the family is fitted on the first tenth of them, on more, and at
 * last on all of them, which is the cross-validation that there is anyway. What a share's fits err by on the sales that they
 * were fitted on, and on the fold that they have not seen, makes a point of the curve.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-train-private.h"

G_BEGIN_DECLS

/* What the fits cost that cross-validation does without */
double   _hp_learning_curve_cost (const Training *training, const HpSplit *split, HpFamily family);
/* After the cross-validation: sets learning_curve of each of the evaluations, whose folds have kept their parameters and errors. large: one fit
 * after another, each with all threads; else side by side. HP_ERROR_CANCELLED. The same for any team. */
gboolean _hp_learning_curves_fit (const Training *training, const HpSplit *split, Evaluation **evaluations, guint n_evaluations,
                                  HpTeam *team, gboolean large, GError **error);
/* Mean absolute error of a fitted model on rows of the table; NaN if it has a price for none of them */
double   _hp_fitted_error        (const Training *training, const Fitted *fitted, const guint32 *rows, gsize n);

G_END_DECLS
