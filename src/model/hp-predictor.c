/* hp-predictor.c - a model that is ready to value houses
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "hp-error.h"
#include "hp-predictor-private.h"

/* Houses whose sigmas are on the stack at once */
#define SIGMA_ROWS 256

/**
 * hp_predictor_new:
 * @pre: (transfer full): a preprocessor
 * @model: (transfer full): a model that was fitted on its features
 * @calibration: (transfer full) (nullable): of the model's out-of-sample prices; %NULL if it never saw sales (an
 * imported model): then there are no intervals
 * @error: return location for a #GError
 *
 * Puts the parts together, if they belong together: %HP_ERROR_DAMAGED if they don't. The parts are taken over even
 * then.
 *
 * Returns: (transfer full): the predictor, or %NULL
 */
HpPredictor *
hp_predictor_new (HpPreprocessor *pre, HpModel *model, HpCalibration *calibration, GError **error)
{
  g_autoptr (HpPredictor) predictor = g_new0 (HpPredictor, 1);
  gboolean one_hot;
  guint n_width;

  g_return_val_if_fail (pre != NULL && model != NULL, NULL);

  predictor->pre = pre;
  predictor->model = model;
  predictor->calibration = calibration;
  if (hp_model_get_n_features (model) != hp_preprocessor_get_n_features (pre))
    {
      hp_set_error (error, HP_ERROR_DAMAGED, NULL, _ ("the model has %u features, but the preprocessor makes %u"),
                    hp_model_get_n_features (model), hp_preprocessor_get_n_features (pre));
      return NULL;
    }
  if (calibration != NULL && hp_calibration_has_widths (calibration, &n_width)
      && n_width != hp_model_get_n_features (model))
    {
      hp_set_error (error, HP_ERROR_DAMAGED, NULL, _ ("the model has %u features, but the calibration is for %u"),
                    hp_model_get_n_features (model), n_width);
      return NULL;
    }
  one_hot = pre->encoding == HP_ENCODING_ONE_HOT;
  if (!one_hot && !hp_model_takes_missing (model))
    {
      hp_set_error (error, HP_ERROR_DAMAGED, NULL, _ ("the preprocessor was made for trees, but the model is linear"));
      return NULL;
    }
  return g_steal_pointer (&predictor);
}

/**
 * hp_predictor_free:
 * @predictor: (transfer full) (nullable): a predictor
 */
void
hp_predictor_free (HpPredictor *predictor)
{
  if (predictor == NULL)
    return;
  g_clear_pointer (&predictor->pre, hp_preprocessor_unref);
  g_clear_pointer (&predictor->model, hp_model_unref);
  g_clear_pointer (&predictor->calibration, hp_calibration_free);
  g_clear_pointer (&predictor->sales, _hp_sales_free);
  g_free (predictor);
}

/**
 * hp_predictor_get_preprocessor:
 * @predictor: a predictor
 *
 * Returns: (transfer none): its preprocessor
 */
const HpPreprocessor *
hp_predictor_get_preprocessor (const HpPredictor *predictor)
{
  return predictor->pre;
}

/**
 * hp_predictor_get_model:
 * @predictor: a predictor
 *
 * Returns: (transfer none): its model
 */
const HpModel *
hp_predictor_get_model (const HpPredictor *predictor)
{
  return predictor->model;
}

/**
 * hp_predictor_get_calibration:
 * @predictor: a predictor
 *
 * Returns: (transfer none) (nullable): its calibration
 */
const HpCalibration *
hp_predictor_get_calibration (const HpPredictor *predictor)
{
  return predictor->calibration;
}

/**
 * hp_predictor_compile:
 * @predictor: a predictor
 *
 * Prepares all models that a price and its interval take for many rows, as hp_model_compile() does one.
 */
void
hp_predictor_compile (const HpPredictor *predictor)
{
  hp_model_compile (predictor->model);
  if (predictor->calibration != NULL)
    hp_calibration_compile (predictor->calibration);
}

/**
 * hp_predictor_set_sales:
 * @predictor: a predictor that no other thread uses yet
 * @csv: (array length=length): sales.csv of the bundle; copied
 * @length: its bytes
 * @error: return location for a #GError
 *
 * Gives the predictor the training sales: the columns `row`, `price` (or the target's name), the attributes and the
 * date. An attribute called like one of the file's own columns has %HP_SALES_ATTRIBUTE_PREFIX before its name. With
 * them valuations can name comparable sales, and warn when there are hardly any.
 *
 * Returns: whether @csv could be used; if not, the predictor is as before
 */
gboolean
hp_predictor_set_sales (HpPredictor *predictor, const char *csv, gsize length, GError **error)
{
  HpSales *sales = _hp_sales_new (csv, length, predictor->pre, predictor->model, error);

  if (sales == NULL)
    return FALSE;
  _hp_sales_free (predictor->sales);
  predictor->sales = sales;
  return TRUE;
}

/* The price, rounded, and its interval; half_width: NaN if there is none. FALSE if the model gives no price that makes
 * sense */
static gboolean
finish_price (const HpPredictor *predictor, double half_width, double *price, double *low, double *high)
{
  double unrounded = *price, rounded = hp_price_round (unrounded);

  *price = *low = *high = NAN;
  if (!(rounded > 0) || isinf (rounded))
    return FALSE;
  *price = rounded;
  if (isnan (half_width))
    return TRUE;
  hp_calibration_spread (predictor->calibration, unrounded, half_width, low, high);
  *low = hp_price_round (*low);
  *high = hp_price_round (*high);
  return TRUE;
}

/* sigma: of each house; NaN where nothing was calibrated */
static void
get_sigmas (const HpPredictor *predictor, const float *features, const double *price, gsize n, double *sigma)
{
  if (predictor->calibration != NULL)
    hp_calibration_sigmas (predictor->calibration, features, price, n, sigma);
  else
    for (gsize i = 0; i < n; i++)
      sigma[i] = NAN;
}

/* All numbers of a house from its price, not rounded, and its sigma. FALSE if the price makes no sense */
static gboolean
make_quote (const HpPredictor *predictor, double price, double sigma, double level, HpQuote *quote)
{
  const HpCalibration *calibration = predictor->calibration;
  double half_width = NAN;

  *quote = (HpQuote){ price, NAN, NAN, NAN, NAN };
  if (calibration != NULL)
    {
      half_width = hp_calibration_half_width (calibration, level) * sigma;
      quote->fsd = hp_calibration_fsd (calibration, sigma);
      quote->within_10_percent = hp_calibration_within (calibration, sigma, 0.1);
    }
  return finish_price (predictor, half_width, &quote->price, &quote->low, &quote->high);
}

/**
 * hp_predictor_prices:
 * @predictor: a predictor
 * @features: (array): @n rows of features, as hp_preprocessor_transform() makes them
 * @n: how many houses
 * @level: the chance that an interval holds the price, in (0, 1)
 * @price: (out caller-allocates) (array length=n): prices in cents' precision
 * @low: (out caller-allocates) (optional) (array length=n): the least prices
 * @high: (out caller-allocates) (optional) (array length=n): the greatest prices
 *
 * Values many houses without words. Where the model gives no sensible price all three are NaN; @low and @high are too
 * where it has no calibration. Takes no memory.
 */
void
hp_predictor_prices (const HpPredictor *predictor, const float *features, gsize n, double level, double *price,
                     double *low, double *high)
{
  const HpCalibration *calibration = predictor->calibration;
  guint n_features = hp_model_get_n_features (predictor->model);
  double half_width = calibration != NULL ? hp_calibration_half_width (calibration, level) : NAN;

  hp_model_predict (predictor->model, features, n, price);
  for (gsize first = 0; first < n; first += SIGMA_ROWS)
    {
      gsize count = MIN (n - first, SIGMA_ROWS);
      double sigma[SIGMA_ROWS];

      get_sigmas (predictor, features + first * n_features, price + first, count, sigma);
      for (gsize i = 0; i < count; i++)
        {
          double least, greatest;

          finish_price (predictor, half_width * sigma[i], &price[first + i], &least, &greatest);
          if (low != NULL)
            low[first + i] = least;
          if (high != NULL)
            high[first + i] = greatest;
        }
    }
}

static HpHouse *
copy_house (const HpPreprocessor *pre, const HpHouse *house)
{
  HpHouse *copy = hp_house_new (pre);

  memcpy (copy->raw, house->raw, house->n * sizeof *house->raw);
  memcpy (copy->flags, house->flags, house->n * sizeof *house->flags);
  for (guint i = 0; i < house->n; i++)
    copy->unseen[i] = g_strdup (house->unseen[i]);
  return copy;
}

/* Comparable sales, and a warning when there are hardly any, or none */
static void
compare_with_sales (HpValuation *valuation, const HpPredictor *predictor, const HpSubject *subject, guint n_comparables)
{
  guint n_similar;

  g_ptr_array_unref (valuation->comparables);
  valuation->comparables = _hp_sales_choose (predictor->sales, subject, n_comparables, &n_similar);
  _hp_valuation_warn_sales (valuation, n_similar, predictor->sales->sales->len);
}

/**
 * hp_predictor_quote:
 * @predictor: a predictor
 * @house: a house of its preprocessor's attributes
 * @level: the chance that the interval holds the price, in (0, 1)
 * @features: (out caller-allocates): room for the model's features
 * @quote: (out caller-allocates): the numbers of hp_predictor_value()
 *
 * Values a house that nothing has to be said about, at its own date or the reference date: all its attributes are
 * given, as training saw them, and the interval is narrow. Takes no memory.
 *
 * Returns: whether that is so; if not, hp_predictor_value() says what there is to say
 */
gboolean
hp_predictor_quote (const HpPredictor *predictor, const HpHouse *house, double level, float *features, HpQuote *quote)
{
  const HpPreprocessor *pre = predictor->pre;
  double price, sigma;

  if (_hp_house_is_odd (house, pre, 0))
    return FALSE;
  hp_preprocessor_transform (pre, house, 0, features);
  hp_model_predict (predictor->model, features, 1, &price);
  get_sigmas (predictor, features, &price, 1, &sigma);
  return make_quote (predictor, price, sigma, level, quote) && !isnan (quote->low)
         && !_hp_interval_is_wide (quote->price, quote->low, quote->high);
}

/* What is known of a house when all have been scored */
typedef struct
{
  const HpHouse *house;
  const float *features;
  double price, sigma; /* not rounded */
  const double *phi;   /* (nullable) */
  double expected;
} Scored;

static HpValuation *
make_valuation (const HpPredictor *predictor, const Scored *scored, const HpValuationOptions *options, GError **error)
{
  const HpPreprocessor *pre = predictor->pre;
  g_autoptr (HpValuation) valuation = NULL;
  HpQuote quote;
  HpSubject subject = { pre, predictor->model, scored->house, scored->features, scored->price, options->as_of };

  if (!make_quote (predictor, scored->price, scored->sigma, options->level, &quote))
    {
      hp_set_error (error, HP_ERROR_FAILED, NULL, _ ("this model gives no sensible price for this house"));
      return NULL;
    }
  valuation = _hp_valuation_new ();
  valuation->source = g_strdup ("local");
  valuation->currency = g_strdup (pre->currency);
  valuation->level = options->level;
  valuation->predicted_price = quote.price;
  valuation->low = quote.low;
  valuation->high = quote.high;
  valuation->fsd = quote.fsd;
  valuation->within_10_percent = quote.within_10_percent;

  _hp_valuation_warn_house (valuation, pre, scored->house, options->as_of);
  _hp_valuation_warn_support (valuation, pre, scored->house);
  /* only when asked: the same question gets the same warnings from those who hold the sales and those who don't */
  if (predictor->sales != NULL && predictor->sales->sales->len > 0 && options->n_comparables > 0)
    compare_with_sales (valuation, predictor, &subject, options->n_comparables);
  _hp_valuation_warn_stale (valuation, pre, scored->house, options->as_of);
  _hp_valuation_warn_interval (valuation);
  if (scored->phi != NULL)
    _hp_valuation_explain (valuation, predictor, scored->house, options->as_of, scored->phi, scored->expected,
                           scored->price);
  return g_steal_pointer (&valuation);
}

/* A copy of a house with what is missing filled in if that was asked for; NULL: it can't be valued */
static HpHouse *
complete_house (const HpPreprocessor *pre, const HpHouse *house, gboolean impute, GError **error)
{
  g_autoptr (HpHouse) filled = copy_house (pre, house);
  g_autofree char *missing = NULL;
  g_auto (GStrv) names = NULL;

  if (impute)
    hp_house_impute (filled, pre);
  missing = hp_house_missing (filled, pre);
  if (missing == NULL)
    return g_steal_pointer (&filled);
  names = g_strsplit (missing, ", ", 2);
  hp_set_error (error, HP_ERROR_BAD_ATTRIBUTE, names[0],
                impute ? _ ("missing: %s; give a value to each: this version knows no typical one")
                       : _ ("missing: %s; give a value to each, or ask for missing ones to be imputed"),
                missing);
  return NULL;
}

static gboolean
check_level (double level, GError **error)
{
  if (level > 0 && level < 1)
    return TRUE;
  hp_set_error (error, HP_ERROR_USAGE, NULL, _ ("the level of an interval has to be between 0 and 1, such as 0.9"));
  return FALSE;
}

/**
 * hp_predictor_value_many:
 * @predictor: a predictor
 * @houses: (array length=n): houses of its preprocessor's attributes
 * @n: how many
 * @options: (nullable): what is asked for
 * @valuations: (out caller-allocates) (array length=n): the valuations, %NULL where there is none
 * @errors: (out caller-allocates) (array length=n): why there is none, %NULL where there is one
 *
 * Values houses as hp_predictor_value() values each, but scores and explains them side by side.
 */
void
hp_predictor_value_many (const HpPredictor *predictor, HpHouse *const *houses, gsize n,
                         const HpValuationOptions *options, HpValuation **valuations, GError **errors)
{
  HpValuationOptions wanted = options != NULL ? *options : (HpValuationOptions){ 0 };
  guint n_features = hp_preprocessor_get_n_features (predictor->pre);
  g_autofree HpHouse **filled = g_new0 (HpHouse *, n + 1);
  g_autofree float *features = g_new (float, n *n_features + 1);
  g_autofree double *prices = g_new (double, n + 1), *sigmas = g_new (double, n + 1), *phi = NULL;
  double expected = 0;
  gsize n_filled = 0;

  if (wanted.level == 0)
    wanted.level = HP_DEFAULT_LEVEL;
  for (gsize i = 0; i < n; i++)
    {
      valuations[i] = NULL;
      errors[i] = NULL;
      if (!check_level (wanted.level, &errors[i]))
        continue;
      filled[i] = complete_house (predictor->pre, houses[i], wanted.impute, &errors[i]);
      if (filled[i] != NULL)
        hp_preprocessor_transform (predictor->pre, filled[i], wanted.as_of, features + n_filled++ * n_features);
    }
  hp_model_predict (predictor->model, features, n_filled, prices);
  get_sigmas (predictor, features, prices, n_filled, sigmas);
  if (wanted.explain && n_filled > 0)
    {
      phi = g_new (double, n_filled *n_features + 1);
      hp_model_contributions (predictor->model, features, n_filled, phi, &expected);
    }
  n_filled = 0;
  for (gsize i = 0; i < n; i++)
    {
      Scored scored = { .house = filled[i], .expected = expected };

      if (filled[i] == NULL)
        continue;
      scored.features = features + n_filled * n_features;
      scored.price = prices[n_filled];
      scored.sigma = sigmas[n_filled];
      scored.phi = phi != NULL ? phi + n_filled * n_features : NULL;
      valuations[i] = make_valuation (predictor, &scored, &wanted, &errors[i]);
      hp_house_free (filled[i]);
      n_filled++;
    }
}

/**
 * hp_predictor_value:
 * @predictor: a predictor
 * @house: a house of its preprocessor's attributes
 * @options: (nullable): what is asked for
 * @error: return location for a #GError
 *
 * Values a house. %HP_ERROR_BAD_ATTRIBUTE if a required attribute is missing and imputation wasn't asked for, naming
 * all that are; %HP_ERROR_FAILED if the model gives a price that is not positive. `model` and `version` are left to the
 * caller.
 *
 * Returns: (transfer full): the valuation, or %NULL
 */
HpValuation *
hp_predictor_value (const HpPredictor *predictor, const HpHouse *house, const HpValuationOptions *options,
                    GError **error)
{
  HpHouse *houses[] = { (HpHouse *) house };
  HpValuation *valuation;
  GError *problem = NULL;

  hp_predictor_value_many (predictor, houses, 1, options, &valuation, &problem);
  if (problem != NULL)
    g_propagate_error (error, problem);
  return valuation;
}
