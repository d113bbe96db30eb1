/* hp-session-json.c - sessions as JSON, "format": 1
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hp-error.h"
#include "hp-members-private.h"
#include "hp-session-private.h"
#include "hp-text.h"

#define FORMAT 1

/* An element of an array that has to be an object; what goes wrong inside is told with its place */
static JsonObject *
get_element (JsonArray *array, guint i, const char *where, GError **error)
{
  JsonNode *node = json_array_get_element (array, i);

  if (JSON_NODE_HOLDS_OBJECT (node))
    return json_node_get_object (node);
  hp_set_error (error, HP_ERROR_BAD_DATA, where, _ ("entry %u of \"%s\" is not an object"), i + 1, where);
  return NULL;
}

static gboolean
check_format (JsonObject *root, GError **error)
{
  gint64 format;

  if (!hp_json_get_int (root, "format", 1, G_MAXINT64, &format, error))
    return FALSE;
  if (format <= FORMAT)
    return TRUE;
  hp_set_error (error, HP_ERROR_BAD_DATA, "format",
                _ ("the session was written by a newer version of this program (format %" G_GINT64_FORMAT
                   "): update the program"),
                format);
  return FALSE;
}

static gboolean
read_versions (HpSession *session, JsonObject *root, GError **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  JsonArray *array;

  if (!_hp_members_get_array (root, "versions", HP_SESSION_MAX_VERSIONS, &array, error))
    return FALSE;
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      const char *text = json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;

      if (text == NULL || strlen (text) > HP_MEMBERS_MAX_NAME)
        {
          hp_set_error (error, HP_ERROR_BAD_DATA, "versions", _ ("\"versions\" has to be an array of short texts"));
          return FALSE;
        }
      g_strv_builder_add (builder, text);
    }
  g_strfreev (session->versions);
  session->versions = g_strv_builder_end (builder);
  return TRUE;
}

static gboolean
read_data (HpSession *session, JsonObject *root, const char *folder, GError **error)
{
  static const char *const known[] = { "path", "sha256", "rows", NULL };
  g_autofree char *path = NULL;
  JsonObject *object;
  JsonNode *rows;

  if (!_hp_members_get_object (root, "data", &object, error))
    return FALSE;
  if (object == NULL)
    return TRUE;
  if (!_hp_members_get_text (object, "path", HP_MEMBERS_MAX_TEXT, TRUE, &path, error)
      || !_hp_members_get_text (object, "sha256", HP_MEMBERS_MAX_NAME, FALSE, &session->data.sha256, error))
    return FALSE;
  rows = json_object_get_member (object, "rows");
  if (rows != NULL && !JSON_NODE_HOLDS_NULL (rows)
      && !hp_json_get_int (object, "rows", 0, G_MAXINT64, &session->data.rows, error))
    return FALSE;
  session->data.path = g_canonicalize_filename (path, folder);
  session->data_rest = _hp_members_rest (object, known);
  return TRUE;
}

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* By sorting: what is in the file can't make this slow. */
static gboolean
check_ids (HpSession *session, GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();

  for (guint i = 0; i < session->houses->len; i++)
    g_ptr_array_add (ids, (char *) hp_session_house_get_id (session->houses->pdata[i]));
  g_ptr_array_sort (ids, compare_ids);
  for (guint i = 1; i < ids->len; i++)
    if (strcmp (ids->pdata[i - 1], ids->pdata[i]) == 0)
      {
        hp_set_error (error, HP_ERROR_BAD_DATA, "houses", _ ("two houses have the id \"%s\""),
                      (const char *) ids->pdata[i]);
        return FALSE;
      }
  return TRUE;
}

static gboolean
read_houses (HpSession *session, JsonObject *root, GError **error)
{
  JsonArray *array;

  if (!_hp_members_get_array (root, "houses", HP_SESSION_MAX_HOUSES, &array, error))
    return FALSE;
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonObject *object = get_element (array, i, "houses", error);
      HpSessionHouse *house = object != NULL ? _hp_session_house_from_json (object, error) : NULL;

      if (house == NULL)
        {
          g_prefix_error (error, "houses[%u]: ", i);
          return FALSE;
        }
      _hp_session_insert_house (session, session->houses->len, house);
    }
  return check_ids (session, error);
}

static gboolean
read_audit (HpSession *session, JsonObject *root, GError **error)
{
  JsonObject *object;
  HpAudit *audit;

  if (!_hp_members_get_object (root, "audit", &object, error))
    return FALSE;
  if (object == NULL)
    return TRUE;
  audit = hp_audit_from_json (object, error);
  if (audit == NULL)
    {
      g_prefix_error (error, "audit: ");
      return FALSE;
    }
  hp_audit_free (session->audit);
  session->audit = audit;
  for (guint i = 0; i < hp_audit_get_n (audit); i++)
    _hp_session_note_id (session, hp_audit_get (audit, i)->house);
  return TRUE;
}

static gboolean
read_rows (HpSession *session, JsonObject *object, GError **error)
{
  JsonArray *array;

  if (!_hp_members_get_array (object, "rows", HP_SESSION_MAX_ROWS, &array, error))
    return FALSE;
  if (array == NULL || json_array_get_length (array) == 0)
    return TRUE;
  session->view.rows = g_array_new (FALSE, FALSE, sizeof (guint64));
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      gint64 row = json_node_get_value_type (node) == G_TYPE_INT64 ? json_node_get_int (node) : -1;
      guint64 value = (guint64) row;

      if (row < 0)
        {
          hp_set_error (error, HP_ERROR_BAD_DATA, "rows", _ ("\"rows\" has to be an array of row numbers"));
          return FALSE;
        }
      g_array_append_val (session->view.rows, value);
    }
  return TRUE;
}

static gboolean
read_view (HpSession *session, JsonObject *root, GError **error)
{
  static const char *const known[] = { "page", "chart", "segment", "rows", NULL };
  HpSessionView *view = &session->view;
  JsonObject *object;

  if (!_hp_members_get_object (root, "view", &object, error))
    return FALSE;
  if (object == NULL)
    return TRUE;
  session->view_rest = _hp_members_rest (object, known);
  return _hp_members_get_text (object, "page", HP_MEMBERS_MAX_NAME, FALSE, &view->page, error)
         && _hp_members_get_text (object, "chart", HP_MEMBERS_MAX_NAME, FALSE, &view->chart, error)
         && _hp_members_get_text (object, "segment", HP_MEMBERS_MAX_NAME, FALSE, &view->segment, error)
         && read_rows (session, object, error);
}

/* What a copy knows of its original: where it is, and what was there */
static gboolean
read_recovery (HpSession *session, JsonObject *root, GError **error)
{
  g_autofree char *path = NULL, *sha256 = NULL;
  JsonObject *object;

  if (!_hp_members_get_object (root, "recovery", &object, error))
    return FALSE;
  if (object == NULL)
    return TRUE;
  if (!_hp_members_get_text (object, "path", HP_MEMBERS_MAX_TEXT, FALSE, &path, error)
      || !_hp_members_get_text (object, "sha256", HP_MEMBERS_MAX_NAME, FALSE, &sha256, error))
    return FALSE;
  if (path != NULL && g_path_is_absolute (path))
    {
      _hp_session_set_path (session, path);
      _hp_session_seen_unref (session->seen);
      session->seen = _hp_session_seen_new (path, sha256);
    }
  return TRUE;
}

static gboolean
read_session (HpSession *session, JsonObject *root, const char *folder, GError **error)
{
  static const char *const known[] = { "format", "created", "changed", "model", "versions", "data",
                                       "notes",  "houses",  "audit",   "view",  "recovery", NULL };
  g_autofree char *notes = NULL;

  if (!check_format (root, error) || !_hp_members_get_time (root, "created", &session->created, error)
      || !_hp_members_get_time (root, "changed", &session->changed, error)
      || !_hp_members_get_text (root, "model", HP_MEMBERS_MAX_NAME, FALSE, &session->model, error)
      || !read_versions (session, root, error) || !read_data (session, root, folder, error)
      || !_hp_members_get_text (root, "notes", HP_MEMBERS_MAX_TEXT, FALSE, &notes, error)
      || !read_houses (session, root, error) || !read_audit (session, root, error) || !read_view (session, root, error)
      || !read_recovery (session, root, error))
    return FALSE;
  if (notes != NULL)
    {
      g_free (session->notes);
      session->notes = g_steal_pointer (&notes);
    }
  session->rest = _hp_members_rest (root, known);
  return TRUE;
}

/**
 * hp_session_from_json:
 * @text: (array length=length): a session as hp_session_to_json() writes it
 * @length: how many bytes
 * @name: what to call it in messages, such as the path
 * @folder: (nullable) (type filename): what relative paths in it start from; %NULL: the current folder
 * @error: %HP_ERROR_BAD_DATA with the place and what is wrong
 *
 * Reads a session. Members that are not known are kept for when it is written again; a later format is refused. A
 * spoiled audit trail is not: see hp_audit_get_problem().
 *
 * Returns: (transfer full) (nullable): the session, which is not modified
 */
HpSession *
hp_session_from_json (const char *text, gsize length, const char *name, const char *folder, GError **error)
{
  g_autoptr (JsonNode) node = hp_json_parse (text, length, HP_SESSION_MAX_BYTES, name, error);
  g_autoptr (HpSession) session = NULL;
  g_autofree char *shown = NULL;

  if (node == NULL)
    return NULL;
  shown = hp_text_printable (name, -1, 0);
  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      hp_set_error (error, HP_ERROR_BAD_DATA, NULL, _ ("%s: is not a session"), shown);
      return NULL;
    }
  session = hp_session_new ();
  if (read_session (session, json_node_get_object (node), folder, error))
    return g_steal_pointer (&session);
  g_prefix_error (error, "%s: ", shown);
  return NULL;
}

/* Relative to the folder if it is beneath it, so that both can be moved together */
static const char *
shorten (const char *path, const char *folder)
{
  gsize length = folder != NULL ? strlen (folder) : 0;

  if (length == 0 || strncmp (path, folder, length) != 0)
    return path;
  if (folder[length - 1] == '/')
    return path[length] != '\0' ? path + length : path;
  return path[length] == '/' && path[length + 1] != '\0' ? path + length + 1 : path;
}

static void
write_data (HpSession *session, const char *folder, HpJsonWriter *writer)
{
  g_autofree char *absolute = folder != NULL ? g_canonicalize_filename (folder, NULL) : NULL;

  if (session->data.path == NULL)
    return;
  hp_json_writer_key (writer, "data");
  hp_json_writer_begin_object (writer);
  hp_json_writer_set_string (writer, "path", shorten (session->data.path, absolute));
  _hp_members_set_text (writer, "sha256", session->data.sha256);
  if (session->data.rows >= 0)
    hp_json_writer_set_int (writer, "rows", session->data.rows);
  _hp_members_write_rest (writer, session->data_rest);
  hp_json_writer_end_object (writer);
}

static void
write_view (HpSession *session, HpJsonWriter *writer)
{
  const HpSessionView *view = &session->view;

  hp_json_writer_key (writer, "view");
  hp_json_writer_begin_object (writer);
  _hp_members_set_text (writer, "page", view->page);
  _hp_members_set_text (writer, "chart", view->chart);
  _hp_members_set_text (writer, "segment", view->segment);
  if (view->rows != NULL)
    {
      hp_json_writer_key (writer, "rows");
      hp_json_writer_begin_array (writer);
      for (guint i = 0; i < view->rows->len; i++)
        hp_json_writer_int (writer, (gint64) g_array_index (view->rows, guint64, i));
      hp_json_writer_end_array (writer);
    }
  _hp_members_write_rest (writer, session->view_rest);
  hp_json_writer_end_object (writer);
}

static void
write_recovery (HpSession *session, HpJsonWriter *writer)
{
  hp_json_writer_key (writer, "recovery");
  hp_json_writer_begin_object (writer);
  /* A name that JSON can't hold is forgotten: the copy is then one of a session without a file. */
  if (session->path != NULL && g_utf8_validate (session->path, -1, NULL))
    {
      hp_json_writer_set_string (writer, "path", session->path);
      g_mutex_lock (&session->seen->lock);
      _hp_members_set_text (writer, "sha256", session->seen->sha256);
      g_mutex_unlock (&session->seen->lock);
    }
  hp_json_writer_end_object (writer);
}

char *
_hp_session_to_json (HpSession *session, const char *folder, gboolean recovery, gsize *length)
{
  g_autoptr (HpJsonWriter) writer = hp_json_writer_new (TRUE);

  hp_json_writer_begin_object (writer);
  hp_json_writer_set_int (writer, "format", FORMAT);
  _hp_members_set_time (writer, "created", session->created);
  _hp_members_set_time (writer, "changed", session->changed);
  _hp_members_set_text (writer, "model", session->model);
  hp_json_writer_key (writer, "versions");
  hp_json_writer_begin_array (writer);
  for (char **version = session->versions; *version != NULL; version++)
    hp_json_writer_string (writer, *version);
  hp_json_writer_end_array (writer);
  write_data (session, folder, writer);
  if (*session->notes != '\0')
    hp_json_writer_set_string (writer, "notes", session->notes);
  hp_json_writer_key (writer, "houses");
  hp_json_writer_begin_array (writer);
  for (guint i = 0; i < session->houses->len; i++)
    _hp_session_house_write_json (session->houses->pdata[i], writer);
  hp_json_writer_end_array (writer);
  hp_json_writer_key (writer, "audit");
  hp_audit_write_json (session->audit, writer);
  write_view (session, writer);
  if (recovery)
    write_recovery (session, writer);
  _hp_members_write_rest (writer, session->rest);
  hp_json_writer_end_object (writer);
  return hp_json_writer_steal (writer, length);
}

/**
 * hp_session_to_json:
 * @session: a session
 * @folder: (nullable) (type filename): where the file will be: paths beneath it become relative; %NULL: all stay
 * absolute
 * @length: (out) (optional): how many bytes
 *
 * Returns: (transfer full): the session as its file has it
 */
char *
hp_session_to_json (HpSession *session, const char *folder, gsize *length)
{
  g_return_val_if_fail (HP_IS_SESSION (session), NULL);

  return _hp_session_to_json (session, folder, FALSE, length);
}
