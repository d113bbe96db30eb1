/* hp-fit-ranks.c - the place of each category among the others
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "hp-error.h"
#include "hp-preprocessor-fit.h"

/* How many sales at the overall mean price a category's own mean is smoothed with. With 10, a category of 3 sales is
 * placed mostly by the overall mean, one of 100 by its own. */
#define SMOOTHING_SALES 10.0

typedef struct
{
  guint choice;
  double mean;
} Placed;

static int
compare_placed (gconstpointer a, gconstpointer b)
{
  const Placed *x = a, *y = b;

  if (x->mean != y->mean)
    return x->mean < y->mean ? -1 : 1;
  /* Choices are in alphabetical order already. */
  return x->choice < y->choice ? -1 : x->choice > y->choice;
}

/* Ranks the choices by their smoothed mean, (n x mean + k x overall) / (n + k) (Micci-Barreca 2001), on the scale of
 * log prices if all are positive. An unseen one goes halfway between the neighbours of the overall mean. */
static void
rank_by_price (HpFit *fit, HpInput *input, guint i, const double *prices)
{
  guint n = input->n_choices;
  g_autofree double *sums = g_new0 (double, n + 1);
  g_autofree double *counts = g_new0 (double, n + 1);
  g_autofree Placed *placed = g_new (Placed, n + 1);
  double overall = 0;
  gsize n_prices = 0;
  guint below = 0, not_above = 0;
  gboolean use_log = TRUE;

  for (gsize r = 0; r < fit->n_rows; r++)
    use_log = use_log && !(prices[fit->rows[r]] <= 0);
  for (gsize r = 0; r < fit->n_rows; r++)
    {
      double price = prices[fit->rows[r]], raw;

      if (!isfinite (price))
        continue;
      if (use_log)
        price = log (price);
      overall += price;
      n_prices++;
      raw = _hp_fit_read_cell (fit, i, r);
      if (isnan (raw))
        continue;
      sums[(guint) raw] += price;
      counts[(guint) raw]++;
    }
  overall = n_prices > 0 ? overall / n_prices : 0;
  for (guint c = 0; c < n; c++)
    {
      placed[c].choice = c;
      placed[c].mean = (sums[c] + SMOOTHING_SALES * overall) / (counts[c] + SMOOTHING_SALES);
      below += placed[c].mean < overall;
      not_above += placed[c].mean <= overall;
    }
  qsort (placed, n, sizeof *placed, compare_placed);
  for (guint rank = 0; rank < n; rank++)
    input->ranks[placed[rank].choice] = rank;
  input->unseen_rank = (below + not_above) / 2.0 - 0.5;
}

/* The schema's order; an unseen one is taken for the average of the training rows. */
static void
rank_by_order (HpInput *input)
{
  double sum = 0, n = 0;

  for (guint c = 0; c < input->n_choices; c++)
    {
      input->ranks[c] = c;
      sum += (double) c * input->attribute.choice_counts[c];
      n += input->attribute.choice_counts[c];
    }
  input->unseen_rank = sum / n;
}

static int
compare_names (gconstpointer a, gconstpointer b, gpointer choices)
{
  return strcmp (((char **) choices)[*(const guint *) a], ((char **) choices)[*(const guint *) b]);
}

/* The code that the trainer of an imported model gave each category: its place in the schema's order, else among all of
 * them sorted by code point, as pandas and scikit-learn number categories. One that has none is not known to the model.
 */
static void
rank_by_code (HpInput *input)
{
  g_autofree guint *order = g_new (guint, input->n_choices + 1);

  for (guint c = 0; c < input->n_choices; c++)
    order[c] = c;
  if (!input->ordered)
    qsort_r (order, input->n_choices, sizeof *order, compare_names, input->attribute.choices);
  for (guint code = 0; code < input->n_choices; code++)
    input->ranks[order[code]] = code;
  input->unseen_rank = NAN;
}

gboolean
_hp_fit_ranks (HpFit *fit, GError **error)
{
  const HpColumn *target = hp_table_get_column (fit->table, fit->schema->target);

  for (guint k = 0; k < fit->pre->named->len; k++)
    {
      HpNamed *named = _hp_preprocessor_named (fit->pre, k);
      HpInput *input;

      if (named->kind != HP_FEATURE_CATEGORY)
        continue;
      input = _hp_preprocessor_input (fit->pre, named->a);
      if (input->ranks != NULL)
        continue;
      input->ranks = g_new0 (double, input->n_choices + 1);
      if (fit->pre->encoding == HP_ENCODING_CODED)
        {
          rank_by_code (input);
          continue;
        }
      if (input->ordered)
        {
          rank_by_order (input);
          continue;
        }
      if (target == NULL || target->numbers == NULL)
        {
          hp_set_error (error, HP_ERROR_BAD_DATA, fit->schema->target, _ ("%s: there is no column %s with prices"),
                        fit->table->file, fit->schema->target);
          return FALSE;
        }
      rank_by_price (fit, input, named->a, target->numbers);
    }
  return TRUE;
}
