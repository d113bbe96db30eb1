/* fuzz-schema.c - schemas: what is accepted must be written so that it reads back the same
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "hp-error.h"
#include "hp-schema.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HpSchema) schema = hp_schema_parse ((const char *) data, size, "fuzz", &error), again = NULL;
  g_autofree char *yaml = NULL, *second = NULL;

  if (schema == NULL)
    {
      g_assert (g_error_matches (error, HP_ERROR, HP_ERROR_BAD_DATA));
      g_assert (g_utf8_validate (error->message, -1, NULL));
      return 0;
    }
  g_assert (schema->features[0] != NULL && hp_schema_get_column (schema, schema->target) != NULL);
  for (guint i = 0; schema->features[i] != NULL; i++)
    {
      g_autofree char *label = hp_schema_label (schema, schema->features[i]);

      g_assert (g_utf8_validate (label, -1, NULL));
      hp_schema_get_monotone (schema, schema->features[i]);
    }
  yaml = hp_schema_to_yaml (schema);
  again = hp_schema_parse (yaml, strlen (yaml), "fuzz", &error);
  g_assert_no_error (error);
  second = hp_schema_to_yaml (again);
  g_assert_cmpstr (yaml, ==, second);
  return 0;
}
