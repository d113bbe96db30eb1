/* hp-predict-slice.c - rows of a block become lines of output
 *
 * The hot path of predict: attributes are parsed and made into features row by row, priced all at once (that is what
 * the model's fast paths want), then written. Nothing is allocated for a good row once the buffers have grown.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "hp-cli-predict.h"
#include "hp-number.h"
#include "hp-text.h"

struct _HpSliceScratch
{
  HpHouse *house;
  guint n_features;
  float *features; /* HP_SLICE_ROWS × n_features */
  double price[HP_SLICE_ROWS], low[HP_SLICE_ROWS], high[HP_SLICE_ROWS];
  gsize warnings_end[HP_SLICE_ROWS]; /* of each row, in warnings */
  gboolean bad[HP_SLICE_ROWS];
  HpHouse *houses[HP_SLICE_ROWS];    /* of JSON lines, made as they are needed */
  char *bad_lines[HP_SLICE_ROWS];    /* what JSON lines say of bad rows */
  guint messages_end[HP_SLICE_ROWS]; /* of each row, before its house is valued */
  GString *warnings;                 /* of all rows, before there are prices */
  GString *codes;                    /* of one row */
};

/**
 * hp_slice_scratch_new:
 * @job: what is to be done
 *
 * Returns: (transfer full): the memory that one worker needs
 */
HpSliceScratch *
hp_slice_scratch_new (const HpPredictJob *job)
{
  const HpPreprocessor *pre = hp_predictor_get_preprocessor (job->predictor);
  HpSliceScratch *scratch = g_new0 (HpSliceScratch, 1);

  scratch->house = hp_house_new (pre);
  scratch->n_features = hp_preprocessor_get_n_features (pre);
  scratch->features = g_new0 (float, (gsize) HP_SLICE_ROWS * scratch->n_features);
  scratch->warnings = g_string_new (NULL);
  scratch->codes = g_string_new (NULL);
  return scratch;
}

/**
 * hp_slice_scratch_free:
 * @scratch: (transfer full) (nullable): a worker's memory
 */
void
hp_slice_scratch_free (HpSliceScratch *scratch)
{
  if (scratch == NULL)
    return;
  hp_house_free (scratch->house);
  for (guint i = 0; i < HP_SLICE_ROWS; i++)
    g_clear_pointer (&scratch->houses[i], hp_house_free);
  g_free (scratch->features);
  g_string_free (scratch->warnings, TRUE);
  g_string_free (scratch->codes, TRUE);
  g_free (scratch);
}

/**
 * hp_slice_new:
 *
 * Returns: (transfer full): an empty slice
 */
HpSlice *
hp_slice_new (void)
{
  HpSlice *slice = g_new0 (HpSlice, 1);

  slice->text = g_string_sized_new (HP_SLICE_ROWS * 128);
  slice->messages = g_ptr_array_new_with_free_func (g_free);
  return slice;
}

/**
 * hp_slice_free:
 * @slice: (transfer full) (nullable): a slice
 */
void
hp_slice_free (HpSlice *slice)
{
  if (slice == NULL)
    return;
  g_string_free (slice->text, TRUE);
  g_ptr_array_unref (slice->messages);
  g_free (slice);
}

static const char *
field_text (const HpBlock *block, const HpBlockField *field)
{
  return field->length > 0 ? (const char *) block->text->data + field->offset : "";
}

/* "bad_attribute:sqft" among the row's warnings */
static void
append_code (GString *warnings, gsize row_start, const char *code, const char *field)
{
  if (warnings->len > row_start)
    g_string_append_c (warnings, ';');
  g_string_append (warnings, code);
  if (field != NULL)
    {
      g_string_append_c (warnings, ':');
      g_string_append (warnings, field);
    }
}

/* Only the first few are shown on standard error; JSON lines carry them all. */
static void
add_message (HpSlice *slice, const HpSliceSource *source, char *message)
{
  if (source->job->json || slice->messages->len < HP_SLICE_MESSAGES)
    g_ptr_array_add (slice->messages, message);
  else
    g_free (message);
}

static void
add_bad_cell (HpSlice *slice, const HpSliceSource *source, guint64 line, guint32 column, const char *what)
{
  add_message (slice, source, g_strdup_printf ("%s:%" G_GUINT64_FORMAT ":%u: %s", source->name, line, column, what));
}

/* The attributes of a row into scratch->house; FALSE, with codes and messages, if any is wrong or missing. */
static gboolean
read_house (HpSlice *slice, const HpSliceSource *source, const HpBlock *block, gsize row, HpSliceScratch *scratch)
{
  const HpPreprocessor *pre = hp_predictor_get_preprocessor (source->job->predictor);
  const HpBlockField *fields = block->fields + row * block->n_columns;
  guint n = hp_preprocessor_get_n_attributes (pre);
  gsize start = scratch->warnings->len;
  gboolean good = TRUE;

  if (block->rows[row].broken != NULL)
    {
      append_code (scratch->warnings, start, "bad_data", NULL);
      add_message (slice, source, g_strdup (block->rows[row].broken));
      return FALSE;
    }
  hp_house_clear (scratch->house);
  for (guint i = 0; i < n; i++)
    {
      const HpAttribute *attribute = hp_preprocessor_get_attribute (pre, i);
      const HpBlockField *field = source->columns[i] >= 0 ? fields + source->columns[i] : NULL;
      g_autoptr (GError) error = NULL;

      if (field != NULL
          && !hp_house_set_text (scratch->house, pre, i, field_text (block, field), field->length, &error))
        {
          append_code (scratch->warnings, start, hp_error_code_name (error), attribute->name);
          add_bad_cell (slice, source, block->rows[row].line, field->column, error->message);
          good = FALSE;
        }
      else if (attribute->required && (scratch->house->flags[i] & HP_FLAG_MISSING) != 0
               && !source->job->valuation.impute)
        {
          g_autofree char *what
            = g_strdup_printf (_ ("%s is missing; give it, or fill it in with --impute"), attribute->name);

          append_code (scratch->warnings, start, "bad_attribute", attribute->name);
          add_bad_cell (slice, source, block->rows[row].line, field != NULL ? field->column : 1, what);
          good = FALSE;
        }
    }
  if (source->job->valuation.impute)
    hp_house_impute (scratch->house, pre);
  return good;
}

static void
append_cents (GString *text, double value)
{
  char buffer[HP_NUMBER_BUFFER];

  /* A version without an interval leaves low and high empty. */
  if (!isnan (value))
    g_string_append_len (text, buffer, hp_number_format_cents (buffer, value));
}

/* Three columns; empty where there is no price */
static void
append_prices (GString *text, const HpSliceScratch *scratch, gsize priced)
{
  append_cents (text, scratch->price[priced]);
  g_string_append_c (text, ',');
  append_cents (text, scratch->low[priced]);
  g_string_append_c (text, ',');
  append_cents (text, scratch->high[priced]);
  g_string_append_c (text, ',');
}

static void
write_csv_row (HpSlice *slice, const HpSliceSource *source, const HpBlock *block, gsize row, HpSliceScratch *scratch,
               gsize i, gsize priced)
{
  const HpBlockField *fields = block->fields + row * block->n_columns;
  GString *text = slice->text;
  gsize start = i > 0 ? scratch->warnings_end[i - 1] : 0;

  for (guint c = 0; c < block->n_columns; c++)
    {
      hp_csv_append_field (text, field_text (block, fields + c), fields[c].length, TRUE);
      g_string_append_c (text, ',');
    }
  g_string_truncate (scratch->codes, 0);
  g_string_append_len (scratch->codes, scratch->warnings->str + start, scratch->warnings_end[i] - start);
  if (!scratch->bad[i])
    hp_price_append_warnings (scratch->price[priced], scratch->low[priced], scratch->high[priced], scratch->codes, 0);
  if (scratch->bad[i] || isnan (scratch->price[priced]))
    g_string_append (text, ",,,");
  else
    append_prices (text, scratch, priced);
  g_string_append (text, source->job->version);
  g_string_append_c (text, ',');
  hp_csv_append_field (text, scratch->codes->str, scratch->codes->len, TRUE);
  g_string_append_c (text, '\n');
}

static void
value_csv (HpSlice *slice, const HpSliceSource *source, const HpBlock *block, gsize first, gsize n_rows,
           HpSliceScratch *scratch)
{
  const HpPreprocessor *pre = hp_predictor_get_preprocessor (source->job->predictor);
  gsize n_good = 0;

  g_string_truncate (scratch->warnings, 0);
  for (gsize i = 0; i < n_rows; i++)
    {
      scratch->bad[i] = !read_house (slice, source, block, first + i, scratch);
      if (!scratch->bad[i])
        {
          hp_preprocessor_transform (pre, scratch->house, source->job->valuation.as_of,
                                     scratch->features + n_good++ * scratch->n_features);
          hp_house_append_warnings (scratch->house, pre, source->job->valuation.as_of, scratch->warnings);
        }
      scratch->warnings_end[i] = scratch->warnings->len;
    }
  hp_predictor_prices (source->job->predictor, scratch->features, n_good, source->job->valuation.level, scratch->price,
                       scratch->low, scratch->high);
  n_good = 0;
  for (gsize i = 0; i < n_rows; i++)
    {
      if (scratch->bad[i] && slice->n_bad++ == 0)
        slice->good_text = slice->text->len;
      write_csv_row (slice, source, block, first + i, scratch, i, n_good);
      n_good += !scratch->bad[i];
    }
}

static void
write_json_error (HpJsonWriter *writer, const char *code, const char *field, const char *message, guint64 line)
{
  hp_json_writer_begin_object (writer);
  hp_json_writer_key (writer, "error");
  hp_json_writer_begin_object (writer);
  hp_json_writer_set_string (writer, "code", code);
  if (field != NULL && *field != '\0')
    hp_json_writer_set_string (writer, "field", field);
  hp_json_writer_set_string (writer, "message", message);
  hp_json_writer_set_int (writer, "line", line);
  hp_json_writer_end_object (writer);
  hp_json_writer_end_object (writer);
}

/* The row's error from what read_house() left: the first code and field, and its message */
static void
write_json_bad_row (HpJsonWriter *writer, const HpSlice *slice, guint messages_before, const char *codes, guint64 line)
{
  g_auto (GStrv) parts = g_strsplit (codes, ";", 2);
  char *field = strchr (parts[0], ':');

  if (field != NULL)
    *field++ = '\0';
  write_json_error (writer, parts[0], field, slice->messages->pdata[messages_before], line);
}

/* Writes into a valuation who made it */
static void
sign (HpValuation *valuation, const HpPredictJob *job)
{
  valuation->model = g_strdup (job->model);
  valuation->version = g_strdup (job->version);
}

/* The valuation, or why there is none; the message goes where those of earlier rows end */
static void
write_json_row (HpSlice *slice, const HpSliceSource *source, guint64 line, HpValuation *valuation, const GError *error,
                guint message)
{
  g_autoptr (HpJsonWriter) writer = hp_json_writer_new (FALSE);
  g_autofree char *text = NULL;
  gsize length;

  if (valuation != NULL)
    {
      sign (valuation, source->job);
      hp_valuation_write_json (valuation, writer);
    }
  else
    {
      write_json_error (writer, hp_error_code_name (error), hp_error_get_field (error), error->message, line);
      g_ptr_array_insert (slice->messages, message,
                          g_strdup_printf ("%s:%" G_GUINT64_FORMAT ":1: %s", source->name, line, error->message));
    }
  text = hp_json_writer_steal (writer, &length);
  g_string_append_len (slice->text, text, length);
  g_string_append_c (slice->text, '\n');
}

/* Reads the rows' houses into scratch->houses, one after another without the bad ones, of which it keeps the lines to
 * be written. */
static gsize
read_json_houses (HpSlice *slice, const HpSliceSource *source, const HpBlock *block, gsize first, gsize n_rows,
                  HpSliceScratch *scratch)
{
  const HpPreprocessor *pre = hp_predictor_get_preprocessor (source->job->predictor);
  HpHouse *spare = scratch->house;
  gsize n_good = 0;

  for (gsize i = 0; i < n_rows; i++)
    {
      guint messages_before = slice->messages->len;

      if (scratch->houses[n_good] == NULL)
        scratch->houses[n_good] = hp_house_new (pre);
      scratch->house = scratch->houses[n_good];
      g_string_truncate (scratch->warnings, 0);
      scratch->bad[i] = !read_house (slice, source, block, first + i, scratch);
      if (scratch->bad[i])
        {
          g_autoptr (HpJsonWriter) writer = hp_json_writer_new (FALSE);

          write_json_bad_row (writer, slice, messages_before, scratch->warnings->str, block->rows[first + i].line);
          scratch->bad_lines[i] = hp_json_writer_steal (writer, NULL);
        }
      else
        n_good++;
      scratch->messages_end[i] = slice->messages->len;
    }
  scratch->house = spare;
  return n_good;
}

static void
value_json (HpSlice *slice, const HpSliceSource *source, const HpBlock *block, gsize first, gsize n_rows,
            HpSliceScratch *scratch)
{
  g_autofree HpValuation **valuations = g_new0 (HpValuation *, HP_SLICE_ROWS);
  g_autofree GError **errors = g_new0 (GError *, HP_SLICE_ROWS);
  gsize n_good = read_json_houses (slice, source, block, first, n_rows, scratch);
  guint n_refused = 0;

  hp_predictor_value_many (source->job->predictor, scratch->houses, n_good, &source->job->valuation, valuations,
                           errors);
  n_good = 0;
  for (gsize i = 0; i < n_rows; i++)
    {
      gboolean bad = scratch->bad[i] || valuations[n_good] == NULL;

      if (bad && slice->n_bad++ == 0)
        slice->good_text = slice->text->len;
      if (scratch->bad[i])
        {
          g_string_append (slice->text, scratch->bad_lines[i]);
          g_string_append_c (slice->text, '\n');
          g_clear_pointer (&scratch->bad_lines[i], g_free);
        }
      else
        {
          write_json_row (slice, source, block->rows[first + i].line, valuations[n_good], errors[n_good],
                          scratch->messages_end[i] + n_refused);
          n_refused += valuations[n_good] == NULL;
          g_clear_pointer (&valuations[n_good], hp_valuation_free);
          g_clear_error (&errors[n_good]);
          n_good++;
        }
    }
}

/**
 * hp_slice_value:
 * @slice: receives the lines, in place of what it held
 * @source: where attributes stand and what is asked for
 * @block: records
 * @first: the first of them
 * @n_rows: how many, at most %HP_SLICE_ROWS
 * @scratch: this worker's memory
 */
void
hp_slice_value (HpSlice *slice, const HpSliceSource *source, const HpBlock *block, gsize first, gsize n_rows,
                HpSliceScratch *scratch)
{
  g_string_truncate (slice->text, 0);
  g_ptr_array_set_size (slice->messages, 0);
  slice->n_bad = 0;
  (source->job->json ? value_json : value_csv) (slice, source, block, first, n_rows, scratch);
}
