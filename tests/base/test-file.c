/* test-file.c - reading, replacing, removing, locking; outputs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "hp-error.h"
#include "hp-file.h"

typedef struct
{
  char *folder;
  char *path; /* a name in it that does not exist yet */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("test-file-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "file", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  hp_file_remove_tree (fixture->folder, &error);
  g_assert_no_error (error);
  g_assert_false (g_file_test (fixture->folder, G_FILE_TEST_EXISTS));
  g_free (fixture->folder);
  g_free (fixture->path);
}

static void
put (const char *path, const char *contents)
{
  g_assert_true (g_file_set_contents (path, contents, -1, NULL));
}

static void
assert_contents (const char *path, const char *expected)
{
  g_autofree char *contents = NULL;

  g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, expected);
}

/* No temporary file is left. */
static void
assert_entries (const char *folder, guint n)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint count = 0;

  while (g_dir_read_name (dir) != NULL)
    count++;
  g_assert_cmpuint (count, ==, n);
}

#define ASSERT_IO(error, code_, path, rest)                                                                            \
  {                                                                                                                    \
    g_autofree char *expected_ = g_strdup_printf ("%s: %s", path, rest);                                               \
                                                                                                                       \
    g_assert_error (error, HP_ERROR, code_);                                                                           \
    g_assert_cmpstr ((error)->message, ==, expected_);                                                                 \
  }

/* ---- reading */
static void
test_read (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *empty = NULL;
  g_autofree char *kernel = NULL;
  g_autofree char *big = NULL;
  g_autofree char *zeros = g_malloc0 (300000);
  gsize length;

  g_assert_true (g_file_set_contents (fixture->path, "a\0b", 3, NULL));
  text = hp_file_read (fixture->path, 3, &length, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (text, length + 1, "a\0b", 4);

  put (fixture->path, "");
  empty = hp_file_read (fixture->path, 0, &length, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (empty, ==, "");
  g_assert_cmpuint (length, ==, 0);

  /* A file whose size is given as 0 */
  kernel = hp_file_read ("/proc/self/status", 1 << 20, &length, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (length, ==, strlen (kernel));
  g_assert_nonnull (strstr (kernel, "Threads:"));

  g_assert_true (g_file_set_contents (fixture->path, zeros, 300000, NULL));
  big = hp_file_read (fixture->path, 300000, &length, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (big, length, zeros, 300000);
}

static void
test_read_refuses (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) absent = NULL;
  g_autoptr (GError) folder = NULL;
  g_autoptr (GError) big = NULL;
  g_autoptr (GError) endless = NULL;
  g_autoptr (GError) pipe = NULL;
  gsize length = 7;

  g_assert_null (hp_file_read (fixture->path, 9, &length, &absent));
  g_assert_error (absent, HP_ERROR, HP_ERROR_NOT_FOUND);
  g_assert_true (g_str_has_prefix (absent->message, fixture->path));
  g_assert_cmpuint (length, ==, 0);

  g_assert_null (hp_file_read (fixture->folder, 9, NULL, &folder));
  ASSERT_IO (folder, HP_ERROR_IO, fixture->folder, "is a folder, not a file");

  put (fixture->path, "abcd");
  g_assert_null (hp_file_read (fixture->path, 3, NULL, &big));
  g_assert_error (big, HP_ERROR, HP_ERROR_BAD_DATA);
  g_assert_nonnull (strstr (big->message, ": is too big: at most 3"));

  /* Too big, though its size is given as 0 */
  g_assert_null (hp_file_read ("/proc/self/status", 10, NULL, &endless));
  g_assert_error (endless, HP_ERROR, HP_ERROR_BAD_DATA);

  /* A pipe nobody writes to: no waiting */
  g_unlink (fixture->path);
  g_assert_cmpint (mkfifo (fixture->path, 0600), ==, 0);
  g_assert_null (hp_file_read (fixture->path, 9, NULL, &pipe));
  ASSERT_IO (pipe, HP_ERROR_IO, fixture->path, "is not a regular file");
}

static void
test_read_standard_input (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  int kept = dup (STDIN_FILENO), ends[2];
  gsize length;

  for (gsize limit = 5; limit >= 4; limit--)
    {
      g_assert_cmpint (pipe (ends), ==, 0);
      g_assert_cmpint (write (ends[1], "12345", 5), ==, 5);
      close (ends[1]);
      dup2 (ends[0], STDIN_FILENO);
      close (ends[0]);
      g_clear_pointer (&text, g_free);
      text = hp_file_read ("-", limit, &length, &error);
      if (limit == 5)
        {
          g_assert_no_error (error);
          g_assert_cmpmem (text, length, "12345", 5);
        }
      else
        {
          g_assert_null (text);
          g_assert_error (error, HP_ERROR, HP_ERROR_BAD_DATA);
          g_assert_true (g_str_has_prefix (error->message, "standard input: is too big"));
        }
    }
  dup2 (kept, STDIN_FILENO);
  close (kept);
}

/* ---- replacing */
static void
test_replace (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  GStatBuf status;
  mode_t mask = umask (027);

  g_assert_true (hp_file_replace (fixture->path, "one", 3, &error));
  g_assert_no_error (error);
  assert_contents (fixture->path, "one");
  g_assert_cmpint (g_stat (fixture->path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 07777, ==, 0640);

  g_assert_cmpint (g_chmod (fixture->path, 0606), ==, 0);
  g_assert_true (hp_file_replace (fixture->path, NULL, 0, &error));
  g_assert_no_error (error);
  assert_contents (fixture->path, "");
  g_assert_cmpint (g_stat (fixture->path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 07777, ==, 0606);

  assert_entries (fixture->folder, 1);
  umask (mask);
}

/* For the owner alone, whatever there was and whatever the umask says */
static void
test_replace_private (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  GStatBuf status;
  mode_t mask = umask (0);

  g_assert_true (hp_file_replace_private (fixture->path, "one", 3, &error));
  g_assert_no_error (error);
  assert_contents (fixture->path, "one");
  g_assert_cmpint (g_stat (fixture->path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 07777, ==, 0600);

  g_assert_cmpint (g_chmod (fixture->path, 0644), ==, 0);
  g_assert_true (hp_file_replace_private (fixture->path, "two", 3, &error));
  g_assert_no_error (error);
  assert_contents (fixture->path, "two");
  g_assert_cmpint (g_stat (fixture->path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 07777, ==, 0600);
  assert_entries (fixture->folder, 1);
  umask (mask);
}

static void
test_replace_relative (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *here = g_get_current_dir ();

  g_assert_cmpint (g_chdir (fixture->folder), ==, 0);
  g_assert_true (hp_file_replace ("file", "one", 3, &error));
  g_assert_no_error (error);
  g_assert_true (hp_file_replace ("file", "two", 3, &error));
  g_assert_no_error (error);
  g_assert_cmpint (g_chdir (here), ==, 0);
  assert_contents (fixture->path, "two");
}

static void
test_replace_link (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *link = g_build_filename (fixture->folder, "link", NULL);

  put (fixture->path, "old");
  g_assert_cmpint (symlink ("file", link), ==, 0);
  g_assert_true (hp_file_replace (link, "new", 3, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_test (link, G_FILE_TEST_IS_SYMLINK));
  assert_contents (fixture->path, "new");
  assert_entries (fixture->folder, 2);
}

static void
test_replace_refuses (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) absent = NULL;
  g_autoptr (GError) folder = NULL;
  g_autofree char *path = g_build_filename (fixture->path, "deeper", NULL);
  g_autofree char *is_folder = g_strconcat ("can't be opened: ", g_strerror (EISDIR), NULL);

  g_assert_false (hp_file_replace (path, "x", 1, &absent));
  g_assert_error (absent, HP_ERROR, HP_ERROR_NOT_FOUND);
  g_assert_true (g_str_has_prefix (absent->message, path));

  g_assert_false (hp_file_replace (fixture->folder, "x", 1, &folder));
  ASSERT_IO (folder, HP_ERROR_IO, fixture->folder, is_folder);
}

/* The disk takes only 1,000 bytes more: the old file stays, and the message names it. */
static void
test_replace_full (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *much = g_strnfill (500000, 'x');
  g_autofree char *reason = g_strconcat ("can't be written: ", g_strerror (EFBIG), NULL);
  struct rlimit kept, limit;
  sighandler_t handler = signal (SIGXFSZ, SIG_IGN);

  put (fixture->path, "old");
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &kept), ==, 0);
  limit = kept;
  limit.rlim_cur = 1000;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  g_assert_false (hp_file_replace (fixture->path, much, 500000, &error));
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &kept), ==, 0);
  signal (SIGXFSZ, handler);

  ASSERT_IO (error, HP_ERROR_IO, fixture->path, reason);
  assert_contents (fixture->path, "old");
  assert_entries (fixture->folder, 1);
}

/* ---- outputs */
static void
test_output (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HpOutput) output = hp_output_open (fixture->path, &error);
  g_autoptr (GString) expected = g_string_new (NULL);
  g_autofree char *big = g_strnfill (300000, 'y');

  g_assert_no_error (error);
  put (fixture->path, "old");
  for (int i = 0; i < 60000; i++)
    {
      hp_output_printf (output, "row %d\n", i);
      g_string_append_printf (expected, "row %d\n", i);
    }
  hp_output_write (output, big, 300000);
  hp_output_write (output, "", 0);
  hp_output_printf (output, "%s", big);
  hp_output_write (output, "end", 3);
  g_string_append_printf (expected, "%s%send", big, big);
  g_assert_false (hp_output_failed (output));
  assert_contents (fixture->path, "old");

  g_assert_true (hp_output_commit (output, &error));
  g_assert_no_error (error);
  assert_contents (fixture->path, expected->str);
  g_clear_pointer (&output, hp_output_free);
  assert_contents (fixture->path, expected->str);
  assert_entries (fixture->folder, 1);
}

static void
test_output_dropped (Fixture *fixture, gconstpointer data)
{
  HpOutput *output;

  put (fixture->path, "old");
  output = hp_output_open (fixture->path, NULL);
  hp_output_printf (output, "new");
  assert_entries (fixture->folder, 2);
  hp_output_free (output);
  assert_contents (fixture->path, "old");
  assert_entries (fixture->folder, 1);
  hp_output_free (NULL);
}

/* A device is written, not replaced. */
static void
test_output_device_full (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HpOutput) output = hp_output_open ("/dev/full", &error);
  g_autofree char *reason = g_strconcat ("can't be written: ", g_strerror (ENOSPC), NULL);
  g_autofree char *big = g_strnfill (300000, 'y');
  GStatBuf status;

  g_assert_no_error (error);
  hp_output_write (output, "x", 1);
  g_assert_false (hp_output_failed (output));
  hp_output_write (output, big, 300000);
  g_assert_true (hp_output_failed (output));
  hp_output_write (output, "x", 1);
  g_assert_false (hp_output_commit (output, &error));
  ASSERT_IO (error, HP_ERROR_IO, "/dev/full", reason);
  g_assert_cmpint (g_stat ("/dev/full", &status), ==, 0);
  g_assert_true (S_ISCHR (status.st_mode));
}

/* Puts fd in the place of standard output, which it returns. */
static int
redirect (int fd)
{
  int kept;

  fflush (stdout);
  kept = dup (STDOUT_FILENO);
  g_assert_cmpint (dup2 (fd, STDOUT_FILENO), ==, STDOUT_FILENO);
  close (fd);
  return kept;
}

static void
restore (int kept)
{
  dup2 (kept, STDOUT_FILENO);
  close (kept);
}

static void
test_standard_output (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  int kept = redirect (open (fixture->path, O_WRONLY | O_CREAT, 0600));
  gboolean committed[2];

  for (int i = 0; i < 2; i++)
    {
      g_autoptr (HpOutput) output = hp_output_open (i == 0 ? "-" : NULL, NULL);

      printf ("before ");
      fflush (stdout);
      hp_output_printf (output, "text %d\n", i);
      committed[i] = hp_output_commit (output, &error);
    }
  restore (kept);
  g_assert_no_error (error);
  g_assert_true (committed[0] && committed[1]);
  assert_contents (fixture->path, "before text 0\nbefore text 1\n");
}

static void
check_standard_output_fails (int fd, int errsv)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *reason = g_strconcat ("can't be written: ", g_strerror (errsv), NULL);
  int kept = redirect (fd);
  g_autoptr (HpOutput) output = hp_output_open (NULL, NULL);
  gboolean committed;

  hp_output_printf (output, "text");
  committed = hp_output_commit (output, &error);
  restore (kept);
  g_assert_false (committed);
  ASSERT_IO (error, HP_ERROR_IO, "standard output", reason);
}

static void
test_standard_output_fails (Fixture *fixture, gconstpointer data)
{
  sighandler_t handler = signal (SIGPIPE, SIG_IGN);
  int ends[2];

  check_standard_output_fails (open ("/dev/full", O_WRONLY), ENOSPC);
  g_assert_cmpint (pipe (ends), ==, 0);
  close (ends[0]);
  check_standard_output_fails (ends[1], EPIPE);
  signal (SIGPIPE, handler);
}

static gpointer
drain (gpointer data)
{
  int fd = GPOINTER_TO_INT (data);
  gsize total = 0;
  char chunk[4096];
  gssize n;

  while ((n = read (fd, chunk, sizeof chunk)) > 0)
    total += n;
  close (fd);
  return GSIZE_TO_POINTER (total);
}

/* A pipe that others have made non-blocking, and that is full at first */
static void
test_standard_output_slow (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *much = g_strnfill (1000000, 'z');
  g_autoptr (HpOutput) output = NULL;
  gboolean committed;
  GThread *reader;
  int ends[2], kept;

  g_assert_cmpint (pipe (ends), ==, 0);
  g_assert_cmpint (fcntl (ends[1], F_SETFL, O_NONBLOCK), ==, 0);
  while (write (ends[1], much, 1) == 1)
    ;
  kept = redirect (ends[1]);
  reader = g_thread_new ("drain", drain, GINT_TO_POINTER (ends[0]));
  output = hp_output_open ("-", NULL);
  hp_output_write (output, much, 1000000);
  committed = hp_output_commit (output, &error);
  restore (kept);
  g_assert_no_error (error);
  g_assert_true (committed);
  g_assert_cmpuint (GPOINTER_TO_SIZE (g_thread_join (reader)), >, 1000000);
}

/* ---- folders */
static void
test_folders (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) absent = NULL;
  g_autoptr (GError) in_the_way = NULL;
  g_autofree char *inner = g_build_filename (fixture->path, "a", "b", NULL);
  g_autofree char *file = g_build_filename (inner, "f", NULL);
  g_autofree char *below = g_build_filename (file, "g", NULL);

  g_assert_true (hp_file_make_folder (inner, &error));
  g_assert_true (hp_file_make_folder (inner, &error));
  g_assert_true (hp_file_sync_folder (inner, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_test (inner, G_FILE_TEST_IS_DIR));

  put (file, "x");
  g_assert_false (hp_file_make_folder (below, &in_the_way));
  g_assert_error (in_the_way, HP_ERROR, HP_ERROR_IO);
  g_assert_true (g_str_has_prefix (in_the_way->message, below));
  g_assert_false (hp_file_sync_folder (below, &absent));
  g_assert_error (absent, HP_ERROR, HP_ERROR_IO);
}

static void
test_remove_tree (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *kept = g_build_filename (fixture->folder, "kept", NULL);
  g_autofree char *kept_file = g_build_filename (kept, "f", NULL);
  g_autofree char *inner = g_build_filename (fixture->path, "a", "b", NULL);
  g_autofree char *file = g_build_filename (inner, "f", NULL);
  g_autofree char *link = g_build_filename (inner, "link", NULL);
  g_autofree char *outer_link = g_build_filename (fixture->folder, "link", NULL);

  hp_file_make_folder (kept, NULL);
  put (kept_file, "stays");
  hp_file_make_folder (inner, NULL);
  put (file, "x");
  g_assert_cmpint (symlink (kept, link), ==, 0);
  g_assert_cmpint (symlink (kept, outer_link), ==, 0);

  g_assert_true (hp_file_remove_tree (fixture->path, &error));
  g_assert_true (hp_file_remove_tree (outer_link, &error));
  g_assert_true (hp_file_remove_tree (fixture->path, &error));
  g_assert_no_error (error);
  assert_contents (kept_file, "stays");
  assert_entries (fixture->folder, 1);
}

static void
test_remove_tree_refuses (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (hp_file_remove_tree ("/proc/self/task", &error));
  g_assert_error (error, HP_ERROR, HP_ERROR_IO);
  g_assert_true (g_str_has_prefix (error->message, "/proc/self/task"));
}

/* ---- checksums: FIPS 180-2's examples */
static void
test_sha256 (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *empty = NULL;
  g_autofree char *abc = NULL;
  g_autofree char *million = NULL;
  g_autofree char *letters = g_strnfill (1000000, 'a');
  guint64 size;

  put (fixture->path, "");
  empty = hp_file_sha256 (fixture->path, &size, &error);
  g_assert_cmpstr (empty, ==, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  g_assert_cmpuint (size, ==, 0);
  put (fixture->path, "abc");
  abc = hp_file_sha256 (fixture->path, &size, &error);
  g_assert_cmpstr (abc, ==, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  g_assert_cmpuint (size, ==, 3);
  put (fixture->path, letters);
  million = hp_file_sha256 (fixture->path, NULL, &error);
  g_assert_cmpstr (million, ==, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
  g_assert_no_error (error);

  g_assert_null (hp_file_sha256 (fixture->folder, NULL, &error));
  g_assert_error (error, HP_ERROR, HP_ERROR_IO);
  g_clear_error (&error);
  g_unlink (fixture->path);
  g_assert_null (hp_file_sha256 (fixture->path, NULL, &error));
  g_assert_error (error, HP_ERROR, HP_ERROR_NOT_FOUND);
}

/* ---- locks */
static gboolean
is_locked (const char *path)
{
  int fd = open (path, O_RDWR | O_CLOEXEC), status = flock (fd, LOCK_EX | LOCK_NB), errsv = errno;

  close (fd);
  if (status < 0)
    g_assert_cmpint (errsv, ==, EWOULDBLOCK);
  return status < 0;
}

static void
test_lock (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (fixture->path, "no-folder", NULL);
  HpLock *lock = hp_lock_take (fixture->path, &error);

  g_assert_no_error (error);
  g_assert_true (is_locked (fixture->path));
  hp_lock_free (lock);
  g_assert_false (is_locked (fixture->path));
  g_unlink (fixture->path);

  g_assert_null (hp_lock_take (path, &error));
  g_assert_error (error, HP_ERROR, HP_ERROR_NOT_FOUND);
  hp_lock_free (NULL);
}

/* Processes that each add to a number in a file lose nothing, even when some of them die holding the lock. */
static void
test_lock_between_processes (Fixture *fixture, gconstpointer data)
{
  g_autofree char *counter = g_build_filename (fixture->folder, "counter", NULL);
  pid_t children[4];

  put (counter, "0");
  for (int i = 0; i < 4; i++)
    {
      children[i] = fork ();
      if (children[i] != 0)
        continue;
      for (int round = 0; round < 50; round++)
        {
          HpLock *lock = hp_lock_take (fixture->path, NULL);
          char number[16] = "";
          int fd = open (counter, O_RDWR), length;

          if (lock == NULL || read (fd, number, sizeof number - 1) < 1)
            _exit (1);
          length = g_snprintf (number, sizeof number, "%d", (int) g_ascii_strtoll (number, NULL, 10) + 1);
          if (pwrite (fd, number, length, 0) != length)
            _exit (1);
          close (fd);
          if (round < 49)
            hp_lock_free (lock);
        }
      _exit (0);
    }
  for (int i = 0; i < 4; i++)
    {
      int status;

      g_assert_cmpint (waitpid (children[i], &status, 0), ==, children[i]);
      g_assert_true (WIFEXITED (status) && WEXITSTATUS (status) == 0);
    }
  assert_contents (counter, "200");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function) g_test_add ("/file/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("read", test_read);
  ADD ("read/refuses", test_read_refuses);
  ADD ("read/standard-input", test_read_standard_input);
  ADD ("replace", test_replace);
  ADD ("replace/private", test_replace_private);
  ADD ("replace/relative", test_replace_relative);
  ADD ("replace/link", test_replace_link);
  ADD ("replace/refuses", test_replace_refuses);
  ADD ("replace/full", test_replace_full);
  ADD ("output", test_output);
  ADD ("output/dropped", test_output_dropped);
  ADD ("output/device-full", test_output_device_full);
  ADD ("output/standard", test_standard_output);
  ADD ("output/standard/fails", test_standard_output_fails);
  ADD ("output/standard/slow", test_standard_output_slow);
  ADD ("folders", test_folders);
  ADD ("remove-tree", test_remove_tree);
  ADD ("remove-tree/refuses", test_remove_tree_refuses);
  ADD ("sha256", test_sha256);
  ADD ("lock", test_lock);
  ADD ("lock/between-processes", test_lock_between_processes);

  return g_test_run ();
}
