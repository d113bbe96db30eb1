/* hp-score.c - from features to margins and prices
 *
 * A tree model is first walked as it is. Once it has scored so many rows that it would have paid to compile it, it
 * is compiled, and from then on its rows go to the best kernel (hp-compiled.h): a program that values one house doesn't
 * pay for tables, a server or a file of houses hardly notices when they are made. The bits are the same either way.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "hp-model-private.h"

/* Rows after which a model is compiled: about as long as it takes to walk them, it takes to compile. */
#define ROWS_TO_COMPILE 128

gint32
_hp_tree_walk_plain (const HpModel *model, const HpNode *nodes, const float *features)
{
  gint32 at = 0;

  while (nodes[at].left >= 0)
    at = nodes[at].left + !_hp_node_goes_left (model, &nodes[at], features[nodes[at].feature]);
  return at;
}

/* Products and sums are rounded to float one by one, as the library does that fitted the model. */
static double
single_margin (const HpModel *model, const float *features)
{
  float sum = (float) model->intercept;

  for (guint j = 0; j < model->n_features; j++)
    if (!isnan (features[j]))
      sum += features[j] * (float) model->coefficients[j];
  return sum;
}

static double
linear_margin (const HpModel *model, const float *features)
{
  double sum = model->intercept;

  if (model->single)
    return single_margin (model, features);
  for (guint j = 0; j < model->n_features; j++)
    sum += model->coefficients[j] * features[j];
  return sum;
}

/**
 * hp_model_margin_plain:
 * @model: a model
 * @features: (array): n_features values of one row
 *
 * The reference that the fast paths equal bit for bit: one row, one tree at a time. A value goes left when it is
 * strictly less than the threshold (or not in the set of categories), and as the node's default_left says when it is
 * NaN, as XGBoost does.
 *
 * Returns: the margin
 */
double
hp_model_margin_plain (const HpModel *model, const float *features)
{
  float sum = model->base;

  if (model->kind == HP_MODEL_LINEAR)
    return linear_margin (model, features);
  for (guint t = 0; t < model->trees->len; t++)
    {
      const HpNode *nodes = hp_model_get_tree (model, t, NULL);

      sum += nodes[_hp_tree_walk_plain (model, nodes, features)].value;
    }
  return sum;
}

/* What the model compiled to, or NULL as long as that hasn't paid. While one thread compiles, the others go on. */
static const HpCompiled *
get_compiled (const HpModel *constant, gsize n)
{
  HpModel *model = (HpModel *) constant;
  HpCompiled *compiled = g_atomic_pointer_get (&model->compiled);

  if (G_LIKELY (compiled != NULL))
    return compiled;
  if (n < ROWS_TO_COMPILE && (guint) g_atomic_int_add (&model->n_scored, (gint) n) + n < ROWS_TO_COMPILE)
    return NULL;
  hp_model_compile (constant);
  return g_atomic_pointer_get (&model->compiled);
}

/**
 * hp_model_compile:
 * @constant: a model that won't grow any more
 *
 * Prepares a tree model for many rows, if that hasn't been done. Else it happens when the model has scored a hundred
 * rows or so. Any thread may call it; if another is at it, it returns at once.
 */
void
hp_model_compile (const HpModel *constant)
{
  HpModel *model = (HpModel *) constant; /* its answers don't change */

  g_return_if_fail (model != NULL);

  if (model->kind == HP_MODEL_TREES && g_atomic_int_compare_and_exchange (&model->compiling, FALSE, TRUE))
    g_atomic_pointer_set (&model->compiled, hp_compiled_new (model));
}

void
_hp_model_forget_compiled (HpModel *model)
{
  g_clear_pointer (&model->compiled, hp_compiled_free);
  model->compiling = FALSE;
}

/**
 * hp_model_margin:
 * @model: a model
 * @features: (array): @n rows of n_features values, row after row
 * @n: how many rows
 * @margin: (out caller-allocates) (array length=n): the margins
 *
 * Scores rows. However the rows are cut into calls, each gets the same bits. Takes no memory, but for
 * hp_model_compile().
 */
void
hp_model_margin (const HpModel *model, const float *features, gsize n, double *margin)
{
  gsize i = 0;

  g_return_if_fail (model != NULL);

  while (i < n)
    {
      const HpCompiled *compiled = model->kind == HP_MODEL_TREES ? get_compiled (model, n - i) : NULL;

      if (compiled != NULL)
        {
          hp_compiled_margin (compiled, hp_compiled_best (compiled), features + i * model->n_features, n - i,
                              margin + i);
          return;
        }
      /* As many as are walked while another thread compiles */
      for (gsize end = MIN (n, i + ROWS_TO_COMPILE); i < end; i++)
        margin[i] = hp_model_margin_plain (model, features + i * model->n_features);
    }
}

/**
 * hp_model_predict:
 * @model: a model
 * @features: (array): @n rows of n_features values, row after row
 * @n: how many rows
 * @price: (out caller-allocates) (array length=n): the prices, not rounded
 *
 * hp_model_margin() turned into prices. Takes no memory.
 */
void
hp_model_predict (const HpModel *model, const float *features, gsize n, double *price)
{
  hp_model_margin (model, features, n, price);
  if (model->target != HP_TARGET_PLAIN)
    for (gsize i = 0; i < n; i++)
      price[i] = hp_price_from_margin (model->target, price[i]);
}

/**
 * hp_model_leaves:
 * @model: a tree model
 * @features: (array): n_features values of one row
 * @leaves: (out caller-allocates) (array): for each tree the index, within the tree, of the leaf that the row falls in
 */
void
hp_model_leaves (const HpModel *model, const float *features, gint32 *leaves)
{
  const HpCompiled *compiled;

  g_return_if_fail (model != NULL && model->kind == HP_MODEL_TREES);

  compiled = get_compiled (model, 1);
  if (compiled != NULL)
    hp_compiled_leaves (compiled, features, leaves);
  else
    for (guint t = 0; t < model->trees->len; t++)
      leaves[t] = _hp_tree_walk_plain (model, hp_model_get_tree (model, t, NULL), features);
}
