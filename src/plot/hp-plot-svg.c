/* hp-plot-svg.c - cairo's SVG, made fit to stand in a page beside others
 *
 * cairo numbers its glyphs and clips from nought in every file, and a page that holds two such pictures draws the
 * letters of the first in the second: ids get a prefix that is the picture's own. Paths have six decimals where two
 * will do, which is most of what twenty thousand points take.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>
#include <string.h>

#include "hp-plot-private.h"

#define PREFIX_LENGTH 8

static gboolean
starts_with (const char *at, const char *end, const char *word)
{
  gsize length = strlen (word);

  return (gsize) (end - at) >= length && memcmp (at, word, length) == 0;
}

static void
append_number (GString *out, double value)
{
  gint64 hundredths = (gint64) llround (CLAMP (value, -1e9, 1e9) * 100);
  guint64 size = (guint64) ABS (hundredths);

  if (hundredths < 0)
    g_string_append_c (out, '-');
  g_string_append_printf (out, "%" G_GUINT64_FORMAT, size / 100);
  if (size % 100 != 0)
    g_string_append_printf (out, size % 10 != 0 ? ".%02u" : ".%u",
                            (guint) (size % 10 != 0 ? size % 100 : size % 100 / 10));
}

/* "M 1.500000 2 L 1.500000 2 ": a dot, "M1.5 2h0" */
static const char *
tidy_path (GString *out, const char *at, const char *end)
{
  char command = '\0';
  double numbers[6] = { 0 }, from_x = NAN, from_y = NAN;
  guint n = 0;

  while (at < end && *at != '"')
    {
      if (g_ascii_isalpha (*at))
        {
          command = *at++;
          n = 0;
          if (g_ascii_toupper (command) == 'Z')
            g_string_append_c (out, command);
        }
      else if (g_ascii_isdigit (*at) || *at == '-' || *at == '.')
        {
          char *stop;
          double number = g_ascii_strtod (at, &stop);
          guint needed = command == 'C' ? 6 : 2;

          if (stop == at)
            break;
          at = stop;
          numbers[n++] = number;
          if (n < needed)
            continue;
          n = 0;
          if (command == 'L' && numbers[0] == from_x && numbers[1] == from_y)
            g_string_append (out, "h0");
          else
            {
              g_string_append_c (out, command);
              for (guint i = 0; i < needed; i++)
                {
                  if (i > 0)
                    g_string_append_c (out, ' ');
                  append_number (out, numbers[i]);
                }
            }
          from_x = numbers[needed - 2];
          from_y = numbers[needed - 1];
        }
      else
        at++;
    }
  return at;
}

/* "rgb(11.764706%,0%,100%)" is "#1e00ff". FALSE: it is none */
static gboolean
append_color (GString *out, const char *value)
{
  double parts[3];
  char *at = (char *) value + strlen ("rgb(");

  if (!g_str_has_prefix (value, "rgb("))
    return FALSE;
  for (int i = 0; i < 3; i++)
    {
      parts[i] = g_ascii_strtod (at, &at);
      if (*at != '%')
        return FALSE;
      at += i < 2 ? 2 : 1;
    }
  g_string_append_printf (out, "#%02x%02x%02x", (guint) lround (CLAMP (parts[0], 0, 100) * 2.55),
                          (guint) lround (CLAMP (parts[1], 0, 100) * 2.55),
                          (guint) lround (CLAMP (parts[2], 0, 100) * 2.55));
  return TRUE;
}

/* Without what is so anyway */
static const char *
tidy_style (GString *out, const char *at, const char *end)
{
  static const char *const usual[]
    = { "fill-rule:nonzero",    "fill-opacity:1",      "stroke-opacity:1", "stroke-width:1",
        "stroke-miterlimit:10", "stroke-linecap:butt", "stroke:none",      NULL };
  const char *close = memchr (at, '"', (gsize) (end - at));
  g_autofree char *style = g_strndup (at, (gsize) ((close != NULL ? close : end) - at));
  g_auto (GStrv) parts = g_strsplit (style, ";", -1);
  gsize before = out->len;

  g_string_append (out, " style=\"");
  for (char **part = parts; *part != NULL; part++)
    {
      char *declaration = g_strstrip (*part), *value = strchr (declaration, ':');

      if (value == NULL || g_strv_contains (usual, declaration))
        continue;
      g_string_append_len (out, declaration, value + 1 - declaration);
      if (!append_color (out, value + 1))
        g_string_append (out, value + 1);
      g_string_append_c (out, ';');
    }
  /* Over the last semicolon, or nothing at all */
  if (g_str_has_suffix (out->str, ";"))
    out->str[out->len - 1] = '"';
  else
    g_string_truncate (out, before);
  return close != NULL ? close + 1 : end;
}

/* cairo counts its surfaces over the whole process: nothing refers to that one by its id */
static char *
without_surface_id (const char *svg, gsize length)
{
  static const char start[] = "<g id=\"surface";
  const char *found = g_strstr_len (svg, (gssize) length, start), *close;
  GString *out = g_string_sized_new (length);

  close = found != NULL ? memchr (found, '>', length - (gsize) (found - svg)) : NULL;
  if (close == NULL)
    return g_string_free (g_string_append_len (out, svg, (gssize) length), FALSE);
  g_string_append_len (out, svg, found - svg);
  g_string_append (out, "<g");
  g_string_append_len (out, close, (gssize) (length - (gsize) (close - svg)));
  return g_string_free (out, FALSE);
}

static void
append_element (GString *out, const char *name, const char *text)
{
  g_autofree char *valid = text != NULL ? g_utf8_make_valid (text, -1) : NULL;
  g_autofree char *escaped = NULL;

  if (valid == NULL || *valid == '\0')
    return;
  /* What XML can't hold at all */
  for (char *at = valid; *at != '\0'; at++)
    if ((guchar) *at < ' ' && *at != '\n' && *at != '\t')
      *at = ' ';
  escaped = g_markup_escape_text (valid, -1);
  g_string_append_printf (out, "<%s>%s</%s>\n", name, escaped, name);
}

/* "width="800pt"" is 1067 pixels wide in a browser: a point of ours is a pixel */
static const char *
tidy_root (GString *out, const char *at, const char *end)
{
  for (; at < end && *at != '>'; at++)
    {
      if (starts_with (at, end, "pt\""))
        at += 2;
      g_string_append_c (out, *at);
    }
  g_string_append (out, " role=\"img\">\n");
  return at < end ? at + 1 : at;
}

/* The file without its prolog, so that it can be put into a page as it is; title and description for those who don't
 * see it */
char *
_hp_plot_svg_tidy (const char *svg, gsize length, const char *title, const char *description)
{
  g_autofree char *source = without_surface_id (svg, length);
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, source, -1);
  const char *at = strstr (source, "<svg"), *end = source + strlen (source);
  GString *out = g_string_sized_new (length);

  hash[PREFIX_LENGTH] = '\0';
  if (at == NULL)
    return g_string_free (out, FALSE);
  at = tidy_root (out, at, end);
  append_element (out, "title", title);
  append_element (out, "desc", description);
  while (at < end)
    {
      static const char *const ids[] = { " id=\"", "href=\"#", "url(#" };
      gboolean done = FALSE;

      for (guint i = 0; i < G_N_ELEMENTS (ids) && !done; i++)
        if (starts_with (at, end, ids[i]))
          {
            g_string_append_printf (out, "%sh%s-", ids[i], hash);
            at += strlen (ids[i]);
            done = TRUE;
          }
      if (!done && starts_with (at, end, " d=\""))
        {
          g_string_append (out, " d=\"");
          at = tidy_path (out, at + 4, end);
        }
      else if (!done && starts_with (at, end, " style=\""))
        at = tidy_style (out, at + 8, end);
      else if (!done)
        g_string_append_c (out, *at++);
    }
  return g_string_free (out, FALSE);
}
