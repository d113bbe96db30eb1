/* test-proxy.c - through which proxy a server is asked, by the environment's variables
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hp-proxy.h"
#include "hp-valuer.h"
#include "mock-server.h"
#include "mock-valuer.h"

static void
clear_environment (void)
{
  static const char *const names[]
    = { "http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "no_proxy", "NO_PROXY" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    g_unsetenv (names[i]);
}

static void
expect_proxy (const char *url, const char *expected)
{
  g_autoptr (GProxyResolver) resolver = _hp_proxy_resolver_new ();
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) proxies = g_proxy_resolver_lookup (resolver, url, NULL, &error);

  g_assert_no_error (error);
  if (g_strcmp0 (proxies[0], expected) != 0)
    g_error ("%s: by %s, not %s", url, proxies[0], expected);
}

static void
test_none (void)
{
  clear_environment ();
  expect_proxy ("http://host:8000", "direct://");
  g_setenv ("http_proxy", "", TRUE);
  g_setenv ("all_proxy", "", TRUE);
  expect_proxy ("http://host:8000", "direct://");
}

static void
test_schemes (void)
{
  clear_environment ();
  g_setenv ("http_proxy", "http://one:1", TRUE);
  expect_proxy ("http://host:8000", "http://one:1");
  expect_proxy ("https://host:8000", "direct://");
  g_setenv ("https_proxy", "two:2", TRUE);
  expect_proxy ("https://host:8000", "http://two:2");
  g_setenv ("all_proxy", "http://three:3", TRUE);
  expect_proxy ("http://host:8000", "http://one:1");
  g_unsetenv ("http_proxy");
  g_unsetenv ("https_proxy");
  expect_proxy ("http://host:8000", "http://three:3");
  expect_proxy ("https://host:8000", "http://three:3");
}

/* In capitals too, but for HTTP_PROXY, which a CGI's caller can set */
static void
test_capitals (void)
{
  clear_environment ();
  g_setenv ("HTTP_PROXY", "http://evil:1", TRUE);
  expect_proxy ("http://host:8000", "direct://");
  g_setenv ("HTTPS_PROXY", "http://two:2", TRUE);
  expect_proxy ("https://host:8000", "http://two:2");
  g_setenv ("https_proxy", "http://small:2", TRUE);
  expect_proxy ("https://host:8000", "http://small:2");
}

/* Nobody stands between this computer and itself */
static void
test_own (void)
{
  clear_environment ();
  g_setenv ("all_proxy", "http://one:1", TRUE);
  expect_proxy ("http://localhost:8000", "direct://");
  expect_proxy ("http://127.0.0.1:8000", "direct://");
  expect_proxy ("http://127.1.2.3", "direct://");
  expect_proxy ("http://[::1]:8000", "direct://");
  expect_proxy ("http://128.0.0.1:8000", "http://one:1");
}

static void
test_no_proxy (void)
{
  clear_environment ();
  g_setenv ("http_proxy", "http://one:1", TRUE);
  g_setenv ("no_proxy", "office.example, 10.0.0.0/8,,.lan", TRUE);
  expect_proxy ("http://office.example", "direct://");
  expect_proxy ("http://deep.office.example", "direct://");
  expect_proxy ("http://10.1.2.3:8000", "direct://");
  expect_proxy ("http://printer.lan", "direct://");
  expect_proxy ("http://11.1.2.3:8000", "http://one:1");
  expect_proxy ("http://notoffice.example", "http://one:1");
  g_setenv ("no_proxy", "one.example:8000,[fe80::1]:8000", TRUE);
  expect_proxy ("http://one.example:8000", "direct://");
  expect_proxy ("http://one.example:8001", "http://one:1");
  expect_proxy ("http://[fe80::1]:8000", "direct://");
  g_setenv ("no_proxy", "*", TRUE);
  expect_proxy ("http://anywhere", "direct://");
  expect_proxy ("http://11.1.2.3", "direct://");
}

/* What can't be a proxy is none: no program ends for it */
static void
test_nonsense (void)
{
  static const char *const values[] = { "://",    "http://", "not a proxy", "\xff",   "http://[", "http://one:99999",
                                        ":",      "[",       "[::1]",       "[::1]:", "::1:x",    "host:",
                                        "host:x", "host:0",  ":80",         "[:80",   "/",        "10.0.0.0/99" };

  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autoptr (GProxyResolver) resolver = NULL;
      g_auto (GStrv) proxies = NULL;

      clear_environment ();
      g_setenv ("http_proxy", values[i], TRUE);
      g_setenv ("no_proxy", values[i], TRUE);
      resolver = _hp_proxy_resolver_new ();
      proxies = g_proxy_resolver_lookup (resolver, "http://host", NULL, NULL);
      g_assert_nonnull (proxies);
    }
}

/* A question goes through the proxy, whole, and a local one past it */
static void
test_question (void)
{
  g_autoptr (MockServer) proxy = mock_server_new (), server = mock_server_new ();
  const char *const urls[] = { "http://prices.invalid", mock_server_get_url (server) };

  clear_environment ();
  g_setenv ("http_proxy", mock_server_get_url (proxy), TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS (urls); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (HpValuer) valuer = hp_server_valuer_new (urls[i], &error);
      g_autoptr (HpQuestion) question = mock_question ("1500");
      g_autoptr (HpValuation) valuation = hp_valuer_value (valuer, question, NULL, &error);

      g_assert_no_error (error);
      g_assert_cmpfloat (valuation->predicted_price, ==, MOCK_PRICE);
      g_assert_cmpuint (mock_server_get_requests (proxy), ==, 1);
      g_assert_cmpuint (mock_server_get_requests (server), ==, i);
    }
}

int
main (int argc, char *argv[])
{
  hp_valuer_prepare_program ();
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/proxy/none", test_none);
  g_test_add_func ("/proxy/schemes", test_schemes);
  g_test_add_func ("/proxy/capitals", test_capitals);
  g_test_add_func ("/proxy/own", test_own);
  g_test_add_func ("/proxy/no-proxy", test_no_proxy);
  g_test_add_func ("/proxy/nonsense", test_nonsense);
  g_test_add_func ("/proxy/question", test_question);

  return g_test_run ();
}
