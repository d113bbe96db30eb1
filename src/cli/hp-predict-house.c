/* hp-predict-house.c - one house of the command line, valued by whoever values it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "hp-cli-predict.h"
#include "hp-csv.h"
#include "hp-text.h"

static void
add_unknown_key (HpCli *cli, const HpDescription *description, const char *key)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autofree char *shown = hp_text_printable (key, -1, 40), *list = NULL, *target = NULL, *same = NULL;
  const char *near_name;

  for (guint i = 0; i < description->attributes->len; i++)
    g_ptr_array_add (names, hp_description_get_attribute (description, i)->name);
  g_ptr_array_add (names, NULL);
  target = hp_text_key (description->target, -1);
  same = hp_text_key (key, -1);
  near_name = hp_text_suggest (key, (const char *const *) names->pdata);
  list = g_strjoinv (", ", (char **) names->pdata);
  if (g_str_equal (target, same))
    hp_cli_add_problem (cli, key, _ ("%s: this is what is valued; leave it out"), shown);
  else if (near_name != NULL)
    hp_cli_add_problem (cli, key, _ ("%s: the model has no such attribute; did you mean %s?"), shown, near_name);
  else
    hp_cli_add_problem (cli, key, _ ("%s: the model has no such attribute; it has %s"), shown, list);
}

/* The message with its field in front, unless it begins with it */
static void
add_bad_value (HpCli *cli, const char *field, const char *message)
{
  if (g_str_has_prefix (message, field))
    hp_cli_add_problem (cli, field, "%s", message);
  else
    hp_cli_add_problem (cli, field, "%s: %s", field, message);
}

/* Whether a value was given; what is wrong with it is added to the problems */
static gboolean
check_value (HpCli *cli, const HpAttribute *attribute, const char *text)
{
  gsize length = strlen (text);
  g_autoptr (GError) error = NULL;
  double value;

  /* a category that the model has not seen is told by the valuation's warnings */
  if (attribute->type == HP_COLUMN_CATEGORY)
    return !hp_csv_is_missing (text, length) || hp_attribute_find_choice (attribute, text, length) >= 0;
  if (hp_attribute_read_text (attribute, text, length, &value, &error))
    return !isnan (value);
  add_bad_value (cli, attribute->name, error->message);
  return TRUE;
}

static gboolean
set_attribute (HpCli *cli, HpQuestion *question, const HpDescription *description, const char *argument,
               gboolean *given, GError **error)
{
  const char *equals = strchr (argument, '=');
  const HpAttribute *attribute;
  g_autofree char *key = NULL;
  int i;

  if (equals == NULL || equals == argument || !g_utf8_validate (argument, -1, NULL))
    {
      g_autofree char *shown = hp_text_printable (argument, -1, 40);

      hp_set_error (error, HP_ERROR_USAGE, NULL, _ ("“%s” is not KEY=VALUE; write sqft=1656, location=\"North Ames\""),
                    shown);
      return FALSE;
    }
  key = g_strndup (argument, equals - argument);
  i = hp_description_find_attribute (description, key);
  if (i < 0)
    {
      add_unknown_key (cli, description, key);
      return TRUE;
    }
  attribute = hp_description_get_attribute (description, i);
  if (given[i])
    {
      hp_cli_add_problem (cli, attribute->name, _ ("%s: given twice; give it once"), attribute->name);
      return TRUE;
    }
  given[i] = check_value (cli, attribute, equals + 1);
  if (given[i])
    hp_question_set (question, attribute->name, equals + 1);
  return TRUE;
}

static void
add_missing (HpCli *cli, const HpDescription *description, const gboolean *given)
{
  g_autoptr (GString) names = g_string_new (NULL);
  const char *first = NULL;

  for (guint i = 0; i < description->attributes->len; i++)
    {
      const HpAttribute *attribute = hp_description_get_attribute (description, i);

      if (given[i] || !attribute->required)
        continue;
      if (first == NULL)
        first = attribute->name;
      g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", attribute->name);
    }
  if (first != NULL)
    hp_cli_add_problem (cli, first, _ ("missing: %s; give every attribute, or fill in what is missing with --impute"),
                        names->str);
}

/**
 * hp_cli_read_house:
 * @cli: the context
 * @description: of the version that will value it
 * @arguments: (array zero-terminated=1): KEY=VALUE
 * @impute: whether attributes may be missing
 * @error: return location for a #GError
 *
 * All that is wrong with a house is told at once.
 *
 * Returns: (transfer full) (nullable): the house
 */
HpQuestion *
hp_cli_read_house (HpCli *cli, const HpDescription *description, char **arguments, gboolean impute, GError **error)
{
  g_autoptr (HpQuestion) question = hp_question_new ();
  g_autofree gboolean *given = g_new0 (gboolean, description->attributes->len + 1);

  for (char **argument = arguments; *argument != NULL; argument++)
    if (!set_attribute (cli, question, description, *argument, given, error))
      return NULL;
  if (!impute)
    add_missing (cli, description, given);
  if (cli->problems->len == 0)
    return g_steal_pointer (&question);
  hp_cli_set_problems (cli, HP_ERROR_BAD_ATTRIBUTE, error);
  return NULL;
}

static gboolean
print (HpCli *cli, const HpPredictJob *job, const HpValuation *valuation, const HpDescription *description,
       GError **error)
{
  g_autoptr (HpJsonWriter) writer = NULL;
  g_autofree char *text = NULL;

  if (!job->json)
    {
      text = hp_cli_valuation_text (cli, valuation, description);
      return hp_cli_print (cli, text, error);
    }
  writer = hp_json_writer_new (FALSE);
  hp_valuation_write_json (valuation, writer);
  return hp_cli_print_json (cli, writer, error);
}

/**
 * hp_predict_value:
 * @cli: the context
 * @options: how to value
 * @valuer: who values
 * @version: (nullable): which version; %NULL: the champion
 * @arguments: the house's attributes, as KEY=VALUE
 * @description: (out): what the version asks of a house
 * @error: return location for a #GError
 *
 * Values a house. What the version asks of a house comes from @valuer too, so that what is wrong with the house is told
 * in full before it is valued.
 *
 * Returns: (transfer full) (nullable): its valuation
 */
HpValuation *
hp_predict_value (HpCli *cli, const HpValuationOptions *options, HpValuer *valuer, const char *version,
                  char **arguments, HpDescription **description, GError **error)
{
  g_autoptr (HpQuestion) question = NULL;

  *description = hp_valuer_describe (valuer, version, NULL, error);
  if (*description == NULL)
    {
      hp_cli_add_remedy (error);
      return NULL;
    }
  question = hp_cli_read_house (cli, *description, arguments, options->impute, error);
  if (question == NULL)
    return NULL;
  question->options = *options;
  question->version = g_strdup (version);
  return hp_valuer_value (valuer, question, NULL, error);
}

/**
 * hp_predict_house:
 * @cli: the context
 * @job: what was asked for
 * @valuer: who values
 * @version: (nullable): which version; %NULL: the champion
 * @arguments: the house's attributes, as KEY=VALUE
 * @error: return location for a #GError
 *
 * Values a house as hp_predict_value() does, and prints its valuation.
 *
 * Returns: whether it was valued and printed
 */
gboolean
hp_predict_house (HpCli *cli, const HpPredictJob *job, HpValuer *valuer, const char *version, char **arguments,
                  GError **error)
{
  g_autoptr (HpDescription) description = NULL;
  g_autoptr (HpValuation) valuation
    = hp_predict_value (cli, &job->valuation, valuer, version, arguments, &description, error);

  return valuation != NULL && print (cli, job, valuation, description, error);
}
