/* test-residual-set.c - sales with predicted prices: read, valued, filtered, matched
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "hp-error.h"
#include "hp-residual-set.h"
#include "model/small-predictor.h"

static const char schema_text[] = "name: tiny\n"
                                  "target: paid\n"
                                  "currency: EUR\n"
                                  "columns:\n"
                                  "  paid: {type: number}\n"
                                  "  area: {type: number, unit: m²}\n"
                                  "  condition: {type: category, order: [Poor, Fair, Good]}\n"
                                  "  place: {type: category}\n"
                                  "  sold: {type: date}\n"
                                  "  line: {type: text}\n"
                                  "  lat: {type: number}\n"
                                  "  lon: {type: number}\n"
                                  "roles: {date: sold, id: line, latitude: lat, longitude: lon}\n"
                                  "features: [area, place]\n";

static const char holdout_text[]
  = "row,line,fold,price,predicted,low,high,attribute.line,area,condition,place,sold,lat,lon\n"
    "1,2,0,100000,110000.00,90000.00,134444.44,K7,80,Good,Suburb,2010-05,52.1,4.3\n"
    "2,3,test,200000,190000.00,150000.00,240666.67,K8,,Poor,\"Île, Sud\",2010,,\n"
    "4,5,1,300000.5,250000.00,,,K9,120.5,Good,Suburb,,52.2,4.4\n"
    "7,8,0,50000,60000.00,0,120000.00,,40,,Harbour,2009-01-31,52.3,4.5\n";

static HpSchema *
load_schema (void)
{
  g_autoptr (GError) error = NULL;
  HpSchema *schema = hp_schema_parse (schema_text, strlen (schema_text), "tiny", &error);

  g_assert_no_error (error);
  return schema;
}

static HpResidualSet *
load_holdout (HpTarget target)
{
  g_autoptr (HpSchema) schema = load_schema ();
  g_autoptr (GError) error = NULL;
  HpResidualSet *set = hp_residual_set_new_holdout (holdout_text, strlen (holdout_text), "3", schema, target, &error);

  g_assert_no_error (error);
  return set;
}

static void
test_holdout (void)
{
  g_autoptr (HpResidualSet) set = load_holdout (HP_TARGET_LOG);
  const HpSetColumn *column;

  g_assert_cmpstr (set->name, ==, "3");
  g_assert_cmpstr (set->currency, ==, "EUR");
  g_assert_cmpstr (set->price_name, ==, "paid");
  g_assert_cmpfloat (set->level, ==, 0.9);
  g_assert_cmpuint (set->n, ==, 4);
  g_assert_cmpuint (set->row[3], ==, 7);
  g_assert_cmpint (set->fold[0], ==, 0);
  g_assert_cmpint (set->fold[1], ==, HP_SET_TEST);
  g_assert_cmpint (set->fold[2], ==, 1);
  g_assert_cmpfloat (set->price[2], ==, 300000.5);
  g_assert_cmpfloat (set->predicted[1], ==, 190000);
  g_assert_cmpfloat (set->low[0], ==, 90000);
  g_assert_cmpfloat (set->high[0], ==, 134444.44);
  g_assert_true (isnan (set->low[2]) && isnan (set->high[2]) && set->low[3] == 0);
  g_assert_null (set->fsd);

  g_assert_cmpuint (set->columns->len, ==, 7);
  g_assert_cmpint (set->id, ==, 0);
  g_assert_cmpint (set->date, ==, 4);
  g_assert_cmpint (set->latitude, ==, 5);
  g_assert_cmpint (set->longitude, ==, 6);
  column = hp_residual_set_get_column (set, "line");
  g_assert_true (column == set->columns->pdata[0] && column->kind == HP_SET_CATEGORY);
  g_assert_cmpstr (column->levels[(int) column->numbers[2]], ==, "K9");
  g_assert_true (isnan (column->numbers[3]));

  column = hp_residual_set_get_column (set, "area");
  g_assert_cmpint (column->kind, ==, HP_SET_NUMBER);
  g_assert_cmpstr (column->label, ==, "Area");
  g_assert_cmpstr (column->unit, ==, "m²");
  g_assert_true (column->numbers[0] == 80 && isnan (column->numbers[1]) && column->levels == NULL);

  /* in the schema's order, and none that does not occur */
  column = hp_residual_set_get_column (set, "Condition ");
  g_assert_cmpuint (column->n_levels, ==, 2);
  g_assert_cmpstr (column->levels[0], ==, "Poor");
  g_assert_cmpstr (column->levels[1], ==, "Good");
  g_assert_true (column->numbers[0] == 1 && column->numbers[1] == 0 && isnan (column->numbers[3]));
  column = hp_residual_set_get_column (set, "place");
  g_assert_cmpstr (column->levels[0], ==, "Harbour");
  g_assert_cmpstr (column->levels[1], ==, "Suburb");
  g_assert_cmpstr (column->levels[2], ==, "Île, Sud");
  g_assert_null (column->levels[3]);
  column = hp_residual_set_get_column (set, "sold");
  g_assert_cmpint (column->kind, ==, HP_SET_DATE);
  g_assert_cmpfloat (column->numbers[0], ==, hp_date_to_months (20100500));
  g_assert_true (isnan (column->numbers[2]));
  g_assert_null (hp_residual_set_get_column (set, "nowhere"));
}

static void
test_residuals (void)
{
  g_autoptr (HpResidualSet) logs = load_holdout (HP_TARGET_EXP), plain = load_holdout (HP_TARGET_PLAIN);
  g_autofree double *residuals = hp_residual_set_residuals (logs), *scaled = hp_residual_set_scaled (logs),
                    *same = hp_residual_set_scaled (plain);

  g_assert_cmpfloat (residuals[0], ==, -10000);
  g_assert_cmpfloat (residuals[2], ==, 50000.5);
  g_assert_cmpfloat_with_epsilon (scaled[0], -0.09531017980432493, 1e-15);
  g_assert_cmpfloat (same[3], ==, -10000);
}

/* The small calibration has scores 0.02, 0.04 … 0.38: of 19 the 18th at 0.9, the 14th at 0.6827 */
static void
test_fsd (void)
{
  g_autoptr (HpResidualSet) logs = load_holdout (HP_TARGET_LOG), plain = load_holdout (HP_TARGET_PLAIN);
  g_autoptr (HpCalibration) log_calibration = small_calibration (HP_TARGET_LOG),
                            plain_calibration = small_calibration (HP_TARGET_PLAIN);
  double sigma = log (134444.44 / 110000) / 0.36;

  hp_residual_set_set_fsd (logs, log_calibration);
  g_assert_cmpfloat_with_epsilon (logs->fsd[0], sinh (0.28 * sigma), 1e-12);
  g_assert_cmpfloat_with_epsilon (logs->fsd[0], hp_calibration_fsd (log_calibration, sigma), 1e-12);
  g_assert_true (isnan (logs->fsd[2]));
  hp_residual_set_set_fsd (plain, plain_calibration);
  g_assert_cmpfloat_with_epsilon (plain->fsd[0], (134444.44 / 110000 - 1) * 0.28 / 0.36, 1e-12);
  /* whose low end was cut off at 0 */
  g_assert_cmpfloat_with_epsilon (plain->fsd[3], 0.28 / 0.36, 1e-12);
  hp_residual_set_set_fsd (plain, NULL);
  g_assert_null (plain->fsd);
}

static void
test_damage (void)
{
  static const struct
  {
    const char *what, *with, *message;
    HpErrorCode code;
  } damages[] = {
    { "row,", "rows,", "holdout.csv:1: column 1 is not “row”", HP_ERROR_DAMAGED },
    { "\n1,2", "\n0,2", "holdout.csv:2:1: row can't be “0”", HP_ERROR_DAMAGED },
    { "\n1,2", "\n1.5,2", "row can't be “1.5”", HP_ERROR_DAMAGED },
    { ",test,", ",tests,", "holdout.csv:3:5: fold can't be “tests”", HP_ERROR_DAMAGED },
    { ",test,", ",64,", "fold can't be “64”", HP_ERROR_DAMAGED },
    { ",200000,", ",-1,", "price can't be “-1”", HP_ERROR_DAMAGED },
    { ",190000.00,", ",nan,", "predicted can't be “nan”", HP_ERROR_DAMAGED },
    { ",250000.00,", ",,", "predicted can't be “”", HP_ERROR_DAMAGED },
    { ",150000.00,", ",-2,", "low can't be “-2”", HP_ERROR_DAMAGED },
    { ",240666.67,", ",x,", "high can't be “x”", HP_ERROR_DAMAGED },
    { ",52.1,", ",52.1,4,", "holdout.csv:2", HP_ERROR_BAD_DATA },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (damages); i++)
    {
      g_autoptr (GString) text = g_string_new (holdout_text);
      g_autoptr (GError) error = NULL;
      guint replaced = g_string_replace (text, damages[i].what, damages[i].with, 1);

      g_assert_cmpuint (replaced, ==, 1);
      g_assert_null (hp_residual_set_new_holdout (text->str, text->len, "3", NULL, HP_TARGET_LOG, &error));
      g_assert_error (error, HP_ERROR, (int) damages[i].code);
      g_assert_nonnull (strstr (error->message, damages[i].message));
    }
}

static void
test_no_sales (void)
{
  const char *text = "row,line,fold,price,predicted,low,high,area\n";
  g_autoptr (GError) error = NULL;
  g_autoptr (HpResidualSet) set = hp_residual_set_new_holdout (text, strlen (text), "3", NULL, HP_TARGET_PLAIN, &error);
  g_autofree double *residuals = NULL;
  HpResidualSet *sets[] = { set, set }, **common;

  g_assert_no_error (error);
  g_assert_cmpuint (set->n, ==, 0);
  residuals = hp_residual_set_residuals (set);
  common = hp_residual_sets_common (sets, 2);
  g_assert_cmpuint (common[1]->n, ==, 0);
  hp_residual_sets_free (common);
  common = hp_residual_sets_common (NULL, 0);
  g_assert_null (common[0]);
  hp_residual_sets_free (common);
}

static HpResidualSet *
read_estimates (const char *text, const char *estimate, const char *price, gsize *n_left_out, GError **error)
{
  g_autofree char *path = NULL;
  HpResidualSet *set;
  int fd = g_file_open_tmp ("estimates-XXXXXX.csv", &path, NULL);

  g_assert_cmpint (fd, >=, 0);
  g_close (fd, NULL);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  set = hp_residual_set_new_estimates (path, estimate, price, NULL, n_left_out, error);
  if (set != NULL)
    {
      g_autofree char *name = g_path_get_basename (path);

      g_assert_cmpstr (set->name, ==, name);
    }
  g_assert_cmpint (g_unlink (path), ==, 0);
  return set;
}

static void
test_estimates (void)
{
  const char *text = "parcel,Assessed Value,sale_price,town,sold,built,mixed\n"
                     "007,90,100,Elm,2010-05,1960,1\n"
                     "008,,100,Elm,2010-06,1970,x\n"
                     "009,80,0,Oak,2010-07,1980,2\n"
                     "010,70,60,\"elm \",2011,NA,3\n";
  g_autoptr (GError) error = NULL;
  gsize n_left_out = 0;
  g_autoptr (HpResidualSet) set = read_estimates (text, "assessed value", NULL, &n_left_out, &error);
  const HpSetColumn *column;

  g_assert_no_error (error);
  g_assert_cmpuint (n_left_out, ==, 2);
  g_assert_cmpuint (set->n, ==, 2);
  g_assert_cmpuint (set->row[1], ==, 4);
  g_assert_cmpint (set->fold[1], ==, HP_SET_UNSEEN);
  g_assert_true (set->predicted[0] == 90 && set->price[0] == 100 && isnan (set->low[0]) && set->fsd == NULL);
  g_assert_cmpstr (set->price_name, ==, "sale_price");
  g_assert_cmpstr (set->predicted_name, ==, "Assessed Value");
  g_assert_null (set->currency);
  g_assert_cmpuint (set->columns->len, ==, 5);

  column = hp_residual_set_get_column (set, "parcel"); /* whose zeros say that it is no number */
  g_assert_cmpint (column->kind, ==, HP_SET_CATEGORY);
  g_assert_cmpstr (column->levels[1], ==, "010");
  column = hp_residual_set_get_column (set, "town"); /* one town, however it is spelled */
  g_assert_cmpuint (column->n_levels, ==, 1);
  g_assert_cmpstr (column->levels[0], ==, "Elm");
  column = hp_residual_set_get_column (set, "sold");
  g_assert_cmpint (column->kind, ==, HP_SET_DATE);
  g_assert_cmpfloat (column->numbers[1], ==, hp_date_to_months (20110000));
  column = hp_residual_set_get_column (set, "built");
  g_assert_cmpint (column->kind, ==, HP_SET_NUMBER);
  g_assert_true (column->numbers[0] == 1960 && isnan (column->numbers[1]));
  g_assert_cmpint (hp_residual_set_get_column (set, "mixed")->kind, ==, HP_SET_NUMBER); /* of what was kept */
}

static void
test_bad_estimates (void)
{
  static const struct
  {
    const char *text, *estimate, *price, *message;
  } bad[] = {
    { "a,b\n1,2\n", NULL, NULL, ":1: name the column with --estimate: the file has a, b" },
    { "estimate,b\n1,2\n", NULL, NULL, ":1: name the column with --price" },
    { "estimate,price\n1,2\n", "estimat", NULL, "did you mean “estimate”?" },
    { "estimate,price\n1,2\n$3,4\n", NULL, NULL, ":3:1: estimate: “$3” is not a number" },
    { "estimate,price\n1,2\n3,4,5\n", NULL, NULL, ":3" },
    { "estimate,price\n1,-2\n,4\n", NULL, NULL, "no row has both" },
    { "estimate,price\n", NULL, NULL, "no row has both" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (read_estimates (bad[i].text, bad[i].estimate, bad[i].price, NULL, &error));
      g_assert_error (error, HP_ERROR, HP_ERROR_BAD_DATA);
      g_assert_nonnull (strstr (error->message, bad[i].message));
    }
}

static void
test_filter (void)
{
  g_autoptr (HpResidualSet) set = load_holdout (HP_TARGET_LOG), part = NULL;
  g_autoptr (HpCalibration) calibration = small_calibration (HP_TARGET_LOG);
  const gboolean keep[] = { FALSE, TRUE, FALSE, TRUE };
  const HpSetColumn *column;

  hp_residual_set_set_fsd (set, calibration);
  part = hp_residual_set_filter (set, keep);
  g_assert_cmpuint (part->n, ==, 2);
  g_assert_true (part->row[0] == 2 && part->row[1] == 7);
  g_assert_true (part->price[1] == 50000 && part->predicted[1] == 60000 && part->high[1] == 120000);
  g_assert_cmpfloat (part->fsd[1], ==, set->fsd[3]);
  g_assert_cmpint (part->fold[0], ==, HP_SET_TEST);
  g_assert_cmpstr (part->currency, ==, "EUR");
  g_assert_cmpint (part->date, ==, 4);
  column = hp_residual_set_get_column (part, "place");
  g_assert_cmpuint (column->n_levels, ==, 3);
  g_assert_cmpstr (column->levels[(int) column->numbers[0]], ==, "Île, Sud");
}

static void
test_common (void)
{
  g_autoptr (HpResidualSet) a = load_holdout (HP_TARGET_LOG), b = load_holdout (HP_TARGET_PLAIN),
                            c = load_holdout (HP_TARGET_LOG);
  HpResidualSet *sets[] = { a, b, c };
  HpResidualSet **common;

  /* b backwards and without 2, c with 7 twice */
  b->row[0] = 7;
  b->row[1] = 4;
  b->row[2] = 3;
  b->row[3] = 1;
  c->row[1] = 7;
  common = hp_residual_sets_common (sets, 3);
  for (guint i = 0; i < 3; i++)
    {
      g_assert_cmpuint (common[i]->n, ==, 3);
      g_assert_true (common[i]->row[0] == 1 && common[i]->row[1] == 4 && common[i]->row[2] == 7);
    }
  g_assert_null (common[3]);
  g_assert_cmpfloat (common[0]->predicted[2], ==, 60000);
  g_assert_cmpfloat (common[1]->predicted[2], ==, 110000);
  g_assert_cmpfloat (common[1]->predicted[0], ==, 60000);
  g_assert_cmpfloat (common[2]->predicted[2], ==, 190000); /* the first of its two */
  g_assert_cmpint (common[1]->target, ==, HP_TARGET_PLAIN);
  hp_residual_sets_free (common);
}

static void
test_valued (void)
{
  g_autoptr (HpPredictor) predictor = small_predictor (HP_TARGET_LOG, 12, 1);
  g_autoptr (HpSchema) schema = NULL;
  g_autoptr (HpTable) table = small_load (&schema, small_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (HpResidualSet) set = NULL;
  const guint32 rows[] = { 1, 0, 4 };
  const HpColumn *target = hp_table_get_column (table, schema->target);
  g_autofree float *features
    = hp_preprocessor_matrix (hp_predictor_get_preprocessor (predictor), table, rows, G_N_ELEMENTS (rows));
  double price[3], low[3], high[3];

  set = hp_residual_set_new_valued ("9", predictor, table, schema, rows, 3, 0.8, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (set->n, ==, 3);
  g_assert_cmpfloat (set->level, ==, 0.8);
  hp_predictor_prices (predictor, features, 3, 0.8, price, low, high);
  for (guint i = 0; i < 3; i++)
    {
      g_assert_cmpuint (set->row[i], ==, rows[i] + 1);
      g_assert_cmpint (set->fold[i], ==, HP_SET_UNSEEN);
      g_assert_cmpfloat (set->price[i], ==, target->numbers[rows[i]]);
      g_assert_cmpfloat (set->predicted[i], ==, price[i]);
      g_assert_true (set->low[i] == low[i] && set->high[i] == high[i]);
      /* scores 0.02, 0.04 … 0.38, one width for all: the 14th of 19 */
      g_assert_cmpfloat_with_epsilon (set->fsd[i], sinh (0.28), 1e-6);
    }
  g_assert_null (hp_residual_set_get_column (set, schema->target));
  g_assert_cmpuint (set->columns->len, ==, table->columns->len - 1);
}

/* A price that the model can't give: not positive */
static void
test_not_valued (void)
{
  g_autoptr (HpPredictor) predictor = small_predictor (HP_TARGET_PLAIN, 0, 1000);
  g_autoptr (HpSchema) schema = NULL;
  g_autoptr (HpTable) table = small_load (&schema, small_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (HpResidualSet) set = NULL;
  g_autofree guint32 *rows = g_new (guint32, table->n_rows);

  for (guint32 i = 0; i < table->n_rows; i++)
    rows[i] = i;
  set = hp_residual_set_new_valued ("9", predictor, table, schema, rows, table->n_rows, 0.9, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (set->n, >, 0);
  g_assert_cmpuint (set->n, <, table->n_rows);
  for (gsize i = 0; i < set->n; i++)
    g_assert_cmpfloat (set->predicted[i], >, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/residual-set/holdout", test_holdout);
  g_test_add_func ("/residual-set/residuals", test_residuals);
  g_test_add_func ("/residual-set/fsd", test_fsd);
  g_test_add_func ("/residual-set/damage", test_damage);
  g_test_add_func ("/residual-set/no-sales", test_no_sales);
  g_test_add_func ("/residual-set/estimates", test_estimates);
  g_test_add_func ("/residual-set/bad-estimates", test_bad_estimates);
  g_test_add_func ("/residual-set/filter", test_filter);
  g_test_add_func ("/residual-set/common", test_common);
  g_test_add_func ("/residual-set/valued", test_valued);
  g_test_add_func ("/residual-set/not-valued", test_not_valued);
  return g_test_run ();
}
