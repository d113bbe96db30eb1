/* hp-residual-set-valued.c - sales of a table as a predictor values them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "hp-error.h"
#include "hp-residual-set-private.h"

static void
add_column (HpResidualSet *set, const HpColumn *from, const HpSchema *schema, const guint32 *rows)
{
  HpSetColumn *column = _hp_residual_set_add_column (set, from->name, _hp_set_kind (from->type), schema);

  column->numbers = g_new (double, MAX (set->n, 1));
  for (gsize i = 0; i < set->n; i++)
    {
      double value = from->numbers != NULL ? from->numbers[rows[i]] : from->codes[rows[i]];

      if (from->numbers == NULL && value < 0)
        value = NAN;
      if (column->kind == HP_SET_DATE && !isnan (value))
        value = hp_date_to_months ((HpDate) value);
      column->numbers[i] = value;
    }
  if (column->kind == HP_SET_CATEGORY)
    _hp_set_column_set_levels (column, from->levels, hp_schema_get_column (schema, from->name), set->n);
}

/**
 * hp_residual_set_new_valued:
 * @name: of the set
 * @predictor: values the sales
 * @table: the data, with the schema's target among its columns
 * @schema: of @table
 * @rows: (array length=n): which of its rows, as hp_table_clean() chooses them
 * @n: how many
 * @level: of the intervals, in (0, 1)
 * @error: return location
 *
 * Sales that the model gives no sensible price, or that have none themselves, are left out: the set's n may be less
 * than @n, even 0. All columns of the table but the target become attributes.
 *
 * Returns: (transfer full) (nullable): the sales, in the order of @rows; %NULL with %HP_ERROR_BAD_DATA if the table has
 * no target
 */
HpResidualSet *
hp_residual_set_new_valued (const char *name, const HpPredictor *predictor, const HpTable *table,
                            const HpSchema *schema, const guint32 *rows, gsize n, double level, GError **error)
{
  const HpColumn *target = hp_table_get_column (table, schema->target);
  g_autofree float *features = NULL;
  g_autofree double *price = g_new (double, MAX (n, 1)), *low = g_new (double, MAX (n, 1)),
                    *high = g_new (double, MAX (n, 1));
  g_autofree guint32 *kept = g_new0 (guint32, MAX (n, 1));
  HpResidualSet *set;
  gsize n_kept = 0;

  g_return_val_if_fail (level > 0 && level < 1, NULL);

  if (target == NULL || target->numbers == NULL)
    {
      hp_set_error (error, HP_ERROR_BAD_DATA, schema->target, _ ("%s has no column “%s” of sale prices"), table->file,
                    schema->target);
      return NULL;
    }
  features = hp_preprocessor_matrix (hp_predictor_get_preprocessor (predictor), table, rows, n);
  hp_predictor_prices (predictor, features, n, level, price, low, high);
  set = _hp_residual_set_new (name, schema, hp_model_get_target (hp_predictor_get_model (predictor)), level, n);
  set->price_name = g_strdup (schema->target);
  for (gsize i = 0; i < n; i++)
    {
      if (!(price[i] > 0 && target->numbers[rows[i]] > 0))
        continue;
      kept[n_kept] = rows[i];
      set->row[n_kept] = rows[i] + (guint64) 1;
      set->fold[n_kept] = HP_SET_UNSEEN;
      set->price[n_kept] = target->numbers[rows[i]];
      set->predicted[n_kept] = price[i];
      set->low[n_kept] = low[i];
      set->high[n_kept++] = high[i];
    }
  set->n = n_kept;
  for (guint c = 0; c < table->columns->len; c++)
    if (table->columns->pdata[c] != target)
      add_column (set, table->columns->pdata[c], schema, kept);
  hp_residual_set_set_fsd (set, hp_predictor_get_calibration (predictor));
  return set;
}
