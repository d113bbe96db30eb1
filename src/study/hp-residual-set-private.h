/* hp-residual-set-private.h - filling a set, within this room
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-csv.h"
#include "hp-residual-set.h"

G_BEGIN_DECLS

/* Limits on what a file may hold: sales, and sales times attributes */
#define HP_SET_MAX_SALES 5000000
#define HP_SET_MAX_CELLS (1u << 27)

/* Room for n sales, none of them filled in; no columns, no fsd */
HpResidualSet *_hp_residual_set_new         (const char *name, const HpSchema *schema, HpTarget target, double level, gsize n);
/* An empty column at the end; its roles are the schema's. (transfer none) */
HpSetColumn   *_hp_residual_set_add_column  (HpResidualSet *set, const char *name, HpSetColumnKind kind, const HpSchema *schema);
/* levels: (element-type utf8) in any order, of which numbers holds indices: both are put into the schema's order, else by name */
void           _hp_set_column_set_levels    (HpSetColumn *column, const GPtrArray *levels, const HpSchemaColumn *spec, gsize n);
void           _hp_set_column_free          (gpointer column);
HpSetColumnKind _hp_set_kind                (HpColumnType type);

/* A column of a file while it is read, cell by cell */
typedef struct _HpSetReader HpSetReader;

/* spec: (nullable): then the texts decide what the column holds */
HpSetReader   *_hp_set_reader_new           (const char *name, const HpSchemaColumn *spec);
void           _hp_set_reader_free          (gpointer reader);
void           _hp_set_reader_add           (HpSetReader *reader, const HpCsvField *field);
/* Into a column of set, which has as many sales as cells were added */
void           _hp_set_reader_finish        (HpSetReader *reader, HpResidualSet *set, const HpSchema *schema);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpSetReader, _hp_set_reader_free)

G_END_DECLS
