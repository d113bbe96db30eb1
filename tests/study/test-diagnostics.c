/* test-diagnostics.c - diagnostics.json: written and read back, and refused when it can't be
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hp-diagnostics.h"

#include <math.h>
#include <string.h>

#include "hp-error.h"

static HpInfluence *
make_influence (void)
{
  HpInfluence *influence = hp_influence_new (4);
  static const double leverage[] = { 0.5, 0.25, 0.75, 0.5 }, cook[] = { 0.1f, 3.5, 0, 3.5 };

  influence->target = HP_TARGET_LOG;
  influence->lambda = 3;
  influence->parameters = 2;
  influence->sigma = 0.125;
  for (guint i = 0; i < 4; i++)
    {
      influence->row[i] = 10 * i + 1;
      influence->leverage[i] = leverage[i];
      influence->residual[i] = i - 1.5;
      influence->cook[i] = cook[i];
    }
  return influence;
}

static HpLearningCurve *
make_curve (void)
{
  HpLearningCurve *curve = hp_learning_curve_new (2);

  for (guint i = 0; i < 2; i++)
    {
      curve->share[i] = i == 0 ? 0.1 : 1;
      curve->n[i] = i == 0 ? 40.5 : 405;
      curve->n_folds[i] = i == 0 ? 1 : 5;
      curve->train_mae[i] = 1000.25 + i;
      curve->train_sd[i] = i == 0 ? NAN : 3;
      curve->mae[i] = 2000 - i;
      curve->sd[i] = i == 0 ? NAN : 7;
    }
  return curve;
}

static HpDiagnostics *
read_text (const char *text, GError **error)
{
  return hp_diagnostics_from_json (text, strlen (text), "diagnostics.json", error);
}

static void
test_both (void)
{
  g_autoptr (HpDiagnostics) diagnostics = hp_diagnostics_new (make_influence (), make_curve ()), again = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *one = NULL, *two = NULL;
  gsize length;

  one = hp_diagnostics_to_json (diagnostics, &length);
  g_assert_cmpuint (length, ==, strlen (one));
  again = read_text (one, &error);
  g_assert_no_error (error);
  two = hp_diagnostics_to_json (again, &length);
  g_assert_cmpstr (one, ==, two);
  g_assert_cmpint (again->influence->target, ==, HP_TARGET_LOG);
  g_assert_cmpfloat (again->influence->lambda, ==, 3);
  g_assert_cmpfloat (again->influence->parameters, ==, 2);
  g_assert_cmpfloat (again->influence->sigma, ==, 0.125);
  g_assert_cmpuint (again->influence->n, ==, 4);
  for (guint i = 0; i < 4; i++)
    {
      g_assert_cmpuint (again->influence->row[i], ==, diagnostics->influence->row[i]);
      g_assert_cmpfloat (again->influence->leverage[i], ==, diagnostics->influence->leverage[i]);
      g_assert_cmpfloat (again->influence->residual[i], ==, diagnostics->influence->residual[i]);
      g_assert_cmpfloat (again->influence->cook[i], ==, diagnostics->influence->cook[i]);
    }
  g_assert_cmpuint (again->learning_curve->n_points, ==, 2);
  g_assert_cmpfloat (again->learning_curve->share[0], ==, 0.1);
  g_assert_cmpfloat (again->learning_curve->n[0], ==, 40.5);
  g_assert_cmpuint (again->learning_curve->n_folds[1], ==, 5);
  g_assert_cmpfloat (again->learning_curve->train_mae[0], ==, 1000.25);
  g_assert_true (isnan (again->learning_curve->train_sd[0]) && isnan (again->learning_curve->sd[0]));
  g_assert_cmpfloat (again->learning_curve->train_sd[1], ==, 3);
  g_assert_cmpfloat (again->learning_curve->mae[1], ==, 1999);
  g_assert_cmpfloat (again->learning_curve->sd[1], ==, 7);
}

static void
test_parts (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HpDiagnostics) none = read_text ("{\"format\": 1, \"later\": [{\"a\": null}]}", &error), curve = NULL;

  g_assert_no_error (error);
  g_assert_null (none->influence);
  g_assert_null (none->learning_curve);
  curve = read_text ("{\"format\": 1, \"learning_curve\": []}", &error);
  g_assert_no_error (error);
  g_assert_null (curve->influence);
  g_assert_cmpuint (curve->learning_curve->n_points, ==, 0);
}

static void
test_marks (void)
{
  g_autoptr (HpInfluence) influence = make_influence (), empty = hp_influence_new (0);
  g_autofree guint32 *largest = NULL, *all = NULL;
  double t;
  gsize n;

  g_assert_cmpfloat (hp_influence_get_high_leverage (influence), ==, 1);
  g_assert_cmpfloat (hp_influence_get_large_cook (influence), ==, 1);
  g_assert_true (isnan (hp_influence_get_large_cook (empty)) && isnan (hp_influence_get_high_leverage (empty)));
  t = hp_influence_get_contour (influence, 0.5, 0.2);
  g_assert_cmpfloat_with_epsilon (t * t * 0.2 / (2 * 0.8), 0.5, 1e-12);
  g_assert_true (isnan (hp_influence_get_contour (influence, 0.5, 0)));
  g_assert_true (isnan (hp_influence_get_contour (influence, 0.5, 1)));
  largest = hp_influence_get_largest (influence, 3, &n);
  g_assert_cmpuint (n, ==, 3);
  g_assert_true (largest[0] == 1 && largest[1] == 3 && largest[2] == 0);
  all = hp_influence_get_largest (influence, 100, &n);
  g_assert_cmpuint (n, ==, 4);
}

#define INFLUENCE(target, lambda, row, leverage, residual, cook)                                                       \
  "{\"format\":1,\n\"influence\":{\"target\":" target ",\"lambda\":" lambda ",\"parameters\":2,\"sigma\":1,"           \
  "\"row\":" row ",\"leverage\":" leverage ",\"residual\":" residual ",\"cook\":" cook "}}"
#define POINT(share, n, folds, train, validation)                                                                      \
  "{\"format\":1,\n\"learning_curve\":[{\"share\":" share ",\"n\":" n ",\"folds\":" folds ",\"train\":" train          \
  ",\"validation\":" validation "}]}"
#define ERROR "{\"mae\":1,\"sd\":null}"

static void
test_refused (void)
{
  static const char *const bad[] = {
    "",
    "[]",
    "{}",
    "{\"format\":2}",
    "{\"format\":0}",
    "{\"format\":\"1\"}",
    "{\"learning_curve\":[],\"format\":1}",
    "{\"format\":1,\"learning_curve\":[],\"learning_curve\":[]}",
    INFLUENCE ("\"log\"", "1", "[1]", "[0.5]", "[0],\"residual\":[0]", "[0]"),
    "{\"format\":1,\"influence\":[]}",
    "{\"format\":1,\"influence\":{}}",
    "{\"format\":1,\"influence\":null}",
    "{\"format\":1,\"learning_curve\":{}}",
    "{\"format\":1,\"learning_curve\":[{}]}",
    "{\"format\":1} x",
    INFLUENCE ("\"cents\"", "1", "[1]", "[0.5]", "[0]", "[0]"),
    INFLUENCE ("\"log\"", "-1", "[1]", "[0.5]", "[0]", "[0]"),
    INFLUENCE ("\"log\"", "1", "[0]", "[0.5]", "[0]", "[0]"),
    INFLUENCE ("\"log\"", "1", "[1.5]", "[0.5]", "[0]", "[0]"),
    INFLUENCE ("\"log\"", "1", "[1,1]", "[0.5,0.5]", "[0,0]", "[0,0]"),
    INFLUENCE ("\"log\"", "1", "[1,2]", "[0.5,0.5]", "[0,0]", "[0]"),
    INFLUENCE ("\"log\"", "1", "[1]", "[1.5]", "[0]", "[0]"),
    INFLUENCE ("\"log\"", "1", "[1]", "[0.5]", "[1e39]", "[0]"),
    INFLUENCE ("\"log\"", "1", "[1]", "[0.5]", "[0]", "[-1]"),
    INFLUENCE ("\"log\"", "1", "[1]", "[0.5]", "[null]", "[0]"),
    POINT ("0", "9", "1", ERROR, ERROR),
    POINT ("1.1", "9", "1", ERROR, ERROR),
    POINT ("1", "0", "1", ERROR, ERROR),
    POINT ("1", "9", "0", ERROR, ERROR),
    POINT ("1", "9", "1", "{\"mae\":-1}", ERROR),
    POINT ("1", "9", "1", "{\"mae\":null}", ERROR),
    POINT ("1", "9", "1", ERROR, "{\"mae\":1,\"sd\":-2}"),
    POINT ("1", "9", "1", ERROR, "{}"),
    POINT ("1", "9", "1", ERROR, "7"),
  };
  g_autoptr (GError) fine = NULL;
  g_autoptr (HpDiagnostics) influence = NULL, curve = NULL;

  /* what the others differ from is read */
  influence = read_text (INFLUENCE ("\"plain\"", "0", "[1]", "[0.5]", "[0]", "[0]"), &fine);
  g_assert_no_error (fine);
  g_assert_nonnull (influence);
  curve = read_text (POINT ("1", "9", "1", ERROR, ERROR), &fine);
  g_assert_no_error (fine);
  g_assert_nonnull (curve);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      if (read_text (bad[i], &error) != NULL)
        g_error ("accepted: %s", bad[i]);
      g_assert_error (error, HP_ERROR, HP_ERROR_BAD_DATA);
      g_assert_true (g_str_has_prefix (error->message, "diagnostics.json:"));
    }
}

/* More points than any curve has don't run over */
static void
test_many_points (void)
{
  g_autoptr (GString) text = g_string_new ("{\"format\":1,\"learning_curve\":[");
  g_autoptr (GError) error = NULL;

  for (guint i = 1; i <= HP_LEARNING_CURVE_MAX_POINTS + 1; i++)
    g_string_append_printf (text,
                            "%s{\"share\":0.%06u,\"n\":9,\"folds\":1,\"train\":" ERROR ",\"validation\":" ERROR "}",
                            i > 1 ? "," : "", i);
  g_string_append (text, "]}");
  g_assert_null (read_text (text->str, &error));
  g_assert_error (error, HP_ERROR, HP_ERROR_BAD_DATA);
  g_assert_nonnull (strstr (error->message, "100 points"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/diagnostics/both", test_both);
  g_test_add_func ("/diagnostics/parts", test_parts);
  g_test_add_func ("/diagnostics/marks", test_marks);
  g_test_add_func ("/diagnostics/refused", test_refused);
  g_test_add_func ("/diagnostics/many-points", test_many_points);
  return g_test_run ();
}
