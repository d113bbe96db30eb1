/* hp-residual-set.c - sales with the prices that a version predicted for them: made, taken apart, compared
 *
 * The FSD of each house is half the width of its own calibrated 68.27 % interval. A set holds one interval a house, of
 * another level; both are the sigma of the house times a half-width that is the same for all, so the sigma is what the
 * interval shows divided by the half-width of its level, and the FSD follows. That is exact for sales which the
 * calibration that serves has valued. The intervals of holdout.csv were made by calibrations that knew nothing of their
 * sales, whose half-widths differ a little from the serving one's: there it is taken that the half-widths at the two
 * levels have the same proportion in each.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>
#include <string.h>

#include "hp-residual-set-private.h"
#include "hp-text.h"

void
_hp_set_column_free (gpointer data)
{
  HpSetColumn *column = data;

  if (column == NULL)
    return;
  g_free (column->name);
  g_free (column->label);
  g_free (column->unit);
  g_free (column->numbers);
  g_strfreev (column->levels);
  g_free (column);
}

HpResidualSet *
_hp_residual_set_new (const char *name, const HpSchema *schema, HpTarget target, double level, gsize n)
{
  HpResidualSet *set = g_new0 (HpResidualSet, 1);
  gsize room = MAX (n, 1);

  set->name = g_strdup (name);
  set->currency = schema != NULL ? g_strdup (schema->currency) : NULL;
  set->target = target;
  set->level = level;
  set->n = n;
  set->row = g_new0 (guint64, room);
  set->fold = g_new0 (gint8, room);
  set->price = g_new0 (double, room);
  set->predicted = g_new0 (double, room);
  set->low = g_new0 (double, room);
  set->high = g_new0 (double, room);
  set->columns = g_ptr_array_new_with_free_func (_hp_set_column_free);
  set->latitude = set->longitude = set->date = set->id = set->built = -1;
  return set;
}

/**
 * hp_residual_set_free:
 * @set: (transfer full) (nullable): a set
 */
void
hp_residual_set_free (HpResidualSet *set)
{
  if (set == NULL)
    return;
  g_free (set->name);
  g_free (set->currency);
  g_free (set->price_name);
  g_free (set->predicted_name);
  g_free (set->row);
  g_free (set->fold);
  g_free (set->price);
  g_free (set->predicted);
  g_free (set->low);
  g_free (set->high);
  g_free (set->fsd);
  g_ptr_array_unref (set->columns);
  g_free (set);
}

/**
 * hp_residual_sets_free:
 * @sets: (transfer full) (nullable) (array zero-terminated=1): sets
 */
void
hp_residual_sets_free (HpResidualSet **sets)
{
  for (guint i = 0; sets != NULL && sets[i] != NULL; i++)
    hp_residual_set_free (sets[i]);
  g_free (sets);
}

HpSetColumnKind
_hp_set_kind (HpColumnType type)
{
  if (type == HP_COLUMN_NUMBER || type == HP_COLUMN_INTEGER)
    return HP_SET_NUMBER;
  return type == HP_COLUMN_DATE ? HP_SET_DATE : HP_SET_CATEGORY;
}

/* The first age that the schema derives is the house's. */
static gboolean
has_age (const HpSchema *schema, const char *name)
{
  for (guint i = 0; i < schema->derived->len; i++)
    {
      const HpDerived *derived = schema->derived->pdata[i];

      if (derived->kind == HP_DERIVED_AGE)
        return g_str_equal (derived->a, name);
    }
  return FALSE;
}

HpSetColumn *
_hp_residual_set_add_column (HpResidualSet *set, const char *name, HpSetColumnKind kind, const HpSchema *schema)
{
  const HpSchemaColumn *spec = schema != NULL ? hp_schema_get_column (schema, name) : NULL;
  HpSetColumn *column = g_new0 (HpSetColumn, 1);
  int place = (int) set->columns->len;

  column->name = g_strdup (name);
  column->label = schema != NULL ? hp_schema_label (schema, name) : g_strdup (name);
  column->unit = spec != NULL ? g_strdup (spec->unit) : NULL;
  column->kind = kind;
  g_ptr_array_add (set->columns, column);
  if (schema == NULL)
    return column;
  if (g_strcmp0 (name, schema->role_latitude) == 0 && kind == HP_SET_NUMBER)
    set->latitude = place;
  if (g_strcmp0 (name, schema->role_longitude) == 0 && kind == HP_SET_NUMBER)
    set->longitude = place;
  if (g_strcmp0 (name, schema->role_date) == 0 && kind == HP_SET_DATE)
    set->date = place;
  if (g_strcmp0 (name, schema->role_id) == 0)
    set->id = place;
  if (kind != HP_SET_CATEGORY && has_age (schema, name))
    set->built = place;
  return column;
}

typedef struct
{
  const char *name;
  int rank; /* in the schema's order */
  guint code;
} Level;

static int
compare_levels (gconstpointer a, gconstpointer b)
{
  const Level *x = a, *y = b;

  if (x->rank != y->rank)
    return (x->rank > y->rank) - (x->rank < y->rank);
  return strcmp (x->name, y->name);
}

static int
rank_level (const char *name, const HpSchemaColumn *spec)
{
  for (int i = 0; spec != NULL && spec->order != NULL && spec->order[i] != NULL; i++)
    if (g_str_equal (spec->order[i], name))
      return i;
  return G_MAXINT;
}

void
_hp_set_column_set_levels (HpSetColumn *column, const GPtrArray *levels, const HpSchemaColumn *spec, gsize n)
{
  g_autofree Level *sorted = g_new0 (Level, MAX (levels->len, 1));
  g_autofree gboolean *used = g_new0 (gboolean, MAX (levels->len, 1));
  g_autofree double *place = g_new (double, MAX (levels->len, 1));
  guint n_used = 0;

  for (gsize i = 0; i < n; i++)
    if (!isnan (column->numbers[i]))
      used[(guint) column->numbers[i]] = TRUE;
  for (guint i = 0; i < levels->len; i++)
    if (used[i])
      sorted[n_used++] = (Level){ levels->pdata[i], rank_level (levels->pdata[i], spec), i };
  qsort (sorted, n_used, sizeof *sorted, compare_levels);

  column->n_levels = n_used;
  column->levels = g_new0 (char *, (gsize) n_used + 1);
  for (guint i = 0; i < n_used; i++)
    {
      column->levels[i] = g_strdup (sorted[i].name);
      place[sorted[i].code] = i;
    }
  for (gsize i = 0; i < n; i++)
    if (!isnan (column->numbers[i]))
      column->numbers[i] = place[(guint) column->numbers[i]];
}

/**
 * hp_residual_set_get_column:
 * @set: a set
 * @name: an attribute's name
 *
 * Returns: (transfer none) (nullable): the column of exactly that name, else of the same hp_text_key()
 */
const HpSetColumn *
hp_residual_set_get_column (const HpResidualSet *set, const char *name)
{
  g_autofree char *wanted = NULL;

  g_return_val_if_fail (set != NULL && name != NULL, NULL);

  for (guint i = 0; i < set->columns->len; i++)
    if (g_str_equal (((HpSetColumn *) set->columns->pdata[i])->name, name))
      return set->columns->pdata[i];
  wanted = hp_text_key (name, -1);
  for (guint i = 0; i < set->columns->len; i++)
    {
      HpSetColumn *column = set->columns->pdata[i];
      g_autofree char *key = hp_text_key (column->name, -1);

      if (g_str_equal (key, wanted))
        return column;
    }
  return NULL;
}

/**
 * hp_residual_set_set_fsd:
 * @set: sales with intervals
 * @calibration: (nullable): that of the version; %NULL: no fsd
 *
 * Fills in fsd: of each house half the relative width of its own 68.27 % interval, NaN where it has no interval.
 */
void
hp_residual_set_set_fsd (HpResidualSet *set, const HpCalibration *calibration)
{
  gboolean is_log = hp_target_scale (set->target) == HP_TARGET_LOG;
  double half_width;

  g_clear_pointer (&set->fsd, g_free);
  if (calibration == NULL)
    return;
  half_width = hp_calibration_half_width (calibration, set->level);
  set->fsd = g_new (double, MAX (set->n, 1));
  for (gsize i = 0; i < set->n; i++)
    {
      /* The upper end is never cut off at 0. */
      double width = set->high[i] / set->predicted[i];

      width = is_log ? log (width) : width - 1;
      set->fsd[i] = isnan (width) ? NAN : hp_calibration_fsd (calibration, half_width > 0 ? width / half_width : 0);
    }
}

static HpSetColumn *
copy_column (const HpSetColumn *column, const guint32 *index, gsize n)
{
  HpSetColumn *copy = g_new0 (HpSetColumn, 1);

  copy->name = g_strdup (column->name);
  copy->label = g_strdup (column->label);
  copy->unit = g_strdup (column->unit);
  copy->kind = column->kind;
  copy->levels = g_strdupv (column->levels);
  copy->n_levels = column->n_levels;
  copy->numbers = g_new (double, MAX (n, 1));
  for (gsize i = 0; i < n; i++)
    copy->numbers[i] = column->numbers[index[i]];
  return copy;
}

/* The sales of these indices, in that order */
static HpResidualSet *
take (const HpResidualSet *set, const guint32 *index, gsize n)
{
  HpResidualSet *part = _hp_residual_set_new (set->name, NULL, set->target, set->level, n);

  part->currency = g_strdup (set->currency);
  part->price_name = g_strdup (set->price_name);
  part->predicted_name = g_strdup (set->predicted_name);
  part->latitude = set->latitude;
  part->longitude = set->longitude;
  part->date = set->date;
  part->id = set->id;
  part->built = set->built;
  if (set->fsd != NULL)
    part->fsd = g_new (double, MAX (n, 1));
  for (gsize i = 0; i < n; i++)
    {
      guint32 from = index[i];

      part->row[i] = set->row[from];
      part->fold[i] = set->fold[from];
      part->price[i] = set->price[from];
      part->predicted[i] = set->predicted[from];
      part->low[i] = set->low[from];
      part->high[i] = set->high[from];
      if (set->fsd != NULL)
        part->fsd[i] = set->fsd[from];
    }
  for (guint c = 0; c < set->columns->len; c++)
    g_ptr_array_add (part->columns, copy_column (set->columns->pdata[c], index, n));
  return part;
}

/**
 * hp_residual_set_filter:
 * @set: a set
 * @keep: (array): a flag a sale
 *
 * Returns: (transfer full): the sales whose flag is set, in order; columns keep all their levels
 */
HpResidualSet *
hp_residual_set_filter (const HpResidualSet *set, const gboolean *keep)
{
  g_autofree guint32 *index = g_new (guint32, MAX (set->n, 1));
  gsize n = 0;

  for (gsize i = 0; i < set->n; i++)
    if (keep[i])
      index[n++] = (guint32) i;
  return take (set, index, n);
}

static int
compare_rows (gconstpointer a, gconstpointer b, gpointer data)
{
  const guint64 *row = data;
  guint32 i = *(const guint32 *) a, j = *(const guint32 *) b;

  if (row[i] != row[j])
    return row[i] > row[j] ? 1 : -1;
  return (i > j) - (i < j);
}

/* Indices of the sales in order of row, of each row only the first */
static guint32 *
sort_rows (const HpResidualSet *set, gsize *n)
{
  guint32 *order = g_new (guint32, MAX (set->n, 1));

  for (gsize i = 0; i < set->n; i++)
    order[i] = (guint32) i;
  g_qsort_with_data (order, (gint) set->n, sizeof *order, compare_rows, set->row);
  *n = 0;
  for (gsize i = 0; i < set->n; i++)
    if (i == 0 || set->row[order[i]] != set->row[order[i - 1]])
      order[(*n)++] = order[i];
  return order;
}

/**
 * hp_residual_sets_common:
 * @sets: (array length=n_sets): sets of the same data
 * @n_sets: how many
 *
 * Sales are the same if their rows are. Where a set has a row twice, its first counts.
 *
 * Returns: (transfer full) (array zero-terminated=1): of each set the sales that all have, in order of row, so that the
 *   same index means the same sale; free with hp_residual_sets_free()
 */
HpResidualSet **
hp_residual_sets_common (HpResidualSet *const *sets, guint n_sets)
{
  HpResidualSet **common = g_new0 (HpResidualSet *, (gsize) n_sets + 1);
  g_autofree guint32 **order = g_new0 (guint32 *, (gsize) n_sets + 1);
  g_autofree gsize *n = g_new0 (gsize, (gsize) n_sets + 1), *at = g_new0 (gsize, (gsize) n_sets + 1);
  gsize n_common = 0;

  for (guint s = 0; s < n_sets; s++)
    order[s] = sort_rows (sets[s], &n[s]);
  /* The indices that are common move to the front of each order: what is written there has been read. */
  for (gsize i = 0; n_sets > 0 && i < n[0]; i++)
    {
      guint64 row = sets[0]->row[order[0][i]];
      gboolean all = TRUE;

      for (guint s = 1; s < n_sets; s++)
        {
          while (at[s] < n[s] && sets[s]->row[order[s][at[s]]] < row)
            at[s]++;
          all = all && at[s] < n[s] && sets[s]->row[order[s][at[s]]] == row;
        }
      if (!all)
        continue;
      order[0][n_common] = order[0][i];
      for (guint s = 1; s < n_sets; s++)
        order[s][n_common] = order[s][at[s]++];
      n_common++;
    }
  for (guint s = 0; s < n_sets; s++)
    {
      common[s] = take (sets[s], order[s], n_common);
      g_free (order[s]);
    }
  return common;
}

/**
 * hp_residual_set_residuals:
 * @set: a set
 *
 * Returns: (transfer full) (array): price - predicted, of each sale
 */
double *
hp_residual_set_residuals (const HpResidualSet *set)
{
  double *residuals = g_new (double, MAX (set->n, 1));

  for (gsize i = 0; i < set->n; i++)
    residuals[i] = set->price[i] - set->predicted[i];
  return residuals;
}

/**
 * hp_residual_set_scaled:
 * @set: a set
 *
 * Returns: (transfer full) (array): the residuals on the scale on which errors are alike: ln (price / predicted) where
 *   hp_target_scale() of its target is the logarithm, else price - predicted
 */
double *
hp_residual_set_scaled (const HpResidualSet *set)
{
  double *scaled;

  if (hp_target_scale (set->target) != HP_TARGET_LOG)
    return hp_residual_set_residuals (set);
  scaled = g_new (double, MAX (set->n, 1));
  for (gsize i = 0; i < set->n; i++)
    scaled[i] = log (set->price[i] / set->predicted[i]);
  return scaled;
}
