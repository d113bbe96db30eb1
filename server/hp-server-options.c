/* hp-server-options.c - the command line of house-price-server
 *
 * Values are taken as bytes and read by us: GOption's own numbers follow the locale.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

#include "hp-error.h"
#include "hp-number.h"
#include "hp-server-options.h"
#include "hp-text.h"

#define MAX_THREADS     1024
#define MAX_CONNECTIONS 1000000
#define MAX_SECONDS     86400
#define MAX_BODY        (1024 * 1024 * 1024)

/* How an option's text becomes a member of HpServerOptions */
typedef enum
{
  TEXT,
  COUNT,   /* guint */
  BYTES,   /* gsize */
  SECONDS, /* double */
  SWITCH,  /* gboolean */
  TASK,    /* help, version: not kept in the options */
} Kind;

typedef struct
{
  const char *name;
  char letter;
  Kind kind;
  gsize offset;
  double min, max;
  const char *argument;
  const char *help;
} Option;

#define AT(member) G_STRUCT_OFFSET (HpServerOptions, member)

static const Option table[] = {
  { "registry", 0, TEXT, AT (registry), 0, 0, N_ ("DIR"), N_ ("Folder of model versions (also HOUSE_PRICE_REGISTRY)") },
  { "name", 0, TEXT, AT (name), 0, 0, N_ ("NAME"), N_ ("Name of the model (default: house-price)") },
  { "bind", 0, TEXT, AT (bind), 0, 0, N_ ("ADDRESS"), N_ ("Loopback address to listen on (default: 127.0.0.1)") },
  { "port", 0, COUNT, AT (port), 0, 65535, N_ ("PORT"), N_ ("Port (default: 8000); 0: any free one") },
  { "threads", 0, COUNT, AT (threads), 1, MAX_THREADS, N_ ("N"), N_ ("Threads that answer (default: all processors)") },
  { "max-connections", 0, COUNT, AT (max_connections), 1, MAX_CONNECTIONS, N_ ("N"),
    N_ ("Most connections at a time (default: 10000)") },
  { "max-body", 0, BYTES, AT (max_body), 1024, MAX_BODY, N_ ("BYTES"),
    N_ ("Largest body of a request (default: 1048576)") },
  { "max-batch-body", 0, BYTES, AT (max_batch_body), 1024, MAX_BODY, N_ ("BYTES"),
    N_ ("Largest body with many houses (default: 67108864)") },
  { "max-houses", 0, COUNT, AT (max_houses), 1, 1000000, N_ ("N"), N_ ("Most houses in a request (default: 10000)") },
  { "drain-delay", 0, SECONDS, AT (drain_delay), 0, MAX_SECONDS, N_ ("SECONDS"),
    N_ ("Go on accepting so long when told to stop (default: 5)") },
  { "drain-timeout", 0, SECONDS, AT (drain_timeout), 0, MAX_SECONDS, N_ ("SECONDS"),
    N_ ("End so long after being told to stop (default: 25)") },
  { "log-requests", 0, SWITCH, AT (log_requests), 0, 0, NULL, N_ ("Log every request, not only slow ones") },
  { "version", 0, TASK, HP_SERVER_SHOW_VERSION, 0, 0, NULL, N_ ("Show the versions of the program and its libraries") },
  { "help", 'h', TASK, HP_SERVER_SHOW_HELP, 0, 0, NULL, N_ ("Show help") },
};

/**
 * hp_server_options_init:
 * @options: (out caller-allocates): the defaults
 */
void
hp_server_options_init (HpServerOptions *options)
{
  *options = (HpServerOptions){
    .bind = g_strdup ("127.0.0.1"),
    .port = HP_SERVER_DEFAULT_PORT,
    .drain_delay = 5,
    .drain_timeout = 25,
    .max_body = 1024 * 1024,
    .max_batch_body = 64 * 1024 * 1024,
    .max_houses = 10000,
    .max_connections = 10000,
    .idle_timeout = 75, /* longer than a load balancer's 60, which must be the one to hang up */
    .header_timeout = 10,
    .body_grace = 10,
    .min_rate = 16 * 1024,
    .poll_interval = 2,
    .slow = 0.2,
    .log_fd = STDOUT_FILENO,
  };
}

/**
 * hp_server_options_clear:
 * @options: options
 *
 * Frees what they hold.
 */
void
hp_server_options_clear (HpServerOptions *options)
{
  g_clear_pointer (&options->registry, g_free);
  g_clear_pointer (&options->name, g_free);
  g_clear_pointer (&options->bind, g_free);
}

static gboolean
set_number (HpServerOptions *options, const Option *option, const char *text, GError **error)
{
  gboolean whole = option->kind != SECONDS;
  char low[HP_NUMBER_BUFFER], high[HP_NUMBER_BUFFER];
  g_autofree char *shown = NULL;
  gpointer member = G_STRUCT_MEMBER_P (options, option->offset);
  double value;

  if (hp_number_parse (text, strlen (text), &value) && value >= option->min && value <= option->max
      && (!whole || value == floor (value)))
    {
      if (option->kind == COUNT)
        *(guint *) member = (guint) value;
      else if (option->kind == BYTES)
        *(gsize *) member = (gsize) value;
      else
        *(double *) member = value;
      return TRUE;
    }
  shown = hp_text_printable (text, -1, 40);
  hp_number_format (low, option->min);
  hp_number_format (high, option->max);
  hp_set_error (error, HP_ERROR_USAGE, NULL,
                whole ? _ ("--%s: “%s” is not a whole number from %s to %s")
                      : _ ("--%s: “%s” is not a number from %s to %s (with a point for decimals)"),
                option->name, shown, low, high);
  return FALSE;
}

static gboolean
set_value (HpServerOptions *options, const Option *option, const char *text, GError **error)
{
  char **member = G_STRUCT_MEMBER_P (options, option->offset);

  if (option->kind != TEXT)
    return set_number (options, option, text, error);
  if (*text == '\0')
    {
      hp_set_error (error, HP_ERROR_USAGE, NULL, _ ("--%s needs a value"), option->name);
      return FALSE;
    }
  g_free (*member);
  *member = g_strdup (text);
  return TRUE;
}

/* GOption does not say what an unknown option was probably meant to be */
static char *
suggest (char **argv)
{
  const char *names[G_N_ELEMENTS (table) + 1] = { NULL };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    names[i] = table[i].name;
  for (char **arg = argv + 1; *arg != NULL; arg++)
    {
      g_autofree char *name = NULL;
      const char *near_name;

      if (!g_str_has_prefix (*arg, "--"))
        continue;
      name = g_strndup (*arg + 2, strcspn (*arg + 2, "="));
      if (g_strv_contains (names, name))
        continue;
      near_name = hp_text_suggest (name, names);
      return near_name != NULL ? g_strdup_printf (_ ("; did you mean --%s?"), near_name) : NULL;
    }
  return NULL;
}

static gboolean
parse (GOptionEntry *entries, char **argv, GError **error)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) cause = NULL;
  g_auto (GStrv) copy = g_strdupv (argv);
  g_autofree char *message = NULL, *hint = NULL;

  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse_strv (context, &copy, &cause))
    {
      message = hp_text_printable (cause->message, -1, 200);
      if (g_error_matches (cause, G_OPTION_ERROR, G_OPTION_ERROR_UNKNOWN_OPTION))
        hint = suggest (argv);
      hp_set_error (error, HP_ERROR_USAGE, NULL, "%s%s", message, hint != NULL ? hint : _ ("; see --help"));
      return FALSE;
    }
  if (copy[0] != NULL && copy[1] != NULL)
    {
      message = hp_text_printable (copy[1], -1, 40);
      hp_set_error (error, HP_ERROR_USAGE, NULL, _ ("“%s” is no option; see --help"), message);
      return FALSE;
    }
  return TRUE;
}

/* No token guards a request yet, so nobody but this computer may send one. */
static gboolean
check_bind (const HpServerOptions *options, GError **error)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (options->bind);
  g_autofree char *shown = hp_text_printable (options->bind, -1, 60);

  if (address == NULL)
    hp_set_error (error, HP_ERROR_USAGE, NULL, _ ("--bind: “%s” is not an address such as 127.0.0.1 or ::1"), shown);
  else if (!g_inet_address_get_is_loopback (address))
    hp_set_error (error, HP_ERROR_USAGE, NULL,
                  _ ("--bind: %s can be reached from other computers, and this version has no access control: use "
                     "127.0.0.1 or ::1, behind a proxy if need be"),
                  shown);
  else
    return TRUE;
  return FALSE;
}

/**
 * hp_server_options_parse:
 * @options: (inout): the defaults; takes what the command line says
 * @argv: as given to main()
 * @task: (out): what is asked for; with help or version, nothing else is looked at
 * @error: return location for a #GError
 *
 * Returns: %TRUE, or %FALSE with %HP_ERROR_USAGE
 */
gboolean
hp_server_options_parse (HpServerOptions *options, char **argv, HpServerTask *task, GError **error)
{
  GOptionEntry entries[G_N_ELEMENTS (table) + 1] = { { NULL } };
  char *texts[G_N_ELEMENTS (table)] = { NULL };
  gboolean switches[G_N_ELEMENTS (table)] = { FALSE };
  gboolean ok;

  *task = HP_SERVER_RUN;
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      gboolean is_switch = table[i].kind == SWITCH || table[i].kind == TASK;

      entries[i].long_name = table[i].name;
      entries[i].short_name = table[i].letter;
      entries[i].arg = is_switch ? G_OPTION_ARG_NONE : G_OPTION_ARG_FILENAME;
      entries[i].arg_data = is_switch ? (gpointer) &switches[i] : (gpointer) &texts[i];
    }
  ok = parse (entries, argv, error);
  for (guint i = 0; ok && i < G_N_ELEMENTS (table); i++)
    if (table[i].kind == TASK && switches[i])
      *task = (HpServerTask) table[i].offset;
  for (guint i = 0; ok && *task == HP_SERVER_RUN && i < G_N_ELEMENTS (table); i++)
    {
      if (table[i].kind == SWITCH)
        *(gboolean *) G_STRUCT_MEMBER_P (options, table[i].offset) |= switches[i];
      else if (texts[i] != NULL)
        ok = set_value (options, &table[i], texts[i], error);
    }
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    g_free (texts[i]);
  return ok && (*task != HP_SERVER_RUN || check_bind (options, error));
}

/**
 * hp_server_options_help:
 *
 * Returns: (transfer full): what `--help` shows
 */
char *
hp_server_options_help (void)
{
  GString *text = g_string_new (_ ("house-price-server - value houses over HTTP"));

  g_string_append_printf (text, "\n\n%s\n  house-price-server --port 8000\n", _ ("Examples:"));
  g_string_append (text, "  curl -H 'Content-Type: application/json' http://127.0.0.1:8000/predict \\\n"
                         "    -d '{\"sqft\":1656,\"bedrooms\":3,\"bathrooms\":2,\"location\":\"North Ames\",\n"
                         "         \"condition\":\"Average\",\"year_built\":1960}'\n\n");
  g_string_append_printf (text, _ ("Usage: %s"), "house-price-server [OPTION…]\n\n");
  g_string_append_printf (text, "%s\n", _ ("Options:"));
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (GString) left = g_string_new (NULL);

      if (table[i].letter != 0)
        g_string_append_printf (left, "-%c, ", table[i].letter);
      g_string_append_printf (left, "--%s", table[i].name);
      if (table[i].argument != NULL)
        g_string_append_printf (left, " %s", _ (table[i].argument));
      g_string_append_printf (text, "  %-25s %s\n", left->str, _ (table[i].help));
    }
  g_string_append_printf (
    text, "\n%s\n",
    _ ("A new champion is picked up within seconds, or at once on SIGHUP. SIGTERM ends the server when what is in\n"
       "flight has been answered; a second one ends it at once.\n"
       "Exit status: 0 done, 1 failed, 2 usage, 130 interrupted."));
  return g_string_free (text, FALSE);
}
