/* hp-handle-versions.c - GET /v1/versions and /v1/versions/{version}: what there is to value with
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>

#include "hp-handlers.h"

static void
set_metric (HpJsonWriter *writer, const char *name, double value)
{
  if (!isnan (value))
    hp_json_writer_set_double (writer, name, value);
}

static void
write_metrics (HpJsonWriter *writer, const HpVersionInfo *info)
{
  hp_json_writer_key (writer, "metrics");
  hp_json_writer_begin_object (writer);
  hp_json_writer_key (writer, "oof");
  hp_json_writer_begin_object (writer);
  set_metric (writer, "mae", info->oof_mae);
  hp_json_writer_end_object (writer);
  hp_json_writer_key (writer, "test");
  hp_json_writer_begin_object (writer);
  set_metric (writer, "mae", info->test_mae);
  set_metric (writer, "rmse", info->test_rmse);
  set_metric (writer, "r2", info->test_r2);
  hp_json_writer_end_object (writer);
  hp_json_writer_end_object (writer);
}

/* The members of a version, in an object that has begun */
static void
write_info (HpJsonWriter *writer, const HpVersionInfo *info)
{
  char number[16];

  g_snprintf (number, sizeof number, "%u", info->version);
  hp_json_writer_set_string (writer, "version", number);
  hp_json_writer_set_string (writer, "family", info->family);
  hp_json_writer_set_string (writer, "created", info->created);
  hp_json_writer_key (writer, "aliases");
  hp_json_writer_begin_array (writer);
  for (char **alias = info->aliases; alias != NULL && *alias != NULL; alias++)
    hp_json_writer_string (writer, *alias);
  hp_json_writer_end_array (writer);
  hp_json_writer_key (writer, "gates");
  hp_json_writer_begin_object (writer);
  hp_json_writer_set_boolean (writer, "passed", info->gates_passed);
  hp_json_writer_end_object (writer);
  write_metrics (writer, info);
  hp_json_writer_set_int (writer, "size", (gint64) info->size);
  if (info->damaged)
    hp_json_writer_set_boolean (writer, "damaged", TRUE);
}

static gpointer
list (HpHttpShared *shared, gpointer data, GError **error)
{
  return hp_registry_list (hp_server_models_get_registry (shared->models), error);
}

static void
reply (HpHttpRequest *request, HpJsonWriter *writer)
{
  gsize length;
  char *text;

  hp_json_writer_end_object (writer);
  text = hp_json_writer_steal (writer, &length);
  hp_http_reply_json (request, MHD_HTTP_OK, text, length);
}

static void
reply_list (HpHttpRequest *request, gpointer data, gpointer result, GError *error)
{
  g_autoptr (HpJsonWriter) writer = hp_json_writer_new (FALSE);
  GPtrArray *versions = result;

  if (error != NULL)
    {
      hp_http_reply_failure (request, error);
      return;
    }
  hp_json_writer_begin_object (writer);
  hp_json_writer_key (writer, "versions");
  hp_json_writer_begin_array (writer);
  for (guint i = 0; i < versions->len; i++)
    {
      hp_json_writer_begin_object (writer);
      write_info (writer, g_ptr_array_index (versions, i));
      hp_json_writer_end_object (writer);
    }
  hp_json_writer_end_array (writer);
  reply (request, writer);
}

/**
 * hp_handle_versions:
 * @request: `GET /v1/versions`
 *
 * Lists the registry's versions.
 */
void
hp_handle_versions (HpHttpRequest *request)
{
  hp_http_run_errand (request, list, NULL, NULL, (GDestroyNotify) g_ptr_array_unref, reply_list);
}

static void
reply_version (HpHttpRequest *request, gpointer data, gpointer result, GError *error)
{
  g_autoptr (HpJsonWriter) writer = hp_json_writer_new (FALSE);
  GPtrArray *versions = result;

  if (error != NULL)
    {
      hp_http_reply_failure (request, error);
      return;
    }
  hp_json_writer_begin_object (writer);
  for (guint i = 0; i < versions->len; i++)
    {
      const HpVersionInfo *info = g_ptr_array_index (versions, i);

      if (info->version == request->model->version)
        write_info (writer, info);
    }
  hp_json_writer_key (writer, "schema");
  hp_description_write_json (request->model->description, writer);
  request->answered_by = request->model->version;
  reply (request, writer);
}

/* request->model is the version */
static void
list_for_version (HpHttpRequest *request)
{
  hp_http_run_errand (request, list, NULL, NULL, (GDestroyNotify) g_ptr_array_unref, reply_version);
}

/**
 * hp_handle_version:
 * @request: `GET /v1/versions/{version}`
 *
 * Shows a version, and what a form for it needs.
 */
void
hp_handle_version (HpHttpRequest *request)
{
  hp_http_with_model (request, request->parameter, list_for_version);
}
