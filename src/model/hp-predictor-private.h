/* hp-predictor-private.h - the parts of a valuation
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-preprocessor-private.h"
#include "hp-valuation.h"

G_BEGIN_DECLS

#define HP_DEFAULT_LEVEL 0.9

/* Thresholds of the warnings */
#define HP_SIMILAR        0.2 /* a sale of this similarity supports a price */
#define HP_ENOUGH_SIMILAR 5
#define HP_WIDE_INTERVAL  0.8 /* of the price */
#define HP_STALE_MONTHS   24

/* The training sales */
typedef struct _HpSales HpSales;

HpSales  *_hp_sales_new        (const char *csv, gsize length, const HpPreprocessor *pre, const HpModel *model, GError **error);
void      _hp_sales_free       (HpSales *sales);
guint     _hp_sales_get_n      (const HpSales *sales);
/* similarity: room for all sales */
void      _hp_sales_compare    (const HpSales *sales, const HpModel *model, const float *features, float *similarity);
/* The n most similar, most similar first. Returns: (transfer full) (element-type HpComparable) */
GPtrArray *_hp_sales_choose    (const HpSales *sales, const float *similarity, guint n);
GPtrArray *_hp_comparables_new (void);

struct _HpPredictor
{
  HpPreprocessor *pre;
  HpModel        *model;
  HpCalibration  *calibration;
  HpSales        *sales; /* (nullable) */
};

/* Adds base_price and contributions for a house whose features gave this price (not rounded) */
void      _hp_valuation_explain     (HpValuation *valuation, const HpPredictor *predictor, const HpHouse *house,
                                     HpDate effective, const float *features, double price);
/* Warnings about the house, before those about the price */
void      _hp_valuation_warn_house  (HpValuation *valuation, const HpPreprocessor *pre, const HpHouse *house, HpDate effective);
/* The attribute whose age would be negative, or -1 */
int       _hp_house_negative_age    (const HpHouse *house, const HpPreprocessor *pre, HpDate effective);

HpValuation *_hp_valuation_new      (void);

G_END_DECLS
