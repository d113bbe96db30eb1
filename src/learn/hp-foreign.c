/* hp-foreign.c - a model that others trained becomes a version like any other
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hp-foreign-private.h"

#include <math.h>

#include "config.h"
#include <glib/gi18n-lib.h>

#include "hp-display.h"
#include "hp-error.h"
#include "hp-number.h"
#include "hp-train-private.h"

/* The logarithms of prices of any currency lie below, prices themselves above */
#define LARGEST_LOG    60.0
#define SMALLEST_PRICE 1000.0

/* Of a linear model, whose features come as they are: the average sale, and how far sales spread around it */
static void
set_reference (HpModel *model, const float *features, gsize n)
{
  guint n_features = hp_model_get_n_features (model);
  g_autofree double *centre = g_new (double, n_features + 1), *spread = g_new (double, n_features + 1);

  for (guint j = 0; j < n_features; j++)
    {
      double sum = 0, squares = 0;
      gsize known = 0;

      for (gsize r = 0; r < n; r++)
        if (isfinite (features[r * n_features + j]))
          {
            sum += features[r * n_features + j];
            known++;
          }
      centre[j] = known > 0 ? sum / known : 0;
      for (gsize r = 0; r < n; r++)
        if (isfinite (features[r * n_features + j]))
          squares += (features[r * n_features + j] - centre[j]) * (features[r * n_features + j] - centre[j]);
      spread[j] = known > 0 && squares > 0 ? sqrt (squares / known) : 1;
    }
  hp_model_set_reference (model, centre, spread);
}

/* values: sorted by this. n > 0 */
static double
median (double *values, gsize n)
{
  qsort (values, n, sizeof *values, hp_compare_doubles);
  return values[n / 2];
}

/* A model of logarithms whose trainer undid them elsewhere is the likeliest mistake, and makes a house cost twelve
 * dollars. */
static gboolean
check_scale (const Training *training, const HpImport *import, const double *predicted, const HpCleaned *cleaned,
             const char *file, GError **error)
{
  g_autofree double *prices = _hp_prices_of (training, cleaned->rows, cleaned->n_rows);
  g_autofree double *answers = g_new (double, cleaned->n_rows + 1);
  g_autofree char *price_text = NULL, *answer_text = NULL;
  double price, answer;

  for (gsize i = 0; i < cleaned->n_rows; i++)
    answers[i] = predicted[cleaned->rows[i]];
  price = median (prices, cleaned->n_rows);
  answer = median (answers, cleaned->n_rows);
  if (hp_model_get_target (import->model) != HP_TARGET_PLAIN || price < SMALLEST_PRICE || answer < 0
      || answer > LARGEST_LOG)
    return TRUE;
  price_text = hp_display_number (price, 0);
  answer_text = hp_display_number (answer, 1);
  hp_set_error (
    error, HP_ERROR_BAD_DATA, "target",
    _ ("%s: the model answers %s or so where houses cost %s: it was fitted on the logarithm of the price; say so with "
       "--target log (or log1p, for NumPy's log1p)"),
    file, answer_text, price_text);
  return FALSE;
}

typedef struct
{
  Training training;
  Evaluation *evaluation;
  HpCleaned *cleaned; /* (nullable) with sales only */
  HpSplit *split;     /* likewise */
  guint8 *fold;       /* likewise */
  GArray *bounds;
} Adoption;

static void
adoption_clear (Adoption *adoption)
{
  g_clear_pointer (&adoption->evaluation, _hp_evaluation_free);
  g_clear_pointer (&adoption->cleaned, hp_cleaned_free);
  g_clear_pointer (&adoption->split, hp_split_free);
  g_free (adoption->fold);
  g_clear_pointer (&adoption->bounds, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Adoption, adoption_clear)

static gboolean
prepare (Adoption *adoption, HpImport *import, const char *file, HpSchema *ordered, GPtrArray *notes, GError **error)
{
  const Training *training = &adoption->training;
  Fitted *final = &adoption->evaluation->final;
  const guint32 *rows = adoption->cleaned != NULL ? adoption->cleaned->rows : NULL;
  gsize n = adoption->cleaned != NULL ? adoption->cleaned->n_rows : 0;
  g_autofree float *features = NULL;

  final->pre = hp_preprocessor_fit (ordered, training->features, training->table, rows, n, HP_ENCODING_CODED, error);
  if (final->pre == NULL || !_hp_foreign_check_codes (import, file, final->pre, ordered, notes, error))
    return FALSE;
  g_assert (hp_preprocessor_get_n_features (final->pre) == import->n_features);
  final->model = hp_model_ref (import->model);
  if (n == 0 || hp_model_get_kind (final->model) != HP_MODEL_LINEAR)
    return TRUE;
  features = hp_preprocessor_matrix (final->pre, training->table, rows, n);
  set_reference (final->model, features, n);
  return TRUE;
}

/* Folds and test share are those that our own models would get: none of the sales has calibrated what it measures, and
 * versions are compared on the same ones. */
static gboolean
measure (Adoption *adoption, const HpImport *import, const char *file, HpTeam *team, GError **error)
{
  const Training *training = &adoption->training;
  const HpTrainOptions *options = training->options;
  const HpCleaned *cleaned = adoption->cleaned;
  Evaluation *evaluation = adoption->evaluation;

  adoption->split = hp_split_new (training->table, training->schema, cleaned->rows, cleaned->n_rows, options->split,
                                  options->test_fraction, options->folds, options->seed, error);
  if (adoption->split == NULL)
    return FALSE;
  _hp_evaluation_predict (evaluation, training, &evaluation->final, cleaned->rows, cleaned->n_rows);
  if (!check_scale (training, import, evaluation->predicted, cleaned, file, error))
    return FALSE;
  adoption->fold = _hp_fold_of_rows (adoption->split, training->table->n_rows);
  _hp_evaluation_measure (evaluation, training, adoption->split, adoption->bounds, team);
  if (evaluation->calibration != NULL)
    return TRUE;
  hp_set_error (
    error, HP_ERROR_BAD_DATA, NULL,
    _ ("%s: not one price that it gives for the sales is above zero: it is no model of prices, or its features mean "
       "something else"),
    file);
  return FALSE;
}

static HpCandidate *
make_candidate (const Adoption *adoption, const HpImport *import, GBytes *file)
{
  const Evaluation *evaluation = adoption->evaluation;
  g_autoptr (GPtrArray) left_out = g_ptr_array_new ();
  HpCandidate *candidate = g_new0 (HpCandidate, 1);

  candidate->family = evaluation->family;
  candidate->passed = evaluation->passed;
  candidate->oof = evaluation->oof;
  candidate->test = evaluation->test;
  candidate->gates = evaluation->gates != NULL ? g_array_ref (evaluation->gates) : NULL;
  candidate->files = _hp_candidate_files (&adoption->training, adoption->split, evaluation, adoption->fold,
                                          adoption->cleaned != NULL ? adoption->cleaned->rows : NULL,
                                          adoption->cleaned != NULL ? adoption->cleaned->n_rows : 0, left_out);
  g_hash_table_insert (candidate->files, g_strdup (import->is_ubjson ? HP_FOREIGN_UBJSON : HP_FOREIGN_JSON),
                       g_bytes_ref (file));
  return candidate;
}

/**
 * hp_foreign_adopt:
 * @import: a model; a linear one is told what the average sale is
 * @file: the file that it was read from, which is kept in the bundle as it is
 * @file_name: its name
 * @table: (nullable): sales to measure and calibrate it on, and to compare houses with; must outlive the result
 * @schema: what its features mean
 * @options: split and seed
 * @team: who does the work
 * @notes: (element-type utf8): takes what people should know
 * @error: %HP_ERROR_BAD_DATA if features are not known, or the sales are too few
 *
 * Without sales the version has neither metrics nor intervals, its gates have not passed, and ranges and typical values
 * are not known.
 *
 * Returns: (transfer full) (nullable): the version's files, and how it did
 */
HpCandidate *
hp_foreign_adopt (HpImport *import, GBytes *file, const char *file_name, const HpTable *table, const HpSchema *schema,
                  const HpTrainOptions *options, HpTeam *team, GPtrArray *notes, GError **error)
{
  g_autofree char *sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, file);
  g_autofree char *base_name = g_path_get_basename (file_name);
  const Foreign foreign = { import, base_name, sha256 };
  g_auto (GStrv) features = _hp_foreign_match_features (import, file_name, schema, notes, error);
  g_autoptr (HpSchema) ordered
    = features != NULL ? _hp_foreign_order_categories (import, features, schema, error) : NULL;
  g_autoptr (HpTable) none = table == NULL ? hp_table_new_empty (schema) : NULL;
  g_auto (Adoption) adoption = { .training = { .table = table != NULL ? table : none,
                                               .schema = schema,
                                               .options = options,
                                               .features = (const char *const *) features } };

  if (ordered == NULL)
    return NULL;
  adoption.bounds = g_array_new (FALSE, TRUE, sizeof (HpGateBound));
  if (!_hp_gate_bounds (schema, adoption.bounds, error))
    return NULL;
  if (table != NULL)
    {
      adoption.cleaned = hp_table_clean (table, schema, error);
      if (adoption.cleaned == NULL)
        return NULL;
      _hp_note_rows (adoption.cleaned, table, notes);
    }
  adoption.evaluation = _hp_evaluation_new (HP_FAMILY_XGBOOST, &foreign, &adoption.training);
  if (!prepare (&adoption, import, file_name, ordered, notes, error)
      || (table != NULL && !measure (&adoption, import, file_name, team, error)))
    return NULL;
  return make_candidate (&adoption, import, file);
}
