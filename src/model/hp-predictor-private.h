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
#define HP_UNSUPPORTED    2   /* attributes that training says nothing of: no value */

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
/* No value, because training says nothing of such a house */
void      _hp_valuation_warn_support (HpValuation *valuation, const HpPreprocessor *pre, const HpHouse *house);
/* Hardly any sale resembles the house, or none */
void      _hp_valuation_warn_sales  (HpValuation *valuation, guint n_similar, guint n_sales);
/* What is odd about the interval */
void      _hp_valuation_warn_interval (HpValuation *valuation);
gboolean  _hp_interval_is_wide      (double price, double low, double high);
/* The attribute whose age would be negative, or -1 */
int       _hp_house_negative_age    (const HpHouse *house, const HpPreprocessor *pre, HpDate effective);

HpValuation *_hp_valuation_new      (void);

G_END_DECLS
