/* test-mover-reasons.c - why two versions price a house differently
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <string.h>

#include "hp-comparison.h"
#include "hp-error.h"
#include "model/small-predictor.h"

static const HpMoverReason *
find (GPtrArray *reasons, const char *feature)
{
  for (guint i = 0; i < reasons->len; i++)
    {
      const HpMoverReason *reason = reasons->pdata[i];

      if (g_strcmp0 (reason->feature, feature) == 0)
        return reason;
    }
  return NULL;
}

/* A model that lacks all features but one: by area alone, in one step */
static HpPredictor *
area_predictor (void)
{
  static const guint32 rows[SMALL_ROWS] = { 0, 1, 2, 3, 4, 5, 6, 7, 8 };
  static const char *const features[] = { "area", NULL };
  const HpNode by_area[] = { { 75, 1, 0, 0, 0, 9 }, { -5000, -1, 0, 0, 0, 4 }, { 5000, -1, 0, 0, 0, 5 } };
  g_autoptr (GError) error = NULL;
  g_autoptr (HpSchema) schema = NULL;
  g_autoptr (HpTable) table = small_load (&schema, small_data);
  HpPreprocessor *pre = hp_preprocessor_fit (schema, features, table, rows, SMALL_ROWS, HP_ENCODING_ORDERED, &error);
  HpModel *model = hp_model_new_trees (HP_TARGET_PLAIN, 1, 150000);
  HpPredictor *predictor;

  g_assert_no_error (error);
  hp_model_add_tree (model, by_area, 3);
  predictor = hp_predictor_new (pre, model, small_calibration (HP_TARGET_PLAIN), &error);
  g_assert_no_error (error);
  return predictor;
}

static void
test_reasons (void)
{
  g_autoptr (HpPredictor) a = area_predictor (), b = small_predictor (HP_TARGET_PLAIN, 160000, 50000);
  g_autoptr (HpHouse) house_a = small_house (hp_predictor_get_preprocessor (b));
  g_autoptr (HpHouse) only_area = hp_house_new (hp_predictor_get_preprocessor (a));
  const HpValuationOptions options = { 0 };
  g_autoptr (HpValuation) before = NULL, after = NULL;
  g_autoptr (GPtrArray) reasons = NULL;
  g_autoptr (GError) error = NULL;
  double total = 0, last = INFINITY;

  hp_house_set_number (only_area, hp_predictor_get_preprocessor (a), 0, 80, NULL);
  reasons = hp_mover_reasons_new (a, only_area, b, house_a, &error);
  g_assert_no_error (error);
  before = hp_predictor_value (a, only_area, &options, &error);
  g_assert_no_error (error);
  after = hp_predictor_value (b, house_a, &options, &error);
  g_assert_no_error (error);

  for (guint i = 0; i < reasons->len; i++)
    {
      const HpMoverReason *reason = reasons->pdata[i];

      g_assert_cmpfloat (fabs (reason->change), <=, last);
      g_assert_cmpfloat_with_epsilon (reason->change, reason->b - reason->a, 0.005);
      last = fabs (reason->change);
      total += reason->change;
    }
  g_assert_cmpfloat_with_epsilon (total, after->predicted_price - before->predicted_price, 0.01);
  /* The stumps' averages are 150,000 + 5,000 / 9 and 160,000 + 15,000 / 9: what is above them is the feature's. */
  g_assert_cmpfloat_with_epsilon (find (reasons, NULL)->a, 150000 + 5000 / 9.0, 0.01);
  g_assert_cmpfloat_with_epsilon (find (reasons, "area")->a, 5000 - 5000 / 9.0, 0.01);
  g_assert_cmpfloat (find (reasons, "place")->a, ==, 0);
  g_assert_cmpfloat (find (reasons, "place")->b, !=, 0);
}

static HpResidualSet *
make_set (const char *area)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HpSchema) schema = hp_schema_parse (small_schema, strlen (small_schema), "small.yaml", &error);
  g_autofree char *csv
    = g_strdup_printf ("row,line,fold,price,predicted,low,high,area,rooms,place,state,built,sold,zip\n"
                       "1,2,0,160000,150000,,,80,3,Suburb,good,1990,2010-05,1020\n"
                       "2,3,1,100000,%s00,,,%s,,Nowhere,fair,1950,2009,1010\n",
                       area, area);
  HpResidualSet *set = hp_residual_set_new_holdout (csv, strlen (csv), area, schema, HP_TARGET_PLAIN, &error);

  g_assert_no_error (error);
  return set;
}

static void
test_house (void)
{
  g_autoptr (HpPredictor) predictor = small_predictor (HP_TARGET_PLAIN, 160000, 50000);
  const HpPreprocessor *pre = hp_predictor_get_preprocessor (predictor);
  g_autoptr (HpResidualSet) set = make_set ("60");
  g_autoptr (HpHouse) first = hp_residual_set_house (set, 0, pre), second = hp_residual_set_house (set, 1, pre);
  g_autoptr (HpHouse) expected = small_house (pre);

  for (guint i = 0; i < N_ATTRIBUTES; i++)
    if (i != SOLD)
      g_assert_cmpfloat (first->raw[i], ==, expected->raw[i]);
  g_assert_cmpfloat (first->raw[SOLD], ==, 20100500);
  g_assert_cmpfloat (second->raw[AREA], ==, 60);
  g_assert_true (isnan (second->raw[ROOMS]) && (second->flags[ROOMS] & HP_FLAG_MISSING));
  g_assert_true (second->flags[PLACE] & HP_FLAG_UNSEEN);
}

static void
test_movers (void)
{
  g_autoptr (HpPredictor) a = small_predictor (HP_TARGET_PLAIN, 160000, 50000);
  g_autoptr (HpPredictor) b = small_predictor (HP_TARGET_PLAIN, 170000, 50000);
  g_autoptr (HpResidualSet) from = make_set ("60"), to = make_set ("90");
  HpResidualSet *const sets[] = { from, to };
  g_autoptr (HpComparison) comparison = hp_comparison_new (sets, 2, NULL, NULL, NULL);
  const HpMover *mover;

  g_assert_nonnull (comparison);
  g_assert_cmpuint (comparison->movers->len, ==, 1);
  hp_comparison_explain (comparison, a, b);
  mover = comparison->movers->pdata[0];
  g_assert_cmpuint (mover->row, ==, 2);
  g_assert_nonnull (mover->reasons);
  g_assert_cmpfloat_with_epsilon (find (mover->reasons, NULL)->change, 10000, 0.01);
  g_assert_cmpfloat_with_epsilon (find (mover->reasons, "area")->change, 30000, 0.01);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mover-reasons/reasons", test_reasons);
  g_test_add_func ("/mover-reasons/house", test_house);
  g_test_add_func ("/mover-reasons/movers", test_movers);
  return g_test_run ();
}
