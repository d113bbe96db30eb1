/* hp-validate.c - every check of a loaded table
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#include "hp-leakage.h"
#include "hp-schema-private.h"
#include "hp-text.h"
#include "hp-validate.h"

/* Is a feature made from it? */
static gboolean
is_used (const HpSchema *schema, const char *column)
{
  g_autoptr (GPtrArray) raw = _hp_schema_raw_columns (schema);

  for (guint i = 0; i < raw->len; i++)
    if (g_str_equal (raw->pdata[i], column))
      return TRUE;
  return FALSE;
}

static char *
describe (const HpLeak *leak, const HpSchema *schema)
{
  g_autofree char *other = leak->other != NULL ? hp_text_printable (leak->other, -1, 64) : NULL;

  if (leak->op == '*')
    return g_strdup_printf (_ ("times \"%s\" it gives \"%s\" (R² %.4f)"), other, schema->target, leak->r2);
  if (leak->op == '/')
    return g_strdup_printf (_ ("in ratio to \"%s\" it gives \"%s\" (R² %.4f)"), other, schema->target, leak->r2);
  return g_strdup_printf (_ ("it gives \"%s\" (R² %.4f)"), schema->target, leak->r2);
}

void
_hp_validate_leakage (const HpTable *table, const HpSchema *schema, HpFindings *findings)
{
  g_autoptr (GPtrArray) leaks = hp_table_find_leaks (table, schema, HP_LEAKAGE_THRESHOLD);

  for (guint i = 0; i < leaks->len; i++)
    {
      const HpLeak *leak = leaks->pdata[i];
      g_autofree char *what = NULL;
      gboolean used = is_used (schema, leak->column) && (leak->other == NULL || is_used (schema, leak->other));

      if (leak->listed)
        {
          hp_findings_add (findings, HP_SEVERITY_INFO, "listed_leakage", leak->column, 0, 0,
                           _ ("listed under \"leakage\"; it is no feature"));
          continue;
        }
      what = describe (leak, schema);
      hp_findings_add (findings, used ? HP_SEVERITY_ERROR : HP_SEVERITY_WARNING, "leakage", leak->column, 0, 0,
                       used ? _ ("%s, which no one knows of an unsold house; remove it from the features and list it "
                                 "under \"leakage\"")
                            : _ ("%s; list it under \"leakage\" so that it never becomes a feature"),
                       what);
    }
}

static HpDate
today (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

  return g_date_time_get_year (now) * 10000 + g_date_time_get_month (now) * 100 + g_date_time_get_day_of_month (now);
}

/**
 * hp_table_validate:
 * @table: a table, best loaded with %HP_TABLE_ALL_COLUMNS and %HP_TABLE_KEEP_RANGE
 * @schema: the schema it was loaded with
 * @findings: those of the loading; more are added
 *
 * Makes every check that needs more than a cell.
 *
 * Errors: an empty column that a feature needs, a coordinate off the globe, a feature that gives the price away.
 *
 * Warnings: missing prices, prices of 0, columns more than half empty or constant, repeated rows and ids, houses built
 * after they were sold, sale dates in the future, other columns that give the price away.
 *
 * Information: missing values, categories with fewer than five sales, values far from the others, excluded rows, houses
 * sold more than once, columns that the schema doesn't name.
 */
void
hp_table_validate (const HpTable *table, const HpSchema *schema, HpFindings *findings)
{
  g_return_if_fail (table != NULL && schema != NULL && findings != NULL);

  _hp_validate_columns (table, schema, findings);
  _hp_validate_rows (table, schema, today (), findings);
  _hp_validate_leakage (table, schema, findings);
}
