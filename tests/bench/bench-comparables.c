/* bench-comparables.c - how long similar sales take to be found among 25,000, in a model of 500 trees
 *
 *   bench-comparables DATA SCHEMA
 *
 * The data's sales, drawn again and again with other living areas and years, are what the model is trained on and what
 * houses are compared with. Prints one JSON object a depth: medians in milliseconds of processor, one thread.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "hp-family.h"
#include "hp-random.h"
#include "hp-valuation.h"

#define SALES  25000
#define HOUSES 200

/* The columns of the shipped sales that the model asks for */
static const char *const columns[]
  = { "sqft", "bedrooms", "bathrooms", "location", "year_built", "condition", "sale_date" };

/* Microseconds of this process: others that want the processors don't count. */
static double
now (void)
{
  struct timespec time;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &time);
  return time.tv_sec * 1e6 + time.tv_nsec / 1e3;
}

/* price and attributes; with a number before each: sales.csv */
static char *
draw_sales (const HpTable *table, const HpCleaned *cleaned, gboolean numbered)
{
  GString *text = g_string_new (numbered ? "row,price" : "price");
  const HpColumn *price = hp_table_get_column (table, "price");
  HpRandom random;

  hp_random_init (&random, 4, 0);
  for (guint c = 0; c < G_N_ELEMENTS (columns); c++)
    g_string_append_printf (text, ",%s", columns[c]);
  g_string_append_c (text, '\n');
  for (guint i = 0; i < SALES; i++)
    {
      guint32 row = cleaned->rows[hp_random_below (&random, cleaned->n_rows)];

      if (numbered)
        g_string_append_printf (text, "%u,", i + 1);
      g_string_append_printf (text, "%.0f", price->numbers[row] * (0.95 + 0.1 * hp_random_double (&random)));
      for (guint c = 0; c < G_N_ELEMENTS (columns); c++)
        {
          const HpColumn *column = hp_table_get_column (table, columns[c]);
          g_autofree char *cell = hp_table_get_text (table, column, row);

          if (g_str_equal (columns[c], "sqft") || g_str_equal (columns[c], "year_built"))
            g_string_append_printf (text, ",%.0f", column->numbers[row] - hp_random_below (&random, 20));
          else
            g_string_append_printf (text, ",\"%s\"", cell);
        }
      g_string_append_c (text, '\n');
    }
  return g_string_free (text, FALSE);
}

static HpPredictor *
train (const HpTable *table, const HpCleaned *cleaned, const HpSchema *schema, const char *depth)
{
  g_autoptr (HpTeam) team = hp_team_new (0);
  g_autoptr (GError) error = NULL;
  HpPreprocessor *pre = hp_preprocessor_fit (schema, (const char *const *) schema->features, table, cleaned->rows,
                                             cleaned->n_rows, HP_ENCODING_ORDERED, &error);
  g_autofree float *features = hp_preprocessor_matrix (pre, table, cleaned->rows, cleaned->n_rows);
  g_autofree double *price = g_new (double, cleaned->n_rows);
  HpFitData data
    = { features, price, cleaned->n_rows, hp_preprocessor_get_n_features (pre), hp_preprocessor_get_monotone (pre) };
  const HpFamily family = HP_FAMILY_GRADIENT_BOOSTING;
  HpModel *model;
  HpParams params;

  for (gsize i = 0; i < cleaned->n_rows; i++)
    price[i] = hp_table_get_column (table, "price")->numbers[cleaned->rows[i]];
  hp_family_default_params (family, &params);
  params.value[hp_family_find_param (family, "trees")] = 500;
  params.value[hp_family_find_param (family, "depth")] = atoi (depth);
  model = hp_family_fit (family, &params, &data, 1, team, NULL, NULL);
  return hp_predictor_new (pre, model, hp_calibration_fit (HP_TARGET_LOG, price, price, cleaned->n_rows), &error);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

static void
measure (const HpTable *table, const HpCleaned *cleaned, const HpSchema *schema, const char *sales, const char *depth)
{
  g_autoptr (HpPredictor) predictor = train (table, cleaned, schema, depth);
  const HpPreprocessor *pre = hp_predictor_get_preprocessor (predictor);
  g_autoptr (HpHouseBinding) binding = hp_house_binding_new (pre, table);
  g_autoptr (HpHouse) house = hp_house_new (pre);
  const HpValuationOptions plain = { 0 }, asked = { .n_comparables = 5 };
  double with[HOUSES], without[HOUSES], load;
  double start = now ();

  if (!hp_predictor_set_sales (predictor, sales, strlen (sales), NULL))
    g_error ("the sales can't be read");
  load = (now () - start) / 1000.0;
  for (guint i = 0; i < HOUSES; i++)
    {
      HpValuation *valuation;

      hp_house_set_row (house, binding, cleaned->rows[i * 37]);
      start = now ();
      valuation = hp_predictor_value (predictor, house, &asked, NULL);
      with[i] = (now () - start) / 1000.0;
      hp_valuation_free (valuation);
      start = now ();
      valuation = hp_predictor_value (predictor, house, &plain, NULL);
      without[i] = (now () - start) / 1000.0;
      hp_valuation_free (valuation);
    }
  qsort (with, HOUSES, sizeof *with, compare);
  qsort (without, HOUSES, sizeof *without, compare);
  printf ("{\"trees\":500,\"depth\":%s,\"sales\":%d,\"value\":%.3f,\"value_and_comparables\":%.3f,\"worst\":%.3f,"
          "\"load\":%.0f}\n",
          depth, SALES, without[HOUSES / 2], with[HOUSES / 2], with[HOUSES - 1], load);
  fflush (stdout);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HpFindings) findings = hp_findings_new ("sales");
  g_autoptr (HpSchema) schema = argc == 3 ? hp_schema_load (argv[2], &error) : NULL;
  g_autoptr (HpTable) data
    = schema != NULL ? hp_table_load (argv[1], schema, HP_TABLE_DEFAULT, findings, &error) : NULL;
  g_autoptr (HpCleaned) clean = data != NULL ? hp_table_clean (data, schema, &error) : NULL;
  g_autoptr (HpTable) table = NULL;
  g_autoptr (HpCleaned) cleaned = NULL;
  g_autofree char *csv = NULL, *sales = NULL;

  if (argc != 3)
    return 2;
  if (clean != NULL)
    {
      csv = draw_sales (data, clean, FALSE);
      sales = draw_sales (data, clean, TRUE);
      table = hp_table_load_memory (csv, strlen (csv), "drawn", schema, HP_TABLE_DEFAULT, findings, &error);
      cleaned = table != NULL ? hp_table_clean (table, schema, &error) : NULL;
    }
  if (cleaned == NULL)
    {
      fprintf (stderr, "%s\n", error->message);
      return 1;
    }
  measure (table, cleaned, schema, sales, "4");
  measure (table, cleaned, schema, sales, "6");
  return 0;
}
