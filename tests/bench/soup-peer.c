/* soup-peer.c - what house-price-server is measured against: the same route on SoupServer and json-glib, as one would
 * write it
 *
 * soup-peer REGISTRY: values houses with the champion; writes where it listens.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <libsoup/soup.h>
#include <string.h>

#include "hp-registry.h"

typedef struct
{
  HpPredictor *predictor;
  const HpPreprocessor *pre;
  HpHouse *house;
  float *features;
  char *version;
} Peer;

static gboolean
read_house (Peer *peer, JsonObject *object)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  hp_house_clear (peer->house);
  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &name, &value))
    {
      int i = hp_preprocessor_find_attribute (peer->pre, name);

      if (i < 0 || !JSON_NODE_HOLDS_VALUE (value))
        continue;
      if (json_node_get_value_type (value) == G_TYPE_STRING)
        {
          const char *text = json_node_get_string (value);

          if (!hp_house_set_text (peer->house, peer->pre, (guint) i, text, strlen (text), NULL))
            return FALSE;
        }
      else if (!hp_house_set_number (peer->house, peer->pre, (guint) i, json_node_get_double (value), NULL))
        return FALSE;
    }
  return TRUE;
}

static char *
write_answer (const Peer *peer, const HpQuote *quote, gsize *length)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *time = g_date_time_format_iso8601 (now), *id = g_uuid_string_random ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "predicted_price");
  json_builder_add_double_value (builder, quote->price);
  json_builder_set_member_name (builder, "confidence_interval");
  json_builder_begin_array (builder);
  json_builder_add_double_value (builder, quote->low);
  json_builder_add_double_value (builder, quote->high);
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "features_importance");
  json_builder_begin_object (builder);
  json_builder_end_object (builder);
  json_builder_set_member_name (builder, "prediction_time");
  json_builder_add_string_value (builder, time);
  json_builder_set_member_name (builder, "valuation_id");
  json_builder_add_string_value (builder, id);
  json_builder_set_member_name (builder, "model");
  json_builder_add_string_value (builder, "house-price");
  json_builder_set_member_name (builder, "version");
  json_builder_add_string_value (builder, peer->version);
  json_builder_set_member_name (builder, "currency");
  json_builder_add_string_value (builder, hp_preprocessor_get_currency (peer->pre));
  json_builder_set_member_name (builder, "confidence");
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "fsd");
  json_builder_add_double_value (builder, quote->fsd);
  json_builder_set_member_name (builder, "within_10_percent");
  json_builder_add_double_value (builder, quote->within_10_percent);
  json_builder_end_object (builder);
  json_builder_set_member_name (builder, "warnings");
  json_builder_begin_array (builder);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  json_generator_set_root (generator, root);
  return json_generator_to_data (generator, length);
}

static void
predict (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data)
{
  Peer *peer = data;
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  g_autoptr (GBytes) bytes = soup_message_body_flatten (body);
  g_autoptr (JsonParser) parser = json_parser_new ();
  gsize size, length;
  const char *text = g_bytes_get_data (bytes, &size);
  HpQuote quote;
  char *answer;

  if (!json_parser_load_from_data (parser, text, (gssize) size, NULL)
      || !JSON_NODE_HOLDS_OBJECT (json_parser_get_root (parser)))
    {
      soup_server_message_set_status (message, 400, NULL);
      return;
    }
  /* it has no words for warnings, so it answers only those houses that need none */
  if (!read_house (peer, json_node_get_object (json_parser_get_root (parser)))
      || !hp_predictor_quote (peer->predictor, peer->house, 0.9, peer->features, &quote))
    {
      soup_server_message_set_status (message, 422, NULL);
      return;
    }
  answer = write_answer (peer, &quote, &length);
  soup_server_message_set_status (message, 200, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_TAKE, answer, length);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HpRegistry) registry = hp_registry_new (argc > 1 ? argv[1] : NULL, NULL, &error);
  g_autoptr (HpBundle) bundle = registry != NULL ? hp_registry_load (registry, NULL, &error) : NULL;
  g_autoptr (SoupServer) server = soup_server_new (NULL, NULL);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Peer peer = { .predictor = bundle != NULL ? hp_bundle_get_predictor (bundle, FALSE, &error) : NULL };
  GSList *uris;

  if (peer.predictor == NULL)
    g_error ("%s", error->message);
  peer.pre = hp_predictor_get_preprocessor (peer.predictor);
  peer.house = hp_house_new (peer.pre);
  peer.features = g_new (float, hp_preprocessor_get_n_features (peer.pre) + 1);
  peer.version = g_strdup_printf ("%u", hp_bundle_get_version (bundle));
  soup_server_add_handler (server, "/predict", predict, &peer, NULL);
  if (!soup_server_listen_local (server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error))
    g_error ("%s", error->message);
  uris = soup_server_get_uris (server);
  g_print ("{\"msg\":\"listening\",\"url\":\"http://127.0.0.1:%d\"}\n", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  g_main_loop_run (loop);
  return 0;
}
