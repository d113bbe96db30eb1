/* fuzz-yaml.c - what is read, written as text in sequences, is read back the same
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "hp-yaml.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
put (HpYamlWriter *writer, const HpYaml *node)
{
  if (node->kind == HP_YAML_SCALAR)
    hp_yaml_writer_string (writer, node->scalar);
  else
    hp_yaml_writer_begin_sequence (writer, node->items->len % 2);
  for (guint i = 0; node->items != NULL && i < node->items->len; i++)
    put (writer, g_ptr_array_index (node->items, i));
  if (node->kind != HP_YAML_SCALAR)
    hp_yaml_writer_end_sequence (writer);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (HpYaml) node = size <= 65536 ? hp_yaml_parse ((const char *) data, size, "t", NULL) : NULL;

  for (guint i = 0, hash = 0; i < 2 && node != NULL; i++)
    {
      g_autoptr (HpYamlWriter) writer = hp_yaml_writer_new ();
      g_autofree char *text = (put (writer, node), hp_yaml_writer_steal (writer));

      g_assert_true (i == 0 || hash == g_str_hash (text));
      hash = g_str_hash (text);
      hp_yaml_free (node);
      node = hp_yaml_parse (text, strlen (text), "written", NULL);
      g_assert_nonnull (node);
    }
  return 0;
}
