/* test-goldens.c - every kind of chart by its content, as tests/golden/chart has it
 *
 * With HOUSE_PRICE_GOLDEN=write the goldens are written anew, to be looked at in the diff. The holdouts are every
 * fourth sale of data/house_data.csv and every second one of tests/data/sacramento.csv, as `house-price train` predicts
 * them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <locale.h>
#include <math.h>

#include "chart-support.h"

#define HOUSE_SCHEMA      "data/house_data.schema.yaml"
#define SACRAMENTO_SCHEMA "tests/data/sacramento.schema.yaml"

static void
add (GString *text, const char *kind, const HpChartSource *source)
{
  g_autoptr (HpChart) chart = support_make_chart (kind, source);

  support_describe (chart, text);
}

static void
compare (const char *file, const GString *text)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "golden", "chart", file, NULL), *golden = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) expected = NULL, found = NULL;

  if (g_strcmp0 (g_getenv ("HOUSE_PRICE_GOLDEN"), "write") == 0)
    {
      g_file_set_contents (path, text->str, (gssize) text->len, &error);
      g_assert_no_error (error);
    }
  g_file_get_contents (path, &golden, NULL, &error);
  g_assert_no_error (error);
  expected = g_strsplit (golden, "\n", -1);
  found = g_strsplit (text->str, "\n", -1);
  for (guint i = 0; expected[i] != NULL && found[i] != NULL; i++)
    g_assert_cmpstr (found[i], ==, expected[i]);
  g_assert_cmpuint (g_strv_length (found), ==, g_strv_length (expected));
}

static void
add_all (GString *text, const char *const *kinds, const HpChartSource *source)
{
  for (guint i = 0; kinds[i] != NULL; i++)
    add (text, kinds[i], source);
}

static void
test_house (void)
{
  static const char *const kinds[] = { "residuals-fitted",
                                       "actual-predicted",
                                       "qq",
                                       "histogram",
                                       "scale-location",
                                       "residuals-sqft",
                                       "residuals-time",
                                       "residuals-location",
                                       "residuals-condition",
                                       "ratio-decile",
                                       "coverage",
                                       "map",
                                       "residuals-year_built",
                                       "residuals-sale_date",
                                       NULL };
  g_autoptr (HpResidualSet) set = support_load_holdout ("house-boosting.csv", "2", HOUSE_SCHEMA, HP_TARGET_LOG);
  HpResidualSet *sets[] = { set };
  const HpChartSource source = { .sets = sets, .n_sets = 1 };
  g_autoptr (GString) text = g_string_new (NULL);

  add_all (text, kinds, &source);
  compare ("house.txt", text);
}

static void
test_versions (void)
{
  static const char *const kinds[] = { "residuals-fitted",
                                       "actual-predicted",
                                       "qq",
                                       "histogram",
                                       "scale-location",
                                       "residuals-sqft",
                                       "residuals-time",
                                       "residuals-condition",
                                       "ratio-decile",
                                       "coverage",
                                       NULL };
  g_autoptr (HpResidualSet) linear = support_load_holdout ("house-linear.csv", "1", HOUSE_SCHEMA, HP_TARGET_LOG);
  g_autoptr (HpResidualSet) boosting = support_load_holdout ("house-boosting.csv", "2", HOUSE_SCHEMA, HP_TARGET_LOG);
  HpResidualSet *sets[] = { linear, boosting };
  const HpComparisonOptions options = HP_COMPARISON_OPTIONS_DEFAULT;
  g_autoptr (GError) error = NULL;
  g_autoptr (HpComparison) comparison = hp_comparison_new (sets, 2, &options, NULL, &error);
  const HpChartSource source = { .sets = sets, .n_sets = 2, .comparison = comparison, .filter = "every fourth sale" };
  g_autoptr (GString) text = g_string_new (NULL);

  g_assert_no_error (error);
  add_all (text, kinds, &source);
  add (text, "compare-delta", &source);
  compare ("versions.txt", text);
}

/* A model of prices, not of their logarithms: errors are in dollars. No dates. */
static void
test_sacramento (void)
{
  static const char *const kinds[] = { "residuals-fitted",
                                       "qq",
                                       "histogram",
                                       "scale-location",
                                       "residuals-sqft",
                                       "residuals-zip",
                                       "residuals-time",
                                       "map",
                                       "coverage",
                                       "residuals-type",
                                       NULL };
  g_autoptr (HpResidualSet) set
    = support_load_holdout ("sacramento-linear.csv", "first try", SACRAMENTO_SCHEMA, HP_TARGET_PLAIN);
  HpResidualSet *sets[] = { set };
  const HpChartSource source = { .sets = sets, .n_sets = 1 };
  g_autoptr (GString) text = g_string_new (NULL);

  add_all (text, kinds, &source);
  compare ("sacramento.txt", text);
}

static HpInfluence *
make_influence (void)
{
  HpInfluence *influence = hp_influence_new (50);

  influence->target = HP_TARGET_LOG;
  influence->parameters = 4;
  influence->sigma = 0.1;
  for (gsize i = 0; i < 50; i++)
    {
      influence->row[i] = i + 1;
      influence->leverage[i] = i == 40 ? 0.6 : 0.02 + 0.002 * (i % 20);
      influence->residual[i] = i == 40 ? -2.4 : i == 7 ? 4.1 : sin (i);
      influence->cook[i]
        = influence->residual[i] * influence->residual[i] / 4 * influence->leverage[i] / (1 - influence->leverage[i]);
    }
  return influence;
}

static HpLearningCurve *
make_curve (void)
{
  HpLearningCurve *curve = hp_learning_curve_new (4);

  for (guint i = 0; i < 4; i++)
    {
      curve->share[i] = (i + 1) / 4.0;
      curve->n[i] = 500 * (i + 1);
      curve->n_folds[i] = 5;
      curve->train_mae[i] = 9000 + 1000 * i;
      curve->train_sd[i] = 200;
      curve->mae[i] = 20000 - 1500 * i;
      curve->sd[i] = i == 0 ? NAN : 900;
    }
  return curve;
}

static void
free_item (gpointer data)
{
  HpImportanceItem *item = data;

  g_free (item->attribute);
  g_free (item->label);
  g_free (item->increase);
  g_free (item);
}

static HpImportance *
make_importance (void)
{
  static const char *const labels[] = { "Living area", "Location", "Bedrooms" };
  HpImportance *importance = g_new0 (HpImportance, 1);

  importance->currency = g_strdup ("USD");
  importance->n = importance->n_all = 2000;
  importance->in_sample = TRUE;
  importance->mae = 17100;
  importance->items = g_ptr_array_new_with_free_func (free_item);
  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    {
      HpImportanceItem *item = g_new0 (HpImportanceItem, 1);

      item->label = g_strdup (labels[i]);
      item->mean = 20000 - 10000.0 * i;
      item->low = item->mean - 500;
      item->high = item->mean + 500;
      g_ptr_array_add (importance->items, item);
    }
  return importance;
}

static HpPartialDependence *
make_dependence (gboolean category)
{
  HpPartialDependence *dependence = g_new0 (HpPartialDependence, 1);

  dependence->attribute = g_strdup (category ? "location" : "sqft");
  dependence->label = g_strdup (category ? "Location" : "Living area");
  dependence->unit = category ? NULL : g_strdup ("ft²");
  dependence->currency = g_strdup ("USD");
  dependence->type = category ? HP_COLUMN_CATEGORY : HP_COLUMN_NUMBER;
  dependence->n = dependence->n_all = 800;
  dependence->n_points = 4;
  dependence->n_lines = 3;
  dependence->x = g_new (double, 4);
  dependence->mean = g_new (double, 4);
  dependence->line = g_new (double, 12);
  dependence->line_row = g_new (guint64, 3);
  dependence->line_x = g_new0 (double, 3);
  dependence->levels = category ? g_strsplit ("North Ames,Somerset,Old Town,Gilbert", ",", -1) : NULL;
  dependence->count = category ? g_new0 (gsize, 4) : NULL;
  for (guint i = 0; i < 4; i++)
    {
      dependence->x[i] = category ? i : 1000 + 500.0 * i;
      dependence->mean[i] = 150000 + (category && i == 2 ? -30000 : 20000.0 * i);
      for (guint l = 0; l < 3; l++)
        dependence->line[4 * l + i] = dependence->mean[i] * (0.8 + 0.2 * l);
    }
  for (guint l = 0; l < 3; l++)
    dependence->line_row[l] = 10 + l;
  for (guint i = 0; i < 9; i++)
    dependence->decile[i] = category ? NAN : 1100 + 150.0 * i;
  return dependence;
}

static void
add_contribution (HpValuation *valuation, const char *feature, const char *value, double amount)
{
  HpContribution *contribution = g_new0 (HpContribution, 1);

  contribution->feature = g_strdup (feature);
  contribution->value = g_strdup (value);
  contribution->amount = amount;
  g_ptr_array_add (valuation->contributions, contribution);
}

static void
free_contribution (gpointer data)
{
  HpContribution *contribution = data;

  g_free (contribution->feature);
  g_free (contribution->value);
  g_free (contribution);
}

static HpValuation *
make_valuation (guint n_more)
{
  HpValuation *valuation = g_new0 (HpValuation, 1);

  valuation->currency = g_strdup ("USD");
  valuation->version = g_strdup ("3");
  valuation->explained = TRUE;
  valuation->base_price = 166000;
  valuation->contributions = g_ptr_array_new_with_free_func (free_contribution);
  valuation->comparables = g_ptr_array_new ();
  valuation->warnings = g_ptr_array_new ();
  valuation->predicted_price = 178123 + 10 * n_more;
  add_contribution (valuation, "sqft", "1656", 15123);
  add_contribution (valuation, "location", "North Ames", -8000);
  add_contribution (valuation, "condition", NULL, 5000);
  for (guint i = 0; i < n_more; i++)
    {
      g_autofree char *name = g_strdup_printf ("feature%u", i);

      add_contribution (valuation, name, "1", 10);
    }
  return valuation;
}

static void
test_models (void)
{
  g_autoptr (HpInfluence) influence = make_influence ();
  g_autoptr (HpLearningCurve) curve = make_curve ();
  g_autoptr (HpImportance) importance = make_importance ();
  g_autoptr (HpPartialDependence) number = make_dependence (FALSE), category = make_dependence (TRUE);
  g_autoptr (HpValuation) valuation = make_valuation (0), long_valuation = make_valuation (30);
  HpChartSource source = { .influence = influence,
                           .learning_curve = curve,
                           .importance = importance,
                           .dependence = number,
                           .valuation = valuation,
                           .name = "3",
                           .currency = "USD" };
  static const char *const reasons[] = { "Living area: 1,656 ft²", "Location: North Ames", "Condition\x1b: –" };
  g_autoptr (GString) text = g_string_new (NULL);

  add (text, "leverage", &source);
  add (text, "learning-curve", &source);
  add (text, "importance", &source);
  add (text, "dependence-sqft", &source);
  add (text, "waterfall", &source);
  source.reasons = reasons;
  add (text, "waterfall", &source);
  source.reasons = NULL;
  source.dependence = category;
  source.valuation = long_valuation;
  add (text, "dependence-location", &source);
  add (text, "waterfall", &source);
  compare ("models.txt", text);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  setlocale (LC_ALL, "C.UTF-8");
  g_test_add_func ("/chart/golden/house", test_house);
  g_test_add_func ("/chart/golden/versions", test_versions);
  g_test_add_func ("/chart/golden/sacramento", test_sacramento);
  g_test_add_func ("/chart/golden/models", test_models);
  return g_test_run ();
}
