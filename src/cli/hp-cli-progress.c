/* hp-cli-progress.c - how far a long job is, on standard error
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "hp-cli.h"

struct _HpCliProgress
{
  HpProgressMode mode;
  gint64 shown; /* monotonic time of the last line, 0: nothing is on the screen */
};

/* A bar that changes faster than this is only harder to read. */
#define INTERVAL (G_USEC_PER_SEC / 10)

/**
 * hp_cli_progress_mode:
 * @cli: the context
 * @text: (nullable): what `--progress` was given; %NULL is "auto"
 * @mode: (out): what to show: a bar only on a terminal and not with `--quiet`
 * @error: return location for a #GError
 *
 * Returns: %TRUE, or %FALSE with %HP_ERROR_USAGE
 */
gboolean
hp_cli_progress_mode (HpCli *cli, const char *text, HpProgressMode *mode, GError **error)
{
  if (text == NULL || g_str_equal (text, "auto"))
    *mode = cli->stderr_is_terminal && !cli->globals.quiet ? HP_PROGRESS_BAR : HP_PROGRESS_NONE;
  else if (g_str_equal (text, "json"))
    *mode = HP_PROGRESS_JSON;
  else if (g_str_equal (text, "none"))
    *mode = HP_PROGRESS_NONE;
  else
    {
      hp_set_error (error, HP_ERROR_USAGE, NULL, _ ("--progress: “%s” is not one of auto, json, none"), text);
      return FALSE;
    }
  return TRUE;
}

/**
 * hp_cli_progress_new:
 * @mode: what to show
 *
 * Returns: (transfer full): a display that shows nothing yet
 */
HpCliProgress *
hp_cli_progress_new (HpProgressMode mode)
{
  HpCliProgress *progress = g_new0 (HpCliProgress, 1);

  progress->mode = mode;
  return progress;
}

static void
write_json (const char *stage, const char *detail, double fraction, double elapsed, double left)
{
  g_autoptr (HpJsonWriter) writer = hp_json_writer_new (FALSE);
  g_autofree char *line = NULL;
  gsize length;

  hp_json_writer_begin_object (writer);
  hp_json_writer_set_string (writer, "stage", stage);
  if (detail != NULL)
    hp_json_writer_set_string (writer, "family", detail);
  hp_json_writer_set_double (writer, "fraction", fraction);
  hp_json_writer_set_double (writer, "elapsed", elapsed);
  hp_json_writer_key (writer, "left");
  if (left >= 0)
    hp_json_writer_double (writer, left);
  else
    hp_json_writer_null (writer);
  hp_json_writer_end_object (writer);
  line = hp_json_writer_steal (writer, &length);
  fprintf (stderr, "%s\n", line);
  fflush (stderr);
}

static guint
terminal_columns (void)
{
  struct winsize size;

  return ioctl (STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

static void
write_bar (const char *stage, const char *detail, double fraction, double left)
{
  g_autoptr (GString) bar = g_string_new (NULL);
  g_autofree char *percent = hp_display_percent (fraction, 0);
  g_autofree char *duration = left >= 0 ? hp_display_duration (left) : NULL;
  g_autofree char *line = NULL, *shown = NULL;
  const guint width = 16;

  for (guint i = 0; i < width; i++)
    g_string_append_c (bar, i < (guint) (fraction * width + 0.5) ? '#' : '.');
  line = g_strdup_printf ("[%s] %5s  %s%s%s%s%s%s", bar->str, percent, stage, detail != NULL ? " " : "",
                          detail != NULL ? detail : "", duration != NULL ? ", " : "", duration != NULL ? duration : "",
                          duration != NULL ? _ (" left") : "");
  shown = g_utf8_substring (line, 0, MIN (g_utf8_strlen (line, -1), (glong) terminal_columns () - 1));
  fprintf (stderr, "\r\033[K%s", shown);
  fflush (stderr);
}

/**
 * hp_cli_progress_update:
 * @progress: the display
 * @stage: what is being done
 * @detail: (nullable): to what
 * @fraction: 0–1, of the whole
 * @elapsed: seconds since the start
 * @left: seconds to the end; below 0: not known
 */
void
hp_cli_progress_update (HpCliProgress *progress, const char *stage, const char *detail, double fraction, double elapsed,
                        double left)
{
  gint64 now = g_get_monotonic_time ();

  if (progress->mode == HP_PROGRESS_JSON)
    write_json (stage, detail, fraction, elapsed, left);
  else if (progress->mode == HP_PROGRESS_BAR && (progress->shown == 0 || now - progress->shown >= INTERVAL))
    {
      progress->shown = now;
      write_bar (stage, detail, CLAMP (fraction, 0, 1), left);
    }
}

/**
 * hp_cli_progress_clear:
 * @progress: the display
 *
 * Takes the bar off the screen, before a message or at the end.
 */
void
hp_cli_progress_clear (HpCliProgress *progress)
{
  if (progress->shown == 0)
    return;
  progress->shown = 0;
  fputs ("\r\033[K", stderr);
  fflush (stderr);
}

/**
 * hp_cli_progress_free:
 * @progress: (transfer full) (nullable): the display
 */
void
hp_cli_progress_free (HpCliProgress *progress)
{
  if (progress == NULL)
    return;
  hp_cli_progress_clear (progress);
  g_free (progress);
}
