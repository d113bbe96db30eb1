/* test-local-valuer.c - the registry's versions value in threads, and say what the predictor itself says
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "mock-valuer.h"
#include "valuer-support.h"

static char *
value_to_json (HpValuer *valuer, const HpQuestion *question)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HpValuation) valuation = hp_valuer_value (valuer, question, NULL, &error);

  g_assert_no_error (error);
  return valuation_to_json (valuation);
}

static void
expect_version (HpValuer *valuer, const char *asked, const char *expected)
{
  g_autoptr (HpQuestion) question = mock_question ("1500");
  g_autoptr (GError) error = NULL;
  g_autoptr (HpValuation) valuation = NULL;
  g_autoptr (HpDescription) description = hp_valuer_describe (valuer, asked, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (description->version, ==, expected);
  question->version = g_strdup (asked);
  valuation = hp_valuer_value (valuer, question, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (valuation->version, ==, expected);
  g_assert_cmpstr (valuation->model, ==, "house-price");
  g_assert_cmpstr (valuation->source, ==, "local");
}

static void
expect_error (HpValuer *valuer, const HpQuestion *question, HpErrorCode code, const char *part)
{
  GError *error = NULL;

  g_assert_null (hp_valuer_value (valuer, question, NULL, &error));
  support_assert_error (error, code, part);
}

static void
expect_no_version (HpValuer *valuer, const char *version, HpErrorCode code, const char *part)
{
  g_autoptr (HpQuestion) question = mock_question ("1500");
  GError *error = NULL;

  question->version = g_strdup (version);
  expect_error (valuer, question, code, part);
  g_assert_null (hp_valuer_describe (valuer, version, NULL, &error));
  support_assert_error (error, code, part);
}

/* To the last bit, whatever is asked */
static void
test_same (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HpValuer) valuer = hp_local_valuer_new (fixture->registry);

  add_version (fixture->registry, 35000.123456789);
  for (guint i = 0; i < 16; i++)
    {
      static const char *const areas[] = { "1000", "1234.56789", "20000", " 1e3 " };
      g_autoptr (HpQuestion) question = mock_question (areas[i % 4]);
      g_autofree char *expected = NULL, *told = NULL;

      question->options.explain = i & 4;
      question->options.n_comparables = i & 8 ? 3 : 0;
      question->options.level = i & 4 ? 0.5 : 0;
      expected = value_directly (fixture->registry, NULL, question);
      told = value_to_json (valuer, question);
      g_assert_cmpstr (told, ==, expected);
    }
}

static void
test_description (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HpValuer) valuer = hp_local_valuer_new (fixture->registry);
  g_autoptr (GError) error = NULL;
  g_autoptr (HpDescription) description = NULL;
  const HpAttribute *attribute;

  add_version (fixture->registry, 35000);
  description = hp_valuer_describe (valuer, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (description->model, ==, "house-price");
  g_assert_cmpstr (description->currency, ==, "USD");
  g_assert_cmpuint (description->attributes->len, ==, 1);
  attribute = hp_description_get_attribute (description, 0);
  g_assert_cmpstr (attribute->name, ==, "sqft");
  g_assert_cmpfloat (attribute->seen_min, ==, 1000);
  g_assert_cmpfloat (attribute->seen_max, ==, 2000);
}

static void
test_new_champion (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HpValuer) valuer = hp_local_valuer_new (fixture->registry);
  g_autoptr (GError) error = NULL;
  guint back = 0;

  add_version (fixture->registry, 35000);
  expect_version (valuer, NULL, "1");
  add_version (fixture->registry, 36000);
  expect_version (valuer, NULL, "1");
  g_assert_true (hp_registry_promote (fixture->registry, 2, FALSE, NULL, &error));
  expect_version (valuer, NULL, "2");
  expect_version (valuer, "1", "1");
  expect_version (valuer, "champion", "2");
  g_assert_true (hp_registry_rollback (fixture->registry, &back, &error));
  expect_version (valuer, NULL, "1");
}

/* More than are kept in memory, again and again */
static void
test_many_versions (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HpValuer) valuer = hp_local_valuer_new (fixture->registry);

  for (guint i = 0; i < 12; i++)
    add_version (fixture->registry, 30000 + i);
  for (guint round = 0; round < 3; round++)
    for (guint i = 0; i < 12; i++)
      {
        g_autofree char *version = g_strdup_printf ("%u", (i * 5) % 12 + 1);
        g_autoptr (HpQuestion) question = mock_question ("1600");
        g_autofree char *expected = NULL, *told = NULL;

        question->version = g_strdup (version);
        question->options.n_comparables = (i + round) % 2;
        expected = value_directly (fixture->registry, version, question);
        told = value_to_json (valuer, question);
        g_assert_cmpstr (told, ==, expected);
      }
}

static void
test_no_model (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HpValuer) valuer = hp_local_valuer_new (fixture->registry);

  expect_no_version (valuer, NULL, HP_ERROR_NOT_FOUND, "");
  expect_no_version (valuer, "1", HP_ERROR_NOT_FOUND, "");
  /* One that comes is seen */
  add_version (fixture->registry, 35000);
  expect_version (valuer, NULL, "1");
  expect_no_version (valuer, "2", HP_ERROR_NOT_FOUND, "2");
  expect_no_version (valuer, "challenger", HP_ERROR_NOT_FOUND, "challenger");
  expect_no_version (valuer, "../../etc", HP_ERROR_NOT_FOUND, "");
}

static void
test_damaged (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HpValuer) valuer = hp_local_valuer_new (fixture->registry);
  g_autoptr (GError) error = NULL;

  add_version (fixture->registry, 35000);
  damage (fixture, 1, "model.json");
  expect_no_version (valuer, NULL, HP_ERROR_DAMAGED, "model.json");
  expect_no_version (valuer, "1", HP_ERROR_DAMAGED, "model.json");

  /* A new champion that is damaged leaves the one that values already */
  add_version (fixture->registry, 36000);
  g_assert_true (hp_registry_promote (fixture->registry, 2, FALSE, NULL, &error));
  expect_version (valuer, NULL, "2");
  add_version (fixture->registry, 37000);
  damage (fixture, 3, "preprocessor.json");
  hp_registry_promote (fixture->registry, 3, TRUE, "test", NULL);
  expect_version (valuer, NULL, "2");
  expect_no_version (valuer, "3", HP_ERROR_DAMAGED, "preprocessor.json");
}

/* Damage to what is in memory is not noticed, and does not matter */
static void
test_kept (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HpValuer) valuer = hp_local_valuer_new (fixture->registry);

  add_version (fixture->registry, 35000);
  expect_version (valuer, NULL, "1");
  damage (fixture, 1, "model.json");
  expect_version (valuer, NULL, "1");
}

static void
test_attributes (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HpValuer) valuer = hp_local_valuer_new (fixture->registry);
  g_autoptr (HpQuestion) question = hp_question_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (HpValuation) valuation = NULL;
  const HpWarning *warning;

  add_version (fixture->registry, 35000);
  expect_error (valuer, question, HP_ERROR_BAD_ATTRIBUTE, "missing: sqft");
  hp_question_set (question, "sqft", "big");
  g_assert_null (hp_valuer_value (valuer, question, NULL, &error));
  g_assert_cmpstr (hp_error_get_field (error), ==, "sqft");
  g_clear_error (&error);
  expect_error (valuer, question, HP_ERROR_BAD_ATTRIBUTE, "sqft: \"big\" is not a number");
  hp_question_set (question, "sqft", "5");
  expect_error (valuer, question, HP_ERROR_BAD_ATTRIBUTE, "below the least allowed");
  hp_question_set (question, "sqft", NULL);
  hp_question_set (question, " SQFT ", "1500");
  hp_question_set (question, "colour", "red");
  hp_question_set (question, "", "x");
  valuation = hp_valuer_value (valuer, question, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (valuation->warnings->len, ==, 2);
  warning = valuation->warnings->pdata[0];
  g_assert_cmpstr (warning->code, ==, "unknown_attribute");
  g_assert_cmpstr (warning->field, ==, "colour");
  question->options.level = 1.5;
  expect_error (valuer, question, HP_ERROR_USAGE, "between 0 and 1");
}

static void
keep_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

/* However far it had come, what is cancelled has no answer */
static void
expect_cancelled (GAsyncResult **result, GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;

  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_cancellable_cancel (cancellable);
  g_assert_null (g_task_propagate_pointer (G_TASK (*result), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* Before it begins, at once after, and when it is long done */
static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
  add_version (fixture->registry, 35000);
  for (guint i = 0; i < 50; i++)
    {
      g_autoptr (HpValuer) valuer = hp_local_valuer_new (fixture->registry);
      g_autoptr (HpQuestion) question = mock_question ("1500");
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GAsyncResult) value = NULL, description = NULL;

      if (i % 3 == 0)
        g_cancellable_cancel (cancellable);
      hp_valuer_value_async (valuer, question, cancellable, keep_cb, &value);
      hp_valuer_describe_async (valuer, NULL, cancellable, keep_cb, &description);
      if (i % 3 == 1)
        g_cancellable_cancel (cancellable);
      /* The valuer itself may go */
      if (i % 2 == 0)
        g_object_unref (g_steal_pointer (&valuer));
      expect_cancelled (&value, cancellable);
      expect_cancelled (&description, cancellable);
    }
}

typedef struct
{
  guint done;
  char *expected[4];
} Many;

static void
many_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Many *many = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (HpValuation) valuation = hp_valuer_value_finish (HP_VALUER (source), result, &error);
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  text = valuation_to_json (valuation);
  g_assert_true (g_strv_contains ((const char *const *) many->expected, text));
  many->done++;
}

/* Of two versions, with sales and without, all at once: nobody gets another's answer */
static void
test_concurrent (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HpValuer) valuer = hp_local_valuer_new (fixture->registry);
  HpQuestion *questions[3] = { mock_question ("1100"), mock_question ("1200"), mock_question ("1300") };
  Many many = { 0 };

  add_version (fixture->registry, 35000);
  add_version (fixture->registry, 36000);
  questions[1]->version = g_strdup ("2");
  questions[2]->options.n_comparables = 2;
  for (gsize i = 0; i < G_N_ELEMENTS (questions); i++)
    many.expected[i] = value_directly (fixture->registry, questions[i]->version, questions[i]);
  for (guint i = 0; i < 120; i++)
    hp_valuer_value_async (valuer, questions[i % 3], NULL, many_cb, &many);
  mock_wait (&many.done, 120);
  for (gsize i = 0; i < G_N_ELEMENTS (questions); i++)
    {
      g_free (many.expected[i]);
      hp_question_free (questions[i]);
    }
}

#define add(path, function) g_test_add (path, Fixture, NULL, support_set_up, function, tear_down_when_idle)

int
main (int argc, char *argv[])
{
  support_init (&argc, &argv);

  add ("/local-valuer/same", test_same);
  add ("/local-valuer/description", test_description);
  add ("/local-valuer/new-champion", test_new_champion);
  add ("/local-valuer/many-versions", test_many_versions);
  add ("/local-valuer/no-model", test_no_model);
  add ("/local-valuer/damaged", test_damaged);
  add ("/local-valuer/kept", test_kept);
  add ("/local-valuer/attributes", test_attributes);
  add ("/local-valuer/cancelled", test_cancelled);
  add ("/local-valuer/concurrent", test_concurrent);

  return support_run ();
}
