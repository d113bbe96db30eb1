/* hp-yaml-writer.c - YAML out, over libyaml's emitter
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <string.h>
#include <yaml.h>

#include "hp-number.h"
#include "hp-yaml.h"

struct _HpYamlWriter
{
  yaml_emitter_t emitter;
  GString *out;
};

static int
append (void *data, unsigned char *text, size_t length)
{
  g_string_append_len (data, (const char *) text, length);
  return 1;
}

/* The emitter takes the event, and refuses one only in the wrong order: an error of the program. */
static void
emit (HpYamlWriter *writer, yaml_event_t *event, int initialized)
{
  if (!initialized || !yaml_emitter_emit (&writer->emitter, event))
    g_error ("YAML can't be written: %s", writer->emitter.problem != NULL ? writer->emitter.problem : "out of memory");
}

/**
 * hp_yaml_writer_new:
 *
 * Returns: (transfer full): a writer, which expects one value of any type
 */
HpYamlWriter *
hp_yaml_writer_new (void)
{
  HpYamlWriter *writer = g_new0 (HpYamlWriter, 1);
  yaml_event_t event;

  if (!yaml_emitter_initialize (&writer->emitter))
    g_error ("out of memory");
  writer->out = g_string_new (NULL);
  yaml_emitter_set_output (&writer->emitter, append, writer->out);
  yaml_emitter_set_unicode (&writer->emitter, 1);
  yaml_emitter_set_indent (&writer->emitter, 2);
  yaml_emitter_set_width (&writer->emitter, -1);
  emit (writer, &event, yaml_stream_start_event_initialize (&event, YAML_UTF8_ENCODING));
  emit (writer, &event, yaml_document_start_event_initialize (&event, NULL, NULL, NULL, 1));
  return writer;
}

/**
 * hp_yaml_writer_free:
 * @writer: (transfer full) (nullable): a writer, in whatever state
 *
 * Frees the writer and what it has written.
 */
void
hp_yaml_writer_free (HpYamlWriter *writer)
{
  if (writer == NULL)
    return;
  yaml_emitter_delete (&writer->emitter);
  if (writer->out != NULL)
    g_string_free (writer->out, TRUE);
  g_free (writer);
}

/**
 * hp_yaml_writer_begin_mapping:
 * @writer: a writer that expects a value
 * @flow: whether to write it as `{a: 1, b: 2}` on one line
 *
 * Begins a mapping: then come keys, each with a value, and hp_yaml_writer_end_mapping().
 */
void
hp_yaml_writer_begin_mapping (HpYamlWriter *writer, gboolean flow)
{
  yaml_event_t event;

  g_return_if_fail (writer != NULL);

  emit (writer, &event,
        yaml_mapping_start_event_initialize (&event, NULL, NULL, 1,
                                             flow ? YAML_FLOW_MAPPING_STYLE : YAML_BLOCK_MAPPING_STYLE));
}

/**
 * hp_yaml_writer_end_mapping:
 * @writer: a writer in a mapping that expects a key
 *
 * Ends the innermost mapping.
 */
void
hp_yaml_writer_end_mapping (HpYamlWriter *writer)
{
  yaml_event_t event;

  g_return_if_fail (writer != NULL);

  emit (writer, &event, yaml_mapping_end_event_initialize (&event));
}

/**
 * hp_yaml_writer_begin_sequence:
 * @writer: a writer that expects a value
 * @flow: whether to write it as `[a, b]` on one line
 *
 * Begins a sequence: then come values and hp_yaml_writer_end_sequence().
 */
void
hp_yaml_writer_begin_sequence (HpYamlWriter *writer, gboolean flow)
{
  yaml_event_t event;

  g_return_if_fail (writer != NULL);

  emit (writer, &event,
        yaml_sequence_start_event_initialize (&event, NULL, NULL, 1,
                                              flow ? YAML_FLOW_SEQUENCE_STYLE : YAML_BLOCK_SEQUENCE_STYLE));
}

/**
 * hp_yaml_writer_end_sequence:
 * @writer: a writer in a sequence
 *
 * Ends the innermost sequence.
 */
void
hp_yaml_writer_end_sequence (HpYamlWriter *writer)
{
  yaml_event_t event;

  g_return_if_fail (writer != NULL);

  emit (writer, &event, yaml_sequence_end_event_initialize (&event));
}

static void
put_scalar (HpYamlWriter *writer, const char *text, gboolean quoted)
{
  yaml_event_t event;

  emit (writer, &event,
        yaml_scalar_event_initialize (&event, NULL, NULL, (const yaml_char_t *) text, strlen (text), 1, 1,
                                      quoted ? YAML_DOUBLE_QUOTED_SCALAR_STYLE : YAML_PLAIN_SCALAR_STYLE));
}

/* Whether text without quotes is text to every reader, those of YAML 1.1 among them: it begins with a letter, has
 * nothing in it that means anything, and is no word that means a value. */
static gboolean
is_safe_plain (const char *text)
{
  static const char *const words[] = { "null", "true", "false", "yes", "no", "on", "off", "y", "n", NULL };
  const char *last = text;

  if (!g_unichar_isalpha (g_utf8_get_char (text)))
    return FALSE;
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!g_unichar_isalnum (c) && strchr (" _-./()+'", *p) == NULL)
        return FALSE;
      last = p;
    }
  if (*last == ' ')
    return FALSE;
  for (gsize i = 0; words[i] != NULL; i++)
    if (g_ascii_strcasecmp (text, words[i]) == 0)
      return FALSE;
  return TRUE;
}

/**
 * hp_yaml_writer_string:
 * @writer: a writer that expects a value or a key
 * @value: the text; what isn't UTF-8 in it becomes U+FFFD
 *
 * Writes text, in quotes if it would not be read as this text without them.
 */
void
hp_yaml_writer_string (HpYamlWriter *writer, const char *value)
{
  g_autofree char *valid = NULL;

  g_return_if_fail (writer != NULL && value != NULL);

  valid = g_utf8_make_valid (value, -1);
  put_scalar (writer, valid, !is_safe_plain (valid));
}

/**
 * hp_yaml_writer_key:
 * @writer: a writer in a mapping that expects a key
 * @key: the key; that it differs from the mapping's others is up to the caller
 *
 * Writes the key of the value that comes next.
 */
void
hp_yaml_writer_key (HpYamlWriter *writer, const char *key)
{
  hp_yaml_writer_string (writer, key);
}

/**
 * hp_yaml_writer_double:
 * @writer: a writer that expects a value
 * @value: the number; infinities and NaN become null
 *
 * Writes the shortest decimal that reads back as @value.
 */
void
hp_yaml_writer_double (HpYamlWriter *writer, double value)
{
  char buffer[HP_NUMBER_BUFFER] = "null";

  g_return_if_fail (writer != NULL);

  if (isfinite (value))
    hp_number_format (buffer, value);
  put_scalar (writer, buffer, FALSE);
}

/**
 * hp_yaml_writer_int:
 * @writer: a writer that expects a value
 * @value: the number
 *
 * Writes an integer.
 */
void
hp_yaml_writer_int (HpYamlWriter *writer, gint64 value)
{
  char buffer[24];

  g_return_if_fail (writer != NULL);

  g_snprintf (buffer, sizeof buffer, "%" G_GINT64_FORMAT, value);
  put_scalar (writer, buffer, FALSE);
}

/**
 * hp_yaml_writer_boolean:
 * @writer: a writer that expects a value
 * @value: what to write
 *
 * Writes `true` or `false`.
 */
void
hp_yaml_writer_boolean (HpYamlWriter *writer, gboolean value)
{
  g_return_if_fail (writer != NULL);

  put_scalar (writer, value ? "true" : "false", FALSE);
}

/**
 * hp_yaml_writer_steal:
 * @writer: a writer that has written one complete value
 *
 * Ends the document and takes it. The writer can then only be freed.
 *
 * Returns: (transfer full): the YAML text, with a newline at its end
 */
char *
hp_yaml_writer_steal (HpYamlWriter *writer)
{
  yaml_event_t event;

  g_return_val_if_fail (writer != NULL && writer->out != NULL, NULL);

  emit (writer, &event, yaml_document_end_event_initialize (&event, 1));
  emit (writer, &event, yaml_stream_end_event_initialize (&event));
  return g_string_free (g_steal_pointer (&writer->out), FALSE);
}
