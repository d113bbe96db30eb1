/* hp-compare-report.c - a comparison as a report: HTML, PDF or Markdown
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hp-compare-report.h"
#include "hp-export.h"
#include "hp-report-contents.h"
#include "hp-toast.h"

typedef struct
{
  HpCompareStudy *study;
  HpRegistry *registry;
  GFile *file; /* (nullable) while it is asked for */
} Job;

static Job *
job_new (HpCompareStudy *study, HpRegistry *registry, GFile *file)
{
  Job *job = g_new (Job, 1);

  *job = (Job){ hp_compare_study_ref (study), g_object_ref (registry), file != NULL ? g_object_ref (file) : NULL };
  return job;
}

static void
job_free (gpointer data)
{
  Job *job = data;

  hp_compare_study_unref (job->study);
  g_object_unref (job->registry);
  g_clear_object (&job->file);
  g_free (job);
}

static GBytes *
take_text (char *text)
{
  return text != NULL ? g_bytes_new_take (text, strlen (text)) : NULL;
}

static GBytes *
make_bytes (const Job *job, GError **error)
{
  const HpStudyComparison *compared = job->study->compared;
  HpReportOptions options = { .made = g_get_real_time () / G_USEC_PER_SEC };
  g_autofree char *name = g_file_get_basename (job->file);
  g_autoptr (HpReport) report
    = hp_report_new_comparison (compared->comparison, hp_registry_get_name (job->registry), compared->schema, &options);

  if (g_str_has_suffix (name, ".pdf"))
    return hp_report_to_pdf (report, HP_PAPER_LOCALE, error);
  if (g_str_has_suffix (name, ".md"))
    return take_text (hp_report_to_markdown (report, NULL));
  return take_text (hp_report_to_html (report, HP_PAPER_LOCALE, error));
}

static void
work (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const Job *job = task_data;
  GError *error = NULL;
  g_autoptr (GBytes) bytes = make_bytes (job, &error);

  if (bytes != NULL && hp_export_replace (job->file, bytes, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * hp_compare_report_async:
 * @study: a comparison
 * @registry: where its versions are
 * @file: where to: "….pdf", "….md", else HTML
 * @cancellable: (nullable): to give up
 * @callback: called when it is there, or is not
 * @data: for @callback
 */
void
hp_compare_report_async (HpCompareStudy *study, HpRegistry *registry, GFile *file, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, data);

  g_task_set_source_tag (task, hp_compare_report_async);
  g_task_set_task_data (task, job_new (study, registry, file), job_free);
  g_task_run_in_thread (task, work);
}

/**
 * hp_compare_report_finish:
 * @result: what the callback was given
 * @error: return location for a #GError
 *
 * Returns: whether the file is there
 */
gboolean
hp_compare_report_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) parent = data;
  g_autoptr (GError) error = NULL;

  if (hp_compare_report_finish (result, &error))
    hp_toast_show (parent, _ ("Report written"));
  else
    hp_export_tell_failure (parent, error);
}

static void
response_cb (GtkNativeDialog *dialog, int response, gpointer data)
{
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  GtkWidget *parent = g_object_get_data (G_OBJECT (dialog), "parent");
  const Job *job = data;

  if (response == GTK_RESPONSE_ACCEPT && file != NULL)
    hp_compare_report_async (job->study, job->registry, file, NULL, written_cb, g_object_ref (parent));
  g_object_unref (dialog);
}

/**
 * hp_compare_report_ask:
 * @parent: a widget of the window that asks
 * @study: a comparison
 * @registry: where its versions are
 */
void
hp_compare_report_ask (GtkWidget *parent, HpCompareStudy *study, HpRegistry *registry)
{
  static const struct
  {
    const char *name, *suffix;
  } formats[] = { { N_ ("Web page (HTML)"), "html" }, { N_ ("PDF document"), "pdf" }, { N_ ("Markdown"), "md" } };
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_ancestor (parent, GTK_TYPE_WINDOW));
  GtkFileChooserNative *dialog
    = gtk_file_chooser_native_new (_ ("Write Report"), window, GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Write"), NULL);
  Job *job = job_new (study, registry, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

      gtk_file_filter_set_name (filter, _ (formats[i].name));
      gtk_file_filter_add_suffix (filter, formats[i].suffix);
      gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), filter);
    }
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), "comparison.html");
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_object_set_data_full (G_OBJECT (dialog), "parent", g_object_ref (parent), g_object_unref);
  g_object_set_data_full (G_OBJECT (dialog), "job", job, job_free);
  g_signal_connect (dialog, "response", G_CALLBACK (response_cb), job);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}
