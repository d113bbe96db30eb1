/* test-influence.c - leverage, residuals and Cook's distances: against statsmodels, and against leaving sales out
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hp-ridge.h"

#include <math.h>

#include "golden/influence.h"
#include "sample.h"

static HpInfluence *
influence_of (HpTargetChoice target, double lambda, const int *monotone, const float *features, const double *price,
              gsize n, guint p)
{
  HpRidgeParams params = { .target = target, .lambda = lambda, .monotone = monotone, .folds = 5, .seed = 1 };
  g_autoptr (GError) error = NULL;
  HpInfluence *influence = NULL;
  g_autoptr (HpModel) model = hp_ridge_fit (&params, features, price, n, p, &influence, &error);

  g_assert_no_error (error);
  g_assert_nonnull (model);
  return influence;
}

static void
check (const HpInfluence *influence, const double *leverage, const double *residual, const double *cook, double sigma)
{
  double sum = 0;

  g_assert_cmpuint (influence->n, ==, INFLUENCE_N);
  g_assert_cmpfloat_with_epsilon (influence->sigma, sigma, 1e-9 * sigma);
  for (guint i = 0; i < INFLUENCE_N; i++)
    {
      g_assert_cmpfloat_with_epsilon (influence->leverage[i], leverage[i], 1e-9);
      g_assert_cmpfloat_with_epsilon (influence->residual[i], residual[i], 1e-8);
      g_assert_cmpfloat_with_epsilon (influence->cook[i], cook[i], 1e-8 * (1 + cook[i]));
      sum += leverage[i];
    }
  g_assert_cmpfloat_with_epsilon (influence->parameters, sum, 1e-9);
}

static void
test_statsmodels (void)
{
  g_autoptr (HpInfluence) log_influence
    = influence_of (HP_TARGET_CHOICE_LOG, 0, NULL, influence_features, influence_price, INFLUENCE_N, INFLUENCE_P);
  g_autoptr (HpInfluence) plain
    = influence_of (HP_TARGET_CHOICE_PLAIN, 0, NULL, influence_features, influence_price, INFLUENCE_N, INFLUENCE_P);
  g_autofree guint32 *largest = NULL;
  gsize n;

  check (log_influence, influence_log_leverage, influence_log_residual, influence_log_cook, influence_log_sigma);
  check (plain, influence_plain_leverage, influence_plain_residual, influence_plain_cook, influence_plain_sigma);
  g_assert_cmpint (log_influence->target, ==, HP_TARGET_LOG);
  g_assert_cmpint (plain->target, ==, HP_TARGET_PLAIN);
  g_assert_cmpfloat (log_influence->lambda, ==, 0);
  g_assert_cmpfloat_with_epsilon (log_influence->parameters, INFLUENCE_P + 1, 1e-9);

  /* the sale that was put far out, and its place on the contour of its own distance */
  largest = hp_influence_get_largest (log_influence, 1, &n);
  g_assert_cmpuint (largest[0], ==, 4);
  g_assert_cmpfloat (log_influence->leverage[4], >, hp_influence_get_high_leverage (log_influence));
  g_assert_cmpfloat (log_influence->cook[4], >, hp_influence_get_large_cook (log_influence));
  for (guint i = 0; i < INFLUENCE_N; i++)
    g_assert_cmpfloat_with_epsilon (hp_influence_get_contour (log_influence, log_influence->cook[i],
                                                              log_influence->leverage[i]),
                                    fabs (log_influence->residual[i]), 1e-8);
}

static void
test_ridge (void)
{
  const int monotone[INFLUENCE_P] = { 0, 1, 0, 0 };
  g_autoptr (HpInfluence) ridge = influence_of (HP_TARGET_CHOICE_LOG, INFLUENCE_PENALTY, NULL, influence_features,
                                                influence_price, INFLUENCE_N, INFLUENCE_P);
  g_autoptr (HpInfluence) held = influence_of (HP_TARGET_CHOICE_LOG, INFLUENCE_PENALTY, monotone, influence_features,
                                               influence_price, INFLUENCE_N, INFLUENCE_P);

  check (ridge, influence_ridge_leverage, influence_ridge_residual, influence_ridge_cook, influence_ridge_sigma);
  g_assert_cmpfloat_with_epsilon (ridge->parameters, influence_ridge_parameters, 1e-9);
  g_assert_cmpfloat (ridge->lambda, ==, INFLUENCE_PENALTY);
  check (held, influence_held_leverage, influence_held_residual, influence_held_cook, influence_held_sigma);
  g_assert_cmpfloat_with_epsilon (held->parameters, influence_held_parameters, 1e-9);
}

/* More sales than are solved for at once: the same as of each by itself, from the definition of the sums */
static void
test_blocks (void)
{
  enum
  {
    N = 700,
    P = 3
  };
  g_autofree float *features = sample_features (N, P, 0, 0, 5);
  g_autofree double *price = g_new (double, N);
  g_autoptr (HpInfluence) influence = NULL;
  double leverage = 0, squares = 0;
  HpRandom random;

  hp_random_init (&random, 5, 1);
  for (guint i = 0; i < N; i++)
    price[i] = exp (11 + features[i * P] + 0.2 * hp_random_normal (&random));
  influence = influence_of (HP_TARGET_CHOICE_LOG, 1e-6, NULL, features, price, N, P);
  g_assert_cmpuint (influence->n, ==, N);
  for (guint i = 0; i < N; i++)
    {
      leverage += influence->leverage[i];
      squares += influence->residual[i] * influence->residual[i] * (1 - influence->leverage[i]);
      g_assert_cmpfloat (influence->leverage[i], >, 1.0 / N - 1e-9);
      g_assert_cmpuint (influence->row[i], ==, 0);
    }
  g_assert_cmpfloat_with_epsilon (leverage, P + 1, 1e-4);
  g_assert_cmpfloat_with_epsilon (squares, N - P - 1, 1e-3);
  g_assert_cmpfloat_with_epsilon (influence->sigma, 0.2, 0.02);
}

/* Nothing to divide by: no influence, and not a number that is none */
static void
test_degenerate (void)
{
  const float one[] = { -1, 0, 1, 0 }, single[] = { 0.75f, -0.25f, -0.25f, -0.25f };
  const double price[] = { 100, 200, 400, 210 }, same[] = { 300, 300, 300, 300 };
  g_autoptr (HpInfluence) none
    = influence_of (HP_TARGET_CHOICE_LOG, 1e-3, NULL, influence_features, influence_price, 4, INFLUENCE_P);
  g_autoptr (HpInfluence) equal = influence_of (HP_TARGET_CHOICE_PLAIN, 1, NULL, one, same, 4, 1);
  g_autoptr (HpInfluence) alone = influence_of (HP_TARGET_CHOICE_LOG, 0, NULL, single, price, 4, 1);

  /* four sales, five coefficients */
  g_assert_null (none);
  for (guint i = 0; i < 4; i++)
    {
      g_assert_cmpfloat (equal->cook[i], ==, 0);
      g_assert_true (isfinite (alone->residual[i]) && isfinite (alone->cook[i]));
    }
  /* the only one with that category */
  g_assert_cmpfloat_with_epsilon (alone->leverage[0], 1, 1e-9);
  g_assert_cmpfloat (alone->residual[0], ==, 0);
  g_assert_cmpfloat (alone->cook[0], ==, 0);
  g_assert_cmpfloat (alone->cook[1], >, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/influence/statsmodels", test_statsmodels);
  g_test_add_func ("/influence/ridge", test_ridge);
  g_test_add_func ("/influence/blocks", test_blocks);
  g_test_add_func ("/influence/degenerate", test_degenerate);
  return g_test_run ();
}
