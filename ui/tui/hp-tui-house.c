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
  HpWorkbench *workbench;
  void (*changed) (gpointer data);
  gpointer data;

  GPtrArray *undo, *redo; /* (element-type GHashTable) texts by name, as they were */
  guint kind;             /* of the last change */
};

static void
changed_cb (HpTuiHouse *house)
{
  house->changed (house->data);
}

/* Whatever tells of a change, and may tell it when house is gone */
static void
each_source (HpTuiHouse *house, void (*func) (HpTuiHouse *house, gpointer source, const char *signal))
{
  func (house, house->workbench, "changed");
  func (house, hp_tui_house_get_form (house), "described");
  func (house, hp_tui_house_get_form (house), "changed");
  func (house, hp_tui_house_get_live (house), "changed");
  func (house, hp_tui_house_get_valuer (house), "notify");
}

static void
listen (HpTuiHouse *house, gpointer source, const char *signal)
{
  g_signal_connect_swapped (source, signal, G_CALLBACK (changed_cb), house);
}

static void
listen_no_more (HpTuiHouse *house, gpointer source, const char *signal)
{
  g_signal_handlers_disconnect_by_data (source, house);
}

/**
 * hp_tui_house_new:
 * @workbench: what to work on, not started yet
 * @changed: called when a screen is to be drawn again
 * @data: for @changed
 *
 * Returns: (transfer full): a house without attributes yet
 */
HpTuiHouse *
hp_tui_house_new (HpWorkbench *workbench, void (*changed) (gpointer data), gpointer data)
{
  HpTuiHouse *house = g_new0 (HpTuiHouse, 1);

  house->workbench = g_object_ref (workbench);
  house->changed = changed;
  house->data = data;
  house->undo = g_ptr_array_new_with_free_func ((GDestroyNotify) g_hash_table_unref);
  house->redo = g_ptr_array_new_with_free_func ((GDestroyNotify) g_hash_table_unref);
  house->kind = HP_TUI_CHANGE_ALONE;
  each_source (house, listen);
  hp_workbench_start (workbench);
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
  each_source (house, listen_no_more);
  g_clear_object (&house->workbench);
  g_ptr_array_unref (house->undo);
  g_ptr_array_unref (house->redo);
  g_free (house);
}

/**
 * hp_tui_house_get_workbench:
 * @house: a house
 *
 * Returns: (transfer none): what it is worked on with
 */
HpWorkbench *
hp_tui_house_get_workbench (HpTuiHouse *house)
{
  return house->workbench;
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
  return hp_workbench_get_valuer (house->workbench);
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
  return hp_workbench_get_form (house->workbench);
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
  return hp_workbench_get_live (house->workbench);
}

/**
 * hp_tui_house_get_state:
 * @house: a house
 *
 * Returns: what there is to show
 */
HpWorkbenchState
hp_tui_house_get_state (HpTuiHouse *house)
{
  return hp_workbench_get_state (house->workbench);
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
  const GError *error = hp_workbench_get_error (house->workbench);

  return error != NULL && !g_error_matches (error, HP_ERROR, HP_ERROR_NOT_FOUND) ? error->message : NULL;
}

/**
 * hp_tui_house_new_training:
 * @house: a house
 *
 * Returns: (transfer full): a training on the shipped sales, for where this house's model is looked for
 */
HpTraining *
hp_tui_house_new_training (HpTuiHouse *house)
{
  return hp_workbench_new_training (house->workbench);
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
  return hp_workbench_get_local_version (house->workbench);
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
  hp_auto_valuer_retry (hp_tui_house_get_valuer (house));
  hp_workbench_reload (house->workbench);
  hp_live_valuation_refresh (hp_tui_house_get_live (house));
}

static GHashTable *
take_snapshot (HpTuiHouse *house)
{
  HpForm *form = hp_tui_house_get_form (house);
  GHashTable *texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (guint i = 0; i < hp_form_get_n_fields (form); i++)
    g_hash_table_insert (texts, g_strdup (hp_form_get_attribute (form, i)->name),
                         g_strdup (hp_form_get_text (form, i)));
  return texts;
}

/* Returns whether anything is another */
static gboolean
restore (HpTuiHouse *house, GHashTable *texts)
{
  HpForm *form = hp_tui_house_get_form (house);
  gboolean any = FALSE;

  for (guint i = 0; i < hp_form_get_n_fields (form); i++)
    {
      const char *text = g_hash_table_lookup (texts, hp_form_get_attribute (form, i)->name);

      if (text == NULL || g_str_equal (text, hp_form_get_text (form, i)))
        continue;
      hp_form_set_text (form, i, text);
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
