/* fuzz-json.c - the tree and the pull reader agree on what is JSON; what is written is read back
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hp-error.h"
#include "hp-json.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (HpJsonReader) reader = hp_json_reader_new ((const char *) data, size, "t");
  g_autoptr (GError) tree_error = NULL;
  g_autoptr (GError) pull_error = NULL;
  g_autoptr (JsonNode) node = hp_json_parse ((const char *) data, size, size, "t", &tree_error);

  hp_json_reader_skip (reader);
  g_assert_cmpint (hp_json_reader_end (reader, &pull_error), ==, node != NULL);
  if (node == NULL)
    {
      g_assert_error (tree_error, HP_ERROR, HP_ERROR_BAD_DATA);
      g_assert_cmpstr (tree_error->message, ==, pull_error->message);
      return 0;
    }

  for (int pretty = 0; pretty <= 1; pretty++)
    {
      g_autoptr (HpJsonWriter) writer = hp_json_writer_new (pretty);
      gsize length;
      g_autofree char *text = (hp_json_writer_node (writer, node), hp_json_writer_steal (writer, &length));
      g_autoptr (JsonNode) again = hp_json_parse (text, length, length, "written", NULL);

      g_assert_nonnull (again);
    }
  return 0;
}
