/* test-session-crash.c - a killed program, a full disk: the file is whole, and what was not saved is found again
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <errno.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "hp-file.h"
#include "session-support.h"

static HpSession *
make_big (Fixture *fixture, guint n_houses)
{
  HpSession *session = support_new_full (fixture);

  for (guint i = 0; i < n_houses; i++)
    {
      g_autoptr (HpQuestion) question = support_question ("1656", "North Ames");

      hp_session_add_house (session, NULL, question);
    }
  return session;
}

/* Whatever the moment at which the one who saves is killed, the file is one of those that were saved */
static void
test_killed (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = support_path (fixture, "a.hpsession");
  g_autoptr (HpSession) session = make_big (fixture, 300);
  g_autoptr (GError) error = NULL;

  g_assert_true (hp_session_save (session, path, FALSE, &error));
  for (guint round = 0; round < 25; round++)
    {
      pid_t child = fork ();
      int status;

      if (child == 0)
        for (guint i = 0;; i++)
          {
            char notes[32];

            g_snprintf (notes, sizeof notes, "save %u", i);
            hp_session_set_notes (session, notes);
            if (!hp_session_save (session, NULL, TRUE, NULL))
              _exit (1);
          }
      g_usleep (1000 + round * 700);
      kill (child, SIGKILL);
      g_assert_cmpint (waitpid (child, &status, 0), ==, child);
      g_assert_true (WIFSIGNALED (status));
      {
        g_autoptr (HpSession) read = hp_session_load (path, &error);

        g_assert_no_error (error);
        g_assert_cmpuint (hp_session_get_n_houses (read), ==, 302);
        g_assert_null (hp_audit_get_problem (hp_session_get_audit (read)));
      }
    }
}

/* In a child, whose files may not grow beyond a size: as on a full disk */
static void
test_full_disk (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = support_path (fixture, "a.hpsession"), *before = NULL, *after = NULL;
  g_autoptr (HpSession) session = make_big (fixture, 300);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = NULL;
  const char *name;
  int status;
  pid_t child;

  g_assert_true (hp_session_save (session, path, FALSE, &error));
  g_assert_true (g_file_get_contents (path, &before, NULL, NULL));
  child = fork ();
  if (child == 0)
    {
      struct rlimit limit = { 4096, 4096 };
      GError *full = NULL;

      signal (SIGXFSZ, SIG_IGN);
      setrlimit (RLIMIT_FSIZE, &limit);
      hp_session_set_notes (session, "does not fit");
      if (hp_session_save (session, NULL, FALSE, &full) || !g_error_matches (full, HP_ERROR, HP_ERROR_IO)
          || !hp_session_get_modified (session) || strstr (full->message, path) == NULL)
        _exit (1);
      if (hp_session_autosave (session, NULL))
        _exit (2);
      _exit (0);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, 0);
  g_assert_true (g_file_get_contents (path, &after, NULL, NULL));
  g_assert_cmpstr (after, ==, before);
  /* Nothing half-written is left beside it */
  dir = g_dir_open (fixture->folder, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    g_assert_cmpstr (name, ==, "a.hpsession");
}

/* Changes something, copies it, and dies */
static void
crash_after_autosave (HpSession *session, const char *notes)
{
  pid_t child = fork ();
  int status;

  if (child == 0)
    {
      hp_session_set_notes (session, notes);
      if (!hp_session_autosave (session, NULL))
        _exit (1);
      kill (getpid (), SIGKILL);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFSIGNALED (status));
}

static guint
count_recoveries (void)
{
  g_autoptr (GPtrArray) found = hp_recovery_list ();

  return found->len;
}

static void
test_recovery (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = support_path (fixture, "a.hpsession"), *sales = support_path (fixture, "sales.csv");
  g_autoptr (HpSession) session = support_new_full (fixture), nameless = support_new (fixture), recovered = NULL;
  g_autoptr (GPtrArray) found = NULL, again = NULL;
  const HpRecovery *recovery;
  GError *error = NULL;

  g_assert_cmpuint (count_recoveries (), ==, 0);
  g_assert_true (hp_session_save (session, path, FALSE, &error));
  fixture->now += 100;
  crash_after_autosave (session, "not saved");
  fixture->now += 100;
  crash_after_autosave (nameless, "never had a file");

  found = hp_recovery_list ();
  g_assert_cmpuint (found->len, ==, 2);
  recovery = found->pdata[0];
  g_assert_null (recovery->path);
  g_assert_cmpuint (recovery->n_houses, ==, 0);
  recovery = found->pdata[1];
  g_assert_cmpstr (recovery->path, ==, path);
  g_assert_cmpuint (recovery->n_houses, ==, 2);
  g_assert_cmpint (recovery->changed, ==, SUPPORT_NOW + 160);
  recovered = hp_recovery_open (recovery, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (hp_session_get_notes (recovered), ==, "not saved");
  g_assert_true (hp_session_get_modified (recovered));
  g_assert_cmpstr (hp_session_get_path (recovered), ==, path);
  g_assert_cmpstr (hp_session_get_data (recovered)->path, ==, sales);

  /* While it lives nobody else finds it, and it goes on with the same copy */
  g_assert_cmpuint (count_recoveries (), ==, 1);
  g_assert_null (hp_recovery_open (recovery, &error));
  support_assert_error (g_steal_pointer (&error), HP_ERROR_CONFLICT, "another program");
  hp_recovery_discard (recovery);
  g_assert_true (g_file_test (recovery->file, G_FILE_TEST_EXISTS));
  hp_session_set_notes (recovered, "and more");
  g_assert_true (hp_session_autosave (recovered, &error));
  /* It is saved over what it was a copy of, without a conflict */
  g_assert_true (hp_session_save (recovered, NULL, FALSE, &error));
  g_assert_no_error (error);
  hp_session_autosave_discard (recovered);
  g_assert_false (g_file_test (recovery->file, G_FILE_TEST_EXISTS));

  again = hp_recovery_list ();
  g_assert_cmpuint (again->len, ==, 1);
  hp_recovery_discard (again->pdata[0]);
  g_assert_cmpuint (count_recoveries (), ==, 0);
  {
    g_autofree char *text = NULL;

    g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
    g_assert_null (strstr (text, "recovery"));
    g_assert_nonnull (strstr (text, "and more"));
  }
}

/* The original was changed after the crash: what is recovered does not go over it unasked */
static void
test_recovery_conflict (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = support_path (fixture, "a.hpsession");
  g_autoptr (HpSession) session = support_new_full (fixture), other = NULL, recovered = NULL;
  g_autoptr (GPtrArray) found = NULL;
  GError *error = NULL;

  g_assert_true (hp_session_save (session, path, FALSE, &error));
  crash_after_autosave (session, "mine");
  other = hp_session_load (path, &error);
  hp_session_set_notes (other, "theirs");
  g_assert_true (hp_session_save (other, NULL, FALSE, &error));
  found = hp_recovery_list ();
  g_assert_cmpuint (found->len, ==, 1);
  recovered = hp_recovery_open (found->pdata[0], &error);
  g_assert_no_error (error);
  g_assert_false (hp_session_save (recovered, NULL, FALSE, &error));
  support_assert_error (error, HP_ERROR_CONFLICT, "changed by another program");
}

static void
autosaved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  hp_session_autosave_finish (HP_SESSION (source), result, &error);
  g_assert_no_error (error);
  (*(guint *) data)++;
}

/* A living session's copies are nobody's business; one that was discarded does not come back; one that was left is
 * found */
static void
test_autosave (Fixture *fixture, gconstpointer data)
{
  HpSession *session = support_new_full (fixture);
  g_autoptr (GPtrArray) found = NULL;
  guint done = 0;

  for (guint i = 0; i < 20; i++)
    {
      hp_session_set_notes (session, i % 2 ? "odd" : "even");
      hp_session_autosave_async (session, NULL, autosaved_cb, &done);
      if (i % 5 == 4)
        hp_session_autosave_discard (session);
    }
  while (done < 20)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (count_recoveries (), ==, 0);
  hp_session_autosave_async (session, NULL, autosaved_cb, &done);
  while (done < 21)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (count_recoveries (), ==, 0);
  g_assert_true (hp_session_get_modified (session));
  /* No thread has the session: whoever watches it hears of its end here */
  g_assert_finalize_object (session);
  while (count_recoveries () == 0)
    g_thread_yield ();
  found = hp_recovery_list ();
  g_assert_cmpuint (found->len, ==, 1);
  hp_recovery_discard (found->pdata[0]);
}

static int
get_mode (const char *path)
{
  GStatBuf status;

  g_assert_cmpint (g_stat (path, &status), ==, 0);
  return (int) status.st_mode & 07777;
}

/* What is not saved yet is nobody else's business, whatever the umask */
static void
test_private (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = NULL, *file = NULL;
  g_autoptr (HpSession) session = support_new_full (fixture);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = NULL;
  mode_t mask = umask (0);
  guint n = 0;
  const char *name;

  folder = g_build_filename (g_get_user_data_dir (), "house-price", "sessions", NULL);
  hp_file_remove_tree (folder, NULL);
  g_assert_true (hp_session_autosave (session, &error));
  g_assert_no_error (error);
  g_assert_cmpint (get_mode (folder), ==, 0700);
  dir = g_dir_open (folder, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_assert_cmpint (get_mode (path), ==, 0600);
      /* An older copy that others could read */
      g_assert_cmpint (g_chmod (path, 0644), ==, 0);
      if (g_str_has_suffix (name, ".hpsession"))
        file = g_steal_pointer (&path);
      n++;
    }
  g_assert_cmpuint (n, ==, 2);
  hp_session_set_notes (session, "more");
  g_assert_true (hp_session_autosave (session, &error));
  g_assert_cmpint (get_mode (file), ==, 0600);
  hp_session_autosave_discard (session);
  umask (mask);
}

/* Copies that can't be read are left out, and left alone */
static void
test_bad_copies (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_build_filename (g_get_user_data_dir (), "house-price", "sessions", NULL);
  g_autofree char *bad = g_build_filename (folder, "recover-bad.hpsession", NULL);
  g_autofree char *other = g_build_filename (folder, "mine.hpsession", NULL);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0755), ==, 0);
  g_assert_true (g_file_set_contents (bad, "{\"format\":", -1, NULL));
  g_assert_true (g_file_set_contents (other, "{\"format\":1}", -1, NULL));
  g_assert_cmpuint (count_recoveries (), ==, 0);
  g_assert_true (g_file_test (bad, G_FILE_TEST_EXISTS));
}

int
main (int argc, char *argv[])
{
  support_init (&argc, &argv);

  support_add ("/session-crash/killed", test_killed);
  support_add ("/session-crash/full-disk", test_full_disk);
  support_add ("/session-crash/recovery", test_recovery);
  support_add ("/session-crash/recovery-conflict", test_recovery_conflict);
  support_add ("/session-crash/autosave", test_autosave);
  support_add ("/session-crash/private", test_private);
  support_add ("/session-crash/bad-copies", test_bad_copies);

  return support_run ();
}
