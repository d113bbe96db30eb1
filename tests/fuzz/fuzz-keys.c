/* fuzz-keys.c - whatever a terminal sends is decoded, to the same keys however the bytes are cut
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "hp-line-editor.h"
#include "hp-tui-input.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

typedef struct
{
  GString *names;
  HpLineEditor *line;
} Seen;

static void
see (const HpInput *input, gpointer data)
{
  Seen *seen = data;
  g_autofree char *name = hp_input_name (input);
  char text[7] = "";

  g_assert_true (g_utf8_validate (name, -1, NULL));
  g_string_append_printf (seen->names, "%d %s %d %d\n", input->kind, name, input->x, input->y);
  if (input->kind == HP_INPUT_PASTE)
    hp_line_editor_insert (seen->line, input->text);
  else if (hp_input_is_text (input))
    {
      text[g_unichar_to_utf8 (input->code, text)] = '\0';
      hp_line_editor_insert (seen->line, text);
    }
  else if (input->code >= HP_KEY_UP)
    hp_line_editor_act (seen->line, (input->code - HP_KEY_UP) % (HP_LINE_DELETE_REST + 1));
  g_assert_true (g_utf8_validate (seen->line->text->str, seen->line->text->len, NULL));
  g_assert_true (seen->line->cursor <= seen->line->text->len);
  g_assert_cmpint (g_utf8_strlen (seen->line->text->str, -1), <=, HP_LINE_MAX);
}

/* step: bytes fed at a time */
static char *
decode (const guint8 *data, gsize size, gsize step)
{
  Seen seen = { g_string_new (NULL), hp_line_editor_new () };
  g_autoptr (HpDecoder) decoder = hp_decoder_new (see, &seen);

  hp_decoder_add (decoder, "\033OP", HP_KEY_F0 + 1, HP_MODIFIER_NONE);
  hp_decoder_add (decoder, "\033[[A", HP_KEY_F0 + 1, HP_MODIFIER_NONE);
  hp_decoder_add (decoder, "\033[1;2A", HP_KEY_UP, HP_MODIFIER_SHIFT);
  for (gsize at = 0; at < size; at += step)
    hp_decoder_feed (decoder, (const char *) data + at, MIN (step, size - at));
  hp_decoder_flush (decoder);
  g_assert_false (hp_decoder_is_waiting (decoder));
  hp_line_editor_free (seen.line);
  return g_string_free (seen.names, FALSE);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *whole = decode (data, size, MAX (size, 1)), *bytewise = decode (data, size, 1);

  g_assert_cmpstr (whole, ==, bytewise);
  return 0;
}
