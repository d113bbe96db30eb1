/* hp-pair.c - two widgets beside each other where there is room, else the second below the first
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "hp-pair.h"

/* Of a narrow window's height the second widget takes no more than this, but for what the first has no use for */
#define SHARE_BELOW 0.5
/* Of a wide window's width the first widget takes this */
#define SHARE_BESIDE 0.5

struct _HpPair
{
  GtkWidget parent_instance;

  GtkWidget *first;
  GtkWidget *second;
};

static void hp_pair_buildable_init (GtkBuildableIface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (HpPair, hp_pair, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE, hp_pair_buildable_init))

static int
minimum_of (GtkWidget *child, GtkOrientation orientation, int for_size, int *natural)
{
  int minimum = 0;

  gtk_widget_measure (child, orientation, for_size, &minimum, natural, NULL, NULL);
  return minimum;
}

static void
hp_pair_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                 int *minimum_baseline, int *natural_baseline)
{
  HpPair *pair = HP_PAIR (widget);
  int natural_first, natural_second;
  int minimum_first = minimum_of (pair->first, orientation, -1, &natural_first);
  int minimum_second = minimum_of (pair->second, orientation, -1, &natural_second);

  /* The lesser of both arrangements each way: the window may have any size from there on */
  *minimum
    = orientation == GTK_ORIENTATION_HORIZONTAL ? MAX (minimum_first, minimum_second) : minimum_first + minimum_second;
  *natural
    = orientation == GTK_ORIENTATION_HORIZONTAL ? natural_first + natural_second : MAX (natural_first, natural_second);
  *natural = MAX (*natural, *minimum);
}

static void
hp_pair_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  HpPair *pair = HP_PAIR (widget);
  GtkAllocation one = { 0, 0, width, height };
  GtkAllocation two = { 0, 0, width, height };
  gboolean right_to_left = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  gboolean wide = width >= HP_PAIR_WIDE;
  int natural, minimum, natural_first, minimum_first;

  if (wide)
    {
      one.width = (int) (width * SHARE_BESIDE);
      two.width = width - one.width;
      *(right_to_left ? &one.x : &two.x) = right_to_left ? two.width : one.width;
    }
  else
    {
      minimum = minimum_of (pair->second, GTK_ORIENTATION_VERTICAL, width, &natural);
      minimum_first = minimum_of (pair->first, GTK_ORIENTATION_VERTICAL, width, &natural_first);
      two.height = CLAMP (MIN (natural, MAX ((int) (height * SHARE_BELOW), height - natural_first)), minimum, height);
      one.height = MAX (height - two.height, minimum_first);
      two.y = one.height;
    }
  /* The line between the two is on the side where the other one is */
  if (wide)
    {
      gtk_widget_add_css_class (pair->second, "beside");
      gtk_widget_remove_css_class (pair->second, "below");
    }
  else
    {
      gtk_widget_add_css_class (pair->second, "below");
      gtk_widget_remove_css_class (pair->second, "beside");
    }
  gtk_widget_size_allocate (pair->first, &one, -1);
  gtk_widget_size_allocate (pair->second, &two, -1);
}

static void
hp_pair_dispose (GObject *object)
{
  HpPair *pair = HP_PAIR (object);

  g_clear_pointer (&pair->first, gtk_widget_unparent);
  g_clear_pointer (&pair->second, gtk_widget_unparent);
  G_OBJECT_CLASS (hp_pair_parent_class)->dispose (object);
}

static void
hp_pair_class_init (HpPairClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hp_pair_dispose;
  widget_class->measure = hp_pair_measure;
  widget_class->size_allocate = hp_pair_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "pair");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
hp_pair_init (HpPair *pair)
{
}

static GtkBuildableIface *parent_buildable;

static void
hp_pair_add_child (GtkBuildable *buildable, GtkBuilder *builder, GObject *child, const char *type)
{
  HpPair *pair = HP_PAIR (buildable);
  GtkWidget **place = pair->first == NULL ? &pair->first : &pair->second;

  if (!GTK_IS_WIDGET (child))
    {
      parent_buildable->add_child (buildable, builder, child, type);
      return;
    }
  g_return_if_fail (*place == NULL);
  *place = GTK_WIDGET (child);
  gtk_widget_set_parent (*place, GTK_WIDGET (pair));
}

static void
hp_pair_buildable_init (GtkBuildableIface *iface)
{
  parent_buildable = g_type_interface_peek_parent (iface);
  iface->add_child = hp_pair_add_child;
}
