/* test-gate.c - gates: bounds, margins, intervals, JSON
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hp-gate.h"

#include "golden/study.h"

/* MAE 15, PPE5 0.25, no VEI */
static const double predicted[] = { 110, 180, 330, 400 };
static const double price[] = { 100, 200, 300, 400 };

static HpGateOutcome
judge (HpGateBound bound)
{
  HpGateOutcome outcome;
  gboolean passed = hp_gates_evaluate (predicted, price, 4, &bound, 1, 0, 0.95, 1, NULL, &outcome);

  g_assert_cmpint (passed, ==, outcome.passed);
  g_assert_true (isnan (outcome.low) && isnan (outcome.high));
  g_assert_cmpint (outcome.bound.metric, ==, bound.metric);
  return outcome;
}

static void
test_bounds (void)
{
  HpGateOutcome outcome;

  outcome = judge ((HpGateBound){ HP_METRIC_MAE, FALSE, TRUE, 0, 20 });
  g_assert_true (outcome.passed);
  g_assert_cmpfloat (outcome.value, ==, 15);
  g_assert_cmpfloat (outcome.margin, ==, 5);

  outcome = judge ((HpGateBound){ HP_METRIC_MAE, FALSE, TRUE, 0, 12 });
  g_assert_false (outcome.passed);
  g_assert_cmpfloat (outcome.margin, ==, -3);

  outcome = judge ((HpGateBound){ HP_METRIC_PPE5, TRUE, FALSE, 0.5, 0 });
  g_assert_false (outcome.passed);
  g_assert_cmpfloat (outcome.margin, ==, -0.25);

  /* A bound is an allowed value. */
  g_assert_true (judge ((HpGateBound){ HP_METRIC_MAE, FALSE, TRUE, 0, 15 }).passed);
  g_assert_true (judge ((HpGateBound){ HP_METRIC_MAE, TRUE, FALSE, 15, 0 }).passed);
  g_assert_false (judge ((HpGateBound){ HP_METRIC_MAE, FALSE, TRUE, 0, 14.999 }).passed);

  /* Between two bounds the nearer one makes the margin. */
  outcome = judge ((HpGateBound){ HP_METRIC_MAE, TRUE, TRUE, 14, 20 });
  g_assert_true (outcome.passed);
  g_assert_cmpfloat (outcome.margin, ==, 1);
  outcome = judge ((HpGateBound){ HP_METRIC_MAE, TRUE, TRUE, 16, 20 });
  g_assert_false (outcome.passed);
  g_assert_cmpfloat (outcome.margin, ==, -1);

  g_assert_true (judge ((HpGateBound){ HP_METRIC_MAE, FALSE, FALSE, 0, 0 }).passed);
}

/* What could not be measured has not passed. */
static void
test_undefined (void)
{
  HpGateOutcome outcome = judge ((HpGateBound){ HP_METRIC_VEI, TRUE, TRUE, -10, 10 });
  HpGateBound bound = { HP_METRIC_MAE, FALSE, TRUE, 0, 20 };

  g_assert_false (outcome.passed);
  g_assert_true (isnan (outcome.value) && isnan (outcome.margin));
  g_assert_false (judge ((HpGateBound){ HP_METRIC_VEI, FALSE, FALSE, 0, 0 }).passed);
  g_assert_false (hp_gates_evaluate (NULL, NULL, 0, &bound, 1, 10, 0.95, 1, NULL, &outcome));
  g_assert_false (outcome.passed);
}

static void
test_several (void)
{
  static const HpGateBound bounds[] = {
    { HP_METRIC_R2, TRUE, FALSE, 0.6, 0 },
    { HP_METRIC_MAE, FALSE, TRUE, 0, 1000 },
    { HP_METRIC_RMSE, FALSE, TRUE, 0, 1e6 },
  };
  const GoldenStudy *golden = &golden_studies[1];
  double low[3], high[3];
  const HpMetric which[] = { HP_METRIC_R2, HP_METRIC_MAE, HP_METRIC_RMSE };
  HpGateOutcome outcomes[3];

  g_assert_true (hp_gates_evaluate (golden->estimate, golden->price, golden->n, NULL, 0, 100, 0.9, 5, NULL, outcomes));
  g_assert_false (
    hp_gates_evaluate (golden->estimate, golden->price, golden->n, bounds, 3, 100, 0.9, 5, NULL, outcomes));
  g_assert_true (outcomes[0].passed && !outcomes[1].passed && outcomes[2].passed);
  hp_metrics_bootstrap (golden->estimate, golden->price, golden->n, which, 3, 100, 0.9, 5, NULL, low, high);
  for (guint i = 0; i < 3; i++)
    {
      g_assert_cmpfloat (outcomes[i].low, ==, low[i]);
      g_assert_cmpfloat (outcomes[i].high, ==, high[i]);
      g_assert_cmpfloat (outcomes[i].low, <, outcomes[i].value);
      g_assert_cmpfloat (outcomes[i].value, <, outcomes[i].high);
    }
}

static void
test_json (void)
{
  static const HpGateBound bounds[] = {
    { HP_METRIC_MAE, FALSE, TRUE, 0, 12 },
    { HP_METRIC_PPE5, TRUE, TRUE, 0.25, 1 },
    { HP_METRIC_VEI, TRUE, FALSE, -10, 0 },
  };
  g_autoptr (HpJsonWriter) writer = hp_json_writer_new (FALSE), empty = hp_json_writer_new (FALSE);
  g_autofree char *text = NULL, *empty_text = NULL;
  HpGateOutcome outcomes[3];

  hp_gates_evaluate (predicted, price, 4, bounds, 3, 0, 0.95, 1, NULL, outcomes);
  hp_gates_write (outcomes, 3, writer);
  text = hp_json_writer_steal (writer, NULL);
  g_assert_cmpstr (
    text, ==,
    "{\"passed\":false,\"failed\":[\"mae\",\"vei\"],\"outcomes\":["
    "{\"metric\":\"mae\",\"max\":12,\"value\":15,\"margin\":-3,\"low\":null,\"high\":null,\"passed\":false},"
    "{\"metric\":\"ppe5\",\"min\":0.25,\"max\":1,\"value\":0.25,\"margin\":0,\"low\":null,\"high\":null,\"passed\":"
    "true},"
    "{\"metric\":\"vei\",\"min\":-10,\"value\":null,\"margin\":null,\"low\":null,\"high\":null,\"passed\":false}]}");

  hp_gates_write (NULL, 0, empty);
  empty_text = hp_json_writer_steal (empty, NULL);
  g_assert_cmpstr (empty_text, ==, "{\"passed\":true,\"failed\":[],\"outcomes\":[]}");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/gate/bounds", test_bounds);
  g_test_add_func ("/gate/undefined", test_undefined);
  g_test_add_func ("/gate/several", test_several);
  g_test_add_func ("/gate/json", test_json);
  return g_test_run ();
}
