/* hp-audit.c - who accepted or overrode which price, and why: a trail that only grows
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "hp-audit.h"
#include "hp-error.h"
#include "hp-members-private.h"

#define MAX_ENTRIES 100000

struct _HpAudit
{
  GPtrArray *entries; /* (element-type HpAuditEntry) */
  char *problem;      /* (nullable) the first */
  char *last;         /* (nullable) what a file says is the hash of its last entry, if that is not so */
  JsonObject *rest;   /* (nullable) */
};

static const char *const actions[] = { "accept", "override", "withdraw", "other" };

static void
entry_free (gpointer data)
{
  HpAuditEntry *entry = data;

  g_free (entry->house);
  g_free (entry->name);
  hp_question_free (entry->question);
  g_free (entry->version);
  g_free (entry->reason);
  g_free (entry->author);
  g_free (entry->hash);
  g_clear_pointer (&entry->node, json_node_unref);
  g_free (entry);
}

/**
 * hp_audit_action_name:
 * @action: an action
 *
 * Returns: (transfer none): its name in files: `accept`, `override`, `withdraw`, `other`
 */
const char *
hp_audit_action_name (HpAuditAction action)
{
  g_return_val_if_fail (action <= HP_AUDIT_OTHER, "other");

  return actions[action];
}

/**
 * hp_audit_new:
 *
 * Returns: (transfer full): a trail without entries
 */
HpAudit *
hp_audit_new (void)
{
  HpAudit *audit = g_new0 (HpAudit, 1);

  audit->entries = g_ptr_array_new_with_free_func (entry_free);
  return audit;
}

/**
 * hp_audit_free:
 * @audit: (transfer full) (nullable): a trail
 */
void
hp_audit_free (HpAudit *audit)
{
  if (audit == NULL)
    return;
  g_ptr_array_unref (audit->entries);
  g_free (audit->problem);
  g_free (audit->last);
  g_clear_pointer (&audit->rest, json_object_unref);
  g_free (audit);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (a, b);
}

static void write_canonically (HpJsonWriter *writer, JsonNode *node, const char *except);

static void
write_object_canonically (HpJsonWriter *writer, JsonObject *object, const char *except)
{
  GList *names = g_list_sort (json_object_get_members (object), compare_names);

  hp_json_writer_begin_object (writer);
  for (GList *l = names; l != NULL; l = l->next)
    if (g_strcmp0 (l->data, except) != 0)
      {
        hp_json_writer_key (writer, l->data);
        write_canonically (writer, json_object_get_member (object, l->data), NULL);
      }
  hp_json_writer_end_object (writer);
  g_list_free (names);
}

/* The same text for the same content, however a file writes it: one line, members by name, numbers as short as they go.
 * It recurses no deeper than the reader let it. */
static void
write_canonically (HpJsonWriter *writer, JsonNode *node, const char *except)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    write_object_canonically (writer, json_node_get_object (node), except);
  else if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);

      hp_json_writer_begin_array (writer);
      for (guint i = 0; i < json_array_get_length (array); i++)
        write_canonically (writer, json_array_get_element (array, i), NULL);
      hp_json_writer_end_array (writer);
    }
  else
    hp_json_writer_node (writer, node);
}

/* Of all of an entry but its hash */
static char *
compute_hash (JsonNode *node)
{
  g_autoptr (HpJsonWriter) writer = hp_json_writer_new (FALSE);
  g_autofree char *text = NULL;
  gsize length;

  write_canonically (writer, node, "hash");
  text = hp_json_writer_steal (writer, &length);
  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) text, length);
}

/* What the next entry has to name as the one before it */
static const char *
last_hash (const HpAudit *audit)
{
  guint n = audit->entries->len;

  return n > 0 ? ((HpAuditEntry *) audit->entries->pdata[n - 1])->hash : "";
}

static char *
text_or_nothing (JsonObject *object, const char *member)
{
  JsonNode *node = json_object_get_member (object, member);
  const char *text
    = node != NULL && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;

  return g_strdup (text != NULL ? text : "");
}

static HpAuditAction
read_action (JsonObject *object)
{
  g_autofree char *name = text_or_nothing (object, "action");

  for (guint i = 0; i < HP_AUDIT_OTHER; i++)
    if (strcmp (actions[i], name) == 0)
      return i;
  return HP_AUDIT_OTHER;
}

static double
number_or_nothing (JsonObject *object, const char *member)
{
  double value;

  return _hp_members_get_number (object, member, FALSE, &value, NULL) ? value : NAN;
}

/* Of an object of whatever content: a spoiled entry is shown as far as it can be read. node: (transfer full) */
static void
append_entry (HpAudit *audit, JsonNode *node)
{
  JsonObject *object = json_node_get_object (node);
  HpAuditEntry *entry = g_new0 (HpAuditEntry, 1);
  g_autofree char *computed = compute_hash (node), *before = text_or_nothing (object, "before");

  entry->node = node;
  entry->action = read_action (object);
  entry->house = text_or_nothing (object, "house");
  entry->name = text_or_nothing (object, "name");
  entry->question = hp_question_new ();
  _hp_members_get_question (object, entry->question, NULL);
  entry->price = number_or_nothing (object, "price");
  entry->predicted = number_or_nothing (object, "predicted");
  entry->version = text_or_nothing (object, "version");
  entry->reason = text_or_nothing (object, "reason");
  entry->author = text_or_nothing (object, "author");
  if (!_hp_members_get_time (object, "when", &entry->when, NULL))
    entry->when = 0;
  entry->hash = text_or_nothing (object, "hash");
  entry->sound = strcmp (entry->hash, computed) == 0 && strcmp (before, last_hash (audit)) == 0;
  if (!entry->sound && audit->problem == NULL)
    audit->problem
      = strcmp (entry->hash, computed) != 0
          ? g_strdup_printf (_ ("entry %u of the audit trail was changed after it was made"), audit->entries->len + 1)
          : g_strdup_printf (_ ("entries before entry %u of the audit trail were removed, added or changed"),
                             audit->entries->len + 1);
  g_ptr_array_add (audit->entries, entry);
}

/**
 * hp_audit_from_json:
 * @object: a trail as hp_audit_write_json() writes it
 * @error: %HP_ERROR_BAD_DATA
 *
 * Entries that were tampered with are read all the same; what is wrong is told by hp_audit_get_problem(). It is an
 * error only if there are too many, or if they are no objects.
 *
 * Returns: (transfer full) (nullable): the trail
 */
HpAudit *
hp_audit_from_json (JsonObject *object, GError **error)
{
  static const char *const known[] = { "entries", "last", NULL };
  g_autoptr (HpAudit) audit = hp_audit_new ();
  g_autofree char *last = NULL;
  JsonArray *entries;

  if (!_hp_members_get_array (object, "entries", MAX_ENTRIES, &entries, error))
    return NULL;
  for (guint i = 0; entries != NULL && i < json_array_get_length (entries); i++)
    {
      JsonNode *node = json_array_get_element (entries, i);

      if (!JSON_NODE_HOLDS_OBJECT (node))
        {
          hp_set_error (error, HP_ERROR_BAD_DATA, "entries", _ ("entry %u is not an object"), i + 1);
          return NULL;
        }
      append_entry (audit, json_node_ref (node));
    }
  audit->rest = _hp_members_rest (object, known);
  last = text_or_nothing (object, "last");
  if (strcmp (last, last_hash (audit)) == 0)
    return g_steal_pointer (&audit);
  audit->last = g_steal_pointer (&last);
  if (audit->problem == NULL)
    audit->problem = g_strdup (_ ("entries at the end of the audit trail were removed or added"));
  return g_steal_pointer (&audit);
}

/**
 * hp_audit_write_json:
 * @audit: a trail
 * @writer: a writer that expects a value
 *
 * Writes the trail. Entries that were read are written as they were, and so is what was wrong with them.
 */
void
hp_audit_write_json (const HpAudit *audit, HpJsonWriter *writer)
{
  hp_json_writer_begin_object (writer);
  hp_json_writer_key (writer, "entries");
  hp_json_writer_begin_array (writer);
  for (guint i = 0; i < audit->entries->len; i++)
    hp_json_writer_node (writer, hp_audit_get (audit, i)->node);
  hp_json_writer_end_array (writer);
  hp_json_writer_set_string (writer, "last", audit->last != NULL ? audit->last : last_hash (audit));
  _hp_members_write_rest (writer, audit->rest);
  hp_json_writer_end_object (writer);
}

static char *
entry_to_json (const HpAuditEntry *entry, const char *before)
{
  g_autoptr (HpJsonWriter) writer = hp_json_writer_new (FALSE);

  hp_json_writer_begin_object (writer);
  hp_json_writer_set_string (writer, "house", entry->house);
  hp_json_writer_set_string (writer, "name", entry->name);
  hp_json_writer_set_string (writer, "action", hp_audit_action_name (entry->action));
  _hp_members_set_number (writer, "price", entry->price);
  _hp_members_set_number (writer, "predicted", entry->predicted);
  if (entry->version != NULL && *entry->version != '\0')
    hp_json_writer_set_string (writer, "version", entry->version);
  hp_json_writer_set_string (writer, "reason", entry->reason);
  hp_json_writer_set_string (writer, "author", entry->author);
  _hp_members_set_time (writer, "when", entry->when);
  _hp_members_set_question (writer, entry->question);
  hp_json_writer_set_string (writer, "before", before);
  hp_json_writer_end_object (writer);
  return hp_json_writer_steal (writer, NULL);
}

/**
 * hp_audit_add:
 * @audit: a trail
 * @entry: what was decided; its strings but version, and its question, are not %NULL
 *
 * Adds an entry at the end, which names the one before it. It goes the way through the file's form, so that its hash is
 * that of what will be read.
 *
 * Returns: (transfer none) (nullable): the entry; %NULL if there are 100,000 already
 */
const HpAuditEntry *
hp_audit_add (HpAudit *audit, const HpAuditEntry *entry)
{
  g_autofree char *text = NULL, *hash = NULL;
  JsonNode *node;

  if (audit->entries->len >= MAX_ENTRIES)
    return NULL;
  text = entry_to_json (entry, last_hash (audit));
  node = hp_json_parse (text, strlen (text), G_MAXINT, "entry", NULL);
  g_assert (node != NULL);
  hash = compute_hash (node);
  json_object_set_string_member (json_node_get_object (node), "hash", hash);
  append_entry (audit, node);
  return audit->entries->pdata[audit->entries->len - 1];
}

/**
 * hp_audit_get_n:
 * @audit: a trail
 *
 * Returns: how many entries it has
 */
guint
hp_audit_get_n (const HpAudit *audit)
{
  return audit->entries->len;
}

/**
 * hp_audit_get:
 * @audit: a trail
 * @index: which entry, the oldest is 0
 *
 * Returns: (transfer none): the entry
 */
const HpAuditEntry *
hp_audit_get (const HpAudit *audit, guint index)
{
  g_return_val_if_fail (index < audit->entries->len, NULL);

  return audit->entries->pdata[index];
}

/**
 * hp_audit_get_decision:
 * @audit: a trail
 * @house: the id of a house
 *
 * Returns: (transfer none) (nullable): the last acceptance or override, unless it was withdrawn
 */
const HpAuditEntry *
hp_audit_get_decision (const HpAudit *audit, const char *house)
{
  for (guint i = audit->entries->len; i > 0; i--)
    {
      const HpAuditEntry *entry = audit->entries->pdata[i - 1];

      if (entry->action != HP_AUDIT_OTHER && strcmp (entry->house, house) == 0)
        return entry->action != HP_AUDIT_WITHDRAW ? entry : NULL;
    }
  return NULL;
}

/**
 * hp_audit_get_problem:
 * @audit: a trail
 *
 * Returns: (transfer none) (nullable): what is wrong with it, for people; %NULL if it is sound
 */
const char *
hp_audit_get_problem (const HpAudit *audit)
{
  return audit->problem;
}
