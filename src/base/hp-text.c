/* hp-text.c - text from strangers: matching, cleaning, suggesting
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "hp-text.h"

/* Longer names are not typing errors of one another; comparing them takes time in the product of their lengths. */
#define MAX_DISTANCE_LENGTH 256

static gsize
text_length (const char *text, gssize length)
{
  return length < 0 ? strlen (text) : (gsize) length;
}

/* The key of ASCII text, or NULL if it is not all ASCII */
static char *
ascii_key (const char *text, gsize length)
{
  g_autofree char *key = g_malloc (length + 1);
  gsize n = 0;
  gboolean space = FALSE;

  for (gsize i = 0; i < length; i++)
    {
      guchar c = text[i];

      if (c >= 0x80 || c == 0)
        return NULL;
      if (c == ' ' || (c >= '\t' && c <= '\r'))
        {
          space = n > 0;
          continue;
        }
      if (space)
        key[n++] = ' ';
      space = FALSE;
      key[n++] = g_ascii_tolower (c);
    }
  key[n] = '\0';
  return g_steal_pointer (&key);
}

static char *
fold (const char *text)
{
  g_autofree char *normal = g_utf8_normalize (text, -1, G_NORMALIZE_NFKC);
  g_autofree char *folded = g_utf8_casefold (normal, -1);

  return g_utf8_normalize (folded, -1, G_NORMALIZE_NFKC);
}

static char *
squeeze_spaces (const char *text)
{
  g_autoptr (GString) out = g_string_sized_new (strlen (text));
  gboolean space = FALSE;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isspace (c))
        {
          space = out->len > 0;
          continue;
        }
      if (space)
        g_string_append_c (out, ' ');
      space = FALSE;
      g_string_append_unichar (out, c);
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/**
 * hp_text_key:
 * @text: (array length=length): a name as a person or a file wrote it
 * @length: how many bytes of it, -1 if it ends with a NUL
 *
 * The form of @text by which names are compared: case folded, compatibility characters unified
 * (NFKC), no space outside and single spaces inside. Bytes that are not UTF-8, and NULs, become
 * U+FFFD. A key is its own key.
 *
 * Returns: (transfer full): the key
 */
char *
hp_text_key (const char *text, gssize length)
{
  gsize n;
  char *key;
  g_autofree char *valid = NULL;
  g_autofree char *folded = NULL;
  g_autofree char *again = NULL;

  g_return_val_if_fail (text != NULL || length == 0, NULL);

  n = text_length (text, length);
  key = ascii_key (text, n);
  if (key != NULL)
    return key;

  /* For a few characters folding makes something that folds again. */
  valid = g_utf8_make_valid (text, n);
  folded = fold (valid);
  again = fold (folded);
  return squeeze_spaces (again);
}

/* What moves the cursor, starts an escape sequence, hides, or turns the direction of the text around it */
static gboolean
is_treacherous (gunichar c)
{
  return c < 0x20 || (c >= 0x7f && c <= 0x9f)                               /* controls */
         || c == 0x61c || c == 0x200e || c == 0x200f                        /* direction marks */
         || (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069)    /* embeddings, overrides, isolates */
         || c == 0x2028 || c == 0x2029                                      /* line and paragraph separators */
         || c == 0x200b || (c >= 0x2060 && c <= 0x2064) || c == 0xfeff      /* invisible */
         || (c >= 0xfff9 && c <= 0xfffb) || (c >= 0xe0000 && c <= 0xe0fff); /* annotations, tags */
}

/**
 * hp_text_printable:
 * @text: (array length=length): text of unknown origin
 * @length: how many bytes of it, -1 if it ends with a NUL
 * @max_chars: the most characters the result may have, 0 for no limit
 *
 * Makes @text safe to show on one line of a terminal or a log: control characters and bytes that are
 * not UTF-8 become `\x1b`, characters that are invisible or change the direction of writing `\u202e`.
 * Printable text, backslashes too, stays as it is, so doing this twice does no harm. What is too
 * long ends with "…".
 *
 * Returns: (transfer full): the text, valid UTF-8
 */
char *
hp_text_printable (const char *text, gssize length, gsize max_chars)
{
  g_autoptr (GString) out = NULL;
  const char *p = text != NULL ? text : "", *end;
  gsize chars = 0, fits = 0; /* characters written; bytes written that leave room for "…" */

  g_return_val_if_fail (text != NULL || length == 0, NULL);

  end = p + text_length (p, length);
  out = g_string_sized_new (end - p);
  while (p < end)
    {
      gunichar c = *p == '\0' ? 0 : g_utf8_get_char_validated (p, end - p);
      gsize before = out->len, width;

      if (c == (gunichar) -1 || c == (gunichar) -2)
        {
          g_string_append_printf (out, "\\x%02x", (guchar) *p++);
          width = 4;
        }
      else
        {
          p = c == 0 ? p + 1 : g_utf8_next_char (p);
          if (!is_treacherous (c))
            {
              g_string_append_unichar (out, c);
              width = 1;
            }
          else
            {
              g_string_append_printf (out, c < 0x80 ? "\\x%02x" : c < 0x10000 ? "\\u%04x" : "\\U%08x", c);
              width = out->len - before;
            }
        }

      chars += width;
      if (max_chars > 0 && chars > max_chars)
        {
          g_string_truncate (out, fits);
          g_string_append (out, "…");
          break;
        }
      if (max_chars > 0 && chars < max_chars)
        fits = out->len;
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/**
 * hp_text_distance:
 * @a: text in UTF-8
 * @b: text in UTF-8
 *
 * How many characters have to be inserted, deleted, replaced or exchanged with their neighbour to
 * make one text the other (the restricted Damerau-Levenshtein distance). When one of two different
 * texts has more than 256 characters, the length of the longer one is the answer.
 *
 * Returns: the distance in characters
 */
guint
hp_text_distance (const char *a, const char *b)
{
  g_autofree gunichar *x = NULL;
  g_autofree gunichar *y = NULL;
  glong n, m;
  guint rows[3][MAX_DISTANCE_LENGTH + 1];
  guint *before = rows[0], *above = rows[1], *row = rows[2];

  g_return_val_if_fail (a != NULL && b != NULL, 0);

  if (strcmp (a, b) == 0)
    return 0;
  x = g_utf8_to_ucs4_fast (a, -1, &n);
  y = g_utf8_to_ucs4_fast (b, -1, &m);
  if (n > MAX_DISTANCE_LENGTH || m > MAX_DISTANCE_LENGTH)
    return (guint) MIN (MAX (n, m), G_MAXINT);

  for (glong j = 0; j <= m; j++)
    above[j] = j;
  for (glong i = 1; i <= n; i++)
    {
      guint *oldest = before;

      row[0] = i;
      for (glong j = 1; j <= m; j++)
        {
          guint cost = above[j - 1] + (x[i - 1] != y[j - 1]);

          cost = MIN (cost, above[j] + 1);
          cost = MIN (cost, row[j - 1] + 1);
          if (i > 1 && j > 1 && x[i - 1] == y[j - 2] && x[i - 2] == y[j - 1])
            cost = MIN (cost, before[j - 2] + 1);
          row[j] = cost;
        }
      before = above;
      above = row;
      row = oldest;
    }
  return above[m];
}

/**
 * hp_text_suggest:
 * @text: what somebody wrote
 * @candidates: (array zero-terminated=1): what they may have meant
 *
 * Finds the candidate for "did you mean …?": the one whose key (see hp_text_key()) is nearest to the
 * key of @text, if about a third of the characters at most differ; else the shortest one that @text is
 * the beginning of, or the longest one that is the beginning of @text. The first of equals is chosen.
 *
 * Returns: (nullable) (transfer none): one of @candidates
 */
const char *
hp_text_suggest (const char *text, const char *const *candidates)
{
  g_autofree char *key = NULL;
  const char *nearest = NULL, *kin = NULL;
  guint best, kin_gap = G_MAXUINT;
  glong length;

  g_return_val_if_fail (text != NULL && candidates != NULL, NULL);

  key = hp_text_key (text, -1);
  length = g_utf8_strlen (key, -1);
  if (length == 0 || length > MAX_DISTANCE_LENGTH)
    return NULL;
  best = MAX (length / 3, 1) + 1;

  for (gsize i = 0; candidates[i] != NULL; i++)
    {
      g_autofree char *other = hp_text_key (candidates[i], -1);
      glong other_length = g_utf8_strlen (other, -1);
      guint distance = hp_text_distance (key, other);

      if (distance < best && distance < (guint) MAX (length, other_length))
        {
          best = distance;
          nearest = candidates[i];
        }
      if ((length >= 2 && g_str_has_prefix (other, key)) || (other_length >= 3 && g_str_has_prefix (key, other)))
        {
          guint gap = ABS (other_length - length);

          if (gap < kin_gap)
            {
              kin_gap = gap;
              kin = candidates[i];
            }
        }
    }
  return nearest != NULL ? nearest : kin;
}
