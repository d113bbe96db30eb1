/* hp-distributions.h - the normal and Student's t distributions
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

double hp_normal_cdf       (double x);
double hp_normal_quantile  (double probability);            /* -inf at 0, +inf at 1, NaN outside [0, 1] */
double hp_incomplete_beta  (double a, double b, double x);  /* regularised, I_x(a, b); a, b > 0; x in [0, 1] */
double hp_beta_quantile    (double probability, double a, double b); /* of the Beta distribution; NaN outside [0, 1] */
double hp_student_cdf      (double t, double df);           /* df > 0, need not be whole */
double hp_student_p_value  (double t, double df);           /* two-sided: P(|T| >= |t|), accurate in the tails */
double hp_student_quantile (double probability, double df);

G_END_DECLS
