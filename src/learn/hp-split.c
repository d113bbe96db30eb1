/* hp-split.c - which sales train, which validate, which test
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hp-split.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "config.h"
#include <glib/gi18n-lib.h>

#include "hp-error.h"
#include "hp-random.h"

/* Streams of the seed: each use of randomness has its own, so that one more never disturbs another */
enum
{
  STREAM_TEST = 1001,
  STREAM_FOLDS = 1002
};

/* Units are what must stay together: the rows of a group, or each row by itself. unit[i] is that of rows[i]. */
static guint32
find_units (const HpTable *table, const HpSchema *schema, const guint32 *rows, gsize n, guint32 *unit)
{
  const HpColumn *group = schema->role_group != NULL ? hp_table_get_column (table, schema->role_group) : NULL;
  g_autoptr (GHashTable) seen = NULL;
  guint32 n_units = 0;

  if (group == NULL)
    {
      for (gsize i = 0; i < n; i++)
        unit[i] = i;
      return n;
    }
  seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *key = hp_table_get_text (table, group, rows[i]);
      gpointer known;

      if (*key != '\0' && g_hash_table_lookup_extended (seen, key, NULL, &known))
        unit[i] = GPOINTER_TO_UINT (known);
      else
        {
          unit[i] = n_units++;
          if (*key != '\0')
            g_hash_table_insert (seen, g_steal_pointer (&key), GUINT_TO_POINTER (unit[i]));
        }
    }
  return n_units;
}

/* part[i] in [0, n_parts) for each row: units in random order are dealt out so that each part gets its share of rows */
static void
deal (const HpTable *table, const HpSchema *schema, const guint32 *rows, gsize n, const double *shares, guint n_parts,
      guint64 seed, guint64 stream, guint8 *part)
{
  g_autofree guint32 *unit = g_new (guint32, n + 1);
  guint32 n_units = find_units (table, schema, rows, n, unit);
  g_autofree guint32 *order = g_new (guint32, n_units + 1);
  g_autofree guint32 *size = g_new0 (guint32, n_units + 1);
  g_autofree guint8 *part_of = g_new (guint8, n_units + 1);
  gsize placed = 0;
  guint at = 0;
  double until = shares[0] * n;
  HpRandom random;

  for (gsize i = 0; i < n; i++)
    size[unit[i]]++;
  for (guint32 u = 0; u < n_units; u++)
    order[u] = u;
  hp_random_init (&random, seed, stream);
  hp_random_shuffle (&random, order, n_units);
  for (guint32 k = 0; k < n_units; k++)
    {
      while (at + 1 < n_parts && (double) placed + 0.5 > until)
        until += shares[++at] * n;
      part_of[order[k]] = at;
      placed += size[order[k]];
    }
  for (gsize i = 0; i < n; i++)
    part[i] = part_of[unit[i]];
}

static guint32 *
pick (const guint32 *rows, gsize n, const guint8 *part, guint which, gboolean equal, gsize *n_picked)
{
  guint32 *picked = g_new (guint32, n + 1);

  *n_picked = 0;
  for (gsize i = 0; i < n; i++)
    if ((part[i] == which) == equal)
      picked[(*n_picked)++] = rows[i];
  return picked;
}

/**
 * hp_folds_new:
 * @table: the sales
 * @schema: names the group column, if any
 * @rows: @n row numbers, ascending
 * @n: how many
 * @folds: number of folds
 * @seed: of the order in which units are dealt out
 *
 * Returns: (transfer full): @folds folds; free with hp_folds_free()
 */
HpFold *
hp_folds_new (const HpTable *table, const HpSchema *schema, const guint32 *rows, gsize n, guint folds, guint64 seed)
{
  HpFold *result = g_new0 (HpFold, folds);
  g_autofree double *shares = g_new (double, folds);
  g_autofree guint8 *part = g_malloc (n + 1);

  for (guint k = 0; k < folds; k++)
    shares[k] = 1.0 / folds;
  deal (table, schema, rows, n, shares, folds, seed, STREAM_FOLDS, part);
  for (guint k = 0; k < folds; k++)
    {
      result[k].valid = pick (rows, n, part, k, TRUE, &result[k].n_valid);
      result[k].train = pick (rows, n, part, k, FALSE, &result[k].n_train);
    }
  return result;
}

/**
 * hp_folds_free:
 * @folds: (transfer full) (nullable) (array length=n_folds): folds
 * @n_folds: how many
 */
void
hp_folds_free (HpFold *folds, guint n_folds)
{
  for (guint k = 0; folds != NULL && k < n_folds; k++)
    {
      g_free (folds[k].train);
      g_free (folds[k].valid);
    }
  g_free (folds);
}

typedef struct
{
  double date;
  guint32 row;
} Dated;

static int
compare_dated (const void *a, const void *b)
{
  const Dated *x = a, *y = b;

  return x->date != y->date ? (x->date > y->date) - (x->date < y->date) : (x->row > y->row) - (x->row < y->row);
}

static int
compare_rows (const void *a, const void *b)
{
  guint32 x = *(const guint32 *) a, y = *(const guint32 *) b;

  return (x > y) - (x < y);
}

static guint32 *
rows_between (const Dated *dated, gsize begin, gsize end, gsize *n)
{
  guint32 *rows = g_new (guint32, end - begin + 1);

  *n = end - begin;
  for (gsize i = begin; i < end; i++)
    rows[i - begin] = dated[i].row;
  qsort (rows, *n, sizeof *rows, compare_rows);
  return rows;
}

/* The position at or after wanted at which a new date begins: sales of one date never stand on both sides of a border
 */
static gsize
border (const Dated *dated, gsize n, gsize wanted)
{
  while (wanted > 0 && wanted < n && dated[wanted].date == dated[wanted - 1].date)
    wanted++;
  return wanted;
}

static gboolean
split_by_time (HpSplit *split, const HpTable *table, const HpSchema *schema, const guint32 *rows, gsize n,
               double test_fraction, guint folds, GError **error)
{
  const HpColumn *date = schema->role_date != NULL ? hp_table_get_column (table, schema->role_date) : NULL;
  g_autofree Dated *dated = g_new (Dated, n + 1);
  gsize first_test, from;

  if (date == NULL || date->numbers == NULL)
    {
      hp_set_error (error, HP_ERROR_BAD_DATA, NULL,
                    _ ("%s: a split by time needs a date column; name one under “roles: {date: …}” in the schema, or "
                       "use --split random"),
                    table->file);
      return FALSE;
    }
  for (gsize i = 0; i < n; i++)
    {
      dated[i] = (Dated){ date->numbers[rows[i]], rows[i] };
      if (isnan (dated[i].date))
        {
          hp_set_error (error, HP_ERROR_BAD_DATA, date->name,
                        _ (
                          "%s:%lu: “%s” is missing, and a split by time needs it in every row; fill it in, exclude the "
                          "row, or use --split random"),
                        table->file, (gulong) table->lines[rows[i]], date->name);
          return FALSE;
        }
    }
  qsort (dated, n, sizeof *dated, compare_dated);
  first_test = border (dated, n, n - (gsize) llround (test_fraction * n));

  /* one block more than folds: the first block is never predicted, since nothing lies before it */
  from = border (dated, first_test, first_test / (folds + 1));
  for (guint k = 0; k < folds; k++)
    {
      gsize to = k + 1 == folds ? first_test : border (dated, first_test, first_test * (k + 2) / (folds + 1));

      if (from == 0 || to <= from)
        {
          hp_set_error (error, HP_ERROR_BAD_DATA, date->name,
                        _ ("%s: there are too few different dates for %u folds by time; use fewer folds (--folds) or "
                           "--split random"),
                        table->file, folds);
          return FALSE;
        }
      split->folds[k].train = rows_between (dated, 0, from, &split->folds[k].n_train);
      split->folds[k].valid = rows_between (dated, from, to, &split->folds[k].n_valid);
      from = to;
    }
  split->train = rows_between (dated, 0, first_test, &split->n_train);
  split->test = rows_between (dated, first_test, n, &split->n_test);
  return TRUE;
}

static void
split_at_random (HpSplit *split, const HpTable *table, const HpSchema *schema, const guint32 *rows, gsize n,
                 double test_fraction, guint folds, guint64 seed)
{
  double shares[] = { test_fraction, 1 - test_fraction };
  g_autofree guint8 *part = g_malloc (n + 1);
  HpFold *made;

  deal (table, schema, rows, n, shares, 2, seed, STREAM_TEST, part);
  split->test = pick (rows, n, part, 0, TRUE, &split->n_test);
  split->train = pick (rows, n, part, 0, FALSE, &split->n_train);
  made = hp_folds_new (table, schema, split->train, split->n_train, folds, seed);
  memcpy (split->folds, made, folds * sizeof *made);
  g_free (made);
}

/* Below this a fold says nothing about a model */
#define MIN_ROWS 10

/**
 * hp_split_new:
 * @table: the sales
 * @schema: names the group and date columns, if any
 * @rows: @n row numbers that can be trained on, ascending
 * @n: how many
 * @method: random, or by time
 * @test_fraction: share of the rows that test
 * @folds: number of cross-validation folds
 * @seed: of the random split
 * @error: return location: %HP_ERROR_BAD_DATA
 *
 * Returns: (transfer full) (nullable): the split
 */
HpSplit *
hp_split_new (const HpTable *table, const HpSchema *schema, const guint32 *rows, gsize n, HpSplitMethod method,
              double test_fraction, guint folds, guint64 seed, GError **error)
{
  g_autoptr (HpSplit) split = g_new0 (HpSplit, 1);

  split->folds = g_new0 (HpFold, folds);
  split->n_folds = folds;
  if (method == HP_SPLIT_TIME)
    {
      if (!split_by_time (split, table, schema, rows, n, test_fraction, folds, error))
        return NULL;
    }
  else
    split_at_random (split, table, schema, rows, n, test_fraction, folds, seed);

  gboolean small = split->n_test < MIN_ROWS;

  for (guint k = 0; k < folds; k++)
    small |= split->folds[k].n_train < MIN_ROWS || split->folds[k].n_valid < 1;
  if (small)
    {
      hp_set_error (error, HP_ERROR_BAD_DATA, NULL,
                    _ ("%s: %lu usable sales are too few for %u folds and a test of %.0f %%: each needs "
                       "%d sales at least; bring more sales, or use fewer folds (--folds)"),
                    table->file, (gulong) n, folds, 100 * test_fraction, MIN_ROWS);
      return NULL;
    }
  return g_steal_pointer (&split);
}

/**
 * hp_split_free:
 * @split: (transfer full) (nullable): a split
 */
void
hp_split_free (HpSplit *split)
{
  if (split == NULL)
    return;
  hp_folds_free (split->folds, split->n_folds);
  g_free (split->train);
  g_free (split->test);
  g_free (split);
}
