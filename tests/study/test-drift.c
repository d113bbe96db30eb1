/* test-drift.c - new houses against those that a version was trained on
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <string.h>

#include "hp-drift.h"
#include "hp-random.h"
#include "model/small.h"

#include "golden/comparison.h"

static const HpDriftOptions defaults = HP_DRIFT_OPTIONS_DEFAULT;

static void
test_numbers (void)
{
  HpDriftDistribution *sizes
    = hp_drift_numbers ("sizes", sizes_a, G_N_ELEMENTS (sizes_a), sizes_b, G_N_ELEMENTS (sizes_b), &defaults);
  HpDriftDistribution *moved = hp_drift_numbers ("apart", apart_a, 50, apart_b, 70, &defaults);
  HpDriftDistribution *same = hp_drift_numbers ("same", sizes_a, 500, sizes_a, 500, &defaults);
  HpDriftDistribution *few = hp_drift_numbers ("few", apart_a, 50, apart_b, 29, &defaults);

  /* 0.18: more than 0.1 and than chance (0.15) allows, and D is above 0.1 with a small p. */
  g_assert_cmpfloat_with_epsilon (sizes->psi, sizes_psi, 1e-12);
  g_assert_cmpfloat (sizes->ks_p, <, 0.01);
  g_assert_cmpint (sizes->grade, ==, HP_DRIFT_ALARM);
  g_assert_cmpint (moved->grade, ==, HP_DRIFT_ALARM);
  g_assert_cmpfloat (same->psi, ==, 0);
  g_assert_cmpint (same->grade, ==, HP_DRIFT_NONE);
  g_assert_cmpint (few->grade, ==, HP_DRIFT_NOT_GRADED);
  hp_drift_distribution_free (sizes);
  hp_drift_distribution_free (moved);
  hp_drift_distribution_free (same);
  hp_drift_distribution_free (few);
}

static void
test_thresholds (void)
{
  HpDriftOptions options = defaults;
  HpDriftDistribution *warned, *calm;

  options.ks_alarm = 0.9;
  warned = hp_drift_numbers ("sizes", sizes_a, G_N_ELEMENTS (sizes_a), sizes_b, G_N_ELEMENTS (sizes_b), &options);
  g_assert_cmpint (warned->grade, ==, HP_DRIFT_WARNING);
  options.psi_warning = 0.2;
  calm = hp_drift_numbers ("sizes", sizes_a, G_N_ELEMENTS (sizes_a), sizes_b, G_N_ELEMENTS (sizes_b), &options);
  g_assert_cmpint (calm->grade, ==, HP_DRIFT_NONE);
  hp_drift_distribution_free (warned);
  hp_drift_distribution_free (calm);
}

static void
test_missing (void)
{
  double gone[60];
  HpDriftDistribution *distribution;

  for (guint i = 0; i < 60; i++)
    gone[i] = i % 2 ? shifted_a[i] : NAN;
  distribution = hp_drift_numbers ("gone", shifted_a, 60, gone, 60, &defaults);
  g_assert_cmpuint (distribution->n, ==, 30);
  g_assert_cmpuint (distribution->n_missing, ==, 30);
  g_assert_cmpint (distribution->grade, ==, HP_DRIFT_ALARM); /* half of the values are missing that were there */
  hp_drift_distribution_free (distribution);

  /* All of them: there is no value left to compare, but that is the drift. */
  for (guint i = 0; i < 60; i++)
    gone[i] = NAN;
  distribution = hp_drift_numbers ("gone", shifted_a, 60, gone, 60, &defaults);
  g_assert_cmpuint (distribution->n, ==, 0);
  g_assert_true (isnan (distribution->ks));
  g_assert_cmpint (distribution->grade, ==, HP_DRIFT_ALARM);
  hp_drift_distribution_free (distribution);
  distribution = hp_drift_numbers ("gone", shifted_a, 60, gone, 29, &defaults);
  g_assert_cmpint (distribution->grade, ==, HP_DRIFT_NOT_GRADED);
  hp_drift_distribution_free (distribution);
}

/* Samples of one distribution, as small as 40: alarms must be as rare as p_alarm says, or about. */
static void
test_false_alarms (void)
{
  guint alarms = 0;

  for (guint round = 0; round < 200; round++)
    {
      double before[400], now[40];
      gsize levels[25] = { 0 }, levels_now[25] = { 0 };
      HpDriftDistribution *numbers, *categories;
      HpRandom random;

      hp_random_init (&random, 11, round);
      for (guint i = 0; i < 400; i++)
        {
          before[i] = hp_random_normal (&random);
          levels[hp_random_below (&random, 25)]++;
        }
      for (guint i = 0; i < 40; i++)
        {
          now[i] = hp_random_normal (&random);
          levels_now[hp_random_below (&random, 25)]++;
        }
      numbers = hp_drift_numbers ("n", before, 400, now, 40, &defaults);
      categories = hp_drift_categories ("c", levels, levels_now, 25, &defaults);
      alarms += (numbers->grade == HP_DRIFT_ALARM) + (categories->grade == HP_DRIFT_ALARM);
      hp_drift_distribution_free (numbers);
      hp_drift_distribution_free (categories);
    }
  g_test_message ("%u alarms in 400", alarms);
  g_assert_cmpuint (alarms, <=, 12);
}

static char *
make_houses (guint n, const char *place, double area)
{
  GString *csv = g_string_new ("area,rooms,place,state,built,sold,zip\n");

  for (guint i = 0; i < n; i++)
    g_string_append_printf (csv, "%.0f,%u,%s,good,%u,2015-0%u,1020\n", area + i % 7, 2 + i % 3, place, 1950 + i % 50,
                            1 + i % 9);
  return g_string_free (csv, FALSE);
}

static HpDrift *
drift_of (const char *csv, const char *reference_csv)
{
  g_autoptr (HpPreprocessor) pre = small_fit (HP_ENCODING_ORDERED);
  g_autoptr (HpSchema) schema = hp_schema_parse (small_schema, strlen (small_schema), "small.yaml", NULL);
  g_autoptr (HpFindings) findings = hp_findings_new ("new.csv");
  g_autoptr (GError) error = NULL;
  g_autoptr (HpTable) table
    = hp_table_load_memory (csv, strlen (csv), "new.csv", schema, HP_TABLE_NO_TARGET, findings, &error);
  g_autoptr (HpHouseSet) reference = NULL;

  g_assert_no_error (error);
  reference = hp_house_set_new_csv (pre, reference_csv, strlen (reference_csv), "sales.csv", &error);
  g_assert_no_error (error);
  return hp_drift_new (pre, reference, table, NULL, table->n_rows, NULL);
}

static char *
make_reference (guint n, double area)
{
  GString *csv = g_string_new ("row,line,price,area,rooms,place,state,built,sold,zip\n");

  for (guint i = 0; i < n; i++)
    g_string_append_printf (csv, "%u,%u,150000,%.0f,%u,Suburb,good,%u,2010-0%u,1020\n", i + 1, i + 2, area + i % 7,
                            2 + i % 3, 1950 + i % 50, 1 + i % 9);
  return g_string_free (csv, FALSE);
}

static const HpDriftDistribution *
find (const HpDrift *drift, const char *name)
{
  for (guint i = 0; i < drift->attributes->len; i++)
    {
      const HpDriftDistribution *distribution = drift->attributes->pdata[i];

      if (g_str_equal (distribution->name, name))
        return distribution;
    }
  g_assert_not_reached ();
}

static void
test_houses (void)
{
  g_autofree char *reference = make_reference (100, 80), *same = make_houses (100, "Suburb", 80);
  g_autofree char *larger = make_houses (100, "Suburb", 140), *elsewhere = make_houses (100, "Harbour", 80);
  g_autofree char *few = make_houses (20, "Harbour", 140);
  g_autoptr (HpDrift) none = drift_of (same, reference), alarm = drift_of (larger, reference);
  g_autoptr (HpDrift) unseen = drift_of (elsewhere, reference), small = drift_of (few, reference);

  g_assert_cmpint (none->grade, ==, HP_DRIFT_NONE);
  g_assert_cmpint (find (none, "sold")->grade, ==, HP_DRIFT_NOT_GRADED); /* later, as it must be */
  g_assert_cmpfloat (find (none, "sold")->ks, ==, 1);
  g_assert_cmpint (alarm->grade, ==, HP_DRIFT_ALARM);
  g_assert_cmpint (find (alarm, "area")->grade, ==, HP_DRIFT_ALARM);
  g_assert_cmpint (find (alarm, "rooms")->grade, ==, HP_DRIFT_NONE);
  g_assert_cmpint (find (unseen, "place")->grade, ==, HP_DRIFT_ALARM);
  g_assert_cmpstr (find (unseen, "place")->new_categories[0], ==, "Harbour");
  g_assert_cmpuint (find (unseen, "place")->new_counts[0], ==, 100);
  g_assert_cmpint (small->grade, ==, HP_DRIFT_NOT_GRADED);
  g_assert_cmpstr (find (small, "place")->new_categories[0], ==, "Harbour");
}

static void
test_errors (void)
{
  g_autofree char *reference = make_reference (100, 80), *same = make_houses (100, "Suburb", 80);
  g_autoptr (HpDrift) drift = drift_of (same, reference), again = drift_of (same, reference);
  g_autoptr (HpDrift) calm = drift_of (same, reference), few = drift_of (same, reference);
  g_autoptr (HpTeam) team = hp_team_new (2);
  gsize n = G_N_ELEMENTS (paired_price);
  g_autofree double *high = g_new (double, n);

  for (gsize i = 0; i < n; i++)
    high[i] = paired_0[i] * 1.2;
  hp_drift_set_errors (calm, paired_0, paired_price, n, paired_1, paired_price, n, NULL);
  g_assert_cmpint (calm->mdape.grade, ==, HP_DRIFT_NONE);
  g_assert_cmpint (calm->median_ratio.grade, ==, HP_DRIFT_NONE);
  g_assert_cmpint (calm->grade, ==, HP_DRIFT_NONE);

  hp_drift_set_errors (drift, paired_0, paired_price, n, high, paired_price, n, NULL);
  hp_drift_set_errors (again, paired_0, paired_price, n, high, paired_price, n, team);
  g_assert_cmpuint (drift->n_priced, ==, n);
  g_assert_cmpint (drift->mdape.grade, ==, HP_DRIFT_ALARM);
  g_assert_cmpint (drift->median_ratio.grade, ==, HP_DRIFT_ALARM);
  g_assert_cmpfloat (drift->median_ratio.low, <, drift->median_ratio.change);
  g_assert_cmpfloat (drift->median_ratio.high, >, drift->median_ratio.change);
  g_assert_cmpfloat_with_epsilon (drift->median_ratio.value, 1.2 * drift->median_ratio.reference, 1e-9);
  g_assert_cmpfloat (drift->mdape.low, ==, again->mdape.low);
  g_assert_cmpfloat (drift->median_ratio.high, ==, again->median_ratio.high);

  high[0] = NAN; /* one without a price */
  hp_drift_set_errors (few, paired_0, paired_price, n, high, paired_price, 30, NULL);
  g_assert_cmpuint (few->n_priced, ==, 29);
  g_assert_cmpint (few->mdape.grade, ==, HP_DRIFT_NOT_GRADED);
}

static void
test_predicted_and_json (void)
{
  g_autofree char *reference = make_reference (100, 80), *same = make_houses (100, "Suburb", 80), *text = NULL;
  g_autoptr (HpDrift) drift = drift_of (same, reference);
  g_autoptr (HpJsonWriter) writer = hp_json_writer_new (FALSE);
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError) error = NULL;
  JsonObject *root;

  hp_drift_set_predicted (drift, apart_a, 50, apart_b, 70);
  g_assert_cmpint (drift->grade, ==, HP_DRIFT_ALARM);
  hp_json_writer_begin_object (writer);
  hp_drift_write_json (drift, writer);
  hp_json_writer_end_object (writer);
  text = hp_json_writer_steal (writer, NULL);
  node = hp_json_parse (text, strlen (text), 1 << 20, "drift", &error);
  g_assert_no_error (error);
  root = json_node_get_object (node);
  g_assert_cmpstr (json_object_get_string_member (root, "grade"), ==, "alarm");
  g_assert_true (json_object_get_boolean_member (root, "alarm"));
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (root, "attributes")), ==, N_ATTRIBUTES);
  g_assert_true (json_object_get_null_member (root, "errors"));
  g_assert_cmpstr (json_object_get_string_member (json_object_get_object_member (root, "predicted_price"), "ks_method"),
                   ==, "exact");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/drift/numbers", test_numbers);
  g_test_add_func ("/drift/thresholds", test_thresholds);
  g_test_add_func ("/drift/missing", test_missing);
  g_test_add_func ("/drift/false-alarms", test_false_alarms);
  g_test_add_func ("/drift/houses", test_houses);
  g_test_add_func ("/drift/errors", test_errors);
  g_test_add_func ("/drift/predicted-and-json", test_predicted_and_json);
  return g_test_run ();
}
