/* hp-house-text.c - a house as names and texts: kept to be put back, or taken from a sale
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "hp-attribute-text.h"
#include "hp-house-text.h"
#include "hp-number.h"
#include "hp-number-text.h"

/**
 * hp_house_text_keep:
 * @form: a form
 *
 * Returns: (transfer floating): its house, names and texts
 */
GVariant *
hp_house_text_keep (HpForm *form)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE (HP_HOUSE_TEXT_TYPE));
  for (guint i = 0; i < hp_form_get_n_fields (form); i++)
    g_variant_builder_add (&builder, "(ss)", hp_form_get_attribute (form, i)->name, hp_form_get_text (form, i));
  return g_variant_builder_end (&builder);
}

/**
 * hp_house_text_sale:
 * @set: sales
 * @index: one of them
 *
 * Returns: (transfer floating): what is known of its house, names and texts
 */
GVariant *
hp_house_text_sale (const HpResidualSet *set, gsize index)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE (HP_HOUSE_TEXT_TYPE));
  for (guint i = 0; i < set->columns->len; i++)
    {
      const HpSetColumn *column = set->columns->pdata[i];
      g_autofree char *text = hp_house_text_plain (column, column->numbers[index]);

      g_variant_builder_add (&builder, "(ss)", column->name, text);
    }
  return g_variant_builder_end (&builder);
}

/**
 * hp_house_text_put:
 * @form: a form
 * @house: names and texts; those that the form has no field for are left out
 */
void
hp_house_text_put (HpForm *form, GVariant *house)
{
  const char *name, *text;
  GVariantIter iter;

  g_variant_iter_init (&iter, house);
  while (g_variant_iter_next (&iter, "(&s&s)", &name, &text))
    for (guint i = 0; i < hp_form_get_n_fields (form); i++)
      if (g_str_equal (hp_form_get_attribute (form, i)->name, name))
        hp_form_set_text (form, i, text);
}

/**
 * hp_house_text_plain:
 * @column: an attribute of sales
 * @value: one of its values
 *
 * Returns: (transfer full): the value as a form or a data file writes it; empty if it is missing
 */
char *
hp_house_text_plain (const HpSetColumn *column, double value)
{
  if (!isfinite (value))
    return g_strdup ("");
  switch (column->kind)
    {
    case HP_SET_CATEGORY:
      return g_strdup (value >= 0 && value < column->n_levels ? column->levels[(guint) value] : "");
    case HP_SET_DATE:
      return g_strdup_printf ("%04d-%02d", (int) floor (value / 12), (int) floor (value) % 12 + 1);
    case HP_SET_NUMBER:
      break;
    }
  return hp_number_text_plain (value);
}

/* Years have no separators: whole numbers without a unit are told as such */
static HpColumnType
type_of (const HpSetColumn *column, double value)
{
  switch (column->kind)
    {
    case HP_SET_CATEGORY:
      return HP_COLUMN_CATEGORY;
    case HP_SET_DATE:
      return HP_COLUMN_DATE;
    case HP_SET_NUMBER:
      break;
    }
  return value == rint (value) ? HP_COLUMN_INTEGER : HP_COLUMN_NUMBER;
}

/**
 * hp_house_text_shown:
 * @column: an attribute of sales
 * @value: one of its values
 *
 * Returns: (transfer full): the value as people read it; a dash if it is missing
 */
char *
hp_house_text_shown (const HpSetColumn *column, double value)
{
  HpAttribute attribute = { .unit = column->unit, .type = type_of (column, value) };
  g_autofree char *plain = hp_house_text_plain (column, value);

  return hp_attribute_text_value (&attribute, plain);
}
