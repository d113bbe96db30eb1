/* hp-bundle-diagnostics.c - diagnostics.json of a bundle, which not every bundle has
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hp-bundle-diagnostics.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hp-bundle-private.h"
#include "hp-error.h"

/* Read once; a version without the file has empty diagnostics */
static const HpDiagnostics *
get_diagnostics (HpBundle *self, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  GError *cause = NULL;

  if (self->diagnostics != NULL)
    return self->diagnostics;
  if (hp_manifest_find (self->manifest, HP_DIAGNOSTICS_NAME) == NULL)
    {
      self->diagnostics = hp_diagnostics_new (NULL, NULL);
      return self->diagnostics;
    }
  bytes = hp_bundle_read (self, HP_DIAGNOSTICS_NAME, error);
  if (bytes == NULL)
    return NULL;
  self->diagnostics
    = hp_diagnostics_from_json (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), HP_DIAGNOSTICS_NAME, &cause);
  if (self->diagnostics == NULL)
    _hp_bundle_propagate_damage (self, HP_DIAGNOSTICS_NAME, cause, error);
  return self->diagnostics;
}

static gboolean
is_linear (HpBundle *self)
{
  JsonObject *metrics = hp_bundle_get_metrics (self, NULL);
  const char *family;

  return metrics != NULL && hp_json_get_string (metrics, "family", &family, NULL) && strcmp (family, "linear") == 0;
}

/**
 * hp_bundle_get_influence:
 * @bundle: a bundle
 * @error: return location
 *
 * Returns: (transfer none) (nullable): how much each training sale has to say in a linear model; %NULL with
 *   %HP_ERROR_NOT_FOUND if the version has none, %HP_ERROR_DAMAGED if diagnostics.json does not make sense, or an error
 *   of hp_bundle_read()
 */
const HpInfluence *
hp_bundle_get_influence (HpBundle *bundle, GError **error)
{
  const HpDiagnostics *diagnostics;
  guint version;

  g_return_val_if_fail (HP_IS_BUNDLE (bundle), NULL);

  diagnostics = get_diagnostics (bundle, error);
  if (diagnostics == NULL || diagnostics->influence != NULL)
    return diagnostics != NULL ? diagnostics->influence : NULL;
  version = bundle->manifest->version;
  if (is_linear (bundle))
    hp_set_error (error, HP_ERROR_NOT_FOUND, NULL,
                  _ ("version %u does not hold the leverage of its sales, as linear versions trained by newer programs "
                     "do: make one with “house-price train --family linear”"),
                  version);
  else
    hp_set_error (error, HP_ERROR_NOT_FOUND, NULL,
                  _ ("version %u is not of the linear family, and only its models have leverage: make one with "
                     "“house-price train --family linear”"),
                  version);
  return NULL;
}

/**
 * hp_bundle_get_learning_curve:
 * @bundle: a bundle
 * @error: return location
 *
 * Returns: (transfer none) (nullable): errors by number of training sales; %NULL with %HP_ERROR_NOT_FOUND if the
 *   version was trained without asking for it, %HP_ERROR_DAMAGED if diagnostics.json does not make sense, or an error
 * of hp_bundle_read()
 */
const HpLearningCurve *
hp_bundle_get_learning_curve (HpBundle *bundle, GError **error)
{
  const HpDiagnostics *diagnostics;

  g_return_val_if_fail (HP_IS_BUNDLE (bundle), NULL);

  diagnostics = get_diagnostics (bundle, error);
  if (diagnostics == NULL || diagnostics->learning_curve != NULL)
    return diagnostics != NULL ? diagnostics->learning_curve : NULL;
  hp_set_error (error, HP_ERROR_NOT_FOUND, NULL,
                _ ("version %u has no learning curve: make a version that has one with “house-price train "
                   "--learning-curve”"),
                bundle->manifest->version);
  return NULL;
}

/**
 * hp_bundle_get_house_set:
 * @bundle: a bundle
 * @error: return location
 *
 * The sales of sales.csv, on which the model was fitted: what is measured on them says what the model does, not how
 * well it would do.
 *
 * Returns: (transfer full) (nullable): the sales; %NULL with an error of hp_bundle_get_predictor(), or
 *   %HP_ERROR_DAMAGED if sales.csv does not make sense
 */
HpHouseSet *
hp_bundle_get_house_set (HpBundle *bundle, GError **error)
{
  HpPredictor *predictor;
  g_autoptr (GBytes) bytes = NULL;
  HpHouseSet *set;
  GError *cause = NULL;

  g_return_val_if_fail (HP_IS_BUNDLE (bundle), NULL);

  predictor = hp_bundle_get_predictor (bundle, FALSE, error);
  bytes = predictor != NULL ? hp_bundle_read (bundle, "sales.csv", error) : NULL;
  if (bytes == NULL)
    return NULL;
  set = hp_house_set_new_csv (hp_predictor_get_preprocessor (predictor), g_bytes_get_data (bytes, NULL),
                              g_bytes_get_size (bytes), "sales.csv", &cause);
  if (set == NULL)
    {
      _hp_bundle_propagate_damage (bundle, "sales.csv", cause, error);
      return NULL;
    }
  set->in_sample = TRUE;
  return set;
}
