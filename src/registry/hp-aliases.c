/* hp-aliases.c - reads, checks, changes and writes aliases.json
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hp-aliases.h"
#include "hp-error.h"
#include "hp-file.h"
#include "hp-json.h"
#include "hp-manifest.h"

#define FORMAT    1
#define MAX_ALIAS 64

static void
change_free (gpointer data)
{
  HpAliasChange *change = data;

  g_free (change->time);
  g_free (change->alias);
  g_free (change->reason);
  g_free (change);
}

/**
 * hp_alias_is_valid:
 * @alias: (nullable): a name for a version
 *
 * A lower-case letter, then lower-case letters, digits, `_` and `-`, at most 64; not `v` and a
 * number, which is the version of that number.
 *
 * Returns: %TRUE if @alias may name a version
 */
gboolean
hp_alias_is_valid (const char *alias)
{
  gsize n;

  if (alias == NULL || !g_ascii_islower (alias[0]))
    return FALSE;
  for (n = 1; alias[n] != '\0'; n++)
    if (n == MAX_ALIAS
        || !(g_ascii_islower (alias[n]) || g_ascii_isdigit (alias[n]) || alias[n] == '_' || alias[n] == '-'))
      return FALSE;
  return alias[0] != 'v' || n == 1 || strspn (alias + 1, "0123456789") != n - 1;
}

/**
 * hp_aliases_new:
 *
 * Returns: (transfer full): no aliases and no history
 */
HpAliases *
hp_aliases_new (void)
{
  HpAliases *aliases = g_new0 (HpAliases, 1);

  aliases->versions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  aliases->history = g_ptr_array_new_with_free_func (change_free);
  return aliases;
}

/**
 * hp_aliases_free:
 * @aliases: (nullable) (transfer full): aliases
 */
void
hp_aliases_free (HpAliases *aliases)
{
  if (aliases == NULL)
    return;
  g_hash_table_unref (aliases->versions);
  g_ptr_array_unref (aliases->history);
  g_free (aliases);
}

/**
 * hp_aliases_get:
 * @aliases: aliases
 * @alias: a name
 *
 * Returns: the version that @alias names, 0 if there is none
 */
guint
hp_aliases_get (const HpAliases *aliases, const char *alias)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (aliases->versions, alias));
}

static gint
compare_strings (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

/**
 * hp_aliases_get_names:
 * @aliases: aliases
 *
 * Returns: (transfer full): the names, in alphabetical order
 */
char **
hp_aliases_get_names (const HpAliases *aliases)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer name;

  g_hash_table_iter_init (&iter, aliases->versions);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_strings);
  g_ptr_array_add (names, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&names), FALSE);
}

static void
append_change (HpAliases *aliases, const HpAliasChange *change)
{
  HpAliasChange *copy = g_new (HpAliasChange, 1);

  *copy = *change;
  copy->time = g_strdup (change->time);
  copy->alias = g_strdup (change->alias);
  copy->reason = g_strdup (change->reason);
  g_ptr_array_add (aliases->history, copy);
}

/**
 * hp_aliases_apply:
 * @aliases: aliases
 * @change: what is to change; copied
 * @error: return location
 *
 * Points the alias at the version (or removes it) and notes it in the history, whose oldest
 * entries fall off beyond %HP_ALIASES_MAX_HISTORY: the file must stay readable for ever.
 *
 * Returns: %FALSE with %HP_ERROR_USAGE if there would be too many aliases
 */
gboolean
hp_aliases_apply (HpAliases *aliases, const HpAliasChange *change, GError **error)
{
  HpAliasChange dated = *change;
  g_autofree char *now = NULL;

  g_return_val_if_fail (hp_alias_is_valid (change->alias), FALSE);

  if (change->version != 0 && hp_aliases_get (aliases, change->alias) == 0
      && g_hash_table_size (aliases->versions) >= HP_ALIASES_MAX_NAMES)
    {
      hp_set_error (error, HP_ERROR_USAGE, NULL, _ ("there are already %d aliases: remove one first"),
                    HP_ALIASES_MAX_NAMES);
      return FALSE;
    }
  if (change->version == 0)
    g_hash_table_remove (aliases->versions, change->alias);
  else
    g_hash_table_insert (aliases->versions, g_strdup (change->alias), GUINT_TO_POINTER (change->version));
  if (dated.time == NULL)
    {
      g_autoptr (GDateTime) time = g_date_time_new_now_utc ();

      dated.time = now = g_date_time_format (time, "%Y-%m-%dT%H:%M:%SZ");
    }
  append_change (aliases, &dated);
  if (aliases->history->len > HP_ALIASES_MAX_HISTORY)
    g_ptr_array_remove_range (aliases->history, 0, aliases->history->len - HP_ALIASES_MAX_HISTORY);
  return TRUE;
}

/**
 * hp_aliases_get_champions:
 * @aliases: aliases
 *
 * The champions that a rollback can walk back over, as a stack: a promotion puts one on top, a
 * rollback takes off what it went back over. So two rollbacks in a row go back two champions
 * instead of swapping the last two.
 *
 * Returns: (transfer full) (element-type guint): versions, the present champion last; 0 where
 *   there was none
 */
GArray *
hp_aliases_get_champions (const HpAliases *aliases)
{
  GArray *stack = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < aliases->history->len; i++)
    {
      const HpAliasChange *change = g_ptr_array_index (aliases->history, i);

      if (strcmp (change->alias, HP_ALIAS_CHAMPION) != 0)
        continue;
      /* The champion before is known even when its own promotion has fallen off the history. */
      if (change->previous != 0
          && (stack->len == 0 || g_array_index (stack, guint, stack->len - 1) != change->previous))
        g_array_append_val (stack, change->previous);
      if (change->rollback)
        while (stack->len > 0 && g_array_index (stack, guint, stack->len - 1) != change->version)
          g_array_set_size (stack, stack->len - 1);
      if (stack->len == 0 || g_array_index (stack, guint, stack->len - 1) != change->version)
        g_array_append_val (stack, change->version);
    }
  return stack;
}

/* null and absent are 0 */
static gboolean
get_optional_version (JsonObject *object, const char *member, guint *version, GError **error)
{
  JsonNode *node = json_object_get_member (object, member);
  gint64 value = 0;

  if (node != NULL && !JSON_NODE_HOLDS_NULL (node)
      && !hp_json_get_int (object, member, 1, HP_VERSION_MAX, &value, error))
    return FALSE;
  *version = value;
  return TRUE;
}

static gboolean
get_optional_boolean (JsonObject *object, const char *member, gboolean *value, GError **error)
{
  *value = FALSE;
  return !json_object_has_member (object, member) || hp_json_get_boolean (object, member, value, error);
}

static gboolean
check_alias (const char *alias, GError **error)
{
  g_autofree char *shown = NULL;

  if (hp_alias_is_valid (alias))
    return TRUE;
  shown = g_strescape (alias, NULL);
  hp_set_error (error, HP_ERROR_BAD_DATA, NULL, _ ("“%s” is not an alias"), shown);
  return FALSE;
}

static gboolean
read_versions (HpAliases *aliases, JsonObject *root, GError **error)
{
  JsonObject *object = hp_json_get_object (root, "aliases", error);
  g_autoptr (GList) names = NULL;

  if (object == NULL)
    return FALSE;
  if (json_object_get_size (object) > HP_ALIASES_MAX_NAMES)
    {
      hp_set_error (error, HP_ERROR_BAD_DATA, NULL, _ ("more than %d aliases"), HP_ALIASES_MAX_NAMES);
      return FALSE;
    }
  names = json_object_get_members (object);
  for (GList *l = names; l != NULL; l = l->next)
    {
      gint64 version;

      if (!check_alias (l->data, error) || !hp_json_get_int (object, l->data, 1, HP_VERSION_MAX, &version, error))
        return FALSE;
      g_hash_table_insert (aliases->versions, g_strdup (l->data), GUINT_TO_POINTER ((guint) version));
    }
  return TRUE;
}

static gboolean
read_change (HpAliases *aliases, JsonObject *object, GError **error)
{
  JsonNode *reason = json_object_get_member (object, "reason");
  HpAliasChange change = { 0 };
  const char *time, *alias, *text = NULL;

  if (!hp_json_get_string (object, "time", &time, error) || !hp_json_get_string (object, "alias", &alias, error)
      || !check_alias (alias, error) || !get_optional_version (object, "version", &change.version, error)
      || !get_optional_version (object, "previous", &change.previous, error)
      || !get_optional_boolean (object, "rollback", &change.rollback, error)
      || !get_optional_boolean (object, "forced", &change.forced, error))
    return FALSE;
  if (reason != NULL && !JSON_NODE_HOLDS_NULL (reason) && !hp_json_get_string (object, "reason", &text, error))
    return FALSE;
  change.time = (char *) time;
  change.alias = (char *) alias;
  change.reason = (char *) text;
  append_change (aliases, &change);
  return TRUE;
}

static gboolean
read_history (HpAliases *aliases, JsonObject *root, GError **error)
{
  JsonArray *array = hp_json_get_array (root, "history", error);
  guint n;

  if (array == NULL)
    return FALSE;
  n = json_array_get_length (array);
  for (guint i = 0; i < n; i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (!JSON_NODE_HOLDS_OBJECT (node))
        {
          hp_set_error (error, HP_ERROR_BAD_DATA, NULL, _ ("“history” entry %u is not an object"), i + 1);
          return FALSE;
        }
      if (!read_change (aliases, json_node_get_object (node), error))
        {
          g_prefix_error (error, _ ("“history” entry %u: "), i + 1);
          return FALSE;
        }
    }
  return TRUE;
}

static HpAliases *
read_root (JsonObject *root, GError **error)
{
  g_autoptr (HpAliases) aliases = hp_aliases_new ();
  gint64 format, next = 0;

  if (!hp_json_get_int (root, "format", 1, G_MAXINT, &format, error))
    return NULL;
  if (format > FORMAT)
    {
      hp_set_error (error, HP_ERROR_BAD_DATA, NULL,
                    _ ("format %d is newer than this program can read: update House Price Predictor"), (int) format);
      return NULL;
    }
  if (json_object_has_member (root, "next") && !hp_json_get_int (root, "next", 1, HP_VERSION_MAX + 1, &next, error))
    return NULL;
  aliases->next = next;
  if (!read_versions (aliases, root, error) || !read_history (aliases, root, error))
    return NULL;
  return g_steal_pointer (&aliases);
}

/**
 * hp_aliases_parse:
 * @text: JSON from a stranger
 * @length: its bytes
 * @name: what messages call it
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the aliases, or %NULL with %HP_ERROR_BAD_DATA
 */
HpAliases *
hp_aliases_parse (const char *text, gsize length, const char *name, GError **error)
{
  g_autoptr (JsonNode) node = hp_json_parse (text, length, HP_ALIASES_MAX_BYTES, name, error);
  g_autoptr (GError) cause = NULL;
  HpAliases *aliases;

  if (node == NULL)
    return NULL;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      hp_set_error (error, HP_ERROR_BAD_DATA, NULL, _ ("%s: not a JSON object"), name);
      return NULL;
    }
  aliases = read_root (json_node_get_object (node), &cause);
  if (aliases == NULL)
    hp_set_error (error, HP_ERROR_BAD_DATA, NULL, "%s: %s", name, cause->message);
  return aliases;
}

static void
write_version (HpJsonWriter *writer, const char *key, guint version)
{
  hp_json_writer_key (writer, key);
  if (version == 0)
    hp_json_writer_null (writer);
  else
    hp_json_writer_int (writer, version);
}

static void
write_change (HpJsonWriter *writer, const HpAliasChange *change)
{
  hp_json_writer_begin_object (writer);
  hp_json_writer_set_string (writer, "time", change->time);
  hp_json_writer_set_string (writer, "alias", change->alias);
  write_version (writer, "version", change->version);
  write_version (writer, "previous", change->previous);
  if (change->rollback)
    hp_json_writer_set_boolean (writer, "rollback", TRUE);
  hp_json_writer_set_boolean (writer, "forced", change->forced);
  if (change->reason != NULL)
    hp_json_writer_set_string (writer, "reason", change->reason);
  hp_json_writer_end_object (writer);
}

/**
 * hp_aliases_to_json:
 * @aliases: aliases
 * @length: (out): bytes
 *
 * Returns: (transfer full): aliases.json, the same bytes for the same aliases
 */
char *
hp_aliases_to_json (const HpAliases *aliases, gsize *length)
{
  g_autoptr (HpJsonWriter) writer = hp_json_writer_new (TRUE);
  g_auto (GStrv) names = hp_aliases_get_names (aliases);

  hp_json_writer_begin_object (writer);
  hp_json_writer_set_int (writer, "format", FORMAT);
  if (aliases->next != 0)
    hp_json_writer_set_int (writer, "next", aliases->next);
  hp_json_writer_key (writer, "aliases");
  hp_json_writer_begin_object (writer);
  for (guint i = 0; names[i] != NULL; i++)
    hp_json_writer_set_int (writer, names[i], hp_aliases_get (aliases, names[i]));
  hp_json_writer_end_object (writer);
  hp_json_writer_key (writer, "history");
  hp_json_writer_begin_array (writer);
  for (guint i = 0; i < aliases->history->len; i++)
    write_change (writer, g_ptr_array_index (aliases->history, i));
  hp_json_writer_end_array (writer);
  hp_json_writer_end_object (writer);
  return hp_json_writer_steal (writer, length);
}

/**
 * hp_aliases_load:
 * @folder: a model's folder
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the aliases, none if the folder has no aliases.json; %NULL
 *   with %HP_ERROR_DAMAGED if it has one that does not read, with %HP_ERROR_IO if reading fails
 */
HpAliases *
hp_aliases_load (const char *folder, GError **error)
{
  g_autofree char *path = g_build_filename (folder, HP_ALIASES_NAME, NULL);
  g_autoptr (GError) cause = NULL;
  g_autofree char *text = NULL;
  HpAliases *aliases = NULL;
  gsize length;

  text = hp_file_read (path, HP_ALIASES_MAX_BYTES, &length, &cause);
  if (text != NULL)
    aliases = hp_aliases_parse (text, length, path, &cause);
  else if (g_error_matches (cause, HP_ERROR, HP_ERROR_NOT_FOUND))
    return hp_aliases_new ();
  if (g_error_matches (cause, HP_ERROR, HP_ERROR_BAD_DATA))
    hp_set_error (error, HP_ERROR_DAMAGED, NULL,
                  _ ("%s (repair the file, or move it away and give the aliases again: the versions are kept)"),
                  cause->message);
  else if (aliases == NULL)
    g_propagate_error (error, g_steal_pointer (&cause));
  return aliases;
}

/**
 * hp_aliases_save:
 * @aliases: aliases
 * @folder: a model's folder, whose lock the caller holds
 * @error: return location
 *
 * Returns: %FALSE with %HP_ERROR_IO; the file is then what it was
 */
gboolean
hp_aliases_save (const HpAliases *aliases, const char *folder, GError **error)
{
  g_autofree char *path = g_build_filename (folder, HP_ALIASES_NAME, NULL);
  g_autofree char *text = NULL;
  gsize length;

  text = hp_aliases_to_json (aliases, &length);
  return hp_file_replace (path, text, length, error);
}
