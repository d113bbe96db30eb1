/* hp-table.h - a CSV in memory, column by column, typed by its schema
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-csv.h"
#include "hp-finding.h"
#include "hp-schema.h"

G_BEGIN_DECLS

typedef struct
{
  char        *name;      /* as in the schema, else as in the file */
  HpColumnType type;
  gboolean     in_schema;
  double      *numbers;   /* number, integer; date as an HpDate; NaN: missing. NULL for category and text */
  gint32      *codes;     /* category, text: index into levels; -1: missing. NULL for the others */
  GPtrArray   *levels;    /* (element-type utf8) one spelling a category (the schema's order, else first seen); equal hp_text_key() = same level */
} HpColumn;

typedef struct
{
  char      *file;
  char      *sha256;      /* of the file's bytes */
  gsize      n_rows;
  GPtrArray *columns;     /* (element-type HpColumn), file order */
  guint64   *lines;       /* line of each row in the file */
} HpTable;

typedef enum
{
  HP_TABLE_DEFAULT      = 0,
  HP_TABLE_ALL_COLUMNS  = 1 << 0, /* also the file's columns that the schema does not name, with inferred types */
  HP_TABLE_NO_TARGET    = 1 << 1, /* the target column may be absent */
  HP_TABLE_KEEP_RANGE   = 1 << 2  /* out-of-range values become findings but keep their row (validate); otherwise an error */
} HpTableFlags;

/* Reads the whole file. Problems of single cells and rows go to findings (the cell becomes missing, a ragged row is left out);
 * a file that can't be read as CSV, lacks a required column, or has no rows fails. */
HpTable  *hp_table_load       (const char *path, const HpSchema *schema, HpTableFlags flags, HpFindings *findings, GError **error);
HpTable  *hp_table_load_memory (const char *text, gsize length, const char *name, const HpSchema *schema, HpTableFlags flags, HpFindings *findings, GError **error);
/* A table of the schema's columns without a single row: for what needs columns and has no sales */
HpTable  *hp_table_new_empty  (const HpSchema *schema);
void      hp_table_free       (HpTable *table);
HpColumn *hp_table_get_column (const HpTable *table, const char *name);                 /* (nullable) */
/* A cell as text ("" when missing), C locale, dates as written */
char     *hp_table_get_text   (const HpTable *table, const HpColumn *column, gsize row);
/* 64-bit hash (from SHA-256) of the row's target, attributes and date: is this sale among the training sales? Independent of column order and file. */
guint64   hp_table_row_hash   (const HpTable *table, const HpSchema *schema, gsize row);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpTable, hp_table_free)

/* hp_table_validate: every check of `validate` on a loaded table: missing values, duplicates, impossible values (built after sold),
 * rare categories, outliers, leakage, categories outside the schema's order. */
void      hp_table_validate   (const HpTable *table, const HpSchema *schema, HpFindings *findings);

/* A column that is, or nearly is, a function of the target: alone, or in ratio or product with another column */
typedef struct
{
  char  *column;      /* the leaking column */
  char  *other;       /* (nullable) the column it must be combined with */
  char   op;          /* 0 alone, '*' price ≈ f(column × other), '/' price ≈ f(column / other) */
  double r2;          /* of a monotone or linear function, out of sample */
  gboolean listed;    /* named in the schema's leakage list (r2 may then be NaN) */
} HpLeak;

GPtrArray *hp_table_find_leaks (const HpTable *table, const HpSchema *schema, double threshold /* 0.995 */); /* (element-type HpLeak) */

/* Which rows can be trained on. rows: ascending indices. */
typedef struct
{
  guint32 *rows;
  gsize    n_rows;
  gsize    no_target, excluded, impossible, outliers, missing, duplicates; /* how many were left out, and why */
} HpCleaned;

HpCleaned *hp_table_clean     (const HpTable *table, const HpSchema *schema, GError **error); /* fails (BAD_DATA) if nothing useful is left */
/* Which rows a model can be tested on: the same rules, but one is enough */
HpCleaned *hp_table_clean_for_test (const HpTable *table, const HpSchema *schema, GError **error);
void       hp_cleaned_free    (HpCleaned *cleaned);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpCleaned, hp_cleaned_free)

G_END_DECLS
