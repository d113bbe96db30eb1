/* hp-two-samples.h - have two samples one distribution? Kolmogorov and Smirnov's D, and the population stability index
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define HP_PSI_BINS 10

/* D and its two-sided p. exact: whether p is exact (but for ties, which make it too large) or of the limiting distribution; may be
 * NULL. Values that are not finite are left out; NaN if one sample has none. */
void   hp_ks_test        (const double *a, gsize n_a, const double *b, gsize n_b, double *d, double *p, gboolean *exact);
double hp_ks_p_exact     (gsize n_a, gsize n_b, double d); /* P (D >= d) */
double hp_ks_p_limit     (gsize n_a, gsize n_b, double d);

/* Counts in the same bins. NaN if one of them is empty. A bin that is empty in one sample counts as half a value there. */
double hp_psi            (const gsize *reference, const gsize *current, gsize n_bins);
/* What PSI stays below with probability level if both samples have one distribution: the samples are not endless */
double hp_psi_by_chance  (gsize n_reference, gsize n_current, gsize n_bins, double level);
/* Inner bounds of at most HP_PSI_BINS bins that hold as many of the reference each; a bin holds its upper bound.
 * sorted: ascending and finite. bound: HP_PSI_BINS - 1. Returns their number: bins less one. */
gsize  hp_psi_bounds     (const double *sorted, gsize n, double *bound);
gsize  hp_psi_bin        (const double *bound, gsize n_bounds, double value);

G_END_DECLS
