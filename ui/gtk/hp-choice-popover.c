/* hp-choice-popover.c - the choices of a category, searched by any part of a name
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "hp-choice-popover.h"
#include "hp-choice.h"
#include "hp-display.h"
#include "hp-text.h"

struct _HpChoicePopover
{
  GtkPopover parent_instance;

  GtkEditable *search;
  GtkWidget *scroller;
  GtkListView *list;
  GtkWidget *other;
  GtkLabel *other_label;
  GtkFilter *filter;
  GtkSingleSelection *selection;
  char *key;     /* of what is searched for */
  char *current; /* what is chosen now */
};

enum
{
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (HpChoicePopover, hp_choice_popover, GTK_TYPE_POPOVER)

static void
choose (HpChoicePopover *popover, const char *text)
{
  g_autofree char *chosen = g_strdup (text);

  gtk_popover_popdown (GTK_POPOVER (popover));
  g_signal_emit (popover, signals[CHOSEN], 0, chosen);
}

static gboolean
matches (gpointer item, gpointer data)
{
  HpChoicePopover *popover = data;

  return popover->key == NULL || hp_choice_matches (item, popover->key);
}

static char *
typed_text (HpChoicePopover *popover)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (popover->search)));
}

static void
search_changed_cb (HpChoicePopover *popover)
{
  g_autofree char *typed = typed_text (popover);
  g_autofree char *use = g_strdup_printf (_ ("Use “%s”"), typed);
  guint n;

  g_free (popover->key);
  popover->key = *typed != '\0' ? hp_text_key (typed, -1) : NULL;
  gtk_filter_changed (popover->filter, GTK_FILTER_CHANGE_DIFFERENT);
  n = g_list_model_get_n_items (G_LIST_MODEL (popover->selection));
  gtk_widget_set_visible (popover->scroller, n > 0);
  gtk_widget_set_visible (popover->other, popover->key != NULL && n == 0);
  gtk_label_set_text (popover->other_label, use);
}

static void
search_activated_cb (HpChoicePopover *popover)
{
  HpChoice *choice;
  g_autofree char *typed = NULL;

  /* "search-changed" waits for a pause in the typing, Enter doesn't */
  search_changed_cb (popover);
  choice = gtk_single_selection_get_selected_item (popover->selection);
  typed = typed_text (popover);
  if (choice != NULL)
    choose (popover, hp_choice_get_text (choice));
  else if (*typed != '\0')
    choose (popover, typed);
}

static void
stop_search_cb (HpChoicePopover *popover)
{
  gtk_popover_popdown (GTK_POPOVER (popover));
}

/* Up and down move the selection without leaving the search */
static gboolean
search_key_cb (GtkEventControllerKey *controller, guint keyval, guint keycode, GdkModifierType state,
               HpChoicePopover *popover)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (popover->selection));
  guint at = gtk_single_selection_get_selected (popover->selection);

  if (n == 0 || (keyval != GDK_KEY_Down && keyval != GDK_KEY_Up))
    return GDK_EVENT_PROPAGATE;
  if (at == GTK_INVALID_LIST_POSITION)
    at = 0;
  else if (keyval == GDK_KEY_Down)
    at = MIN (at + 1, n - 1);
  else
    at = at > 0 ? at - 1 : 0;
  gtk_single_selection_set_selected (popover->selection, at);
  gtk_widget_activate_action (GTK_WIDGET (popover->list), "list.scroll-to-item", "u", at);
  return GDK_EVENT_STOP;
}

static void
item_activated_cb (HpChoicePopover *popover, guint position)
{
  g_autoptr (HpChoice) choice = g_list_model_get_item (G_LIST_MODEL (popover->selection), position);

  choose (popover, hp_choice_get_text (choice));
}

static void
other_clicked_cb (HpChoicePopover *popover)
{
  g_autofree char *typed = typed_text (popover);

  choose (popover, typed);
}

static void
item_setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, HpChoicePopover *popover)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *name = gtk_label_new (NULL);
  GtkWidget *sales = gtk_label_new (NULL);
  GtkWidget *check = gtk_image_new_from_icon_name ("object-select-symbolic");

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (name), 28);
  gtk_widget_set_hexpand (name, TRUE);
  gtk_widget_add_css_class (sales, "numeric");
  gtk_widget_add_css_class (sales, "dim-label");
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), sales);
  gtk_box_append (GTK_BOX (box), check);
  gtk_list_item_set_child (item, box);
}

static void
item_bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, HpChoicePopover *popover)
{
  HpChoice *choice = gtk_list_item_get_item (item);
  GtkWidget *name = gtk_widget_get_first_child (gtk_list_item_get_child (item));
  GtkWidget *sales = gtk_widget_get_next_sibling (name);
  GtkWidget *check = gtk_widget_get_next_sibling (sales);
  g_autofree char *count = hp_display_count (hp_choice_get_sales (choice));
  g_autofree char *tip = g_strdup_printf (ngettext ("%s sale that the model knows", "%s sales that the model knows",
                                                    hp_choice_get_sales (choice)),
                                          count);

  gtk_label_set_text (GTK_LABEL (name), hp_choice_get_text (choice));
  gtk_label_set_text (GTK_LABEL (sales), hp_choice_get_sales (choice) > 0 ? count : "");
  gtk_widget_set_tooltip_text (sales, tip);
  gtk_widget_set_opacity (check, g_strcmp0 (popover->current, hp_choice_get_text (choice)) == 0 ? 1 : 0);
}

static void
hp_choice_popover_dispose (GObject *object)
{
  HpChoicePopover *popover = HP_CHOICE_POPOVER (object);

  g_clear_object (&popover->selection);
  gtk_widget_dispose_template (GTK_WIDGET (popover), HP_TYPE_CHOICE_POPOVER);
  G_OBJECT_CLASS (hp_choice_popover_parent_class)->dispose (object);
}

static void
hp_choice_popover_finalize (GObject *object)
{
  HpChoicePopover *popover = HP_CHOICE_POPOVER (object);

  g_free (popover->key);
  g_free (popover->current);
  G_OBJECT_CLASS (hp_choice_popover_parent_class)->finalize (object);
}

static void
hp_choice_popover_class_init (HpChoicePopoverClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hp_choice_popover_dispose;
  G_OBJECT_CLASS (klass)->finalize = hp_choice_popover_finalize;
  signals[CHOSEN] = g_signal_new ("chosen", HP_TYPE_CHOICE_POPOVER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                  1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/housepricepredictor/HousePrice/hp-choice-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, HpChoicePopover, search);
  gtk_widget_class_bind_template_child (widget_class, HpChoicePopover, scroller);
  gtk_widget_class_bind_template_child (widget_class, HpChoicePopover, list);
  gtk_widget_class_bind_template_child (widget_class, HpChoicePopover, other);
  gtk_widget_class_bind_template_child (widget_class, HpChoicePopover, other_label);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_key_cb);
  gtk_widget_class_bind_template_callback (widget_class, item_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, other_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, item_setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, item_bind_cb);
}

static void
hp_choice_popover_init (HpChoicePopover *popover)
{
  gtk_widget_init_template (GTK_WIDGET (popover));
}

/**
 * hp_choice_popover_new:
 *
 * Returns: (transfer floating): a popover that offers nothing yet
 */
GtkWidget *
hp_choice_popover_new (void)
{
  return g_object_new (HP_TYPE_CHOICE_POPOVER, NULL);
}

static guint
position_of (GListModel *choices, const char *text)
{
  for (guint i = 0; i < g_list_model_get_n_items (choices); i++)
    {
      g_autoptr (HpChoice) choice = g_list_model_get_item (choices, i);

      if (g_strcmp0 (hp_choice_get_text (choice), text) == 0)
        return i;
    }
  return GTK_INVALID_LIST_POSITION;
}

/**
 * hp_choice_popover_offer:
 * @popover: a popover
 * @attribute: a category
 * @current: (nullable): what is chosen now
 */
void
hp_choice_popover_offer (HpChoicePopover *popover, const HpAttribute *attribute, const char *current)
{
  g_autoptr (GListModel) choices = hp_choice_list (attribute);
  guint at = position_of (choices, current);
  GtkFilterListModel *found;

  g_free (popover->current);
  popover->current = g_strdup (current);
  g_clear_pointer (&popover->key, g_free);
  gtk_editable_set_text (popover->search, "");
  popover->filter = GTK_FILTER (gtk_custom_filter_new (matches, popover, NULL));
  found = gtk_filter_list_model_new (g_steal_pointer (&choices), popover->filter);
  g_clear_object (&popover->selection);
  popover->selection = gtk_single_selection_new (G_LIST_MODEL (found));
  gtk_list_view_set_model (popover->list, GTK_SELECTION_MODEL (popover->selection));
  search_changed_cb (popover);
  if (at != GTK_INVALID_LIST_POSITION)
    {
      gtk_single_selection_set_selected (popover->selection, at);
      gtk_widget_activate_action (GTK_WIDGET (popover->list), "list.scroll-to-item", "u", at);
    }
  gtk_widget_grab_focus (GTK_WIDGET (popover->search));
}
