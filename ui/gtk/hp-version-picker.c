/* hp-version-picker.c - which versions are looked at: a button that says it, and a list to choose from
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "hp-display.h"
#include "hp-text.h"
#include "hp-version-picker.h"

#define LIST_HEIGHT 360
#define NAME_CHARS  40

typedef struct
{
  guint version;
  GtkCheckButton *check;
} Entry;

struct _HpVersionPicker
{
  AdwBin parent_instance;

  guint min, max;
  gboolean filling; /* not by its users */
  GArray *entries;  /* (element-type Entry) */
  GtkLabel *label;  /* on the button */
  GtkBox *list;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (HpVersionPicker, hp_version_picker, ADW_TYPE_BIN)

static gboolean
is_chosen (HpVersionPicker *picker, guint i)
{
  return gtk_check_button_get_active (g_array_index (picker->entries, Entry, i).check);
}

static guint
n_chosen (HpVersionPicker *picker)
{
  guint n = 0;

  for (guint i = 0; i < picker->entries->len; i++)
    n += is_chosen (picker, i) ? 1 : 0;
  return n;
}

static void
show_choice (HpVersionPicker *picker)
{
  g_auto (GStrv) chosen = hp_version_picker_get_chosen (picker);
  guint n = g_strv_length (chosen);
  g_autofree char *names = g_strjoinv (", ", chosen);
  g_autofree char *label = n == 0   ? g_strdup (_ ("Versions"))
                           : n == 1 ? g_strdup_printf (_ ("Version %s"), names)
                                    : g_strdup_printf (_ ("Versions %s"), names);

  gtk_label_set_text (picker->label, label);
  /* What can't be is not offered: the last one of too few, one of too many */
  for (guint i = 0; i < picker->entries->len; i++)
    {
      gboolean on = is_chosen (picker, i);

      gtk_widget_set_sensitive (GTK_WIDGET (g_array_index (picker->entries, Entry, i).check),
                                on ? n > picker->min : n < picker->max);
    }
}

static void
toggled_cb (HpVersionPicker *picker)
{
  if (picker->filling)
    return;
  show_choice (picker);
  g_signal_emit (picker, signals[CHANGED], 0);
}

static char *
make_details (const HpVersionInfo *info)
{
  GString *text = g_string_new (NULL);
  g_autofree char *family = info->family != NULL ? hp_text_printable (info->family, -1, NAME_CHARS) : NULL;

  if (family != NULL)
    g_string_append (text, family);
  for (guint i = 0; info->aliases != NULL && info->aliases[i] != NULL; i++)
    {
      g_autofree char *alias = hp_text_printable (info->aliases[i], -1, NAME_CHARS);

      g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", alias);
    }
  if (isfinite (info->oof_mae))
    {
      g_autofree char *mae = hp_display_price (info->oof_mae, NULL);
      g_autofree char *told = g_strdup_printf (_ ("MAE %s"), mae);

      g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", told);
    }
  if (info->damaged)
    g_string_assign (text, _ ("damaged"));
  return g_string_free (text, FALSE);
}

static GtkWidget *
make_row (HpVersionPicker *picker, const HpVersionInfo *info)
{
  g_autofree char *title = g_strdup_printf (_ ("Version %u"), info->version);
  g_autofree char *details = make_details (info);
  GtkWidget *check = gtk_check_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *labels[] = { gtk_label_new (title), gtk_label_new (details) };

  for (gsize i = 0; i < G_N_ELEMENTS (labels); i++)
    {
      gtk_label_set_xalign (GTK_LABEL (labels[i]), 0);
      gtk_box_append (GTK_BOX (box), labels[i]);
    }
  gtk_widget_add_css_class (labels[1], "caption");
  gtk_widget_add_css_class (labels[1], "dim-label");
  gtk_check_button_set_child (GTK_CHECK_BUTTON (check), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, details, -1);
  g_signal_connect_object (check, "toggled", G_CALLBACK (toggled_cb), picker, G_CONNECT_SWAPPED);
  return check;
}

static void
hp_version_picker_finalize (GObject *object)
{
  g_array_unref (HP_VERSION_PICKER (object)->entries);
  G_OBJECT_CLASS (hp_version_picker_parent_class)->finalize (object);
}

static void
hp_version_picker_class_init (HpVersionPickerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hp_version_picker_finalize;
  signals[CHANGED]
    = g_signal_new ("changed", HP_TYPE_VERSION_PICKER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
hp_version_picker_init (HpVersionPicker *picker)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *button;

  picker->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  picker->list = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 6));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), LIST_HEIGHT);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (picker->list));
  gtk_popover_set_child (GTK_POPOVER (popover), scroller);
  picker->label = GTK_LABEL (g_object_new (GTK_TYPE_LABEL, "ellipsize", PANGO_ELLIPSIZE_END, "xalign", 0.0, NULL));
  button = g_object_new (GTK_TYPE_MENU_BUTTON, "child", picker->label, "always-show-arrow", TRUE, "popover", popover,
                         "tooltip-text", _ ("Versions to look at"), NULL);
  adw_bin_set_child (ADW_BIN (picker), button);
}

/**
 * hp_version_picker_new:
 * @min: so many at least
 * @max: so many at most
 *
 * Returns: (transfer floating): a picker without versions
 */
GtkWidget *
hp_version_picker_new (guint min, guint max)
{
  HpVersionPicker *picker = g_object_new (HP_TYPE_VERSION_PICKER, NULL);

  picker->min = min;
  picker->max = max;
  show_choice (picker);
  return GTK_WIDGET (picker);
}

static gboolean
is_champion (const HpVersionInfo *info)
{
  return info->aliases != NULL && g_strv_contains ((const char *const *) info->aliases, "champion");
}

/* Nothing chosen, or too little: the champion, then the newest */
static void
choose_some (HpVersionPicker *picker, const GPtrArray *versions)
{
  for (guint i = 0; i < versions->len; i++)
    if (is_champion (versions->pdata[i]) && n_chosen (picker) < picker->min)
      gtk_check_button_set_active (g_array_index (picker->entries, Entry, i).check, TRUE);
  for (guint i = versions->len; i > 0; i--)
    if (!((const HpVersionInfo *) versions->pdata[i - 1])->damaged && n_chosen (picker) < picker->min)
      gtk_check_button_set_active (g_array_index (picker->entries, Entry, i - 1).check, TRUE);
}

static void
remove_all (HpVersionPicker *picker)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (picker->list))) != NULL)
    gtk_box_remove (picker->list, child);
  g_array_set_size (picker->entries, 0);
}

/**
 * hp_version_picker_set_versions:
 * @picker: a picker
 * @versions: (element-type HpVersionInfo): what there is, ascending
 *
 * Versions that were chosen and are still there stay so.
 */
void
hp_version_picker_set_versions (HpVersionPicker *picker, const GPtrArray *versions)
{
  g_auto (GStrv) before = NULL, after = NULL;

  g_return_if_fail (HP_IS_VERSION_PICKER (picker));

  before = hp_version_picker_get_chosen (picker);
  picker->filling = TRUE;
  remove_all (picker);
  for (guint i = 0; i < versions->len; i++)
    {
      const HpVersionInfo *info = versions->pdata[i];
      Entry entry = { info->version, GTK_CHECK_BUTTON (make_row (picker, info)) };
      g_autofree char *name = g_strdup_printf ("%u", info->version);

      gtk_check_button_set_active (entry.check, g_strv_contains ((const char *const *) before, name));
      gtk_box_append (picker->list, GTK_WIDGET (entry.check));
      g_array_append_val (picker->entries, entry);
    }
  choose_some (picker, versions);
  picker->filling = FALSE;
  show_choice (picker);
  after = hp_version_picker_get_chosen (picker);
  if (!g_strv_equal ((const char *const *) before, (const char *const *) after))
    g_signal_emit (picker, signals[CHANGED], 0);
}

/**
 * hp_version_picker_get_chosen:
 * @picker: a picker
 *
 * Returns: (transfer full) (array zero-terminated=1): the numbers of the chosen versions, ascending; none if there are
 * fewer than need be
 */
char **
hp_version_picker_get_chosen (HpVersionPicker *picker)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  g_return_val_if_fail (HP_IS_VERSION_PICKER (picker), NULL);

  for (guint i = 0; n_chosen (picker) >= picker->min && i < picker->entries->len; i++)
    if (is_chosen (picker, i))
      {
        g_autofree char *name = g_strdup_printf ("%u", g_array_index (picker->entries, Entry, i).version);

        g_strv_builder_add (builder, name);
      }
  return g_strv_builder_end (builder);
}

/**
 * hp_version_picker_choose:
 * @picker: a picker
 * @version: one of its versions
 * @chosen: whether it is looked at
 */
void
hp_version_picker_choose (HpVersionPicker *picker, guint version, gboolean chosen)
{
  g_return_if_fail (HP_IS_VERSION_PICKER (picker));

  for (guint i = 0; i < picker->entries->len; i++)
    {
      const Entry *entry = &g_array_index (picker->entries, Entry, i);

      if (entry->version == version && gtk_widget_get_sensitive (GTK_WIDGET (entry->check)))
        gtk_check_button_set_active (entry->check, chosen);
    }
}
