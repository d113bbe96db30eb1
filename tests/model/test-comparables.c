/* test-comparables.c - similar training sales
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hp-error.h"
#include "hp-valuation.h"
#include "small.h"

static const char sales[] = "row,line,price,area,rooms,place,state,built,zip,sold\n"
                            "1,2,100000,50,2,North End,fair,1950,1010,2010-01\n"
                            "2,3,110000,60,2,North End,fair,1960,1010,2010-02\n"
                            "4,5,150000.5,70,,Suburb,fair,1980,1020,2010-04\n"
                            "5,6,160000,80,3,Suburb,good,1990,1020,2010-05\n"
                            "7,8,250000,100,4,Île Sud,good,2005,1030,\n"
                            "8,9,260000,110,4,Île Sud,good,2006,1030,2010-07\n";

static HpCalibration *
make_calibration (void)
{
  const double predicted[] = { 100, 100, 100 }, price[] = { 101, 99, 102 };

  return hp_calibration_fit (HP_TARGET_LOG, predicted, price, 3);
}

/* By area at 65, 75 and 105, by place between Suburb and Île Sud: four trees */
static HpPredictor *
make_predictor (void)
{
  g_autoptr (GError) error = NULL;
  HpModel *model = hp_model_new_trees (HP_TARGET_LOG, 6, 12);
  HpNode nodes[] = { { 0, 1, 0, 0, 0, 9 }, { -0.1f, -1, 0, 0, 0, 4 }, { 0.1f, -1, 0, 0, 0, 5 } };
  const float thresholds[] = { 65, 75, 105 };
  HpPredictor *predictor;

  for (guint t = 0; t < 3; t++)
    {
      nodes[0].value = thresholds[t];
      hp_model_add_tree (model, nodes, 3);
    }
  nodes[0].feature = 1;
  nodes[0].value = 1.5f;
  hp_model_add_tree (model, nodes, 3);
  predictor = hp_predictor_new (small_fit (HP_ENCODING_ORDERED), model, make_calibration (), &error);
  g_assert_no_error (error);
  return predictor;
}

static void
test_trees (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HpPredictor) predictor = make_predictor ();
  g_autoptr (HpHouse) house = small_house (hp_predictor_get_preprocessor (predictor));
  HpValuationOptions options = { .n_comparables = 4 };
  g_autoptr (HpValuation) valuation = NULL, all = NULL;
  g_autoptr (HpJsonWriter) writer = hp_json_writer_new (FALSE);
  g_autofree char *json = NULL;
  /* 85 m², Suburb. Row 5 is in the same leaves; 4 differs at 75; 7 in place; then come, equally far, 1, 2 and 8 */
  static const guint64 rows[] = { 5, 4, 7, 1 };
  static const double similarities[] = { 1, 0.75, 0.75, 0.5 };
  const HpComparable *first;

  g_assert_true (hp_predictor_set_sales (predictor, sales, strlen (sales), &error));
  g_assert_no_error (error);
  small_set (house, hp_predictor_get_preprocessor (predictor), AREA, "85");
  valuation = hp_predictor_value (predictor, house, &options, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (valuation->comparables->len, ==, 4);
  for (guint i = 0; i < 4; i++)
    {
      const HpComparable *comparable = g_ptr_array_index (valuation->comparables, i);

      g_assert_cmpuint (comparable->row, ==, rows[i]);
      g_assert_cmpfloat (comparable->similarity, ==, similarities[i]);
    }
  g_assert_cmpuint (valuation->warnings->len, ==, 0);

  hp_valuation_write_json (valuation, writer);
  json = hp_json_writer_steal (writer, NULL);
  g_assert_nonnull (strstr (json,
                            "\"comparables\":[{\"row\":5,\"similarity\":1,\"price\":160000,\"sale_date\":\"2010-05\","
                            "\"adjusted_price\":160000,\"differs\":[\"area\"],"
                            "\"attributes\":{\"area\":80,\"rooms\":3,\"place\":\"Suburb\",\"state\":\"good\","
                            "\"built\":1990,\"zip\":\"1020\"}},"
                            "{\"row\":4,\"similarity\":0.75,\"price\":150000.5,\"sale_date\":\"2010-04\","
                            "\"adjusted_price\":183211.16,\"differs\":[\"area\",\"rooms\",\"state\",\"built\"],"
                            "\"attributes\":{\"area\":70,\"rooms\":null,"));
  g_assert_nonnull (strstr (json, "{\"row\":7,\"similarity\":0.75,\"price\":250000,\"adjusted_price\":"));
  first = g_ptr_array_index (valuation->comparables, 0);
  g_assert_false (first->repeat_sale);
  g_assert_true (isnan (first->distance_km));
  g_assert_null (strstr (json, "distance_km"));
  g_assert_null (strstr (json, "repeat_sale"));

  options.n_comparables = 100;
  all = hp_predictor_value (predictor, house, &options, &error);
  g_assert_cmpuint (all->comparables->len, ==, 6);
}

static void
test_thin (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HpPredictor) predictor = make_predictor ();
  g_autoptr (HpHouse) house = small_house (hp_predictor_get_preprocessor (predictor));
  g_autoptr (HpValuation) valuation = NULL;
  const HpValuationOptions asked = { .n_comparables = 1 };
  const HpWarning *warning;
  const char *end = strstr (sales, "7,8,");

  /* Without sales there is nothing to warn about. */
  valuation = hp_predictor_value (predictor, house, &asked, &error);
  g_assert_cmpuint (valuation->warnings->len, ==, 0);
  g_clear_pointer (&valuation, hp_valuation_free);

  /* Whoever does not ask for comparables gets the same answer with and without sales. */
  g_assert_true (hp_predictor_set_sales (predictor, sales, end - sales, &error));
  valuation = hp_predictor_value (predictor, house, NULL, &error);
  g_assert_cmpuint (valuation->comparables->len, ==, 0);
  g_assert_cmpuint (valuation->warnings->len, ==, 0);
  g_clear_pointer (&valuation, hp_valuation_free);

  valuation = hp_predictor_value (predictor, house, &asked, &error);
  g_assert_cmpuint (valuation->comparables->len, ==, 1);
  g_assert_cmpuint (valuation->warnings->len, ==, 1);
  warning = g_ptr_array_index (valuation->warnings, 0);
  g_assert_cmpstr (warning->code, ==, "thin_support");
  /* Its own is no support. */
  g_assert_cmpstr (warning->message, ==, "only 3 of 4 training sales resemble this house");
}

/* Five sales of similarity 0.25 are support enough, five of 0 none. */
static void
test_threshold (void)
{
  static const char five[] = "row,price,area,rooms,place,state,built,zip\n"
                             "1,100000,50,2,North End,fair,1950,1010\n2,100000,50,2,North End,fair,1950,1010\n"
                             "3,100000,50,2,North End,fair,1950,1010\n4,100000,50,2,North End,fair,1950,1010\n"
                             "5,100000,50,2,North End,fair,1950,1010\n";
  g_autoptr (GError) error = NULL;
  g_autoptr (HpPredictor) predictor = make_predictor ();
  const HpPreprocessor *pre = hp_predictor_get_preprocessor (predictor);
  g_autoptr (HpHouse) house = small_house (pre);
  g_autoptr (HpValuation) supported = NULL, alone = NULL;
  const HpWarning *warning;
  const HpValuationOptions asked = { .n_comparables = 1 };

  g_assert_true (hp_predictor_set_sales (predictor, five, strlen (five), &error));
  small_set (house, pre, AREA, "120");
  supported = hp_predictor_value (predictor, house, &asked, &error);
  g_assert_cmpuint (supported->warnings->len, ==, 0);
  small_set (house, pre, PLACE, "Île Sud");
  alone = hp_predictor_value (predictor, house, &asked, &error);
  g_assert_cmpuint (alone->warnings->len, ==, 1);
  warning = g_ptr_array_index (alone->warnings, 0);
  g_assert_cmpstr (warning->code, ==, "no_value");
  g_assert_cmpstr (
    warning->message, ==,
    "no value: not one of 5 training sales resembles this house, so the price is a guess of the model's, "
    "not a valuation");
}

/* Linear: exp (-d²/p) in scaled features */
static void
test_linear (void)
{
  g_autoptr (GError) error = NULL;
  HpPreprocessor *pre = small_fit (HP_ENCODING_ONE_HOT);
  guint n_features = hp_preprocessor_get_n_features (pre);
  g_autofree double *coefficients = g_new0 (double, n_features);
  g_autoptr (HpPredictor) predictor
    = hp_predictor_new (pre, hp_model_new_linear (HP_TARGET_LOG, n_features, 12, coefficients), make_calibration (),
                        &error);
  g_autoptr (HpHouse) house = small_house (pre), sale = hp_house_new (pre);
  g_autofree float *a = g_new (float, n_features), *b = g_new (float, n_features);
  HpValuationOptions options = { .n_comparables = 6 };
  g_autoptr (HpValuation) valuation = NULL;
  const HpComparable *last;
  double squares = 0;

  g_assert_true (hp_predictor_set_sales (predictor, sales, strlen (sales), &error));
  small_set (house, pre, SOLD, "2010-06");
  valuation = hp_predictor_value (predictor, house, &options, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (((HpComparable *) g_ptr_array_index (valuation->comparables, 0))->row, ==, 5);
  g_assert_cmpfloat (((HpComparable *) g_ptr_array_index (valuation->comparables, 0))->similarity, ==, 1);

  /* The farthest is row 1. */
  last = g_ptr_array_index (valuation->comparables, 5);
  /* all coefficients are 0 */
  g_assert_cmpfloat (last->adjusted_price, ==, last->price);
  g_assert_cmpuint (last->row, ==, 1);
  small_set (sale, pre, AREA, "50");
  small_set (sale, pre, ROOMS, "2");
  small_set (sale, pre, PLACE, "North End");
  small_set (sale, pre, STATE, "fair");
  small_set (sale, pre, BUILT, "1950");
  small_set (sale, pre, ZIP, "1010");
  small_set (sale, pre, SOLD, "2010-01");
  hp_preprocessor_transform (pre, house, 0, a);
  hp_preprocessor_transform (pre, sale, 0, b);
  for (guint j = 0; j < n_features; j++)
    squares += ((double) a[j] - b[j]) * ((double) a[j] - b[j]);
  g_assert_cmpfloat_with_epsilon (last->similarity, exp (-squares / n_features), 6e-5);
}

static const char place_schema[] = "name: places\n"
                                   "target: price\n"
                                   "columns:\n"
                                   "  price: {type: number}\n"
                                   "  parcel: {type: integer, optional: true}\n"
                                   "  area: {type: number}\n"
                                   "  sold: {type: date, optional: true}\n"
                                   "  lat: {type: number, min: -90, max: 90, optional: true}\n"
                                   "  lon: {type: number, min: -180, max: 180, optional: true}\n"
                                   "  street: {type: text, optional: true}\n"
                                   "roles: {date: sold, id: parcel, address: street, latitude: lat, longitude: lon}\n"
                                   "derived: {trend: {months: sold}}\n"
                                   "features: [area, trend]\n";

static const char place_sales[] = "row,price,parcel,area,sold,lat,lon,street\n"
                                  "1,100000,71,50,2009-03,42.05,-93.62,1 Elm St\n"
                                  "2,120000,71,60,2010-04,42.05,-93.62,1 Elm St\n"
                                  "3,125000,72,60,2010-04,42.06,-93.62,2 Elm St\n"
                                  "4,130000,73,70,2010-05,,,3 Elm St\n"
                                  "5,131000,,60,2010-06,42.05,-93.60,1 Elm St\n"
                                  "6,131000,75,90,2010-06,42.05,-93.60,\n";

/* A model that finds all sales alike but by area at 65 */
static HpPredictor *
make_places (void)
{
  static const guint32 rows[] = { 0, 1, 2, 3, 4, 5 };
  const HpNode nodes[] = { { 65, 1, 0, 0, 0, 6 }, { -0.1f, -1, 0, 0, 0, 4 }, { 0.1f, -1, 0, 0, 0, 2 } };
  g_autoptr (GError) error = NULL;
  g_autoptr (HpSchema) schema = hp_schema_parse (place_schema, strlen (place_schema), "places.yaml", &error);
  g_autoptr (HpFindings) findings = hp_findings_new ("places.csv");
  g_autoptr (HpTable) table = hp_table_load_memory (place_sales, strlen (place_sales), "places.csv", schema,
                                                    HP_TABLE_DEFAULT, findings, &error);
  HpPreprocessor *pre;
  HpModel *model = hp_model_new_trees (HP_TARGET_LOG, 2, 12);
  HpPredictor *predictor;
  g_autofree char *json = NULL;
  gsize length;

  g_assert_no_error (error);
  pre
    = hp_preprocessor_fit (schema, (const char *const *) schema->features, table, rows, 6, HP_ENCODING_ORDERED, &error);
  g_assert_no_error (error);
  /* What is told of places is kept. */
  json = hp_preprocessor_to_json (pre, &length);
  hp_preprocessor_unref (pre);
  pre = hp_preprocessor_from_json (json, length, "preprocessor.json", &error);
  g_assert_no_error (error);
  hp_model_add_tree (model, nodes, 3);
  predictor = hp_predictor_new (pre, model, make_calibration (), &error);
  g_assert_no_error (error);
  g_assert_true (hp_predictor_set_sales (predictor, place_sales, strlen (place_sales), &error));
  g_assert_no_error (error);
  return predictor;
}

/* house: pairs of names and values. Returns: all sales but the house's own */
static HpValuation *
compare (const HpPredictor *predictor, HpDate as_of, const char *const *attributes)
{
  const HpPreprocessor *pre = hp_predictor_get_preprocessor (predictor);
  const HpValuationOptions options = { .n_comparables = 10, .as_of = as_of };
  g_autoptr (HpHouse) house = hp_house_new (pre);
  g_autoptr (GError) error = NULL;
  HpValuation *valuation;

  for (; *attributes != NULL; attributes += 2)
    small_set (house, pre, hp_preprocessor_find_attribute (pre, attributes[0]), attributes[1]);
  valuation = hp_predictor_value (predictor, house, &options, &error);
  g_assert_no_error (error);
  return valuation;
}

/* expected: "2 3*" for rows in their order, a star at repeat sales */
static void
check_rows (const HpPredictor *predictor, HpDate as_of, const char *const *attributes, const char *expected)
{
  g_autoptr (HpValuation) valuation = compare (predictor, as_of, attributes);
  g_autoptr (GString) rows = g_string_new (NULL);

  for (guint i = 0; i < valuation->comparables->len; i++)
    {
      const HpComparable *comparable = g_ptr_array_index (valuation->comparables, i);

      g_string_append_printf (rows, "%s%u%s", i > 0 ? " " : "", (guint) comparable->row,
                              comparable->repeat_sale ? "*" : "");
    }
  g_assert_cmpstr (rows->str, ==, expected);
}

static void
test_own_sale (void)
{
  g_autoptr (HpPredictor) predictor = make_places ();
  static const struct
  {
    HpDate as_of;
    const char *attributes[9];
    const char *rows;
  } cases[] = {
    /* Nothing like it was sold */
    { 0, { "area", "61" }, "1 2 3 5 4 6" },
    /* Nothing tells 2, 3 and 5 from the house; by its number and its street 1 and 5 are of the property of 2 */
    { 0, { "area", "60" }, "1* 4 6" },
    /* The date does */
    { 20100400, { "area", "60" }, "1* 5* 4 6" },
    { 0, { "area", "60", "sold", "2010-04" }, "1* 5* 4 6" },
    { 0, { "area", "60", "sold", "2010-04-17" }, "1* 5* 4 6" },
    { 0, { "area", "60", "sold", "2010-06" }, "1* 2* 3 4 6" },
    { 0, { "area", "60", "sold", "2010" }, "1* 4 6" },
    { 0, { "area", "60", "sold", "2008-01" }, "1 2 3 5 4 6" },
    /* Its number or its place do; a sale whose number is not known is another */
    { 0, { "area", "60", "parcel", "72" }, "1 2 5 4 6" },
    { 0, { "area", "60", "lat", "42.05", "lon", "-93.62" }, "1* 3 5* 4 6" },
    /* A sale of the same property when it was smaller, and the same sale by its number and date */
    { 0, { "area", "75", "parcel", "71" }, "4 6 1* 2* 3 5" },
    { 0, { "area", "75", "parcel", "71", "sold", "2010-04" }, "4 6 1* 3 5*" },
  };

  for (guint c = 0; c < G_N_ELEMENTS (cases); c++)
    {
      g_test_message ("case %u", c);
      check_rows (predictor, cases[c].as_of, cases[c].attributes, cases[c].rows);
    }
}

static void
test_evidence (void)
{
  static const char *const attributes[] = { "area", "61", "lat", "42.05", "lon", "-93.62", NULL };
  static const char *const nowhere[] = { "area", "61", "lat", "42.05", NULL };
  g_autoptr (HpPredictor) predictor = make_places ();
  g_autoptr (HpValuation) valuation = compare (predictor, 0, attributes), other = compare (predictor, 0, nowhere);
  /* rows 1 2 3 5 4 6; a hundredth of a degree of latitude is 1.112 km, two of longitude here 1.651 km */
  static const double distances[] = { 0, 0, 1.112, 1.651, NAN, 1.651 };
  const double ratio = exp (-0.2f);
  const double adjusted[] = { 100000, 120000, 125000, 131000, 130000 * ratio, 131000 * ratio };

  g_assert_cmpuint (valuation->comparables->len, ==, 6);
  for (guint i = 0; i < 6; i++)
    {
      const HpComparable *comparable = g_ptr_array_index (valuation->comparables, i);

      if (isnan (distances[i]))
        g_assert_true (isnan (comparable->distance_km));
      else
        g_assert_cmpfloat_with_epsilon (comparable->distance_km, distances[i], 0.0006);
      g_assert_cmpfloat_with_epsilon (comparable->adjusted_price, adjusted[i], 0.2);
      g_assert_cmpfloat (comparable->adjusted_price, ==, hp_price_round (comparable->adjusted_price));
      g_assert_cmpuint (comparable->differs->len, ==, 1);
      g_assert_cmpstr (g_ptr_array_index (comparable->differs, 0), ==, "area");
    }
  /* Half a place is none; and that nothing is told of the parcel is not warned of: that few sales are alike is. */
  g_assert_true (isnan (((HpComparable *) g_ptr_array_index (other->comparables, 0))->distance_km));
  g_assert_cmpuint (other->warnings->len, ==, 1);
  g_assert_cmpstr (((HpWarning *) g_ptr_array_index (other->warnings, 0))->code, ==, "thin_support");
}

/* What a server sends is what was written. */
static void
test_round_trip (void)
{
  static const char *const attributes[] = { "area", "75", "parcel", "71", "lat", "42.05", "lon", "-93.62", NULL };
  g_autoptr (HpPredictor) predictor = make_places ();
  g_autoptr (HpValuation) valuation = compare (predictor, 0, attributes), read = NULL;
  g_autoptr (HpJsonWriter) writer = hp_json_writer_new (FALSE), again = hp_json_writer_new (FALSE);
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *json = NULL, *rewritten = NULL;
  gsize length;
  static const struct
  {
    const char *from, *to;
  } broken[] = {
    { "\"differs\":[\"area\"]", "\"differs\":[17]" },
    { "\"differs\":[\"area\"]", "\"differs\":\"area\"" },
    { "\"repeat_sale\":true", "\"repeat_sale\":\"yes\"" },
    { "\"adjusted_price\":", "\"adjusted_price\":\"x\",\"other\":" },
    { "\"distance_km\":", "\"distance_km\":[],\"other\":" },
  };

  valuation->model = g_strdup ("m");
  valuation->version = g_strdup ("1");
  hp_valuation_write_json (valuation, writer);
  json = hp_json_writer_steal (writer, &length);
  node = hp_json_parse (json, length, 1 << 20, "valuation", &error);
  read = hp_valuation_from_json (json_node_get_object (node), &error);
  g_assert_no_error (error);
  hp_valuation_write_json (read, again);
  rewritten = hp_json_writer_steal (again, NULL);
  g_assert_cmpstr (json, ==, rewritten);
  for (guint i = 0; i < G_N_ELEMENTS (broken); i++)
    {
      g_auto (GStrv) parts = g_strsplit (json, broken[i].from, 2);
      g_autofree char *bad = g_strjoinv (broken[i].to, parts);
      g_autoptr (JsonNode) bad_node = hp_json_parse (bad, strlen (bad), 1 << 20, "valuation", &error);

      g_assert_no_error (error);
      g_assert_nonnull (parts[1]);
      g_assert_null (hp_valuation_from_json (json_node_get_object (bad_node), &error));
      g_assert_error (error, HP_ERROR, HP_ERROR_BAD_DATA);
      g_clear_error (&error);
    }
}

static void
test_refused (void)
{
  static const struct
  {
    const char *csv, *message;
  } cases[] = {
    { "", "sales.csv" },
    { "price,area\n1,2\n", "need the columns row and price" },
    { "row,area\n1,2\n", "need the columns row and price" },
    { "row,price\n1,0\n", "sales.csv:2:" },
    { "row,price\n1,5\n1.5,3\n", "sales.csv:3:" },
    { "row,price\nx,3\n", "sales.csv:2:" },
    { "row,price\n1,3,4\n", "sales.csv:2:" },
  };
  g_autoptr (HpPredictor) predictor = make_predictor ();
  g_autoptr (HpHouse) house = small_house (hp_predictor_get_preprocessor (predictor));
  HpValuationOptions options = { .n_comparables = 6 };
  g_autoptr (GError) error = NULL;
  g_autoptr (HpValuation) valuation = NULL;

  g_assert_true (hp_predictor_set_sales (predictor, sales, strlen (sales), &error));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_assert_false (hp_predictor_set_sales (predictor, cases[i].csv, strlen (cases[i].csv), &error));
      g_assert_error (error, HP_ERROR, HP_ERROR_BAD_DATA);
      if (strstr (error->message, cases[i].message) == NULL)
        g_error ("case %u: \"%s\" instead of \"%s\"", i, error->message, cases[i].message);
      g_clear_error (&error);
    }
  /* The sales it had are still there, and the one that is the house itself is left out. */
  valuation = hp_predictor_value (predictor, house, &options, &error);
  g_assert_cmpuint (valuation->comparables->len, ==, 5);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/comparables/trees", test_trees);
  g_test_add_func ("/comparables/thin", test_thin);
  g_test_add_func ("/comparables/threshold", test_threshold);
  g_test_add_func ("/comparables/linear", test_linear);
  g_test_add_func ("/comparables/own-sale", test_own_sale);
  g_test_add_func ("/comparables/evidence", test_evidence);
  g_test_add_func ("/comparables/round-trip", test_round_trip);
  g_test_add_func ("/comparables/refused", test_refused);
  return g_test_run ();
}
