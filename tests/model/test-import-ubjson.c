/* test-import-ubjson.c - the reader of UBJSON: every type, every limit, and where it fails
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <string.h>

#include "hp-error.h"
#include "hp-import-ubjson.h"

#define READER(bytes) hp_ubjson_reader_new ((const guint8 *) (bytes), sizeof (bytes) - 1, "t")
#define LENGTH(n)     "L\0\0\0\0\0\0\0" n

static void
test_values (void)
{
  g_autoptr (HpUbjsonReader) reader = READER ("[i\xff"
                                              "U\xff"
                                              "I\xff\xfe"
                                              "l\x80\0\0\0"
                                              "L\x7f\xff\xff\xff\xff\xff\xff\xff"
                                              "d\x3f\xc0\0\0"
                                              "D\xbf\xf8\0\0\0\0\0\0"
                                              "d\x7f\x80\0\0"
                                              "d\x7f\xc0\0\0"
                                              "TFZ"
                                              "Cx"
                                              "S" LENGTH ("\3") "\xc3\xa9!"
                                                                "S"
                                                                "U\0"
                                                                "[]"
                                                                "{}]");
  static const double numbers[] = { -1, 255, -2, -2147483648.0, 9223372036854775807.0, 1.5, -1.5, INFINITY };
  const char *text;
  gboolean truth;
  double number;
  gint64 integer;

  g_assert_true (hp_ubjson_reader_begin_array (reader));
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_assert_true (hp_ubjson_reader_next_element (reader));
      g_assert_cmpint (hp_ubjson_reader_peek (reader), ==, 'n');
      if (i == 4)
        {
          g_assert_true (hp_ubjson_reader_integer (reader, 0, G_MAXINT64, &integer));
          g_assert_cmpint (integer, ==, G_MAXINT64);
          continue;
        }
      g_assert_true (hp_ubjson_reader_number (reader, &number));
      g_assert_cmpfloat (number, ==, numbers[i]);
    }
  g_assert_true (hp_ubjson_reader_next_element (reader));
  g_assert_true (hp_ubjson_reader_number (reader, &number) && isnan (number));
  g_assert_true (hp_ubjson_reader_next_element (reader));
  g_assert_true (hp_ubjson_reader_boolean (reader, &truth) && truth);
  g_assert_true (hp_ubjson_reader_next_element (reader));
  g_assert_cmpint (hp_ubjson_reader_peek (reader), ==, 'f');
  g_assert_true (hp_ubjson_reader_boolean (reader, &truth) && !truth);
  g_assert_true (hp_ubjson_reader_next_element (reader));
  g_assert_cmpint (hp_ubjson_reader_peek (reader), ==, 'z');
  g_assert_true (hp_ubjson_reader_skip (reader));
  g_assert_true (hp_ubjson_reader_next_element (reader));
  g_assert_true (hp_ubjson_reader_string (reader, &text));
  g_assert_cmpstr (text, ==, "x");
  g_assert_true (hp_ubjson_reader_next_element (reader));
  g_assert_true (hp_ubjson_reader_string (reader, &text));
  g_assert_cmpstr (text, ==, "é!");
  g_assert_true (hp_ubjson_reader_next_element (reader));
  g_assert_true (hp_ubjson_reader_string (reader, &text));
  g_assert_cmpstr (text, ==, "");
  g_assert_true (hp_ubjson_reader_next_element (reader));
  g_assert_true (hp_ubjson_reader_skip (reader));
  g_assert_true (hp_ubjson_reader_next_element (reader));
  g_assert_cmpint (hp_ubjson_reader_peek (reader), ==, '{');
  g_assert_true (hp_ubjson_reader_skip (reader));
  g_assert_false (hp_ubjson_reader_next_element (reader));
  g_assert_true (hp_ubjson_reader_end (reader, NULL));
  g_assert_false (hp_ubjson_reader_failed (reader));
}

/* Lists of one type, lists with a length, and plain ones hold the same. */
static void
test_arrays (void)
{
  static const struct
  {
    const char *bytes;
    gsize length;
  } cases[] = {
#define BYTES(bytes) { bytes, sizeof (bytes) - 1 }
    BYTES ("{" LENGTH ("\1") "a"
                             "[$l#" LENGTH ("\2") "\0\0\0\7\xff\xff\xff\xff" LENGTH ("\1") "b"
                                                                                           "T}"),
    BYTES ("{" LENGTH ("\1") "a"
                             "[$i#U\2"
                             "\7\xff"
                             "U\1b"
                             "T}"),
    BYTES ("{" LENGTH ("\1") "a"
                             "[#i\2"
                             "i\7"
                             "L\xff\xff\xff\xff\xff\xff\xff\xff"
                             "U\1b"
                             "T}"),
    BYTES ("{"
           "U\1a"
           "[i\7i\xff]"
           "I\0\1b"
           "T}"),
#undef BYTES
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (guint skip = 0; skip < 2; skip++)
      {
        g_autoptr (HpUbjsonReader) reader
          = hp_ubjson_reader_new ((const guint8 *) cases[i].bytes, cases[i].length, "t");
        const char *key;
        gint64 value;
        gboolean truth;

        g_assert_true (hp_ubjson_reader_begin_object (reader));
        g_assert_true (hp_ubjson_reader_next_member (reader, &key));
        g_assert_cmpstr (key, ==, "a");
        if (skip)
          g_assert_true (hp_ubjson_reader_skip (reader));
        else
          {
            g_assert_true (hp_ubjson_reader_begin_array (reader));
            g_assert_true (hp_ubjson_reader_next_element (reader));
            g_assert_true (hp_ubjson_reader_skip (reader)); /* of one element */
            g_assert_true (hp_ubjson_reader_next_element (reader));
            g_assert_true (hp_ubjson_reader_integer (reader, -1, 7, &value));
            g_assert_cmpint (value, ==, -1);
            g_assert_false (hp_ubjson_reader_next_element (reader));
          }
        g_assert_true (hp_ubjson_reader_next_member (reader, &key));
        g_assert_cmpstr (key, ==, "b");
        g_assert_true (hp_ubjson_reader_boolean (reader, &truth));
        g_assert_false (hp_ubjson_reader_next_member (reader, &key));
        g_assert_true (hp_ubjson_reader_end (reader, NULL));
      }
}

static void
test_refusals (void)
{
  static const struct
  {
    const char *bytes;
    gsize length;
    const char *message;
  } cases[] = {
#define BYTES(bytes, message) { bytes, sizeof (bytes) - 1, message }
    BYTES ("", "t: byte 0: the file ends too early"),
    BYTES ("x", "t: byte 0: a value is expected here"),
    BYTES ("N", "t: byte 0: a value is expected here"),
    BYTES ("l\0\0\0", "t: byte 4: the file ends too early"),
    BYTES ("d\0", "t: byte 2: the file ends too early"),
    BYTES ("S", "t: byte 1: the file ends too early"),
    BYTES ("C", "t: byte 1: the file ends too early"),
    BYTES ("Sx", "t: byte 1: a length is expected here"),
    BYTES ("SU\2a", "t: byte 1: this length goes beyond the end of the file"),
    BYTES ("Si\xff"
           "a",
           "t: byte 1: this length goes beyond the end"),
    BYTES ("SL\x7f\xff\xff\xff\xff\xff\xff\xff"
           "a",
           "t: byte 1: this length goes beyond the end"),
    BYTES ("SU\1\xff", "t: byte 3: this is not UTF-8"),
    BYTES ("SU\2a\0", "t: byte 3: this is not UTF-8"),
    BYTES ("[", "t: byte 1: the file ends too early"),
    BYTES ("[i", "t: byte 2: the file ends too early"),
    BYTES ("[$T#U\1]", "t: byte 1: arrays of this type are not read here"),
    BYTES ("[$Z#L\x0f\0\0\0\0\0\0\0", "t: byte 1: arrays of this type"),
    BYTES ("[$[#U\1]", "t: byte 1: arrays of this type"),
    BYTES ("[$S#U\1]", "t: byte 1: arrays of this type"),
    BYTES ("[$l]", "t: byte 3: a length is expected here"),
    BYTES ("[$l", "t: byte 3: a length is expected here"),
    BYTES ("[$l#U\2\0\0\0\1\0\0\0", "t: byte 4: this length goes beyond the end"),
    BYTES ("[$L#L\x20\0\0\0\0\0\0\1\0\0\0\0\0\0\0\1", "t: byte 4: this length goes beyond the end"),
    BYTES ("[#U\3TT", "t: byte 2: this length goes beyond the end"),
    BYTES ("[#U\2[#U\7", "this length goes beyond the end"),
    BYTES ("{", "t: byte 1: the file ends too early"),
    BYTES ("{#U\1", "t: byte 1: objects that say how many"),
    BYTES ("{$i#U\1", "t: byte 1: objects that say how many"),
    BYTES ("{\"a\":1}", "t: byte 1: a length is expected here"),
    BYTES ("{U\1aZ", "t: byte 5: the file ends too early"),
    BYTES ("{U\1\xffZ}", "t: byte 3: this is not UTF-8"),
    BYTES ("TT", "t: byte 1: there is something after the end"),
#undef BYTES
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      /* a copy of its own length, so that a sanitizer sees a byte too many */
      g_autofree guint8 *bytes = g_memdup2 (cases[i].bytes, MAX (cases[i].length, 1));
      g_autoptr (HpUbjsonReader) reader = hp_ubjson_reader_new (bytes, cases[i].length, "t");
      g_autoptr (GError) error = NULL;

      hp_ubjson_reader_skip (reader);
      g_assert_false (hp_ubjson_reader_end (reader, &error));
      g_assert_error (error, HP_ERROR, HP_ERROR_BAD_DATA);
      if (!g_str_has_prefix (error->message, "t: byte ") || strstr (error->message, cases[i].message) == NULL)
        g_error ("case %u: \"%s\" instead of \"%s\"", i, error->message, cases[i].message);
      g_assert_false (hp_ubjson_reader_skip (reader));
      g_assert_cmpint (hp_ubjson_reader_peek (reader), ==, 0);
    }
}

/* What was asked for isn't what is there. */
static void
test_types (void)
{
  const char *text;
  gboolean truth;
  double number;
  gint64 integer;

#define CHECK(bytes, call, said)                                                                                       \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    g_autoptr (HpUbjsonReader) reader = READER (bytes);                                                                \
    g_autoptr (GError) error = NULL;                                                                                   \
                                                                                                                       \
    g_assert_false (call);                                                                                             \
    g_assert_false (hp_ubjson_reader_end (reader, &error));                                                            \
    g_assert_cmpstr (error->message, ==, "t: byte " said);                                                             \
  }                                                                                                                    \
  G_STMT_END
  CHECK ("T", hp_ubjson_reader_number (reader, &number), "0: a number is expected here");
  CHECK ("d\0\0\0\0", hp_ubjson_reader_integer (reader, 0, 9, &integer), "0: an integer is expected here");
  CHECK ("i\xff", hp_ubjson_reader_integer (reader, 0, 9, &integer), "0: an integer from 0 to 9 is expected here");
  CHECK ("i\1", hp_ubjson_reader_boolean (reader, &truth), "0: true or false is expected here");
  CHECK ("i\1", hp_ubjson_reader_string (reader, &text), "0: text is expected here");
  CHECK ("{}", hp_ubjson_reader_begin_array (reader), "0: an array is expected here");
  CHECK ("[]", hp_ubjson_reader_begin_object (reader), "0: an object is expected here");
#undef CHECK
  {
    g_autoptr (HpUbjsonReader) reader = READER ("[i\1i\2]");
    g_autoptr (GError) error = NULL;

    hp_ubjson_reader_begin_array (reader);
    hp_ubjson_reader_next_element (reader);
    hp_ubjson_reader_integer (reader, 0, 9, &integer);
    hp_ubjson_reader_fail (reader, "no good: %d", 7);
    hp_ubjson_reader_fail (reader, "worse");
    g_assert_true (hp_ubjson_reader_failed (reader));
    g_assert_false (hp_ubjson_reader_next_element (reader));
    g_assert_false (hp_ubjson_reader_end (reader, &error));
    g_assert_cmpstr (error->message, ==, "t: byte 1: no good: 7");
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/import-ubjson/values", test_values);
  g_test_add_func ("/import-ubjson/arrays", test_arrays);
  g_test_add_func ("/import-ubjson/refusals", test_refusals);
  g_test_add_func ("/import-ubjson/types", test_types);
  return g_test_run ();
}
