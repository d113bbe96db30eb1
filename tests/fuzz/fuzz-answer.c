/* fuzz-answer.c - whatever a server answers: what is accepted is written and read back the same
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "hp-description.h"
#include "hp-error.h"
#include "hp-valuation.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static JsonNode *
parse (const char *text, gsize length)
{
  g_autoptr (GError) error = NULL;
  JsonNode *node = hp_json_parse (text, length, 1 << 20, "answer", &error);

  if (node == NULL)
    g_assert_error (error, HP_ERROR, HP_ERROR_BAD_DATA);
  return node;
}

static char *
write_description (const HpDescription *description)
{
  g_autoptr (HpJsonWriter) writer = hp_json_writer_new (FALSE);

  hp_description_write_json (description, writer);
  return hp_json_writer_steal (writer, NULL);
}

static void
check_description (JsonObject *object)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HpDescription) description = hp_description_from_json (object, &error), again = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *text = NULL, *again_text = NULL;

  if (description == NULL)
    {
      g_assert_error (error, HP_ERROR, HP_ERROR_BAD_DATA);
      return;
    }
  text = write_description (description);
  node = parse (text, strlen (text));
  again = hp_description_from_json (json_node_get_object (node), &error);
  g_assert_no_error (error);
  again_text = write_description (again);
  g_assert_cmpstr (text, ==, again_text);

  /* What a form does with it */
  for (guint i = 0; i < description->attributes->len; i++)
    {
      const HpAttribute *attribute = hp_description_get_attribute (description, i);
      g_autofree char *typical = hp_attribute_format (attribute, attribute->impute);
      g_autofree char *label = hp_description_feature_label (description, attribute->name);
      g_autofree char *derived = hp_description_feature_label (description, attribute->label);
      double value;

      g_assert_cmpint (hp_description_find_attribute (description, attribute->name), ==, i);
      g_assert_cmpstr (label, ==, attribute->label);
      g_assert_nonnull (derived);
      if (attribute->type == HP_COLUMN_CATEGORY)
        g_assert_true (*typical == '\0' || hp_attribute_find_choice (attribute, typical, strlen (typical)) >= 0);
      else
        hp_attribute_read_text (attribute, typical, strlen (typical), &value, NULL);
    }
}

static char *
write_valuation (const HpValuation *valuation)
{
  g_autoptr (HpJsonWriter) writer = hp_json_writer_new (FALSE);

  hp_valuation_write_json (valuation, writer);
  return hp_json_writer_steal (writer, NULL);
}

static void
check_valuation (JsonObject *object)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HpValuation) valuation = hp_valuation_from_json (object, &error), again = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *text = NULL, *again_text = NULL;

  if (valuation == NULL)
    {
      g_assert_error (error, HP_ERROR, HP_ERROR_BAD_DATA);
      return;
    }
  text = write_valuation (valuation);
  node = parse (text, strlen (text));
  again = hp_valuation_from_json (json_node_get_object (node), &error);
  g_assert_no_error (error);
  again_text = write_valuation (again);
  g_assert_cmpstr (text, ==, again_text);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (JsonNode) node = parse ((const char *) data, size);

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return 0;
  check_description (json_node_get_object (node));
  check_valuation (json_node_get_object (node));
  return 0;
}
