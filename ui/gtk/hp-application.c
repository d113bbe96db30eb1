/* hp-application.c - the application: command line, actions, help
 *
 * One process serves all windows of a desktop session; each command line with options gets a window of its own, one
 * without comes back to the window that is there.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

#include "hp-application.h"
#include "hp-error.h"
#include "hp-settings.h"
#include "hp-text.h"
#include "hp-window.h"

/* As much of a stranger's text as a message quotes */
#define ARGUMENT_CHARS 40

struct _HpApplication
{
  AdwApplication parent_instance;

  GSettings *settings; /* (nullable): their schema isn't installed */
  GtkWindow *help;     /* (nullable) */
};

G_DEFINE_FINAL_TYPE (HpApplication, hp_application, ADW_TYPE_APPLICATION)

static const GOptionEntry options[]
  = { { "registry", 0, 0, G_OPTION_ARG_FILENAME, NULL, N_ ("Where models are kept"), N_ ("DIR") },
      { "name", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("Name of the model (default: house-price)"), N_ ("NAME") },
      { "server", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("The server to ask, as http://HOST:PORT"), N_ ("URL") },
      { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Show the versions of the program and its libraries"), NULL },
      { NULL } };

static void
about (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  static const char *const developers[] = { "House Price Predictor contributors", NULL };

  adw_show_about_window (
    gtk_application_get_active_window (data), "application-name", _ ("House Price Predictor"), "application-icon",
    HP_SETTINGS_ID, "version", HP_VERSION, "developer-name", developers[0], "developers", developers, "license-type",
    GTK_LICENSE_GPL_3_0, "comments",
    _ ("Values houses: a price with an honest interval, and a warning when it should not be trusted."), NULL);
}

static void
help (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  HpApplication *application = data;

  if (application->help == NULL)
    {
      g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource ("/org/housepricepredictor/HousePrice/hp-help.ui");

      g_set_weak_pointer (&application->help, GTK_WINDOW (gtk_builder_get_object (builder, "help")));
      gtk_window_set_transient_for (application->help, gtk_application_get_active_window (data));
    }
  gtk_window_present (application->help);
}

static void
quit (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_autoptr (GList) windows = g_list_copy (gtk_application_get_windows (data));

  /* Each window remembers its size when it is asked to close */
  for (GList *l = windows; l != NULL; l = l->next)
    gtk_window_close (l->data);
}

static void
add_shortcuts (GtkApplication *application)
{
  static const struct
  {
    const char *action, *keys[3];
  } shortcuts[] = {
    { "app.help", { "F1" } },
    { "app.quit", { "<Control>q" } },
    { "window.close", { "<Control>w" } },
    { "win.copy-price", { "<Control><Shift>c" } },
    { "win.retry", { "F5", "<Control>r" } },
    { "win.show-page::value", { "<Control>1" } },
    { "win.show-page::compare", { "<Control>2" } },
    { "win.show-page::residuals", { "<Control>3" } },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    gtk_application_set_accels_for_action (application, shortcuts[i].action, shortcuts[i].keys);
}

static void
hp_application_startup (GApplication *g_application)
{
  static const GActionEntry actions[] = {
    { .name = "about", .activate = about },
    { .name = "help", .activate = help },
    { .name = "quit", .activate = quit },
  };
  HpApplication *application = HP_APPLICATION (g_application);

  G_APPLICATION_CLASS (hp_application_parent_class)->startup (g_application);
  application->settings = hp_settings_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (application), actions, G_N_ELEMENTS (actions), application);
  add_shortcuts (GTK_APPLICATION (application));
  gtk_window_set_default_icon_name (HP_SETTINGS_ID);
}

/* What main() would do before anything else: no display is needed for it */
static int
hp_application_handle_local_options (GApplication *application, GVariantDict *given)
{
  if (!g_variant_dict_contains (given, "version"))
    return -1;
  printf ("house-price-gtk %s\nGTK %u.%u.%u, libadwaita %u.%u.%u, GLib %u.%u.%u\n", HP_VERSION,
          gtk_get_major_version (), gtk_get_minor_version (), gtk_get_micro_version (), adw_get_major_version (),
          adw_get_minor_version (), adw_get_micro_version (), glib_major_version, glib_minor_version,
          glib_micro_version);
  return 0;
}

static void
open_window (HpApplication *application, const char *registry, const char *name, const char *server, GError **error)
{
  g_autofree char *configured = server == NULL ? hp_settings_get_server (application->settings) : NULL;
  const char *url = server == NULL ? configured : *server != '\0' ? server : NULL;
  g_autoptr (HpWorkbench) workbench = hp_workbench_new (registry, name, url, error);

  if (workbench != NULL)
    gtk_window_present (GTK_WINDOW (hp_window_new (GTK_APPLICATION (application), workbench, application->settings)));
}

/* What is wrong with a command line, said where it was given */
static int
refuse (GApplicationCommandLine *command_line, const GError *error)
{
  g_application_command_line_printerr (command_line, "house-price-gtk: %s\n", error->message);
  return hp_error_exit_status (error);
}

static gboolean
check_arguments (GApplicationCommandLine *command_line, GError **error)
{
  int n;
  g_auto (GStrv) arguments = g_application_command_line_get_arguments (command_line, &n);
  g_autofree char *shown = n > 1 ? hp_text_printable (arguments[1], -1, ARGUMENT_CHARS) : NULL;

  if (n > 1)
    hp_set_error (error, HP_ERROR_USAGE, NULL, _ ("“%s” is one argument too many; see “house-price-gtk --help”"),
                  shown);
  return n <= 1;
}

static int
hp_application_command_line (GApplication *application, GApplicationCommandLine *command_line)
{
  GVariantDict *given = g_application_command_line_get_options_dict (command_line);
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (application));
  const char *folder = NULL, *name = NULL, *server = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = NULL;
  g_autofree char *registry = NULL;

  if (!check_arguments (command_line, &error))
    return refuse (command_line, error);
  g_variant_dict_lookup (given, "registry", "^&ay", &folder);
  g_variant_dict_lookup (given, "name", "&s", &name);
  g_variant_dict_lookup (given, "server", "&s", &server);
  if (window != NULL && folder == NULL && name == NULL && server == NULL)
    {
      gtk_window_present (window);
      return 0;
    }
  if (folder != NULL)
    {
      /* Relative to where the command was given, not to where this process runs */
      file = g_application_command_line_create_file_for_arg (command_line, folder);
      registry = g_file_get_path (file);
    }
  open_window (HP_APPLICATION (application), registry, name, server, &error);
  return error == NULL ? 0 : refuse (command_line, error);
}

static void
hp_application_activate (GApplication *application)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (application));

  if (window != NULL)
    gtk_window_present (window);
}

static void
hp_application_dispose (GObject *object)
{
  HpApplication *application = HP_APPLICATION (object);

  g_clear_object (&application->settings);
  g_clear_weak_pointer (&application->help);
  G_OBJECT_CLASS (hp_application_parent_class)->dispose (object);
}

static void
hp_application_class_init (HpApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hp_application_dispose;
  application_class->startup = hp_application_startup;
  application_class->activate = hp_application_activate;
  application_class->handle_local_options = hp_application_handle_local_options;
  application_class->command_line = hp_application_command_line;
}

static void
hp_application_init (HpApplication *application)
{
  g_application_add_main_option_entries (G_APPLICATION (application), options);
  g_application_set_option_context_summary (G_APPLICATION (application),
                                            _ ("Values houses: a price with an honest interval, as you type."));
}

/**
 * hp_application_new:
 *
 * Returns: (transfer full): the application
 */
HpApplication *
hp_application_new (void)
{
  return g_object_new (HP_TYPE_APPLICATION, "application-id", HP_SETTINGS_ID, "flags",
                       G_APPLICATION_HANDLES_COMMAND_LINE, "resource-base-path", "/org/housepricepredictor/HousePrice",
                       NULL);
}
