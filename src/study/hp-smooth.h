/* hp-smooth.h - curves through clouds of points: LOWESS and kernel density
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define HP_LOWESS_SPAN       (2.0 / 3.0)
#define HP_LOWESS_ITERATIONS 3

/* Cleveland's robust locally weighted regression. x ascending, all finite; fitted[n]. delta: points nearer than this to the last one that
 * was fitted are interpolated; below 0: a hundredth of the range. */
void     hp_lowess          (const double *x, const double *y, gsize n, double span, guint iterations, double delta, double *fitted);

/* A curve to draw */
typedef struct { gsize n; double *x, *y; } HpCurve;

/* The same of points in any order, of which those that are not finite are left out: x ascending, at most max_points of them. n is 0 when
 * fewer than two different x are there. */
HpCurve *hp_lowess_curve    (const double *x, const double *y, gsize n, double span, gsize max_points);

/* Silverman's rule of thumb, as R's bw.nrd0(); NaN for fewer than two values */
double   hp_bandwidth       (const double *values, gsize n);
/* Gaussian kernel density at n_points equally spaced places from `from` to `to`; its integral is 1. bandwidth 0: hp_bandwidth() */
HpCurve *hp_density_curve   (const double *values, gsize n, double bandwidth, double from, double to, gsize n_points);
void     hp_curve_free      (HpCurve *curve);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpCurve, hp_curve_free)

G_END_DECLS
