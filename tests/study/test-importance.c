/* test-importance.c - permutation importance: against scikit-learn, its expectation, and a plain permutation
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hp-importance.h"

#include <math.h>

#include "explain-support.h"
#include "hp-error.h"
#include "hp-random.h"

static HpImportance *
measure (const Explain *explain, guint repeats, guint64 seed, HpTeam *team)
{
  HpImportanceOptions options = HP_IMPORTANCE_OPTIONS_DEFAULT;
  g_autoptr (GError) error = NULL;
  HpImportance *importance;

  options.repeats = repeats;
  options.seed = seed;
  importance = hp_importance_new (explain->predictor, explain->set, &options, team, NULL, &error);
  g_assert_no_error (error);
  return importance;
}

static const HpImportanceItem *
find_item (const HpImportance *importance, const char *attribute)
{
  for (guint i = 0; i < importance->items->len; i++)
    {
      const HpImportanceItem *item = importance->items->pdata[i];

      if (g_str_equal (item->attribute, attribute))
        return item;
    }
  g_assert_not_reached ();
}

static void
test_golden (Explain *explain, gconstpointer data)
{
  g_autoptr (HpImportance) importance = measure (explain, 1000, 3, NULL);

  g_assert_cmpuint (importance->items->len, ==, 5);
  g_assert_cmpuint (importance->n, ==, EXPLAIN_N);
  g_assert_cmpuint (importance->n_all, ==, EXPLAIN_N);
  g_assert_cmpstr (importance->currency, ==, "EUR");
  g_assert_cmpfloat_with_epsilon (importance->mae, explain_mae, 1e-5 * explain_mae);
  for (guint i = 0; i < G_N_ELEMENTS (explain_importance); i++)
    {
      const HpImportanceItem *item = find_item (importance, explain_importance[i].attribute);
      double sd = explain_importance[i].sd, error = sd / sqrt (1000);

      /* four standard errors of the mean */
      g_assert_cmpfloat_with_epsilon (item->mean, explain_importance[i].expected, 4 * error);
      g_assert_cmpfloat_with_epsilon (item->mean, explain_importance[i].mean,
                                      4 * sd * sqrt (1 / 1000.0 + 1.0 / EXPLAIN_REPEATS));
      g_assert_cmpfloat_with_epsilon (item->sd, sd, 0.15 * sd);
      /* 1.9623 is Student's t at 0.975 with 999 degrees of freedom */
      g_assert_cmpfloat_with_epsilon (item->high - item->mean, 1.9623 * item->sd / sqrt (1000), 1e-4 * item->sd);
      g_assert_cmpfloat_with_epsilon (item->mean - item->low, item->high - item->mean, 1e-6 * item->mean);
    }
  /* in order */
  for (guint i = 1; i < importance->items->len; i++)
    g_assert_cmpfloat (((HpImportanceItem *) importance->items->pdata[i - 1])->mean, >=,
                       ((HpImportanceItem *) importance->items->pdata[i])->mean);
}

/* The same draw done the long way: a repeat of the first attribute with the values of another order */
static void
test_plain (Explain *explain, gconstpointer data)
{
  g_autoptr (HpImportance) importance = measure (explain, 4, 9, NULL);
  const HpPreprocessor *pre = hp_predictor_get_preprocessor (explain->predictor);
  const double *areas = hp_table_get_column (explain->table, "area")->numbers;
  const double *prices = hp_table_get_column (explain->table, "price")->numbers;
  g_autoptr (HpHouseBinding) binding = hp_house_binding_new (pre, explain->table);
  g_autoptr (HpHouse) house = hp_house_new (pre);
  int area = hp_preprocessor_find_attribute (pre, "area");

  g_assert_cmpint (area, ==, 0);
  for (guint repeat = 0; repeat < 4; repeat++)
    {
      guint32 from[EXPLAIN_N];
      double sum = 0;
      HpRandom random;

      for (guint32 i = 0; i < EXPLAIN_N; i++)
        from[i] = i;
      hp_random_init (&random, 9, 1 + repeat);
      hp_random_shuffle (&random, from, EXPLAIN_N);
      for (guint i = 0; i < EXPLAIN_N; i++)
        {
          g_autoptr (GError) error = NULL;
          float features[4];
          double price;

          hp_house_set_row (house, binding, i);
          hp_house_set_number (house, pre, area, areas[from[i]], &error);
          g_assert_no_error (error);
          hp_preprocessor_transform (pre, house, 0, features);
          hp_model_predict (hp_predictor_get_model (explain->predictor), features, 1, &price);
          sum += fabs (prices[i] - price);
        }
      g_assert_cmpfloat_with_epsilon (find_item (importance, "area")->increase[repeat],
                                      sum / EXPLAIN_N - importance->mae, 1e-6);
    }
}

static void
test_jobs_and_seed (Explain *explain, gconstpointer data)
{
  g_autoptr (HpImportance) alone = measure (explain, 5, 42, NULL), other = measure (explain, 5, 43, NULL);

  for (guint jobs = 1; jobs <= 3; jobs++)
    {
      g_autoptr (HpTeam) team = hp_team_new (jobs);
      g_autoptr (HpImportance) together = measure (explain, 5, 42, team);

      g_assert_cmpfloat (together->mae, ==, alone->mae);
      for (guint i = 0; i < alone->items->len; i++)
        {
          const HpImportanceItem *a = alone->items->pdata[i], *b = together->items->pdata[i];

          g_assert_cmpstr (a->attribute, ==, b->attribute);
          g_assert_cmpmem (a->increase, 5 * sizeof (double), b->increase, 5 * sizeof (double));
          g_assert_cmpfloat (a->low, ==, b->low);
        }
    }
  g_assert_cmpfloat (find_item (alone, "area")->mean, !=, find_item (other, "area")->mean);
  g_assert_cmpfloat (alone->mae, ==, other->mae);
}

static void
test_sample (Explain *explain, gconstpointer data)
{
  HpImportanceOptions options = HP_IMPORTANCE_OPTIONS_DEFAULT;
  g_autoptr (HpImportance) importance = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree guint32 *chosen = NULL;
  const double *prices = hp_table_get_column (explain->table, "price")->numbers;
  gsize n;

  options.max_sales = 30;
  importance = hp_importance_new (explain->predictor, explain->set, &options, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (importance->n, ==, 30);
  g_assert_cmpuint (importance->n_all, ==, EXPLAIN_N);

  chosen = hp_house_set_sample (explain->set, 30, 1, 1, &n);
  g_assert_cmpuint (n, ==, 30);
  for (gsize i = 0; i < n; i++)
    {
      g_assert_true (i == 0 || chosen[i] > chosen[i - 1]);
      g_assert_cmpfloat (explain->set->price[chosen[i]], ==, prices[chosen[i]]);
      g_assert_cmpuint (explain->set->row[chosen[i]], ==, chosen[i] + 1);
    }
}

/* More sales than are scored at once: the same ones again and again err as much */
static void
test_many (Explain *explain, gconstpointer data)
{
  enum
  {
    TIMES = 50
  };
  guint n_attributes = explain->set->n_attributes;
  HpHouseSet many = { .n = EXPLAIN_N * TIMES, .n_attributes = n_attributes };
  HpImportanceOptions options = { .repeats = 20, .level = 0.95, .max_sales = EXPLAIN_N * TIMES, .seed = 1 };
  g_autoptr (HpImportance) importance = NULL;
  g_autoptr (GError) error = NULL;

  many.raw = g_new (double, many.n *n_attributes);
  many.flags = g_new (guint8, many.n * n_attributes);
  many.price = g_new (double, many.n);
  many.row = g_new0 (guint64, many.n);
  for (guint i = 0; i < TIMES; i++)
    {
      memcpy (many.raw + i * EXPLAIN_N * n_attributes, explain->set->raw, EXPLAIN_N * n_attributes * sizeof (double));
      memcpy (many.flags + i * EXPLAIN_N * n_attributes, explain->set->flags, EXPLAIN_N * n_attributes);
      memcpy (many.price + i * EXPLAIN_N, explain->set->price, EXPLAIN_N * sizeof (double));
    }
  importance = hp_importance_new (explain->predictor, &many, &options, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (importance->n, ==, many.n);
  g_assert_cmpfloat_with_epsilon (importance->mae, explain_mae, 1e-5 * explain_mae);
  for (guint i = 0; i < G_N_ELEMENTS (explain_importance); i++)
    g_assert_cmpfloat_with_epsilon (find_item (importance, explain_importance[i].attribute)->mean,
                                    explain_importance[i].expected, 4 * explain_importance[i].sd / sqrt (20.0 * TIMES));
  g_free (many.raw);
  g_free (many.flags);
  g_free (many.price);
  g_free (many.row);
}

static void
test_refused (Explain *explain, gconstpointer data)
{
  HpImportanceOptions options = HP_IMPORTANCE_OPTIONS_DEFAULT;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (hp_importance_new (explain->predictor, explain->set, &options, NULL, cancellable, &error));
  g_assert_error (error, HP_ERROR, HP_ERROR_CANCELLED);
  g_clear_error (&error);
  options.max_sales = 1;
  g_assert_null (hp_importance_new (explain->predictor, explain->set, &options, NULL, NULL, &error));
  g_assert_error (error, HP_ERROR, HP_ERROR_BAD_DATA);
  g_clear_error (&error);
  options.max_sales = 100;
  explain->set->raw[0] = 1e30; /* an area no price can be had for */
  g_assert_null (hp_importance_new (explain->predictor, explain->set, &options, NULL, NULL, &error));
  g_assert_error (error, HP_ERROR, HP_ERROR_BAD_DATA);
}

/* The set of a bundle's file is that of the table; columns of the file's own don't get in the way */
static void
test_csv (Explain *explain, gconstpointer data)
{
  const HpPreprocessor *pre = hp_predictor_get_preprocessor (explain->predictor);
  g_autoptr (GString) csv = g_string_new ("row,line,fold,price,predicted,low,high,area,rooms,state,built,sold\n");
  g_auto (GStrv) lines = g_strsplit (explain_csv, "\n", -1);
  g_autoptr (HpHouseSet) set = NULL;
  g_autoptr (GError) error = NULL;
  static const char *const bad[] = {
    "",
    "row,area\n1,2\n",
    "row,price\n1,0\n",
    "row,price\n1.5,7\n",
    "row,price\n0,7\n",
    "row,price\n1e16,7\n",
    "row,price\nx,7\n",
    "row,price\n1,7,8\n",
  };

  for (guint i = 1; i <= EXPLAIN_N; i++)
    {
      const char *comma = strchr (lines[i], ',');

      g_string_append_printf (csv, "%u,%u,test,%.*s,1,,%s\n", i, i + 1, (int) (comma - lines[i]), lines[i], comma);
    }
  set = hp_house_set_new_csv (pre, csv->str, csv->len, "holdout.csv", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (set->n, ==, EXPLAIN_N);
  g_assert_cmpuint (set->n_attributes, ==, explain->set->n_attributes);
  g_assert_cmpmem (set->raw, set->n * set->n_attributes * sizeof (double), explain->set->raw,
                   set->n * set->n_attributes * sizeof (double));
  g_assert_cmpmem (set->flags, set->n * set->n_attributes, explain->set->flags, set->n * set->n_attributes);
  g_assert_cmpmem (set->price, set->n * sizeof (double), explain->set->price, set->n * sizeof (double));
  g_assert_cmpmem (set->row, set->n * sizeof (guint64), explain->set->row, set->n * sizeof (guint64));

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) problem = NULL;

      g_assert_null (hp_house_set_new_csv (pre, bad[i], strlen (bad[i]), "sales.csv", &problem));
      g_assert_error (problem, HP_ERROR, HP_ERROR_BAD_DATA);
      g_assert_true (g_str_has_prefix (problem->message, "sales.csv"));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  explain_add_test ("/importance/golden", test_golden);
  explain_add_test ("/importance/plain", test_plain);
  explain_add_test ("/importance/jobs-and-seed", test_jobs_and_seed);
  explain_add_test ("/importance/sample", test_sample);
  explain_add_test ("/importance/many", test_many);
  explain_add_test ("/importance/refused", test_refused);
  explain_add_test ("/importance/csv", test_csv);
  return g_test_run ();
}
