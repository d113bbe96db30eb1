/* hp-validate-columns.c - checks of single columns
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#include "hp-finding-private.h"
#include "hp-number.h"
#include "hp-schema-private.h"
#include "hp-table-private.h"
#include "hp-text.h"
#include "hp-validate.h"

/* Tukey's "far out" */
#define FENCE      3.0
#define RARE_SHOWN 5

static gboolean
is_target (const HpSchema *schema, const HpColumn *column)
{
  return g_strcmp0 (schema->target, column->name) == 0;
}

static void
check_missing (const HpTable *table, const HpSchema *schema, const HpColumn *column, HpFindings *findings)
{
  gsize n = 0, first = 0;
  double share;

  for (gsize i = 0; i < table->n_rows; i++)
    if (_hp_column_is_missing (column, i))
      {
        first = n == 0 ? i : first;
        n++;
      }
  if (n == 0)
    return;
  share = 100.0 * (double) n / (double) table->n_rows;
  if (is_target (schema, column))
    _hp_findings_add_count (findings, HP_SEVERITY_WARNING, "missing_target", column->name, n, table->lines[first], 0,
                            _ ("no price in %.1f %% of the rows; training leaves them out"), share);
  else if (n == table->n_rows)
    _hp_findings_add_count (findings, _hp_schema_needs (schema, column->name) ? HP_SEVERITY_ERROR : HP_SEVERITY_WARNING,
                            "empty_column", column->name, n, table->lines[first], 0,
                            _ ("the column has no value in any row; remove it from the schema, or fill it"));
  else
    _hp_findings_add_count (findings, 2 * n > table->n_rows ? HP_SEVERITY_WARNING : HP_SEVERITY_INFO, "missing_values",
                            column->name, n, table->lines[first], 0, _ ("missing in %.1f %% of the rows"), share);
}

static double
as_number (const HpColumn *column, gsize row)
{
  if (column->numbers != NULL)
    return column->numbers[row];
  return column->codes[row] >= 0 ? column->codes[row] : NAN;
}

static void
check_constant (const HpTable *table, const HpSchema *schema, const HpColumn *column, HpFindings *findings)
{
  g_autofree char *text = NULL, *shown = NULL;
  gsize n = 0, first = 0;

  for (gsize i = 0; i < table->n_rows; i++)
    {
      if (_hp_column_is_missing (column, i))
        continue;
      if (n == 0)
        first = i;
      else if (as_number (column, i) != as_number (column, first))
        return;
      n++;
    }
  if (n < 2)
    return;
  text = hp_table_get_text (table, column, first);
  shown = hp_text_printable (text, -1, 40);
  _hp_findings_add_count (findings, _hp_schema_needs (schema, column->name) ? HP_SEVERITY_WARNING : HP_SEVERITY_INFO,
                          "constant_column", column->name, n, table->lines[first], 0,
                          _ ("every value is \"%s\"; nothing can be learnt from the column"), shown);
}

static void
check_rare (const HpTable *table, const HpColumn *column, HpFindings *findings)
{
  g_autofree guint32 *counts = g_new0 (guint32, MAX (column->levels->len, 1));
  g_autoptr (GString) names = g_string_new (NULL);
  gsize n_rare = 0, n_rows = 0, first = 0;

  for (gsize i = 0; i < table->n_rows; i++)
    if (column->codes[i] >= 0)
      counts[column->codes[i]]++;
  for (guint k = 0; k < column->levels->len; k++)
    {
      g_autofree char *shown = NULL;

      if (counts[k] == 0 || counts[k] >= HP_FEWEST_SALES)
        continue;
      n_rows += counts[k];
      if (++n_rare > RARE_SHOWN)
        continue;
      shown = hp_text_printable (column->levels->pdata[k], -1, 40);
      g_string_append_printf (names, "%s\"%s\" (%u)", n_rare > 1 ? ", " : "", shown, counts[k]);
    }
  if (n_rare == 0)
    return;
  if (n_rare > RARE_SHOWN)
    g_string_append (names, ", …");
  while (column->codes[first] < 0 || counts[column->codes[first]] >= HP_FEWEST_SALES)
    first++;
  _hp_findings_add_count (findings, HP_SEVERITY_INFO, "rare_category", column->name, n_rows, table->lines[first], 0,
                          _ ("categories with fewer than %d sales, of which little can be learnt: %s"), HP_FEWEST_SALES,
                          names->str);
}

/* No more digits than tell the two apart; outwards */
static void
shorten (double *low, double *high)
{
  double digits = 2 - floor (log10 (*high - *low));
  double power = pow (10, fabs (digits));

  if (digits > 12 || digits < -12)
    return;
  *low = digits > 0 ? floor (*low * power) / power : floor (*low / power) * power;
  *high = digits > 0 ? ceil (*high * power) / power : ceil (*high / power) * power;
}

/* The target by its logarithm, as in cleaning */
static void
check_outliers (const HpTable *table, const HpSchema *schema, const HpColumn *column, HpFindings *findings)
{
  gboolean target = is_target (schema, column);
  g_autofree double *values = g_new (double, table->n_rows);
  char low_text[HP_NUMBER_BUFFER], high_text[HP_NUMBER_BUFFER];
  double low, high;
  gsize n = 0, first = 0;

  for (gsize i = 0; i < table->n_rows; i++)
    {
      double value = column->numbers[i];

      if (!isnan (value) && (!target || value > 0))
        values[n++] = target ? log (value) : value;
    }
  if (!_hp_fences (values, n, FENCE, &low, &high))
    return;
  if (target)
    {
      low = exp (low);
      high = exp (high);
    }
  n = 0;
  for (gsize i = 0; i < table->n_rows; i++)
    if (column->numbers[i] < low || column->numbers[i] > high)
      {
        first = n == 0 ? i : first;
        n++;
      }
  if (n == 0)
    return;
  shorten (&low, &high);
  hp_number_format (low_text, low);
  hp_number_format (high_text, high);
  _hp_findings_add_count (findings, HP_SEVERITY_INFO, "outlier", column->name, n, table->lines[first], 0,
                          _ ("far from the other values, outside %s to %s"), low_text, high_text);
}

static void
check_unused (const HpTable *table, HpFindings *findings)
{
  g_autoptr (GString) names = g_string_new (NULL);
  guint n = 0;

  for (guint i = 0; i < table->columns->len; i++)
    {
      const HpColumn *column = table->columns->pdata[i];
      g_autofree char *shown = NULL;

      if (column->in_schema)
        continue;
      if (++n > 10)
        continue;
      shown = hp_text_printable (column->name, -1, 40);
      g_string_append_printf (names, "%s\"%s\"", n > 1 ? ", " : "", shown);
    }
  if (n > 10)
    g_string_append (names, ", …");
  if (n > 0)
    _hp_findings_add_count (findings, HP_SEVERITY_INFO, "unused_column", NULL, n, 0, 0,
                            ngettext ("%u column is not in the schema and stays unused: %s",
                                      "%u columns are not in the schema and stay unused: %s", n),
                            n, names->str);
}

void
_hp_validate_columns (const HpTable *table, const HpSchema *schema, HpFindings *findings)
{
  for (guint i = 0; i < table->columns->len; i++)
    {
      const HpColumn *column = table->columns->pdata[i];

      if (!column->in_schema)
        continue;
      check_missing (table, schema, column, findings);
      check_constant (table, schema, column, findings);
      if (column->type == HP_COLUMN_CATEGORY && _hp_schema_is_feature (schema, column->name))
        check_rare (table, column, findings);
      if (_hp_column_is_number (column))
        check_outliers (table, schema, column, findings);
    }
  check_unused (table, findings);
}
