/* hp-boosting.c - gradient boosting on our own trees
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hp-boosting.h"

#include <math.h>
#include <string.h>

#include "config.h"
#include <glib/gi18n-lib.h>

#include "hp-error.h"
#include "hp-order.h"
#include "hp-random.h"

typedef struct
{
  const HpBoostingParams *params;
  const float *target;
  float *prediction;
  float *gradient;  /* negative gradient of the loss: what the next tree is fitted to */
  float *residuals; /* scratch of the leaf values */
  gsize n;
  double width; /* of the Huber loss, this round */
} Boosting;

static double
starting_value (const HpBoostingParams *params, const float *target, gsize n)
{
  double sum = 0;

  if (params->loss == HP_LOSS_ABSOLUTE || params->loss == HP_LOSS_QUANTILE)
    {
      g_autofree float *copy = g_memdup2 (target, n * sizeof *target);

      return hp_select_quantile (copy, n, params->loss == HP_LOSS_ABSOLUTE ? 0.5 : params->quantile);
    }
  for (gsize i = 0; i < n; i++)
    sum += target[i];
  return sum / n;
}

static void
compute_gradients (Boosting *boosting)
{
  const HpBoostingParams *params = boosting->params;
  const float *y = boosting->target, *p = boosting->prediction;
  float *g = boosting->gradient;
  gsize n = boosting->n;

  switch (params->loss)
    {
    case HP_LOSS_SQUARED:
      for (gsize i = 0; i < n; i++)
        g[i] = y[i] - p[i];
      break;
    case HP_LOSS_HUBER:
      for (gsize i = 0; i < n; i++)
        boosting->residuals[i] = fabsf (y[i] - p[i]);
      boosting->width = hp_select_quantile (boosting->residuals, n, params->huber_share);
      for (gsize i = 0; i < n; i++)
        g[i] = CLAMP (y[i] - p[i], (float) -boosting->width, (float) boosting->width);
      break;
    case HP_LOSS_ABSOLUTE:
      for (gsize i = 0; i < n; i++)
        g[i] = y[i] > p[i] ? 1 : y[i] < p[i] ? -1 : 0;
      break;
    case HP_LOSS_QUANTILE:
      for (gsize i = 0; i < n; i++)
        g[i] = y[i] > p[i] ? params->quantile : params->quantile - 1;
      break;
    }
}

/* The best constant for a leaf under absolute and quantile loss is that quantile of its residuals (Friedman 2001, 4.3)
 */
static double
quantile_leaf (const guint32 *rows, gsize n, gpointer data)
{
  Boosting *boosting = data;

  for (gsize i = 0; i < n; i++)
    boosting->residuals[i] = boosting->target[rows[i]] - boosting->prediction[rows[i]];
  return hp_select_quantile (boosting->residuals, n,
                             boosting->params->loss == HP_LOSS_ABSOLUTE ? 0.5 : boosting->params->quantile);
}

static double
mean_loss (const HpBoostingParams *params, const float *target, const float *prediction, gsize n)
{
  double sum = 0;

  for (gsize i = 0; i < n; i++)
    {
      double e = target[i] - prediction[i];

      if (params->loss == HP_LOSS_SQUARED)
        sum += e * e;
      else if (params->loss == HP_LOSS_QUANTILE)
        sum += e > 0 ? params->quantile * e : (params->quantile - 1) * e;
      else
        sum += fabs (e);
    }
  return sum / n;
}

/* Draws without replacement, in ascending order (Knuth's selection sampling): one pass, no shuffle */
static gsize
draw_rows (HpRandom *random, gsize n, gsize wanted, guint32 *rows, guint32 *others)
{
  gsize taken = 0;

  for (gsize i = 0; i < n; i++)
    if (hp_random_below (random, n - i) < wanted - taken)
      rows[taken++] = i;
    else
      others[i - taken] = i;
  return taken;
}

static void
update_predictions (Boosting *boosting, HpGrower *grower, const guint32 *rows, const guint32 *others, gsize n_others)
{
  const HpNode *nodes = hp_grower_get_nodes (grower);
  float *prediction = boosting->prediction;
  gsize n_nodes = hp_grower_get_n_nodes (grower);

  for (gsize i = 0; i < n_nodes; i++)
    if (nodes[i].left < 0)
      {
        gsize begin, count;

        hp_grower_get_rows (grower, i, &begin, &count);
        for (gsize k = begin; k < begin + count; k++)
          prediction[rows[k]] += nodes[i].value;
      }
  for (gsize k = 0; k < n_others; k++)
    prediction[others[k]] += nodes[hp_grower_find_leaf (grower, others[k])].value;
}

static void
add_tree_to (const HpModel *model, const float *features, gsize n, float *prediction)
{
  gsize n_nodes;
  const HpNode *nodes = hp_model_get_tree (model, hp_model_get_n_trees (model) - 1, &n_nodes);
  guint n_features = hp_model_get_n_features (model);

  for (gsize i = 0; i < n; i++)
    {
      const float *x = features + i * n_features;
      gint32 at = 0;

      while (nodes[at].left >= 0)
        {
          float v = x[nodes[at].feature];

          at = nodes[at].left + !(isnan (v) ? nodes[at].default_left : v < nodes[at].value);
        }
      prediction[i] += nodes[at].value;
    }
}

static HpModel *
first_trees (const HpModel *model, guint n_trees)
{
  HpModel *shorter
    = hp_model_new_trees (hp_model_get_target (model), hp_model_get_n_features (model), hp_model_get_base (model));

  for (guint t = 0; t < n_trees; t++)
    {
      gsize n_nodes;
      const HpNode *nodes = hp_model_get_tree (model, t, &n_nodes);

      hp_model_add_tree (shorter, nodes, n_nodes);
    }
  return shorter;
}

/**
 * hp_boosting_fit:
 * @params: sizes, loss, seed
 * @scale: the scale @target is on; kept in the model
 * @features: @n × @n_features, row-major, NaN is missing
 * @target: @n values
 * @n: number of rows, at least 1
 * @n_features: number of features
 * @validation_features: (nullable): @n_validation × @n_features, for early stopping
 * @validation_target: (nullable): @n_validation values
 * @n_validation: number of validation rows
 * @team: (nullable): threads to use inside each tree; worth it from some ten thousand rows
 * @cancellable: (nullable): checked before each tree
 * @error: return location: %HP_ERROR_CANCELLED
 *
 * Stochastic gradient boosting: each tree is fitted to the negative gradients on a draw of the rows, its leaves take
 * the loss's best constant, scaled by the learning rate.
 *
 * Returns: (transfer full) (nullable): the model
 */
HpModel *
hp_boosting_fit (const HpBoostingParams *params, HpTarget scale, const float *features, const float *target, gsize n,
                 guint n_features, const float *validation_features, const float *validation_target, gsize n_validation,
                 HpTeam *team, GCancellable *cancellable, GError **error)
{
  g_autoptr (HpBins) bins = hp_bins_new (features, n, n_features, params->max_bins, team);
  g_autoptr (HpGrower) grower = hp_grower_new (bins, &params->tree, team);
  g_autofree float *prediction = g_new (float, n);
  g_autofree float *gradient = g_new (float, n);
  g_autofree float *residuals = params->loss == HP_LOSS_SQUARED ? NULL : g_new (float, n);
  g_autofree guint32 *rows = g_new (guint32, n);
  g_autofree guint32 *others = params->subsample < 1 ? g_new (guint32, n) : NULL;
  g_autofree float *validation = g_new (float, n_validation);
  Boosting boosting = { params, target, prediction, gradient, residuals, n, 0 };
  float base = starting_value (params, target, n);
  g_autoptr (HpModel) model = hp_model_new_trees (scale, n_features, base);
  gsize wanted = others != NULL ? CLAMP ((gsize) llrint (params->subsample * n), 1, n) : n;
  gboolean quantile = params->loss == HP_LOSS_ABSOLUTE || params->loss == HP_LOSS_QUANTILE;
  double best_loss = INFINITY;
  guint best_length = 0;
  HpRandom random;

  for (gsize i = 0; i < n; i++)
    prediction[i] = base;
  for (gsize i = 0; i < n_validation; i++)
    validation[i] = base;

  for (guint t = 0; t < params->trees; t++)
    {
      gsize n_nodes;

      if (g_cancellable_is_cancelled (cancellable))
        {
          hp_set_error (error, HP_ERROR_CANCELLED, NULL, _ ("training was interrupted"));
          return NULL;
        }
      compute_gradients (&boosting);
      hp_random_init (&random, params->seed, 2 * (guint64) t);
      if (wanted < n)
        draw_rows (&random, n, wanted, rows, others);
      else
        for (gsize i = 0; i < n; i++)
          rows[i] = i;

      n_nodes = hp_grower_grow (grower, gradient, rows, wanted, hp_random_next (&random),
                                quantile ? quantile_leaf : NULL, &boosting);

      HpNode *nodes = hp_grower_edit_nodes (grower);

      for (gsize i = 0; i < n_nodes; i++)
        if (nodes[i].left < 0)
          nodes[i].value = (float) (nodes[i].value * params->learning_rate);
      update_predictions (&boosting, grower, rows, others, n - wanted);
      hp_model_add_tree (model, nodes, n_nodes);

      if (params->early_stopping > 0 && n_validation > 0)
        {
          double loss;

          add_tree_to (model, validation_features, n_validation, validation);
          loss = mean_loss (params, validation_target, validation, n_validation);
          if (loss < best_loss)
            {
              best_loss = loss;
              best_length = t + 1;
            }
          else if (t + 1 - best_length >= params->early_stopping)
            return first_trees (model, best_length);
        }
    }
  if (params->early_stopping > 0 && n_validation > 0 && best_length < params->trees)
    return first_trees (model, best_length);
  return g_steal_pointer (&model);
}
