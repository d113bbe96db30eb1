/* hp-tui-choices.c - a list that opens over the form
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "hp-display.h"
#include "hp-text.h"
#include "hp-tui-choices.h"

#define MAX_ROWS  12
#define MAX_WIDTH 60
/* As wide as the form's values reach, or what they leave of other rows would peep out */
#define MIN_WIDTH 28

/**
 * hp_tui_choices_new:
 * @attribute: a category; outlives the list
 * @text: what its field holds
 *
 * Returns: (transfer full): a list of all choices, on the one that @text is
 */
HpTuiChoices *
hp_tui_choices_new (const HpAttribute *attribute, const char *text)
{
  HpTuiChoices *choices = g_new0 (HpTuiChoices, 1);
  int at = hp_attribute_find_choice (attribute, text, strlen (text));

  choices->attribute = attribute;
  choices->search = hp_line_editor_new ();
  choices->matches = g_array_new (FALSE, FALSE, sizeof (guint));
  hp_tui_choices_searched (choices);
  choices->chosen = MAX (at, 0);
  return choices;
}

/**
 * hp_tui_choices_free:
 * @choices: (transfer full) (nullable): a list
 */
void
hp_tui_choices_free (HpTuiChoices *choices)
{
  if (choices == NULL)
    return;
  hp_line_editor_free (choices->search);
  g_array_unref (choices->matches);
  g_free (choices);
}

/* 0: the choice begins with what is searched; 1: a word of it does; 2: it is somewhere in it; 3: it isn't */
static int
rank_of (const char *choice, const char *searched)
{
  g_autofree char *key = hp_text_key (choice, -1);
  const char *found = strstr (key, searched);
  int rank = 3;

  for (; found != NULL && rank > 0; found = strstr (found + 1, searched))
    rank = MIN (rank, found == key ? 0 : found[-1] == ' ' ? 1 : 2);
  return rank;
}

/**
 * hp_tui_choices_searched:
 * @choices: a list
 *
 * Looks the choices over again; the best match becomes the one to take.
 */
void
hp_tui_choices_searched (HpTuiChoices *choices)
{
  g_autofree char *searched = hp_text_key (choices->search->text->str, -1);
  guint n = hp_attribute_get_n_choices (choices->attribute);
  g_autofree guint8 *ranks = g_new (guint8, MAX (n, 1));

  for (guint i = 0; i < n; i++)
    ranks[i] = rank_of (choices->attribute->choices[i], searched);
  g_array_set_size (choices->matches, 0);
  for (int rank = 0; rank < 3; rank++)
    for (guint i = 0; i < n; i++)
      if (ranks[i] == rank)
        g_array_append_val (choices->matches, i);
  choices->chosen = choices->top = 0;
}

/* What was typed can be taken too, if it is something that no choice is. */
static gboolean
offers_typed (HpTuiChoices *choices)
{
  const char *text = choices->search->text->str;

  return text[strspn (text, " ")] != '\0' && hp_attribute_find_choice (choices->attribute, text, strlen (text)) < 0;
}

static guint
count_rows (HpTuiChoices *choices)
{
  return choices->matches->len + (offers_typed (choices) ? 1 : 0);
}

/**
 * hp_tui_choices_move:
 * @choices: a list
 * @by: rows, down if positive
 */
void
hp_tui_choices_move (HpTuiChoices *choices, int by)
{
  int last = (int) count_rows (choices) - 1;

  choices->chosen = MAX (CLAMP ((int) choices->chosen + by, 0, last), 0);
}

/**
 * hp_tui_choices_get_text:
 * @choices: a list
 *
 * Returns: (transfer none): what Enter would take
 */
const char *
hp_tui_choices_get_text (HpTuiChoices *choices)
{
  if (choices->chosen < choices->matches->len)
    return choices->attribute->choices[g_array_index (choices->matches, guint, choices->chosen)];
  return choices->search->text->str;
}

/* What a row shows; *count: (nullable) sales */
static char *
row_text (HpTuiChoices *choices, guint row, char **count)
{
  guint choice;

  *count = NULL;
  if (row >= choices->matches->len)
    return g_strdup_printf (_ ("“%s” as it is"), choices->search->text->str);
  choice = g_array_index (choices->matches, guint, row);
  if (choices->attribute->choice_counts != NULL)
    *count = hp_display_count (choices->attribute->choice_counts[choice]);
  return g_strdup (choices->attribute->choices[choice]);
}

/* The same however the search goes, so that the list keeps its width */
static int
width_of (HpTuiChoices *choices, HpCanvas *canvas, int most)
{
  int width = 0;

  for (guint i = 0; i < hp_attribute_get_n_choices (choices->attribute); i++)
    width = MAX (width, hp_canvas_columns (canvas, choices->attribute->choices[i]));
  return MIN (MAX (width + 10, MIN_WIDTH), MIN (most, MAX_WIDTH));
}

static void
draw_row (HpTuiChoices *choices, HpCanvas *canvas, const HpArea *list, guint row, int y)
{
  gboolean chosen = row == choices->chosen;
  HpStyle style = chosen ? HP_STYLE_CHOSEN : HP_STYLE_LIST;
  g_autofree char *count = NULL, *text = row_text (choices, row, &count);
  int end = list->width - 3;

  hp_canvas_fill (canvas, list, 0, y, list->width, 1, HP_STYLE_LIST_FAINT, " ");
  hp_canvas_put (canvas, list, 0, y, HP_STYLE_LIST_FAINT, canvas->glyphs->vertical);
  hp_canvas_put (canvas, list, list->width - 1, y, HP_STYLE_LIST_FAINT, canvas->glyphs->vertical);
  hp_canvas_fill (canvas, list, 1, y, list->width - 2, 1, style, " ");
  if (count != NULL)
    end = hp_canvas_put_right (canvas, list, end, y, chosen ? style : HP_STYLE_LIST_FAINT, count) - 1;
  hp_canvas_put_cut (canvas, list, 2, y, end - 2, style, text);
}

/**
 * hp_tui_choices_draw:
 * @choices: a list
 * @canvas: a canvas
 * @area: what it may cover
 * @x: first column
 * @y: the row of its field
 */
void
hp_tui_choices_draw (HpTuiChoices *choices, HpCanvas *canvas, const HpArea *area, int x, int y)
{
  guint rows = count_rows (choices);
  int below = area->height - y - 1, shown = MIN ((int) MAX (rows, 1), MAX_ROWS), width;
  gboolean above = shown > below && y > below;
  HpArea list;

  shown = MIN (shown, above ? y : below);
  width = width_of (choices, canvas, area->width - x);
  list = hp_area_part (area, x, above ? y - shown : y + 1, width, shown);
  choices->drawn = list;
  /* the chosen one in sight */
  choices->top = CLAMP (choices->top, (guint) MAX ((int) choices->chosen - shown + 1, 0), choices->chosen);
  choices->top = MIN (choices->top, (guint) MAX ((int) rows - shown, 0));
  for (int row = 0; row < shown && choices->top + row < rows; row++)
    draw_row (choices, canvas, &list, choices->top + row, row);
  if (choices->top > 0)
    hp_canvas_put (canvas, &list, width - 2, 0, HP_STYLE_LIST_FAINT, canvas->glyphs->up);
  if (choices->top + shown < rows)
    hp_canvas_put (canvas, &list, width - 2, shown - 1, HP_STYLE_LIST_FAINT, canvas->glyphs->down);
}

/**
 * hp_tui_choices_click:
 * @choices: a list
 * @x: a column of the canvas
 * @y: a row of the canvas
 *
 * Returns: whether there is a choice, which is chosen now
 */
gboolean
hp_tui_choices_click (HpTuiChoices *choices, int x, int y)
{
  guint row = choices->top + (guint) (y - choices->drawn.y);

  if (x < choices->drawn.x || x >= choices->drawn.x + choices->drawn.width || y < choices->drawn.y
      || y >= choices->drawn.y + choices->drawn.height || row >= count_rows (choices))
    return FALSE;
  choices->chosen = row;
  return TRUE;
}
