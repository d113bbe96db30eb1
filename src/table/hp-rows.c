/* hp-rows.c - what is said of rows in cleaning and in validating: repeated, impossible, far out
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "hp-hash.h"
#include "hp-number.h"
#include "hp-table-private.h"

#define FEWEST_FOR_FENCES 20

gboolean
_hp_table_is_impossible (const HpTable *table, const HpColumn *from, const HpColumn *to, gsize row)
{
  double start = from->numbers[row], end = to->numbers[row];

  if (isnan (start) || isnan (end))
    return FALSE;
  if (from->type != HP_COLUMN_DATE)
    return start > hp_date_year ((HpDate) end);
  /* Compare no finer than both were written */
  if (hp_date_month ((HpDate) start) == 0 || hp_date_month ((HpDate) end) == 0)
    return hp_date_year ((HpDate) start) > hp_date_year ((HpDate) end);
  if ((HpDate) start % 100 == 0 || (HpDate) end % 100 == 0)
    return (HpDate) start / 100 > (HpDate) end / 100;
  return start > end;
}

static guint64
cell_bits (const HpColumn *column, gsize row)
{
  guint64 bits;
  double number;

  if (column->numbers == NULL)
    return (guint64) column->codes[row];
  number = column->numbers[row] + 0.0; /* -0 is 0 */
  if (isnan (number))
    return G_MAXUINT64;
  memcpy (&bits, &number, sizeof bits);
  return bits;
}

static gboolean
rows_equal (const HpTable *table, gsize a, gsize b)
{
  for (guint i = 0; i < table->columns->len; i++)
    if (cell_bits (table->columns->pdata[i], a) != cell_bits (table->columns->pdata[i], b))
      return FALSE;
  return TRUE;
}

guint32 *
_hp_table_find_duplicates (const HpTable *table)
{
  gsize n = table->n_rows, n_slots = 64;
  guint32 *first = g_new (guint32, MAX (n, 1));
  g_autofree guint64 *hashes = g_new (guint64, MAX (n, 1));
  g_autofree guint32 *slots = NULL; /* row + 1, 0 free */
  HpHashKey key;

  hp_hash_key_init (&key);
  for (gsize i = 0; i < n; i++)
    hashes[i] = key.k0;
  for (guint c = 0; c < table->columns->len; c++)
    for (gsize i = 0; i < n; i++)
      {
        hashes[i] = (hashes[i] ^ cell_bits (table->columns->pdata[c], i)) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
        hashes[i] ^= hashes[i] >> 29;
      }
  while (n_slots < 2 * n)
    n_slots *= 2;
  slots = g_new0 (guint32, n_slots);
  for (gsize i = 0; i < n; i++)
    {
      gsize at = hp_hash_bytes (&key, (const char *) &hashes[i], sizeof hashes[i]) & (n_slots - 1);

      while (slots[at] != 0 && (hashes[slots[at] - 1] != hashes[i] || !rows_equal (table, slots[at] - 1, i)))
        at = (at + 1) & (n_slots - 1);
      if (slots[at] == 0)
        slots[at] = (guint32) i + 1;
      first[i] = slots[at] - 1;
    }
  return first;
}

/* Quantile of sorted values by linear interpolation (type 7 of Hyndman and Fan, 1996) */
static double
quantile (const double *sorted, gsize n, double p)
{
  double at = p * (double) (n - 1);
  gsize below = (gsize) at;

  return below + 1 < n ? sorted[below] + (at - (double) below) * (sorted[below + 1] - sorted[below]) : sorted[n - 1];
}

gboolean
_hp_fences (double *values, gsize n, double k, double *low, double *high)
{
  double q1, q3;

  if (n < FEWEST_FOR_FENCES)
    return FALSE;
  qsort (values, n, sizeof *values, hp_compare_doubles);
  q1 = quantile (values, n, 0.25);
  q3 = quantile (values, n, 0.75);
  *low = q1 - k * (q3 - q1);
  *high = q3 + k * (q3 - q1);
  return q3 > q1;
}
