/* test-aliases.c - aliases.json, promotion and rollback
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <glib/gstdio.h>
#include <string.h>

#include "hp-aliases.h"
#include "hp-file.h"
#include "registry-support.h"

static void
test_names (void)
{
  static const char *const good[] = {
    "a", "champion", "v", "version3", "v3x", "x-1_2", "a234567890123456789012345678901234567890123456789012345678901234"
  };
  static const char *const bad[] = { "",
                                     "3",
                                     "v3",
                                     "v12",
                                     "Champion",
                                     "a b",
                                     "a/b",
                                     "-a",
                                     "_a",
                                     "é",
                                     ".a",
                                     "a.b",
                                     "a2345678901234567890123456789012345678901234567890123456789012345" };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    g_assert_true (hp_alias_is_valid (good[i]));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (hp_alias_is_valid (bad[i]));
  g_assert_false (hp_alias_is_valid (NULL));
}

static void
test_round_trip (void)
{
  static const char text[]
    = "{\"format\":1,\"next\":8,\"later\":[1],\"aliases\":{\"old\":1,\"champion\":3},\"history\":["
      "{\"time\":\"t\",\"alias\":\"champion\",\"version\":3,\"previous\":2,\"forced\":true,"
      "\"reason\":\"caf\\u00e9 \\u0007\"},"
      "{\"time\":\"u\",\"alias\":\"x\",\"version\":null,\"previous\":null,\"rollback\":true}]}";
  g_autoptr (GError) error = NULL;
  g_autoptr (HpAliases) first = hp_aliases_parse (text, strlen (text), "a", &error);
  g_autoptr (HpAliases) second = NULL;
  g_autofree char *one = NULL, *two = NULL;
  const HpAliasChange *change;
  gsize length;

  g_assert_no_error (error);
  g_assert_cmpuint (first->next, ==, 8);
  g_assert_cmpuint (hp_aliases_get (first, "champion"), ==, 3);
  g_assert_cmpuint (hp_aliases_get (first, "old"), ==, 1);
  g_assert_cmpuint (hp_aliases_get (first, "none"), ==, 0);
  g_assert_cmpuint (first->history->len, ==, 2);
  change = g_ptr_array_index (first->history, 0);
  g_assert_cmpuint (change->previous, ==, 2);
  g_assert_true (change->forced && !change->rollback);
  g_assert_cmpstr (change->reason, ==, "café \a");
  change = g_ptr_array_index (first->history, 1);
  g_assert_cmpuint (change->version, ==, 0);
  g_assert_true (change->rollback && !change->forced);

  one = hp_aliases_to_json (first, &length);
  second = hp_aliases_parse (one, length, "b", &error);
  g_assert_no_error (error);
  two = hp_aliases_to_json (second, &length);
  g_assert_cmpstr (one, ==, two);
  g_assert_nonnull (strstr (one, "\"champion\": 3"));
}

static void
test_parse_errors (void)
{
  static const struct
  {
    const char *text, *part;
  } cases[] = {
    { "", "a:1:1: " },
    { "{\"format\":1,", "a:1:13: " },
    { "{\"format\":1,\"format\":1}", "a:1:" },
    { "[]", "a: not a JSON object" },
    { "{}", "a: \"format\" is missing" },
    { "{\"format\":2}", "format 2 is newer" },
    { "{\"format\":0}", "\"format\"" },
    { "{\"format\":1}", "\"aliases\" is missing" },
    { "{\"format\":1,\"aliases\":[],\"history\":[]}", "\"aliases\"" },
    { "{\"format\":1,\"aliases\":{}}", "\"history\" is missing" },
    { "{\"format\":1,\"next\":0,\"aliases\":{},\"history\":[]}", "\"next\"" },
    { "{\"format\":1,\"next\":\"4\",\"aliases\":{},\"history\":[]}", "\"next\"" },
    { "{\"format\":1,\"aliases\":{\"v3\":1},\"history\":[]}", "“v3” is not an alias" },
    { "{\"format\":1,\"aliases\":{\"a\\u001b\":1},\"history\":[]}", "“a\\033” is not an alias" },
    { "{\"format\":1,\"aliases\":{\"a\":0},\"history\":[]}", "\"a\"" },
    { "{\"format\":1,\"aliases\":{\"a\":1.5},\"history\":[]}", "\"a\"" },
    { "{\"format\":1,\"aliases\":{\"a\":1000000000},\"history\":[]}", "\"a\"" },
    { "{\"format\":1,\"aliases\":{\"a\":\"1\"},\"history\":[]}", "\"a\"" },
    { "{\"format\":1,\"aliases\":{},\"history\":[3]}", "“history” entry 1 is not an object" },
    { "{\"format\":1,\"aliases\":{},\"history\":[{\"time\":\"t\",\"alias\":\"a\"},{\"alias\":\"a\"}]}",
      "“history” entry 2: \"time\" is missing" },
    { "{\"format\":1,\"aliases\":{},\"history\":[{\"time\":\"t\",\"alias\":\"A\"}]}", "“A” is not an alias" },
    { "{\"format\":1,\"aliases\":{},\"history\":[{\"time\":\"t\",\"alias\":\"a\",\"version\":-1}]}", "\"version\"" },
    { "{\"format\":1,\"aliases\":{},\"history\":[{\"time\":\"t\",\"alias\":\"a\",\"forced\":1}]}", "\"forced\"" },
    { "{\"format\":1,\"aliases\":{},\"history\":[{\"time\":\"t\",\"alias\":\"a\",\"reason\":1}]}", "\"reason\"" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GError *error = NULL;

      g_assert_null (hp_aliases_parse (cases[i].text, strlen (cases[i].text), "a", &error));
      support_assert_error (error, HP_ERROR_BAD_DATA, cases[i].part);
    }
}

static void
change (HpAliases *aliases, guint version, gboolean rollback)
{
  const HpAliasChange step = { .alias = (char *) HP_ALIAS_CHAMPION,
                               .version = version,
                               .previous = hp_aliases_get (aliases, HP_ALIAS_CHAMPION),
                               .rollback = rollback };

  g_assert_true (hp_aliases_apply (aliases, &step, NULL));
}

static void
assert_champions (HpAliases *aliases, const char *expected)
{
  g_autoptr (GArray) champions = hp_aliases_get_champions (aliases);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < champions->len; i++)
    g_string_append_printf (text, "%s%u", i > 0 ? " " : "", g_array_index (champions, guint, i));
  g_assert_cmpstr (text->str, ==, expected);
}

static void
test_champions (void)
{
  g_autoptr (HpAliases) aliases = hp_aliases_new ();

  assert_champions (aliases, "");
  change (aliases, 1, FALSE);
  change (aliases, 2, FALSE);
  change (aliases, 3, FALSE);
  assert_champions (aliases, "1 2 3");
  change (aliases, 2, TRUE);
  assert_champions (aliases, "1 2");
  change (aliases, 4, FALSE);
  assert_champions (aliases, "1 2 4");
  change (aliases, 1, TRUE);
  assert_champions (aliases, "1");
  change (aliases, 2, FALSE);
  change (aliases, 1, FALSE);
  assert_champions (aliases, "1 2 1");
  change (aliases, 0, FALSE);
  assert_champions (aliases, "1 2 1 0");
  change (aliases, 1, TRUE);
  assert_champions (aliases, "1 2 1");
}

static void
test_history_is_bounded (void)
{
  g_autoptr (HpAliases) aliases = hp_aliases_new ();
  g_autoptr (HpAliases) again = NULL;
  g_autofree char *text = NULL, *reason = g_strnfill (HP_ALIASES_MAX_REASON, 1);
  const HpAliasChange *first;
  gsize length;

  for (guint i = 1; i <= HP_ALIASES_MAX_HISTORY + 10; i++)
    {
      const HpAliasChange step
        = { .alias = (char *) HP_ALIAS_CHAMPION, .version = i, .previous = i - 1, .reason = reason };

      g_assert_true (hp_aliases_apply (aliases, &step, NULL));
    }
  g_assert_cmpuint (aliases->history->len, ==, HP_ALIASES_MAX_HISTORY);
  first = g_ptr_array_index (aliases->history, 0);
  g_assert_cmpuint (first->version, ==, 11);
  /* At its largest the file is still read. */
  text = hp_aliases_to_json (aliases, &length);
  again = hp_aliases_parse (text, length, "a", NULL);
  g_assert_nonnull (again);
  {
    g_autoptr (GArray) champions = hp_aliases_get_champions (again);

    /* What came before the first entry is known from it. */
    g_assert_cmpuint (champions->len, ==, HP_ALIASES_MAX_HISTORY + 1);
    g_assert_cmpuint (g_array_index (champions, guint, 0), ==, 10);
  }
}

static void
test_too_many (void)
{
  g_autoptr (HpAliases) aliases = hp_aliases_new ();
  GError *error = NULL;

  for (guint i = 0; i <= HP_ALIASES_MAX_NAMES; i++)
    {
      g_autofree char *name = g_strdup_printf ("a%u", i);
      const HpAliasChange step = { .alias = name, .version = 1 };

      g_assert_cmpint (hp_aliases_apply (aliases, &step, &error), ==, i < HP_ALIASES_MAX_NAMES);
    }
  support_assert_error (error, HP_ERROR_USAGE, "256 aliases");
}

static void
test_promote (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = support_path (fixture, "house-price/aliases.json");
  g_autofree char *folder = support_path (fixture, "house-price");
  g_autofree char *model = support_path (fixture, "house-price/4/model.json");
  g_autofree char *before = NULL, *after = NULL;
  g_autofree char *long_reason = g_strnfill (501, 'x');
  g_autoptr (HpAliases) aliases = NULL;
  const HpAliasChange *last;
  GError *error = NULL;

  support_add (fixture->registry, SUPPORT_GOOD);
  support_add (fixture->registry, SUPPORT_BAD);
  support_add (fixture->registry, NULL);
  support_add (fixture->registry, SUPPORT_GOOD);
  support_write (model, "changed", -1);

  g_assert_true (hp_registry_promote (fixture->registry, 1, FALSE, NULL, &error));
  g_assert_no_error (error);
  before = support_read (path, NULL);
  g_assert_true (hp_registry_promote (fixture->registry, 1, FALSE, NULL, &error));
  g_assert_false (hp_registry_promote (fixture->registry, 2, FALSE, "I want to", &error));
  support_assert_error (error, HP_ERROR_CONFLICT, "version 2 did not pass its gates (mae, rmse)");
  error = NULL;
  g_assert_false (hp_registry_promote (fixture->registry, 2, FALSE, NULL, &error));
  support_assert_error (error, HP_ERROR_CONFLICT, "--force --reason TEXT");
  error = NULL;
  g_assert_false (hp_registry_promote (fixture->registry, 3, FALSE, NULL, &error));
  support_assert_error (error, HP_ERROR_CONFLICT, "version 3 has not passed any gates");
  error = NULL;
  g_assert_false (hp_registry_set_alias (fixture->registry, "champion", 2, &error));
  support_assert_error (error, HP_ERROR_CONFLICT, "mae, rmse");
  error = NULL;
  g_assert_false (hp_registry_promote (fixture->registry, 2, TRUE, NULL, &error));
  support_assert_error (error, HP_ERROR_USAGE, "--reason");
  error = NULL;
  g_assert_false (hp_registry_promote (fixture->registry, 2, TRUE, " \t", &error));
  support_assert_error (error, HP_ERROR_USAGE, "--reason");
  error = NULL;
  g_assert_false (hp_registry_promote (fixture->registry, 2, TRUE, long_reason, &error));
  support_assert_error (error, HP_ERROR_USAGE, "500");
  error = NULL;
  g_assert_false (hp_registry_promote (fixture->registry, 2, TRUE, "\xff", &error));
  support_assert_error (error, HP_ERROR_USAGE, "UTF-8");
  error = NULL;
  g_assert_false (hp_registry_promote (fixture->registry, 4, TRUE, "I insist", &error));
  support_assert_error (error, HP_ERROR_DAMAGED, "4/model.json");
  error = NULL;
  after = support_read (path, NULL);
  g_assert_cmpstr (before, ==, after);

  g_assert_true (hp_registry_promote (fixture->registry, 2, TRUE, "the gates are wrong", &error));
  g_assert_no_error (error);
  g_assert_cmpuint (support_champion (fixture->registry), ==, 2);
  aliases = hp_aliases_load (folder, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (aliases->history->len, ==, 2);
  last = g_ptr_array_index (aliases->history, 1);
  g_assert_cmpuint (last->version, ==, 2);
  g_assert_cmpuint (last->previous, ==, 1);
  g_assert_true (last->forced);
  g_assert_cmpstr (last->reason, ==, "the gates are wrong");
  g_assert_cmpuint (strlen (last->time), ==, strlen ("2026-11-23T14:00:00Z"));
  g_assert_true (g_str_has_suffix (last->time, "Z"));
}

static void
assert_rollback (HpRegistry *registry, guint expected)
{
  GError *error = NULL;
  guint version = 0;
  gboolean ok = hp_registry_rollback (registry, &version, &error);

  if (expected == 0)
    {
      g_assert_false (ok);
      support_assert_error (error, HP_ERROR_NOT_FOUND, "no earlier champion");
      return;
    }
  g_assert_no_error (error);
  g_assert_cmpuint (version, ==, expected);
  g_assert_cmpuint (support_champion (registry), ==, expected);
}

static void
promote (HpRegistry *registry, guint version)
{
  GError *error = NULL;

  hp_registry_promote (registry, version, FALSE, NULL, &error);
  g_assert_no_error (error);
}

static void
test_rollback (Fixture *fixture, gconstpointer data)
{
  g_autofree char *model = support_path (fixture, "house-price/3/model.json");
  GError *error = NULL;

  for (guint i = 1; i <= 6; i++)
    support_add (fixture->registry, SUPPORT_GOOD);
  assert_rollback (fixture->registry, 0);
  promote (fixture->registry, 1);
  assert_rollback (fixture->registry, 0);
  for (guint i = 2; i <= 5; i++)
    promote (fixture->registry, i);
  assert_rollback (fixture->registry, 4);
  promote (fixture->registry, 6);
  /* Over one that is deleted and one that is damaged */
  assert_rollback (fixture->registry, 4);
  promote (fixture->registry, 6);
  g_assert_true (hp_registry_delete (fixture->registry, 4, &error));
  support_write (model, "changed", -1);
  assert_rollback (fixture->registry, 2);
  assert_rollback (fixture->registry, 1);
  assert_rollback (fixture->registry, 0);
  g_assert_cmpuint (support_champion (fixture->registry), ==, 1);
  /* A removed champion comes back. */
  g_assert_true (hp_registry_set_alias (fixture->registry, "champion", 0, &error));
  g_assert_false (hp_registry_resolve (fixture->registry, NULL, NULL, NULL));
  assert_rollback (fixture->registry, 1);
}

static void
test_set_alias (Fixture *fixture, gconstpointer data)
{
  static const char *const bad[] = { "v1", "1", "Latest", "a b", "", "a/b" };
  GError *error = NULL;
  guint version = 0;

  support_add (fixture->registry, SUPPORT_BAD);
  support_add (fixture->registry, SUPPORT_GOOD);
  g_assert_true (hp_registry_set_alias (fixture->registry, "challenger", 1, &error));
  g_assert_true (hp_registry_resolve (fixture->registry, "challenger", &version, &error));
  g_assert_cmpuint (version, ==, 1);
  g_assert_true (hp_registry_set_alias (fixture->registry, "challenger", 2, &error));
  g_assert_true (hp_registry_resolve (fixture->registry, "challenger", &version, &error));
  g_assert_cmpuint (version, ==, 2);
  g_assert_true (hp_registry_set_alias (fixture->registry, "champion", 2, &error));
  g_assert_cmpuint (support_champion (fixture->registry), ==, 2);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_assert_false (hp_registry_set_alias (fixture->registry, bad[i], 1, &error));
      support_assert_error (g_steal_pointer (&error), HP_ERROR_USAGE, "can't be an alias");
    }
  g_assert_false (hp_registry_set_alias (fixture->registry, "other", 7, &error));
  support_assert_error (g_steal_pointer (&error), HP_ERROR_NOT_FOUND, "no version 7");
  g_assert_false (hp_registry_set_alias (fixture->registry, "other", 0, &error));
  support_assert_error (g_steal_pointer (&error), HP_ERROR_NOT_FOUND, "there is no alias “other”");
  g_assert_true (hp_registry_set_alias (fixture->registry, "challenger", 0, &error));
  g_assert_false (hp_registry_resolve (fixture->registry, "challenger", NULL, NULL));
}

/* What can't be read is not written over: it may be all that is known of who was champion. */
static void
test_damaged (Fixture *fixture, gconstpointer data)
{
  static const char *const texts[] = { "", "{", "{\"format\":1}", "{\"format\":9,\"aliases\":{},\"history\":[]}" };
  g_autofree char *path = support_path (fixture, "house-price/aliases.json");
  g_autofree char *folder = support_path (fixture, "house-price");

  support_add (fixture->registry, SUPPORT_GOOD);
  promote (fixture->registry, 1);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GHashTable) files = support_make_files (SUPPORT_GOOD);
      g_autofree char *after = NULL;
      GError *error = NULL;

      support_write (path, texts[i], -1);
      g_assert_false (hp_registry_add (fixture->registry, files, NULL, NULL, &error));
      support_assert_error (g_steal_pointer (&error), HP_ERROR_DAMAGED, "aliases.json");
      g_assert_false (hp_registry_promote (fixture->registry, 1, FALSE, NULL, &error));
      support_assert_error (g_steal_pointer (&error), HP_ERROR_DAMAGED, "move it away");
      g_assert_false (hp_registry_rollback (fixture->registry, NULL, &error));
      support_assert_error (g_steal_pointer (&error), HP_ERROR_DAMAGED, "aliases.json");
      g_assert_false (hp_registry_set_alias (fixture->registry, "x", 1, &error));
      support_assert_error (g_steal_pointer (&error), HP_ERROR_DAMAGED, "aliases.json");
      g_assert_false (hp_registry_delete (fixture->registry, 1, &error));
      support_assert_error (g_steal_pointer (&error), HP_ERROR_DAMAGED, "aliases.json");
      g_assert_null (hp_registry_list (fixture->registry, &error));
      support_assert_error (g_steal_pointer (&error), HP_ERROR_DAMAGED, "aliases.json");
      g_assert_false (hp_registry_resolve (fixture->registry, NULL, NULL, &error));
      support_assert_error (g_steal_pointer (&error), HP_ERROR_DAMAGED, "aliases.json");
      /* A number needs no alias. */
      g_assert_true (hp_registry_resolve (fixture->registry, "1", NULL, NULL));
      after = support_read (path, NULL);
      g_assert_cmpstr (after, ==, texts[i]);
      g_assert_cmpuint (support_count (folder, ".new-"), ==, 0);
      g_assert_cmpuint (support_count (folder, "2"), ==, 0);
    }
}

int
main (int argc, char **argv)
{
  support_init (&argc, &argv);
  g_test_add_func ("/aliases/names", test_names);
  g_test_add_func ("/aliases/round-trip", test_round_trip);
  g_test_add_func ("/aliases/parse-errors", test_parse_errors);
  g_test_add_func ("/aliases/champions", test_champions);
  g_test_add_func ("/aliases/history-is-bounded", test_history_is_bounded);
  g_test_add_func ("/aliases/too-many", test_too_many);
  support_add_test ("/aliases/promote", test_promote);
  support_add_test ("/aliases/rollback", test_rollback);
  support_add_test ("/aliases/set-alias", test_set_alias);
  support_add_test ("/aliases/damaged", test_damaged);
  return support_run ();
}
