/* hp-spellings.c - from the bytes of a category's name to its index
 *
 * An open-addressing table of the spellings met nearly always: each choice as it is written, and its key (which is its
 * lower-case form for plain text). Another spelling is turned into its key and looked up once more.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "hp-hash.h"
#include "hp-spellings.h"
#include "hp-text.h"

typedef struct
{
  const char *text; /* NULL: free */
  guint32 length;
  guint32 hash;
  int choice;
} Entry;

struct _HpSpellings
{
  HpHashKey key;
  Entry *entries;
  guint mask;
  char **keys;
};

static const Entry *
look_up (const HpSpellings *spellings, const char *text, gsize length)
{
  guint32 hash = (guint32) hp_hash_bytes (&spellings->key, text, length);
  const Entry *entry;

  for (guint i = hash;; i++)
    {
      entry = &spellings->entries[i & spellings->mask];
      if (entry->text == NULL
          || (entry->hash == hash && entry->length == length && memcmp (entry->text, text, length) == 0))
        return entry;
    }
}

static void
insert (HpSpellings *spellings, const char *text, int choice)
{
  gsize length = strlen (text);
  Entry *entry = (Entry *) look_up (spellings, text, length);

  if (entry->text == NULL)
    *entry = (Entry){ text, length, (guint32) hp_hash_bytes (&spellings->key, text, length), choice };
}

HpSpellings *
_hp_spellings_new (char **choices, guint n_choices)
{
  HpSpellings *spellings = g_new0 (HpSpellings, 1);
  guint size = 8;

  hp_hash_key_init (&spellings->key);
  /* Two spellings a choice, and the table at most half full */
  while (size < 4 * n_choices)
    size *= 2;
  spellings->entries = g_new0 (Entry, size);
  spellings->mask = size - 1;
  spellings->keys = g_new0 (char *, n_choices + 1);
  for (guint i = 0; i < n_choices; i++)
    insert (spellings, choices[i], i);
  for (guint i = 0; i < n_choices; i++)
    {
      spellings->keys[i] = hp_text_key (choices[i], -1);
      insert (spellings, spellings->keys[i], i);
    }
  return spellings;
}

void
_hp_spellings_free (HpSpellings *spellings)
{
  if (spellings == NULL)
    return;
  g_strfreev (spellings->keys);
  g_free (spellings->entries);
  g_free (spellings);
}

int
_hp_spellings_find (const HpSpellings *spellings, const char *text, gsize length)
{
  g_autofree char *key = NULL;
  const Entry *entry = look_up (spellings, text, length);

  if (entry->text != NULL)
    return entry->choice;
  key = hp_text_key (text, length);
  entry = look_up (spellings, key, strlen (key));
  return entry->text != NULL ? entry->choice : -1;
}
