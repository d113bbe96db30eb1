/* hp-tui-house-prices.c - what several versions say of the house in the form
 *
 * Each version has a valuer of its own, which keeps its model.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "hp-tui-compared.h"
#include "hp-tui-house-prices.h"

struct _HpTuiHousePrices
{
  HpTuiApp *app;
  GHashTable *valuers;       /* version: HpValuer */
  GPtrArray *shown, *asked;  /* (nullable) (element-type HpTuiHousePrice) */
  HpQuestion *question;      /* (nullable) that was asked last */
  char **versions;           /* (nullable) likewise */
  GCancellable *cancellable; /* (nullable) of what was asked last */
  guint n_waiting;
};

/* Of one version's answer */
typedef struct
{
  HpTuiHousePrices *prices; /* not to be touched once cancelled */
  GCancellable *cancellable;
  guint i;
} Asked;

static void
price_free (gpointer data)
{
  HpTuiHousePrice *price = data;

  g_free (price->version);
  g_clear_pointer (&price->valuation, hp_valuation_free);
  g_free (price->problem);
  g_free (price);
}

/**
 * hp_tui_house_prices_new:
 * @app: the program, whose house it is
 *
 * Returns: (transfer full): prices that nobody was asked for
 */
HpTuiHousePrices *
hp_tui_house_prices_new (HpTuiApp *app)
{
  HpTuiHousePrices *prices = g_new0 (HpTuiHousePrices, 1);

  prices->app = app;
  prices->valuers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  return prices;
}

static void
stop (HpTuiHousePrices *prices)
{
  if (prices->cancellable != NULL)
    g_cancellable_cancel (prices->cancellable);
  g_clear_object (&prices->cancellable);
  g_clear_pointer (&prices->asked, g_ptr_array_unref);
}

/**
 * hp_tui_house_prices_free:
 * @prices: (transfer full): prices
 */
void
hp_tui_house_prices_free (HpTuiHousePrices *prices)
{
  stop (prices);
  g_hash_table_unref (prices->valuers);
  g_clear_pointer (&prices->shown, g_ptr_array_unref);
  g_clear_pointer (&prices->question, hp_question_free);
  g_strfreev (prices->versions);
  g_free (prices);
}

static void
valued_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Asked *asked = data;
  g_autoptr (GCancellable) cancellable = asked->cancellable;
  g_autoptr (GError) error = NULL;
  g_autoptr (HpValuation) valuation = hp_valuer_value_finish (HP_VALUER (source), result, &error);
  HpTuiHousePrices *prices = asked->prices;
  HpTuiHousePrice *price;

  if (g_cancellable_is_cancelled (cancellable))
    return;
  price = prices->asked->pdata[asked->i];
  price->problem = valuation == NULL ? g_strdup (error->message) : NULL;
  price->valuation = g_steal_pointer (&valuation);
  if (--prices->n_waiting > 0)
    return;
  g_clear_pointer (&prices->shown, g_ptr_array_unref);
  prices->shown = g_steal_pointer (&prices->asked);
  hp_tui_app_changed (prices->app);
}

static HpValuer *
get_valuer (HpTuiHousePrices *prices, HpRegistry *registry, const char *version)
{
  HpValuer *valuer = g_hash_table_lookup (prices->valuers, version);

  if (valuer == NULL)
    {
      valuer = hp_local_valuer_new (registry);
      g_hash_table_insert (prices->valuers, g_strdup (version), valuer);
    }
  return valuer;
}

static gboolean
is_asked (HpTuiHousePrices *prices, const HpQuestion *question, const char *const *versions)
{
  return prices->question != NULL && hp_question_equal (prices->question, question)
         && g_strv_equal ((const char *const *) prices->versions, versions);
}

/**
 * hp_tui_house_prices_ask:
 * @prices: prices
 * @versions: (array zero-terminated=1): who shall price the house as the form has it now
 */
void
hp_tui_house_prices_ask (HpTuiHousePrices *prices, const char *const *versions)
{
  HpTuiHouse *house = hp_tui_app_get_house (prices->app);
  HpRegistry *registry = hp_workbench_get_registry (hp_tui_house_get_workbench (house));
  g_autoptr (HpQuestion) question = hp_form_get_question (hp_tui_house_get_form (house));

  if (registry == NULL || question == NULL || is_asked (prices, question, versions))
    return;
  stop (prices);
  g_clear_pointer (&prices->question, hp_question_free);
  g_strfreev (prices->versions);
  prices->question = hp_question_copy (question);
  prices->versions = g_strdupv ((char **) versions);
  prices->cancellable = g_cancellable_new ();
  prices->asked = g_ptr_array_new_with_free_func (price_free);
  prices->n_waiting = g_strv_length (prices->versions);
  for (guint i = 0; versions[i] != NULL; i++)
    {
      HpTuiHousePrice *price = g_new0 (HpTuiHousePrice, 1);
      Asked *asked = g_new (Asked, 1);

      price->version = g_strdup (versions[i]);
      g_ptr_array_add (prices->asked, price);
      *asked = (Asked){ prices, g_object_ref (prices->cancellable), i };
      g_free (question->version);
      question->version = g_strdup (versions[i]);
      hp_valuer_value_async (get_valuer (prices, registry, versions[i]), question, prices->cancellable, valued_cb,
                             asked);
    }
}

/**
 * hp_tui_house_prices_get:
 * @prices: prices
 *
 * Returns: (transfer none) (nullable) (element-type HpTuiHousePrice): what was answered last
 */
const GPtrArray *
hp_tui_house_prices_get (HpTuiHousePrices *prices)
{
  return prices->shown;
}
