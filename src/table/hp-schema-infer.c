/* hp-schema-infer.c - a first schema from a file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "hp-error.h"
#include "hp-infer.h"
#include "hp-leakage.h"
#include "hp-schema-private.h"
#include "hp-table-private.h"
#include "hp-text.h"

#define FIRST_GATE_R2 0.60

/* What the values of a column say */
typedef struct
{
  gsize n, n_distinct; /* present; different */
  double min, max;     /* of numbers */
  gboolean sequence;   /* whole numbers, each one more than that before */
} Facts;

typedef struct
{
  HpTable *table;
  HpSchema *schema;
  Facts *facts; /* by column of the table */
  gboolean *leaks;
} Inference;

static gsize
count_distinct (const HpTable *table, const HpColumn *column)
{
  g_autoptr (GHashTable) seen = NULL;

  if (column->levels != NULL)
    return column->levels->len;
  seen = g_hash_table_new (g_double_hash, g_double_equal);
  for (gsize i = 0; i < table->n_rows; i++)
    if (!isnan (column->numbers[i]))
      g_hash_table_add (seen, &column->numbers[i]);
  return g_hash_table_size (seen);
}

static void
find_facts (const HpTable *table, const HpColumn *column, Facts *facts)
{
  double before = NAN;

  facts->min = INFINITY;
  facts->max = -INFINITY;
  facts->sequence = column->type == HP_COLUMN_INTEGER;
  facts->n_distinct = count_distinct (table, column);
  for (gsize i = 0; i < table->n_rows; i++)
    {
      if (_hp_column_is_missing (column, i))
        continue;
      facts->n++;
      if (column->numbers == NULL)
        continue;
      facts->min = MIN (facts->min, column->numbers[i]);
      facts->max = MAX (facts->max, column->numbers[i]);
      facts->sequence = facts->sequence && (isnan (before) || column->numbers[i] == before + 1);
      before = column->numbers[i];
    }
  facts->sequence = facts->sequence && facts->n == table->n_rows;
}

static gboolean
can_be_named (const char *name)
{
  for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_iscntrl (g_utf8_get_char (p)))
      return FALSE;
  return strlen (name) <= HP_SCHEMA_MAX_TEXT;
}

static HpColumn *
find_named_target (const HpTable *table, const char *wanted, GError **error)
{
  g_autofree char *key = hp_text_key (wanted, -1);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autofree char *near = NULL;

  for (guint i = 0; i < table->columns->len; i++)
    {
      HpColumn *column = table->columns->pdata[i];
      g_autofree char *other = hp_text_key (column->name, -1);

      g_ptr_array_add (names, column->name);
      if (!g_str_equal (key, other))
        continue;
      if (_hp_column_is_number (column))
        return column;
      hp_set_error (error, HP_ERROR_BAD_DATA, column->name,
                    _ ("%s: column \"%s\" has the type %s and can't be the target"), table->file, column->name,
                    hp_column_type_name (column->type));
      return NULL;
    }
  g_ptr_array_add (names, NULL);
  near = _hp_schema_did_you_mean (wanted, (const char *const *) names->pdata);
  hp_set_error (error, HP_ERROR_BAD_DATA, wanted, _ ("%s: the file has no column \"%s\"%s"), table->file, wanted, near);
  return NULL;
}

static HpColumn *
find_target (const HpTable *table, const char *wanted, GError **error)
{
  HpColumn *best = NULL;
  int best_rank = G_MAXINT;

  if (wanted != NULL)
    return find_named_target (table, wanted, error);
  for (guint i = 0; i < table->columns->len; i++)
    {
      HpColumn *column = table->columns->pdata[i];
      int rank = _hp_infer_target_rank (column->name);

      if (rank >= 0 && rank < best_rank && _hp_column_is_number (column))
        {
          best = column;
          best_rank = rank;
        }
    }
  if (best == NULL)
    hp_set_error (error, HP_ERROR_BAD_DATA, NULL,
                  _ ("%s: no column looks like the price; name it with --target COLUMN"), table->file);
  return best;
}

/* Wide enough for the houses to come, narrow enough to catch a slip of the decimal point. A price may be ten times what
 * the file has, other numbers twice. */
static void
set_range (HpSchemaColumn *column, const Facts *facts, gboolean target)
{
  double reach = target ? 10 : 2;

  if (facts->n == 0)
    return;
  if (column->type == HP_COLUMN_INTEGER && _hp_infer_is_year (column->name) && facts->min >= 1000 && facts->max <= 2200)
    {
      column->min = floor (facts->min / 100) * 100;
      column->max = MAX (2100, ceil (facts->max / 100) * 100);
      return;
    }
  if (facts->max > 0)
    column->max = _hp_infer_round_up (facts->max * reach);
  else
    column->max = facts->max < 0 ? -_hp_infer_round_down (-facts->max / reach) : 0;
  if (facts->min < 0)
    column->min = -_hp_infer_round_up (-facts->min * reach);
  else
    column->min = facts->min > 0 ? _hp_infer_round_down (facts->min / reach) : 0;
  if (column->type == HP_COLUMN_INTEGER)
    {
      column->min = floor (column->min);
      column->max = ceil (column->max);
    }
}

static gboolean
is_coordinate (const HpColumn *column, const Facts *facts, gboolean latitude)
{
  double limit = latitude ? 90 : 180;

  return column->type == HP_COLUMN_NUMBER && facts->min >= -limit && facts->max <= limit
         && (latitude ? _hp_infer_is_latitude (column->name) : _hp_infer_is_longitude (column->name));
}

static gboolean
is_id (const Inference *s, const HpColumn *column, const Facts *facts)
{
  gboolean nearly_unique = facts->n > 0 && facts->n_distinct * 2 > facts->n;

  if (column->type == HP_COLUMN_DATE || column->type == HP_COLUMN_NUMBER)
    return FALSE;
  if (facts->sequence && s->table->n_rows >= 10)
    return TRUE;
  return nearly_unique && _hp_infer_is_id (column->name);
}

static void
take_role (char **role, const char *name)
{
  if (*role == NULL)
    *role = g_strdup (name);
}

static HpColumnType
settle_type (const HpColumn *column, const Facts *facts, gboolean id)
{
  if (id && column->type != HP_COLUMN_INTEGER)
    return HP_COLUMN_TEXT;
  if (column->codes != NULL && _hp_infer_is_address (column->name))
    return HP_COLUMN_TEXT;
  if (column->codes != NULL && _hp_infer_is_code (column->name) && facts->n_distinct * 2 <= facts->n)
    return HP_COLUMN_CATEGORY;
  if (column->type == HP_COLUMN_INTEGER && !id && _hp_infer_is_code (column->name) && facts->n_distinct > 1)
    return HP_COLUMN_CATEGORY;
  /* What was measured happens to be whole */
  if (column->type == HP_COLUMN_INTEGER && !id && _hp_infer_unit (column->name) != NULL)
    return HP_COLUMN_NUMBER;
  return column->type;
}

static void
describe_column (Inference *s, const HpColumn *column, const Facts *facts)
{
  HpSchema *schema = s->schema;
  gboolean target = g_str_equal (column->name, schema->target);
  gboolean id = !target && is_id (s, column, facts);
  HpColumnType type = target ? HP_COLUMN_NUMBER : settle_type (column, facts, id);
  HpSchemaColumn *described = _hp_schema_add_column (schema, column->name, type);
  const char *const *scale;

  if (!target && is_coordinate (column, facts, TRUE) && schema->role_latitude == NULL)
    {
      take_role (&schema->role_latitude, column->name);
      described->min = -90;
      described->max = 90;
      described->unit = g_strdup ("°");
      return;
    }
  if (!target && is_coordinate (column, facts, FALSE) && schema->role_longitude == NULL)
    {
      take_role (&schema->role_longitude, column->name);
      described->min = -180;
      described->max = 180;
      described->unit = g_strdup ("°");
      return;
    }
  if (id)
    {
      /* An id that comes again is a house that was sold again */
      if (schema->role_id == NULL && facts->n_distinct < facts->n)
        take_role (&schema->role_group, column->name);
      take_role (&schema->role_id, column->name);
      return;
    }
  if (type == HP_COLUMN_TEXT && _hp_infer_is_address (column->name))
    take_role (&schema->role_address, column->name);
  if (type == HP_COLUMN_NUMBER || type == HP_COLUMN_INTEGER)
    {
      set_range (described, facts, target);
      described->unit = target ? NULL : g_strdup (_hp_infer_unit (column->name));
    }
  scale = type == HP_COLUMN_CATEGORY && column->levels != NULL ? _hp_infer_scale (column->levels) : NULL;
  if (scale != NULL)
    described->order = g_strdupv ((char **) scale);
}

/* The date of the sale: of several dates the one that is named so, else the first */
static void
find_date (Inference *s)
{
  const char *best = NULL;

  for (guint i = 0; i < s->schema->columns->len; i++)
    {
      const HpSchemaColumn *column = s->schema->columns->pdata[i];

      if (column->type != HP_COLUMN_DATE)
        continue;
      if (best == NULL || (_hp_infer_is_sale_date (column->name) && !_hp_infer_is_sale_date (best)))
        best = column->name;
    }
  s->schema->role_date = g_strdup (best);
}

static void
find_leaks (Inference *s)
{
  g_autoptr (GPtrArray) leaks = hp_table_find_leaks (s->table, s->schema, HP_LEAKAGE_THRESHOLD);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < s->table->columns->len; i++)
    {
      const HpColumn *column = s->table->columns->pdata[i];
      gboolean found = FALSE;

      if (g_str_equal (column->name, s->schema->target) || hp_schema_get_column (s->schema, column->name) == NULL)
        continue;
      for (guint k = 0; k < leaks->len && !found; k++)
        found = g_str_equal (((HpLeak *) leaks->pdata[k])->column, column->name);
      /* The price that was asked, or another sale's: not known of a house that nobody offers */
      s->leaks[i] = found || (_hp_column_is_number (column) && _hp_infer_is_price (column->name));
      if (s->leaks[i])
        g_ptr_array_add (names, g_strdup (column->name));
    }
  g_ptr_array_add (names, NULL);
  g_strfreev (s->schema->leakage);
  s->schema->leakage = (char **) g_ptr_array_free (g_steal_pointer (&names), FALSE);
}

static void
add_derived (Inference *s, const char *name, HpDerivedKind kind, const char *a, const char *b)
{
  HpDerived *derived;

  if (a == NULL || (kind == HP_DERIVED_RATIO && b == NULL) || hp_schema_get_column (s->schema, name) != NULL)
    return;
  derived = g_new0 (HpDerived, 1);
  derived->name = g_strdup (name);
  derived->kind = kind;
  derived->a = g_strdup (a);
  derived->b = g_strdup (b);
  g_ptr_array_add (s->schema->derived, derived);
}

static const char *
find_number (const Inference *s, gboolean (*is) (const char *))
{
  for (guint i = 0; i < s->schema->columns->len; i++)
    {
      const HpSchemaColumn *column = s->schema->columns->pdata[i];

      if ((column->type == HP_COLUMN_NUMBER || column->type == HP_COLUMN_INTEGER) && is (column->name)
          && !_hp_schema_is_listed (s->schema, column->name) && !g_str_equal (column->name, s->schema->target))
        return column->name;
    }
  return NULL;
}

static gboolean
has_role (const HpSchema *schema, const char *name)
{
  return g_strcmp0 (name, schema->role_id) == 0 || g_strcmp0 (name, schema->role_group) == 0
         || g_strcmp0 (name, schema->role_address) == 0;
}

/* Numbers and categories of which something can be learnt */
static gboolean
is_useful (const Inference *s, guint i, const HpSchemaColumn *column, gboolean has_place)
{
  const Facts *facts = &s->facts[i];

  if (column->type == HP_COLUMN_TEXT || column->type == HP_COLUMN_DATE || has_role (s->schema, column->name)
      || s->leaks[i] || g_str_equal (column->name, s->schema->target))
    return FALSE;
  if (facts->n * 2 <= s->table->n_rows || facts->n_distinct < 2)
    return FALSE;
  /* Coordinates serve where nothing else says where the house stands */
  if (has_place
      && (g_strcmp0 (column->name, s->schema->role_latitude) == 0
          || g_strcmp0 (column->name, s->schema->role_longitude) == 0))
    return FALSE;
  return TRUE;
}

static void
choose_features (Inference *s)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  const char *built = s->schema->derived->len > 0 ? find_number (s, _hp_infer_is_year_built) : NULL;
  gboolean has_place = FALSE;

  for (guint i = 0; i < s->schema->columns->len; i++)
    {
      const HpSchemaColumn *column = s->schema->columns->pdata[i];

      has_place = has_place || (column->type == HP_COLUMN_CATEGORY && _hp_infer_is_place (column->name));
    }
  for (guint i = 0; i < s->table->columns->len; i++)
    {
      const char *name = ((HpColumn *) s->table->columns->pdata[i])->name;
      const HpSchemaColumn *column = hp_schema_get_column (s->schema, name);

      /* The age says what the year of construction says, and stays true as years pass */
      if (column != NULL && is_useful (s, i, column, has_place)
          && (g_strcmp0 (name, built) != 0 || hp_schema_get_derived (s->schema, "house_age") == NULL))
        g_ptr_array_add (names, g_strdup (name));
    }
  for (guint i = 0; i < s->schema->derived->len; i++)
    g_ptr_array_add (names, g_strdup (((HpDerived *) s->schema->derived->pdata[i])->name));
  g_ptr_array_add (names, NULL);
  g_strfreev (s->schema->features);
  s->schema->features = (char **) g_ptr_array_free (g_steal_pointer (&names), FALSE);
}

static void
set_optional (Inference *s)
{
  for (guint i = 0; i < s->schema->columns->len; i++)
    {
      HpSchemaColumn *column = s->schema->columns->pdata[i];

      column->optional = !_hp_schema_needs (s->schema, column->name);
    }
}

static void
add_gate (HpSchema *schema)
{
  HpSchemaGate *gate = g_new0 (HpSchemaGate, 1);

  gate->metric = g_strdup ("r2");
  gate->min = FIRST_GATE_R2;
  gate->max = INFINITY;
  g_ptr_array_add (schema->gates, gate);
}

static char *
data_name (const char *path)
{
  g_autofree char *base = g_path_get_basename (path);
  char *dot = strrchr (base, '.');

  if (dot != NULL && dot != base)
    *dot = '\0';
  return g_strdup (g_strcmp0 (base, "-") == 0 ? "data" : base);
}

static void
infer_columns (Inference *s)
{
  for (guint i = 0; i < s->table->columns->len; i++)
    {
      const HpColumn *column = s->table->columns->pdata[i];

      find_facts (s->table, column, &s->facts[i]);
      if (can_be_named (column->name))
        describe_column (s, column, &s->facts[i]);
    }
}

/**
 * hp_schema_infer:
 * @csv_path: a CSV file
 * @target: (nullable): the name of the column with the prices, else it is guessed
 * @error: return location for an error
 *
 * Writes a first schema, to be looked over: the types that the values have, ranges widened to round numbers, units,
 * roles and derived features by names, columns that give the price away in the leakage list, and as features what is
 * left and useful. Of the gates only R² can be named, since the others are in the currency's scale.
 *
 * Returns: (transfer full) (nullable): a schema that hp_schema_parse() accepts; %NULL with the errors of
 *   hp_table_load() or %HP_ERROR_BAD_DATA if a row can't be read, no column looks like a price, or none can be a
 * feature
 */
HpSchema *
hp_schema_infer (const char *csv_path, const char *target, GError **error)
{
  g_autoptr (HpSchema) schema = _hp_schema_new ();
  g_autoptr (HpFindings) findings = NULL;
  g_autoptr (HpTable) table = NULL;
  g_autofree Facts *facts = NULL;
  g_autofree gboolean *leaks = NULL;
  g_autofree char *yaml = NULL;
  const HpColumn *price;
  Inference s;

  g_return_val_if_fail (csv_path != NULL, NULL);

  /* With a schema of no columns every column is one that it doesn't name */
  schema->target = g_strdup ("");
  findings = hp_findings_new (csv_path);
  table = hp_table_load (csv_path, schema, HP_TABLE_ALL_COLUMNS | HP_TABLE_NO_TARGET, findings, error);
  /* Rows that can't be read would be missing from ranges and categories, and training will not have them either. */
  if (table == NULL || !hp_findings_check (findings, error))
    return NULL;
  price = find_target (table, target, error);
  if (price == NULL)
    return NULL;

  g_free (schema->target);
  schema->target = g_strdup (price->name);
  schema->name = data_name (csv_path);
  schema->currency = g_strdup (_hp_infer_currency (price->name));
  if (schema->currency == NULL)
    schema->currency = g_strdup ("USD");
  facts = g_new0 (Facts, table->columns->len);
  leaks = g_new0 (gboolean, table->columns->len);
  s = (Inference){ .table = table, .schema = schema, .facts = facts, .leaks = leaks };
  infer_columns (&s);
  find_date (&s);
  find_leaks (&s);
  /* without a date of sale there is nothing to count an age to: the year of construction stays as it is */
  if (schema->role_date != NULL)
    add_derived (&s, "house_age", HP_DERIVED_AGE, find_number (&s, _hp_infer_is_year_built), schema->role_date);
  add_derived (&s, "bed_bath_ratio", HP_DERIVED_RATIO, find_number (&s, _hp_infer_is_bedrooms),
               find_number (&s, _hp_infer_is_bathrooms));
  choose_features (&s);
  if (schema->features[0] == NULL)
    {
      hp_set_error (error, HP_ERROR_BAD_DATA, NULL, _ ("%s: no column besides \"%s\" can be a feature"), table->file,
                    schema->target);
      return NULL;
    }
  set_optional (&s);
  add_gate (schema);

  /* Through the same door as a schema that a person has written */
  yaml = hp_schema_to_yaml (schema);
  return hp_schema_parse (yaml, strlen (yaml), csv_path, error);
}
