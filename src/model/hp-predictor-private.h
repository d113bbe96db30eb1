/* hp-predictor-private.h - the parts of a valuation
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-sales-private.h"

G_BEGIN_DECLS

#define HP_DEFAULT_LEVEL 0.9

/* Thresholds of the warnings */
#define HP_ENOUGH_SIMILAR 5   /* sales of a similarity of HP_SIMILAR */
#define HP_WIDE_INTERVAL  0.8 /* of the price */
#define HP_STALE_MONTHS   24

struct _HpPredictor
{
  HpPreprocessor *pre;
  HpModel        *model;
  HpCalibration  *calibration;
  HpSales        *sales; /* (nullable) */
};

/* Adds base_price and contributions for a house whose margin splits into expected and phi, and whose price, not rounded, is price */
void      _hp_valuation_explain     (HpValuation *valuation, const HpPredictor *predictor, const HpHouse *house,
                                     HpDate effective, const double *phi, double expected, double price);
/* Warnings about the house, before those about the price */
void      _hp_valuation_warn_house  (HpValuation *valuation, const HpPreprocessor *pre, const HpHouse *house, HpDate effective);
void      _hp_valuation_warn_stale  (HpValuation *valuation, const HpPreprocessor *pre, const HpHouse *house, HpDate effective);
/* Would there be a warning before there is a price? */
gboolean  _hp_house_is_odd          (const HpHouse *house, const HpPreprocessor *pre, HpDate effective);
/* The attribute whose age would be negative, or -1 */
int       _hp_house_negative_age    (const HpHouse *house, const HpPreprocessor *pre, HpDate effective);

HpValuation *_hp_valuation_new      (void);

G_END_DECLS
