/* test-family.c - parameters of the families, and one way to fit them all
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hp-family.h"

#include "hp-error.h"
#include "sample.h"

static void
test_names (void)
{
  const char *const names[] = { "linear", "random_forest", "gradient_boosting", "xgboost" };
  HpFamily family;

  for (guint f = 0; f < HP_N_FAMILIES; f++)
    {
      g_assert_cmpstr (hp_family_name (f), ==, names[f]);
      g_assert_true (hp_family_from_name (names[f], &family));
      g_assert_cmpuint (family, ==, f);
      g_assert_cmpint (hp_family_get_encoding (f), ==,
                       f == HP_FAMILY_LINEAR ? HP_ENCODING_ONE_HOT : HP_ENCODING_ORDERED);
    }
  g_assert_false (hp_family_from_name ("Linear", &family));
  g_assert_false (hp_family_from_name ("", &family));
}

/* The table agrees with itself: defaults and what is tuned are allowed, and can be written and read back */
static void
test_table (void)
{
  for (guint f = 0; f < HP_N_FAMILIES; f++)
    {
      HpParams params;

      hp_family_default_params (f, &params);
      g_assert_cmpuint (hp_family_get_n_params (f), <=, HP_FAMILY_MAX_PARAMS);
      for (guint i = 0; i < hp_family_get_n_params (f); i++)
        {
          const HpParamSpec *spec = hp_family_get_param (f, i);
          char text[G_ASCII_DTOSTR_BUF_SIZE];
          g_autoptr (GError) error = NULL;
          guint n_choices = 0;
          double value;

          g_assert_cmpint (hp_family_find_param (f, spec->name), ==, i);
          g_assert_cmpfloat (params.value[i], ==, spec->standard);
          g_assert_cmpfloat (spec->standard, >=, spec->min);
          g_assert_cmpfloat (spec->standard, <=, spec->max);
          g_assert_cmpfloat (spec->search_min, <=, spec->search_max);
          if (spec->search_min < spec->search_max)
            {
              g_assert_cmpfloat (spec->search_min, >=, spec->min);
              g_assert_cmpfloat (spec->search_max, <=, spec->max);
              if (spec->search_log)
                g_assert_cmpfloat (spec->search_min, >, 0);
            }
          g_assert_cmpint ((spec->kind == HP_PARAM_CHOICE || spec->kind == HP_PARAM_BOOLEAN), ==, spec->choices != NULL);
          if (spec->choices != NULL)
            {
              while (spec->choices[n_choices] != NULL)
                {
                  g_assert_true (hp_family_parse_param (f, i, spec->choices[n_choices], &value, &error));
                  g_assert_cmpfloat (value, ==, n_choices++);
                }
              g_assert_cmpfloat (spec->max, ==, n_choices - 1);
              continue;
            }
          for (guint end = 0; end < 2; end++)
            {
              double limit = end ? spec->max : spec->min;

              g_ascii_dtostr (text, sizeof text, limit);
              g_assert_true (hp_family_parse_param (f, i, text, &value, &error));
              g_assert_cmpfloat (value, ==, limit);
              g_ascii_dtostr (text, sizeof text, end ? limit * 2 + 1 : limit - 1);
              g_assert_false (hp_family_parse_param (f, i, text, &value, &error));
              g_assert_error (error, HP_ERROR, HP_ERROR_BAD_DATA);
              g_clear_error (&error);
            }
        }
      g_assert_cmpint (hp_family_find_param (f, "no_such"), ==, -1);
    }
}

static void
test_parse (void)
{
  const struct
  {
    HpFamily family;
    const char *param, *text;
    double value;
    const char *says; /* NULL: it is fine */
  } cases[] = {
    { HP_FAMILY_GRADIENT_BOOSTING, "trees", "250", 250, NULL },
    { HP_FAMILY_GRADIENT_BOOSTING, "trees", "2.5e2", 250, NULL },
    { HP_FAMILY_GRADIENT_BOOSTING, "learning_rate", "0.05", 0.05, NULL },
    { HP_FAMILY_GRADIENT_BOOSTING, "loss", "absolute", 2, NULL },
    { HP_FAMILY_LINEAR, "lambda", "-1", -1, NULL },
    { HP_FAMILY_RANDOM_FOREST, "bootstrap", "false", 0, NULL },
    { HP_FAMILY_GRADIENT_BOOSTING, "trees", "2.5", 0,
      "trees of gradient_boosting must be a whole number from 1 to 100000, not “2.5”" },
    { HP_FAMILY_GRADIENT_BOOSTING, "trees", "many", 0, "not “many”" },
    { HP_FAMILY_GRADIENT_BOOSTING, "trees", "", 0, "not “”" },
    { HP_FAMILY_GRADIENT_BOOSTING, "trees", "nan", 0, "not “nan”" },
    { HP_FAMILY_GRADIENT_BOOSTING, "lambda", "inf", 0, "a number from 0 to 1000000000" },
    { HP_FAMILY_GRADIENT_BOOSTING, "subsample", "1,0", 0, "not “1,0”" },
    { HP_FAMILY_GRADIENT_BOOSTING, "subsample", "0", 0, "from 0.01 to 1" },
    { HP_FAMILY_GRADIENT_BOOSTING, "loss", "Huber", 0,
      "must be one of squared, huber, absolute, quantile, not “Huber”" },
    { HP_FAMILY_XGBOOST, "loss", "absolute", 0, "must be one of squared, huber" },
    { HP_FAMILY_RANDOM_FOREST, "bootstrap", "1", 0, "must be one of false, true" },
  };

  for (gsize k = 0; k < G_N_ELEMENTS (cases); k++)
    {
      g_autoptr (GError) error = NULL;
      int i = hp_family_find_param (cases[k].family, cases[k].param);
      double value = 0;

      g_assert_cmpint (i, >=, 0);
      if (cases[k].says == NULL)
        {
          g_assert_true (hp_family_parse_param (cases[k].family, i, cases[k].text, &value, &error));
          g_assert_cmpfloat (value, ==, cases[k].value);
          continue;
        }
      g_assert_false (hp_family_parse_param (cases[k].family, i, cases[k].text, &value, &error));
      g_assert_error (error, HP_ERROR, HP_ERROR_BAD_DATA);
      g_assert_cmpstr (hp_error_get_field (error), ==, cases[k].param);
      g_assert_nonnull (strstr (error->message, cases[k].says));
    }
}

static void
test_write (void)
{
  g_autoptr (HpJsonWriter) writer = hp_json_writer_new (FALSE);
  g_autofree char *json = NULL;
  HpParams params;
  gsize length;

  hp_family_default_params (HP_FAMILY_RANDOM_FOREST, &params);
  params.value[hp_family_find_param (HP_FAMILY_RANDOM_FOREST, "trees")] = 12;
  params.value[hp_family_find_param (HP_FAMILY_RANDOM_FOREST, "features_per_node")] = 0.5;
  hp_family_write_params (HP_FAMILY_RANDOM_FOREST, &params, writer);
  json = hp_json_writer_steal (writer, &length);
  g_assert_cmpstr (
    json, ==,
    "{\"trees\":12,\"depth\":64,\"min_leaf\":0,\"features_per_node\":0.5,\"bootstrap\":true,\"max_bins\":255,"
    "\"target\":\"log\"}");
}

static void
set (HpFamily family, HpParams *params, const char *name, const char *text)
{
  g_autoptr (GError) error = NULL;
  int i = hp_family_find_param (family, name);

  g_assert_cmpint (i, >=, 0);
  g_assert_true (hp_family_parse_param (family, i, text, &params->value[i], &error));
}

typedef struct
{
  float *features, *coded; /* with NaN for the trees, without for the linear model */
  double *price;
  int monotone[5];
} Sales;

enum
{
  N = 240,
  P = 5
};

static void
sales_init (Sales *sales)
{
  g_autofree float *target = NULL;

  sales->features = sample_features (N, P, 0, 0.1, 81);
  sales->coded = g_new (float, N *P);
  sales->price = g_new (double, N);
  target = sample_target (sales->features, N, P, 0.1, 81);
  for (gsize i = 0; i < N * P; i++)
    sales->coded[i] = isnan (sales->features[i]) ? 0 : sales->features[i] - 0.5f;
  for (gsize i = 0; i < N; i++)
    sales->price[i] = exp (11 + 0.5 * target[i]);
  memset (sales->monotone, 0, sizeof sales->monotone);
}

static void
sales_clear (Sales *sales)
{
  g_free (sales->features);
  g_free (sales->coded);
  g_free (sales->price);
}

static HpModel *
fit (HpFamily family, const HpParams *params, const Sales *sales, gsize n, guint64 seed, HpTeam *team)
{
  g_autoptr (GError) error = NULL;
  HpFitData data = { family == HP_FAMILY_LINEAR ? sales->coded : sales->features, sales->price, n, P, sales->monotone };
  HpModel *model = hp_family_fit (family, params, &data, seed, team, NULL, &error);

  g_assert_no_error (error);
  return model;
}

static double
error_of (HpFamily family, const HpModel *model, const Sales *sales)
{
  g_autofree double *price = g_new (double, N);
  double sum = 0;

  hp_model_predict (model, family == HP_FAMILY_LINEAR ? sales->coded : sales->features, N, price);
  for (gsize i = 0; i < N; i++)
    {
      g_assert_true (isfinite (price[i]));
      sum += fabs (price[i] - sales->price[i]) / N;
    }
  return sum;
}

static void
test_fit (void)
{
  g_autoptr (HpTeam) one = hp_team_new (1);
  g_autoptr (HpTeam) two = hp_team_new (2);
  double mean = 0, alone = 0;
  Sales sales;

  sales_init (&sales);
  for (gsize i = 0; i < N; i++)
    mean += sales.price[i] / N;
  for (gsize i = 0; i < N; i++)
    alone += fabs (sales.price[i] - mean) / N;

  for (guint f = 0; f < HP_N_FAMILIES; f++)
    {
      HpParams params;

      hp_family_default_params (f, &params);
      if (f != HP_FAMILY_LINEAR)
        set (f, &params, "trees", "60");
      if (f > HP_FAMILY_RANDOM_FOREST)
        set (f, &params, "learning_rate", "0.1");
      for (guint plain = 0; plain < 2; plain++)
        {
          g_autoptr (HpModel) a = NULL, b = NULL;
          g_autofree char *x = NULL, *y = NULL;
          gsize n_x, n_y;

          set (f, &params, "target", plain ? "plain" : "log");
          a = fit (f, &params, &sales, N, 5, one);
          b = fit (f, &params, &sales, N, 5, two);
          g_assert_cmpint (hp_model_get_target (a), ==, plain ? HP_TARGET_PLAIN : HP_TARGET_LOG);
          g_assert_cmpfloat (error_of (f, a, &sales), <, (f == HP_FAMILY_LINEAR ? 0.85 : 0.6) * alone);
          x = hp_model_to_json (a, &n_x);
          y = hp_model_to_json (b, &n_y);
          g_assert_cmpmem (x, n_x, y, n_y);
          if (f != HP_FAMILY_LINEAR)
            {
              g_autoptr (HpModel) c = fit (f, &params, &sales, N, 6, one);
              g_autofree char *z = NULL;
              gsize n_z;

              z = hp_model_to_json (c, &n_z);
              g_assert_cmpstr (x, !=, z);
            }
        }
      g_assert_cmpfloat (hp_family_cost (f, &params, 1000, 7), >, hp_family_cost (f, &params, 500, 7));

      g_autoptr (HpModel) single = fit (f, &params, &sales, 1, 5, one);
      double price;

      hp_model_predict (single, sales.coded, 1, &price);
      g_assert_cmpfloat_with_epsilon (price, sales.price[0], 1e-2 * sales.price[0]);
    }
  sales_clear (&sales);
}

/* A sign that the data contradicts is kept by every family */
static void
test_monotone (void)
{
  g_autoptr (HpTeam) one = hp_team_new (1);
  Sales sales;

  sales_init (&sales);
  sales.monotone[0] = -1;
  sales.monotone[3] = 1;
  for (guint f = 0; f < HP_N_FAMILIES; f++)
    {
      g_autoptr (HpModel) model = NULL;
      HpParams params;

      hp_family_default_params (f, &params);
      if (f != HP_FAMILY_LINEAR)
        set (f, &params, "trees", "40");
      model = fit (f, &params, &sales, N, 5, one);
      for (gsize i = 0; i < 60; i++)
        for (guint j = 0; j < P; j += 3)
          {
            float x[P];
            double before = 0;

            memcpy (x, (f == HP_FAMILY_LINEAR ? sales.coded : sales.features) + i * P, sizeof x);
            for (guint step = 0; step <= 100; step++)
              {
                double value;

                x[j] = step / 100.0f;
                value = hp_model_margin_plain (model, x);
                if (step > 0)
                  g_assert_cmpfloat (sales.monotone[j] * (value - before), >=, 0);
                before = value;
              }
          }
    }
  sales_clear (&sales);
}

static void
test_early_stopping (void)
{
  g_autoptr (HpTeam) one = hp_team_new (1);
  g_autoptr (HpModel) whole = NULL, stopped = NULL;
  HpParams params;
  Sales sales;

  sales_init (&sales);
  hp_family_default_params (HP_FAMILY_GRADIENT_BOOSTING, &params);
  set (HP_FAMILY_GRADIENT_BOOSTING, &params, "trees", "600");
  set (HP_FAMILY_GRADIENT_BOOSTING, &params, "learning_rate", "0.2");
  whole = fit (HP_FAMILY_GRADIENT_BOOSTING, &params, &sales, N, 5, one);
  g_assert_cmpuint (hp_model_get_n_trees (whole), ==, 600);
  set (HP_FAMILY_GRADIENT_BOOSTING, &params, "early_stopping", "10");
  stopped = fit (HP_FAMILY_GRADIENT_BOOSTING, &params, &sales, N, 5, one);
  g_assert_cmpuint (hp_model_get_n_trees (stopped), >, 0);
  g_assert_cmpuint (hp_model_get_n_trees (stopped), <, 300);
  sales_clear (&sales);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/family/names", test_names);
  g_test_add_func ("/family/table", test_table);
  g_test_add_func ("/family/parse", test_parse);
  g_test_add_func ("/family/write", test_write);
  g_test_add_func ("/family/fit", test_fit);
  g_test_add_func ("/family/monotone", test_monotone);
  g_test_add_func ("/family/early-stopping", test_early_stopping);
  return g_test_run ();
}
