/* hp-manifest.c - reads, checks and writes MANIFEST.json
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hp-error.h"
#include "hp-json.h"
#include "hp-manifest.h"

#define FORMAT   1
#define MAX_NAME 64

static void
file_free (gpointer data)
{
  HpManifestFile *file = data;

  g_free (file->name);
  g_free (file);
}

static gint
compare_files (gconstpointer a, gconstpointer b)
{
  const HpManifestFile *const *x = a, *const *y = b;

  return strcmp ((*x)->name, (*y)->name);
}

/**
 * hp_name_is_plain:
 * @name: (nullable): what is to name a model or a bundle's file
 *
 * Letters, digits, `-`, `_` and `.`, at most 64, the first not a dot (nor a dash, which tools would
 * take for an option).
 *
 * Returns: %TRUE if @name may be used
 */
gboolean
hp_name_is_plain (const char *name)
{
  gsize n;

  if (name == NULL || name[0] == '.' || name[0] == '-')
    return FALSE;
  for (n = 0; name[n] != '\0'; n++)
    if (n == MAX_NAME || !(g_ascii_isalnum (name[n]) || name[n] == '-' || name[n] == '_' || name[n] == '.'))
      return FALSE;
  return n > 0;
}

/**
 * hp_manifest_new:
 * @model: the model's name
 * @version: its version
 * @created: when it was made, ISO 8601
 * @parent: (nullable): the run that made it
 *
 * Returns: (transfer full): a manifest without files
 */
HpManifest *
hp_manifest_new (const char *model, guint version, const char *created, const char *parent)
{
  HpManifest *manifest = g_new0 (HpManifest, 1);

  manifest->model = g_strdup (model);
  manifest->version = version;
  manifest->created = g_strdup (created);
  manifest->parent = g_strdup (parent);
  manifest->files = g_ptr_array_new_with_free_func (file_free);
  return manifest;
}

/**
 * hp_manifest_free:
 * @manifest: (nullable) (transfer full): a manifest
 */
void
hp_manifest_free (HpManifest *manifest)
{
  if (manifest == NULL)
    return;
  g_free (manifest->model);
  g_free (manifest->created);
  g_free (manifest->parent);
  g_free (manifest->from_model);
  g_free (manifest->from_sha256);
  g_ptr_array_unref (manifest->files);
  g_free (manifest);
}

/**
 * hp_manifest_add:
 * @manifest: a manifest
 * @name: a plain name that it does not have yet
 * @size: in bytes
 * @sha256: 64 lower-case hexadecimal digits
 *
 * Files are kept in order of their names, whatever the order they come in.
 */
void
hp_manifest_add (HpManifest *manifest, const char *name, guint64 size, const char *sha256)
{
  HpManifestFile *file = g_new0 (HpManifestFile, 1);

  g_assert (strlen (sha256) == HP_SHA256_HEX_LENGTH);
  file->name = g_strdup (name);
  file->size = size;
  memcpy (file->sha256, sha256, HP_SHA256_HEX_LENGTH + 1);
  g_ptr_array_add (manifest->files, file);
  g_ptr_array_sort (manifest->files, compare_files);
}

/**
 * hp_manifest_find:
 * @manifest: a manifest
 * @name: a file's name
 *
 * Returns: (transfer none) (nullable): what is known of the file
 */
const HpManifestFile *
hp_manifest_find (const HpManifest *manifest, const char *name)
{
  for (guint i = 0; i < manifest->files->len; i++)
    {
      const HpManifestFile *file = g_ptr_array_index (manifest->files, i);

      if (strcmp (file->name, name) == 0)
        return file;
    }
  return NULL;
}

/**
 * hp_manifest_get_total_size:
 * @manifest: a manifest
 *
 * Returns: the bytes of all files together, the manifest itself not counted
 */
guint64
hp_manifest_get_total_size (const HpManifest *manifest)
{
  guint64 total = 0;

  for (guint i = 0; i < manifest->files->len; i++)
    total += ((const HpManifestFile *) g_ptr_array_index (manifest->files, i))->size;
  return total;
}

static gboolean
is_sha256 (const char *text)
{
  return strlen (text) == HP_SHA256_HEX_LENGTH && strspn (text, "0123456789abcdef") == HP_SHA256_HEX_LENGTH;
}

static gboolean
get_text (JsonObject *object, const char *member, const char **value, GError **error)
{
  if (!hp_json_get_string (object, member, value, error))
    return FALSE;
  if (strlen (*value) > HP_MANIFEST_MAX_TEXT)
    {
      hp_set_error (error, HP_ERROR_BAD_DATA, NULL, _ ("“%s” is longer than %d bytes"), member, HP_MANIFEST_MAX_TEXT);
      return FALSE;
    }
  return TRUE;
}

/* Absent or null: *value is NULL */
static gboolean
get_optional_text (JsonObject *object, const char *member, const char **value, GError **error)
{
  JsonNode *node = json_object_get_member (object, member);

  *value = NULL;
  return node == NULL || JSON_NODE_HOLDS_NULL (node) || get_text (object, member, value, error);
}

static gboolean
get_name (JsonObject *object, const char *member, const char **value, GError **error)
{
  if (!get_text (object, member, value, error))
    return FALSE;
  if (!hp_name_is_plain (*value))
    {
      hp_set_error (error, HP_ERROR_BAD_DATA, NULL, _ ("“%s” is not a plain name"), member);
      return FALSE;
    }
  return TRUE;
}

static gboolean
get_sha256 (JsonObject *object, const char *member, const char **value, GError **error)
{
  if (!hp_json_get_string (object, member, value, error))
    return FALSE;
  if (!is_sha256 (*value))
    {
      hp_set_error (error, HP_ERROR_BAD_DATA, NULL, _ ("“%s” is not 64 hexadecimal digits"), member);
      return FALSE;
    }
  return TRUE;
}

static gboolean
read_file (HpManifest *manifest, JsonObject *files, const char *name, GError **error)
{
  g_autofree char *shown = NULL;
  JsonObject *object;
  const char *sha256;
  gint64 size;

  if (!hp_name_is_plain (name) || strcmp (name, HP_MANIFEST_NAME) == 0)
    {
      shown = g_strescape (name, NULL);
      hp_set_error (error, HP_ERROR_BAD_DATA, NULL, _ ("“files” names “%s”, which is not a plain file name"), shown);
      return FALSE;
    }
  object = hp_json_get_object (files, name, error);
  if (object == NULL || !hp_json_get_int (object, "size", 0, HP_MANIFEST_MAX_FILE_SIZE, &size, error)
      || !get_sha256 (object, "sha256", &sha256, error))
    {
      g_prefix_error (error, "%s: ", name);
      return FALSE;
    }
  hp_manifest_add (manifest, name, size, sha256);
  return TRUE;
}

static gboolean
read_files (HpManifest *manifest, JsonObject *files, GError **error)
{
  g_autoptr (GList) names = json_object_get_members (files);

  if (json_object_get_size (files) > HP_MANIFEST_MAX_FILES)
    {
      hp_set_error (error, HP_ERROR_BAD_DATA, NULL, _ ("more than %d files"), HP_MANIFEST_MAX_FILES);
      return FALSE;
    }
  for (GList *l = names; l != NULL; l = l->next)
    if (!read_file (manifest, files, l->data, error))
      return FALSE;
  if (hp_manifest_get_total_size (manifest) > HP_MANIFEST_MAX_TOTAL_SIZE)
    {
      hp_set_error (error, HP_ERROR_BAD_DATA, NULL, _ ("the files are more than 2 GiB together"));
      return FALSE;
    }
  return TRUE;
}

static gboolean
read_origin (HpManifest *manifest, JsonObject *root, GError **error)
{
  JsonObject *object;
  const char *model, *sha256;
  gint64 version;

  if (!json_object_has_member (root, "installed_from"))
    return TRUE;
  object = hp_json_get_object (root, "installed_from", error);
  if (object == NULL || !get_name (object, "model", &model, error)
      || !hp_json_get_int (object, "version", 1, HP_VERSION_MAX, &version, error)
      || !get_sha256 (object, "manifest_sha256", &sha256, error))
    return FALSE;
  manifest->from_model = g_strdup (model);
  manifest->from_version = version;
  manifest->from_sha256 = g_strdup (sha256);
  return TRUE;
}

static HpManifest *
read_root (JsonObject *root, GError **error)
{
  g_autoptr (HpManifest) manifest = NULL;
  const char *model, *created, *parent;
  JsonObject *files;
  gint64 format, version;

  if (!hp_json_get_int (root, "format", 1, G_MAXINT, &format, error))
    return NULL;
  if (format > FORMAT)
    {
      hp_set_error (error, HP_ERROR_BAD_DATA, NULL,
                    _ ("format %d is newer than this program can read: update House Price Predictor"), (int) format);
      return NULL;
    }
  if (!get_name (root, "model", &model, error) || !hp_json_get_int (root, "version", 1, HP_VERSION_MAX, &version, error)
      || !get_text (root, "created", &created, error) || !get_optional_text (root, "parent", &parent, error))
    return NULL;
  files = hp_json_get_object (root, "files", error);
  if (files == NULL)
    return NULL;
  manifest = hp_manifest_new (model, version, created, parent);
  if (!read_files (manifest, files, error) || !read_origin (manifest, root, error))
    return NULL;
  return g_steal_pointer (&manifest);
}

/**
 * hp_manifest_parse:
 * @text: JSON from a stranger
 * @length: its bytes
 * @name: what messages call it
 * @error: return location
 *
 * Members that this format does not know are passed over: later programs may add some.
 *
 * Returns: (transfer full) (nullable): the manifest, or %NULL with %HP_ERROR_BAD_DATA
 */
HpManifest *
hp_manifest_parse (const char *text, gsize length, const char *name, GError **error)
{
  g_autoptr (JsonNode) node = hp_json_parse (text, length, HP_MANIFEST_MAX_BYTES, name, error);
  g_autoptr (GError) cause = NULL;
  HpManifest *manifest;

  if (node == NULL)
    return NULL;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      hp_set_error (error, HP_ERROR_BAD_DATA, NULL, _ ("%s: not a JSON object"), name);
      return NULL;
    }
  manifest = read_root (json_node_get_object (node), &cause);
  if (manifest == NULL)
    hp_set_error (error, HP_ERROR_BAD_DATA, NULL, "%s: %s", name, cause->message);
  return manifest;
}

/**
 * hp_manifest_to_json:
 * @manifest: a manifest
 * @length: (out): its bytes
 *
 * Returns: (transfer full): MANIFEST.json, the same bytes for the same manifest
 */
char *
hp_manifest_to_json (const HpManifest *manifest, gsize *length)
{
  g_autoptr (HpJsonWriter) writer = hp_json_writer_new (TRUE);

  hp_json_writer_begin_object (writer);
  hp_json_writer_set_int (writer, "format", FORMAT);
  hp_json_writer_set_string (writer, "model", manifest->model);
  hp_json_writer_set_int (writer, "version", manifest->version);
  hp_json_writer_set_string (writer, "created", manifest->created);
  hp_json_writer_set_string (writer, "parent", manifest->parent);
  if (manifest->from_model != NULL)
    {
      hp_json_writer_key (writer, "installed_from");
      hp_json_writer_begin_object (writer);
      hp_json_writer_set_string (writer, "model", manifest->from_model);
      hp_json_writer_set_int (writer, "version", manifest->from_version);
      hp_json_writer_set_string (writer, "manifest_sha256", manifest->from_sha256);
      hp_json_writer_end_object (writer);
    }
  hp_json_writer_key (writer, "files");
  hp_json_writer_begin_object (writer);
  for (guint i = 0; i < manifest->files->len; i++)
    {
      const HpManifestFile *file = g_ptr_array_index (manifest->files, i);

      hp_json_writer_key (writer, file->name);
      hp_json_writer_begin_object (writer);
      hp_json_writer_set_int (writer, "size", file->size);
      hp_json_writer_set_string (writer, "sha256", file->sha256);
      hp_json_writer_end_object (writer);
    }
  hp_json_writer_end_object (writer);
  hp_json_writer_end_object (writer);
  return hp_json_writer_steal (writer, length);
}
