/* hp-preprocessor-json.c - preprocessor.json: writing
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "hp-json.h"
#include "hp-preprocessor-json.h"

const char *const _hp_encoding_names[] = { "ordered", "one_hot", "coded" };
const char *const _hp_feature_kind_names[] = { "number", "category", "one_hot", "age", "ratio", "months" };
const char *const _hp_place_names[HP_N_PLACES] = { "id", "group", "address", "latitude", "longitude" };

static void
set_date (HpJsonWriter *writer, const char *key, HpDate date)
{
  char buffer[HP_DATE_BUFFER];

  if (date != 0)
    hp_date_format (buffer, date);
  hp_json_writer_set_string (writer, key, date != 0 ? buffer : NULL);
}

/* A number, or a date as people write it; what is not finite is null */
static void
write_value (HpJsonWriter *writer, const HpAttribute *attribute, double value)
{
  char buffer[HP_DATE_BUFFER];

  if (attribute->type != HP_COLUMN_DATE || !isfinite (value) || value == 0)
    {
      hp_json_writer_double (writer, value);
      return;
    }
  hp_date_format (buffer, (HpDate) value);
  hp_json_writer_string (writer, buffer);
}

/* The columns that say which property a house is, and where */
static void
write_places (HpJsonWriter *writer, const HpPreprocessor *pre)
{
  gboolean begun = FALSE;

  for (guint p = 0; p < HP_N_PLACES; p++)
    {
      if (pre->place_columns[p] == NULL)
        continue;
      if (!begun)
        {
          hp_json_writer_key (writer, "roles");
          hp_json_writer_begin_object (writer);
          begun = TRUE;
        }
      hp_json_writer_set_string (writer, _hp_place_names[p], pre->place_columns[p]);
    }
  if (begun)
    hp_json_writer_end_object (writer);
}

static void
write_range (HpJsonWriter *writer, const char *key, const HpAttribute *attribute, double min, double max)
{
  hp_json_writer_key (writer, key);
  hp_json_writer_begin_array (writer);
  write_value (writer, attribute, min);
  write_value (writer, attribute, max);
  hp_json_writer_end_array (writer);
}

static void
write_input (HpJsonWriter *writer, const HpInput *input)
{
  const HpAttribute *attribute = &input->attribute;

  hp_json_writer_begin_object (writer);
  hp_json_writer_set_string (writer, "name", attribute->name);
  hp_json_writer_set_string (writer, "label", attribute->label);
  if (attribute->unit != NULL)
    hp_json_writer_set_string (writer, "unit", attribute->unit);
  hp_json_writer_set_string (writer, "type", hp_column_type_name (attribute->type));
  hp_json_writer_set_boolean (writer, "required", attribute->required);
  if (attribute->is_effective_date)
    hp_json_writer_set_boolean (writer, "effective_date", TRUE);
  write_range (writer, "allowed", attribute, attribute->min, attribute->max);
  write_range (writer, "seen", attribute, attribute->seen_min, attribute->seen_max);
  hp_json_writer_key (writer, "impute");
  write_value (writer, attribute, attribute->impute);
  if (attribute->type == HP_COLUMN_CATEGORY)
    {
      hp_json_writer_set_boolean (writer, "ordered", input->ordered);
      hp_json_writer_key (writer, "choices");
      hp_json_writer_begin_array (writer);
      for (guint c = 0; c < input->n_choices; c++)
        hp_json_writer_string (writer, attribute->choices[c]);
      hp_json_writer_end_array (writer);
      hp_json_writer_key (writer, "counts");
      hp_json_writer_begin_array (writer);
      for (guint c = 0; c < input->n_choices; c++)
        hp_json_writer_int (writer, attribute->choice_counts[c]);
      hp_json_writer_end_array (writer);
    }
  if (input->ranks != NULL)
    {
      hp_json_writer_key (writer, "ranks");
      hp_json_writer_begin_array (writer);
      for (guint c = 0; c < input->n_choices; c++)
        hp_json_writer_double (writer, input->ranks[c]);
      hp_json_writer_end_array (writer);
      hp_json_writer_set_double (writer, "unseen_rank", input->unseen_rank);
    }
  if (input->column_of != NULL)
    {
      hp_json_writer_key (writer, "column_of");
      hp_json_writer_begin_array (writer);
      for (guint c = 0; c < input->n_choices; c++)
        hp_json_writer_int (writer, input->column_of[c]);
      hp_json_writer_end_array (writer);
    }
  hp_json_writer_end_object (writer);
}

static void
write_named (HpJsonWriter *writer, const HpPreprocessor *pre, const HpNamed *named)
{
  hp_json_writer_begin_object (writer);
  hp_json_writer_set_string (writer, "name", named->name);
  hp_json_writer_set_string (writer, "kind", _hp_feature_kind_names[named->kind]);
  hp_json_writer_set_string (writer, "a", _hp_preprocessor_input (pre, named->a)->attribute.name);
  if (named->b >= 0)
    hp_json_writer_set_string (writer, "b", _hp_preprocessor_input (pre, named->b)->attribute.name);
  if (named->monotone != 0)
    hp_json_writer_set_int (writer, "monotone", named->monotone);
  if (pre->encoding == HP_ENCODING_ONE_HOT)
    {
      hp_json_writer_set_double (writer, "impute", named->impute);
      hp_json_writer_key (writer, "columns");
      hp_json_writer_begin_array (writer);
      for (guint j = 0; j < named->n_columns; j++)
        {
          const HpModelColumn *column = &g_array_index (pre->columns, HpModelColumn, named->first + j);

          hp_json_writer_begin_object (writer);
          hp_json_writer_set_string (writer, "name", column->name);
          hp_json_writer_set_double (writer, "centre", column->centre);
          hp_json_writer_set_double (writer, "scale", column->scale);
          hp_json_writer_end_object (writer);
        }
      hp_json_writer_end_array (writer);
    }
  hp_json_writer_end_object (writer);
}

/**
 * hp_preprocessor_to_json:
 * @pre: a preprocessor
 * @length: (out) (optional): bytes of the text
 *
 * Returns: (transfer full): all that a prediction needs of it, as text; the same preprocessor always gives the same
 * bytes
 */
char *
hp_preprocessor_to_json (const HpPreprocessor *pre, gsize *length)
{
  g_autoptr (HpJsonWriter) writer = hp_json_writer_new (TRUE);

  hp_json_writer_begin_object (writer);
  hp_json_writer_set_int (writer, "format",
                          pre->encoding == HP_ENCODING_CODED ? HP_PREPROCESSOR_FORMAT : HP_PREPROCESSOR_PLAIN_FORMAT);
  hp_json_writer_set_string (writer, "encoding", _hp_encoding_names[pre->encoding]);
  hp_json_writer_set_string (writer, "target", pre->target);
  hp_json_writer_set_string (writer, "currency", pre->currency);
  hp_json_writer_set_string (writer, "date_column", pre->date_column);
  write_places (writer, pre);
  set_date (writer, "reference_date", pre->reference_date);
  set_date (writer, "newest_sale", pre->newest_sale);
  hp_json_writer_key (writer, "attributes");
  hp_json_writer_begin_array (writer);
  for (guint i = 0; i < pre->inputs->len; i++)
    write_input (writer, _hp_preprocessor_input (pre, i));
  hp_json_writer_end_array (writer);
  hp_json_writer_key (writer, "features");
  hp_json_writer_begin_array (writer);
  for (guint k = 0; k < pre->named->len; k++)
    write_named (writer, pre, _hp_preprocessor_named (pre, k));
  hp_json_writer_end_array (writer);
  hp_json_writer_end_object (writer);
  return hp_json_writer_steal (writer, length);
}
