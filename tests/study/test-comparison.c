/* test-comparison.c - versions on the same sales: intervals, verdicts, folds, segments, movers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <string.h>

#include "hp-comparison.h"
#include "hp-error.h"
#include "hp-resampled-test.h"

#include "golden/comparison.h"

#define N G_N_ELEMENTS (paired_price)

static const double *const versions[] = { paired_0, paired_1, paired_2 };
static char *no_segments[] = { NULL };

/* Sales begin … end - 1 with a version's predictions times factor, in five folds (turned by shift) and a test share */
static HpResidualSet *
make_set (const char *name, const double *predicted, gsize begin, gsize end, double factor, guint shift, double premium)
{
  static const char schema_text[] = "name: tiny\n"
                                    "target: price\n"
                                    "currency: USD\n"
                                    "columns:\n"
                                    "  price: {type: number}\n"
                                    "  area: {type: number}\n"
                                    "  place: {type: category}\n"
                                    "features: [area, place]\n";
  g_autoptr (GError) error = NULL;
  g_autoptr (HpSchema) schema = hp_schema_parse (schema_text, strlen (schema_text), "tiny", &error);
  g_autoptr (GString) csv = g_string_new ("row,line,fold,price,predicted,low,high,area,place\n");
  HpResidualSet *set;

  g_assert_no_error (error);
  for (gsize i = begin; i < end; i++)
    {
      g_autofree char *fold = i % 6 == 5 ? g_strdup ("test") : g_strdup_printf ("%u", (guint) (i + shift) % 5);

      g_string_append_printf (csv, "%u,%u,%s,%.2f,%.2f,,,%u,%s\n", (guint) i + 1, (guint) i + 2, fold,
                              paired_price[i] + premium, predicted[i] * factor, 60 + (guint) i % 90,
                              i % 12 == 0 ? "Rare"
                              : i % 2     ? "North"
                                          : "South");
    }
  set = hp_residual_set_new_holdout (csv->str, csv->len, name, schema, HP_TARGET_LOG, &error);
  g_assert_no_error (error);
  return set;
}

static HpComparison *
compare (HpResidualSet *a, HpResidualSet *b, char **by, HpTeam *team)
{
  HpComparisonOptions options = HP_COMPARISON_OPTIONS_DEFAULT;
  HpResidualSet *const sets[] = { a, b };
  g_autoptr (GError) error = NULL;
  HpComparison *comparison;

  options.by = by;
  comparison = hp_comparison_new (sets, 2, &options, team, &error);
  g_assert_no_error (error);
  return comparison;
}

static void
test_verdicts (void)
{
  g_autoptr (HpResidualSet) a = make_set ("1", paired_0, 0, N, 1, 0, 0), b = make_set ("2", paired_1, 0, N, 1, 0, 0);
  g_autoptr (HpResidualSet) c = make_set ("3", paired_2, 0, N, 1, 0, 0), few = make_set ("4", paired_2, 0, 29, 1, 0, 0);
  g_autoptr (HpResidualSet) near_by = make_set ("5", paired_0, 0, N, 1.0001, 0, 0);
  g_autoptr (HpComparison) unknown = compare (a, b, no_segments, NULL), worse = compare (a, c, no_segments, NULL);
  g_autoptr (HpComparison) better = compare (c, a, no_segments, NULL), same = compare (a, near_by, no_segments, NULL);
  g_autoptr (HpComparison) none = compare (a, few, no_segments, NULL);
  const HpPair *pair = &worse->pairs[0];

  g_assert_cmpint (unknown->pairs[0].verdict, ==, HP_VERDICT_UNKNOWN);
  g_assert_cmpint (pair->verdict, ==, HP_VERDICT_WORSE);
  g_assert_cmpint (better->pairs[0].verdict, ==, HP_VERDICT_BETTER);
  g_assert_cmpint (same->pairs[0].verdict, ==, HP_VERDICT_SAME);
  g_assert_cmpint (none->pairs[0].verdict, ==, HP_VERDICT_NONE);
  g_assert_cmpuint (none->pairs[0].n, ==, 29);

  /* SciPy's interval of the mean of the differences, of other draws: the ends of 1000 have a standard error of a tenth
   */
  g_assert_cmpfloat_with_epsilon (pair->value[HP_METRIC_MAE], paired_mae_02[0], 0.01);
  g_assert_cmpfloat_with_epsilon (pair->low[HP_METRIC_MAE], paired_mae_02[1], 0.3 * paired_mae_02[3]);
  g_assert_cmpfloat_with_epsilon (pair->high[HP_METRIC_MAE], paired_mae_02[2], 0.3 * paired_mae_02[3]);
  g_assert_cmpfloat_with_epsilon (pair->value[HP_METRIC_MEDIAN_RATIO], paired_median_ratio_02, 1e-6);
  g_assert_cmpfloat (pair->rope, ==, 0.01 * worse->metrics[0].value[HP_METRIC_MAE]);
  /* Turned round, the difference is the negative in each resample. */
  g_assert_cmpfloat_with_epsilon (better->pairs[0].low[HP_METRIC_MAE], -pair->high[HP_METRIC_MAE], 1e-6);
}

static void
test_rope (void)
{
  g_autoptr (HpResidualSet) a = make_set ("1", paired_0, 0, N, 1, 0, 0), c = make_set ("3", paired_2, 0, N, 1, 0, 0);
  HpComparisonOptions options = HP_COMPARISON_OPTIONS_DEFAULT;
  HpResidualSet *const sets[] = { c, a };
  g_autoptr (HpComparison) wide = NULL, middle = NULL;

  options.by = no_segments;
  options.rope = 0.9;
  wide = hp_comparison_new (sets, 2, &options, NULL, NULL);
  g_assert_cmpint (wide->pairs[0].verdict, ==, HP_VERDICT_SAME);
  options.rope = -wide->pairs[0].value[HP_METRIC_MAE] / wide->metrics[0].value[HP_METRIC_MAE];
  middle = hp_comparison_new (sets, 2, &options, NULL, NULL);
  g_assert_cmpint (middle->pairs[0].verdict, ==, HP_VERDICT_UNKNOWN);
}

static void
test_folds (void)
{
  g_autoptr (HpResidualSet) a = make_set ("1", paired_0, 0, N, 1, 0, 0), c = make_set ("3", paired_2, 0, N, 1, 0, 0);
  g_autoptr (HpResidualSet) turned = make_set ("3", paired_2, 0, N, 1, 1, 0);
  g_autoptr (HpComparison) same = compare (a, c, no_segments, NULL), other = compare (a, turned, no_segments, NULL);
  double difference[5] = { 0 };
  guint count[5] = { 0 };
  HpResampledTest test;

  for (gsize i = 0; i < N; i++)
    if (i % 6 != 5)
      {
        difference[i % 5] += fabs (paired_2[i] - paired_price[i]) - fabs (paired_0[i] - paired_price[i]);
        count[i % 5]++;
      }
  for (guint k = 0; k < 5; k++)
    difference[k] /= count[k];
  hp_resampled_test (difference, 5, 0.25, same->pairs[0].rope, &test);

  g_assert_true (same->pairs[0].has_folds);
  g_assert_cmpuint (same->pairs[0].n_folds, ==, 5);
  g_assert_cmpfloat_with_epsilon (same->pairs[0].t, test.t, 1e-9);
  g_assert_cmpfloat_with_epsilon (same->pairs[0].p, test.p, 1e-9);
  g_assert_cmpfloat_with_epsilon (same->pairs[0].p_worse, test.p_above, 1e-9);
  g_assert_cmpfloat_with_epsilon (same->pairs[0].p_better, test.p_below, 1e-9);
  g_assert_false (other->pairs[0].has_folds);
  g_assert_true (isnan (other->pairs[0].p));
}

static void
test_common (void)
{
  g_autoptr (HpResidualSet) a = make_set ("1", paired_0, 0, 150, 1, 0, 0), b = make_set ("2", paired_1, 90, N, 1, 0, 0);
  g_autoptr (HpResidualSet) separate = make_set ("3", paired_1, 150, N, 1, 0, 0);
  g_autoptr (HpResidualSet) other_data = make_set ("4", paired_1, 0, N, 1, 0, 1000);
  g_autoptr (HpComparison) comparison = compare (a, b, no_segments, NULL);
  HpResidualSet *const none[] = { a, separate }, *const mixed[] = { a, other_data };
  HpComparisonOptions options = HP_COMPARISON_OPTIONS_DEFAULT;
  char *by[] = { (char *) "plaze", NULL };
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (comparison->sets[0]->n, ==, 60);
  g_assert_cmpuint (comparison->sets[1]->row[0], ==, 91);
  g_assert_cmpuint (comparison->n_own[0], ==, 150);
  g_assert_cmpuint (comparison->n_own[1], ==, N - 90);

  g_assert_null (hp_comparison_new (none, 2, NULL, NULL, &error));
  g_assert_error (error, HP_ERROR, HP_ERROR_BAD_DATA);
  g_clear_error (&error);
  g_assert_null (hp_comparison_new (mixed, 2, NULL, NULL, &error)); /* the rows are there, but no sale is the same */
  g_assert_error (error, HP_ERROR, HP_ERROR_BAD_DATA);
  g_clear_error (&error);
  options.by = by;
  g_assert_null (hp_comparison_new ((HpResidualSet *const[]){ a, b }, 2, &options, NULL, &error));
  g_assert_error (error, HP_ERROR, HP_ERROR_BAD_DATA);
  g_assert_nonnull (strstr (error->message, "place"));
}

/* The same sales under other rows, as a version of another file has them; a sale that is there twice matches twice. */
static void
test_content (void)
{
  g_autoptr (HpResidualSet) a = make_set ("1", paired_0, 0, N, 1, 0, 0), b = make_set ("2", paired_2, 90, N, 1, 0, 0);
  g_autoptr (HpComparison) by_row = compare (a, b, no_segments, NULL), by_content = NULL, twice = NULL;
  gboolean all[N];
  const HpSetColumn *area = hp_residual_set_get_column (a, "area"), *place = hp_residual_set_get_column (a, "place");

  for (gsize i = 0; i < b->n; i++)
    b->row[i] = 1000 - b->row[i];
  by_content = compare (a, b, no_segments, NULL);
  g_assert_false (by_row->by_content);
  g_assert_true (by_content->by_content);
  g_assert_cmpuint (by_content->sets[0]->n, ==, N - 90);
  g_assert_cmpuint (by_content->sets[1]->row[0], ==, 91);
  for (guint i = 0; i < HP_N_METRICS; i++)
    g_assert_cmpfloat (by_content->pairs[0].value[i], ==, by_row->pairs[0].value[i]);

  for (gsize i = 0; i < N; i++)
    all[i] = TRUE;
  for (gsize i = 0; i < 2; i++)
    {
      a->price[i] = 123456;
      area->numbers[i] = 50;
      place->numbers[i] = 0;
    }
  {
    g_autoptr (HpResidualSet) moved = hp_residual_set_filter (a, all);

    for (gsize i = 0; i < N; i++)
      moved->row[i] += 5;
    twice = compare (a, moved, no_segments, NULL);
    g_assert_true (twice->by_content);
    g_assert_cmpuint (twice->sets[0]->n, ==, N);
  }
}

static void
test_segments (void)
{
  char *by[] = { (char *) "place", (char *) "price_decile", NULL };
  g_autoptr (HpResidualSet) a = make_set ("1", paired_0, 0, N, 1, 0, 0), c = make_set ("3", paired_2, 0, N, 1, 0, 0);
  g_autoptr (HpComparison) comparison = compare (a, c, by, NULL);
  gsize by_place = 0, by_decile = 0;

  for (guint i = 0; i < comparison->segments->len; i++)
    {
      const HpComparisonSegment *segment = comparison->segments->pdata[i];
      const HpPair *pair = &segment->pairs[0];

      *(g_str_equal (segment->by, "place") ? &by_place : &by_decile) += segment->n;
      g_assert_cmpfloat_with_epsilon (pair->value[HP_METRIC_MAE], segment->mae[1] - segment->mae[0], 1e-9);
      g_assert_cmpfloat (pair->low[HP_METRIC_MAE], <=, pair->value[HP_METRIC_MAE]);
      g_assert_cmpfloat (pair->high[HP_METRIC_MAE], >=, pair->value[HP_METRIC_MAE]);
      g_assert_true (isnan (pair->low[HP_METRIC_RMSE]) && isnan (pair->p));
      if (g_str_equal (segment->key, "Rare"))
        g_assert_cmpint (pair->verdict, ==, HP_VERDICT_NONE);
      if (g_str_equal (segment->key, "North"))
        g_assert_cmpint (pair->verdict, ==, HP_VERDICT_WORSE);
    }
  g_assert_cmpuint (by_place, ==, N);
  g_assert_cmpuint (by_decile, ==, N);
}

static void
test_movers (void)
{
  g_autoptr (HpResidualSet) a = make_set ("1", paired_0, 0, N, 1, 0, 0), c = make_set ("3", paired_2, 0, N, 1, 0, 0);
  g_autoptr (HpComparison) comparison = compare (a, c, no_segments, NULL), still = compare (a, a, no_segments, NULL);
  double last = INFINITY;

  g_assert_cmpuint (comparison->movers->len, ==, 10);
  for (guint i = 0; i < 10; i++)
    {
      const HpMover *mover = comparison->movers->pdata[i];
      double size = fabs (mover->change) / mover->price;

      g_assert_cmpfloat (size, <=, last);
      g_assert_cmpfloat (mover->price, ==, paired_price[mover->row - 1]);
      g_assert_cmpfloat (mover->change, ==, mover->predicted[1] - mover->predicted[0]);
      g_assert_null (mover->reasons);
      last = size;
    }
  for (gsize i = 0; i < N; i++)
    {
      gboolean listed = FALSE;

      for (guint k = 0; k < 10; k++)
        listed = listed || ((const HpMover *) comparison->movers->pdata[k])->index == i;
      g_assert_true (listed || fabs (paired_2[i] - paired_0[i]) / paired_price[i] <= last + 1e-9);
    }
  g_assert_cmpuint (still->movers->len, ==, 0);
}

static char *
to_json (const HpComparison *comparison)
{
  g_autoptr (HpJsonWriter) writer = hp_json_writer_new (FALSE);

  hp_json_writer_begin_object (writer);
  hp_comparison_write_json (comparison, writer);
  hp_json_writer_end_object (writer);
  return hp_json_writer_steal (writer, NULL);
}

/* All three versions, to the last digit, however many threads work */
static void
test_jobs (void)
{
  g_autoptr (HpTeam) team = hp_team_new (3);
  g_autofree char *alone = NULL, *together = NULL;

  for (guint jobs = 0; jobs < 2; jobs++)
    {
      HpResidualSet *sets[3];
      g_autoptr (HpComparison) comparison = NULL;

      for (guint v = 0; v < 3; v++)
        sets[v] = make_set ("v", versions[v], 0, N, 1, 0, 0);
      comparison = hp_comparison_new (sets, 3, NULL, jobs == 0 ? NULL : team, NULL);
      *(jobs == 0 ? &alone : &together) = to_json (comparison);
      for (guint v = 0; v < 3; v++)
        hp_residual_set_free (sets[v]);
      g_assert_cmpuint (comparison->n_pairs, ==, 3);
      g_assert_cmpuint (comparison->pairs[2].a, ==, 1);
      g_assert_cmpuint (comparison->pairs[2].b, ==, 2);
    }
  g_assert_cmpstr (alone, ==, together);
}

static void
test_json (void)
{
  g_autoptr (HpResidualSet) a = make_set ("1", paired_0, 0, N, 1, 0, 0), c = make_set ("3", paired_2, 0, N, 1, 0, 0);
  g_autoptr (HpComparison) comparison = compare (a, c, NULL, NULL);
  g_autofree char *text = to_json (comparison);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = hp_json_parse (text, strlen (text), 1 << 24, "comparison", &error);
  JsonObject *root, *pair, *delta, *mae;
  const char *verdict;
  double value;

  g_assert_no_error (error);
  root = json_node_get_object (node);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (root, "versions")), ==, 2);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (root, "segments")), >, 0);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (root, "movers")), ==, 10);
  pair = json_array_get_object_element (json_object_get_array_member (root, "pairs"), 0);
  g_assert_cmpstr (json_object_get_string_member (pair, "a"), ==, "1");
  g_assert_cmpstr (json_object_get_string_member (pair, "b"), ==, "3");
  delta = json_object_get_object_member (pair, "delta");
  mae = json_object_get_object_member (delta, "mae");
  g_assert_true (hp_json_get_string (mae, "verdict", &verdict, NULL));
  g_assert_cmpstr (verdict, ==, "worse");
  g_assert_true (hp_json_get_double (mae, "low", &value, NULL));
  g_assert_cmpfloat (value, ==, comparison->pairs[0].low[HP_METRIC_MAE]);
  g_assert_true (json_object_get_null_member (json_object_get_object_member (delta, "r2"), "verdict"));
}

static void
test_sentences (void)
{
  g_autoptr (HpResidualSet) a = make_set ("1", paired_0, 0, N, 1, 0, 0);
  g_autoptr (HpResidualSet) roll = make_set ("assessor.csv", paired_2, 0, N, 1, 0, 0);
  g_autoptr (HpResidualSet) few = make_set ("2", paired_1, 0, 20, 1, 0, 0);
  g_autoptr (HpComparison) worse = compare (a, roll, no_segments, NULL), none = compare (a, few, no_segments, NULL);
  g_autofree char *said = hp_pair_to_sentence (worse, &worse->pairs[0]);
  g_autofree char *nothing = hp_pair_to_sentence (none, &none->pairs[0]);

  g_assert_true (g_str_has_prefix (said, "assessor.csv is worse than version 1: "));
  g_assert_nonnull (strstr (nothing, "20 sales"));
  g_assert_cmpstr (hp_verdict_name (HP_VERDICT_NONE), ==, "too_few");
  g_assert_cmpstr (hp_verdict_label (HP_VERDICT_UNKNOWN), ==, "no evidence");
  g_assert_cmpstr (hp_verdict_short_label (HP_VERDICT_UNKNOWN), ==, "unclear");
  g_assert_cmpstr (hp_verdict_short_label (HP_VERDICT_WORSE), ==, "worse");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/comparison/verdicts", test_verdicts);
  g_test_add_func ("/comparison/rope", test_rope);
  g_test_add_func ("/comparison/folds", test_folds);
  g_test_add_func ("/comparison/common", test_common);
  g_test_add_func ("/comparison/content", test_content);
  g_test_add_func ("/comparison/segments", test_segments);
  g_test_add_func ("/comparison/movers", test_movers);
  g_test_add_func ("/comparison/jobs", test_jobs);
  g_test_add_func ("/comparison/json", test_json);
  g_test_add_func ("/comparison/sentences", test_sentences);
  return g_test_run ();
}
