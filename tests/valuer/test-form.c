/* test-form.c - a form keeps what was typed, says what is wrong with it, and asks what it holds
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hp-form.h"
#include "small.h"

enum
{
  N_CHANGES = 16
};

typedef struct
{
  HpForm *form;
  guint described, n_changed;
  guint changed[N_CHANGES];
} Fixture;

static void
described_cb (HpForm *form, gpointer data)
{
  ((Fixture *) data)->described++;
}

static void
changed_cb (HpForm *form, guint field, gpointer data)
{
  Fixture *fixture = data;

  g_assert_cmpuint (fixture->n_changed, <, N_CHANGES);
  fixture->changed[fixture->n_changed++] = field;
}

static HpDescription *
describe (void)
{
  g_autoptr (HpPreprocessor) pre = small_fit (HP_ENCODING_ORDERED);

  return hp_description_new ("small", "1", pre);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HpDescription) description = describe ();

  fixture->form = hp_form_new ();
  g_signal_connect (fixture->form, "described", G_CALLBACK (described_cb), fixture);
  g_signal_connect (fixture->form, "changed", G_CALLBACK (changed_cb), fixture);
  hp_form_set_description (fixture->form, description);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->form);
}

static guint
field (Fixture *fixture, const char *name)
{
  int i = hp_description_find_attribute (hp_form_get_description (fixture->form), name);

  g_assert_cmpint (i, >=, 0);
  return i;
}

static void
assert_problem (Fixture *fixture, const char *name, const char *text, const char *part)
{
  hp_form_set_text (fixture->form, field (fixture, name), text);
  g_assert_nonnull (hp_form_get_problem (fixture->form, field (fixture, name)));
  g_assert_nonnull (strstr (hp_form_get_problem (fixture->form, field (fixture, name)), part));
  g_assert_false (hp_form_is_valid (fixture->form));
  g_assert_null (hp_form_get_question (fixture->form));
}

static void
assert_fine (Fixture *fixture, const char *name, const char *text)
{
  hp_form_set_text (fixture->form, field (fixture, name), text);
  g_assert_null (hp_form_get_problem (fixture->form, field (fixture, name)));
  g_assert_true (hp_form_is_valid (fixture->form));
}

static void
test_without_description (void)
{
  g_autoptr (HpForm) form = hp_form_new ();

  g_assert_cmpuint (hp_form_get_n_fields (form), ==, 0);
  g_assert_null (hp_form_get_description (form));
  g_assert_false (hp_form_is_valid (form));
  g_assert_null (hp_form_get_question (form));
  hp_form_reset (form);
}

/* A form starts with the house that is typical of training, so that there is a price to start from. */
static void
test_typical (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HpQuestion) question = hp_form_get_question (fixture->form);

  g_assert_cmpuint (fixture->described, ==, 1);
  g_assert_true (hp_form_is_valid (fixture->form));
  g_assert_cmpstr (hp_form_get_text (fixture->form, field (fixture, "area")), ==, "80");
  g_assert_cmpstr (hp_form_get_text (fixture->form, field (fixture, "state")), ==, "good");
  /* the effective date is not asked for: the reference date stands in for it */
  g_assert_cmpstr (hp_form_get_text (fixture->form, field (fixture, "sold")), ==, "");
  g_assert_cmpstr (hp_question_get (question, "area"), ==, "80");
  g_assert_null (hp_question_get (question, "sold"));
  g_assert_null (question->version);
}

static void
test_problems (Fixture *fixture, gconstpointer data)
{
  assert_problem (fixture, "area", "", "needed");
  assert_problem (fixture, "area", "  ", "needed");
  assert_problem (fixture, "area", "NA", "needed");
  assert_problem (fixture, "area", "big", "not a number");
  assert_problem (fixture, "area", "5", "below");
  assert_problem (fixture, "area", "1000.5", "above");
  assert_problem (fixture, "area", "8o", "not a number");
  assert_fine (fixture, "area", " 80.5 ");
  assert_problem (fixture, "built", "1999.5", "whole number");
  assert_fine (fixture, "built", "1999");
  assert_problem (fixture, "sold", "2010-13", "date");
  assert_fine (fixture, "sold", "2010-12");
  assert_fine (fixture, "sold", "");
  assert_problem (fixture, "place", "", "needed");
  /* the valuation warns of a category that the model has not seen */
  assert_fine (fixture, "place", "Nowhere");
}

static void
test_signals (Fixture *fixture, gconstpointer data)
{
  guint area = field (fixture, "area");

  hp_form_set_text (fixture->form, area, "80");
  g_assert_cmpuint (fixture->n_changed, ==, 0);
  hp_form_set_text (fixture->form, area, "81");
  hp_form_set_text (fixture->form, area, "81");
  g_assert_cmpuint (fixture->n_changed, ==, 1);
  g_assert_cmpuint (fixture->changed[0], ==, area);
  hp_form_reset (fixture->form);
  g_assert_cmpuint (fixture->n_changed, ==, 2);
  g_assert_cmpuint (fixture->changed[1], ==, area);
  g_assert_cmpstr (hp_form_get_text (fixture->form, area), ==, "80");
}

static void
test_question (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HpQuestion) question = NULL, copy = NULL;
  g_autofree char *json = NULL;

  hp_form_set_text (fixture->form, field (fixture, "sold"), "2010-05");
  question = hp_form_get_question (fixture->form);
  g_assert_cmpstr (hp_question_get (question, "sold"), ==, "2010-05");
  copy = hp_question_copy (question);
  g_assert_true (hp_question_equal (question, copy));
  hp_question_set (copy, "area", "90");
  g_assert_false (hp_question_equal (question, copy));
  hp_question_set (copy, "area", "80");
  g_assert_true (hp_question_equal (question, copy));
  copy->options.explain = TRUE;
  g_assert_false (hp_question_equal (question, copy));
  hp_question_set (question, "area", NULL);
  g_assert_null (hp_question_get (question, "area"));

  g_clear_pointer (&copy, hp_question_free);
  copy = hp_question_new ();
  hp_question_set (copy, "pla\"ce", "Île \x01");
  copy->options = (HpValuationOptions){ .level = 0.8, .explain = TRUE, .n_comparables = 3, .as_of = 20100500, .impute = TRUE };
  copy->version = g_strdup ("7");
  json = hp_question_to_json (copy, NULL);
  g_assert_cmpstr (json, ==,
                   "{\"houses\":[{\"pla\\\"ce\":\"Île \\u0001\"}],\"level\":0.8,\"explain\":true,\"comparables\":3,"
                   "\"version\":\"7\",\"as_of\":\"2010-05\",\"impute\":true}");
}

/* Another version's description: what was typed stays where the fields have the same names. */
static void
test_another_version (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HpDescription) description = describe ();
  HpAttribute *rooms = g_ptr_array_index (description->attributes, field (fixture, "rooms"));

  hp_form_set_text (fixture->form, field (fixture, "area"), "123");
  hp_form_set_text (fixture->form, field (fixture, "place"), "Suburb");
  g_free (rooms->name);
  rooms->name = g_strdup ("chambers");
  hp_form_set_description (fixture->form, description);
  g_assert_cmpuint (fixture->described, ==, 2);
  g_assert_true (hp_form_get_description (fixture->form) == description);
  g_assert_cmpstr (hp_form_get_text (fixture->form, field (fixture, "area")), ==, "123");
  g_assert_cmpstr (hp_form_get_text (fixture->form, field (fixture, "place")), ==, "Suburb");
  g_assert_cmpstr (hp_form_get_text (fixture->form, field (fixture, "chambers")), !=, "");
  g_assert_true (hp_form_is_valid (fixture->form));

  /* limits of the new version hold at once */
  g_clear_pointer (&description, hp_description_unref);
  description = describe ();
  ((HpAttribute *) g_ptr_array_index (description->attributes, field (fixture, "area")))->max = 100;
  hp_form_set_description (fixture->form, description);
  g_assert_nonnull (hp_form_get_problem (fixture->form, field (fixture, "area")));
  g_assert_false (hp_form_is_valid (fixture->form));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/form/without-description", test_without_description);
  g_test_add ("/form/typical", Fixture, NULL, set_up, test_typical, tear_down);
  g_test_add ("/form/problems", Fixture, NULL, set_up, test_problems, tear_down);
  g_test_add ("/form/signals", Fixture, NULL, set_up, test_signals, tear_down);
  g_test_add ("/form/question", Fixture, NULL, set_up, test_question, tear_down);
  g_test_add ("/form/another-version", Fixture, NULL, set_up, test_another_version, tear_down);
  return g_test_run ();
}
