/* hp-session-house.c - a house of a session: what was written of it, and what each version last said
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "hp-error.h"
#include "hp-members-private.h"
#include "hp-session-private.h"

struct _HpSessionHouse
{
  GObject parent_instance;

  char *id, *name, *note;
  HpQuestion *question;
  GPtrArray *valuations; /* (element-type HpSessionValuation) */
  JsonObject *rest;      /* (nullable) members that a later program wrote */
};

G_DEFINE_FINAL_TYPE (HpSessionHouse, hp_session_house, G_TYPE_OBJECT)

enum
{
  PROP_ID = 1,
  PROP_NAME,
  PROP_NOTE,
  N_PROPERTIES
};

enum
{
  CHANGED,
  VALUED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];

static void
valuation_free (gpointer data)
{
  HpSessionValuation *valuation = data;

  g_free (valuation->version);
  g_free (valuation->source);
  g_free (valuation->currency);
  g_clear_pointer (&valuation->rest, json_object_unref);
  g_free (valuation);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpSessionValuation, valuation_free)

static void
hp_session_house_finalize (GObject *object)
{
  HpSessionHouse *self = HP_SESSION_HOUSE (object);

  g_free (self->id);
  g_free (self->name);
  g_free (self->note);
  g_clear_pointer (&self->question, hp_question_free);
  g_clear_pointer (&self->valuations, g_ptr_array_unref);
  g_clear_pointer (&self->rest, json_object_unref);
  G_OBJECT_CLASS (hp_session_house_parent_class)->finalize (object);
}

static void
hp_session_house_get_property (GObject *object, guint property, GValue *value, GParamSpec *pspec)
{
  HpSessionHouse *self = HP_SESSION_HOUSE (object);

  switch (property)
    {
    case PROP_ID:
      g_value_set_string (value, self->id);
      break;
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_NOTE:
      g_value_set_string (value, self->note);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static void
hp_session_house_set_property (GObject *object, guint property, const GValue *value, GParamSpec *pspec)
{
  HpSessionHouse *self = HP_SESSION_HOUSE (object);
  const char *text = g_value_get_string (value);

  switch (property)
    {
    case PROP_NAME:
      hp_session_house_set_name (self, text != NULL ? text : "");
      break;
    case PROP_NOTE:
      hp_session_house_set_note (self, text != NULL ? text : "");
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static void
hp_session_house_class_init (HpSessionHouseClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GParamFlags both = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->finalize = hp_session_house_finalize;
  object_class->get_property = hp_session_house_get_property;
  object_class->set_property = hp_session_house_set_property;

  properties[PROP_ID] = g_param_spec_string ("id", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, "", both);
  properties[PROP_NOTE] = g_param_spec_string ("note", NULL, NULL, "", both);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  /**
   * HpSessionHouse::changed:
   * @house: a house
   *
   * Anything of it is another.
   */
  signals[CHANGED]
    = g_signal_new ("changed", HP_TYPE_SESSION_HOUSE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  /**
   * HpSessionHouse::valued:
   * @house: a house
   *
   * A version said another price of it, or its attributes are others and no version has said anything yet.
   */
  signals[VALUED]
    = g_signal_new ("valued", HP_TYPE_SESSION_HOUSE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
hp_session_house_init (HpSessionHouse *self)
{
  self->question = hp_question_new ();
  self->valuations = g_ptr_array_new_with_free_func (valuation_free);
}

/* Attributes and date alone, within the limits of the file */
static HpQuestion *
copy_house (const HpQuestion *question)
{
  HpQuestion *copy = hp_question_new ();

  copy->options.as_of = question->options.as_of;
  for (guint i = 0; i < question->names->len && copy->names->len < HP_MEMBERS_MAX_ATTRIBUTES; i++)
    {
      g_autofree char *name = _hp_members_cut (question->names->pdata[i], HP_MEMBERS_MAX_NAME);
      g_autofree char *text = _hp_members_cut (question->texts->pdata[i], HP_MEMBERS_MAX_TEXT);

      hp_question_set (copy, name, text);
    }
  return copy;
}

HpSessionHouse *
_hp_session_house_new (const char *id, const char *name, const char *note, const HpQuestion *question)
{
  HpSessionHouse *self = g_object_new (HP_TYPE_SESSION_HOUSE, NULL);

  self->id = g_strdup (id);
  self->name = _hp_members_cut (name, HP_MEMBERS_MAX_NAME);
  self->note = _hp_members_cut (note, HP_MEMBERS_MAX_TEXT);
  if (question != NULL)
    {
      hp_question_free (self->question);
      self->question = copy_house (question);
    }
  return self;
}

static HpSessionValuation *
copy_valuation (const HpSessionValuation *valuation)
{
  HpSessionValuation *copy = g_memdup2 (valuation, sizeof *valuation);

  copy->version = g_strdup (valuation->version);
  copy->source = g_strdup (valuation->source);
  copy->currency = g_strdup (valuation->currency);
  copy->rest = valuation->rest != NULL ? json_object_ref (valuation->rest) : NULL;
  return copy;
}

HpSessionHouse *
_hp_session_house_copy (HpSessionHouse *house, const char *id, const char *name)
{
  HpSessionHouse *copy = _hp_session_house_new (id, name, house->note, house->question);

  for (guint i = 0; i < house->valuations->len; i++)
    g_ptr_array_add (copy->valuations, copy_valuation (house->valuations->pdata[i]));
  copy->rest = house->rest != NULL ? json_object_ref (house->rest) : NULL;
  return copy;
}

static gboolean
check_valuation (const HpSessionValuation *valuation, GError **error)
{
  gboolean interval = !isnan (valuation->low) || !isnan (valuation->high);

  if (valuation->price > 0 && (isnan (valuation->level) || (valuation->level > 0 && valuation->level < 1))
      && (!interval || (valuation->low <= valuation->price && valuation->price <= valuation->high)))
    return TRUE;
  hp_set_error (error, HP_ERROR_BAD_DATA, "valuations",
                _ ("the price has to be above 0 and within low and high, the level between 0 and 1"));
  return FALSE;
}

static HpSessionValuation *
read_valuation (JsonObject *object, GError **error)
{
  static const char *const known[] = { "version", "price", "low", "high", "level", "currency", "source", "when", NULL };
  g_autoptr (HpSessionValuation) valuation = g_new0 (HpSessionValuation, 1);

  if (!_hp_members_get_text (object, "version", HP_MEMBERS_MAX_NAME, TRUE, &valuation->version, error)
      || !_hp_members_get_number (object, "price", TRUE, &valuation->price, error)
      || !_hp_members_get_number (object, "low", FALSE, &valuation->low, error)
      || !_hp_members_get_number (object, "high", FALSE, &valuation->high, error)
      || !_hp_members_get_number (object, "level", FALSE, &valuation->level, error)
      || !_hp_members_get_text (object, "currency", HP_MEMBERS_MAX_NAME, FALSE, &valuation->currency, error)
      || !_hp_members_get_text (object, "source", HP_MEMBERS_MAX_NAME, FALSE, &valuation->source, error)
      || !_hp_members_get_time (object, "when", &valuation->when, error) || !check_valuation (valuation, error))
    return NULL;
  valuation->rest = _hp_members_rest (object, known);
  return g_steal_pointer (&valuation);
}

static gboolean
read_valuations (HpSessionHouse *self, JsonArray *array, GError **error)
{
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      g_autoptr (HpSessionValuation) valuation = NULL;

      if (!JSON_NODE_HOLDS_OBJECT (node))
        {
          hp_set_error (error, HP_ERROR_BAD_DATA, "valuations", _ ("entry %u is not an object"), i + 1);
          return FALSE;
        }
      valuation = read_valuation (json_node_get_object (node), error);
      if (valuation == NULL)
        {
          g_prefix_error (error, "valuations[%u]: ", i);
          return FALSE;
        }
      if (hp_session_house_find_valuation (self, valuation->version) != NULL)
        {
          g_autofree char *name = g_strescape (valuation->version, NULL);

          hp_set_error (error, HP_ERROR_BAD_DATA, "valuations", _ ("version %s has two valuations"), name);
          return FALSE;
        }
      g_ptr_array_add (self->valuations, g_steal_pointer (&valuation));
    }
  return TRUE;
}

HpSessionHouse *
_hp_session_house_from_json (JsonObject *object, GError **error)
{
  static const char *const known[] = { "id", "name", "note", "attributes", "as_of", "valuations", NULL };
  g_autoptr (HpSessionHouse) self = g_object_new (HP_TYPE_SESSION_HOUSE, NULL);
  JsonArray *valuations;

  if (!_hp_members_get_text (object, "id", HP_MEMBERS_MAX_ID, TRUE, &self->id, error)
      || !_hp_members_get_text (object, "name", HP_MEMBERS_MAX_NAME, TRUE, &self->name, error)
      || !_hp_members_get_text (object, "note", HP_MEMBERS_MAX_TEXT, FALSE, &self->note, error)
      || !_hp_members_get_question (object, self->question, error)
      || !_hp_members_get_array (object, "valuations", HP_SESSION_MAX_VALUATIONS, &valuations, error)
      || !read_valuations (self, valuations, error))
    return NULL;
  if (!_hp_members_is_id (self->id))
    {
      hp_set_error (error, HP_ERROR_BAD_DATA, "id", _ ("\"id\" has to be letters, digits, - and _"));
      return NULL;
    }
  if (self->note == NULL)
    self->note = g_strdup ("");
  self->rest = _hp_members_rest (object, known);
  return g_steal_pointer (&self);
}

static void
write_valuation (const HpSessionValuation *valuation, HpJsonWriter *writer)
{
  hp_json_writer_begin_object (writer);
  hp_json_writer_set_string (writer, "version", valuation->version);
  hp_json_writer_set_double (writer, "price", valuation->price);
  _hp_members_set_number (writer, "low", valuation->low);
  _hp_members_set_number (writer, "high", valuation->high);
  _hp_members_set_number (writer, "level", valuation->level);
  _hp_members_set_text (writer, "currency", valuation->currency);
  _hp_members_set_text (writer, "source", valuation->source);
  _hp_members_set_time (writer, "when", valuation->when);
  _hp_members_write_rest (writer, valuation->rest);
  hp_json_writer_end_object (writer);
}

void
_hp_session_house_write_json (HpSessionHouse *house, HpJsonWriter *writer)
{
  hp_json_writer_begin_object (writer);
  hp_json_writer_set_string (writer, "id", house->id);
  hp_json_writer_set_string (writer, "name", house->name);
  if (*house->note != '\0')
    hp_json_writer_set_string (writer, "note", house->note);
  _hp_members_set_question (writer, house->question);
  hp_json_writer_key (writer, "valuations");
  hp_json_writer_begin_array (writer);
  for (guint i = 0; i < house->valuations->len; i++)
    write_valuation (house->valuations->pdata[i], writer);
  hp_json_writer_end_array (writer);
  _hp_members_write_rest (writer, house->rest);
  hp_json_writer_end_object (writer);
}

/**
 * hp_session_house_get_id:
 * @house: a house
 *
 * Returns: (transfer none): what the session and its audit trail know it by
 */
const char *
hp_session_house_get_id (HpSessionHouse *house)
{
  g_return_val_if_fail (HP_IS_SESSION_HOUSE (house), NULL);

  return house->id;
}

/**
 * hp_session_house_get_name:
 * @house: a house
 *
 * Returns: (transfer none): what people call it
 */
const char *
hp_session_house_get_name (HpSessionHouse *house)
{
  g_return_val_if_fail (HP_IS_SESSION_HOUSE (house), NULL);

  return house->name;
}

static void
set_text (HpSessionHouse *house, char **field, const char *text, gsize max_bytes, guint property)
{
  g_autofree char *cut = _hp_members_cut (text, max_bytes);

  if (strcmp (*field, cut) == 0)
    return;
  g_free (*field);
  *field = g_steal_pointer (&cut);
  g_object_notify_by_pspec (G_OBJECT (house), properties[property]);
  g_signal_emit (house, signals[CHANGED], 0);
}

/**
 * hp_session_house_set_name:
 * @house: a house
 * @name: what to call it; two houses may have the same name
 */
void
hp_session_house_set_name (HpSessionHouse *house, const char *name)
{
  g_return_if_fail (HP_IS_SESSION_HOUSE (house) && name != NULL);

  set_text (house, &house->name, name, HP_MEMBERS_MAX_NAME, PROP_NAME);
}

/**
 * hp_session_house_get_note:
 * @house: a house
 *
 * Returns: (transfer none): the note; empty if there is none
 */
const char *
hp_session_house_get_note (HpSessionHouse *house)
{
  g_return_val_if_fail (HP_IS_SESSION_HOUSE (house), NULL);

  return house->note;
}

/**
 * hp_session_house_set_note:
 * @house: a house
 * @note: the note
 */
void
hp_session_house_set_note (HpSessionHouse *house, const char *note)
{
  g_return_if_fail (HP_IS_SESSION_HOUSE (house) && note != NULL);

  set_text (house, &house->note, note, HP_MEMBERS_MAX_TEXT, PROP_NOTE);
}

/**
 * hp_session_house_get_question:
 * @house: a house
 *
 * Returns: (transfer none): attributes as text, and the as-of date; valid until they are others
 */
const HpQuestion *
hp_session_house_get_question (HpSessionHouse *house)
{
  g_return_val_if_fail (HP_IS_SESSION_HOUSE (house), NULL);

  return house->question;
}

/**
 * hp_session_house_set_question:
 * @house: a house
 * @question: attributes and as-of date; copied
 *
 * If they are others, what versions said of the old ones is forgotten.
 *
 * Returns: whether they are others
 */
gboolean
hp_session_house_set_question (HpSessionHouse *house, const HpQuestion *question)
{
  g_autoptr (HpQuestion) copy = NULL;

  g_return_val_if_fail (HP_IS_SESSION_HOUSE (house) && question != NULL, FALSE);

  copy = copy_house (question);
  if (hp_question_equal (copy, house->question))
    return FALSE;
  hp_question_free (house->question);
  house->question = g_steal_pointer (&copy);
  g_ptr_array_set_size (house->valuations, 0);
  g_signal_emit (house, signals[VALUED], 0);
  g_signal_emit (house, signals[CHANGED], 0);
  return TRUE;
}

/**
 * hp_session_house_set_attribute:
 * @house: a house
 * @name: an attribute
 * @text: (nullable): its value; %NULL: the house doesn't say
 *
 * As hp_session_house_set_question() with one attribute changed.
 */
void
hp_session_house_set_attribute (HpSessionHouse *house, const char *name, const char *text)
{
  g_autoptr (HpQuestion) question = NULL;

  g_return_if_fail (HP_IS_SESSION_HOUSE (house) && name != NULL);

  question = hp_question_copy (house->question);
  hp_question_set (question, name, text);
  hp_session_house_set_question (house, question);
}

/**
 * hp_session_house_get_n_valuations:
 * @house: a house
 *
 * Returns: how many versions have said a price of it as it is
 */
guint
hp_session_house_get_n_valuations (HpSessionHouse *house)
{
  g_return_val_if_fail (HP_IS_SESSION_HOUSE (house), 0);

  return house->valuations->len;
}

/**
 * hp_session_house_get_valuation:
 * @house: a house
 * @index: which, in the order in which the versions were first asked
 *
 * Returns: (transfer none): what a version said last; valid until the house's valuations are others
 */
const HpSessionValuation *
hp_session_house_get_valuation (HpSessionHouse *house, guint index)
{
  g_return_val_if_fail (HP_IS_SESSION_HOUSE (house) && index < house->valuations->len, NULL);

  return house->valuations->pdata[index];
}

/**
 * hp_session_house_find_valuation:
 * @house: a house
 * @version: the number of a version
 *
 * Returns: (transfer none) (nullable): what it said last
 */
const HpSessionValuation *
hp_session_house_find_valuation (HpSessionHouse *house, const char *version)
{
  g_return_val_if_fail (HP_IS_SESSION_HOUSE (house) && version != NULL, NULL);

  for (guint i = 0; i < house->valuations->len; i++)
    if (strcmp (((HpSessionValuation *) house->valuations->pdata[i])->version, version) == 0)
      return house->valuations->pdata[i];
  return NULL;
}

static gboolean
same_number (double a, double b)
{
  return a == b || (isnan (a) && isnan (b));
}

static gboolean
same_valuation (const HpSessionValuation *a, const HpSessionValuation *b)
{
  return a->price == b->price && same_number (a->low, b->low) && same_number (a->high, b->high)
         && same_number (a->level, b->level) && g_strcmp0 (a->source, b->source) == 0
         && g_strcmp0 (a->currency, b->currency) == 0;
}

/**
 * hp_session_house_take_valuation:
 * @house: a house
 * @valuation: what a version says of it, with its present attributes
 * @when: seconds since 1970
 *
 * Keeps the figures in the place of those that the same version said before. Nothing changes, nor does the time, if it
 * says the same as before.
 */
void
hp_session_house_take_valuation (HpSessionHouse *house, const HpValuation *valuation, gint64 when)
{
  g_autoptr (HpSessionValuation) kept = NULL;
  guint i;

  g_return_if_fail (HP_IS_SESSION_HOUSE (house) && valuation != NULL);

  if (valuation->version == NULL)
    return;
  kept = g_new0 (HpSessionValuation, 1);
  kept->version = _hp_members_cut (valuation->version, HP_MEMBERS_MAX_NAME);
  kept->source = valuation->source != NULL ? _hp_members_cut (valuation->source, HP_MEMBERS_MAX_NAME) : NULL;
  kept->currency = valuation->currency != NULL ? _hp_members_cut (valuation->currency, HP_MEMBERS_MAX_NAME) : NULL;
  kept->price = valuation->predicted_price;
  kept->low = isfinite (valuation->low) && isfinite (valuation->high) ? valuation->low : NAN;
  kept->high = isfinite (valuation->low) && isfinite (valuation->high) ? valuation->high : NAN;
  kept->level = valuation->level;
  kept->when = when;
  if (!isfinite (kept->price) || !check_valuation (kept, NULL))
    return;
  for (i = 0; i < house->valuations->len; i++)
    if (strcmp (((HpSessionValuation *) house->valuations->pdata[i])->version, kept->version) == 0)
      break;
  if (i < house->valuations->len && same_valuation (house->valuations->pdata[i], kept))
    return;
  if (i < house->valuations->len)
    {
      valuation_free (house->valuations->pdata[i]);
      house->valuations->pdata[i] = g_steal_pointer (&kept);
    }
  else
    {
      if (house->valuations->len >= HP_SESSION_MAX_VALUATIONS)
        g_ptr_array_remove_index (house->valuations, 0);
      g_ptr_array_add (house->valuations, g_steal_pointer (&kept));
    }
  g_signal_emit (house, signals[VALUED], 0);
  g_signal_emit (house, signals[CHANGED], 0);
}
