/* test-evidence.c - reasons, comparable sales and the what-if curve on a virtual screen
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <string.h>

#include "hp-tui-layout.h"
#include "hp-tui-field.h"
#include "hp-tui-plot.h"
#include "tui-support.h"

#define UP    "\033[A"
#define DOWN  "\033[B"
#define RIGHT "\033[C"
#define HOME  "\033[H"
#define END   "\033[F"
#define ESC   "\033"
#define F6    "\033[17~"
#define F7    "\033[18~"

static TuiFixture *
make (int width, int height)
{
  return tui_fixture_new (width, height, HP_GLYPHS_BRAILLE, tui_attributes);
}

static HpStyle
style_at (TuiFixture *fixture, int x, int y)
{
  return fixture->canvas->cells[y * fixture->canvas->width + x].style;
}

static void
assert_row (TuiFixture *fixture, guint row, const char *text)
{
  g_assert_cmpstr (tui_row (fixture, row), ==, text);
}

/* All but the curve is there at once, largest reason first, and adds up */
static void
test_default (void)
{
  TuiFixture *fixture = make (80, 24);

  assert_row (fixture, 8, "                              │ Why  base price                      $1,125,000");
  assert_row (fixture, 9, "                              │ Living area            │███████████    +400,000");
  assert_row (fixture, 10, "                              │ Longitude            ██│                −75,000");
  assert_row (fixture, 11, "                              │ Location               │█▌              +50,000");
  assert_row (fixture, 16, " Comparables sold       price    adjusted  similarity  distance  what differs");
  assert_row (fixture, 17, " 2010-01           $1,350,000  $1,363,500        90 %    0.3 km  Living area 1…");
  assert_row (fixture, 18, " 2011-02           $1,425,000  $1,439,250        80 %    1.3 km  same property…");
  assert_row (fixture, 19, " 2012-03           $1,500,000  $1,515,000        70 %         –  Location 1234");
  assert_row (fixture, 20, " 2013-04           $1,575,000  $1,590,750        60 %    3.3 km  no difference");
  tui_assert_hides (fixture, "What if  ");
  g_assert_cmpint (style_at (fixture, 56, 9), ==, HP_STYLE_GAIN);
  g_assert_cmpint (style_at (fixture, 54, 10), ==, HP_STYLE_LOSS);
  tui_fixture_free (fixture);
}

static void
test_keys (void)
{
  TuiFixture *fixture = make (80, 24);

  tui_type (fixture, F6);
  g_assert_cmpint (style_at (fixture, 32, 9), ==, HP_STYLE_FOCUS);
  /* the form has lost the keys, and keeps its place */
  g_assert_cmpint (style_at (fixture, 24, 2), !=, HP_STYLE_FOCUS);
  tui_assert_shows (fixture, "▸Living area");
  tui_type (fixture, "9");
  tui_assert_shows (fixture, "No key of this list");
  tui_assert_shows (fixture, "1,500 ft²");
  /* to the cent, and all of them */
  tui_type (fixture, "\r");
  tui_assert_shows (fixture, "1,500,000.00 USD");
  tui_assert_shows (fixture, "+400,000.00");
  tui_type (fixture, "q");
  g_assert_cmpint (fixture->status, ==, -1);
  /* from the last reason on to the first sale, and back */
  tui_type (fixture, "jjj");
  g_assert_cmpint (style_at (fixture, 1, 17), ==, HP_STYLE_FOCUS);
  tui_type (fixture, UP);
  g_assert_cmpint (style_at (fixture, 32, 11), ==, HP_STYLE_FOCUS);
  tui_type (fixture, F6 DOWN "\r");
  tui_assert_shows (fixture, "An earlier sale of the same property");
  tui_assert_shows (fixture, "Adjusted to this house        $1,439,250");
  tui_assert_shows (fixture, "1.3 km");
  tui_assert_shows (fixture, "Longitude                     1,234                −93.5               differs");
  tui_type (fixture, ESC);
  g_assert_cmpint (style_at (fixture, 1, 18), ==, HP_STYLE_FOCUS);
  tui_type (fixture, END);
  g_assert_cmpint (style_at (fixture, 1, 21), ==, HP_STYLE_FOCUS);
  tui_type (fixture, "g");
  g_assert_cmpint (style_at (fixture, 1, 17), ==, HP_STYLE_FOCUS);
  tui_type (fixture, ESC);
  g_assert_cmpint (style_at (fixture, 24, 2), ==, HP_STYLE_FOCUS);
  /* o and the command line do as F6 does; Ctrl+C leaves before it quits */
  tui_type (fixture, "o:pane\r");
  tui_assert_shows (fixture, "Enter shows all about this sale");
  tui_type (fixture, "\003");
  g_assert_cmpint (style_at (fixture, 24, 2), ==, HP_STYLE_FOCUS);
  g_assert_cmpint (fixture->status, ==, -1);
  tui_fixture_free (fixture);
}

static void
test_mouse (void)
{
  TuiFixture *fixture = make (80, 24);

  tui_type (fixture, "\033[<0;40;11M");
  g_assert_cmpint (style_at (fixture, 32, 10), ==, HP_STYLE_FOCUS);
  tui_type (fixture, "\033[<65;40;11M\033[<65;40;11M");
  g_assert_cmpint (style_at (fixture, 1, 17), ==, HP_STYLE_FOCUS);
  tui_type (fixture, "\033[<0;40;20M");
  g_assert_cmpint (style_at (fixture, 1, 19), ==, HP_STYLE_FOCUS);
  tui_type (fixture, "\033[<0;40;20M");
  tui_assert_shows (fixture, "Comparable sale");
  tui_type (fixture, ESC);
  /* into the form again, with the first click */
  tui_type (fixture, "\033[<0;5;4M");
  tui_assert_shows (fixture, "▸Longitude");
  g_assert_cmpint (style_at (fixture, 22, 3), ==, HP_STYLE_FOCUS);
  /* what is being typed is taken */
  tui_type (fixture, "-90");
  tui_type (fixture, "\033[<0;40;18M");
  tui_assert_shows (fixture, "−90 ");
  g_assert_cmpint (fixture->canvas->cursor_x, ==, -1);
  tui_fixture_free (fixture);
}

static void
test_curve (void)
{
  TuiFixture *fixture = make (80, 24);

  tui_type (fixture, F7);
  tui_wait (fixture, "1,500 ft²: $1,500,000");
  tui_assert_hides (fixture, "Why");
  tui_assert_hides (fixture, "Comparables");
  tui_assert_shows (fixture, "$4,000,000┤");
  tui_assert_shows (fixture, "2,000");
  tui_assert_shows (fixture, "●");
  /* it follows the focus and what is typed */
  tui_type (fixture, RIGHT);
  tui_wait (fixture, "1,550 ft²: $1,550,000");
  tui_type (fixture, "jj");
  tui_wait (fixture, "▸North ");
  tui_assert_shows (fixture, "Old Town");
  tui_assert_shows (fixture, "What if  Location");
  /* it stays beside a list of choices, which Esc closes first */
  tui_type (fixture, "\r");
  tui_assert_shows (fixture, "What if  ");
  tui_type (fixture, ESC);
  tui_assert_shows (fixture, "What if  ");
  tui_type (fixture, "j");
  tui_wait (fixture, "2010-07: $");
  tui_type (fixture, ESC);
  tui_assert_shows (fixture, "Why");
  tui_type (fixture, "w");
  tui_wait (fixture, "What if  ");
  tui_type (fixture, F6);
  tui_assert_shows (fixture, "Why");
  tui_fixture_free (fixture);
}

static void
test_characters (gconstpointer level)
{
  static const char *const dots[] = { "*****", "▀▀", "⠄" };
  TuiFixture *fixture = tui_fixture_new (80, 24, GPOINTER_TO_INT (level), tui_attributes);

  tui_assert_shows (fixture, GPOINTER_TO_INT (level) == HP_GLYPHS_ASCII ? "|###########" : "│███████████");
  tui_type (fixture, F7);
  tui_wait (fixture, ": $1,500,000");
  tui_assert_shows (fixture, dots[GPOINTER_TO_INT (level)]);
  if (GPOINTER_TO_INT (level) == HP_GLYPHS_ASCII)
    g_assert_true (g_str_is_ascii (tui_screen (fixture)));
  tui_fixture_free (fixture);
}

static void
test_odd_answers (void)
{
  TuiFixture *fixture = make (80, 24);

  tui_answer (fixture, TUI_ANSWER_NO_INTERVAL | TUI_ANSWER_NO_VALUE | TUI_ANSWER_WARNED);
  assert_row (fixture, 2, "▸Living area        1,500 ft² │ $1,500,000  ✗ not to be trusted");
  g_assert_cmpint (style_at (fixture, 32, 2), ==, HP_STYLE_ERROR);
  assert_row (fixture, 3, " Longitude          −93.5     │ No interval: this version does not know how su…");
  assert_row (fixture, 4, "!Location           North ▾   │");
  assert_row (fixture, 6, "                              │ ✗ Location was not given; the price does witho…");
  assert_row (fixture, 7, "                              │ ! 5 more warnings: F6, Enter");
  tui_assert_hides (fixture, "FSD");
  tui_type (fixture, F6 "\r");
  tui_assert_shows (fixture, "warning number 4 is about nothing at all");
  tui_assert_hides (fixture, "90 % interval");
  tui_assert_shows (fixture, "No interval: this version does not know how sure it is");
  tui_type (fixture, ESC);
  tui_answer (fixture, TUI_ANSWER_NO_REASONS | TUI_ANSWER_NO_COMPARABLES);
  tui_assert_shows (fixture, "gave no reasons");
  tui_assert_shows (fixture, "holds no sales that could be compared");
  tui_assert_shows (fixture, "There is nothing here");
  tui_type (fixture, "\r");
  tui_assert_shows (fixture, "gave no reasons");
  tui_type (fixture, ESC);
  tui_type (fixture, F6 "\r" DOWN "\r");
  g_assert_cmpint (fixture->status, ==, -1);
  tui_fixture_free (fixture);
}

/* Why there is no interval is said in its place, and not once more below */
static void
test_no_interval (void)
{
  TuiFixture *fixture = make (80, 24);

  tui_answer (fixture, TUI_ANSWER_NO_INTERVAL | TUI_ANSWER_SAYS_WHY);
  assert_row (fixture, 3, " Longitude          −93.5     │ No interval: it came without sales");
  tui_assert_hides (fixture, "! ");
  tui_type (fixture, F6 "\r");
  tui_assert_shows (fixture, "No interval: it came without sales");
  tui_assert_hides (fixture, "Warnings");
  tui_fixture_free (fixture);
}

/* In a curve of prices without intervals there is no band */
static void
test_no_band (void)
{
  TuiFixture *fixture = make (80, 24);
  guint banded = 0;

  tui_answer (fixture, TUI_ANSWER_NO_INTERVAL);
  tui_type (fixture, F7);
  tui_wait (fixture, ": $1,500,000");
  for (int i = 0; i < 80 * 24; i++)
    banded += fixture->canvas->cells[i].style == HP_STYLE_BAND;
  g_assert_cmpuint (banded, ==, 0);
  tui_fixture_free (fixture);
}

static void
test_sizes (void)
{
  TuiFixture *fixture = make (120, 40);

  tui_wait (fixture, "1,500 ft²: $1,500,000");
  tui_assert_shows (fixture, "Why");
  tui_assert_shows (fixture, "add up to the price");
  tui_assert_shows (fixture, "Comparables");
  tui_resize (fixture, 200, 24);
  tui_wait (fixture, "1,500 ft²: $1,500,000");
  tui_assert_shows (fixture, "Why");
  tui_assert_shows (fixture, "Comparables");
  /* too low for all, and they are reached one by one */
  tui_resize (fixture, 60, 15);
  tui_assert_hides (fixture, "What if  ");
  tui_assert_hides (fixture, "Comparables");
  tui_assert_shows (fixture, "Why");
  tui_type (fixture, F6 F6);
  tui_assert_shows (fixture, "Comparables");
  tui_assert_hides (fixture, "Why");
  tui_type (fixture, F6);
  tui_assert_shows (fixture, "Why");
  for (int width = 60; width < 210; width += 7)
    for (int height = 15; height < 64; height += 3)
      tui_resize (fixture, width, height);
  tui_fixture_free (fixture);
}

/* As many reasons as a hundred attributes give: the rest is added up */
static void
test_many_reasons (void)
{
  g_autoptr (GString) attributes = g_string_new ("[");
  TuiFixture *fixture;

  for (int i = 0; i < 100; i++)
    g_string_append_printf (attributes,
                            "%s{\"name\":\"f%d\",\"label\":\"東京 %d of many with a long name\",\"type\":\"integer\","
                            "\"required\":true,\"typical\":%d}",
                            i > 0 ? "," : "", i, i, i);
  g_string_append_c (attributes, ']');
  fixture = tui_fixture_new (80, 24, HP_GLYPHS_BRAILLE, attributes->str);
  tui_assert_shows (fixture, "│ 東京 0 of many ");
  tui_assert_shows (fixture, "94 others");
  tui_type (fixture, F6 "G\r");
  tui_type (fixture, "G");
  tui_assert_shows (fixture, "東京 99 of many");
  tui_fixture_free (fixture);
}

static void
check_shown (HpColumnType type, const char *text, const char *expected)
{
  const HpAttribute attribute = { .type = type };
  g_autofree char *shown = hp_tui_field_show (&attribute, text);

  g_assert_cmpstr (shown, ==, expected);
}

/* A form's numbers are written as those of the evidence beside it */
static void
test_field (void)
{
  check_shown (HP_COLUMN_NUMBER, "1234", "1,234");
  check_shown (HP_COLUMN_NUMBER, "-93.50", "−93.50");
  check_shown (HP_COLUMN_NUMBER, "big", "big");
  check_shown (HP_COLUMN_INTEGER, "1973", "1973");
  check_shown (HP_COLUMN_INTEGER, "-5", "−5");
  check_shown (HP_COLUMN_CATEGORY, "12345", "12345");
}

static void
test_plot (void)
{
  g_autoptr (HpTuiPlot) plot = hp_tui_plot_new (HP_GLYPHS_BRAILLE, 2, 1);
  HpCanvas *canvas = hp_canvas_new (2, 1, hp_glyphs_get (HP_GLYPHS_BRAILLE));
  HpArea area = hp_canvas_get_area (canvas);
  g_autofree char *text = NULL;

  g_assert_cmpint (plot->width, ==, 4);
  g_assert_cmpint (plot->height, ==, 4);
  hp_tui_plot_curve (plot, 0, 0, 3);
  hp_tui_plot_curve (plot, 3, 9, -9);
  hp_tui_plot_curve (plot, 7, 0, 0);
  hp_tui_plot_draw (plot, plot->curve, canvas, &area, HP_STYLE_CURVE);
  text = hp_canvas_to_text (canvas);
  g_assert_cmpstr (text, ==, "⡇⢸\n");
  hp_canvas_free (canvas);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/evidence/default", test_default);
  g_test_add_func ("/evidence/keys", test_keys);
  g_test_add_func ("/evidence/mouse", test_mouse);
  g_test_add_func ("/evidence/curve", test_curve);
  g_test_add_data_func ("/evidence/characters/ascii", GINT_TO_POINTER (HP_GLYPHS_ASCII), test_characters);
  g_test_add_data_func ("/evidence/characters/block", GINT_TO_POINTER (HP_GLYPHS_BLOCK), test_characters);
  g_test_add_data_func ("/evidence/characters/braille", GINT_TO_POINTER (HP_GLYPHS_BRAILLE), test_characters);
  g_test_add_func ("/evidence/odd-answers", test_odd_answers);
  g_test_add_func ("/evidence/no-interval", test_no_interval);
  g_test_add_func ("/evidence/no-band", test_no_band);
  g_test_add_func ("/evidence/sizes", test_sizes);
  g_test_add_func ("/evidence/many-reasons", test_many_reasons);
  g_test_add_func ("/evidence/field", test_field);
  g_test_add_func ("/evidence/plot", test_plot);
  return g_test_run ();
}
