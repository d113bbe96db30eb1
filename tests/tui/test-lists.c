/* test-lists.c - lists that open over a view, and tables as lines of text
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "hp-tui-grid.h"
#include "hp-tui-picker.h"

static HpInput
key (guint32 code)
{
  return (HpInput){ .kind = HP_INPUT_KEY, .code = code };
}

static HpTuiPicker *
make_places (void)
{
  HpTuiPicker *picker = hp_tui_picker_new ("Location", 0);

  hp_tui_picker_add (picker, "", "All", NULL, FALSE);
  hp_tui_picker_add (picker, "n", "North Ames", "443", FALSE);
  hp_tui_picker_add (picker, "o", "Old Town", "239", TRUE);
  hp_tui_picker_add (picker, "w", "Northwest Ames", "131", FALSE);
  return picker;
}

static char *
draw (HpTuiPicker *picker, int width, int height)
{
  HpCanvas *canvas = hp_canvas_new (width, height, hp_glyphs_get (HP_GLYPHS_ASCII));
  HpArea area = hp_canvas_get_area (canvas);
  char *text;

  hp_tui_picker_draw (picker, canvas, &area);
  text = hp_canvas_to_text (canvas);
  hp_canvas_free (canvas);
  return text;
}

static void
type (HpTuiPicker *picker, const char *text)
{
  for (; *text != '\0'; text++)
    {
      HpInput input = key ((guint32) *text);

      g_assert_cmpint (hp_tui_picker_input (picker, &input), ==, HP_TUI_PICKER_OPEN);
    }
}

/* Opens on the one that it is now; typing searches, and what is searched for may be in the middle */
static void
test_search (void)
{
  g_autoptr (HpTuiPicker) picker = make_places ();
  g_autofree char *text = draw (picker, 40, 8), *small = NULL;

  g_assert_cmpint (hp_tui_picker_contexts (picker), ==, HP_TUI_LIST | HP_TUI_TYPING);
  g_assert_cmpstr (hp_tui_picker_get_key (picker), ==, "o");
  g_assert_nonnull (strstr (text, "North Ames            443  |"));
  type (picker, "AMES");
  g_assert_cmpstr (hp_tui_picker_get_key (picker), ==, "n");
  hp_tui_picker_command (picker, HP_TUI_COMMAND_LIST_DOWN);
  hp_tui_picker_command (picker, HP_TUI_COMMAND_LIST_DOWN);
  g_assert_cmpstr (hp_tui_picker_get_key (picker), ==, "w");
  /* nothing to take */
  type (picker, "x");
  g_assert_null (hp_tui_picker_get_key (picker));
  g_assert_cmpint (hp_tui_picker_command (picker, HP_TUI_COMMAND_ACCEPT), ==, HP_TUI_PICKER_OPEN);
  hp_tui_picker_command (picker, HP_TUI_COMMAND_RUB_OUT);
  g_assert_cmpint (hp_tui_picker_command (picker, HP_TUI_COMMAND_ACCEPT), ==, HP_TUI_PICKER_TAKEN);
  g_assert_cmpint (hp_tui_picker_command (picker, HP_TUI_COMMAND_CANCEL), ==, HP_TUI_PICKER_LEFT);
  /* the chosen one is in sight wherever it is */
  hp_tui_picker_command (picker, HP_TUI_COMMAND_RUB_ALL);
  hp_tui_picker_command (picker, HP_TUI_COMMAND_LIST_PAGE_DOWN);
  hp_tui_picker_command (picker, HP_TUI_COMMAND_LIST_PAGE_DOWN);
  small = draw (picker, 40, 3);
  g_assert_nonnull (strstr (small, "Northwest"));
  g_assert_null (strstr (small, "All"));
}

static void
test_marks (void)
{
  g_autoptr (HpTuiPicker) picker = hp_tui_picker_new ("Versions", 2);
  g_auto (GStrv) none = NULL, marked = NULL, most = NULL;
  HpInput three = key ('3');

  hp_tui_picker_add (picker, "4", "Version 4", "xgboost", FALSE);
  hp_tui_picker_add (picker, "3", "Version 3", NULL, FALSE);
  hp_tui_picker_add (picker, "1", "Version 1", NULL, FALSE);
  g_assert_cmpint (hp_tui_picker_contexts (picker), ==, HP_TUI_LIST | HP_TUI_MARKS);
  /* with none marked, the one that one is on is meant */
  none = hp_tui_picker_get_marked (picker);
  g_assert_cmpstr (none[0], ==, "4");
  g_assert_null (none[1]);
  g_assert_true (hp_tui_picker_takes (picker, &three));
  hp_tui_picker_input (picker, &three);
  hp_tui_picker_command (picker, HP_TUI_COMMAND_MARK);
  g_assert_cmpstr (hp_tui_picker_get_key (picker), ==, "1");
  hp_tui_picker_command (picker, HP_TUI_COMMAND_MARK);
  marked = hp_tui_picker_get_marked (picker);
  g_assert_cmpstr (marked[0], ==, "3");
  g_assert_cmpstr (marked[1], ==, "1");
  /* no more than there may be */
  hp_tui_picker_command (picker, HP_TUI_COMMAND_MARKS_UP);
  hp_tui_picker_command (picker, HP_TUI_COMMAND_MARKS_UP);
  hp_tui_picker_command (picker, HP_TUI_COMMAND_MARK);
  most = hp_tui_picker_get_marked (picker);
  g_assert_cmpuint (g_strv_length (most), ==, 2);
  g_assert_cmpint (hp_tui_picker_command (picker, HP_TUI_COMMAND_MARKS_TAKE), ==, HP_TUI_PICKER_TAKEN);
}

static void
test_mouse (void)
{
  g_autoptr (HpTuiPicker) picker = make_places ();
  g_autofree char *drawn = draw (picker, 40, 8); /* what is clicked on is where it was drawn */
  HpInput click = { .kind = HP_INPUT_CLICK, .x = 5, .y = 2 }, wheel = { .kind = HP_INPUT_WHEEL, .delta = -1 };

  g_assert_cmpstr (drawn, !=, "");
  hp_tui_picker_input (picker, &wheel);
  g_assert_cmpstr (hp_tui_picker_get_key (picker), ==, "");
  g_assert_cmpint (hp_tui_picker_input (picker, &click), ==, HP_TUI_PICKER_TAKEN);
  g_assert_cmpstr (hp_tui_picker_get_key (picker), ==, "n");
  click.x = 39;
  g_assert_cmpint (hp_tui_picker_input (picker, &click), ==, HP_TUI_PICKER_LEFT);
}

static char **
cells (const char *a, const char *b, const char *c)
{
  const char *const all[] = { a, b, c, NULL };

  return g_strdupv ((char **) all);
}

static void
assert_lines (int width, const char *expected)
{
  HpCanvas *canvas = hp_canvas_new (width, 1, hp_glyphs_get (HP_GLYPHS_BRAILLE));
  g_autoptr (HpTuiGrid) grid = hp_tui_grid_new ();
  g_autoptr (GArray) lines = hp_tui_lines_new ();
  g_autoptr (GString) text = g_string_new (NULL);

  hp_tui_grid_column (grid, "Location", FALSE);
  hp_tui_grid_column (grid, "MAE", TRUE);
  hp_tui_grid_column (grid, "Verdict", FALSE);
  hp_tui_grid_row (grid, HP_STYLE_NORMAL, cells ("South and West of the University", "$1,000", "better"));
  hp_tui_grid_row (grid, HP_STYLE_NORMAL, cells ("東京都", "$900", "few"));
  hp_tui_grid_add_to (grid, lines, canvas, width);
  for (guint i = 0; i < lines->len; i++)
    g_string_append_printf (text, "%s|\n", g_array_index (lines, HpTuiLine, i).text);
  g_assert_cmpstr (text->str, ==, expected);
  hp_canvas_free (canvas);
}

/* First the first column gives way, then there are two tables */
static void
test_grid (void)
{
  assert_lines (80, "Location                             MAE  Verdict|\n"
                    "South and West of the University  $1,000  better |\n"
                    "東京都                              $900  few    |\n");
  assert_lines (36, "Location             MAE  Verdict|\n"
                    "South and West …  $1,000  better |\n"
                    "東京都              $900  few    |\n");
  assert_lines (20, "Location      MAE|\n"
                    "South an…  $1,000|\n"
                    "東京都       $900|\n"
                    "|\n"
                    "Location   Verdict|\n"
                    "South an…  better |\n"
                    "東京都     few    |\n");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lists/search", test_search);
  g_test_add_func ("/lists/marks", test_marks);
  g_test_add_func ("/lists/mouse", test_mouse);
  g_test_add_func ("/lists/grid", test_grid);
  return g_test_run ();
}
