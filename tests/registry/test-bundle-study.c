/* test-bundle-study.c - a version's out-of-sample predictions, and its answers to a file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <string.h>

#include "hp-bundle-study.h"
#include "registry-support.h"

static const char holdout_text[] = "row,line,fold,price,predicted,low,high,sqft\n"
                                   "1,2,0,101000,100000.00,99000.00,101010.00,1000\n"
                                   "3,4,test,151000,150000.00,149000.00,151500.00,1500\n";

static HpBundle *
add_bundle (Fixture *fixture, const char *holdout)
{
  g_autoptr (GHashTable) files = support_make_loadable_files ();
  g_autoptr (GError) error = NULL;
  g_autofree char *reference = NULL;
  HpBundle *bundle;

  if (holdout != NULL)
    support_set_file (files, "holdout.csv", holdout);
  reference = g_strdup_printf ("%u", support_add_files (fixture->registry, files));
  bundle = hp_registry_load (fixture->registry, reference, &error);
  g_assert_no_error (error);
  return bundle;
}

static void
test_residuals (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HpBundle) bundle = add_bundle (fixture, holdout_text);
  g_autoptr (GError) error = NULL;
  g_autoptr (HpResidualSet) set = hp_bundle_get_residuals (bundle, &error);
  const HpCalibration *calibration;

  g_assert_no_error (error);
  g_assert_cmpstr (set->name, ==, "1");
  g_assert_cmpstr (set->currency, ==, "USD");
  g_assert_cmpint (set->target, ==, HP_TARGET_PLAIN);
  g_assert_cmpuint (set->n, ==, 2);
  g_assert_cmpfloat (hp_residual_set_get_column (set, "sqft")->numbers[1], ==, 1500);
  calibration = hp_predictor_get_calibration (hp_bundle_get_predictor (bundle, FALSE, &error));
  g_assert_no_error (error);
  g_assert_cmpfloat_with_epsilon (
    set->fsd[0], hp_calibration_fsd (calibration, 0.0101 / hp_calibration_half_width (calibration, 0.9)), 1e-12);
}

static void
test_no_residuals (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HpBundle) bundle = add_bundle (fixture, NULL);
  GError *error = NULL;

  g_assert_null (hp_bundle_get_residuals (bundle, &error));
  support_assert_error (error, HP_ERROR_BAD_DATA, "version 1 has no out-of-sample predictions");
}

static void
test_damaged (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HpBundle) bundle = add_bundle (fixture, "row,line,fold,price,predicted,low,high,sqft\n1,2,0,x,1,1,1,1\n");
  GError *error = NULL;

  g_assert_null (hp_bundle_get_residuals (bundle, &error));
  support_assert_error (error, HP_ERROR_DAMAGED, "house-price/1/holdout.csv:2:7: price can't be “x”");
}

static HpValuedSales *
value (Fixture *fixture, HpBundle *bundle, const char *text, GError **error)
{
  g_autofree char *path = support_path (fixture, "sales.csv");
  g_autoptr (HpFindings) findings = hp_findings_new (path);

  support_write (path, text, -1);
  return hp_bundle_value_sales (bundle, path, 0.9, findings, error);
}

/* price = 150000 + 35000 standard deviations of the training sales' area; a sale of them, two new ones, one without a
 * price */
static void
test_value (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HpBundle) bundle = add_bundle (fixture, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (HpValuedSales) valued
    = value (fixture, bundle, "town,sqft,price\nElm,1500,151000\nOak,1500,99000\nElm,1600,\nElm,1700,170000\n", &error);
  const HpResidualSet *set;

  g_assert_no_error (error);
  set = valued->set;
  g_assert_cmpuint (valued->table->n_rows, ==, 4);
  g_assert_cmpuint (valued->cleaned->no_target, ==, 1);
  g_assert_cmpuint (set->n, ==, 3);
  g_assert_cmpuint (set->row[2], ==, 4);
  g_assert_cmpfloat_with_epsilon (set->predicted[0], 150000, 0.01);
  g_assert_true (set->low[0] < set->predicted[0] && set->fsd != NULL);
  g_assert_cmpstr (hp_residual_set_get_column (set, "town")->levels[0], ==, "Elm");
  g_assert_cmpuint (valued->n_supported, ==, 3);
  g_assert_true (valued->overlap_known && valued->has_intervals);
  g_assert_cmpuint (valued->n_overlap, ==, 1);
}

static void
test_bad_sales (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HpBundle) bundle = add_bundle (fixture, NULL);
  GError *error = NULL;

  g_assert_null (value (fixture, bundle, "sqft\n1500\n", &error));
  support_assert_error (error, HP_ERROR_BAD_DATA, "price");
  error = NULL;
  g_assert_null (value (fixture, bundle, "sqft,price\n1500,\n", &error));
  support_assert_error (error, HP_ERROR_BAD_DATA, "price");
  error = NULL;
  g_assert_null (value (fixture, bundle, "sqft,price\nwide,100000\n", &error));
  support_assert_error (error, HP_ERROR_BAD_DATA, "sales.csv:2:1");
}

int
main (int argc, char **argv)
{
  support_init (&argc, &argv);
  support_add_test ("/bundle-study/residuals", test_residuals);
  support_add_test ("/bundle-study/no-residuals", test_no_residuals);
  support_add_test ("/bundle-study/damaged", test_damaged);
  support_add_test ("/bundle-study/value", test_value);
  support_add_test ("/bundle-study/bad-sales", test_bad_sales);
  return support_run ();
}
