/* test-leakage.c - leaks are found whatever their form, and only leaks
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "hp-number.h"
#include "hp-random.h"
#include "table-test.h"

#define THRESHOLD 0.995

/* A market: prices that a few attributes explain in part, and a column made from all of it */
typedef struct
{
  double price, sqft, noise, uniform;
} Sale;

typedef double (*Make) (const Sale *sale);

static const char columns[] = "target: price\n"
                              "columns: {price: {type: number}, sqft: {type: number}, beds: {type: integer},\n"
                              "  lot: {type: number}, place: {type: category}}\n"
                              "features: [sqft, beds, lot, place]\n";

/* corrupt: how many of the rows have a wild value in the column; band: written as a category */
static HpTable *
market (guint n, guint corrupt, Make make, gboolean band, const HpSchema *schema)
{
  g_autoptr (GString) csv = g_string_new ("price,sqft,beds,lot,place,made\n");
  HpRandom random;

  hp_random_init (&random, 11, 0);
  for (guint i = 0; i < n; i++)
    {
      Sale sale;
      guint beds = 1 + hp_random_below (&random, 5), place = hp_random_below (&random, 12);
      double lot = 2000 + floor (20000 * hp_random_double (&random)), made;
      char text[HP_NUMBER_BUFFER];

      sale.sqft = floor (400 * beds + 1200 * hp_random_double (&random));
      sale.price = floor (1e5 * exp (0.0004 * sale.sqft + 0.05 * place + 0.2 * hp_random_normal (&random)));
      sale.noise = hp_random_normal (&random);
      sale.uniform = hp_random_double (&random);
      made = make (&sale);
      if (corrupt > 0 && i % (n / corrupt) == n / corrupt / 2)
        made = (const double[]){ 0, 1e9, -5, 12 }[i % 4];
      hp_number_format (text, made);
      g_string_append_printf (csv, "%.0f,%.0f,%u,%.0f,p%u,%s%s\n", sale.price, sale.sqft, beds, lot, place,
                              band ? "b" : "", text);
    }
  return load_text (csv->str, schema, HP_TABLE_ALL_COLUMNS, NULL);
}

static double
per_sqft (const Sale *s)
{
  return floor (100 * s->price / s->sqft) / 100;
}

static double
per_sqft_whole (const Sale *s)
{
  return floor (s->price / s->sqft);
}

static double
sqft_per_price (const Sale *s)
{
  return s->sqft / s->price;
}

static double
assessed (const Sale *s)
{
  return 100 * floor (0.8 * s->price / 100);
}

static double
logarithm (const Sale *s)
{
  return floor (1e4 * log (s->price)) / 1e4;
}

static double
thousands (const Sale *s)
{
  return floor (s->price / 1000);
}

static double
with_fee (const Sale *s)
{
  return s->price + 5000 * s->uniform;
}

static double
tax (const Sale *s)
{
  return floor (s->price * 1.31 / 100 + 0.5);
}

static double
inverse (const Sale *s)
{
  return 1e9 / s->price;
}

static double
s_shaped (const Sale *s)
{
  return atan ((s->price - 2e5) / 5e4);
}

static double
folded (const Sale *s)
{
  return fabs (s->price - 2e5); /* two prices for each value: no function */
}

static double
close_estimate (const Sale *s)
{
  return s->price * exp (0.1 * s->noise);
}

static double
unrelated (const Sale *s)
{
  return s->uniform;
}

static double
band_of_5000 (const Sale *s)
{
  return 5000 * floor (s->price / 5000);
}

static double
band_of_100000 (const Sale *s)
{
  return 1e5 * floor (s->price / 1e5);
}

static double
constant (const Sale *s)
{
  return 7;
}

static const struct
{
  const char *name;
  Make make;
  gboolean leaks, band;
  char op;
} cases[] = {
  { "price per area", per_sqft, TRUE, FALSE, '*' },
  { "rounded price per area", per_sqft_whole, TRUE, FALSE, '*' },
  { "area per price", sqft_per_price, TRUE, FALSE, '/' },
  { "assessment", assessed, TRUE, FALSE, 0 },
  { "logarithm", logarithm, TRUE, FALSE, 0 },
  { "thousands", thousands, TRUE, FALSE, 0 },
  { "with fee", with_fee, TRUE, FALSE, 0 },
  { "tax", tax, TRUE, FALSE, 0 },
  { "inverse", inverse, TRUE, FALSE, 0 },
  { "s-shaped", s_shaped, TRUE, FALSE, 0 },
  { "narrow band", band_of_5000, TRUE, TRUE, 0 },
  { "narrow band in numbers", band_of_5000, TRUE, FALSE, 0 },
  { "wide band", band_of_100000, FALSE, TRUE, 0 },
  { "folded", folded, FALSE, FALSE, 0 },
  { "good estimate", close_estimate, FALSE, FALSE, 0 },
  { "unrelated", unrelated, FALSE, FALSE, 0 },
  { "constant", constant, FALSE, FALSE, 0 },
};

static void
check_case (guint i, guint n, guint corrupt)
{
  g_autoptr (HpSchema) schema = schema_of (columns);
  g_autoptr (HpTable) table = market (n, corrupt, cases[i].make, cases[i].band, schema);
  g_autoptr (GPtrArray) leaks = hp_table_find_leaks (table, schema, THRESHOLD);
  const HpLeak *leak;

  if (leaks->len != cases[i].leaks)
    g_error ("%s, %u rows, %u corrupt: %u leaks", cases[i].name, n, corrupt, leaks->len);
  if (!cases[i].leaks)
    return;
  leak = leaks->pdata[0];
  g_assert_cmpstr (leak->column, ==, "made");
  g_assert_cmpint (leak->op, ==, cases[i].op);
  g_assert_cmpstr (leak->other, ==, cases[i].op != 0 ? "sqft" : NULL);
  g_assert_cmpfloat (leak->r2, >=, THRESHOLD);
  g_assert_cmpfloat (leak->r2, <=, 1);
  g_assert_false (leak->listed);
}

static void
test_forms (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      check_case (i, 500, 0);
      check_case (i, 3000, 0);
    }
}

/* One row in a hundred is wild */
static void
test_corrupt_rows (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    check_case (i, 3000, 30);
}

/* One pair of huge values makes no leak of an innocent column */
static void
test_one_outlier (void)
{
  g_autoptr (HpSchema) schema = schema_of (columns);
  g_autoptr (HpTable) table = market (400, 0, unrelated, FALSE, schema);
  g_autoptr (GPtrArray) leaks = NULL;

  hp_table_get_column (table, "price")->numbers[17] = 1e12;
  hp_table_get_column (table, "made")->numbers[17] = 1e12;
  hp_table_get_column (table, "sqft")->numbers[17] = 1e12;
  leaks = hp_table_find_leaks (table, schema, THRESHOLD);
  g_assert_cmpuint (leaks->len, ==, 0);
}

static void
test_few_rows (void)
{
  g_autoptr (HpSchema) schema = schema_of (columns);
  g_autoptr (HpTable) few = market (29, 0, thousands, FALSE, schema);
  g_autoptr (HpTable) enough = market (30, 0, thousands, FALSE, schema);
  g_autoptr (HpTable) innocent = market (30, 0, unrelated, FALSE, schema);
  g_autoptr (GPtrArray) none = hp_table_find_leaks (few, schema, THRESHOLD);
  g_autoptr (GPtrArray) one = hp_table_find_leaks (enough, schema, THRESHOLD);
  g_autoptr (GPtrArray) clear = hp_table_find_leaks (innocent, schema, THRESHOLD);

  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpuint (one->len, ==, 1);
  g_assert_cmpuint (clear->len, ==, 0);
}

/* Listed columns are told of, whatever they look like */
static void
test_listed (void)
{
  g_autofree char *yaml = g_strconcat (columns, "leakage: [made, elsewhere]\n", NULL);
  g_autoptr (HpSchema) schema = schema_of (yaml);
  g_autoptr (HpTable) table = market (300, 0, per_sqft, FALSE, schema);
  g_autoptr (GPtrArray) leaks = hp_table_find_leaks (table, schema, THRESHOLD);
  const HpLeak *leak = leaks->pdata[0];

  g_assert_cmpuint (leaks->len, ==, 1);
  g_assert_cmpstr (leak->column, ==, "made");
  g_assert_true (leak->listed);
  g_assert_cmpfloat (leak->r2, <, THRESHOLD);
}

static void
test_innocent_data (void)
{
  g_autoptr (HpSchema) schema = NULL, other_schema = NULL;
  g_autoptr (HpTable) table = load_data ("../data", "house_data", &schema, HP_TABLE_ALL_COLUMNS, NULL);
  g_autoptr (HpTable) other = load_data ("data", "sacramento", &other_schema, HP_TABLE_ALL_COLUMNS, NULL);
  g_autoptr (GPtrArray) leaks = hp_table_find_leaks (table, schema, 0.9);
  g_autoptr (GPtrArray) other_leaks = hp_table_find_leaks (other, other_schema, 0.9);

  g_assert_cmpuint (leaks->len, ==, 0);
  g_assert_cmpuint (other_leaks->len, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/leakage/forms", test_forms);
  g_test_add_func ("/leakage/corrupt-rows", test_corrupt_rows);
  g_test_add_func ("/leakage/one-outlier", test_one_outlier);
  g_test_add_func ("/leakage/few-rows", test_few_rows);
  g_test_add_func ("/leakage/listed", test_listed);
  g_test_add_func ("/leakage/innocent-data", test_innocent_data);
  return g_test_run ();
}
