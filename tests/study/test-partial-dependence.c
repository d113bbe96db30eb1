/* test-partial-dependence.c - partial dependence and single lines: against scikit-learn and NumPy
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hp-partial-dependence.h"

#include <math.h>

#include "explain-support.h"
#include "hp-error.h"

#define TOLERANCE 2e-6 /* of a price: margins are in single precision */

static HpPartialDependence *
follow (const Explain *explain, const char *attribute, guint points, HpTeam *team)
{
  HpDependenceOptions options = HP_DEPENDENCE_OPTIONS_DEFAULT;
  g_autoptr (GError) error = NULL;
  HpPartialDependence *dependence;

  options.points = points;
  dependence = hp_partial_dependence_new (explain->predictor, explain->set, attribute, &options, team, NULL, &error);
  g_assert_no_error (error);
  return dependence;
}

static void
check (const HpPartialDependence *dependence, const double *x, const double *mean, guint n)
{
  g_assert_cmpuint (dependence->n_points, ==, n);
  for (guint g = 0; g < n; g++)
    {
      g_assert_cmpfloat_with_epsilon (dependence->x[g], x[g], 1e-12);
      g_assert_cmpfloat_with_epsilon (dependence->mean[g], mean[g], TOLERANCE * mean[g]);
    }
}

static void
test_numbers (Explain *explain, gconstpointer data)
{
  g_autoptr (HpPartialDependence) rooms = follow (explain, "Rooms", 40, NULL);
  g_autoptr (HpPartialDependence) area = follow (explain, "area", EXPLAIN_AREA_POINTS, NULL);

  g_assert_cmpstr (rooms->attribute, ==, "rooms");
  g_assert_cmpint (rooms->type, ==, HP_COLUMN_INTEGER);
  g_assert_cmpstr (rooms->currency, ==, "EUR");
  g_assert_null (rooms->levels);
  check (rooms, explain_rooms_x, explain_rooms_mean, G_N_ELEMENTS (explain_rooms_x));
  g_assert_cmpstr (area->unit, ==, "m²");
  check (area, explain_area_x, explain_area_mean, G_N_ELEMENTS (explain_area_x));
  for (guint d = 0; d < 9; d++)
    g_assert_cmpfloat (area->decile[d], ==, explain_area_decile[d]);
}

/* Each sale's own line, found by its row, passes through its own price where its own value is */
static void
test_lines (Explain *explain, gconstpointer data)
{
  g_autoptr (HpPartialDependence) rooms = follow (explain, "rooms", 40, NULL);
  const double *own = hp_table_get_column (explain->table, "rooms")->numbers;
  guint n = rooms->n_points;
  gboolean seen[EXPLAIN_N] = { FALSE };

  g_assert_cmpuint (rooms->n, ==, EXPLAIN_N);
  g_assert_cmpuint (rooms->n_lines, ==, 60);
  for (guint k = 0; k < rooms->n_lines; k++)
    {
      gsize sale = rooms->line_row[k] - 1;

      g_assert_cmpuint (sale, <, EXPLAIN_N);
      g_assert_false (seen[sale]);
      seen[sale] = TRUE;
      g_assert_cmpfloat (rooms->line_x[k], ==, own[sale]);
      for (guint g = 0; g < n; g++)
        {
          double expected = explain_rooms_line[sale * n + g];

          g_assert_cmpfloat_with_epsilon (rooms->line[k * n + g], expected, TOLERANCE * expected);
        }
    }
}

static void
test_categories (Explain *explain, gconstpointer data)
{
  static const char *const names[] = { "bad", "fair", "good", "superb" };
  g_autoptr (HpPartialDependence) state = follow (explain, "state", 40, NULL);
  g_autoptr (HpPartialDependence) two = follow (explain, "state", 2, NULL);
  gsize sum = 0;

  check (state, explain_state_x, explain_state_mean, 4);
  for (guint g = 0; g < 4; g++)
    {
      g_assert_cmpstr (state->levels[g], ==, names[g]);
      sum += state->count[g];
    }
  g_assert_null (state->levels[4]);
  g_assert_cmpuint (sum, ==, EXPLAIN_N);
  g_assert_true (isnan (state->decile[4]));

  /* the two most frequent, in order; sales of the others have no place on the axis */
  check (two, explain_state_x, explain_state_mean + 1, 2);
  g_assert_cmpstr (two->levels[0], ==, "fair");
  g_assert_cmpstr (two->levels[1], ==, "good");
  for (guint k = 0; k < two->n_lines; k++)
    g_assert_true (isnan (two->line_x[k]) || two->line_x[k] == 0 || two->line_x[k] == 1);
}

static void
test_dates (Explain *explain, gconstpointer data)
{
  g_autoptr (HpPartialDependence) sold = follow (explain, "sold", 40, NULL);

  g_assert_cmpint (sold->type, ==, HP_COLUMN_DATE);
  check (sold, explain_sold_x, explain_sold_mean, G_N_ELEMENTS (explain_sold_x));
}

static void
test_jobs (Explain *explain, gconstpointer data)
{
  g_autoptr (HpPartialDependence) alone = follow (explain, "area", 40, NULL);

  for (guint jobs = 1; jobs <= 3; jobs++)
    {
      g_autoptr (HpTeam) team = hp_team_new (jobs);
      g_autoptr (HpPartialDependence) together = follow (explain, "area", 40, team);
      gsize length = alone->n_points * sizeof (double);

      g_assert_cmpuint (together->n_points, ==, alone->n_points);
      g_assert_cmpmem (together->mean, length, alone->mean, length);
      g_assert_cmpmem (together->line, alone->n_lines * length, alone->line, alone->n_lines * length);
      g_assert_cmpmem (together->line_row, alone->n_lines * sizeof (guint64), alone->line_row,
                       alone->n_lines * sizeof (guint64));
    }
}

static void
test_sample (Explain *explain, gconstpointer data)
{
  HpDependenceOptions options = HP_DEPENDENCE_OPTIONS_DEFAULT;
  g_autoptr (HpPartialDependence) dependence = NULL;
  g_autoptr (GError) error = NULL;

  options.max_sales = 20;
  options.max_lines = 50;
  dependence = hp_partial_dependence_new (explain->predictor, explain->set, "built", &options, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (dependence->n, ==, 20);
  g_assert_cmpuint (dependence->n_all, ==, EXPLAIN_N);
  g_assert_cmpuint (dependence->n_lines, ==, 20);
  /* the mean of the sample is that of its lines */
  for (guint g = 0; g < dependence->n_points; g++)
    {
      double sum = 0;

      for (guint k = 0; k < 20; k++)
        sum += dependence->line[k * dependence->n_points + g];
      g_assert_cmpfloat_with_epsilon (dependence->mean[g], sum / 20, 1e-9 * sum);
    }
}

static void
refuse (const Explain *explain, const char *attribute, GCancellable *cancellable, int code, const char *part)
{
  HpDependenceOptions options = HP_DEPENDENCE_OPTIONS_DEFAULT;
  g_autoptr (GError) error = NULL;

  g_assert_null (
    hp_partial_dependence_new (explain->predictor, explain->set, attribute, &options, NULL, cancellable, &error));
  g_assert_error (error, HP_ERROR, code);
  g_assert_nonnull (strstr (error->message, part));
}

static void
test_refused (Explain *explain, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  int rooms = hp_preprocessor_find_attribute (hp_predictor_get_preprocessor (explain->predictor), "rooms");

  refuse (explain, "romms", NULL, HP_ERROR_NOT_FOUND, "rooms");
  refuse (explain, "density", NULL, HP_ERROR_NOT_FOUND, "area");
  g_cancellable_cancel (cancellable);
  refuse (explain, "rooms", cancellable, HP_ERROR_CANCELLED, "interrupted");
  for (gsize i = 0; i < explain->set->n; i++)
    explain->set->raw[i * explain->set->n_attributes + rooms] = NAN;
  refuse (explain, "rooms", NULL, HP_ERROR_BAD_DATA, "rooms");
  explain->set->n = 0;
  refuse (explain, "area", NULL, HP_ERROR_BAD_DATA, "area");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  explain_add_test ("/partial-dependence/numbers", test_numbers);
  explain_add_test ("/partial-dependence/lines", test_lines);
  explain_add_test ("/partial-dependence/categories", test_categories);
  explain_add_test ("/partial-dependence/dates", test_dates);
  explain_add_test ("/partial-dependence/jobs", test_jobs);
  explain_add_test ("/partial-dependence/sample", test_sample);
  explain_add_test ("/partial-dependence/refused", test_refused);
  return g_test_run ();
}
