/* hp-yaml.c - YAML in: a small tree with positions, from libyaml's events
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <yaml.h>

#include "hp-error.h"
#include "hp-number.h"
#include "hp-text.h"
#include "hp-yaml.h"

#define MAX_BYTES (1024 * 1024)
#define MAX_DEPTH 32
#define MAX_NODES 100000

typedef struct
{
  const char *name;
  HpYaml *open[MAX_DEPTH]; /* the collections around the present place; not owned */
  guint depth;
  guint nodes;
  HpYaml *root;
  gboolean begun; /* a document has been */
  GError *error;
} Builder;

static HpYaml *
node_new (HpYamlKind kind, const yaml_mark_t *mark)
{
  HpYaml *node = g_new0 (HpYaml, 1);

  node->kind = kind;
  node->line = mark->line + 1;
  node->column = mark->column + 1;
  if (kind == HP_YAML_MAPPING)
    node->keys = g_ptr_array_new_with_free_func ((GDestroyNotify) hp_yaml_free);
  if (kind != HP_YAML_SCALAR)
    node->items = g_ptr_array_new_with_free_func ((GDestroyNotify) hp_yaml_free);
  return node;
}

/**
 * hp_yaml_free:
 * @node: (transfer full) (nullable): the root of a tree
 *
 * Frees a tree.
 */
void
hp_yaml_free (HpYaml *node)
{
  if (node == NULL)
    return;
  g_free (node->scalar);
  g_clear_pointer (&node->keys, g_ptr_array_unref);
  g_clear_pointer (&node->items, g_ptr_array_unref);
  g_free (node);
}

static void
set_error_at (GError **error, const char *name, guint64 line, guint64 column, const char *message)
{
  g_autofree char *shown = hp_text_printable (name != NULL ? name : "YAML", -1, 0);

  hp_set_error (error, HP_ERROR_BAD_DATA, NULL, "%s:%" G_GUINT64_FORMAT ":%" G_GUINT64_FORMAT ": %s", shown, line,
                column, message);
}

/**
 * hp_yaml_set_error:
 * @error: (out) (optional): where to put the error
 * @name: (nullable): what the text was called, such as its path
 * @node: (nullable): what is wrong; %NULL for the text as a whole
 * @format: in what way, as for printf()
 * @...: its arguments
 *
 * Sets @error to %HP_ERROR_BAD_DATA, "NAME:LINE:COLUMN: message".
 */
void
hp_yaml_set_error (GError **error, const char *name, const HpYaml *node, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  set_error_at (error, name, node != NULL ? node->line : 1, node != NULL ? node->column : 1, message);
}

static gboolean
refuse (Builder *builder, const yaml_mark_t *mark, const char *message)
{
  if (builder->error == NULL)
    set_error_at (&builder->error, builder->name, mark->line + 1, mark->column + 1, message);
  return FALSE;
}

static gboolean
is_mapping_key (Builder *builder)
{
  const HpYaml *parent = builder->depth > 0 ? builder->open[builder->depth - 1] : NULL;

  return parent != NULL && parent->kind == HP_YAML_MAPPING && parent->keys->len == parent->items->len;
}

/* Puts a new node into its place, which owns it from then on. */
static gboolean
add (Builder *builder, HpYaml *node, const yaml_mark_t *mark)
{
  HpYaml *parent = builder->depth > 0 ? builder->open[builder->depth - 1] : NULL;

  if (parent == NULL)
    builder->root = node;
  else
    g_ptr_array_add (is_mapping_key (builder) ? parent->keys : parent->items, node);
  return ++builder->nodes <= MAX_NODES || refuse (builder, mark, _ ("there are too many values"));
}

/* Anchors and tags could make a value something else than what is written; nobody needs them here. */
static gboolean
is_plain (Builder *builder, const yaml_event_t *event, const yaml_char_t *anchor, const yaml_char_t *tag)
{
  if (anchor != NULL)
    return refuse (builder, &event->start_mark, _ ("anchors (&) are not allowed"));
  if (tag != NULL)
    return refuse (builder, &event->start_mark, _ ("tags (!) are not allowed"));
  return TRUE;
}

static gboolean
add_scalar (Builder *builder, const yaml_event_t *event)
{
  const char *text = (const char *) event->data.scalar.value;
  gsize length = event->data.scalar.length;
  HpYaml *node;

  if (!is_plain (builder, event, event->data.scalar.anchor, event->data.scalar.tag))
    return FALSE;
  if (memchr (text, '\0', length) != NULL)
    return refuse (builder, &event->start_mark, _ ("text must not contain NUL"));
  node = node_new (HP_YAML_SCALAR, &event->start_mark);
  node->quoted = event->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
  node->scalar = g_strndup (text, length);
  if (is_mapping_key (builder) && length == 0 && !node->quoted)
    {
      hp_yaml_free (node);
      return refuse (builder, &event->start_mark, _ ("a key is missing"));
    }
  return add (builder, node, &event->start_mark);
}

static gboolean
begin (Builder *builder, HpYamlKind kind, const yaml_event_t *event, const yaml_char_t *anchor, const yaml_char_t *tag)
{
  HpYaml *node;

  if (!is_plain (builder, event, anchor, tag))
    return FALSE;
  if (builder->depth == MAX_DEPTH)
    return refuse (builder, &event->start_mark, _ ("nested too deeply"));
  if (is_mapping_key (builder))
    return refuse (builder, &event->start_mark, _ ("a key has to be text"));
  node = node_new (kind, &event->start_mark);
  if (!add (builder, node, &event->start_mark))
    return FALSE;
  builder->open[builder->depth++] = node;
  return TRUE;
}

static int
compare_keys (gconstpointer a, gconstpointer b)
{
  const HpYaml *x = *(const HpYaml *const *) a, *y = *(const HpYaml *const *) b;
  int order = strcmp (x->scalar, y->scalar);

  if (order == 0)
    order = (x->line > y->line) - (x->line < y->line);
  return order != 0 ? order : (x->column > y->column) - (x->column < y->column);
}

/* Sorted, not hashed: whoever chose the keys can't make this slow. */
static gboolean
end_mapping (Builder *builder)
{
  const HpYaml *mapping = builder->open[--builder->depth];
  g_autofree HpYaml **keys = NULL;
  const HpYaml *duplicate = NULL;

  g_assert (mapping != NULL && mapping->kind == HP_YAML_MAPPING); /* libyaml ends what it has begun */
  if (mapping->keys->len < 2)
    return TRUE;
  keys = g_memdup2 (mapping->keys->pdata, mapping->keys->len * sizeof (HpYaml *));
  qsort (keys, mapping->keys->len, sizeof *keys, compare_keys);
  for (guint i = 1; i < mapping->keys->len; i++)
    if (strcmp (keys[i - 1]->scalar, keys[i]->scalar) == 0
        && (duplicate == NULL || keys[i]->line < duplicate->line
            || (keys[i]->line == duplicate->line && keys[i]->column < duplicate->column)))
      duplicate = keys[i];
  if (duplicate == NULL)
    return TRUE;
  else
    {
      g_autofree char *key = hp_text_printable (duplicate->scalar, -1, 60);

      hp_yaml_set_error (&builder->error, builder->name, duplicate, _ ("the key \"%s\" is here twice"), key);
      return FALSE;
    }
}

static gboolean
handle (Builder *builder, const yaml_event_t *event)
{
  switch (event->type)
    {
    case YAML_DOCUMENT_START_EVENT:
      if (builder->begun)
        return refuse (builder, &event->start_mark, _ ("there may be only one document"));
      if (event->data.document_start.tag_directives.start != event->data.document_start.tag_directives.end)
        return refuse (builder, &event->start_mark, _ ("tags (!) are not allowed"));
      builder->begun = TRUE;
      return TRUE;
    case YAML_ALIAS_EVENT:
      return refuse (builder, &event->start_mark, _ ("aliases (*) are not allowed"));
    case YAML_SCALAR_EVENT:
      return add_scalar (builder, event);
    case YAML_SEQUENCE_START_EVENT:
      return begin (builder, HP_YAML_SEQUENCE, event, event->data.sequence_start.anchor,
                    event->data.sequence_start.tag);
    case YAML_MAPPING_START_EVENT:
      return begin (builder, HP_YAML_MAPPING, event, event->data.mapping_start.anchor, event->data.mapping_start.tag);
    case YAML_SEQUENCE_END_EVENT:
      builder->depth--;
      return TRUE;
    case YAML_MAPPING_END_EVENT:
      return end_mapping (builder);
    default:
      return TRUE;
    }
}

/* libyaml's own complaint. It knows the place of a wrong byte only as an offset. */
static void
refuse_syntax (Builder *builder, const yaml_parser_t *parser, const char *text)
{
  const char *problem = parser->problem != NULL ? parser->problem : _ ("not valid YAML");
  g_autofree char *message = NULL;
  yaml_mark_t mark = parser->problem_mark;

  if (parser->error == YAML_READER_ERROR)
    {
      mark.line = mark.column = 0;
      for (gsize i = 0; i < parser->problem_offset; i++)
        if (text[i] == '\n')
          {
            mark.line++;
            mark.column = 0;
          }
        else if (((guchar) text[i] & 0xc0) != 0x80)
          mark.column++;
    }
  if (parser->context != NULL)
    message = g_strdup_printf ("%s (%s)", problem, parser->context);
  refuse (builder, &mark, message != NULL ? message : problem);
}

/**
 * hp_yaml_parse:
 * @text: (array length=length): a YAML text in UTF-8
 * @length: how many bytes of it
 * @name: (nullable): what to call it in messages, such as the path
 * @error: %HP_ERROR_BAD_DATA, "NAME:LINE:COLUMN: message"
 *
 * Reads one document of at most 1 MiB, 32 levels and 100,000 values. Anchors, aliases, tags, keys that
 * aren't text, duplicate keys and further documents are refused. A text without any document, such as
 * an empty one, is a null.
 *
 * Returns: (transfer full): the root of the tree
 */
HpYaml *
hp_yaml_parse (const char *text, gsize length, const char *name, GError **error)
{
  Builder builder = { .name = name };
  yaml_parser_t parser;
  gboolean more = TRUE;

  g_return_val_if_fail (text != NULL || length == 0, NULL);

  if (length > MAX_BYTES)
    {
      g_autofree char *limit = g_format_size_full (MAX_BYTES, G_FORMAT_SIZE_IEC_UNITS);

      hp_yaml_set_error (error, name, NULL, _ ("is too big: at most %s are read"), limit);
      return NULL;
    }
  if (!yaml_parser_initialize (&parser))
    g_error ("out of memory");
  yaml_parser_set_encoding (&parser, YAML_UTF8_ENCODING);
  yaml_parser_set_input_string (&parser, (const guchar *) (length > 0 ? text : ""), length);

  while (more)
    {
      yaml_event_t event;

      if (!yaml_parser_parse (&parser, &event))
        {
          refuse_syntax (&builder, &parser, text);
          break;
        }
      more = handle (&builder, &event) && event.type != YAML_STREAM_END_EVENT;
      yaml_event_delete (&event);
    }
  yaml_parser_delete (&parser);

  if (builder.error != NULL)
    {
      hp_yaml_free (builder.root);
      g_propagate_error (error, builder.error);
      return NULL;
    }
  if (builder.root == NULL)
    {
      builder.root = node_new (HP_YAML_SCALAR, &(yaml_mark_t){ 0 });
      builder.root->scalar = g_strdup ("");
    }
  return builder.root;
}

/**
 * hp_yaml_get:
 * @mapping: (nullable): a node
 * @key: a key
 *
 * Returns: (nullable) (transfer none): the value of @key; %NULL if there is none, or @mapping isn't a mapping
 */
HpYaml *
hp_yaml_get (const HpYaml *mapping, const char *key)
{
  g_return_val_if_fail (key != NULL, NULL);

  if (mapping == NULL || mapping->kind != HP_YAML_MAPPING)
    return NULL;
  for (guint i = 0; i < mapping->keys->len; i++)
    {
      const HpYaml *candidate = g_ptr_array_index (mapping->keys, i);

      if (strcmp (candidate->scalar, key) == 0)
        return g_ptr_array_index (mapping->items, i);
    }
  return NULL;
}

static gboolean
is_word (const HpYaml *node, const char *const *words)
{
  return node != NULL && node->kind == HP_YAML_SCALAR && !node->quoted && g_strv_contains (words, node->scalar);
}

/**
 * hp_yaml_is_null:
 * @node: (nullable): a node
 *
 * Returns: whether there is no value: no node, or nothing, `~` or `null` without quotes
 */
gboolean
hp_yaml_is_null (const HpYaml *node)
{
  static const char *const words[] = { "", "~", "null", "Null", "NULL", NULL };

  return node == NULL || is_word (node, words);
}

/**
 * hp_yaml_to_double:
 * @node: (nullable): a node
 * @value: (out): the number
 *
 * Returns: whether it is a number (see hp_number_parse()) without quotes
 */
gboolean
hp_yaml_to_double (const HpYaml *node, double *value)
{
  g_return_val_if_fail (value != NULL, FALSE);

  *value = 0;
  return node != NULL && node->kind == HP_YAML_SCALAR && !node->quoted
         && hp_number_parse (node->scalar, strlen (node->scalar), value);
}

/**
 * hp_yaml_to_boolean:
 * @node: (nullable): a node
 * @value: (out): what it is
 *
 * Returns: whether it is `true`, `yes`, `false` or `no`, in lower case, upper case or capitalised, without quotes
 */
gboolean
hp_yaml_to_boolean (const HpYaml *node, gboolean *value)
{
  static const char *const truths[] = { "true", "True", "TRUE", "yes", "Yes", "YES", NULL };
  static const char *const untruths[] = { "false", "False", "FALSE", "no", "No", "NO", NULL };

  g_return_val_if_fail (value != NULL, FALSE);

  *value = is_word (node, truths);
  return *value || is_word (node, untruths);
}
