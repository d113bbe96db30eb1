/* hp-preprocessor-fit.c - learns from training rows how a house is prepared
 *
 * Two passes: attributes first (choices, ranges, what stands in for a missing value), then the features made of them
 * (ranks of categories, centre and scale of columns). Only the rows given are looked at.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "hp-error.h"
#include "hp-preprocessor-fit.h"

/**
 * hp_preprocessor_fit:
 * @schema: the data's schema
 * @features: (array zero-terminated=1): names of columns or derived features, in the order of the model's matrix;
 * columns that leak the price are left out already
 * @table: the data
 * @rows: (array length=n_rows): which rows to fit on; no other row is looked at
 * @n_rows: how many, at least 1; or none, with %HP_ENCODING_CODED: then ranges and typical values are unknown
 * @encoding: how categories become numbers
 * @error: return location for a #GError
 *
 * Fits a preprocessor.
 *
 * %HP_ENCODING_ORDERED, for trees: a category is its place in the schema's order, else its rank by smoothed mean price
 * ((n × mean + 10 × overall mean) / (n + 10), of log prices if all are positive; ties by name). A category that
 * training did not see gets the place of the overall mean among the ranks. What is missing stays NaN.
 *
 * %HP_ENCODING_ONE_HOT, for linear models: a column for each category of at least five rows, centred, and one,
 * `(other)`, for all the rarer ones; a category of the schema's order is its place, as a number. Missing numbers are
 * imputed by the schema's rule, missing categories by the most frequent one. Numbers are centred and divided by their
 * standard deviation (constant ones by 1). A category that training did not see leaves its columns at 0: the average
 * house.
 *
 * %HP_ENCODING_CODED, for models that others trained: a category is its place in the schema's order, else its place
 * among all categories sorted by code point, which is how pandas and scikit-learn number them. What is missing, and a
 * category that is not among them, is NaN. Nothing depends on prices.
 *
 * Fails with %HP_ERROR_BAD_DATA if a feature is unknown, of a type that can't be used, or has no value in any of the
 * rows.
 *
 * Returns: (transfer full): the preprocessor, or %NULL
 */
HpPreprocessor *
hp_preprocessor_fit (const HpSchema *schema, const char *const *features, const HpTable *table, const guint32 *rows,
                     gsize n_rows, HpEncoding encoding, GError **error)
{
  g_autoptr (HpPreprocessor) pre = NULL;
  g_autoptr (HpHouseBinding) binding = NULL;
  g_autoptr (HpHouse) house = NULL;
  HpFit fit = { schema, table, rows, n_rows };

  g_return_val_if_fail (schema != NULL && features != NULL && table != NULL, NULL);

  if ((n_rows == 0 && encoding != HP_ENCODING_CODED) || features[0] == NULL)
    {
      hp_set_error (error, HP_ERROR_BAD_DATA, NULL,
                    features[0] != NULL ? _ ("there are no rows to train on")
                                        : _ ("there are no features to train on"));
      return NULL;
    }
  pre = fit.pre = _hp_preprocessor_new ();
  pre->encoding = encoding;
  pre->target = g_strdup (schema->target);
  pre->currency = g_strdup (schema->currency);
  _hp_fit_dates (&fit);
  if (!_hp_fit_add_inputs (&fit, features, error) || !_hp_fit_add_named (&fit, features, error))
    return NULL;

  binding = fit.binding = hp_house_binding_new (pre, table);
  house = fit.house = hp_house_new (pre);
  if (!_hp_fit_inputs (&fit, error) || !_hp_fit_ranks (&fit, error) || !_hp_fit_columns (&fit, error))
    return NULL;
  _hp_preprocessor_seal (pre);
  return g_steal_pointer (&pre);
}
