/* hp-tui-words.c - commands as words: "quit", "set sqft 1656"
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "hp-error.h"
#include "hp-text.h"
#include "hp-tui-app.h"
#include "hp-tui-field.h"

static HpForm *
get_form (HpTuiApp *app)
{
  return hp_tui_house_get_form (hp_tui_app_get_house (app));
}

/* "set sqft  1656" → "set", "sqft  1656". rest points into line */
static char *
first_word (const char *line, const char **rest)
{
  gsize length;

  line += strspn (line, " ");
  length = strcspn (line, " ");
  *rest = line + length + strspn (line + length, " ");
  return g_strndup (line, length);
}

static GPtrArray *
collect_words (void)
{
  GPtrArray *words = g_ptr_array_new_with_free_func (g_free);

  for (HpTuiCommand command = HP_TUI_NONE + 1; command < HP_TUI_N_COMMANDS; command++)
    if (*hp_tui_command_get_info (command)->word != '\0')
      g_ptr_array_add (words, g_strdup (hp_tui_command_get_info (command)->word));
  return words;
}

static GPtrArray *
collect_fields (HpTuiApp *app)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < hp_form_get_n_fields (get_form (app)); i++)
    g_ptr_array_add (names, g_strdup (hp_form_get_attribute (get_form (app), i)->name));
  return names;
}

/* The one of words that was meant, if any is near */
static const char *
suggest (GPtrArray *words, const char *word)
{
  const char *found;

  g_ptr_array_add (words, NULL);
  found = hp_text_suggest (word, (const char *const *) words->pdata);
  return found;
}

static int
find_field (HpTuiApp *app, const char *name)
{
  HpDescription *description = hp_form_get_description (get_form (app));

  return description != NULL ? hp_description_find_attribute (description, name) : -1;
}

static gboolean
run_set (HpTuiApp *app, const char *rest, GError **error)
{
  const char *value;
  g_autofree char *name = first_word (rest, &value), *shown = hp_text_printable (name, -1, 40), *text = NULL;
  g_autoptr (GPtrArray) fields = collect_fields (app);
  int field = find_field (app, name);
  const char *meant;

  if (*name == '\0')
    {
      hp_set_error (error, HP_ERROR_USAGE, NULL, _ ("set needs a field and a value: set FIELD VALUE"));
      return FALSE;
    }
  if (field < 0)
    {
      meant = suggest (fields, name);
      if (meant != NULL)
        hp_set_error (error, HP_ERROR_USAGE, NULL, _ ("there is no field “%s”; did you mean “%s”?"), shown, meant);
      else
        hp_set_error (error, HP_ERROR_USAGE, NULL, _ ("there is no field “%s”; Tab lists the fields"), shown);
      return FALSE;
    }
  text = hp_tui_field_normalise (hp_form_get_attribute (get_form (app), field), value);
  hp_tui_house_begin_change (hp_tui_app_get_house (app), HP_TUI_CHANGE_ALONE);
  hp_form_set_text (get_form (app), field, g_strchomp (text));
  return TRUE;
}

/**
 * hp_tui_words_run:
 * @app: the program
 * @line: a command and what it needs
 * @error: return location for a #GError
 *
 * Returns: whether @line was a command; an empty one is
 */
gboolean
hp_tui_words_run (HpTuiApp *app, const char *line, GError **error)
{
  const char *rest;
  g_autofree char *word = first_word (line, &rest), *shown = hp_text_printable (word, -1, 40);
  HpTuiCommand command = hp_tui_command_of_word (word);

  if (*word == '\0')
    return TRUE;
  if (command == HP_TUI_COMMAND_SET)
    return run_set (app, rest, error);
  if (command == HP_TUI_NONE)
    {
      g_autoptr (GPtrArray) words = collect_words ();
      const char *meant = suggest (words, word);

      if (meant != NULL)
        hp_set_error (error, HP_ERROR_USAGE, NULL, _ ("there is no command “%s”; did you mean “%s”?"), shown, meant);
      else
        hp_set_error (error, HP_ERROR_USAGE, NULL, _ ("there is no command “%s”; Tab lists them"), shown);
      return FALSE;
    }
  if (*rest != '\0')
    {
      hp_set_error (error, HP_ERROR_USAGE, NULL, _ ("“%s” is a command by itself"), shown);
      return FALSE;
    }
  hp_tui_app_run (app, command);
  return TRUE;
}

/* Those of words that begin as text does, letter case aside; words: (transfer full) */
static GPtrArray *
keep_matching (GPtrArray *words, const char *text)
{
  GPtrArray *matching = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *key = g_utf8_casefold (text, -1);

  for (guint i = 0; i < words->len; i++)
    {
      g_autofree char *other = g_utf8_casefold (words->pdata[i], -1);

      if (g_str_has_prefix (other, key))
        g_ptr_array_add (matching, g_strdup (words->pdata[i]));
    }
  g_ptr_array_unref (words);
  return matching;
}

static GPtrArray *
collect_choices (HpTuiApp *app, const char *name)
{
  GPtrArray *choices = g_ptr_array_new_with_free_func (g_free);
  int field = find_field (app, name);
  const HpAttribute *attribute = field >= 0 ? hp_form_get_attribute (get_form (app), field) : NULL;

  for (guint i = 0; attribute != NULL && i < hp_attribute_get_n_choices (attribute); i++)
    g_ptr_array_add (choices, g_strdup (attribute->choices[i]));
  return choices;
}

/**
 * hp_tui_words_complete:
 * @app: the program
 * @line: what was typed before the cursor
 * @start: (out): where the word that is to be completed begins
 *
 * Returns: (transfer full) (element-type utf8): what the word may become
 */
GPtrArray *
hp_tui_words_complete (HpTuiApp *app, const char *line, gsize *start)
{
  const char *rest, *value;
  g_autofree char *word = first_word (line, &rest), *name = NULL;

  if (rest == line + strlen (line) && !g_str_has_suffix (line, " "))
    {
      *start = strspn (line, " ");
      return keep_matching (collect_words (), word);
    }
  *start = rest - line;
  if (hp_tui_command_of_word (word) != HP_TUI_COMMAND_SET)
    return g_ptr_array_new_with_free_func (g_free);
  name = first_word (rest, &value);
  if (*value == '\0' && !(*name != '\0' && g_str_has_suffix (line, " ")))
    return keep_matching (collect_fields (app), name);
  *start = value - line;
  return keep_matching (collect_choices (app, name), value);
}
