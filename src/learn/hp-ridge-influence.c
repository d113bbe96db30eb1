/* hp-ridge-influence.c - which sales a ridge regression leans on
 *
 * With A = X'X + lambda D, D the identity but for the intercept, the hat matrix is H = X A⁻¹ X'. A sale's row x is all
 * that is needed of it: w = A⁻¹ x gives its leverage h = x'w, and (H H)ᵢᵢ = w'X'X w = h - lambda w'D w. So nothing of
 * the size of the sales squared is made.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hp-ridge-private.h"

#include <lapacke.h>
#include <math.h>
#include <string.h>

/* Sales that are solved for at once */
#define BLOCK 256

/* A residual of a sale that alone decides on a coefficient is nothing but rounding */
#define LEAST_FREEDOM 1e-9

typedef struct
{
  double h, hh; /* diagonals of the hat matrix and of its square */
} Hat;

/* 1 where the feature is penalised: not the intercept, nor one that is held at zero and so isn't there */
static double *
penalised (const HpRidgeSolution *solution)
{
  double *weight = g_new0 (double, solution->p);

  for (guint j = 0; j + 1 < solution->p; j++)
    weight[j] = solution->held[j] ? 0 : 1;
  return weight;
}

/* The Cholesky factor of A; row-major upper is LAPACK's lower */
static double *
factorise (const HpRidgeSolution *solution)
{
  guint p = solution->p;
  double *a = g_memdup2 (solution->gram, (gsize) p * p * sizeof *a);

  for (guint j = 0; j + 1 < p; j++)
    a[(gsize) j * p + j] += solution->lambda;
  for (guint j = 0; j < p; j++)
    if (solution->held[j])
      {
        for (guint k = 0; k < p; k++)
          a[(gsize) MIN (j, k) * p + MAX (j, k)] = 0;
        a[(gsize) j * p + j] = 1;
      }
  if (LAPACKE_dpotrf (LAPACK_COL_MAJOR, 'L', p, a, p) == 0)
    return a;
  g_free (a);
  return NULL;
}

/* hat: of each sale; residual: on the target's scale */
static gboolean
walk (const HpRidgeSolution *solution, const float *features, const double *y, gsize n, const double *factor, Hat *hat,
      double *residual)
{
  guint p = solution->p, n_features = p - 1;
  g_autofree double *x = g_new (double, (gsize) BLOCK *p), *w = g_new (double, (gsize) BLOCK *p);
  g_autofree double *weight = penalised (solution);

  for (gsize first = 0; first < n; first += BLOCK)
    {
      gsize count = MIN (n - first, BLOCK);

      for (gsize i = 0; i < count; i++)
        {
          const float *row = features + (first + i) * n_features;

          for (guint j = 0; j < n_features; j++)
            x[i * p + j] = solution->held[j] ? 0 : row[j];
          x[i * p + n_features] = 1;
        }
      memcpy (w, x, count * p * sizeof *w);
      if (LAPACKE_dpotrs (LAPACK_COL_MAJOR, 'L', p, (lapack_int) count, factor, p, w, p) != 0)
        return FALSE;
      for (gsize i = 0; i < count; i++)
        {
          double h = 0, shrunk = 0, fitted = 0;

          for (guint j = 0; j < p; j++)
            {
              double wj = w[i * p + j];

              h += x[i * p + j] * wj;
              shrunk += weight[j] * wj * wj;
              fitted += x[i * p + j] * solution->beta[j];
            }
          hat[first + i].h = CLAMP (h, 0, 1);
          hat[first + i].hh = CLAMP (h - solution->lambda * shrunk, 0, 1);
          residual[first + i] = y[first + i] - fitted;
        }
    }
  return TRUE;
}

/**
 * _hp_ridge_influence:
 * @solution: the equations and their solution
 * @features: (array): @n rows of features
 * @y: (array length=n): prices, on the scale that was fitted
 * @n: number of sales
 *
 * Leverage is the diagonal of the hat matrix. A residual is divided by its standard error sigma √(1 - 2h + (HH)ᵢᵢ),
 * which without a penalty is the usual sigma √(1 - h); sigma² is the sum of squared residuals by n - tr (2H - HH).
 * Cook's distance is what leaving the sale out, the penalty as it is, would change in all fitted values: Σ (ŷⱼ -
 * ŷⱼ₍ᵢ₎)² / (tr (H) sigma²), exactly (Cook 1977; for ridge Walker & Birch 1988). All three are 0 of a sale that alone
 * decides on a coefficient, but for leverage.
 *
 * Returns: (transfer full) (nullable): rows are 0; %NULL if less than one degree of freedom is left
 */
HpInfluence *
_hp_ridge_influence (const HpRidgeSolution *solution, const float *features, const double *y, gsize n)
{
  g_autofree double *factor = factorise (solution);
  g_autofree Hat *hat = g_new (Hat, n + 1);
  g_autoptr (HpInfluence) influence = hp_influence_new (n);
  double trace = 0, trace_2 = 0, squares = 0, variance;

  if (factor == NULL || !walk (solution, features, y, n, factor, hat, influence->residual))
    return NULL;
  for (gsize i = 0; i < n; i++)
    {
      trace += hat[i].h;
      trace_2 += hat[i].hh;
      squares += influence->residual[i] * influence->residual[i];
    }
  variance = squares / ((double) n - 2 * trace + trace_2);
  if (!((double) n - 2 * trace + trace_2 >= 1) || !isfinite (variance))
    return NULL;

  influence->target = solution->target;
  influence->lambda = solution->lambda;
  influence->parameters = trace;
  influence->sigma = sqrt (variance);
  for (gsize i = 0; i < n; i++)
    {
      double e = influence->residual[i], freedom = 1 - 2 * hat[i].h + hat[i].hh;
      gboolean defined = 1 - hat[i].h > LEAST_FREEDOM && freedom > LEAST_FREEDOM && variance > 0;

      influence->leverage[i] = hat[i].h;
      influence->residual[i] = defined ? e / sqrt (variance * freedom) : 0;
      influence->cook[i] = defined ? e * e * hat[i].hh / ((1 - hat[i].h) * (1 - hat[i].h) * trace * variance) : 0;
    }
  return g_steal_pointer (&influence);
}
