/* hp-predict-block.c - records of a CSV, copied out of the reader so that they can be valued while the next are read
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "hp-cli-predict.h"

#define BLOCK_ROWS  8192
#define BLOCK_BYTES (8 << 20) /* long records: fewer of them, so that memory stays flat */

/**
 * hp_block_new:
 * @n_columns: fields in a record
 *
 * Returns: (transfer full): an empty block
 */
HpBlock *
hp_block_new (guint n_columns)
{
  HpBlock *block = g_new0 (HpBlock, 1);

  block->n_columns = n_columns;
  block->rows = g_new0 (HpBlockRow, BLOCK_ROWS);
  block->fields = g_new (HpBlockField, (gsize) BLOCK_ROWS * n_columns);
  block->text = g_byte_array_new ();
  return block;
}

/**
 * hp_block_clear:
 * @block: a block
 *
 * Empties it and keeps its memory.
 */
void
hp_block_clear (HpBlock *block)
{
  for (gsize i = 0; i < block->n_rows; i++)
    g_clear_pointer (&block->rows[i].broken, g_free);
  block->n_rows = 0;
  g_byte_array_set_size (block->text, 0);
}

/**
 * hp_block_free:
 * @block: (transfer full) (nullable): a block
 */
void
hp_block_free (HpBlock *block)
{
  if (block == NULL)
    return;
  hp_block_clear (block);
  g_free (block->rows);
  g_free (block->fields);
  g_byte_array_unref (block->text);
  g_free (block);
}

static void
add_record (HpBlock *block, HpCsvReader *reader)
{
  const HpCsvField *fields = hp_csv_reader_get_fields (reader);
  HpBlockField *to = block->fields + block->n_rows * block->n_columns;

  block->rows[block->n_rows].line = hp_csv_reader_get_line (reader);
  for (guint i = 0; i < block->n_columns; i++)
    {
      to[i] = (HpBlockField){ block->text->len, fields[i].length, fields[i].column };
      g_byte_array_append (block->text, (const guint8 *) fields[i].text, fields[i].length);
    }
  block->n_rows++;
}

static void
add_broken (HpBlock *block, HpCsvReader *reader, const GError *error)
{
  HpBlockField *to = block->fields + block->n_rows * block->n_columns;

  block->rows[block->n_rows].line = hp_csv_reader_get_line (reader);
  block->rows[block->n_rows].broken = g_strdup (error->message);
  for (guint i = 0; i < block->n_columns; i++)
    to[i] = (HpBlockField){ 0 };
  block->n_rows++;
}

/**
 * hp_block_read:
 * @block: a block, which is emptied first
 * @reader: where records come from
 * @error: return location for a #GError
 *
 * Fills the block. A broken record becomes a row with a message and is not an error.
 *
 * Returns: %TRUE, with no rows at the end; %FALSE when reading can't go on
 */
gboolean
hp_block_read (HpBlock *block, HpCsvReader *reader, GError **error)
{
  hp_block_clear (block);
  while (block->n_rows < BLOCK_ROWS && block->text->len < BLOCK_BYTES)
    {
      g_autoptr (GError) record_error = NULL;

      switch (hp_csv_reader_next (reader, &record_error))
        {
        case HP_CSV_RECORD:
          add_record (block, reader);
          break;
        case HP_CSV_BAD:
          add_broken (block, reader, record_error);
          break;
        case HP_CSV_END:
          return TRUE;
        case HP_CSV_FAILED:
        default:
          g_propagate_error (error, g_steal_pointer (&record_error));
          return FALSE;
        }
    }
  return TRUE;
}
