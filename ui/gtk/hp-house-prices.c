/* hp-house-prices.c - the form's house as several versions price it, side by side
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "hp-display.h"
#include "hp-house-prices.h"
#include "hp-difference-text.h"
#include "hp-number.h"
#include "hp-text.h"
#include "hp-valuer.h"
#include "hp-weak.h"

#define MESSAGE_CHARS 120

typedef enum
{
  VERSION,
  PRICE,
  INTERVAL,
  DIFFERENCE,
  REMARK,
} Column;

/* What a version says; shared by the widget and its table's source */
typedef struct
{
  char *version;
  HpValuation *valuation; /* (nullable) */
  char *problem;          /* (nullable) */
} Answer;

struct _HpHousePrices
{
  AdwBin parent_instance;

  HpRegistry *registry;      /* (nullable) */
  HpForm *form;              /* (nullable) */
  GHashTable *valuers;       /* version: its own valuer, which keeps its model */
  GCancellable *cancellable; /* (nullable) of what is being asked */
  GPtrArray *answers;        /* (element-type Answer) */
  guint n_waiting;
  GtkWidget *none;
  HpDataTable *table;
};

G_DEFINE_FINAL_TYPE (HpHousePrices, hp_house_prices, ADW_TYPE_BIN)

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  g_free (answer->version);
  g_clear_pointer (&answer->valuation, hp_valuation_free);
  g_free (answer->problem);
  g_free (answer);
}

static char *
plain_number (double value)
{
  char buffer[HP_NUMBER_BUFFER];

  hp_number_format (buffer, value);
  return g_strdup (buffer);
}

/* By how much it is another price than the first version's; NaN: one of them has none */
static double
difference (const GPtrArray *answers, guint row)
{
  const HpValuation *first = ((const Answer *) answers->pdata[0])->valuation;
  const HpValuation *this = ((const Answer *) answers->pdata[row])->valuation;

  return first != NULL && this != NULL ? this->predicted_price - first->predicted_price : NAN;
}

static char *
get_text (gpointer data, guint row, guint column, gboolean plain)
{
  const GPtrArray *answers = data;
  const Answer *answer = answers->pdata[row];
  const HpValuation *valuation = answer->valuation;
  g_autofree char *low = NULL, *high = NULL;

  if (column == VERSION)
    return g_strdup (answer->version);
  if (column == REMARK)
    return hp_text_printable (answer->problem != NULL ? answer->problem : "", -1, MESSAGE_CHARS);
  if (valuation == NULL)
    return g_strdup (plain ? "" : "–");
  if (column == PRICE)
    return plain ? plain_number (valuation->predicted_price)
                 : hp_display_price (valuation->predicted_price, valuation->currency);
  if (column == DIFFERENCE)
    {
      double value = difference (answers, row);

      return !plain             ? hp_difference_text (HP_METRIC_MAE, value, valuation->currency)
             : isfinite (value) ? plain_number (value)
                                : g_strdup ("");
    }
  low = plain ? plain_number (valuation->low) : hp_display_price (valuation->low, valuation->currency);
  high = plain ? plain_number (valuation->high) : hp_display_price (valuation->high, valuation->currency);
  return g_strdup_printf (plain ? "%s..%s" : "%s – %s", low, high);
}

static gboolean
has_problem (const GPtrArray *answers)
{
  for (guint i = 0; i < answers->len; i++)
    if (((const Answer *) answers->pdata[i])->problem != NULL)
      return TRUE;
  return FALSE;
}

static void
show (HpHousePrices *prices)
{
  HpDataSource *source = hp_data_source_new ();
  gboolean any = prices->answers->len > 0;

  hp_data_source_add_column (source, _ ("Version"), TRUE);
  hp_data_source_add_column (source, _ ("Price"), TRUE);
  hp_data_source_add_column (source, _ ("Interval"), TRUE);
  hp_data_source_add_column (source, _ ("Difference"), TRUE);
  if (has_problem (prices->answers))
    hp_data_source_add_column (source, _ ("Remark"), FALSE);
  source->n_rows = prices->answers->len;
  source->get_text = get_text;
  source->data = g_ptr_array_ref (prices->answers);
  source->destroy = (GDestroyNotify) g_ptr_array_unref;
  hp_data_table_set (prices->table, source);
  gtk_widget_set_visible (GTK_WIDGET (prices->table), any);
  gtk_widget_set_visible (prices->none, !any);
}

typedef struct
{
  gpointer weak;
  GPtrArray *answers; /* tells the newest from those that it overtook */
  guint i;
} Asked;

static void
valued_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Asked *asked = data;
  g_autoptr (HpHousePrices) prices = hp_weak_take (asked->weak);
  g_autoptr (GPtrArray) answers = asked->answers;
  g_autoptr (GError) error = NULL;
  Answer *answer = answers->pdata[asked->i];
  HpValuation *valuation = hp_valuer_value_finish (HP_VALUER (source), result, &error);

  if (prices == NULL || prices->answers != answers)
    {
      g_clear_pointer (&valuation, hp_valuation_free);
      return;
    }
  answer->valuation = valuation;
  answer->problem = valuation == NULL ? g_strdup (error->message) : NULL;
  if (--prices->n_waiting == 0)
    show (prices);
}

static void
ask (HpHousePrices *prices, const char *version, const HpQuestion *question)
{
  HpValuer *valuer = g_hash_table_lookup (prices->valuers, version);
  Answer *answer = g_new0 (Answer, 1);
  Asked *asked = g_new (Asked, 1);

  if (valuer == NULL)
    {
      valuer = hp_local_valuer_new (prices->registry);
      g_hash_table_insert (prices->valuers, g_strdup (version), valuer);
    }
  answer->version = g_strdup (version);
  g_ptr_array_add (prices->answers, answer);
  *asked = (Asked){ hp_weak_new (prices), g_ptr_array_ref (prices->answers), prices->answers->len - 1 };
  prices->n_waiting++;
  hp_valuer_value_async (valuer, question, prices->cancellable, valued_cb, asked);
}

static void
cancel (HpHousePrices *prices)
{
  hp_weak_cancel (&prices->cancellable);
  g_ptr_array_unref (prices->answers);
  prices->answers = g_ptr_array_new_with_free_func (answer_free);
  prices->n_waiting = 0;
}

static void
hp_house_prices_dispose (GObject *object)
{
  HpHousePrices *prices = HP_HOUSE_PRICES (object);

  cancel (prices);
  g_hash_table_remove_all (prices->valuers);
  g_clear_object (&prices->registry);
  g_clear_object (&prices->form);
  G_OBJECT_CLASS (hp_house_prices_parent_class)->dispose (object);
}

static void
hp_house_prices_finalize (GObject *object)
{
  g_hash_table_unref (HP_HOUSE_PRICES (object)->valuers);
  g_ptr_array_unref (HP_HOUSE_PRICES (object)->answers);
  G_OBJECT_CLASS (hp_house_prices_parent_class)->finalize (object);
}

static void
hp_house_prices_class_init (HpHousePricesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = hp_house_prices_dispose;
  G_OBJECT_CLASS (klass)->finalize = hp_house_prices_finalize;
}

static void
hp_house_prices_init (HpHousePrices *prices)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  prices->valuers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  prices->answers = g_ptr_array_new_with_free_func (answer_free);
  prices->none = g_object_new (GTK_TYPE_LABEL, "label", _ ("The house of the Value view has no price: see there."),
                               "xalign", 0.0, "wrap", TRUE, NULL);
  gtk_widget_add_css_class (prices->none, "dim-label");
  prices->table = HP_DATA_TABLE (hp_data_table_new (_ ("This house by version"), FALSE));
  gtk_widget_set_visible (GTK_WIDGET (prices->table), FALSE);
  gtk_box_append (GTK_BOX (box), prices->none);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (prices->table));
  adw_bin_set_child (ADW_BIN (prices), box);
}

/**
 * hp_house_prices_new:
 *
 * Returns: (transfer floating): a widget without prices
 */
GtkWidget *
hp_house_prices_new (void)
{
  return g_object_new (HP_TYPE_HOUSE_PRICES, NULL);
}

/**
 * hp_house_prices_set:
 * @prices: a widget
 * @registry: where the versions are
 * @form: whose house it is
 */
void
hp_house_prices_set (HpHousePrices *prices, HpRegistry *registry, HpForm *form)
{
  g_return_if_fail (HP_IS_HOUSE_PRICES (prices) && HP_IS_REGISTRY (registry) && HP_IS_FORM (form));

  g_set_object (&prices->registry, registry);
  g_set_object (&prices->form, form);
}

/**
 * hp_house_prices_ask:
 * @prices: a widget
 * @versions: (array zero-terminated=1): who shall price the house
 *
 * The house as the form has it now; prices of versions asked before are forgotten.
 */
void
hp_house_prices_ask (HpHousePrices *prices, const char *const *versions)
{
  g_autoptr (HpQuestion) question = NULL;

  g_return_if_fail (HP_IS_HOUSE_PRICES (prices) && prices->form != NULL);

  cancel (prices);
  question = hp_form_get_question (prices->form);
  prices->cancellable = g_cancellable_new ();
  for (guint i = 0; question != NULL && versions[i] != NULL; i++)
    {
      g_free (question->version);
      question->version = g_strdup (versions[i]);
      ask (prices, versions[i], question);
    }
  if (prices->n_waiting == 0)
    show (prices);
}

/**
 * hp_house_prices_get_table:
 * @prices: a widget
 *
 * Returns: (transfer none): a row for each version
 */
HpDataTable *
hp_house_prices_get_table (HpHousePrices *prices)
{
  g_return_val_if_fail (HP_IS_HOUSE_PRICES (prices), NULL);

  return prices->table;
}

/**
 * hp_house_prices_is_waiting:
 * @prices: a widget
 *
 * Returns: whether a version has not answered yet
 */
gboolean
hp_house_prices_is_waiting (HpHousePrices *prices)
{
  g_return_val_if_fail (HP_IS_HOUSE_PRICES (prices), FALSE);

  return prices->n_waiting > 0;
}
