/* hp-comparison-match.c - which sales of several versions are the same
 *
 * Of one file they are told by their rows. Versions of different files, last month's and this month's, have other rows
 * for the same sales: those are told by their price and the attributes that all versions know of them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <string.h>

#include "hp-comparison-private.h"
#include "hp-number.h"
#include "hp-text.h"

static gboolean
agree (HpResidualSet *const *sets, guint n_sets)
{
  for (guint v = 1; v < n_sets; v++)
    for (gsize i = 0; i < sets[0]->n; i++)
      if (sets[v]->price[i] != sets[0]->price[i])
        return FALSE;
  return TRUE;
}

/* The columns that all sets have, as each has them: [column][set] */
static GPtrArray *
shared_columns (HpResidualSet *const *sets, guint n_sets)
{
  GPtrArray *shared = g_ptr_array_new_with_free_func (g_free);

  for (guint c = 0; c < sets[0]->columns->len; c++)
    {
      const HpSetColumn *first = sets[0]->columns->pdata[c];
      const HpSetColumn **columns = g_new (const HpSetColumn *, n_sets);
      gboolean everywhere = TRUE;

      for (guint v = 0; v < n_sets && everywhere; v++)
        {
          columns[v] = hp_residual_set_get_column (sets[v], first->name);
          everywhere = columns[v] != NULL && columns[v]->kind == first->kind;
        }
      if (everywhere)
        g_ptr_array_add (shared, columns);
      else
        g_free (columns);
    }
  return shared;
}

static void
append_number (GString *key, double number)
{
  char text[HP_NUMBER_BUFFER];

  if (isfinite (number))
    {
      hp_number_format (text, number);
      g_string_append (key, text);
    }
  g_string_append_c (key, '\n');
}

static char *
make_key (const HpResidualSet *set, gsize i, const GPtrArray *shared, guint v)
{
  GString *key = g_string_new (NULL);

  append_number (key, set->price[i]);
  for (guint c = 0; c < shared->len; c++)
    {
      const HpSetColumn *column = ((const HpSetColumn **) shared->pdata[c])[v];
      double value = column->numbers[i];

      if (column->kind == HP_SET_CATEGORY && !isnan (value))
        {
          g_autofree char *level = hp_text_key (column->levels[(guint) value], -1);

          g_string_append (key, level);
          g_string_append_c (key, '\n');
        }
      else
        append_number (key, value);
    }
  return g_string_free (key, FALSE);
}

/* Each sale's key; sales that are alike in all are told apart by how many came before, so that as many match as both
 * have */
static char **
make_keys (const HpResidualSet *set, const GPtrArray *shared, guint v)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  char **keys = g_new0 (char *, set->n + 1);

  for (gsize i = 0; i < set->n; i++)
    {
      char *key = make_key (set, i, shared, v);
      guint before = GPOINTER_TO_UINT (g_hash_table_lookup (seen, key));

      keys[i] = g_strdup_printf ("%s%u", key, before);
      g_hash_table_insert (seen, key, GUINT_TO_POINTER (before + 1));
    }
  return keys;
}

/* The sales of a set that the first one has too, under the first one's rows */
static HpResidualSet *
rename_rows (const HpResidualSet *set, char **keys, GHashTable *first_rows)
{
  g_autofree gboolean *keep = g_new (gboolean, MAX (set->n, 1));
  HpResidualSet *renamed;
  gsize n = 0;

  for (gsize i = 0; i < set->n; i++)
    keep[i] = g_hash_table_contains (first_rows, keys[i]);
  renamed = hp_residual_set_filter (set, keep);
  for (gsize i = 0; i < set->n; i++)
    if (keep[i])
      renamed->row[n++] = *(const guint64 *) g_hash_table_lookup (first_rows, keys[i]);
  return renamed;
}

static HpResidualSet **
match_by_content (HpResidualSet *const *sets, guint n_sets)
{
  g_autoptr (GPtrArray) shared = shared_columns (sets, n_sets);
  g_autoptr (GHashTable) first_rows = g_hash_table_new (g_str_hash, g_str_equal);
  g_auto (GStrv) first_keys = NULL;
  HpResidualSet *renamed[HP_COMPARISON_MAX], **common;

  if (shared->len == 0) /* equal prices alone are no sign of the same sale */
    return NULL;
  first_keys = make_keys (sets[0], shared, 0);
  for (gsize i = 0; i < sets[0]->n; i++)
    g_hash_table_insert (first_rows, first_keys[i], &sets[0]->row[i]);
  for (guint v = 0; v < n_sets; v++)
    {
      g_auto (GStrv) keys = v > 0 ? make_keys (sets[v], shared, v) : NULL;

      renamed[v] = rename_rows (sets[v], v > 0 ? keys : first_keys, first_rows);
    }
  common = hp_residual_sets_common (renamed, n_sets);
  for (guint v = 0; v < n_sets; v++)
    hp_residual_set_free (renamed[v]);
  return common;
}

/* The sales that all have, in the same order, under the rows of the first; none: an empty set */
HpResidualSet **
_hp_comparison_match (HpResidualSet *const *sets, guint n_sets, gboolean *by_content)
{
  HpResidualSet **common = hp_residual_sets_common (sets, n_sets), **matched;

  *by_content = FALSE;
  if (common[0]->n > 0 && agree (common, n_sets))
    return common;
  matched = match_by_content (sets, n_sets);
  if (matched == NULL) /* rows that are not the same sale are no match */
    {
      matched = g_new0 (HpResidualSet *, n_sets + 1);
      for (guint v = 0; v < n_sets; v++)
        {
          g_autofree gboolean *keep = g_new0 (gboolean, MAX (sets[v]->n, 1));

          matched[v] = hp_residual_set_filter (sets[v], keep);
        }
    }
  hp_residual_sets_free (common);
  *by_content = TRUE;
  return matched;
}
