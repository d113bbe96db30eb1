/* hp-width-fit.c - fits a width model to the residuals of out-of-sample prices
 *
 * If residuals are normal around zero with a variance that depends on the house, their likelihood is that of squared
 * residuals under a gamma distribution with a log link. It is boosted (Friedman 2001): each tree of at most four leaves
 * multiplies the variances by what makes the squared residuals of a leaf average to their variances again, shrunk
 * towards one, on a random half of the sales. Tails are heavier than normal; the quantiles of the scaled residuals,
 * which come after, see to that.
 *
 * Candidate splits lie between quantiles, so a feature is a byte, and a tree costs a few additions a sale and feature.
 * Missing values go to the left.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>
#include <string.h>

#include "hp-random.h"
#include "hp-width.h"

#define N_TREES  48
#define RATE     0.1
#define MIN_LEAF 30
#define SHRINK   10.0 /* sales of ratio one that every leaf has besides its own */

#define MAX_ROWS     10000
#define TREE_COLUMNS 8 /* that a tree looks at besides the price, if there are more */

#define MAX_NODES 7
#define SEED      68

G_STATIC_ASSERT (N_TREES *(MAX_NODES / 2) <= HP_WIDTH_MAX_COLUMNS);

typedef struct
{
  double ratio; /* of squared residuals to variances, added up */
  double n;
} Sum;

typedef struct
{
  guint left;  /* child, before the right one; 0: a leaf */
  guint8 code; /* codes up to this one go left */
  guint column;
  guint32 n;     /* sales that came through */
  double change; /* of log variance */
} Node;

typedef struct
{
  Node nodes[MAX_NODES];
  guint n_nodes;
} Tree;

typedef struct
{
  const HpWidthBins *bins;
  const guint32 *rows;
  gsize n_rows;
  double *ratio;   /* by place in rows: squared residual by variance */
  guint32 *sample; /* places that the present tree grows on */
  guint32 *columns;
  guint n_columns; /* that this tree looks at */
  Sum (*histograms)[HP_WIDTH_MAX_BINS], (*others)[HP_WIDTH_MAX_BINS];
  Tree tree;
} Fit;

static const guint8 *
codes_of (const Fit *fit, gsize place)
{
  return fit->bins->codes + (gsize) fit->rows[place] * fit->bins->n_columns;
}

/* The columns that a tree looks at: all that can be cut, or some of them and the price */
static void
draw_columns (Fit *fit, HpRandom *random)
{
  guint price = fit->bins->n_columns - 1, n = 0;

  for (guint c = 0; c < price; c++)
    if (fit->bins->n_cuts[c] > 0)
      fit->columns[n++] = c;
  if (n > TREE_COLUMNS)
    {
      hp_random_shuffle (random, fit->columns, n);
      n = TREE_COLUMNS;
    }
  fit->columns[n++] = price;
  fit->n_columns = n;
}

/* Half of the rows, as the bits fall */
static gsize
draw_sample (Fit *fit, HpRandom *random)
{
  guint64 bits = 0;
  gsize n = 0;

  for (gsize i = 0; i < fit->n_rows; i++)
    {
      if (i % 64 == 0)
        bits = hp_random_next (random);
      fit->sample[n] = (guint32) i;
      n += bits & 1;
      bits >>= 1;
    }
  return n;
}

/* Of the first rows of the sample */
static Sum
fill_histograms (const Fit *fit, gsize n, Sum (*histograms)[HP_WIDTH_MAX_BINS])
{
  Sum sum = { 0, (double) n };

  memset (histograms, 0, fit->n_columns * sizeof *histograms);
  for (gsize i = 0; i < n; i++)
    {
      const guint8 *codes = codes_of (fit, fit->sample[i]);
      double ratio = fit->ratio[fit->sample[i]];

      sum.ratio += ratio;
      for (guint c = 0; c < fit->n_columns; c++)
        {
          Sum *bin = &histograms[c][codes[fit->columns[c]]];

          bin->ratio += ratio;
          bin->n++;
        }
    }
  return sum;
}

static Sum
less (Sum a, Sum b)
{
  return (Sum){ a.ratio - b.ratio, a.n - b.n };
}

/* By how much the deviance of a node falls when its variances are multiplied by m = ratio / n: n (m - 1 - log m), with
 * log m ≈ 2 (m - 1) / (m + 1), which needs no logarithm and makes less of a few large residuals */
static double
fall (Sum sum)
{
  double away = sum.ratio - sum.n;

  return away * away / (sum.ratio + sum.n + 2 * SHRINK);
}

/* The best split of a node of that sum, and the sum of its left child */
static gboolean
find_split (const Fit *fit, Sum (*histograms)[HP_WIDTH_MAX_BINS], Sum sum, Node *node, Sum *left_sum)
{
  double best = fall (sum) + 1e-6;
  gboolean found = FALSE;

  for (guint c = 0; c < fit->n_columns; c++)
    {
      guint n_cuts = fit->bins->n_cuts[fit->columns[c]];
      Sum left = histograms[c][0];

      for (guint code = 1; code <= n_cuts; code++)
        {
          double gain;

          left.ratio += histograms[c][code].ratio;
          left.n += histograms[c][code].n;
          if (left.n < MIN_LEAF || sum.n - left.n < MIN_LEAF)
            continue;
          gain = fall (left) + fall (less (sum, left));
          if (gain > best)
            {
              best = gain;
              found = TRUE;
              node->column = fit->columns[c];
              node->code = code;
              *left_sum = left;
            }
        }
    }
  return found;
}

/* The rows that go to one side, to the front. No branch in it, since none could be foretold. */
static gsize
pick_side (const Fit *fit, const Node *node, gboolean right, gsize n)
{
  gsize n_picked = 0;

  for (gsize i = 0; i < n; i++)
    {
      guint32 place = fit->sample[i];

      fit->sample[n_picked] = place;
      n_picked += (codes_of (fit, place)[node->column] > node->code) == right;
    }
  return n_picked;
}

static void
add_node (Fit *fit, Sum sum)
{
  fit->tree.nodes[fit->tree.n_nodes++]
    = (Node){ .change = RATE * log ((sum.ratio + SHRINK) / (sum.n + SHRINK)), .n = (guint32) sum.n };
}

static void
add_children (Fit *fit, guint at, Sum sum, Sum left)
{
  fit->tree.nodes[at].left = fit->tree.n_nodes;
  add_node (fit, left);
  add_node (fit, less (sum, left));
}

/* A tree of the sample: the root and its children are split if that pays */
static void
grow (Fit *fit, gsize n)
{
  Sum sum = fill_histograms (fit, n, fit->histograms), left, right, part;
  gboolean right_is_smaller;

  fit->tree.n_nodes = 0;
  add_node (fit, sum);
  if (!find_split (fit, fit->histograms, sum, &fit->tree.nodes[0], &left))
    return;
  right = less (sum, left);
  add_children (fit, 0, sum, left);

  /* the smaller child is counted, the larger is what is left */
  right_is_smaller = right.n < left.n;
  fill_histograms (fit, pick_side (fit, &fit->tree.nodes[0], right_is_smaller, n), fit->others);
  for (guint c = 0; c < fit->n_columns; c++)
    for (guint b = 0; b < HP_WIDTH_MAX_BINS; b++)
      fit->histograms[c][b] = less (fit->histograms[c][b], fit->others[c][b]);
  if (find_split (fit, right_is_smaller ? fit->histograms : fit->others, left, &fit->tree.nodes[1], &part))
    add_children (fit, 1, left, part);
  if (find_split (fit, right_is_smaller ? fit->others : fit->histograms, right, &fit->tree.nodes[2], &part))
    add_children (fit, 2, right, part);
}

/* The tree has changed the variances, so the ratios to them change. Two steps lead to any leaf; from a leaf they lead
 * nowhere. */
static void
update_ratios (Fit *fit)
{
  const Node *nodes = fit->tree.nodes;
  guint left[MAX_NODES] = { 0 }, column[MAX_NODES] = { 0 }, code[MAX_NODES] = { 0 };
  double factor[MAX_NODES] = { 0 };

  for (guint k = 0; k < fit->tree.n_nodes; k++)
    {
      gboolean leaf = nodes[k].left == 0;

      left[k] = leaf ? k : nodes[k].left;
      column[k] = leaf ? 0 : nodes[k].column;
      code[k] = leaf ? HP_WIDTH_MAX_BINS : nodes[k].code;
      factor[k] = exp (-nodes[k].change);
    }
  for (gsize i = 0; i < fit->n_rows; i++)
    {
      const guint8 *codes = codes_of (fit, i);
      guint at = left[0] + (codes[column[0]] > code[0]);

      at = left[at] + (codes[column[at]] > code[at]);
      fit->ratio[i] *= factor[at];
    }
}

/* The trees on the columns that they look at, in single precision, for the logarithm of sigma: half that of the
 * variance */
static HpWidth *
assemble (const HpWidthBins *bins, const Tree *trees, guint n_trees)
{
  g_autofree guint8 *used = g_malloc0 (bins->n_columns);
  g_autofree guint16 *place = g_new (guint16, bins->n_columns);
  guint32 columns[HP_WIDTH_MAX_COLUMNS];
  guint n_columns = 0;
  HpModel *model;

  for (guint t = 0; t < n_trees; t++)
    for (guint k = 0; k < trees[t].n_nodes; k++)
      if (trees[t].nodes[k].left > 0)
        used[trees[t].nodes[k].column] = 1;
  for (guint c = 0; c < bins->n_columns; c++)
    if (used[c])
      {
        place[c] = n_columns;
        columns[n_columns++] = c;
      }

  model = hp_model_new_trees (HP_TARGET_LOG, n_columns, 0);
  for (guint t = 0; t < n_trees; t++)
    {
      HpNode nodes[MAX_NODES] = { 0 };

      for (guint k = 0; k < trees[t].n_nodes; k++)
        {
          const Node *node = &trees[t].nodes[k];

          nodes[k].count = node->n;
          nodes[k].left = node->left > 0 ? node->left : -1;
          nodes[k].default_left = node->left > 0;
          if (node->left > 0)
            {
              nodes[k].feature = place[node->column];
              nodes[k].value = bins->cuts[(gsize) node->column * HP_WIDTH_MAX_BINS + node->code - 1];
            }
          else
            nodes[k].value = (float) (node->change / 2);
        }
      hp_model_add_tree (model, nodes, trees[t].n_nodes);
    }
  return _hp_width_new (bins->n_features, columns, n_columns, model);
}

static void
start_ratios (Fit *fit, const double *residual)
{
  double mean = 0;

  for (gsize i = 0; i < fit->n_rows; i++)
    {
      fit->ratio[i] = residual[fit->rows[i]] * residual[fit->rows[i]];
      mean += fit->ratio[i] / (double) fit->n_rows;
    }
  for (gsize i = 0; i < fit->n_rows; i++)
    fit->ratio[i] = mean > 0 ? fit->ratio[i] / mean : 1;
}

/* At most MAX_ROWS of the rows, evenly: two hundred leaves need no more */
static guint32 *
thin_out (const guint32 *rows, gsize n, gsize *n_kept)
{
  guint32 *kept;

  *n_kept = MIN (n, MAX_ROWS);
  kept = g_new (guint32, *n_kept + 1);
  for (gsize i = 0; i < *n_kept; i++)
    kept[i] = rows[i * n / *n_kept];
  return kept;
}

HpWidth *
_hp_width_fit (const HpWidthBins *bins, const double *residual, const guint32 *rows, gsize n)
{
  gsize n_rows;
  g_autofree guint32 *kept = thin_out (rows, n, &n_rows);
  g_autofree double *ratio = g_new (double, n_rows + 1);
  g_autofree guint32 *sample = g_new (guint32, n_rows + 1);
  g_autofree guint32 *columns = g_new (guint32, bins->n_columns);
  Sum histograms[TREE_COLUMNS + 1][HP_WIDTH_MAX_BINS], others[TREE_COLUMNS + 1][HP_WIDTH_MAX_BINS];
  Fit fit = { bins, kept, n_rows, ratio, sample, columns, 0, histograms, others, { .n_nodes = 0 } };
  Tree trees[N_TREES];

  start_ratios (&fit, residual);
  for (guint t = 0; t < N_TREES; t++)
    {
      HpRandom random;

      hp_random_init (&random, SEED, t);
      draw_columns (&fit, &random);
      grow (&fit, draw_sample (&fit, &random));
      update_ratios (&fit);
      trees[t] = fit.tree;
    }
  return assemble (bins, trees, N_TREES);
}
