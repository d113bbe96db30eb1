/* hp-dependence.h - how nearly is one variable a function of another?
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  double x, y;
  double log_y;
} HpPoint;

/* Scratch memory for up to n points, reused from pair to pair */
typedef struct _HpDependence HpDependence;

HpDependence *_hp_dependence_new    (gsize max_points);
void          _hp_dependence_free   (HpDependence *dependence);
HpPoint      *_hp_dependence_points (HpDependence *dependence); /* to be filled */
/* y > 0. Categories: x is a code, without order. Sorts the points. */
double        _hp_dependence_r2     (HpDependence *dependence, gsize n, gboolean categories);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpDependence, _hp_dependence_free)

G_END_DECLS
