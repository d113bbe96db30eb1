/* test-app.c - the program on a virtual screen: moving, typing, stepping, choosing, taking back, commands
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "tui-support.h"

#define UP     "\033[A"
#define DOWN   "\033[B"
#define RIGHT  "\033[C"
#define LEFT   "\033[D"
#define HOME   "\033[H"
#define END    "\033[F"
#define DELETE "\033[3~"
#define ESC    "\033"
#define F1     "\033OP"
#define F2     "\033OQ"
#define F8     "\033[19~"
#define F9     "\033[20~"
#define F10    "\033[21~"

static TuiFixture *
make (void)
{
  return tui_fixture_new (80, 24, HP_GLYPHS_BRAILLE, tui_attributes);
}

static void
assert_text (TuiFixture *fixture, guint field, const char *text)
{
  HpForm *form = hp_tui_house_get_form (hp_tui_app_get_house (fixture->app));

  g_assert_cmpstr (hp_form_get_text (form, field), ==, text);
}

static void
test_number (void)
{
  TuiFixture *fixture = make ();

  g_assert_cmpstr (tui_row (fixture, 2), ==, "▸Living area        1,500 ft² │ $1,500,000");
  /* a digit replaces, and each is valued */
  tui_type (fixture, "2");
  tui_assert_shows (fixture, "✗ Living area: 2 is below the least allowed, 100 ft²");
  tui_type (fixture, "000");
  g_assert_cmpstr (tui_row (fixture, 2), ==, "▸Living area         2000 ft² │ $2,000,000");
  g_assert_cmpint (fixture->canvas->cursor_x, ==, 25);
  /* letters are text now */
  tui_type (fixture, "q");
  assert_text (fixture, 0, "2000q");
  g_assert_cmpint (fixture->status, ==, -1);
  tui_type (fixture, "\b" LEFT "5");
  assert_text (fixture, 0, "20050");
  tui_type (fixture, ESC);
  assert_text (fixture, 0, "1500");
  g_assert_cmpint (fixture->canvas->cursor_x, ==, -1);
  /* editing what is there */
  tui_type (fixture, "\b");
  assert_text (fixture, 0, "150");
  tui_type (fixture, "\r");
  tui_type (fixture, UP END "1" DOWN);
  assert_text (fixture, 0, "1501");
  tui_type (fixture, "k" HOME "1\r");
  assert_text (fixture, 0, "11501");
  tui_type (fixture, "k" DELETE);
  assert_text (fixture, 0, "");
  tui_assert_shows (fixture, "Living area: a value is needed");
  tui_fixture_free (fixture);
}

/* Esc and a key in one read */
static void
test_quick_escape (void)
{
  TuiFixture *fixture = make ();

  tui_type (fixture, "99\033j");
  assert_text (fixture, 0, "1500");
  tui_assert_shows (fixture, "▸Longitude");
  tui_type (fixture, ":set\033\r");
  tui_assert_shows (fixture, "▸Location");
  tui_type (fixture, "n\033\021");
  g_assert_cmpint (fixture->status, ==, 0);
  tui_fixture_free (fixture);
}

static void
test_steps (void)
{
  TuiFixture *fixture = make ();

  tui_type (fixture, RIGHT RIGHT "+");
  assert_text (fixture, 0, "1650");
  tui_type (fixture, "hh" LEFT "-");
  assert_text (fixture, 0, "1450");
  /* all steps of one field are taken back at once */
  tui_type (fixture, "u");
  assert_text (fixture, 0, "1500");
  tui_type (fixture, "U");
  assert_text (fixture, 0, "1450");
  /* a minus begins a negative number, where there may be one */
  tui_type (fixture, "j-93.62\r");
  assert_text (fixture, 1, "-93.62");
  tui_type (fixture, "k+");
  assert_text (fixture, 1, "-93.61");
  /* from an empty field to the typical value */
  tui_type (fixture, DELETE RIGHT);
  assert_text (fixture, 1, "-93.5");
  tui_type (fixture, "j" RIGHT RIGHT RIGHT RIGHT RIGHT);
  assert_text (fixture, 2, "Jay");
  tui_type (fixture, LEFT);
  assert_text (fixture, 2, "Old Town");
  tui_type (fixture, "j2010-12\r");
  tui_type (fixture, RIGHT);
  assert_text (fixture, 3, "2011-01");
  tui_type (fixture, "2012-02-29\r" RIGHT);
  assert_text (fixture, 3, "2012-03-01");
  tui_type (fixture, "2012\r" LEFT);
  assert_text (fixture, 3, "2011");
  tui_fixture_free (fixture);
}

static void
test_choices (void)
{
  TuiFixture *fixture = make ();

  tui_type (fixture, "jj");
  g_assert_cmpstr (tui_row (fixture, 3), ==,
                   " Longitude          −93.5     │ 90 %   $1,200,000 ├───────●────────┤ $1,875,000");
  g_assert_cmpstr (tui_row (fixture, 4), ==, "▸Location           North ▾   │ within 10 %: 50 %  FSD 0.10");
  /* letters search, and what would be taken is valued already */
  tui_type (fixture, "o");
  tui_assert_shows (fixture, "Old Town");
  assert_text (fixture, 2, "Old Town");
  tui_type (fixture, "l");
  tui_assert_shows (fixture, "“ol” as it is");
  tui_type (fixture, ESC);
  assert_text (fixture, 2, "North");
  tui_assert_hides (fixture, "Old Town");
  tui_type (fixture, "w");
  tui_assert_shows (fixture, "North West");
  tui_type (fixture, "\r");
  assert_text (fixture, 2, "North West");
  /* on the next field now; arrows choose in the list that Enter opens */
  tui_type (fixture, "k\r");
  tui_assert_shows (fixture, "1,200");
  tui_type (fixture, DOWN);
  assert_text (fixture, 2, "Old Town");
  tui_type (fixture, UP UP UP UP UP);
  assert_text (fixture, 2, "North");
  tui_type (fixture, "\t");
  assert_text (fixture, 2, "North");
  /* what nobody has seen can be taken as it is */
  tui_type (fixture, "kzz\r");
  assert_text (fixture, 2, "zz");
  /* j and k move, in the list they are text */
  tui_type (fixture, "k j");
  assert_text (fixture, 2, "Jay");
  tui_type (fixture, "\033[Z");
  assert_text (fixture, 2, "Jay");
  tui_assert_shows (fixture, "▸Longitude");
  tui_fixture_free (fixture);
}

static void
test_undo (void)
{
  TuiFixture *fixture = make ();

  tui_type (fixture, "u");
  tui_assert_shows (fixture, "nothing to take back");
  tui_type (fixture, "2000\r-90\r");
  tui_type (fixture, F8);
  tui_assert_shows (fixture, "A typical house again");
  assert_text (fixture, 0, "1500");
  tui_type (fixture, F9);
  assert_text (fixture, 0, "2000");
  assert_text (fixture, 1, "-90");
  tui_type (fixture, F9);
  assert_text (fixture, 1, "-93.5");
  assert_text (fixture, 0, "2000");
  tui_type (fixture, F9 F9 "\033u");
  assert_text (fixture, 0, "2000");
  /* a change made after that is the end of making again */
  tui_type (fixture, "k" RIGHT "\033u");
  tui_assert_shows (fixture, "nothing to make again");
  /* what Esc put back is no change */
  tui_type (fixture, "9" ESC F9);
  assert_text (fixture, 0, "2000");
  tui_fixture_free (fixture);
}

static void
test_paste (void)
{
  TuiFixture *fixture = make ();
  g_autofree char *much = g_strnfill (10000, '9'), *paste = g_strconcat ("\033[200~", much, "\033[201~", NULL);

  tui_type (fixture, "\033[200~ 1,656 \n3\n\033[201~");
  tui_type (fixture, "\r");
  assert_text (fixture, 0, " 1,656 ");
  tui_type (fixture, "k\033[200~1,656.5\033[201~\r");
  assert_text (fixture, 0, "1656.5");
  tui_type (fixture, "k");
  tui_type (fixture, paste);
  tui_assert_shows (fixture, "✗ Living area:");
  tui_type (fixture, ESC);
  assert_text (fixture, 0, "1656.5");
  tui_type (fixture, "jj\033[200~Old\033[201~\r");
  assert_text (fixture, 2, "Old Town");
  tui_fixture_free (fixture);
}

static void
test_commands (void)
{
  TuiFixture *fixture = make ();

  tui_type (fixture, ":set sqft 2,500\r");
  assert_text (fixture, 0, "2500");
  tui_type (fixture, ":set location Old Town\r");
  assert_text (fixture, 2, "Old Town");
  tui_type (fixture, ":se\tsq\t2100\r");
  assert_text (fixture, 0, "2100");
  tui_type (fixture, ":set l\t");
  tui_assert_shows (fixture, "longitude  location");
  tui_type (fixture, "c\tNo\t");
  g_assert_cmpstr (tui_row (fixture, 22), ==, ":set location North");
  tui_type (fixture, ESC);
  tui_assert_hides (fixture, ":set");
  tui_type (fixture, ":set sqqft 1\r");
  tui_assert_shows (fixture, "did you mean “sqft”?");
  tui_type (fixture, ":set\r");
  tui_assert_shows (fixture, "set FIELD VALUE");
  tui_type (fixture, ":rest\r");
  tui_assert_shows (fixture, "did you mean “reset”?");
  tui_type (fixture, ":quit now\r");
  tui_assert_shows (fixture, "a command by itself");
  tui_type (fixture, ":zzzz\r");
  tui_assert_shows (fixture, "there is no command “zzzz”");
  tui_type (fixture, ":\r:\b:" ESC);
  g_assert_cmpint (fixture->status, ==, -1);
  tui_type (fixture, ":log\r");
  tui_assert_shows (fixture, "Nothing was noted");
  tui_type (fixture, "\f\032");
  g_assert_cmpuint (fixture->redraws, ==, 1);
  g_assert_cmpuint (fixture->suspends, ==, 1);
  tui_type (fixture, ":q\r");
  g_assert_cmpint (fixture->status, ==, 0);
  tui_fixture_free (fixture);
}

static void
test_copy (void)
{
  TuiFixture *fixture = make ();

  tui_type (fixture, "y");
  g_assert_cmpstr (fixture->copied, ==, "1500000.00");
  tui_assert_shows (fixture, "Copied 1500000.00");
  fixture->clipboard = FALSE;
  tui_type (fixture, "\031");
  tui_assert_shows (fixture, "no clipboard");
  tui_type (fixture, DELETE "\031");
  tui_assert_shows (fixture, "There is no price to copy");
  tui_fixture_free (fixture);
}

static void
test_interrupt (void)
{
  TuiFixture *fixture = make ();

  tui_type (fixture, "9\003");
  assert_text (fixture, 0, "1500");
  tui_type (fixture, ":set\003");
  tui_type (fixture, "?\003");
  g_assert_cmpint (fixture->status, ==, -1);
  tui_assert_shows (fixture, "$1,500,000");
  tui_type (fixture, "\003");
  g_assert_cmpint (fixture->status, ==, 130);
  tui_fixture_free (fixture);
}

static void
test_pages (void)
{
  TuiFixture *fixture = make ();

  tui_type (fixture, F1);
  tui_assert_shows (fixture, "In the form");
  tui_type (fixture, "G");
  tui_assert_shows (fixture, "Stop the training");
  tui_assert_hides (fixture, "In the form");
  tui_type (fixture, "gjjk" DOWN " b");
  tui_assert_shows (fixture, "In the form");
  /* q goes back from a page, and quits from the house */
  tui_type (fixture, "q");
  tui_assert_shows (fixture, "$1,500,000");
  g_assert_cmpint (fixture->status, ==, -1);
  tui_type (fixture, "q");
  g_assert_cmpint (fixture->status, ==, 0);
  tui_fixture_free (fixture);
}

static void
test_mouse (void)
{
  TuiFixture *fixture = make ();

  tui_type (fixture, "\033[<0;5;5M");
  tui_assert_shows (fixture, "▸Location");
  tui_type (fixture, "\033[<0;5;5M");
  tui_assert_shows (fixture, "Old Town");
  tui_type (fixture, "\033[<0;5;8M");
  assert_text (fixture, 2, "Old Town");
  tui_assert_hides (fixture, "North West");
  tui_type (fixture, "\033[<64;5;5M");
  tui_assert_shows (fixture, "▸Longitude");
  tui_type (fixture, "\033[<65;5;5M\033[<65;5;5M\033[<65;5;5M\033[<65;5;5M");
  tui_assert_shows (fixture, "▸Sale date");
  tui_type (fixture, "\033[<0;70;10M\033[<0;70;20M");
  tui_type (fixture, "\033[<0;3;24M");
  tui_assert_shows (fixture, "In the form");
  tui_type (fixture, "q");
  for (int x = 1; x <= 80; x++)
    {
      g_autofree char *click = g_strdup_printf ("\033[<0;%d;24M", x);

      if (fixture->status < 0)
        tui_type (fixture, click);
    }
  g_assert_cmpint (fixture->status, ==, 0);
  tui_fixture_free (fixture);
}

static void
test_small (gconstpointer quit)
{
  TuiFixture *fixture = tui_fixture_new (59, 15, HP_GLYPHS_BRAILLE, tui_attributes);

  tui_assert_shows (fixture, "This terminal has 59 × 15 characters");
  /* without a q, which would rightly quit */
  tui_type (fixture, "97\r:set longitude 7\r");
  g_assert_cmpint (fixture->status, ==, -1);
  hp_canvas_resize (fixture->canvas, 60, 15);
  tui_type (fixture, "");
  tui_assert_shows (fixture, "Living area");
  assert_text (fixture, 0, "1500");
  hp_canvas_resize (fixture->canvas, 1, 1);
  tui_type (fixture, "");
  hp_canvas_resize (fixture->canvas, 0, 0);
  tui_type (fixture, quit);
  g_assert_cmpint (fixture->status, ==, 0);
  tui_fixture_free (fixture);
}

/* Attributes of another data set: more than fit, wide characters, long names */
static void
test_many_fields (void)
{
  g_autoptr (GString) attributes = g_string_new ("[");
  TuiFixture *fixture;

  for (int i = 0; i < 100; i++)
    g_string_append_printf (
      attributes,
      "%s{\"name\":\"f%d\",\"label\":\"Field 東京 %d of many with a long name\",\"type\":\"integer\","
      "\"required\":true,\"typical\":%d}",
      i > 0 ? "," : "", i, i, i * 10000);
  g_string_append_c (attributes, ']');
  fixture = tui_fixture_new (80, 24, HP_GLYPHS_BRAILLE, attributes->str);
  g_assert_cmpstr (tui_row (fixture, 2), ==, "▸Field 東京 0 of …        0   │ $49,500,000,000");
  tui_assert_shows (fixture, "▾│");
  tui_type (fixture, "G");
  tui_assert_shows (fixture, "▸Field 東京 99");
  tui_assert_shows (fixture, "▴│");
  tui_type (fixture, "j");
  tui_assert_shows (fixture, "▸Field 東京 0 of …");
  tui_type (fixture, "k");
  tui_assert_shows (fixture, "▸Field 東京 99");
  tui_fixture_free (fixture);
}

/* A new version while one types: the house stays, and so do the field and what is typed */
static void
test_described_anew (void)
{
  static const char other[]
    = "[{\"name\":\"rooms\",\"label\":\"Rooms\",\"type\":\"integer\",\"required\":true,\"typical\":5},"
      "{\"name\":\"sqft\",\"label\":\"Living area\",\"type\":\"number\",\"required\":true,\"typical\":1600}]";
  TuiFixture *fixture = make ();

  tui_type (fixture, "17");
  tui_describe (fixture, other);
  tui_assert_shows (fixture, "This computer v2");
  tui_assert_shows (fixture, "▸Living area");
  tui_type (fixture, "00\r");
  assert_text (fixture, 1, "1700");
  assert_text (fixture, 0, "5");
  /* a list whose field has gone */
  tui_describe (fixture, tui_attributes);
  tui_type (fixture, "Gko");
  tui_describe (fixture, other);
  tui_type (fixture, "j");
  tui_fixture_free (fixture);
}

static void
test_no_model (void)
{
  TuiFixture *fixture = tui_fixture_new (80, 24, HP_GLYPHS_BRAILLE, NULL);

  tui_assert_shows (fixture, "There is no model on this computer yet");
  tui_assert_shows (fixture, "Enter   train on the shipped sales");
  tui_assert_hides (fixture, "Reset");
  tui_type (fixture, "?G");
  tui_assert_shows (fixture, "Without a model");
  tui_type (fixture, ESC);
  /* somebody else trained */
  tui_describe (fixture, tui_attributes);
  tui_assert_shows (fixture, "$1,500,000");
  tui_fixture_free (fixture);
}

static void
test_warning (void)
{
  TuiFixture *fixture = make ();

  tui_type (fixture, "6000\r");
  g_assert_true (g_str_has_prefix (tui_row (fixture, 2), "!Living area"));
  tui_assert_shows (fixture, "! Living area: larger than any that was seen");
  tui_fixture_free (fixture);
}

/* Of versions there are none here: the other views say so, and everything leads back */
static void
test_views (void)
{
  TuiFixture *fixture = make ();

  g_assert_nonnull (strstr (tui_row (fixture, 0), "Value  Compare  Residuals"));
  tui_type (fixture, F2);
  tui_assert_shows (fixture, "Two versions are compared on the same sales");
  tui_type (fixture, "\t");
  tui_assert_shows (fixture, "Residuals are what a model’s prices are off by");
  /* nothing to choose from, to search or to sort */
  tui_type (fixture, "v\\c" ESC "/nN>r\r" DOWN "z");
  tui_assert_shows (fixture, "Residuals are what");
  tui_type (fixture, "\033[Z");
  tui_assert_shows (fixture, "Two versions are compared");
  tui_type (fixture, "vcG");
  tui_type (fixture, "3");
  tui_assert_shows (fixture, "Residuals are what");
  tui_type (fixture, "1");
  tui_assert_shows (fixture, "▸Living area");
  /* here a digit is text */
  tui_type (fixture, "2");
  assert_text (fixture, 0, "2");
  tui_type (fixture, ESC ":compare\r");
  tui_assert_shows (fixture, "Two versions are compared");
  tui_type (fixture, ESC);
  tui_assert_shows (fixture, "▸Living area");
  tui_type (fixture, ":residuals\r" ESC);
  tui_assert_shows (fixture, "▸Living area");
  /* tabs of the first line can be clicked; the help says what the keys do there */
  tui_type (fixture, "\033[<0;24;1M");
  tui_assert_shows (fixture, "Two versions are compared");
  tui_type (fixture, F1);
  tui_assert_shows (fixture, "House Price  Help");
  tui_type (fixture, "\033[<0;24;1M" ESC "q");
  g_assert_cmpint (fixture->status, ==, 0);
  tui_fixture_free (fixture);
}

/* The first line has room for the views, or for the one that one is in; the F-bar always says how to quit */
static void
test_narrow (void)
{
  TuiFixture *fixture = make ();

  tui_type (fixture, F2 F2);
  g_assert_true (g_str_has_suffix (tui_row (fixture, 23), "F10Quit"));
  tui_resize (fixture, 60, 15);
  g_assert_true (g_str_has_suffix (tui_row (fixture, 14), "F10Quit"));
  g_assert_nonnull (strstr (tui_row (fixture, 0), "Residuals"));
  tui_fixture_free (fixture);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/number", test_number);
  g_test_add_func ("/app/quick-escape", test_quick_escape);
  g_test_add_func ("/app/steps", test_steps);
  g_test_add_func ("/app/choices", test_choices);
  g_test_add_func ("/app/undo", test_undo);
  g_test_add_func ("/app/paste", test_paste);
  g_test_add_func ("/app/commands", test_commands);
  g_test_add_func ("/app/copy", test_copy);
  g_test_add_func ("/app/interrupt", test_interrupt);
  g_test_add_func ("/app/pages", test_pages);
  g_test_add_func ("/app/mouse", test_mouse);
  g_test_add_data_func ("/app/small", "q", test_small);
  /* As Esc and a key right after it arrive over a slow line */
  g_test_add_data_func ("/app/small/escape", "\033\021", test_small);
  g_test_add_func ("/app/many-fields", test_many_fields);
  g_test_add_func ("/app/described-anew", test_described_anew);
  g_test_add_func ("/app/no-model", test_no_model);
  g_test_add_func ("/app/warning", test_warning);
  g_test_add_func ("/app/views", test_views);
  g_test_add_func ("/app/narrow", test_narrow);
  return g_test_run ();
}
