/* hp-statistics.h - means, quantiles and intervals of plain arrays
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* NaN when there are too few values: 1 for the mean and the quantiles, 2 for the standard deviation. */
double   hp_mean                  (const double *values, gsize n);
double   hp_standard_deviation    (const double *values, gsize n);                     /* divisor n - 1 */
void     hp_sort_doubles          (double *values, gsize n);                           /* ascending, NaN last */
/* Those that are finite, ascending; (transfer full) */
double  *hp_sorted_finite         (const double *values, gsize n, gsize *n_finite);
double   hp_quantile_sorted       (const double *sorted, gsize n, double probability); /* type 7 */
double   hp_quantile              (const double *values, gsize n, double probability); /* type 7, of a copy */
double   hp_median                (const double *values, gsize n);

/* Ranks, from 1, of the order statistics that bound the median at level; FALSE if n is too small for that. */
gboolean hp_median_interval_ranks (gsize n, double level, gsize *low, gsize *high);

G_END_DECLS
