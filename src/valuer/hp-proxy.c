/* hp-proxy.c - through which proxy a server is reached
 *
 * Not as GIO's default resolver knows, which asks the desktop's settings and aborts the program where their schema is
 * not installed: no good in a container or over SSH. The variables are known everywhere.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "hp-proxy.h"
#include "hp-valuer.h"

/* The variable in small letters, else in capitals. HTTP_PROXY is not looked at: a CGI's caller sets it. */
static const char *
get_variable (const char *small, const char *capital)
{
  const char *value = g_getenv (small);

  if ((value == NULL || *value == '\0') && capital != NULL)
    value = g_getenv (capital);
  return value != NULL && *value != '\0' ? value : NULL;
}

/* A proxy is often written without its scheme; (transfer full) */
static char *
make_url (const char *proxy)
{
  return strstr (proxy, "://") != NULL ? g_strdup (proxy) : g_strconcat ("http://", proxy, NULL);
}

static void
set_proxy (GSimpleProxyResolver *resolver, const char *scheme, const char *proxy)
{
  g_autofree char *url = proxy != NULL ? make_url (proxy) : NULL;

  if (url != NULL && g_uri_is_valid (url, G_URI_FLAGS_NONE, NULL))
    g_simple_proxy_resolver_set_uri_proxy (resolver, scheme, url);
}

/* A name, an address, a network, or one of the first two with a port: GSimpleProxyResolver warns of all else. */
static gboolean
is_host (const char *text)
{
  g_autoptr (GInetAddressMask) mask = g_inet_address_mask_new_from_string (text, NULL);
  const char *colon = strrchr (text, ':');
  guint64 port;

  if (mask != NULL || colon == NULL)
    return *text != '\0' && *text != '[';
  return (*text == '[' ? colon[-1] == ']' : strchr (text, ':') == colon)
         && g_ascii_string_to_unsigned (colon + 1, 10, 1, G_MAXUINT16, &port, NULL);
}

static char **
list_direct_hosts (void)
{
  static const char *const own[] = { "localhost", "127.0.0.0/8", "::1" };
  const char *variable = get_variable ("no_proxy", "NO_PROXY");
  g_auto (GStrv) named = g_strsplit_set (variable != NULL ? variable : "", ", ", -1);
  GStrvBuilder *hosts = g_strv_builder_new ();
  char **list;

  for (gsize i = 0; i < G_N_ELEMENTS (own); i++)
    g_strv_builder_add (hosts, own[i]);
  for (char **host = named; *host != NULL; host++)
    if (is_host (*host))
      g_strv_builder_add (hosts, *host);
  list = g_strv_builder_end (hosts);
  g_strv_builder_unref (hosts);
  return list;
}

/**
 * _hp_proxy_resolver_new:
 *
 * Returns: (transfer full): a resolver by the environment's variables as they are now
 */
GProxyResolver *
_hp_proxy_resolver_new (void)
{
  const char *all = get_variable ("all_proxy", "ALL_PROXY");
  const char *http = get_variable ("http_proxy", NULL), *https = get_variable ("https_proxy", "HTTPS_PROXY");
  g_auto (GStrv) direct = list_direct_hosts ();
  GProxyResolver *resolver = g_simple_proxy_resolver_new (NULL, direct);

  /* which GSimpleProxyResolver would take for a host's name */
  if (g_strv_contains ((const char *const *) direct, "*"))
    return resolver;
  set_proxy (G_SIMPLE_PROXY_RESOLVER (resolver), "http", http != NULL ? http : all);
  set_proxy (G_SIMPLE_PROXY_RESOLVER (resolver), "https", https != NULL ? https : all);
  return resolver;
}

/**
 * hp_valuer_prepare_program:
 *
 * To be called first in the main() of a program that may run where no desktop is, before there are threads. GIO makes
 * its default resolver even for a session that has one of its own.
 */
void
hp_valuer_prepare_program (void)
{
  g_setenv ("GIO_USE_PROXY_RESOLVER", "dummy", FALSE);
}
