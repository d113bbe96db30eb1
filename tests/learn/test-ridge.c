/* test-ridge.c - against numpy, and against cross-validation done the long way
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hp-ridge.h"

#include "golden/ridge.h"
#include "hp-error.h"
#include "sample.h"

static HpModel *
fit (const HpRidgeParams *params, const float *features, const double *price, gsize n, guint p)
{
  g_autoptr (GError) error = NULL;
  HpModel *model = hp_ridge_fit (params, features, price, n, p, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpint (hp_model_get_kind (model), ==, HP_MODEL_LINEAR);
  g_assert_cmpuint (hp_model_get_n_features (model), ==, p);
  return model;
}

static void
check (const HpModel *model, HpTarget target, const double *expected, double epsilon)
{
  const double *beta = hp_model_get_coefficients (model);

  g_assert_cmpint (hp_model_get_target (model), ==, target);
  for (guint j = 0; j < RIDGE_P; j++)
    g_assert_cmpfloat_with_epsilon (beta[j], expected[j], epsilon);
  g_assert_cmpfloat_with_epsilon (hp_model_get_intercept (model), expected[RIDGE_P], epsilon);
}

static void
test_golden (void)
{
  const int monotone[RIDGE_P] = { 1, 1, 0, 0, 0, 1 };
  HpRidgeParams params = { .target = HP_TARGET_CHOICE_PLAIN, .lambda = 3, .folds = 5, .seed = 1 };
  g_autoptr (HpModel) plain = fit (&params, ridge_features, ridge_price, RIDGE_N, RIDGE_P);

  check (plain, HP_TARGET_PLAIN, ridge_plain_3, 1e-6);
  params.target = HP_TARGET_CHOICE_LOG;

  g_autoptr (HpModel) log_3 = fit (&params, ridge_features, ridge_price, RIDGE_N, RIDGE_P);

  check (log_3, HP_TARGET_LOG, ridge_log_3, 1e-11);

  /* prices that fall where they must rise: the coefficient is zero, the others as if the feature weren't there */
  params.monotone = monotone;

  g_autoptr (HpModel) held = fit (&params, ridge_features, ridge_price, RIDGE_N, RIDGE_P);

  check (held, HP_TARGET_LOG, ridge_log_held, 1e-11);
  params.monotone = NULL;
  params.lambda = 100;

  g_autoptr (HpModel) log_100 = fit (&params, ridge_features, ridge_price, RIDGE_N, RIDGE_P);

  check (log_100, HP_TARGET_LOG, ridge_log_100, 1e-11);
}

/* Two columns that are the same share their weight, however small the penalty */
static void
test_collinear (void)
{
  HpRidgeParams params = { .target = HP_TARGET_CHOICE_LOG, .lambda = 1e-9, .folds = 5, .seed = 1 };
  g_autoptr (HpModel) model = fit (&params, ridge_features, ridge_price, RIDGE_N, RIDGE_P);
  const double *beta = hp_model_get_coefficients (model);

  for (guint j = 0; j < 4; j++)
    g_assert_cmpfloat_with_epsilon (beta[j], ridge_log_free[j], 1e-6);
  g_assert_cmpfloat_with_epsilon (beta[4] + beta[5], ridge_log_free[4] + ridge_log_free[5], 1e-6);

  /* with no penalty at all there is no single solution, and it says so */
  g_autoptr (GError) error = NULL;
  float features[3 * 2] = { -1, -1, 0, 0, 1, 1 };
  double price[3] = { 1, 2, 3 };

  params.lambda = 0;
  params.target = HP_TARGET_CHOICE_PLAIN;
  g_assert_null (hp_ridge_fit (&params, features, price, 3, 2, NULL, &error));
  g_assert_error (error, HP_ERROR, HP_ERROR_FAILED);
  g_assert_nonnull (strstr (error->message, "lambda"));
}

static void
test_fewer_rows_than_features (void)
{
  HpRidgeParams params = { .target = HP_TARGET_CHOICE_PLAIN, .lambda = 2.5, .folds = 5, .seed = 1 };
  g_autoptr (HpModel) model = fit (&params, ridge_features, ridge_price, 4, RIDGE_P);

  check (model, HP_TARGET_PLAIN, ridge_few, 1e-6);
}

/* Whatever the folds look like: with one row, or two, there is a mean at least */
static void
test_hardly_any_rows (void)
{
  const float features[] = { 0, 0, 0, 0, 0, 0 };
  const double price[] = { 100, 100, 100 };

  for (gsize n = 1; n <= 3; n++)
    for (guint64 seed = 1; seed <= 30; seed++)
      {
        HpRidgeParams params = { .target = HP_TARGET_CHOICE_AUTO, .lambda = -1, .folds = 5, .seed = seed };
        g_autoptr (HpModel) model = fit (&params, features, price, n, 2);
        double predicted;

        hp_model_predict (model, features, 1, &predicted);
        g_assert_cmpfloat_with_epsilon (predicted, 100, 1e-9);
      }
}

/* A column that never changes gets no weight, and no trouble */
static void
test_constant_column (void)
{
  enum
  {
    N = 50
  };
  g_autofree float *features = sample_features (N, 2, 0, 0, 51);
  g_autofree double *price = g_new (double, N);
  HpRidgeParams params = { .target = HP_TARGET_CHOICE_AUTO, .lambda = -1, .folds = 5, .seed = 1 };
  g_autoptr (HpModel) model = NULL;

  for (gsize i = 0; i < N; i++)
    {
      price[i] = 1000 + 500 * features[2 * i];
      features[2 * i + 1] = 0;
    }
  model = fit (&params, features, price, N, 2);
  g_assert_cmpfloat (hp_model_get_coefficients (model)[1], ==, 0);
  g_assert_cmpfloat (hp_model_get_coefficients (model)[0], >, 0);
}

static double
error_of (const HpModel *model, const float *features, const double *price, const guint8 *fold, guint k, gsize n,
          guint p)
{
  double sum = 0;

  for (gsize i = 0; i < n; i++)
    if (fold[i] == k)
      {
        double predicted;

        hp_model_predict (model, features + i * p, 1, &predicted);
        sum += fabs (price[i] - predicted);
      }
  return sum;
}

/* The choice of scale and penalty is the one that fitting each fold's rest by itself would make */
static void
test_choice (void)
{
  enum
  {
    N = 120,
    P = 12,
    FOLDS = 5
  };
  const double lambdas[] = { 0.1, 1, 3, 10, 30, 100 };
  guint found = 0;
  guint chosen_lambdas[G_N_ELEMENTS (lambdas)] = { 0 };

  for (guint64 seed = 1; seed <= 24; seed++)
    {
      g_autofree float *features = sample_features (N, P, 0, 0, seed);
      g_autofree float *rest = g_new (float, N *P);
      g_autofree double *price = g_new (double, N), *rest_price = g_new (double, N);
      guint8 fold[N];
      HpRidgeParams params = { .target = HP_TARGET_CHOICE_AUTO, .lambda = -1, .folds = FOLDS, .seed = seed };
      g_autoptr (HpModel) model = NULL, best_model = NULL;
      double best = INFINITY;
      guint best_scale = 0, best_lambda = 0;
      HpRandom random;

      hp_random_init (&random, seed, 7);
      for (gsize i = 0; i < N * P; i++)
        features[i] = (features[i] - 0.5f) * 3.4f;
      for (gsize i = 0; i < N; i++)
        {
          double margin = 0, noise = (seed % 4 == 0 ? 0.05 : 1) * hp_random_normal (&random);

          for (guint j = 0; j < 3; j++)
            margin += (j + 1) * 0.3 * features[i * P + j];
          price[i] = seed % 2 ? exp (5 + margin + 0.4 * noise) : 1000 + 200 * margin + 80 * noise;
        }
      hp_random_init (&random, seed, 0);
      for (gsize i = 0; i < N; i++)
        fold[i] = hp_random_below (&random, FOLDS);
      for (guint scale = 0; scale < 2; scale++)
        for (guint l = 0; l < G_N_ELEMENTS (lambdas); l++)
          {
            HpRidgeParams fixed = { .target = scale == 0 ? HP_TARGET_CHOICE_PLAIN : HP_TARGET_CHOICE_LOG,
                                    .lambda = lambdas[l],
                                    .folds = FOLDS,
                                    .seed = 3 };
            double sum = 0;

            for (guint k = 0; k < FOLDS; k++)
              {
                g_autoptr (HpModel) part = NULL;
                gsize n = 0;

                for (gsize i = 0; i < N; i++)
                  if (fold[i] != k)
                    {
                      memcpy (rest + n * P, features + i * P, P * sizeof *rest);
                      rest_price[n++] = price[i];
                    }
                part = fit (&fixed, rest, rest_price, n, P);
                sum += error_of (part, features, price, fold, k, N, P);
              }
            if (sum < best)
              {
                best = sum;
                g_clear_pointer (&best_model, hp_model_unref);
                best_model = fit (&fixed, features, price, N, P);
                best_scale = scale;
                best_lambda = l;
              }
          }
      model = fit (&params, features, price, N, P);
      g_assert_cmpint (hp_model_get_target (model), ==, hp_model_get_target (best_model));
      for (guint j = 0; j < P; j++)
        g_assert_cmpfloat_with_epsilon (hp_model_get_coefficients (model)[j], hp_model_get_coefficients (best_model)[j],
                                        1e-9);
      chosen_lambdas[best_lambda]++;
      found += best_scale == seed % 2;
    }
  /* prices that are made on one scale are mostly found to be */
  g_assert_cmpuint (found, >=, 20);
  g_assert_cmpuint (chosen_lambdas[0], >, 0);
  g_assert_cmpuint (chosen_lambdas[0], <, 24);
}

/* Many features that say nothing: the penalty is large, and signs are kept while it is chosen */
static void
test_noise_and_signs (void)
{
  enum
  {
    N = 60,
    P = 30
  };
  g_autofree float *features = sample_features (N, P, 0, 0, 52);
  g_autofree double *price = g_new (double, N);
  int monotone[P];
  HpRidgeParams params = { .target = HP_TARGET_CHOICE_AUTO, .lambda = -1, .monotone = monotone, .folds = 5, .seed = 1 };
  guint zeros = 0;
  HpRandom random;

  hp_random_init (&random, 52, 7);
  for (gsize i = 0; i < N * P; i++)
    features[i] = (features[i] - 0.5f) * 3.4f;
  for (gsize i = 0; i < N; i++)
    price[i] = exp (12 + 0.3 * hp_random_normal (&random));
  for (guint j = 0; j < P; j++)
    monotone[j] = (int) (j % 3) - 1;

  g_autoptr (HpModel) model = fit (&params, features, price, N, P);
  const double *beta = hp_model_get_coefficients (model);

  for (guint j = 0; j < P; j++)
    {
      g_assert_cmpfloat (monotone[j] * beta[j], >=, 0);
      zeros += beta[j] == 0;
      g_assert_cmpfloat (fabs (beta[j]), <, hp_model_get_target (model) == HP_TARGET_LOG ? 0.1 : 20000);
    }
  g_assert_cmpuint (zeros, >=, 5);
  g_assert_cmpuint (zeros, <=, 15);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ridge/golden", test_golden);
  g_test_add_func ("/ridge/collinear", test_collinear);
  g_test_add_func ("/ridge/fewer-rows-than-features", test_fewer_rows_than_features);
  g_test_add_func ("/ridge/hardly-any-rows", test_hardly_any_rows);
  g_test_add_func ("/ridge/constant-column", test_constant_column);
  g_test_add_func ("/ridge/choice", test_choice);
  g_test_add_func ("/ridge/noise-and-signs", test_noise_and_signs);
  return g_test_run ();
}
