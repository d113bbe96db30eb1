/* test-kinds.c - kinds are found by name, and what can't be made is refused with a remedy
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <locale.h>
#include <string.h>

#include "chart-support.h"
#include "hp-error.h"

static void
test_table (void)
{
  guint n;
  const HpChartKind *kinds = hp_chart_kinds (&n);

  g_assert_cmpuint (n, ==, 16);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *text = g_strconcat (kinds[i].name, kinds[i].has_attribute ? "sqft" : "", NULL);
      const char *attribute;
      g_autoptr (GError) error = NULL;

      g_assert_true (hp_chart_kind_find (text, &attribute, &error) == &kinds[i]);
      g_assert_no_error (error);
      g_assert_cmpstr (attribute, ==, kinds[i].has_attribute ? "sqft" : NULL);
      g_assert_cmpint (strlen (hp_chart_kind_title (&kinds[i])), >, 0);
      g_assert_cmpint (strlen (hp_chart_kind_about (&kinds[i])), >, 0);
      g_assert_true ((kinds[i].needs == HP_CHART_NEEDS_SETS) == (kinds[i].max_sets > 0));
    }
}

static void
check_find (const char *text, const char *message)
{
  const char *attribute = "x";
  GError *error = NULL;

  g_assert_null (hp_chart_kind_find (text, &attribute, &error));
  g_assert_null (attribute);
  g_assert_error (error, HP_ERROR, HP_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, message));
  g_clear_error (&error);
}

static void
test_unknown (void)
{
  check_find ("qqq", "There is no chart “qqq”. Did you mean “qq”?");
  check_find ("leverge", "Did you mean “leverage”?");
  check_find ("pie", "There are: residuals-fitted, ");
  check_find ("residuals-", "Did you mean “residuals-");
  check_find ("", "There is no chart “”");
  check_find ("\x1b[2J", "There is no chart “\\x1b[2J”");
}

static void
check_refused (const char *kind, const HpChartSource *source, HpErrorCode code, const char *message)
{
  GError *error = NULL;

  g_assert_null (hp_chart_study_new (kind, source, &error));
  g_assert_error (error, HP_ERROR, code);
  g_assert_cmpstr (error->message, ==, message);
  g_clear_error (&error);
}

static void
test_missing (void)
{
  const HpChartSource nothing = { 0 };

  check_refused ("qq", &nothing, HP_ERROR_NOT_FOUND,
                 "The chart “qq” can't be made. It takes sales with predictions: name a version or a file of sales.");
  check_refused ("compare-delta", &nothing, HP_ERROR_NOT_FOUND,
                 "The chart “compare-delta” can't be made. It takes two versions: name both.");
  check_refused (
    "leverage", &nothing, HP_ERROR_NOT_FOUND,
    "The chart “leverage” can't be made. It takes what the training of a linear model keeps: train a version with "
    "“--family linear”.");
  check_refused (
    "learning-curve", &nothing, HP_ERROR_NOT_FOUND,
    "The chart “learning-curve” can't be made. It takes a version that was trained with “--learning-curve”: train "
    "one.");
  check_refused ("importance", &nothing, HP_ERROR_NOT_FOUND,
                 "The chart “importance” can't be made. It takes a version and sales to measure it on.");
  check_refused ("dependence-sqft", &nothing, HP_ERROR_NOT_FOUND,
                 "The chart “dependence-sqft” can't be made. It takes a version and sales to follow.");
  check_refused ("waterfall", &nothing, HP_ERROR_NOT_FOUND,
                 "The chart “waterfall” can't be made. It takes the valuation of a house: give its attributes.");
}

static void
test_attributes (void)
{
  g_autoptr (HpResidualSet) set = support_make_set ("3", 50, 4);
  HpResidualSet *sets[] = { set };
  const HpChartSource source = { .sets = sets, .n_sets = 1 };
  g_autoptr (HpChart) chart = support_make_chart ("residuals- AGE", &source);

  g_assert_cmpstr (chart->title, ==, "Residuals by “age”");
  check_refused ("residuals-agee", &source, HP_ERROR_NOT_FOUND,
                 "The sales have no attribute “agee”. Did you mean “age”?");
  check_refused ("residuals-fited", &source, HP_ERROR_NOT_FOUND,
                 "The sales have no attribute “fited”. Did you mean “fitted”?");
  check_refused ("residuals-xyzzy", &source, HP_ERROR_NOT_FOUND,
                 "The sales have no attribute “xyzzy”. There are: age, place.");
}

static void
test_too_many (void)
{
  g_autoptr (HpResidualSet) set = support_make_set ("3", 50, 4);
  HpResidualSet *sets[9] = { set, set, set, set, set, set, set, set, set };
  HpChartSource source = { .sets = sets, .n_sets = 2 };

  check_refused ("map", &source, HP_ERROR_USAGE, "The chart “map” shows 1 version, not 2. Make one for each.");
  source.n_sets = 9;
  check_refused ("qq", &source, HP_ERROR_USAGE, "The chart “qq” shows 8 versions at most, not 9. Choose fewer.");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  setlocale (LC_ALL, "C.UTF-8");
  g_test_add_func ("/chart/kinds/table", test_table);
  g_test_add_func ("/chart/kinds/unknown", test_unknown);
  g_test_add_func ("/chart/kinds/missing", test_missing);
  g_test_add_func ("/chart/kinds/attributes", test_attributes);
  g_test_add_func ("/chart/kinds/too-many", test_too_many);
  return g_test_run ();
}
