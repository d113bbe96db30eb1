/* hp-validate-rows.c - checks of rows
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>
#include <stdlib.h>

#include <glib/gi18n-lib.h>

#include "hp-finding-private.h"
#include "hp-schema-private.h"
#include "hp-table-private.h"
#include "hp-text.h"
#include "hp-validate.h"

/* Rows of one kind: how many, and the first */
typedef struct
{
  gsize n, first;
} Tally;

static void
tally (Tally *t, gsize row)
{
  if (t->n++ == 0)
    t->first = row;
}

static void
check_duplicates (const HpTable *table, const guint32 *same, HpFindings *findings)
{
  Tally found = { 0 };

  for (gsize i = 0; i < table->n_rows; i++)
    if (same[i] != i)
      tally (&found, i);
  if (found.n > 0)
    _hp_findings_add_count (findings, HP_SEVERITY_WARNING, "duplicate_row", NULL, found.n, table->lines[found.first], 0,
                            _ ("repeats line %lu in all columns; training leaves it out"),
                            (gulong) table->lines[same[found.first]]);
}

typedef struct
{
  double id;
  double date;
  guint32 row;
} Sale;

static int
compare_sales (gconstpointer a, gconstpointer b)
{
  const Sale *p = a, *q = b;

  if (p->id != q->id)
    return p->id < q->id ? -1 : 1;
  if (p->date != q->date)
    return p->date < q->date ? -1 : 1;
  return p->row < q->row ? -1 : 1;
}

/* The same id on the same date is one sale written twice; on another date it is the house sold again, which is no error
 * but wants to be known by roles.group */
static void
check_ids (const HpTable *table, const HpSchema *schema, const guint32 *same, HpFindings *findings)
{
  const HpColumn *id = hp_table_get_column (table, schema->role_id);
  const HpColumn *date = hp_table_get_column (table, schema->role_date);
  g_autofree Sale *sales = NULL;
  Tally twice = { 0 }, again = { 0 };
  gsize n = 0;

  if (id == NULL)
    return;
  sales = g_new (Sale, table->n_rows);
  for (gsize i = 0; i < table->n_rows; i++)
    {
      if (_hp_column_is_missing (id, i) || same[i] != i)
        continue;
      sales[n].id = id->numbers != NULL ? id->numbers[i] : id->codes[i];
      sales[n].date = date != NULL && !isnan (date->numbers[i]) ? date->numbers[i] : 0;
      sales[n++].row = (guint32) i;
    }
  qsort (sales, n, sizeof *sales, compare_sales);
  for (gsize i = 1; i < n; i++)
    if (sales[i].id == sales[i - 1].id)
      tally (sales[i].date == sales[i - 1].date ? &twice : &again, sales[i].row);
  if (twice.n > 0)
    _hp_findings_add_count (findings, HP_SEVERITY_WARNING, "duplicate_id", id->name, twice.n, table->lines[twice.first],
                            0,
                            _ ("the id and the date of another row, but not the same values; correct or remove one"));
  if (again.n > 0 && schema->role_group == NULL)
    _hp_findings_add_count (
      findings, HP_SEVERITY_INFO, "repeat_sale", id->name, again.n, table->lines[again.first], 0,
      _ ("a house sold before; give the column the role \"group\" too, so that a house's sales stay "
         "together when the data is split"));
}

static gboolean
is_excluded (const HpTable *table, const HpColumn *column, const HpSchemaExclude *exclude, gsize row)
{
  g_autofree char *text = hp_table_get_text (table, column, row);
  g_autofree char *key = hp_text_key (text, -1);

  for (guint i = 0; exclude->values[i] != NULL; i++)
    {
      g_autofree char *other = hp_text_key (exclude->values[i], -1);

      if (g_str_equal (key, other))
        return TRUE;
    }
  return FALSE;
}

static void
check_excluded (const HpTable *table, const HpSchema *schema, HpFindings *findings)
{
  for (guint k = 0; k < schema->exclude->len; k++)
    {
      const HpSchemaExclude *exclude = schema->exclude->pdata[k];
      const HpColumn *column = hp_table_get_column (table, exclude->column);
      Tally found = { 0 };

      for (gsize i = 0; column != NULL && i < table->n_rows; i++)
        if (!_hp_column_is_missing (column, i) && is_excluded (table, column, exclude, i))
          tally (&found, i);
      if (found.n > 0)
        _hp_findings_add_count (findings, HP_SEVERITY_INFO, "excluded", column->name, found.n,
                                table->lines[found.first], 0,
                                _ ("excluded by the schema; training leaves the row out"));
    }
}

static void
check_ages (const HpTable *table, const HpSchema *schema, HpFindings *findings)
{
  for (guint k = 0; k < schema->derived->len; k++)
    {
      const HpDerived *derived = schema->derived->pdata[k];
      const HpColumn *from = hp_table_get_column (table, derived->a), *to = hp_table_get_column (table, derived->b);
      g_autofree char *start = NULL, *end = NULL;
      Tally found = { 0 };

      if (derived->kind != HP_DERIVED_AGE || from == NULL || to == NULL)
        continue;
      for (gsize i = 0; i < table->n_rows; i++)
        if (_hp_table_is_impossible (table, from, to, i))
          tally (&found, i);
      if (found.n == 0)
        continue;
      start = hp_table_get_text (table, from, found.first);
      end = hp_table_get_text (table, to, found.first);
      _hp_findings_add_count (findings, HP_SEVERITY_WARNING, "built_after_sold", from->name, found.n,
                              table->lines[found.first], 0, _ ("%s, after %s %s; training leaves the row out"), start,
                              to->name, end);
    }
}

static void
check_prices (const HpTable *table, const HpSchema *schema, HpFindings *findings)
{
  const HpColumn *target = hp_table_get_column (table, schema->target);
  Tally found = { 0 };

  for (gsize i = 0; target != NULL && i < table->n_rows; i++)
    if (target->numbers[i] <= 0)
      tally (&found, i);
  if (found.n > 0)
    _hp_findings_add_count (findings, HP_SEVERITY_WARNING, "no_price", target->name, found.n, table->lines[found.first],
                            0, _ ("a price of 0 or less; training leaves the row out"));
}

/* Compared no finer than the date was written: a sale of this year is not in the future */
static gboolean
is_future (HpDate date, HpDate today)
{
  if (hp_date_month (date) == 0)
    return hp_date_year (date) > hp_date_year (today);
  if (date % 100 == 0)
    return date / 100 > today / 100;
  return date > today;
}

static void
check_dates (const HpTable *table, const HpSchema *schema, HpDate today, HpFindings *findings)
{
  const HpColumn *date = hp_table_get_column (table, schema->role_date);
  Tally found = { 0 };
  g_autofree char *text = NULL;

  for (gsize i = 0; date != NULL && i < table->n_rows; i++)
    if (!isnan (date->numbers[i]) && is_future ((HpDate) date->numbers[i], today))
      tally (&found, i);
  if (found.n == 0)
    return;
  text = hp_table_get_text (table, date, found.first);
  _hp_findings_add_count (findings, HP_SEVERITY_WARNING, "future_date", date->name, found.n, table->lines[found.first],
                          0, _ ("%s lies in the future; a sale has been made: correct the date"), text);
}

static void
check_coordinate (const HpTable *table, const char *name, double limit, HpFindings *findings)
{
  const HpColumn *column = hp_table_get_column (table, name);
  Tally found = { 0 };

  for (gsize i = 0; column != NULL && i < table->n_rows; i++)
    if (fabs (column->numbers[i]) > limit)
      tally (&found, i);
  if (found.n > 0)
    _hp_findings_add_count (
      findings, HP_SEVERITY_ERROR, "bad_coordinate", column->name, found.n, table->lines[found.first], 0,
      _ ("not within ±%.0f degrees; are latitude and longitude in each other's place, or in metres?"), limit);
}

/* 0° N 0° E is sea: a coordinate that wasn't found and was written as 0 */
static void
check_no_place (const HpTable *table, const HpSchema *schema, HpFindings *findings)
{
  const HpColumn *latitude = hp_table_get_column (table, schema->role_latitude);
  const HpColumn *longitude = hp_table_get_column (table, schema->role_longitude);
  Tally found = { 0 };

  if (latitude == NULL || longitude == NULL)
    return;
  for (gsize i = 0; i < table->n_rows; i++)
    if (latitude->numbers[i] == 0 && longitude->numbers[i] == 0)
      tally (&found, i);
  if (found.n > 0)
    _hp_findings_add_count (findings, HP_SEVERITY_WARNING, "no_place", latitude->name, found.n,
                            table->lines[found.first], 0,
                            _ ("latitude 0 and longitude 0; leave both empty where they are unknown"));
}

void
_hp_validate_rows (const HpTable *table, const HpSchema *schema, HpDate today, HpFindings *findings)
{
  g_autofree guint32 *same = _hp_table_find_duplicates (table);

  check_duplicates (table, same, findings);
  check_ids (table, schema, same, findings);
  check_excluded (table, schema, findings);
  check_ages (table, schema, findings);
  check_prices (table, schema, findings);
  check_dates (table, schema, today, findings);
  check_coordinate (table, schema->role_latitude, 90, findings);
  check_coordinate (table, schema->role_longitude, 180, findings);
  check_no_place (table, schema, findings);
}
