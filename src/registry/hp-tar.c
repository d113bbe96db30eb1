/* hp-tar.c - writes and reads ustar (POSIX.1-1988) archives of plain files
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hp-error.h"
#include "hp-manifest.h"
#include "hp-tar.h"

#define MAX_HEADERS  256
#define MAX_PAX_SIZE (64 * 1024)

/* The header's fields: POSIX.1-1988, "Extended tar Format" */
#define NAME            0
#define NAME_LENGTH     100
#define MODE            100
#define UID             108
#define GID             116
#define SIZE            124
#define SIZE_LENGTH     12
#define MTIME           136
#define CHECKSUM        148
#define CHECKSUM_LENGTH 8
#define TYPE            156
#define MAGIC           257
#define VERSION         263
#define DEVICE_MAJOR    329
#define DEVICE_MINOR    337
#define PREFIX          345
#define PREFIX_LENGTH   155

struct _HpTarReader
{
  HpTarReadFunc read;
  gpointer data;
  char *name;
  guint64 offset;    /* bytes read of the archive */
  guint64 remaining; /* bytes of the present file not read yet */
  guint padding;     /* bytes after it to the next block */
  guint n_headers;
  guint64 total;
  char *folder;     /* (nullable) what all files lie in; "" for none */
  GHashTable *seen; /* (element-type utf8) */
  gboolean ended;
};

static guint
checksum (const guint8 *header)
{
  guint sum = 0;

  /* The checksum's own field counts as spaces. */
  for (guint i = 0; i < HP_TAR_BLOCK; i++)
    sum += i >= CHECKSUM && i < CHECKSUM + CHECKSUM_LENGTH ? ' ' : header[i];
  return sum;
}

/**
 * hp_tar_make_header:
 * @header: (out): a block
 * @folder: the folder that the file lies in, a plain name
 * @file: the file's name, a plain name
 * @size: its bytes, at most %HP_TAR_MAX_FILE_SIZE
 *
 * Mode 0644, owner 0, time 0: the same bytes for the same file, wherever and whenever they are written.
 */
void
hp_tar_make_header (char header[HP_TAR_BLOCK], const char *folder, const char *file, guint64 size)
{
  g_assert (strlen (folder) < PREFIX_LENGTH && strlen (file) < NAME_LENGTH && size <= HP_TAR_MAX_FILE_SIZE);

  memset (header, 0, HP_TAR_BLOCK);
  if (strlen (folder) + 1 + strlen (file) <= NAME_LENGTH)
    {
      g_autofree char *path = g_strconcat (folder, "/", file, NULL);

      memcpy (header + NAME, path, strlen (path));
    }
  else
    {
      memcpy (header + NAME, file, strlen (file));
      memcpy (header + PREFIX, folder, strlen (folder));
    }
  memcpy (header + MODE, "0000644", 8);
  memcpy (header + UID, "0000000", 8);
  memcpy (header + GID, "0000000", 8);
  g_snprintf (header + SIZE, SIZE_LENGTH, "%011" G_GINT64_MODIFIER "o", size);
  memcpy (header + MTIME, "00000000000", 12);
  header[TYPE] = '0';
  memcpy (header + MAGIC, "ustar", 6);
  memcpy (header + VERSION, "00", 2);
  memcpy (header + DEVICE_MAJOR, "0000000", 8);
  memcpy (header + DEVICE_MINOR, "0000000", 8);
  g_snprintf (header + CHECKSUM, CHECKSUM_LENGTH, "%06o", checksum ((const guint8 *) header));
  header[CHECKSUM + 7] = ' ';
}

/**
 * hp_tar_reader_new:
 * @read: where the bytes come from
 * @data: its argument
 * @name: what messages call the archive
 *
 * Returns: (transfer full): a reader at the start of the archive
 */
HpTarReader *
hp_tar_reader_new (HpTarReadFunc read, gpointer data, const char *name)
{
  HpTarReader *reader = g_new0 (HpTarReader, 1);

  reader->read = read;
  reader->data = data;
  reader->name = g_strdup (name);
  reader->seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return reader;
}

/**
 * hp_tar_reader_free:
 * @reader: (nullable) (transfer full): a reader
 */
void
hp_tar_reader_free (HpTarReader *reader)
{
  if (reader == NULL)
    return;
  g_hash_table_unref (reader->seen);
  g_free (reader->folder);
  g_free (reader->name);
  g_free (reader);
}

G_GNUC_PRINTF (3, 4)
static gboolean
refuse (HpTarReader *reader, GError **error, const char *format, ...)
{
  g_autofree char *message = NULL, *where = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  where = g_strdup_printf ("%" G_GUINT64_FORMAT, reader->offset);
  hp_set_error (error, HP_ERROR_BAD_DATA, NULL, _ ("%s: byte %s: %s"), reader->name, where, message);
  return FALSE;
}

static gboolean
read_exactly (HpTarReader *reader, void *buffer, gsize length, gsize *got, GError **error)
{
  char *p = buffer;

  for (*got = 0; *got < length;)
    {
      gssize n = reader->read (reader->data, p + *got, length - *got, error);

      if (n < 0)
        return FALSE;
      if (n == 0)
        break;
      *got += n;
    }
  reader->offset += *got;
  return TRUE;
}

static gboolean
skip (HpTarReader *reader, guint64 length, GError **error)
{
  char buffer[4096];

  while (length > 0)
    {
      gsize want = MIN (length, sizeof buffer), got;

      if (!read_exactly (reader, buffer, want, &got, error))
        return FALSE;
      if (got < want)
        return refuse (reader, error, _ ("the archive ends early"));
      length -= got;
    }
  return TRUE;
}

/* What people try first */
static const char *
compressor_of (const guint8 *block)
{
  if (memcmp (block, "\x1f\x8b", 2) == 0)
    return "gunzip";
  if (memcmp (block, "BZh", 3) == 0)
    return "bunzip2";
  if (memcmp (block,
              "\xfd"
              "7zXZ",
              5)
      == 0)
    return "unxz";
  if (memcmp (block, "\x28\xb5\x2f\xfd", 4) == 0)
    return "unzstd";
  if (memcmp (block, "PK\x03\x04", 4) == 0)
    return "unzip";
  return NULL;
}

/* Octal digits among spaces, ended by a space, a NUL or the field's end */
static gboolean
parse_octal (const guint8 *field, guint length, guint64 *value)
{
  guint i = 0, n_digits = 0;

  *value = 0;
  while (i < length && field[i] == ' ')
    i++;
  for (; i < length && field[i] >= '0' && field[i] <= '7'; i++, n_digits++)
    *value = *value << 3 | (guint64) (field[i] - '0');
  for (; i < length; i++)
    if (field[i] != ' ' && field[i] != '\0')
      return FALSE;
  return n_digits > 0;
}

/* The next header block and the size in it, or *end at the block of zeros that ends an archive */
static gboolean
read_header (HpTarReader *reader, guint8 block[HP_TAR_BLOCK], guint64 *size, gboolean *end, GError **error)
{
  static const guint8 zeros[HP_TAR_BLOCK];
  gboolean first = reader->offset == 0;
  const char *compressor;
  guint64 sum;
  gsize got;

  *end = FALSE;
  *size = 0;
  memset (block, 0, HP_TAR_BLOCK);
  if (!read_exactly (reader, block, HP_TAR_BLOCK, &got, error))
    return FALSE;
  compressor = first && got > 0 ? compressor_of (block) : NULL;
  if (compressor != NULL)
    return refuse (reader, error, _ ("the archive is compressed: decompress it first, with %s"), compressor);
  if (first && got < HP_TAR_BLOCK)
    return refuse (reader, error, _ ("not a tar archive"));
  if (got < HP_TAR_BLOCK)
    return refuse (reader, error, _ ("the archive ends early"));
  if (memcmp (block, zeros, HP_TAR_BLOCK) == 0)
    {
      *end = TRUE;
      return TRUE;
    }
  /* "ustar\0" "00" is POSIX, "ustar  \0" GNU */
  if (memcmp (block + MAGIC, "ustar", 5) != 0)
    return refuse (reader, error, first ? _ ("not a tar archive") : _ ("not a ustar header"));
  if (!parse_octal (block + CHECKSUM, CHECKSUM_LENGTH, &sum) || sum != checksum (block))
    return refuse (reader, error, _ ("the header's checksum is wrong"));
  if (++reader->n_headers > MAX_HEADERS)
    return refuse (reader, error, _ ("more than %d entries"), MAX_HEADERS);
  if (!parse_octal (block + SIZE, SIZE_LENGTH, size))
    return refuse (reader, error, _ ("the size is not an octal number"));
  return TRUE;
}

static gboolean
is_harmless_pax_key (const char *key, gsize length)
{
  static const char *const keys[] = { "mtime", "atime", "ctime", "uid", "gid", "uname", "gname", "comment" };
  static const char *const namespaces[] = { "LIBARCHIVE.", "SCHILY.", "RHT." };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (strlen (keys[i]) == length && strncmp (keys[i], key, length) == 0)
      return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (namespaces); i++)
    if (length > strlen (namespaces[i]) && strncmp (namespaces[i], key, strlen (namespaces[i])) == 0)
      return TRUE;
  return FALSE;
}

/* pax records are "LENGTH KEY=VALUE\n". Times, owners and labels don't matter to us; whatever would change an entry's
 * path, size or kind is refused, for this reader wouldn't see what another one sees. */
static gboolean
check_pax (HpTarReader *reader, const char *text, gsize length, GError **error)
{
  gsize i = 0;

  while (i < length)
    {
      gsize start = i, record = 0, key;
      const char *equals;

      while (i < length && g_ascii_isdigit (text[i]) && record <= length)
        record = record * 10 + (gsize) (text[i++] - '0');
      if (i == start || i == length || text[i] != ' ' || record > length - start || record < i - start + 3
          || text[start + record - 1] != '\n')
        return refuse (reader, error, _ ("a pax header is malformed"));
      key = i + 1;
      equals = memchr (text + key, '=', start + record - key);
      if (equals == NULL)
        return refuse (reader, error, _ ("a pax header is malformed"));
      if (!is_harmless_pax_key (text + key, equals - (text + key)))
        {
          g_autofree char *plain = g_strndup (text + key, MIN (equals - (text + key), 40));
          g_autofree char *shown = g_strescape (plain, NULL);

          return refuse (reader, error,
                         _ ("the archive uses the pax extension “%s”: make it with “tar --format=ustar”"), shown);
        }
      i = start + record;
    }
  return TRUE;
}

static gboolean
skip_pax (HpTarReader *reader, guint64 size, GError **error)
{
  g_autofree char *text = NULL;
  gsize got;

  if (size > MAX_PAX_SIZE)
    return refuse (reader, error, _ ("a pax header is too big"));
  text = g_malloc (size + 1);
  if (!read_exactly (reader, text, size, &got, error))
    return FALSE;
  if (got < size)
    return refuse (reader, error, _ ("the archive ends early"));
  return check_pax (reader, text, size, error) && skip (reader, -size % HP_TAR_BLOCK, error);
}

static char *
get_path (const guint8 *block)
{
  g_autofree char *name = g_strndup ((const char *) block + NAME, NAME_LENGTH);
  gboolean posix = block[MAGIC + 5] == '\0';
  g_autofree char *prefix = posix ? g_strndup ((const char *) block + PREFIX, PREFIX_LENGTH) : g_strdup ("");

  return prefix[0] != '\0' ? g_strconcat (prefix, "/", name, NULL) : g_steal_pointer (&name);
}

/* Every entry lies in the same folder, or all lie at the top. */
static gboolean
check_folder (HpTarReader *reader, const char *folder, const char *shown, GError **error)
{
  if (folder[0] != '\0' && !hp_name_is_plain (folder))
    return refuse (reader, error, _ ("“%s” is not a plain path"), shown);
  if (reader->folder != NULL && strcmp (reader->folder, folder) != 0)
    return refuse (reader, error, _ ("“%s” lies outside the archive's folder"), shown);
  if (reader->folder == NULL)
    reader->folder = g_strdup (folder);
  return TRUE;
}

/* TRUE with *file (transfer full), NULL for a folder that may be there */
static gboolean
read_path (HpTarReader *reader, const guint8 *block, char **file, GError **error)
{
  g_autofree char *path = get_path (block);
  g_autofree char *shown = g_strescape (path, NULL);
  g_autofree char *folder = NULL;
  char *p = path, *slash;

  *file = NULL;
  if (p[0] == '/')
    return refuse (reader, error, _ ("“%s” is an absolute path"), shown);
  while (strncmp (p, "./", 2) == 0)
    p += 2;
  if (block[TYPE] == '5')
    {
      if (g_str_has_suffix (p, "/"))
        p[strlen (p) - 1] = '\0';
      if (p[0] == '\0' || strcmp (p, ".") == 0)
        return TRUE;
      return check_folder (reader, p, shown, error);
    }
  slash = strchr (p, '/');
  /* ".//x" has a slash and no folder. */
  if (slash != p)
    folder = g_strndup (p, slash != NULL ? slash - p : 0);
  p = slash != NULL ? slash + 1 : p;
  if (folder == NULL || !hp_name_is_plain (p))
    return refuse (reader, error, _ ("“%s” is not a plain path"), shown);
  if (!check_folder (reader, folder, shown, error))
    return FALSE;
  if (g_hash_table_contains (reader->seen, p))
    return refuse (reader, error, _ ("“%s” is in the archive twice"), shown);
  *file = g_strdup (p);
  return TRUE;
}

static const char *
describe_type (char type)
{
  switch (type)
    {
    case '1':
      return _ ("a hard link");
    case '2':
      return _ ("a symbolic link");
    case '3':
    case '4':
      return _ ("a device");
    case '6':
      return _ ("a named pipe");
    case 'L':
    case 'K':
      return _ ("a GNU long name");
    case 'S':
      return _ ("a sparse file");
    default:
      return _ ("an entry of an unknown kind");
    }
}

static gboolean
begin_file (HpTarReader *reader, char *file, guint64 size, GError **error)
{
  g_hash_table_add (reader->seen, file);
  if (g_hash_table_size (reader->seen) > HP_TAR_MAX_FILES)
    return refuse (reader, error, _ ("more than %d files"), HP_TAR_MAX_FILES);
  if (size > HP_TAR_MAX_FILE_SIZE)
    return refuse (reader, error, _ ("“%s” is bigger than 1 GiB"), file);
  reader->total += size;
  if (reader->total > HP_TAR_MAX_TOTAL_SIZE)
    return refuse (reader, error, _ ("the files are more than 2 GiB together"));
  reader->remaining = size;
  reader->padding = -size % HP_TAR_BLOCK;
  return TRUE;
}

/**
 * hp_tar_reader_next:
 * @reader: a reader
 * @file: (out) (transfer none) (nullable): the next file's name without its folder, valid as long
 *   as @reader; %NULL at the end of the archive
 * @size: (out): its bytes
 * @error: return location
 *
 * What was not read of the file before is skipped. After an error the reader is of no more use.
 *
 * Returns: %FALSE with %HP_ERROR_BAD_DATA and the byte it was found at, or with the source's error
 */
gboolean
hp_tar_reader_next (HpTarReader *reader, const char **file, guint64 *size, GError **error)
{
  guint8 block[HP_TAR_BLOCK];

  *file = NULL;
  *size = 0;
  if (!skip (reader, reader->remaining + reader->padding, error))
    return FALSE;
  reader->remaining = reader->padding = 0;
  while (!reader->ended)
    {
      guint64 length;
      char type, *name;

      if (!read_header (reader, block, &length, &reader->ended, error))
        return FALSE;
      if (reader->ended)
        break;
      type = block[TYPE];
      if (type == 'x' || type == 'g')
        {
          if (!skip_pax (reader, length, error))
            return FALSE;
          continue;
        }
      if (type != '0' && type != '\0' && type != '5')
        {
          g_autofree char *path = get_path (block);
          g_autofree char *shown = g_strescape (path, NULL);

          return refuse (reader, error, _ ("“%s” is %s: only plain files are installed"), shown, describe_type (type));
        }
      if (type == '5' && length != 0)
        return refuse (reader, error, _ ("a folder has a size"));
      if (!read_path (reader, block, &name, error))
        return FALSE;
      if (name == NULL)
        continue;
      if (!begin_file (reader, name, length, error))
        return FALSE;
      *file = name;
      *size = length;
      return TRUE;
    }
  return TRUE;
}

/**
 * hp_tar_reader_read:
 * @reader: a reader that stands in a file
 * @buffer: (out): where to
 * @length: at most so many bytes
 * @error: return location
 *
 * Returns: the bytes read, 0 at the file's end, -1 with %HP_ERROR_BAD_DATA if the archive ends
 *   early, or with the source's error
 */
gssize
hp_tar_reader_read (HpTarReader *reader, void *buffer, gsize length, GError **error)
{
  gsize want = MIN (reader->remaining, length), got;

  if (!read_exactly (reader, buffer, want, &got, error))
    return -1;
  if (got < want)
    {
      refuse (reader, error, _ ("the archive ends early"));
      return -1;
    }
  reader->remaining -= got;
  return got;
}
