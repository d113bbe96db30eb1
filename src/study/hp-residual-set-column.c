/* hp-residual-set-column.c - a column of a file becomes an attribute of a set
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>
#include <string.h>

#include "hp-interner.h"
#include "hp-number.h"
#include "hp-residual-set-private.h"

struct _HpSetReader
{
  char *name;
  const HpSchemaColumn *spec; /* (nullable) */
  GArray *numbers;            /* of double: values, or codes of the interner */
  HpInterner *interner;       /* (nullable) */
};

/* A code with leading zeros is a name, not a number. */
static gboolean
is_code (const char *text)
{
  return text[0] == '0' && g_ascii_isdigit (text[1]);
}

static double
parse (HpSetColumnKind kind, const char *text, gsize length)
{
  double number;
  HpDate date;

  if (kind == HP_SET_DATE)
    return hp_date_parse (text, length, &date) ? hp_date_to_months (date) : NAN;
  return hp_number_parse (text, length, &number) ? number : NAN;
}

HpSetReader *
_hp_set_reader_new (const char *name, const HpSchemaColumn *spec)
{
  HpSetReader *reader = g_new0 (HpSetReader, 1);

  reader->name = g_strdup (name);
  reader->spec = spec;
  reader->numbers = g_array_new (FALSE, FALSE, sizeof (double));
  if (spec == NULL || _hp_set_kind (spec->type) == HP_SET_CATEGORY)
    reader->interner = _hp_interner_new ();
  return reader;
}

void
_hp_set_reader_free (gpointer data)
{
  HpSetReader *reader = data;

  if (reader == NULL)
    return;
  g_free (reader->name);
  g_array_unref (reader->numbers);
  g_clear_pointer (&reader->interner, _hp_interner_free);
  g_free (reader);
}

void
_hp_set_reader_add (HpSetReader *reader, const HpCsvField *field)
{
  const char *text = field->text != NULL ? field->text : "";
  double value = NAN;

  if (!hp_csv_is_missing (text, field->length))
    value = reader->interner != NULL ? _hp_interner_add (reader->interner, text, field->length)
                                     : parse (_hp_set_kind (reader->spec->type), text, field->length);
  g_array_append_val (reader->numbers, value);
}

/* What all of the texts are: numbers, dates, or just texts */
static HpSetColumnKind
guess_kind (const GPtrArray *levels)
{
  gboolean numbers = levels->len > 0, dates = levels->len > 0;

  for (guint i = 0; i < levels->len && (numbers || dates); i++)
    {
      const char *text = levels->pdata[i];
      gsize length = strlen (text);

      numbers = numbers && !is_code (text) && !isnan (parse (HP_SET_NUMBER, text, length));
      dates = dates && !isnan (parse (HP_SET_DATE, text, length));
    }
  return numbers ? HP_SET_NUMBER : dates ? HP_SET_DATE : HP_SET_CATEGORY;
}

static void
convert_levels (HpSetColumn *column, const GPtrArray *levels, gsize n)
{
  g_autofree double *values = g_new (double, MAX (levels->len, 1));

  for (guint i = 0; i < levels->len; i++)
    values[i] = parse (column->kind, levels->pdata[i], strlen (levels->pdata[i]));
  for (gsize i = 0; i < n; i++)
    if (!isnan (column->numbers[i]))
      column->numbers[i] = values[(guint) column->numbers[i]];
}

void
_hp_set_reader_finish (HpSetReader *reader, HpResidualSet *set, const HpSchema *schema)
{
  GPtrArray *levels = reader->interner != NULL ? _hp_interner_levels (reader->interner) : NULL;
  HpSetColumnKind kind;
  HpSetColumn *column;

  g_assert (reader->numbers->len == set->n && (levels != NULL || reader->spec != NULL));
  kind = reader->spec != NULL ? _hp_set_kind (reader->spec->type) : guess_kind (levels);
  column = _hp_residual_set_add_column (set, reader->name, kind, schema);
  column->numbers = g_new (double, MAX (set->n, 1));
  for (gsize i = 0; i < set->n; i++)
    column->numbers[i] = g_array_index (reader->numbers, double, i);
  if (kind == HP_SET_CATEGORY)
    _hp_set_column_set_levels (column, levels, reader->spec, set->n);
  else if (levels != NULL)
    convert_levels (column, levels, set->n);
}
