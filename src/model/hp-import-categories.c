/* hp-import-categories.c - "cats" of an XGBoost file (from 3.1 on): the names of the categories that codes stand for
 *
 * {"enc":[{"offsets":[0,4,9],"values":[bytes of all names]}, {"type":…,"values":[numbers]}, …], …}: one entry a
 * feature, empty for one that is a number.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hp-import-private.h"
#include "hp-text.h"

/* Of all features together. More are no categories of houses, and each takes memory of its own, a multiple of its
 * name's. */
#define MAX_NAMES 65536

static char **
names_of_bytes (const GArray *offsets, const GArray *bytes)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i + 1 < offsets->len; i++)
    {
      gint32 begin = g_array_index (offsets, gint32, i), end = g_array_index (offsets, gint32, i + 1);
      char *name;

      if (begin < 0 || end < begin || end > (gint32) bytes->len || (i == 0 && begin != 0))
        return NULL;
      name = g_malloc (end - begin + 1);
      g_ptr_array_add (names, name);
      for (gint32 b = begin; b < end; b++)
        name[b - begin] = (char) g_array_index (bytes, gint64, b);
      name[end - begin] = '\0';
      if (strlen (name) != (gsize) (end - begin) || !g_utf8_validate (name, -1, NULL))
        return NULL;
    }
  g_ptr_array_add (names, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&names), FALSE);
}

static char **
names_of_numbers (const GArray *numbers)
{
  char **names = g_new0 (char *, numbers->len + 1);

  for (guint i = 0; i < numbers->len; i++)
    names[i] = g_strdup_printf ("%" G_GINT64_FORMAT, g_array_index (numbers, gint64, i));
  return names;
}

/* NULL if each is another */
static const char *
find_twice (char **names)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (; *names != NULL; names++)
    if (!g_hash_table_add (seen, *names))
      return *names;
  return NULL;
}

/* (nullable) the names of one feature */
static char **
read_feature (HpImporting *importing)
{
  enum
  {
    OFFSETS,
    VALUES,
    N_MEMBERS
  };
  static const char *const members[N_MEMBERS] = { "offsets", "values" };
  g_autoptr (GArray) offsets = g_array_new (FALSE, FALSE, sizeof (gint32));
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (gint64));
  char **names = NULL;
  guint seen = 0, n;
  const char *key;

  if (!hp_import_reader_begin_object (importing->reader))
    return NULL;
  while (hp_import_reader_next_member (importing->reader, &key))
    {
      guint m = _hp_import_member (importing, key, members, N_MEMBERS, &seen);

      if (m == N_MEMBERS)
        hp_import_reader_skip (importing->reader);
      else if (m == OFFSETS)
        hp_import_reader_int32s (importing->reader, offsets, HP_MODEL_MAX_CATEGORIES);
      else
        hp_import_reader_int64s (importing->reader, values, HP_MODEL_MAX_CATEGORIES);
    }
  if (hp_import_reader_failed (importing->reader) || values->len == 0)
    return NULL;
  n = seen & 1u << OFFSETS ? offsets->len : values->len;
  if (n > MAX_NAMES - importing->n_names)
    {
      hp_import_reader_fail (importing->reader, _ ("more than %d names of categories"), MAX_NAMES);
      return NULL;
    }
  importing->n_names += n;
  names = seen & 1u << OFFSETS ? names_of_bytes (offsets, values) : names_of_numbers (values);
  if (names == NULL)
    hp_import_reader_fail (importing->reader, _ ("the names of the categories are not whole"));
  else if (find_twice (names) != NULL)
    {
      g_autofree char *twice = hp_text_printable (find_twice (names), -1, 60);

      hp_import_reader_fail (importing->reader, _ ("two categories have the name \"%s\""), twice);
    }
  return names;
}

static void
read_features (HpImporting *importing, GPtrArray *all)
{
  if (!hp_import_reader_begin_array (importing->reader))
    return;
  while (hp_import_reader_next_element (importing->reader))
    if (all->len == HP_MODEL_MAX_FEATURES)
      hp_import_reader_fail (importing->reader, _ ("an array of at most %d elements is expected here"),
                             HP_MODEL_MAX_FEATURES);
    else
      g_ptr_array_add (all, read_feature (importing));
}

static void
free_names (gpointer names)
{
  g_strfreev (names);
}

void
_hp_import_read_categories (HpImporting *importing)
{
  GPtrArray *all = g_ptr_array_new_with_free_func (free_names);
  guint seen = 0;
  const char *key;

  g_clear_pointer (&importing->import->categories, g_ptr_array_unref);
  importing->import->categories = all;
  if (!hp_import_reader_begin_object (importing->reader))
    return;
  while (hp_import_reader_next_member (importing->reader, &key))
    if (strcmp (key, "enc") != 0)
      hp_import_reader_skip (importing->reader);
    else if (_hp_import_once (importing, &seen, 0, "enc"))
      read_features (importing, all);
}
