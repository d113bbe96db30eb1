/* test-input.c - bytes to keys, and keys into a line
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "hp-line-editor.h"
#include "hp-tui-input.h"

static void
collect (const HpInput *input, gpointer data)
{
  GString *names = data;
  g_autofree char *name = hp_input_name (input);

  if (names->len > 0)
    g_string_append_c (names, ' ');
  if (input->kind == HP_INPUT_KEY)
    g_string_append (names, name);
  else if (input->kind == HP_INPUT_PASTE)
    g_string_append_printf (names, "paste(%s)", input->text);
  else if (input->kind == HP_INPUT_CLICK)
    g_string_append_printf (names, "click(%d,%d)", input->x, input->y);
  else
    g_string_append_printf (names, "wheel(%d)", input->delta);
}

static const struct
{
  const char *bytes, *names;
} sequences[] = {
  { "aZ0 é東", "a Z 0 Space é 東" },
  { "\001\032\r\n\t\b\177", "Ctrl+A Ctrl+Z Enter Enter Tab Backspace Backspace" },
  { "\034\037", "Ctrl+\\ Ctrl+_" },
  { "\033", "Esc" },
  { "\033\033", "Esc Esc" },
  { "\033[A\033[B\033[C\033[D\033[H\033[F", "Up Down Right Left Home End" },
  { "\033OA\033OP\033OS", "Up F1 F4" },
  { "\033[1~\033[3~\033[5~\033[6~\033[15~\033[21~\033[24~", "Home Delete PageUp PageDown F5 F10 F12" },
  { "\033[[A\033[[E", "F1 F5" },
  { "\033[1;5C\033[1;2A\033[3;3~\033[Z", "Ctrl+Right Shift+Up Alt+Delete Shift+Tab" },
  { "\033u\033é\033\177", "Alt+u Alt+é Alt+Backspace" },
  { "\033[<0;3;5M\033[<0;3;5m", "click(2,4)" },
  { "\033[<64;3;5M\033[<65;3;5M\033[<66;1;1M\033[<2;1;1M\033[<35;1;1M", "wheel(-1) wheel(1)" },
  { "\033[M #%", "click(2,4)" },
  { "\033[200~one\ntwo\033[A\033[201~x", "paste(one\ntwo\033[A) x" },
  { "\033[200~\033[201~", "paste()" },
  /* what is no sequence of ours is passed over; what interrupts one counts */
  { "\033[99~\033[?1;2c\033[<1Mx", "x" },
  { "\033[1;\001x", "Ctrl+A x" },
  { "\033Oqx", "x" },
  { "\xff\xc3(\xc2\x85x", "( x" },
  /* a sequence of this terminal's own */
  { "\033[XX", "F7" },
};

static void
test_sequences (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (sequences); i++)
    {
      g_autoptr (GString) whole = g_string_new (NULL), bytewise = g_string_new (NULL);
      g_autoptr (HpDecoder) one = hp_decoder_new (collect, whole), two = hp_decoder_new (collect, bytewise);

      hp_decoder_add (one, "\033[XX", HP_KEY_F0 + 7, HP_MODIFIER_NONE);
      hp_decoder_add (two, "\033[XX", HP_KEY_F0 + 7, HP_MODIFIER_NONE);
      hp_decoder_feed (one, sequences[i].bytes, strlen (sequences[i].bytes));
      hp_decoder_flush (one);
      /* however the bytes are cut */
      for (const char *p = sequences[i].bytes; *p != '\0'; p++)
        hp_decoder_feed (two, p, 1);
      hp_decoder_flush (two);
      g_assert_cmpstr (whole->str, ==, sequences[i].names);
      g_assert_cmpstr (bytewise->str, ==, sequences[i].names);
    }
}

static void
test_waiting (void)
{
  g_autoptr (GString) names = g_string_new (NULL);
  g_autoptr (HpDecoder) decoder = hp_decoder_new (collect, names);

  g_assert_false (hp_decoder_is_waiting (decoder));
  hp_decoder_feed (decoder, "\033", 1);
  g_assert_true (hp_decoder_is_waiting (decoder));
  g_assert_cmpstr (names->str, ==, "");
  hp_decoder_feed (decoder, "[", 1);
  hp_decoder_flush (decoder);
  g_assert_cmpstr (names->str, ==, "Alt+[");
  g_assert_false (hp_decoder_is_waiting (decoder));
  /* a paste may take its time */
  hp_decoder_feed (decoder, "\033[200~a\033[20", strlen ("\033[200~a\033[20"));
  g_assert_false (hp_decoder_is_waiting (decoder));
  hp_decoder_flush (decoder);
  hp_decoder_feed (decoder, "1~", 2);
  g_assert_cmpstr (names->str, ==, "Alt+[ paste(a)");
  /* half a character that nothing follows is none */
  hp_decoder_feed (decoder, "\xe6\x9d", 2);
  hp_decoder_flush (decoder);
  hp_decoder_feed (decoder, "x", 1);
  g_assert_cmpstr (names->str, ==, "Alt+[ paste(a) x");
}

static void
count_paste (const HpInput *input, gpointer data)
{
  *(gsize *) data += input->kind == HP_INPUT_PASTE ? strlen (input->text) : 0;
}

static void
test_long (void)
{
  gsize pasted = 0;
  g_autoptr (HpDecoder) decoder = hp_decoder_new (count_paste, &pasted);
  g_autofree char *much = g_strnfill (1 << 20, '7');

  hp_decoder_feed (decoder, "\033[200~", 6);
  hp_decoder_feed (decoder, much, 1 << 20);
  hp_decoder_feed (decoder, "\033[201~", 6);
  g_assert_cmpuint (pasted, ==, 64 << 10);
  /* a sequence without end is given up, not kept */
  hp_decoder_feed (decoder, "\033[", 2);
  hp_decoder_feed (decoder, much, 1 << 20);
  g_assert_false (hp_decoder_is_waiting (decoder));
}

static void
assert_line (HpLineEditor *editor, const char *text, gsize cursor)
{
  g_assert_cmpstr (editor->text->str, ==, text);
  g_assert_cmpuint (editor->cursor, ==, cursor);
}

static void
test_line (void)
{
  g_autoptr (HpLineEditor) editor = hp_line_editor_new ();

  g_assert_true (hp_line_editor_insert (editor, "two words"));
  assert_line (editor, "two words", 9);
  g_assert_false (hp_line_editor_act (editor, HP_LINE_LEFT));
  g_assert_true (hp_line_editor_act (editor, HP_LINE_DELETE));
  assert_line (editor, "two word", 8);
  g_assert_true (hp_line_editor_act (editor, HP_LINE_RUB_WORD));
  assert_line (editor, "two ", 4);
  g_assert_true (hp_line_editor_act (editor, HP_LINE_RUB_WORD));
  assert_line (editor, "", 0);
  g_assert_false (hp_line_editor_act (editor, HP_LINE_RUB_OUT));
  g_assert_false (hp_line_editor_act (editor, HP_LINE_DELETE));
  hp_line_editor_act (editor, HP_LINE_LEFT);
  hp_line_editor_act (editor, HP_LINE_RIGHT);
  /* an accent goes with its letter */
  hp_line_editor_set_text (editor, "ae\xcc\x81");
  hp_line_editor_act (editor, HP_LINE_LEFT);
  assert_line (editor, "ae\xcc\x81", 1);
  hp_line_editor_act (editor, HP_LINE_RIGHT);
  hp_line_editor_act (editor, HP_LINE_RUB_OUT);
  assert_line (editor, "a", 1);
  hp_line_editor_act (editor, HP_LINE_START);
  hp_line_editor_insert (editor, "東\t\x01\n never");
  assert_line (editor, "東 a", 4);
  g_assert_true (hp_line_editor_act (editor, HP_LINE_DELETE_REST));
  assert_line (editor, "東 ", 4);
  hp_line_editor_act (editor, HP_LINE_END);
  g_assert_true (hp_line_editor_act (editor, HP_LINE_RUB_ALL));
  assert_line (editor, "", 0);
  /* the first line that says something */
  g_assert_true (hp_line_editor_insert (editor, "\r\n1656\r\n3"));
  assert_line (editor, "1656", 4);
}

static void
test_line_limit (void)
{
  g_autoptr (HpLineEditor) editor = hp_line_editor_new ();
  g_autofree char *much = g_strnfill (100000, 'x');

  hp_line_editor_insert (editor, much);
  g_assert_cmpuint (editor->text->len, ==, HP_LINE_MAX);
  g_assert_false (hp_line_editor_insert (editor, "y"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/decoder/sequences", test_sequences);
  g_test_add_func ("/decoder/waiting", test_waiting);
  g_test_add_func ("/decoder/long", test_long);
  g_test_add_func ("/line/editing", test_line);
  g_test_add_func ("/line/limit", test_line_limit);
  return g_test_run ();
}
