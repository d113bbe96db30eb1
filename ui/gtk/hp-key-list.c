/* hp-key-list.c - a drop-down of things that have a key and a label
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "hp-key-list.h"

/* From so many on one wants to search */
#define MANY         24
#define BUTTON_CHARS 8 /* at least */

static GQuark
keys_quark (void)
{
  return g_quark_from_static_string ("hp-keys");
}

static char **
keys_of (GtkDropDown *list)
{
  return g_object_get_qdata (G_OBJECT (list), keys_quark ());
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer in_button)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (in_button)
    {
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_label_set_width_chars (GTK_LABEL (label), BUTTON_CHARS);
    }
  gtk_list_item_set_child (item, label);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer in_button)
{
  GtkStringObject *string = gtk_list_item_get_item (item);

  gtk_label_set_text (GTK_LABEL (gtk_list_item_get_child (item)), gtk_string_object_get_string (string));
}

static GtkListItemFactory *
make_factory (gboolean in_button)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), GINT_TO_POINTER (in_button));
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  return factory;
}

/**
 * hp_key_list_new:
 * @label: what is chosen, for those who listen
 *
 * Returns: (transfer floating): an empty list
 */
GtkWidget *
hp_key_list_new (const char *label)
{
  GtkExpression *expression = gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string");
  GtkWidget *list = gtk_drop_down_new (NULL, expression);
  g_autoptr (GtkListItemFactory) button_factory = make_factory (TRUE), list_factory = make_factory (FALSE);

  /* Long names need not make the button as wide */
  gtk_drop_down_set_factory (GTK_DROP_DOWN (list), button_factory);
  gtk_drop_down_set_list_factory (GTK_DROP_DOWN (list), list_factory);
  gtk_widget_set_tooltip_text (list, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  return list;
}

static int
find (GtkDropDown *list, const char *key)
{
  char **keys = keys_of (list);

  for (guint i = 0; key != NULL && keys != NULL && keys[i] != NULL; i++)
    if (g_str_equal (keys[i], key))
      return (int) i;
  return -1;
}

/**
 * hp_key_list_set:
 * @list: a list
 * @keys: (array zero-terminated=1): what there is to choose from
 * @labels: (array zero-terminated=1): how people call them
 *
 * The key that was chosen stays so; if it is gone, the first is.
 */
void
hp_key_list_set (GtkDropDown *list, const char *const *keys, const char *const *labels)
{
  g_autoptr (GtkStringList) model = gtk_string_list_new (labels);
  g_autofree char *before = g_strdup (hp_key_list_get (list));
  int position;

  if (keys_of (list) != NULL && g_strv_equal ((const char *const *) keys_of (list), keys))
    return;
  g_object_set_qdata_full (G_OBJECT (list), keys_quark (), g_strdupv ((char **) keys), (GDestroyNotify) g_strfreev);
  gtk_drop_down_set_model (list, G_LIST_MODEL (model));
  gtk_drop_down_set_enable_search (list, g_strv_length ((char **) keys) > MANY);
  position = find (list, before);
  gtk_drop_down_set_selected (list, position >= 0 ? (guint) position : 0);
}

/**
 * hp_key_list_get:
 * @list: a list
 *
 * Returns: (transfer none) (nullable): the chosen key
 */
const char *
hp_key_list_get (GtkDropDown *list)
{
  guint position = gtk_drop_down_get_selected (list);
  char **keys = keys_of (list);

  return keys != NULL && position < g_strv_length (keys) && *keys[position] != '\0' ? keys[position] : NULL;
}

/**
 * hp_key_list_choose:
 * @list: a list
 * @key: which
 *
 * Returns: whether there is such a key
 */
gboolean
hp_key_list_choose (GtkDropDown *list, const char *key)
{
  int position = find (list, key);

  if (position >= 0)
    gtk_drop_down_set_selected (list, (guint) position);
  return position >= 0;
}
