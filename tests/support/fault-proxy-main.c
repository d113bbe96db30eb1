/* fault-proxy-main.c - the proxy as a program, for tests that are no C: commands on standard input, answers on standard
 * output
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fault-proxy.h"

/* What a command does: "mode NAME", "delay MILLISECONDS", "accepted" */
static gboolean
obey (FaultProxy *proxy, char *line)
{
  g_auto (GStrv) words = g_strsplit (g_strstrip (line), " ", 2);
  const char *command = words[0] != NULL ? words[0] : "", *value = words[0] != NULL ? words[1] : NULL;
  guint64 milliseconds;
  FaultMode mode;

  if (strcmp (command, "mode") == 0 && value != NULL && fault_mode_from_name (value, &mode))
    fault_proxy_set_mode (proxy, mode);
  else if (strcmp (command, "delay") == 0 && value != NULL
           && g_ascii_string_to_unsigned (value, 10, 0, 3600000, &milliseconds, NULL))
    fault_proxy_set_delay (proxy, milliseconds);
  else if (strcmp (command, "accepted") == 0)
    printf ("%u\n", fault_proxy_get_accepted (proxy));
  else
    return FALSE;
  return TRUE;
}

int
main (int argc, char *argv[])
{
  g_autofree char *to = NULL, *host = NULL;
  g_autoptr (GOptionContext) context = g_option_context_new ("- fails in the ways that networks and servers fail");
  g_autoptr (GError) error = NULL;
  g_autoptr (FaultProxy) proxy = NULL;
  int port = 0;
  const GOptionEntry entries[] = { { "to", 0, 0, G_OPTION_ARG_STRING, &to, "The server behind it", "HOST:PORT" },
                                   { "port", 0, 0, G_OPTION_ARG_INT, &port, "Where it listens; 0: anywhere", "PORT" },
                                   { NULL } };
  guint64 to_port = 0;
  const char *colon;
  char line[256];

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      fprintf (stderr, "fault-proxy: %s\n", error->message);
      return 2;
    }
  colon = to != NULL ? strrchr (to, ':') : NULL;
  if (colon == NULL || !g_ascii_string_to_unsigned (colon + 1, 10, 1, G_MAXUINT16, &to_port, NULL) || port < 0
      || port > G_MAXUINT16 || argc > 1)
    {
      fprintf (stderr, "Usage: fault-proxy --to HOST:PORT [--port PORT]\n");
      return 2;
    }
  host = g_strndup (to, colon - to);
  proxy = fault_proxy_new (host, to_port, port, &error);
  if (proxy == NULL)
    {
      fprintf (stderr, "fault-proxy: %s\n", error->message);
      return 1;
    }
  setvbuf (stdout, NULL, _IOLBF, 0);
  printf ("%u\n", fault_proxy_get_port (proxy));
  while (fgets (line, sizeof line, stdin) != NULL)
    puts (obey (proxy, line) ? "ok" : "no such command");
  return 0;
}
