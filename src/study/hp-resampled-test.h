/* hp-resampled-test.h - are two models different, judged by their differences in the folds of one cross-validation?
 *
 * The training shares of folds overlap, so their differences are not independent and the plain t-test finds too much. Both
 * tests here widen the variance for that: Nadeau and Bengio's corrected t-test, and its Bayesian twin, which also says how
 * probable it is that the difference is too small to matter.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  guint  n;                       /* folds */
  double mean, scale;             /* of the differences; the corrected standard error of their mean */
  double t, df, p;                /* p is two-sided */
  double p_below, p_rope, p_above; /* posterior probability that the difference is below -rope, within, above rope */
} HpResampledTest;

/* FALSE, and all NaN, below two differences or where one is not finite. */
gboolean hp_resampled_test (const double    *difference,
                            guint            n,
                            double           test_train_ratio,
                            double           rope,
                            HpResampledTest *test);

G_END_DECLS
