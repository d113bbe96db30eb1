/* test-what-if.c - the curve of an attribute: its values, and that it is never that of another house
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <stdlib.h>

#include "hp-what-if.h"
#include "mock-valuer.h"

typedef struct
{
  MockValuer *server, *local;
  HpValuer *valuer;
  HpWorkbench *workbench;
  HpForm *form;
  HpWhatIf *what_if;
  guint changes;
} Fixture;

#define DESCRIPTION(version)                                                                                           \
  "{\"model\":\"m\",\"version\":\"" version "\",\"currency\":\"USD\",\"target\":\"price\",\"reference_date\":"         \
  "\"2010-07\",\"attributes\":["                                                                                       \
  "{\"name\":\"sqft\",\"label\":\"Area\",\"type\":\"number\",\"required\":true,\"min\":100,\"seen_min\":334,"          \
  "\"seen_max\":5642,\"typical\":1656},"                                                                               \
  "{\"name\":\"rooms\",\"label\":\"Rooms\",\"type\":\"integer\",\"required\":true,\"seen_min\":0,\"seen_max\":8,"      \
  "\"typical\":3},"                                                                                                    \
  "{\"name\":\"built\",\"label\":\"Built\",\"type\":\"integer\",\"required\":true,\"seen_min\":1872,"                  \
  "\"seen_max\":2010,\"typical\":1973},"                                                                               \
  "{\"name\":\"share\",\"label\":\"Share\",\"type\":\"number\",\"required\":false,\"seen_min\":0,\"seen_max\":1,"      \
  "\"typical\":0.3},"                                                                                                  \
  "{\"name\":\"baths\",\"label\":\"Baths\",\"type\":\"number\",\"required\":false,\"seen_min\":1,\"seen_max\":7.5},"   \
  "{\"name\":\"odd\",\"label\":\"Odd\",\"type\":\"number\",\"required\":false},"                                       \
  "{\"name\":\"place\",\"label\":\"Place\",\"type\":\"category\",\"required\":true,\"typical\":\"B\","                 \
  "\"choices\":[{\"value\":\"A\",\"sales\":20},{\"value\":\"B\",\"sales\":30},{\"value\":\"C\",\"sales\":10}]},"       \
  "{\"name\":\"sold\",\"label\":\"Sold\",\"type\":\"date\",\"required\":false,\"effective_date\":true,"                \
  "\"seen_min\":\"2006-01\",\"seen_max\":\"2010-07\"}]}"

static void
changed_cb (HpWhatIf *what_if, gpointer data)
{
  ((Fixture *) data)->changes++;
}

static void
set_up (Fixture *fixture, gconstpointer with_server)
{
  fixture->local = mock_valuer_new ("local");
  fixture->local->description = mock_description (DESCRIPTION ("1"));
  if (GPOINTER_TO_INT (with_server))
    {
      fixture->server = mock_valuer_new ("server");
      fixture->server->description = mock_description (DESCRIPTION ("1"));
    }
  fixture->valuer
    = hp_auto_valuer_new (fixture->server != NULL ? HP_VALUER (fixture->server) : NULL, HP_VALUER (fixture->local));
  fixture->workbench = hp_workbench_new_with_valuer (HP_AUTO_VALUER (fixture->valuer));
  fixture->form = hp_workbench_get_form (fixture->workbench);
  fixture->what_if = hp_what_if_new (fixture->workbench, NULL);
  g_signal_connect (fixture->what_if, "changed", G_CALLBACK (changed_cb), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  mock_settle ();
  g_queue_clear_full (&fixture->local->many, g_object_unref);
  if (fixture->what_if != NULL)
    g_object_unref (fixture->what_if);
  g_object_unref (fixture->workbench);
  g_object_unref (fixture->valuer);
  g_clear_object (&fixture->server);
  g_clear_object (&fixture->local);
}

/* The form as it is made of the description, without anybody who prices it */
static void
describe (Fixture *fixture, const char *json)
{
  g_autoptr (HpDescription) description = mock_description (json);

  hp_form_set_description (fixture->form, description);
}

static void
type (Fixture *fixture, const char *name, const char *text)
{
  hp_form_set_text (fixture->form, hp_description_find_attribute (hp_form_get_description (fixture->form), name), text);
}

static double
by_area (const HpQuestion *question)
{
  return 100 * atof (hp_question_get (question, "sqft"));
}

static double
by_place (const HpQuestion *question)
{
  static const double prices[] = { 300, 100, 200 };
  const char *place = hp_question_get (question, "place");

  return *place >= 'A' && *place <= 'C' ? prices[*place - 'A'] : 150;
}

static double
for_all (const HpQuestion *question)
{
  return 7;
}

static double
not_the_large (const HpQuestion *question)
{
  return by_area (question) > 300000 ? 0 : by_area (question);
}

static double
none_at_all (const HpQuestion *question)
{
  return 0;
}

static const HpWhatIfPoint *
point (Fixture *fixture, guint i)
{
  const GPtrArray *points = hp_what_if_get_points (fixture->what_if);

  g_assert_cmpuint (i, <, points->len);
  return g_ptr_array_index (points, i);
}

static guint
n_points (Fixture *fixture)
{
  return hp_what_if_get_points (fixture->what_if)->len;
}

/* Nobody is asked before there is a form, and an attribute */
static void
test_nothing (Fixture *fixture, gconstpointer data)
{
  g_assert_null (hp_what_if_get_field (fixture->what_if));
  g_assert_null (hp_what_if_get_attribute (fixture->what_if));
  g_assert_null (hp_what_if_get_currency (fixture->what_if));
  g_assert_cmpuint (n_points (fixture), ==, 0);
  g_assert_cmpint (hp_what_if_get_own (fixture->what_if), ==, -1);
  g_assert_false (hp_what_if_is_current (fixture->what_if));
  hp_what_if_set_field (fixture->what_if, "sqft");
  g_assert_null (hp_what_if_get_field (fixture->what_if));
  describe (fixture, DESCRIPTION ("1"));
  g_assert_cmpstr (hp_what_if_get_field (fixture->what_if), ==, "sqft");
  g_assert_cmpuint (fixture->local->asked_many, ==, 1);
  g_assert_false (hp_what_if_is_current (fixture->what_if));
}

/* Round numbers across what training saw, and the house's own among them; the rest of the house is the form's */
static void
test_numbers (Fixture *fixture, gconstpointer data)
{
  const HpQuestion *question;

  describe (fixture, DESCRIPTION ("1"));
  hp_what_if_set_field (fixture->what_if, "sqft");
  question = mock_valuer_many (fixture->local, 0)->pdata[0];
  g_assert_cmpstr (hp_question_get (question, "sqft"), ==, "450");
  g_assert_cmpstr (hp_question_get (question, "place"), ==, "B");
  g_assert_null (hp_question_get (question, "odd"));
  g_assert_false (question->options.explain);
  mock_valuer_answer_many (fixture->local, 0, by_area);
  mock_settle ();
  g_assert_true (hp_what_if_is_current (fixture->what_if));
  g_assert_cmpstr (hp_what_if_get_attribute (fixture->what_if)->name, ==, "sqft");
  g_assert_cmpstr (hp_what_if_get_currency (fixture->what_if), ==, "USD");
  g_assert_cmpuint (n_points (fixture), ==, 36);
  for (guint i = 0; i < n_points (fixture); i++)
    {
      const HpWhatIfPoint *one = point (fixture, i);

      g_assert_true (i == 0 || one->x > point (fixture, i - 1)->x);
      g_assert_cmpfloat (one->price, ==, 100 * one->x);
      g_assert_cmpfloat (one->low, ==, 1);
      g_assert_cmpfloat (one->high, ==, 1e9);
      g_assert_true (one->own || fmod (one->x, 150) == 0);
    }
  g_assert_cmpfloat (point (fixture, hp_what_if_get_own (fixture->what_if))->x, ==, 1656);
}

static void
expect (Fixture *fixture, const char *field, guint n, guint i, const char *text, double x, gboolean own)
{
  hp_what_if_set_field (fixture->what_if, field);
  while (n == 0 ? n_points (fixture) > 0 : !hp_what_if_is_current (fixture->what_if))
    {
      g_main_context_iteration (NULL, TRUE);
      if (fixture->local->many.length > 0)
        mock_valuer_answer_many (fixture->local, 0, for_all);
    }
  g_assert_cmpuint (n_points (fixture), ==, n);
  if (n == 0)
    return;
  g_assert_cmpstr (point (fixture, i)->text, ==, text);
  g_assert_cmpfloat (point (fixture, i)->x, ==, x);
  g_assert_cmpint (point (fixture, i)->own, ==, own);
}

/* Few whole numbers: each; a share in exact decimals; months; what has no range: the house's own value, if it has any
 */
static void
test_grids (Fixture *fixture, gconstpointer data)
{
  describe (fixture, DESCRIPTION ("1"));
  expect (fixture, "rooms", 9, 3, "3", 3, TRUE);
  expect (fixture, "built", 47 + 1, 0, "1872", 1872, FALSE);
  expect (fixture, "share", 51, 3, "0.06", 0.06, FALSE);
  g_assert_cmpint (hp_what_if_get_own (fixture->what_if), ==, 15);
  expect (fixture, "baths", 14, 1, "1.5", 1.5, FALSE);
  g_assert_cmpint (hp_what_if_get_own (fixture->what_if), ==, -1);
  expect (fixture, "odd", 0, 0, NULL, 0, FALSE);
  g_assert_null (hp_what_if_get_error (fixture->what_if));
  g_assert_false (hp_what_if_is_current (fixture->what_if));
  type (fixture, "odd", "7");
  expect (fixture, "odd", 1, 0, "7", 7, TRUE);
  expect (fixture, "sold", 55, 0, "2006-01", 2006 * 12, FALSE);
  g_assert_cmpint (hp_what_if_get_own (fixture->what_if), ==, 54);
  g_assert_cmpstr (point (fixture, 54)->text, ==, "");
  type (fixture, "sold", "2012-03-16");
  expect (fixture, "sold", 56, 55, "2012-03-16", 2012 * 12 + 2 + 15. / 31, TRUE);
  type (fixture, "rooms", "25");
  expect (fixture, "rooms", 10, 9, "25", 25, TRUE);
}

/* Categories by price; one that the model has not seen is among them */
static void
test_categories (Fixture *fixture, gconstpointer data)
{
  describe (fixture, DESCRIPTION ("1"));
  hp_what_if_set_field (fixture->what_if, "place");
  mock_valuer_answer_many (fixture->local, 0, by_place);
  mock_settle ();
  g_assert_cmpuint (n_points (fixture), ==, 3);
  g_assert_cmpstr (point (fixture, 0)->text, ==, "B");
  g_assert_cmpstr (point (fixture, 1)->text, ==, "C");
  g_assert_cmpstr (point (fixture, 2)->text, ==, "A");
  g_assert_cmpfloat (point (fixture, 2)->x, ==, 2);
  g_assert_cmpint (hp_what_if_get_own (fixture->what_if), ==, 0);
  type (fixture, "place", "Zed");
  mock_wait (&fixture->local->asked_many, 2);
  mock_valuer_answer_many (fixture->local, 0, by_place);
  mock_settle ();
  g_assert_cmpuint (n_points (fixture), ==, 4);
  g_assert_cmpstr (point (fixture, 1)->text, ==, "Zed");
  g_assert_cmpint (hp_what_if_get_own (fixture->what_if), ==, 1);
}

/* More choices than a screen has room for: those with most sales, and the house's own */
static void
test_many_categories (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) json = g_string_new ("{\"model\":\"m\",\"version\":\"1\",\"target\":\"price\",\"attributes\":["
                                           "{\"name\":\"place\",\"label\":\"P\",\"type\":\"category\","
                                           "\"required\":true,\"typical\":\"c0\",\"choices\":[");

  for (int i = 0; i < 100; i++)
    g_string_append_printf (json, "%s{\"value\":\"c%d\",\"sales\":%d}", i > 0 ? "," : "", i, 10 + i);
  g_string_append (json, "]}]}");
  describe (fixture, json->str);
  hp_what_if_set_field (fixture->what_if, "place");
  mock_valuer_answer_many (fixture->local, 0, for_all);
  mock_settle ();
  g_assert_cmpuint (n_points (fixture), ==, 40);
  g_assert_cmpstr (point (fixture, hp_what_if_get_own (fixture->what_if))->text, ==, "c0");
  for (guint i = 0; i < 40; i++)
    g_assert_true (point (fixture, i)->own || atoi (point (fixture, i)->text + 1) > 60);
}

/* What the price does not depend on has no curve: somebody who passes by it keeps the one there is */
static void
test_not_priced (Fixture *fixture, gconstpointer data)
{
  describe (fixture, "{\"model\":\"m\",\"version\":\"1\",\"target\":\"price\",\"attributes\":["
                     "{\"name\":\"sqft\",\"label\":\"Area\",\"type\":\"number\",\"required\":true,\"typical\":1656,"
                     "\"seen_min\":334,\"seen_max\":5642},"
                     "{\"name\":\"latitude\",\"label\":\"Latitude\",\"type\":\"number\",\"required\":false,"
                     "\"place\":true,\"seen_min\":41,\"seen_max\":42}]}");
  hp_what_if_set_field (fixture->what_if, "sqft");
  hp_what_if_set_field (fixture->what_if, "latitude");
  g_assert_cmpstr (hp_what_if_get_field (fixture->what_if), ==, "sqft");
  hp_what_if_set_field (fixture->what_if, NULL);
  hp_what_if_set_field (fixture->what_if, "latitude");
  g_assert_cmpstr (hp_what_if_get_field (fixture->what_if), !=, "latitude");
}

/* Typing makes one question of the last key stroke; the old curve stays until it is answered */
static void
test_typing (Fixture *fixture, gconstpointer data)
{
  describe (fixture, DESCRIPTION ("1"));
  hp_what_if_set_field (fixture->what_if, "sqft");
  mock_valuer_answer_many (fixture->local, 0, by_area);
  mock_settle ();
  type (fixture, "rooms", "4");
  type (fixture, "rooms", "5");
  type (fixture, "sqft", "2000");
  g_assert_cmpuint (fixture->local->asked_many, ==, 1);
  g_assert_false (hp_what_if_is_current (fixture->what_if));
  g_assert_cmpuint (n_points (fixture), ==, 36);
  mock_wait (&fixture->local->asked_many, 2);
  g_assert_cmpstr (hp_question_get (mock_valuer_many (fixture->local, 0)->pdata[0], "rooms"), ==, "5");
  fixture->changes = 0;
  mock_valuer_answer_many (fixture->local, 0, by_area);
  mock_settle ();
  g_assert_cmpuint (fixture->changes, ==, 1);
  g_assert_true (hp_what_if_is_current (fixture->what_if));
  g_assert_cmpfloat (point (fixture, hp_what_if_get_own (fixture->what_if))->x, ==, 2000);
}

/* The answer to the earlier question arrives last, and is not shown; nor is one about another attribute */
static void
test_out_of_order (Fixture *fixture, gconstpointer data)
{
  describe (fixture, DESCRIPTION ("1"));
  hp_what_if_set_field (fixture->what_if, "rooms");
  hp_what_if_set_field (fixture->what_if, "sqft");
  mock_wait (&fixture->local->asked_many, 2);
  mock_valuer_answer_many (fixture->local, 1, by_area);
  mock_settle ();
  fixture->changes = 0;
  mock_valuer_answer_many (fixture->local, 0, for_all);
  mock_settle ();
  g_assert_cmpuint (fixture->changes, ==, 0);
  g_assert_cmpstr (hp_what_if_get_attribute (fixture->what_if)->name, ==, "sqft");
  g_assert_cmpfloat (point (fixture, 0)->price, ==, 45000);
}

/* While another attribute's curve is out, the points are still those of the one before it, and say so */
static void
test_another_field (Fixture *fixture, gconstpointer data)
{
  describe (fixture, DESCRIPTION ("1"));
  hp_what_if_set_field (fixture->what_if, "sqft");
  mock_valuer_answer_many (fixture->local, 0, by_area);
  mock_settle ();
  hp_what_if_set_field (fixture->what_if, "rooms");
  g_assert_cmpstr (hp_what_if_get_field (fixture->what_if), ==, "rooms");
  g_assert_cmpstr (hp_what_if_get_attribute (fixture->what_if)->name, ==, "sqft");
  g_assert_false (hp_what_if_is_current (fixture->what_if));
}

/* A house that can't be valued is asked about by nobody */
static void
test_invalid (Fixture *fixture, gconstpointer data)
{
  describe (fixture, DESCRIPTION ("1"));
  hp_what_if_set_field (fixture->what_if, "sqft");
  type (fixture, "rooms", "many");
  mock_valuer_answer_many (fixture->local, 0, by_area);
  mock_settle ();
  g_assert_cmpuint (n_points (fixture), ==, 0);
  g_usleep (150000);
  mock_settle ();
  g_assert_cmpuint (fixture->local->asked_many, ==, 1);
  g_assert_false (hp_what_if_is_current (fixture->what_if));
  type (fixture, "rooms", "2");
  g_assert_cmpuint (fixture->local->asked_many, ==, 2);
}

/* What the model refuses leaves a gap; if it refuses all, it says why */
static void
test_bad_house (Fixture *fixture, gconstpointer data)
{
  describe (fixture, DESCRIPTION ("1"));
  hp_what_if_set_field (fixture->what_if, "sqft");
  mock_valuer_answer_many (fixture->local, 0, not_the_large);
  mock_settle ();
  g_assert_cmpuint (n_points (fixture), ==, 19);
  g_assert_null (hp_what_if_get_error (fixture->what_if));
  type (fixture, "rooms", "2");
  mock_wait (&fixture->local->asked_many, 2);
  mock_valuer_answer_many (fixture->local, 0, none_at_all);
  mock_settle ();
  g_assert_error (hp_what_if_get_error (fixture->what_if), HP_ERROR, HP_ERROR_BAD_ATTRIBUTE);
  g_assert_false (hp_what_if_is_current (fixture->what_if));
  type (fixture, "rooms", "4");
  g_assert_null (hp_what_if_get_error (fixture->what_if));
}

/* The form is made anew, without the attribute that was set; later it is there again */
static void
test_described (Fixture *fixture, gconstpointer data)
{
  describe (fixture, DESCRIPTION ("1"));
  hp_what_if_set_field (fixture->what_if, "sqft");
  mock_valuer_answer_many (fixture->local, 0, by_area);
  mock_settle ();
  describe (fixture, "{\"model\":\"m\",\"version\":\"2\",\"target\":\"price\",\"attributes\":[{\"name\":\"only\","
                     "\"label\":\"Only\",\"type\":\"number\",\"required\":true,\"typical\":1}]}");
  g_assert_null (hp_what_if_get_field (fixture->what_if));
  g_assert_false (hp_what_if_is_current (fixture->what_if));
  /* the points' attribute outlives the form's */
  g_assert_cmpstr (hp_what_if_get_attribute (fixture->what_if)->name, ==, "sqft");
  describe (fixture, DESCRIPTION ("3"));
  g_assert_cmpstr (hp_what_if_get_field (fixture->what_if), ==, "sqft");
  mock_wait (&fixture->local->asked_many, 2);
}

#define EXPLAINED                                                                                                      \
  ",\"base_price\":1,\"contributions\":[{\"feature\":\"age\",\"value\":3,\"amount\":9},"                               \
  "{\"feature\":\"place\",\"value\":\"B\",\"amount\":-5},{\"feature\":\"sqft\",\"value\":1,\"amount\":4}]"
#define EXPLAINED_OTHERWISE ",\"base_price\":1,\"contributions\":[{\"feature\":\"sqft\",\"value\":1,\"amount\":9}]"

/* With a price beside it: the attribute that weighs most is chosen, and stays chosen */
static void
test_automatic (Fixture *fixture, gconstpointer data)
{
  hp_workbench_start (fixture->workbench);
  mock_wait (&fixture->local->asked, 1);
  g_assert_null (hp_what_if_get_field (fixture->what_if));
  mock_valuer_explain (fixture->local, 0, 100, EXPLAINED);
  mock_settle ();
  g_assert_cmpstr (hp_what_if_get_field (fixture->what_if), ==, "place");
  type (fixture, "rooms", "7");
  mock_wait (&fixture->local->asked, 2);
  mock_valuer_explain (fixture->local, 0, 100, EXPLAINED_OTHERWISE);
  mock_settle ();
  g_assert_cmpstr (hp_what_if_get_field (fixture->what_if), ==, "place");
  hp_what_if_set_field (fixture->what_if, "sqft");
  g_assert_cmpstr (hp_what_if_get_field (fixture->what_if), ==, "sqft");
  hp_what_if_set_field (fixture->what_if, NULL);
  g_assert_cmpstr (hp_what_if_get_field (fixture->what_if), ==, "place");
}

/* A price without reasons */
static void
test_unexplained (Fixture *fixture, gconstpointer data)
{
  hp_workbench_start (fixture->workbench);
  mock_wait (&fixture->local->asked, 1);
  mock_valuer_answer (fixture->local, 0, 100);
  mock_settle ();
  g_assert_cmpstr (hp_what_if_get_field (fixture->what_if), ==, "sqft");
}

/* The server is lost while it is asked: this computer's curve comes */
static void
test_server_lost (Fixture *fixture, gconstpointer data)
{
  describe (fixture, DESCRIPTION ("1"));
  hp_what_if_set_field (fixture->what_if, "sqft");
  g_assert_cmpuint (fixture->server->asked_many, ==, 1);
  g_assert_cmpuint (fixture->local->asked_many, ==, 0);
  mock_valuer_fail_many (fixture->server, 0, HP_ERROR_UNREACHABLE, "gone");
  mock_settle ();
  g_assert_cmpint (hp_auto_valuer_get_state (HP_AUTO_VALUER (fixture->valuer)), ==, HP_VALUER_OFFLINE);
  g_assert_null (hp_what_if_get_error (fixture->what_if));
  mock_wait (&fixture->local->asked_many, 1);
  mock_valuer_answer_many (fixture->local, 0, by_area);
  mock_settle ();
  g_assert_true (hp_what_if_is_current (fixture->what_if));
}

/* Neither answers: the curve that is there stays, and why it is not current is told */
static void
test_failed (Fixture *fixture, gconstpointer data)
{
  describe (fixture, DESCRIPTION ("1"));
  hp_what_if_set_field (fixture->what_if, "sqft");
  mock_valuer_answer_many (fixture->local, 0, by_area);
  mock_settle ();
  type (fixture, "rooms", "2");
  mock_wait (&fixture->local->asked_many, 2);
  mock_valuer_fail_many (fixture->local, 0, HP_ERROR_DAMAGED, "model.json: damaged");
  mock_settle ();
  g_assert_error (hp_what_if_get_error (fixture->what_if), HP_ERROR, HP_ERROR_DAMAGED);
  g_assert_false (hp_what_if_is_current (fixture->what_if));
  g_assert_cmpuint (n_points (fixture), ==, 36);
}

/* A new champion prices the house beside the curve of the old one: once, the curve is asked for again */
static void
test_new_champion (Fixture *fixture, gconstpointer data)
{
  hp_what_if_set_field (fixture->what_if, "sqft");
  hp_workbench_start (fixture->workbench);
  mock_wait (&fixture->local->asked_many, 1);
  mock_valuer_answer_many (fixture->local, 0, by_area);
  mock_settle ();
  fixture->local->version = "2";
  mock_valuer_answer (fixture->local, 0, 100);
  mock_settle ();
  g_assert_false (hp_what_if_is_current (fixture->what_if));
  mock_wait (&fixture->local->asked_many, 2);
  while (fixture->local->many.length > 0)
    mock_valuer_answer_many (fixture->local, 0, by_area);
  mock_settle ();
  g_assert_true (hp_what_if_is_current (fixture->what_if));
}

/* A window is closed while a curve is out */
static void
test_closed (Fixture *fixture, gconstpointer data)
{
  describe (fixture, DESCRIPTION ("1"));
  hp_what_if_set_field (fixture->what_if, "sqft");
  g_object_run_dispose (G_OBJECT (fixture->what_if));
  fixture->changes = 0;
  mock_valuer_answer_many (fixture->local, 0, by_area);
  mock_settle ();
  g_assert_cmpuint (fixture->changes, ==, 0);
  g_clear_object (&fixture->what_if);
  type (fixture, "rooms", "2");
  mock_settle ();
  g_assert_cmpuint (fixture->local->asked_many, ==, 1);
}

/* One that is made for an attribute asks for no other first */
static void
test_new_with_field (Fixture *fixture, gconstpointer data)
{
  hp_workbench_start (fixture->workbench);
  mock_wait (&fixture->local->asked, 1);
  mock_valuer_explain (fixture->local, 0, 100, EXPLAINED);
  mock_settle ();
  g_object_unref (fixture->what_if);
  fixture->local->asked_many = 0;
  fixture->what_if = hp_what_if_new (fixture->workbench, "sqft");
  g_assert_cmpuint (fixture->local->asked_many, ==, 1);
  g_assert_cmpstr (hp_what_if_get_field (fixture->what_if), ==, "sqft");
  hp_what_if_set_field (fixture->what_if, NULL);
  g_assert_cmpstr (hp_what_if_get_field (fixture->what_if), ==, "place");
}

/* Nobody wants the curve any more: it is not waited for */
static void
test_dropped (Fixture *fixture, gconstpointer data)
{
  gpointer kept = fixture->what_if;

  describe (fixture, DESCRIPTION ("1"));
  hp_what_if_set_field (fixture->what_if, "sqft");
  g_assert_false (mock_valuer_is_cancelled (fixture->local, 0));
  g_object_add_weak_pointer (kept, &kept);
  g_clear_object (&fixture->what_if);
  g_assert_null (kept);
  g_assert_true (mock_valuer_is_cancelled (fixture->local, 0));
  mock_valuer_answer_many (fixture->local, 0, by_area);
  mock_settle ();
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    gboolean with_server;
    void (*function) (Fixture *, gconstpointer);
  } tests[] = {
    { "/what-if/nothing", FALSE, test_nothing },
    { "/what-if/numbers", FALSE, test_numbers },
    { "/what-if/grids", FALSE, test_grids },
    { "/what-if/categories", FALSE, test_categories },
    { "/what-if/many-categories", FALSE, test_many_categories },
    { "/what-if/not-priced", FALSE, test_not_priced },
    { "/what-if/typing", FALSE, test_typing },
    { "/what-if/out-of-order", FALSE, test_out_of_order },
    { "/what-if/another-field", FALSE, test_another_field },
    { "/what-if/invalid", FALSE, test_invalid },
    { "/what-if/bad-house", FALSE, test_bad_house },
    { "/what-if/described", FALSE, test_described },
    { "/what-if/automatic", FALSE, test_automatic },
    { "/what-if/unexplained", FALSE, test_unexplained },
    { "/what-if/server-lost", TRUE, test_server_lost },
    { "/what-if/failed", FALSE, test_failed },
    { "/what-if/new-champion", FALSE, test_new_champion },
    { "/what-if/closed", FALSE, test_closed },
    { "/what-if/new-with-field", FALSE, test_new_with_field },
    { "/what-if/dropped", FALSE, test_dropped },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, GINT_TO_POINTER (tests[i].with_server), set_up, tests[i].function, tear_down);
  return g_test_run ();
}
