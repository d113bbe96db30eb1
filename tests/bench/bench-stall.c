/* bench-stall.c - how long the desktop's main loop is ever away
 *
 * bench-stall REGISTRY SERVER-PROGRAM, on a display: opens the window and types into it while the server answers, dies,
 * comes back and falls silent, then goes through charts and comparisons. Between two polls the main loop dispatches;
 * the longest such time is how long a key press would wait. Frames that a software renderer draws are told apart: they
 * are not ours.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

#include "hp-window.h"

/* Between two key strokes: a fast typist */
#define KEY_MS 80
/* Between two charts: somebody who looks */
#define STUDY_MS 300
#define PHASE_MS 6000

static gint64 woken, painting, painted, longest, longest_alone;
static guint n_dispatches, key;

static int
poll_cb (GPollFD *fds, guint n, int timeout)
{
  gint64 now = g_get_monotonic_time ();
  int result;

  if (woken != 0)
    {
      longest = MAX (longest, now - woken);
      longest_alone = MAX (longest_alone, now - woken - painted);
      n_dispatches++;
    }
  result = g_poll (fds, n, timeout);
  painted = 0;
  woken = g_get_monotonic_time ();
  return result;
}

static void
before_paint_cb (void)
{
  painting = g_get_monotonic_time ();
}

static void
after_paint_cb (void)
{
  painted += g_get_monotonic_time () - painting;
}

static gboolean
type_cb (gpointer data)
{
  HpWindow *window = data;
  HpForm *form = hp_workbench_get_form (hp_window_get_workbench (window));
  HpFormView *view = hp_value_view_get_form_view (hp_window_get_value_view (window));
  HpFieldRow *row;
  g_autofree char *text = g_strdup_printf ("%u", 1000 + key++ % 900);

  if (hp_form_get_n_fields (form) == 0)
    return G_SOURCE_CONTINUE;
  row = hp_form_view_get_row (view, hp_form_get_attribute (form, 0)->name);
  gtk_editable_set_text (GTK_EDITABLE (hp_field_row_get_editor (row)), text);
  return G_SOURCE_CONTINUE;
}

/* Another chart, another segment, another sale */
static gboolean
study_cb (gpointer data)
{
  static const char *const kinds[]
    = { "residuals-fitted", "actual-predicted", "qq", "histogram", "scale-location", "ratio-decile", "map" };
  HpResidualsView *view = hp_window_get_residuals_view (data);
  HpStudyControls *controls = hp_residuals_view_get_controls (view);
  HpDataTable *table = hp_study_pane_get_table (hp_residuals_view_get_pane (view));

  hp_study_controls_set_kind (controls, kinds[key % G_N_ELEMENTS (kinds)]);
  if (key % 5 == 0)
    hp_study_controls_set_segment (controls, key % 2 == 0 ? "price_decile" : NULL, NULL);
  if (hp_data_table_get_n_rows (table) > 0)
    hp_data_table_select (table, (int) (key * 7919 % hp_data_table_get_n_rows (table)));
  key++;
  return G_SOURCE_CONTINUE;
}

static gboolean
compare_cb (gpointer data)
{
  HpVersionPicker *picker = hp_compare_view_get_picker (hp_window_get_compare_view (data));

  hp_version_picker_choose (picker, 1, key % 2 == 0);
  key++;
  return G_SOURCE_CONTINUE;
}

static gboolean
over_cb (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_REMOVE;
}

static void
phase (const char *name)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);

  woken = longest = longest_alone = n_dispatches = 0;
  g_timeout_add (PHASE_MS, over_cb, loop);
  g_main_loop_run (loop);
  printf ("| %s | %u | %.1f | %.1f |\n", name, n_dispatches, longest / 1000.0, longest_alone / 1000.0);
  fflush (stdout);
}

static HpWindow *
open_window (const char *registry, const char *server)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HpWorkbench) workbench = hp_workbench_new (registry, NULL, server, &error);
  GtkWidget *window;
  GdkFrameClock *clock;

  if (workbench == NULL)
    g_error ("%s", error->message);
  window = hp_window_new (NULL, workbench, NULL);
  gtk_window_present (GTK_WINDOW (window));
  clock = gtk_widget_get_frame_clock (window);
  g_signal_connect (clock, "before-paint", G_CALLBACK (before_paint_cb), NULL);
  g_signal_connect (clock, "after-paint", G_CALLBACK (after_paint_cb), NULL);
  return HP_WINDOW (window);
}

static GSubprocess *
start_server (const char *program, const char *registry, const char *port)
{
  g_autoptr (GError) error = NULL;
  GSubprocess *server = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error,
                                          program, "--registry", registry, "--port", port, NULL);

  if (server == NULL)
    g_error ("%s", error->message);
  return server;
}

static void
kill_server (GSubprocess *server)
{
  g_subprocess_force_exit (server);
  g_object_unref (server);
}

int
main (int argc, char **argv)
{
  g_autoptr (GSocketListener) silent = g_socket_listener_new ();
  g_autofree char *port = NULL;
  g_autofree char *url = NULL;
  GSubprocess *server;
  HpWindow *window;
  guint16 number;
  guint typing;

  if (argc != 3)
    return fprintf (stderr, "usage: bench-stall REGISTRY SERVER-PROGRAM\n"), 2;
  setlocale (LC_ALL, "");
  adw_init ();
  g_main_context_set_poll_func (NULL, poll_cb);
  number = g_socket_listener_add_any_inet_port (silent, NULL, NULL);
  g_socket_listener_close (silent);
  port = g_strdup_printf ("%u", number);
  url = g_strdup_printf ("http://127.0.0.1:%u", number);
  printf ("| phase | dispatches | longest, ms | without frames, ms |\n|---|---|---|---|\n");

  server = start_server (argv[2], argv[1], port);
  window = open_window (argv[1], url);
  phase ("the window opens");
  typing = g_timeout_add (KEY_MS, type_cb, window);
  phase ("typing, the server answers");
  kill_server (server);
  phase ("typing, the server dies");
  server = start_server (argv[2], argv[1], port);
  phase ("typing, the server returns");
  kill_server (server);
  g_source_remove (typing);
  gtk_window_destroy (GTK_WINDOW (window));

  /* Connections are accepted by the kernel, and that is all */
  {
    g_autoptr (GSocketListener) hole = g_socket_listener_new ();
    g_autofree char *nowhere
      = g_strdup_printf ("http://127.0.0.1:%u", g_socket_listener_add_any_inet_port (hole, NULL, NULL));

    window = open_window (argv[1], nowhere);
    typing = g_timeout_add (KEY_MS, type_cb, window);
    phase ("typing, the server is silent");
    g_source_remove (typing);
    gtk_window_destroy (GTK_WINDOW (window));
  }
  window = open_window (argv[1], NULL);
  typing = g_timeout_add (KEY_MS, type_cb, window);
  phase ("typing, no server");
  g_source_remove (typing);
  hp_window_show_page (window, "residuals");
  phase ("the residuals open");
  typing = g_timeout_add (STUDY_MS, study_cb, window);
  phase ("one chart after another");
  g_source_remove (typing);
  hp_window_show_page (window, "compare");
  phase ("a comparison opens");
  typing = g_timeout_add (3 * STUDY_MS, compare_cb, window);
  phase ("one comparison after another");
  g_source_remove (typing);
  gtk_window_destroy (GTK_WINDOW (window));
  return 0;
}
