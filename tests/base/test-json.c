/* test-json.c - the JSON reader, the tree, the writer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <float.h>
#include <math.h>
#include <string.h>

#include "hp-error.h"
#include "hp-json.h"
#include "hp-random.h"

static JsonNode *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  JsonNode *node = hp_json_parse (text, strlen (text), 1 << 20, "t", &error);

  g_assert_no_error (error);
  g_assert_nonnull (node);
  return node;
}

static char *
serialize (JsonNode *node, gboolean pretty)
{
  g_autoptr (HpJsonWriter) writer = hp_json_writer_new (pretty);
  gsize length;
  char *text;

  hp_json_writer_node (writer, node);
  text = hp_json_writer_steal (writer, &length);
  g_assert_cmpuint (length, ==, strlen (text));
  return text;
}

/* ---- what is valid, and what it means: text, the same written by us */
static void
test_valid (void)
{
  static const char *const texts[][2] = {
    { "{}", "{}" },
    { " [ ] ", "[]" },
    { "null", "null" },
    { "\t\r\n true", "true" },
    { "false", "false" },
    { "0", "0" },
    { "-0", "-0" },
    { "-0.0", "-0" },
    { "12", "12" },
    { "-9223372036854775808", "-9223372036854775808" },
    { "9223372036854775807", "9223372036854775807" },
    { "1.0", "1" },
    { "1e2", "100" },
    { "1E-7", "1e-7" },
    { "0.1", "0.1" },
    { "1.7976931348623157e308", "1.7976931348623157e308" },
    { "\"\"", "\"\"" },
    { "\"a\\u0062\\n\\t\\r\\b\\f\\/\\\\\\\"\"", "\"ab\\n\\t\\r\\u0008\\u000c/\\\\\\\"\"" },
    { "\"\\u00e9\\u6771\\ud83d\\ude00\"", "\"é東😀\"" },
    { "\"\\uD834\\uDD1E\\ufffd\"", "\"𝄞\357\277\275\"" },
    { "\"é東😀\x7f\"", "\"é東😀\\u007f\"" },
    { "{\"b\":1,\"a\":[1,2.5,\"x\",null,true,{}]}", "{\"b\":1,\"a\":[1,2.5,\"x\",null,true,{}]}" },
    { "{ \"a\" : { \"a\" : { \"\" : [ [ ] , [ ] ] } } , \"A\" : 0 }", "{\"a\":{\"a\":{\"\":[[],[]]}},\"A\":0}" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (JsonNode) node = parse (texts[i][0]);
      g_autofree char *text = serialize (node, FALSE);

      g_assert_cmpstr (text, ==, texts[i][1]);
    }
}

static void
check_refused (const char *text, gssize length, const char *message)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) again = NULL;
  g_autoptr (HpJsonReader) reader = NULL;
  g_autofree char *expected = g_strconcat ("t:", message, NULL);
  gsize n = length < 0 ? strlen (text) : (gsize) length;

  g_assert_null (hp_json_parse (text, n, 1 << 20, "t", &error));
  g_assert_error (error, HP_ERROR, HP_ERROR_BAD_DATA);
  g_assert_cmpstr (error->message, ==, expected);

  /* Skipping is as strict as reading. */
  reader = hp_json_reader_new (text, n, "t");
  hp_json_reader_skip (reader);
  g_assert_false (hp_json_reader_end (reader, &again));
  g_assert_error (again, HP_ERROR, HP_ERROR_BAD_DATA);
  g_assert_cmpstr (again->message, ==, expected);
}

static void
test_refuses (void)
{
  static const struct
  {
    const char *text, *message;
  } wrong[] = {
    { "", "1:1: the text ends too early" },
    { " \n ", "2:2: the text ends too early" },
    { "[1,2", "1:5: the text ends too early" },
    { "[1,", "1:4: the text ends too early" },
    { "{\"a\"", "1:5: the text ends too early" },
    { "{\"a\":", "1:6: the text ends too early" },
    { "{\"a\":1,", "1:8: the text ends too early" },
    { "\"abc", "1:5: the text ends too early" },
    { "\"abc\\", "1:6: the text ends too early" },
    { "[1,]", "1:4: a value is expected here" },
    { "[,1]", "1:2: a value is expected here" },
    { "[1 2]", "1:4: a comma or ']' is expected here" },
    { "[1}", "1:3: a comma or ']' is expected here" },
    { "{\"a\":1,}", "1:8: a key in quotes is expected here" },
    { "{a:1}", "1:2: a key in quotes is expected here" },
    { "{1:1}", "1:2: a key in quotes is expected here" },
    { "{'a':1}", "1:2: a key in quotes is expected here" },
    { "{\"a\" 1}", "1:6: a colon is expected here" },
    { "{\"a\":}", "1:6: a value is expected here" },
    { "{\"a\":1]", "1:7: a comma or '}' is expected here" },
    { "1 1", "1:3: there is something after the end" },
    { "{} // x", "1:4: there is something after the end" },
    { "[]]", "1:3: there is something after the end" },
    { "\xef\xbb\xbf{}", "1:1: a value is expected here" },
    { "/* x */ 1", "1:1: a value is expected here" },
    { "nul", "1:1: a value is expected here" },
    { "True", "1:1: a value is expected here" },
    { "[tru]", "1:2: true or false is expected here" },
    { "{\"a\":fals", "1:6: true or false is expected here" },
    { "NaN", "1:1: a value is expected here" },
    { "Infinity", "1:1: a value is expected here" },
    { "[nan]", "1:2: a value is expected here" },
    { "truex", "1:5: there is something after the end" },
    { "+1", "1:1: a value is expected here" },
    { ".5", "1:1: a value is expected here" },
    { "5.", "1:1: this number is malformed or too large" },
    { "-", "1:1: this number is malformed or too large" },
    { "-a", "1:1: this number is malformed or too large" },
    { "01", "1:1: this number is malformed or too large" },
    { "[-01]", "1:2: this number is malformed or too large" },
    { "1e", "1:1: this number is malformed or too large" },
    { "1e+", "1:1: this number is malformed or too large" },
    { "0x10", "1:2: there is something after the end" },
    { "1e999", "1:1: this number is malformed or too large" },
    { "[1,\n -1e999]", "2:2: this number is malformed or too large" },
    { "9223372036854775808", "1:1: this number is malformed or too large" },
    { "-9223372036854775809", "1:1: this number is malformed or too large" },
    { "[\"é\", x]", "1:7: a value is expected here" },
    { "\"a\nb\"", "1:3: a control character has to be written as an escape" },
    { "\"\\x41\"", "1:2: no such escape in JSON" },
    { "\"\\'\"", "1:2: no such escape in JSON" },
    { "\"\\u12g4\"", "1:2: \\u needs four hexadecimal digits" },
    { "\"\\u12", "1:2: \\u needs four hexadecimal digits" },
    { "\"a\\u0000\"", "1:3: text must not contain NUL" },
    { "\"\\ud800\"", "1:2: half of a surrogate pair" },
    { "\"\\udc00\\ud800\"", "1:2: half of a surrogate pair" },
    { "\"\\ud800\\u0041\"", "1:2: half of a surrogate pair" },
    { "\"ab\xff\"", "1:4: this is not UTF-8" },
    { "\"\xed\xa0\x80\"", "1:2: this is not UTF-8" },
    { "\"\xc0\xaf\"", "1:2: this is not UTF-8" },
    { "\"\xc3\"", "1:2: this is not UTF-8" },
    { "{\"\xff\":1}", "1:3: this is not UTF-8" },
    { "{\"a\":1,\n\"b\":2,\n \"a\":3}", "3:2: the key \"a\" is here twice" },
    { "{\"a\":1,\"\\u0061\":3,\"a\":4}", "1:8: the key \"a\" is here twice" },
    { "[{\"x\":{\"b\":1,\"c\":2,\"b\":3}},0]", "1:20: the key \"b\" is here twice" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_test_message ("%" G_GSIZE_FORMAT ": %s", i, wrong[i].message);
      check_refused (wrong[i].text, -1, wrong[i].message);
    }
  check_refused ("1\0", 2, "1:2: there is something after the end");
  check_refused ("\"a\0b\"", 5, "1:3: a control character has to be written as an escape");
}

/* ---- limits */
static void
test_depth (void)
{
  for (int object = 0; object < 2; object++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (JsonNode) node = NULL;
      g_autofree char *message = g_strdup_printf ("1:%d: nested too deeply", object ? 64 * 5 + 1 : 65);

      for (int i = 0; i < HP_JSON_MAX_DEPTH - 1; i++)
        g_string_append (text, object ? "{\"a\":" : "[");
      g_string_append (text, object ? "{}" : "[]");
      for (int i = 0; i < HP_JSON_MAX_DEPTH - 1; i++)
        g_string_append_c (text, object ? '}' : ']');
      node = parse (text->str);

      g_string_truncate (text, 0);
      for (int i = 0; i < 100000; i++)
        g_string_append (text, object ? "{\"a\":" : "[");
      check_refused (text->str, -1, message);
    }
}

static void
test_size (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = NULL;

  node = hp_json_parse ("[1, 2]", 6, 6, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (hp_json_parse ("[1, 2]", 6, 5, NULL, &error));
  g_assert_error (error, HP_ERROR, HP_ERROR_BAD_DATA);
  g_assert_true (g_str_has_prefix (error->message, "JSON: is too big: at most 5"));
}

/* All keys are alike to a simple hash; this must neither take long nor be taken for duplicates. */
static void
test_members (void)
{
  g_autoptr (GString) text = g_string_new ("{");
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *message = NULL;
  gsize last;

  for (int i = 0; i < 16384; i++)
    g_string_append_printf (text, "%s\"%d\":%d", i > 0 ? "," : "", i, i);
  last = text->len;
  g_string_append_c (text, '}');
  node = parse (text->str);
  g_assert_cmpuint (json_object_get_size (json_node_get_object (node)), ==, 16384);

  g_string_truncate (text, last);
  g_string_append (text, ",\"x\":0}");
  message = g_strdup_printf ("1:%" G_GSIZE_FORMAT ": too many members in an object", last + 2);
  check_refused (text->str, -1, message);
}

static void
test_name (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (hp_json_parse ("x", 1, 9, "a\x1b[2J", &error));
  g_assert_cmpstr (error->message, ==, "a\\x1b[2J:1:1: a value is expected here");
}

/* ---- members by type */
static void
test_members_typed (void)
{
  g_autoptr (JsonNode) node
    = parse ("{\"s\":\"x\",\"d\":1.5,\"i\":7,\"b\":true,\"o\":{\"k\":1},\"a\":[1],\"n\":null,\"w\":2.0}");
  JsonObject *object = json_node_get_object (node);
  const char *text;
  double number;
  gint64 integer;
  gboolean truth;

  g_assert_true (hp_json_get_string (object, "s", &text, NULL));
  g_assert_cmpstr (text, ==, "x");
  g_assert_true (hp_json_get_double (object, "d", &number, NULL));
  g_assert_cmpfloat (number, ==, 1.5);
  g_assert_true (hp_json_get_double (object, "i", &number, NULL));
  g_assert_cmpfloat (number, ==, 7);
  g_assert_true (hp_json_get_int (object, "i", 7, 7, &integer, NULL));
  g_assert_cmpint (integer, ==, 7);
  g_assert_true (hp_json_get_boolean (object, "b", &truth, NULL));
  g_assert_true (truth);
  g_assert_true (json_object_has_member (hp_json_get_object (object, "o", NULL), "k"));
  g_assert_cmpuint (json_array_get_length (hp_json_get_array (object, "a", NULL)), ==, 1);

#define REFUSED(call, member, expected_)                                                                               \
  {                                                                                                                    \
    g_autoptr (GError) error = NULL;                                                                                   \
                                                                                                                       \
    g_assert_false (call);                                                                                             \
    g_assert_error (error, HP_ERROR, HP_ERROR_BAD_DATA);                                                               \
    g_assert_cmpstr (hp_error_get_field (error), ==, member);                                                          \
    g_assert_cmpstr (error->message, ==, expected_);                                                                   \
  }
  REFUSED (hp_json_get_string (object, "q", &text, &error), "q", "\"q\" is missing");
  REFUSED (hp_json_get_string (object, "d", &text, &error), "d", "\"d\" has to be text");
  REFUSED (hp_json_get_string (object, "n", &text, &error), "n", "\"n\" has to be text");
  REFUSED (hp_json_get_double (object, "s", &number, &error), "s", "\"s\" has to be a number");
  REFUSED (hp_json_get_double (object, "b", &number, &error), "b", "\"b\" has to be a number");
  REFUSED (hp_json_get_int (object, "i", 8, 9, &integer, &error), "i", "\"i\" has to be an integer from 8 to 9");
  REFUSED (hp_json_get_int (object, "i", 5, 6, &integer, &error), "i", "\"i\" has to be an integer from 5 to 6");
  REFUSED (hp_json_get_int (object, "w", 0, 9, &integer, &error), "w", "\"w\" has to be an integer from 0 to 9");
  REFUSED (hp_json_get_boolean (object, "i", &truth, &error), "i", "\"i\" has to be true or false");
  REFUSED (hp_json_get_object (object, "a", &error) != NULL, "a", "\"a\" has to be an object");
  REFUSED (hp_json_get_array (object, "o", &error) != NULL, "o", "\"o\" has to be an array");
  REFUSED (hp_json_get_array (object, "q", &error) != NULL, "q", "\"q\" is missing");
#undef REFUSED
}

/* ---- pulling */
static void
test_pull (void)
{
  static const char text[] = "{\"name\":\"a\\nb\",\"skipped\":{\"x\":[1,{\"y\":null}]},\"n\":-3,\"v\":2.5,\"t\":true,"
                             "\"list\":[\"p\",\"q\"],\"e\":[],\"f\":false}";
  g_autoptr (HpJsonReader) reader = hp_json_reader_new (text, strlen (text), NULL);
  g_autoptr (GString) seen = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  const char *key, *string;
  gint64 integer;
  double number;
  gboolean truth;

  g_assert_cmpint (hp_json_reader_peek (reader), ==, '{');
  g_assert_true (hp_json_reader_begin_object (reader));
  while (hp_json_reader_next_member (reader, &key))
    {
      char kind = hp_json_reader_peek (reader);

      g_string_append_printf (seen, "%s:%c ", key, kind);
      if (g_str_equal (key, "name"))
        {
          g_assert_true (hp_json_reader_string (reader, &string));
          g_assert_cmpstr (string, ==, "a\nb");
        }
      else if (g_str_equal (key, "n"))
        {
          g_assert_true (hp_json_reader_integer (reader, -3, -3, &integer));
          g_assert_cmpint (integer, ==, -3);
        }
      else if (kind == 'n')
        {
          g_assert_true (hp_json_reader_number (reader, &number));
          g_assert_cmpfloat (number, ==, 2.5);
        }
      else if (kind == 't' || kind == 'f')
        {
          g_assert_true (hp_json_reader_boolean (reader, &truth));
          g_assert_cmpint (truth, ==, kind == 't');
        }
      else if (kind == '[')
        {
          g_assert_true (hp_json_reader_begin_array (reader));
          while (hp_json_reader_next_element (reader))
            {
              g_assert_true (hp_json_reader_string (reader, &string));
              g_string_append_printf (seen, "%s ", string);
            }
        }
      else
        g_assert_true (hp_json_reader_skip (reader));
    }
  g_assert_cmpstr (seen->str, ==, "name:s skipped:{ n:n v:n t:t list:[ p q e:[ f:f ");
  g_assert_cmpint (hp_json_reader_peek (reader), ==, 0);
  g_assert_false (hp_json_reader_failed (reader));
  g_assert_true (hp_json_reader_end (reader, &error));
  g_assert_no_error (error);
}

/* After a failure all fails, and the first error stays. */
static void
test_pull_failure (void)
{
  static const char text[] = "[1,\n  \"x\", 5]";
  g_autoptr (HpJsonReader) reader = hp_json_reader_new (text, strlen (text), "t");
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) floats = g_array_new (FALSE, FALSE, sizeof (float));
  const char *string;
  double number;
  gint64 integer;
  gboolean truth;

  g_assert_true (hp_json_reader_begin_array (reader));
  g_assert_true (hp_json_reader_next_element (reader));
  g_assert_true (hp_json_reader_number (reader, &number));
  g_assert_true (hp_json_reader_next_element (reader));
  g_assert_false (hp_json_reader_number (reader, &number));

  g_assert_true (hp_json_reader_failed (reader));
  g_assert_false (hp_json_reader_string (reader, &string));
  g_assert_null (string);
  g_assert_false (hp_json_reader_next_element (reader));
  g_assert_false (hp_json_reader_next_member (reader, &string));
  g_assert_false (hp_json_reader_begin_array (reader));
  g_assert_false (hp_json_reader_begin_object (reader));
  g_assert_false (hp_json_reader_integer (reader, 0, 9, &integer));
  g_assert_false (hp_json_reader_boolean (reader, &truth));
  g_assert_false (hp_json_reader_skip (reader));
  g_assert_false (hp_json_reader_floats (reader, floats, 9));
  g_assert_cmpint (hp_json_reader_peek (reader), ==, 0);
  hp_json_reader_fail (reader, "later");
  g_assert_false (hp_json_reader_end (reader, &error));
  g_assert_error (error, HP_ERROR, HP_ERROR_BAD_DATA);
  g_assert_cmpstr (error->message, ==, "t:2:3: a number is expected here");
}

#define CHECK_PULL(text_, expression, expected_)                                                                       \
  {                                                                                                                    \
    g_autoptr (HpJsonReader) reader = hp_json_reader_new (text_, strlen (text_), "t");                                 \
    g_autoptr (GError) error = NULL;                                                                                   \
                                                                                                                       \
    g_assert_false (expression);                                                                                       \
    g_assert_false (hp_json_reader_end (reader, &error));                                                              \
    g_assert_error (error, HP_ERROR, HP_ERROR_BAD_DATA);                                                               \
    g_assert_cmpstr (error->message, ==, "t:1:" expected_);                                                            \
  }

static void
test_pull_types (void)
{
  const char *string;
  double number;
  gint64 integer;
  gboolean truth;

  CHECK_PULL ("1", hp_json_reader_string (reader, &string), "1: text in quotes is expected here");
  CHECK_PULL ("null", hp_json_reader_number (reader, &number), "1: a number is expected here");
  CHECK_PULL ("", hp_json_reader_number (reader, &number), "1: the text ends too early");
  CHECK_PULL ("0", hp_json_reader_boolean (reader, &truth), "1: true or false is expected here");
  CHECK_PULL ("[]", hp_json_reader_begin_object (reader), "1: an object is expected here");
  CHECK_PULL ("{}", hp_json_reader_begin_array (reader), "1: an array is expected here");
  CHECK_PULL (" 1.0", hp_json_reader_integer (reader, 0, 9, &integer), "2: an integer is expected here");
  CHECK_PULL ("1e0", hp_json_reader_integer (reader, 0, 9, &integer), "1: an integer is expected here");
  CHECK_PULL ("10", hp_json_reader_integer (reader, 0, 9, &integer), "1: an integer from 0 to 9 is expected here");
  CHECK_PULL ("-1", hp_json_reader_integer (reader, 0, 9, &integer), "1: an integer from 0 to 9 is expected here");
  CHECK_PULL ("[1]", !hp_json_reader_begin_array (reader), "2: more is here than was expected");
}

static void
test_pull_fail (void)
{
  static const char text[] = "[1, 300]";
  g_autoptr (HpJsonReader) reader = hp_json_reader_new (text, strlen (text), "t");
  g_autoptr (GError) error = NULL;
  double number;

  hp_json_reader_begin_array (reader);
  while (hp_json_reader_next_element (reader) && hp_json_reader_number (reader, &number))
    if (number > 100)
      hp_json_reader_fail (reader, "%d is beyond %s", (int) number, "100");
  g_assert_false (hp_json_reader_end (reader, &error));
  g_assert_cmpstr (error->message, ==, "t:1:5: 300 is beyond 100");
}

static void
test_floats (void)
{
  g_autoptr (GArray) floats = g_array_new (FALSE, FALSE, sizeof (float));
  g_autoptr (HpJsonReader) good = hp_json_reader_new ("[[1.5, -0, 3e2,\n16777217 , 1e-60],[],[7]]", 41, NULL);
  static const float expected[] = { 1.5f, -0.0f, 300, 16777216, 0, 7 };

  g_assert_true (hp_json_reader_begin_array (good));
  while (hp_json_reader_next_element (good))
    g_assert_true (hp_json_reader_floats (good, floats, 5));
  g_assert_true (hp_json_reader_end (good, NULL));
  g_assert_cmpmem (floats->data, floats->len * sizeof (float), expected, sizeof expected);

  CHECK_PULL ("[1,2,3]", hp_json_reader_floats (reader, floats, 2),
              "6: an array of at most 2 elements is expected here");
  CHECK_PULL ("[1,3.5e38]", hp_json_reader_floats (reader, floats, 9), "4: this number is too large");
  CHECK_PULL ("[1,NaN]", hp_json_reader_floats (reader, floats, 9), "4: a number is expected here");
  CHECK_PULL ("[1,\"2\"]", hp_json_reader_floats (reader, floats, 9), "4: a number is expected here");
  CHECK_PULL ("[1,]", hp_json_reader_floats (reader, floats, 9), "4: a number is expected here");
  CHECK_PULL ("[1,,2]", hp_json_reader_floats (reader, floats, 9), "4: a number is expected here");
  CHECK_PULL ("[,1]", hp_json_reader_floats (reader, floats, 9), "2: a number is expected here");
  CHECK_PULL ("[1 2]", hp_json_reader_floats (reader, floats, 9), "4: a comma or ']' is expected here");
  CHECK_PULL ("[1,", hp_json_reader_floats (reader, floats, 9), "4: the text ends too early");
  CHECK_PULL ("[1", hp_json_reader_floats (reader, floats, 9), "3: the text ends too early");
  CHECK_PULL ("1", hp_json_reader_floats (reader, floats, 9), "1: an array is expected here");
}

/* What other programs write though JSON does not know it, for those who ask */
static void
test_infinite (void)
{
  static const char text[] = "[NaN, -Infinity,Infinity ,-1.5e0]", *const wrong[]
                                                                  = { "Nan", "Inf", "-Inf", "+Infinity", "INFINITY" };
  g_autoptr (HpJsonReader) reader = hp_json_reader_new (text, strlen (text), "t"), skipping = NULL;
  g_autoptr (GArray) floats = g_array_new (FALSE, FALSE, sizeof (float));
  double value;

  hp_json_reader_allow_infinite (reader);
  g_assert_true (hp_json_reader_floats (reader, floats, 4));
  g_assert_true (hp_json_reader_end (reader, NULL));
  g_assert_cmpuint (floats->len, ==, 4);
  g_assert_true (isnan (g_array_index (floats, float, 0)));
  g_assert_true (isinf (g_array_index (floats, float, 1)) && g_array_index (floats, float, 1) < 0);
  g_assert_true (isinf (g_array_index (floats, float, 2)) && g_array_index (floats, float, 2) > 0);
  g_assert_cmpfloat (g_array_index (floats, float, 3), ==, -1.5f);

  skipping = hp_json_reader_new (text, strlen (text), "t");
  hp_json_reader_allow_infinite (skipping);
  g_assert_true (hp_json_reader_skip (skipping));
  g_assert_true (hp_json_reader_end (skipping, NULL));

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (HpJsonReader) bad = hp_json_reader_new (wrong[i], strlen (wrong[i]), "t");

      hp_json_reader_allow_infinite (bad);
      g_assert_false (hp_json_reader_number (bad, &value));
    }
  {
    /* a number that is too large is no infinity */
    g_autoptr (HpJsonReader) large = hp_json_reader_new ("[1e39]", 6, "t");

    hp_json_reader_allow_infinite (large);
    g_assert_false (hp_json_reader_floats (large, floats, 9));
  }
}

static void
test_int32s (void)
{
  g_autoptr (GArray) int32s = g_array_new (FALSE, FALSE, sizeof (gint32));
  g_autoptr (HpJsonReader) good = hp_json_reader_new ("[-2147483648,2147483647,-0]", 27, NULL);
  static const gint32 expected[] = { G_MININT32, G_MAXINT32, 0 };

  g_assert_true (hp_json_reader_int32s (good, int32s, G_MININT32, G_MAXINT32, 3));
  g_assert_true (hp_json_reader_end (good, NULL));
  g_assert_cmpmem (int32s->data, int32s->len * sizeof (gint32), expected, sizeof expected);

  CHECK_PULL ("[0,5]", hp_json_reader_int32s (reader, int32s, 0, 4, 9), "4: an integer from 0 to 4 is expected here");
  CHECK_PULL ("[-1]", hp_json_reader_int32s (reader, int32s, 0, 4, 9), "2: an integer from 0 to 4 is expected here");
  CHECK_PULL ("[1.0]", hp_json_reader_int32s (reader, int32s, 0, 4, 9), "2: an integer from 0 to 4 is expected here");
  CHECK_PULL ("[1,1]", hp_json_reader_int32s (reader, int32s, 0, 4, 1),
              "4: an array of at most 1 elements is expected here");
}

/* Arrays longer than the reader's own buffer, written and read */
static void
test_many_numbers (void)
{
  g_autoptr (HpJsonWriter) writer = hp_json_writer_new (FALSE);
  g_autoptr (GArray) floats = g_array_new (FALSE, FALSE, sizeof (float));
  g_autoptr (GArray) int32s = g_array_new (FALSE, FALSE, sizeof (gint32));
  g_autoptr (GArray) read_floats = g_array_new (FALSE, FALSE, sizeof (float));
  g_autoptr (GArray) read_int32s = g_array_new (FALSE, FALSE, sizeof (gint32));
  g_autoptr (HpJsonReader) reader = NULL;
  g_autofree char *text = NULL;
  gsize length;
  HpRandom random;

  hp_random_init (&random, 11, 0);
  hp_json_writer_begin_array (writer);
  hp_json_writer_begin_array (writer);
  for (int i = 0; i < 5000; i++)
    {
      float value = (float) ldexp (hp_random_double (&random) - 0.5, (int) hp_random_below (&random, 200) - 100);

      g_array_append_val (floats, value);
      hp_json_writer_float (writer, value);
    }
  hp_json_writer_end_array (writer);
  hp_json_writer_begin_array (writer);
  for (int i = 0; i < 5000; i++)
    {
      gint32 value = (gint32) (hp_random_next (&random) >> 32) >> hp_random_below (&random, 31);

      g_array_append_val (int32s, value);
      hp_json_writer_int (writer, value);
    }
  hp_json_writer_end_array (writer);
  hp_json_writer_end_array (writer);
  text = hp_json_writer_steal (writer, &length);

  reader = hp_json_reader_new (text, length, NULL);
  g_assert_true (hp_json_reader_begin_array (reader));
  g_assert_true (hp_json_reader_next_element (reader));
  g_assert_true (hp_json_reader_floats (reader, read_floats, 5000));
  g_assert_true (hp_json_reader_next_element (reader));
  g_assert_true (hp_json_reader_int32s (reader, read_int32s, G_MININT32, G_MAXINT32, 5000));
  g_assert_false (hp_json_reader_next_element (reader));
  g_assert_true (hp_json_reader_end (reader, NULL));
  g_assert_cmpmem (floats->data, 20000, read_floats->data, read_floats->len * 4);
  g_assert_cmpmem (int32s->data, 20000, read_int32s->data, read_int32s->len * 4);
}

/* ---- writing */
static void
test_write (void)
{
  g_autoptr (HpJsonWriter) writer = hp_json_writer_new (TRUE);
  g_autofree char *text = NULL;
  g_autofree char *second = NULL;

  hp_json_writer_begin_object (writer);
  hp_json_writer_set_string (writer, "name", "a \"b\"\x01");
  hp_json_writer_set_string (writer, "none", NULL);
  hp_json_writer_set_double (writer, "price", 178123.45);
  hp_json_writer_set_double (writer, "nan", NAN);
  hp_json_writer_set_int (writer, "least", G_MININT64);
  hp_json_writer_set_boolean (writer, "yes", TRUE);
  hp_json_writer_key (writer, "numbers");
  hp_json_writer_begin_array (writer);
  hp_json_writer_float (writer, 0.1f);
  hp_json_writer_float (writer, INFINITY);
  hp_json_writer_int (writer, 3);
  hp_json_writer_end_array (writer);
  hp_json_writer_key (writer, "rows");
  hp_json_writer_begin_array (writer);
  hp_json_writer_begin_array (writer);
  hp_json_writer_boolean (writer, FALSE);
  hp_json_writer_null (writer);
  hp_json_writer_end_array (writer);
  hp_json_writer_begin_object (writer);
  hp_json_writer_set_int (writer, "k", 1);
  hp_json_writer_end_object (writer);
  hp_json_writer_end_array (writer);
  hp_json_writer_key (writer, "empty");
  hp_json_writer_begin_object (writer);
  hp_json_writer_end_object (writer);
  hp_json_writer_key (writer, "void");
  hp_json_writer_begin_array (writer);
  hp_json_writer_end_array (writer);
  hp_json_writer_end_object (writer);
  text = hp_json_writer_steal (writer, NULL);
  g_assert_cmpstr (text, ==,
                   "{\n"
                   "  \"name\": \"a \\\"b\\\"\\u0001\",\n"
                   "  \"none\": null,\n"
                   "  \"price\": 178123.45,\n"
                   "  \"nan\": null,\n"
                   "  \"least\": -9223372036854775808,\n"
                   "  \"yes\": true,\n"
                   "  \"numbers\": [0.1, null, 3],\n"
                   "  \"rows\": [\n"
                   "    [false, null],\n"
                   "    {\n"
                   "      \"k\": 1\n"
                   "    }\n"
                   "  ],\n"
                   "  \"empty\": {},\n"
                   "  \"void\": []\n"
                   "}\n");

  hp_json_writer_string (writer, "bad \xff");
  second = hp_json_writer_steal (writer, NULL);
  g_assert_cmpstr (second, ==, "\"bad \357\277\275\"\n");
}

static void
test_write_misuse (void)
{
  static const char *const ways[]
    = { "value-without-key", "key-in-array", "wrong-end", "two-roots", "key-without-value", "unfinished", NULL };
  const char *way = g_getenv ("TEST_JSON_WAY");
  g_autoptr (HpJsonWriter) writer = hp_json_writer_new (FALSE);

  if (g_test_subprocess ())
    {
      if (g_str_equal (way, "key-in-array") || g_str_equal (way, "wrong-end"))
        hp_json_writer_begin_array (writer);
      else if (g_str_equal (way, "two-roots"))
        hp_json_writer_null (writer);
      else
        hp_json_writer_begin_object (writer);

      if (g_str_equal (way, "key-in-array"))
        hp_json_writer_key (writer, "k");
      else if (g_str_equal (way, "unfinished"))
        hp_json_writer_steal (writer, NULL);
      else if (g_str_equal (way, "key-without-value"))
        hp_json_writer_key (writer, "k"), hp_json_writer_end_object (writer);
      else if (g_str_equal (way, "wrong-end"))
        hp_json_writer_end_object (writer);
      else
        hp_json_writer_int (writer, 1);
      return;
    }
  for (gsize i = 0; ways[i] != NULL; i++)
    {
      g_setenv ("TEST_JSON_WAY", ways[i], TRUE);
      g_test_trap_subprocess (NULL, 0, 0);
      g_test_trap_assert_failed ();
      g_test_trap_assert_stderr ("*assertion failed*");
    }
}

/* ---- any tree survives being written and read, either way */
static void
write_any (HpJsonWriter *writer, HpRandom *random, guint depth)
{
  static const char *const texts[] = { "", "a", "é東😀", "\"\\/\b\f\n\r\t\x01\x7f", "\u2028", "null" };
  guint n = hp_random_below (random, 4);

  switch (hp_random_below (random, depth > 0 ? 7 : 5))
    {
    case 0:
      hp_json_writer_string (writer, texts[hp_random_below (random, G_N_ELEMENTS (texts))]);
      break;
    case 1:
      hp_json_writer_double (writer,
                             ldexp (hp_random_double (random) - 0.5, (int) hp_random_below (random, 400) - 200));
      break;
    case 2:
      hp_json_writer_int (writer, (gint64) hp_random_next (random) >> hp_random_below (random, 64));
      break;
    case 3:
      hp_json_writer_boolean (writer, hp_random_below (random, 2));
      break;
    case 4:
      hp_json_writer_null (writer);
      break;
    case 5:
      hp_json_writer_begin_array (writer);
      for (guint i = 0; i < n; i++)
        write_any (writer, random, depth - 1);
      hp_json_writer_end_array (writer);
      break;
    default:
      hp_json_writer_begin_object (writer);
      for (guint i = 0; i < n; i++)
        {
          hp_json_writer_key (writer, texts[i]);
          write_any (writer, random, depth - 1);
        }
      hp_json_writer_end_object (writer);
    }
}

static void
test_round_trip (void)
{
  for (guint seed = 0; seed < 3000; seed++)
    {
      g_autoptr (HpJsonWriter) writer = hp_json_writer_new (seed % 2);
      g_autoptr (JsonNode) node = NULL;
      g_autofree char *text = NULL;
      g_autofree char *again = NULL;
      HpRandom random;

      hp_random_init (&random, seed, 0);
      write_any (writer, &random, 5);
      text = hp_json_writer_steal (writer, NULL);
      node = parse (text);
      again = serialize (node, seed % 2);
      g_assert_cmpstr (again, ==, text);
    }
}

/* Cut short anywhere, a text is refused. */
static void
test_truncated (void)
{
  static const char text[] = "{\"a\": [1.5e3, \"\\u00e9\\n\", true, null, {}], \"b\": -2}";

  for (gsize n = 0; n < strlen (text); n++)
    {
      g_autofree char *copy = g_memdup2 (text, MAX (n, 1)); /* no NUL behind it: reading on would be seen */
      g_autoptr (GError) error = NULL;

      g_assert_null (hp_json_parse (copy, n, 100, NULL, &error));
      g_assert_error (error, HP_ERROR, HP_ERROR_BAD_DATA);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/json/valid", test_valid);
  g_test_add_func ("/json/refuses", test_refuses);
  g_test_add_func ("/json/depth", test_depth);
  g_test_add_func ("/json/size", test_size);
  g_test_add_func ("/json/members", test_members);
  g_test_add_func ("/json/name", test_name);
  g_test_add_func ("/json/members-typed", test_members_typed);
  g_test_add_func ("/json/pull", test_pull);
  g_test_add_func ("/json/pull/failure", test_pull_failure);
  g_test_add_func ("/json/pull/types", test_pull_types);
  g_test_add_func ("/json/pull/fail", test_pull_fail);
  g_test_add_func ("/json/floats", test_floats);
  g_test_add_func ("/json/infinite", test_infinite);
  g_test_add_func ("/json/int32s", test_int32s);
  g_test_add_func ("/json/many-numbers", test_many_numbers);
  g_test_add_func ("/json/write", test_write);
  g_test_add_func ("/json/write/misuse", test_write_misuse);
  g_test_add_func ("/json/round-trip", test_round_trip);
  g_test_add_func ("/json/truncated", test_truncated);

  return g_test_run ();
}
