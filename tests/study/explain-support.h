/* explain-support.h - the invented sales of golden/explain.h, and their model
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <string.h>

#include "golden/explain.h"
#include "hp-house-set.h"

static const char explain_schema[] = "name: invented\n"
                                     "target: price\n"
                                     "currency: EUR\n"
                                     "columns:\n"
                                     "  price: {type: number, min: 0}\n"
                                     "  area: {type: number, min: 1, unit: m²}\n"
                                     "  rooms: {type: integer, min: 1, max: 20}\n"
                                     "  state: {type: category, order: [bad, fair, good, superb]}\n"
                                     "  built: {type: integer, min: 1700, max: 2100}\n"
                                     "  sold: {type: date}\n"
                                     "roles: {date: sold}\n"
                                     "derived:\n"
                                     "  age: {age: built, at: sold}\n"
                                     "  density: {ratio: [area, rooms]}\n"
                                     "features: [area, state, age, density]\n";

typedef struct
{
  HpSchema *schema;
  HpTable *table;
  HpPredictor *predictor;
  HpHouseSet *set;
} Explain;

static inline void
explain_set_up (Explain *explain, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HpFindings) findings = hp_findings_new ("invented.csv");
  guint32 rows[EXPLAIN_N];
  HpPreprocessor *pre;
  HpModel *model;

  explain->schema = hp_schema_parse (explain_schema, strlen (explain_schema), "invented.yaml", &error);
  g_assert_no_error (error);
  explain->table = hp_table_load_memory (explain_csv, strlen (explain_csv), "invented.csv", explain->schema,
                                         HP_TABLE_DEFAULT, findings, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (explain->table->n_rows, ==, EXPLAIN_N);
  for (guint32 i = 0; i < EXPLAIN_N; i++)
    rows[i] = i;
  pre = hp_preprocessor_fit (explain->schema, (const char *const *) explain->schema->features, explain->table, rows,
                             EXPLAIN_N, HP_ENCODING_ORDERED, &error);
  g_assert_no_error (error);
  model = hp_model_new_linear_single (HP_TARGET_LOG, 4, explain_intercept, explain_weights);
  explain->predictor = hp_predictor_new (pre, model, NULL, &error);
  g_assert_no_error (error);
  explain->set = hp_house_set_new_table (pre, explain->table, rows, EXPLAIN_N, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (explain->set->n, ==, EXPLAIN_N);
}

static inline void
explain_tear_down (Explain *explain, gconstpointer data)
{
  hp_house_set_free (explain->set);
  hp_predictor_free (explain->predictor);
  hp_table_free (explain->table);
  hp_schema_unref (explain->schema);
}

#define explain_add_test(path, function) g_test_add (path, Explain, NULL, explain_set_up, function, explain_tear_down)
