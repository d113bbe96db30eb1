/* test-session-hostile.c - files that are no sessions are refused, with the place and what is wrong
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "session-support.h"

static void
refuse (const char *text, gsize length, const char *part)
{
  GError *error = NULL;
  HpSession *session = hp_session_from_json (text, length, "bad.hpsession", NULL, &error);

  if (session != NULL)
    g_error ("accepted: %.200s", text);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  g_assert_true (g_str_has_prefix (error->message, "bad.hpsession"));
  support_assert_error (error, HP_ERROR_BAD_DATA, part);
}

static void
test_refused (Fixture *fixture, gconstpointer data)
{
#define HOUSE(members)     "{\"format\":1,\"houses\":[{\"id\":\"h1\",\"name\":\"A\"," members "}]}"
#define VALUATION(members) HOUSE ("\"valuations\":[{\"version\":\"3\"," members "}]")
  static const struct
  {
    const char *text, *part;
  } cases[] = {
    { "", "" },
    { "[]", "not a session" },
    { "null", "not a session" },
    { "{", "too early" },
    { "{}", "\"format\" is missing" },
    { "{\"format\":\"1\"}", "format" },
    { "{\"format\":0}", "format" },
    { "{\"format\":1.5}", "format" },
    { "{\"format\":2}", "newer version" },
    { "{\"format\":9223372036854775807,\"houses\":5}", "newer version" },
    { "{\"format\":1,\"format\":1}", "" },
    { "{\"format\":1,\"notes\":5}", "notes" },
    { "{\"format\":1,\"notes\":\"\xff\"}", "UTF-8" },
    { "{\"format\":1,\"notes\":\"\\u0000\"}", "" },
    { "{\"format\":1,\"notes\":\"\\ud800\"}", "surrogate" },
    { "{\"format\":1,\"created\":\"yesterday\"}", "created" },
    { "{\"format\":1,\"created\":\"1960-01-01T00:00:00Z\"}", "created" },
    { "{\"format\":1,\"created\":0}", "created" },
    { "{\"format\":1,\"versions\":\"3\"}", "versions" },
    { "{\"format\":1,\"versions\":[3]}", "versions" },
    { "{\"format\":1,\"versions\":[\"1\",\"2\",\"3\",\"4\",\"5\",\"6\",\"7\",\"8\",\"9\"]}", "too many" },
    { "{\"format\":1,\"data\":\"sales.csv\"}", "data" },
    { "{\"format\":1,\"data\":{}}", "path" },
    { "{\"format\":1,\"data\":{\"path\":\"a\",\"rows\":-1}}", "rows" },
    { "{\"format\":1,\"data\":{\"path\":\"a\",\"rows\":1e99}}", "rows" },
    { "{\"format\":1,\"houses\":{}}", "houses" },
    { "{\"format\":1,\"houses\":[5]}", "houses[0]" },
    { "{\"format\":1,\"houses\":[{\"name\":\"A\"}]}", "houses[0]: \"id\" is missing" },
    { "{\"format\":1,\"houses\":[{\"id\":\"\",\"name\":\"A\"}]}", "\"id\" has to be" },
    { "{\"format\":1,\"houses\":[{\"id\":\"../a\",\"name\":\"A\"}]}", "\"id\" has to be" },
    { "{\"format\":1,\"houses\":[{\"id\":\"h1\"}]}", "\"name\" is missing" },
    { "{\"format\":1,\"houses\":[{\"id\":\"h1\",\"name\":\"A\"},{\"id\":\"h2\",\"name\":\"\"},{\"id\":\"h1\",\"name\":"
      "\"B\"}]}",
      "two houses have the id \"h1\"" },
    { HOUSE ("\"attributes\":[]"), "attributes" },
    { HOUSE ("\"attributes\":{\"sqft\":1656}"), "sqft" },
    { HOUSE ("\"attributes\":{\"sqft\":\"1\",\"sqft\":\"2\"}"), "" },
    { HOUSE ("\"as_of\":\"2010-13\""), "as_of" },
    { HOUSE ("\"as_of\":2010"), "as_of" },
    { HOUSE ("\"note\":[]"), "note" },
    { HOUSE ("\"valuations\":{}"), "valuations" },
    { HOUSE ("\"valuations\":[null]"), "houses[0]: entry 1" },
    { HOUSE ("\"valuations\":[{\"price\":5}]"), "version" },
    { HOUSE ("\"valuations\":[{\"version\":\"3\",\"price\":5},{\"version\":\"3\",\"price\":6}]"), "two valuations" },
    { VALUATION ("\"price\":null"), "price" },
    { VALUATION ("\"price\":NaN"), "" },
    { VALUATION ("\"price\":1e999"), "" },
    { VALUATION ("\"price\":-5"), "above 0" },
    { VALUATION ("\"price\":5,\"low\":6,\"high\":7"), "within" },
    { VALUATION ("\"price\":5,\"low\":4"), "within" },
    { VALUATION ("\"price\":5,\"level\":1"), "level" },
    { VALUATION ("\"price\":5,\"level\":90"), "level" },
    { VALUATION ("\"price\":5,\"when\":\"\""), "when" },
    { "{\"format\":1,\"audit\":[]}", "audit" },
    { "{\"format\":1,\"audit\":{\"entries\":{}}}", "audit: " },
    { "{\"format\":1,\"audit\":{\"entries\":[1]}}", "audit: entry 1" },
    { "{\"format\":1,\"view\":[]}", "view" },
    { "{\"format\":1,\"view\":{\"page\":1}}", "page" },
    { "{\"format\":1,\"view\":{\"rows\":[-1]}}", "rows" },
    { "{\"format\":1,\"view\":{\"rows\":[1.5]}}", "rows" },
    { "{\"format\":1,\"view\":{\"rows\":[\"1\"]}}", "rows" },
    { "{\"format\":1,\"recovery\":5}", "recovery" },
    { "{\"format\":1} {}", "after the end" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    refuse (cases[i].text, strlen (cases[i].text), cases[i].part);
  refuse ("{\"format\":1}\0{", 14, "");
}

static char *
repeat (const char *head, const char *part, guint n, const char *separator, const char *tail)
{
  GString *text = g_string_new (head);

  for (guint i = 0; i < n; i++)
    {
      g_string_append (text, i > 0 ? separator : "");
      g_string_append_printf (text, "%s", part);
    }
  g_string_append (text, tail);
  return g_string_free (text, FALSE);
}

static void
refuse_and_free (char *text, const char *part)
{
  refuse (text, strlen (text), part);
  g_free (text);
}

static void
test_huge (Fixture *fixture, gconstpointer data)
{
  GString *houses = g_string_new ("{\"format\":1,\"houses\":["),
          *names = g_string_new ("{\"format\":1,\"houses\":[{"
                                 "\"id\":\"a\",\"name\":\"\",\"attributes\":{");

  refuse_and_free (repeat ("{\"format\":1,\"x\":", "[", 100000, "", ""), "nested too deeply");
  refuse_and_free (repeat ("{\"format\":1,\"x\":", "{\"a\":", 1000, "", ""), "nested too deeply");
  refuse_and_free (repeat ("{\"format\":1,\"notes\":\"", "aaaaaaaa", 8193, "", "\"}"), "too long");
  refuse_and_free (repeat ("{\"format\":1,\"view\":{\"rows\":[", "1", 100001, ",", "]}}"), "too many");
  refuse_and_free (repeat ("{\"format\":1,\"audit\":{\"entries\":[", "{}", 100001, ",", "]}}"), "too many");
  refuse_and_free (repeat ("{\"format\":1,\"notes\":\"", "aaaaaaaaaaaaaaaa", 1 << 20, "", "\"}"), "too big");
  for (guint i = 0; i < HP_SESSION_MAX_HOUSES + 1; i++)
    g_string_append_printf (houses, "%s{\"id\":\"h%u\",\"name\":\"\"}", i > 0 ? "," : "", i);
  g_string_append (houses, "]}");
  refuse_and_free (g_string_free (houses, FALSE), "too many");
  for (guint i = 0; i < 1001; i++)
    g_string_append_printf (names, "%s\"a%u\":\"\"", i > 0 ? "," : "", i);
  g_string_append (names, "}}]}");
  refuse_and_free (g_string_free (names, FALSE), "too many");
}

/* Every prefix of a real one is refused, and every byte of it may be another: no crash */
static void
test_cut_and_changed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HpSession) session = support_new_full (fixture);
  g_autofree char *text = support_json (session);
  gsize length = strlen (text) - 1; /* without the line's end */

  for (gsize i = 0; i < length; i += 3)
    refuse (text, i, "");
  for (gsize i = 0; i < length; i++)
    for (guint bit = 0; bit < 8; bit += 3)
      {
        g_autofree char *changed = g_strndup (text, length);
        g_autoptr (GError) error = NULL;
        g_autoptr (HpSession) read = NULL;

        changed[i] ^= (char) (1 << bit);
        read = hp_session_from_json (changed, length, "test", NULL, &error);
        g_assert_true ((read == NULL) == (error != NULL));
      }
}

/* A session of little is one */
static void
test_least (Fixture *fixture, gconstpointer data)
{
  static const char *const texts[] = {
    "{\"format\":1}",
    "{\"format\":1,\"houses\":null,\"audit\":null,\"view\":null,\"data\":null,\"versions\":null,\"notes\":null}",
    " {\"format\":1,\"audit\":{},\"view\":{\"rows\":[]},\"houses\":[]}\n",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (HpSession) session = support_parse (texts[i]);

      g_assert_cmpuint (hp_session_get_n_houses (session), ==, 0);
      g_assert_null (hp_audit_get_problem (hp_session_get_audit (session)));
    }
}

int
main (int argc, char *argv[])
{
  support_init (&argc, &argv);

  support_add ("/session-hostile/refused", test_refused);
  support_add ("/session-hostile/huge", test_huge);
  support_add ("/session-hostile/cut-and-changed", test_cut_and_changed);
  support_add ("/session-hostile/least", test_least);

  return support_run ();
}
