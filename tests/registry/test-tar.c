/* test-tar.c - archives: ours are like anyone's, anyone's are taken, hostile ones are refused
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "hp-file.h"
#include "hp-tar.h"
#include "registry-support.h"

typedef struct
{
  const char *text;
  gsize length, used, at_once;
} Memory;

static gssize
read_memory (gpointer data, void *buffer, gsize length, GError **error)
{
  Memory *memory = data;
  gsize n = MIN (MIN (length, memory->at_once), memory->length - memory->used);

  memcpy (buffer, memory->text + memory->used, n);
  memory->used += n;
  return n;
}

static void
append_block (GString *archive, const char *text, gsize length)
{
  static const char zeros[HP_TAR_BLOCK];

  g_string_append_len (archive, text, length);
  g_string_append_len (archive, zeros, -length % HP_TAR_BLOCK);
}

static void
fix_checksum (char *header)
{
  guint sum = 0;

  memset (header + 148, ' ', 8);
  for (guint i = 0; i < HP_TAR_BLOCK; i++)
    sum += (guchar) header[i];
  g_snprintf (header + 148, 8, "%06o", sum);
}

/* An entry of any path and type, with what a header says left to the caller */
static void
append_entry (GString *archive, const char *path, char type, const char *text, gsize length)
{
  char header[HP_TAR_BLOCK];

  hp_tar_make_header (header, "d", "f", length);
  memset (header, 0, 100);
  memcpy (header, path, strlen (path));
  header[156] = type;
  fix_checksum (header);
  append_block (archive, header, sizeof header);
  append_block (archive, text, length);
}

static void
append_file (GString *archive, const char *path, const char *text)
{
  append_entry (archive, path, '0', text, strlen (text));
}

/* A record's length counts its own digits. */
static void
append_pax (GString *archive, char type, const char *text)
{
  guint length = strlen (text) + 3;
  g_autofree char *record = NULL;

  length += length >= 10;
  record = g_strdup_printf ("%u %s\n", length, text);
  g_assert_cmpuint (strlen (record), ==, length);
  append_entry (archive, "PaxHeaders/x", type, record, length);
}

static void
append_end (GString *archive)
{
  static const char zeros[2 * HP_TAR_BLOCK];

  g_string_append_len (archive, zeros, sizeof zeros);
}

/* "name=text;…" of all files, or NULL with error */
static char *
list (const char *archive, gsize length, gsize at_once, GError **error)
{
  Memory memory = { archive, length, 0, at_once };
  g_autoptr (HpTarReader) reader = hp_tar_reader_new (read_memory, &memory, "t.tar");
  g_autoptr (GString) all = g_string_new (NULL);
  const char *file;
  guint64 size;

  while (hp_tar_reader_next (reader, &file, &size, error))
    {
      char buffer[7];
      gssize n;

      if (file == NULL)
        return g_string_free (g_steal_pointer (&all), FALSE);
      g_string_append_printf (all, "%s=", file);
      while ((n = hp_tar_reader_read (reader, buffer, sizeof buffer, error)) > 0)
        {
          g_string_append_len (all, buffer, n);
          size -= n;
        }
      if (n < 0)
        return NULL;
      g_assert_cmpuint (size, ==, 0);
      g_string_append_c (all, ';');
    }
  return NULL;
}

static void
assert_list (GString *archive, const char *expected)
{
  static const gsize at_once[] = { 1, 511, 512, 100000 };

  for (guint i = 0; i < G_N_ELEMENTS (at_once); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *all = list (archive->str, archive->len, at_once[i], &error);

      g_assert_no_error (error);
      g_assert_cmpstr (all, ==, expected);
    }
}

static void
assert_refused (GString *archive, const char *part)
{
  GError *error = NULL;

  g_assert_null (list (archive->str, archive->len, 100000, &error));
  support_assert_error (error, HP_ERROR_BAD_DATA, part);
}

static void
test_header (void)
{
  char header[HP_TAR_BLOCK];
  g_autofree char *folder = g_strnfill (70, 'd'), *file = g_strnfill (60, 'f');

  hp_tar_make_header (header, "house-price-3", "model.json", 01234567);
  g_assert_cmpstr (header, ==, "house-price-3/model.json");
  g_assert_cmpmem (header + 100, 8, "0000644", 8);
  g_assert_cmpmem (header + 124, 12, "00001234567", 12);
  g_assert_cmpmem (header + 257, 8, "ustar\00000", 8);
  /* Too long for one field: split at the slash */
  hp_tar_make_header (header, folder, file, 0);
  g_assert_cmpmem (header, 61, file, 61);
  g_assert_cmpstr (header + 345, ==, folder);
}

static void
test_read (void)
{
  g_autofree char *folder = g_strnfill (60, 'd'), *name = g_strnfill (60, 'f');
  g_autofree char *expected = g_strdup_printf ("%s=x;", name);
  g_autoptr (GString) archive = g_string_new (NULL);
  char header[HP_TAR_BLOCK];

  append_end (archive);
  assert_list (archive, "");

  g_string_truncate (archive, 0);
  append_file (archive, "a", "one");
  append_file (archive, "b", "");
  append_entry (archive, "c", '\0', "three", 5);
  append_end (archive);
  g_string_append (archive, "whatever follows the end");
  assert_list (archive, "a=one;b=;c=three;");

  g_string_truncate (archive, 0);
  append_entry (archive, "./", '5', "", 0);
  append_file (archive, "./a", "one");
  append_end (archive);
  assert_list (archive, "a=one;");

  g_string_truncate (archive, 0);
  append_entry (archive, "./top/", '5', "", 0);
  append_file (archive, "top/a", "one");
  append_file (archive, "./top/b", "two");
  append_end (archive);
  assert_list (archive, "a=one;b=two;");

  g_string_truncate (archive, 0);
  hp_tar_make_header (header, folder, name, 1);
  append_block (archive, header, sizeof header);
  append_block (archive, "x", 1);
  append_end (archive);
  assert_list (archive, expected);

  /* Harmless extensions are passed over. */
  g_string_truncate (archive, 0);
  append_pax (archive, 'g', "comment=0123456789");
  append_pax (archive, 'x', "mtime=1.5");
  append_pax (archive, 'x', "SCHILY.fflags=nodump");
  append_pax (archive, 'x', "uname=\xc3\xa9=\n\n");
  append_file (archive, "a", "one");
  append_end (archive);
  assert_list (archive, "a=one;");
}

static void
test_malformed_pax (void)
{
  static const char *const texts[] = { "12 mtime=1\n",
                                       "9 mtime=1\n",
                                       "mtime=1\n",
                                       "10mtime=1\n",
                                       "10 mtime=1x",
                                       "10",
                                       "99999999999999999999999999 mtime=1\n",
                                       "4 a\n",
                                       "3 \n" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GString) archive = g_string_new (NULL);

      append_entry (archive, "p", 'x', texts[i], strlen (texts[i]));
      append_file (archive, "a", "one");
      append_end (archive);
      assert_refused (archive, "a pax header is malformed");
    }
}

static void
test_hostile_paths (void)
{
  static const struct
  {
    const char *path;
    char type;
    const char *part;
  } cases[] = {
    { "/etc/passwd", '0', "“/etc/passwd” is an absolute path" },
    { "/", '5', "is an absolute path" },
    { "../x", '0', "is not a plain path" },
    { "..", '5', "is not a plain path" },
    { "../", '5', "is not a plain path" },
    { "top/..", '0', "is not a plain path" },
    { "top/../x", '0', "is not a plain path" },
    { "top/sub/x", '0', "is not a plain path" },
    { "top/sub/", '5', "is not a plain path" },
    { "top//x", '0', "is not a plain path" },
    { ".//x", '0', "is not a plain path" },
    { "top/", '0', "is not a plain path" },
    { "", '0', "is not a plain path" },
    { ".", '0', "is not a plain path" },
    { ".bashrc", '0', "is not a plain path" },
    { "a b", '0', "is not a plain path" },
    { "a\x1b[2J", '0', "“a\\033[2J” is not a plain path" },
    { "a\\b", '0', "is not a plain path" },
    { "x", '1', "“x” is a hard link" },
    { "x", '2', "“x” is a symbolic link" },
    { "x", '3', "“x” is a device" },
    { "x", '4', "“x” is a device" },
    { "x", '6', "“x” is a named pipe" },
    { "x", '7', "an entry of an unknown kind" },
    { "x", 'L', "a GNU long name" },
    { "x", 'K', "a GNU long name" },
    { "x", 'S', "a sparse file" },
    { "x", 'V', "an entry of an unknown kind" },
    { "x", 'M', "an entry of an unknown kind" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) archive = g_string_new (NULL);

      append_entry (archive, cases[i].path, cases[i].type, "", 0);
      append_end (archive);
      assert_refused (archive, cases[i].part);
      assert_refused (archive, "t.tar: byte 512: ");
    }
}

static void
test_hostile_sets (void)
{
  static const char *const extensions[]
    = { "path=../x", "size=99999999999", "linkpath=/etc/passwd", "GNU.sparse.major=1", "=x" };
  g_autoptr (GString) archive = g_string_new (NULL);
  char header[HP_TAR_BLOCK];

  append_file (archive, "a", "1");
  append_file (archive, "a", "2");
  append_end (archive);
  assert_refused (archive, "“a” is in the archive twice");

  g_string_truncate (archive, 0);
  append_file (archive, "top/a", "1");
  append_file (archive, "other/b", "2");
  append_end (archive);
  assert_refused (archive, "“other/b” lies outside the archive's folder");

  g_string_truncate (archive, 0);
  append_file (archive, "top/a", "1");
  append_file (archive, "a", "2");
  append_end (archive);
  assert_refused (archive, "lies outside");

  g_string_truncate (archive, 0);
  append_entry (archive, "top", '5', "", 0);
  append_file (archive, "a", "2");
  append_end (archive);
  assert_refused (archive, "lies outside");

  g_string_truncate (archive, 0);
  for (guint i = 0; i < 65; i++)
    {
      g_autofree char *name = g_strdup_printf ("f%u", i);

      append_file (archive, name, "");
    }
  append_end (archive);
  assert_refused (archive, "more than 64 files");

  g_string_truncate (archive, 0);
  for (guint i = 0; i < 300; i++)
    append_entry (archive, "./", '5', "", 0);
  append_end (archive);
  assert_refused (archive, "more than 256 entries");

  g_string_truncate (archive, 0);
  append_entry (archive, "top", '5', "xxx", 3);
  assert_refused (archive, "a folder has a size");

  for (guint i = 0; i < G_N_ELEMENTS (extensions); i++)
    {
      g_string_truncate (archive, 0);
      append_pax (archive, 'x', extensions[i]);
      append_file (archive, "a", "1");
      append_end (archive);
      assert_refused (archive, "the archive uses the pax extension");
    }

  /* Sizes: beyond the limit, beyond the archive, not octal, in GNU's base 256 */
  hp_tar_make_header (header, "d", "f", HP_TAR_MAX_FILE_SIZE);
  g_string_truncate (archive, 0);
  append_block (archive, header, sizeof header);
  assert_refused (archive, "the archive ends early");
  memcpy (header + 124, "10000000001", 12);
  fix_checksum (header);
  g_string_truncate (archive, 0);
  append_block (archive, header, sizeof header);
  assert_refused (archive, "“f” is bigger than 1 GiB");
  memcpy (header + 124, "777777777777", 12);
  fix_checksum (header);
  g_string_truncate (archive, 0);
  append_block (archive, header, sizeof header);
  assert_refused (archive, "bigger than 1 GiB");
  memcpy (header + 124, "0000000x000", 12);
  fix_checksum (header);
  g_string_truncate (archive, 0);
  append_block (archive, header, sizeof header);
  assert_refused (archive, "the size is not an octal number");
  memcpy (header + 124, "\x80\0\0\0\0\0\0\0\0\0\0\1", 12);
  fix_checksum (header);
  g_string_truncate (archive, 0);
  append_block (archive, header, sizeof header);
  assert_refused (archive, "the size is not an octal number");
  memset (header + 124, 0, 12);
  fix_checksum (header);
  g_string_truncate (archive, 0);
  append_block (archive, header, sizeof header);
  assert_refused (archive, "the size is not an octal number");
  header[0] ^= 1;
  g_string_truncate (archive, 0);
  append_block (archive, header, sizeof header);
  assert_refused (archive, "checksum is wrong");
}

/* 2 GiB in all, of files that are each allowed */
static gssize
read_endless (gpointer data, void *buffer, gsize length, GError **error)
{
  guint64 *at = data;
  const guint64 period = HP_TAR_BLOCK + HP_TAR_MAX_FILE_SIZE;
  gsize n = MIN (length, HP_TAR_BLOCK - *at % HP_TAR_BLOCK);

  memset (buffer, 'x', n);
  if (*at % period < HP_TAR_BLOCK)
    {
      g_autofree char *name = g_strdup_printf ("f%u", (guint) (*at / period));
      char header[HP_TAR_BLOCK];

      hp_tar_make_header (header, "d", name, HP_TAR_MAX_FILE_SIZE);
      memcpy (buffer, header + *at % HP_TAR_BLOCK, n);
    }
  else
    n = MIN (length, period - *at % period);
  *at += n;
  return n;
}

static void
test_total_size (void)
{
  guint64 at = 0, size;
  g_autoptr (HpTarReader) reader = hp_tar_reader_new (read_endless, &at, "t.tar");
  const char *file;
  GError *error = NULL;

  g_assert_true (hp_tar_reader_next (reader, &file, &size, &error));
  g_assert_cmpstr (file, ==, "f0");
  g_assert_true (hp_tar_reader_next (reader, &file, &size, &error));
  g_assert_cmpuint (size, ==, HP_TAR_MAX_FILE_SIZE);
  g_assert_false (hp_tar_reader_next (reader, &file, &size, &error));
  support_assert_error (error, HP_ERROR_BAD_DATA, "more than 2 GiB");
}

static void
test_not_tar (void)
{
  static const struct
  {
    const char *text;
    gsize length;
    const char *part;
  } cases[] = {
    { "", 0, "byte 0: not a tar archive" },
    { "hello", 5, "byte 5: not a tar archive" },
    { "\x1f\x8b\x08\0\0", 5, "decompress it first, with gunzip" },
    { "BZh91AY", 7, "with bunzip2" },
    { "\xfd"
      "7zXZ\0",
      6, "with unxz" },
    { "\x28\xb5\x2f\xfd", 4, "with unzstd" },
    { "PK\x03\x04", 4, "with unzip" },
  };
  g_autofree char *page = g_strnfill (2000, 'x');

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) archive = g_string_new_len (cases[i].text, cases[i].length);

      assert_refused (archive, cases[i].part);
    }
  {
    g_autoptr (GString) archive = g_string_new (page);

    assert_refused (archive, "byte 512: not a tar archive");
  }
}

static void
test_truncated (void)
{
  g_autoptr (GString) archive = g_string_new (NULL);
  gsize length;

  append_entry (archive, "p", 'x', "18 mtime=123456.7\n", 18);
  append_file (archive, "a", "one");
  append_file (archive, "b", "two");
  length = archive->len;
  append_end (archive);
  assert_list (archive, "a=one;b=two;");
  for (gsize cut = 1; cut < length + HP_TAR_BLOCK; cut++)
    {
      g_autoptr (GString) part = g_string_new_len (archive->str, cut);

      assert_refused (part, cut < HP_TAR_BLOCK ? "not a tar archive" : "the archive ends early");
    }
}

static char *
run_tar (const char *folder, ...)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autofree char *output = NULL, *errors = NULL;
  g_autoptr (GError) error = NULL;
  const char *arg;
  va_list args;
  int status;

  g_ptr_array_add (argv, (char *) "tar");
  va_start (args, folder);
  while ((arg = va_arg (args, const char *)) != NULL)
    g_ptr_array_add (argv, (char *) arg);
  va_end (args);
  g_ptr_array_add (argv, NULL);
  g_spawn_sync (folder, (char **) argv->pdata, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &output, &errors, &status,
                &error);
  g_assert_no_error (error);
  g_assert_cmpstr (errors, ==, "");
  g_assert_cmpint (status, ==, 0);
  return g_steal_pointer (&output);
}

static void
assert_same_files (const char *one, const char *two)
{
  g_autoptr (GDir) dir = g_dir_open (one, 0, NULL);
  const char *name;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *a = g_build_filename (one, name, NULL), *b = g_build_filename (two, name, NULL);
      g_autofree char *x = NULL, *y = NULL;
      gsize m, n;

      if (strcmp (name, "MANIFEST.json") == 0)
        continue;
      x = support_read (a, &m);
      y = support_read (b, &n);
      g_assert_cmpmem (x, m, y, n);
    }
}

static void
test_export (Fixture *fixture, gconstpointer data)
{
  g_autofree char *first = support_path (fixture, "first.tar");
  g_autofree char *second = support_path (fixture, "second.tar");
  g_autofree char *model = support_path (fixture, "house-price/1/model.json");
  g_autofree char *folder = support_path (fixture, "house-price/1");
  g_autofree char *unpacked = support_path (fixture, "house-price-1");
  g_autofree char *one = NULL, *two = NULL, *names = NULL, *manifest = NULL, *in_archive = NULL;
  GError *error = NULL;
  gsize m, n;

  support_add (fixture->registry, SUPPORT_GOOD);
  g_assert_true (hp_registry_export (fixture->registry, 1, first, &error));
  g_assert_no_error (error);
  g_usleep (1100000);
  g_assert_true (hp_registry_export (fixture->registry, 1, second, &error));
  one = support_read (first, &m);
  two = support_read (second, &n);
  g_assert_cmpmem (one, m, two, n);
  g_assert_cmpuint (m % HP_TAR_BLOCK, ==, 0);

  names = run_tar (fixture->root, "--list", "--file", "first.tar", NULL);
  g_assert_cmpstr (names, ==,
                   "house-price-1/MANIFEST.json\nhouse-price-1/config.yaml\nhouse-price-1/holdout.csv\n"
                   "house-price-1/metrics.json\nhouse-price-1/model.json\nhouse-price-1/preprocessor.json\n"
                   "house-price-1/sales.csv\n");
  g_free (run_tar (fixture->root, "--extract", "--file", "first.tar", NULL));
  assert_same_files (folder, unpacked);
  {
    g_autofree char *a = g_build_filename (folder, "MANIFEST.json", NULL);
    g_autofree char *b = g_build_filename (unpacked, "MANIFEST.json", NULL);

    manifest = support_read (a, NULL);
    in_archive = support_read (b, NULL);
    g_assert_cmpstr (manifest, ==, in_archive);
  }

  g_assert_false (hp_registry_export (fixture->registry, 9, second, &error));
  support_assert_error (g_steal_pointer (&error), HP_ERROR_NOT_FOUND, "no version 9");
  support_write (model, "changed", -1);
  g_unlink (second);
  g_assert_false (hp_registry_export (fixture->registry, 1, second, &error));
  support_assert_error (g_steal_pointer (&error), HP_ERROR_DAMAGED, "1/model.json");
  g_assert_false (g_file_test (second, G_FILE_TEST_EXISTS));
}

static void
test_install (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GHashTable) files = support_make_loadable_files ();
  g_autofree char *archive = support_path (fixture, "bundle.tar");
  g_autofree char *source = support_path (fixture, "house-price/1");
  g_autofree char *source_manifest = support_path (fixture, "house-price/1/MANIFEST.json");
  g_autofree char *target = support_path (fixture, "other/2");
  g_autofree char *target_manifest = support_path (fixture, "other/2/MANIFEST.json");
  g_autofree char *sha256 = NULL, *text = NULL, *expected = NULL;
  g_autoptr (HpRegistry) other = hp_registry_new (fixture->root, "other", NULL);
  g_autoptr (HpBundle) bundle = NULL;
  GError *error = NULL;
  guint version = 0;

  support_add_files (fixture->registry, files);
  support_add_files (other, files);
  g_assert_true (hp_registry_export (fixture->registry, 1, archive, &error));
  g_assert_true (hp_registry_install (other, archive, &version, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (version, ==, 2);
  assert_same_files (source, target);
  support_assert_sound (other);
  bundle = hp_registry_load (other, "2", &error);
  g_assert_nonnull (hp_bundle_get_predictor (bundle, TRUE, &error));
  g_assert_no_error (error);

  sha256 = hp_file_sha256 (source_manifest, NULL, NULL);
  text = support_read (target_manifest, NULL);
  g_assert_nonnull (strstr (text, "\"model\": \"other\""));
  g_assert_nonnull (strstr (text, "\"version\": 2"));
  expected = g_strdup_printf ("\"installed_from\": {\n    \"model\": \"house-price\",\n    \"version\": 1,\n    "
                              "\"manifest_sha256\": \"%s\"\n  }",
                              sha256);
  g_assert_nonnull (strstr (text, expected));
}

/* As people pack a bundle's folder themselves */
static void
test_install_gnu_tar (Fixture *fixture, gconstpointer data)
{
  static const char *const formats[] = { "--format=ustar", "--format=gnu", "--format=posix", "--format=oldgnu" };
  g_autoptr (GHashTable) files = support_make_loadable_files ();
  g_autofree char *model_folder = support_path (fixture, "house-price");
  g_autofree char *bundle_folder = support_path (fixture, "house-price/1");
  g_autofree char *archive = support_path (fixture, "b.tar");
  g_autofree char *zipped = support_path (fixture, "b.tar.gz");
  GError *error = NULL;
  guint version = 1;

  support_add_files (fixture->registry, files);
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_free (run_tar (model_folder, formats[i], "--create", "--file", archive, "1", NULL));
      g_assert_true (hp_registry_install (fixture->registry, archive, &version, &error));
      g_assert_no_error (error);
      g_assert_cmpuint (version, ==, 2 + 2 * i);
      g_free (run_tar (bundle_folder, formats[i], "--create", "--file", archive, ".", NULL));
      g_assert_true (hp_registry_install (fixture->registry, archive, &version, &error));
      g_assert_no_error (error);
      g_assert_cmpuint (version, ==, 3 + 2 * i);
    }
  support_assert_sound (fixture->registry);
  g_free (run_tar (model_folder, "--create", "--gzip", "--file", zipped, "1", NULL));
  g_assert_false (hp_registry_install (fixture->registry, zipped, &version, &error));
  support_assert_error (g_steal_pointer (&error), HP_ERROR_BAD_DATA, "gunzip");
}

static void
assert_not_installed (Fixture *fixture, const char *path, HpErrorCode code, const char *part)
{
  g_autofree char *folder = support_path (fixture, "house-price");
  GError *error = NULL;
  guint version = 77;

  g_assert_false (hp_registry_install (fixture->registry, path, &version, &error));
  support_assert_error (error, code, part);
  g_assert_cmpuint (version, ==, 77);
  g_assert_cmpuint (support_count (folder, ".new-"), ==, 0);
  g_assert_cmpuint (support_count (folder, "2"), ==, 0);
}

static void
test_install_refuses (Fixture *fixture, gconstpointer data)
{
  static const char *const names[]
    = { "config.yaml", "holdout.csv", "metrics.json", "model.json", "preprocessor.json", "sales.csv" };
  g_autoptr (GHashTable) files = support_make_loadable_files ();
  g_autofree char *path = support_path (fixture, "b.tar");
  g_autofree char *manifest_path = support_path (fixture, "house-price/1/MANIFEST.json");
  g_autofree char *manifest = NULL, *absent = support_path (fixture, "absent.tar");
  g_autoptr (GString) archive = g_string_new (NULL);

  support_add_files (fixture->registry, files);
  manifest = support_read (manifest_path, NULL);
  for (guint i = 0; i < 2 * G_N_ELEMENTS (names); i++)
    {
      const char *victim = names[i / 2];

      g_string_truncate (archive, 0);
      append_file (archive, "MANIFEST.json", manifest);
      for (guint j = 0; j < G_N_ELEMENTS (names); j++)
        {
          GBytes *bytes = g_hash_table_lookup (files, names[j]);
          g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

          if (strcmp (names[j], victim) == 0 && i % 2 == 0)
            continue;
          if (strcmp (names[j], victim) == 0)
            text[0] ^= 1;
          append_file (archive, names[j], text);
        }
      append_end (archive);
      support_write (path, archive->str, archive->len);
      assert_not_installed (fixture, path, HP_ERROR_DAMAGED, victim);
    }

  /* One file more than the manifest knows; no manifest; one that isn't one */
  g_string_truncate (archive, 0);
  append_file (archive, "MANIFEST.json", manifest);
  append_file (archive, "setup.sh", "rm -rf /");
  append_end (archive);
  support_write (path, archive->str, archive->len);
  assert_not_installed (fixture, path, HP_ERROR_DAMAGED, "“setup.sh” is not in MANIFEST.json");
  g_string_truncate (archive, 0);
  append_file (archive, "model.json", "{}");
  append_end (archive);
  support_write (path, archive->str, archive->len);
  assert_not_installed (fixture, path, HP_ERROR_BAD_DATA, "no MANIFEST.json in it");
  g_string_truncate (archive, 0);
  append_file (archive, "MANIFEST.json", "{}");
  append_end (archive);
  support_write (path, archive->str, archive->len);
  assert_not_installed (fixture, path, HP_ERROR_BAD_DATA, "b.tar: MANIFEST.json: \"format\" is missing");
  g_string_truncate (archive, 0);
  append_file (archive, "MANIFEST.json",
               "{\"format\":1,\"model\":\"m\",\"version\":3,\"created\":\"t\",\"parent\":null,\"files\":{}}");
  append_end (archive);
  support_write (path, archive->str, archive->len);
  assert_not_installed (fixture, path, HP_ERROR_DAMAGED, "“config.yaml” is missing");
  g_string_truncate (archive, 0);
  append_entry (archive, "model.json", '2', "", 0);
  append_end (archive);
  support_write (path, archive->str, archive->len);
  assert_not_installed (fixture, path, HP_ERROR_BAD_DATA, "symbolic link");
  assert_not_installed (fixture, absent, HP_ERROR_NOT_FOUND, "absent.tar");
  assert_not_installed (fixture, fixture->root, HP_ERROR_IO, "can't be read");
}

/* Hashes that are right do not make it a model. */
static void
test_install_unloadable (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = support_path (fixture, "b.tar");
  g_autoptr (HpRegistry) other = hp_registry_new (fixture->root, "other", NULL);
  GError *error = NULL;

  support_add (other, SUPPORT_GOOD);
  g_assert_true (hp_registry_export (other, 1, path, &error));
  assert_not_installed (fixture, path, HP_ERROR_DAMAGED, "preprocessor.json");
}

static void
test_install_from_standard_input (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GHashTable) files = support_make_loadable_files ();
  g_autofree char *path = support_path (fixture, "b.tar");
  GError *error = NULL;
  guint version = 0;

  support_add_files (fixture->registry, files);
  g_assert_true (hp_registry_export (fixture->registry, 1, path, &error));
  {
    int saved = dup (STDIN_FILENO), fd = open (path, O_RDONLY | O_CLOEXEC);

    g_assert_cmpint (dup2 (fd, STDIN_FILENO), ==, STDIN_FILENO);
    g_assert_true (hp_registry_install (fixture->registry, "-", &version, &error));
    g_assert_no_error (error);
    g_assert_cmpuint (version, ==, 2);
    g_assert_false (hp_registry_install (fixture->registry, "-", &version, &error));
    support_assert_error (error, HP_ERROR_BAD_DATA, "standard input: byte 0: not a tar archive");
    dup2 (saved, STDIN_FILENO);
    close (saved);
    close (fd);
  }
}

int
main (int argc, char **argv)
{
  support_init (&argc, &argv);
  g_test_add_func ("/tar/header", test_header);
  g_test_add_func ("/tar/read", test_read);
  g_test_add_func ("/tar/malformed-pax", test_malformed_pax);
  g_test_add_func ("/tar/hostile-paths", test_hostile_paths);
  g_test_add_func ("/tar/hostile-sets", test_hostile_sets);
  g_test_add_func ("/tar/total-size", test_total_size);
  g_test_add_func ("/tar/not-tar", test_not_tar);
  g_test_add_func ("/tar/truncated", test_truncated);
  support_add_test ("/tar/export", test_export);
  support_add_test ("/tar/install", test_install);
  support_add_test ("/tar/install-gnu-tar", test_install_gnu_tar);
  support_add_test ("/tar/install-refuses", test_install_refuses);
  support_add_test ("/tar/install-unloadable", test_install_unloadable);
  support_add_test ("/tar/install-from-standard-input", test_install_from_standard_input);
  return support_run ();
}
