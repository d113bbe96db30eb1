/* test-house.c - attributes from text, numbers and tables
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hp-error.h"
#include "small.h"
#include "hp-valuation.h"

static void
test_text (void)
{
  static const struct
  {
    guint attribute;
    const char *text;
    double raw;
    guint8 flags;
  } cases[] = {
    { AREA, "80", 80, HP_FLAG_OK },
    { AREA, " 80.5\t", 80.5, HP_FLAG_OK },
    { AREA, "50", 50, HP_FLAG_OK },
    { AREA, "49.9", 49.9, HP_FLAG_OUT_OF_RANGE },
    { AREA, "120.1", 120.1, HP_FLAG_OUT_OF_RANGE },
    { AREA, "1000", 1000, HP_FLAG_OUT_OF_RANGE },
    { AREA, "", NAN, HP_FLAG_MISSING },
    { AREA, "NA", NAN, HP_FLAG_MISSING },
    { AREA, " n/a ", NAN, HP_FLAG_MISSING },
    { ROOMS, "3", 3, HP_FLAG_OK },
    { ROOMS, "3.0", 3, HP_FLAG_OK },
    { PLACE, "North End", 0, HP_FLAG_OK },
    { PLACE, "north end", 0, HP_FLAG_OK },
    { PLACE, "  NORTH   end ", 0, HP_FLAG_OK },
    { PLACE, "ÎLE SUD", 2, HP_FLAG_OK },
    { PLACE, "I\xcc\x82le Sud", 2, HP_FLAG_OK }, /* decomposed */
    { PLACE, "Suburb", 1, HP_FLAG_OK },
    { PLACE, "", NAN, HP_FLAG_MISSING },
    { PLACE, "?", NAN, HP_FLAG_MISSING },
    { PLACE, "Suburban", NAN, HP_FLAG_UNSEEN },
    { PLACE, "\xff\x1b", NAN, HP_FLAG_UNSEEN },
    { STATE, "fair", 1, HP_FLAG_OK },
    { STATE, "GOOD", 2, HP_FLAG_OK },
    { STATE, "bad", 0, HP_FLAG_OUT_OF_RANGE }, /* has a place, but no sale */
    { STATE, "superb", 3, HP_FLAG_OUT_OF_RANGE },
    { ZIP, "1020", 1, HP_FLAG_OK },
    { SOLD, "2010", 20100000, HP_FLAG_OK },       /* some time in it, not before its first month */
    { SOLD, "2010-07-31", 20100731, HP_FLAG_OK }, /* after the newest sale: not odd */
    { SOLD, "2009-12", 20091200, HP_FLAG_OUT_OF_RANGE },
  };
  g_autoptr (HpPreprocessor) pre = small_fit (HP_ENCODING_ORDERED);
  g_autoptr (HpHouse) house = hp_house_new (pre);

  g_assert_cmpuint (hp_preprocessor_get_n_attributes (pre), ==, N_ATTRIBUTES);
  g_assert_cmpstr (hp_preprocessor_get_attribute (pre, PLACE)->choices[2], ==, "Île Sud");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      guint a = cases[i].attribute;

      g_assert_true (hp_house_set_text (house, pre, a, cases[i].text, strlen (cases[i].text), &error));
      g_assert_no_error (error);
      if (isnan (cases[i].raw))
        g_assert_true (isnan (house->raw[a]));
      else
        g_assert_cmpfloat (house->raw[a], ==, cases[i].raw);
      g_assert_cmpint (house->flags[a], ==, cases[i].flags);
      g_assert_cmpint (house->unseen[a] != NULL, ==, (cases[i].flags & HP_FLAG_UNSEEN) != 0);
    }
  small_set (house, pre, PLACE, "Sub\x1burban");
  g_assert_cmpstr (house->unseen[PLACE], ==, "Sub\\x1burban");
  hp_house_clear (house);
  for (guint a = 0; a < N_ATTRIBUTES; a++)
    {
      g_assert_true (isnan (house->raw[a]));
      g_assert_cmpint (house->flags[a], ==, HP_FLAG_MISSING);
      g_assert_null (house->unseen[a]);
    }
}

static void
test_refused (void)
{
  static const struct
  {
    guint attribute;
    const char *text, *field, *message;
  } cases[] = {
    { AREA, "big", "area", "area: \"big\" is not a number" },
    { AREA, "9.9", "area", "area: 9.9 is below the least allowed, 10 m²" },
    { AREA, "1001", "area", "area: 1001 is above the most allowed, 1000 m²" },
    { AREA, "1,5", "area", "\"1,5\" is not a number" },
    { AREA, "inf", "area", "is not a number" },
    { AREA, "1e999", "area", "is not a number" },
    { ROOMS, "2.5", "rooms", "rooms: \"2.5\" is not a whole number" },
    { ROOMS, "21", "rooms", "rooms: 21 is above the most allowed, 20" },
    { SOLD, "2010-13", "sold", "sold: \"2010-13\" is not a date" },
    { AREA, "1\x1b[2J", "area", "\"1\\x1b[2J\"" },
  };
  g_autoptr (HpPreprocessor) pre = small_fit (HP_ENCODING_ORDERED);
  g_autoptr (HpHouse) house = small_house (pre);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      guint a = cases[i].attribute;

      g_assert_false (hp_house_set_text (house, pre, a, cases[i].text, strlen (cases[i].text), &error));
      g_assert_error (error, HP_ERROR, HP_ERROR_BAD_ATTRIBUTE);
      g_assert_cmpstr (hp_error_get_field (error), ==, cases[i].field);
      if (strstr (error->message, cases[i].message) == NULL)
        g_error ("\"%s\" instead of \"%s\"", error->message, cases[i].message);
      g_assert_cmpint (house->flags[a], ==, HP_FLAG_MISSING);
      g_assert_true (isnan (house->raw[a]));
      g_assert_false (hp_house_set_text (house, pre, a, cases[i].text, strlen (cases[i].text), NULL));
    }
}

static void
test_number (void)
{
  static const struct
  {
    guint attribute;
    double value;
    gboolean good;
    double raw;
    guint8 flags;
  } cases[] = {
    { AREA, 80.25, TRUE, 80.25, HP_FLAG_OK },
    { AREA, NAN, TRUE, NAN, HP_FLAG_MISSING },
    { AREA, INFINITY, FALSE, NAN, HP_FLAG_MISSING },
    { AREA, 5, FALSE, NAN, HP_FLAG_MISSING },
    { ROOMS, 2.5, FALSE, NAN, HP_FLAG_MISSING },
    { ROOMS, 2, TRUE, 2, HP_FLAG_OK },
    { ZIP, 1020, TRUE, 1, HP_FLAG_OK },
    { ZIP, 1021, TRUE, NAN, HP_FLAG_UNSEEN },
    { SOLD, 2011, TRUE, 20110000, HP_FLAG_OK },
    { SOLD, 20110315, TRUE, 20110315, HP_FLAG_OK },
    { SOLD, 20111315, FALSE, NAN, HP_FLAG_MISSING },
    { SOLD, 20110230, FALSE, NAN, HP_FLAG_MISSING },
    { SOLD, 2011.5, FALSE, NAN, HP_FLAG_MISSING },
    { SOLD, 12, FALSE, NAN, HP_FLAG_MISSING },
  };
  g_autoptr (HpPreprocessor) pre = small_fit (HP_ENCODING_ORDERED);
  g_autoptr (HpHouse) house = small_house (pre);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      guint a = cases[i].attribute;

      g_assert_cmpint (hp_house_set_number (house, pre, a, cases[i].value, &error), ==, cases[i].good);
      if (cases[i].good)
        g_assert_no_error (error);
      else
        g_assert_error (error, HP_ERROR, HP_ERROR_BAD_ATTRIBUTE);
      g_assert_cmpint (house->flags[a], ==, cases[i].flags);
      if (isnan (cases[i].raw))
        g_assert_true (isnan (house->raw[a]));
      else
        g_assert_cmpfloat (house->raw[a], ==, cases[i].raw);
    }
}

static void
test_missing (void)
{
  g_autoptr (HpPreprocessor) pre = small_fit (HP_ENCODING_ORDERED);
  g_autoptr (HpHouse) house = hp_house_new (pre);
  g_autofree char *all = hp_house_missing (house, pre), *none = NULL, *still = NULL;

  g_assert_cmpstr (all, ==, "area, rooms, place, state, built, zip"); /* not the date */
  small_set (house, pre, PLACE, "Atlantis");                          /* unseen is not missing */
  hp_house_impute (house, pre);
  none = hp_house_missing (house, pre);
  g_assert_null (none);
  g_assert_cmpfloat (house->raw[AREA], ==, 80);
  g_assert_cmpint (house->flags[AREA], ==, HP_FLAG_MISSING);
  g_assert_cmpfloat (house->raw[STATE], ==, 2);
  g_assert_true (isnan (house->raw[PLACE]));
  g_assert_true (isnan (house->raw[SOLD]));
  small_set (house, pre, ROOMS, "");
  still = hp_house_missing (house, pre);
  g_assert_cmpstr (still, ==, "rooms");
}

static void
test_warnings (void)
{
  g_autoptr (HpPreprocessor) pre = small_fit (HP_ENCODING_ORDERED);
  g_autoptr (HpHouse) house = small_house (pre);
  g_autoptr (GString) text = g_string_new ("x,");

  hp_house_append_warnings (house, pre, 0, text);
  g_assert_cmpstr (text->str, ==, "x,");
  small_set (house, pre, AREA, "900");
  small_set (house, pre, PLACE, "Atlantis");
  small_set (house, pre, ZIP, "");
  hp_house_impute (house, pre);
  small_set (house, pre, BUILT,
             "2011"); /* after the reference date, 2010-07: named once, though it is above 2007 too */
  g_assert_false (hp_house_is_supported (house, pre));
  hp_house_append_warnings (house, pre, 0, text);
  g_assert_cmpstr (text->str, ==, "x,out_of_range:area;unseen_category:place;out_of_range:built;imputed:zip;no_value");

  /* the date of the valuation, not the house's */
  g_string_truncate (text, 0);
  hp_house_append_warnings (house, pre, 20300100, text);
  g_assert_cmpstr (text->str, ==,
                   "out_of_range:area;unseen_category:place;out_of_range:built;imputed:zip;no_value;stale_model");
}

/* Training saw 50 to 120 m² and the years 1950 to 2007: half of that farther out it says nothing. One such attribute is
 * a warning, two are no value. */
static void
test_support (void)
{
  g_autoptr (HpPreprocessor) pre = small_fit (HP_ENCODING_ORDERED);
  g_autoptr (HpHouse) house = small_house (pre);

  g_assert_true (hp_house_is_supported (house, pre));
  small_set (house, pre, PLACE, "Atlantis");
  g_assert_true (hp_house_is_supported (house, pre));
  small_set (house, pre, AREA, "155");
  g_assert_true (hp_house_is_supported (house, pre));
  small_set (house, pre, AREA, "155.5");
  g_assert_false (hp_house_is_supported (house, pre));
  small_set (house, pre, PLACE, "Suburb");
  g_assert_true (hp_house_is_supported (house, pre));
  small_set (house, pre, BUILT, "1922");
  g_assert_true (hp_house_is_supported (house, pre));
  small_set (house, pre, BUILT, "1921");
  g_assert_false (hp_house_is_supported (house, pre));
  /* missing is not far away */
  small_set (house, pre, AREA, "");
  g_assert_true (hp_house_is_supported (house, pre));
  small_set (house, pre, ZIP, "9999");
  g_assert_false (hp_house_is_supported (house, pre));
}

static void
test_price_warnings (void)
{
  g_autoptr (GString) text = g_string_new ("x,");

  hp_price_append_warnings (100, 60, 140, text, 2);
  g_assert_cmpstr (text->str, ==, "x,");
  hp_price_append_warnings (100, 60, 140.01, text, 2);
  g_assert_cmpstr (text->str, ==, "x,wide_interval");
  hp_price_append_warnings (NAN, NAN, NAN, text, 2);
  g_assert_cmpstr (text->str, ==, "x,wide_interval;no_value");
  hp_price_append_warnings (100, NAN, NAN, text, 2);
  g_assert_cmpstr (text->str, ==, "x,wide_interval;no_value;no_interval");
}

/* Other columns, other spellings, other types */
static void
test_binding (void)
{
  static const char yaml[] = "name: other\n"
                             "target: price\n"
                             "columns:\n"
                             "  price: {type: number}\n"
                             "  Area: {type: category}\n"
                             "  rooms: {type: number}\n"
                             "  place: {type: category}\n"
                             "  sold: {type: integer}\n"
                             "  zip: {type: integer}\n"
                             "features: [Area, rooms, place, sold, zip]\n";
  static const char csv[] = "price,place,zip,rooms,Area,sold\n"
                            "1,SUBURB,1030,2,80,2010\n"
                            "1,Atlantis,9,2.5,large,11\n"
                            "1,,,99,5000,2012\n";
  g_autoptr (GError) error = NULL;
  HpFindings *findings = hp_findings_new ("other.csv");
  g_autoptr (HpSchema) schema = hp_schema_parse (yaml, strlen (yaml), "other.yaml", &error);
  g_autoptr (HpTable) table = NULL;
  g_autoptr (HpPreprocessor) pre = small_fit (HP_ENCODING_ORDERED);
  g_autoptr (HpHouseBinding) binding = NULL;
  g_autoptr (HpHouse) house = hp_house_new (pre);

  g_assert_no_error (error);
  table = hp_table_load_memory (csv, strlen (csv), "other.csv", schema, HP_TABLE_DEFAULT, findings, &error);
  g_assert_no_error (error);
  hp_findings_free (findings);
  binding = hp_house_binding_new (pre, table);

  hp_house_set_row (house, binding, 0);
  g_assert_cmpfloat (house->raw[AREA], ==, 80);
  g_assert_cmpfloat (house->raw[ROOMS], ==, 2);
  g_assert_cmpfloat (house->raw[PLACE], ==, 1);
  g_assert_cmpfloat (house->raw[SOLD], ==, 20100000);
  g_assert_cmpfloat (house->raw[ZIP], ==, 2);
  g_assert_cmpint (house->flags[BUILT], ==, HP_FLAG_MISSING);

  hp_house_set_row (house, binding, 1);
  g_assert_cmpint (house->flags[AREA], ==, HP_FLAG_MISSING);
  g_assert_cmpint (house->flags[PLACE], ==, HP_FLAG_UNSEEN);
  g_assert_cmpstr (house->unseen[PLACE], ==, "Atlantis");
  g_assert_cmpint (house->flags[SOLD], ==, HP_FLAG_MISSING);
  g_assert_cmpint (house->flags[ZIP], ==, HP_FLAG_UNSEEN);
  g_assert_cmpstr (house->unseen[ZIP], ==, "9");

  /* Numbers that the schema wouldn't allow are kept, and flagged. */
  hp_house_set_row (house, binding, 2);
  g_assert_cmpfloat (house->raw[ROOMS], ==, 99);
  g_assert_cmpint (house->flags[ROOMS], ==, HP_FLAG_OUT_OF_RANGE);
  g_assert_cmpint (house->flags[PLACE], ==, HP_FLAG_MISSING);
  g_assert_null (house->unseen[PLACE]);
  g_assert_cmpint (house->flags[ZIP], ==, HP_FLAG_MISSING);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/house/text", test_text);
  g_test_add_func ("/house/refused", test_refused);
  g_test_add_func ("/house/number", test_number);
  g_test_add_func ("/house/missing", test_missing);
  g_test_add_func ("/house/warnings", test_warnings);
  g_test_add_func ("/house/support", test_support);
  g_test_add_func ("/house/price-warnings", test_price_warnings);
  g_test_add_func ("/house/binding", test_binding);
  return g_test_run ();
}
