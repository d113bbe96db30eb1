/* test-description.c - what a version asks of a house: JSON there and back, and everything that is refused
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hp-description.h"
#include "hp-error.h"
#include "small.h"

static char *
to_json (const HpDescription *description)
{
  g_autoptr (HpJsonWriter) writer = hp_json_writer_new (FALSE);

  hp_description_write_json (description, writer);
  return hp_json_writer_steal (writer, NULL);
}

static HpDescription *
from_json (const char *text, GError **error)
{
  g_autoptr (GError) bad = NULL;
  g_autoptr (JsonNode) node = hp_json_parse (text, strlen (text), 64 << 20, "text", &bad);

  g_assert_no_error (bad);
  return hp_description_from_json (json_node_get_object (node), error);
}

static HpDescription *
small_description (void)
{
  g_autoptr (HpPreprocessor) pre = small_fit (HP_ENCODING_ORDERED);

  return hp_description_new ("house-price", "3", pre);
}

static void
check_same_number (double one, double other)
{
  g_assert_true (one == other || (!isfinite (one) && !isfinite (other)));
}

static void
check_same_attribute (const HpAttribute *one, const HpAttribute *other)
{
  g_assert_cmpstr (one->name, ==, other->name);
  g_assert_cmpstr (one->label, ==, other->label);
  g_assert_cmpstr (one->unit, ==, other->unit);
  g_assert_cmpint (one->type, ==, other->type);
  g_assert_cmpint (one->required, ==, other->required);
  g_assert_cmpint (one->is_effective_date, ==, other->is_effective_date);
  if (one->type != HP_COLUMN_CATEGORY)
    {
      check_same_number (one->min, other->min);
      check_same_number (one->max, other->max);
      check_same_number (one->seen_min, other->seen_min);
      check_same_number (one->seen_max, other->seen_max);
    }
  check_same_number (one->impute, other->impute);
  g_assert_cmpuint (hp_attribute_get_n_choices (one), ==, hp_attribute_get_n_choices (other));
  for (guint i = 0; i < hp_attribute_get_n_choices (one); i++)
    {
      g_assert_cmpstr (one->choices[i], ==, other->choices[i]);
      g_assert_cmpuint (one->choice_counts[i], ==, other->choice_counts[i]);
    }
}

static void
test_new (void)
{
  g_autoptr (HpDescription) description = small_description ();
  const HpAttribute *area = hp_description_get_attribute (description, AREA);
  const HpAttribute *sold = hp_description_get_attribute (description, SOLD);

  g_assert_cmpstr (description->model, ==, "house-price");
  g_assert_cmpstr (description->version, ==, "3");
  g_assert_cmpstr (description->currency, ==, "EUR");
  g_assert_cmpstr (description->target, ==, "price");
  g_assert_cmpint (description->reference_date, ==, 20100700);
  g_assert_cmpint (description->newest_sale, ==, 20100700);
  g_assert_cmpuint (description->attributes->len, ==, N_ATTRIBUTES);
  g_assert_cmpstr (area->name, ==, "area");
  g_assert_cmpstr (area->unit, ==, "m²");
  g_assert_cmpfloat (area->min, ==, 10);
  g_assert_cmpfloat (area->max, ==, 1000);
  g_assert_cmpfloat (area->seen_min, ==, 50);
  g_assert_cmpfloat (area->seen_max, ==, 120);
  g_assert_true (area->required);
  g_assert_false (sold->required);
  g_assert_true (sold->is_effective_date);
}

static void
test_round_trip (void)
{
  for (guint encoding = 0; encoding < 2; encoding++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (HpPreprocessor) pre = small_fit (encoding);
      g_autoptr (HpDescription) description = hp_description_new ("house-price", "3", pre), again = NULL;
      g_autofree char *text = to_json (description), *again_text = NULL;

      again = from_json (text, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (again->model, ==, description->model);
      g_assert_cmpstr (again->version, ==, description->version);
      g_assert_cmpstr (again->currency, ==, description->currency);
      g_assert_cmpstr (again->target, ==, description->target);
      g_assert_cmpint (again->reference_date, ==, description->reference_date);
      g_assert_cmpint (again->newest_sale, ==, description->newest_sale);
      g_assert_cmpuint (again->attributes->len, ==, description->attributes->len);
      for (guint i = 0; i < again->attributes->len; i++)
        check_same_attribute (hp_description_get_attribute (description, i), hp_description_get_attribute (again, i));
      again_text = to_json (again);
      g_assert_cmpstr (text, ==, again_text);
    }
}

static void
test_json (void)
{
  static const char wanted[] = "{\"model\":\"m\",\"version\":\"1\",\"currency\":null,\"target\":\"price\","
                               "\"newest_sale\":\"2010-05\",\"attributes\":["
                               "{\"name\":\"area\",\"label\":\"Living area\",\"type\":\"number\",\"unit\":\"m²\","
                               "\"required\":true,\"min\":10,\"seen_min\":20.5,\"seen_max\":90,\"typical\":55},"
                               "{\"name\":\"sold\",\"label\":\"Sold\",\"type\":\"date\",\"required\":false,"
                               "\"effective_date\":true,\"max\":\"2011\"},"
                               "{\"name\":\"place\",\"label\":\"Place\",\"type\":\"category\",\"required\":true,"
                               "\"typical\":\"South\",\"choices\":[{\"value\":\"North\",\"sales\":3},"
                               "{\"value\":\"South\",\"sales\":4294967295}]}]}";
  g_autoptr (GError) error = NULL;
  g_autoptr (HpDescription) description = from_json (wanted, &error);
  g_autofree char *text = NULL;
  const HpAttribute *area, *sold, *place;

  g_assert_no_error (error);
  text = to_json (description);
  g_assert_cmpstr (text, ==, wanted);
  area = hp_description_get_attribute (description, 0);
  sold = hp_description_get_attribute (description, 1);
  place = hp_description_get_attribute (description, 2);
  g_assert_cmpfloat (area->max, ==, INFINITY);
  g_assert_cmpfloat (sold->min, ==, -INFINITY);
  g_assert_cmpfloat (sold->max, ==, 20110000);
  g_assert_true (isnan (sold->impute));
  g_assert_cmpfloat (place->impute, ==, 1);
  g_assert_cmpint (description->reference_date, ==, 0);
  g_assert_null (description->currency);
}

/* A newer server may say more, and leave out what is optional */
static void
test_lenient (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HpDescription) description
    = from_json ("{\"model\":\"m\",\"version\":\"1\",\"target\":\"price\",\"currency\":\"\",\"reference_date\":null,"
                 "\"colour\":[{}],\"attributes\":["
                 "{\"name\":\"a_b\",\"label\":\"\",\"unit\":\"\",\"type\":\"integer\",\"required\":false,"
                 "\"min\":null,\"effective_date\":false,\"typical\":null,\"more\":1},"
                 "{\"name\":\"c\",\"label\":\"C\",\"type\":\"category\",\"required\":false,\"choices\":["
                 "{\"value\":\"x\",\"label\":\"X\"}]},"
                 "{\"name\":\"d\",\"label\":\"D\",\"type\":\"category\",\"required\":false,\"choices\":[]}]}",
                 &error);
  const HpAttribute *first;

  g_assert_no_error (error);
  first = hp_description_get_attribute (description, 0);
  g_assert_cmpstr (first->label, ==, "a_b");
  g_assert_null (first->unit);
  g_assert_null (description->currency);
  g_assert_cmpfloat (first->min, ==, -INFINITY);
  g_assert_cmpuint (hp_description_get_attribute (description, 1)->choice_counts[0], ==, 0);
  g_assert_cmpuint (hp_attribute_get_n_choices (hp_description_get_attribute (description, 2)), ==, 0);
}

static void
refuse (const char *text, const char *field, const char *message)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (from_json (text, &error));
  g_assert_error (error, HP_ERROR, HP_ERROR_BAD_DATA);
  g_assert_cmpstr (hp_error_get_field (error), ==, field);
  if (strstr (error->message, message) == NULL)
    g_error ("“%s” is not in “%s”", message, error->message);
}

#define HEAD            "{\"model\":\"m\",\"version\":\"1\",\"target\":\"price\","
#define WITH(attribute) HEAD "\"attributes\":[" attribute "]}"
#define NUMBER(more)    WITH ("{\"name\":\"a\",\"label\":\"A\",\"type\":\"number\",\"required\":true" more "}")
#define DATE(more)      WITH ("{\"name\":\"a\",\"label\":\"A\",\"type\":\"date\",\"required\":true" more "}")
#define CATEGORY(more)  WITH ("{\"name\":\"a\",\"label\":\"A\",\"type\":\"category\",\"required\":true" more "}")

static void
test_refusals (void)
{
  static const struct
  {
    const char *text, *field, *message;
  } refusals[] = {
    { "{}", "model", "missing" },
    { "{\"model\":1}", "model", "text" },
    { "{\"model\":\"\"}", "model", "empty" },
    { "{\"model\":\"m\"}", "version", "missing" },
    { "{\"model\":\"m\",\"version\":\"\"}", "version", "empty" },
    { "{\"model\":\"m\",\"version\":\"1\"}", "target", "missing" },
    { "{\"model\":\"m\",\"version\":\"1\",\"target\":\"\"}", "target", "empty" },
    { HEAD "\"currency\":1}", "currency", "text" },
    { HEAD "\"reference_date\":2010}", "reference_date", "text" },
    { HEAD "\"reference_date\":\"yesterday\"}", "reference_date", "not a date" },
    { HEAD "\"newest_sale\":\"2010-13\"}", "newest_sale", "not a date" },
    { HEAD "\"currency\":\"EUR\"}", "attributes", "missing" },
    { HEAD "\"attributes\":{}}", "attributes", "array" },
    { WITH ("1"), "attributes", "not an object" },
    { WITH ("{}"), "name", "missing" },
    { WITH ("{\"name\":\"\"}"), "name", "empty" },
    { WITH ("{\"name\":\"a\"}"), "label", "missing" },
    { WITH ("{\"name\":\"a\",\"label\":1}"), "label", "text" },
    { WITH ("{\"name\":\"a\",\"label\":\"A\"}"), "type", "missing" },
    { WITH ("{\"name\":\"a\",\"label\":\"A\",\"type\":\"colour\"}"), "type", "not number" },
    { WITH ("{\"name\":\"a\",\"label\":\"A\",\"type\":null}"), "type", "text" },
    { WITH ("{\"name\":\"a\",\"label\":\"A\",\"type\":\"number\"}"), "required", "missing" },
    { WITH ("{\"name\":\"a\",\"label\":\"A\",\"type\":\"number\",\"required\":1}"), "required", "true or false" },
    { NUMBER (",\"unit\":1"), "unit", "text" },
    { NUMBER (",\"effective_date\":\"yes\""), "effective_date", "true or false" },
    { NUMBER (",\"effective_date\":true"), "effective_date", "a: is no date" },
    { NUMBER (",\"min\":\"low\""), "min", "number" },
    { NUMBER (",\"max\":[]"), "max", "number" },
    { NUMBER (",\"seen_min\":true"), "seen_min", "number" },
    { NUMBER (",\"seen_max\":{}"), "seen_max", "number" },
    { NUMBER (",\"min\":2,\"max\":1"), "max", "above" },
    { NUMBER (",\"seen_min\":2,\"seen_max\":1"), "max", "above" },
    { NUMBER (",\"typical\":\"x\""), "typical", "number" },
    { DATE (",\"min\":2010"), "min", "text" },
    { DATE (",\"typical\":\"soon\""), "typical", "not a date" },
    { DATE (",\"min\":\"2011\",\"max\":\"2010\""), "max", "above" },
    { CATEGORY (""), "choices", "missing" },
    { CATEGORY (",\"choices\":{}"), "choices", "array" },
    { CATEGORY (",\"choices\":[\"x\"]"), "choices", "not an object" },
    { CATEGORY (",\"choices\":[{}]"), "value", "missing" },
    { CATEGORY (",\"choices\":[{\"value\":1}]"), "value", "text" },
    { CATEGORY (",\"choices\":[{\"value\":\"x\",\"sales\":-1}]"), "sales", "integer" },
    { CATEGORY (",\"choices\":[{\"value\":\"x\",\"sales\":4294967296}]"), "sales", "integer" },
    { CATEGORY (",\"choices\":[{\"value\":\"x\"},1]"), "choices", "not an object" },
    { CATEGORY (",\"choices\":[{\"value\":\"x\"}],\"typical\":\"y\""), "typical", "not one of the choices" },
    { CATEGORY (",\"choices\":[{\"value\":\"x\"}],\"typical\":0"), "typical", "text" },
    { WITH ("{\"name\":\"a\",\"label\":\"A\",\"type\":\"number\",\"required\":true},"
            "{\"name\":\"a\",\"label\":\"B\",\"type\":\"date\",\"required\":true}"),
      "attributes", "same name" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (refusals); i++)
    refuse (refusals[i].text, refusals[i].field, refusals[i].message);
}

/* n items, joined */
static char *
repeat (const char *head, const char *format, guint n, const char *tail)
{
  GString *text = g_string_new (head);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *item = g_strdup_printf ("%s%s%u%s", i > 0 ? "," : "", format, i, "\"}");

      g_string_append (text, item);
    }
  g_string_append (text, tail);
  return g_string_free (text, FALSE);
}

static void
test_limits (void)
{
  static const char attribute[] = "{\"label\":\"A\",\"type\":\"number\",\"required\":true,\"name\":\"";
  static const char choices[] = HEAD "\"attributes\":[{\"name\":\"a\",\"label\":\"A\",\"type\":\"category\","
                                     "\"required\":true,\"choices\":[";
  g_autofree char *most = repeat (HEAD "\"attributes\":[", attribute, 4096, "]}");
  g_autofree char *more = repeat (HEAD "\"attributes\":[", attribute, 4097, "]}");
  g_autofree char *most_choices = repeat (choices, "{\"value\":\"", 65536, "],\"typical\":\"65535\"}]}");
  g_autofree char *more_choices = repeat (choices, "{\"value\":\"", 65537, "]}]}");
  g_autoptr (GError) error = NULL;
  g_autoptr (HpDescription) description = from_json (most, &error), of_choices = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (description->attributes->len, ==, 4096);
  refuse (more, "attributes", "more than 4096");
  of_choices = from_json (most_choices, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (hp_description_get_attribute (of_choices, 0)->impute, ==, 65535);
  refuse (more_choices, "choices", "more than 65536");
}

static void
test_find (void)
{
  g_autoptr (HpDescription) description = small_description ();

  g_assert_cmpint (hp_description_find_attribute (description, "area"), ==, AREA);
  g_assert_cmpint (hp_description_find_attribute (description, "  AREA "), ==, AREA);
  g_assert_cmpint (hp_description_find_attribute (description, "zip"), ==, ZIP);
  g_assert_cmpint (hp_description_find_attribute (description, "are"), ==, -1);
  g_assert_cmpint (hp_description_find_attribute (description, ""), ==, -1);
}

/* Names that differ only in letter case: the exact one goes first */
static void
test_find_exact (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HpDescription) description
    = from_json (WITH ("{\"name\":\"Area\",\"label\":\"A\",\"type\":\"number\",\"required\":true},"
                       "{\"name\":\"area\",\"label\":\"B\",\"type\":\"number\",\"required\":true}"),
                 &error);

  g_assert_no_error (error);
  g_assert_cmpint (hp_description_find_attribute (description, "area"), ==, 1);
  g_assert_cmpint (hp_description_find_attribute (description, "Area"), ==, 0);
  g_assert_cmpint (hp_description_find_attribute (description, "AREA"), ==, 0);
}

static void
check_label (const HpDescription *description, const char *feature, const char *expected)
{
  g_autofree char *label = hp_description_feature_label (description, feature);

  g_assert_cmpstr (label, ==, expected);
}

static void
test_label (void)
{
  g_autoptr (HpDescription) description = small_description ();

  check_label (description, "area", "Area");
  check_label (description, "house_age", "House age");
  check_label (description, "île_sud", "Île sud");
  check_label (description, "x", "X");
  check_label (description, "", "");
  check_label (description, "_", " ");
}

static void
test_references (void)
{
  HpDescription *description = small_description ();
  HpDescription *again = hp_description_ref (description);

  g_assert_true (again == description);
  hp_description_unref (description);
  g_assert_cmpstr (again->model, ==, "house-price");
  hp_description_unref (again);
  hp_description_unref (NULL);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/description/new", test_new);
  g_test_add_func ("/description/round-trip", test_round_trip);
  g_test_add_func ("/description/json", test_json);
  g_test_add_func ("/description/lenient", test_lenient);
  g_test_add_func ("/description/refusals", test_refusals);
  g_test_add_func ("/description/limits", test_limits);
  g_test_add_func ("/description/find", test_find);
  g_test_add_func ("/description/find/exact", test_find_exact);
  g_test_add_func ("/description/label", test_label);
  g_test_add_func ("/description/references", test_references);

  return g_test_run ();
}
