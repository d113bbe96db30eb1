/* hp-server-log.c - the log: one JSON object a line
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <errno.h>
#include <time.h>
#include <unistd.h>

#include "hp-server-log.h"

/* What may wait for a reader */
#define MAX_WAITING (1024 * 1024)
/* How long the end waits for it */
#define LAST_WAIT (2 * G_TIME_SPAN_SECOND)

struct _HpServerLog
{
  gatomicrefcount ref_count; /* the owner and the writing thread */
  int fd;
  GMutex mutex;
  GCond changed;
  GString *waiting;
  guint64 dropped;
  gboolean ended;
  gboolean written; /* all that was waiting when it ended */
};

static void
unref (HpServerLog *log)
{
  if (!g_atomic_ref_count_dec (&log->ref_count))
    return;
  g_string_free (log->waiting, TRUE);
  g_mutex_clear (&log->mutex);
  g_cond_clear (&log->changed);
  g_free (log);
}

/* What can't be written is lost: there is nowhere to say so. */
static void
write_all (int fd, const char *text, gsize length)
{
  while (length > 0)
    {
      gssize n = write (fd, text, length);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return;
      text += n;
      length -= n;
    }
}

static gpointer
write_lines (gpointer data)
{
  HpServerLog *log = data;
  GString *lines = g_string_new (NULL);

  g_mutex_lock (&log->mutex);
  for (;;)
    {
      GString *taken = log->waiting;

      if (taken->len == 0 && log->ended)
        break;
      if (taken->len == 0)
        {
          g_cond_wait (&log->changed, &log->mutex);
          continue;
        }
      log->waiting = lines;
      lines = taken;
      g_mutex_unlock (&log->mutex);
      write_all (log->fd, lines->str, lines->len);
      g_string_truncate (lines, 0);
      g_mutex_lock (&log->mutex);
    }
  log->written = TRUE;
  g_cond_broadcast (&log->changed);
  g_mutex_unlock (&log->mutex);
  g_string_free (lines, TRUE);
  unref (log);
  return NULL;
}

/**
 * hp_server_log_new:
 * @fd: where to write; it stays open
 *
 * Returns: (transfer full): a log
 */
HpServerLog *
hp_server_log_new (int fd)
{
  HpServerLog *log = g_new0 (HpServerLog, 1);

  g_atomic_ref_count_init (&log->ref_count);
  log->fd = fd;
  g_mutex_init (&log->mutex);
  g_cond_init (&log->changed);
  log->waiting = g_string_new (NULL);
  g_atomic_ref_count_inc (&log->ref_count);
  g_thread_unref (g_thread_new ("log", write_lines, log));
  return log;
}

/**
 * hp_server_log_free:
 * @log: (transfer full) (nullable): a log
 *
 * Waits a moment for what is still to be written; a reader that stands still is left alone.
 */
void
hp_server_log_free (HpServerLog *log)
{
  gint64 until = g_get_monotonic_time () + LAST_WAIT;

  if (log == NULL)
    return;
  g_mutex_lock (&log->mutex);
  log->ended = TRUE;
  g_cond_broadcast (&log->changed);
  while (!log->written && g_cond_wait_until (&log->changed, &log->mutex, until))
    ;
  g_mutex_unlock (&log->mutex);
  unref (log);
}

/**
 * hp_server_format_time:
 * @buffer: (out caller-allocates): room for the text
 * @microseconds: since 1970, in UTC
 * @with_milliseconds: whether to write them
 *
 * Returns: the length of the time as ISO 8601 has it
 */
gsize
hp_server_format_time (char buffer[HP_SERVER_TIME_BUFFER], gint64 microseconds, gboolean with_milliseconds)
{
  time_t seconds = microseconds / G_USEC_PER_SEC;
  struct tm parts;
  gsize n;

  gmtime_r (&seconds, &parts);
  n = strftime (buffer, HP_SERVER_TIME_BUFFER, "%Y-%m-%dT%H:%M:%S", &parts);
  if (with_milliseconds)
    n += g_snprintf (buffer + n, HP_SERVER_TIME_BUFFER - n, ".%03d", (int) (microseconds % G_USEC_PER_SEC / 1000));
  buffer[n++] = 'Z';
  buffer[n] = '\0';
  return n;
}

/**
 * hp_server_log_begin:
 * @level: `info`, `warning` or `error`
 * @message: what happened
 *
 * Returns: (transfer full): a line to which members may be added
 */
HpJsonWriter *
hp_server_log_begin (const char *level, const char *message)
{
  HpJsonWriter *line = hp_json_writer_new (FALSE);
  char time[HP_SERVER_TIME_BUFFER];

  hp_server_format_time (time, g_get_real_time (), TRUE);
  hp_json_writer_begin_object (line);
  hp_json_writer_set_string (line, "ts", time);
  hp_json_writer_set_string (line, "level", level);
  hp_json_writer_set_string (line, "msg", message);
  return line;
}

/**
 * hp_server_log_end:
 * @log: a log
 * @line: (transfer full): what hp_server_log_begin() began
 */
void
hp_server_log_end (HpServerLog *log, HpJsonWriter *line)
{
  g_autofree char *text = NULL;
  gsize length;

  hp_json_writer_end_object (line);
  text = hp_json_writer_steal (line, &length);
  hp_json_writer_free (line);

  g_mutex_lock (&log->mutex);
  if (log->waiting->len + length > MAX_WAITING)
    log->dropped++;
  else
    {
      if (log->dropped > 0)
        g_string_append_printf (log->waiting,
                                "{\"level\":\"warning\",\"msg\":\"lines dropped\",\"n\":%" G_GUINT64_FORMAT "}\n",
                                log->dropped);
      log->dropped = 0;
      g_string_append_len (log->waiting, text, length);
      g_string_append_c (log->waiting, '\n');
      g_cond_signal (&log->changed);
    }
  g_mutex_unlock (&log->mutex);
}

/**
 * hp_server_log_text:
 * @log: a log
 * @level: `info`, `warning` or `error`
 * @message: what happened
 * @key: a member's name
 * @text: (nullable): its text
 */
void
hp_server_log_text (HpServerLog *log, const char *level, const char *message, const char *key, const char *text)
{
  HpJsonWriter *line = hp_server_log_begin (level, message);

  if (text != NULL)
    hp_json_writer_set_string (line, key, text);
  hp_server_log_end (log, line);
}
