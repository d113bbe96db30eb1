/* hp-ridge.c - ridge regression on LAPACK
 *
 * The normal equations are gathered once a fold; the equations of "all but this fold" are the total less the
 * fold's, so that choosing among penalties and scales costs a few small Cholesky solutions and not another pass.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hp-ridge-private.h"

#include <lapacke.h>
#include <math.h>
#include <string.h>

#include "config.h"
#include <glib/gi18n-lib.h>

#include "hp-error.h"
#include "hp-random.h"

enum
{
  PLAIN,
  LOG,
  N_SCALES
};

static const double lambdas[] = { 0.1, 1, 3, 10, 30, 100 };

/* Sums over some rows: X'X (upper triangle, row-major, with the intercept's column of ones last), X'y of both scales */
typedef struct
{
  guint p;      /* features and intercept */
  double *gram; /* p × p */
  double *moment[N_SCALES];
} Equations;

static Equations *
equations_new (guint p)
{
  Equations *e = g_new0 (Equations, 1);

  e->p = p;
  e->gram = g_new0 (double, (gsize) p *p);
  for (int s = 0; s < N_SCALES; s++)
    e->moment[s] = g_new0 (double, p);
  return e;
}

static void
equations_free (Equations *e)
{
  g_free (e->gram);
  for (int s = 0; s < N_SCALES; s++)
    g_free (e->moment[s]);
  g_free (e);
}

/* Adds sign × the sums of another set of rows */
static void
equations_add (Equations *e, const Equations *other, double sign)
{
  for (gsize i = 0; i < (gsize) e->p * e->p; i++)
    e->gram[i] += sign * other->gram[i];
  for (int s = 0; s < N_SCALES; s++)
    for (guint i = 0; i < e->p; i++)
      e->moment[s][i] += sign * other->moment[s][i];
}

static void
equations_add_row (Equations *e, const double *x, const double *y)
{
  guint p = e->p;

  for (guint i = 0; i < p; i++)
    {
      double xi = x[i], *row = e->gram + (gsize) i * p;

      if (xi == 0)
        continue;
      for (guint j = i; j < p; j++)
        row[j] += xi * x[j];
      for (int s = 0; s < N_SCALES; s++)
        e->moment[s][i] += xi * y[s];
    }
}

/* A pivot that keeps less than this of its diagonal is rounding, and the features have no single solution */
#define LEAST_PIVOT 1e-13

/* Solves (X'X + lambda I) beta = X'y, the intercept unpenalised, with the features marked in held kept at zero */
static gboolean
solve (const Equations *e, int scale, double lambda, const gboolean *held, double *beta)
{
  guint p = e->p;
  g_autofree double *a = g_memdup2 (e->gram, (gsize) p * p * sizeof *a);
  g_autofree double *diagonal = g_new (double, p);

  memcpy (beta, e->moment[scale], p * sizeof *beta);
  for (guint i = 0; i + 1 < p; i++)
    a[(gsize) i * p + i] += lambda;
  for (guint i = 0; held != NULL && i < p; i++)
    if (held[i])
      {
        for (guint j = 0; j < p; j++)
          a[(gsize) MIN (i, j) * p + MAX (i, j)] = 0;
        a[(gsize) i * p + i] = 1;
        beta[i] = 0;
      }
  for (guint i = 0; i < p; i++)
    diagonal[i] = a[(gsize) i * p + i];
  if (LAPACKE_dposv (LAPACK_ROW_MAJOR, 'U', p, 1, a, p, beta, 1) != 0)
    return FALSE;
  for (guint i = 0; i < p; i++)
    if (!(a[(gsize) i * p + i] * a[(gsize) i * p + i] > LEAST_PIVOT * diagonal[i]))
      return FALSE;
  return TRUE;
}

/* Coefficients that break their sign are held at zero, one round after another, until none does. held: (out) p of them */
static gboolean
solve_constrained (const Equations *e, int scale, double lambda, const int *monotone, double *beta, gboolean *held)
{
  memset (held, 0, e->p * sizeof *held);
  for (guint round = 0; round <= e->p; round++)
    {
      gboolean broken = FALSE;

      if (!solve (e, scale, lambda, held, beta))
        return FALSE;
      for (guint i = 0; monotone != NULL && i + 1 < e->p; i++)
        if (!held[i] && monotone[i] * beta[i] < 0)
          held[i] = broken = TRUE;
      if (!broken)
        break;
    }
  return TRUE;
}

static void
expand (const float *features, guint n_features, double *x)
{
  for (guint j = 0; j < n_features; j++)
    x[j] = features[j];
  x[n_features] = 1;
}

static double
dot (const double *a, const double *b, guint n)
{
  double sum = 0;

  for (guint i = 0; i < n; i++)
    sum += a[i] * b[i];
  return sum;
}

typedef struct
{
  int scale;
  double lambda;
} Choice;

/* The scale and penalty with the lowest cross-validated MAE in the currency */
static Choice
choose (const HpRidgeParams *params, const float *features, const double *price, const guint8 *fold, gsize n,
        guint n_features, const Equations *total, Equations **parts)
{
  guint p = n_features + 1, n_lambdas = params->lambda >= 0 ? 1 : G_N_ELEMENTS (lambdas);
  /* what it is when there are too few rows to tell */
  Choice best = { params->target == HP_TARGET_CHOICE_PLAIN ? PLAIN : LOG, params->lambda >= 0 ? params->lambda : 1 };
  double best_error = INFINITY;
  g_autofree double *x = g_new0 (double, p);
  /* beta of each fold, scale and penalty, then one pass over the rows */
  gsize n_choices = (gsize) N_SCALES * n_lambdas;
  g_autofree double *beta = g_new (double, params->folds *n_choices *p);
  g_autofree double *error = g_new0 (double, n_choices);
  g_autofree gboolean *held = g_new (gboolean, p);
  g_autoptr (GArray) usable = g_array_new (FALSE, TRUE, sizeof (gboolean));

  g_array_set_size (usable, n_choices);
  for (gsize c = 0; c < n_choices; c++)
    {
      int scale = c % N_SCALES;

      g_array_index (usable, gboolean, c) = !(params->target == HP_TARGET_CHOICE_LOG && scale != LOG)
                                            && !(params->target == HP_TARGET_CHOICE_PLAIN && scale != PLAIN);
    }
  for (guint k = 0; k < params->folds; k++)
    {
      Equations *rest = equations_new (p);

      equations_add (rest, total, 1);
      equations_add (rest, parts[k], -1);
      for (gsize c = 0; c < n_choices; c++)
        if (g_array_index (usable, gboolean, c))
          g_array_index (usable, gboolean, c)
            = solve_constrained (rest, c % N_SCALES, params->lambda >= 0 ? params->lambda : lambdas[c / N_SCALES],
                                 params->monotone, beta + (k * n_choices + c) * p, held);
      equations_free (rest);
    }
  for (gsize i = 0; i < n; i++)
    {
      expand (features + i * n_features, n_features, x);
      for (gsize c = 0; c < n_choices; c++)
        if (g_array_index (usable, gboolean, c))
          {
            double margin = dot (x, beta + (fold[i] * n_choices + c) * p, p);

            error[c]
              += fabs (price[i] - hp_price_from_margin (c % N_SCALES == LOG ? HP_TARGET_LOG : HP_TARGET_PLAIN, margin));
          }
    }
  for (gsize c = 0; c < n_choices; c++)
    if (g_array_index (usable, gboolean, c) && error[c] < best_error)
      {
        best_error = error[c];
        best = (Choice){ c % N_SCALES, params->lambda >= 0 ? params->lambda : lambdas[c / N_SCALES] };
      }
  return best;
}

static HpInfluence *
measure_influence (Choice choice, const Equations *total, const gboolean *held, const double *beta,
                   const float *features, const double *price, gsize n)
{
  HpRidgeSolution solution = { .p = total->p,
                               .gram = total->gram,
                               .lambda = choice.lambda,
                               .held = held,
                               .beta = beta,
                               .target = choice.scale == LOG ? HP_TARGET_LOG : HP_TARGET_PLAIN };
  g_autofree double *y = g_new (double, n + 1);

  for (gsize i = 0; i < n; i++)
    y[i] = choice.scale == LOG ? log (price[i]) : price[i];
  return _hp_ridge_influence (&solution, features, y, n);
}

/**
 * hp_ridge_fit:
 * @params: penalty, scale, constraints
 * @features: @n × @n_features, row-major, standardised, no NaN
 * @price: @n prices
 * @n: number of rows
 * @n_features: number of features
 * @influence: (out) (optional) (nullable): how much each row has to say; %NULL where no degree of freedom is left
 * @error: return location: %HP_ERROR_FAILED
 *
 * Ridge regression (Hoerl & Kennard 1970) by Cholesky factorisation of the normal equations.
 *
 * Returns: (transfer full) (nullable): the model
 */
HpModel *
hp_ridge_fit (const HpRidgeParams *params, const float *features, const double *price, gsize n, guint n_features,
              HpInfluence **influence, GError **error)
{
  guint p = n_features + 1;
  g_autofree double *x = g_new0 (double, p);
  g_autofree double *beta = g_new (double, p);
  g_autofree gboolean *held = g_new (gboolean, p);
  g_autofree guint8 *fold = g_malloc (n + 1);
  g_autofree Equations **parts = g_new (Equations *, params->folds);
  Equations *total = equations_new (p);
  gboolean solved;
  Choice choice;
  HpRandom random;

  hp_random_init (&random, params->seed, 0);
  for (guint k = 0; k < params->folds; k++)
    parts[k] = equations_new (p);
  for (gsize i = 0; i < n; i++)
    {
      double y[N_SCALES] = { price[i], price[i] > 0 ? log (price[i]) : 0 };

      fold[i] = hp_random_below (&random, params->folds);
      expand (features + i * n_features, n_features, x);
      equations_add_row (parts[fold[i]], x, y);
    }
  for (guint k = 0; k < params->folds; k++)
    equations_add (total, parts[k], 1);

  choice = choose (params, features, price, fold, n, n_features, total, parts);
  solved = solve_constrained (total, choice.scale, choice.lambda, params->monotone, beta, held);
  if (influence != NULL)
    *influence = solved ? measure_influence (choice, total, held, beta, features, price, n) : NULL;
  for (guint k = 0; k < params->folds; k++)
    equations_free (parts[k]);
  equations_free (total);
  if (!solved)
    {
      hp_set_error (error, HP_ERROR_FAILED, NULL,
                    _ ("the linear model's equations have no single solution; raise its penalty (lambda) above %g"),
                    choice.lambda);
      return NULL;
    }
  return hp_model_new_linear (choice.scale == LOG ? HP_TARGET_LOG : HP_TARGET_PLAIN, n_features, beta[n_features],
                              beta);
}
