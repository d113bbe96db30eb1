/* test-ratio.c - ratio studies: golden numbers, grades, edges, JSON
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hp-ratio.h"

#include <string.h>

#include "golden/study.h"

#define WITHOUT_BOOTSTRAP                                                                                              \
  {                                                                                                                    \
    0.95, 0, 1                                                                                                         \
  }

static void
assert_near (const char *what, double value, double expected)
{
  if (isnan (value) != isnan (expected) || fabs (value - expected) > 1e-11 * MAX (1, fabs (expected)))
    g_error ("%s: %.17g is not %.17g", what, value, expected);
}

static HpRatioStudy
study_of (const GoldenStudy *golden, double level, guint replicates)
{
  HpRatioOptions options = { level, replicates, 42 };
  HpRatioStudy study;

  hp_ratio_study_compute (golden->estimate, golden->price, golden->n, &options, NULL, &study);
  return study;
}

static const GoldenStudy *
golden_named (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (golden_studies); i++)
    if (strcmp (golden_studies[i].name, name) == 0)
      return &golden_studies[i];
  g_assert_not_reached ();
}

static void
test_golden (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (golden_studies); i++)
    {
      const GoldenStudy *golden = &golden_studies[i];
      HpRatioStudy study = study_of (golden, 0.95, 0);

      g_assert_cmpuint (study.n, ==, golden->n);
      g_assert_cmpuint (G_N_ELEMENTS (golden->statistic), ==, HP_N_RATIO);
      for (guint id = 0; id < HP_N_RATIO; id++)
        {
          g_assert_cmpstr (golden->statistic[id].name, ==, hp_ratio_name (id));
          assert_near (golden->statistic[id].name, study.statistic[id].value, golden->statistic[id].value);
        }
      assert_near ("median low", study.statistic[HP_RATIO_MEDIAN].low, golden->median_low);
      assert_near ("median high", study.statistic[HP_RATIO_MEDIAN].high, golden->median_high);
      g_assert_true (study.statistic[HP_RATIO_MEDIAN].has_interval == !isnan (golden->median_low));
    }
}

static void
test_bias (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (golden_studies); i++)
    {
      const GoldenStudy *golden = &golden_studies[i];
      HpRatioStudy study = study_of (golden, 0.95, 0), at90 = study_of (golden, 0.9, 0);

      assert_near ("intercept", study.bias.intercept, golden->prb_intercept);
      assert_near ("se", study.bias.se, golden->prb_se);
      assert_near ("t", study.bias.t, golden->prb_t);
      assert_near ("p", study.bias.p, golden->prb_p);
      g_assert_cmpfloat_with_epsilon (study.bias.p / golden->prb_p, 1, 1e-9);
      g_assert_cmpfloat (study.bias.df, ==, golden->n - 2);
      g_assert_cmpfloat (study.bias.slope, ==, study.statistic[HP_RATIO_PRB].value);
      assert_near ("low", study.statistic[HP_RATIO_PRB].low, golden->prb_low);
      assert_near ("high", study.statistic[HP_RATIO_PRB].high, golden->prb_high);
      assert_near ("low at 90 %", at90.statistic[HP_RATIO_PRB].low, golden->prb90_low);
      assert_near ("high at 90 %", at90.statistic[HP_RATIO_PRB].high, golden->prb90_high);
    }
}

static void
test_groups (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (golden_studies); i++)
    {
      const GoldenStudy *golden = &golden_studies[i];
      /* The groups' intervals have a level of their own. */
      HpRatioStudy study = study_of (golden, 0.8, 0);
      gsize n = 0;

      g_assert_cmpuint (study.n_groups, ==, golden->n_groups);
      for (guint k = 0; k < study.n_groups; k++)
        {
          g_assert_cmpuint (study.group[k].n, ==, golden->group[k].n);
          assert_near ("median proxy", study.group[k].median_proxy, golden->group[k].median_proxy);
          assert_near ("median ratio", study.group[k].median_ratio, golden->group[k].median_ratio);
          assert_near ("low", study.group[k].low, golden->group[k].low);
          assert_near ("high", study.group[k].high, golden->group[k].high);
          n += study.group[k].n;
        }
      g_assert_cmpuint (n, ==, golden->n_groups > 0 ? golden->n : 0);
      assert_near ("significance", study.vei_significance, golden->significance);
    }
}

/* n, pairs of 20 … 50 → 2, 51 … 500 → 4, 501 … → 10 */
static void
test_group_counts (void)
{
  static const struct
  {
    gsize n;
    guint groups;
  } cases[] = { { 19, 0 }, { 20, 2 }, { 50, 2 }, { 51, 4 }, { 500, 4 }, { 501, 10 } };
  const GoldenStudy *golden = golden_named ("deciles");
  const HpRatioOptions options = WITHOUT_BOOTSTRAP;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      HpRatioStudy study;

      hp_ratio_study_compute (golden->estimate, golden->price, cases[i].n, &options, NULL, &study);
      g_assert_cmpuint (study.n_groups, ==, cases[i].groups);
      g_assert_true (isnan (study.statistic[HP_RATIO_VEI].value) == (cases[i].groups == 0));
    }
}

#define P HP_GRADE_PASS
#define F HP_GRADE_FAIL
#define N HP_GRADE_NOT_GRADED

static void
test_grades (void)
{
  static const struct
  {
    const char *name;
    HpGrade median, cod, prd, prb, mki, vei;
    gboolean bias_unacceptable, chasing_hint;
  } cases[] = {
    { "level", P, P, P, P, P, P, FALSE, FALSE },
    /* VEI -12.6, but the groups' intervals overlap */
    { "regressive", P, P, P, F, F, P, FALSE, FALSE },
    /* VEI 19.5, but the groups' intervals are only 8.5 apart */
    { "progressive", F, F, F, F, F, P, TRUE, FALSE },
    { "close", P, F, P, P, P, P, FALSE, TRUE },
    { "deciles", P, P, P, P, F, P, FALSE, FALSE },
    { "few", N, N, N, N, N, N, FALSE, FALSE },
    { "eighteen", N, N, N, N, N, N, FALSE, FALSE },
    { "even", F, P, P, P, P, P, FALSE, FALSE },
    { "ties", P, P, F, F, F, P, FALSE, FALSE },
    { "merged", P, F, P, P, F, F, FALSE, TRUE },
  };

  g_assert_cmpuint (G_N_ELEMENTS (cases), ==, G_N_ELEMENTS (golden_studies));
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      HpRatioStudy study = study_of (golden_named (cases[i].name), 0.95, 0);
      guint graded = 0;

      g_test_message ("%s", cases[i].name);
      g_assert_cmpint (study.statistic[HP_RATIO_MEDIAN].pass, ==, cases[i].median);
      g_assert_cmpint (study.statistic[HP_RATIO_COD].pass, ==, cases[i].cod);
      g_assert_cmpint (study.statistic[HP_RATIO_PRD].pass, ==, cases[i].prd);
      g_assert_cmpint (study.statistic[HP_RATIO_PRB].pass, ==, cases[i].prb);
      g_assert_cmpint (study.statistic[HP_RATIO_MKI].pass, ==, cases[i].mki);
      g_assert_cmpint (study.statistic[HP_RATIO_VEI].pass, ==, cases[i].vei);
      g_assert_cmpint (study.bias_unacceptable, ==, cases[i].bias_unacceptable);
      g_assert_cmpint (study.chasing_hint, ==, cases[i].chasing_hint);
      for (guint id = 0; id < HP_N_RATIO; id++)
        graded += study.statistic[id].pass != HP_GRADE_NOT_GRADED;
      g_assert_cmpuint (graded, ==, cases[i].median == N ? 0 : 6);
    }
}

static void
test_grading_starts_at_30 (void)
{
  const GoldenStudy *golden = golden_named ("level");
  const HpRatioOptions options = WITHOUT_BOOTSTRAP;
  HpRatioStudy study;

  hp_ratio_study_compute (golden->estimate, golden->price, 29, &options, NULL, &study);
  g_assert_cmpint (study.statistic[HP_RATIO_PRD].pass, ==, N);
  hp_ratio_study_compute (golden->estimate, golden->price, 30, &options, NULL, &study);
  g_assert_cmpint (study.statistic[HP_RATIO_PRD].pass, ==, P);
}

/* Bounds of a standard are within it. */
static void
test_standard_is_closed (void)
{
  const HpRatioOptions options = WITHOUT_BOOTSTRAP;
  double estimate[40], price[40];
  HpRatioStudy study;

  for (guint i = 0; i < 40; i++)
    {
      price[i] = 100000 + 1000 * i;
      estimate[i] = price[i] * 1.1;
    }
  hp_ratio_study_compute (estimate, price, 40, &options, NULL, &study);
  g_assert_cmpfloat (study.statistic[HP_RATIO_MEDIAN].value, ==, 1.1);
  g_assert_cmpint (study.statistic[HP_RATIO_MEDIAN].pass, ==, P);
  g_assert_cmpfloat (study.statistic[HP_RATIO_MEDIAN].standard_low, ==, 0.9);
  g_assert_cmpfloat (study.statistic[HP_RATIO_MEDIAN].standard_high, ==, 1.1);
  g_assert_true (isnan (study.statistic[HP_RATIO_MAE].standard_low));
  g_assert_cmpint (study.statistic[HP_RATIO_MAE].pass, ==, N);
}

static void
test_intervals (void)
{
  const GoldenStudy *golden = golden_named ("regressive");
  g_autoptr (HpTeam) team = hp_team_new (2);
  HpRatioStudy without = study_of (golden, 0.95, 0), alone = study_of (golden, 0.95, 300), together;
  const HpRatioOptions options = { 0.95, 300, 42 };
  double low[HP_N_METRICS], high[HP_N_METRICS];

  hp_ratio_study_compute (golden->estimate, golden->price, golden->n, &options, team, &together);
  hp_metrics_bootstrap (golden->estimate, golden->price, golden->n, NULL, 0, 300, 0.95, 42, NULL, low, high);
  for (guint id = 0; id < HP_N_RATIO; id++)
    {
      HpRatioStatistic *statistic = &alone.statistic[id];
      HpMetric metric;

      g_assert_true (without.statistic[id].has_interval == (id == HP_RATIO_MEDIAN || id == HP_RATIO_PRB));
      g_assert_true (statistic->has_interval);
      g_assert_cmpfloat (statistic->low, <=, statistic->value);
      g_assert_cmpfloat (statistic->value, <=, statistic->high);
      g_assert_cmpfloat (statistic->low, <, statistic->high);
      g_assert_cmpfloat (together.statistic[id].low, ==, statistic->low);
      g_assert_cmpfloat (together.statistic[id].high, ==, statistic->high);
      if (id != HP_RATIO_MEDIAN && hp_metric_from_name (hp_ratio_name (id), &metric))
        {
          g_assert_cmpfloat (statistic->low, ==, low[metric]);
          g_assert_cmpfloat (statistic->high, ==, high[metric]);
        }
    }
}

static void
test_default_options (void)
{
  const GoldenStudy *golden = golden_named ("few");
  const HpRatioOptions options = { 0.95, 1000, 42 };
  HpRatioStudy study, expected;

  hp_ratio_study_compute (golden->estimate, golden->price, golden->n, NULL, NULL, &study);
  hp_ratio_study_compute (golden->estimate, golden->price, golden->n, &options, NULL, &expected);
  g_assert_cmpfloat (study.level, ==, 0.95);
  g_assert_cmpfloat (study.statistic[HP_RATIO_COD].low, ==, expected.statistic[HP_RATIO_COD].low);
  g_assert_cmpfloat (study.statistic[HP_RATIO_COD].high, ==, expected.statistic[HP_RATIO_COD].high);
}

static void
test_perfect (void)
{
  const GoldenStudy *golden = golden_named ("level");
  const HpRatioOptions options = { 0.95, 100, 42 };
  HpRatioStudy study;

  hp_ratio_study_compute (golden->price, golden->price, golden->n, &options, NULL, &study);
  g_assert_cmpfloat (study.statistic[HP_RATIO_MEDIAN].low, ==, 1);
  g_assert_cmpfloat (study.statistic[HP_RATIO_MEDIAN].high, ==, 1);
  g_assert_cmpfloat (study.statistic[HP_RATIO_KI].value, ==, 0);
  g_assert_cmpfloat (study.statistic[HP_RATIO_COV].value, ==, 0);
  g_assert_cmpfloat (study.vei_significance, ==, 0);
  /* All points lie on the line: no t, but a bias of exactly 0. */
  g_assert_true (isnan (study.bias.t) && isnan (study.bias.p));
  g_assert_cmpfloat (study.bias.se, ==, 0);
  g_assert_cmpfloat (study.statistic[HP_RATIO_PRB].low, ==, 0);
  g_assert_cmpfloat (study.statistic[HP_RATIO_PRB].high, ==, 0);
  g_assert_true (study.chasing_hint);
}

static void
test_undefined (void)
{
  const double estimate[] = { 100, 200 }, price[] = { 100, NAN };
  HpRatioStudy study;

  for (gsize n = 0; n <= 2; n += 2)
    {
      hp_ratio_study_compute (estimate, price, n, NULL, NULL, &study);
      g_assert_cmpuint (study.n, ==, n);
      g_assert_cmpuint (study.n_groups, ==, 0);
      g_assert_false (study.bias_unacceptable || study.chasing_hint);
      for (guint id = 0; id < HP_N_RATIO; id++)
        {
          g_assert_true (isnan (study.statistic[id].value) && isnan (study.statistic[id].low));
          g_assert_false (study.statistic[id].has_interval);
          g_assert_cmpint (study.statistic[id].pass, ==, N);
        }
    }
  hp_ratio_study_compute (estimate, price, 1, NULL, NULL, &study);
  g_assert_cmpfloat (study.statistic[HP_RATIO_MEDIAN].value, ==, 1);
  g_assert_false (study.statistic[HP_RATIO_MEDIAN].has_interval);
}

static void
test_usable (void)
{
  g_assert_true (hp_ratio_pair_is_usable (1, 1));
  g_assert_false (hp_ratio_pair_is_usable (0, 1));
  g_assert_false (hp_ratio_pair_is_usable (1, 0));
  g_assert_false (hp_ratio_pair_is_usable (1, -1));
  g_assert_false (hp_ratio_pair_is_usable (NAN, 1));
  g_assert_false (hp_ratio_pair_is_usable (1, INFINITY));
}

static JsonObject *
json_of (const HpRatioStudy *study, JsonNode **node)
{
  g_autoptr (HpJsonWriter) writer = hp_json_writer_new (FALSE);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  gsize length;

  hp_json_writer_begin_object (writer);
  hp_ratio_study_write (study, writer);
  hp_json_writer_end_object (writer);
  text = hp_json_writer_steal (writer, &length);
  *node = hp_json_parse (text, length, length, "study", &error);
  g_assert_no_error (error);
  return json_node_get_object (*node);
}

static void
test_json (void)
{
  HpRatioStudy study = study_of (golden_named ("deciles"), 0.95, 100);
  g_autoptr (JsonNode) node = NULL;
  JsonObject *object = json_of (&study, &node), *member;
  JsonArray *groups;

  g_assert_cmpint (json_object_get_int_member (object, "n"), ==, 523);
  g_assert_cmpfloat (json_object_get_double_member (object, "level"), ==, 0.95);
  g_assert_true (json_object_get_boolean_member (object, "graded"));
  g_assert_cmpuint (json_object_get_size (object), ==, 3 + HP_N_RATIO);
  for (guint id = 0; id < HP_N_RATIO; id++)
    {
      member = json_object_get_object_member (object, hp_ratio_name (id));
      g_assert_cmpfloat (json_object_get_double_member (member, "value"), ==, study.statistic[id].value);
      g_assert_cmpfloat (json_object_get_double_member (member, "low"), ==, study.statistic[id].low);
      g_assert_cmpfloat (json_object_get_double_member (member, "high"), ==, study.statistic[id].high);
      g_assert_true (json_object_get_null_member (member, "pass") == (study.statistic[id].pass == N));
      g_assert_true (json_object_has_member (member, "standard") == !isnan (study.statistic[id].standard_low));
    }
  g_assert_true (json_object_get_boolean_member (json_object_get_object_member (object, "cod"), "pass"));
  g_assert_false (json_object_get_boolean_member (json_object_get_object_member (object, "mki"), "pass"));
  g_assert_false (json_object_get_boolean_member (json_object_get_object_member (object, "cod"), "sales_chasing_hint"));

  member = json_object_get_object_member (json_object_get_object_member (object, "prd"), "standard");
  g_assert_cmpfloat (json_object_get_double_member (member, "low"), ==, 0.98);
  g_assert_cmpfloat (json_object_get_double_member (member, "high"), ==, 1.03);

  member = json_object_get_object_member (object, "prb");
  g_assert_cmpfloat (json_object_get_double_member (member, "se"), ==, study.bias.se);
  g_assert_cmpfloat (json_object_get_double_member (member, "t"), ==, study.bias.t);
  g_assert_cmpfloat (json_object_get_double_member (member, "p"), ==, study.bias.p);
  g_assert_false (json_object_get_boolean_member (member, "unacceptable"));

  member = json_object_get_object_member (object, "vei");
  g_assert_cmpfloat (json_object_get_double_member (member, "significance"), ==, study.vei_significance);
  groups = json_object_get_array_member (member, "groups");
  g_assert_cmpuint (json_array_get_length (groups), ==, 10);
  for (guint k = 0; k < 10; k++)
    {
      JsonObject *group = json_array_get_object_element (groups, k);

      g_assert_cmpint (json_object_get_int_member (group, "n"), ==, study.group[k].n);
      g_assert_cmpfloat (json_object_get_double_member (group, "median_proxy"), ==, study.group[k].median_proxy);
      g_assert_cmpfloat (json_object_get_double_member (group, "median_ratio"), ==, study.group[k].median_ratio);
      g_assert_cmpfloat (json_object_get_double_member (group, "low"), ==, study.group[k].low);
      g_assert_cmpfloat (json_object_get_double_member (group, "high"), ==, study.group[k].high);
    }
}

static void
test_json_undefined (void)
{
  g_autoptr (JsonNode) node = NULL;
  HpRatioStudy study;
  JsonObject *object, *vei;

  hp_ratio_study_compute (NULL, NULL, 0, NULL, NULL, &study);
  object = json_of (&study, &node);
  g_assert_false (json_object_get_boolean_member (object, "graded"));
  vei = json_object_get_object_member (object, "vei");
  g_assert_true (json_object_get_null_member (vei, "value"));
  g_assert_true (json_object_get_null_member (vei, "low"));
  g_assert_true (json_object_get_null_member (vei, "pass"));
  g_assert_true (json_object_get_null_member (vei, "significance"));
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (vei, "groups")), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ratio/golden", test_golden);
  g_test_add_func ("/ratio/bias", test_bias);
  g_test_add_func ("/ratio/groups", test_groups);
  g_test_add_func ("/ratio/group-counts", test_group_counts);
  g_test_add_func ("/ratio/grades", test_grades);
  g_test_add_func ("/ratio/grading-starts-at-30", test_grading_starts_at_30);
  g_test_add_func ("/ratio/standard-is-closed", test_standard_is_closed);
  g_test_add_func ("/ratio/intervals", test_intervals);
  g_test_add_func ("/ratio/default-options", test_default_options);
  g_test_add_func ("/ratio/perfect", test_perfect);
  g_test_add_func ("/ratio/undefined", test_undefined);
  g_test_add_func ("/ratio/usable", test_usable);
  g_test_add_func ("/ratio/json", test_json);
  g_test_add_func ("/ratio/json-undefined", test_json_undefined);
  return g_test_run ();
}
