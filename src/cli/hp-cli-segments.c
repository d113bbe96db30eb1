/* hp-cli-segments.c - the groups of "--by COLUMN"
 *
 * A category's values are the groups. A number with many values is cut at its quartiles: a group a value would be too
 * small to say anything.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "hp-cli-segments.h"
#include "hp-csv.h"
#include "hp-error.h"
#include "hp-number.h"
#include "hp-statistics.h"
#include "hp-text.h"

#define MAX_SEGMENTS 1000
#define MAX_NUMBERS  12 /* values of a number that are still groups of their own */
#define N_QUARTERS   4

static HpCliSegments *
segments_new (const char *by, gsize n_rows)
{
  HpCliSegments *segments = g_new0 (HpCliSegments, 1);

  segments->by = g_strdup (by);
  segments->segment = g_new (gint32, MAX (n_rows, 1));
  segments->labels = g_ptr_array_new_with_free_func (g_free);
  return segments;
}

/**
 * hp_cli_segments_free:
 * @segments: (transfer full) (nullable): groups
 */
void
hp_cli_segments_free (HpCliSegments *segments)
{
  if (segments == NULL)
    return;
  g_free (segments->by);
  g_free (segments->segment);
  g_ptr_array_unref (segments->labels);
  g_free (segments);
}

/* NaN where a cell is missing; NULL if a cell is no number */
static double *
parse_numbers (GPtrArray *cells)
{
  g_autofree double *numbers = g_new (double, MAX (cells->len, 1));

  for (guint i = 0; i < cells->len; i++)
    {
      const char *cell = cells->pdata[i];

      numbers[i] = NAN;
      if (!hp_csv_is_missing (cell, strlen (cell)) && !hp_number_parse (cell, strlen (cell), &numbers[i]))
        return NULL;
    }
  return g_steal_pointer (&numbers);
}

/* The numbers that are there, ascending */
static gsize
sort_present (const double *numbers, gsize n, double *sorted)
{
  gsize n_present = 0;

  for (gsize i = 0; i < n; i++)
    if (!isnan (numbers[i]))
      sorted[n_present++] = numbers[i];
  hp_sort_doubles (sorted, n_present);
  return n_present;
}

static gsize
count_distinct (const double *sorted, gsize n)
{
  gsize distinct = n > 0;

  for (gsize i = 1; i < n; i++)
    distinct += sorted[i] != sorted[i - 1];
  return distinct;
}

static void
cut_at_quartiles (HpCliSegments *segments, const double *numbers, gsize n, const double *sorted, gsize n_sorted)
{
  double bound[N_QUARTERS + 1];

  for (guint q = 0; q <= N_QUARTERS; q++)
    bound[q] = hp_quantile_sorted (sorted, n_sorted, q / (double) N_QUARTERS);
  for (guint q = 0; q < N_QUARTERS; q++)
    {
      char low[HP_NUMBER_BUFFER], high[HP_NUMBER_BUFFER];

      hp_number_format (low, bound[q]);
      hp_number_format (high, bound[q + 1]);
      g_ptr_array_add (segments->labels, g_strdup_printf (q == 0 ? "%s to %s" : "above %s to %s", low, high));
    }
  for (gsize i = 0; i < n; i++)
    {
      gint32 q = 0;

      while (q < N_QUARTERS - 1 && numbers[i] > bound[q + 1])
        q++;
      segments->segment[i] = isnan (numbers[i]) ? -1 : q;
    }
}

static int
compare_labels (gconstpointer a, gconstpointer b, gpointer numeric)
{
  const char *left = *(const char *const *) a, *right = *(const char *const *) b;
  double x, y;

  if (GPOINTER_TO_INT (numeric) && hp_number_parse (left, strlen (left), &x)
      && hp_number_parse (right, strlen (right), &y))
    return (x > y) - (x < y);
  return g_utf8_collate (left, right);
}

/* A group for each spelling, in order; equal keys are one group, called as it is first written. */
static gboolean
group_values (HpCliSegments *segments, GPtrArray *cells, gboolean numeric, GError **error)
{
  g_autoptr (GHashTable) places = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < cells->len; i++)
    {
      const char *cell = cells->pdata[i];
      char *key;

      if (hp_csv_is_missing (cell, strlen (cell)))
        continue;
      key = hp_text_key (cell, -1);
      if (!g_hash_table_contains (places, key))
        g_ptr_array_add (segments->labels, g_strdup (cell));
      g_hash_table_add (places, key);
      if (segments->labels->len > MAX_SEGMENTS)
        {
          hp_set_error (error, HP_ERROR_BAD_DATA, segments->by,
                        _ ("%s has more than %d values: too many groups; choose another column for --by"), segments->by,
                        MAX_SEGMENTS);
          return FALSE;
        }
    }
  g_ptr_array_sort_with_data (segments->labels, compare_labels, GINT_TO_POINTER (numeric));
  for (guint s = 0; s < segments->labels->len; s++)
    g_hash_table_insert (places, hp_text_key (segments->labels->pdata[s], -1), GUINT_TO_POINTER (s));
  for (guint i = 0; i < cells->len; i++)
    {
      const char *cell = cells->pdata[i];
      g_autofree char *key = hp_text_key (cell, -1);

      segments->segment[i]
        = hp_csv_is_missing (cell, strlen (cell)) ? -1 : GPOINTER_TO_INT (g_hash_table_lookup (places, key));
    }
  return TRUE;
}

/**
 * hp_cli_segments_new:
 * @by: the column's name
 * @cells: (element-type utf8): its cell in each row
 * @error: return location for a #GError
 *
 * Returns: (transfer full) (nullable): the groups, or %NULL with %HP_ERROR_BAD_DATA when there are too many
 */
HpCliSegments *
hp_cli_segments_new (const char *by, GPtrArray *cells, GError **error)
{
  g_autoptr (HpCliSegments) segments = segments_new (by, cells->len);
  g_autofree double *numbers = parse_numbers (cells);
  g_autofree double *sorted = g_new (double, MAX (cells->len, 1));
  gsize n_sorted = numbers != NULL ? sort_present (numbers, cells->len, sorted) : 0;

  if (numbers != NULL && count_distinct (sorted, n_sorted) > MAX_NUMBERS)
    cut_at_quartiles (segments, numbers, cells->len, sorted, n_sorted);
  else if (!group_values (segments, cells, numbers != NULL, error))
    return NULL;
  segments->n = segments->labels->len;
  g_ptr_array_add (segments->labels, NULL);
  return g_steal_pointer (&segments);
}
