/* test-categories.c - what imported models need of a model: splits on categories, other targets, single precision
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <string.h>

#include "hp-error.h"
#include "hp-model.h"
#include "hp-random.h"

#define HEAD "{\"format\":2,\"kind\":\"trees\",\"target\":\"exp\",\"n_features\":2,\"base\":1,\"trees\":[\n"
#define TREE(categories)                                                                                               \
  HEAD                                                                                                                 \
    "{\"feature\":[1,0,0],\"value\":[0,1,2],\"left\":[1,-1,-1],\"default_left\":[1,0,0],\"count\":[3,1,2]" categories  \
    "}\n]}\n"

static HpModel *
read_ok (const char *text)
{
  g_autoptr (GError) error = NULL;
  HpModel *model = hp_model_from_json (text, strlen (text), "m.json", &error);

  g_assert_no_error (error);
  return model;
}

/* A category of the set goes right, any other left, missing as the node says; a set may be empty. */
static void
test_split (void)
{
  static const guint32 categories[] = { 0, 2, 7, HP_MODEL_MAX_CATEGORIES - 1 };
  static const struct
  {
    float value;
    gboolean right;
  } cases[] = { { 0, TRUE },         { 2, TRUE },          { 2.9f, TRUE }, { 7, TRUE },      { 16777215, TRUE },
                { 1, FALSE },        { 3, FALSE },         { -1, FALSE },  { -0.5f, FALSE }, { 16777216, FALSE },
                { INFINITY, FALSE }, { -INFINITY, FALSE }, { NAN, TRUE },  { -0.0f, TRUE },  { 8, FALSE } };
  g_autoptr (HpModel) model = hp_model_new_trees (HP_TARGET_PLAIN, 1, 0);
  HpNode tree[] = { { 0, 1, 0, 0, HP_SPLIT_CATEGORIES, 2 }, { 10, -1, 0, 0, 0, 1 }, { 20, -1, 0, 0, 0, 1 } };
  const guint32 *kept;
  gsize n;

  tree[0].value = hp_model_add_set (model, categories, G_N_ELEMENTS (categories));
  hp_model_add_tree (model, tree, 3);
  tree[0].value = hp_model_add_set (model, NULL, 0);
  hp_model_add_tree (model, tree, 3);
  g_assert_cmpuint (hp_model_get_n_sets (model), ==, 2);
  kept = hp_model_get_set (model, 0, &n);
  g_assert_cmpmem (kept, n * sizeof *kept, categories, sizeof categories);
  g_assert_null (hp_model_get_set (model, 1, &n));
  g_assert_cmpuint (n, ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      double margin, phi, expected;
      gint32 leaves[2];

      hp_model_margin (model, &cases[i].value, 1, &margin);
      g_assert_cmpfloat (margin, ==, (cases[i].right ? 20 : 10) + (isnan (cases[i].value) ? 20 : 10));
      g_assert_cmpfloat (hp_model_margin_plain (model, &cases[i].value), ==, margin);
      hp_model_leaves (model, &cases[i].value, leaves);
      g_assert_cmpint (leaves[0], ==, cases[i].right ? 2 : 1);
      hp_model_contributions (model, &cases[i].value, 1, &phi, &expected);
      g_assert_cmpfloat (expected, ==, 30);
      g_assert_cmpfloat (phi + expected, ==, margin);
    }
}

/* Trees with and without categories side by side, in rows of any number: the same bits, and the same after writing */
static void
test_same_bits (void)
{
  HpRandom random;

  hp_random_init (&random, 5, 0);
  for (guint round = 0; round < 20; round++)
    {
      g_autoptr (HpModel) model = hp_model_new_trees (HP_TARGET_EXP, 3, 0.5f), again = NULL;
      g_autofree char *text = NULL, *again_text = NULL;
      float rows[50 * 3];
      double margins[50];
      gsize length;

      for (guint t = 0; t < 30; t++)
        {
          guint32 categories[20];
          gsize n = 0;
          HpNode tree[] = { { 0.5f, 1, 0, 0, 0, 4 },
                            { 0, 3, 1, 1, HP_SPLIT_CATEGORIES, 3 },
                            { 3, -1, 0, 0, 0, 1 },
                            { 1, -1, 0, 0, 0, 1 },
                            { 2, -1, 0, 0, 0, 2 } };

          for (guint c = 0; c < G_N_ELEMENTS (categories); c++)
            if (hp_random_below (&random, 3) == 0)
              categories[n++] = c;
          tree[0].value = (float) hp_random_double (&random);
          if (t % 3 == 0)
            tree[1].split = HP_SPLIT_THRESHOLD;
          else
            tree[1].value = hp_model_add_set (model, categories, n);
          for (guint i = 2; i < 5; i++)
            tree[i].value = (float) hp_random_normal (&random);
          hp_model_add_tree (model, tree, 5);
        }
      text = hp_model_to_json (model, &length);
      g_assert_true (g_str_has_prefix (text, "{\"format\":2,\"kind\":\"trees\",\"target\":\"exp\","));
      again = read_ok (text);
      again_text = hp_model_to_json (again, NULL);
      g_assert_cmpstr (text, ==, again_text);

      for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
        rows[i] = i % 7 == 3   ? NAN
                  : i % 3 == 1 ? (float) hp_random_below (&random, 25)
                               : (float) hp_random_double (&random);
      hp_model_margin (model, rows, 50, margins);
      for (guint r = 0; r < 50; r++)
        {
          g_assert_cmpfloat (margins[r], ==, hp_model_margin_plain (model, rows + 3 * r));
          g_assert_cmpfloat (margins[r], ==, hp_model_margin_plain (again, rows + 3 * r));
        }
    }
}

static void
test_refused (void)
{
  static const struct
  {
    const char *text, *message;
  } cases[] = {
    { TREE (",\"category_nodes\":[0],\"category_counts\":[2],\"categories\":[3]"), "sets of categories are not whole" },
    { TREE (",\"category_nodes\":[0],\"category_counts\":[1],\"categories\":[3,4]"),
      "sets of categories are not whole" },
    { TREE (",\"category_nodes\":[0],\"category_counts\":[],\"categories\":[]"), "its arrays differ in length" },
    { TREE (",\"category_nodes\":[0]"), "its arrays differ in length" },
    { TREE (",\"category_nodes\":[3],\"category_counts\":[1],\"categories\":[3]"), "sets of categories are not whole" },
    { TREE (",\"category_nodes\":[0,0],\"category_counts\":[1,1],\"categories\":[3,4]"),
      "sets of categories are not whole" },
    { TREE (",\"category_nodes\":[1],\"category_counts\":[1],\"categories\":[3]"), "a leaf has a set of categories" },
    { TREE (",\"category_nodes\":[0],\"category_counts\":[2],\"categories\":[3,3]"), "not in ascending order" },
    { TREE (",\"category_nodes\":[0],\"category_counts\":[2],\"categories\":[4,3]"), "not in ascending order" },
    { TREE (",\"category_nodes\":[0],\"category_counts\":[1],\"categories\":[16777216]"),
      "an integer from 0 to 16777215" },
    { TREE (",\"category_nodes\":[-1],\"category_counts\":[1],\"categories\":[1]"), "an integer from 0" },
    { "{\"format\":2,\"kind\":\"linear\",\"target\":\"plain\",\"n_features\":1,\"precision\":\"half\"",
      "one of \"double\", \"single\" is expected" },
    { "{\"format\":2,\"kind\":\"linear\",\"target\":\"plain\",\"n_features\":1,\"precision\":\"single\",\"intercept\":"
      "1,"
      "\"coefficients\":[1e39]}",
      "this number is too large" },
    { "{\"format\":2,\"kind\":\"linear\",\"target\":\"plain\",\"n_features\":1,\"precision\":\"single\",\"intercept\":"
      "1e39,"
      "\"coefficients\":[1]}",
      "this number is too large" },
    { "{\"format\":2,\"kind\":\"linear\",\"target\":\"plain\",\"n_features\":1,\"precision\":\"single\",\"intercept\":"
      "1,"
      "\"centre\":[1],\"coefficients\":[1]}",
      "centre and spread belong together" },
    { "{\"format\":2,\"kind\":\"linear\",\"target\":\"plain\",\"n_features\":1,\"precision\":\"single\",\"intercept\":"
      "1,"
      "\"centre\":[1],\"spread\":[0],\"coefficients\":[1]}",
      "a spread has to be greater than 0" },
    { "{\"format\":2,\"centre\":[1]}", "have to come before this" },
  };
  g_autoptr (HpModel) model = read_ok (TREE (",\"category_nodes\":[0],\"category_counts\":[2],\"categories\":[3,5]"));
  g_autoptr (HpModel) empty = read_ok (TREE (",\"category_nodes\":[0],\"category_counts\":[0],\"categories\":[]"));
  float row[] = { 0, 5 };

  g_assert_cmpfloat (hp_model_margin_plain (model, row), ==, 3);
  g_assert_cmpfloat (hp_model_margin_plain (empty, row), ==, 2);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (hp_model_from_json (cases[i].text, strlen (cases[i].text), "m.json", &error));
      g_assert_error (error, HP_ERROR, HP_ERROR_BAD_DATA);
      if (strstr (error->message, cases[i].message) == NULL)
        g_error ("case %u: \"%s\" instead of \"%s\"", i, error->message, cases[i].message);
    }
}

static void
test_single (void)
{
  static const float weights[] = { 0.1f, 3, -2 };
  static const double centre[] = { 1, 2, 3 }, spread[] = { 1, 0.5, 2 };
  g_autoptr (HpModel) model = hp_model_new_linear_single (HP_TARGET_LOG1P, 3, 0.7f, weights), again = NULL;
  g_autofree char *text = NULL, *again_text = NULL;
  float row[] = { 0.3f, NAN, 5 }, sum = 0.7f;
  double margin;

  sum += 0.3f * 0.1f;
  sum += 5 * -2.0f;
  hp_model_margin (model, row, 1, &margin);
  g_assert_cmpfloat (margin, ==, sum);
  hp_model_set_reference (model, centre, spread);
  text = hp_model_to_json (model, NULL);
  g_assert_cmpstr (text, ==,
                   "{\"format\":2,\"kind\":\"linear\",\"target\":\"log1p\",\"n_features\":3,\"precision\":\"single\","
                   "\"intercept\":0.699999988079071,\"centre\":[1,2,3],\"spread\":[1,0.5,2],"
                   "\"coefficients\":[0.10000000149011612,3,-2]}\n");
  again = read_ok (text);
  again_text = hp_model_to_json (again, NULL);
  g_assert_cmpstr (text, ==, again_text);
  g_assert_cmpmem (hp_model_get_spread (again), sizeof spread, spread, sizeof spread);
  g_assert_cmpmem (hp_model_get_centre (again), sizeof centre, centre, sizeof centre);
  hp_model_margin (again, row, 1, &margin);
  g_assert_cmpfloat (margin, ==, sum);
}

/* slope x change is the change in price, however small */
static void
test_targets (void)
{
  static const double margins[] = { -3, 0, 0.5, 11 }, changes[] = { -2, -1e-6, 1e-9, 1e-13, 0, 0.25, 1 };

  for (HpTarget target = 0; target < HP_N_TARGETS; target++)
    {
      for (guint m = 0; m < G_N_ELEMENTS (margins); m++)
        for (guint c = 0; c < G_N_ELEMENTS (changes); c++)
          {
            double from = hp_price_from_margin (target, margins[m]);
            double to = hp_price_from_margin (target, margins[m] + changes[c]);
            double slope = hp_price_slope (target, margins[m], changes[c]);

            g_assert_cmpfloat (slope, >=, 0);
            g_assert_cmpfloat_with_epsilon (from + slope * changes[c], to, 3e-7 * (fabs (from) + fabs (to) + 1));
          }
    }
  g_assert_cmpint (hp_target_scale (HP_TARGET_EXP), ==, HP_TARGET_LOG);
  g_assert_cmpint (hp_target_scale (HP_TARGET_LOG1P), ==, HP_TARGET_LOG);
  g_assert_cmpint (hp_target_scale (HP_TARGET_LOGISTIC), ==, HP_TARGET_PLAIN);
  g_assert_cmpint (hp_target_scale (HP_TARGET_PLAIN), ==, HP_TARGET_PLAIN);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/categories/split", test_split);
  g_test_add_func ("/categories/same-bits", test_same_bits);
  g_test_add_func ("/categories/refused", test_refused);
  g_test_add_func ("/categories/single", test_single);
  g_test_add_func ("/categories/targets", test_targets);
  return g_test_run ();
}
