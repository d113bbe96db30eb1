/* hp-chart-export.c - a chart as a file, or as a picture on the clipboard
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "hp-chart-export.h"
#include "hp-export.h"
#include "hp-plot.h"
#include "hp-toast.h"

/* In points: what fits the width of a page, and of a screen */
#define WIDTH  800.0
#define HEIGHT 500.0
#define SCALE  2.0

typedef struct
{
  HpSharedChart *chart;
  GFile *file; /* (nullable) */
  char *format;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  hp_shared_chart_unref (job->chart);
  g_clear_object (&job->file);
  g_free (job->format);
  g_free (job);
}

static void
start (HpSharedChart *chart, GFile *file, const char *format, GTask *task, GTaskThreadFunc work)
{
  Job *job = g_new0 (Job, 1);

  job->chart = hp_shared_chart_ref (chart);
  job->file = file != NULL ? g_object_ref (file) : NULL;
  job->format = g_strdup (format);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, work);
}

static GBytes *
make_bytes (const Job *job, GError **error)
{
  const HpChart *chart = job->chart->chart;

  if (g_str_equal (job->format, "svg"))
    return hp_plot_to_svg (chart, WIDTH, HEIGHT, HP_PALETTE_LIGHT, error);
  if (g_str_equal (job->format, "pdf"))
    return hp_plot_to_pdf (chart, WIDTH, HEIGHT, HP_PALETTE_LIGHT, error);
  return hp_plot_to_png (chart, WIDTH, HEIGHT, SCALE, HP_PALETTE_LIGHT, error);
}

static void
export_work (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const Job *job = task_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = make_bytes (job, &error);

  if (bytes != NULL && hp_export_replace (job->file, bytes, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * hp_chart_export_async:
 * @chart: a chart
 * @file: where to
 * @format: "svg", "png" or "pdf"
 * @cancellable: (nullable): to give up
 * @callback: called when it is there, or is not
 * @data: for @callback
 */
void
hp_chart_export_async (HpSharedChart *chart, GFile *file, const char *format, GCancellable *cancellable,
                       GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, data);

  g_task_set_source_tag (task, hp_chart_export_async);
  start (chart, file, format, task, export_work);
}

/**
 * hp_chart_export_finish:
 * @result: what the callback was given
 * @error: return location for a #GError
 *
 * Returns: whether the file is there
 */
gboolean
hp_chart_export_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
texture_work (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = make_bytes (task_data, &error);
  GdkTexture *texture = bytes != NULL ? gdk_texture_new_from_bytes (bytes, &error) : NULL;

  if (texture != NULL)
    g_task_return_pointer (task, texture, g_object_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * hp_chart_texture_async:
 * @chart: a chart
 * @cancellable: (nullable): to give up
 * @callback: called when it is drawn
 * @data: for @callback
 */
void
hp_chart_texture_async (HpSharedChart *chart, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, data);

  g_task_set_source_tag (task, hp_chart_texture_async);
  start (chart, NULL, "png", task, texture_work);
}

/**
 * hp_chart_texture_finish:
 * @result: what the callback was given
 * @error: return location for a #GError
 *
 * Returns: (transfer full) (nullable): the picture
 */
GdkTexture *
hp_chart_texture_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
exported_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) parent = data;
  g_autoptr (GError) error = NULL;

  if (hp_chart_export_finish (result, &error))
    hp_toast_show (parent, _ ("Chart exported"));
  else
    hp_export_tell_failure (parent, error);
}

typedef struct
{
  GtkWidget *parent;
  HpSharedChart *chart;
  char *format;
} Question;

static void
response_cb (GtkNativeDialog *dialog, int response, gpointer data)
{
  Question *question = data;
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));

  if (response == GTK_RESPONSE_ACCEPT && file != NULL)
    hp_chart_export_async (question->chart, file, question->format, NULL, exported_cb, g_object_ref (question->parent));
  hp_shared_chart_unref (question->chart);
  g_object_unref (question->parent);
  g_free (question->format);
  g_free (question);
  g_object_unref (dialog);
}

/**
 * hp_chart_export_ask:
 * @parent: a widget of the window that asks
 * @chart: a chart
 * @format: "svg", "png" or "pdf"
 */
void
hp_chart_export_ask (GtkWidget *parent, HpSharedChart *chart, const char *format)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_ancestor (parent, GTK_TYPE_WINDOW));
  GtkFileChooserNative *dialog
    = gtk_file_chooser_native_new (_ ("Export Chart"), window, GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Export"), NULL);
  g_autofree char *name = g_strdup_printf ("%s.%s", chart->chart->kind, format);
  Question *question = g_new (Question, 1);

  *question = (Question){ g_object_ref (parent), hp_shared_chart_ref (chart), g_strdup (format) };
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect (dialog, "response", G_CALLBACK (response_cb), question);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
copied_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) parent = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture = hp_chart_texture_finish (result, &error);

  if (texture == NULL)
    hp_export_tell_failure (parent, error);
  else
    {
      gdk_clipboard_set_texture (gtk_widget_get_clipboard (parent), texture);
      hp_toast_show (parent, _ ("Chart copied"));
    }
}

/**
 * hp_chart_copy:
 * @parent: a widget of the window that tells of it
 * @chart: a chart
 *
 * Puts it on the clipboard as a picture.
 */
void
hp_chart_copy (GtkWidget *parent, HpSharedChart *chart)
{
  hp_chart_texture_async (chart, NULL, copied_cb, g_object_ref (parent));
}
