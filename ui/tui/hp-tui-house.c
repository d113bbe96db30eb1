/* hp-tui-house.c - a form, its price, and undo
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "hp-error.h"
#include "hp-tui-house.h"

/* As many changes as can be taken back */
#define MAX_HISTORY 500

struct _HpTuiHouse
{
  HpAutoValuer *valuer;
  HpForm *form;
  HpLiveValuation *live;
  void (*changed) (gpointer data);
  gpointer data;

  GCancellable *describing; /* (nullable) while a description is asked for */
  char *local_version;      /* (nullable) */
  GError *error;            /* (nullable) why there is no description */

  GPtrArray *undo, *redo; /* (element-type GHashTable) texts by name, as they were */
  guint kind;             /* of the last change */
};

static void describe (HpTuiHouse *house);

static void
ask_price (HpTuiHouse *house)
{
  g_autoptr (HpQuestion) question = hp_form_get_question (house->form);

  hp_live_valuation_set_question (house->live, question);
  house->changed (house->data);
}

static void
form_cb (HpTuiHouse *house)
{
  ask_price (house);
}

static void
live_cb (HpTuiHouse *house)
{
  house->changed (house->data);
}

static void
valuer_cb (HpTuiHouse *house)
{
  describe (house);
  house->changed (house->data);
}

/* One request for a description; not house itself, which may be gone when it is answered */
typedef struct
{
  HpTuiHouse *house;
  gboolean local;
} Describing;

static void
described_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Describing *describing = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (HpDescription) description = hp_valuer_describe_finish (HP_VALUER (source), result, &error);
  HpTuiHouse *house = describing->house;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&house->describing);
  if (describing->local)
    {
      g_free (house->local_version);
      house->local_version = description != NULL ? g_strdup (description->version) : NULL;
    }
  g_clear_error (&house->error);
  if (description != NULL)
    hp_form_set_description (house->form, description);
  else
    house->error = g_steal_pointer (&error);
  house->changed (house->data);
}

/* Of whoever values now. While the server is not heard of, that is this computer. */
static void
describe (HpTuiHouse *house)
{
  Describing *describing = g_new0 (Describing, 1);
  gboolean online = hp_auto_valuer_get_state (house->valuer) == HP_VALUER_ONLINE;

  if (house->describing != NULL)
    g_cancellable_cancel (house->describing);
  g_clear_object (&house->describing);
  house->describing = g_cancellable_new ();
  describing->house = house;
  describing->local = !online;
  hp_valuer_describe_async (online ? hp_auto_valuer_get_server (house->valuer)
                                   : hp_auto_valuer_get_local (house->valuer),
                            NULL, house->describing, described_cb, describing);
}

/**
 * hp_tui_house_new:
 * @valuer: who values
 * @changed: called when a screen is to be drawn again
 * @data: for @changed
 *
 * Returns: (transfer full): a house without attributes yet
 */
HpTuiHouse *
hp_tui_house_new (HpAutoValuer *valuer, void (*changed) (gpointer data), gpointer data)
{
  HpTuiHouse *house = g_new0 (HpTuiHouse, 1);

  house->valuer = g_object_ref (valuer);
  house->form = hp_form_new ();
  house->live = hp_live_valuation_new (valuer);
  house->changed = changed;
  house->data = data;
  house->undo = g_ptr_array_new_with_free_func ((GDestroyNotify) g_hash_table_unref);
  house->redo = g_ptr_array_new_with_free_func ((GDestroyNotify) g_hash_table_unref);
  house->kind = HP_TUI_CHANGE_ALONE;
  g_signal_connect_swapped (house->form, "described", G_CALLBACK (form_cb), house);
  g_signal_connect_swapped (house->form, "changed", G_CALLBACK (form_cb), house);
  g_signal_connect_swapped (house->live, "changed", G_CALLBACK (live_cb), house);
  g_signal_connect_swapped (valuer, "notify::state", G_CALLBACK (valuer_cb), house);
  g_signal_connect_swapped (valuer, "notify::server-version", G_CALLBACK (valuer_cb), house);
  g_signal_connect_swapped (valuer, "notify::offline-reason", G_CALLBACK (live_cb), house);
  describe (house);
  hp_auto_valuer_watch (valuer);
  return house;
}

/**
 * hp_tui_house_free:
 * @house: (transfer full) (nullable): a house
 */
void
hp_tui_house_free (HpTuiHouse *house)
{
  if (house == NULL)
    return;
  if (house->describing != NULL)
    g_cancellable_cancel (house->describing);
  g_clear_object (&house->describing);
  g_signal_handlers_disconnect_by_data (house->valuer, house);
  g_signal_handlers_disconnect_by_data (house->live, house);
  g_signal_handlers_disconnect_by_data (house->form, house);
  hp_live_valuation_set_question (house->live, NULL);
  g_clear_object (&house->live);
  g_clear_object (&house->form);
  g_clear_object (&house->valuer);
  g_ptr_array_unref (house->undo);
  g_ptr_array_unref (house->redo);
  g_clear_error (&house->error);
  g_free (house->local_version);
  g_free (house);
}

/**
 * hp_tui_house_get_valuer:
 * @house: a house
 *
 * Returns: (transfer none): who values it
 */
HpAutoValuer *
hp_tui_house_get_valuer (HpTuiHouse *house)
{
  return house->valuer;
}

/**
 * hp_tui_house_get_form:
 * @house: a house
 *
 * Returns: (transfer none): its attributes
 */
HpForm *
hp_tui_house_get_form (HpTuiHouse *house)
{
  return house->form;
}

/**
 * hp_tui_house_get_live:
 * @house: a house
 *
 * Returns: (transfer none): its price
 */
HpLiveValuation *
hp_tui_house_get_live (HpTuiHouse *house)
{
  return house->live;
}

/**
 * hp_tui_house_get_state:
 * @house: a house
 *
 * Returns: whether there is a form
 */
HpTuiHouseState
hp_tui_house_get_state (HpTuiHouse *house)
{
  if (hp_form_get_description (house->form) != NULL)
    return HP_TUI_HOUSE_READY;
  /* As long as the server may still answer, nothing is lost. */
  if (house->error != NULL && hp_auto_valuer_get_state (house->valuer) != HP_VALUER_CONNECTING)
    return HP_TUI_HOUSE_NO_MODEL;
  return HP_TUI_HOUSE_LOADING;
}

/**
 * hp_tui_house_get_reason:
 * @house: a house
 *
 * Returns: (transfer none) (nullable): why nobody described a form; %NULL if there is one, or if there simply is no
 * model yet
 */
const char *
hp_tui_house_get_reason (HpTuiHouse *house)
{
  return house->error != NULL && !g_error_matches (house->error, HP_ERROR, HP_ERROR_NOT_FOUND) ? house->error->message
                                                                                               : NULL;
}

/**
 * hp_tui_house_get_local_version:
 * @house: a house
 *
 * Returns: (transfer none) (nullable): this computer's champion, as far as it was asked for
 */
const char *
hp_tui_house_get_local_version (HpTuiHouse *house)
{
  return house->local_version;
}

/**
 * hp_tui_house_refresh:
 * @house: a house
 *
 * Tries the server again, and looks for newer models.
 */
void
hp_tui_house_refresh (HpTuiHouse *house)
{
  hp_auto_valuer_retry (house->valuer);
  describe (house);
  hp_live_valuation_refresh (house->live);
}

static GHashTable *
take_snapshot (HpTuiHouse *house)
{
  GHashTable *texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (guint i = 0; i < hp_form_get_n_fields (house->form); i++)
    g_hash_table_insert (texts, g_strdup (hp_form_get_attribute (house->form, i)->name),
                         g_strdup (hp_form_get_text (house->form, i)));
  return texts;
}

/* Returns whether anything is another */
static gboolean
restore (HpTuiHouse *house, GHashTable *texts)
{
  gboolean any = FALSE;

  for (guint i = 0; i < hp_form_get_n_fields (house->form); i++)
    {
      const char *text = g_hash_table_lookup (texts, hp_form_get_attribute (house->form, i)->name);

      if (text == NULL || g_str_equal (text, hp_form_get_text (house->form, i)))
        continue;
      hp_form_set_text (house->form, i, text);
      any = TRUE;
    }
  return any;
}

/**
 * hp_tui_house_begin_change:
 * @house: a house
 * @kind: what is going to be changed: the number of a field, or %HP_TUI_CHANGE_ALONE for what is to be taken back by
 * itself
 *
 * Remembers the texts as they are, unless the change before was of the same kind.
 */
void
hp_tui_house_begin_change (HpTuiHouse *house, guint kind)
{
  if (kind != HP_TUI_CHANGE_ALONE && kind == house->kind)
    return;
  house->kind = kind;
  g_ptr_array_set_size (house->redo, 0);
  g_ptr_array_add (house->undo, take_snapshot (house));
  if (house->undo->len > MAX_HISTORY)
    g_ptr_array_remove_index (house->undo, 0);
}

/* Takes what was remembered last, and remembers what is in its place. What changes nothing is passed over. */
static gboolean
go (HpTuiHouse *house, GPtrArray *from, GPtrArray *to)
{
  gboolean any = FALSE;

  house->kind = HP_TUI_CHANGE_ALONE;
  while (!any && from->len > 0)
    {
      g_autoptr (GHashTable) texts = g_ptr_array_steal_index (from, from->len - 1);
      GHashTable *present = take_snapshot (house);

      any = restore (house, texts);
      if (any)
        g_ptr_array_add (to, present);
      else
        g_hash_table_unref (present);
    }
  return any;
}

/**
 * hp_tui_house_undo:
 * @house: a house
 *
 * Returns: whether there was a change to take back
 */
gboolean
hp_tui_house_undo (HpTuiHouse *house)
{
  return go (house, house->undo, house->redo);
}

/**
 * hp_tui_house_redo:
 * @house: a house
 *
 * Returns: whether there was a change to make again
 */
gboolean
hp_tui_house_redo (HpTuiHouse *house)
{
  return go (house, house->redo, house->undo);
}
