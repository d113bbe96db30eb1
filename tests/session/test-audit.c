/* test-audit.c - the trail of decisions: it grows, and tampering with it is noticed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <string.h>

#include "session-support.h"

static JsonNode *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  JsonNode *node = hp_json_parse (text, strlen (text), G_MAXINT, "test", &error);

  g_assert_no_error (error);
  return node;
}

static JsonArray *
entries_of (JsonNode *root)
{
  return json_object_get_array_member (json_object_get_object_member (json_node_get_object (root), "audit"), "entries");
}

static char *
to_text (JsonNode *root)
{
  g_autoptr (HpJsonWriter) writer = hp_json_writer_new (FALSE);

  hp_json_writer_node (writer, root);
  return hp_json_writer_steal (writer, NULL);
}

static const char *
problem_of (HpSession *session)
{
  return hp_audit_get_problem (hp_session_get_audit (session));
}

static void
test_entries (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HpSession) session = support_new_full (fixture);
  const HpAudit *audit = hp_session_get_audit (session);
  const HpAuditEntry *entry;

  g_assert_cmpuint (hp_audit_get_n (audit), ==, 2);
  g_assert_null (hp_audit_get_problem (audit));
  entry = hp_audit_get (audit, 0);
  g_assert_cmpint (entry->action, ==, HP_AUDIT_OVERRIDE);
  g_assert_cmpstr (entry->house, ==, "h1");
  g_assert_cmpstr (entry->name, ==, "12 Elm St");
  g_assert_cmpfloat (entry->price, ==, 185000);
  g_assert_cmpfloat (entry->predicted, ==, 178123);
  g_assert_cmpstr (entry->version, ==, "3");
  g_assert_cmpstr (entry->reason, ==, "new roof in 2024");
  g_assert_cmpstr (entry->author, ==, "Ada");
  g_assert_cmpint (entry->when, ==, SUPPORT_NOW);
  g_assert_cmpstr (hp_question_get (entry->question, "sqft"), ==, "1656");
  g_assert_cmpint (entry->question->options.as_of, ==, 20100700);
  g_assert_true (entry->sound);
  entry = hp_audit_get (audit, 1);
  g_assert_cmpint (entry->action, ==, HP_AUDIT_ACCEPT);
  g_assert_cmpfloat (entry->price, ==, 120000);
  g_assert_cmpstr (entry->reason, ==, "");
  g_assert_cmpint (entry->when, ==, SUPPORT_NOW + 60);
}

/* The hash made here by hand: of one line, members by name, without the hash itself */
static void
test_hash (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HpSession) session = support_new (fixture);
  g_autoptr (HpQuestion) question = support_question ("1656", "Änderung");
  HpSessionHouse *house = hp_session_add_house (session, "A", question);
  static const char expected[]
    = "{\"action\":\"override\",\"attributes\":{\"location\":\"Änderung\",\"sqft\":\"1656\"},\"author\":\"Ada\","
      "\"before\":\"\",\"house\":\"h1\",\"name\":\"A\",\"price\":185000.5,\"reason\":\"why\","
      "\"when\":\"2026-11-30T10:00:00Z\"}";
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, expected, -1);
  const HpAuditEntry *first, *second;

  g_assert_true (hp_session_override (session, house, 185000.5, NULL, "why", "Ada", NULL));
  g_assert_true (hp_session_withdraw (session, house, NULL, "Ada", NULL));
  first = hp_audit_get (hp_session_get_audit (session), 0);
  second = hp_audit_get (hp_session_get_audit (session), 1);
  g_assert_cmpstr (first->hash, ==, hash);
  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (second->node), "before"), ==, hash);
}

static void
test_decisions (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HpSession) session = support_new_full (fixture);
  HpSessionHouse *elm = hp_session_get_house (session, 0), *oak = hp_session_get_house (session, 1);
  GError *error = NULL;

  g_assert_cmpfloat (hp_session_get_decision (session, elm)->price, ==, 185000);
  g_assert_true (hp_session_is_decision_current (session, elm));
  hp_session_house_set_attribute (elm, "sqft", "1700");
  g_assert_false (hp_session_is_decision_current (session, elm));
  g_assert_cmpfloat (hp_session_get_decision (session, elm)->price, ==, 185000);

  g_assert_true (hp_session_withdraw (session, elm, "measured again", "Ada", NULL));
  g_assert_null (hp_session_get_decision (session, elm));
  g_assert_false (hp_session_is_decision_current (session, elm));
  g_assert_false (hp_session_withdraw (session, elm, NULL, "Ada", &error));
  support_assert_error (g_steal_pointer (&error), HP_ERROR_NOT_FOUND, "nothing is decided");
  g_assert_cmpfloat (hp_session_get_decision (session, oak)->price, ==, 120000);

  g_assert_false (hp_session_accept (session, elm, "3", NULL, "Ada", &error));
  support_assert_error (g_steal_pointer (&error), HP_ERROR_NOT_FOUND, "has not valued");
  g_assert_false (hp_session_override (session, elm, 1000, NULL, " \n", "Ada", &error));
  support_assert_error (g_steal_pointer (&error), HP_ERROR_USAGE, "reason");
  g_assert_false (hp_session_override (session, elm, NAN, NULL, "why", "Ada", &error));
  support_assert_error (g_steal_pointer (&error), HP_ERROR_USAGE, "above 0");
  g_assert_false (hp_session_override (session, elm, 0, NULL, "why", "Ada", &error));
  support_assert_error (g_steal_pointer (&error), HP_ERROR_USAGE, "above 0");
  g_assert_cmpuint (hp_audit_get_n (hp_session_get_audit (session)), ==, 3);
}

static void
change_reason (JsonArray *entries)
{
  json_object_set_string_member (json_array_get_object_element (entries, 1), "reason", "because");
}

static void
change_price (JsonArray *entries)
{
  json_object_set_double_member (json_array_get_object_element (entries, 0), "price", 185000.01);
}

static void
change_attribute (JsonArray *entries)
{
  JsonObject *attributes = json_object_get_object_member (json_array_get_object_element (entries, 0), "attributes");

  json_object_set_string_member (attributes, "sqft", "1657");
}

static void
add_member (JsonArray *entries)
{
  json_object_set_boolean_member (json_array_get_object_element (entries, 1), "approved", TRUE);
}

static void
spoil_types (JsonArray *entries)
{
  JsonObject *entry = json_array_get_object_element (entries, 0);

  json_object_set_int_member (entry, "reason", 5);
  json_object_set_null_member (entry, "house");
  json_object_set_string_member (entry, "price", "much");
  json_object_set_string_member (entry, "when", "now");
  json_object_set_string_member (entry, "attributes", "none");
  json_object_set_int_member (entry, "hash", 1);
}

static void
remove_first (JsonArray *entries)
{
  json_array_remove_element (entries, 0);
}

static void
remove_last (JsonArray *entries)
{
  json_array_remove_element (entries, json_array_get_length (entries) - 1);
}

static void
remove_all (JsonArray *entries)
{
  while (json_array_get_length (entries) > 0)
    json_array_remove_element (entries, 0);
}

static void
repeat_first (JsonArray *entries)
{
  json_array_add_element (entries, json_node_copy (json_array_get_element (entries, 0)));
}

static void
swap (JsonArray *entries)
{
  JsonNode *first = json_array_dup_element (entries, 0);

  json_array_remove_element (entries, 0);
  json_array_add_element (entries, first);
}

/* Whatever is done to the trail is said, is no error, and is said again after the session was saved */
static void
test_tampered (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    void (*tamper) (JsonArray *entries);
    const char *part;
  } cases[] = {
    { change_reason, "entry 2 of the audit trail was changed" },
    { change_price, "entry 1 of the audit trail was changed" },
    { change_attribute, "entry 1 of the audit trail was changed" },
    { add_member, "entry 2 of the audit trail was changed" },
    { spoil_types, "entry 1 of the audit trail was changed" },
    { remove_first, "before entry 1" },
    { remove_last, "at the end" },
    { remove_all, "at the end" },
    { repeat_first, "before entry 3" },
    { swap, "before entry 1" },
  };
  g_autoptr (HpSession) session = support_new_full (fixture);
  g_autofree char *text = support_json (session);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonNode) root = parse (text);
      g_autofree char *tampered = NULL, *written = NULL, *again_text = NULL;
      g_autoptr (HpSession) read = NULL, again = NULL;

      cases[i].tamper (entries_of (root));
      tampered = to_text (root);
      read = support_parse (tampered);
      g_assert_nonnull (problem_of (read));
      g_assert_nonnull (strstr (problem_of (read), cases[i].part));
      written = support_json (read);
      again = support_parse (written);
      g_assert_cmpstr (problem_of (again), ==, problem_of (read));
      again_text = support_json (again);
      g_assert_cmpstr (again_text, ==, written);

      /* What is decided from here on does not make it good */
      g_assert_true (hp_session_override (again, hp_session_get_house (again, 0), 1, NULL, "why", "Eve", NULL));
      g_free (again_text);
      again_text = support_json (again);
      g_clear_object (&again);
      again = support_parse (again_text);
      g_assert_nonnull (problem_of (again));
    }
}

/* The same content in another order, or spaced in another way, is the same */
static void
test_reordered (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HpSession) session = support_new_full (fixture), read = NULL;
  g_autofree char *text = support_json (session), *reordered = NULL;
  g_autoptr (JsonNode) root = parse (text);
  JsonObject *entry = json_array_get_object_element (entries_of (root), 0);
  JsonNode *house = json_object_dup_member (entry, "house");

  json_object_remove_member (entry, "house");
  json_object_set_member (entry, "house", house);
  reordered = to_text (root);
  read = support_parse (reordered);
  g_assert_null (problem_of (read));
}

/* What a later program does with the trail is kept, and is as sound as that program made it */
static void
test_later (Fixture *fixture, gconstpointer data)
{
  static const char entry[]
    = "{\"action\":\"publish\",\"before\":\"\",\"house\":\"h1\",\"to\":[{\"a\":1e3,\"b\":null}]}";
  static const char canonical[]
    = "{\"action\":\"publish\",\"before\":\"\",\"house\":\"h1\",\"to\":[{\"a\":1000,\"b\":null}]}";
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, canonical, -1);
  g_autofree char *text
    = g_strdup_printf ("{\"format\":1,\"audit\":{\"entries\":[%.*s,\"hash\":\"%s\"}],\"last\":\"%s\",\"key\":7}}",
                       (int) strlen (entry) - 1, entry, hash, hash);
  g_autoptr (HpSession) session = support_parse (text);
  g_autofree char *written = support_json (session);

  g_assert_null (problem_of (session));
  g_assert_cmpint (hp_audit_get (hp_session_get_audit (session), 0)->action, ==, HP_AUDIT_OTHER);
  g_assert_nonnull (strstr (written, "\"publish\""));
  g_assert_nonnull (strstr (written, "\"key\": 7"));
  /* The house is gone, and its number is not given again */
  g_assert_cmpstr (hp_session_house_get_id (hp_session_add_house (session, NULL, NULL)), ==, "h2");
}

int
main (int argc, char *argv[])
{
  support_init (&argc, &argv);

  support_add ("/audit/entries", test_entries);
  support_add ("/audit/hash", test_hash);
  support_add ("/audit/decisions", test_decisions);
  support_add ("/audit/tampered", test_tampered);
  support_add ("/audit/reordered", test_reordered);
  support_add ("/audit/later", test_later);

  return support_run ();
}
