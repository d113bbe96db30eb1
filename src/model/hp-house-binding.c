/* hp-house-binding.c - houses from the rows of a table
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>
#include <string.h>

#include "hp-preprocessor-private.h"
#include "hp-text.h"

typedef struct
{
  const HpColumn *column; /* (nullable) */
  double *raw;            /* (nullable) of each level */
  guint8 *flags;          /* (nullable) of each level */
  gboolean direct;        /* the column's numbers are the raw values */
} Source;

struct _HpHouseBinding
{
  HpPreprocessor *pre;
  guint n;
  Source *sources;
};

static const HpColumn *
find_column (const HpTable *table, const char *name)
{
  const HpColumn *column = hp_table_get_column (table, name);
  g_autofree char *key = NULL;

  if (column != NULL)
    return column;
  key = hp_text_key (name, -1);
  for (guint c = 0; c < table->columns->len; c++)
    {
      const HpColumn *other = g_ptr_array_index (table->columns, c);
      g_autofree char *other_key = hp_text_key (other->name, -1);

      if (strcmp (key, other_key) == 0)
        return other;
    }
  return NULL;
}

/**
 * hp_house_binding_new:
 * @pre: a preprocessor
 * @table: a table; it must outlive the binding
 *
 * Finds the attributes among the table's columns (by name, else by a name that differs only in case and white space)
 * and translates the table's categories, once for all rows. A column of another type than the attribute is read as its
 * text would be.
 *
 * Returns: (transfer full): the binding
 */
HpHouseBinding *
hp_house_binding_new (const HpPreprocessor *pre, const HpTable *table)
{
  HpHouseBinding *binding = g_new0 (HpHouseBinding, 1);
  g_autoptr (HpHouse) house = hp_house_new (pre);

  binding->pre = hp_preprocessor_ref ((HpPreprocessor *) pre);
  binding->n = pre->inputs->len;
  binding->sources = g_new0 (Source, binding->n + 1);
  for (guint i = 0; i < binding->n; i++)
    {
      const HpAttribute *attribute = &_hp_preprocessor_input (pre, i)->attribute;
      Source *source = &binding->sources[i];

      source->column = find_column (table, attribute->name);
      if (source->column == NULL)
        continue;
      if (source->column->numbers != NULL)
        {
          gboolean is_date = source->column->type == HP_COLUMN_DATE;

          source->direct = attribute->type != HP_COLUMN_CATEGORY && is_date == (attribute->type == HP_COLUMN_DATE);
          continue;
        }
      source->raw = g_new (double, source->column->levels->len + 1);
      source->flags = g_new (guint8, source->column->levels->len + 1);
      for (guint l = 0; l < source->column->levels->len; l++)
        {
          const char *level = g_ptr_array_index (source->column->levels, l);

          /* What can't be used is missing: the table's reader has reported it. */
          hp_house_set_text (house, pre, i, level, strlen (level), NULL);
          source->raw[l] = house->raw[i];
          source->flags[l] = house->flags[i];
        }
    }
  return binding;
}

/**
 * hp_house_binding_free:
 * @binding: (transfer full) (nullable): a binding
 */
void
hp_house_binding_free (HpHouseBinding *binding)
{
  if (binding == NULL)
    return;
  for (guint i = 0; i < binding->n; i++)
    {
      g_free (binding->sources[i].raw);
      g_free (binding->sources[i].flags);
    }
  g_free (binding->sources);
  hp_preprocessor_unref (binding->pre);
  g_free (binding);
}

/* One attribute of a row */
void
_hp_house_set_cell (HpHouse *house, const HpHouseBinding *binding, guint i, gsize row)
{
  const Source *source = &binding->sources[i];
  double raw = NAN;

  if (source->column != NULL && source->raw != NULL)
    {
      gint32 code = source->column->codes[row];

      if (code >= 0 && source->flags[code] & HP_FLAG_UNSEEN)
        {
          const char *level = g_ptr_array_index (source->column->levels, code);

          hp_house_set_text (house, binding->pre, i, level, strlen (level), NULL);
          return;
        }
      if (code >= 0)
        raw = source->raw[code];
    }
  else if (source->column != NULL && source->direct)
    raw = source->column->numbers[row];
  else if (source->column != NULL)
    {
      hp_house_set_number (house, binding->pre, i, source->column->numbers[row], NULL);
      return;
    }
  _hp_house_set_raw (house, binding->pre, i, raw);
}

/**
 * hp_house_set_row:
 * @house: a house of the binding's preprocessor
 * @binding: a binding
 * @row: a row of its table
 *
 * Sets all attributes from a row. Columns that the table lacks are missing. A number outside the schema's limits (which
 * the table's reader has reported) is kept and flagged as out of range.
 */
void
hp_house_set_row (HpHouse *house, const HpHouseBinding *binding, gsize row)
{
  for (guint i = 0; i < binding->n; i++)
    _hp_house_set_cell (house, binding, i, row);
}
