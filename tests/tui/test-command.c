/* test-command.c - the table of commands: no key twice, every key reachable, and the manual page says the same
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "hp-tui-command.h"

static const HpTuiContext contexts[] = {
#define CONTEXT(id, bit, title) HP_TUI_##id,
  HP_TUI_CONTEXTS (CONTEXT)
};

static void
test_unique (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) words = g_hash_table_new (g_str_hash, g_str_equal);

  for (HpTuiCommand command = HP_TUI_NONE + 1; command < HP_TUI_N_COMMANDS; command++)
    {
      const HpTuiCommandInfo *info = hp_tui_command_get_info (command);
      g_autofree char *all = g_strjoin (" ", info->keys, info->letters, NULL);
      g_auto (GStrv) keys = g_strsplit (all, " ", -1);

      g_assert_cmpstr (info->text, !=, "");
      g_assert_true (*info->keys != '\0' || *info->word != '\0');
      g_assert_true (*info->word == '\0' || g_hash_table_add (words, (gpointer) info->word));
      /* the F-bar shows the first key, which is one of the F keys */
      g_assert_true (*info->bar == '\0' || *info->keys == 'F');
      for (char **key = keys; *key != NULL; key++)
        if (**key != '\0')
          {
            g_assert_true (g_hash_table_add (seen, g_strdup_printf ("%d %s", info->context, *key)));
            g_assert_cmpint (hp_tui_command_find (info->context, TRUE, *key), ==, command);
          }
    }
}

static void
test_find (void)
{
  g_assert_cmpint (hp_tui_command_find (HP_TUI_EVERYWHERE, FALSE, "q"), ==, HP_TUI_NONE);
  g_assert_cmpint (hp_tui_command_find (HP_TUI_EVERYWHERE, TRUE, "q"), ==, HP_TUI_COMMAND_QUIT);
  g_assert_cmpint (hp_tui_command_find (HP_TUI_EVERYWHERE | HP_TUI_PAGE, TRUE, "q"), ==, HP_TUI_COMMAND_CLOSE);
  g_assert_cmpint (hp_tui_command_find (HP_TUI_EVERYWHERE, TRUE, ""), ==, HP_TUI_NONE);
  g_assert_cmpint (hp_tui_command_find (HP_TUI_EVERYWHERE, TRUE, "F"), ==, HP_TUI_NONE);
  g_assert_cmpint (hp_tui_command_of_word ("quit"), ==, HP_TUI_COMMAND_QUIT);
  g_assert_cmpint (hp_tui_command_of_word ("q"), ==, HP_TUI_COMMAND_QUIT);
  g_assert_cmpint (hp_tui_command_of_word ("re"), ==, HP_TUI_NONE);
  g_assert_cmpint (hp_tui_command_of_word (""), ==, HP_TUI_NONE);
}

/* A word as mdoc(7) takes it, in which punctuation alone and minus signs are special */
static void
append_escaped (GString *text, const char *word)
{
  if (strlen (word) == 1 && strchr ("?:!.,;", *word) != NULL)
    g_string_append (text, "\\&");
  for (const char *c = word; *c != '\0'; c++)
    g_string_append_printf (text, *c == '-' ? "\\-" : "%c", *c);
}

/* Titles begin with nothing, since their first word may be the name of a macro. */
static char *
expected_section (void)
{
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (contexts); i++)
    {
      g_string_append_printf (text, ".Ss \\&%s\n.Bl -tag -width Ds\n", hp_tui_context_get_title (contexts[i]));
      for (HpTuiCommand command = HP_TUI_NONE + 1; command < HP_TUI_N_COMMANDS; command++)
        {
          g_autofree char *all = hp_tui_command_keys (command, " ");
          g_auto (GStrv) keys = g_strsplit (all, " ", -1);

          if (hp_tui_command_get_info (command)->context != contexts[i])
            continue;
          g_string_append (text, ".It Ic ");
          for (char **key = keys; *key != NULL; key++)
            {
              if (key != keys)
                g_string_append (text, " , ");
              append_escaped (text, *key);
            }
          g_string_append_printf (text, "\n%s.\n", hp_tui_command_get_info (command)->text);
        }
      g_string_append (text, ".El\n");
    }
  return g_string_free (text, FALSE);
}

/* What the manual page should say is among the messages of the test, to be copied from there. */
static void
test_manual (void)
{
  g_autofree char *file = g_test_build_filename (G_TEST_DIST, "..", "data", "house-price-tui.1", NULL);
  g_autofree char *page = NULL, *expected = expected_section (), *section = NULL;
  const char *start, *end;

  g_test_message ("%s", expected);
  g_assert_true (g_file_get_contents (file, &page, NULL, NULL));
  start = strstr (page, ".Sh KEYS\n");
  g_assert_nonnull (start);
  start = strstr (start, ".Ss ");
  g_assert_nonnull (start);
  end = strstr (start, ".Sh ");
  g_assert_nonnull (end);
  section = g_strndup (start, end - start);
  g_assert_cmpstr (section, ==, expected);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/command/unique", test_unique);
  g_test_add_func ("/command/find", test_find);
  g_test_add_func ("/command/manual", test_manual);
  return g_test_run ();
}
