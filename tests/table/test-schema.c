/* test-schema.c - schemas: read, refused with a place and a hint, written back
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>
#include <string.h>

#include "hp-error.h"
#include "hp-schema.h"

#define HEAD                                                                                                           \
  "target: price\n"                                                                                                    \
  "columns:\n"                                                                                                         \
  "  price: {type: number, min: 1}\n"                                                                                  \
  "  sqft: {type: number}\n"                                                                                           \
  "  beds: {type: integer}\n"                                                                                          \
  "  place: {type: category}\n"                                                                                        \
  "  grade: {type: category, order: [bad, good]}\n"                                                                    \
  "  built: {type: integer}\n"                                                                                         \
  "  sold: {type: date}\n"                                                                                             \
  "  name: {type: text}\n"
/* HEAD is ten lines */

static void
assert_refused (const char *yaml, const char *message)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (hp_schema_parse (yaml, strlen (yaml), "s.yaml", &error));
  g_assert_error (error, HP_ERROR, HP_ERROR_BAD_DATA);
  if (!g_str_has_prefix (error->message, message))
    g_assert_cmpstr (error->message, ==, message);
}

static HpSchema *
parse_good (const char *yaml)
{
  GError *error = NULL;
  HpSchema *schema = hp_schema_parse (yaml, strlen (yaml), "dir/s.schema.yaml", &error);

  g_assert_no_error (error);
  return schema;
}

static void
test_shipped (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "data", "house_data.schema.yaml", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (HpSchema) schema = hp_schema_load (path, &error);
  const HpSchemaColumn *column;
  const HpDerived *derived;
  const HpSchemaGate *gate;

  g_assert_no_error (error);
  g_assert_cmpstr (schema->name, ==, "house_data");
  g_assert_cmpstr (schema->target, ==, "price");
  g_assert_cmpstr (schema->currency, ==, "USD");
  g_assert_cmpuint (schema->columns->len, ==, 16);
  column = hp_schema_get_column (schema, "sqft");
  g_assert_cmpint (column->type, ==, HP_COLUMN_NUMBER);
  g_assert_cmpfloat (column->min, ==, 100);
  g_assert_cmpfloat (column->max, ==, 20000);
  g_assert_cmpstr (column->unit, ==, "ft²");
  g_assert_false (column->optional);
  column = hp_schema_get_column (schema, "condition");
  g_assert_cmpuint (g_strv_length (column->order), ==, 9);
  g_assert_cmpstr (column->order[0], ==, "Very Poor");
  g_assert_true (isinf (column->min) && column->min < 0);
  g_assert_true (hp_schema_get_column (schema, "sale_date")->optional);
  g_assert_null (hp_schema_get_column (schema, "Sqft"));
  g_assert_cmpstr (schema->role_date, ==, "sale_date");
  g_assert_cmpstr (schema->role_longitude, ==, "longitude");
  g_assert_null (schema->role_id);
  g_assert_cmpuint (schema->exclude->len, ==, 0);
  derived = hp_schema_get_derived (schema, "house_age");
  g_assert_cmpint (derived->kind, ==, HP_DERIVED_AGE);
  g_assert_cmpstr (derived->a, ==, "year_built");
  g_assert_cmpstr (derived->b, ==, "sale_date");
  derived = hp_schema_get_derived (schema, "bed_bath_ratio");
  g_assert_cmpint (derived->kind, ==, HP_DERIVED_RATIO);
  g_assert_cmpstr (derived->b, ==, "bathrooms");
  g_assert_cmpuint (g_strv_length (schema->features), ==, 7);
  g_assert_cmpstr (schema->features[5], ==, "house_age");
  g_assert_cmpstr (schema->leakage[0], ==, "price_per_sqft");
  g_assert_cmpuint (schema->gates->len, ==, 3);
  gate = schema->gates->pdata[0];
  g_assert_cmpstr (gate->metric, ==, "r2");
  g_assert_cmpfloat (gate->min, ==, 0.6);
  g_assert_true (isinf (gate->max));
  g_assert_cmpint (schema->missing_number, ==, HP_MISSING_MEDIAN);
  g_assert_cmpint (schema->missing_category, ==, HP_MISSING_MODE);
  g_assert_cmpint (schema->outliers, ==, HP_OUTLIERS_NONE);
  g_assert_cmpint (schema->reference_date, ==, 0);
}

static void
test_everything (void)
{
  g_autoptr (HpSchema) schema = parse_good (HEAD "currency: EUR\n"
                                                 "roles: {date: sold, id: name, group: beds}\n"
                                                 "exclude: {place: [Moon, 'Mars'], beds: 0}\n"
                                                 "derived:\n"
                                                 "  age: {age: built}\n"
                                                 "  trend: {months: sold}\n"
                                                 "  density: {ratio: [sqft, beds]}\n"
                                                 "features: [sqft, grade, age, trend, density]\n"
                                                 "monotone: {sqft: increasing, age: decreasing}\n"
                                                 "leakage: [ppsf]\n"
                                                 "gates: {mae: {min: 1, max: 2.5e4}}\n"
                                                 "missing: drop\n"
                                                 "outliers: iqr\n"
                                                 "reference_date: 2010-07\n");
  const HpSchemaExclude *exclude = schema->exclude->pdata[0];
  g_autofree char *yaml = NULL, *again = NULL;
  g_autoptr (HpSchema) copy = NULL;

  g_assert_cmpstr (schema->name, ==, "s");
  g_assert_cmpstr (exclude->column, ==, "place");
  g_assert_cmpstr (exclude->values[1], ==, "Mars");
  exclude = schema->exclude->pdata[1];
  g_assert_cmpstr (exclude->values[0], ==, "0");
  g_assert_null (hp_schema_get_derived (schema, "age")->b);
  g_assert_cmpint (hp_schema_get_derived (schema, "trend")->kind, ==, HP_DERIVED_MONTHS);
  g_assert_cmpint (hp_schema_get_monotone (schema, "sqft"), ==, 1);
  g_assert_cmpint (hp_schema_get_monotone (schema, "age"), ==, -1);
  g_assert_cmpint (hp_schema_get_monotone (schema, "grade"), ==, 0);
  g_assert_cmpint (schema->missing_number, ==, HP_MISSING_DROP);
  g_assert_cmpint (schema->missing_category, ==, HP_MISSING_DROP);
  g_assert_cmpint (schema->outliers, ==, HP_OUTLIERS_IQR);
  g_assert_cmpint (schema->reference_date, ==, 20100700);

  yaml = hp_schema_to_yaml (schema);
  copy = parse_good (yaml);
  again = hp_schema_to_yaml (copy);
  g_assert_cmpstr (yaml, ==, again);
  g_assert_cmpint (copy->reference_date, ==, 20100700);
  g_assert_cmpint (hp_schema_get_monotone (copy, "age"), ==, -1);
  g_assert_cmpstr (((HpSchemaExclude *) copy->exclude->pdata[1])->values[0], ==, "0");
}

/* Words that YAML would take for something else */
static void
test_awkward_names (void)
{
  g_autoptr (HpSchema) schema
    = parse_good ("name: 'null'\n"
                  "target: 'yes'\n"
                  "columns:\n"
                  "  'yes': {type: number, unit: '~', label: 'a: b'}\n"
                  "  '1': {type: category, order: ['no', '2', 'a, b', '- c', '#', '{', \"'\", '\"', ' x ', 'é']}\n"
                  "features: ['1']\n");
  g_autofree char *yaml = hp_schema_to_yaml (schema);
  g_autoptr (HpSchema) copy = parse_good (yaml);

  g_assert_cmpstr (copy->name, ==, "null");
  g_assert_cmpstr (copy->target, ==, "yes");
  g_assert_cmpstr (hp_schema_get_column (copy, "yes")->unit, ==, "~");
  g_assert_cmpstr (hp_schema_get_column (copy, "yes")->label, ==, "a: b");
  g_assert_true (g_strv_equal ((const char *const *) hp_schema_get_column (schema, "1")->order,
                               (const char *const *) hp_schema_get_column (copy, "1")->order));
  g_assert_cmpstr (hp_schema_get_column (copy, "1")->order[8], ==, " x ");
}

static void
test_refused (void)
{
  static const struct
  {
    const char *yaml, *message;
  } cases[] = {
    { "", "s.yaml:1:" },
    { "[]\n", "s.yaml:1:1: \"schema\" must be a mapping" },
    { "target: price\n", "s.yaml:1:1: the schema has no \"columns\"" },
    { "target: price\ncolumns:\n", "s.yaml:1:1: the schema has no \"columns\"" },
    { "columns: {}\n", "s.yaml:1:10: \"columns\" must name from 1 to 4096 columns" },
    { "columns: {a: {type: number}}\n", "s.yaml:1:1: the schema has no \"target\"" },
    { HEAD, "s.yaml:1:1: the schema has no \"features\"" },
    { HEAD "featuers: [sqft]\n", "s.yaml:11:1: unknown key \"featuers\" in \"schema\" (did you mean \"features\"?)" },
    { HEAD "target: sqft\n", "s.yaml:11:1:" },
    { "columns: {a: {type: number, mni: 1}}\n", "s.yaml:1:29: unknown key \"mni\" in \"a\" (did you mean \"min\"?); "
                                                "allowed are type, min, max, unit, label, order or "
                                                "optional" },
    { "columns: {a: {min: 1}}\n",
      "s.yaml:1:14: column \"a\" has no \"type\": number, integer, category, date or text" },
    { "columns: {a: {type: nubmer}}\n", "s.yaml:1:21: \"type\" can't be \"nubmer\" (did you mean \"number\"?)" },
    { "columns: {a: {type: [number]}}\n", "s.yaml:1:21: \"type\" must be a single value" },
    { "columns: {a: {type: }}\n", "s.yaml:1:" },
    { "columns: {a: number}\n", "s.yaml:1:14: \"a\" must be a mapping" },
    { "columns: {a: {type: number, min: x}}\n", "s.yaml:1:34: \"min\" must be a number" },
    { "columns: {a: {type: number, max: '1'}}\n", "s.yaml:1:34: \"max\" must be a number" },
    { "columns: {a: {type: number, min: 2, max: 1}}\n", "s.yaml:1:34: \"min\" is larger than \"max\"" },
    { "columns: {a: {type: category, min: 2}}\n", "s.yaml:1:36: column \"a\" has the type category; only numbers" },
    { "columns: {a: {type: number, order: [a, b]}}\n",
      "s.yaml:1:36: column \"a\" has the type number; only categories" },
    { "columns: {a: {type: category, order: [a]}}\n", "s.yaml:1:38: an order needs two categories" },
    { "columns: {a: {type: category, order: a}}\n", "s.yaml:1:38: \"order\" must be a list" },
    { "columns: {a: {type: category, order: [a, b, ' A']}}\n", "s.yaml:1:45: \" A\" is in \"order\" twice" },
    { "columns: {a: {type: category, order: [a, ~]}}\n", "s.yaml:1:42: \"order\" is empty" },
    { "columns: {a: {type: number, optional: 3}}\n", "s.yaml:1:39: \"optional\" must be true or false" },
    { "columns: {a: {type: number, unit: [m]}}\n", "s.yaml:1:35: \"unit\" must be a single value" },
    { "columns: {\"a\\tb\": {type: number}}\n", "s.yaml:1:11: \"columns\" has a control character" },
    { "columns: {a: {type: number}, A: {type: number}}\n",
      "s.yaml:1:30: column \"A\" differs from another only in case" },
    { "columns: {price: {type: number}}\ntarget: prise\n",
      "s.yaml:2:9: \"target\" names \"prise\", which is not among the columns (did you mean \"price\"?)" },
    { "columns: {price: {type: text}}\ntarget: price\n", "s.yaml:2:9: the target \"price\" has the type text" },
    { HEAD "currency: usd\n", "s.yaml:11:11: \"currency\" must be a code of three letters" },
    { HEAD "roles: {dat: sold}\n", "s.yaml:11:9: unknown key \"dat\" in \"roles\" (did you mean \"date\"?)" },
    { HEAD "roles: {date: built}\n",
      "s.yaml:11:15: column \"built\" has the type integer; for the role \"date\" make it date" },
    { HEAD "roles: {latitude: lat}\n", "s.yaml:11:19: \"latitude\" names \"lat\", which is not among the columns" },
    { HEAD "exclude: {place: }\n", "s.yaml:11:" },
    { HEAD "exclude: {price: [1]}\n", "s.yaml:11:11: sales can't be excluded by the target" },
    { HEAD "exclude: [a]\n", "s.yaml:11:10: \"exclude\" must be a mapping" },
    { HEAD "derived: {sqft: {age: built}}\n", "s.yaml:11:11: the derived feature \"sqft\" has the name of a column" },
    { HEAD "derived: {x: {}}\n", "s.yaml:11:14: \"x\" must be one of" },
    { HEAD "derived: {x: {age: built, months: sold}}\n", "s.yaml:11:14: \"x\" must be one of" },
    { HEAD "derived: {x: {months: sold, at: sold}}\n", "s.yaml:11:33: \"at\" belongs to \"age\"" },
    { HEAD "derived: {x: {age: place}}\n",
      "s.yaml:11:20: \"x\" needs a year or a date; column \"place\" has the type category" },
    { HEAD "derived: {x: {age: built, at: beds}}\n",
      "s.yaml:11:31: \"x\" needs a date; column \"beds\" has the type integer" },
    { HEAD "derived: {x: {months: built}}\n", "s.yaml:11:23: \"x\" needs a date" },
    { HEAD "derived: {x: {ratio: [sqft]}}\n", "s.yaml:11:22: \"ratio\" must name two columns" },
    { HEAD "derived: {x: {ratio: [sqft, place]}}\n",
      "s.yaml:11:29: \"x\" needs numbers; column \"place\" has the type category" },
    { HEAD "derived: {x: {ratio: [price, sqft]}}\n", "s.yaml:11:23: \"x\" is made from the target \"price\"" },
    { HEAD "derived: {x: {ratio: [y, sqft]}, y: {ratio: [x, sqft]}}\n",
      "s.yaml:11:23: \"x\" is made from \"y\", a derived feature; it must be made from columns" },
    { HEAD "derived: {x: {ratio: [x, sqft]}}\n", "s.yaml:11:23: \"x\" is made from \"x\", a derived feature" },
    { HEAD "derived: {x: {ratio: [sqft, beds]}}\nleakage: [beds]\n",
      "s.yaml:11:29: \"x\" is made from \"beds\", which is listed under \"leakage\"" },
    { HEAD "leakage: [price]\n", "s.yaml:11:11: \"leakage\" names the target" },
    { HEAD "features: sqft\n", "s.yaml:11:11: \"features\" must be a list" },
    { HEAD "features: []\n", "s.yaml:11:11: \"features\" is empty" },
    { HEAD "features: [sqft, Sqft]\n", "s.yaml:11:18: \"Sqft\" is in \"features\" twice" },
    { HEAD "features: [sqtf]\n",
      "s.yaml:11:12: the feature \"sqtf\" is neither a column nor a derived feature (did you mean \"sqft\"?)" },
    { HEAD "features: [sqft, price]\n", "s.yaml:11:18: the target \"price\" is among the features" },
    { HEAD "features: [beds]\nleakage: [beds]\n", "s.yaml:11:12: the feature \"beds\" is listed under \"leakage\"" },
    { HEAD "features: [sold]\n", "s.yaml:11:12: the feature \"sold\" is a date; derive a number from it" },
    { HEAD "features: [name]\n", "s.yaml:11:12: the feature \"name\" is text" },
    { HEAD "features: [built]\nroles: {id: built}\n", "s.yaml:11:12: the feature \"built\" has the role of an id" },
    { HEAD "features: [sqft]\nmonotone: {beds: increasing}\n",
      "s.yaml:12:12: \"monotone\" names \"beds\", which is not among the features" },
    { HEAD "features: [place]\nmonotone: {place: increasing}\n",
      "s.yaml:12:12: \"place\" is a category without an order" },
    { HEAD "features: [sqft]\nmonotone: {sqft: up}\n",
      "s.yaml:12:18: \"sqft\" can't be \"up\"; it is increasing or decreasing" },
    { HEAD "features: [sqft]\ngates: {r3: {min: 1}}\n",
      "s.yaml:12:9: unknown key \"r3\" in \"gates\" (did you mean \"r2\"?)" },
    { HEAD "features: [sqft]\ngates: {r2: {}}\n", "s.yaml:12:13: the gate \"r2\" needs a min or a max" },
    { HEAD "features: [sqft]\ngates: {r2: {min: 1, max: 0}}\n", "s.yaml:12:19: \"min\" is larger than \"max\"" },
    { HEAD "features: [sqft]\ngates: {r2: .6}\n", "s.yaml:12:13: \"r2\" must be a mapping" },
    { HEAD "features: [sqft]\nmissing: zero\n", "s.yaml:12:10: \"missing\" can't be \"zero\"; it is drop" },
    { HEAD "features: [sqft]\nmissing: {number: mode}\n", "s.yaml:12:19: \"number\" can't be \"mode\"" },
    { HEAD "features: [sqft]\nmissing: {category: mean}\n", "s.yaml:12:21: \"category\" can't be \"mean\"" },
    { HEAD "features: [sqft]\noutliers: all\n", "s.yaml:12:11: \"outliers\" can't be \"all\"; it is none or iqr" },
    { HEAD "features: [sqft]\nreference_date: 2010-13\n", "s.yaml:12:17: \"reference_date\" must be YYYY" },
    { HEAD "features: [sqft]\nname: ''\n", "s.yaml:12:7: \"name\" is empty" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_refused (cases[i].yaml, cases[i].message);
}

static void
test_labels (void)
{
  g_autoptr (HpSchema) schema = parse_good ("target: p\n"
                                            "columns: {p: {type: number}, sqft: {type: number, label: Living area},\n"
                                            "  year_built: {type: integer}, été_1: {type: number}}\n"
                                            "features: [sqft]\n");
  static const char *const labels[][2] = {
    { "sqft", "Living area" },
    { "year_built", "Year built" },
    { "été_1", "Été 1" },
    { "bed_bath_ratio", "Bed bath ratio" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    {
      g_autofree char *label = hp_schema_label (schema, labels[i][0]);

      g_assert_cmpstr (label, ==, labels[i][1]);
    }
}

static void
test_types (void)
{
  g_assert_cmpstr (hp_column_type_name (HP_COLUMN_NUMBER), ==, "number");
  g_assert_cmpstr (hp_column_type_name (HP_COLUMN_INTEGER), ==, "integer");
  g_assert_cmpstr (hp_column_type_name (HP_COLUMN_CATEGORY), ==, "category");
  g_assert_cmpstr (hp_column_type_name (HP_COLUMN_DATE), ==, "date");
  g_assert_cmpstr (hp_column_type_name (HP_COLUMN_TEXT), ==, "text");
}

static void
test_references (void)
{
  g_autoptr (HpSchema) schema = parse_good (HEAD "features: [sqft]\n");
  g_autoptr (GError) error = NULL;

  hp_schema_ref (schema);
  hp_schema_unref (schema);
  g_assert_cmpstr (schema->target, ==, "price");
  g_assert_null (hp_schema_load ("/nonexistent/s.yaml", &error));
  g_assert_error (error, HP_ERROR, HP_ERROR_NOT_FOUND);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/schema/shipped", test_shipped);
  g_test_add_func ("/schema/everything", test_everything);
  g_test_add_func ("/schema/awkward-names", test_awkward_names);
  g_test_add_func ("/schema/refused", test_refused);
  g_test_add_func ("/schema/labels", test_labels);
  g_test_add_func ("/schema/types", test_types);
  g_test_add_func ("/schema/references", test_references);
  return g_test_run ();
}
