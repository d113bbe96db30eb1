/* test-window.c - the window: what it shows first, where prices come from, what it remembers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <glib/gstdio.h>
#include <locale.h>

#include "gtk-support.h"
#include "gtk-train.h"
#include "hp-error.h"
#include "hp-file.h"
#include "hp-settings.h"
#include "hp-source-button.h"
#include "hp-window.h"
#include "mock-server.h"

/* Nobody listens there */
#define NOWHERE "http://127.0.0.1:9"

static char *folder;  /* of all that follows */
static char *trained; /* a registry with a model */
static char *damaged; /* the same, broken */
static char *empty;   /* none */

/* The default handler of the test's log would end it: what is expected here is the model that is broken. */
static void
damage (const char *registry)
{
  g_autofree char *model = g_build_filename (registry, "house-price", "1", "model.json", NULL);

  g_assert_cmpint (g_chmod (model, 0644), ==, 0);
  g_assert_true (g_file_set_contents (model, "{}", -1, NULL));
}

static HpWindow *
open_window (const char *registry, const char *server, GSettings *settings)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HpWorkbench) workbench = hp_workbench_new (registry, NULL, server, &error);
  GtkWidget *window;

  g_assert_no_error (error);
  window = hp_window_new (NULL, workbench, settings);
  gtk_window_present (GTK_WINDOW (window));
  return HP_WINDOW (window);
}

/* Closes it, and checks that nothing keeps it */
static void
close_window (HpWindow *window)
{
  gpointer kept = window;

  g_object_add_weak_pointer (G_OBJECT (window), &kept);
  gtk_window_close (GTK_WINDOW (window));
  gtk_support_settle ();
  g_assert_null (kept);
}

static const char *
source_of (HpWindow *window)
{
  GtkWidget *source = gtk_support_find (GTK_WIDGET (window), HP_TYPE_SOURCE_BUTTON);

  return hp_source_button_get_label (HP_SOURCE_BUTTON (source));
}

static const char *
price_of (HpWindow *window)
{
  return hp_price_view_get_price (hp_value_view_get_price_view (hp_window_get_value_view (window)));
}

static const char *
page_of (HpWindow *window)
{
  return hp_value_view_get_page (hp_window_get_value_view (window));
}

#define CONDITION(name, what)                                                                                          \
  static gboolean name (gpointer window)                                                                               \
  {                                                                                                                    \
    return what;                                                                                                       \
  }

CONDITION (shows_first_start, g_str_equal (page_of (window), "first-start"))
CONDITION (shows_failed, g_str_equal (page_of (window), "failed"))
CONDITION (shows_price, g_str_equal (page_of (window), "house") && price_of (window) != NULL)
CONDITION (shows_server_price, g_strcmp0 (price_of (window), "$123,457") == 0)
CONDITION (is_local, g_str_equal (source_of (window), "This computer · v1"))
CONDITION (is_online, g_str_equal (source_of (window), "Server · v7"))
CONDITION (is_offline, g_str_equal (source_of (window), "Offline · v1"))
CONDITION (warns, hp_window_get_warns (window))
CONDITION (does_not_warn, !hp_window_get_warns (window))

static HpForm *
form_of (HpWindow *window)
{
  return hp_workbench_get_form (hp_window_get_workbench (window));
}

static gboolean
is_described_by_server (gpointer window)
{
  return g_str_equal (hp_form_get_description (form_of (window))->version, "7");
}

static void
test_local (void)
{
  HpWindow *window = open_window (trained, NULL, NULL);

  gtk_support_wait (shows_price, window);
  gtk_support_wait (is_local, window);
  g_assert_false (hp_window_get_warns (window));
  close_window (window);
}

static void
test_first_start (void)
{
  HpWindow *window = open_window (empty, NULL, NULL);

  gtk_support_wait (shows_first_start, window);
  g_assert_cmpstr (source_of (window), ==, "This computer");
  g_assert_false (hp_window_get_warns (window));
  close_window (window);
}

static void
test_first_start_offline (void)
{
  HpWindow *window = open_window (empty, NOWHERE, NULL);

  gtk_support_wait (shows_first_start, window);
  gtk_support_wait (warns, window);
  g_assert_cmpstr (source_of (window), ==, "Offline");
  close_window (window);
}

static void
test_damaged (void)
{
  HpWindow *window = open_window (damaged, NULL, NULL);

  gtk_support_wait (shows_failed, window);
  close_window (window);
}

static void
test_offline (void)
{
  HpWindow *window = open_window (trained, NOWHERE, NULL);

  gtk_support_wait (shows_price, window);
  gtk_support_wait (is_offline, window);
  g_assert_true (hp_window_get_warns (window));
  close_window (window);
}

/* The server goes and comes back: the price stays, the bar comes and goes by itself */
static void
test_server (void)
{
  MockServer *server = mock_server_new ();
  HpWindow *window = open_window (trained, mock_server_url (server), NULL);

  gtk_support_wait (is_online, window);
  gtk_support_wait (shows_server_price, window);
  g_assert_false (hp_window_get_warns (window));
  gtk_support_wait (is_described_by_server, window);
  mock_server_stop (server);
  hp_form_set_text (form_of (window), 0, "300");
  gtk_support_wait (is_offline, window);
  g_assert_true (hp_window_get_warns (window));
  mock_server_start (server);
  gtk_support_wait (is_online, window);
  gtk_support_wait (does_not_warn, window);
  gtk_support_wait (shows_server_price, window);
  close_window (window);
  mock_server_free (server);
}

/* No local model is needed where a server has one */
static void
test_server_only (void)
{
  MockServer *server = mock_server_new ();
  HpWindow *window = open_window (empty, mock_server_url (server), NULL);

  gtk_support_wait (shows_server_price, window);
  gtk_support_wait (is_online, window);
  close_window (window);
  mock_server_free (server);
}

static gboolean
is_by_new_champion (gpointer window)
{
  HpLiveValuation *live = hp_workbench_get_live (hp_window_get_workbench (window));
  const HpValuation *valuation = hp_live_valuation_get_valuation (live);

  return g_str_equal (source_of (window), "Server · v8") && g_str_equal (valuation->version, "8")
         && g_str_equal (hp_form_get_description (form_of (window))->version, "8");
}

/* Nobody types, and the server never was away: the price that stands there becomes the new version's all the same */
static void
test_new_champion (void)
{
  MockServer *server = mock_server_new ();
  HpWindow *window = open_window (empty, mock_server_url (server), NULL);

  gtk_support_wait (shows_server_price, window);
  gtk_support_wait (is_online, window);
  mock_server_promote (server, "8");
  gtk_support_wait (is_by_new_champion, window);
  g_assert_false (hp_window_get_warns (window));
  close_window (window);
  mock_server_free (server);
}

static gboolean
is_refused (gpointer window)
{
  HpFormView *view = hp_value_view_get_form_view (hp_window_get_value_view (window));
  HpFieldRow *row = hp_form_view_get_row (view, "baths");

  return hp_field_row_get_problem (row) != NULL;
}

static void
test_refused (void)
{
  MockServer *server = mock_server_new ();
  HpWindow *window = open_window (empty, mock_server_url (server), NULL);

  gtk_support_wait (shows_server_price, window);
  mock_server_refuse (server, "baths");
  hp_form_set_text (form_of (window), 2, "4");
  gtk_support_wait (is_refused, window);
  g_assert_null (price_of (window));
  mock_server_refuse (server, NULL);
  hp_form_set_text (form_of (window), 2, "3");
  g_assert_false (is_refused (window));
  gtk_support_wait (shows_server_price, window);
  close_window (window);
  mock_server_free (server);
}

static void
test_actions (void)
{
  HpWindow *window = open_window (trained, NULL, NULL);
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (window));
  g_auto (GValue) copied = G_VALUE_INIT;
  g_autofree char *before = NULL;
  HpForm *form;

  gtk_support_wait (shows_price, window);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.copy-price", NULL);
  g_value_init (&copied, G_TYPE_STRING);
  g_assert_true (gdk_content_provider_get_value (gdk_clipboard_get_content (clipboard), &copied, NULL));
  g_assert_cmpstr (g_value_get_string (&copied), ==, price_of (window));

  form = form_of (window);
  before = g_strdup (hp_form_get_text (form, 0));
  hp_form_set_text (form, 0, "2222");
  gtk_widget_activate_action (GTK_WIDGET (window), "win.reset", NULL);
  g_assert_cmpstr (hp_form_get_text (form, 0), ==, before);
  gtk_support_press (GTK_WIDGET (window), "Undo");
  g_assert_cmpstr (hp_form_get_text (form, 0), ==, "2222");
  close_window (window);
}

/* Another description comes while somebody types: no separator gets under the cursor */
static void
test_described_while_typing (void)
{
  HpWindow *window = open_window (trained, NULL, NULL);
  g_autoptr (HpDescription) description = NULL;
  HpFormView *view;
  GtkWidget *spin;

  gtk_support_wait (shows_price, window);
  view = hp_value_view_get_form_view (hp_window_get_value_view (window));
  spin = hp_field_row_get_editor (hp_form_view_get_row (view, "sqft"));
  gtk_editable_set_text (GTK_EDITABLE (spin), "2000");
  description = hp_description_ref (hp_form_get_description (form_of (window)));
  hp_form_set_description (form_of (window), description);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (spin)), ==, "2000");
  gtk_widget_child_focus (GTK_WIDGET (window), GTK_DIR_TAB_FORWARD);
  hp_form_set_description (form_of (window), description);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (spin)), ==, "2,000");
  close_window (window);
}

static void
test_size (void)
{
  g_autoptr (GSettings) settings = hp_settings_new ();
  HpWindow *window;
  int width, height;

  g_assert_nonnull (settings);
  window = open_window (empty, NULL, settings);
  gtk_window_get_default_size (GTK_WINDOW (window), &width, &height);
  g_assert_cmpint (width, ==, 900);
  gtk_window_set_default_size (GTK_WINDOW (window), 500, 700);
  close_window (window);
  g_assert_cmpint (g_settings_get_int (settings, "window-width"), ==, 500);
  g_assert_cmpint (g_settings_get_int (settings, "window-height"), ==, 700);
  g_settings_set_boolean (settings, "window-maximized", TRUE);
  window = open_window (empty, NULL, settings);
  gtk_window_get_default_size (GTK_WINDOW (window), &width, &height);
  g_assert_cmpint (width, ==, 500);
  g_assert_cmpint (height, ==, 700);
  close_window (window);
}

static void
test_arguments (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (hp_workbench_new (empty, NULL, "ftp://nowhere", &error));
  g_assert_error (error, HP_ERROR, HP_ERROR_USAGE);
  g_clear_error (&error);
  g_assert_null (hp_workbench_new (empty, "a/b", NULL, &error));
  g_assert_error (error, HP_ERROR, HP_ERROR_USAGE);
}

int
main (int argc, char **argv)
{
  int status;

  gtk_test_init (&argc, &argv, NULL);
  setlocale (LC_ALL, "C.UTF-8");
  adw_init ();
  folder = g_dir_make_tmp ("hp-window-XXXXXX", NULL);
  trained = g_build_filename (folder, "trained", NULL);
  damaged = g_build_filename (folder, "damaged", NULL);
  empty = g_build_filename (folder, "empty", NULL);
  gtk_train (trained, "linear");
  gtk_train (damaged, "linear");
  damage (damaged);
  g_test_add_func ("/window/local", test_local);
  g_test_add_func ("/window/first-start", test_first_start);
  g_test_add_func ("/window/first-start-offline", test_first_start_offline);
  g_test_add_func ("/window/damaged", test_damaged);
  g_test_add_func ("/window/offline", test_offline);
  g_test_add_func ("/window/server", test_server);
  g_test_add_func ("/window/server-only", test_server_only);
  g_test_add_func ("/window/new-champion", test_new_champion);
  g_test_add_func ("/window/refused", test_refused);
  g_test_add_func ("/window/actions", test_actions);
  g_test_add_func ("/window/described-while-typing", test_described_while_typing);
  g_test_add_func ("/window/size", test_size);
  g_test_add_func ("/window/arguments", test_arguments);
  status = g_test_run ();
  hp_file_remove_tree (folder, NULL);
  return status;
}
