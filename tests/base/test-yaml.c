/* test-yaml.c - the YAML tree and the writer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <string.h>

#include "hp-error.h"
#include "hp-random.h"
#include "hp-yaml.h"

static HpYaml *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  HpYaml *node = hp_yaml_parse (text, strlen (text), "t", &error);

  g_assert_no_error (error);
  g_assert_nonnull (node);
  return node;
}

/* The tree in one line: {k=v, …}, [a, b], quoted scalars in quotes */
static void
dump (GString *out, const HpYaml *node)
{
  if (node->kind == HP_YAML_SCALAR)
    {
      g_assert_null (node->items);
      g_string_append_printf (out, node->quoted ? "'%s'" : "%s", node->scalar);
      return;
    }
  g_assert_null (node->scalar);
  g_string_append_c (out, node->kind == HP_YAML_SEQUENCE ? '[' : '{');
  for (guint i = 0; i < node->items->len; i++)
    {
      if (i > 0)
        g_string_append (out, ", ");
      if (node->kind == HP_YAML_MAPPING)
        {
          dump (out, g_ptr_array_index (node->keys, i));
          g_string_append_c (out, '=');
        }
      dump (out, g_ptr_array_index (node->items, i));
    }
  g_string_append_c (out, node->kind == HP_YAML_SEQUENCE ? ']' : '}');
}

static void
test_valid (void)
{
  static const char *const texts[][2] = {
    { "", "" },
    { "# nothing\n", "" },
    { "---\n", "" },
    { "word", "word" },
    { "%YAML 1.2\n---\na: 1\n...\n", "{a=1}" },
    { "a: 1\nb: two words\n'c': \"x\\ty\"\n", "{a=1, b=two words, 'c'='x\ty'}" },
    { "a:\n  - 1\n  - [x, {y: z}]\n  -\nb: {}\nc: []\n", "{a=[1, [x, {y=z}], ], b={}, c=[]}" },
    { "price: {type: number, min: 1000, unit: ft²}", "{price={type=number, min=1000, unit=ft²}}" },
    { "t: |\n  one\n  two\n", "{t='one\ntwo\n'}" },
    { "t: >-\n  one\n  two\n", "{t='one two'}" },
    { "<<: x", "{<<=x}" },
    { "a: b # comment\r\nc: d\r\n", "{a=b, c=d}" },
    { "\xef\xbb\xbf"
      "a: b",
      "{a=b}" },
    { "A: 1\na: 2\n", "{A=1, a=2}" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (HpYaml) node = parse (texts[i][0]);
      g_autoptr (GString) out = g_string_new (NULL);

      dump (out, node);
      g_assert_cmpstr (out->str, ==, texts[i][1]);
    }
}

static void
check_refused (const char *text, gsize length, const char *message)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (hp_yaml_parse (text, length, "t", &error));
  g_assert_error (error, HP_ERROR, HP_ERROR_BAD_DATA);
  if (!g_pattern_match_simple (message, error->message))
    g_assert_cmpstr (error->message, ==, message);
}

static void
test_refuses (void)
{
  static const struct
  {
    const char *text, *message;
  } wrong[] = {
    { "a: &x 1\n", "t:1:4: anchors (&) are not allowed" },
    { "a: &x [1]\n", "t:1:4: anchors (&) are not allowed" },
    { "a: &x {}\n", "t:1:4: anchors (&) are not allowed" },
    { "a: 1\nb: *a\n", "t:2:4: aliases (*) are not allowed" },
    { "a: !!str 1\n", "t:1:4: tags (!) are not allowed" },
    { "a: ! 1\n", "t:1:4: tags (!) are not allowed" },
    { "a: !x [1]\n", "t:1:4: tags (!) are not allowed" },
    { "!!map {}\n", "t:1:1: tags (!) are not allowed" },
    { "%TAG ! tag:x:\n---\na\n", "t:1:1: tags (!) are not allowed" },
    { "a: 1\n---\nb: 2\n", "t:2:1: there may be only one document" },
    { "a: 1\nb: 2\n\na: 3\n", "t:4:1: the key \"a\" is here twice" },
    { "{x: 1, y: 2, 'x': 3, x: 4}", "t:1:14: the key \"x\" is here twice" },
    { "- {b: {c: 1, c: 2}}", "t:1:14: the key \"c\" is here twice" },
    { "[a]: 1\n", "t:1:1: a key has to be text" },
    { "? {a: b}\n: 1\n", "t:1:3: a key has to be text" },
    { "? \n: 1\n", "t:1:2: a key is missing" },
    { "{: 1}", "t:1:2: did not find expected node content (while parsing a flow node)" },
    { "a: \"x\\0y\"\n", "t:1:4: text must not contain NUL" },
    { "a: b: c\n", "t:1:5: mapping values are not allowed in this context" },
    { "a: [1, 2\n", "t:2:1: did not find expected ',' or ']' (while parsing a flow sequence)" },
    { "a: 'x\n", "t:2:1: found unexpected end of stream (while scanning a quoted scalar)" },
    { "a:\n\tb: 1\n", "t:2:1: found character that cannot start any token (while scanning for the next token)" },
    { "a: @x\n", "t:1:4: found character that cannot start any token (while scanning for the next token)" },
    { "é: 1\nb: x\xff\n", "t:2:5: invalid leading UTF-8 octet" },
    { "\xff\xfe"
      "a\0",
      "t:1:1: invalid leading UTF-8 octet" },
    { "a: \x01\n", "t:1:4: control characters are not allowed" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_test_message ("%" G_GSIZE_FORMAT ": %s", i, wrong[i].message);
      check_refused (wrong[i].text, strlen (wrong[i].text), wrong[i].message);
    }
  check_refused ("a: b\0c", 6, "t:1:5: control characters are not allowed");
}

static void
test_limits (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (HpYaml) deepest = NULL;
  g_autoptr (HpYaml) longest = NULL;
  g_autoptr (HpYaml) most = NULL;

  for (int i = 0; i < 32; i++)
    g_string_append_c (text, '[');
  for (int i = 0; i < 32; i++)
    g_string_append_c (text, ']');
  deepest = parse (text->str);

  g_string_truncate (text, 0);
  for (int i = 0; i < 500000; i++)
    g_string_append_c (text, '[');
  check_refused (text->str, text->len, "t:1:33: nested too deeply");

  g_string_assign (text, "- ");
  for (int i = 0; i < 200; i++)
    g_string_append (text, "- ");
  check_refused (text->str, text->len, "t:1:65: nested too deeply");

  g_string_assign (text, "a: b #");
  while (text->len < 1024 * 1024)
    g_string_append_c (text, 'x');
  longest = parse (text->str);
  g_string_append_c (text, 'x');
  check_refused (text->str, text->len, "t:1:1: is too big: at most 1.0?MiB are read");

  g_string_assign (text, "[");
  for (int i = 0; i < 99999; i++)
    g_string_append (text, "a,");
  g_string_append_c (text, ']');
  most = parse (text->str);
  g_string_truncate (text, text->len - 1);
  g_string_append (text, "a]");
  check_refused (text->str, text->len, "t:1:200000: there are too many values");

  /* Many keys take no time quadratic in their number. */
  g_string_assign (text, "{");
  for (int i = 0; i < 49000; i++)
    g_string_append_printf (text, "k%d: a,", 49000 - i);
  g_string_append (text, "k7: b}");
  check_refused (text->str, text->len, "t:1:*: the key \"k7\" is here twice");
}

static void
test_values (void)
{
  g_autoptr (HpYaml) root = parse ("n: 12.5\nq: '12.5'\nt: yes\nf: FALSE\nqt: \"true\"\nz: ~\nnull: null\ne:\nqe: ''\n"
                                   "w: word\nl: [1]\nneg: -3e2\nhex: 0x10\ninf: .inf\nplus: +5\n");
  double number;
  gboolean truth;

  g_assert_true (hp_yaml_to_double (hp_yaml_get (root, "n"), &number));
  g_assert_cmpfloat (number, ==, 12.5);
  g_assert_true (hp_yaml_to_double (hp_yaml_get (root, "neg"), &number));
  g_assert_cmpfloat (number, ==, -300);
  g_assert_true (hp_yaml_to_double (hp_yaml_get (root, "plus"), &number));
  for (const char *const *key = (const char *const[]){ "q", "t", "e", "z", "w", "l", "hex", "inf", "absent", NULL };
       *key != NULL; key++)
    g_assert_false (hp_yaml_to_double (hp_yaml_get (root, *key), &number));

  g_assert_true (hp_yaml_to_boolean (hp_yaml_get (root, "t"), &truth));
  g_assert_true (truth);
  g_assert_true (hp_yaml_to_boolean (hp_yaml_get (root, "f"), &truth));
  g_assert_false (truth);
  for (const char *const *key = (const char *const[]){ "n", "qt", "e", "z", "w", "l", "absent", NULL }; *key != NULL;
       key++)
    g_assert_false (hp_yaml_to_boolean (hp_yaml_get (root, *key), &truth));

  for (const char *const *key = (const char *const[]){ "z", "null", "e", "absent", NULL }; *key != NULL; key++)
    g_assert_true (hp_yaml_is_null (hp_yaml_get (root, *key)));
  for (const char *const *key = (const char *const[]){ "n", "qe", "w", "l", NULL }; *key != NULL; key++)
    g_assert_false (hp_yaml_is_null (hp_yaml_get (root, *key)));

  g_assert_null (hp_yaml_get (NULL, "n"));
  g_assert_null (hp_yaml_get (hp_yaml_get (root, "l"), "n"));
}

static void
test_positions (void)
{
  g_autoptr (HpYaml) root = parse ("a: 1\né: [x,\n   yy]\n");
  HpYaml *list = hp_yaml_get (root, "é");
  HpYaml *item = g_ptr_array_index (list->items, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) whole = NULL;

  g_assert_cmpuint (root->line, ==, 1);
  g_assert_cmpuint (root->column, ==, 1);
  g_assert_cmpuint (list->line, ==, 2);
  g_assert_cmpuint (list->column, ==, 4);

  hp_yaml_set_error (&error, "s.yaml", item, "\"%s\" is no %s", item->scalar, "type");
  g_assert_error (error, HP_ERROR, HP_ERROR_BAD_DATA);
  g_assert_cmpstr (error->message, ==, "s.yaml:3:4: \"yy\" is no type");
  hp_yaml_set_error (&whole, NULL, NULL, "empty");
  g_assert_cmpstr (whole->message, ==, "YAML:1:1: empty");
  hp_yaml_set_error (NULL, "x", item, "nobody asks");
}

static void
test_write (void)
{
  g_autoptr (HpYamlWriter) writer = hp_yaml_writer_new ();
  g_autofree char *text = NULL;

  hp_yaml_writer_begin_mapping (writer, FALSE);
  hp_yaml_writer_key (writer, "name");
  hp_yaml_writer_string (writer, "house data");
  hp_yaml_writer_key (writer, "columns");
  hp_yaml_writer_begin_mapping (writer, FALSE);
  hp_yaml_writer_key (writer, "sqft");
  hp_yaml_writer_begin_mapping (writer, TRUE);
  hp_yaml_writer_key (writer, "type");
  hp_yaml_writer_string (writer, "number");
  hp_yaml_writer_key (writer, "min");
  hp_yaml_writer_double (writer, 0.5);
  hp_yaml_writer_key (writer, "max");
  hp_yaml_writer_int (writer, -9000000000);
  hp_yaml_writer_key (writer, "unit");
  hp_yaml_writer_string (writer, "ft²");
  hp_yaml_writer_key (writer, "optional");
  hp_yaml_writer_boolean (writer, TRUE);
  hp_yaml_writer_end_mapping (writer);
  hp_yaml_writer_end_mapping (writer);
  hp_yaml_writer_key (writer, "words");
  hp_yaml_writer_begin_sequence (writer, TRUE);
  hp_yaml_writer_string (writer, "yes");
  hp_yaml_writer_string (writer, "12");
  hp_yaml_writer_string (writer, "2010-05-07");
  hp_yaml_writer_string (writer, "");
  hp_yaml_writer_string (writer, "a: b");
  hp_yaml_writer_double (writer, NAN);
  hp_yaml_writer_end_sequence (writer);
  hp_yaml_writer_key (writer, "rows");
  hp_yaml_writer_begin_sequence (writer, FALSE);
  hp_yaml_writer_string (writer, "x");
  hp_yaml_writer_end_sequence (writer);
  hp_yaml_writer_end_mapping (writer);
  text = hp_yaml_writer_steal (writer);
  g_assert_cmpstr (text, ==,
                   "name: house data\n"
                   "columns:\n"
                   "  sqft: {type: number, min: 0.5, max: -9000000000, unit: ft², optional: true}\n"
                   "words: [\"yes\", \"12\", \"2010-05-07\", \"\", \"a: b\", null]\n"
                   "rows:\n"
                   "- x\n");
}

/* Any text is read back as the same text, in every position. */
static void
test_round_trip (void)
{
  static const char *const pieces[]
    = { "a",    "B",        "é",      "東",     "😀",        " ",  "  ",  "\n",  "\t", "\r",   ":",   ": ", "#",
        " #",   "-",        "- ",     "'",      "\"",       "\\", ",",   "[",   "]",  "{",    "}",   "&",  "*",
        "!",    "|",        ">",      "%",      "@",        "`",  "0",   "1",   ".",  "null", "yes", "~",  "\x01",
        "\x7f", "\xc2\x85", "\u2028", "\ufeff", "\xc2\xa0", "e5", "...", "---", "_",  "/",    "(",   "+",  "²" };
  HpRandom random;

  hp_random_init (&random, 21, 0);
  for (int i = 0; i < 20000; i++)
    {
      g_autoptr (HpYamlWriter) writer = hp_yaml_writer_new ();
      g_autoptr (GString) value = g_string_new (NULL);
      g_autofree char *text = NULL;
      g_autoptr (HpYaml) root = NULL;
      HpYaml *list;
      double number;
      gboolean truth;

      for (guint n = hp_random_below (&random, 6); n > 0; n--)
        g_string_append (value, pieces[hp_random_below (&random, G_N_ELEMENTS (pieces))]);
      hp_yaml_writer_begin_mapping (writer, i % 2);
      hp_yaml_writer_key (writer, value->str);
      hp_yaml_writer_begin_sequence (writer, i / 2 % 2);
      hp_yaml_writer_string (writer, value->str);
      hp_yaml_writer_end_sequence (writer);
      hp_yaml_writer_end_mapping (writer);
      text = hp_yaml_writer_steal (writer);

      root = parse (text);
      list = hp_yaml_get (root, value->str);
      g_assert_nonnull (list);
      g_assert_cmpuint (list->items->len, ==, 1);
      list = g_ptr_array_index (list->items, 0);
      g_assert_cmpstr (list->scalar, ==, value->str);
      g_assert_false (hp_yaml_is_null (list));
      g_assert_false (hp_yaml_to_double (list, &number));
      g_assert_false (hp_yaml_to_boolean (list, &truth));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/yaml/valid", test_valid);
  g_test_add_func ("/yaml/refuses", test_refuses);
  g_test_add_func ("/yaml/limits", test_limits);
  g_test_add_func ("/yaml/values", test_values);
  g_test_add_func ("/yaml/positions", test_positions);
  g_test_add_func ("/yaml/write", test_write);
  g_test_add_func ("/yaml/round-trip", test_round_trip);

  return g_test_run ();
}
