/* hp-schema-reader.h - reading a schema's YAML: what its files share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-schema-private.h"

G_BEGIN_DECLS

typedef struct
{
  HpSchema   *schema;
  const char *name; /* in messages */
  GError    **error;
} SchemaReader;

/* All return FALSE or NULL with the error set at the node's line and column. */
gboolean  _hp_schema_read_kind  (SchemaReader *reader, const HpYaml *node, HpYamlKind kind, const char *what);
gboolean  _hp_schema_read_keys  (SchemaReader *reader, const HpYaml *mapping, const char *what, const char *const *allowed);
char     *_hp_schema_read_text  (SchemaReader *reader, const HpYaml *node, const char *what);
char    **_hp_schema_read_texts (SchemaReader *reader, const HpYaml *node, const char *what); /* one or a list; distinct */
/* Index of the node's word among allowed, or -1 with the error set */
int       _hp_schema_read_word  (SchemaReader *reader, const HpYaml *node, const char *what, const char *const *allowed);
gboolean  _hp_schema_read_bounds (SchemaReader *reader, const HpYaml *mapping, double *min, double *max);
/* The column that the node names, or NULL with the error set */
const HpSchemaColumn *_hp_schema_read_column (SchemaReader *reader, const HpYaml *node, const char *what);

/* The parts, in the order in which they depend on one another */
gboolean  _hp_schema_read_columns  (SchemaReader *reader, const HpYaml *node);
gboolean  _hp_schema_read_roles    (SchemaReader *reader, const HpYaml *node);
gboolean  _hp_schema_read_exclude  (SchemaReader *reader, const HpYaml *node);
gboolean  _hp_schema_read_derived  (SchemaReader *reader, const HpYaml *node);
gboolean  _hp_schema_read_leakage  (SchemaReader *reader, const HpYaml *node);
gboolean  _hp_schema_read_features (SchemaReader *reader, const HpYaml *node);
gboolean  _hp_schema_read_monotone (SchemaReader *reader, const HpYaml *node);
gboolean  _hp_schema_read_gates    (SchemaReader *reader, const HpYaml *node);

G_END_DECLS
