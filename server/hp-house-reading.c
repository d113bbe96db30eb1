/* hp-house-reading.c - a house out of JSON, with all that is wrong with it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "hp-error.h"
#include "hp-house-reading.h"
#include "hp-text.h"

/* As much of a member's name as is shown */
#define SHOWN_CHARS 60

/**
 * hp_house_reading_new:
 * @model: the version whose houses are read; it has to outlive the reading
 *
 * Returns: (transfer full): a reading that can be used for one house after the other
 */
HpHouseReading *
hp_house_reading_new (const HpServerModel *model)
{
  HpHouseReading *reading = g_new0 (HpHouseReading, 1);

  reading->model = model;
  reading->house = hp_house_new (model->pre);
  reading->given = g_new0 (guint8, reading->house->n + 1);
  reading->unknown = g_ptr_array_new_with_free_func (g_free);
  hp_problem_init (&reading->problem);
  return reading;
}

/**
 * hp_house_reading_free:
 * @reading: (transfer full) (nullable): a reading
 */
void
hp_house_reading_free (HpHouseReading *reading)
{
  if (reading == NULL)
    return;
  hp_house_free (reading->house);
  g_free (reading->given);
  g_ptr_array_unref (reading->unknown);
  hp_problem_clear (&reading->problem);
  g_free (reading);
}

static void
reset (HpHouseReading *reading)
{
  hp_house_clear (reading->house);
  memset (reading->given, 0, reading->house->n);
  g_ptr_array_set_size (reading->unknown, 0);
  reading->n_unknown = 0;
  hp_problem_clear (&reading->problem);
}

static const char *
describe_type (const HpAttribute *attribute)
{
  switch (attribute->type)
    {
    case HP_COLUMN_INTEGER:
      return _ ("a whole number");
    case HP_COLUMN_NUMBER:
      return _ ("a number");
    case HP_COLUMN_DATE:
      return _ ("a date (YYYY, YYYY-MM or YYYY-MM-DD)");
    default:
      return _ ("text");
    }
}

/* One attribute's value: FALSE only if the reader failed */
static gboolean
read_value (HpHouseReading *reading, HpJsonReader *reader, guint i)
{
  const HpAttribute *attribute = hp_description_get_attribute (reading->model->description, i);
  g_autoptr (GError) error = NULL;
  const char *text;
  double number;
  gboolean ok = TRUE;

  switch (hp_json_reader_peek (reader))
    {
    case 'n':
      if (!hp_json_reader_number (reader, &number))
        return FALSE;
      ok = hp_house_set_number (reading->house, reading->model->pre, i, number, &error);
      break;
    case 's':
      if (!hp_json_reader_string (reader, &text))
        return FALSE;
      ok = hp_house_set_text (reading->house, reading->model->pre, i, text, strlen (text), &error);
      break;
    case 'z':
      return hp_json_reader_skip (reader); /* null: missing, as it is already */
    default:
      if (!hp_json_reader_skip (reader))
        return FALSE;
      hp_problem_add_error (&reading->problem, attribute->name, "wrong_type", attribute, _ ("%s: not %s"),
                            attribute->name, describe_type (attribute));
      return TRUE;
    }
  if (!ok)
    hp_problem_add_error (&reading->problem, attribute->name, "not_allowed", attribute, "%s", error->message);
  return TRUE;
}

static gboolean
read_member (HpHouseReading *reading, HpJsonReader *reader, const char *key)
{
  int i = hp_server_model_find (reading->model, key);

  if (i < 0)
    {
      if (++reading->n_unknown <= HP_HOUSE_MAX_UNKNOWN)
        g_ptr_array_add (reading->unknown, hp_text_printable (key, -1, SHOWN_CHARS));
      return hp_json_reader_skip (reader);
    }
  if (reading->given[i])
    {
      const HpAttribute *attribute = hp_description_get_attribute (reading->model->description, i);

      hp_problem_add_error (&reading->problem, attribute->name, "given_twice", NULL,
                            _ ("%s: given twice; give it once"), attribute->name);
      return hp_json_reader_skip (reader);
    }
  reading->given[i] = TRUE;
  return read_value (reading, reader, i);
}

/* What was given and refused is not missing as well */
static gboolean
has_error (const HpHouseReading *reading, const char *field)
{
  for (guint i = 0; reading->problem.errors != NULL && i < reading->problem.errors->len; i++)
    if (strcmp (((HpFieldError *) g_ptr_array_index (reading->problem.errors, i))->field, field) == 0)
      return TRUE;
  return FALSE;
}

static void
add_missing (HpHouseReading *reading)
{
  const HpHouse *house = reading->house;

  for (guint i = 0; i < house->n; i++)
    {
      const HpAttribute *attribute = hp_description_get_attribute (reading->model->description, i);

      if (attribute->required && (house->flags[i] & HP_FLAG_MISSING) != 0
          && !(reading->given[i] && has_error (reading, attribute->name)))
        hp_problem_add_error (&reading->problem, attribute->name, "missing", attribute, _ ("%s: missing"),
                              attribute->name);
    }
}

/**
 * hp_house_reading_read:
 * @reading: a reading; what it held is forgotten
 * @reader: a reader before the house
 * @impute: whether missing attributes will be filled in
 *
 * Reads a house. What is wrong with its attributes goes to the reading's problem, all of it at once.
 *
 * Returns: whether there was an object
 */
gboolean
hp_house_reading_read (HpHouseReading *reading, HpJsonReader *reader, gboolean impute)
{
  const char *key;

  reset (reading);
  if (!hp_json_reader_begin_object (reader))
    return FALSE;
  while (hp_json_reader_next_member (reader, &key))
    if (!read_member (reading, reader, key))
      return FALSE;
  if (hp_json_reader_failed (reader))
    return FALSE;
  if (!impute)
    add_missing (reading);
  hp_problem_conclude (&reading->problem);
  return TRUE;
}

/**
 * hp_house_reading_warn:
 * @reading: a reading
 * @valuation: the house's valuation
 *
 * Adds a warning for each member that is no attribute, up to a number.
 */
void
hp_house_reading_warn (const HpHouseReading *reading, HpValuation *valuation)
{
  const HpDescription *description = reading->model->description;
  g_autoptr (GPtrArray) names = NULL;

  if (reading->n_unknown == 0)
    return;
  names = g_ptr_array_new ();
  for (guint i = 0; i < description->attributes->len; i++)
    g_ptr_array_add (names, hp_description_get_attribute (description, i)->name);
  g_ptr_array_add (names, NULL);
  for (guint i = 0; i < reading->unknown->len; i++)
    {
      const char *name = g_ptr_array_index (reading->unknown, i);
      const char *near_name = hp_text_suggest (name, (const char *const *) names->pdata);

      if (g_ascii_strcasecmp (name, description->target) == 0)
        hp_valuation_add_warning (valuation, "unknown_attribute", name, _ ("%s: this is what is valued; ignored"),
                                  name);
      else if (near_name != NULL)
        hp_valuation_add_warning (valuation, "unknown_attribute", name,
                                  _ ("%s: the model has no such attribute; did you mean %s?"), name, near_name);
      else
        hp_valuation_add_warning (valuation, "unknown_attribute", name, _ ("%s: the model has no such attribute"),
                                  name);
    }
  if (reading->n_unknown > reading->unknown->len)
    hp_valuation_add_warning (valuation, "unknown_attribute", NULL,
                              g_dngettext (GETTEXT_PACKAGE, "and %u more member that is no attribute",
                                           "and %u more members that are no attributes",
                                           reading->n_unknown - reading->unknown->len),
                              reading->n_unknown - reading->unknown->len);
}
