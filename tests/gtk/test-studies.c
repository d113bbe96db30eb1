/* test-studies.c - the Residuals and the Compare view in their window
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <locale.h>
#include <string.h>

#include "gtk-support.h"
#include "gtk-train.h"
#include "hp-compare-report.h"
#include "hp-file.h"
#include "hp-settings.h"
#include "hp-window.h"

static char *folder; /* of all that follows */
static char *two;    /* a registry with two versions */
static char *one;    /* … with one */
static char *empty;  /* … with none */

static HpWindow *
open_window (const char *registry, const char *page, int width, GSettings *settings)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HpWorkbench) workbench = hp_workbench_new (registry, NULL, NULL, &error);
  GtkWidget *window;

  g_assert_no_error (error);
  window = hp_window_new (NULL, workbench, settings);
  gtk_window_set_default_size (GTK_WINDOW (window), width, 700);
  if (page != NULL)
    hp_window_show_page (HP_WINDOW (window), page);
  gtk_window_present (GTK_WINDOW (window));
  return HP_WINDOW (window);
}

/* Closes it, and checks that nothing keeps it or its views */
static void
close_window (HpWindow *window)
{
  gpointer kept[] = { window, hp_window_get_residuals_view (window), hp_window_get_compare_view (window) };

  for (gsize i = 0; i < G_N_ELEMENTS (kept); i++)
    g_object_add_weak_pointer (kept[i], &kept[i]);
  gtk_window_close (GTK_WINDOW (window));
  gtk_support_settle ();
  for (gsize i = 0; i < G_N_ELEMENTS (kept); i++)
    g_assert_null (kept[i]);
}

static HpResidualsView *
residuals_of (HpWindow *window)
{
  return hp_window_get_residuals_view (window);
}

static HpStudyControls *
controls_of (HpWindow *window)
{
  return hp_residuals_view_get_controls (residuals_of (window));
}

static HpDataTable *
table_of (HpWindow *window)
{
  return hp_study_pane_get_table (hp_residuals_view_get_pane (residuals_of (window)));
}

static HpChartArea *
area_of (HpWindow *window)
{
  return hp_chart_view_get_area (hp_study_pane_get_chart (hp_residuals_view_get_pane (residuals_of (window))));
}

static const char *
kind_of (HpWindow *window)
{
  return hp_chart_area_get_chart (area_of (window))->chart->kind;
}

static gboolean
is_ready (gpointer window)
{
  return hp_workbench_get_state (hp_window_get_workbench (window)) == HP_WORKBENCH_READY;
}

static gboolean
shows_study (gpointer window)
{
  return g_str_equal (hp_residuals_view_get_page (residuals_of (window)), "study")
         && hp_residuals_view_is_settled (residuals_of (window));
}

static gboolean
shows_comparison (gpointer window)
{
  HpCompareView *view = hp_window_get_compare_view (window);

  return g_str_equal (hp_compare_view_get_page (view), "comparison") && hp_compare_view_is_settled (view);
}

static void
test_pages (void)
{
  g_autoptr (GSettings) settings = hp_settings_new ();
  HpWindow *window = open_window (two, NULL, 900, settings);

  g_assert_cmpstr (hp_window_get_page (window), ==, "value");
  gtk_widget_activate_action (GTK_WIDGET (window), "win.show-page", "s", "compare");
  g_assert_cmpstr (hp_window_get_page (window), ==, "compare");
  gtk_widget_activate_action (GTK_WIDGET (window), "win.show-page", "s", "no such page");
  g_assert_cmpstr (hp_window_get_page (window), ==, "compare");
  gtk_widget_activate_action (GTK_WIDGET (window), "win.show-page", "s", "residuals");
  close_window (window);
  /* comes back where it was */
  window = open_window (two, NULL, 900, settings);
  g_assert_cmpstr (hp_window_get_page (window), ==, "residuals");
  g_settings_reset (settings, "window-page");
  close_window (window);
}

static guint
n_columns (HpWindow *window)
{
  GtkWidget *view = gtk_support_find (GTK_WIDGET (table_of (window)), GTK_TYPE_COLUMN_VIEW);

  return g_list_model_get_n_items (gtk_column_view_get_columns (GTK_COLUMN_VIEW (view)));
}

static void
test_choices (void)
{
  HpWindow *window = open_window (two, "residuals", 900, NULL);
  guint n, columns;

  gtk_support_wait (shows_study, window);
  g_assert_cmpstr (kind_of (window), ==, "residuals-fitted");
  n = hp_data_table_get_n_rows (table_of (window));
  columns = n_columns (window);
  g_assert_cmpuint (n, >, 100);
  hp_study_controls_set_kind (controls_of (window), "actual-predicted");
  gtk_support_wait (shows_study, window);
  g_assert_cmpstr (kind_of (window), ==, "actual-predicted");
  hp_study_controls_set_kind (controls_of (window), "residuals-sqft");
  gtk_support_wait (shows_study, window);
  g_assert_cmpstr (kind_of (window), ==, "residuals-sqft");
  /* another version: predicted price and residual of both */
  hp_version_picker_choose (hp_study_controls_get_picker (controls_of (window)), 1, TRUE);
  hp_version_picker_choose (hp_study_controls_get_picker (controls_of (window)), 2, TRUE);
  gtk_support_wait (shows_study, window);
  g_assert_cmpuint (n_columns (window), ==, columns + 2);
  g_assert_cmpstr (kind_of (window), ==, "residuals-sqft");
  close_window (window);
}

/* Charts of the model itself; what a version lacks is said in the chart's place, with how to get it */
static void
test_model_charts (void)
{
  static const struct
  {
    const char *kind;
    gboolean there;
  } cases[]
    = { { "leverage", TRUE }, { "importance", TRUE }, { "dependence-sqft", TRUE }, { "learning-curve", FALSE } };
  HpWindow *window = open_window (one, "residuals", 900, NULL);

  gtk_support_wait (shows_study, window);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const HpChart *chart;

      hp_study_controls_set_kind (controls_of (window), cases[i].kind);
      gtk_support_wait (shows_study, window);
      chart = hp_chart_area_get_chart (area_of (window))->chart;
      g_assert_cmpstr (chart->kind, ==, cases[i].kind);
      g_test_message ("%s: %s", chart->kind, chart->empty != NULL ? chart->empty : chart->summary);
      g_assert_true ((chart->empty == NULL) == cases[i].there);
    }
  close_window (window);
}

static void
test_segment (void)
{
  HpWindow *window = open_window (one, "residuals", 900, NULL);
  guint n, n_kept;

  gtk_support_wait (shows_study, window);
  n = hp_data_table_get_n_rows (table_of (window));
  hp_study_controls_set_segment (controls_of (window), "location", NULL);
  gtk_support_wait (shows_study, window);
  g_assert_cmpuint (hp_data_table_get_n_rows (table_of (window)), ==, n);
  hp_study_controls_set_segment (controls_of (window), "location", "North Ames");
  gtk_support_wait (shows_study, window);
  n_kept = hp_data_table_get_n_rows (table_of (window));
  g_assert_cmpuint (n_kept, >, 0);
  g_assert_cmpuint (n_kept, <, n);
  hp_study_controls_set_segment (controls_of (window), NULL, NULL);
  gtk_support_wait (shows_study, window);
  g_assert_cmpuint (hp_data_table_get_n_rows (table_of (window)), ==, n);
  close_window (window);
}

static gboolean
is_house (gpointer window)
{
  return g_str_equal (hp_window_get_page (window), "value");
}

static const char *
field_of (HpWindow *window, const char *name)
{
  HpForm *form = hp_workbench_get_form (hp_window_get_workbench (window));

  for (guint i = 0; i < hp_form_get_n_fields (form); i++)
    if (g_str_equal (hp_form_get_attribute (form, i)->name, name))
      return hp_form_get_text (form, i);
  g_assert_not_reached ();
}

/* The text of the selected row in a column */
static char *
selected_cell (HpWindow *window, const char *title)
{
  g_autofree char *text = hp_data_table_to_tsv (table_of (window), TRUE);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_auto (GStrv) titles = g_strsplit (lines[0], "\t", -1), cells = g_strsplit (lines[1], "\t", -1);

  g_assert_cmpstr (lines[2], ==, "");
  for (guint i = 0; titles[i] != NULL; i++)
    if (g_str_equal (titles[i], title))
      return g_strdup (cells[i]);
  g_assert_not_reached ();
}

/* In both directions, over a change of the chart, and on to the form */
static void
test_selection (void)
{
  HpWindow *window = open_window (two, "residuals", 900, NULL);
  g_autofree char *row = NULL, *area = NULL, *place = NULL, *before = NULL;
  guint64 selected;

  gtk_support_wait (shows_study, window);
  gtk_support_wait (is_ready, window);
  hp_data_table_select (table_of (window), 3);
  row = selected_cell (window, "Sale");
  selected = hp_chart_area_get_selected (area_of (window));
  g_assert_cmpuint (selected, ==, g_ascii_strtoull (row, NULL, 10));
  g_assert_nonnull (strstr (hp_chart_area_get_tip (area_of (window)), "predicted"));
  hp_chart_area_select (area_of (window), 0);
  g_assert_cmpint (hp_data_table_get_selected (table_of (window)), ==, -1);
  hp_chart_area_select (area_of (window), selected);
  g_assert_cmpint (hp_data_table_get_selected (table_of (window)), ==, 3);
  hp_study_controls_set_kind (controls_of (window), "actual-predicted");
  gtk_support_wait (shows_study, window);
  g_assert_cmpuint (hp_chart_area_get_selected (area_of (window)), ==, selected);
  g_assert_cmpint (hp_data_table_get_selected (table_of (window)), ==, 3);

  area = selected_cell (window, "Living area");
  place = selected_cell (window, "Location");
  before = g_strdup (field_of (window, "sqft"));
  g_signal_emit_by_name (table_of (window), "activated", 3);
  g_assert_true (is_house (window));
  g_assert_cmpstr (field_of (window, "sqft"), ==, area);
  g_assert_cmpstr (field_of (window, "location"), ==, place);
  gtk_support_press (GTK_WIDGET (window), "Undo");
  g_assert_cmpstr (field_of (window, "sqft"), ==, before);
  close_window (window);
}

static gboolean
has_problem (gpointer window)
{
  return hp_residuals_view_get_problem (residuals_of (window)) != NULL;
}

static void
test_csv (void)
{
  HpWindow *window = open_window (one, "residuals", 900, NULL);
  g_autofree char *good = g_build_filename (folder, "good.csv", NULL),
                  *bad = g_build_filename (folder, "bad.csv", NULL);
  guint n;

  gtk_train_sales (good, 50);
  g_assert_true (g_file_set_contents (bad, "sqft,price\nmany,1\n", -1, NULL));
  gtk_support_wait (shows_study, window);
  n = hp_data_table_get_n_rows (table_of (window));
  hp_study_controls_set_path (controls_of (window), good);
  gtk_support_wait (shows_study, window);
  g_assert_null (hp_residuals_view_get_problem (residuals_of (window)));
  g_assert_cmpuint (hp_data_table_get_n_rows (table_of (window)), <, n);
  /* told, and back to what can be shown */
  hp_study_controls_set_path (controls_of (window), bad);
  gtk_support_wait (has_problem, window);
  g_assert_nonnull (strstr (hp_residuals_view_get_problem (residuals_of (window)), "bad.csv"));
  gtk_support_wait (shows_study, window);
  g_assert_cmpuint (hp_data_table_get_n_rows (table_of (window)), ==, n);
  /* gone with the next choice */
  hp_study_controls_set_kind (controls_of (window), "actual-predicted");
  g_assert_null (hp_residuals_view_get_problem (residuals_of (window)));
  gtk_support_wait (shows_study, window);
  close_window (window);
}

/* Newest wins: nothing of the choices in between is shown */
static void
test_newest (void)
{
  static const char *const kinds[]
    = { "actual-predicted", "residuals-sqft", "residuals-year_built", "residuals-fitted", "residuals-location" };
  HpWindow *window = open_window (one, "residuals", 900, NULL);

  gtk_support_wait (shows_study, window);
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    hp_study_controls_set_kind (controls_of (window), kinds[i]);
  gtk_support_wait (shows_study, window);
  g_assert_cmpstr (kind_of (window), ==, "residuals-location");
  hp_study_controls_set_kind (controls_of (window), "actual-predicted");
  gtk_widget_activate_action (GTK_WIDGET (residuals_of (window)), "residuals.cancel", NULL);
  gtk_support_settle ();
  g_assert_cmpstr (kind_of (window), ==, "residuals-location");
  close_window (window);
}

static gboolean
is_without_versions (gpointer window)
{
  return g_str_equal (hp_residuals_view_get_page (residuals_of (window)), "no-versions");
}

static gboolean
has_too_few (gpointer window)
{
  return g_str_equal (hp_compare_view_get_page (hp_window_get_compare_view (window)), "too-few");
}

static void
test_empty (void)
{
  HpWindow *window = open_window (empty, "residuals", 900, NULL);

  gtk_support_wait (is_without_versions, window);
  gtk_support_press (GTK_WIDGET (residuals_of (window)), "Go to Value");
  g_assert_cmpstr (hp_window_get_page (window), ==, "value");
  hp_window_show_page (window, "compare");
  gtk_support_wait (has_too_few, window);
  close_window (window);
  window = open_window (one, "compare", 900, NULL);
  gtk_support_wait (has_too_few, window);
  close_window (window);
}

/* A version that is trained while the view is open is there the next time that it is looked at */
static void
test_new_version (void)
{
  g_autofree char *registry = g_build_filename (folder, "growing", NULL);
  HpWindow *window;

  gtk_train (registry, "linear");
  window = open_window (registry, "compare", 900, NULL);
  gtk_support_wait (has_too_few, window);
  gtk_train (registry, "linear");
  hp_workbench_reload (hp_window_get_workbench (window));
  gtk_support_wait (shows_comparison, window);
  close_window (window);
}

static void
test_compare (void)
{
  HpWindow *window = open_window (two, "compare", 900, NULL);
  HpCompareView *view = hp_window_get_compare_view (window);
  HpComparePage *page = hp_compare_view_get_figures (view);
  g_autofree char *metrics = NULL, *movers = NULL, *prices = NULL;

  gtk_support_wait (is_ready, window);
  gtk_support_wait (shows_comparison, window);
  g_assert_nonnull (strstr (hp_compare_page_get_verdict (page), "ersion 2"));
  g_assert_cmpuint (hp_data_table_get_n_rows (hp_compare_page_get_table (page, HP_COMPARE_METRICS)), ==, HP_N_METRICS);
  g_assert_cmpuint (hp_data_table_get_n_rows (hp_compare_page_get_table (page, HP_COMPARE_SEGMENTS)), >, 0);
  g_assert_cmpuint (hp_data_table_get_n_rows (hp_compare_page_get_table (page, HP_COMPARE_MOVERS)), ==, 10);
  metrics = hp_data_table_to_tsv (hp_compare_page_get_table (page, HP_COMPARE_METRICS), FALSE);
  g_assert_true (g_str_has_prefix (metrics, "Metric\tVersion 1\tVersion 2\tDifference\t95 % interval\nr2\t"));
  movers = hp_data_table_to_tsv (hp_compare_page_get_table (page, HP_COMPARE_MOVERS), FALSE);
  g_assert_true (g_str_has_prefix (movers, "Sale\tPrice\tVersion 1\tVersion 2\tChange\tWhat changed\n"));
  g_assert_cmpstr (hp_chart_area_get_chart (hp_chart_view_get_area (hp_compare_page_get_chart (page)))->chart->kind, ==,
                   "compare-delta");
  /* the form's house, by both; asked again when it may be another */
  hp_window_show_page (window, "value");
  gtk_support_settle ();
  hp_window_show_page (window, "compare");
  gtk_support_wait (shows_comparison, window);
  prices = hp_data_table_to_tsv (hp_house_prices_get_table (hp_compare_view_get_prices (view)), FALSE);
  g_assert_true (g_str_has_prefix (prices, "Version\tPrice\tInterval\tDifference\n1\t"));
  g_assert_nonnull (strstr (prices, "\n2\t"));
  g_signal_emit_by_name (hp_compare_page_get_table (page, HP_COMPARE_MOVERS), "activated", 0);
  g_assert_true (is_house (window));
  close_window (window);
}

typedef struct
{
  gboolean done;
  HpCompareStudy *study;
  GError *error;
} Outcome;

static void
compared_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Outcome *outcome = data;

  outcome->study = hp_compare_study_new_finish (result, &outcome->error);
  outcome->done = TRUE;
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Outcome *outcome = data;

  hp_compare_report_finish (result, &outcome->error);
  outcome->done = TRUE;
}

static gboolean
is_done (gpointer outcome)
{
  return ((Outcome *) outcome)->done;
}

static void
write_report (Outcome *outcome, HpRegistry *registry, const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);

  outcome->done = FALSE;
  hp_compare_report_async (outcome->study, registry, file, NULL, written_cb, outcome);
  gtk_support_wait (is_done, outcome);
}

static void
test_report (void)
{
  static const struct
  {
    const char *name, *begins;
  } files[] = { { "report.html", "<!DOCTYPE html>" }, { "report.pdf", "%PDF" }, { "report.md", "# " } };
  const char *const versions[] = { "1", "2", NULL };
  g_autoptr (HpRegistry) registry = hp_registry_new (two, NULL, NULL);
  g_autoptr (HpStudies) studies = hp_studies_new (registry);
  g_autofree char *nowhere = g_build_filename (folder, "none", "report.html", NULL);
  Outcome outcome = { 0 };

  hp_compare_study_new_async (studies, versions, NULL, compared_cb, &outcome);
  gtk_support_wait (is_done, &outcome);
  g_assert_no_error (outcome.error);
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_build_filename (folder, files[i].name, NULL);
      g_autofree char *bytes = NULL;

      write_report (&outcome, registry, path);
      g_assert_no_error (outcome.error);
      g_assert_true (g_file_get_contents (path, &bytes, NULL, NULL));
      g_assert_cmpmem (bytes, strlen (files[i].begins), files[i].begins, strlen (files[i].begins));
    }
  write_report (&outcome, registry, nowhere);
  g_assert_nonnull (outcome.error);
  g_clear_error (&outcome.error);
  hp_compare_study_unref (outcome.study);
}

static gboolean
is_narrow (gpointer window)
{
  int minimum;

  gtk_widget_measure (window, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  return minimum <= 360;
}

/* A telephone's width is enough for each page */
static void
test_narrow (void)
{
  HpWindow *window = open_window (two, NULL, 360, NULL);

  /* the title goes once it is known that there is no room for it */
  gtk_support_wait (is_narrow, window);
  hp_window_show_page (window, "residuals");
  gtk_support_wait (shows_study, window);
  hp_study_controls_set_segment (controls_of (window), "location", NULL);
  gtk_support_wait (shows_study, window);
  g_assert_true (is_narrow (window));
  hp_window_show_page (window, "compare");
  gtk_support_wait (shows_comparison, window);
  g_assert_true (is_narrow (window));
  close_window (window);
}

/* Closed while it loads */
static void
test_closed_early (void)
{
  HpWindow *window = open_window (two, "residuals", 900, NULL);

  hp_window_show_page (window, "compare");
  close_window (window);
  window = open_window (two, "residuals", 900, NULL);
  gtk_support_wait (shows_study, window);
  hp_study_controls_set_kind (controls_of (window), "actual-predicted");
  close_window (window);
}

int
main (int argc, char **argv)
{
  int status;

  gtk_test_init (&argc, &argv, NULL);
  setlocale (LC_ALL, "C.UTF-8");
  adw_init ();
  folder = g_dir_make_tmp ("hp-studies-XXXXXX", NULL);
  two = g_build_filename (folder, "two", NULL);
  one = g_build_filename (folder, "one", NULL);
  empty = g_build_filename (folder, "empty", NULL);
  gtk_train (one, "linear");
  gtk_train (two, "linear");
  gtk_train (two, "random_forest");
  g_test_add_func ("/studies/pages", test_pages);
  g_test_add_func ("/studies/choices", test_choices);
  g_test_add_func ("/studies/model-charts", test_model_charts);
  g_test_add_func ("/studies/segment", test_segment);
  g_test_add_func ("/studies/selection", test_selection);
  g_test_add_func ("/studies/csv", test_csv);
  g_test_add_func ("/studies/newest", test_newest);
  g_test_add_func ("/studies/empty", test_empty);
  g_test_add_func ("/studies/new-version", test_new_version);
  g_test_add_func ("/studies/compare", test_compare);
  g_test_add_func ("/studies/report", test_report);
  g_test_add_func ("/studies/narrow", test_narrow);
  g_test_add_func ("/studies/closed-early", test_closed_early);
  status = g_test_run ();
  hp_file_remove_tree (folder, NULL);
  return status;
}
