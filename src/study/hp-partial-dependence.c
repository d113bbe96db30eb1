/* hp-partial-dependence.c - partial dependence and the lines of single sales
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hp-partial-dependence.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "config.h"
#include <glib/gi18n-lib.h>

#include "hp-error.h"
#include "hp-random.h"
#include "hp-statistics.h"
#include "hp-text.h"

/* The grid leaves out the outermost hundredths: hardly any sale is there, and lines would run through nothing */
#define GRID_FROM 0.01
#define GRID_TO   0.99

/* Houses that are scored at once, about */
#define ROWS_TOGETHER 2048

enum
{
  STREAM_SALES = 1,
  STREAM_LINES = 2
};

typedef struct
{
  const HpPredictor *predictor;
  const HpHouseSet *set;
  guint attribute;
  const double *grid; /* n_points raw values */
  guint n_points;
  const guint32 *sales; /* n, into set */
  gsize n;
  gsize n_together; /* sales that are scored at once */
  double *price;    /* of each sale at each point, by sale */
  GCancellable *cancellable;
} Study;

/* Some sales at all points of the grid: models score many rows at once faster than a few */
static void
value_sales (gsize index, guint worker, gpointer data)
{
  Study *study = data;
  const HpPreprocessor *pre = hp_predictor_get_preprocessor (study->predictor);
  guint n_features = hp_preprocessor_get_n_features (pre), n_points = study->n_points;
  gsize first = index * study->n_together, last = MIN (first + study->n_together, study->n);
  g_autoptr (HpHouse) house = NULL;
  g_autofree float *features = NULL;
  float *at;

  if (g_cancellable_is_cancelled (study->cancellable))
    return;
  house = hp_house_new (pre);
  at = features = g_new (float, (last - first) * n_points * n_features + 1);
  for (gsize i = first; i < last; i++)
    {
      hp_house_set_get (study->set, study->sales[i], house);
      for (guint g = 0; g < n_points; g++, at += n_features)
        {
          house->raw[study->attribute] = study->grid[g];
          house->flags[study->attribute] = HP_FLAG_OK;
          hp_preprocessor_transform (pre, house, 0, at);
        }
    }
  hp_model_predict (hp_predictor_get_model (study->predictor), features, (last - first) * n_points,
                    study->price + first * n_points);
}

/**
 * hp_partial_dependence_free:
 * @dependence: (transfer full) (nullable): a result
 */
void
hp_partial_dependence_free (HpPartialDependence *dependence)
{
  if (dependence == NULL)
    return;
  g_free (dependence->attribute);
  g_free (dependence->label);
  g_free (dependence->unit);
  g_free (dependence->currency);
  g_free (dependence->x);
  g_strfreev (dependence->levels);
  g_free (dependence->count);
  g_free (dependence->mean);
  g_free (dependence->line);
  g_free (dependence->line_row);
  g_free (dependence->line_x);
  g_free (dependence);
}

/* The values that the sales have, sorted; (transfer full) */
static double *
collect_values (const HpHouseSet *set, guint attribute, gsize *n)
{
  double *values = g_new (double, set->n + 1);

  *n = 0;
  for (gsize i = 0; i < set->n; i++)
    {
      double raw = set->raw[i * set->n_attributes + attribute];

      if (!isnan (raw))
        values[(*n)++] = raw;
    }
  hp_sort_doubles (values, *n);
  return values;
}

/* Order statistics, so that each value is one that a house may have: whole rooms, dates that exist */
static double
nearest_rank (const double *sorted, gsize n, double probability)
{
  return sorted[(gsize) floor (probability * (double) (n - 1) + 0.5)];
}

static guint
make_grid (const double *sorted, gsize n, guint points, double *grid)
{
  guint n_points = 0;
  gsize n_distinct = 1;

  for (gsize i = 1; i < n; i++)
    n_distinct += sorted[i] != sorted[i - 1];
  if (n_distinct <= points)
    {
      for (gsize i = 0; i < n; i++)
        if (i == 0 || sorted[i] != sorted[i - 1])
          grid[n_points++] = sorted[i];
      return n_points;
    }
  for (guint g = 0; g < points; g++)
    {
      double value = nearest_rank (sorted, n, GRID_FROM + (GRID_TO - GRID_FROM) * g / (points - 1));

      if (n_points == 0 || value != grid[n_points - 1])
        grid[n_points++] = value;
    }
  return n_points;
}

typedef struct
{
  guint choice;
  gsize count;
} Level;

static int
compare_counts (const void *a, const void *b)
{
  const Level *x = a, *y = b;

  return x->count != y->count ? (x->count < y->count) - (x->count > y->count)
                              : (x->choice > y->choice) - (x->choice < y->choice);
}

static int
compare_choices (const void *a, const void *b)
{
  const Level *x = a, *y = b;

  return (x->choice > y->choice) - (x->choice < y->choice);
}

/* The levels that occur, the most frequent if there are too many, in the order of the form */
static guint
make_levels (HpPartialDependence *dependence, const HpAttribute *attribute, const double *sorted, gsize n, guint points,
             double *grid)
{
  guint n_choices = hp_attribute_get_n_choices (attribute), n_points = 0;
  g_autofree Level *levels = g_new0 (Level, n_choices + 1);

  for (guint c = 0; c < n_choices; c++)
    levels[c].choice = c;
  for (gsize i = 0; i < n; i++)
    if (sorted[i] < n_choices)
      levels[(guint) sorted[i]].count++;
  for (guint c = 0; c < n_choices; c++)
    dependence->n_levels += levels[c].count > 0;
  qsort (levels, n_choices, sizeof *levels, compare_counts);
  while (n_points < MIN (n_choices, points) && levels[n_points].count > 0)
    n_points++;
  qsort (levels, n_points, sizeof *levels, compare_choices);
  dependence->levels = g_new0 (char *, n_points + 1);
  dependence->count = g_new0 (gsize, n_points + 1);
  for (guint g = 0; g < n_points; g++)
    {
      grid[g] = levels[g].choice;
      dependence->levels[g] = g_strdup (attribute->choices[levels[g].choice]);
      dependence->count[g] = levels[g].count;
    }
  return n_points;
}

/* A raw value as x is */
static double
to_axis (const HpPartialDependence *dependence, const double *grid, double raw)
{
  if (isnan (raw))
    return NAN;
  if (dependence->type == HP_COLUMN_DATE)
    return hp_date_to_months ((HpDate) raw);
  if (dependence->type != HP_COLUMN_CATEGORY)
    return raw;
  for (guint g = 0; g < dependence->n_points; g++)
    if (grid[g] == raw)
      return g;
  return NAN;
}

static void
set_missing_error (const HpPreprocessor *pre, const char *attribute, GError **error)
{
  g_autoptr (GString) names = g_string_new (NULL);
  g_autoptr (GPtrArray) all = g_ptr_array_new ();
  g_autofree char *shown = hp_text_printable (attribute, -1, 60);
  const char *near_name;

  for (guint i = 0; i < hp_preprocessor_get_n_attributes (pre); i++)
    {
      const HpAttribute *candidate = hp_preprocessor_get_attribute (pre, i);

      if (candidate->is_place)
        continue;
      g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", candidate->name);
      g_ptr_array_add (all, candidate->name);
    }
  g_ptr_array_add (all, NULL);
  near_name = hp_text_suggest (attribute, (const char *const *) all->pdata);
  if (near_name != NULL)
    hp_set_error (error, HP_ERROR_NOT_FOUND, attribute, _ ("this version has no attribute “%s”; did you mean “%s”?"),
                  shown, near_name);
  else
    hp_set_error (error, HP_ERROR_NOT_FOUND, attribute, _ ("this version has no attribute “%s”; there are %s"), shown,
                  names->str);
}

/* The means, summed in order of the sales, and the lines */
static gboolean
gather (HpPartialDependence *dependence, const Study *study, const HpDependenceOptions *options, GError **error)
{
  guint n_points = study->n_points;
  g_autofree guint32 *lines = g_new (guint32, dependence->n + 1);
  const HpHouseSet *set = study->set;
  HpRandom random;

  for (gsize i = 0; i < dependence->n; i++)
    for (guint g = 0; g < n_points; g++)
      dependence->mean[g] += study->price[i * n_points + g];
  for (guint g = 0; g < n_points; g++)
    {
      dependence->mean[g] /= (double) dependence->n;
      if (isfinite (dependence->mean[g]))
        continue;
      hp_set_error (error, HP_ERROR_BAD_DATA, dependence->attribute,
                    _ ("this model gives no sensible prices for these sales"));
      return FALSE;
    }

  for (gsize i = 0; i < dependence->n; i++)
    lines[i] = i;
  hp_random_init (&random, options->seed, STREAM_LINES);
  hp_random_shuffle (&random, lines, dependence->n);
  dependence->n_lines = MIN (dependence->n, options->max_lines);
  dependence->line = g_new (double, (gsize) dependence->n_lines *n_points + 1);
  dependence->line_row = g_new (guint64, dependence->n_lines + 1);
  dependence->line_x = g_new (double, dependence->n_lines + 1);
  for (guint k = 0; k < dependence->n_lines; k++)
    {
      guint32 sale = study->sales[lines[k]];

      memcpy (dependence->line + (gsize) k * n_points, study->price + (gsize) lines[k] * n_points,
              n_points * sizeof (double));
      dependence->line_row[k] = set->row[sale];
      dependence->line_x[k]
        = to_axis (dependence, study->grid, set->raw[(gsize) sale * set->n_attributes + study->attribute]);
    }
  return TRUE;
}

static void
run_all (Study *study, HpTeam *team)
{
  gsize n_steps;

  study->n_together = MAX (ROWS_TOGETHER / study->n_points, 1);
  n_steps = (study->n + study->n_together - 1) / study->n_together;
  hp_predictor_compile (study->predictor);
  if (team != NULL)
    hp_team_run (team, n_steps, value_sales, study);
  else
    for (gsize i = 0; i < n_steps; i++)
      value_sales (i, 0, study);
}

static void
describe (HpPartialDependence *dependence, const HpPreprocessor *pre, const HpAttribute *attribute)
{
  dependence->attribute = g_strdup (attribute->name);
  dependence->label = g_strdup (attribute->label);
  dependence->unit = g_strdup (attribute->unit);
  dependence->currency = g_strdup (hp_preprocessor_get_currency (pre));
  dependence->type = attribute->type;
}

/**
 * hp_partial_dependence_new:
 * @predictor: a predictor
 * @set: sales, of the predictor's preprocessor
 * @attribute: the name of an attribute
 * @options: sizes and seed
 * @team: (nullable): threads; the result is the same with any
 * @cancellable: (nullable): stops it between two sales
 * @error: return location: %HP_ERROR_NOT_FOUND, %HP_ERROR_BAD_DATA, %HP_ERROR_CANCELLED
 *
 * Partial dependence of the price on an attribute, in currency, with all features that are made from it. A model of
 * logarithms is averaged in currency too: the mean of what such houses would cost.
 *
 * Returns: (transfer full) (nullable): the grid, the means and the lines
 */
HpPartialDependence *
hp_partial_dependence_new (const HpPredictor *predictor, const HpHouseSet *set, const char *attribute,
                           const HpDependenceOptions *options, HpTeam *team, GCancellable *cancellable, GError **error)
{
  const HpPreprocessor *pre = hp_predictor_get_preprocessor (predictor);
  int found = hp_preprocessor_find_attribute (pre, attribute);
  const HpAttribute *wanted = found >= 0 ? hp_preprocessor_get_attribute (pre, found) : NULL;
  g_autoptr (HpPartialDependence) dependence = g_new0 (HpPartialDependence, 1);
  g_autofree double *sorted = NULL, *price = NULL, *grid = NULL;
  g_autofree guint32 *sales = NULL;
  Study study = { .predictor = predictor, .set = set, .attribute = (guint) found, .cancellable = cancellable };
  gsize n;

  g_return_val_if_fail (options->points >= 2 && options->points <= HP_DEPENDENCE_MAX_POINTS, NULL);

  if (wanted == NULL || wanted->is_place)
    {
      set_missing_error (pre, attribute, error);
      return NULL;
    }
  describe (dependence, pre, wanted);
  sorted = collect_values (set, found, &n);
  study.sales = sales = hp_house_set_sample (set, options->max_sales, options->seed, STREAM_SALES, &dependence->n);
  if (n == 0 || dependence->n == 0)
    {
      hp_set_error (error, HP_ERROR_BAD_DATA, wanted->name, _ ("no sale has a value of “%s”"), wanted->name);
      return NULL;
    }
  study.grid = grid = g_new (double, options->points);
  dependence->n_all = set->n;
  dependence->in_sample = set->in_sample;
  dependence->n_points = wanted->type == HP_COLUMN_CATEGORY
                           ? make_levels (dependence, wanted, sorted, n, options->points, grid)
                           : make_grid (sorted, n, options->points, grid);
  study.n_points = dependence->n_points;
  dependence->mean = g_new0 (double, dependence->n_points + 1);
  dependence->x = g_new (double, dependence->n_points + 1);
  for (guint g = 0; g < dependence->n_points; g++)
    dependence->x[g] = to_axis (dependence, grid, grid[g]);
  for (guint d = 0; d < G_N_ELEMENTS (dependence->decile); d++)
    dependence->decile[d]
      = wanted->type == HP_COLUMN_CATEGORY ? NAN : to_axis (dependence, grid, nearest_rank (sorted, n, (d + 1) / 10.0));

  study.price = price = g_new0 (double, dependence->n * dependence->n_points + 1);
  study.n = dependence->n;
  run_all (&study, team);
  if (g_cancellable_is_cancelled (cancellable))
    {
      hp_set_error (error, HP_ERROR_CANCELLED, NULL, _ ("the study was interrupted"));
      return NULL;
    }
  return gather (dependence, &study, options, error) ? g_steal_pointer (&dependence) : NULL;
}
