/* hp-comparison.c - two to eight versions on the same sales
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "hp-comparison-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "hp-display.h"
#include "hp-error.h"
#include "hp-paired-private.h"
#include "hp-resampled-test.h"

#define MAX_FOLDS 127 /* of a gint8 */

HpVerdict
_hp_verdict_judge (gsize n, double low, double high, double rope)
{
  if (n < HP_COMPARISON_MIN_SALES || isnan (low) || isnan (high))
    return HP_VERDICT_NONE;
  if (high < -rope)
    return HP_VERDICT_BETTER;
  if (low > rope)
    return HP_VERDICT_WORSE;
  return low >= -rope && high <= rope ? HP_VERDICT_SAME : HP_VERDICT_UNKNOWN;
}

/**
 * hp_verdict_name:
 * @verdict: a verdict
 *
 * Returns: its name in JSON
 */
const char *
hp_verdict_name (HpVerdict verdict)
{
  static const char *const names[] = {
    [HP_VERDICT_NONE] = "too_few", [HP_VERDICT_BETTER] = "better",   [HP_VERDICT_WORSE] = "worse",
    [HP_VERDICT_SAME] = "same",    [HP_VERDICT_UNKNOWN] = "unknown",
  };

  g_return_val_if_fail ((guint) verdict < G_N_ELEMENTS (names), NULL);

  return names[verdict];
}

/**
 * hp_verdict_label:
 * @verdict: a verdict
 *
 * Returns: (transfer none): it in a few words, translated
 */
const char *
hp_verdict_label (HpVerdict verdict)
{
  switch (verdict)
    {
    case HP_VERDICT_BETTER:
      return _ ("better");
    case HP_VERDICT_WORSE:
      return _ ("worse");
    case HP_VERDICT_SAME:
      return _ ("practically the same");
    case HP_VERDICT_UNKNOWN:
      return _ ("no evidence");
    case HP_VERDICT_NONE:
    default:
      return _ ("too few sales");
    }
}

/**
 * hp_verdict_short_label:
 * @verdict: a verdict
 *
 * Returns: (transfer none): it where there is no room for hp_verdict_label(), translated
 */
const char *
hp_verdict_short_label (HpVerdict verdict)
{
  switch (verdict)
    {
    case HP_VERDICT_SAME:
      return _ ("same");
    case HP_VERDICT_UNKNOWN:
      return _ ("unclear");
    case HP_VERDICT_NONE:
      return _ ("few sales");
    case HP_VERDICT_BETTER:
    case HP_VERDICT_WORSE:
    default:
      return hp_verdict_label (verdict);
    }
}

/* The MAE of each fold; their number, or 0 if there are none. A fold without a sale among the common ones gives none at
 * all. */
static guint
fold_errors (const HpResidualSet *set, double *mae)
{
  gsize count[MAX_FOLDS + 1] = { 0 };
  guint n_folds = 0;

  for (guint k = 0; k <= MAX_FOLDS; k++)
    mae[k] = 0;
  for (gsize i = 0; i < set->n; i++)
    if (set->fold[i] >= 0)
      {
        count[set->fold[i]]++;
        mae[set->fold[i]] += fabs (set->price[i] - set->predicted[i]);
        n_folds = MAX (n_folds, (guint) set->fold[i] + 1);
      }
  for (guint k = 0; k < n_folds; k++)
    {
      if (count[k] == 0)
        return 0;
      mae[k] /= count[k];
    }
  return n_folds;
}

static gboolean
same_folds (const HpResidualSet *a, const HpResidualSet *b)
{
  for (gsize i = 0; i < a->n; i++)
    if (a->fold[i] != b->fold[i])
      return FALSE;
  return TRUE;
}

/* With other folds the differences would be of other sales, and no pairs. */
static void
test_folds (HpPair *pair, const HpResidualSet *a, const HpResidualSet *b)
{
  double from[MAX_FOLDS + 1], to[MAX_FOLDS + 1];
  guint n = same_folds (a, b) ? fold_errors (a, from) : 0;
  HpResampledTest test;

  pair->t = pair->p = pair->p_better = pair->p_same = pair->p_worse = NAN;
  if (n < 2 || fold_errors (b, to) != n)
    return;
  for (guint k = 0; k < n; k++)
    to[k] -= from[k];
  if (!hp_resampled_test (to, n, 1.0 / (n - 1), pair->rope, &test))
    return;
  pair->has_folds = TRUE;
  pair->n_folds = n;
  pair->t = test.t;
  pair->p = test.p;
  pair->p_better = test.p_below;
  pair->p_same = test.p_rope;
  pair->p_worse = test.p_above;
}

static void
compare_pair (const HpComparison *comparison, const HpPaired *paired, guint a, guint b, HpPair *pair)
{
  const HpMetrics *from = &comparison->metrics[a], *to = &comparison->metrics[b];

  *pair = (HpPair){ .a = a, .b = b, .n = from->n };
  for (guint i = 0; i < HP_N_METRICS; i++)
    {
      pair->value[i] = to->value[i] - from->value[i];
      hp_paired_difference (paired, a, b, i, comparison->level, &pair->low[i], &pair->high[i]);
    }
  pair->rope = comparison->rope * from->value[HP_METRIC_MAE];
  pair->verdict = _hp_verdict_judge (pair->n, pair->low[HP_METRIC_MAE], pair->high[HP_METRIC_MAE], pair->rope);
  test_folds (pair, comparison->sets[a], comparison->sets[b]);
}

static void
measure (HpComparison *comparison, const HpComparisonOptions *options, HpTeam *team)
{
  static const HpMetric bias = HP_METRIC_PRB;
  guint n_versions = comparison->n_versions;
  gsize n = comparison->sets[0]->n;
  const double *predicted[HP_COMPARISON_MAX];
  g_autoptr (HpPaired) paired = NULL;
  guint at = 0;

  for (guint v = 0; v < n_versions; v++)
    {
      predicted[v] = comparison->sets[v]->predicted;
      hp_metrics_compute (predicted[v], comparison->sets[0]->price, n, &comparison->metrics[v]);
    }
  paired = hp_paired_new (predicted, n_versions, comparison->sets[0]->price, n, FALSE, options->replicates,
                          options->seed, 0, team);
  for (guint v = 0; v < n_versions; v++)
    {
      double *low = comparison->metric_low + (gsize) v * HP_N_METRICS;
      double *high = comparison->metric_high + (gsize) v * HP_N_METRICS;

      for (guint i = 0; i < HP_N_METRICS; i++)
        hp_paired_interval (paired, v, i, comparison->level, &low[i], &high[i]);
      /* As everywhere, PRB itself has its t-interval. */
      hp_metrics_bootstrap (predicted[v], comparison->sets[0]->price, n, &bias, 1, 0, comparison->level, options->seed,
                            NULL, &low[HP_METRIC_PRB], &high[HP_METRIC_PRB]);
    }
  for (guint a = 0; a < n_versions; a++)
    for (guint b = a + 1; b < n_versions; b++)
      compare_pair (comparison, paired, a, b, &comparison->pairs[at++]);
}

static HpComparison *
new_common (HpResidualSet *const *sets, guint n_sets, const HpComparisonOptions *options, GError **error)
{
  g_autoptr (HpComparison) comparison = g_new0 (HpComparison, 1);

  comparison->n_versions = n_sets;
  comparison->level = options->level;
  comparison->rope = options->rope;
  comparison->names = g_new0 (char *, n_sets + 1);
  comparison->n_own = g_new0 (gsize, n_sets);
  comparison->sets = _hp_comparison_match (sets, n_sets, &comparison->by_content);
  comparison->metrics = g_new0 (HpMetrics, n_sets);
  comparison->metric_low = g_new0 (double, (gsize) n_sets *HP_N_METRICS);
  comparison->metric_high = g_new0 (double, (gsize) n_sets *HP_N_METRICS);
  comparison->n_pairs = n_sets * (n_sets - 1) / 2;
  comparison->pairs = g_new0 (HpPair, comparison->n_pairs);
  for (guint v = 0; v < n_sets; v++)
    {
      comparison->names[v] = g_strdup (sets[v]->name);
      comparison->n_own[v] = sets[v]->n;
    }
  if (comparison->sets[0]->n == 0)
    {
      hp_set_error (error, HP_ERROR_BAD_DATA, NULL,
                    _ ("the versions have no sale in common that none was trained on; compare them on one file with "
                       "--data FILE"));
      return NULL;
    }
  return g_steal_pointer (&comparison);
}

/**
 * hp_comparison_new:
 * @sets: (array length=n_sets): each version's predictions; not changed
 * @n_sets: 2 to 8
 * @options: (nullable): %NULL for the default
 * @team: (nullable): threads; the result is the same for any
 * @error: return location for a #GError
 *
 * Compares the versions on the sales that all of them have, by row or, where the same row has another price because
 * they were trained on different files, by price and attributes: metrics, their paired differences with bootstrap
 * intervals, a verdict on the MAE, tests on the folds where they are the same, segments and the houses whose price
 * changes most.
 *
 * Returns: (transfer full) (nullable): the comparison, or %NULL with %HP_ERROR_BAD_DATA when no sales are common, or
 * rows with the same number are not the same sale; or when a column of `by` is not there
 */
HpComparison *
hp_comparison_new (HpResidualSet *const *sets, guint n_sets, const HpComparisonOptions *options, HpTeam *team,
                   GError **error)
{
  static const HpComparisonOptions defaults = HP_COMPARISON_OPTIONS_DEFAULT;
  g_autoptr (HpComparison) comparison = NULL;

  g_return_val_if_fail (n_sets >= 2 && n_sets <= HP_COMPARISON_MAX, NULL);

  if (options == NULL)
    options = &defaults;
  g_return_val_if_fail (options->level > 0 && options->level < 1 && options->rope >= 0, NULL);

  comparison = new_common (sets, n_sets, options, error);
  if (comparison == NULL)
    return NULL;
  measure (comparison, options, team);
  if (!_hp_comparison_segment (comparison, options, team, error))
    return NULL;
  _hp_comparison_find_movers (comparison, options->n_movers);
  return g_steal_pointer (&comparison);
}

/**
 * hp_comparison_free:
 * @comparison: (nullable) (transfer full): a comparison
 */
void
hp_comparison_free (HpComparison *comparison)
{
  if (comparison == NULL)
    return;
  for (guint v = 0; comparison->sets != NULL && v < comparison->n_versions; v++)
    hp_residual_set_free (comparison->sets[v]);
  g_free (comparison->sets);
  g_strfreev (comparison->names);
  g_free (comparison->n_own);
  g_free (comparison->metrics);
  g_free (comparison->metric_low);
  g_free (comparison->metric_high);
  g_free (comparison->pairs);
  g_clear_pointer (&comparison->segments, g_ptr_array_unref);
  g_clear_pointer (&comparison->movers, g_ptr_array_unref);
  g_free (comparison);
}

static gboolean
is_number (const char *name)
{
  gsize i = 0;

  while (g_ascii_isdigit (name[i]))
    i++;
  return i > 0 && name[i] == '\0';
}

/**
 * hp_pair_to_sentence:
 * @comparison: a comparison
 * @pair: one of its pairs
 *
 * Returns: (transfer full): the verdict in words, with the difference and its interval, translated
 */
char *
hp_pair_to_sentence (const HpComparison *comparison, const HpPair *pair)
{
  const char *a = comparison->names[pair->a], *b = comparison->names[pair->b];
  g_autofree char *first = is_number (b) ? g_strdup_printf (_ ("Version %s"), b) : g_strdup (b);
  g_autofree char *second = is_number (a) ? g_strdup_printf (_ ("version %s"), a) : g_strdup (a);
  g_autofree char *within = is_number (b) ? g_strdup_printf (_ ("version %s"), b) : g_strdup (b);
  double low = pair->low[HP_METRIC_MAE], high = pair->high[HP_METRIC_MAE], value = pair->value[HP_METRIC_MAE];
  const char *currency = comparison->sets[0]->currency;
  g_autofree char *by = hp_display_price (fabs (value), currency), *level = hp_display_percent (comparison->level, 0);
  g_autofree char *near_end = hp_display_price (fmin (fabs (low), fabs (high)), currency);
  g_autofree char *far_end = hp_display_price (fmax (fabs (low), fabs (high)), currency);
  g_autofree char *rope = hp_display_price (pair->rope, currency);
  g_autofree char *lower = hp_display_price (low, currency), *upper = hp_display_price (high, currency);

  switch (pair->verdict)
    {
    case HP_VERDICT_BETTER:
      return g_strdup_printf (_ ("%s is better than %s: its mean error is %s lower (%s interval: %s to %s)."), first,
                              second, by, level, near_end, far_end);
    case HP_VERDICT_WORSE:
      return g_strdup_printf (_ ("%s is worse than %s: its mean error is %s higher (%s interval: %s to %s)."), first,
                              second, by, level, near_end, far_end);
    case HP_VERDICT_SAME:
      return g_strdup_printf (_ ("%s is practically the same as %s: their mean errors differ by less than %s."), first,
                              second, rope);
    case HP_VERDICT_UNKNOWN:
      return g_strdup_printf (
        _ ("There is no evidence of a difference that matters between %s and %s (mean error, %s interval: %s to %s; "
           "±%s would not matter)."),
        within, second, level, lower, upper, rope);
    case HP_VERDICT_NONE:
    default:
      return g_strdup_printf (
        ngettext ("%s and %s have %" G_GSIZE_FORMAT " sale in common: too few to say which is better.",
                  "%s and %s have %" G_GSIZE_FORMAT " sales in common: too few to say which is better.", pair->n),
        first, second, pair->n);
    }
}
