/* test-registry.c - versions: where they are, how they come and go, what is wrong with them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <fcntl.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "hp-file.h"
#include "registry-support.h"

static void
assert_unresolved (HpRegistry *registry, const char *reference, HpErrorCode code, const char *part)
{
  GError *error = NULL;
  guint version = 77;

  g_assert_false (hp_registry_resolve (registry, reference, &version, &error));
  support_assert_error (error, code, part);
  g_assert_cmpuint (version, ==, 77);
}

static guint
resolve (HpRegistry *registry, const char *reference)
{
  g_autoptr (GError) error = NULL;
  guint version = 0;

  hp_registry_resolve (registry, reference, &version, &error);
  g_assert_no_error (error);
  return version;
}

static void
test_paths (void)
{
  g_autofree char *expected = g_build_filename (g_get_user_data_dir (), "house-price", "registry", NULL);
  g_autoptr (HpRegistry) by_default = NULL;
  g_autoptr (HpRegistry) by_variable = NULL;
  g_autoptr (HpRegistry) by_argument = NULL;
  g_autoptr (HpRegistry) relative = NULL;
  g_autofree char *folder = g_get_current_dir (), *below = g_build_filename (folder, "some", NULL);

  g_unsetenv ("HOUSE_PRICE_REGISTRY");
  by_default = hp_registry_new (NULL, NULL, NULL);
  g_assert_cmpstr (hp_registry_get_root (by_default), ==, expected);
  g_assert_cmpstr (hp_registry_get_name (by_default), ==, "house-price");
  g_assert_false (g_file_test (expected, G_FILE_TEST_EXISTS));

  g_setenv ("HOUSE_PRICE_REGISTRY", "/nowhere/reg", TRUE);
  by_variable = hp_registry_new (NULL, "ames-2", NULL);
  g_assert_cmpstr (hp_registry_get_root (by_variable), ==, "/nowhere/reg");
  g_assert_cmpstr (hp_registry_get_name (by_variable), ==, "ames-2");
  by_argument = hp_registry_new ("/else/./where", NULL, NULL);
  g_assert_cmpstr (hp_registry_get_root (by_argument), ==, "/else/where");
  relative = hp_registry_new ("some", NULL, NULL);
  g_assert_cmpstr (hp_registry_get_root (relative), ==, below);
  g_unsetenv ("HOUSE_PRICE_REGISTRY");
}

static void
test_names (void)
{
  static const char *const good[]
    = { "a", "house-price", "Ames_2.1", "9", "0123456789012345678901234567890123456789012345678901234567890123" };
  static const char *const bad[]
    = { "",    ".",  "..", ".hidden", "a/b",
        "a b", "-x", "hé", "a\n",     "01234567890123456789012345678901234567890123456789012345678901234" };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (HpRegistry) registry = hp_registry_new ("/nowhere", good[i], NULL);

      g_assert_nonnull (registry);
    }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      GError *error = NULL;

      g_assert_null (hp_registry_new ("/nowhere", bad[i], &error));
      support_assert_error (error, HP_ERROR_USAGE, "can't name a model");
    }
}

static void
test_empty (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = hp_registry_list (fixture->registry, &error);
  GError *problem = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (list->len, ==, 0);
  assert_unresolved (fixture->registry, NULL, HP_ERROR_NOT_FOUND, "house-price train");
  assert_unresolved (fixture->registry, "3", HP_ERROR_NOT_FOUND, "no version 3");
  assert_unresolved (fixture->registry, "challenger", HP_ERROR_NOT_FOUND, "challenger");
  g_assert_null (hp_registry_load (fixture->registry, NULL, &problem));
  support_assert_error (problem, HP_ERROR_NOT_FOUND, "champion");
  problem = NULL;
  g_assert_false (hp_registry_promote (fixture->registry, 1, FALSE, NULL, &problem));
  support_assert_error (problem, HP_ERROR_NOT_FOUND, "no version 1");
  problem = NULL;
  g_assert_false (hp_registry_rollback (fixture->registry, NULL, &problem));
  support_assert_error (problem, HP_ERROR_NOT_FOUND, "no earlier champion");
  problem = NULL;
  g_assert_false (hp_registry_delete (fixture->registry, 1, &problem));
  support_assert_error (problem, HP_ERROR_NOT_FOUND, "no version 1");
  problem = NULL;
  g_assert_false (hp_registry_set_alias (fixture->registry, "challenger", 0, &problem));
  support_assert_error (problem, HP_ERROR_NOT_FOUND, "challenger");
  support_assert_sound (fixture->registry);
  /* Looking made nothing. */
  g_assert_cmpuint (support_count (fixture->root, ""), ==, 0);
}

static void
test_add (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GHashTable) files = support_make_files (SUPPORT_GOOD);
  g_autofree char *folder = support_path (fixture, "house-price");
  g_autofree char *third = support_path (fixture, "house-price/3");
  g_autoptr (HpBundle) bundle = NULL;
  g_autoptr (GError) error = NULL;
  GHashTableIter iter;
  gpointer name, bytes;
  guint version = 0;

  for (guint i = 1; i <= 2; i++)
    g_assert_cmpuint (support_add (fixture->registry, SUPPORT_GOOD), ==, i);
  support_set_file (files, "learning-curve.json", "[]");
  g_assert_true (hp_registry_add (fixture->registry, files, "run-1", &version, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (version, ==, 3);

  bundle = hp_registry_load (fixture->registry, "v3", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (hp_bundle_get_version (bundle), ==, 3);
  g_assert_cmpstr (hp_bundle_get_path (bundle), ==, third);
  g_hash_table_iter_init (&iter, files);
  while (g_hash_table_iter_next (&iter, &name, &bytes))
    {
      g_autoptr (GBytes) read = hp_bundle_read (bundle, name, &error);

      g_assert_no_error (error);
      g_assert_true (g_bytes_equal (read, bytes));
    }
  g_assert_cmpuint (support_count (third, ""), ==, 8);
  g_assert_cmpuint (support_count (folder, ".new-"), ==, 0);
  support_assert_sound (fixture->registry);
}

static void
test_add_refuses (Fixture *fixture, gconstpointer data)
{
  static const char *const names[] = { "MANIFEST.json", "../x", "a/b", ".hidden", "" };
  g_autofree char *folder = support_path (fixture, "house-price");
  g_autofree char *parent = g_strnfill (2000, 'r');
  g_autoptr (GHashTable) whole = support_make_files (SUPPORT_GOOD);
  GError *error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GHashTable) files = support_make_files (SUPPORT_GOOD);

      error = NULL;
      support_set_file (files, names[i], "x");
      g_assert_false (hp_registry_add (fixture->registry, files, NULL, NULL, &error));
      support_assert_error (error, HP_ERROR_BAD_DATA, names[i]);
    }
  error = NULL;
  g_assert_false (hp_registry_add (fixture->registry, whole, parent, NULL, &error));
  support_assert_error (error, HP_ERROR_BAD_DATA, "1024 bytes");
  error = NULL;
  g_hash_table_remove (whole, "sales.csv");
  g_assert_false (hp_registry_add (fixture->registry, whole, NULL, NULL, &error));
  support_assert_error (error, HP_ERROR_BAD_DATA, "sales.csv");
  error = NULL;
  for (guint i = 0; i < 60; i++)
    {
      g_autofree char *name = g_strdup_printf ("more-%u", i);

      support_set_file (whole, name, "");
    }
  support_set_file (whole, "sales.csv", "");
  g_assert_false (hp_registry_add (fixture->registry, whole, NULL, NULL, &error));
  support_assert_error (error, HP_ERROR_BAD_DATA, "at most 64 files");
  g_assert_cmpuint (support_count (folder, ""), ==, 0);
}

static void
test_resolve (Fixture *fixture, gconstpointer data)
{
  static const char *const strange[]
    = { "", "v", "0", "03", "v0", "-1", "1.0", "9999999999", "3 ", "../3", "vv3", "\xff" };
  g_autoptr (GError) error = NULL;

  for (guint i = 1; i <= 3; i++)
    support_add (fixture->registry, SUPPORT_GOOD);
  g_assert_cmpuint (resolve (fixture->registry, "3"), ==, 3);
  g_assert_cmpuint (resolve (fixture->registry, "v2"), ==, 2);
  assert_unresolved (fixture->registry, "4", HP_ERROR_NOT_FOUND, "there are: 1, 2, 3");
  assert_unresolved (fixture->registry, NULL, HP_ERROR_NOT_FOUND, "models promote");
  for (guint i = 0; i < G_N_ELEMENTS (strange); i++)
    assert_unresolved (fixture->registry, strange[i], HP_ERROR_NOT_FOUND, "no version or alias");

  g_assert_true (hp_registry_promote (fixture->registry, 2, FALSE, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (resolve (fixture->registry, NULL), ==, 2);
  g_assert_cmpuint (resolve (fixture->registry, "champion"), ==, 2);
  assert_unresolved (fixture->registry, "champoin", HP_ERROR_NOT_FOUND, "did you mean “champion”");
  for (guint i = 4; i <= 12; i++)
    support_add (fixture->registry, SUPPORT_GOOD);
  assert_unresolved (fixture->registry, "40", HP_ERROR_NOT_FOUND, "there are: …, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12");
}

static void
test_list (Fixture *fixture, gconstpointer data)
{
  g_autofree char *metrics = support_path (fixture, "house-price/2/metrics.json");
  g_autofree char *manifest = support_path (fixture, "house-price/3/MANIFEST.json");
  g_autofree char *first = support_path (fixture, "house-price/1");
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = NULL;
  const HpVersionInfo *info;

  support_add (fixture->registry, SUPPORT_GOOD);
  for (guint i = 2; i <= 4; i++)
    support_add (fixture->registry, SUPPORT_BAD);
  for (guint i = 5; i <= 11; i++)
    support_add (fixture->registry, NULL);
  hp_registry_promote (fixture->registry, 1, FALSE, NULL, &error);
  g_assert_no_error (error);
  hp_registry_set_alias (fixture->registry, "a-first", 1, &error);
  g_assert_no_error (error);
  support_write (metrics, "{}", -1);
  support_write (manifest, "{", -1);

  list = hp_registry_list (fixture->registry, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (list->len, ==, 11);
  for (guint i = 0; i < list->len; i++)
    {
      info = g_ptr_array_index (list, i);
      g_assert_cmpuint (info->version, ==, i + 1);
      g_assert_cmpint (info->damaged, ==, i == 1 || i == 2);
      g_assert_cmpint (info->gates_passed, ==, i == 0);
    }
  info = g_ptr_array_index (list, 0);
  g_assert_cmpstr (info->family, ==, "linear");
  g_assert_cmpstr (info->path, ==, first);
  g_assert_cmpuint (strlen (info->created), ==, strlen ("2026-11-23T14:00:00Z"));
  g_assert_cmpuint (g_strv_length (info->aliases), ==, 2);
  g_assert_cmpstr (info->aliases[0], ==, "a-first");
  g_assert_cmpstr (info->aliases[1], ==, "champion");
  g_assert_cmpfloat (info->oof_mae, ==, 18700.5);
  g_assert_cmpfloat (info->test_mae, ==, 19000);
  g_assert_cmpfloat (info->test_rmse, ==, 28000);
  g_assert_cmpfloat (info->test_r2, ==, 0.875);
  g_assert_cmpuint (info->size, >, 300);
  info = g_ptr_array_index (list, 1);
  g_assert_true (isnan (info->oof_mae));
  g_assert_nonnull (info->created);
  g_assert_null (info->aliases);
  info = g_ptr_array_index (list, 2);
  g_assert_true (isnan (info->test_r2));
  g_assert_null (info->created);
}

static void
test_delete (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = support_path (fixture, "house-price");
  g_autofree char *aliases = support_path (fixture, "house-price/aliases.json");
  GError *error = NULL;

  for (guint i = 1; i <= 3; i++)
    support_add (fixture->registry, SUPPORT_GOOD);
  g_assert_true (hp_registry_set_alias (fixture->registry, "challenger", 2, &error));
  g_assert_false (hp_registry_delete (fixture->registry, 2, &error));
  support_assert_error (error, HP_ERROR_CONFLICT, "“challenger”");
  error = NULL;
  g_assert_true (hp_registry_set_alias (fixture->registry, "challenger", 0, &error));
  g_assert_true (hp_registry_delete (fixture->registry, 2, &error));
  g_assert_true (hp_registry_delete (fixture->registry, 3, &error));
  g_assert_no_error (error);
  assert_unresolved (fixture->registry, "3", HP_ERROR_NOT_FOUND, "there are: 1");
  g_assert_false (hp_registry_delete (fixture->registry, 3, &error));
  support_assert_error (error, HP_ERROR_NOT_FOUND, "no version 3");
  error = NULL;
  g_assert_cmpuint (support_count (folder, ".trash-"), ==, 0);
  /* The number of a version is never another one's. */
  g_assert_cmpuint (support_add (fixture->registry, SUPPORT_GOOD), ==, 4);
  /* Even when someone's hand has removed the folders, and when the hand has removed aliases.json before a deletion. */
  g_unlink (aliases);
  g_assert_true (hp_registry_delete (fixture->registry, 4, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (support_add (fixture->registry, SUPPORT_GOOD), ==, 5);
  support_assert_sound (fixture->registry);
}

static void
test_leftovers (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = support_path (fixture, "house-price");
  g_autofree char *dead = support_path (fixture, "house-price/.new-99999999-00000001/model.json");
  g_autofree char *live = support_path (fixture, "house-price/.new-99999999-00000002");
  g_autofree char *trash = support_path (fixture, "house-price/.trash-7-00000003/sub/model.json");
  g_autofree char *fresh = support_path (fixture, "house-price/.house-price-AAAAAA");
  g_autofree char *old = support_path (fixture, "house-price/.house-price-BBBBBB");
  g_autofree char *other = support_path (fixture, "house-price/notes.txt");
  const struct timespec times[2] = { { 1000000, 0 }, { 1000000, 0 } };
  int fd;

  support_write (dead, "x", -1);
  support_write (trash, "x", -1);
  support_write (fresh, "x", -1);
  support_write (old, "x", -1);
  support_write (other, "x", -1);
  g_assert_cmpint (utimensat (AT_FDCWD, old, times, 0), ==, 0);
  g_assert_cmpint (g_mkdir (live, 0755), ==, 0);
  fd = open (live, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  g_assert_cmpint (flock (fd, LOCK_EX), ==, 0);
  support_assert_sound (fixture->registry);

  g_assert_cmpuint (support_add (fixture->registry, SUPPORT_GOOD), ==, 1);
  g_assert_false (g_file_test (dead, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (live, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (fresh, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (old, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (other, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (support_count (folder, ".trash-"), ==, 0);
  close (fd);
  g_assert_cmpuint (support_add (fixture->registry, SUPPORT_GOOD), ==, 2);
  g_assert_false (g_file_test (live, G_FILE_TEST_EXISTS));
  support_assert_sound (fixture->registry);
}

static void
test_verify (Fixture *fixture, gconstpointer data)
{
  g_autofree char *extra = support_path (fixture, "house-price/1/notes.txt");
  g_autofree char *model = support_path (fixture, "house-price/2/model.json");
  g_autofree char *sales = support_path (fixture, "house-price/2/sales.csv");
  g_autofree char *manifest = support_path (fixture, "house-price/3/MANIFEST.json");
  g_autofree char *aliases = support_path (fixture, "house-price/aliases.json");
  g_autofree char *file = support_path (fixture, "house-price/5");
  g_autofree char *gone = support_path (fixture, "house-price/4");
  g_autoptr (GPtrArray) damaged = g_ptr_array_new_with_free_func (g_free);
  GError *error = NULL;

  for (guint i = 1; i <= 4; i++)
    support_add (fixture->registry, SUPPORT_GOOD);
  g_assert_true (hp_registry_set_alias (fixture->registry, "lost", 4, &error));
  support_assert_sound (fixture->registry);
  support_write (extra, "x", -1);
  support_write (model, "{\"not\":\"A model\"}", -1);
  g_unlink (sales);
  support_write (manifest, "{}", -1);
  support_write (file, "", -1);
  hp_file_remove_tree (gone, NULL);

  g_assert_false (hp_registry_verify (fixture->registry, 0, damaged, &error));
  support_assert_error (error, HP_ERROR_DAMAGED, "and 5 more problems");
  error = NULL;
  g_assert_cmpuint (damaged->len, ==, 6);
  g_assert_nonnull (strstr (g_ptr_array_index (damaged, 0), "1/notes.txt is not in MANIFEST.json"));
  g_assert_nonnull (strstr (g_ptr_array_index (damaged, 1), "2/model.json is damaged"));
  g_assert_nonnull (strstr (g_ptr_array_index (damaged, 2), "2/sales.csv is missing"));
  g_assert_nonnull (strstr (g_ptr_array_index (damaged, 3), "3/MANIFEST.json: \"format\" is missing"));
  g_assert_nonnull (strstr (g_ptr_array_index (damaged, 4), "5 is not a folder"));
  g_assert_nonnull (strstr (g_ptr_array_index (damaged, 5), "“lost” is version 4, which is gone"));

  g_assert_false (hp_registry_verify (fixture->registry, 1, NULL, &error));
  support_assert_error (error, HP_ERROR_DAMAGED, "notes.txt");
  error = NULL;
  g_assert_false (hp_registry_verify (fixture->registry, 9, NULL, &error));
  support_assert_error (error, HP_ERROR_NOT_FOUND, "no version 9");
  error = NULL;
  g_unlink (extra);
  g_assert_true (hp_registry_verify (fixture->registry, 1, NULL, &error));
  g_assert_no_error (error);
  support_write (aliases, "{\"format\":1,", -1);
  g_ptr_array_set_size (damaged, 0);
  g_assert_false (hp_registry_verify (fixture->registry, 0, damaged, NULL));
  g_assert_nonnull (strstr (g_ptr_array_index (damaged, damaged->len - 1), "aliases.json:1:13: "));
}

/* Someone else's versions below one's own: seen, used, never touched */
static void
test_system (void)
{
  g_autofree char *system_root = g_build_filename (g_get_system_data_dirs ()[0], "house-price", "registry", NULL);
  g_autofree char *system_aliases = g_build_filename (system_root, "house-price", "aliases.json", NULL);
  g_autofree char *own_folder = g_build_filename (g_get_user_data_dir (), "house-price", NULL);
  g_autofree char *before = NULL, *after = NULL;
  g_autoptr (HpRegistry) system_registry = hp_registry_new (system_root, NULL, NULL);
  g_autoptr (HpRegistry) registry = hp_registry_new (NULL, NULL, NULL);
  g_autoptr (HpRegistry) only = hp_registry_new (own_folder, NULL, NULL);
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (HpBundle) bundle = NULL;
  GError *error = NULL;
  guint version;

  for (guint i = 1; i <= 3; i++)
    support_add (system_registry, SUPPORT_GOOD);
  g_assert_true (hp_registry_promote (system_registry, 2, FALSE, NULL, &error));
  g_assert_true (hp_registry_set_alias (system_registry, "stock", 3, &error));
  before = support_read (system_aliases, NULL);

  g_assert_cmpuint (support_champion (registry), ==, 2);
  g_assert_false (g_file_test (own_folder, G_FILE_TEST_EXISTS));
  /* Own numbers don't hide what is there. */
  g_assert_cmpuint (support_add (registry, SUPPORT_GOOD), ==, 4);
  g_assert_true (hp_registry_promote (registry, 4, FALSE, NULL, &error));
  g_assert_true (hp_registry_promote (registry, 1, FALSE, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (support_champion (registry), ==, 1);
  g_assert_cmpuint (resolve (registry, "stock"), ==, 3);
  g_assert_cmpuint (support_champion (system_registry), ==, 2);
  /* Back over one's own promotions, to what the system's champion was */
  g_assert_true (hp_registry_rollback (registry, &version, &error));
  g_assert_cmpuint (version, ==, 4);
  g_assert_true (hp_registry_rollback (registry, &version, &error));
  g_assert_cmpuint (version, ==, 2);
  g_assert_false (hp_registry_rollback (registry, &version, &error));
  support_assert_error (error, HP_ERROR_NOT_FOUND, "no earlier champion");
  error = NULL;

  g_assert_false (hp_registry_delete (registry, 3, &error));
  support_assert_error (error, HP_ERROR_CONFLICT, "system registry");
  error = NULL;
  g_assert_false (hp_registry_set_alias (registry, "stock", 0, &error));
  support_assert_error (error, HP_ERROR_CONFLICT, "system registry");
  error = NULL;
  list = hp_registry_list (registry, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (list->len, ==, 4);
  bundle = hp_registry_load (registry, "stock", &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (hp_bundle_get_path (bundle), system_root));
  support_assert_sound (registry);
  /* Who names a registry means that one. */
  assert_unresolved (only, NULL, HP_ERROR_NOT_FOUND, "no versions");

  after = support_read (system_aliases, NULL);
  g_assert_cmpstr (before, ==, after);
}

static void
test_not_writable (Fixture *fixture, gconstpointer data)
{
  g_autofree char *file = support_path (fixture, "file");
  g_autoptr (HpRegistry) registry = NULL;
  g_autoptr (GHashTable) files = support_make_files (SUPPORT_GOOD);
  GError *error = NULL;

  support_write (file, "x", -1);
  registry = hp_registry_new (file, NULL, NULL);
  g_assert_false (hp_registry_add (registry, files, NULL, NULL, &error));
  support_assert_error (error, HP_ERROR_IO, "file/house-price");
}

int
main (int argc, char **argv)
{
  support_init (&argc, &argv);
  g_test_add_func ("/registry/paths", test_paths);
  g_test_add_func ("/registry/names", test_names);
  g_test_add_func ("/registry/system", test_system);
  support_add_test ("/registry/empty", test_empty);
  support_add_test ("/registry/add", test_add);
  support_add_test ("/registry/add-refuses", test_add_refuses);
  support_add_test ("/registry/resolve", test_resolve);
  support_add_test ("/registry/list", test_list);
  support_add_test ("/registry/delete", test_delete);
  support_add_test ("/registry/leftovers", test_leftovers);
  support_add_test ("/registry/verify", test_verify);
  support_add_test ("/registry/not-writable", test_not_writable);
  return support_run ();
}
