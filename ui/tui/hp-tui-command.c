/* hp-tui-command.c - the table of commands, and what is looked up in it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "hp-tui-command.h"

static const HpTuiCommandInfo commands[HP_TUI_N_COMMANDS] = { [HP_TUI_NONE] = { HP_TUI_EVERYWHERE, "", "", "", "", "" },
#define COMMAND_INFO(id, context, word, keys, letters, bar, text)                                                      \
  [HP_TUI_COMMAND_##id] = { HP_TUI_##context, word, keys, letters, bar, text },
                                                              HP_TUI_COMMANDS (COMMAND_INFO) };

static const struct
{
  HpTuiContext context;
  const char *title;
} contexts_in_order[] = {
#define CONTEXT_INFO(id, bit, title) { HP_TUI_##id, title },
  HP_TUI_CONTEXTS (CONTEXT_INFO)
};

/**
 * hp_tui_command_get_info:
 * @command: a command
 *
 * Returns: its row of the table
 */
const HpTuiCommandInfo *
hp_tui_command_get_info (HpTuiCommand command)
{
  return &commands[command];
}

/**
 * hp_tui_context_get_title:
 * @context: one context
 *
 * Returns: what the help calls it
 */
const char *
hp_tui_context_get_title (HpTuiContext context)
{
  for (gsize i = 0; i < G_N_ELEMENTS (contexts_in_order); i++)
    if (contexts_in_order[i].context == context)
      return _ (contexts_in_order[i].title);
  g_return_val_if_reached ("");
}

/* Is word one of those in list, which blanks separate? */
static gboolean
lists (const char *list, const char *word)
{
  gsize length = strlen (word);

  for (const char *at = list; length > 0 && (at = strstr (at, word)) != NULL; at++)
    if ((at == list || at[-1] == ' ') && (at[length] == ' ' || at[length] == '\0'))
      return TRUE;
  return FALSE;
}

/**
 * hp_tui_command_find:
 * @contexts: what is open, several #HpTuiContext
 * @with_letters: whether letters mean commands: nobody types
 * @key: its name
 *
 * Returns: the command of the key in the first of the contexts that has one for it
 */
HpTuiCommand
hp_tui_command_find (guint contexts, gboolean with_letters, const char *key)
{
  for (gsize i = 0; i < G_N_ELEMENTS (contexts_in_order); i++)
    {
      if ((contexts & contexts_in_order[i].context) == 0)
        continue;
      for (HpTuiCommand command = HP_TUI_NONE + 1; command < HP_TUI_N_COMMANDS; command++)
        if (commands[command].context == contexts_in_order[i].context
            && (lists (commands[command].keys, key) || (with_letters && lists (commands[command].letters, key))))
          return command;
    }
  return HP_TUI_NONE;
}

/**
 * hp_tui_command_of_word:
 * @word: what was typed after the colon, "q" and other beginnings that are no other's too
 *
 * Returns: the command, or %HP_TUI_NONE
 */
HpTuiCommand
hp_tui_command_of_word (const char *word)
{
  HpTuiCommand found = HP_TUI_NONE;

  if (*word == '\0')
    return HP_TUI_NONE;
  for (HpTuiCommand command = HP_TUI_NONE + 1; command < HP_TUI_N_COMMANDS; command++)
    {
      if (strcmp (commands[command].word, word) == 0)
        return command;
      if (!g_str_has_prefix (commands[command].word, word))
        continue;
      if (found != HP_TUI_NONE)
        return HP_TUI_NONE;
      found = command;
    }
  return found;
}

/**
 * hp_tui_command_keys:
 * @command: a command
 * @separator: what stands between two keys
 *
 * Returns: (transfer full): all its keys, and its word as ":word"
 */
char *
hp_tui_command_keys (HpTuiCommand command, const char *separator)
{
  const HpTuiCommandInfo *info = &commands[command];
  g_autoptr (GString) text = g_string_new (NULL);
  const char *const lists_of_keys[] = { info->keys, info->letters };

  for (gsize i = 0; i < G_N_ELEMENTS (lists_of_keys); i++)
    {
      g_auto (GStrv) keys = g_strsplit (lists_of_keys[i], " ", -1);

      for (char **key = keys; *key != NULL; key++)
        g_string_append_printf (text, "%s%s", text->len > 0 ? separator : "", *key);
    }
  if (*info->word != '\0')
    g_string_append_printf (text, "%s:%s", text->len > 0 ? separator : "", info->word);
  return g_string_free (g_steal_pointer (&text), FALSE);
}
