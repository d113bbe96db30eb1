/* hp-report-svg.c - a chart's SVG, made fit to stand in a page of HTML
 *
 * A file of its own has a declaration, namespaces, ids of its own and a size in points. Within a page the first two are
 * the page's, ids must differ from those of the other charts, and the size is the page's to choose.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "hp-report-private.h"

/* Attributes of the outermost element that a page has no use for */
static gboolean
is_dropped (const char *name, gsize length, gboolean outermost)
{
  static const char *const dropped[] = { "width", "height", "version", "role", "aria-labelledby", "aria-label" };

  if (length >= 5 && strncmp (name, "xmlns", 5) == 0)
    return TRUE;
  for (gsize i = 0; outermost && i < G_N_ELEMENTS (dropped); i++)
    if (strlen (dropped[i]) == length && strncmp (name, dropped[i], length) == 0)
      return TRUE;
  return FALSE;
}

typedef struct
{
  GString *out;
  const char *prefix;
  GHashTable *numbers; /* of an id of the file: in the order in which they come */
} Inline;

/* An id of the page for one of the file. cairo numbers its own through the life of a process: ours are the same each
 * time. */
static void
append_id (Inline *picture, const char *id, gsize length)
{
  char *name = g_strndup (id, length);
  guint number = GPOINTER_TO_UINT (g_hash_table_lookup (picture->numbers, name));

  if (number == 0)
    {
      number = g_hash_table_size (picture->numbers) + 1;
      g_hash_table_insert (picture->numbers, g_steal_pointer (&name), GUINT_TO_POINTER (number));
    }
  g_free (name);
  g_string_append_printf (picture->out, "%s%u", picture->prefix, number);
}

/* A value, with the new id wherever it names one: id="a", href="#a", url(#a) */
static void
append_value (Inline *picture, const char *name, gsize name_length, const char *value, gsize length)
{
  const char *end = value + length, *p = value;

  if (name_length == 2 && strncmp (name, "id", 2) == 0)
    {
      append_id (picture, value, length);
      return;
    }
  if (name_length == 4 && strncmp (name, "href", 4) == 0 && length > 0 && *value == '#')
    {
      g_string_append_c (picture->out, '#');
      append_id (picture, value + 1, length - 1);
      return;
    }
  while (p < end)
    {
      const char *url = g_strstr_len (p, end - p, "url(#");
      const char *id = url != NULL ? url + strlen ("url(#") : NULL;
      const char *close = id != NULL ? memchr (id, ')', end - id) : NULL;

      if (close == NULL)
        break;
      g_string_append_len (picture->out, p, id - p);
      append_id (picture, id, close - id);
      p = close;
    }
  g_string_append_len (picture->out, p, end - p);
}

/* One tag, "<…>"; returns what follows it */
static const char *
append_tag (Inline *picture, const char *tag, const char *end, gboolean outermost)
{
  GString *out = picture->out;
  const char *p = tag;

  while (p < end && *p != '>' && !g_ascii_isspace (*p))
    p++;
  g_string_append_len (out, tag, p - tag);
  while (p < end && *p != '>')
    {
      const char *name, *value, *close;
      gsize length;

      while (p < end && g_ascii_isspace (*p))
        p++;
      name = p;
      while (p < end && *p != '=' && *p != '>' && *p != '/' && !g_ascii_isspace (*p))
        p++;
      length = p - name;
      if (p >= end || *p != '=' || p + 1 >= end || (p[1] != '"' && p[1] != '\''))
        {
          /* "/>", or a space before it */
          if (p == name && p < end && *p != '>')
            p++;
          g_string_append_len (out, name, p - name);
          continue;
        }
      value = p + 2;
      close = memchr (value, p[1], end - value);
      if (close == NULL)
        return end;
      if (length == strlen ("xlink:href") && strncmp (name, "xlink:href", length) == 0)
        {
          name += strlen ("xlink:");
          length -= strlen ("xlink:");
        }
      if (!is_dropped (name, length, outermost))
        {
          g_string_append_c (out, ' ');
          g_string_append_len (out, name, length);
          g_string_append_len (out, p, 2);
          append_value (picture, name, length, value, close - value);
          g_string_append_c (out, *close);
        }
      p = close + 1;
    }
  g_string_append_c (out, '>');
  return p < end ? p + 1 : end;
}

/**
 * hp_report_svg_inline:
 * @svg: (array length=length): a file that our own plots wrote
 * @length: its bytes
 * @prefix: what its ids begin with from now on
 *
 * Returns: (transfer full): the element alone; empty if there is none
 */
char *
hp_report_svg_inline (const char *svg, gsize length, const char *prefix)
{
  const char *end = svg + length, *p = g_strstr_len (svg, length, "<svg");
  g_autoptr (GString) out = g_string_sized_new (length);
  g_autoptr (GHashTable) numbers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Inline picture = { out, prefix, numbers };
  gboolean outermost = TRUE;

  while (p != NULL && p < end)
    {
      const char *tag = memchr (p, '<', end - p);

      if (tag == NULL)
        break;
      g_string_append_len (out, p, tag - p);
      if (end - tag >= 4 && strncmp (tag, "<!--", 4) == 0)
        {
          const char *close = g_strstr_len (tag, end - tag, "-->");

          p = close != NULL ? close + 3 : end;
          continue;
        }
      p = append_tag (&picture, tag, end, outermost);
      outermost = FALSE;
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}
