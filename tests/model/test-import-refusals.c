/* test-import-refusals.c - files that are not imported, and what is said of each
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "import-support.h"

static void
assert_refused (const char *data, gsize length, const char *message)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (hp_import_read (data, length, "m", NULL, &error));
  g_assert_error (error, HP_ERROR, HP_ERROR_BAD_DATA);
  if (!g_str_has_prefix (error->message, "m:") || strstr (error->message, message) == NULL)
    g_error ("\"%s\" instead of \"%s\"", error->message, message);
}

/* By the first bytes */
static void
test_formats (void)
{
  static const struct
  {
    const char *bytes;
    gsize length;
    const char *message;
  } cases[] = {
#define BYTES(bytes) bytes, sizeof (bytes) - 1
    { BYTES (""), "m: the file is empty" },
    { BYTES ("\x80\x02}q\x00."), "Python pickle" },
    { BYTES ("\x80\x04\x95"), "never done here; save the booster with booster.save_model" },
    { BYTES ("(dp0\nS'a'"), "Python pickle" },
    { BYTES ("ccopy_reg\n_reconstructor"), "Python pickle" },
    { BYTES ("\x1f\x8b\x08"), "compressed, as joblib and gzip do it: unpack it first" },
    { BYTES ("BZh9"), "compressed" },
    { BYTES ("\xfd\x37zXZ\x00"), "compressed" },
    { BYTES ("\x28\xb5\x2f\xfd\x00"), "compressed" },
    { BYTES ("\x78\x9c\x00"), "compressed" },
    { BYTES ("PK\x03\x04"), "ZIP archive" },
    { BYTES ("\x89HDF\r\n\x1a\n"), "HDF5" },
    { BYTES ("\x93NUMPY\x01"), "NumPy array" },
    { BYTES ("tree\nversion=v4"), "LightGBM" },
    { BYTES ("CBM1\x10"), "CatBoost" },
    { BYTES ("binf\x00\x00"),
      "old binary format, which XGBoost itself does not read since 3.1; load it with an older" },
    { BYTES ("\x00\x00\x00\x3f\x07\x00\x00\x00"), "old binary format" },
    { BYTES ("CONFIG-offset:\x00"), "as it lies in memory" },
    { BYTES ("booster[0]:\n0:[f2<1.5]"), "without base score" },
    { BYTES ("[{\"nodeid\":0}]"), "without base score" },
    { BYTES ("<?xml version=\"1.0\"?><PMML/>"), "PMML" },
    { BYTES ("\x08\x07\x12\x08skl2onnx"), "ONNX" },
    { BYTES ("\x08\x08\x3a\x99\x01"), "ONNX" },
    { BYTES ("a,b\n1,2\n"), "only XGBoost's JSON and UBJSON can" },
    { BYTES (" \n\t "), "only XGBoost's JSON and UBJSON can" },
    { BYTES ("{}"), "it has no “learner”" },
    { BYTES ("{\"format\":1,\"kind\":\"trees\"}"), "it has no “learner”" },
    { BYTES ("{"), "m:1:2: the text ends too early" },
    { BYTES ("{L"), "m: byte 2: the file ends too early" },
    { BYTES ("{\x00"), "m:1:2:" },
#undef BYTES
  };
  g_autofree char *tar = g_malloc0 (1024);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      /* with nothing behind it that could be read by mistake */
      g_autofree char *exact = g_memdup2 (cases[i].bytes, MAX (cases[i].length, 1));

      assert_refused (exact, cases[i].length, cases[i].message);
    }
  memcpy (tar, "bundle/", 7);
  memcpy (tar + 257, "ustar", 5);
  assert_refused (tar, 1024, "house-price models install");
}

/* One thing wrong in a file that is right otherwise */
static void
test_meaning (void)
{
  static const struct
  {
    const char *file, *old, *new_text, *message;
  } cases[] = {
    { "num", "\"name\":\"gbtree\"", "\"name\":\"gbforest\"", "there is no booster “gbforest”" },
    { "num", "reg:squarederror", "multi:softmax",
      "m:1:3835: the objective multi:softmax is of no use here: it answers with a class" },
    { "num", "reg:squarederror", "multi:softprob", "a class" },
    { "num", "reg:squarederror", "binary:hinge", "a class" },
    { "num", "reg:squarederror", "survival:cox", "hazard ratio" },
    { "num", "reg:squarederror", "reg:mine", "the objective “reg:mine” is not one whose answers are known here" },
    { "num", "\"name\":\"reg:squarederror\",", "", "needs gradient_booster and objective" },
    { "num", "\"gradient_booster\"", "\"booster\"", "needs gradient_booster and objective" },
    { "num", "\"num_class\":\"0\"", "\"num_class\":\"3\"", "several values" },
    { "num", "\"num_target\":\"1\"", "\"num_target\":\"2\"", "several values" },
    { "num", "\"base_score\":\"2.5E5\"", "\"base_score\":\"[2.5E5,1]\"", "several values" },
    { "num", "\"base_score\":\"2.5E5\"", "\"base_score\":[1,2,3]", "several values" },
    { "num", "\"base_score\":\"2.5E5\"", "\"base_score\":\"half\"", "base_score is not a number" },
    { "num", "\"base_score\":\"2.5E5\"", "\"base_score\":\"[1)\"", "base_score is not a number" },
    { "num", "\"base_score\":\"2.5E5\"", "\"base_score\":\"[\"", "base_score is not a number" },
    { "num", "\"base_score\":\"2.5E5\"", "\"base_score\":\"[]\"", "base_score is not" },
    { "num", "\"base_score\":\"2.5E5\"", "\"base_score\":\"\"", "base_score is not a number" },
    { "num", "\"base_score\":\"2.5E5\"", "\"base_score\":\"1e39\"", "base_score is missing, or not one" },
    { "num", "\"base_score\":\"2.5E5\"", "\"base_score\":NaN", "base_score is missing, or not one" },
    { "num", "\"base_score\":\"2.5E5\",", "", "base_score is missing, or not one" },
    { "gamma", "\"base_score\":\"2E0\"", "\"base_score\":\"-1\"", "not one that the objective can start from" },
    { "gamma", "\"base_score\":\"2E0\"", "\"base_score\":\"0\"", "not one that the objective can start from" },
    { "gamma", "reg:gamma", "reg:logistic", "not one that the objective can start from" },
    { "num", "\"num_feature\":\"7\",\"num_target\"", "\"num_feature\":\"0\",\"num_target\"",
      "num_feature is not a number from 1 to 4096" },
    { "num", "\"num_feature\":\"7\",\"num_target\"", "\"num_feature\":\"4097\",\"num_target\"", "num_feature is not" },
    { "num", "\"num_feature\":\"7\",\"num_target\"", "\"num_feature\":\"7.5\",\"num_target\"",
      "an integer is expected" },
    { "num", "\"num_feature\":\"7\",\"num_target\"", "\"num_feature\":\"9999999999\",\"num_target\"",
      "an integer is expected" },
    { "num", "\"sqft\",", "", "don't go with num_feature" },
    { "num", "\"sqft\",", "7,", "text in quotes" },
    { "cat", "\"feature_types\":[\"q\",", "\"feature_types\":[", "don't go with num_feature" },
    { "cat", "\"tree_info\"", "\"cats\":{\"enc\":[{}]},\"tree_info\"", "don't go with num_feature" },
    { "cat", "\"tree_info\"",
      "\"cats\":{\"enc\":[{\"type\":7,\"values\":[4,5,4]},{},{},{},{},{},{}]},\"tree_info\"",
      "two categories have the name \"4\"" },
    { "num", "\"num_trees\":\"3\"", "\"num_trees\":\"2147483647\"", "it says that it has 2147483647 trees, and has 3" },
    { "num", "\"num_trees\":\"3\"", "\"num_trees\":\"2\"", "it says that it has 2 trees, and has 3" },
    { "num", "\"size_leaf_vector\":\"0\"}", "\"size_leaf_vector\":\"4\"}", "leaves hold several values" },
    { "num", "\"num_nodes\":\"15\",\"size_leaf_vector\":\"0\"", "\"num_nodes\":\"15\",\"size_leaf_vector\":\"2\"",
      "tree 0: its leaves hold several values" },
    { "num", "\"tree_info\":[0,0,0]", "\"tree_info\":[0,1,0]", "trees of several groups" },
    { "num", "\"trees\":[", "\"forest\":[", "neither trees nor weights" },
    { "num", "\"id\":1,", "\"id\":0,", "the ids of the trees are not their places" },
    { "num", "\"id\":2,", "\"id\":3,", "the ids of the trees are not their places" },
    { "num", "\"left_children\":[1,3,", "\"left_children\":[1,0,", "tree 0, node 1: there are no such children" },
    { "num", "\"left_children\":[1,3,", "\"left_children\":[1,1,", "tree 0, node 1: a child that another node has" },
    { "num", "\"left_children\":[1,3,", "\"left_children\":[1,4,", "tree 0, node 1: a child that another node has" },
    { "num", "\"left_children\":[1,3,", "\"left_children\":[1,15,", "tree 0, node 1: there are no such children" },
    { "num", "\"left_children\":[1,3,", "\"left_children\":[1,-1,", "tree 0, node 1: there are no such children" },
    { "num", "\"left_children\":[1,3,", "\"left_children\":[1,4294967299,",
      "tree 0, node 1: there are no such children" },
    { "num", "\"left_children\":[1,3,", "\"left_children\":[3,", "tree 0: its arrays differ in length" },
    { "num", "\"left_children\":[1,3,", "\"left_children\":[1,3.5,", "an integer is expected" },
    { "num", "\"num_nodes\":\"15\"", "\"num_nodes\":\"14\"", "tree 0: its arrays differ in length" },
    { "num", "\"right_children\"", "\"right\"", "tree 0: its arrays differ in length" },
    { "num", "\"split_indices\":[0,", "\"split_indices\":[7,", "tree 0, node 0: there is no such feature" },
    { "num", "\"split_indices\":[0,", "\"split_indices\":[-1,", "tree 0, node 0: there is no such feature" },
    { "num", "\"split_indices\":[0,", "\"split_indices\":[4294967295,", "tree 0, node 0: there is no such feature" },
    { "num", "\"default_left\":[1,", "\"default_left\":[2,", "tree 0, node 0: default_left is neither" },
    { "num", "\"split_type\":[0,", "\"split_type\":[2,", "tree 0, node 0: there is no such kind of split" },
    { "num", "\"split_type\":[0,", "\"split_type\":[1,", "tree 0, node 0: it splits on categories, and has none" },
    { "num", "\"split_conditions\":[", "\"split_conditions\":[NaN,", "its arrays differ in length" },
    { "cat", "\"split_conditions\":[2.6398154E3,", "\"split_conditions\":[NaN,",
      "tree 0, node 0: the threshold is not finite" },
    { "cat", "\"split_conditions\":[2.6398154E3,", "\"split_conditions\":[-Infinity,", "the threshold is not finite" },
    { "cat",
      "3.3565316E4,6.642466E4,-2.1686621E4,1.1216071E4,8.960306E4,1.2547918E5,4.5737098E4,8.0057336E4],\"split_"
      "indices\"",
      "NaN,6.642466E4,-2.1686621E4,1.1216071E4,8.960306E4,1.2547918E5,4.5737098E4,8.0057336E4],\"split_indices\"",
      "tree 0, node 7: the leaf's value is not finite" },
    { "cat", "\"categories\":[0,2,0,2]", "\"categories\":[0,-2,0,2]", "tree 0, node 1: a category is out of range" },
    { "cat", "\"categories\":[0,2,0,2]", "\"categories\":[0,16777216,0,2]", "a category is out of range" },
    { "cat", "\"categories\":[0,2,0,2]", "\"categories\":[0,2,0]", "sets of categories are not whole" },
    { "cat", "\"categories_nodes\":[1,2]", "\"categories_nodes\":[1,1]", "belong to no node, or two to one" },
    { "cat", "\"categories_nodes\":[1,2]", "\"categories_nodes\":[1,15]", "belong to no node, or two to one" },
    { "cat", "\"categories_nodes\":[1,2]", "\"categories_nodes\":[-1,2]", "belong to no node, or two to one" },
    { "cat", "\"categories_nodes\":[1,2]", "\"categories_nodes\":[1]", "sets of categories are not whole" },
    { "cat", "\"categories_segments\":[0,2]", "\"categories_segments\":[0,3]", "sets of categories are not whole" },
    { "cat", "\"categories_segments\":[0,2]", "\"categories_segments\":[0,-2]", "sets of categories are not whole" },
    { "cat", "\"categories_sizes\":[2,2]", "\"categories_sizes\":[2,9223372036854775807]",
      "sets of categories are not whole" },
    { "cat", "\"categories_segments\":[0,2],\"categories_sizes\":[2,2]",
      "\"categories_segments\":[0,0],\"categories_sizes\":[4,4]", "sets of categories are not whole" },
    { "dart", "\"weight_drop\":[6.993007E-1,", "\"weight_drop\":[", "weight_drop does not go with the trees" },
    { "dart", "\"weight_drop\"", "\"weights_dropped\"", "weight_drop does not go with the trees" },
    { "dart", "\"weight_drop\":[6.993007E-1,", "\"weight_drop\":[NaN,", "the leaf's value is not finite" },
    { "dart", "\"name\":\"dart\"", "\"name\":\"gblinear\"", "a booster of another kind has trees" },
    { "gblinear", "\"weights\":[9.528082E1,", "\"weights\":[", "7 weights do not go with 7 features and a bias" },
    { "gblinear", "\"weights\":[9.528082E1,", "\"weights\":[Infinity,", "a weight is not finite" },
    { "gblinear", "\"name\":\"gblinear\"", "\"name\":\"gbtree\"", "neither trees nor weights" },
    /* the same key twice */
    { "num", "\"objective\":{", "\"objective\":{\"name\":\"reg:gamma\"},\"objective\":{", "here twice" },
    { "num", "\"left_children\"", "\"left_children\":[-1],\"left_children\"", "here twice" },
    { "num", "\"trees\":[", "\"trees\":[],\"trees\":[", "here twice" },
    { "num", "\"version\"", "\"learner\":{},\"version\"", "here twice" },
    { "num", "\"version\":[1,7,4]}", "\"version\":[1,7,4]}x", "there is something after the end" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *file = g_strdup_printf ("xgb174_%s.json", cases[i].file);
      g_autofree char *text = import_variant (file, cases[i].old, cases[i].new_text);

      assert_refused (text, strlen (text), cases[i].message);
    }
}

/* A file is whole or refused, wherever it ends, and whichever byte is another. */
static void
test_damage (void)
{
  static const char *const files[] = { "xgb174_cat.ubj", "xgb174_cat.json" };

  for (guint f = 0; f < G_N_ELEMENTS (files); f++)
    {
      gsize length;
      g_autofree char *whole = import_golden (files[f], &length);

      while (length > 0 && (whole[length - 1] == '\n' || whole[length - 1] == ' '))
        length--;
      for (gsize n = 0; n < length; n += 3)
        {
          g_autofree char *part = g_memdup2 (whole, MAX (n, 1));

          assert_refused (part, n, "");
        }
      for (gsize i = 0; i < length; i += 2)
        {
          g_autofree char *changed = g_memdup2 (whole, length);
          g_autoptr (HpImport) import = NULL;

          changed[i] ^= (char) (1 << i % 7);
          import = hp_import_read (changed, length, "m", NULL, NULL);
          if (import != NULL)
            {
              float row[7] = { 0 };

              if (hp_model_get_n_features (import->model) <= G_N_ELEMENTS (row))
                hp_model_margin_plain (import->model, row);
            }
        }
    }
}

/* {"learner":{"gradient_booster":[[[[…]]]]}} of any depth */
static void
test_depth (void)
{
  for (guint depth = 50; depth <= 100000; depth *= 2)
    {
      g_autoptr (GString) json = g_string_new ("{\"a\":"), ubjson = g_string_new (NULL);

      g_string_append_len (ubjson, "{L\0\0\0\0\0\0\0\1a", 11);
      for (guint i = 0; i < depth; i++)
        {
          g_string_append_c (json, '[');
          g_string_append_c (ubjson, '[');
        }
      assert_refused (json->str, json->len, depth > 62 ? "nested too deeply" : "");
      assert_refused (ubjson->str, ubjson->len, depth > 62 ? "nested too deeply" : "");
    }
}

/* A chain of as many splits as there may be in a way, and of one more */
static void
test_long_way (void)
{
  for (guint splits = HP_MODEL_MAX_DEPTH; splits <= HP_MODEL_MAX_DEPTH + 1; splits++)
    {
      guint n = 2 * splits + 1;
      g_autoptr (GString) left = g_string_new (NULL), right = g_string_new (NULL), zeros = g_string_new (NULL);
      g_autofree char *text = NULL;
      g_autoptr (HpImport) import = NULL;

      for (guint i = 0; i < n; i++)
        {
          const char *comma = i > 0 ? "," : "";
          gboolean leaf = i % 2 == 1 || i == n - 1;

          g_string_append_printf (left, "%s%d", comma, leaf ? -1 : (int) i + 1);
          g_string_append_printf (right, "%s%d", comma, leaf ? -1 : (int) i + 2);
          g_string_append_printf (zeros, "%s0", comma);
        }
      text = g_strdup_printf (
        "{\"learner\":{\"gradient_booster\":{\"name\":\"gbtree\",\"model\":{\"trees\":[{\"left_children\":[%s],"
        "\"right_children\":[%s],\"split_indices\":[%s],\"split_conditions\":[%s],\"default_left\":[%s]}]}},"
        "\"learner_model_param\":{\"base_score\":\"0\",\"num_feature\":\"1\"},\"objective\":{\"name\":"
        "\"reg:squarederror\"}}}",
        left->str, right->str, zeros->str, zeros->str, zeros->str);
      if (splits > HP_MODEL_MAX_DEPTH)
        assert_refused (text, strlen (text), "the tree is too deep");
      else
        import = import_ok (text, strlen (text), NULL);
    }
}

/* Each is finite, but not their sum */
static void
test_large_bias (void)
{
  static const char text[]
    = "{\"learner\":{\"gradient_booster\":{\"name\":\"gblinear\",\"model\":{\"weights\":[1,3e38]}},"
      "\"learner_model_param\":{\"base_score\":\"3e38\",\"num_feature\":\"1\"},"
      "\"objective\":{\"name\":\"reg:squarederror\"}}}";
  g_autoptr (GError) error = NULL;

  g_assert_null (hp_import_read (text, strlen (text), "m.json", NULL, &error));
  g_assert_error (error, HP_ERROR, HP_ERROR_BAD_DATA);
  g_assert_nonnull (strstr (error->message, "too large together"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/import-refusals/formats", test_formats);
  g_test_add_func ("/import-refusals/meaning", test_meaning);
  g_test_add_func ("/import-refusals/damage", test_damage);
  g_test_add_func ("/import-refusals/depth", test_depth);
  g_test_add_func ("/import-refusals/long-way", test_long_way);
  g_test_add_func ("/import-refusals/large-bias", test_large_bias);
  return g_test_run ();
}
