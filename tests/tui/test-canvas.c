/* test-canvas.c - cells: clipping, wide characters, accents, cutting, wrapping
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "hp-canvas.h"

static HpCanvas *
make (int width, int height)
{
  return hp_canvas_new (width, height, hp_glyphs_get (HP_GLYPHS_BRAILLE));
}

static void
assert_text (HpCanvas *canvas, const char *expected)
{
  g_autofree char *text = hp_canvas_to_text (canvas);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_clipping (void)
{
  HpCanvas *canvas = make (6, 3);
  HpArea all = hp_canvas_get_area (canvas), part = hp_area_part (&all, 2, 1, 3, 5);

  g_assert_cmpint (part.height, ==, 2);
  hp_canvas_put (canvas, &part, -1, 0, HP_STYLE_NORMAL, "abcdef");
  hp_canvas_put (canvas, &part, 0, -1, HP_STYLE_NORMAL, "no");
  hp_canvas_put (canvas, &part, 0, 2, HP_STYLE_NORMAL, "no");
  hp_canvas_put (canvas, &part, 2, 1, HP_STYLE_NORMAL, "xyz");
  assert_text (canvas, "\n  bcd\n    x\n");
  part = hp_area_part (&all, -5, -5, 3, 3);
  g_assert_cmpint (part.width, ==, 0);
  hp_canvas_fill (canvas, &part, 0, 0, 9, 9, HP_STYLE_NORMAL, "#");
  hp_canvas_fill (canvas, &all, 4, 0, 99, 1, HP_STYLE_NORMAL, "#");
  assert_text (canvas, "    ##\n  bcd\n    x\n");
  hp_canvas_set_cursor (canvas, &all, 6, 0);
  g_assert_cmpint (canvas->cursor_x, ==, -1);
  hp_canvas_set_cursor (canvas, &all, 5, 2);
  g_assert_cmpint (canvas->cursor_x, ==, 5);
  hp_canvas_free (canvas);
}

static void
test_wide (void)
{
  HpCanvas *canvas = make (6, 1);
  HpArea all = hp_canvas_get_area (canvas);

  g_assert_cmpint (hp_canvas_put (canvas, &all, 0, 0, HP_STYLE_NORMAL, "東京"), ==, 4);
  g_assert_cmpint (canvas->cells[0].columns, ==, 2);
  g_assert_cmpint (canvas->cells[1].columns, ==, 0);
  /* half of one that is drawn over is no character any more */
  hp_canvas_put (canvas, &all, 1, 0, HP_STYLE_NORMAL, "x");
  assert_text (canvas, " x京\n");
  hp_canvas_put (canvas, &all, 2, 0, HP_STYLE_NORMAL, "y");
  assert_text (canvas, " xy\n");
  /* nor is one that does not fit */
  hp_canvas_put (canvas, &all, 5, 0, HP_STYLE_NORMAL, "京");
  assert_text (canvas, " xy\n");
  g_assert_cmpint (hp_canvas_columns (canvas, "東京 e\xcc\x81"), ==, 6);
  hp_canvas_free (canvas);
}

static void
test_accents (void)
{
  HpCanvas *canvas = make (4, 1);
  HpArea all = hp_canvas_get_area (canvas);
  g_autoptr (GString) many = g_string_new ("a");

  g_assert_cmpint (hp_canvas_put (canvas, &all, 0, 0, HP_STYLE_NORMAL, "e\xcc\x81x"), ==, 2);
  assert_text (canvas, "e\xcc\x81x\n");
  /* one without a character to stand on, and more than a cell holds */
  for (int i = 0; i < 100; i++)
    g_string_append (many, "\xcc\x81");
  hp_canvas_put (canvas, &all, 0, 0, HP_STYLE_NORMAL, "\xcc\x81");
  g_assert_cmpint (hp_canvas_put (canvas, &all, 0, 0, HP_STYLE_NORMAL, many->str), ==, 1);
  g_assert_cmpuint (strlen (canvas->cells[0].text), <, HP_CELL_BYTES);
  g_assert_true (g_utf8_validate (canvas->cells[0].text, -1, NULL));
  hp_canvas_free (canvas);
}

static void
test_strangers (void)
{
  HpCanvas *canvas = make (20, 1);
  HpArea all = hp_canvas_get_area (canvas);

  hp_canvas_put (canvas, &all, 0, 0, HP_STYLE_NORMAL, "a\033[2Jb\xff\n");
  assert_text (canvas, "a\\x1b[2Jb\\xff\\x0a\n");
  hp_canvas_free (canvas);
}

static void
test_cut_and_wrap (void)
{
  static const struct
  {
    const char *text;
    int width;
    const char *cut, *wrapped;
  } cases[] = {
    { "", 5, "", "" },
    { "abc", 3, "abc", "abc" },
    { "abcd", 3, "ab…", "abc|d" },
    { "abcd", 0, "", "a|b|c|d" },
    { "ab cd", 3, "ab…", "ab|cd" },
    { "ab cd ef", 5, "ab c…", "ab cd|ef" },
    { "東京都", 5, "東京…", "東京|都" },
    { "東京都", 4, "東…", "東京|都" },
    { "東", 1, "…", "東" },
    { "a  b", 2, "a…", "a|b" },
  };
  HpCanvas *canvas = make (1, 1);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *cut = hp_canvas_cut (canvas, cases[i].text, cases[i].width);
      g_auto (GStrv) lines = hp_canvas_wrap (canvas, cases[i].text, cases[i].width);
      g_autofree char *wrapped = g_strjoinv ("|", lines);

      g_assert_cmpstr (cut, ==, cases[i].cut);
      g_assert_cmpstr (wrapped, ==, cases[i].wrapped);
    }
  hp_canvas_free (canvas);
}

static void
test_ascii (void)
{
  HpCanvas *canvas = hp_canvas_new (20, 1, hp_glyphs_get (HP_GLYPHS_ASCII));
  HpArea all = hp_canvas_get_area (canvas);

  hp_canvas_put (canvas, &all, 0, 0, HP_STYLE_NORMAL, "1,656 ft² – café");
  assert_text (canvas, "1,656 ft2 - cafe\n");
  hp_canvas_free (canvas);
}

/* Every glyph takes one column, and those of a lesser terminal are of its character set. */
static void
test_glyphs (void)
{
  for (HpGlyphLevel level = HP_GLYPHS_ASCII; level <= HP_GLYPHS_BRAILLE; level++)
    {
      const HpGlyphs *glyphs = hp_glyphs_get (level);
      HpCanvas *canvas = hp_canvas_new (1, 1, glyphs);
      const char *const all[]
        = { glyphs->vertical, glyphs->horizontal, glyphs->tee_left, glyphs->tee_right, glyphs->dot,      glyphs->online,
            glyphs->offline,  glyphs->focus,      glyphs->choices,  glyphs->warning,   glyphs->error,    glyphs->up,
            glyphs->down,     glyphs->full,       glyphs->empty,    glyphs->about,     glyphs->ellipsis, glyphs->dash };

      g_assert_cmpint (glyphs->level, ==, level);
      for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
        {
          g_assert_cmpint (hp_canvas_columns (canvas, all[i]), ==, 1);
          g_assert_true (level != HP_GLYPHS_ASCII || g_str_is_ascii (all[i]));
        }
      for (guint i = 0; i < glyphs->n_spinner; i++)
        g_assert_cmpint (hp_canvas_columns (canvas, glyphs->spinner[i]), ==, 1);
      hp_canvas_free (canvas);
    }
}

/* Without colours everything that must stand out still does. */
static void
test_schemes (void)
{
  static const HpStyle outstanding[] = { HP_STYLE_FOCUS, HP_STYLE_TYPING, HP_STYLE_PRICE,  HP_STYLE_WARNING,
                                         HP_STYLE_ERROR, HP_STYLE_CHOSEN, HP_STYLE_BUTTON, HP_STYLE_TAB };

  for (HpStyle style = 0; style < HP_N_STYLES; style++)
    {
      const HpPaint *mono = hp_scheme_get_paint (HP_SCHEME_MONO, style),
                    *eight = hp_scheme_get_paint (HP_SCHEME_8, style);

      g_assert_true (mono->fg == -1 && mono->bg == -1);
      g_assert_true (eight->fg < 8 && eight->bg < 8);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (outstanding); i++)
    {
      const HpPaint *mono = hp_scheme_get_paint (HP_SCHEME_MONO, outstanding[i]);

      g_assert_true (mono->bold || mono->underline || mono->reverse);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/canvas/clipping", test_clipping);
  g_test_add_func ("/canvas/wide", test_wide);
  g_test_add_func ("/canvas/accents", test_accents);
  g_test_add_func ("/canvas/strangers", test_strangers);
  g_test_add_func ("/canvas/cut-and-wrap", test_cut_and_wrap);
  g_test_add_func ("/canvas/ascii", test_ascii);
  g_test_add_func ("/look/glyphs", test_glyphs);
  g_test_add_func ("/look/schemes", test_schemes);
  return g_test_run ();
}
