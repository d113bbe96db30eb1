/* hp-house-quick.c - the usual form of a house in JSON, straight into its attributes
 *
 * An object of known attributes, each once, spelled exactly; text of plain ASCII without escapes, numbers without
 * exponent. Anything else is left to hp_house_reading_read().
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "hp-house-reading.h"
#include "hp-number.h"

/* With more attributes than these, finding one by looking at all takes too long */
#define MAX_ATTRIBUTES 64
/* A number of more bytes is not usual */
#define MAX_NUMBER 24

static inline const char *
skip_space (const char *p, const char *end)
{
  while (p < end && (*p == ' ' || *p == '\n' || *p == '\r' || *p == '\t'))
    p++;
  return p;
}

/* Past the opening quote; returns the closing one, or NULL */
static inline const char *
find_quote (const char *p, const char *end)
{
  while (p < end && (guchar) *p >= 0x20 && (guchar) *p < 0x7f && *p != '\\' && *p != '"')
    p++;
  return p < end && *p == '"' ? p : NULL;
}

/* Most clients write attributes in the order of the schema: the next one is tried first. Names hold no NUL, so that
 * comparing stops at their end: strncmp() rather than memcmp(). */
static inline int
find_attribute (const HpServerModel *model, const char *key, gsize length, guint next)
{
  guint n = model->description->attributes->len;

  for (guint k = 0; k < n; k++)
    {
      guint i = next + k < n ? next + k : next + k - n;
      const char *name = hp_description_get_attribute (model->description, i)->name;

      if (strncmp (name, key, length) == 0 && name[length] == '\0')
        return (int) i;
    }
  return -1;
}

/* -?(0|[1-9][0-9]*)(\.[0-9]+)? ; returns its end, or NULL */
static inline const char *
find_end_of_number (const char *p, const char *end)
{
  const char *start = p;

  if (p < end && *p == '-')
    p++;
  if (p == end || !g_ascii_isdigit (*p))
    return NULL;
  if (*p == '0' && p + 1 < end && g_ascii_isdigit (p[1]))
    return NULL;
  while (p < end && g_ascii_isdigit (*p))
    p++;
  if (p < end && *p == '.')
    {
      if (++p == end || !g_ascii_isdigit (*p))
        return NULL;
      while (p < end && g_ascii_isdigit (*p))
        p++;
    }
  return p - start <= MAX_NUMBER && p < end && *p != 'e' && *p != 'E' ? p : NULL;
}

/* Returns what follows the value, or NULL */
static inline const char *
read_value (const HpServerModel *model, HpHouse *house, guint i, const char *p, const char *end)
{
  const char *stop;
  double number;

  if (p == end)
    return NULL;
  if (*p == '"')
    {
      stop = find_quote (++p, end);
      return stop != NULL && hp_house_set_text (house, model->pre, i, p, stop - p, NULL) ? stop + 1 : NULL;
    }
  stop = find_end_of_number (p, end);
  return stop != NULL && hp_number_parse (p, stop - p, &number)
             && hp_house_set_number (house, model->pre, i, number, NULL)
           ? stop
           : NULL;
}

/**
 * hp_house_read_quickly:
 * @model: a version
 * @house: (inout): a house of its attributes
 * @given: (out caller-allocates): a byte for each attribute
 * @text: (array length=length): JSON, perhaps
 * @length: its bytes
 *
 * Takes no memory for a house as training saw them.
 *
 * Returns: %TRUE if @text is the usual form of a house and nothing is wrong with it; %FALSE leaves the house undefined
 */
gboolean
hp_house_read_quickly (const HpServerModel *model, HpHouse *house, guint8 *given, const char *text, gsize length)
{
  const char *p = text, *end, *key;
  guint next = 0;

  if (length == 0 || house->n > MAX_ATTRIBUTES)
    return FALSE;
  end = text + length;
  hp_house_clear (house);
  memset (given, 0, house->n);
  p = skip_space (p, end);
  if (p == end || *p++ != '{')
    return FALSE;
  do
    {
      int i;

      p = skip_space (p, end);
      if (p == end || *p++ != '"')
        return FALSE;
      key = p;
      p = find_quote (p, end);
      if (p == NULL)
        return FALSE;
      i = find_attribute (model, key, p - key, next);
      if (i < 0 || given[i])
        return FALSE;
      given[i] = TRUE;
      next = (guint) i + 1;
      p = skip_space (p + 1, end);
      if (p == end || *p++ != ':')
        return FALSE;
      p = read_value (model, house, (guint) i, skip_space (p, end), end);
      if (p == NULL)
        return FALSE;
      p = skip_space (p, end);
      if (p == end)
        return FALSE;
    }
  while (*p++ == ',');
  return p[-1] == '}' && skip_space (p, end) == end;
}
