/* test-question.c - what is asked about a house, and how it is sent
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hp-question.h"

static void
check_json (const HpQuestion *question, const char *expected)
{
  gsize length = 0;
  g_autofree char *text = hp_question_to_json (question, &length), *again = hp_question_to_json (question, NULL);

  g_assert_cmpstr (text, ==, expected);
  g_assert_cmpuint (length, ==, strlen (expected));
  g_assert_cmpstr (again, ==, expected);
}

static void
test_set (void)
{
  g_autoptr (HpQuestion) question = hp_question_new ();

  g_assert_null (hp_question_get (question, "sqft"));
  hp_question_set (question, "sqft", NULL);
  g_assert_cmpuint (question->names->len, ==, 0);
  hp_question_set (question, "sqft", "1000");
  hp_question_set (question, "rooms", "3");
  hp_question_set (question, "place", "x");
  g_assert_cmpstr (hp_question_get (question, "rooms"), ==, "3");
  /* What is replaced keeps its place, what is removed comes back last */
  hp_question_set (question, "rooms", "4");
  check_json (question, "{\"houses\":[{\"sqft\":\"1000\",\"rooms\":\"4\",\"place\":\"x\"}]}");
  hp_question_set (question, "sqft", NULL);
  g_assert_null (hp_question_get (question, "sqft"));
  hp_question_set (question, "sqft", "");
  check_json (question, "{\"houses\":[{\"rooms\":\"4\",\"place\":\"x\",\"sqft\":\"\"}]}");
  /* Its own text */
  hp_question_set (question, "place", hp_question_get (question, "place"));
  g_assert_cmpstr (hp_question_get (question, "place"), ==, "x");
}

static void
test_json (void)
{
  g_autoptr (HpQuestion) question = hp_question_new ();

  check_json (question, "{\"houses\":[{}]}");
  hp_question_set (question, "a \"b\"\n", "é\x1b");
  question->options.level = 0.5;
  question->options.explain = TRUE;
  question->options.n_comparables = 5;
  question->options.as_of = 20100700;
  question->options.impute = TRUE;
  question->version = g_strdup ("champion");
  check_json (question,
              "{\"houses\":[{\"a \\\"b\\\"\\n\":\"é\\u001b\"}],\"level\":0.5,\"explain\":true,\"comparables\":5,"
              "\"version\":\"champion\",\"as_of\":\"2010-07\",\"impute\":true}");
}

static void
test_copy_and_equal (void)
{
  g_autoptr (HpQuestion) question = hp_question_new ();

  hp_question_set (question, "sqft", "1000");
  hp_question_set (question, "rooms", "3");
  question->version = g_strdup ("2");
  question->options.level = 0.8;
  for (guint i = 0; i < 11; i++)
    {
      g_autoptr (HpQuestion) other = hp_question_copy (question);

      g_assert_true (hp_question_equal (question, other));
      if (i == 0)
        hp_question_set (other, "sqft", "1000.0");
      else if (i == 1)
        hp_question_set (other, "rooms", NULL);
      else if (i == 2)
        hp_question_set (other, "more", "");
      else if (i == 3)
        other->options.level = 0.9;
      else if (i == 4)
        other->options.explain = TRUE;
      else if (i == 5)
        other->options.n_comparables = 1;
      else if (i == 6)
        other->options.as_of = 20100000;
      else if (i == 7)
        other->options.impute = TRUE;
      else if (i == 8)
        g_clear_pointer (&other->version, g_free);
      else if (i == 9)
        {
          g_free (other->version);
          other->version = g_strdup ("3");
        }
      else
        {
          hp_question_set (other, "sqft", NULL);
          hp_question_set (other, "sqft", "1000");
        }
      g_assert_false (hp_question_equal (question, other));
      g_assert_false (hp_question_equal (other, question));
    }
  hp_question_free (NULL);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/question/set", test_set);
  g_test_add_func ("/question/json", test_json);
  g_test_add_func ("/question/copy-and-equal", test_copy_and_equal);

  return g_test_run ();
}
