/* hp-schema.h - what the columns of a data set mean
 *
 * Read from YAML (architecture.md's form), written back to YAML, checked. Immutable and reference counted.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>
#include "hp-date.h"
#include "hp-yaml.h"

G_BEGIN_DECLS

typedef enum
{
  HP_COLUMN_NUMBER,
  HP_COLUMN_INTEGER,
  HP_COLUMN_CATEGORY,
  HP_COLUMN_DATE,
  HP_COLUMN_TEXT
} HpColumnType;

typedef struct
{
  char        *name;
  HpColumnType type;
  double       min, max; /* -INFINITY, INFINITY where not given */
  char        *unit;     /* (nullable) */
  char        *label;    /* (nullable) what people read; NULL: made from the name */
  char       **order;    /* (nullable) categories from worst to best */
  gboolean     optional;
} HpSchemaColumn;

typedef enum
{
  HP_DERIVED_AGE,   /* years from column a (a year or a date) to the date in column b, or the reference date */
  HP_DERIVED_RATIO, /* a / b; b = 0: missing */
  HP_DERIVED_MONTHS /* months from the reference date to the date in column a (a market trend); negative before it */
} HpDerivedKind;

typedef struct
{
  char         *name;
  HpDerivedKind kind;
  char         *a, *b;  /* b is (nullable) for MONTHS, and for AGE without "at" */
} HpDerived;

typedef struct
{
  char   *metric;    /* "r2", "mae" … */
  double  min, max;  /* -INFINITY, INFINITY where not given */
} HpSchemaGate;

typedef struct
{
  char  *column;
  char **values;
} HpSchemaExclude;

typedef enum { HP_MISSING_MEDIAN, HP_MISSING_MEAN, HP_MISSING_MODE, HP_MISSING_DROP } HpMissing;
typedef enum { HP_OUTLIERS_NONE, HP_OUTLIERS_IQR } HpOutliers;

typedef struct _HpSchema HpSchema;

struct _HpSchema
{
  gatomicrefcount ref_count;
  char      *name;
  char      *target;
  char      *currency;
  GPtrArray *columns;        /* (element-type HpSchemaColumn), file order */
  char      *role_date, *role_id, *role_group, *role_address, *role_latitude, *role_longitude; /* (nullable) column names */
  GPtrArray *exclude;        /* (element-type HpSchemaExclude) */
  GPtrArray *derived;        /* (element-type HpDerived) */
  char     **features;       /* column or derived names */
  char     **monotone_names; /* features, with … */
  int       *monotone_signs; /* … +1 increasing, -1 decreasing */
  char     **leakage;        /* columns that must not be features */
  GPtrArray *gates;          /* (element-type HpSchemaGate) */
  HpMissing  missing_number, missing_category;
  HpOutliers outliers;
  HpDate     reference_date; /* 0: the newest sale of the training data */
};

HpSchema             *hp_schema_parse        (const char *yaml, gsize length, const char *name, GError **error); /* NAME:LINE:COLUMN; says what is allowed, suggests near names */
HpSchema             *hp_schema_from_yaml    (const HpYaml *mapping, const char *name, GError **error);
HpSchema             *hp_schema_load         (const char *path, GError **error);
HpSchema             *hp_schema_ref          (HpSchema *schema);
void                  hp_schema_unref        (HpSchema *schema);
char                 *hp_schema_to_yaml      (const HpSchema *schema);
/* The same into a writer that stands where a mapping may begin (config.yaml holds the schema under a key) */
void                  hp_schema_write_yaml   (const HpSchema *schema, HpYamlWriter *writer);
const HpSchemaColumn *hp_schema_get_column   (const HpSchema *schema, const char *name);  /* (nullable) */
const HpDerived      *hp_schema_get_derived  (const HpSchema *schema, const char *name);  /* (nullable) */
int                   hp_schema_get_monotone (const HpSchema *schema, const char *feature); /* -1, 0, +1 */
/* A first schema from a CSV: types, ranges widened to round numbers, categories, roles and target guessed from names and values,
 * leaking columns listed. target: (nullable) the price column's name, else guessed (price, sale_price, …). */
HpSchema             *hp_schema_infer        (const char *csv_path, const char *target, GError **error);
const char           *hp_column_type_name    (HpColumnType type);                         /* "number" … */
char                 *hp_schema_label        (const HpSchema *schema, const char *name);  /* (transfer full) "Living area" or from the name: "Year built" */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpSchema, hp_schema_unref)

G_END_DECLS
