/* hp-yaml.h - YAML in and out: a small tree with positions, libyaml behind it
 *
 * One document, no tags, no anchors or aliases (so no alias bombs), no duplicate keys,
 * depth at most 32, size at most 1 MiB. Scalars stay text; the reader of a value decides its type.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum { HP_YAML_SCALAR, HP_YAML_SEQUENCE, HP_YAML_MAPPING } HpYamlKind;

typedef struct _HpYaml HpYaml;

struct _HpYaml
{
  HpYamlKind  kind;
  guint       line, column; /* from 1 */
  gboolean    quoted;       /* a scalar in quotes is text, never null, number or boolean */
  char       *scalar;
  GPtrArray  *keys;         /* mapping: (element-type HpYaml), scalars */
  GPtrArray  *items;        /* sequence and mapping values: (element-type HpYaml) */
};

HpYaml     *hp_yaml_parse       (const char *text, gsize length, const char *name, GError **error); /* HP_ERROR_BAD_DATA, NAME:LINE:COLUMN */
void        hp_yaml_free        (HpYaml *node);
HpYaml     *hp_yaml_get         (const HpYaml *mapping, const char *key);   /* (nullable) (transfer none) */
gboolean    hp_yaml_is_null     (const HpYaml *node);                       /* NULL, plain empty, ~ or null */
gboolean    hp_yaml_to_double   (const HpYaml *node, double *value);
gboolean    hp_yaml_to_boolean  (const HpYaml *node, gboolean *value);      /* true/false/yes/no */
/* "NAME:LINE:COLUMN: message", HP_ERROR_BAD_DATA */
void        hp_yaml_set_error   (GError **error, const char *name, const HpYaml *node, const char *format, ...) G_GNUC_PRINTF (4, 5);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpYaml, hp_yaml_free)

/* Writer over libyaml's emitter */
typedef struct _HpYamlWriter HpYamlWriter;

HpYamlWriter *hp_yaml_writer_new            (void);
void          hp_yaml_writer_free           (HpYamlWriter *writer);
void          hp_yaml_writer_begin_mapping  (HpYamlWriter *writer, gboolean flow);
void          hp_yaml_writer_end_mapping    (HpYamlWriter *writer);
void          hp_yaml_writer_begin_sequence (HpYamlWriter *writer, gboolean flow);
void          hp_yaml_writer_end_sequence   (HpYamlWriter *writer);
void          hp_yaml_writer_string         (HpYamlWriter *writer, const char *value); /* quoted whenever it would not read back as text */
void          hp_yaml_writer_double         (HpYamlWriter *writer, double value);
void          hp_yaml_writer_int            (HpYamlWriter *writer, gint64 value);
void          hp_yaml_writer_boolean        (HpYamlWriter *writer, gboolean value);
void          hp_yaml_writer_key            (HpYamlWriter *writer, const char *key);
char         *hp_yaml_writer_steal          (HpYamlWriter *writer);                    /* (transfer full) */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpYamlWriter, hp_yaml_writer_free)

G_END_DECLS
