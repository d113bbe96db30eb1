/* hp-term-log.c - a ring of lines
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hp-term-log.h"

#define MAX_LINES 200

struct _HpTermLog
{
  GMutex lock;
  GQueue lines; /* of char* */
};

static GLogWriterOutput
write_log (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer data)
{
  HpTermLog *log = data;

  /* Debugging output that nobody asked for is not kept either. What ends the program is to be seen after its end:
   * standard error is given back to the terminal then. */
  if ((level & (G_LOG_LEVEL_DEBUG | G_LOG_LEVEL_INFO)) != 0 && g_log_writer_default_would_drop (level, G_LOG_DOMAIN))
    return G_LOG_WRITER_HANDLED;
  if ((level & (G_LOG_FLAG_FATAL | G_LOG_LEVEL_ERROR)) != 0)
    return g_log_writer_standard_streams (level, fields, n_fields, NULL);
  g_mutex_lock (&log->lock);
  g_queue_push_tail (&log->lines, g_log_writer_format_fields (level, fields, n_fields, FALSE));
  if (log->lines.length > MAX_LINES)
    g_free (g_queue_pop_head (&log->lines));
  g_mutex_unlock (&log->lock);
  return G_LOG_WRITER_HANDLED;
}

/**
 * hp_term_log_start:
 *
 * Returns: (transfer none): the ring, which lasts as long as the program
 */
HpTermLog *
hp_term_log_start (void)
{
  HpTermLog *log = g_new0 (HpTermLog, 1);

  g_mutex_init (&log->lock);
  g_queue_init (&log->lines);
  g_log_set_writer_func (write_log, log, NULL);
  return log;
}

/**
 * hp_term_log_read:
 * @log: the ring
 *
 * Returns: (transfer full): what was noted, the oldest line first; "" if nothing was
 */
char *
hp_term_log_read (HpTermLog *log)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_mutex_lock (&log->lock);
  for (GList *line = log->lines.head; line != NULL; line = line->next)
    g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", (const char *) line->data);
  g_mutex_unlock (&log->lock);
  return g_string_free (g_steal_pointer (&text), FALSE);
}
