/* hp-interner.c - spellings to category codes: an open hash table of bytes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "hp-hash.h"
#include "hp-interner.h"
#include "hp-text.h"

typedef struct
{
  const char *text; /* NULL: free */
  guint32 length;
  guint32 hash;
  gint32 code;
} Slot;

struct _HpInterner
{
  HpHashKey key;
  Slot *slots;
  gsize n_slots; /* a power of two */
  gsize n_used;
  GStringChunk *chunk; /* spellings and keys */
  GPtrArray *levels;
};

HpInterner *
_hp_interner_new (void)
{
  HpInterner *self = g_new0 (HpInterner, 1);

  hp_hash_key_init (&self->key);
  self->n_slots = 64;
  self->slots = g_new0 (Slot, self->n_slots);
  self->chunk = g_string_chunk_new (4096);
  self->levels = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
_hp_interner_free (HpInterner *self)
{
  if (self == NULL)
    return;
  g_free (self->slots);
  g_string_chunk_free (self->chunk);
  g_ptr_array_unref (self->levels);
  g_free (self);
}

GPtrArray *
_hp_interner_levels (HpInterner *self)
{
  return self->levels;
}

static Slot *
find_slot (HpInterner *self, const char *text, gsize length, guint32 hash)
{
  gsize mask = self->n_slots - 1, i = hash & mask;

  while (self->slots[i].text != NULL
         && (self->slots[i].hash != hash || self->slots[i].length != length
             || memcmp (self->slots[i].text, text, length) != 0))
    i = (i + 1) & mask;
  return &self->slots[i];
}

static void
grow (HpInterner *self)
{
  Slot *old = self->slots;
  gsize n_old = self->n_slots;

  self->n_slots *= 2;
  self->slots = g_new0 (Slot, self->n_slots);
  for (gsize i = 0; i < n_old; i++)
    if (old[i].text != NULL)
      *find_slot (self, old[i].text, old[i].length, old[i].hash) = old[i];
  g_free (old);
}

static void
put (HpInterner *self, const char *text, gsize length, gint32 code)
{
  guint32 hash = (guint32) hp_hash_bytes (&self->key, text, length);
  Slot *slot;

  if (self->n_used * 2 >= self->n_slots)
    grow (self);
  slot = find_slot (self, text, length, hash);
  if (slot->text != NULL)
    return;
  slot->text = g_string_chunk_insert_len (self->chunk, text, length);
  slot->length = (guint32) length;
  slot->hash = hash;
  slot->code = code;
  self->n_used++;
}

gint32
_hp_interner_find (HpInterner *self, const char *text, gsize length)
{
  const Slot *slot = find_slot (self, text, length, (guint32) hp_hash_bytes (&self->key, text, length));
  g_autofree char *key = NULL;
  gsize key_length;
  gint32 code;

  if (slot->text != NULL)
    return slot->code;
  key = hp_text_key (text, length);
  key_length = strlen (key);
  slot = find_slot (self, key, key_length, (guint32) hp_hash_bytes (&self->key, key, key_length));
  if (slot->text == NULL)
    return -1;
  code = slot->code;
  put (self, text, length, code); /* next time this spelling is known */
  return code;
}

gint32
_hp_interner_add (HpInterner *self, const char *text, gsize length)
{
  gint32 code = _hp_interner_find (self, text, length);
  g_autofree char *key = NULL;

  if (code >= 0)
    return code;
  g_assert (self->levels->len < G_MAXINT32);
  code = (gint32) self->levels->len;
  key = hp_text_key (text, length);
  put (self, key, strlen (key), code);
  put (self, text, length, code);
  g_ptr_array_add (self->levels, g_strndup (text, length));
  return code;
}
