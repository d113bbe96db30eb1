/* hp-resampled-test.c - the corrected resampled t-test and the correlated Bayesian t-test
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hp-resampled-test.h"

#include <math.h>

#include "hp-distributions.h"
#include "hp-statistics.h"

/* P (mean + scale T > bound), where T may have no spread at all: then the mean alone decides, and a mean at the bound
 * is not above */
static double
upper_tail (const HpResampledTest *test, double bound)
{
  if (!(test->scale > 0))
    return test->mean > bound ? 1 : 0;
  return hp_student_cdf ((test->mean - bound) / test->scale, test->df);
}

static double
lower_tail (const HpResampledTest *test, double bound)
{
  if (!(test->scale > 0))
    return test->mean < bound ? 1 : 0;
  return hp_student_cdf ((bound - test->mean) / test->scale, test->df);
}

/**
 * hp_resampled_test:
 * @difference: (array length=n): difference of the two models' score in each fold
 * @n: number of folds
 * @test_train_ratio: sales tested on over sales trained on, of a fold; 1 / (@n - 1) in plain cross-validation
 * @rope: half width, from 0, of what counts as no difference, in the score's unit
 * @test: (out caller-allocates): the result
 *
 * The corrected resampled t-test (Nadeau and Bengio 2003): the variance of the mean is (1/n + @test_train_ratio) times
 * that of the differences, with n - 1 degrees of freedom. The posterior of the correlated Bayesian t-test (Benavoli et
 * al. 2017) is Student's distribution with the same place and scale, since its correlation of the folds is that ratio's
 * share. Where all differences are equal, t is infinite, or 0 if they are all 0.
 *
 * Returns: whether there is a result
 */
gboolean
hp_resampled_test (const double *difference, guint n, double test_train_ratio, double rope, HpResampledTest *test)
{
  double deviation;

  g_return_val_if_fail (test_train_ratio > 0 && rope >= 0, FALSE);

  *test = (HpResampledTest){ n, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN };
  for (guint i = 0; i < n; i++)
    if (!isfinite (difference[i]))
      return FALSE;
  if (n < 2)
    return FALSE;

  deviation = hp_standard_deviation (difference, n);
  test->mean = hp_mean (difference, n);
  test->scale = deviation * sqrt (1.0 / n + test_train_ratio);
  test->df = n - 1;
  if (test->scale > 0)
    test->t = test->mean / test->scale;
  else
    test->t = test->mean == 0 ? 0 : copysign (INFINITY, test->mean);
  test->p = isfinite (test->t) ? hp_student_p_value (test->t, test->df) : 0;
  test->p_above = upper_tail (test, rope);
  test->p_below = lower_tail (test, -rope);
  test->p_rope = fmax (0, 1 - test->p_above - test->p_below);
  return TRUE;
}
