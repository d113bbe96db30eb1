/* test-csv.c - the CSV reader and writer: what is right, and what is wrong and where
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "hp-csv.h"
#include "hp-error.h"
#include "hp-random.h"

#define assert_field(reader, i, expected)                                                                              \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    const HpCsvField *f_ = &hp_csv_reader_get_fields (reader)[i];                                                      \
    g_autofree char *text_ = g_strndup (f_->text, f_->length);                                                         \
    g_assert_cmpstr (text_, ==, expected);                                                                             \
  }                                                                                                                    \
  G_STMT_END

static HpCsvReader *
open_text (const char *text, gssize length, GError **error)
{
  return hp_csv_reader_new_for_memory (text, length < 0 ? strlen (text) : (gsize) length, "t.csv", error);
}

static HpCsvReader *
open_good (const char *text)
{
  GError *error = NULL;
  HpCsvReader *reader = open_text (text, -1, &error);

  g_assert_no_error (error);
  g_assert_nonnull (reader);
  return reader;
}

static HpCsvResult
next_good (HpCsvReader *reader)
{
  GError *error = NULL;
  HpCsvResult result = hp_csv_reader_next (reader, &error);

  g_assert_no_error (error);
  return result;
}

static void
assert_bad (HpCsvReader *reader, HpCsvResult expected, const char *message)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (hp_csv_reader_next (reader, &error), ==, expected);
  g_assert_error (error, HP_ERROR, HP_ERROR_BAD_DATA);
  if (!g_str_has_prefix (error->message, message))
    g_assert_cmpstr (error->message, ==, message);
}

/* The RFC's own rules, one by one */
static void
test_rfc4180 (void)
{
  g_autoptr (HpCsvReader) reader = open_good ("a,b,c\r\n"
                                              "1,,3\r\n"
                                              "\"x, y\",\"say \"\"hi\"\"\",\"two\r\nlines\"\r\n"
                                              "\"\", \"\"\"\" ,z");
  g_assert_cmpuint (hp_csv_reader_get_n_columns (reader), ==, 3);
  g_assert_cmpstr (hp_csv_reader_get_columns (reader)[2], ==, "c");
  g_assert_null (hp_csv_reader_get_columns (reader)[3]);
  g_assert_cmpstr (hp_csv_reader_get_name (reader), ==, "t.csv");

  g_assert_cmpint (next_good (reader), ==, HP_CSV_RECORD);
  assert_field (reader, 0, "1");
  assert_field (reader, 1, "");
  assert_field (reader, 2, "3");
  g_assert_cmpuint (hp_csv_reader_get_fields (reader)[2].column, ==, 4);
  g_assert_cmpuint (hp_csv_reader_get_line (reader), ==, 2);

  g_assert_cmpint (next_good (reader), ==, HP_CSV_RECORD);
  assert_field (reader, 0, "x, y");
  assert_field (reader, 1, "say \"hi\"");
  assert_field (reader, 2, "two\r\nlines");
  g_assert_cmpuint (hp_csv_reader_get_fields (reader)[1].column, ==, 8);
  g_assert_cmpuint (hp_csv_reader_get_line (reader), ==, 3);

  /* a quote after a space is not at the field's start */
  assert_bad (reader, HP_CSV_BAD, "t.csv:5:5: a quote within an unquoted field");
  g_assert_cmpint (next_good (reader), ==, HP_CSV_END);
  g_assert_cmpint (next_good (reader), ==, HP_CSV_END);
}

static void
test_line_ends (void)
{
  const char *const ends[] = { "\n", "\r\n", "\r" };

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    for (int last = 0; last < 2; last++)
      {
        g_autofree char *text
          = g_strdup_printf ("a,b%s1,2%s%s  %s3,4%s", ends[i], ends[i], ends[i], ends[i], last ? ends[i] : "");
        g_autoptr (HpCsvReader) reader = open_good (text);

        g_assert_cmpint (next_good (reader), ==, HP_CSV_RECORD);
        assert_field (reader, 1, "2");
        g_assert_cmpint (next_good (reader), ==, HP_CSV_RECORD);
        assert_field (reader, 0, "3");
        assert_field (reader, 1, "4");
        g_assert_cmpuint (hp_csv_reader_get_line (reader), ==, 5);
        g_assert_cmpint (next_good (reader), ==, HP_CSV_END);
        g_assert_cmpuint (hp_csv_reader_get_offset (reader), ==, strlen (text));
        g_assert_cmpuint (hp_csv_reader_get_size (reader), ==, strlen (text));
      }
}

static void
test_header (void)
{
  g_autoptr (HpCsvReader) reader = open_good ("\xef\xbb\xbf\n Sale Price ,\"sq\"\"ft\"\r\n1,2\n");

  g_assert_cmpstr (hp_csv_reader_get_columns (reader)[0], ==, "Sale Price");
  g_assert_cmpstr (hp_csv_reader_get_columns (reader)[1], ==, "sq\"ft");
  g_assert_cmpint (hp_csv_reader_find_column (reader, "Sale Price"), ==, 0);
  g_assert_cmpint (hp_csv_reader_find_column (reader, " sale  PRICE"), ==, 0);
  g_assert_cmpint (hp_csv_reader_find_column (reader, "saleprice"), ==, -1);
  g_assert_cmpint (next_good (reader), ==, HP_CSV_RECORD);
  g_assert_cmpuint (hp_csv_reader_get_line (reader), ==, 3);
}

static void
test_bad_files (void)
{
  static const struct
  {
    const char *text;
    gssize length;
    const char *message;
  } cases[] = {
    { "", 0, "t.csv:1:1: the file is empty" },
    { "\xef\xbb\xbf", 3, "t.csv:1:1: the file has no header line" },
    { "\n \n\r\n", 5, "t.csv:1:1: the file has no header line" },
    { "a,,c\n", -1, "t.csv:1:3: column 2 has no name" },
    { "a,b,\n1,2,3\n", -1, "t.csv:1:5: column 3 has no name" },
    { "\n\nété,b, ÉTÉ \n", -1, "t.csv:3:7: columns 1 and 3 have the same name, \"ÉTÉ\"" },
    { "price;sqft\n1;2\n", -1, "t.csv:1:1: this looks separated by ';'; save it separated by commas" },
    { "price\tsqft\n1\t2\n", -1, "t.csv:1:1: this looks separated by tabs" },
    { "price|sqft\n", -1, "t.csv:1:1: this looks separated by '|'" },
    { "\xff\xfe"
      "a\0,\0",
      6, "t.csv:1:1: this file is in UTF-16" },
    { "\xfe\xff\0a\0,", 6, "t.csv:1:1: this file is in UTF-16" },
    { "PK\003\004xxxx", 8, "t.csv:1:1: this is a spreadsheet" },
    { "\xd0\xcf\x11\xe0xxxx", 8, "t.csv:1:1: this is an old Excel file" },
    { "\x1f\x8b\x08xxxx", 7, "t.csv:1:1: this file is compressed" },
    { "PAR1xxxx", 8, "t.csv:1:1: this is a Parquet file" },
    { "a,b\xe9\n", -1, "t.csv:1:4: byte 0xE9 is not UTF-8" },
    { "a,\"b\n1,2\n", -1, "t.csv:1:3: the quote that opens here is never closed" },
    { "a,\"b\"c\n1,2\n", -1, "t.csv:1:6: text after a closing quote" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (open_text (cases[i].text, cases[i].length, &error));
      g_assert_error (error, HP_ERROR, HP_ERROR_BAD_DATA);
      if (!g_str_has_prefix (error->message, cases[i].message))
        g_assert_cmpstr (error->message, ==, cases[i].message);
    }
}

static void
test_bad_records (void)
{
  static const char text[] = "a,b\n"
                             "1\n"
                             "1,2,3\n"
                             "x\"y,2\n"
                             "\"x\"y,2\n"
                             "é,\xe9\n"
                             "ok,\"q\nü\xff\",\n"
                             "1,2\0\n"
                             "é,\"l\n\",z\n"
                             "é,good\n"
                             "1,\"open\n2,3\n";
  g_autoptr (HpCsvReader) reader = open_text (text, sizeof text - 1, NULL);
  g_autoptr (GError) error = NULL;

  assert_bad (reader, HP_CSV_BAD, "t.csv:2:1: 1 fields where the header has 2");
  assert_bad (reader, HP_CSV_BAD, "t.csv:3:3: 3 fields where the header has 2");
  assert_bad (reader, HP_CSV_BAD, "t.csv:4:2: a quote within an unquoted field");
  assert_bad (reader, HP_CSV_BAD, "t.csv:5:4: text after a closing quote");
  assert_bad (reader, HP_CSV_BAD, "t.csv:6:3: byte 0xE9 is not UTF-8");
  assert_bad (reader, HP_CSV_BAD, "t.csv:8:2: byte 0xFF is not UTF-8");
  assert_bad (reader, HP_CSV_BAD, "t.csv:9:4: a NUL byte");
  assert_bad (reader, HP_CSV_BAD, "t.csv:10:3: 3 fields where the header has 2");
  g_assert_cmpint (next_good (reader), ==, HP_CSV_RECORD);
  assert_field (reader, 0, "é");
  assert_field (reader, 1, "good");
  g_assert_cmpuint (hp_csv_reader_get_fields (reader)[1].column, ==, 3);
  g_assert_cmpuint (hp_csv_reader_get_line (reader), ==, 12);
  assert_bad (reader, HP_CSV_FAILED, "t.csv:13:3: the quote that opens here is never closed");
  g_assert_cmpint (hp_csv_reader_next (reader, &error), ==, HP_CSV_FAILED);
  g_assert_error (error, HP_ERROR, HP_ERROR_FAILED);
}

/* Characters, not bytes, and from the start of the line that the field is on */
static void
test_columns_in_characters (void)
{
  g_autoptr (HpCsvReader) reader = open_good ("a,b,c,d\n\"éé\n\",\"ü\"\"ü\",ñ,z\n");
  const HpCsvField *fields;

  g_assert_cmpint (next_good (reader), ==, HP_CSV_RECORD);
  fields = hp_csv_reader_get_fields (reader);
  g_assert_cmpuint (fields[0].column, ==, 1);
  g_assert_cmpuint (fields[1].column, ==, 3);
  g_assert_cmpuint (fields[2].column, ==, 10);
  g_assert_cmpuint (fields[3].column, ==, 12);
  assert_field (reader, 0, "éé\n");
  assert_field (reader, 1, "ü\"ü");
  g_assert_cmpuint (hp_csv_reader_get_line (reader), ==, 2);
}

static void
test_limits (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (HpCsvReader) reader = NULL;

  for (guint i = 0; i < 5000; i++)
    g_string_append_printf (text, "%sc%u", i > 0 ? "," : "", i);
  g_assert_null (open_text (text->str, -1, &error));
  g_assert_error (error, HP_ERROR, HP_ERROR_BAD_DATA);
  g_assert_cmpstr (error->message, ==, "t.csv:1:1: 5000 columns; at most 4096 can be read");

  /* the largest field that may be, and one byte more */
  g_string_assign (text, "a,b\n1,");
  for (gsize i = 0; i < HP_CSV_MAX_FIELD; i++)
    g_string_append_c (text, 'x');
  g_string_append (text, "\n1,\"");
  for (gsize i = 0; i < HP_CSV_MAX_FIELD + 1; i++)
    g_string_append_c (text, 'x');
  g_string_append (text, "\"\n3,4\n");
  reader = open_text (text->str, text->len, NULL);
  g_assert_cmpint (next_good (reader), ==, HP_CSV_RECORD);
  g_assert_cmpuint (hp_csv_reader_get_fields (reader)[1].length, ==, HP_CSV_MAX_FIELD);
  assert_bad (reader, HP_CSV_BAD, "t.csv:3:3: this field is longer than 1048576 bytes");
  g_assert_cmpint (next_good (reader), ==, HP_CSV_RECORD);
  assert_field (reader, 0, "3");
}

static char *
write_temporary (const char *text, gsize length)
{
  char *path = NULL;
  int fd = g_file_open_tmp ("hp-csv-XXXXXX.csv", &path, NULL);

  g_assert_cmpint (fd, >=, 0);
  close (fd);
  g_assert_true (g_file_set_contents (path, text, length, NULL));
  return path;
}

/* A record beyond all limits is skipped, from memory and from a file, and what follows is read at its right line */
static void
test_overlong_record (void)
{
  g_autoptr (GString) text = g_string_new ("a,b\n1,2\n");
  g_autofree char *path = NULL;

  while (text->len < HP_CSV_MAX_RECORD + 3 * HP_CSV_MAX_FIELD)
    g_string_append (text, "field of some bytes,");
  g_string_append (text, "end\r\n3,4\n");
  path = write_temporary (text->str, text->len);
  for (int from_file = 0; from_file < 2; from_file++)
    {
      g_autoptr (HpCsvReader) reader
        = from_file ? hp_csv_reader_open (path, NULL) : open_text (text->str, text->len, NULL);
      g_autoptr (GError) error = NULL;

      g_assert_nonnull (reader);
      g_assert_cmpint (next_good (reader), ==, HP_CSV_RECORD);
      g_assert_cmpint (hp_csv_reader_next (reader, &error), ==, HP_CSV_BAD);
      g_assert_error (error, HP_ERROR, HP_ERROR_BAD_DATA);
      g_assert_nonnull (strstr (error->message, ":3:1: this record is longer than 16777216 bytes"));
      g_assert_cmpint (next_good (reader), ==, HP_CSV_RECORD);
      assert_field (reader, 1, "4");
      g_assert_cmpuint (hp_csv_reader_get_line (reader), ==, 4);
      g_assert_cmpint (next_good (reader), ==, HP_CSV_END);
      g_assert_cmpuint (hp_csv_reader_get_offset (reader), ==, text->len);
    }
  g_unlink (path);
}

/* A quote that never closes, in more than a record may hold */
static void
test_overlong_quote (void)
{
  g_autoptr (GString) text = g_string_new ("a,b\n1,\"");
  g_autofree char *path = NULL;

  while (text->len < HP_CSV_MAX_RECORD + 3 * HP_CSV_MAX_FIELD)
    g_string_append (text, "line,line\n");
  path = write_temporary (text->str, text->len);
  for (int from_file = 0; from_file < 2; from_file++)
    {
      g_autoptr (HpCsvReader) reader
        = from_file ? hp_csv_reader_open (path, NULL) : open_text (text->str, text->len, NULL);
      g_autoptr (GError) error = NULL;

      g_assert_cmpint (hp_csv_reader_next (reader, &error), ==, HP_CSV_FAILED);
      g_assert_nonnull (strstr (error->message, ":2:3: the quote that opens here is never closed"));
    }
  g_unlink (path);
}

static void
test_files (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  g_autoptr (HpCsvReader) reader = NULL;

  g_assert_null (hp_csv_reader_open ("/nonexistent/x.csv", &error));
  g_assert_error (error, HP_ERROR, HP_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (hp_csv_reader_open (g_get_tmp_dir (), &error));
  g_assert_error (error, HP_ERROR, HP_ERROR_IO);
  g_clear_error (&error);

  path = write_temporary ("\xef\xbb\xbf"
                          "a\n1\n",
                          7);
  reader = hp_csv_reader_open (path, &error);
  g_assert_no_error (error);
  hp_csv_reader_enable_checksum (reader);
  g_assert_null (hp_csv_reader_get_checksum (reader));
  g_assert_cmpint (next_good (reader), ==, HP_CSV_RECORD);
  g_assert_cmpint (next_good (reader), ==, HP_CSV_END);
  /* printf '\xef\xbb\xbfa\n1\n' | sha256sum */
  g_assert_cmpstr (hp_csv_reader_get_checksum (reader), ==,
                   "3d32ed5d97a42c7ca9387f63ac0f08dceb6b4993089f807c6d56a35db7d70c36");
  g_unlink (path);
}

/* Records across the buffer's end, at every alignment, read as from memory */
static void
test_refill (void)
{
  g_autoptr (GString) text = g_string_new ("a,b,c\n");
  g_autofree char *path = NULL;
  g_autoptr (HpCsvReader) file = NULL, memory = NULL;
  guint n = 0;

  for (guint i = 0; text->len < (1 << 20); i++)
    g_string_append_printf (text, "%u,\"%*s\"\"\r\n\",é%u\r\n", i, (int) (i % 37), "", i * 7);
  path = write_temporary (text->str, text->len);
  file = hp_csv_reader_open (path, NULL);
  memory = open_text (text->str, text->len, NULL);
  hp_csv_reader_enable_checksum (file);
  hp_csv_reader_enable_checksum (memory);
  while (next_good (memory) == HP_CSV_RECORD)
    {
      const HpCsvField *x = hp_csv_reader_get_fields (memory), *y;

      g_assert_cmpint (next_good (file), ==, HP_CSV_RECORD);
      y = hp_csv_reader_get_fields (file);
      g_assert_cmpuint (hp_csv_reader_get_line (file), ==, hp_csv_reader_get_line (memory));
      g_assert_cmpuint (hp_csv_reader_get_line (file), ==, 2 + 2 * n);
      for (guint i = 0; i < 3; i++)
        {
          g_assert_cmpmem (x[i].text, x[i].length, y[i].text, y[i].length);
          g_assert_cmpuint (x[i].column, ==, y[i].column);
        }
      g_assert_cmpuint (x[2].column, ==, 3);
      n++;
    }
  g_assert_cmpuint (n, >, 10000);
  g_assert_cmpint (next_good (file), ==, HP_CSV_END);
  g_assert_cmpstr (hp_csv_reader_get_checksum (file), ==, hp_csv_reader_get_checksum (memory));
  g_unlink (path);
}

static void
test_missing (void)
{
  static const char *const missing[]
    = { "", " ", "NA", "na", "N/A", "NaN", "nan", "NULL", "None", "-", "?", ".", "  NA\t" };
  static const char *const present[] = { "0", "-1", "NAN2", "no", "--", "..", "Nope", "N A", "naïf", "0.0", "nulls" };

  for (guint i = 0; i < G_N_ELEMENTS (missing); i++)
    g_assert_true (hp_csv_is_missing (missing[i], strlen (missing[i])));
  for (guint i = 0; i < G_N_ELEMENTS (present); i++)
    g_assert_false (hp_csv_is_missing (present[i], strlen (present[i])));
}

static void
test_append (void)
{
  static const struct
  {
    const char *text, *plain, *neutral;
  } cases[] = {
    { "", "", "" },
    { "abc", "abc", "abc" },
    { "a b", "a b", "a b" },
    { "  ", "\"  \"", "\"  \"" },
    { "a,b", "\"a,b\"", "\"a,b\"" },
    { "a\"b", "\"a\"\"b\"", "\"a\"\"b\"" },
    { "\"", "\"\"\"\"", "\"\"\"\"" },
    { "a\nb", "\"a\nb\"", "\"a\nb\"" },
    { "=1+1", "=1+1", "'=1+1" },
    { "-5", "-5", "-5" },
    { "+5.5e3", "+5.5e3", "+5.5e3" },
    { "-5-5", "-5-5", "'-5-5" },
    { "-cmd,x", "\"-cmd,x\"", "\"'-cmd,x\"" },
    { "@sum", "@sum", "'@sum" },
    { "\tx", "\tx", "'\tx" },
    { "\rx", "\"\rx\"", "\"'\rx\"" },
    { "a=1", "a=1", "a=1" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) line = g_string_new (NULL);

      hp_csv_append_field (line, cases[i].text, -1, FALSE);
      g_assert_cmpstr (line->str, ==, cases[i].plain);
      g_string_truncate (line, 0);
      hp_csv_append_field (line, cases[i].text, strlen (cases[i].text), TRUE);
      g_assert_cmpstr (line->str, ==, cases[i].neutral);
    }
}

/* Any fields that are written are read back as they were */
static void
test_round_trip (void)
{
  static const char *const pieces[]
    = { "a", "é", "\"", ",", "\n", "\r", "\r\n", " ", "\t", "12.5", "=", "€", "''", "𝄞" };
  HpRandom random;

  hp_random_init (&random, 7, 0);
  for (guint round = 0; round < 200; round++)
    {
      guint n_columns = 2 + hp_random_below (&random, 6), n_rows = 1 + hp_random_below (&random, 20);
      g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (HpCsvReader) reader = NULL;

      for (guint i = 0; i < n_columns; i++)
        g_string_append_printf (text, "%sc%u", i > 0 ? "," : "", i);
      g_string_append_c (text, '\n');
      for (guint i = 0; i < n_rows * n_columns; i++)
        {
          g_autoptr (GString) cell = g_string_new (NULL);

          for (guint k = hp_random_below (&random, 8); k > 0; k--)
            g_string_append (cell, pieces[hp_random_below (&random, G_N_ELEMENTS (pieces))]);
          hp_csv_append_field (text, cell->str, cell->len, FALSE);
          g_string_append (text, (i + 1) % n_columns == 0 ? (round % 2 == 0 ? "\n" : "\r\n") : ",");
          g_ptr_array_add (cells, g_strdup (cell->str));
        }
      reader = open_good (text->str);
      for (guint i = 0; i < n_rows; i++)
        {
          g_assert_cmpint (next_good (reader), ==, HP_CSV_RECORD);
          for (guint k = 0; k < n_columns; k++)
            assert_field (reader, k, cells->pdata[i * n_columns + k]);
        }
      g_assert_cmpint (next_good (reader), ==, HP_CSV_END);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/csv/rfc4180", test_rfc4180);
  g_test_add_func ("/csv/line-ends", test_line_ends);
  g_test_add_func ("/csv/header", test_header);
  g_test_add_func ("/csv/bad-files", test_bad_files);
  g_test_add_func ("/csv/bad-records", test_bad_records);
  g_test_add_func ("/csv/columns-in-characters", test_columns_in_characters);
  g_test_add_func ("/csv/limits", test_limits);
  g_test_add_func ("/csv/overlong-record", test_overlong_record);
  g_test_add_func ("/csv/overlong-quote", test_overlong_quote);
  g_test_add_func ("/csv/files", test_files);
  g_test_add_func ("/csv/refill", test_refill);
  g_test_add_func ("/csv/missing", test_missing);
  g_test_add_func ("/csv/append", test_append);
  g_test_add_func ("/csv/round-trip", test_round_trip);
  return g_test_run ();
}
