/* test-xgboost.c - training with XGBoost, and reading what it wrote
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hp-xgboost.h"

#include "hp-error.h"
#include "sample.h"

static const HpXgboostParams basic = {
  .trees = 60,
  .max_depth = 6,
  .learning_rate = 0.1,
  .subsample = 0.8,
  .features_per_tree = 1,
  .features_per_node = 0.6,
  .min_child_weight = 1,
  .lambda = 1,
  .max_bins = 64,
  .huber_slope = 0.3,
  .seed = 7,
};

static HpModel *
fit (const HpXgboostParams *params, const float *features, const float *target, gsize n, guint p)
{
  g_autoptr (GError) error = NULL;
  HpModel *model = hp_xgboost_fit (params, HP_TARGET_PLAIN, features, target, n, p, NULL, &error);

  g_assert_no_error (error);
  return model;
}

static void
assert_same_model (const HpModel *a, const HpModel *b)
{
  g_assert_cmpfloat (hp_model_get_base (a), ==, hp_model_get_base (b));
  g_assert_cmpuint (hp_model_get_n_trees (a), ==, hp_model_get_n_trees (b));
  for (guint t = 0; t < hp_model_get_n_trees (a); t++)
    {
      gsize n_a, n_b;
      const HpNode *x = hp_model_get_tree (a, t, &n_a), *y = hp_model_get_tree (b, t, &n_b);

      g_assert_cmpmem (x, n_a * sizeof *x, y, n_b * sizeof *y);
    }
}

static void
test_same_model_twice (void)
{
  enum
  {
    N = 400,
    P = 6
  };
  g_autofree float *features = sample_features (N, P, 0, 0.1, 61);
  g_autofree float *target = sample_target (features, N, P, 0.5, 61);
  HpXgboostParams params = basic;
  g_autoptr (HpModel) a = fit (&params, features, target, N, P);
  g_autoptr (HpModel) b = fit (&params, features, target, N, P);
  gsize n_nodes;

  assert_same_model (a, b);
  params.seed = 8;

  g_autoptr (HpModel) c = fit (&params, features, target, N, P);
  gboolean differ = FALSE;

  for (guint t = 0; t < params.trees && !differ; t++)
    differ = memcmp (hp_model_get_tree (a, t, &n_nodes), hp_model_get_tree (c, t, NULL), sizeof (HpNode)) != 0;
  g_assert_true (differ);
}

typedef struct
{
  const float *features, *target;
  HpModel *models[6];
} Side;

static void
fit_side (gsize index, guint worker, gpointer data)
{
  Side *side = data;
  HpXgboostParams params = basic;

  params.trees = 20;
  params.seed = index / 2;
  side->models[index] = fit (&params, side->features, side->target, 400, 6);
}

/* Fits side by side in several threads don't disturb one another */
static void
test_side_by_side (void)
{
  enum
  {
    N = 400,
    P = 6
  };
  g_autofree float *features = sample_features (N, P, 0, 0.1, 62);
  g_autofree float *target = sample_target (features, N, P, 0.5, 62);
  g_autoptr (HpTeam) team = hp_team_new (3);
  Side side = { features, target, { NULL } };

  hp_team_run (team, 6, fit_side, &side);
  for (guint i = 0; i < 6; i += 2)
    {
      assert_same_model (side.models[i], side.models[i + 1]);
      hp_model_unref (side.models[i]);
      hp_model_unref (side.models[i + 1]);
    }
}

static void
test_monotone (void)
{
  enum
  {
    N = 1000,
    P = 3
  };
  const int monotone[P] = { 1, -1, 0 };
  g_autofree float *features = sample_features (N, P, 0, 0, 63);
  g_autofree float *target = sample_target (features, N, P, 0.5, 63);
  HpXgboostParams params = basic;
  g_autoptr (HpModel) model = NULL;

  params.monotone = monotone;
  model = fit (&params, features, target, N, P);
  for (gsize i = 0; i < 100; i++)
    for (guint f = 0; f < 2; f++)
      {
        float x[P];
        double before = 0;

        memcpy (x, features + i * P, sizeof x);
        for (guint step = 0; step <= 200; step++)
          {
            double value;

            x[f] = step / 200.0f;
            value = hp_model_margin_plain (model, x);
            if (step > 0)
              g_assert_cmpfloat (monotone[f] * (value - before), >=, 0);
            before = value;
          }
      }
}

static void
test_cancelled (void)
{
  enum
  {
    N = 100
  };
  g_autofree float *features = sample_features (N, 2, 0, 0, 64);
  g_autofree float *target = sample_target (features, N, 2, 0.5, 64);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (hp_xgboost_fit (&basic, HP_TARGET_PLAIN, features, target, N, 2, cancellable, &error));
  g_assert_error (error, HP_ERROR, HP_ERROR_CANCELLED);
}

/* What XGBoost refuses comes back in its own words */
static void
test_refused (void)
{
  const float features[] = { 1, 2, 3, 4 }, target[] = { 1, 2, 3, 4 };
  HpXgboostParams params = basic;
  g_autoptr (GError) error = NULL;

  params.subsample = -1;
  g_assert_null (hp_xgboost_fit (&params, HP_TARGET_PLAIN, features, target, 4, 1, NULL, &error));
  g_assert_error (error, HP_ERROR, HP_ERROR_FAILED);
  g_assert_null (strchr (error->message, '\n'));
  g_assert_nonnull (strstr (error->message, "subsample"));
}

#define WRAP(base, tree)                                                                                               \
  "{\"learner\":{\"gradient_booster\":{\"model\":{\"trees\":[" tree "]}},\"learner_model_param\":{" base               \
  "}},\"version\":[1,7,4]}"
#define BASE "\"base_score\":\"5E-1\""

static void
test_read (void)
{
  const char *good = WRAP (BASE, "{\"left_children\":[2,-1,-1],\"right_children\":[1,-1,-1],\"split_indices\":[1,0,0],"
                                 "\"default_left\":[1,0,0],\"split_conditions\":[0.5,3,-2],\"sum_hessian\":[9,4,5]}");
  g_autoptr (GError) error = NULL;
  g_autoptr (HpModel) model = hp_xgboost_model_read (good, strlen (good), HP_TARGET_LOG, 2, &error);
  const float left[] = { 0, 0.4f }, right[] = { 0, 0.5f }, missing[] = { 0, NAN };

  g_assert_no_error (error);
  g_assert_cmpint (hp_model_get_target (model), ==, HP_TARGET_LOG);
  g_assert_cmpfloat (hp_model_margin_plain (model, left), ==, 0.5 - 2);
  g_assert_cmpfloat (hp_model_margin_plain (model, right), ==, 0.5 + 3);
  g_assert_cmpfloat (hp_model_margin_plain (model, missing), ==, 0.5 - 2);
}

static void
test_damaged (void)
{
#define LEAF                                                                                                           \
  "\"left_children\":[-1],\"right_children\":[-1],\"split_indices\":[0],\"default_left\":[0],\"split_conditions\":[1]" \
  ",\"sum_hessian\":[1]"
#define SPLIT(left, right, feature)                                                                                    \
  "{\"left_children\":[" left "],\"right_children\":[" right "],\"split_indices\":[" feature                           \
  "],\"default_left\":[0,0,0],\"split_conditions\":[1,1,1],\"sum_hessian\":[2,1,1]}"
  const struct
  {
    const char *json;
    const char *says;
  } cases[] = {
    { "", "XGBoost model:1:1: " },
    { "{}", "no base_score" },
    { WRAP ("", "{" LEAF "}"), "no base_score" },
    { WRAP ("\"base_score\":\"x\"", "{" LEAF "}"), "base_score is not a number" },
    { WRAP ("\"base_score\":0.5", "{" LEAF "}"), "XGBoost model:1:" },
    { WRAP (BASE, "{}"), "a tree is not whole" },
    { WRAP (BASE, "{\"left_children\":[-1]}"), "a tree is not whole" },
    { WRAP (BASE, SPLIT ("1,-1,-1", "7,-1,-1", "0,0,0")), "a tree is not whole" }, /* a child that isn't there */
    { WRAP (BASE, SPLIT ("7,-1,-1", "1,-1,-1", "0,0,0")), "a tree is not whole" },
    { WRAP (BASE, SPLIT ("1,-1,-1", "-1,-1,-1", "0,0,0")), "a tree is not whole" }, /* only one child */
    { WRAP (BASE, SPLIT ("0,-1,-1", "0,-1,-1", "0,0,0")), "a tree is not whole" },  /* a circle */
    { WRAP (BASE, SPLIT ("1,0,-1", "2,0,-1", "0,0,0")), "a tree is not whole" },
    { WRAP (BASE, SPLIT ("1,-1,-1", "2,-1,-1", "2,0,0")), "a tree is not whole" }, /* no such feature */
    { WRAP (BASE, SPLIT ("1,-1,-1", "2,-1,-1", "-1,0,0")), "XGBoost model:1:" },
    { WRAP (BASE, SPLIT ("1,-2,-1", "2,-1,-1", "0,0,0")), "XGBoost model:1:" },
    { WRAP (BASE, "{" LEAF "}") "x", "XGBoost model:1:" },
    { "{\"learner\":[]}", "XGBoost model:1:" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (hp_xgboost_model_read (cases[i].json, strlen (cases[i].json), HP_TARGET_PLAIN, 2, &error));
      g_assert_error (error, HP_ERROR, HP_ERROR_BAD_DATA);
      g_test_message ("%s", error->message);
      g_assert_nonnull (strstr (error->message, cases[i].says));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/xgboost/same-model-twice", test_same_model_twice);
  g_test_add_func ("/xgboost/side-by-side", test_side_by_side);
  g_test_add_func ("/xgboost/monotone", test_monotone);
  g_test_add_func ("/xgboost/cancelled", test_cancelled);
  g_test_add_func ("/xgboost/refused", test_refused);
  g_test_add_func ("/xgboost/read", test_read);
  g_test_add_func ("/xgboost/damaged", test_damaged);
  return g_test_run ();
}
