/* test-train-refusals.c - what a training refuses, leaves out or fails, and says so
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "train-support.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "hp-error.h"
#include "hp-family.h"
#include "hp-random.h"

static gboolean
has_note (const HpTraining *training, const char *a, const char *b)
{
  for (guint i = 0; i < training->notes->len; i++)
    if (strstr (training->notes->pdata[i], a) != NULL && strstr (training->notes->pdata[i], b) != NULL)
      return TRUE;
  return FALSE;
}

static gboolean
uses_feature (const HpTraining *training, guint i, const char *feature)
{
  gsize length;
  const char *text = get_file (training, i, "config.yaml", &length);
  g_autoptr (HpYaml) config = hp_yaml_parse (text, length, "config.yaml", NULL);
  const HpYaml *features = hp_yaml_get (config, "features");

  for (guint k = 0; k < features->items->len; k++)
    if (g_str_equal (((const HpYaml *) features->items->pdata[k])->scalar, feature))
      return TRUE;
  return FALSE;
}

static const char leaky_schema[] = "name: t\n"
                                   "target: price\n"
                                   "columns:\n"
                                   "  price: {type: number}\n"
                                   "  sqft: {type: number}\n"
                                   "  rooms: {type: integer}\n"
                                   "  assessed: {type: number}\n"
                                   "  unit_price: {type: number}\n"
                                   "  told: {type: number}\n"
                                   "derived:\n"
                                   "  per_room: {ratio: [assessed, rooms]}\n"
                                   "  mixed: {ratio: [unit_price, assessed]}\n"
                                   "features: [%s]\n"
                                   "leakage: [told]\n";

static HpTable *
leaky_table (const HpSchema *schema)
{
  g_autoptr (GString) csv = g_string_new ("price,sqft,rooms,assessed,unit_price,told\n");
  HpRandom random;

  hp_random_init (&random, 93, 1);
  for (guint i = 0; i < 200; i++)
    {
      guint sqft = 500 + hp_random_below (&random, 3000), rooms = 1 + hp_random_below (&random, 6);
      double price = floor (sqft * 100.0 * exp (0.3 * hp_random_normal (&random)));

      g_string_append_printf (csv, "%.0f,%u,%u,%.1f,%.6f,%u\n", price, sqft, rooms, price * 0.85, price / sqft,
                              hp_random_below (&random, 1000));
    }
  return parse_table (csv->str, schema);
}

static void
test_leaks (void)
{
  g_autofree char *yaml = g_strdup_printf (leaky_schema, "sqft, rooms, assessed, unit_price, per_room, mixed");
  g_autoptr (HpSchema) schema = parse_schema (yaml);
  g_autoptr (HpTable) table = leaky_table (schema);
  g_autoptr (HpTrainOptions) options = small_options ();
  const char *const keep_assessed[] = { "assessed", NULL }, *const keep_both[] = { "unit_price", "assessed", NULL };
  const HpCandidate *candidate;

  options->families = 1 << HP_FAMILY_RANDOM_FOREST | 1 << HP_FAMILY_LINEAR;

  g_autoptr (HpTraining) training = train (table, schema, options, 2);

  for (guint i = 0; i < 2; i++)
    {
      g_assert_true (uses_feature (training, i, "sqft"));
      g_assert_true (uses_feature (training, i, "rooms"));
      g_assert_false (uses_feature (training, i, "assessed"));
      g_assert_false (uses_feature (training, i, "unit_price"));
      g_assert_false (uses_feature (training, i, "per_room"));
      g_assert_false (uses_feature (training, i, "mixed"));
      candidate = training->candidates->pdata[i];
      g_assert_cmpfloat (candidate->oof.value[HP_METRIC_R2], <, 0.9);
    }
  g_assert_true (has_note (training, "“assessed” was left out", "--keep-leak assessed"));
  g_assert_true (has_note (training, "“unit_price” was left out", "“sqft”"));
  g_assert_true (has_note (training, "“per_room” was left out", "“assessed”"));

  /* whoever insists keeps it, and is told */
  options->keep_leaks = g_strdupv ((char **) keep_assessed);

  g_autoptr (HpTraining) kept = train (table, schema, options, 2);

  g_assert_true (uses_feature (kept, 0, "assessed"));
  g_assert_true (uses_feature (kept, 0, "per_room"));
  g_assert_false (uses_feature (kept, 0, "unit_price"));
  /* one of the two it is made of leaks still */
  g_assert_false (uses_feature (kept, 0, "mixed"));
  candidate = kept->candidates->pdata[1];
  g_assert_cmpfloat (candidate->oof.value[HP_METRIC_R2], >, 0.95);
  g_assert_true (has_note (kept, "“assessed” gives the price away and was kept", "figures"));

  g_strfreev (options->keep_leaks);
  options->keep_leaks = g_strdupv ((char **) keep_both);

  g_autoptr (HpTraining) other = train (table, schema, options, 2);

  g_assert_true (uses_feature (other, 0, "unit_price"));
  g_assert_true (uses_feature (other, 0, "mixed"));
}

static void
expect_error (const HpTable *table, const HpSchema *schema, const HpTrainOptions *options, HpErrorCode code,
              const char *says)
{
  g_autoptr (HpTeam) team = hp_team_new (2);
  g_autoptr (GError) error = NULL;

  g_assert_null (hp_train (table, schema, options, team, NULL, NULL, NULL, &error));
  g_assert_error (error, HP_ERROR, code);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, says));
}

static void
test_errors (void)
{
  g_autofree char *yaml = g_strdup_printf (leaky_schema, "assessed, per_room");
  g_autoptr (HpSchema) all_leak = parse_schema (yaml);
  g_autoptr (HpTable) leaky = leaky_table (all_leak);
  g_autoptr (HpSchema) schema = parse_schema (noise_schema);
  g_autoptr (HpTable) few = NULL, dear = NULL, large = NULL;
  g_autoptr (HpTrainOptions) options = small_options ();
  g_autoptr (HpTrainOptions) wrong = small_options ();
  g_autoptr (HpTrainOptions) unknown = small_options ();
  g_autoptr (GString) csv = g_string_new ("price,number,street,few\n");

  expect_error (leaky, all_leak, options, HP_ERROR_BAD_DATA, "no feature is left");
  for (guint i = 0; i < 20; i++)
    g_string_append_printf (csv, "%u,%u,a,b\n", 1000 + i, i);
  few = parse_table (csv->str, schema);
  expect_error (few, schema, options, HP_ERROR_BAD_DATA, "20 usable sales are too few for 3 folds");
  for (guint i = 20; i < 200; i++)
    g_string_append_printf (csv, "%u,%u,a,b\n", 1000 + i * i, i * 7919 % 211);
  g_string_append (csv, "1e300,77,a,b\n");
  dear = parse_table (csv->str, schema);
  expect_error (dear, schema, options, HP_ERROR_BAD_DATA, "t.csv:202: a price of 1e+300 is too large");
  g_string_truncate (csv, csv->len - strlen ("1e300,77,a,b\n"));
  g_string_append (csv, "5000,1e39,a,b\n");
  large = parse_table (csv->str, schema);
  expect_error (large, schema, options, HP_ERROR_BAD_DATA, "t.csv:202: “number” is too large");
  options->split = HP_SPLIT_TIME;
  options->test_fraction = 0.3;
  expect_error (few, schema, options, HP_ERROR_BAD_DATA, "needs a date column");
  wrong->folds = 1;
  expect_error (few, schema, wrong, HP_ERROR_USAGE, "--folds");
  set (unknown, "linear.depth", "3");
  expect_error (few, schema, unknown, HP_ERROR_USAGE, "linear.depth");
}

/* Prices of nothing, or below it, are no prices: those rows are left out, and it is said how many */
static void
test_impossible_prices (void)
{
  g_autoptr (GString) csv = g_string_new ("price,number,street,few\n");
  g_autoptr (HpSchema) schema = parse_schema (noise_schema);
  g_autoptr (HpTable) table = NULL;
  g_autoptr (HpTrainOptions) options = small_options ();
  g_autoptr (HpTraining) training = NULL;

  for (guint i = 0; i < 200; i++)
    g_string_append_printf (csv, "%d,%u,s%u,f%u\n",
                            i % 20 == 0   ? 0
                            : i % 20 == 1 ? -5
                                          : 1000 + 10 * (int) i,
                            i, i % 7, i % 2);
  table = parse_table (csv->str, schema);
  training = train (table, schema, options, 2);
  g_assert_cmpuint (training->n_train + training->n_test, ==, 180);
  g_assert_true (has_note (training, "20 of 200 rows were left out", "20 without a price"));
  for (guint i = 0; i < HP_N_FAMILIES; i++)
    check_files (training, i, schema);
}

static void
test_gates (void)
{
  g_autoptr (HpTrainOptions) options = small_options ();
  g_autofree char *yaml = read_text ("data", "sacramento.schema.yaml", NULL);
  g_autofree char *csv = read_text ("data", "sacramento.csv", NULL);
  g_auto (GStrv) parts = g_strsplit (yaml, "gates:", 2);

  g_assert_cmpuint (g_strv_length (parts), ==, 2);
  for (guint k = 0; k < 2; k++)
    {
      g_autofree char *text
        = g_strconcat (parts[0], k == 0 ? "gates: {mae: {max: 1}, r2: {min: 0.1}}\n" : "gates: {}\n", NULL);
      g_autoptr (HpSchema) strict = parse_schema (text);
      g_autoptr (HpTable) sales = parse_table (csv, strict);
      g_autoptr (HpTraining) training = train (sales, strict, options, 2);

      g_assert_cmpint (training->selected >= 0, ==, k == 1);
      for (guint i = 0; i < HP_N_FAMILIES; i++)
        {
          const HpCandidate *candidate = training->candidates->pdata[i];
          g_autoptr (JsonNode) metrics = get_metrics (training, i);
          JsonObject *object = json_object_get_object_member (json_node_get_object (metrics), "gates");
          JsonArray *failed = json_object_get_array_member (object, "failed");

          g_assert_cmpint (candidate->passed, ==, k == 1);
          g_assert_cmpint (json_object_get_boolean_member (object, "passed"), ==, k == 1);
          g_assert_cmpuint (json_array_get_length (failed), ==, k == 1 ? 0 : 1);
          g_assert_cmpuint (candidate->gates->len, ==, k == 1 ? 0 : 2);
          if (k == 1)
            continue;
          g_assert_cmpstr (json_array_get_string_element (failed, 0), ==, "mae");
          /* gates look at the test */
          g_assert_cmpfloat (g_array_index (candidate->gates, HpGateOutcome, 0).value, ==,
                             candidate->test.value[g_array_index (candidate->gates, HpGateOutcome, 0).bound.metric]);
        }
    }
}

/* A plain linear model predicts prices below zero where a sale is cheap enough. Whoever serves refuses those, so there
 * is no interval to judge, and nothing that covers the sale. */
static void
test_negative_prices (void)
{
  g_autoptr (HpSchema) schema = parse_schema ("target: price\n"
                                              "columns: {price: {type: number}, sqft: {type: number}}\n"
                                              "features: [sqft]\n");
  g_autoptr (GString) csv = g_string_new ("price,sqft\n");
  g_autoptr (HpTable) table = NULL;
  g_autoptr (HpTrainOptions) options = hp_train_options_new ();
  g_autoptr (HpTraining) training = NULL;
  g_autoptr (GArray) held = NULL;
  g_autoptr (JsonNode) metrics = NULL;
  gsize n_negative = 0, n_folds = 0, n_covered = 0;

  for (int i = 0; i < 200; i++)
    g_string_append_printf (csv, "%d,%d\n", 500 + 200 * (i * 61 % 29) + 300 * MAX (i - 90, 0), 500 + 10 * i);
  table = parse_table (csv->str, schema);
  options->families = 1 << HP_FAMILY_LINEAR;
  set (options, "linear.target", "plain");
  training = train (table, schema, options, 1);
  held = read_holdout (training, 0);
  for (guint k = 0; k < held->len; k++)
    {
      const Held *h = &g_array_index (held, Held, k);

      if (h->predicted > 0)
        g_assert_cmpfloat (h->low, <=, h->high);
      else
        {
          n_negative++;
          g_assert_cmpfloat (h->low, ==, 0); /* an empty cell */
          g_assert_cmpfloat (h->high, ==, 0);
        }
      n_folds += h->fold >= 0;
      n_covered += h->fold >= 0 && h->low <= h->price && h->price <= h->high;
    }
  g_assert_cmpuint (n_negative, >, 5);
  metrics = get_metrics (training, 0);
  g_assert_cmpfloat_with_epsilon (get_number (metrics, "interval.coverage"), (double) n_covered / n_folds, 1e-12);
  g_assert_cmpfloat (get_number (metrics, "interval.mean_width"), >, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/train/leaks", test_leaks);
  g_test_add_func ("/train/errors", test_errors);
  g_test_add_func ("/train/impossible-prices", test_impossible_prices);
  g_test_add_func ("/train/gates", test_gates);
  g_test_add_func ("/train/negative-prices", test_negative_prices);
  return g_test_run ();
}
