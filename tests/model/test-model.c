/* test-model.c - model.json: round trips, and everything that is refused
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <string.h>

#include "hp-error.h"
#include "hp-file.h"
#include "hp-json.h"
#include "hp-model.h"

static char *
golden_text (const char *name, gsize *length)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "golden", "model", name, NULL);
  char *text = hp_file_read (path, 1 << 20, length, &error);

  g_assert_no_error (error);
  return text;
}

/* Margins and SHAP values of XGBoost itself */
static void
test_xgboost (void)
{
  g_autoptr (GError) error = NULL;
  gsize model_length, golden_length;
  g_autofree char *model_text = golden_text ("xgboost-model.json", &model_length);
  g_autofree char *golden = golden_text ("xgboost.golden.json", &golden_length);
  g_autoptr (JsonNode) root = hp_json_parse (golden, golden_length, 1 << 20, "golden", &error);
  g_autoptr (HpModel) model = hp_model_from_json (model_text, model_length, "model", &error);
  JsonArray *rows, *margins, *contributions;
  guint n, n_missing = 0;

  g_assert_no_error (error);
  g_assert_cmpuint (hp_model_get_n_trees (model), ==, 25);
  rows = json_object_get_array_member (json_node_get_object (root), "rows");
  margins = json_object_get_array_member (json_node_get_object (root), "margin");
  contributions = json_object_get_array_member (json_node_get_object (root), "contributions");
  n = json_array_get_length (rows);
  g_assert_cmpuint (n, ==, 40);
  for (guint r = 0; r < n; r++)
    {
      JsonArray *row = json_array_get_array_element (rows, r), *phis = json_array_get_array_element (contributions, r);
      float features[5], expected_margin = json_array_get_double_element (margins, r);
      double phi[5], expected, margin, sum;

      for (guint j = 0; j < 5; j++)
        {
          gboolean missing = json_array_get_null_element (row, j);

          features[j] = missing ? NAN : json_array_get_double_element (row, j);
          n_missing += missing;
        }
      hp_model_margin (model, features, 1, &margin);
      g_assert_cmpfloat ((float) margin, ==, expected_margin);
      hp_model_contributions (model, features, 1, phi, &expected);
      sum = expected;
      for (guint j = 0; j < 5; j++)
        {
          g_assert_cmpfloat_with_epsilon (phi[j], json_array_get_double_element (phis, j), 2e-5);
          sum += phi[j];
        }
      g_assert_cmpfloat_with_epsilon (expected, json_array_get_double_element (phis, 5), 2e-5);
      g_assert_cmpfloat_with_epsilon (sum, margin, 1e-5);
    }
  g_assert_cmpuint (n_missing, >, 20);
}

static void
check_round_trip (const HpModel *model, const char *expected)
{
  g_autoptr (GError) error = NULL;
  gsize length, again_length;
  g_autofree char *text = hp_model_to_json (model, &length), *again_text = NULL;
  g_autoptr (HpModel) again = hp_model_from_json (text, length, "text", &error);

  g_assert_no_error (error);
  g_assert_cmpuint (strlen (text), ==, length);
  if (expected != NULL)
    g_assert_cmpstr (text, ==, expected);
  again_text = hp_model_to_json (again, &again_length);
  g_assert_cmpmem (text, length, again_text, again_length);
  g_assert_cmpint (hp_model_get_kind (again), ==, hp_model_get_kind (model));
  g_assert_cmpint (hp_model_get_target (again), ==, hp_model_get_target (model));
}

static void
test_round_trip (void)
{
  const double coefficients[] = { 0.1, -2.5e-300, 3 };
  const HpNode tree[] = { { -0.0f, 1, 2, 1, 0, 30 }, { 0.1f, -1, 7, 1, 9, 10 }, { 1e-45f, -1, 0, 0, 0, 20 } };
  const HpNode leaf = { 3.4028235e38f, -1, 0, 0, 0, 4294967 };
  g_autoptr (HpModel) linear = hp_model_new_linear (HP_TARGET_PLAIN, 3, 1.0 / 3, coefficients);
  g_autoptr (HpModel) trees = hp_model_new_trees (HP_TARGET_LOG, 3, 12.01f);
  g_autoptr (HpModel) empty = hp_model_new_trees (HP_TARGET_PLAIN, 1, 0);

  check_round_trip (linear, "{\"format\":1,\"kind\":\"linear\",\"target\":\"plain\",\"n_features\":3,"
                            "\"intercept\":0.3333333333333333,\"coefficients\":[0.1,-2.5e-300,3]}\n");
  hp_model_add_tree (trees, tree, 3);
  hp_model_add_tree (trees, &leaf, 1);
  check_round_trip (trees,
                    "{\"format\":1,\"kind\":\"trees\",\"target\":\"log\",\"n_features\":3,\"base\":12.01,\"trees\":[\n"
                    "{\"feature\":[2,0,0],\"value\":[-0,0.1,1e-45],\"left\":[1,-1,-1],\"default_left\":[1,0,0],"
                    "\"count\":[30,10,20]},\n"
                    "{\"feature\":[0],\"value\":[3.4028235e38],\"left\":[-1],\"default_left\":[0],"
                    "\"count\":[4294967]}\n]}\n");
  check_round_trip (empty, NULL);
}

/* An old file stays readable, whatever is added; unknown members are passed over, the order of a tree's arrays is free.
 */
static void
test_lenient (void)
{
  static const char text[]
    = "{\"n_features\":2,\"future\":{\"a\":[1]},\"target\":\"log\",\"kind\":\"trees\",\"format\":1,\n"
      "\"trees\":[{\"count\":[3,1,2],\"left\":[1,-1,-1],\"note\":null,\"value\":[0.5,1,2],"
      "\"default_left\":[0,0,0],\"feature\":[1,0,0]}],\"base\":-1.5}";
  g_autoptr (GError) error = NULL;
  g_autoptr (HpModel) model = hp_model_from_json (text, strlen (text), "text", &error);
  const float row[] = { 9, 0.25f };

  g_assert_no_error (error);
  g_assert_cmpfloat (hp_model_get_base (model), ==, -1.5f);
  g_assert_cmpfloat (hp_model_margin_plain (model, row), ==, -0.5);
}

#define HEAD  "{\"format\":1,\"kind\":\"trees\",\"target\":\"log\",\"n_features\":2,\"base\":1,\"trees\":["
#define LHEAD "{\"format\":1,\"kind\":\"linear\",\"target\":\"log\",\"n_features\":2,\"intercept\":1,"
#define TREE(feature, value, left, default_left, count)                                                                \
  HEAD "\n{\"feature\":[" feature "],\"value\":[" value "],\"left\":[" left "],\"default_left\":[" default_left        \
       "],\"count\":[" count "]}\n]}"

static void
test_refused (void)
{
  static const struct
  {
    const char *text, *message;
  } cases[] = {
    { "", "m.json:1:1:" },
    { "[]", "m.json:1:1: an object" },
    { "{}", "not complete" },
    { "{\"format\":3,\"kind\":\"trees\"",
      "m.json:1:11: this model was written by a newer version of the program (format 3)" },
    { "{\"format\":0}", "m.json:1:11:" },
    { "{\"format\":1,\"kind\":\"forest\"}", "m.json:1:20: one of \"linear\", \"trees\" is" },
    { "{\"format\":1,\"kind\":\"trees\",\"target\":\"sqrt\"}", "m.json:1:37: one of \"plain\", \"log\", " },
    { "{\"format\":1,\"n_features\":4097}", "m.json:1:26: an integer from 0 to 4096" },
    { "{\"format\":1,\"kind\":\"trees\",\"target\":\"log\",\"trees\":[]}", "have to come before this" },
    { HEAD "]", "m.json:1:" },
    { HEAD "],\"trees\":[]}", "once" },
    { HEAD "]} x", "something after the end" },
    { LHEAD "\"trees\":[]}", "the other kind" },
    { LHEAD "\"coefficients\":[1]}", "fewer coefficients" },
    { LHEAD "\"coefficients\":[1,2,3]}", "m.json:1:91: more coefficients" },
    { LHEAD "\"coefficients\":[1,1e999]}", "m.json:1:91:" },
    { LHEAD "\"coefficients\":[1,null]}", "m.json:1:91:" },
    { "{\"format\":1,\"kind\":\"trees\",\"target\":\"log\",\"n_features\":2,\"base\":1e39,\"trees\":[]}",
      "m.json:1:65: this number is too large" },
    { "{\"format\":1,\"kind\":\"trees\",\"target\":\"log\",\"n_features\":2,\"trees\":[]}", "not complete" },
    { HEAD "\n{\"feature\":[0],\"value\":[1],\"left\":[-1],\"count\":[1]}]}", "m.json:2:49: tree 0 lacks one of" },
    { TREE ("", "", "", "", ""), "tree 0, node 0: a tree without nodes" },
    { TREE ("0,0", "1", "-1", "0", "1"), "tree 0: its arrays differ in length" },
    { TREE ("0", "1", "-1", "0", "1,1"), "tree 0: its arrays differ in length" },
    { TREE ("0", "1", "-2", "0", "1"), "an integer from -1" },
    { TREE ("0", "1", "-1", "2", "1"), "an integer from 0 to 1" },
    { TREE ("0", "1", "-1", "0", "0"), "an integer from 1" },
    { TREE ("65536", "1", "-1", "0", "1"), "an integer from 0 to 65535" },
    { TREE ("0", "1e39", "-1", "0", "1"), "m.json:2:25: this number is too large" },
    { TREE ("2,0,0", "1,1,1", "1,-1,-1", "0,0,0", "2,1,1"), "tree 0, node 0: there is no such feature" },
    { TREE ("0,0,0", "1,1,1", "2,-1,-1", "0,0,0", "2,1,1"), "tree 0, node 0: there are no such children" },
    { TREE ("0,0,0", "1,1,1", "0,-1,-1", "0,0,0", "2,1,1"), "tree 0, node 0: there are no such children" },
    { TREE ("0,0,0", "1,1,1", "1,1,-1", "0,0,0", "2,1,1"), "tree 0, node 1: a child that another node has" },
    { TREE ("0,0,0", "1,1,1", "-1,-1,-1", "0,0,0", "2,1,1"), "tree 0, node 1: no way leads" },
    { TREE ("0,0,0,0,0", "1,1,1,1,1", "1,-1,-1,1,-1", "0,0,0,0,0", "2,1,1,1,1"), "tree 0, node 3: no way leads" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (hp_model_from_json (cases[i].text, strlen (cases[i].text), "m.json", &error));
      g_assert_error (error, HP_ERROR, HP_ERROR_BAD_DATA);
      if (strstr (error->message, cases[i].message) == NULL)
        g_error ("case %u: \"%s\" instead of \"%s\"", i, error->message, cases[i].message);
    }
}

/* A chain of splits: as deep as allowed is read, explained and scored, one deeper is refused */
static void
test_depth (void)
{
  for (guint extra = 0; extra < 2; extra++)
    {
      guint depth = HP_MODEL_MAX_DEPTH + extra, n = 2 * depth + 1;
      g_autoptr (GError) error = NULL;
      g_autoptr (GString) text = g_string_new (HEAD "{\"feature\":[");
      g_autoptr (HpModel) model = NULL;
      const float row[] = { 1, 2 };
      double phi[2], expected;

      for (guint i = 0; i < n; i++)
        g_string_append (text, i > 0 ? ",0" : "0");
      g_string_append (text, "],\"value\":[");
      for (guint i = 0; i < n; i++)
        g_string_append_printf (text, i > 0 ? ",%u" : "%u", i);
      g_string_append (text, "],\"left\":[");
      for (guint i = 0; i < n; i++)
        g_string_append_printf (text, i > 0 ? ",%d" : "%d", i % 2 == 0 && i + 1 < n ? (int) i + 1 : -1);
      g_string_append (text, "],\"default_left\":[");
      for (guint i = 0; i < n; i++)
        g_string_append (text, i > 0 ? ",0" : "0");
      g_string_append (text, "],\"count\":[");
      for (guint i = 0; i < n; i++)
        g_string_append (text, i > 0 ? ",1" : "1");
      g_string_append (text, "]}]}");
      model = hp_model_from_json (text->str, text->len, "deep", &error);
      if (extra == 1)
        {
          g_assert_error (error, HP_ERROR, HP_ERROR_BAD_DATA);
          g_assert_nonnull (strstr (error->message, "too deep"));
          return;
        }
      g_assert_no_error (error);
      g_assert_cmpfloat (hp_model_margin_plain (model, row), ==, 4);
      hp_model_contributions (model, row, 1, phi, &expected);
      g_assert_cmpfloat (phi[1], ==, 0);
      g_assert_cmpfloat_with_epsilon (phi[0] + expected, 4, 1e-9);
    }
}

static void
test_too_many_trees (void)
{
  static const char tree[] = "{\"feature\":[0],\"value\":[1],\"left\":[-1],\"default_left\":[0],\"count\":[1]}";
  g_autoptr (GString) text = g_string_new (HEAD);
  g_autoptr (HpModel) model = NULL;
  g_autoptr (GError) error = NULL;

  for (guint t = 0; t < HP_MODEL_MAX_TREES; t++)
    g_string_append_printf (text, t > 0 ? ",%s" : "%s", tree);
  g_string_append (text, "]}");
  model = hp_model_from_json (text->str, text->len, "many", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (hp_model_get_n_trees (model), ==, HP_MODEL_MAX_TREES);

  g_string_truncate (text, text->len - 2);
  g_string_append_printf (text, ",%s]}", tree);
  g_assert_null (hp_model_from_json (text->str, text->len, "many", &error));
  g_assert_error (error, HP_ERROR, HP_ERROR_BAD_DATA);
  g_assert_nonnull (strstr (error->message, "more than 100000 trees"));
}

/* Every prefix of a model is an error, not a crash */
static void
test_prefixes (void)
{
  static const char text[] = TREE ("0,0,0", "1,1,1", "1,-1,-1", "0,0,0", "2,1,1");

  for (gsize length = 0; length < strlen (text); length++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *prefix = g_memdup2 (text, length);

      g_assert_null (hp_model_from_json (prefix, length, "m.json", &error));
      g_assert_error (error, HP_ERROR, HP_ERROR_BAD_DATA);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/xgboost", test_xgboost);
  g_test_add_func ("/model/round-trip", test_round_trip);
  g_test_add_func ("/model/lenient", test_lenient);
  g_test_add_func ("/model/refused", test_refused);
  g_test_add_func ("/model/depth", test_depth);
  g_test_add_func ("/model/too-many-trees", test_too_many_trees);
  g_test_add_func ("/model/prefixes", test_prefixes);
  return g_test_run ();
}
