/* fuzz-bundle.c - what strangers can hand to the registry: archives, manifests, aliases
 *
 * The first byte says which: t, m or a. What is accepted must survive being written and read again.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "hp-aliases.h"
#include "hp-manifest.h"
#include "hp-tar.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

typedef struct
{
  const guint8 *data;
  gsize left;
} Source;

static gssize
read_source (gpointer data, void *buffer, gsize length, GError **error)
{
  Source *source = data;
  gsize n = MIN (length, source->left);

  if (n == 0) /* an empty input may be NULL */
    return 0;
  memcpy (buffer, source->data, n);
  source->data += n;
  source->left -= n;
  return n;
}

static void
fuzz_tar (const guint8 *data, gsize size)
{
  Source source = { data, size };
  g_autoptr (HpTarReader) reader = hp_tar_reader_new (read_source, &source, "fuzz.tar");
  g_autoptr (GError) error = NULL;
  guint n_files = 0;
  const char *file;
  guint64 length;

  while (hp_tar_reader_next (reader, &file, &length, &error) && file != NULL)
    {
      char buffer[1000];
      gssize n;

      g_assert_true (hp_name_is_plain (file));
      g_assert_cmpuint (length, <=, HP_TAR_MAX_FILE_SIZE);
      g_assert_cmpuint (++n_files, <=, HP_TAR_MAX_FILES);
      /* Every second file is skipped instead of read. */
      while (n_files % 2 == 1 && (n = hp_tar_reader_read (reader, buffer, sizeof buffer, &error)) != 0)
        {
          if (n < 0)
            return;
          g_assert_cmpuint (n, <=, length);
          length -= n;
        }
    }
}

/* Random headers hardly ever have the right checksum: give it to them, or nothing behind it is ever tried. */
static void
fuzz_mended_tar (const guint8 *data, gsize size)
{
  g_autofree guint8 *copy = g_memdup2 (data, size);

  for (gsize at = 0; at + HP_TAR_BLOCK <= size; at += HP_TAR_BLOCK)
    {
      guint8 *block = copy + at;
      guint sum = 0;

      if (memcmp (block + 257, "ustar", 5) != 0)
        continue;
      memset (block + 148, ' ', 8);
      for (guint i = 0; i < HP_TAR_BLOCK; i++)
        sum += block[i];
      g_snprintf ((char *) block + 148, 8, "%06o", sum);
    }
  fuzz_tar (copy, size);
}

static void
fuzz_manifest (const char *text, gsize size)
{
  g_autoptr (HpManifest) manifest = hp_manifest_parse (text, size, "fuzz", NULL), again = NULL;
  g_autofree char *one = NULL, *two = NULL;
  gsize length;

  if (manifest == NULL)
    return;
  one = hp_manifest_to_json (manifest, &length);
  again = hp_manifest_parse (one, length, "again", NULL);
  g_assert_nonnull (again);
  two = hp_manifest_to_json (again, &length);
  g_assert_cmpstr (one, ==, two);
}

static void
fuzz_aliases (const char *text, gsize size)
{
  g_autoptr (HpAliases) aliases = hp_aliases_parse (text, size, "fuzz", NULL), again = NULL;
  g_autoptr (GArray) champions = NULL;
  g_autofree char *one = NULL, *two = NULL;
  gsize length;

  if (aliases == NULL)
    return;
  champions = hp_aliases_get_champions (aliases);
  g_assert_cmpuint (champions->len, <=, 2 * aliases->history->len);
  one = hp_aliases_to_json (aliases, &length);
  again = hp_aliases_parse (one, length, "again", NULL);
  g_assert_nonnull (again);
  two = hp_aliases_to_json (again, &length);
  g_assert_cmpstr (one, ==, two);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  if (size == 0)
    return 0;
  if (data[0] == 't')
    {
      fuzz_tar (data + 1, size - 1);
      fuzz_mended_tar (data + 1, size - 1);
    }
  else if (data[0] == 'm')
    fuzz_manifest ((const char *) data + 1, size - 1);
  else if (data[0] == 'a')
    fuzz_aliases ((const char *) data + 1, size - 1);
  return 0;
}
