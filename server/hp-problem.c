/* hp-problem.c - what is wrong with a request, as RFC 9457 tells it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <microhttpd.h>
#include <stdarg.h>

#include "hp-problem.h"

/* As many choices as are told to somebody who gave none */
#define MAX_CHOICES 200

static void
field_error_free (gpointer data)
{
  HpFieldError *error = data;

  g_free (error->field);
  g_free (error->code);
  g_free (error->message);
  g_free (error);
}

/**
 * hp_problem_init:
 * @problem: (out caller-allocates): nothing is wrong
 */
void
hp_problem_init (HpProblem *problem)
{
  *problem = (HpProblem){ 0 };
}

/**
 * hp_problem_clear:
 * @problem: (inout): a problem; nothing is wrong afterwards
 */
void
hp_problem_clear (HpProblem *problem)
{
  g_free (problem->code);
  g_free (problem->detail);
  g_clear_pointer (&problem->errors, g_ptr_array_unref);
  hp_problem_init (problem);
}

/**
 * hp_problem_set:
 * @problem: a problem; if something is wrong already, that stays
 * @status: HTTP's
 * @code: a name for programs
 * @format: for people, as for printf(): what is wrong and what to do
 * @...: its arguments
 */
void
hp_problem_set (HpProblem *problem, guint status, const char *code, const char *format, ...)
{
  va_list args;

  if (problem->status != 0)
    return;
  problem->status = status;
  problem->code = g_strdup (code);
  va_start (args, format);
  problem->detail = g_strdup_vprintf (format, args);
  va_end (args);
}

/**
 * hp_problem_add_error:
 * @problem: a problem
 * @field: what is wrong in the request
 * @code: a name for programs
 * @attribute: (nullable): the attribute that it is about, whose allowed values are told
 * @format: for people, as for printf()
 * @...: its arguments
 */
void
hp_problem_add_error (HpProblem *problem, const char *field, const char *code, const HpAttribute *attribute,
                      const char *format, ...)
{
  HpFieldError *error;
  va_list args;

  if (++problem->n_errors > HP_PROBLEM_MAX_ERRORS)
    return;
  if (problem->errors == NULL)
    problem->errors = g_ptr_array_new_with_free_func (field_error_free);
  error = g_new0 (HpFieldError, 1);
  error->field = g_strdup (field);
  error->code = g_strdup (code);
  error->attribute = attribute;
  va_start (args, format);
  error->message = g_strdup_vprintf (format, args);
  va_end (args);
  g_ptr_array_add (problem->errors, error);
}

/**
 * hp_problem_conclude:
 * @problem: a problem
 *
 * If fields are wrong, that is the problem: one says itself, several are named.
 */
void
hp_problem_conclude (HpProblem *problem)
{
  g_autoptr (GString) names = NULL;

  if (problem->n_errors == 0)
    return;
  if (problem->n_errors == 1)
    {
      const HpFieldError *error = g_ptr_array_index (problem->errors, 0);

      hp_problem_set (problem, MHD_HTTP_UNPROCESSABLE_CONTENT, "bad_attribute", "%s", error->message);
      return;
    }
  names = g_string_new (NULL);
  for (guint i = 0; i < problem->errors->len; i++)
    {
      const HpFieldError *error = g_ptr_array_index (problem->errors, i);

      g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", error->field);
    }
  hp_problem_set (problem, MHD_HTTP_UNPROCESSABLE_CONTENT, "bad_attribute",
                  _ ("%u attributes are wrong or missing: %s"), problem->n_errors, names->str);
}

static void
write_limit (HpJsonWriter *writer, const char *key, const HpAttribute *attribute, double value)
{
  g_autofree char *text = NULL;

  if (!isfinite (value))
    return;
  if (attribute->type != HP_COLUMN_DATE)
    {
      hp_json_writer_set_double (writer, key, value);
      return;
    }
  text = hp_attribute_format (attribute, value);
  hp_json_writer_set_string (writer, key, text);
}

static void
write_allowed (HpJsonWriter *writer, const HpAttribute *attribute)
{
  static const char *const types[] = { [HP_COLUMN_NUMBER] = "number",
                                       [HP_COLUMN_INTEGER] = "integer",
                                       [HP_COLUMN_CATEGORY] = "category",
                                       [HP_COLUMN_DATE] = "date",
                                       [HP_COLUMN_TEXT] = "text" };

  hp_json_writer_key (writer, "allowed");
  hp_json_writer_begin_object (writer);
  hp_json_writer_set_string (writer, "type", types[attribute->type]);
  if (attribute->type == HP_COLUMN_CATEGORY)
    {
      hp_json_writer_key (writer, "choices");
      hp_json_writer_begin_array (writer);
      for (guint i = 0; i < MAX_CHOICES && attribute->choices != NULL && attribute->choices[i] != NULL; i++)
        hp_json_writer_string (writer, attribute->choices[i]);
      hp_json_writer_end_array (writer);
    }
  else
    {
      write_limit (writer, "min", attribute, attribute->min);
      write_limit (writer, "max", attribute, attribute->max);
    }
  hp_json_writer_end_object (writer);
}

static void
write_errors (const HpProblem *problem, gboolean with_allowed, HpJsonWriter *writer)
{
  hp_json_writer_key (writer, "errors");
  hp_json_writer_begin_array (writer);
  for (guint i = 0; problem->errors != NULL && i < problem->errors->len; i++)
    {
      const HpFieldError *error = g_ptr_array_index (problem->errors, i);

      hp_json_writer_begin_object (writer);
      hp_json_writer_set_string (writer, "field", error->field);
      hp_json_writer_set_string (writer, "code", error->code);
      hp_json_writer_set_string (writer, "message", error->message);
      if (with_allowed && error->attribute != NULL)
        write_allowed (writer, error->attribute);
      hp_json_writer_end_object (writer);
    }
  hp_json_writer_end_array (writer);
}

/**
 * hp_problem_to_json:
 * @problem: something that is wrong
 * @length: (out): its bytes
 *
 * Returns: (transfer full): a body of type `application/problem+json`
 */
char *
hp_problem_to_json (const HpProblem *problem, gsize *length)
{
  g_autoptr (HpJsonWriter) writer = hp_json_writer_new (FALSE);

  hp_json_writer_begin_object (writer);
  hp_json_writer_set_string (writer, "type", "about:blank");
  hp_json_writer_set_string (writer, "title", MHD_get_reason_phrase_for (problem->status));
  hp_json_writer_set_int (writer, "status", problem->status);
  hp_json_writer_set_string (writer, "code", problem->code);
  hp_json_writer_set_string (writer, "detail", problem->detail);
  if (problem->errors != NULL)
    write_errors (problem, TRUE, writer);
  hp_json_writer_end_object (writer);
  return hp_json_writer_steal (writer, length);
}

/**
 * hp_problem_write_error:
 * @problem: something that is wrong with one of several houses
 * @with_allowed: whether to tell what is allowed instead
 * @writer: a writer that stands where a value may begin
 */
void
hp_problem_write_error (const HpProblem *problem, gboolean with_allowed, HpJsonWriter *writer)
{
  hp_json_writer_begin_object (writer);
  hp_json_writer_key (writer, "error");
  hp_json_writer_begin_object (writer);
  hp_json_writer_set_string (writer, "code", problem->code);
  hp_json_writer_set_string (writer, "message", problem->detail);
  write_errors (problem, with_allowed, writer);
  hp_json_writer_end_object (writer);
  hp_json_writer_end_object (writer);
}
