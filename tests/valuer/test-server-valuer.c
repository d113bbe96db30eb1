/* test-server-valuer.c - what is asked of a server, and what is made of every kind of answer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "hp-error.h"
#include "hp-valuer.h"
#include "mock-server.h"
#include "mock-valuer.h"

typedef struct
{
  MockServer *server;
  HpValuer *valuer;
} Fixture;

static HpValuer *
make_valuer (const char *url)
{
  g_autoptr (GError) error = NULL;
  HpValuer *valuer = hp_server_valuer_new (url, &error);

  g_assert_no_error (error);
  return valuer;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->server = mock_server_new ();
  fixture->valuer = make_valuer (mock_server_get_url (fixture->server));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->valuer);
  mock_server_free (fixture->server);
}

static void
expect_value (HpValuer *valuer)
{
  g_autoptr (HpQuestion) question = mock_question ("1500");
  g_autoptr (GError) error = NULL;
  g_autoptr (HpValuation) valuation = hp_valuer_value (valuer, question, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpfloat (valuation->predicted_price, ==, MOCK_PRICE);
  g_assert_cmpstr (valuation->version, ==, "7");
  /* Who answered is known here, not told by who answers */
  g_assert_cmpstr (valuation->source, ==, "server");
}

static void
check_error (GError *error, HpErrorCode code, const char *field, const char *part)
{
  g_assert_error (error, HP_ERROR, (int) code);
  g_assert_cmpstr (hp_error_get_field (error), ==, field);
  if (strstr (error->message, part) == NULL)
    g_error ("“%s” is not in “%s”", part, error->message);
}

static void
expect_error (HpValuer *valuer, HpErrorCode code, const char *field, const char *part)
{
  g_autoptr (HpQuestion) question = mock_question ("1500");
  g_autoptr (GError) error = NULL;

  g_assert_null (hp_valuer_value (valuer, question, NULL, &error));
  check_error (error, code, field, part);
}

/* No answer of a house-price server: what, and which server */
static void
expect_no_answer (Fixture *fixture, const char *part)
{
  expect_error (fixture->valuer, HP_ERROR_UNREACHABLE, NULL, part);
  expect_error (fixture->valuer, HP_ERROR_UNREACHABLE, NULL, mock_server_get_url (fixture->server));
}

static void
test_urls (void)
{
  static const char *const bad[] = { "",
                                     "localhost",
                                     "localhost:8000",
                                     "127.0.0.1:8000",
                                     "ftp://host",
                                     "file:///etc/passwd",
                                     "http://",
                                     "http:///path",
                                     "http://host/?q=1",
                                     "http://host/#part",
                                     "http://host:99999",
                                     "http://ho st",
                                     "http://host/\x1b[31m",
                                     "\xff" };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (HpValuer) valuer = hp_server_valuer_new (bad[i], &error);

      if (valuer != NULL)
        g_error ("“%s” was taken", bad[i]);
      check_error (error, HP_ERROR_USAGE, NULL, "is not the address of a server");
      g_assert_null (strchr (error->message, '\x1b'));
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
    }
}

static void
check_url (const char *url, const char *shown)
{
  g_autoptr (HpValuer) valuer = make_valuer (url);

  g_assert_cmpstr (hp_server_valuer_get_url (valuer), ==, shown);
}

static void
test_get_url (void)
{
  check_url ("http://host", "http://host/");
  check_url ("http://host:8000", "http://host:8000/");
  check_url ("https://host:8000/below/", "https://host:8000/below/");
  check_url ("http://[::1]:8000", "http://[::1]:8000/");
  /* A password is not for screens and logs */
  check_url ("http://me:secret@host:8000/", "http://host:8000/");
}

static void
expect_request (Fixture *fixture, const char *method, const char *path)
{
  g_autofree char *request = mock_server_dup_request (fixture->server);
  g_autofree char *expected = g_strconcat (method, " ", mock_server_get_url (fixture->server), path, NULL);

  g_assert_cmpstr (request, ==, expected);
}

static void
expect_header (Fixture *fixture, const char *name, const char *expected)
{
  g_autofree char *value = mock_server_dup_header (fixture->server, name);

  g_assert_cmpstr (value, ==, expected);
}

static void
test_value (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HpQuestion) question = mock_question ("1500");
  g_autofree char *asked = hp_question_to_json (question, NULL), *body = NULL;

  expect_value (fixture->valuer);
  expect_request (fixture, "POST", "/v1/valuations");
  expect_header (fixture, "Content-Type", "application/json");
  expect_header (fixture, "Accept", "application/json");
  expect_header (fixture, "Accept-Encoding", NULL);
  body = mock_server_dup_body (fixture->server);
  g_assert_cmpstr (body, ==, asked);
}

static void
test_describe (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *version, *path;
  } asked[] = { { NULL, "/v1/versions/champion" },
                { "7", "/v1/versions/7" },
                { "a/b?c#d e\n", "/v1/versions/a%2Fb%3Fc%23d%20e%0A" } };

  for (gsize i = 0; i < G_N_ELEMENTS (asked); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (HpDescription) description = hp_valuer_describe (fixture->valuer, asked[i].version, NULL, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (description->version, ==, "7");
      g_assert_cmpuint (description->attributes->len, ==, 1);
      expect_request (fixture, "GET", asked[i].path);
    }
}

/* Below a path, with and without its slash */
static void
test_base_path (Fixture *fixture, gconstpointer data)
{
  static const char *const ends[] = { "/below", "/below/", "/below//" };

  for (gsize i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autofree char *url = g_strconcat (mock_server_get_url (fixture->server), ends[i], NULL);
      g_autoptr (HpValuer) valuer = make_valuer (url);

      expect_value (valuer);
      expect_request (fixture, "POST", "/below/v1/valuations");
    }
}

static void
test_refusals (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    guint status;
    const char *body;
    HpErrorCode code;
    const char *field, *part;
  } refusals[] = {
    { 422, "{\"detail\":\"bad\",\"errors\":[{\"field\":\"sqft\",\"message\":\"sqft: too small\"}]}",
      HP_ERROR_BAD_ATTRIBUTE, "sqft", "sqft: too small" },
    { 422, "{\"errors\":[1,{},{\"message\":\"one\"},{\"field\":\"b\",\"message\":\"two\"},{\"field\":\"c\"}]}",
      HP_ERROR_BAD_ATTRIBUTE, "b", "one; two" },
    { 422, "{\"detail\":\"all of it\"}", HP_ERROR_BAD_ATTRIBUTE, NULL, "all of it" },
    { 422, "{\"errors\":7,\"detail\":\"odd\"}", HP_ERROR_BAD_ATTRIBUTE, NULL, "odd" },
    { 404, "{\"detail\":\"no version 9\"}", HP_ERROR_NOT_FOUND, NULL, "no version 9" },
    { 400, "{\"detail\":\"what?\"}", HP_ERROR_UNREACHABLE, NULL, "answers 400: what?" },
    { 401, "{\"detail\":\"a token\"}", HP_ERROR_UNREACHABLE, NULL, "answers 401: a token" },
    { 413, "{\"detail\":\"big\"}", HP_ERROR_UNREACHABLE, NULL, "answers 413: big" },
    { 429, "{\"detail\":\"slower\"}", HP_ERROR_UNREACHABLE, NULL, "answers 429: slower" },
    { 500, "{\"detail\":\"\\u001b[31mfire\"}", HP_ERROR_UNREACHABLE, NULL, "answers 500: \\x1b[31mfire" },
    { 503, "{}", HP_ERROR_UNREACHABLE, NULL, "answers 503" },
    { 503, "{\"status\":\"draining\"}", HP_ERROR_UNREACHABLE, NULL, "answers 503: draining" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      mock_server_set_answer (fixture->server, refusals[i].status, "application/problem+json", refusals[i].body);
      expect_error (fixture->valuer, refusals[i].code, refusals[i].field, refusals[i].part);
      if (refusals[i].code == HP_ERROR_UNREACHABLE)
        expect_error (fixture->valuer, HP_ERROR_UNREACHABLE, NULL, mock_server_get_url (fixture->server));
    }
  mock_server_set_answer (fixture->server, 0, NULL, NULL);
  expect_value (fixture->valuer);
}

/* Another program's refusals are no answers about a house */
static void
test_foreign_refusals (Fixture *fixture, gconstpointer data)
{
  static const guint statuses[] = { 404, 422 };

  for (gsize i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      mock_server_set_answer (fixture->server, statuses[i], "application/json", "{\"detail\":\"Not Found\"}");
      expect_no_answer (fixture, "no answer of a house-price server");
      mock_server_set_answer (fixture->server, statuses[i], "text/html", "<h1>Not Found</h1>");
      expect_no_answer (fixture, "no answer of a house-price server");
      mock_server_set_answer (fixture->server, statuses[i], NULL, NULL);
      expect_no_answer (fixture, "no answer of a house-price server");
    }
}

/* A house stands as an error in its place */
static void
test_house_errors (Fixture *fixture, gconstpointer data)
{
#define HOUSE(error) "{\"valuations\":[{\"error\":" error "}]}"
  mock_server_set_answer (fixture->server, 200, "application/json",
                          HOUSE ("{\"code\":\"bad_attribute\",\"detail\":\"bad\",\"errors\":[{\"field\":\"sqft\","
                                 "\"message\":\"sqft: no number\"}]}"));
  expect_error (fixture->valuer, HP_ERROR_BAD_ATTRIBUTE, "sqft", "sqft: no number");
  mock_server_set_answer (fixture->server, 200, "application/json",
                          HOUSE ("{\"code\":\"failed\",\"message\":\"no sensible price\"}"));
  expect_error (fixture->valuer, HP_ERROR_FAILED, NULL, "no sensible price");
  mock_server_set_answer (fixture->server, 200, "application/json", HOUSE ("{}"));
  expect_error (fixture->valuer, HP_ERROR_FAILED, NULL, "");
  mock_server_set_answer (fixture->server, 200, "application/json", HOUSE ("\"bad\""));
  expect_no_answer (fixture, "no answer of a house-price server");
}

static void
test_wrong_shapes (Fixture *fixture, gconstpointer data)
{
  g_autofree char *deep = g_strnfill (100000, '[');
  const char *const bodies[] = { "",
                                 " ",
                                 "null",
                                 "7",
                                 "[]",
                                 "{",
                                 "{}",
                                 "{\"valuations\":{}}",
                                 "{\"valuations\":[]}",
                                 "{\"valuations\":[null]}",
                                 "{\"valuations\":[{}]}",
                                 "{\"valuations\":[" MOCK_VALUATION ("1e6") "," MOCK_VALUATION ("1e6") "]}",
                                 "{\"valuations\":[" MOCK_VALUATION ("NaN") "]}",
                                 "{\"valuations\":[" MOCK_VALUATION ("-5") "]}",
                                 "{\"valuations\":[" MOCK_VALUATION ("1e999") "]}",
                                 "{\"valuations\":[" MOCK_VALUATION ("5") "]}garbage",
                                 "{\"valuations\":[],\"valuations\":[" MOCK_VALUATION ("5") "]}",
                                 "\xef\xbb\xbf{\"valuations\":[" MOCK_VALUATION ("5") "]}",
                                 "{\"a\":\"\xff\"}",
                                 deep };

  for (gsize i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (GError) error = NULL;

      mock_server_set_answer (fixture->server, 200, "application/json", bodies[i]);
      expect_no_answer (fixture, "no answer of a house-price server");
      g_assert_null (hp_valuer_describe (fixture->valuer, NULL, NULL, &error));
      check_error (error, HP_ERROR_UNREACHABLE, NULL, mock_server_get_url (fixture->server));
    }
  /* JSON that says it is something else, and something that is neither */
  mock_server_set_answer (fixture->server, 200, "text/html", "{\"valuations\":[" MOCK_VALUATION ("5") "]}");
  expect_no_answer (fixture, "status 200, and no JSON");
  mock_server_set_answer (fixture->server, 200, NULL, "{\"valuations\":[" MOCK_VALUATION ("5") "]}");
  expect_no_answer (fixture, "status 200, and no JSON");
  mock_server_set_answer (fixture->server, 204, NULL, NULL);
  expect_no_answer (fixture, "status 204, and no JSON");
  /* With a parameter it is JSON all the same */
  mock_server_set_answer (fixture->server, 200, "application/json; charset=utf-8",
                          "{\"valuations\":[" MOCK_VALUATION ("123456.78") "]}");
  expect_value (fixture->valuer);
}

/* 16 MiB are an answer's most: it would be read otherwise, spaces being JSON */
static void
test_too_long (Fixture *fixture, gconstpointer data)
{
  g_autofree char *space = g_strnfill ((16 << 20) + 1, ' ');
  g_autofree char *answer = NULL;

  memcpy (space, "{\"valuations\":[", 15);
  answer = g_strconcat (space, MOCK_VALUATION ("123456.78"), "]}", NULL);
  mock_server_set_answer (fixture->server, 200, "application/json", answer);
  expect_no_answer (fixture, "longer than 16777216 bytes");
  mock_server_set_answer (fixture->server, 0, NULL, NULL);
  expect_value (fixture->valuer);
}

static void
test_redirects (Fixture *fixture, gconstpointer data)
{
  static const guint statuses[] = { 301, 302, 303, 307, 308 };
  g_autoptr (MockServer) other = mock_server_new ();
  g_autofree char *target = g_strconcat (mock_server_get_url (other), "/v1/valuations", NULL);

  mock_server_set_header (fixture->server, "Location", target);
  for (gsize i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      mock_server_set_answer (fixture->server, statuses[i], "text/plain", "elsewhere");
      expect_no_answer (fixture, "");
    }
  g_assert_cmpuint (mock_server_get_requests (other), ==, 0);
}

static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HpQuestion) question = mock_question ("1500");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (hp_valuer_value (fixture->valuer, question, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_null (hp_valuer_describe (fixture->valuer, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (mock_server_get_requests (fixture->server), ==, 0);
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HpValuation) valuation = hp_valuer_value_finish (HP_VALUER (source), result, &error);

  g_assert_no_error (error);
  g_assert_cmpfloat (valuation->predicted_price, ==, MOCK_PRICE);
  ++*(guint *) data;
}

static void
test_many (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HpQuestion) question = mock_question ("1500");
  guint answered = 0;

  for (guint i = 0; i < 50; i++)
    hp_valuer_value_async (fixture->valuer, question, NULL, answered_cb, &answered);
  mock_wait (&answered, 50);
  g_assert_cmpuint (mock_server_get_requests (fixture->server), ==, 50);
}

#define add(name, function) g_test_add ("/server-valuer/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  hp_valuer_prepare_program ();
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/server-valuer/urls", test_urls);
  g_test_add_func ("/server-valuer/get-url", test_get_url);
  add ("value", test_value);
  add ("describe", test_describe);
  add ("base-path", test_base_path);
  add ("refusals", test_refusals);
  add ("foreign-refusals", test_foreign_refusals);
  add ("house-errors", test_house_errors);
  add ("wrong-shapes", test_wrong_shapes);
  add ("too-long", test_too_long);
  add ("redirects", test_redirects);
  add ("cancelled", test_cancelled);
  add ("many", test_many);

  return g_test_run ();
}
