/* hp-drift.c - have houses, predicted prices or errors changed since a version was trained?
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hp-drift.h"

#include <math.h>
#include <string.h>

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
  guint n_attributes;
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
  houses->n_attributes = n_attributes;
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
houses_clear (Houses *houses)
{
  for (guint a = 0; a < houses->n_attributes; a++)
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
  for (gsize i = 0; i < set->n; i++)
    for (guint a = 0; a < houses->n_attributes; a++)
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
read_table (Houses *houses, const HpPreprocessor *pre, const HpTable *table, const guint32 *rows)
{
  g_autoptr (HpHouseBinding) binding = hp_house_binding_new (pre, table);
  g_autoptr (HpHouse) house = hp_house_new (pre);

  for (gsize i = 0; i < houses->n; i++)
    {
      hp_house_set_row (house, binding, rows != NULL ? rows[i] : i);
      for (guint a = 0; a < houses->n_attributes; a++)
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
  houses_init (&before, n_attributes, reference->n);
  houses_init (&now, n_attributes, n);
  read_reference (&before, pre, reference);
  read_table (&now, pre, data, rows);
  for (guint a = 0; a < n_attributes; a++)
    {
      const HpAttribute *attribute = hp_preprocessor_get_attribute (pre, a);
      HpDriftDistribution *distribution = compare_attribute (attribute, &before, &now, a, &drift->options);

      if (attribute->is_effective_date || attribute->is_place)
        distribution->grade = HP_DRIFT_NOT_GRADED;
      g_ptr_array_add (drift->attributes, distribution);
      raise_grade (drift, distribution->grade);
    }
  houses_clear (&before);
  houses_clear (&now);
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
