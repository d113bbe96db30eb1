/* hp-importance.c - permutation importance, by attribute
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hp-importance.h"

#include <math.h>

#include "config.h"
#include <glib/gi18n-lib.h>

#include "hp-distributions.h"
#include "hp-error.h"
#include "hp-random.h"
#include "hp-statistics.h"

/* Houses that are scored at once */
#define BLOCK 2048

/* A stream of the seed for the sample, beyond those of the permutations */
#define STREAM_SAMPLE (G_GUINT64_CONSTANT (1) << 40)

typedef struct
{
  const HpPredictor *predictor;
  const HpHouseSet *set;
  const HpImportanceOptions *options;
  GCancellable *cancellable; /* (nullable) */
  const guint32 *sales;      /* n, into set */
  gsize n;
  const guint *attributes;
  double *mae;      /* one for each repeat, by attribute; the first: of the sales as they are */
  HpHouse **houses; /* by worker */
} Study;

/* The mean absolute error when the values of an attribute come from other sales. from: (nullable) */
static double
measure (const Study *study, guint attribute, const guint32 *from, HpHouse *house)
{
  const HpPreprocessor *pre = hp_predictor_get_preprocessor (study->predictor);
  const HpHouseSet *set = study->set;
  guint n_features = hp_preprocessor_get_n_features (pre);
  g_autofree float *features = g_new (float, (gsize) BLOCK *n_features + 1);
  g_autofree double *price = g_new (double, BLOCK);
  double sum = 0;

  for (gsize first = 0; first < study->n; first += BLOCK)
    {
      gsize count = MIN (study->n - first, BLOCK);

      for (gsize i = 0; i < count; i++)
        {
          hp_house_set_get (set, study->sales[first + i], house);
          if (from != NULL)
            {
              gsize other = (gsize) from[first + i] * set->n_attributes + attribute;

              house->raw[attribute] = set->raw[other];
              house->flags[attribute] = set->flags[other];
            }
          hp_preprocessor_transform (pre, house, 0, features + i * n_features);
        }
      hp_model_predict (hp_predictor_get_model (study->predictor), features, count, price);
      for (gsize i = 0; i < count; i++)
        sum += fabs (set->price[study->sales[first + i]] - price[i]);
    }
  return sum / (double) study->n;
}

static void
run_repeat (gsize index, guint worker, gpointer data)
{
  Study *study = data;
  guint repeats = study->options->repeats;
  g_autofree guint32 *from = NULL;
  HpRandom random;

  if (g_cancellable_is_cancelled (study->cancellable))
    return;
  if (study->houses[worker] == NULL)
    study->houses[worker] = hp_house_new (hp_predictor_get_preprocessor (study->predictor));
  if (index == 0)
    {
      study->mae[0] = measure (study, 0, NULL, study->houses[worker]);
      return;
    }
  from = g_memdup2 (study->sales, study->n * sizeof *from);
  hp_random_init (&random, study->options->seed, index);
  hp_random_shuffle (&random, from, study->n);
  study->mae[index] = measure (study, study->attributes[(index - 1) / repeats], from, study->houses[worker]);
}

static void
item_free (gpointer data)
{
  HpImportanceItem *item = data;

  g_free (item->attribute);
  g_free (item->label);
  g_free (item->increase);
  g_free (item);
}

/* The mean's interval by Student's t, since the repeats are draws of their own */
static HpImportanceItem *
item_new (const HpAttribute *attribute, const double *mae, double base, guint repeats, double level)
{
  HpImportanceItem *item = g_new0 (HpImportanceItem, 1);
  double half;

  item->attribute = g_strdup (attribute->name);
  item->label = g_strdup (attribute->label);
  item->increase = g_new (double, repeats);
  for (guint r = 0; r < repeats; r++)
    item->increase[r] = mae[r] - base;
  item->mean = hp_mean (item->increase, repeats);
  item->sd = hp_standard_deviation (item->increase, repeats);
  half = hp_student_quantile ((1 + level) / 2, repeats - 1) * item->sd / sqrt (repeats);
  item->low = item->mean - half;
  item->high = item->mean + half;
  return item;
}

static int
compare_items (gconstpointer a, gconstpointer b)
{
  const HpImportanceItem *x = *(const HpImportanceItem *const *) a, *y = *(const HpImportanceItem *const *) b;

  return x->mean != y->mean ? (x->mean < y->mean) - (x->mean > y->mean) : g_strcmp0 (x->attribute, y->attribute);
}

/**
 * hp_importance_free:
 * @importance: (transfer full) (nullable): a result
 */
void
hp_importance_free (HpImportance *importance)
{
  if (importance == NULL)
    return;
  g_free (importance->currency);
  g_ptr_array_unref (importance->items);
  g_free (importance);
}

static void
run_all (Study *study, gsize n, HpTeam *team)
{
  guint jobs = team != NULL ? hp_team_get_jobs (team) : 1;

  study->houses = g_new0 (HpHouse *, jobs);
  if (team != NULL)
    hp_team_run (team, n, run_repeat, study);
  else
    for (gsize i = 0; i < n; i++)
      run_repeat (i, 0, study);
  for (guint job = 0; job < jobs; job++)
    hp_house_free (study->houses[job]);
  g_free (study->houses);
}

/* Attributes that the price may depend on; (transfer full) */
static guint *
list_attributes (const HpPreprocessor *pre, guint *n)
{
  guint *attributes = g_new (guint, hp_preprocessor_get_n_attributes (pre) + 1);

  *n = 0;
  for (guint i = 0; i < hp_preprocessor_get_n_attributes (pre); i++)
    if (!hp_preprocessor_get_attribute (pre, i)->is_place)
      attributes[(*n)++] = i;
  return attributes;
}

/**
 * hp_importance_new:
 * @predictor: a predictor; no other thread need leave it alone
 * @set: sales, of the predictor's preprocessor
 * @options: repeats, level, sample, seed
 * @team: (nullable): threads; the result is the same with any
 * @cancellable: (nullable): stops it between two repeats
 * @error: return location: %HP_ERROR_BAD_DATA, %HP_ERROR_CANCELLED
 *
 * Permutation importance (Breiman 2001; Fisher, Rudin & Dominici 2019): by how much the mean absolute error in currency
 * rises when an attribute's values are permuted among the sales. What says which property it is or where, without being
 * a feature, is no item: the price does not depend on it.
 *
 * Returns: (transfer full) (nullable): the attributes, most important first
 */
HpImportance *
hp_importance_new (const HpPredictor *predictor, const HpHouseSet *set, const HpImportanceOptions *options,
                   HpTeam *team, GCancellable *cancellable, GError **error)
{
  const HpPreprocessor *pre = hp_predictor_get_preprocessor (predictor);
  guint n_attributes, repeats = options->repeats;
  g_autofree guint *attributes = list_attributes (pre, &n_attributes);
  g_autofree guint32 *sales = NULL;
  g_autofree double *mae = NULL;
  HpImportance *importance;
  Study study = { predictor, set, options, cancellable, NULL, 0, attributes, NULL, NULL };

  g_return_val_if_fail (repeats >= 2 && repeats <= HP_IMPORTANCE_MAX_REPEATS, NULL);
  g_return_val_if_fail (options->level > 0 && options->level < 1, NULL);

  study.sales = sales = hp_house_set_sample (set, options->max_sales, options->seed, STREAM_SAMPLE, &study.n);
  if (study.n < 2)
    {
      hp_set_error (error, HP_ERROR_BAD_DATA, NULL, _ ("importance takes two sales or more; there are %lu"),
                    (gulong) study.n);
      return NULL;
    }
  study.mae = mae = g_new0 (double, (gsize) n_attributes *repeats + 1);
  hp_predictor_compile (predictor);
  run_all (&study, (gsize) n_attributes * repeats + 1, team);
  if (g_cancellable_is_cancelled (cancellable))
    {
      hp_set_error (error, HP_ERROR_CANCELLED, NULL, _ ("the study was interrupted"));
      return NULL;
    }
  for (gsize i = 0; i <= (gsize) n_attributes * repeats; i++)
    if (!isfinite (mae[i]))
      {
        hp_set_error (error, HP_ERROR_BAD_DATA, NULL, _ ("this model gives no sensible prices for these sales"));
        return NULL;
      }

  importance = g_new0 (HpImportance, 1);
  importance->currency = g_strdup (hp_preprocessor_get_currency (pre));
  importance->n = study.n;
  importance->n_all = set->n;
  importance->in_sample = set->in_sample;
  importance->mae = mae[0];
  importance->level = options->level;
  importance->n_repeats = repeats;
  importance->items = g_ptr_array_new_with_free_func (item_free);
  for (guint a = 0; a < n_attributes; a++)
    g_ptr_array_add (importance->items, item_new (hp_preprocessor_get_attribute (pre, attributes[a]),
                                                  mae + 1 + (gsize) a * repeats, mae[0], repeats, options->level));
  g_ptr_array_sort (importance->items, compare_items);
  return importance;
}
