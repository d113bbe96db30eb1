/* hp-choice.c - a category of an attribute as an item of a list
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "hp-choice.h"
#include "hp-text.h"

struct _HpChoice
{
  GObject parent_instance;

  char *text;
  char *key;
  guint sales;
};

G_DEFINE_FINAL_TYPE (HpChoice, hp_choice, G_TYPE_OBJECT)

static void
hp_choice_finalize (GObject *object)
{
  HpChoice *choice = HP_CHOICE (object);

  g_free (choice->text);
  g_free (choice->key);
  G_OBJECT_CLASS (hp_choice_parent_class)->finalize (object);
}

static void
hp_choice_class_init (HpChoiceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hp_choice_finalize;
}

static void
hp_choice_init (HpChoice *choice)
{
}

/**
 * hp_choice_list:
 * @attribute: a category
 *
 * Returns: (transfer full): its choices
 */
GListModel *
hp_choice_list (const HpAttribute *attribute)
{
  GListStore *store = g_list_store_new (HP_TYPE_CHOICE);

  for (guint i = 0; attribute->choices != NULL && attribute->choices[i] != NULL; i++)
    {
      g_autoptr (HpChoice) choice = g_object_new (HP_TYPE_CHOICE, NULL);

      choice->text = g_strdup (attribute->choices[i]);
      choice->key = hp_text_key (choice->text, -1);
      choice->sales = attribute->choice_counts != NULL ? attribute->choice_counts[i] : 0;
      g_list_store_append (store, choice);
    }
  return G_LIST_MODEL (store);
}

/**
 * hp_choice_get_text:
 * @choice: a choice
 *
 * Returns: (transfer none): as the model spells it
 */
const char *
hp_choice_get_text (HpChoice *choice)
{
  return choice->text;
}

/**
 * hp_choice_get_sales:
 * @choice: a choice
 *
 * Returns: how many sales of it the model has learnt from; 0 if that isn't known
 */
guint
hp_choice_get_sales (HpChoice *choice)
{
  return choice->sales;
}

/**
 * hp_choice_matches:
 * @choice: a choice
 * @key: hp_text_key() of what is searched for
 *
 * Returns: whether the choice contains it
 */
gboolean
hp_choice_matches (HpChoice *choice, const char *key)
{
  return strstr (choice->key, key) != NULL;
}
