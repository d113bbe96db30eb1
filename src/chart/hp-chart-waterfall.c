/* hp-chart-waterfall.c - how the attributes of a house lead from the base price to its own
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "hp-chart-study-private.h"
#include "hp-display.h"
#include "hp-text.h"

#define BAR_WIDTH 0.7
/* Contributions with a bar of their own; the rest is one more */
#define MAX_BARS 14

typedef struct
{
  char *label;
  double amount;
} Step;

static void
step_clear (gpointer data)
{
  g_free (((Step *) data)->label);
}

static char *
describe (const HpContribution *contribution)
{
  g_autofree char *number = NULL;
  const char *value = contribution->value != NULL ? contribution->value : "–";

  /* Derived, in whatever precision a division leaves */
  if (contribution->is_number && contribution->number != rint (contribution->number))
    value = number = hp_display_number (contribution->number, 2);
  /* Translators: an attribute and its value: "sqft: 1656" */
  return g_strdup_printf (_ ("%s: %s"), contribution->feature, value);
}

static GArray *
list_steps (const HpValuation *valuation, const char *const *reasons)
{
  guint n = valuation->contributions->len, own = n <= MAX_BARS + 1 ? n : MAX_BARS;
  GArray *steps = g_array_new (FALSE, TRUE, sizeof (Step));
  Step rest = { NULL, 0 };

  g_array_set_clear_func (steps, step_clear);
  for (guint i = 0; i < own; i++)
    {
      const HpContribution *contribution = valuation->contributions->pdata[i];
      g_autofree char *reason = reasons != NULL ? g_strdup (reasons[i]) : describe (contribution);
      Step step = { hp_text_printable (reason, -1, HP_CHART_MAX_LABEL_CHARS), contribution->amount };

      g_array_append_val (steps, step);
    }
  if (own == n)
    return steps;
  for (guint i = own; i < n; i++)
    rest.amount += ((const HpContribution *) valuation->contributions->pdata[i])->amount;
  rest.label = g_strdup_printf (_ ("%u others"), n - own);
  g_array_append_val (steps, rest);
  return steps;
}

static char *
signed_price (double amount, const char *currency)
{
  g_autofree char *text = hp_display_price (fabs (amount), currency);

  return g_strdup_printf ("%s%s", amount < 0 ? "−" : "+", text);
}

/* Those up or those down; each begins where the one before it ends */
static void
add_bars (HpChart *chart, const GArray *steps, double base, gboolean up, const char *currency)
{
  HpChartSeries *bars = hp_chart_add_series (chart, HP_SERIES_BARS, up ? HP_ROLE_UP : HP_ROLE_DOWN,
                                             up ? _ ("Raises the price") : _ ("Lowers the price"), steps->len);
  double running = base;

  bars->horizontal = TRUE;
  bars->x2 = g_new (double, steps->len + 1);
  bars->y2 = g_new (double, steps->len + 1);
  bars->texts = g_new0 (char *, steps->len + 1);
  bars->n = 0;
  for (guint i = 0; i < steps->len; i++)
    {
      double amount = g_array_index (steps, Step, i).amount, at = steps->len - 1 - i;

      if ((amount >= 0) == up)
        {
          bars->y[bars->n] = at - BAR_WIDTH / 2;
          bars->y2[bars->n] = at + BAR_WIDTH / 2;
          bars->x2[bars->n] = running;
          bars->x[bars->n] = running + amount;
          bars->texts[bars->n++] = signed_price (amount, currency);
        }
      running += amount;
    }
}

gboolean
_hp_chart_waterfall (HpChart *chart, const HpChartInput *input, GError **error)
{
  const HpValuation *valuation = input->source->valuation;
  g_autoptr (GArray) steps = NULL;
  g_autofree char *base = hp_display_price (valuation->base_price, valuation->currency);
  g_autofree char *price = hp_display_price (valuation->predicted_price, valuation->currency), *amount = NULL;

  hp_chart_axis_set (&chart->x, _ ("Price"), HP_FORMAT_MONEY, valuation->currency);
  chart->y.no_grid = TRUE;
  if (!valuation->explained || valuation->contributions == NULL || valuation->contributions->len == 0)
    return _hp_chart_set_empty (chart, g_strdup (_ ("This valuation has no explanation. Ask for one with it.")));
  steps = list_steps (valuation, input->source->reasons);
  for (guint i = steps->len; i-- > 0;)
    hp_chart_axis_add_category (&chart->y, g_array_index (steps, Step, i).label);
  hp_chart_add_line (chart, HP_LINE_VERTICAL, valuation->base_price, _ ("Base price"))->dashed = TRUE;
  hp_chart_add_line (chart, HP_LINE_VERTICAL, valuation->predicted_price, _ ("Price of the house"));
  add_bars (chart, steps, valuation->base_price, TRUE, valuation->currency);
  add_bars (chart, steps, valuation->base_price, FALSE, valuation->currency);
  amount = signed_price (g_array_index (steps, Step, 0).amount, valuation->currency);
  /* Translators: two prices; an attribute with its value, and what it adds */
  chart->summary = g_strdup_printf (_ ("From the base price of %s to %s: most by “%s” with %s."), base, price,
                                    g_array_index (steps, Step, 0).label, amount);
  return TRUE;
}
