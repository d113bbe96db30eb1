/* hp-registry-private.h - what the parts of the registry share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-aliases.h"
#include "hp-bundle-private.h"
#include "hp-file.h"
#include "hp-registry.h"
#include "hp-staging.h"

G_BEGIN_DECLS

struct _HpRegistry
{
  GObject parent_instance;

  char *root;
  char *name;
  char **folders; /* ROOT/NAME, then those of the system registries; immutable, so any thread may use the registry */
};

typedef struct
{
  guint version;
  char *path;
} HpVersionPlace;

#define _hp_registry_own_folder(registry) ((registry)->folders[0])

/* Own versions and those of system registries that none of the own shadows. (element-type HpVersionPlace) ascending */
GPtrArray *_hp_registry_scan (HpRegistry *registry, GError **error);
/* Where it is, or HP_ERROR_NOT_FOUND naming those that exist */
char *_hp_registry_find (HpRegistry *registry, guint version, GError **error);
HpBundle *_hp_registry_open (HpRegistry *registry, guint version, GError **error);
gboolean _hp_version_parse (const char *text, guint *version);
char *_hp_registry_name_versions (HpRegistry *registry);
void _hp_registry_set_not_found (HpRegistry *registry, const char *problem, GError **error);

/* Makes the folder if need be, and waits for its lock */
HpLock *_hp_registry_lock (HpRegistry *registry, GError **error);
/* What the alias names, here or in a system registry; 0: nothing */
gboolean _hp_registry_get_alias (HpRegistry *registry, const char *alias, guint *version, GError **error);
/* All aliases with the own ones first: (element-type utf8 guint) */
GHashTable *_hp_registry_get_aliases (HpRegistry *registry, GError **error);

/* Gives the files in staging the next version number, writes the manifest with it, and lets the version appear */
gboolean _hp_registry_publish (HpRegistry *registry, HpStaging *staging, HpManifest *manifest, guint *version,
                               GError **error);
HpStaging *_hp_registry_stage (HpRegistry *registry, GError **error);

G_END_DECLS
