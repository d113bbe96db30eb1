/* hp-line-editor.c - typing into a line
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hp-line-editor.h"

/**
 * hp_line_editor_new:
 *
 * Returns: (transfer full): an empty line
 */
HpLineEditor *
hp_line_editor_new (void)
{
  HpLineEditor *editor = g_new0 (HpLineEditor, 1);

  editor->text = g_string_new (NULL);
  return editor;
}

/**
 * hp_line_editor_free:
 * @editor: (transfer full) (nullable): a line
 */
void
hp_line_editor_free (HpLineEditor *editor)
{
  if (editor == NULL)
    return;
  g_string_free (editor->text, TRUE);
  g_free (editor);
}

/**
 * hp_line_editor_set_text:
 * @editor: a line
 * @text: what it shall be; valid UTF-8
 */
void
hp_line_editor_set_text (HpLineEditor *editor, const char *text)
{
  g_string_assign (editor->text, text);
  editor->cursor = editor->text->len;
}

/**
 * hp_line_editor_insert:
 * @editor: a line
 * @text: valid UTF-8; only its first line that is not empty is of interest
 *
 * Inserts it where the cursor is. Blanks of all kinds become spaces, other characters that can't be seen are left out.
 *
 * Returns: whether the line is another
 */
gboolean
hp_line_editor_insert (HpLineEditor *editor, const char *text)
{
  gsize before = editor->text->len;
  glong room = HP_LINE_MAX - g_utf8_strlen (editor->text->str, -1);

  while (*text == '\n' || *text == '\r')
    text++;
  for (; *text != '\0' && *text != '\n' && *text != '\r' && room > 0; text = g_utf8_next_char (text))
    {
      gunichar c = g_utf8_get_char (text);
      char bytes[6];
      gssize length;

      if (g_unichar_isspace (c))
        c = ' ';
      if (!g_unichar_isprint (c) && !g_unichar_iszerowidth (c))
        continue;
      length = g_unichar_to_utf8 (c, bytes);
      g_string_insert_len (editor->text, editor->cursor, bytes, length);
      editor->cursor += length;
      room--;
    }
  return editor->text->len != before;
}

/* An accent belongs to the character before it. */
static gsize
position_after (HpLineEditor *editor)
{
  const char *p = editor->text->str + editor->cursor;

  if (*p == '\0')
    return editor->cursor;
  do
    p = g_utf8_next_char (p);
  while (*p != '\0' && g_unichar_iszerowidth (g_utf8_get_char (p)));
  return p - editor->text->str;
}

static gsize
position_before (HpLineEditor *editor)
{
  const char *p = editor->text->str + editor->cursor;

  if (p == editor->text->str)
    return 0;
  do
    p = g_utf8_prev_char (p);
  while (p > editor->text->str && g_unichar_iszerowidth (g_utf8_get_char (p)));
  return p - editor->text->str;
}

static gsize
word_start (HpLineEditor *editor)
{
  gsize at = editor->cursor;

  while (at > 0 && editor->text->str[at - 1] == ' ')
    at--;
  while (at > 0 && editor->text->str[at - 1] != ' ')
    at--;
  return at;
}

static gboolean
erase (HpLineEditor *editor, gsize start, gsize end)
{
  if (start == end)
    return FALSE;
  g_string_erase (editor->text, start, end - start);
  editor->cursor = start;
  return TRUE;
}

/**
 * hp_line_editor_act:
 * @editor: a line
 * @action: what to do
 *
 * Returns: whether the text is another; moving the cursor does not count
 */
gboolean
hp_line_editor_act (HpLineEditor *editor, HpLineAction action)
{
  switch (action)
    {
    case HP_LINE_LEFT:
      editor->cursor = position_before (editor);
      return FALSE;
    case HP_LINE_RIGHT:
      editor->cursor = position_after (editor);
      return FALSE;
    case HP_LINE_START:
      editor->cursor = 0;
      return FALSE;
    case HP_LINE_END:
      editor->cursor = editor->text->len;
      return FALSE;
    case HP_LINE_RUB_OUT:
      return erase (editor, position_before (editor), editor->cursor);
    case HP_LINE_DELETE:
      return erase (editor, editor->cursor, position_after (editor));
    case HP_LINE_RUB_WORD:
      return erase (editor, word_start (editor), editor->cursor);
    case HP_LINE_RUB_ALL:
      return erase (editor, 0, editor->cursor);
    case HP_LINE_DELETE_REST:
      return erase (editor, editor->cursor, editor->text->len);
    default:
      g_assert_not_reached ();
    }
}
