/* hp-valuation-read.c - a valuation as a server sends it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "hp-error.h"
#include "hp-number.h"
#include "hp-predictor-private.h"

/* More of anything than this is no house's valuation */
#define MAX_ITEMS 10000

static gboolean
read_text (JsonObject *object, const char *member, char **value, GError **error)
{
  const char *text;

  if (!hp_json_get_string (object, member, &text, error))
    return FALSE;
  *value = g_strdup (text);
  return TRUE;
}

/* Text that says something */
static gboolean
read_name (JsonObject *object, const char *member, char **value, GError **error)
{
  if (!read_text (object, member, value, error))
    return FALSE;
  if (**value != '\0')
    return TRUE;
  hp_set_error (error, HP_ERROR_BAD_DATA, member, _ ("%s: is empty"), member);
  return FALSE;
}

/* Empty is absent */
static gboolean
read_optional_text (JsonObject *object, const char *member, char **value, GError **error)
{
  if (!json_object_has_member (object, member) || json_object_get_null_member (object, member))
    return TRUE;
  if (!read_text (object, member, value, error))
    return FALSE;
  if (**value == '\0')
    g_clear_pointer (value, g_free);
  return TRUE;
}

/* A number within bounds */
static gboolean
read_bounded (JsonObject *object, const char *member, double min, double max, double *value, GError **error)
{
  if (!hp_json_get_double (object, member, value, error))
    return FALSE;
  if (*value >= min && *value <= max)
    return TRUE;
  hp_set_error (error, HP_ERROR_BAD_DATA, member, _ ("%s: makes no sense"), member);
  return FALSE;
}

/* A number, text or null as text */
static char *
value_text (JsonNode *node, gboolean *is_number, double *number)
{
  char text[HP_NUMBER_BUFFER];
  GType type = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_INVALID;

  *is_number = type == G_TYPE_INT64 || type == G_TYPE_DOUBLE;
  *number = *is_number ? json_node_get_double (node) : NAN;
  if (*is_number)
    return g_strndup (text, hp_number_format (text, *number));
  return type == G_TYPE_STRING ? g_strdup (json_node_get_string (node)) : NULL;
}

/* Calls read for each object of an array; absent is empty */
static gboolean
read_each (JsonObject *object, const char *member, gboolean (*read) (JsonObject *, HpValuation *, GError **),
           HpValuation *valuation, GError **error)
{
  JsonArray *array;

  if (!json_object_has_member (object, member))
    return TRUE;
  array = hp_json_get_array (object, member, error);
  if (array == NULL)
    return FALSE;
  if (json_array_get_length (array) > MAX_ITEMS)
    {
      hp_set_error (error, HP_ERROR_BAD_DATA, member, _ ("%s: more than %d"), member, MAX_ITEMS);
      return FALSE;
    }
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (!JSON_NODE_HOLDS_OBJECT (node))
        {
          hp_set_error (error, HP_ERROR_BAD_DATA, member, _ ("%s: holds something that is not an object"), member);
          return FALSE;
        }
      if (!read (json_node_get_object (node), valuation, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_contribution (JsonObject *object, HpValuation *valuation, GError **error)
{
  HpContribution *contribution = g_new0 (HpContribution, 1);

  g_ptr_array_add (valuation->contributions, contribution);
  if (!read_name (object, "feature", &contribution->feature, error)
      || !hp_json_get_double (object, "amount", &contribution->amount, error))
    return FALSE;
  contribution->number = NAN;
  if (json_object_has_member (object, "value"))
    contribution->value
      = value_text (json_object_get_member (object, "value"), &contribution->is_number, &contribution->number);
  return TRUE;
}

static void
read_attributes (JsonObject *object, HpComparable *comparable)
{
  g_autoptr (GList) members = json_object_get_members (object);

  for (GList *l = members; l != NULL; l = l->next)
    {
      gboolean is_number;
      double number;
      char *text = value_text (json_object_get_member (object, l->data), &is_number, &number);

      g_ptr_array_add (comparable->names, g_strdup (l->data));
      g_ptr_array_add (comparable->values, text);
      g_array_append_val (comparable->numeric, is_number);
    }
}

static gboolean
read_optional_double (JsonObject *object, const char *member, double *value, GError **error)
{
  *value = NAN;
  return !json_object_has_member (object, member) || json_object_get_null_member (object, member)
         || hp_json_get_double (object, member, value, error);
}

/* What came with later versions of the program */
static gboolean
read_evidence (JsonObject *object, HpComparable *comparable, GError **error)
{
  JsonArray *differs;

  if (!read_optional_double (object, "adjusted_price", &comparable->adjusted_price, error)
      || !read_optional_double (object, "distance_km", &comparable->distance_km, error)
      || (json_object_has_member (object, "repeat_sale")
          && !hp_json_get_boolean (object, "repeat_sale", &comparable->repeat_sale, error)))
    return FALSE;
  if (!json_object_has_member (object, "differs"))
    return TRUE;
  differs = hp_json_get_array (object, "differs", error);
  if (differs == NULL)
    return FALSE;
  comparable->differs = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < json_array_get_length (differs); i++)
    {
      JsonNode *node = json_array_get_element (differs, i);

      if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
        {
          hp_set_error (error, HP_ERROR_BAD_DATA, "differs", _ ("%s: holds something that is not text"), "differs");
          return FALSE;
        }
      g_ptr_array_add (comparable->differs, json_node_dup_string (node));
    }
  return TRUE;
}

static gboolean
read_comparable (JsonObject *object, HpValuation *valuation, GError **error)
{
  HpComparable *comparable = g_new0 (HpComparable, 1);
  JsonObject *attributes;
  gint64 row;

  comparable->names = g_ptr_array_new_with_free_func (g_free);
  comparable->values = g_ptr_array_new_with_free_func (g_free);
  comparable->numeric = g_array_new (FALSE, FALSE, sizeof (gboolean));
  g_ptr_array_add (valuation->comparables, comparable);
  if (!hp_json_get_int (object, "row", 0, G_MAXINT64, &row, error)
      || !read_bounded (object, "similarity", 0, 1, &comparable->similarity, error)
      || !hp_json_get_double (object, "price", &comparable->price, error)
      || !read_optional_text (object, "sale_date", &comparable->sale_date, error)
      || !read_evidence (object, comparable, error))
    return FALSE;
  comparable->row = row;
  attributes = hp_json_get_object (object, "attributes", error);
  if (attributes != NULL)
    read_attributes (attributes, comparable);
  return attributes != NULL;
}

static gboolean
read_warning (JsonObject *object, HpValuation *valuation, GError **error)
{
  HpWarning *warning = g_new0 (HpWarning, 1);

  g_ptr_array_add (valuation->warnings, warning);
  return read_name (object, "code", &warning->code, error)
         && read_optional_text (object, "field", &warning->field, error)
         && read_text (object, "message", &warning->message, error);
}

/* A number within bounds; where there is no interval null, as NaN */
static gboolean
read_of_interval (JsonObject *object, const char *member, gboolean none, double min, double max, double *value,
                  GError **error)
{
  *value = NAN;
  if (none && json_object_has_member (object, member) && json_object_get_null_member (object, member))
    return TRUE;
  return read_bounded (object, member, min, max, value, error);
}

static gboolean
read_interval (JsonObject *object, HpValuation *valuation, GError **error)
{
  JsonObject *interval = hp_json_get_object (object, "interval", error), *confidence;
  gboolean none;

  if (interval == NULL || !hp_json_get_double (interval, "level", &valuation->level, error)
      || !read_of_interval (interval, "low", TRUE, -G_MAXDOUBLE, G_MAXDOUBLE, &valuation->low, error))
    return FALSE;
  none = isnan (valuation->low);
  if (!read_of_interval (interval, "high", none, -G_MAXDOUBLE, G_MAXDOUBLE, &valuation->high, error))
    return FALSE;
  confidence = hp_json_get_object (object, "confidence", error);
  return confidence != NULL && read_of_interval (confidence, "fsd", none, 0, G_MAXDOUBLE, &valuation->fsd, error)
         && read_of_interval (confidence, "within_10_percent", none, 0, 1, &valuation->within_10_percent, error);
}

/* An interval around the price, or nothing of it */
static gboolean
has_whole_interval (const HpValuation *valuation)
{
  if (isnan (valuation->low))
    return isnan (valuation->high) && isnan (valuation->fsd) && isnan (valuation->within_10_percent);
  return valuation->low <= valuation->predicted_price && valuation->high >= valuation->predicted_price;
}

/* What the rest of the program relies on */
static gboolean
check_sense (const HpValuation *valuation, GError **error)
{
  if (valuation->predicted_price > 0 && has_whole_interval (valuation) && valuation->level > 0 && valuation->level < 1)
    return TRUE;
  hp_set_error (error, HP_ERROR_BAD_DATA, "predicted_price", _ ("predicted_price: not within its interval"));
  return FALSE;
}

/**
 * hp_valuation_from_json:
 * @object: what hp_valuation_write_json() wrote, or what a stranger sent
 * @error: return location for a #GError
 *
 * Members that are not known are ignored. Text is as it came: to be made printable where it is shown.
 *
 * Returns: (transfer full) (nullable): the valuation, or %NULL with %HP_ERROR_BAD_DATA
 */
HpValuation *
hp_valuation_from_json (JsonObject *object, GError **error)
{
  g_autoptr (HpValuation) valuation = _hp_valuation_new ();

  if (!read_name (object, "model", &valuation->model, error)
      || !read_name (object, "version", &valuation->version, error)
      || !read_name (object, "source", &valuation->source, error)
      || !read_optional_text (object, "currency", &valuation->currency, error)
      || !hp_json_get_double (object, "predicted_price", &valuation->predicted_price, error)
      || !read_interval (object, valuation, error) || !check_sense (valuation, error)
      || !read_each (object, "contributions", read_contribution, valuation, error)
      || !read_each (object, "comparables", read_comparable, valuation, error)
      || !read_each (object, "warnings", read_warning, valuation, error))
    return NULL;
  valuation->explained = json_object_has_member (object, "base_price");
  if (valuation->explained && !hp_json_get_double (object, "base_price", &valuation->base_price, error))
    return NULL;
  return g_steal_pointer (&valuation);
}
