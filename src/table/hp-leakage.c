/* hp-leakage.c - finds the columns that give the price away
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>
#include <string.h>

#include "hp-dependence.h"
#include "hp-schema-private.h"
#include "hp-leakage.h"
#include "hp-table-private.h"
#include "hp-text.h"

/* Fewer say nothing of a function */
#define FEWEST_ROWS 30
/* Hundreds of pairs are looked at on so many rows, and on all those that pass by less */
#define SCREEN_ROWS   800
#define SCREEN_MARGIN 0.02
/* More rows than this don't change the verdict */
#define CONFIRM_ROWS 100000

typedef struct
{
  const HpColumn *column;
  gboolean whole; /* all its values are whole numbers */
  gboolean leaks; /* alone, or listed */
  int suspect;    /* the higher, the likelier it is the one of a pair that leaks */
} Candidate;

typedef struct
{
  const HpTable *table;
  const HpSchema *schema;
  const double *price;
  double threshold;
  GArray *candidates; /* (element-type Candidate) */
  HpDependence *screen, *full;
  GPtrArray *leaks;
} Search;

void
_hp_leak_free (gpointer data)
{
  HpLeak *leak = data;

  g_free (leak->column);
  g_free (leak->other);
  g_free (leak);
}

static double
combine (double x, double z, char op)
{
  switch (op)
    {
    case '*':
      return x * z;
    case '/':
      return z != 0 ? x / z : NAN;
    default:
      return x;
    }
}

static double
value_at (const HpColumn *column, gsize row)
{
  if (column->numbers != NULL)
    return column->numbers[row];
  g_assert (column->codes != NULL);
  return column->codes[row] >= 0 ? column->codes[row] : NAN;
}

/* Fills points with at most max rows, evenly spread over the table; returns how many are complete */
static gsize
fill (const Search *s, HpPoint *points, gsize max, const HpColumn *x, const HpColumn *z, char op)
{
  gsize n = s->table->n_rows, wanted = MIN (n, max), filled = 0;

  for (gsize i = 0; i < wanted; i++)
    {
      gsize row = wanted == n ? i : (gsize) ((double) i * (double) n / (double) wanted);
      double value = combine (value_at (x, row), z != NULL ? z->numbers[row] : 0, op);

      if (!isfinite (value) || !(s->price[row] > 0))
        continue;
      points[filled].x = value;
      points[filled].y = s->price[row];
      points[filled].log_y = log (s->price[row]);
      filled++;
    }
  return filled;
}

static double
measure (const Search *s, const HpColumn *x, const HpColumn *z, char op)
{
  gboolean categories = x->codes != NULL;
  gsize n;
  double r2;

  if (!categories && s->table->n_rows > SCREEN_ROWS)
    {
      n = fill (s, _hp_dependence_points (s->screen), SCREEN_ROWS, x, z, op);
      r2 = n >= FEWEST_ROWS ? _hp_dependence_r2 (s->screen, n, FALSE) : INFINITY;
      if (r2 < s->threshold - SCREEN_MARGIN)
        return r2;
    }
  n = fill (s, _hp_dependence_points (s->full), CONFIRM_ROWS, x, z, op);
  return n >= FEWEST_ROWS ? _hp_dependence_r2 (s->full, n, categories) : -INFINITY;
}

static void
add_leak (Search *s, const char *column, const char *other, char op, double r2, gboolean listed)
{
  HpLeak *leak;

  /* One finding a column: the best */
  for (guint i = 0; i < s->leaks->len; i++)
    {
      leak = s->leaks->pdata[i];
      if (!g_str_equal (leak->column, column))
        continue;
      if (r2 > leak->r2)
        {
          g_free (leak->other);
          leak->other = g_strdup (other);
          leak->op = op;
          leak->r2 = r2;
        }
      return;
    }
  leak = g_new0 (HpLeak, 1);
  leak->column = g_strdup (column);
  leak->other = g_strdup (other);
  leak->op = op;
  leak->r2 = isfinite (r2) ? r2 : NAN;
  leak->listed = listed;
  g_ptr_array_add (s->leaks, leak);
}

gboolean
_hp_leakage_is_suspect_name (const char *name)
{
  static const char *const words[] = { "price", "value", "cost",  "tax",    "per",   "assess", "apprais", "amount",
                                       "psf",   "ppsf",  "sqm_p", "rateof", "worth", "estim",  "usd",     "eur" };
  g_autofree char *key = hp_text_key (name, -1);

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (strstr (key, words[i]) != NULL)
      return TRUE;
  return FALSE;
}

/* Of price_per_sqft × sqft = price one is a fact about the house. The schema's features are taken for facts; then
 * names speak, and fractions: what was divided is seldom whole. */
static int
suspicion (const Search *s, const HpColumn *column, gboolean whole)
{
  g_autoptr (GPtrArray) raw = _hp_schema_raw_columns (s->schema);
  int points = 0;

  for (guint i = 0; i < raw->len; i++)
    if (g_str_equal (raw->pdata[i], column->name))
      points -= 8;
  if (_hp_leakage_is_suspect_name (column->name))
    points += 4;
  if (!column->in_schema)
    points += 2;
  if (!whole)
    points += 1;
  return points;
}

static void
add_candidate (Search *s, const HpColumn *column)
{
  Candidate candidate = { .column = column, .whole = TRUE };
  double first = NAN;
  gboolean varies = FALSE;

  for (gsize i = 0; i < s->table->n_rows; i++)
    {
      double value = column->numbers[i];

      if (isnan (value))
        continue;
      if (isnan (first))
        first = value;
      varies = varies || value != first;
      candidate.whole = candidate.whole && value == floor (value);
    }
  if (!varies)
    return;
  candidate.suspect = suspicion (s, column, candidate.whole);
  g_array_append_val (s->candidates, candidate);
}

/* Numbers; categories, and texts that come often enough to be some */
static gboolean
can_be_measured (const Search *s, const HpColumn *column)
{
  if (column->codes != NULL)
    return column->levels->len <= s->table->n_rows / 2;
  return column->type != HP_COLUMN_DATE;
}

static void
search_alone (Search *s, const HpColumn *target)
{
  for (guint i = 0; i < s->table->columns->len; i++)
    {
      const HpColumn *column = s->table->columns->pdata[i];
      gboolean listed = _hp_schema_is_listed (s->schema, column->name);
      double r2 = NAN;

      if (column == target)
        continue;
      if (can_be_measured (s, column))
        r2 = measure (s, column, NULL, 0);
      if (listed || r2 >= s->threshold)
        add_leak (s, column->name, NULL, 0, r2, listed);
      else if (_hp_column_is_number (column))
        add_candidate (s, column);
    }
}

static void
search_pairs (Search *s)
{
  for (guint i = 0; i < s->candidates->len; i++)
    for (guint k = i + 1; k < s->candidates->len; k++)
      {
        const Candidate *a = &g_array_index (s->candidates, Candidate, i);
        const Candidate *b = &g_array_index (s->candidates, Candidate, k);
        const Candidate *guilty = a->suspect > b->suspect ? a : b, *other = guilty == a ? b : a;

        for (const char *op = "*/"; *op != '\0'; op++)
          {
            double r2 = measure (s, guilty->column, other->column, *op);

            if (r2 >= s->threshold)
              add_leak (s, guilty->column->name, other->column->name, *op, r2, FALSE);
          }
      }
}

static int
compare_leaks (gconstpointer a, gconstpointer b)
{
  const HpLeak *p = *(const HpLeak *const *) a, *q = *(const HpLeak *const *) b;

  if (isnan (p->r2) || isnan (q->r2))
    return isnan (p->r2) - isnan (q->r2);
  if (p->r2 != q->r2)
    return p->r2 < q->r2 ? 1 : -1;
  return strcmp (p->column, q->column);
}

/**
 * hp_table_find_leaks:
 * @table: a table; load it with %HP_TABLE_ALL_COLUMNS to have every column looked at
 * @schema: the schema it was loaded with
 * @threshold: R² from which on a column gives the price away; 0.995 by default
 *
 * Looks for columns from which, alone or in product or ratio with another column, the price can be computed: a price in
 * another currency, its logarithm, an assessment at a fixed rate, a price per square foot, a narrow price band.
 *
 * R² is the largest of three: of a line, of a line between logarithms, and of predicting each price from the sales with
 * the same or the neighbouring values, itself left out. It is trimmed: the outer hundredth of the prices at either end
 * and the largest twentieth of the residuals don't count (for which the sum of squares is corrected), so that a few
 * corrupt rows neither hide a leak nor feign one. With fewer than 30 complete rows nothing is found.
 *
 * Returns: (transfer full) (element-type HpLeak): one a column, the surest first; the schema's listed columns, if they
 * are in the table, whatever their R²
 */
GPtrArray *
hp_table_find_leaks (const HpTable *table, const HpSchema *schema, double threshold)
{
  const HpColumn *target = hp_table_get_column (table, schema->target);
  g_autoptr (GPtrArray) leaks = g_ptr_array_new_with_free_func (_hp_leak_free);
  g_autoptr (GArray) candidates = g_array_new (FALSE, FALSE, sizeof (Candidate));
  g_autoptr (HpDependence) screen = _hp_dependence_new (SCREEN_ROWS);
  g_autoptr (HpDependence) full = _hp_dependence_new (MIN (table->n_rows, CONFIRM_ROWS));
  Search s = { .table = table,
               .schema = schema,
               .threshold = threshold,
               .candidates = candidates,
               .screen = screen,
               .full = full,
               .leaks = leaks };

  if (target == NULL)
    return g_steal_pointer (&leaks);
  s.price = target->numbers;
  search_alone (&s, target);
  search_pairs (&s);
  g_ptr_array_sort (leaks, compare_leaks);
  return g_steal_pointer (&leaks);
}
