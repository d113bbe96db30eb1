/* hp-shap.c - how much each feature adds to one house's margin
 *
 * Linear: features are centred, so a feature's contribution is its coefficient times its value; where they are not,
 * times its distance from the average. Trees: hp-shap-plan.c says what is added up, hp-shap-kernel.c adds it up; here
 * are the rows, side by side, and what is kept between calls.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>
#include <string.h>

#include "hp-shap-private.h"

/* Groups of HP_SHAP_LANES rows that a tree is applied to in turn, and bytes that all they take may come to */
#define MAX_GROUPS    32
#define MAX_ROW_BYTES (1u << 20)

/* A model whose plans take more is planned tree by tree, for each call anew */
#define MAX_KEPT_BYTES (32u << 20)

/* The plans of all trees. Made at a model's first explanation, never changed after. */
struct _HpShapForest
{
  double expected;
  HpShapPlan *plans;
  HpShapSplit *splits;
  HpShapStep *steps; /* for each tree n_points times 2 x n_splits */
  double *weights;   /* for each tree n_points */
};

/* Rows, a group after the other */
typedef struct
{
  const HpShapKernel *kernel;
  guint n_features;
  guint max_groups, n_groups;
  HpShapDoubles *columns; /* 2 x n_features a group */
  HpShapDoubles *phi;     /* n_features a group */
  HpShapMask *own;        /* a node, a group */
  HpShapDoubles *product; /* a node */
} Rows;

static gsize
most_nodes (const HpModel *model)
{
  gsize most = 1;

  for (guint t = 0; t < model->trees->len; t++)
    most = MAX (most, g_array_index (model->trees, HpTreeInfo, t).n_nodes);
  return most;
}

static gpointer
new_aligned (gsize n)
{
  return g_aligned_alloc (MAX (n, 1), sizeof (HpShapDoubles), sizeof (HpShapDoubles));
}

static void
rows_init (Rows *rows, const HpModel *model, gsize n)
{
  gsize n_nodes = most_nodes (model), bytes = (3 * (gsize) model->n_features + n_nodes) * sizeof (HpShapDoubles);

  rows->kernel = _hp_shap_get_kernel ();
  rows->n_features = model->n_features;
  rows->max_groups = CLAMP (MAX_ROW_BYTES / bytes, 1, MAX_GROUPS);
  rows->max_groups = MIN (rows->max_groups, (n + HP_SHAP_LANES - 1) / HP_SHAP_LANES);
  rows->columns = new_aligned ((gsize) rows->max_groups * 2 * rows->n_features);
  rows->phi = new_aligned ((gsize) rows->max_groups * rows->n_features);
  rows->own = new_aligned (rows->max_groups * n_nodes);
  rows->product = new_aligned (n_nodes);
}

static void
rows_clear (Rows *rows)
{
  g_aligned_free (rows->columns);
  g_aligned_free (rows->phi);
  g_aligned_free (rows->own);
  g_aligned_free (rows->product);
}

/* Lanes beyond the last row repeat it. */
static void
load_rows (Rows *rows, const float *features, gsize n)
{
  guint n_features = rows->n_features;

  rows->n_groups = (n + HP_SHAP_LANES - 1) / HP_SHAP_LANES;
  for (guint g = 0; g < rows->n_groups; g++)
    for (guint lane = 0; lane < HP_SHAP_LANES; lane++)
      {
        const float *row = features + MIN ((gsize) g * HP_SHAP_LANES + lane, n - 1) * n_features;
        HpShapDoubles *columns = rows->columns + (gsize) g * 2 * n_features;

        for (guint j = 0; j < n_features; j++)
          {
            columns[j][lane] = row[j];
            columns[n_features + j][lane] = isnan (row[j]) ? -INFINITY : row[j];
          }
      }
  memset (rows->phi, 0, (gsize) rows->n_groups * n_features * sizeof *rows->phi);
}

static void
store_phi (const Rows *rows, gsize n, double *phi)
{
  for (gsize i = 0; i < n; i++)
    for (guint j = 0; j < rows->n_features; j++)
      phi[i * rows->n_features + j] = rows->phi[i / HP_SHAP_LANES * rows->n_features + j][i % HP_SHAP_LANES];
}

static void
sort_rows (Rows *rows, const HpShapPlan *plan)
{
  gsize n_nodes = 2 * (gsize) plan->n_splits + 1;

  for (gsize g = 0; g < rows->n_groups; g++)
    rows->kernel->sort (plan, rows->columns + g * 2 * rows->n_features, rows->own + g * n_nodes);
}

static void
add_point (Rows *rows, const HpShapPlan *plan, const HpShapStep *steps, double weight)
{
  gsize n_nodes = 2 * (gsize) plan->n_splits + 1;

  for (gsize g = 0; g < rows->n_groups; g++)
    rows->kernel->add (plan, steps, weight, rows->own + g * n_nodes, rows->product, rows->phi + g * rows->n_features);
}

void
_hp_shap_forest_free (HpShapForest *forest)
{
  g_free (forest->plans);
  g_free (forest->splits);
  g_free (forest->steps);
  g_free (forest->weights);
  g_free (forest);
}

/* Would the plans of all trees take too much? Each has at most so many points as half the features that its depth
 * allows. */
static gboolean
is_too_large (const HpModel *model)
{
  gsize bytes = 0;

  for (guint t = 0; t < model->trees->len && bytes <= MAX_KEPT_BYTES; t++)
    {
      const HpTreeInfo *info = &g_array_index (model->trees, HpTreeInfo, t);
      gsize n_points = (MIN (info->depth, model->n_features) + 1) / 2;

      bytes += sizeof (HpShapPlan) + info->n_nodes * (sizeof (HpShapSplit) / 2 + n_points * sizeof (HpShapStep));
    }
  return bytes > MAX_KEPT_BYTES;
}

static HpShapForest *
forest_new (const HpModel *model)
{
  HpShapForest *forest = g_new0 (HpShapForest, 1);
  HpShapPlanner *planner = _hp_shap_planner_new (model);
  gsize n_splits = 0, n_steps = 0, n_points = 0;

  forest->expected = model->base;
  forest->plans = g_new (HpShapPlan, model->trees->len + 1);
  forest->splits = g_new (HpShapSplit, model->nodes->len / 2 + 1);
  for (guint t = 0; t < model->trees->len; t++)
    {
      const HpTreeInfo *info = &g_array_index (model->trees, HpTreeInfo, t);
      gsize most = (MIN (info->depth, model->n_features) + 1) / 2;

      n_points += most;
      n_steps += most * (info->n_nodes - 1);
    }
  forest->steps = g_new (HpShapStep, n_steps + 1);
  forest->weights = g_new (double, n_points + 1);
  n_steps = n_points = 0;
  for (guint t = 0; t < model->trees->len; t++)
    {
      HpShapPlan *plan = &forest->plans[t];

      _hp_shap_planner_splits (planner, t, forest->splits + n_splits, plan);
      plan->steps = forest->steps + n_steps;
      plan->weights = forest->weights + n_points;
      for (guint k = 0; k < plan->n_points; k++)
        forest->weights[n_points++]
          = _hp_shap_planner_steps (planner, plan, k, forest->steps + n_steps + (gsize) k * 2 * plan->n_splits);
      forest->expected += plan->expected;
      n_splits += plan->n_splits;
      n_steps += (gsize) plan->n_points * 2 * plan->n_splits;
    }
  _hp_shap_planner_free (planner);
  return forest;
}

/* The plans of a model that no thread changes any more; NULL: too large to keep */
static const HpShapForest *
get_forest (const HpModel *model)
{
  HpShapForest **kept = &((HpModel *) model)->forest, *forest = g_atomic_pointer_get (kept);

  if (forest != NULL || is_too_large (model))
    return forest;
  forest = forest_new (model);
  if (g_atomic_pointer_compare_and_exchange (kept, NULL, forest))
    return forest;
  /* Another thread was faster. */
  _hp_shap_forest_free (forest);
  return g_atomic_pointer_get (kept);
}

static double
add_forest (Rows *rows, const HpShapForest *forest, guint n_trees)
{
  for (guint t = 0; t < n_trees; t++)
    {
      const HpShapPlan *plan = &forest->plans[t];

      sort_rows (rows, plan);
      for (guint k = 0; k < plan->n_points; k++)
        add_point (rows, plan, plan->steps + (gsize) k * 2 * plan->n_splits, plan->weights[k]);
    }
  return forest->expected;
}

static double
add_tree_by_tree (Rows *rows, const HpModel *model)
{
  HpShapPlanner *planner = _hp_shap_planner_new (model);
  gsize n_nodes = most_nodes (model);
  g_autofree HpShapSplit *splits = g_new (HpShapSplit, n_nodes / 2 + 1);
  g_autofree HpShapStep *steps = g_new (HpShapStep, n_nodes);
  double expected = model->base;

  for (guint t = 0; t < model->trees->len; t++)
    {
      HpShapPlan plan;

      _hp_shap_planner_splits (planner, t, splits, &plan);
      expected += plan.expected;
      sort_rows (rows, &plan);
      for (guint k = 0; k < plan.n_points; k++)
        {
          double weight = _hp_shap_planner_steps (planner, &plan, k, steps);

          add_point (rows, &plan, steps, weight);
        }
    }
  _hp_shap_planner_free (planner);
  return expected;
}

static void
explain_trees (const HpModel *model, const float *features, gsize n, double *phi, double *expected)
{
  const HpShapForest *forest = get_forest (model);
  guint n_features = model->n_features;
  Rows rows = { 0 };

  rows_init (&rows, model, n);
  for (gsize done = 0; done < n;)
    {
      gsize count = MIN (n - done, (gsize) rows.max_groups * HP_SHAP_LANES);

      load_rows (&rows, features + done * n_features, count);
      *expected = forest != NULL ? add_forest (&rows, forest, model->trees->len) : add_tree_by_tree (&rows, model);
      store_phi (&rows, count, phi + done * n_features);
      done += count;
    }
  rows_clear (&rows);
}

static void
explain_linear (const HpModel *model, const float *features, double *phi, double *expected)
{
  *expected = model->intercept;
  for (guint j = 0; j < model->n_features; j++)
    {
      double centre = model->centre != NULL ? model->centre[j] : 0;

      /* What is not there adds nothing to the margin, as if it were 0. */
      phi[j] = model->coefficients[j] * ((isnan (features[j]) && model->single ? 0 : features[j]) - centre);
      *expected += model->coefficients[j] * centre;
    }
}

/**
 * hp_model_contributions:
 * @model: a model
 * @features: (array): @n rows of n_features values, row after row
 * @n: how many rows, at least 1
 * @phi: (out caller-allocates) (array): @n rows of n_features contributions on the margin's scale
 * @expected: (out): the margin that the contributions start from, that of the average training row
 *
 * Splits margins exactly: @expected plus a row's @phi is its margin, up to the rounding of the model's single-precision
 * sum. However the rows are cut into calls, each gets the same bits. Many rows at once are several times faster.
 */
void
hp_model_contributions (const HpModel *model, const float *features, gsize n, double *phi, double *expected)
{
  g_return_if_fail (model != NULL && n > 0 && phi != NULL && expected != NULL);

  if (model->kind == HP_MODEL_TREES)
    {
      explain_trees (model, features, n, phi, expected);
      return;
    }
  for (gsize i = 0; i < n; i++)
    explain_linear (model, features + i * model->n_features, phi + i * model->n_features, expected);
}
