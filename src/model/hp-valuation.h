/* hp-valuation.h - what comes back: price, interval, confidence, reasons, comparable sales, warnings, and who made it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-calibration.h"
#include "hp-preprocessor.h"

G_BEGIN_DECLS

/* A model ready to value houses: preprocessor + model + calibration (+ training sales when they are asked for) */
typedef struct _HpPredictor HpPredictor;

HpPredictor          *hp_predictor_new              (HpPreprocessor *pre, HpModel *model, HpCalibration *calibration /* (transfer full), all three; calibration may be NULL */, GError **error);
void                  hp_predictor_free             (HpPredictor *predictor);
const HpPreprocessor *hp_predictor_get_preprocessor (const HpPredictor *predictor);
const HpModel        *hp_predictor_get_model        (const HpPredictor *predictor);
const HpCalibration  *hp_predictor_get_calibration  (const HpPredictor *predictor);
/* Ready for many rows at once, as hp_model_compile() says */
void                  hp_predictor_compile          (const HpPredictor *predictor);
/* Before the name of an attribute in sales.csv and holdout.csv that is called like a column of theirs: "attribute.price" */
#define HP_SALES_ATTRIBUTE_PREFIX "attribute."
/* sales.csv of the bundle, for comparables and thin-support warnings; text is copied */
gboolean              hp_predictor_set_sales        (HpPredictor *predictor, const char *csv, gsize length, GError **error);

/* Hot path: n houses' features -> rounded price, low, high at level. No allocation. low and high may be NULL. */
void                  hp_predictor_prices           (const HpPredictor *predictor, const float *features, gsize n, double level,
                                                     double *price, double *low, double *high);

typedef struct { char *feature; char *value; gboolean is_number; double number; double amount; } HpContribution;
/* adjusted_price: what the sale says of the house asked about, by the model's ratio of the two; differs: names of attributes that are not
 * the same; repeat_sale: of the same property. NaN: not known */
typedef struct { guint64 row; double similarity; double price; char *sale_date; GPtrArray *names; GPtrArray *values; /* of char*; attributes, NULL: missing */ GArray *numeric; /* (nullable) of gboolean: which values are numbers */ double adjusted_price; double distance_km; GPtrArray *differs; /* (nullable) of char* */ gboolean repeat_sale; } HpComparable;
typedef struct { char *code; char *field; char *message; } HpWarning; /* codes: out_of_range, unseen_category, imputed, missing, no_value, thin_support, stale_model, wide_interval, no_interval, unknown_attribute */

typedef struct
{
  char      *model, *version, *source, *currency; /* source: "local" or "server" */
  double     predicted_price, level, low, high, fsd, within_10_percent; /* but for price and level NaN where there is no interval */
  gboolean   explained;
  double     base_price;
  GPtrArray *contributions; /* (element-type HpContribution) largest first */
  GPtrArray *comparables;   /* (element-type HpComparable) most similar first */
  GPtrArray *warnings;      /* (element-type HpWarning) */
} HpValuation;

typedef struct
{
  double   level;         /* 0: 0.9 */
  gboolean explain;
  guint    n_comparables;
  HpDate   as_of;         /* 0: reference date */
  gboolean impute;        /* else a missing required attribute is HP_ERROR_BAD_ATTRIBUTE naming all that are missing */
} HpValuationOptions;

HpValuation *hp_predictor_value       (const HpPredictor *predictor, const HpHouse *house, const HpValuationOptions *options, GError **error);
/* Hot path: the numbers of hp_predictor_value() at the house's own date, if it would neither refuse the house nor warn of anything; else
 * FALSE. features: room for n_features. No allocation. */
typedef struct { double price, low, high, fsd, within_10_percent; } HpQuote;
gboolean     hp_predictor_quote       (const HpPredictor *predictor, const HpHouse *house, double level, float *features, HpQuote *quote);
/* n houses, faster than one by one: of each either a valuation or an error */
void         hp_predictor_value_many  (const HpPredictor *predictor, HpHouse *const *houses, gsize n, const HpValuationOptions *options,
                                       HpValuation **valuations, GError **errors);
void         hp_valuation_free        (HpValuation *valuation);
void         hp_valuation_add_warning (HpValuation *valuation, const char *code, const char *field, const char *format, ...) G_GNUC_PRINTF (4, 5);
/* `predict --json` of cli.md */
void         hp_valuation_write_json  (const HpValuation *valuation, HpJsonWriter *writer);
/* The same read back, from a server; HP_ERROR_BAD_DATA */
HpValuation *hp_valuation_from_json   (JsonObject *object, GError **error);
/* Its warnings alone, an array */
void         hp_valuation_write_warnings (const HpValuation *valuation, HpJsonWriter *writer);
/* Is it honest to value the house? If not, valuations carry the warning no_value, and it doesn't count in a hit rate. */
gboolean     hp_house_is_supported    (const HpHouse *house, const HpPreprocessor *pre);
/* The codes of a row's warnings on the hot path, joined by ';' ("out_of_range:sqft;unseen_category:location;stale_model"), appended: what
 * the house says, then what its price does; effective: as for hp_preprocessor_transform() */
void         hp_house_append_warnings (const HpHouse *house, const HpPreprocessor *pre, HpDate effective, GString *text);
void         hp_price_append_warnings (double price, double low, double high, GString *text, gsize start);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpPredictor, hp_predictor_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpValuation, hp_valuation_free)

G_END_DECLS
