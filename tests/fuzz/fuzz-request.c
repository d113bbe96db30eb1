/* fuzz-request.c - the bodies of POST /predict and POST /v1/valuations, and the heads before them
 *
 * The first byte says which: p, v or h. Where the quick reader of a house succeeds, the other one makes the same house;
 * what can be answered is answered with JSON, however thinly the work is sliced.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <string.h>

#include "hp-http-gaps.h"
#include "hp-valuations.h"

#define MAX_HOUSES 50

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static const char schema_text[] = "name: t\n"
                                  "target: price\n"
                                  "currency: USD\n"
                                  "columns:\n"
                                  "  price: {type: number, min: 1}\n"
                                  "  sqft: {type: number, min: 100, max: 20000, unit: ft²}\n"
                                  "  rooms: {type: integer, min: 0, max: 20}\n"
                                  "  place: {type: category}\n"
                                  "  sold: {type: date, optional: true}\n"
                                  "roles: {date: sold}\n"
                                  "features: [sqft, rooms, place]\n";

static const char sales_text[] = "price,sqft,rooms,place,sold\n"
                                 "101000,1000,2,North Ames,2010-01\n"
                                 "121000,1200,3,Old Town,2010-02\n"
                                 "151000,1500,3,North Ames,2010-03\n"
                                 "181000,1800,4,Old Town,2010-04\n"
                                 "201000,2000,5,Größe,2010-05\n";

static HpServerModel *
make_model (void)
{
  static const char *const features[] = { "sqft", "rooms", "place", NULL };
  const guint32 rows[] = { 0, 1, 2, 3, 4 };
  const double predicted[] = { 100000, 120000, 150000, 180000, 200000 };
  const double price[] = { 101000, 121000, 151000, 181000, 201000 };
  const double coefficients[] = { 35000, 100, 10, 10, 10 };
  g_autoptr (HpSchema) schema = hp_schema_parse (schema_text, strlen (schema_text), "schema", NULL);
  g_autoptr (HpTable) table
    = hp_table_load_memory (sales_text, strlen (sales_text), "sales", schema, HP_TABLE_DEFAULT, NULL, NULL);
  HpPreprocessor *pre
    = hp_preprocessor_fit (schema, features, table, rows, G_N_ELEMENTS (rows), HP_ENCODING_ONE_HOT, NULL);
  guint n = hp_preprocessor_get_n_features (pre);
  HpPredictor *predictor;

  g_assert_cmpuint (n, <=, G_N_ELEMENTS (coefficients));
  predictor = hp_predictor_new (pre, hp_model_new_linear (HP_TARGET_PLAIN, n, 150000, coefficients),
                                hp_calibration_fit (HP_TARGET_PLAIN, predicted, price, G_N_ELEMENTS (price)), NULL);
  return hp_server_model_new ("house-price", 1, predictor);
}

static void
fuzz_house (const HpServerModel *model, const char *text, gsize size)
{
  g_autoptr (HpHouseReading) reading = hp_house_reading_new (model);
  g_autoptr (HpJsonReader) reader = hp_json_reader_new (text, size, "body");
  g_autoptr (HpHouse) house = hp_house_new (model->pre);
  g_autofree guint8 *given = g_new (guint8, house->n + 1);
  g_autofree float *features = g_new (float, hp_preprocessor_get_n_features (model->pre) + 1);
  gboolean quick = hp_house_read_quickly (model, house, given, text, size);
  gboolean read = hp_house_reading_read (reading, reader, FALSE) && hp_json_reader_end (reader, NULL);
  g_autoptr (HpValuation) valuation = NULL;
  HpQuote quote;

  g_assert_true (read || !quick);
  if (quick)
    {
      g_assert_cmpmem (house->flags, house->n, reading->house->flags, house->n);
      for (guint i = 0; i < house->n; i++)
        g_assert_true (house->raw[i] == reading->house->raw[i]
                       || (isnan (house->raw[i]) && isnan (reading->house->raw[i])));
    }
  if (!read)
    return;
  if (reading->problem.status != 0)
    {
      gsize length;
      g_autofree char *problem = hp_problem_to_json (&reading->problem, &length);
      g_autoptr (JsonNode) node = hp_json_parse (problem, length, length, "problem", NULL);

      g_assert_nonnull (node);
      g_assert_false (quick && hp_predictor_quote (model->predictor, house, 0.9, features, &quote));
      return;
    }
  valuation = hp_predictor_value (model->predictor, reading->house, NULL, NULL);
  if (valuation != NULL && quick && hp_predictor_quote (model->predictor, house, 0.9, features, &quote))
    g_assert_true (quote.price == valuation->predicted_price && quote.low == valuation->low
                   && quote.high == valuation->high && quote.fsd == valuation->fsd
                   && quote.within_10_percent == valuation->within_10_percent && valuation->warnings->len == 0);
  if (valuation != NULL)
    hp_house_reading_warn (reading, valuation);
}

static char *
answer (HpServerModel *model, const char *text, gsize size, gint64 until, gsize *length)
{
  g_autoptr (HpValuations) valuations = hp_valuations_new (text, size, MAX_HOUSES);

  while (!hp_valuations_scan (valuations, until))
    ;
  if (valuations->problem.status != 0)
    return hp_problem_to_json (&valuations->problem, length);
  hp_valuations_set_model (valuations, model);
  while (!hp_valuations_value (valuations, until))
    ;
  return hp_valuations_steal (valuations, length);
}

static void
fuzz_valuations (HpServerModel *model, const char *text, gsize size)
{
  gsize length, sliced_length;
  g_autofree char *whole = answer (model, text, size, G_MAXINT64, &length);
  g_autofree char *sliced = answer (model, text, size, 0, &sliced_length);
  g_autoptr (JsonNode) node = hp_json_parse (whole, length, length, "answer", NULL);

  g_assert_nonnull (node);
  g_assert_cmpmem (whole, length, sliced, sliced_length);
}

/* Strings anywhere in a head: nothing beyond it is looked at */
static void
fuzz_head (const char *text, gsize size)
{
  g_autofree char *head = g_malloc (size + 1);
  HpHttpGaps gaps;
  gsize at[4];

  if (size < 8)
    return;
  memcpy (head, text, size);
  head[size] = '\0';
  for (guint i = 0; i < 4; i++)
    at[i] = 8 + (guchar) text[i] % (size - 7) - (size == 8 ? 0 : (guchar) text[i] % 2);
  hp_http_gaps_begin (&gaps, head, size, head + MIN (at[0], size), strnlen (head + MIN (at[0], size), size),
                      head + MIN (at[1], size));
  for (guint i = 2; i < 4; i++)
    {
      const char *name = head + MIN (at[i], size), *value = head + MIN (at[i - 1], size);

      hp_http_gaps_header (&gaps, name, strlen (name), value, strlen (value));
    }
  hp_http_gaps_end (&gaps);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static HpServerModel *model;
  g_autofree char *text = NULL;

  if (model == NULL)
    model = make_model ();
  if (size == 0)
    return 0;
  /* Of its own size, so that reading on is found out */
  text = g_memdup2 (data + 1, size - 1);
  if (data[0] == 'p')
    fuzz_house (model, text, size - 1);
  else if (data[0] == 'v')
    fuzz_valuations (model, text, size - 1);
  else if (data[0] == 'h')
    fuzz_head (text, size - 1);
  return 0;
}
