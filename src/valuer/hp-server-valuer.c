/* hp-server-valuer.c - asks a server over HTTP
 *
 * Whatever is not an answer of a house-price server (no connection, no time, another program, a proxy's page, broken
 * JSON) is %HP_ERROR_UNREACHABLE, so that whoever can value otherwise knows to.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hp-error.h"
#include "hp-exchange.h"
#include "hp-json.h"
#include "hp-proxy.h"
#include "hp-server-valuer-private.h"
#include "hp-text.h"

/* A description with all its categories is the largest answer there is. */
#define MAX_ANSWER (16 << 20)

static const HpExchangeLimits question_limits = { .connect_ms = 1000, .answer_ms = 3000, .max_bytes = MAX_ANSWER };
/* Health is asked for often: less patience finds a server that is back sooner. */
static const HpExchangeLimits health_limits = { .connect_ms = 1000, .answer_ms = 1500, .max_bytes = 65536 };

#define HP_TYPE_SERVER_VALUER (hp_server_valuer_get_type ())
G_DECLARE_FINAL_TYPE (HpServerValuer, hp_server_valuer, HP, SERVER_VALUER, HpValuer)

struct _HpServerValuer
{
  HpValuer parent_instance;

  char *url;  /* as it was given */
  char *base; /* without a slash at its end */
  SoupSession *session;
};

G_DEFINE_FINAL_TYPE (HpServerValuer, hp_server_valuer, HP_TYPE_VALUER)

/* What an answer's JSON becomes: (transfer full), or an error; n_houses: that were asked about */
typedef gpointer (*ReadAnswer) (JsonObject *object, guint n_houses, GError **error);

typedef struct
{
  SoupMessage *message;
  guint n_houses;
  ReadAnswer read;
  GDestroyNotify destroy;
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  g_clear_object (&request->message);
  g_free (request);
}

static void
set_no_answer (HpServerValuer *self, GError **error, const char *why)
{
  hp_set_error (error, HP_ERROR_UNREACHABLE, NULL, _ ("%s: this is no answer of a house-price server: %s"), self->url,
                why);
}

/* The messages of a problem's errors, else its detail; of /health its status; (transfer full) */
static char *
read_problem (JsonObject *object, char **field)
{
  g_autoptr (GString) text = g_string_new (NULL);
  JsonArray *errors = json_object_has_member (object, "errors") ? hp_json_get_array (object, "errors", NULL) : NULL;
  const char *detail;

  for (guint i = 0; errors != NULL && i < json_array_get_length (errors); i++)
    {
      JsonNode *node = json_array_get_element (errors, i);
      JsonObject *one = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      const char *message, *name;

      if (one == NULL || !hp_json_get_string (one, "message", &message, NULL))
        continue;
      g_string_append_printf (text, "%s%s", text->len > 0 ? "; " : "", message);
      if (*field == NULL && hp_json_get_string (one, "field", &name, NULL))
        *field = g_strdup (name);
    }
  if (text->len == 0
      && (hp_json_get_string (object, "detail", &detail, NULL) || hp_json_get_string (object, "message", &detail, NULL)
          || hp_json_get_string (object, "status", &detail, NULL)))
    g_string_append (text, detail);
  return hp_text_printable (text->str, text->len, 1000);
}

/* An answer that is no success */
static void
set_refusal (HpServerValuer *self, guint status, JsonObject *object, GError **error)
{
  g_autofree char *field = NULL, *problem = NULL;

  problem = read_problem (object, &field);
  if (status == 422)
    hp_set_error (error, HP_ERROR_BAD_ATTRIBUTE, field, "%s", problem);
  else if (status == 404)
    hp_set_error (error, HP_ERROR_NOT_FOUND, NULL, "%s: %s", self->url, problem);
  else
    hp_set_error (error, HP_ERROR_UNREACHABLE, NULL, _ ("%s: answers %u: %s"), self->url, status, problem);
}

/* What another program's 404 says of its pages is about no house: ours says it as a problem. */
static gboolean
is_ours (SoupMessage *message)
{
  const char *type = soup_message_headers_get_content_type (soup_message_get_response_headers (message), NULL);
  guint status = soup_message_get_status (message);

  if (type == NULL)
    return FALSE;
  return g_ascii_strcasecmp (type, "application/problem+json") == 0
         || (g_ascii_strcasecmp (type, "application/json") == 0 && status != 404 && status != 422);
}

static gpointer
read_answer (HpServerValuer *self, Request *request, GBytes *body, GError **error)
{
  guint status = soup_message_get_status (request->message);
  g_autoptr (GError) bad = NULL;
  g_autoptr (JsonNode) node = NULL;
  gsize length;
  const char *text = g_bytes_get_data (body, &length);
  gpointer answer;

  if (!is_ours (request->message))
    {
      g_autofree char *why = g_strdup_printf (_ ("status %u, and no JSON of ours"), status);

      set_no_answer (self, error, why);
      return NULL;
    }
  node = hp_json_parse (text != NULL ? text : "", length, MAX_ANSWER, _ ("the answer"), &bad);
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    {
      set_no_answer (self, error, bad != NULL ? bad->message : _ ("not an object"));
      return NULL;
    }
  if (status != 200)
    {
      set_refusal (self, status, json_node_get_object (node), error);
      return NULL;
    }
  answer = request->read (json_node_get_object (node), request->n_houses, &bad);
  if (answer == NULL && g_error_matches (bad, HP_ERROR, HP_ERROR_BAD_DATA))
    set_no_answer (self, error, bad->message);
  else if (answer == NULL)
    g_propagate_error (error, g_steal_pointer (&bad));
  return answer;
}

static void
exchanged_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Request *request = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GBytes) body = hp_exchange_finish (SOUP_SESSION (source), result, &error);
  gpointer answer;

  if (body == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  answer = read_answer (g_task_get_source_object (task), request, body, &error);
  if (answer != NULL)
    g_task_return_pointer (task, answer, request->destroy);
  else
    g_task_return_error (task, error);
}

/* path: below the server's URL; body: (nullable) (transfer full): JSON to post, about n_houses */
static void
ask (HpServerValuer *self, GTask *task, const char *path, char *body, gsize length, guint n_houses,
     const HpExchangeLimits *limits, ReadAnswer read, GDestroyNotify destroy)
{
  g_autofree char *url = g_strconcat (self->base, path, NULL);
  Request *request = g_new0 (Request, 1);

  request->message = soup_message_new (body != NULL ? "POST" : "GET", url);
  request->n_houses = n_houses;
  request->read = read;
  request->destroy = destroy;
  g_task_set_task_data (task, request, request_free);
  /* A server that moved is to be configured anew: what is typed goes nowhere else. */
  soup_message_add_flags (request->message, SOUP_MESSAGE_NO_REDIRECT);
  soup_message_headers_replace (soup_message_get_request_headers (request->message), "Accept", "application/json");
  if (body != NULL)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_take (body, length);

      soup_message_set_request_body_from_bytes (request->message, "application/json", bytes);
    }
  hp_exchange_async (self->session, request->message, limits, g_task_get_cancellable (task), exchanged_cb,
                     g_object_ref (task));
}

/* A house that could not be valued stands as an error in its place */
static void
set_house_error (JsonObject *object, GError **error)
{
  g_autofree char *field = NULL, *problem = read_problem (object, &field);
  const char *code;

  if (hp_json_get_string (object, "code", &code, NULL) && g_str_equal (code, "bad_attribute"))
    hp_set_error (error, HP_ERROR_BAD_ATTRIBUTE, field, "%s", problem);
  else
    hp_set_error (error, HP_ERROR_FAILED, field, "%s", problem);
}

/* One house's place in the answer. HP_ERROR_BAD_DATA: it is no answer */
static gboolean
read_house (JsonNode *node, HpAnswer *answer, GError **error)
{
  JsonObject *object = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

  if (object == NULL)
    {
      hp_set_error (error, HP_ERROR_BAD_DATA, "valuations", _ ("valuations: holds something that is not an object"));
      return FALSE;
    }
  if (json_object_has_member (object, "error"))
    {
      object = hp_json_get_object (object, "error", error);
      if (object != NULL)
        set_house_error (object, &answer->error);
      return object != NULL;
    }
  answer->valuation = hp_valuation_from_json (object, error);
  if (answer->valuation == NULL)
    return FALSE;
  /* what it says of itself does not matter: this is where it came from */
  g_free (answer->valuation->source);
  answer->valuation->source = g_strdup ("server");
  return TRUE;
}

static gpointer
read_answers (JsonObject *object, guint n_houses, GError **error)
{
  JsonArray *valuations = hp_json_get_array (object, "valuations", error);
  g_autoptr (GPtrArray) answers = g_ptr_array_new_with_free_func ((GDestroyNotify) hp_answer_free);

  if (valuations == NULL)
    return NULL;
  if (json_array_get_length (valuations) != n_houses)
    {
      hp_set_error (error, HP_ERROR_BAD_DATA, "valuations",
                    _ ("valuations: not the houses that were asked about, %u for %u"),
                    json_array_get_length (valuations), n_houses);
      return NULL;
    }
  for (guint i = 0; i < n_houses; i++)
    {
      HpAnswer *answer = g_new0 (HpAnswer, 1);

      g_ptr_array_add (answers, answer);
      if (!read_house (json_array_get_element (valuations, i), answer, error))
        return NULL;
    }
  return g_steal_pointer (&answers);
}

static gpointer
read_valuation (JsonObject *object, guint n_houses, GError **error)
{
  g_autoptr (GPtrArray) answers = read_answers (object, n_houses, error);
  HpAnswer *answer = answers != NULL ? answers->pdata[0] : NULL;

  if (answer != NULL && answer->error != NULL)
    g_propagate_error (error, g_steal_pointer (&answer->error));
  return answer != NULL ? g_steal_pointer (&answer->valuation) : NULL;
}

static void
server_value_async (HpValuer *valuer, const HpQuestion *question, GCancellable *cancellable,
                    GAsyncReadyCallback callback, gpointer data)
{
  HpServerValuer *self = HP_SERVER_VALUER (valuer);
  g_autoptr (GTask) task = g_task_new (valuer, cancellable, callback, data);
  gsize length;
  char *body = hp_question_to_json (question, &length);

  g_task_set_source_tag (task, server_value_async);
  ask (self, task, "/v1/valuations", body, length, 1, &question_limits, read_valuation,
       (GDestroyNotify) hp_valuation_free);
}

static void
server_value_many_async (HpValuer *valuer, GPtrArray *questions, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer data)
{
  HpServerValuer *self = HP_SERVER_VALUER (valuer);
  g_autoptr (GTask) task = g_task_new (valuer, cancellable, callback, data);
  gsize length;
  char *body = hp_questions_to_json (questions, &length);

  g_task_set_source_tag (task, server_value_many_async);
  ask (self, task, "/v1/valuations", body, length, questions->len, &question_limits, read_answers,
       (GDestroyNotify) g_ptr_array_unref);
}

static gpointer
read_description (JsonObject *object, guint n_houses, GError **error)
{
  object = hp_json_get_object (object, "schema", error);
  return object != NULL ? hp_description_from_json (object, error) : NULL;
}

static void
server_describe_async (HpValuer *valuer, const char *version, GCancellable *cancellable, GAsyncReadyCallback callback,
                       gpointer data)
{
  HpServerValuer *self = HP_SERVER_VALUER (valuer);
  g_autoptr (GTask) task = g_task_new (valuer, cancellable, callback, data);
  g_autofree char *escaped = g_uri_escape_string (version != NULL ? version : "champion", NULL, FALSE);
  g_autofree char *path = g_strconcat ("/v1/versions/", escaped, NULL);

  g_task_set_source_tag (task, server_describe_async);
  ask (self, task, path, NULL, 0, 0, &question_limits, read_description, (GDestroyNotify) hp_description_unref);
}

static gpointer
read_health (JsonObject *object, guint n_houses, GError **error)
{
  const char *version;

  return hp_json_get_string (object, "version", &version, error) ? g_strdup (version) : NULL;
}

/**
 * _hp_server_valuer_health_async:
 * @valuer: a server valuer
 * @cancellable: (nullable): stops it
 * @callback: called when there is an answer
 * @data: for @callback
 *
 * Asks whether the server can value, with less patience than a question has.
 */
void
_hp_server_valuer_health_async (HpValuer *valuer, GCancellable *cancellable, GAsyncReadyCallback callback,
                                gpointer data)
{
  g_autoptr (GTask) task = g_task_new (valuer, cancellable, callback, data);

  g_task_set_source_tag (task, _hp_server_valuer_health_async);
  ask (HP_SERVER_VALUER (valuer), task, "/health", NULL, 0, 0, &health_limits, read_health, g_free);
}

/**
 * _hp_server_valuer_health_finish:
 * @valuer: a server valuer
 * @result: what the callback was given
 * @error: return location for a #GError
 *
 * Returns: (transfer full) (nullable): the version that serves; %NULL with %HP_ERROR_UNREACHABLE if none does
 */
char *
_hp_server_valuer_health_finish (HpValuer *valuer, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
hp_server_valuer_finalize (GObject *object)
{
  HpServerValuer *self = HP_SERVER_VALUER (object);

  g_free (self->url);
  g_free (self->base);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (hp_server_valuer_parent_class)->finalize (object);
}

static void
hp_server_valuer_class_init (HpServerValuerClass *class)
{
  HpValuerClass *valuer_class = HP_VALUER_CLASS (class);

  G_OBJECT_CLASS (class)->finalize = hp_server_valuer_finalize;
  valuer_class->value_async = server_value_async;
  valuer_class->value_many_async = server_value_many_async;
  valuer_class->describe_async = server_describe_async;
}

static void
hp_server_valuer_init (HpServerValuer *self)
{
  g_autoptr (GProxyResolver) proxies = _hp_proxy_resolver_new ();

  self->session
    = soup_session_new_with_options ("proxy-resolver", proxies, "user-agent", "house-price/" HP_VERSION, NULL);
  /* no compression: a small answer, read as it comes */
  soup_session_remove_feature_by_type (self->session, SOUP_TYPE_CONTENT_DECODER);
}

/* (nullable) (transfer full): NULL: the address of no server. GUri takes spaces and control characters for granted. */
static GUri *
parse_url (const char *url)
{
  g_autoptr (GUri) uri = NULL;

  for (const char *p = url; *p != '\0'; p++)
    if (g_ascii_isspace (*p) || g_ascii_iscntrl (*p))
      return NULL;
  uri = g_uri_parse (url, SOUP_HTTP_URI_FLAGS, NULL);
  if (uri == NULL || g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0' || g_uri_get_query (uri) != NULL
      || g_uri_get_fragment (uri) != NULL
      || (!g_str_equal (g_uri_get_scheme (uri), "http") && !g_str_equal (g_uri_get_scheme (uri), "https")))
    return NULL;
  return g_steal_pointer (&uri);
}

/**
 * hp_server_valuer_new:
 * @url: the server's address: `http://HOST[:PORT][/PATH]`, or `https://…`
 * @error: return location for a #GError
 *
 * Touches no network. A question waits a second for a connection and three for its answer.
 *
 * Returns: (transfer full) (nullable): a valuer that asks the server, or %NULL with %HP_ERROR_USAGE
 */
HpValuer *
hp_server_valuer_new (const char *url, GError **error)
{
  g_autoptr (GUri) uri = parse_url (url);
  HpServerValuer *self;

  if (uri == NULL)
    {
      g_autofree char *shown = hp_text_printable (url, -1, 80);

      hp_set_error (error, HP_ERROR_USAGE, NULL,
                    _ ("“%s” is not the address of a server: write it like http://host:8000"), shown);
      return NULL;
    }
  self = g_object_new (HP_TYPE_SERVER_VALUER, NULL);
  self->url = g_uri_to_string_partial (uri, G_URI_HIDE_USERINFO);
  self->base = g_strdup (url);
  while (g_str_has_suffix (self->base, "/"))
    self->base[strlen (self->base) - 1] = '\0';
  return HP_VALUER (self);
}

/**
 * hp_server_valuer_get_url:
 * @valuer: a server valuer
 *
 * Returns: (transfer none): its address, fit to show: without a user's name and password
 */
const char *
hp_server_valuer_get_url (HpValuer *valuer)
{
  g_return_val_if_fail (HP_IS_SERVER_VALUER (valuer), NULL);

  return HP_SERVER_VALUER (valuer)->url;
}
