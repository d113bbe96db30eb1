/* test-chart-view.c - a chart on the screen and a table of figures, by themselves
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <glib/gstdio.h>
#include <locale.h>
#include <math.h>
#include <string.h>

#include "gtk-support.h"
#include "hp-chart-export.h"
#include "hp-chart-picture.h"
#include "hp-chart-view.h"
#include "hp-data-table.h"
#include "hp-file.h"
#include "hp-key-list.h"
#include "hp-difference-text.h"

#define N 40

static char *folder;

/* Sales 100 … 139; the larger the row, the farther to the left. One has no place. */
static HpSharedChart *
make_chart (const char *title)
{
  HpChart *chart = hp_chart_new ("residuals-fitted");
  HpChartSeries *series = hp_chart_add_series (chart, HP_SERIES_POINTS, HP_ROLE_SERIES_1, "3", N);

  chart->title = g_strdup (title);
  chart->summary = g_strdup ("There is something to see.");
  series->row = g_new (guint64, N);
  for (guint i = 0; i < N; i++)
    {
      series->x[i] = i == 5 ? NAN : 1000.0 * (N - i);
      series->y[i] = i % 7;
      series->row[i] = 100 + i;
    }
  hp_chart_finish (chart);
  return hp_shared_chart_new (chart);
}

static GtkWidget *
show (GtkWidget *widget)
{
  GtkWidget *window = gtk_window_new ();

  gtk_window_set_default_size (GTK_WINDOW (window), 500, 400);
  gtk_window_set_child (GTK_WINDOW (window), widget);
  gtk_window_present (GTK_WINDOW (window));
  return window;
}

static void
close_window (GtkWidget *window)
{
  gtk_window_destroy (GTK_WINDOW (window));
  gtk_support_settle ();
}

static gboolean
is_drawn (gpointer area)
{
  return gtk_widget_get_width (area) > 0 && hp_chart_area_is_drawn (area);
}

static void
press (HpChartArea *area, guint key)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (area));
  gboolean handled = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
        g_signal_emit_by_name (controller, "key-pressed", key, 0, 0, &handled);
    }
}

static GtkEventController *
find_controller (HpChartArea *area, GType type)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (area));

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (G_TYPE_CHECK_INSTANCE_TYPE (controller, type))
        return controller; /* the widget holds it */
    }
  g_assert_not_reached ();
}

static char *
describe (gpointer data, guint64 row)
{
  return g_strdup_printf ("sale %" G_GUINT64_FORMAT, row);
}

static void
test_places (void)
{
  g_autoptr (HpSharedChart) chart = make_chart ("a");

  g_assert_cmpuint (chart->places->len, ==, N - 1);
  for (guint i = 1; i < chart->places->len; i++)
    g_assert_cmpfloat (g_array_index (chart->places, HpChartPlace, i - 1).x, <,
                       g_array_index (chart->places, HpChartPlace, i).x);
  g_assert_cmpint (hp_shared_chart_find (chart, 139), ==, 0);
  g_assert_cmpint (hp_shared_chart_find (chart, 105), ==, -1);
}

/* Arrow keys go from left to right, whatever the order of the rows */
static void
test_keys (void)
{
  GtkWidget *view = hp_chart_view_new ();
  HpChartArea *area = hp_chart_view_get_area (HP_CHART_VIEW (view));
  g_autoptr (HpSharedChart) chart = make_chart ("a");
  GtkWidget *window = show (view);
  guint64 row;

  press (area, GDK_KEY_Right); /* nothing there yet */
  g_assert_cmpuint (hp_chart_area_get_selected (area), ==, 0);
  hp_chart_area_set_describe (area, describe, NULL);
  hp_chart_view_set_chart (HP_CHART_VIEW (view), chart);
  gtk_support_wait (is_drawn, area);
  g_assert_null (hp_chart_area_get_tip (area));
  press (area, GDK_KEY_Right);
  g_assert_cmpuint (hp_chart_area_get_selected (area), ==, 139);
  g_assert_cmpstr (hp_chart_area_get_tip (area), ==, "sale 139");
  press (area, GDK_KEY_Left);
  g_assert_cmpuint (hp_chart_area_get_selected (area), ==, 139);
  press (area, GDK_KEY_Right);
  g_assert_cmpuint (hp_chart_area_get_selected (area), ==, 138);
  press (area, GDK_KEY_End);
  g_object_get (area, "selected-row", &row, NULL);
  g_assert_cmpuint (row, ==, 100);
  press (area, GDK_KEY_Home);
  g_assert_cmpuint (hp_chart_area_get_selected (area), ==, 139);
  press (area, GDK_KEY_Escape);
  g_assert_cmpuint (hp_chart_area_get_selected (area), ==, 0);
  g_assert_null (hp_chart_area_get_tip (area));
  close_window (window);
}

static void
remember (HpChartArea *area, guint64 row, guint64 *remembered)
{
  *remembered = row;
}

static void
test_pointer (void)
{
  GtkWidget *view = hp_chart_view_new ();
  HpChartArea *area = hp_chart_view_get_area (HP_CHART_VIEW (view));
  g_autoptr (HpSharedChart) chart = make_chart ("a");
  GtkWidget *window = show (view);
  GtkEventController *motion, *click;
  guint64 activated = 0;
  double x, y;

  g_assert_false (hp_chart_area_locate (area, 120, &x, &y));
  hp_chart_area_set_describe (area, describe, NULL);
  hp_chart_view_set_chart (HP_CHART_VIEW (view), chart);
  gtk_support_wait (is_drawn, area);
  g_assert_true (hp_chart_area_locate (area, 120, &x, &y));
  motion = find_controller (area, GTK_TYPE_EVENT_CONTROLLER_MOTION);
  click = find_controller (area, GTK_TYPE_GESTURE_CLICK);
  g_signal_connect (area, "activated", G_CALLBACK (remember), &activated);
  g_signal_emit_by_name (motion, "motion", x + 1, y - 1);
  g_assert_cmpstr (hp_chart_area_get_tip (area), ==, "sale 120");
  g_assert_cmpuint (hp_chart_area_get_selected (area), ==, 0);
  g_signal_emit_by_name (click, "pressed", 1, x + 1, y - 1);
  g_assert_cmpuint (hp_chart_area_get_selected (area), ==, 120);
  g_assert_cmpuint (activated, ==, 0);
  g_signal_emit_by_name (motion, "leave");
  g_assert_cmpstr (hp_chart_area_get_tip (area), ==, "sale 120");
  g_signal_emit_by_name (click, "pressed", 2, x, y);
  g_assert_cmpuint (activated, ==, 120);
  activated = 0;
  press (area, GDK_KEY_Return);
  g_assert_cmpuint (activated, ==, 120);
  /* beside everything */
  g_signal_emit_by_name (click, "pressed", 1, 1.0, 1.0);
  g_assert_cmpuint (hp_chart_area_get_selected (area), ==, 0);
  close_window (window);
}

/* What is selected stays so in a chart that has it, and only there; the accessible words follow */
static void
test_change (void)
{
  GtkWidget *view = hp_chart_view_new ();
  HpChartArea *area = hp_chart_view_get_area (HP_CHART_VIEW (view));
  g_autoptr (HpSharedChart) one = make_chart ("one"), other = make_chart ("other");
  GtkWidget *window = show (view);

  hp_chart_area_set_describe (area, describe, NULL);
  hp_chart_view_set_chart (HP_CHART_VIEW (view), one);
  gtk_support_wait (is_drawn, area);
  gtk_test_accessible_assert_role (area, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_test_accessible_assert_property (area, GTK_ACCESSIBLE_PROPERTY_LABEL, "one");
  gtk_test_accessible_assert_property (area, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "There is something to see.");
  hp_chart_area_select (area, 110);
  gtk_test_accessible_assert_property (area, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "sale 110");
  hp_chart_view_set_chart (HP_CHART_VIEW (view), other);
  g_assert_false (hp_chart_area_is_drawn (area));
  g_assert_cmpuint (hp_chart_area_get_selected (area), ==, 110);
  gtk_support_wait (is_drawn, area);
  gtk_test_accessible_assert_property (area, GTK_ACCESSIBLE_PROPERTY_LABEL, "other");
  hp_chart_view_set_chart (HP_CHART_VIEW (view), NULL);
  g_assert_cmpuint (hp_chart_area_get_selected (area), ==, 0);
  close_window (window);
}

static void
test_dark (void)
{
  AdwStyleManager *style = adw_style_manager_get_default ();
  GtkWidget *view = hp_chart_view_new ();
  HpChartArea *area = hp_chart_view_get_area (HP_CHART_VIEW (view));
  g_autoptr (HpSharedChart) chart = make_chart ("a");
  GtkWidget *window = show (view);

  hp_chart_view_set_chart (HP_CHART_VIEW (view), chart);
  gtk_support_wait (is_drawn, area);
  adw_style_manager_set_color_scheme (style, ADW_COLOR_SCHEME_FORCE_DARK);
  g_assert_false (hp_chart_area_is_drawn (area));
  gtk_support_wait (is_drawn, area);
  adw_style_manager_set_color_scheme (style, ADW_COLOR_SCHEME_DEFAULT);
  close_window (window);
}

typedef struct
{
  gboolean done;
  GError *error;
  GdkTexture *texture;
} Outcome;

static void
exported_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Outcome *outcome = data;

  hp_chart_export_finish (result, &outcome->error);
  outcome->done = TRUE;
}

static void
texture_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Outcome *outcome = data;

  outcome->texture = hp_chart_texture_finish (result, &outcome->error);
  outcome->done = TRUE;
}

static gboolean
is_done (gpointer outcome)
{
  return ((Outcome *) outcome)->done;
}

static void
keep_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(HpChartPicture **) data = hp_chart_picture_new_finish (result, NULL);
}

static gboolean
is_there (gpointer data)
{
  return *(HpChartPicture **) data != NULL;
}

/* Not every pixel of a dense screen's picture is one of four that are alike, as if it had been enlarged */
static void
test_dense (void)
{
  g_autoptr (HpSharedChart) chart = make_chart ("a");
  HpChartRequest request = { chart, 300, 200, 2, HP_PALETTE_LIGHT };
  g_autoptr (HpChartPicture) picture = NULL;
  g_autofree guint32 *pixels = g_new (guint32, 600 * 400);
  guint n_split = 0;

  hp_chart_picture_new_async (&request, NULL, keep_cb, &picture);
  gtk_support_wait (is_there, &picture);
  g_assert_cmpint (gdk_texture_get_width (picture->texture), ==, 600);
  g_assert_cmpint (gdk_texture_get_height (picture->texture), ==, 400);
  gdk_texture_download (picture->texture, (guchar *) pixels, 600 * sizeof *pixels);
  for (guint i = 0; i < 600 * 400; i += 2)
    n_split += pixels[i] != pixels[i + 1];
  g_assert_cmpuint (n_split, >, 100);
}

static void
test_export (void)
{
  static const struct
  {
    const char *format, *begins;
  } formats[] = { { "svg", "<svg" }, { "png", "\x89PNG" }, { "pdf", "%PDF" } };
  g_autoptr (HpSharedChart) chart = make_chart ("a");
  g_autoptr (GFile) nowhere = g_file_new_build_filename (folder, "none", "chart.svg", NULL);
  Outcome outcome = { 0 };

  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autofree char *path = g_build_filename (folder, formats[i].format, NULL);
      g_autoptr (GFile) file = g_file_new_for_path (path);
      g_autofree char *bytes = NULL;

      outcome.done = FALSE;
      hp_chart_export_async (chart, file, formats[i].format, NULL, exported_cb, &outcome);
      gtk_support_wait (is_done, &outcome);
      g_assert_no_error (outcome.error);
      g_assert_true (g_file_get_contents (path, &bytes, NULL, NULL));
      g_assert_cmpmem (bytes, strlen (formats[i].begins), formats[i].begins, strlen (formats[i].begins));
    }
  outcome.done = FALSE;
  hp_chart_export_async (chart, nowhere, "svg", NULL, exported_cb, &outcome);
  gtk_support_wait (is_done, &outcome);
  g_assert_nonnull (outcome.error);
  g_clear_error (&outcome.error);
  outcome.done = FALSE;
  hp_chart_texture_async (chart, NULL, texture_cb, &outcome);
  gtk_support_wait (is_done, &outcome);
  g_assert_no_error (outcome.error);
  g_assert_cmpint (gdk_texture_get_width (outcome.texture), >, gdk_texture_get_height (outcome.texture));
  g_object_unref (outcome.texture);
}

static gboolean
are_gone (gpointer data)
{
  gpointer *kept = data;

  return kept[0] == NULL && kept[1] == NULL;
}

/* A chart that is still being drawn keeps nothing; GTK itself may until the next frame */
static void
test_finalised (void)
{
  g_autoptr (HpSharedChart) chart = make_chart ("a");
  GtkWidget *view = hp_chart_view_new ();
  HpChartArea *area = hp_chart_view_get_area (HP_CHART_VIEW (view));
  gpointer kept[] = { view, area };
  GtkWidget *window = show (view);

  for (gsize i = 0; i < G_N_ELEMENTS (kept); i++)
    g_object_add_weak_pointer (kept[i], &kept[i]);
  while (gtk_widget_get_width (GTK_WIDGET (area)) == 0)
    g_main_context_iteration (NULL, TRUE);
  hp_chart_view_set_chart (HP_CHART_VIEW (view), chart);
  gtk_window_set_child (GTK_WINDOW (window), NULL);
  gtk_support_wait (are_gone, kept);
  close_window (window);
}

/* Names in the order b, a, c; numbers 2, none, 1 */
static char *
cell (gpointer data, guint row, guint column, gboolean plain)
{
  static const char *const names[] = { "b\tx", "a", "c" }, *const numbers[] = { "2 ft²", "–", "1 ft²" },
                           *const plains[] = { "2", "", "1" };

  return g_strdup (column == 0 ? names[row] : plain ? plains[row] : numbers[row]);
}

static double
cell_key (gpointer data, guint row, guint column)
{
  const double keys[] = { 2, NAN, 1 };

  return keys[row];
}

static HpDataTable *
make_table (void)
{
  HpDataTable *table = HP_DATA_TABLE (hp_data_table_new ("Things", TRUE));
  HpDataSource *source = hp_data_source_new ();

  hp_data_source_add_column (source, "Name", FALSE);
  hp_data_source_add_column (source, "Area", TRUE);
  source->n_rows = 3;
  source->get_text = cell;
  source->get_key = cell_key;
  hp_data_table_set (table, source);
  return table;
}

static GtkColumnView *
view_of (HpDataTable *table)
{
  return GTK_COLUMN_VIEW (gtk_support_find (GTK_WIDGET (table), GTK_TYPE_COLUMN_VIEW));
}

static void
assert_sorted (HpDataTable *table, guint i, GtkSortType order, const char *expected)
{
  GListModel *columns = gtk_column_view_get_columns (view_of (table));
  g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);
  g_autofree char *text = NULL;

  gtk_column_view_sort_by_column (view_of (table), column, order);
  gtk_support_settle ();
  text = hp_data_table_to_tsv (table, FALSE);
  g_assert_cmpstr (text, ==, expected);
}

static void
test_table (void)
{
  HpDataTable *table = make_table ();
  GtkWidget *window = show (GTK_WIDGET (table));
  g_autofree char *all = hp_data_table_to_tsv (table, FALSE), *one = NULL;

  g_assert_cmpuint (hp_data_table_get_n_rows (table), ==, 3);
  g_assert_cmpstr (all, ==, "Name\tArea\nb x\t2\na\t\nc\t1\n");
  assert_sorted (table, 0, GTK_SORT_ASCENDING, "Name\tArea\na\t\nb x\t2\nc\t1\n");
  assert_sorted (table, 1, GTK_SORT_DESCENDING, "Name\tArea\nb x\t2\nc\t1\na\t\n");
  hp_data_table_select (table, 2);
  g_assert_cmpint (hp_data_table_get_selected (table), ==, 2);
  one = hp_data_table_to_tsv (table, TRUE);
  g_assert_cmpstr (one, ==, "Name\tArea\nc\t1\n");
  /* sorted another way, it is still the same row */
  assert_sorted (table, 1, GTK_SORT_ASCENDING, "Name\tArea\na\t\nc\t1\nb x\t2\n");
  g_assert_cmpint (hp_data_table_get_selected (table), ==, 2);
  hp_data_table_select (table, 99);
  g_assert_cmpint (hp_data_table_get_selected (table), ==, -1);
  close_window (window);
}

static void
count_selected (HpDataTable *table, int row, int *last)
{
  *last = row;
}

static void
test_table_signals (void)
{
  HpDataTable *table = make_table ();
  GtkWidget *window = show (GTK_WIDGET (table));
  GtkSelectionModel *model = gtk_column_view_get_model (view_of (table));
  int selected = -7;
  guint64 activated = 7;

  g_signal_connect (table, "selected", G_CALLBACK (count_selected), &selected);
  g_signal_connect (table, "activated", G_CALLBACK (count_selected), &activated);
  assert_sorted (table, 0, GTK_SORT_ASCENDING, "Name\tArea\na\t\nb x\t2\nc\t1\n");
  gtk_selection_model_select_item (model, 0, TRUE);
  g_assert_cmpint (selected, ==, 1);
  g_signal_emit_by_name (view_of (table), "activate", 1);
  g_assert_cmpint ((int) activated, ==, 0);
  gtk_selection_model_unselect_item (model, 0);
  g_assert_cmpint (selected, ==, -1);
  close_window (window);
}

static void
test_key_list (void)
{
  const char *const keys[] = { "", "a", "b", NULL }, *const others[] = { "", "b", "c", NULL },
                    *const fewer[] = { "c", NULL };
  GtkDropDown *list = GTK_DROP_DOWN (g_object_ref_sink (hp_key_list_new ("Things")));

  g_assert_null (hp_key_list_get (list));
  hp_key_list_set (list, keys, keys);
  g_assert_null (hp_key_list_get (list));
  g_assert_true (hp_key_list_choose (list, "b"));
  g_assert_false (hp_key_list_choose (list, "c"));
  hp_key_list_set (list, others, others);
  g_assert_cmpstr (hp_key_list_get (list), ==, "b");
  hp_key_list_set (list, fewer, fewer);
  g_assert_cmpstr (hp_key_list_get (list), ==, "c");
  gtk_support_assert_finalized (GTK_WIDGET (list));
}

static void
test_metric_text (void)
{
  static const struct
  {
    HpMetric metric;
    double value;
    const char *text, *difference;
  } cases[] = { { HP_METRIC_MAE, 1234.4, "$1,234", "+$1,234" },
                { HP_METRIC_RMSE, -500, "$500", "−$500" },
                { HP_METRIC_PPE10, 0.625, "62.5 %", "+62.5 %" },
                { HP_METRIC_COD, 10.04, "10.0", "+10.0" },
                { HP_METRIC_R2, -0.0021, "0.002", "−0.002" },
                { HP_METRIC_R2, 0, "0.000", "0.000" },
                { HP_METRIC_PRB, NAN, "–", "–" } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = hp_difference_text_value (cases[i].metric, fabs (cases[i].value), "USD");
      g_autofree char *difference = hp_difference_text (cases[i].metric, cases[i].value, "USD");

      g_assert_cmpstr (text, ==, cases[i].text);
      g_assert_cmpstr (difference, ==, cases[i].difference);
    }
}

int
main (int argc, char **argv)
{
  int status;

  gtk_test_init (&argc, &argv, NULL);
  setlocale (LC_ALL, "C.UTF-8");
  adw_init ();
  folder = g_dir_make_tmp ("hp-chart-XXXXXX", NULL);
  g_test_add_func ("/chart/places", test_places);
  g_test_add_func ("/chart/keys", test_keys);
  g_test_add_func ("/chart/pointer", test_pointer);
  g_test_add_func ("/chart/change", test_change);
  g_test_add_func ("/chart/dark", test_dark);
  g_test_add_func ("/chart/dense", test_dense);
  g_test_add_func ("/chart/export", test_export);
  g_test_add_func ("/chart/finalised", test_finalised);
  g_test_add_func ("/table/sort-and-copy", test_table);
  g_test_add_func ("/table/signals", test_table_signals);
  g_test_add_func ("/lists/keys", test_key_list);
  g_test_add_func ("/text/metrics", test_metric_text);
  status = g_test_run ();
  hp_file_remove_tree (folder, NULL);
  g_free (folder);
  return status;
}
