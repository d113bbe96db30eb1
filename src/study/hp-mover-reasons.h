/* hp-mover-reasons.h - why two versions price a house differently: their contributions, feature by feature
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-residual-set.h"
#include "hp-valuation.h"

G_BEGIN_DECLS

typedef struct
{
  char  *feature;      /* NULL: the base price */
  double a, b, change; /* amounts in currency; 0 in a version that lacks the feature; b - a */
} HpMoverReason;

/* (element-type HpMoverReason) largest |change| first; the changes add up to the difference of the two prices, to a cent */
GPtrArray *hp_mover_reasons_new  (const HpPredictor *a, const HpHouse *house_a, const HpPredictor *b, const HpHouse *house_b, GError **error);
void       hp_mover_reason_free  (HpMoverReason *reason);
/* A sale of a set as a house of a predictor; what the set lacks stays missing */
HpHouse   *hp_residual_set_house (const HpResidualSet *set, gsize index, const HpPreprocessor *pre);

G_END_DECLS
