/* fuzz-csv.c - the CSV reader: from memory, and once more from what it read, written again
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hp-csv.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static gboolean
is_place (HpCsvReader *reader, gsize size)
{
  return hp_csv_reader_get_line (reader) >= 1 && hp_csv_reader_get_line (reader) <= size + 1
         && hp_csv_reader_get_offset (reader) <= size;
}

/* Reads all records; appends the good ones, written anew, to copy */
static guint64
read_all (const char *text, gsize size, GString *copy)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HpCsvReader) reader = hp_csv_reader_new_for_memory (text, size, "fuzz", &error);
  guint64 n_records = 0, before = 0;
  guint n;

  if (reader == NULL)
    {
      g_assert (error != NULL && g_utf8_validate (error->message, -1, NULL));
      return 0;
    }
  n = hp_csv_reader_get_n_columns (reader);
  for (guint i = 0; copy != NULL && i < n; i++)
    {
      hp_csv_append_field (copy, hp_csv_reader_get_columns (reader)[i], -1, FALSE);
      g_string_append_c (copy, i + 1 < n ? ',' : '\n');
    }
  for (;;)
    {
      g_autoptr (GError) bad = NULL;
      HpCsvResult result = hp_csv_reader_next (reader, &bad);

      g_assert ((bad != NULL) == (result == HP_CSV_BAD || result == HP_CSV_FAILED));
      g_assert (is_place (reader, size));
      if (result == HP_CSV_END || result == HP_CSV_FAILED)
        return n_records;
      g_assert (hp_csv_reader_get_line (reader) > before); /* it gets on */
      before = hp_csv_reader_get_line (reader);
      if (result == HP_CSV_BAD)
        continue;
      n_records++;
      for (guint i = 0; i < n; i++)
        {
          const HpCsvField *field = &hp_csv_reader_get_fields (reader)[i];

          g_assert (g_utf8_validate_len (field->text, field->length, NULL));
          g_assert (field->column >= 1 && field->column <= size);
          hp_csv_is_missing (field->text, field->length);
          if (copy == NULL)
            continue;
          /* a single empty field would be a blank line */
          if (n == 1 && field->length == 0)
            g_string_append (copy, "\"\"");
          else
            hp_csv_append_field (copy, field->text, field->length, FALSE);
          g_string_append_c (copy, i + 1 < n ? ',' : '\n');
        }
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  /* After a blank line, so that a name is not taken for a byte order mark or another format's first bytes */
  g_autoptr (GString) copy = g_string_new ("\n");
  guint64 n = read_all ((const char *) data, size, copy);

  if (copy->len > 1)
    g_assert (read_all (copy->str, copy->len, NULL) == n);
  return 0;
}
