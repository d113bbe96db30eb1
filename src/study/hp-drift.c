/* hp-drift.c - have houses, predicted prices or errors changed since a version was trained?
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hp-drift.h"

#include <math.h>
#include <string.h>

#include "hp-random.h"
#include "hp-ratio.h"
#include "hp-statistics.h"

/**
 * hp_drift_grade_name:
 * @grade: a grade
 *
 * Returns: its name in JSON
 */
const char *
hp_drift_grade_name (HpDriftGrade grade)
{
  static const char *const names[] = { "not_graded", "none", "warning", "alarm" };

  g_return_val_if_fail ((guint) grade < G_N_ELEMENTS (names), NULL);

  return names[grade];
}

/* One side's houses by attribute: a category that training did not see is the number of choices; dates are years */
typedef struct
{
  gsize n;
  double **raw;        /* [attribute][house] */
  GHashTable **unseen; /* of each attribute: spelling -> count */
} Houses;

static double
value_of (const HpAttribute *attribute, double raw, guint8 flags)
{
  if (flags & HP_FLAG_UNSEEN)
    return hp_attribute_get_n_choices (attribute);
  return attribute->type == HP_COLUMN_DATE && !isnan (raw) ? hp_date_to_years ((HpDate) raw) : raw;
}

static void
houses_init (Houses *houses, guint n_attributes, gsize n)
{
  houses->n = n;
  houses->raw = g_new (double *, n_attributes + 1);
  houses->unseen = g_new (GHashTable *, n_attributes + 1);
  for (guint a = 0; a < n_attributes; a++)
    {
      houses->raw[a] = g_new (double, MAX (n, 1));
      houses->unseen[a] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    }
}

static void
houses_clear (Houses *houses, guint n_attributes)
{
  for (guint a = 0; a < n_attributes; a++)
    {
      g_free (houses->raw[a]);
      g_hash_table_unref (houses->unseen[a]);
    }
  g_free (houses->raw);
  g_free (houses->unseen);
}

static void
read_reference (Houses *houses, const HpPreprocessor *pre, const HpHouseSet *set)
{
  houses_init (houses, set->n_attributes, set->n);
  for (gsize i = 0; i < set->n; i++)
    for (guint a = 0; a < set->n_attributes; a++)
      {
        gsize at = i * set->n_attributes + a;

        houses->raw[a][i] = value_of (hp_preprocessor_get_attribute (pre, a), set->raw[at], set->flags[at]);
      }
}

static void
count_unseen (GHashTable *unseen, const char *text)
{
  guint count = GPOINTER_TO_UINT (g_hash_table_lookup (unseen, text));

  g_hash_table_insert (unseen, g_strdup (text), GUINT_TO_POINTER (count + 1));
}

static void
read_table (Houses *houses, const HpPreprocessor *pre, const HpTable *table, const guint32 *rows, gsize n)
{
  guint n_attributes = hp_preprocessor_get_n_attributes (pre);
  g_autoptr (HpHouseBinding) binding = hp_house_binding_new (pre, table);
  g_autoptr (HpHouse) house = hp_house_new (pre);

  houses_init (houses, n_attributes, n);
  for (gsize i = 0; i < n; i++)
    {
      hp_house_set_row (house, binding, rows != NULL ? rows[i] : i);
      for (guint a = 0; a < n_attributes; a++)
        {
          houses->raw[a][i] = value_of (hp_preprocessor_get_attribute (pre, a), house->raw[a], house->flags[a]);
          if (house->flags[a] & HP_FLAG_UNSEEN)
            count_unseen (houses->unseen[a], house->unseen != NULL && house->unseen[a] != NULL ? house->unseen[a] : "");
        }
    }
}

static int
by_count (gconstpointer a, gconstpointer b, gpointer counts)
{
  const char *x = *(const char *const *) a, *y = *(const char *const *) b;
  guint count_x = GPOINTER_TO_UINT (g_hash_table_lookup (counts, x));
  guint count_y = GPOINTER_TO_UINT (g_hash_table_lookup (counts, y));

  if (count_x != count_y)
    return count_x < count_y ? 1 : -1;
  return strcmp (x, y);
}

static void
set_new_categories (HpDriftDistribution *distribution, GHashTable *unseen)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer name;

  if (g_hash_table_size (unseen) == 0)
    return;
  g_hash_table_iter_init (&iter, unseen);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    g_ptr_array_add (names, name);
  g_ptr_array_sort_with_data (names, by_count, unseen);
  distribution->new_categories = g_new0 (char *, names->len + 1);
  distribution->new_counts = g_new (gsize, names->len);
  for (guint i = 0; i < names->len; i++)
    {
      distribution->new_categories[i] = g_strdup (names->pdata[i]);
      distribution->new_counts[i] = GPOINTER_TO_UINT (g_hash_table_lookup (unseen, names->pdata[i]));
    }
  if (distribution->grade == HP_DRIFT_NONE)
    distribution->grade = HP_DRIFT_WARNING;
}

/* The levels, then all that are new, then those without any */
static HpDriftDistribution *
compare_category (const HpAttribute *attribute, const Houses *reference, const Houses *data, guint a,
                  const HpDriftOptions *options)
{
  gsize n_choices = hp_attribute_get_n_choices (attribute);
  g_autofree gsize *before = g_new0 (gsize, n_choices + 2), *now = g_new0 (gsize, n_choices + 2);
  HpDriftDistribution *distribution;

  for (gsize i = 0; i < reference->n; i++)
    before[isnan (reference->raw[a][i]) ? n_choices + 1 : (gsize) reference->raw[a][i]]++;
  for (gsize i = 0; i < data->n; i++)
    now[isnan (data->raw[a][i]) ? n_choices + 1 : (gsize) data->raw[a][i]]++;
  distribution = hp_drift_categories (attribute->name, before, now, n_choices + 2, options);
  distribution->n_missing_reference = before[n_choices + 1];
  distribution->n_missing = now[n_choices + 1];
  distribution->n_reference -= distribution->n_missing_reference;
  distribution->n -= distribution->n_missing;
  set_new_categories (distribution, data->unseen[a]);
  return distribution;
}

static HpDriftDistribution *
compare_attribute (const HpAttribute *attribute, const Houses *reference, const Houses *data, guint a,
                   const HpDriftOptions *options)
{
  if (attribute->type == HP_COLUMN_CATEGORY)
    return compare_category (attribute, reference, data, a, options);
  return hp_drift_numbers (attribute->name, reference->raw[a], reference->n, data->raw[a], data->n, options);
}

static void
raise_grade (HpDrift *drift, HpDriftGrade grade)
{
  drift->grade = MAX (drift->grade, grade);
}

/**
 * hp_drift_new:
 * @pre: the version's preprocessor
 * @reference: the sales it was trained on
 * @data: a table with the new houses
 * @rows: (nullable) (array length=n): its rows; %NULL for all
 * @n: how many
 * @options: (nullable): thresholds
 *
 * Compares the distributions of the model's attributes. The date that a house is valued at, and what only says where it
 * is, are shown but never graded: new sales are always later, and the price does not depend on the place but by
 * attributes. A category that training did not see is at least a warning.
 *
 * Returns: (transfer full): the drift so far
 */
HpDrift *
hp_drift_new (const HpPreprocessor *pre, const HpHouseSet *reference, const HpTable *data, const guint32 *rows, gsize n,
              const HpDriftOptions *options)
{
  static const HpDriftOptions defaults = HP_DRIFT_OPTIONS_DEFAULT;
  guint n_attributes = hp_preprocessor_get_n_attributes (pre);
  HpDrift *drift = g_new0 (HpDrift, 1);
  Houses before, now;

  drift->options = options != NULL ? *options : defaults;
  drift->n_reference = reference->n;
  drift->n = n;
  drift->attributes = g_ptr_array_new_with_free_func ((GDestroyNotify) hp_drift_distribution_free);
  read_reference (&before, pre, reference);
  read_table (&now, pre, data, rows, n);
  for (guint a = 0; a < n_attributes; a++)
    {
      const HpAttribute *attribute = hp_preprocessor_get_attribute (pre, a);
      HpDriftDistribution *distribution = compare_attribute (attribute, &before, &now, a, &drift->options);

      if (attribute->is_effective_date || attribute->is_place)
        distribution->grade = HP_DRIFT_NOT_GRADED;
      g_ptr_array_add (drift->attributes, distribution);
      raise_grade (drift, distribution->grade);
    }
  houses_clear (&before, n_attributes);
  houses_clear (&now, n_attributes);
  return drift;
}

/**
 * hp_drift_free:
 * @drift: (nullable) (transfer full): a drift
 */
void
hp_drift_free (HpDrift *drift)
{
  if (drift == NULL)
    return;
  g_ptr_array_unref (drift->attributes);
  hp_drift_distribution_free (drift->predicted);
  g_free (drift);
}

/**
 * hp_drift_set_predicted:
 * @drift: a drift
 * @reference: (array length=n_reference): the version's out-of-sample predictions
 * @n_reference: how many
 * @predicted: (array length=n): its predictions for the new houses; NaN where there is none
 * @n: how many
 *
 * Adds the distribution of predicted prices.
 */
void
hp_drift_set_predicted (HpDrift *drift, const double *reference, gsize n_reference, const double *predicted, gsize n)
{
  hp_drift_distribution_free (drift->predicted);
  drift->predicted = hp_drift_numbers ("predicted_price", reference, n_reference, predicted, n, &drift->options);
  raise_grade (drift, drift->predicted->grade);
}

/* Ratios and relative errors of the usable pairs */
typedef struct
{
  gsize n;
  double *ratio, *error;
} Errors;

static Errors
read_errors (const double *predicted, const double *price, gsize n)
{
  Errors errors = { 0, g_new (double, MAX (n, 1)), g_new (double, MAX (n, 1)) };

  for (gsize i = 0; i < n; i++)
    if (hp_ratio_pair_is_usable (predicted[i], price[i]))
      {
        errors.ratio[errors.n] = predicted[i] / price[i];
        errors.error[errors.n++] = fabs (predicted[i] - price[i]) / price[i];
      }
  return errors;
}

typedef struct
{
  const Errors *reference, *current;
  guint64 seed;
  double *mdape, *ratio; /* changes, one a replicate */
} Resampling;

/* A resample's medians */
static void
draw_medians (const Errors *errors, HpRandom *random, double *mdape, double *ratio)
{
  g_autofree double *drawn_error = g_new (double, errors->n), *drawn_ratio = g_new (double, errors->n);

  for (gsize i = 0; i < errors->n; i++)
    {
      guint32 k = hp_random_below (random, errors->n);

      drawn_error[i] = errors->error[k];
      drawn_ratio[i] = errors->ratio[k];
    }
  *mdape = hp_median (drawn_error, errors->n);
  *ratio = hp_median (drawn_ratio, errors->n);
}

static void
resample (gsize index, guint worker G_GNUC_UNUSED, gpointer data)
{
  Resampling *resampling = data;
  double mdape_before, ratio_before, mdape, ratio;
  HpRandom random;

  hp_random_init (&random, resampling->seed, index);
  draw_medians (resampling->reference, &random, &mdape_before, &ratio_before);
  draw_medians (resampling->current, &random, &mdape, &ratio);
  resampling->mdape[index] = mdape / mdape_before - 1;
  resampling->ratio[index] = ratio - ratio_before;
}

static void
set_interval (HpDriftError *error, double *changes, guint n, double level)
{
  hp_sort_doubles (changes, n);
  error->low = hp_quantile_sorted (changes, n, (1 - level) / 2);
  error->high = hp_quantile_sorted (changes, n, (1 + level) / 2);
}

/* size: how far it is off in the direction that matters; by_chance: whether the interval holds no change at all */
static HpDriftGrade
grade_error (gsize n, gsize n_reference, double size, gboolean by_chance, double warning, double alarm)
{
  if (n < HP_DRIFT_MIN || n_reference < HP_DRIFT_MIN)
    return HP_DRIFT_NOT_GRADED;
  if (by_chance || !(size >= warning))
    return HP_DRIFT_NONE;
  return size >= alarm ? HP_DRIFT_ALARM : HP_DRIFT_WARNING;
}

/**
 * hp_drift_set_errors:
 * @drift: a drift
 * @reference_predicted: (array length=n_reference): the version's out-of-sample predictions
 * @reference_price: (array length=n_reference): what those houses sold for
 * @n_reference: how many
 * @predicted: (array length=n): predictions for the new houses
 * @price: (array length=n): their prices; NaN where unknown
 * @n: how many
 * @team: (nullable): threads; the result is the same for any
 *
 * Adds how MdAPE and median ratio have changed, with percentile intervals by resampling both sides.
 */
void
hp_drift_set_errors (HpDrift *drift, const double *reference_predicted, const double *reference_price,
                     gsize n_reference, const double *predicted, const double *price, gsize n, HpTeam *team)
{
  const HpDriftOptions *options = &drift->options;
  Errors before = read_errors (reference_predicted, reference_price, n_reference);
  Errors now = read_errors (predicted, price, n);
  HpDriftError *mdape = &drift->mdape, *ratio = &drift->median_ratio;

  drift->n_priced = now.n;
  drift->has_errors = before.n > 0 && now.n > 0;
  if (drift->has_errors)
    {
      g_autofree double *mdapes = g_new (double, options->replicates + 1);
      g_autofree double *ratios = g_new (double, options->replicates + 1);
      Resampling resampling = { &before, &now, options->seed, mdapes, ratios };

      *mdape = (HpDriftError){ .reference = hp_median (before.error, before.n), .value = hp_median (now.error, now.n) };
      *ratio = (HpDriftError){ .reference = hp_median (before.ratio, before.n), .value = hp_median (now.ratio, now.n) };
      mdape->change = mdape->value / mdape->reference - 1;
      ratio->change = ratio->value - ratio->reference;
      if (team != NULL)
        hp_team_run (team, options->replicates, resample, &resampling);
      else
        for (guint i = 0; i < options->replicates; i++)
          resample (i, 0, &resampling);
      set_interval (mdape, mdapes, options->replicates, options->level);
      set_interval (ratio, ratios, options->replicates, options->level);
      mdape->grade
        = grade_error (now.n, before.n, mdape->change, mdape->low <= 0, options->error_warning, options->error_alarm);
      ratio->grade = grade_error (now.n, before.n, fabs (ratio->change), ratio->low <= 0 && ratio->high >= 0,
                                  options->ratio_warning, options->ratio_alarm);
      raise_grade (drift, mdape->grade);
      raise_grade (drift, ratio->grade);
    }
  g_free (before.ratio);
  g_free (before.error);
  g_free (now.ratio);
  g_free (now.error);
}
