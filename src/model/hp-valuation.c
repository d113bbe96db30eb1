/* hp-valuation.c - what comes back: its life and its JSON
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>
#include <stdarg.h>
#include <string.h>

#include "hp-number.h"
#include "hp-predictor-private.h"
#include "hp-sales-private.h"

static void
contribution_free (gpointer data)
{
  HpContribution *contribution = data;

  g_free (contribution->feature);
  g_free (contribution->value);
  g_free (contribution);
}

static void
comparable_free (gpointer data)
{
  HpComparable *comparable = data;

  g_free (comparable->sale_date);
  g_clear_pointer (&comparable->names, g_ptr_array_unref);
  g_clear_pointer (&comparable->values, g_ptr_array_unref);
  g_clear_pointer (&comparable->numeric, g_array_unref);
  g_clear_pointer (&comparable->differs, g_ptr_array_unref);
  g_free (comparable);
}

static void
warning_free (gpointer data)
{
  HpWarning *warning = data;

  g_free (warning->code);
  g_free (warning->field);
  g_free (warning->message);
  g_free (warning);
}

GPtrArray *
_hp_comparables_new (void)
{
  return g_ptr_array_new_with_free_func (comparable_free);
}

HpValuation *
_hp_valuation_new (void)
{
  HpValuation *valuation = g_new0 (HpValuation, 1);

  valuation->contributions = g_ptr_array_new_with_free_func (contribution_free);
  valuation->comparables = _hp_comparables_new ();
  valuation->warnings = g_ptr_array_new_with_free_func (warning_free);
  return valuation;
}

/**
 * hp_valuation_free:
 * @valuation: (transfer full) (nullable): a valuation
 */
void
hp_valuation_free (HpValuation *valuation)
{
  if (valuation == NULL)
    return;
  g_free (valuation->model);
  g_free (valuation->version);
  g_free (valuation->source);
  g_free (valuation->currency);
  g_ptr_array_unref (valuation->contributions);
  g_ptr_array_unref (valuation->comparables);
  g_ptr_array_unref (valuation->warnings);
  g_free (valuation);
}

/**
 * hp_valuation_add_warning:
 * @valuation: a valuation
 * @code: what kind of warning, one of those in `hp-valuation.h`
 * @field: (nullable): the attribute it is about
 * @format: the message for people, as for printf()
 * @...: its arguments
 */
void
hp_valuation_add_warning (HpValuation *valuation, const char *code, const char *field, const char *format, ...)
{
  HpWarning *warning = g_new0 (HpWarning, 1);
  va_list args;

  warning->code = g_strdup (code);
  warning->field = g_strdup (field);
  va_start (args, format);
  warning->message = g_strdup_vprintf (format, args);
  va_end (args);
  g_ptr_array_add (valuation->warnings, warning);
}

/* A number as a number, anything else as text; NULL is null */
static void
write_value (HpJsonWriter *writer, const char *value, gboolean is_number)
{
  double number;

  if (is_number && value != NULL && hp_number_parse (value, strlen (value), &number))
    hp_json_writer_double (writer, number);
  else
    hp_json_writer_string (writer, value);
}

static void
write_contributions (HpJsonWriter *writer, const HpValuation *valuation)
{
  hp_json_writer_set_double (writer, "base_price", valuation->base_price);
  hp_json_writer_key (writer, "contributions");
  hp_json_writer_begin_array (writer);
  for (guint i = 0; i < valuation->contributions->len; i++)
    {
      const HpContribution *contribution = g_ptr_array_index (valuation->contributions, i);

      hp_json_writer_begin_object (writer);
      hp_json_writer_set_string (writer, "feature", contribution->feature);
      hp_json_writer_key (writer, "value");
      if (contribution->is_number)
        hp_json_writer_double (writer, contribution->number);
      else
        hp_json_writer_string (writer, contribution->value);
      hp_json_writer_set_double (writer, "amount", contribution->amount);
      hp_json_writer_end_object (writer);
    }
  hp_json_writer_end_array (writer);
}

static void
write_differs (HpJsonWriter *writer, const GPtrArray *differs)
{
  hp_json_writer_key (writer, "differs");
  hp_json_writer_begin_array (writer);
  for (guint i = 0; i < differs->len; i++)
    hp_json_writer_string (writer, g_ptr_array_index (differs, i));
  hp_json_writer_end_array (writer);
}

static void
write_comparables (HpJsonWriter *writer, const HpValuation *valuation)
{
  hp_json_writer_key (writer, "comparables");
  hp_json_writer_begin_array (writer);
  for (guint i = 0; i < valuation->comparables->len; i++)
    {
      const HpComparable *comparable = g_ptr_array_index (valuation->comparables, i);

      hp_json_writer_begin_object (writer);
      hp_json_writer_set_int (writer, "row", comparable->row);
      hp_json_writer_set_double (writer, "similarity", comparable->similarity);
      hp_json_writer_set_double (writer, "price", comparable->price);
      if (comparable->sale_date != NULL)
        hp_json_writer_set_string (writer, "sale_date", comparable->sale_date);
      if (!isnan (comparable->adjusted_price))
        hp_json_writer_set_double (writer, "adjusted_price", comparable->adjusted_price);
      if (!isnan (comparable->distance_km))
        hp_json_writer_set_double (writer, "distance_km", comparable->distance_km);
      if (comparable->repeat_sale)
        hp_json_writer_set_boolean (writer, "repeat_sale", TRUE);
      if (comparable->differs != NULL)
        write_differs (writer, comparable->differs);
      hp_json_writer_key (writer, "attributes");
      hp_json_writer_begin_object (writer);
      for (guint a = 0; a < comparable->names->len; a++)
        {
          gboolean numeric = comparable->numeric != NULL && g_array_index (comparable->numeric, gboolean, a);

          hp_json_writer_key (writer, g_ptr_array_index (comparable->names, a));
          write_value (writer, g_ptr_array_index (comparable->values, a), numeric);
        }
      hp_json_writer_end_object (writer);
      hp_json_writer_end_object (writer);
    }
  hp_json_writer_end_array (writer);
}

/**
 * hp_valuation_write_warnings:
 * @valuation: a valuation
 * @writer: a writer that stands where a value may begin
 *
 * Writes the array of warnings that is in every answer.
 */
void
hp_valuation_write_warnings (const HpValuation *valuation, HpJsonWriter *writer)
{
  hp_json_writer_begin_array (writer);
  for (guint i = 0; i < valuation->warnings->len; i++)
    {
      const HpWarning *warning = g_ptr_array_index (valuation->warnings, i);

      hp_json_writer_begin_object (writer);
      hp_json_writer_set_string (writer, "code", warning->code);
      if (warning->field != NULL)
        hp_json_writer_set_string (writer, "field", warning->field);
      hp_json_writer_set_string (writer, "message", warning->message);
      hp_json_writer_end_object (writer);
    }
  hp_json_writer_end_array (writer);
}

/**
 * hp_valuation_write_json:
 * @valuation: a valuation
 * @writer: a writer that stands where a value may begin
 *
 * Writes what `predict --json` shows. `base_price` and `contributions` are there only if they were asked for.
 */
void
hp_valuation_write_json (const HpValuation *valuation, HpJsonWriter *writer)
{
  hp_json_writer_begin_object (writer);
  hp_json_writer_set_string (writer, "model", valuation->model);
  hp_json_writer_set_string (writer, "version", valuation->version);
  hp_json_writer_set_string (writer, "source", valuation->source);
  hp_json_writer_set_string (writer, "currency", valuation->currency);
  hp_json_writer_set_double (writer, "predicted_price", valuation->predicted_price);
  hp_json_writer_key (writer, "interval");
  hp_json_writer_begin_object (writer);
  hp_json_writer_set_double (writer, "level", valuation->level);
  hp_json_writer_set_double (writer, "low", valuation->low);
  hp_json_writer_set_double (writer, "high", valuation->high);
  hp_json_writer_end_object (writer);
  hp_json_writer_key (writer, "confidence");
  hp_json_writer_begin_object (writer);
  hp_json_writer_set_double (writer, "fsd", valuation->fsd);
  hp_json_writer_set_double (writer, "within_10_percent", valuation->within_10_percent);
  hp_json_writer_end_object (writer);
  if (valuation->explained)
    write_contributions (writer, valuation);
  write_comparables (writer, valuation);
  hp_json_writer_key (writer, "warnings");
  hp_valuation_write_warnings (valuation, writer);
  hp_json_writer_end_object (writer);
}
