/* hp-http-route.c - which handler answers which request
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "hp-handlers.h"

const HpHttpRoute hp_http_routes[] = {
  { "GET", "/health", NULL, HP_BODY_NONE, hp_handle_health, "Whether the service works, and with which version" },
  { "GET", "/health/live", NULL, HP_BODY_NONE, hp_handle_live, "Whether the process answers" },
  { "GET", "/health/ready", NULL, HP_BODY_NONE, hp_handle_ready,
    "Whether a verified model is loaded and requests are welcome" },
  { "POST", "/predict", "predict", HP_BODY_ONE, hp_handle_predict, "Value one house" },
  { "POST", "/v1/valuations", "predict", HP_BODY_MANY, hp_handle_valuations,
    "Value houses, with reasons and comparable sales" },
  { "GET", "/v1/versions", "read", HP_BODY_NONE, hp_handle_versions,
    "All versions, with their metrics, gates and aliases" },
  { "GET", "/v1/versions/{version}", "read", HP_BODY_NONE, hp_handle_version,
    "One version, with what it asks of a house" },
};

const guint hp_http_n_routes = G_N_ELEMENTS (hp_http_routes);

static gboolean
is_name (const char *text, gsize length)
{
  if (length == 0 || length > HP_HTTP_MAX_NAME)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalnum (text[i]) && strchr ("-_.", text[i]) == NULL)
      return FALSE;
  return TRUE;
}

static gboolean
matches (const HpHttpRoute *route, const char *path, char *parameter)
{
  const char *brace = strchr (route->path, '{');
  gsize before, length;

  if (brace == NULL)
    return strcmp (route->path, path) == 0;
  before = brace - route->path;
  if (strncmp (route->path, path, before) != 0)
    return FALSE;
  length = strcspn (path + before, "/");
  if (!is_name (path + before, length) || strcmp (path + before + length, strchr (brace, '}') + 1) != 0)
    return FALSE;
  memcpy (parameter, path + before, length);
  parameter[length] = '\0';
  return TRUE;
}

/**
 * hp_http_route_find:
 * @method: of a request; HEAD is GET without the body
 * @path: of the request
 * @parameter: (out caller-allocates): what stands in the place of the braces
 * @allow: (out) (transfer full) (nullable): if there is no route, the methods that the path has
 *
 * Returns: (transfer none) (nullable): the route
 */
const HpHttpRoute *
hp_http_route_find (const char *method, const char *path, char parameter[HP_HTTP_MAX_NAME + 1], char **allow)
{
  GString *methods = NULL;

  if (strcmp (method, MHD_HTTP_METHOD_HEAD) == 0)
    method = MHD_HTTP_METHOD_GET;
  *allow = NULL;
  for (guint i = 0; i < hp_http_n_routes; i++)
    {
      const HpHttpRoute *route = &hp_http_routes[i];

      if (!matches (route, path, parameter))
        continue;
      if (strcmp (route->method, method) == 0)
        {
          if (methods != NULL)
            g_string_free (methods, TRUE);
          return route;
        }
      methods = methods != NULL ? g_string_append (methods, ", ") : g_string_new (NULL);
      g_string_append (methods, route->method);
      if (strcmp (route->method, MHD_HTTP_METHOD_GET) == 0)
        g_string_append (methods, ", HEAD");
    }
  if (methods != NULL)
    *allow = g_string_free (methods, FALSE);
  return NULL;
}
