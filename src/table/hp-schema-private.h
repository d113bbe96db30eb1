/* hp-schema-private.h - making and asking schemas, within this room
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-schema.h"

G_BEGIN_DECLS

#define HP_SCHEMA_MAX_BYTES (1 << 20)
#define HP_SCHEMA_MAX_TEXT  1024 /* bytes of a name, unit, label or category */

/* Empty: no target, no columns, no features; the defaults elsewhere */
HpSchema        *_hp_schema_new         (void);
HpSchemaColumn  *_hp_schema_add_column  (HpSchema *schema, const char *name, HpColumnType type);
void             _hp_derived_free       (gpointer derived);
void             _hp_schema_gate_free   (gpointer gate);
void             _hp_schema_exclude_free (gpointer exclude);

/* Does the model need this column: the target, a feature, or what a derived feature is made from? The date of an age is
 * not needed: the reference date stands in for it. */
gboolean         _hp_schema_needs       (const HpSchema *schema, const char *column);
gboolean         _hp_schema_is_feature  (const HpSchema *schema, const char *name);
gboolean         _hp_schema_is_listed   (const HpSchema *schema, const char *column); /* in the leakage list */
/* (transfer container): the raw columns that features are made from, sorted by name, each once; date parts included */
GPtrArray       *_hp_schema_raw_columns (const HpSchema *schema);

/* "a", "b" or "c": for messages that say what is allowed */
char            *_hp_schema_list        (const char *const *words);
/* " (did you mean …?)" or "" */
char            *_hp_schema_did_you_mean (const char *word, const char *const *candidates);

G_END_DECLS
