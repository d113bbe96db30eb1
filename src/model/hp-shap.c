/* hp-shap.c - how much each feature adds to one house's margin
 *
 * Trees: the path-dependent algorithm of Lundberg, Erion and Lee, "Consistent Individualized Feature Attribution for
 * Tree Ensembles" (2018), algorithm 2: exact Shapley values of the game in which a feature that is not known makes a
 * split follow both children in proportion to the training rows that went there. Linear: features are centred, so a
 * feature's contribution is its coefficient times its value; where they are not, times its distance from the average.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>
#include <string.h>

#include "hp-model-private.h"

/* A feature that the way to the present node has split on */
typedef struct
{
  int feature;   /* -1: the start */
  double zero;   /* share of the training rows that came this way, where the feature is not known */
  double one;    /* 1 if the house itself comes this way, else 0 */
  double weight; /* of the subsets of a given size of the features so far */
} Step;

typedef struct
{
  const HpModel *model;
  const HpNode *nodes;
  const float *features;
  double *phi;
  double expected;
} Walk;

static void
extend (Step *path, guint length, int feature, double zero, double one)
{
  path[length] = (Step){ feature, zero, one, length == 0 ? 1 : 0 };
  for (guint i = length; i-- > 0;)
    {
      path[i + 1].weight += one * path[i].weight * (i + 1) / (length + 1);
      path[i].weight = zero * path[i].weight * (length - i) / (length + 1);
    }
}

/* Undoes the extension by step k of a path whose last step is number last */
static void
unwind (Step *path, guint last, guint k)
{
  double one = path[k].one, zero = path[k].zero, next = path[last].weight;

  for (guint i = last; i-- > 0;)
    {
      if (one != 0)
        {
          double weight = path[i].weight;

          path[i].weight = next * (last + 1) / ((i + 1) * one);
          next = weight - path[i].weight * zero * (last - i) / (last + 1);
        }
      else
        path[i].weight = path[i].weight * (last + 1) / (zero * (last - i));
    }
  for (guint i = k; i < last; i++)
    {
      path[i].feature = path[i + 1].feature;
      path[i].zero = path[i + 1].zero;
      path[i].one = path[i + 1].one;
    }
}

/* What the weights would add up to after unwind() */
static double
unwound_sum (const Step *path, guint last, guint k)
{
  double one = path[k].one, zero = path[k].zero, next = path[last].weight, sum = 0;

  for (guint i = last; i-- > 0;)
    {
      if (one != 0)
        {
          double weight = next * (last + 1) / ((i + 1) * one);

          sum += weight;
          next = path[i].weight - weight * zero * (last - i) / (last + 1);
        }
      else
        sum += path[i].weight * (last + 1) / (zero * (last - i));
    }
  return sum;
}

/* parent: a path of length steps; the room behind it is free. reach: share of the training rows that come to this node.
 */
static void
visit (Walk *walk, gint32 at, const Step *parent, guint length, double zero, double one, int feature, double reach)
{
  const HpNode *node = &walk->nodes[at];
  Step *path = (Step *) parent + length;
  double incoming_zero = 1, incoming_one = 1, total;
  gint32 own, other;

  memcpy (path, parent, length * sizeof *path);
  extend (path, length, feature, zero, one);

  if (node->left < 0)
    {
      for (guint i = 1; i <= length; i++)
        walk->phi[path[i].feature] += unwound_sum (path, length, i) * (path[i].one - path[i].zero) * node->value;
      walk->expected += reach * node->value;
      return;
    }

  own = node->left + !_hp_node_goes_left (walk->model, node, walk->features[node->feature]);
  other = 2 * node->left + 1 - own;

  /* A feature is one player, however often the way splits on it. */
  for (guint i = 1; i <= length; i++)
    if (path[i].feature == node->feature)
      {
        incoming_zero = path[i].zero;
        incoming_one = path[i].one;
        unwind (path, length, i);
        length--;
        break;
      }

  total = (double) walk->nodes[own].count + walk->nodes[other].count;
  visit (walk, own, path, length + 1, incoming_zero * walk->nodes[own].count / total, incoming_one, node->feature,
         reach * walk->nodes[own].count / total);
  visit (walk, other, path, length + 1, incoming_zero * walk->nodes[other].count / total, 0, node->feature,
         reach * walk->nodes[other].count / total);
}

/**
 * hp_model_contributions:
 * @model: a model
 * @features: (array): n_features values of one row
 * @phi: (out caller-allocates) (array): n_features contributions on the margin's scale
 * @expected: (out): the margin that the contributions start from, that of the average training row
 *
 * Splits a margin exactly: @expected plus all @phi is the margin, up to the rounding of the model's single-precision
 * sum.
 */
void
hp_model_contributions (const HpModel *model, const float *features, double *phi, double *expected)
{
  g_autofree Step *steps = NULL;
  Walk walk = { model, NULL, features, phi, 0 };
  guint longest;

  g_return_if_fail (model != NULL && phi != NULL && expected != NULL);

  if (model->kind == HP_MODEL_LINEAR)
    {
      *expected = model->intercept;
      for (guint j = 0; j < model->n_features; j++)
        {
          double centre = model->centre != NULL ? model->centre[j] : 0;

          /* What is not there adds nothing to the margin, as if it were 0. */
          phi[j] = model->coefficients[j] * ((isnan (features[j]) && model->single ? 0 : features[j]) - centre);
          *expected += model->coefficients[j] * centre;
        }
      return;
    }

  memset (phi, 0, model->n_features * sizeof *phi);
  /* A level's path holds each feature once, and every level has its own copy. */
  longest = MIN (model->max_depth, model->n_features) + 2;
  steps = g_new (Step, (gsize) longest * (model->max_depth + 2));
  walk.expected = model->base;
  for (guint t = 0; t < model->trees->len; t++)
    {
      walk.nodes = hp_model_get_tree (model, t, NULL);
      visit (&walk, 0, steps, 0, 1, 1, -1, 1);
    }
  *expected = walk.expected;
}
