/* hp-tui-input.c - the names of keys
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hp-tui-input.h"

static char *
code_name (guint32 code)
{
  static const char *const names[] = { "Up",       "Down",   "Left",   "Right",     "Home", "End",   "PageUp",
                                       "PageDown", "Insert", "Delete", "Backspace", "Tab",  "Enter", "Esc" };
  char text[7] = "";

  if (code > HP_KEY_F0)
    return g_strdup_printf ("F%u", code - HP_KEY_F0);
  if (code >= HP_KEY_UP && code - HP_KEY_UP < G_N_ELEMENTS (names))
    return g_strdup (names[code - HP_KEY_UP]);
  if (code == ' ')
    return g_strdup ("Space");
  text[g_unichar_to_utf8 (code, text)] = '\0';
  return g_strdup (text);
}

/**
 * hp_input_name:
 * @input: an input
 *
 * Returns: (transfer full): the name by which the table of commands, the help and the manual know the key; "" of a
 * paste or a click
 */
char *
hp_input_name (const HpInput *input)
{
  guint32 code = input->code;
  g_autofree char *name = NULL;

  if (input->kind != HP_INPUT_KEY)
    return g_strdup ("");
  if ((input->modifiers & HP_MODIFIER_CONTROL) != 0 && code < HP_KEY_UP)
    code = g_unichar_toupper (code);
  name = code_name (code);
  return g_strconcat ((input->modifiers & HP_MODIFIER_CONTROL) != 0 ? "Ctrl+" : "",
                      (input->modifiers & HP_MODIFIER_ALT) != 0 ? "Alt+" : "",
                      (input->modifiers & HP_MODIFIER_SHIFT) != 0 ? "Shift+" : "", name, NULL);
}

/**
 * hp_input_is_text:
 * @input: an input
 *
 * Returns: whether it is a character that one types, not a key that does something
 */
gboolean
hp_input_is_text (const HpInput *input)
{
  return input->kind == HP_INPUT_KEY && input->code < HP_KEY_UP
         && (input->modifiers & (HP_MODIFIER_CONTROL | HP_MODIFIER_ALT)) == 0 && input->code >= ' ';
}
