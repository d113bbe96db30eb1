/* hp-question.c - a house as somebody wrote it, and what is asked about it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "hp-question.h"

/**
 * hp_question_new:
 *
 * Returns: (transfer full): a question about a house without attributes, to the champion
 */
HpQuestion *
hp_question_new (void)
{
  HpQuestion *question = g_new0 (HpQuestion, 1);

  question->names = g_ptr_array_new_with_free_func (g_free);
  question->texts = g_ptr_array_new_with_free_func (g_free);
  return question;
}

/**
 * hp_question_copy:
 * @question: a question
 *
 * Returns: (transfer full): a copy
 */
HpQuestion *
hp_question_copy (const HpQuestion *question)
{
  HpQuestion *copy = hp_question_new ();

  for (guint i = 0; i < question->names->len; i++)
    {
      g_ptr_array_add (copy->names, g_strdup (question->names->pdata[i]));
      g_ptr_array_add (copy->texts, g_strdup (question->texts->pdata[i]));
    }
  copy->options = question->options;
  copy->version = g_strdup (question->version);
  return copy;
}

/**
 * hp_question_free:
 * @question: (transfer full) (nullable): a question
 */
void
hp_question_free (HpQuestion *question)
{
  if (question == NULL)
    return;
  g_ptr_array_unref (question->names);
  g_ptr_array_unref (question->texts);
  g_free (question->version);
  g_free (question);
}

static gboolean
find (const HpQuestion *question, const char *name, guint *i)
{
  return g_ptr_array_find_with_equal_func (question->names, name, g_str_equal, i);
}

/**
 * hp_question_set:
 * @question: a question
 * @name: an attribute
 * @text: (nullable): its value; %NULL: the house doesn't say
 *
 * Replaces what @name had.
 */
void
hp_question_set (HpQuestion *question, const char *name, const char *text)
{
  guint i;

  if (!find (question, name, &i))
    {
      if (text == NULL)
        return;
      g_ptr_array_add (question->names, g_strdup (name));
      g_ptr_array_add (question->texts, g_strdup (text));
    }
  else if (text == NULL)
    {
      g_ptr_array_remove_index (question->names, i);
      g_ptr_array_remove_index (question->texts, i);
    }
  else
    {
      /* text may be the one that is replaced */
      char *copy = g_strdup (text);

      g_free (question->texts->pdata[i]);
      question->texts->pdata[i] = copy;
    }
}

/**
 * hp_question_get:
 * @question: a question
 * @name: an attribute
 *
 * Returns: (transfer none) (nullable): its value, %NULL if the house doesn't say
 */
const char *
hp_question_get (const HpQuestion *question, const char *name)
{
  guint i;

  return find (question, name, &i) ? question->texts->pdata[i] : NULL;
}

static gboolean
options_equal (const HpValuationOptions *a, const HpValuationOptions *b)
{
  return a->level == b->level && a->explain == b->explain && a->n_comparables == b->n_comparables
         && a->as_of == b->as_of && a->impute == b->impute;
}

/**
 * hp_question_same_terms:
 * @a: a question
 * @b: another
 *
 * Returns: whether both ask the same version for the same things; of which houses does not matter
 */
gboolean
hp_question_same_terms (const HpQuestion *a, const HpQuestion *b)
{
  return g_strcmp0 (a->version, b->version) == 0 && options_equal (&a->options, &b->options);
}

/**
 * hp_question_equal:
 * @a: a question
 * @b: another
 *
 * Returns: whether both ask the same, in the same order of attributes
 */
gboolean
hp_question_equal (const HpQuestion *a, const HpQuestion *b)
{
  if (a->names->len != b->names->len || !hp_question_same_terms (a, b))
    return FALSE;
  for (guint i = 0; i < a->names->len; i++)
    if (strcmp (a->names->pdata[i], b->names->pdata[i]) != 0 || strcmp (a->texts->pdata[i], b->texts->pdata[i]) != 0)
      return FALSE;
  return TRUE;
}

static void
write_house (HpJsonWriter *writer, const HpQuestion *question)
{
  hp_json_writer_begin_object (writer);
  for (guint i = 0; i < question->names->len; i++)
    hp_json_writer_set_string (writer, question->names->pdata[i], question->texts->pdata[i]);
  hp_json_writer_end_object (writer);
}

/**
 * hp_questions_to_json:
 * @questions: (element-type HpQuestion): at least one; they differ in their attributes alone
 * @length: (out) (optional): bytes
 *
 * Values are sent as they were written, as text: the version that answers knows their types and says what is wrong with
 * them in the words of a local model.
 *
 * Returns: (transfer full): the body of `POST /v1/valuations`
 */
char *
hp_questions_to_json (const GPtrArray *questions, gsize *length)
{
  g_autoptr (HpJsonWriter) writer = hp_json_writer_new (FALSE);
  const HpQuestion *question;
  char date[HP_DATE_BUFFER];

  g_return_val_if_fail (questions->len > 0, NULL);

  question = questions->pdata[0];
  hp_json_writer_begin_object (writer);
  hp_json_writer_key (writer, "houses");
  hp_json_writer_begin_array (writer);
  for (guint i = 0; i < questions->len; i++)
    write_house (writer, questions->pdata[i]);
  hp_json_writer_end_array (writer);
  if (question->options.level != 0)
    hp_json_writer_set_double (writer, "level", question->options.level);
  if (question->options.explain)
    hp_json_writer_set_boolean (writer, "explain", TRUE);
  if (question->options.n_comparables > 0)
    hp_json_writer_set_int (writer, "comparables", question->options.n_comparables);
  if (question->version != NULL)
    hp_json_writer_set_string (writer, "version", question->version);
  if (question->options.as_of != 0)
    {
      hp_date_format (date, question->options.as_of);
      hp_json_writer_set_string (writer, "as_of", date);
    }
  if (question->options.impute)
    hp_json_writer_set_boolean (writer, "impute", TRUE);
  hp_json_writer_end_object (writer);
  return hp_json_writer_steal (writer, length);
}

/**
 * hp_question_to_json:
 * @question: a question
 * @length: (out) (optional): bytes
 *
 * Returns: (transfer full): hp_questions_to_json() of the one
 */
char *
hp_question_to_json (const HpQuestion *question, gsize *length)
{
  gpointer one = (gpointer) question;
  const GPtrArray questions = { .pdata = &one, .len = 1 };

  return hp_questions_to_json (&questions, length);
}
