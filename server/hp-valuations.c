/* hp-valuations.c - many houses out of one body, and what they are worth, a slice at a time
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <microhttpd.h>
#include <string.h>

#include "hp-error.h"
#include "hp-valuations.h"

/* Bad houses that are told what is allowed instead: many would make a long answer of a short question */
#define MAX_EXPLAINED 100
/* Houses that are skipped between two looks at the clock */
#define SKIPPED 64

/**
 * hp_valuations_new:
 * @text: (array length=length): the body of a request
 * @length: its bytes
 * @max_houses: that it may hold
 *
 * Returns: (transfer full): what is to be scanned, then valued
 */
HpValuations *
hp_valuations_new (const char *text, gsize length, guint max_houses)
{
  HpValuations *valuations = g_new0 (HpValuations, 1);

  valuations->text = text;
  valuations->length = length;
  valuations->max_houses = max_houses;
  valuations->reader = hp_json_reader_new (text, length, "body");
  hp_problem_init (&valuations->problem);
  return valuations;
}

/**
 * hp_valuations_free:
 * @valuations: (transfer full) (nullable): valuations, done or not
 */
void
hp_valuations_free (HpValuations *valuations)
{
  if (valuations == NULL)
    return;
  hp_problem_clear (&valuations->problem);
  g_free (valuations->version);
  hp_json_reader_free (valuations->reader);
  g_clear_pointer (&valuations->reading, hp_house_reading_free);
  g_clear_pointer (&valuations->writer, hp_json_writer_free);
  hp_server_model_unref (valuations->model);
  g_free (valuations);
}

/**
 * hp_valuations_is_level:
 * @level: a number
 *
 * Returns: whether an interval may have this level
 */
gboolean
hp_valuations_is_level (double level)
{
  return level >= HP_VALUATIONS_MIN_LEVEL && level <= HP_VALUATIONS_MAX_LEVEL;
}

static void
refuse (HpValuations *valuations, const char *field, const char *message)
{
  hp_problem_add_error (&valuations->problem, field, "bad_parameter", NULL, "%s: %s", field, message);
}

static void
read_level (HpValuations *valuations, const char *key)
{
  double level;

  if (hp_json_reader_number (valuations->reader, &level) && hp_valuations_is_level (level))
    valuations->options.level = level;
  else
    refuse (valuations, key, _ ("not a number from 0.01 to 0.999"));
}

static void
read_comparables (HpValuations *valuations, const char *key)
{
  double number;

  if (hp_json_reader_number (valuations->reader, &number) && number >= 0 && number <= HP_VALUATIONS_MAX_COMPARABLES
      && number == (guint) number)
    valuations->options.n_comparables = (guint) number;
  else
    refuse (valuations, key, _ ("not a whole number from 0 to 1000"));
}

static void
read_date (HpValuations *valuations, const char *key)
{
  const char *text;

  if (!hp_json_reader_string (valuations->reader, &text)
      || !hp_date_parse (text, strlen (text), &valuations->options.as_of))
    refuse (valuations, key, _ ("not a date (YYYY, YYYY-MM or YYYY-MM-DD)"));
}

static void
set_text (char **member, const char *text)
{
  g_free (*member);
  *member = g_strdup (text);
}

/* "3", or 3. That a key is there twice is found out at the end only. */
static void
read_version (HpValuations *valuations, const char *key, char kind)
{
  const char *text;
  double number;

  if (kind == 's' && hp_json_reader_string (valuations->reader, &text) && *text != '\0')
    set_text (&valuations->version, text);
  else if (kind == 'n' && hp_json_reader_number (valuations->reader, &number) && number >= 1 && number <= G_MAXINT32
           && number == (guint) number)
    {
      g_autofree char *digits = g_strdup_printf ("%u", (guint) number);

      set_text (&valuations->version, digits);
    }
  else
    refuse (valuations, key, _ ("not a version's number or alias"));
}

/* A member of the question besides the houses. What is not known is passed over: a newer client may send more. */
static void
read_option (HpValuations *valuations, const char *key)
{
  static const struct
  {
    const char *name;
    const char *kinds; /* of values, as hp_json_reader_peek() calls them */
  } options[] = { { "level", "n" },       { "explain", "tf" }, { "impute", "tf" },
                  { "comparables", "n" }, { "as_of", "s" },    { "version", "sn" } };
  HpJsonReader *reader = valuations->reader;
  char kind = hp_json_reader_peek (reader);
  const char *name = NULL;
  gboolean wrong = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    if (strcmp (options[i].name, key) == 0)
      {
        name = options[i].name; /* key is gone when the value has been read */
        wrong = kind != 0 && kind != 'z' && strchr (options[i].kinds, kind) == NULL;
      }
  if (wrong)
    refuse (valuations, name, _ ("a value of another type is expected"));
  if (wrong || name == NULL || kind == 'z' || kind == 0)
    hp_json_reader_skip (reader);
  else if (strcmp (name, "explain") == 0)
    hp_json_reader_boolean (reader, &valuations->options.explain);
  else if (strcmp (name, "impute") == 0)
    hp_json_reader_boolean (reader, &valuations->options.impute);
  else if (strcmp (name, "level") == 0)
    read_level (valuations, name);
  else if (strcmp (name, "comparables") == 0)
    read_comparables (valuations, name);
  else if (strcmp (name, "as_of") == 0)
    read_date (valuations, name);
  else
    read_version (valuations, name, kind);
}

/* The houses are only counted: FALSE when time is up */
static gboolean
count_houses (HpValuations *valuations, gint64 until)
{
  while (hp_json_reader_next_element (valuations->reader))
    {
      hp_json_reader_skip (valuations->reader);
      if (++valuations->n_houses > valuations->max_houses)
        {
          hp_problem_set (&valuations->problem, MHD_HTTP_CONTENT_TOO_LARGE, "too_many_houses",
                          _ ("at most %u houses fit in a request; send the others in another one"),
                          valuations->max_houses);
          valuations->state = HP_VALUATIONS_DONE;
          return TRUE;
        }
      if (valuations->n_houses % SKIPPED == 0 && g_get_monotonic_time () >= until)
        return FALSE;
    }
  valuations->state = HP_VALUATIONS_MEMBERS;
  return TRUE;
}

static void
begin_houses (HpValuations *valuations)
{
  if (hp_json_reader_peek (valuations->reader) != '[')
    {
      if (hp_json_reader_skip (valuations->reader))
        refuse (valuations, "houses", _ ("an array is expected"));
      return;
    }
  valuations->has_houses = hp_json_reader_begin_array (valuations->reader);
  valuations->state = HP_VALUATIONS_HOUSES;
}

/* All has been read: can it be answered? */
static void
conclude (HpValuations *valuations)
{
  HpProblem *problem = &valuations->problem;
  g_autoptr (GError) error = NULL;

  valuations->state = HP_VALUATIONS_DONE;
  if (!hp_json_reader_end (valuations->reader, &error))
    {
      hp_problem_set (problem, MHD_HTTP_BAD_REQUEST, "bad_json", "%s", error->message);
      return;
    }
  if (!valuations->has_houses && problem->n_errors == 0)
    refuse (valuations, "houses", _ ("missing"));
  if ((guint64) valuations->n_houses * valuations->options.n_comparables > HP_VALUATIONS_MAX_SALES)
    refuse (valuations, "comparables", _ ("more than 20000 sales for all houses together"));
  if (problem->n_errors > 0)
    hp_problem_set (problem, MHD_HTTP_BAD_REQUEST, "bad_parameter", "%s",
                    ((HpFieldError *) g_ptr_array_index (problem->errors, 0))->message);
}

/**
 * hp_valuations_scan:
 * @valuations: new valuations
 * @until: when to stop, in monotonic time
 *
 * Looks through the question.
 *
 * Returns: whether the end is reached; then `problem` is what is wrong, if anything
 */
gboolean
hp_valuations_scan (HpValuations *valuations, gint64 until)
{
  const char *key;

  if (valuations->state == HP_VALUATIONS_BEGIN)
    {
      hp_json_reader_begin_object (valuations->reader);
      valuations->state = HP_VALUATIONS_MEMBERS;
    }
  while (valuations->state != HP_VALUATIONS_DONE)
    {
      if (valuations->state == HP_VALUATIONS_HOUSES)
        {
          if (!count_houses (valuations, until))
            return FALSE;
        }
      else if (hp_json_reader_failed (valuations->reader) || !hp_json_reader_next_member (valuations->reader, &key))
        conclude (valuations);
      else if (strcmp (key, "houses") == 0)
        begin_houses (valuations);
      else
        read_option (valuations, key);
    }
  return TRUE;
}

/**
 * hp_valuations_set_model:
 * @valuations: valuations that have been scanned and can be answered
 * @model: by which version; referenced
 */
void
hp_valuations_set_model (HpValuations *valuations, HpServerModel *model)
{
  valuations->model = hp_server_model_ref (model);
  valuations->reading = hp_house_reading_new (model);
  valuations->writer = hp_json_writer_new (FALSE);
  hp_json_reader_free (valuations->reader);
  valuations->reader = hp_json_reader_new (valuations->text, valuations->length, "body");
  valuations->state = HP_VALUATIONS_BEGIN;
}

static void
write_refusal (HpValuations *valuations, const char *code, const char *message)
{
  g_auto (HpProblem) problem = { 0 };

  hp_problem_set (&problem, MHD_HTTP_UNPROCESSABLE_CONTENT, code, "%s", message);
  hp_problem_write_error (&problem, FALSE, valuations->writer);
}

static void
value_house (HpValuations *valuations)
{
  HpHouseReading *reading = valuations->reading;
  g_autoptr (HpValuation) valuation = NULL;
  g_autoptr (GError) error = NULL;

  if (hp_json_reader_peek (valuations->reader) != '{')
    {
      hp_json_reader_skip (valuations->reader);
      write_refusal (valuations, "bad_data", _ ("a house is an object of attributes"));
      return;
    }
  hp_house_reading_read (reading, valuations->reader, valuations->options.impute);
  if (reading->problem.status != 0)
    {
      hp_problem_write_error (&reading->problem, ++valuations->n_bad <= MAX_EXPLAINED, valuations->writer);
      return;
    }
  valuation = hp_predictor_value (valuations->model->predictor, reading->house, &valuations->options, &error);
  if (valuation == NULL)
    {
      write_refusal (valuations, hp_error_code_name (error), error->message);
      return;
    }
  hp_house_reading_warn (reading, valuation);
  set_text (&valuation->model, valuations->model->description->model);
  set_text (&valuation->version, valuations->model->description->version);
  set_text (&valuation->source, "server");
  hp_valuation_write_json (valuation, valuations->writer);
}

/* FALSE when time is up */
static gboolean
value_houses (HpValuations *valuations, gint64 until)
{
  while (hp_json_reader_next_element (valuations->reader))
    {
      value_house (valuations);
      if (g_get_monotonic_time () >= until)
        return FALSE;
    }
  hp_json_writer_end_array (valuations->writer);
  hp_json_writer_end_object (valuations->writer);
  valuations->state = HP_VALUATIONS_DONE;
  return TRUE;
}

/* Up to the first house */
static void
find_houses (HpValuations *valuations)
{
  const char *key;

  hp_json_reader_begin_object (valuations->reader);
  while (hp_json_reader_next_member (valuations->reader, &key) && strcmp (key, "houses") != 0)
    hp_json_reader_skip (valuations->reader);
  hp_json_reader_begin_array (valuations->reader);
  hp_json_writer_begin_object (valuations->writer);
  hp_json_writer_key (valuations->writer, "valuations");
  hp_json_writer_begin_array (valuations->writer);
  valuations->state = HP_VALUATIONS_HOUSES;
}

/**
 * hp_valuations_value:
 * @valuations: valuations that have a model
 * @until: when to stop, in monotonic time
 *
 * Values one house after the other, at least one.
 *
 * Returns: whether all are valued
 */
gboolean
hp_valuations_value (HpValuations *valuations, gint64 until)
{
  if (valuations->state == HP_VALUATIONS_BEGIN)
    find_houses (valuations);
  return value_houses (valuations, until);
}

/**
 * hp_valuations_steal:
 * @valuations: valuations that are done
 * @length: (out): of the answer
 *
 * Returns: (transfer full): the answer
 */
char *
hp_valuations_steal (HpValuations *valuations, gsize *length)
{
  return hp_json_writer_steal (valuations->writer, length);
}
