/* test-session-file.c - sessions on disk: saved, loaded, and never over somebody else's changes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "session-support.h"

static HpSession *
load (const char *path)
{
  g_autoptr (GError) error = NULL;
  HpSession *session = hp_session_load (path, &error);

  g_assert_no_error (error);
  return session;
}

static void
save (HpSession *session, const char *path)
{
  g_autoptr (GError) error = NULL;

  hp_session_save (session, path, FALSE, &error);
  g_assert_no_error (error);
}

static char *
contents (const char *path)
{
  char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return text;
}

static void
test_save (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = support_path (fixture, "Häuser № 1 — 家.hpsession"), *text = NULL;
  g_autoptr (HpSession) session = support_new_full (fixture), loaded = NULL;
  GError *error = NULL;

  g_assert_false (hp_session_save (session, NULL, FALSE, &error));
  support_assert_error (error, HP_ERROR_USAGE, "no file");
  g_assert_true (hp_session_get_modified (session));
  save (session, path);
  g_assert_false (hp_session_get_modified (session));
  g_assert_cmpstr (hp_session_get_path (session), ==, path);
  text = contents (path);
  g_assert_nonnull (strstr (text, "\"path\": \"sales.csv\""));
  loaded = load (path);
  g_assert_cmpstr (hp_session_get_path (loaded), ==, path);
  g_assert_false (hp_session_get_modified (loaded));
  g_assert_cmpuint (hp_session_get_n_houses (loaded), ==, 2);
  hp_session_set_notes (loaded, "more");
  save (loaded, NULL);
  g_assert_false (hp_session_get_modified (loaded));
  hp_session_set_notes (loaded, "and more");
  save (loaded, NULL);
}

static void
test_not_there (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = support_path (fixture, "none.hpsession"),
                  *below = support_path (fixture, "no/such.hpsession");
  g_autoptr (HpSession) session = support_new_full (fixture);
  GError *error = NULL;

  g_assert_null (hp_session_load (path, &error));
  support_assert_error (g_steal_pointer (&error), HP_ERROR_NOT_FOUND, path);
  g_assert_null (hp_session_load (fixture->folder, &error));
  support_assert_error (g_steal_pointer (&error), HP_ERROR_IO, "folder");
  g_assert_false (hp_session_save (session, below, FALSE, &error));
  support_assert_error (g_steal_pointer (&error), HP_ERROR_NOT_FOUND, "such");
  g_assert_true (hp_session_get_modified (session));
  g_assert_null (hp_session_get_path (session));
}

/* A mode that was set stays; a link stays one, and its file is replaced */
static void
test_mode (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = support_path (fixture, "a.hpsession"), *link_path = support_path (fixture, "link.hpsession");
  g_autoptr (HpSession) session = support_new_full (fixture), linked = NULL, again = NULL;
  struct stat status;

  save (session, path);
  g_assert_cmpint (g_chmod (path, 0640), ==, 0);
  hp_session_set_notes (session, "other");
  save (session, NULL);
  g_assert_cmpint (g_stat (path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0640);
  g_assert_cmpint (symlink (path, link_path), ==, 0);
  linked = load (link_path);
  hp_session_set_notes (linked, "through the link");
  save (linked, NULL);
  g_assert_cmpint (g_lstat (link_path, &status), ==, 0);
  g_assert_true (S_ISLNK (status.st_mode));
  again = load (path);
  g_assert_cmpstr (hp_session_get_notes (again), ==, "through the link");
}

/* Two that opened the same file: the second to save is told, and decides */
static void
test_conflict (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = support_path (fixture, "a.hpsession"), *other = support_path (fixture, "b.hpsession");
  g_autoptr (HpSession) first = support_new_full (fixture), second = NULL, read = NULL;
  g_autofree char *before = NULL, *after = NULL;
  GError *error = NULL;

  save (first, path);
  second = load (path);
  hp_session_set_notes (first, "first");
  save (first, NULL);
  before = contents (path);
  hp_session_set_notes (second, "second");
  g_assert_false (hp_session_save (second, NULL, FALSE, &error));
  support_assert_error (g_steal_pointer (&error), HP_ERROR_CONFLICT, "changed by another program");
  g_assert_true (hp_session_get_modified (second));
  after = contents (path);
  g_assert_cmpstr (after, ==, before);

  /* Under another name there is no conflict, but where there is a file there is */
  g_assert_true (g_file_set_contents (other, "mine", -1, NULL));
  g_assert_false (hp_session_save (second, other, FALSE, &error));
  support_assert_error (g_steal_pointer (&error), HP_ERROR_CONFLICT, "exists already");
  g_assert_cmpstr (hp_session_get_path (second), ==, path);
  g_assert_true (hp_session_save (second, other, TRUE, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (hp_session_get_path (second), ==, other);
  read = load (other);
  g_assert_cmpstr (hp_session_get_notes (read), ==, "second");

  /* A file that is gone is made again */
  g_assert_cmpint (g_unlink (path), ==, 0);
  hp_session_set_notes (first, "again");
  save (first, NULL);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  /* By force */
  g_assert_true (g_file_set_contents (path, "spoiled", -1, NULL));
  hp_session_set_notes (first, "by force");
  g_assert_true (hp_session_save (first, NULL, TRUE, &error));
  g_assert_no_error (error);
  hp_session_set_notes (first, "as usual");
  save (first, NULL);
}

typedef struct
{
  HpSession *session; /* loaded, (transfer full) */
  GError *error;
  guint done;
} Outcome;

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Outcome *outcome = data;

  outcome->session = hp_session_load_finish (result, &outcome->error);
  outcome->done++;
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Outcome *outcome = data;

  g_clear_error (&outcome->error);
  hp_session_save_finish (HP_SESSION (source), result, &outcome->error);
  outcome->done++;
}

static void
wait_for (Outcome *outcome, guint done)
{
  while (outcome->done < done)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_async (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = support_path (fixture, "a.hpsession"), *none = support_path (fixture, "none.hpsession");
  g_autoptr (HpSession) session = support_new_full (fixture);
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  Outcome outcome = { NULL };

  hp_session_save_async (session, NULL, FALSE, NULL, saved_cb, &outcome);
  wait_for (&outcome, 1);
  support_assert_error (g_steal_pointer (&outcome.error), HP_ERROR_USAGE, "no file");

  /* What is changed while it is being written is not saved */
  hp_session_save_async (session, path, FALSE, NULL, saved_cb, &outcome);
  hp_session_set_notes (session, "meanwhile");
  wait_for (&outcome, 2);
  g_assert_no_error (outcome.error);
  g_assert_true (hp_session_get_modified (session));
  g_assert_cmpstr (hp_session_get_path (session), ==, path);
  hp_session_save_async (session, NULL, FALSE, NULL, saved_cb, &outcome);
  wait_for (&outcome, 3);
  g_assert_no_error (outcome.error);
  g_assert_false (hp_session_get_modified (session));

  hp_session_load_async (path, NULL, loaded_cb, &outcome);
  wait_for (&outcome, 4);
  g_assert_no_error (outcome.error);
  g_assert_cmpstr (hp_session_get_notes (outcome.session), ==, "meanwhile");
  g_assert_finalize_object (g_steal_pointer (&outcome.session));
  hp_session_load_async (none, NULL, loaded_cb, &outcome);
  wait_for (&outcome, 5);
  support_assert_error (g_steal_pointer (&outcome.error), HP_ERROR_NOT_FOUND, "none");

  g_cancellable_cancel (cancelled);
  hp_session_load_async (path, cancelled, loaded_cb, &outcome);
  wait_for (&outcome, 6);
  g_assert_error (outcome.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  hp_session_set_notes (session, "not this");
  hp_session_save_async (session, NULL, FALSE, cancelled, saved_cb, &outcome);
  wait_for (&outcome, 7);
  g_assert_error (outcome.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_true (hp_session_get_modified (session));
  g_clear_error (&outcome.error);
}

/* Saves that overtake each other: what was asked for last is there in the end, and none is taken for somebody else's */
static void
test_many_saves (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = support_path (fixture, "a.hpsession");
  g_autoptr (HpSession) session = support_new_full (fixture), read = NULL;
  Outcome outcome = { NULL };

  save (session, path);
  for (guint i = 0; i < 40; i++)
    {
      g_autofree char *notes = g_strdup_printf ("note %u", i);

      hp_session_set_notes (session, notes);
      hp_session_save_async (session, NULL, FALSE, NULL, saved_cb, &outcome);
    }
  wait_for (&outcome, 40);
  g_assert_no_error (outcome.error);
  g_assert_false (hp_session_get_modified (session));
  read = load (path);
  g_assert_cmpstr (hp_session_get_notes (read), ==, "note 39");
}

/* The session may go while it is written */
static void
test_gone (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = support_path (fixture, "a.hpsession");
  g_autoptr (HpSession) read = NULL;
  HpSession *session = support_new_full (fixture);
  Outcome outcome = { NULL };

  hp_session_save_async (session, path, FALSE, NULL, saved_cb, &outcome);
  g_object_unref (session);
  wait_for (&outcome, 1);
  g_assert_no_error (outcome.error);
  read = load (path);
  g_assert_cmpuint (hp_session_get_n_houses (read), ==, 2);
}

/* A folder moved with its data: the path goes with it */
static void
test_moved (Fixture *fixture, gconstpointer data)
{
  g_autofree char *old = support_path (fixture, "old"), *new = support_path (fixture, "new");
  g_autofree char *path = support_path (fixture, "old/a.hpsession"), *moved = support_path (fixture, "new/a.hpsession");
  g_autofree char *sales = support_path (fixture, "old/sub/sales.csv"),
                  *expected = support_path (fixture, "new/sub/sales.csv");
  g_autoptr (HpSession) session = support_new (fixture), read = NULL;

  g_assert_cmpint (g_mkdir (old, 0755), ==, 0);
  g_assert_true (hp_session_set_data (session, sales, NULL, -1, NULL));
  save (session, path);
  g_assert_cmpint (g_rename (old, new), ==, 0);
  read = load (moved);
  g_assert_cmpstr (hp_session_get_data (read)->path, ==, expected);
}

int
main (int argc, char *argv[])
{
  support_init (&argc, &argv);

  support_add ("/session-file/save", test_save);
  support_add ("/session-file/not-there", test_not_there);
  support_add ("/session-file/mode", test_mode);
  support_add ("/session-file/conflict", test_conflict);
  support_add ("/session-file/async", test_async);
  support_add ("/session-file/many-saves", test_many_saves);
  support_add ("/session-file/gone", test_gone);
  support_add ("/session-file/moved", test_moved);

  return support_run ();
}
