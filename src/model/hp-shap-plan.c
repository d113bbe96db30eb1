/* hp-shap-plan.c - what can be said about the Shapley values of a tree before a row is known
 *
 * Trees: exact Shapley values of the path-dependent game of Lundberg, Erion and Lee, "Consistent Individualized Feature
 * Attribution for Tree Ensembles" (2018), in which a feature that is not known makes a split follow both children in
 * proportion to the training rows that went there. To a leaf leads a way that splits on m features; of feature i all
 * its splits together let pass a share z_i of the training rows, and the row itself passes (o_i = 1) or not (o_i = 0).
 * When each feature is known with the chance t, the leaf counts as its value times the product of o_i t + z_i (1 - t),
 * and a Shapley value is the mean over t in (0, 1) of the derivative by the chance of the one feature (Owen,
 * "Multilinear Extensions of Games", 1972):
 *
 *   phi_j = integral of value x (o_j - z_j) x product over i other than j of (o_i t + z_i (1 - t))
 *
 * That is a polynomial in t of degree m - 1, so Gauss and Legendre's quadrature with half of m points, rounded up, is
 * exact, and all that it adds up is of one sign until the leaves meet. In a point t a tree is gone through once down,
 * for the products, and once up, for the sums over the leaves below: a node that a split on j led to adds its sum times
 * (o_j - z_j) / (o_j t + z_j (1 - t)), less the same of the earlier node that a split on j led to, which counted these
 * leaves with its own o_j and z_j (the summing is that of Yu et al., "Linear TreeSHAP", 2022). So the work goes with
 * nodes times depth, where the algorithm of 2018 takes leaves times depth squared, and it is the same for all rows.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "hp-shap-private.h"

/* A point of the quadrature over (0, 1) */
typedef struct
{
  double t, weight;
} Point;

/* A node, by its number: what leads to it */
typedef struct
{
  guint32 parent;
  guint32 feature;    /* of the split that led here */
  guint32 earlier;    /* the deepest node above that a split on the same feature led to; 0: none */
  guint32 n_features; /* that the way here splits on */
  double ratio;       /* share of the parent's training rows that came here */
  double zero;        /* product of the ratios of the way's splits on the feature */
  double reach;       /* product of all ratios */
  double leaf;        /* its value; 1 where the way goes on */

  /* In the present point: 1 / (t + zero (1 - t)), and (1 - zero) times that */
  double inverse, share;
} Way;

struct _HpShapPlanner
{
  const HpModel *model;
  guint max_points;
  Point **rules;  /* of each number of points, made when a tree asks for it */
  guint32 *order; /* the present tree's nodes, by number */
  Way *ways;
};

/* By Newton's method on the Legendre polynomial of degree n. The starts are so near that three steps do; six are sure.
 */
static Point *
find_points (guint n)
{
  Point *points = g_new (Point, n);

  for (guint i = 0; i < n; i++)
    {
      double x = cos (G_PI * (i + 0.75) / (n + 0.5)), slope = 1;

      for (guint step = 0; step < 6; step++)
        {
          double before = 0, value = 1;

          for (guint k = 0; k < n; k++)
            {
              double next = ((2 * k + 1) * x * value - k * before) / (k + 1);

              before = value;
              value = next;
            }
          slope = n * (before - x * value) / (1 - x * x);
          x -= value / slope;
        }
      points[i].t = (1 + x) / 2;
      points[i].weight = 1 / ((1 - x * x) * slope * slope);
    }
  return points;
}

HpShapPlanner *
_hp_shap_planner_new (const HpModel *model)
{
  HpShapPlanner *self = g_new0 (HpShapPlanner, 1);
  guint32 n_nodes = 1;

  for (guint t = 0; t < model->trees->len; t++)
    n_nodes = MAX (n_nodes, g_array_index (model->trees, HpTreeInfo, t).n_nodes);
  self->model = model;
  self->max_points = (MIN (model->max_depth, model->n_features) + 1) / 2;
  self->rules = g_new0 (Point *, self->max_points + 1);
  self->order = g_new (guint32, n_nodes);
  self->ways = g_new (Way, n_nodes);
  return self;
}

void
_hp_shap_planner_free (HpShapPlanner *self)
{
  for (guint k = 0; k <= self->max_points; k++)
    g_free (self->rules[k]);
  g_free (self->rules);
  g_free (self->order);
  g_free (self->ways);
  g_free (self);
}

static guint32
find_earlier (const Way *ways, guint32 at, guint32 feature)
{
  while (at != 0 && ways[at].feature != feature)
    at = ways[at].parent;
  return at;
}

/* Fills in the splits and follows their ways. Returns: how many features the way to a leaf splits on, at most */
static guint32
follow_ways (HpShapPlanner *self, const HpNode *nodes, HpShapSplit *splits, HpShapPlan *plan)
{
  guint32 n = 1, most = 0;
  Way *ways = self->ways;

  plan->n_splits = 0;
  plan->expected = 0;
  self->order[0] = 0;
  ways[0] = (Way){ .feature = G_MAXUINT32, .ratio = 1, .zero = 1, .reach = 1, .leaf = 1 };
  for (guint32 i = 0; i < n; i++)
    {
      const HpNode *node = &nodes[self->order[i]], *children;
      HpShapSplit *split;
      double total;

      if (node->left < 0)
        {
          ways[i].leaf = node->value;
          plan->expected += ways[i].reach * node->value;
          continue;
        }
      children = &nodes[node->left];
      split = &splits[plan->n_splits++];
      split->threshold = node->value;
      split->set = node->split == HP_SPLIT_CATEGORIES ? (guint32) node->value : HP_SHAP_NO_SET;
      split->column = node->feature + (node->default_left ? self->model->n_features : 0);
      split->feature = node->feature;
      split->node = i;
      split->earlier = find_earlier (ways, i, node->feature);
      total = (double) children[0].count + children[1].count;
      for (guint side = 0; side < 2; side++, n++)
        {
          double ratio = children[side].count / total;

          self->order[n] = node->left + side;
          ways[n] = (Way){
            .parent = i,
            .feature = node->feature,
            .earlier = split->earlier,
            .n_features = ways[i].n_features + (split->earlier == 0),
            .ratio = ratio,
            .zero = ways[split->earlier].zero * ratio,
            .reach = ways[i].reach * ratio,
            .leaf = 1,
          };
          most = MAX (most, ways[n].n_features);
        }
    }
  return most;
}

/* The steps in the point t. The root, where no split has led, has zero = 1: it neither multiplies nor shares. */
static void
take_steps (Way *ways, guint n_nodes, double t, HpShapStep *steps)
{
  double unknown = 1 - t;

  for (guint i = 0; i < n_nodes; i++)
    {
      ways[i].inverse = 1 / (t + ways[i].zero * unknown);
      ways[i].share = (1 - ways[i].zero) * ways[i].inverse;
    }
  for (guint i = 1; i < n_nodes; i++)
    {
      const Way *way = &ways[i], *earlier = &ways[way->earlier];
      HpShapStep *step = &steps[i - 1];
      HpShapNumber come, both;

      step->factor.value = way->ratio * way->leaf;
      come.value = way->zero * unknown * earlier->inverse * way->leaf;
      both.value = (t + way->zero * unknown) * earlier->inverse * way->leaf;
      step->factor_come.bits = step->factor.bits ^ come.bits;
      step->factor_both.bits = come.bits ^ both.bits;
      step->share.value = -1 / unknown - earlier->share;
      both.value = way->share - earlier->share;
      step->share_both.bits = step->share.bits ^ both.bits;
    }
}

guint
_hp_shap_planner_splits (HpShapPlanner *self, guint tree, HpShapSplit *splits, HpShapPlan *plan)
{
  plan->model = self->model;
  plan->splits = splits;
  plan->n_points = (follow_ways (self, hp_model_get_tree (self->model, tree, NULL), splits, plan) + 1) / 2;
  if (plan->n_points > 0 && self->rules[plan->n_points] == NULL)
    self->rules[plan->n_points] = find_points (plan->n_points);
  return plan->n_points;
}

double
_hp_shap_planner_steps (HpShapPlanner *self, const HpShapPlan *plan, guint point, HpShapStep *steps)
{
  const Point *chosen = &self->rules[plan->n_points][point];

  take_steps (self->ways, 2 * plan->n_splits + 1, chosen->t, steps);
  return chosen->weight;
}
