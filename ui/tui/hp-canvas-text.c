/* hp-canvas-text.c - how wide text is, and how it is cut and wrapped
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "hp-canvas.h"
#include "hp-text.h"

/**
 * hp_columns_of:
 * @c: a printable character
 *
 * Returns: how many columns of a terminal it takes: 0 for an accent, 2 for a wide one
 */
int
hp_columns_of (gunichar c)
{
  if (g_unichar_iszerowidth (c))
    return 0;
  return g_unichar_iswide (c) ? 2 : 1;
}

/**
 * hp_canvas_printable:
 * @canvas: a canvas
 * @text: from anybody
 *
 * Returns: (transfer full): @text without what moves the cursor or hides, in ASCII if the terminal has nothing else
 */
char *
hp_canvas_printable (const HpCanvas *canvas, const char *text)
{
  static const struct
  {
    const char *sign, *word;
  } words[] = { { "°", "deg" }, { "·", "-" }, { "√", "sqrt " }, { "±", "+/-" } };
  g_autofree char *printable = hp_text_printable (text, -1, 0), *simple = NULL;
  g_autoptr (GString) spelled = NULL;

  if (canvas->glyphs->level != HP_GLYPHS_ASCII)
    return g_steal_pointer (&printable);
  /* "ft²" is "ft2" rather than "ft?", "42°" is "42deg" */
  simple = g_utf8_normalize (printable, -1, G_NORMALIZE_NFKD);
  spelled = g_string_new (simple);
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    g_string_replace (spelled, words[i].sign, words[i].word, 0);
  return g_str_to_ascii (spelled->str, "C");
}

static int
count_columns (const char *printable)
{
  int columns = 0;

  for (const char *p = printable; *p != '\0'; p = g_utf8_next_char (p))
    columns += hp_columns_of (g_utf8_get_char (p));
  return columns;
}

/* Bytes of printable that fit into width columns */
static gsize
bytes_in (const char *printable, int width)
{
  const char *p = printable;
  int columns = 0;

  while (*p != '\0' && columns + hp_columns_of (g_utf8_get_char (p)) <= width)
    {
      columns += hp_columns_of (g_utf8_get_char (p));
      p = g_utf8_next_char (p);
    }
  return p - printable;
}

/**
 * hp_canvas_columns:
 * @canvas: a canvas
 * @text: from anybody
 *
 * Returns: how many columns it takes on this canvas
 */
int
hp_canvas_columns (const HpCanvas *canvas, const char *text)
{
  g_autofree char *printable = hp_canvas_printable (canvas, text);

  return count_columns (printable);
}

/**
 * hp_canvas_cut:
 * @canvas: a canvas
 * @text: from anybody
 * @width: columns there are
 *
 * Returns: (transfer full): @text as this canvas shows it, with an ellipsis at its end if it is too long
 */
char *
hp_canvas_cut (const HpCanvas *canvas, const char *text, int width)
{
  g_autofree char *printable = hp_canvas_printable (canvas, text);

  if (count_columns (printable) <= width)
    return g_steal_pointer (&printable);
  if (width < 1)
    return g_strdup ("");
  printable[bytes_in (printable, width - 1)] = '\0';
  return g_strconcat (printable, canvas->glyphs->ellipsis, NULL);
}

/* Where to break a line that is longer than width columns: after the last blank that fits, else in the middle of a word
 */
static gsize
find_break (const char *line, int width)
{
  gsize fits = bytes_in (line, width);

  if (line[fits] == '\0' || line[fits] == ' ')
    return fits;
  for (gsize at = fits; at > 0; at--)
    if (line[at - 1] == ' ')
      return at;
  return fits > 0 ? fits : (gsize) (g_utf8_next_char (line) - line);
}

static void
wrap_line (GPtrArray *lines, const char *line, int width)
{
  do
    {
      gsize length = find_break (line, width);

      g_ptr_array_add (lines, g_strchomp (g_strndup (line, length)));
      line += length;
      line += strspn (line, " ");
    }
  while (*line != '\0');
}

/**
 * hp_canvas_wrap:
 * @canvas: a canvas
 * @text: from anybody; may have several lines
 * @width: columns of a line
 *
 * Returns: (transfer full): lines that fit; at least one
 */
char **
hp_canvas_wrap (const HpCanvas *canvas, const char *text, int width)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new ();
  g_auto (GStrv) given = g_strsplit (text, "\n", -1);

  for (char **line = given; *line != NULL; line++)
    {
      g_autofree char *printable = hp_canvas_printable (canvas, *line);

      wrap_line (lines, printable, MAX (width, 1));
    }
  if (lines->len == 0)
    g_ptr_array_add (lines, g_strdup (""));
  g_ptr_array_add (lines, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&lines), FALSE);
}
