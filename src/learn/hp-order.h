/* hp-order.h - order statistics of floats, in place
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The ⌈share × n⌉-th smallest value (the lower one of two middle values for a median); values is reordered; n >= 1 */
float hp_select_quantile (float *values, gsize n, double share);

G_END_DECLS
