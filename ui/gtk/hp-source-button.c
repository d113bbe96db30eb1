/* hp-source-button.c - who values at present, told in the header bar
 *
 * The word tells it; the mark before it only repeats that by its shape and colour.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "hp-source-button.h"
#include "hp-text.h"

/* A server's name for a version is not longer than this where it is shown: the narrowest header bar must hold it */
#define VERSION_CHARS 8
#define REASON_CHARS  300

struct _HpSourceButton
{
  AdwBin parent_instance;

  HpWorkbench *workbench;

  GtkMenuButton *button;
  GtkLabel *mark;
  GtkLabel *label;
  GtkPopover *popover;
  GtkLabel *heading;
  GtkLabel *explanation;
  GtkWidget *server_title;
  GtkLabel *server;
  GtkWidget *server_version_title;
  GtkLabel *server_version;
  GtkLabel *local_version;
  GtkWidget *retry;
};

G_DEFINE_FINAL_TYPE (HpSourceButton, hp_source_button, ADW_TYPE_BIN)

/* What each state looks like. heading: also the button's word; %s of with: the version */
static const struct
{
  const char *css, *mark, *heading, *with;
} looks[] = {
  [HP_VALUER_LOCAL] = { "local", "●", N_ ("This computer"), N_ ("This computer · v%s") },
  [HP_VALUER_CONNECTING] = { "connecting", "◌", N_ ("Connecting"), N_ ("Connecting · v%s") },
  [HP_VALUER_ONLINE] = { "online", "●", N_ ("Server"), N_ ("Server · v%s") },
  [HP_VALUER_OFFLINE] = { "offline", "○", N_ ("Offline"), N_ ("Offline · v%s") },
};

static char *
printable_version (const char *version)
{
  return version != NULL ? hp_text_printable (version, -1, VERSION_CHARS) : NULL;
}

static char *
with_version (HpValuerState state, const char *version)
{
  g_auto (GStrv) parts = NULL;

  if (version == NULL)
    return g_strdup (_ (looks[state].heading));
  parts = g_strsplit (_ (looks[state].with), "%s", 2);
  return g_strjoinv (version, parts);
}

static char *
explain (HpSourceButton *button, HpValuerState state)
{
  HpAutoValuer *valuer = hp_workbench_get_valuer (button->workbench);
  gboolean has_local = hp_workbench_get_local_version (button->workbench) != NULL;
  g_autofree char *reason = NULL;

  switch (state)
    {
    case HP_VALUER_LOCAL:
      return g_strdup (_ ("No server is configured: prices are made on this computer, and no network is used."));
    case HP_VALUER_CONNECTING:
      return g_strdup (has_local ? _ ("The server has not answered yet. Meanwhile prices are made on this computer.")
                                 : _ ("The server has not answered yet."));
    case HP_VALUER_ONLINE:
      return g_strdup (has_local ? _ ("The server makes the prices. When it does not answer, this computer does.")
                                 : _ ("The server makes the prices."));
    default:
      reason = hp_text_printable (hp_auto_valuer_get_offline_reason (valuer) != NULL
                                    ? hp_auto_valuer_get_offline_reason (valuer)
                                    : _ ("The server does not answer"),
                                  -1, REASON_CHARS);
      return g_strdup_printf (has_local ? _ ("%s. Meanwhile prices are made on this computer.")
                                        : _ ("%s. There is no model on this computer that could stand in."),
                              reason);
    }
}

static void
show_server (HpSourceButton *button)
{
  HpAutoValuer *valuer = hp_workbench_get_valuer (button->workbench);
  HpValuer *server = hp_auto_valuer_get_server (valuer);
  g_autofree char *version = printable_version (hp_auto_valuer_get_server_version (valuer));

  gtk_widget_set_visible (button->server_title, server != NULL);
  gtk_widget_set_visible (GTK_WIDGET (button->server), server != NULL);
  gtk_widget_set_visible (button->server_version_title, version != NULL);
  gtk_widget_set_visible (GTK_WIDGET (button->server_version), version != NULL);
  gtk_label_set_text (button->server, server != NULL ? hp_server_valuer_get_url (server) : "");
  gtk_label_set_text (button->server_version, version != NULL ? version : "");
}

static void
update (HpSourceButton *button)
{
  HpAutoValuer *valuer = hp_workbench_get_valuer (button->workbench);
  HpValuerState state = hp_auto_valuer_get_state (valuer);
  g_autofree char *server = printable_version (hp_auto_valuer_get_server_version (valuer));
  g_autofree char *local = printable_version (hp_workbench_get_local_version (button->workbench));
  g_autofree char *label = with_version (state, state == HP_VALUER_ONLINE ? server : local);
  g_autofree char *explanation = explain (button, state);
  g_autofree char *spoken = g_strdup_printf (_ ("Prices by: %s"), label);
  GtkWidget *inside = gtk_widget_get_first_child (GTK_WIDGET (button->button));

  gtk_label_set_text (button->mark, looks[state].mark);
  gtk_label_set_text (button->label, label);
  for (gsize i = 0; i < G_N_ELEMENTS (looks); i++)
    if (i == state)
      gtk_widget_add_css_class (GTK_WIDGET (button->mark), looks[i].css);
    else
      gtk_widget_remove_css_class (GTK_WIDGET (button->mark), looks[i].css);
  gtk_label_set_text (button->heading, _ (looks[state].heading));
  gtk_label_set_text (button->explanation, explanation);
  gtk_label_set_text (button->local_version, local != NULL ? local : _ ("no model"));
  show_server (button);
  gtk_widget_set_visible (button->retry, state == HP_VALUER_OFFLINE);
  gtk_widget_set_tooltip_text (GTK_WIDGET (button->button), explanation);
  gtk_accessible_update_property (GTK_ACCESSIBLE (inside), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, explanation, -1);
}

static void
hp_source_button_dispose (GObject *object)
{
  HpSourceButton *button = HP_SOURCE_BUTTON (object);

  g_clear_object (&button->workbench);
  /* Before the template goes, or the bin would let go of a child that is no more */
  adw_bin_set_child (ADW_BIN (button), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (button), HP_TYPE_SOURCE_BUTTON);
  G_OBJECT_CLASS (hp_source_button_parent_class)->dispose (object);
}

static void
hp_source_button_class_init (HpSourceButtonClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hp_source_button_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/housepricepredictor/HousePrice/hp-source-button.ui");
  gtk_widget_class_bind_template_child (widget_class, HpSourceButton, button);
  gtk_widget_class_bind_template_child (widget_class, HpSourceButton, mark);
  gtk_widget_class_bind_template_child (widget_class, HpSourceButton, label);
  gtk_widget_class_bind_template_child (widget_class, HpSourceButton, popover);
  gtk_widget_class_bind_template_child (widget_class, HpSourceButton, heading);
  gtk_widget_class_bind_template_child (widget_class, HpSourceButton, explanation);
  gtk_widget_class_bind_template_child (widget_class, HpSourceButton, server_title);
  gtk_widget_class_bind_template_child (widget_class, HpSourceButton, server);
  gtk_widget_class_bind_template_child (widget_class, HpSourceButton, server_version_title);
  gtk_widget_class_bind_template_child (widget_class, HpSourceButton, server_version);
  gtk_widget_class_bind_template_child (widget_class, HpSourceButton, local_version);
  gtk_widget_class_bind_template_child (widget_class, HpSourceButton, retry);
}

static void
hp_source_button_init (HpSourceButton *button)
{
  gtk_widget_init_template (GTK_WIDGET (button));
}

/**
 * hp_source_button_new:
 *
 * Returns: (transfer floating): a button that tells nothing yet
 */
GtkWidget *
hp_source_button_new (void)
{
  return g_object_new (HP_TYPE_SOURCE_BUTTON, NULL);
}

/**
 * hp_source_button_set_workbench:
 * @button: a button
 * @workbench: whose source it tells
 */
void
hp_source_button_set_workbench (HpSourceButton *button, HpWorkbench *workbench)
{
  g_return_if_fail (HP_IS_SOURCE_BUTTON (button) && HP_IS_WORKBENCH (workbench) && button->workbench == NULL);

  button->workbench = g_object_ref (workbench);
  g_signal_connect_object (workbench, "changed", G_CALLBACK (update), button, G_CONNECT_SWAPPED);
  g_signal_connect_object (hp_workbench_get_valuer (workbench), "notify", G_CALLBACK (update), button,
                           G_CONNECT_SWAPPED);
  update (button);
}

/**
 * hp_source_button_get_label:
 * @button: a button
 *
 * Returns: (transfer none): what it says
 */
const char *
hp_source_button_get_label (HpSourceButton *button)
{
  g_return_val_if_fail (HP_IS_SOURCE_BUTTON (button), NULL);

  return gtk_label_get_text (button->label);
}
