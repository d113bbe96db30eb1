/* test-concurrency.c - several processes at once, processes that are killed, disks that are full
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "hp-aliases.h"
#include "hp-file.h"
#include "registry-support.h"

#define N_PROCESSES      4
#define N_ROUNDS         12
#define N_KILLS          200
#define MAX_KILL_SECONDS 10

typedef int (*ChildFunc) (HpRegistry *registry, Fixture *fixture);

static pid_t
start (Fixture *fixture, ChildFunc child)
{
  pid_t pid = fork ();

  g_assert_cmpint (pid, >=, 0);
  if (pid == 0)
    {
      g_autoptr (HpRegistry) registry = NULL;

      /* fork() copied the generator's state: without this all children draw the same names. */
      g_random_set_seed (getpid ());
      registry = hp_registry_new (fixture->root, NULL, NULL);
      _exit (child (registry, fixture));
    }
  return pid;
}

static void
assert_ended_well (pid_t pid)
{
  int status;

  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, 0);
}

static int
fail (const char *what, const GError *error)
{
  g_printerr ("# %s: %s\n", what, error != NULL ? error->message : "no error");
  return 1;
}

/* Adds, promotes what it added, reads the champion whoever made it */
static int
add_and_promote (HpRegistry *registry, Fixture *fixture)
{
  g_autoptr (GHashTable) files = support_make_files (SUPPORT_GOOD);
  g_autofree char *seen = g_strdup_printf ("%s/seen-%d", fixture->root, (int) getpid ());
  g_autoptr (GString) numbers = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < N_ROUNDS; i++)
    {
      g_autoptr (HpBundle) bundle = NULL;
      g_autoptr (GBytes) bytes = NULL;
      guint version;

      if (!hp_registry_add (registry, files, NULL, &version, &error))
        return fail ("add", error);
      g_string_append_printf (numbers, "%u ", version);
      if (!hp_registry_promote (registry, version, FALSE, NULL, &error))
        return fail ("promote", error);
      bundle = hp_registry_load (registry, NULL, &error);
      if (bundle == NULL)
        return fail ("load", error);
      bytes = hp_bundle_read (bundle, "model.json", &error);
      if (bytes == NULL)
        return fail ("read", error);
    }
  return g_file_set_contents (seen, numbers->str, -1, &error) ? 0 : fail ("seen", error);
}

static void
test_add_and_promote (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = support_path (fixture, "house-price");
  g_autoptr (GHashTable) given = g_hash_table_new (NULL, NULL);
  g_autoptr (HpAliases) aliases = NULL;
  pid_t pids[N_PROCESSES];
  guint previous = 0;

  for (guint i = 0; i < N_PROCESSES; i++)
    pids[i] = start (fixture, add_and_promote);
  for (guint i = 0; i < N_PROCESSES; i++)
    assert_ended_well (pids[i]);
  for (guint i = 0; i < N_PROCESSES; i++)
    {
      g_autofree char *path = support_path (fixture, "seen-%d", (int) pids[i]);
      g_autofree char *text = support_read (path, NULL);
      g_auto (GStrv) numbers = g_strsplit (g_strstrip (text), " ", -1);

      g_assert_cmpuint (g_strv_length (numbers), ==, N_ROUNDS);
      for (guint j = 0; j < N_ROUNDS; j++)
        g_assert_true (g_hash_table_add (given, GUINT_TO_POINTER (atoi (numbers[j]))));
    }
  for (guint i = 1; i <= N_PROCESSES * N_ROUNDS; i++)
    g_assert_true (g_hash_table_contains (given, GUINT_TO_POINTER (i)));
  support_assert_sound (fixture->registry);
  g_assert_cmpuint (support_count (folder, ".new-"), ==, 0);

  /* No promotion is lost, and each knows the one before. */
  aliases = hp_aliases_load (folder, NULL);
  g_assert_cmpuint (aliases->history->len, ==, N_PROCESSES * N_ROUNDS);
  for (guint i = 0; i < aliases->history->len; i++)
    {
      const HpAliasChange *change = g_ptr_array_index (aliases->history, i);

      g_assert_cmpuint (change->previous, ==, previous);
      previous = change->version;
    }
  g_assert_cmpuint (hp_aliases_get (aliases, "champion"), ==, previous);
}

/* Deletes all but the champion as fast as it can, while others add and promote */
static int
add_and_delete (HpRegistry *registry, Fixture *fixture)
{
  g_autoptr (GHashTable) files = support_make_files (SUPPORT_GOOD);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < N_ROUNDS; i++)
    {
      guint version, champion;

      if (!hp_registry_add (registry, files, NULL, &version, &error)
          || !hp_registry_promote (registry, version, FALSE, NULL, &error))
        {
          /* Another process may have deleted it before it was promoted. */
          if (!g_error_matches (error, HP_ERROR, HP_ERROR_NOT_FOUND))
            return fail ("add and promote", error);
          g_clear_error (&error);
        }
      if (!hp_registry_resolve (registry, NULL, &champion, &error))
        return fail ("resolve", error);
      for (guint v = version > 6 ? version - 6 : 1; v <= version; v++)
        if (!hp_registry_delete (registry, v, &error))
          {
            if (!g_error_matches (error, HP_ERROR, HP_ERROR_NOT_FOUND)
                && !g_error_matches (error, HP_ERROR, HP_ERROR_CONFLICT))
              return fail ("delete", error);
            g_clear_error (&error);
          }
    }
  return 0;
}

static int
verify_and_list (HpRegistry *registry, Fixture *fixture)
{
  g_autofree char *stop = g_build_filename (fixture->root, "stop", NULL);
  g_autoptr (GError) error = NULL;

  while (!g_file_test (stop, G_FILE_TEST_EXISTS))
    {
      g_autoptr (GPtrArray) versions = NULL;

      if (!hp_registry_verify (registry, 0, NULL, &error))
        return fail ("verify", error);
      versions = hp_registry_list (registry, &error);
      if (versions == NULL)
        return fail ("list", error);
    }
  return 0;
}

/* Whoever looks meanwhile sees a registry without fault. */
static void
test_delete_under_readers (Fixture *fixture, gconstpointer data)
{
  g_autofree char *stop = support_path (fixture, "stop");
  pid_t writers[2], reader;
  guint first;

  first = support_add (fixture->registry, SUPPORT_GOOD);
  g_assert_true (hp_registry_promote (fixture->registry, first, FALSE, NULL, NULL));
  reader = start (fixture, verify_and_list);
  for (guint i = 0; i < G_N_ELEMENTS (writers); i++)
    writers[i] = start (fixture, add_and_delete);
  for (guint i = 0; i < G_N_ELEMENTS (writers); i++)
    assert_ended_well (writers[i]);
  support_write (stop, "", 0);
  assert_ended_well (reader);
  support_assert_sound (fixture->registry);
  g_assert_cmpuint (support_add (fixture->registry, SUPPORT_GOOD), ==, 1 + 2 * N_ROUNDS + 1);
}

#define N_KINDS 5

/* FALSE with error */
static gboolean
write_once (HpRegistry *registry, guint kind, GHashTable *files, const char *archive, GError **error)
{
  g_autoptr (GPtrArray) versions = hp_registry_list (registry, error);
  const HpVersionInfo *last;

  if (versions == NULL)
    return FALSE;
  last = g_ptr_array_index (versions, versions->len - 1);
  switch (kind)
    {
    case 0:
      return hp_registry_add (registry, files, NULL, NULL, error);
    case 1:
      return hp_registry_promote (registry, last->version, FALSE, NULL, error);
    case 2:
      return hp_registry_install (registry, archive, NULL, error);
    case 3:
      return hp_registry_set_alias (registry, "challenger", last->version, error);
    default:
      for (guint i = 0; i < versions->len; i++)
        {
          const HpVersionInfo *info = g_ptr_array_index (versions, i);

          if (info->aliases == NULL && versions->len > 4)
            return hp_registry_delete (registry, info->version, error);
        }
      return TRUE;
    }
}

/* Every kind of writing, for ever, from a random one on */
static int
write_for_ever (HpRegistry *registry, Fixture *fixture)
{
  g_autoptr (GHashTable) files = support_make_files (SUPPORT_GOOD);
  g_autofree char *archive = g_build_filename (fixture->root, "b.tar", NULL);
  g_autoptr (GError) error = NULL;

  for (guint kind = g_random_int_range (0, N_KINDS);; kind = (kind + 1) % N_KINDS)
    if (!write_once (registry, kind, files, archive, &error))
      return fail ("writing", error);
}

static void
test_kill (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GHashTable) files = support_make_loadable_files ();
  g_autofree char *archive = support_path (fixture, "b.tar");
  g_autofree char *folder = support_path (fixture, "house-price");
  gint64 began = g_get_monotonic_time ();
  guint champion, highest = 0, left = 0, n_kills = 0;
  int longest = 10000; /* microseconds */
  GError *error = NULL;

  champion = support_add_files (fixture->registry, files);
  g_assert_true (hp_registry_promote (fixture->registry, champion, FALSE, NULL, &error));
  g_assert_true (hp_registry_export (fixture->registry, champion, archive, &error));
  g_assert_no_error (error);
  while (n_kills < N_KILLS && g_get_monotonic_time () - began < MAX_KILL_SECONDS * G_USEC_PER_SEC)
    {
      pid_t pid = start (fixture, write_for_ever);
      g_autoptr (GPtrArray) versions = NULL;
      g_autoptr (HpBundle) bundle = NULL;
      g_autoptr (GBytes) bytes = NULL;
      const HpVersionInfo *last;
      int status;

      g_usleep (g_test_rand_int_range (0, longest));
      kill (pid, SIGKILL);
      g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
      g_assert_true (WIFSIGNALED (status));
      left += support_count (folder, ".new-") + support_count (folder, ".trash-");
      n_kills++;

      support_assert_sound (fixture->registry);
      bundle = hp_registry_load (fixture->registry, NULL, &error);
      g_assert_no_error (error);
      bytes = hp_bundle_read (bundle, "model.json", &error);
      g_assert_no_error (error);
      versions = hp_registry_list (fixture->registry, &error);
      g_assert_no_error (error);
      last = g_ptr_array_index (versions, versions->len - 1);
      g_assert_cmpuint (last->version, >=, MIN (highest, hp_bundle_get_version (bundle)));
      /* However slow the disk is, some writers get something done and some don't. */
      longest = last->version > highest ? longest * 3 / 4 + 1 : MIN (longest * 5 / 4, 1000000);
      highest = MAX (highest, last->version);
    }
  g_test_message ("%u kills, %u versions, %u leftovers", n_kills, highest, left);
  /* The deaths did hit writers at work, and numbers went on past all that were ever seen. */
  g_assert_cmpuint (highest, >, 1);
  g_assert_cmpuint (left, >, 0);
  g_assert_cmpuint (support_add (fixture->registry, SUPPORT_GOOD), >, highest);
  g_assert_cmpuint (support_count (folder, ".new-") + support_count (folder, ".trash-"), ==, 0);
  support_assert_sound (fixture->registry);
}

/* No file may grow beyond this: what a write sees is like a full disk, at a place that can be chosen. */
static int
add_within_limits (HpRegistry *registry, Fixture *fixture)
{
  g_autoptr (GHashTable) files = support_make_files (SUPPORT_GOOD);
  g_autofree char *folder = g_build_filename (fixture->root, "house-price", NULL);
  g_autofree char *archive = g_build_filename (fixture->root, "b.tar", NULL);
  g_autofree char *output = g_build_filename (fixture->root, "c.tar", NULL);
  guint n_failed = 0, n_added = 0;

  signal (SIGXFSZ, SIG_IGN);
  for (rlim_t limit = 0; limit < 2000; limit += 13)
    {
      const struct rlimit limits = { limit, RLIM_INFINITY };
      g_autoptr (GPtrArray) before = hp_registry_list (registry, NULL), after = NULL;
      g_autoptr (GError) error = NULL;
      gboolean added;
      guint version;

      setrlimit (RLIMIT_FSIZE, &limits);
      added = hp_registry_add (registry, files, NULL, &version, &error);
      if (!added && (!g_error_matches (error, HP_ERROR, HP_ERROR_IO) || strstr (error->message, folder) == NULL))
        return fail ("add", error);
      g_clear_error (&error);
      if (!hp_registry_install (registry, archive, &version, &error) && !g_error_matches (error, HP_ERROR, HP_ERROR_IO))
        return fail ("install", error);
      else if (error == NULL)
        hp_registry_delete (registry, version, NULL);
      g_clear_error (&error);
      if (!hp_registry_set_alias (registry, "other", limit / 13 % 2 + 1, &error)
          && !g_error_matches (error, HP_ERROR, HP_ERROR_IO))
        return fail ("alias", error);
      g_clear_error (&error);
      if (!hp_registry_export (registry, 1, output, &error) && !g_error_matches (error, HP_ERROR, HP_ERROR_IO))
        return fail ("export", error);
      if (error != NULL && g_file_test (output, G_FILE_TEST_EXISTS))
        return fail ("export left something", NULL);
      g_clear_error (&error);
      after = hp_registry_list (registry, &error);
      if (after == NULL || after->len != before->len + added || !hp_registry_verify (registry, 0, NULL, &error))
        return fail ("verify", error);
      if (support_count (folder, ".new-") != 0)
        return fail ("something is left", NULL);
      n_failed += !added;
      n_added += added;
    }
  return n_failed > 10 && n_added > 10 ? 0 : fail ("the limits did not limit", NULL);
}

static void
test_file_limit (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GHashTable) files = support_make_loadable_files ();
  g_autofree char *archive = support_path (fixture, "b.tar");

  support_add_files (fixture->registry, files);
  support_add (fixture->registry, SUPPORT_GOOD);
  g_assert_true (hp_registry_promote (fixture->registry, 1, FALSE, NULL, NULL));
  g_assert_true (hp_registry_export (fixture->registry, 1, archive, NULL));
  assert_ended_well (start (fixture, add_within_limits));
  support_assert_sound (fixture->registry);
  g_assert_cmpuint (support_champion (fixture->registry), ==, 1);
}

#define NOT_PERMITTED 77

/* On a disk of its own, with ever less room left */
static int
fill_disk (HpRegistry *nothing, Fixture *fixture)
{
  g_autofree char *folder = g_build_filename (fixture->root, "house-price", NULL);
  g_autofree char *ballast = g_build_filename (fixture->root, "ballast", NULL);
  g_autofree char *block = g_strnfill (4096, 'x');
  g_autoptr (GHashTable) files = support_make_files (SUPPORT_GOOD);
  g_autoptr (HpRegistry) registry = NULL;
  g_autoptr (GError) error = NULL;
  guint version = 0, n_failed = 0;
  int fd;

  if (unshare (CLONE_NEWNS) != 0 || mount (NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0
      || mount ("tmpfs", fixture->root, "tmpfs", 0, "size=1m") != 0)
    return NOT_PERMITTED;
  registry = hp_registry_new (fixture->root, NULL, NULL);
  if (!hp_registry_add (registry, files, NULL, &version, &error)
      || !hp_registry_promote (registry, version, FALSE, NULL, &error))
    return fail ("empty disk", error);
  fd = open (ballast, O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
  while (write (fd, block, 4096) > 0)
    ;
  /* From no room at all upwards, a page at a time */
  for (guint i = 0; i < 24; i++)
    {
      guint champion;

      if (!hp_registry_add (registry, files, NULL, &version, &error))
        {
          if (!g_error_matches (error, HP_ERROR, HP_ERROR_IO) || strstr (error->message, g_strerror (ENOSPC)) == NULL)
            return fail ("add", error);
          g_clear_error (&error);
          n_failed++;
        }
      else if (!hp_registry_delete (registry, version, &error))
        return fail ("delete", error);
      if (!hp_registry_verify (registry, 0, NULL, &error) || !hp_registry_resolve (registry, NULL, &champion, &error)
          || champion != 1)
        return fail ("verify", error);
      if (support_count (folder, ".new-") != 0)
        return fail ("something is left", NULL);
      if (ftruncate (fd, lseek (fd, 0, SEEK_END) - 4096) != 0)
        return fail ("ballast", NULL);
    }
  close (fd);
  return n_failed > 3 && n_failed < 20 ? 0 : fail ("the disk was never full, or always", NULL);
}

static void
test_full_disk (Fixture *fixture, gconstpointer data)
{
  pid_t pid = start (fixture, fill_disk);
  int status;

  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_true (WIFEXITED (status));
  if (WEXITSTATUS (status) == NOT_PERMITTED)
    g_test_message ("no disk may be mounted here; the file limit stands for it");
  else
    g_assert_cmpint (WEXITSTATUS (status), ==, 0);
}

int
main (int argc, char **argv)
{
  support_init (&argc, &argv);
  support_add_test ("/concurrency/add-and-promote", test_add_and_promote);
  support_add_test ("/concurrency/delete-under-readers", test_delete_under_readers);
  support_add_test ("/concurrency/kill", test_kill);
  support_add_test ("/concurrency/file-limit", test_file_limit);
  support_add_test ("/concurrency/full-disk", test_full_disk);
  return support_run ();
}
