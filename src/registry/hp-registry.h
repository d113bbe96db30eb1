/* hp-registry.h - versions of a model on disk
 *
 * ROOT/NAME/1, 2, … are bundles: immutable folders, written elsewhere, synced, renamed into place, each file under a SHA-256 in
 * MANIFEST.json. ROOT/NAME/aliases.json says who is champion and who was (for rollback). Several processes may use a registry at once:
 * writers hold a lock, readers see only whole states. Nothing is changed in place.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>
#include "hp-valuation.h"

G_BEGIN_DECLS

#define HP_TYPE_REGISTRY (hp_registry_get_type ())
G_DECLARE_FINAL_TYPE (HpRegistry, hp_registry, HP, REGISTRY, GObject)

#define HP_TYPE_BUNDLE (hp_bundle_get_type ())
G_DECLARE_FINAL_TYPE (HpBundle, hp_bundle, HP, BUNDLE, GObject)

/* root: NULL for $HOUSE_PRICE_REGISTRY, else $XDG_DATA_HOME/house-price/registry, with $XDG_DATA_DIRS/house-price/registry
 * searched after it (read-only). name: NULL for "house-price"; letters, digits, - _ . only. Creates nothing. */
HpRegistry *hp_registry_new          (const char *root, const char *name, GError **error);
const char *hp_registry_get_root     (HpRegistry *registry);
const char *hp_registry_get_name     (HpRegistry *registry);

/* What a list shows; read from metrics.json and MANIFEST.json without loading the model */
typedef struct
{
  guint      version;
  char      *family;
  char      *created;       /* ISO 8601 */
  char     **aliases;       /* (nullable) */
  gboolean   gates_passed;
  gboolean   damaged;       /* its MANIFEST does not read */
  double     oof_mae, test_mae, test_rmse, test_r2; /* NaN where unknown */
  guint64    size;
  char      *path;
} HpVersionInfo;

GPtrArray  *hp_registry_list         (HpRegistry *registry, GError **error);                       /* (element-type HpVersionInfo) ascending; empty if there is none */
/* "3", "v3", an alias, or NULL: champion, else HP_ERROR_NOT_FOUND with the hint to train or promote */
gboolean    hp_registry_resolve      (HpRegistry *registry, const char *reference, guint *version, GError **error);
HpBundle   *hp_registry_load         (HpRegistry *registry, const char *reference, GError **error);

/* files: name -> GBytes (model.json, preprocessor.json, config.yaml, metrics.json, holdout.csv, sales.csv; any others,
 * such as diagnostics.json). parent: (nullable) run that made it. */
gboolean    hp_registry_add          (HpRegistry *registry, GHashTable *files, const char *parent, guint *version, GError **error);
/* A version that failed its gates, or is worse than the champion on the sales that neither was trained on, is HP_ERROR_CONFLICT
 * unless force with a reason (kept in aliases.json's history). */
gboolean    hp_registry_promote      (HpRegistry *registry, guint version, gboolean force, const char *reason, GError **error);
/* Champion back to the one before; *version is the new champion. */
gboolean    hp_registry_rollback     (HpRegistry *registry, guint *version, GError **error);
gboolean    hp_registry_set_alias    (HpRegistry *registry, const char *alias, guint version, GError **error); /* version 0 removes; "champion" goes through promote's rule */
/* Checks every file of a version (0: all versions and aliases.json). damaged: (element-type utf8) what is wrong, one line each. TRUE if nothing is. */
gboolean    hp_registry_verify       (HpRegistry *registry, guint version, GPtrArray *damaged, GError **error);
gboolean    hp_registry_export       (HpRegistry *registry, guint version, const char *path, GError **error);  /* ustar, deterministic */
gboolean    hp_registry_install      (HpRegistry *registry, const char *path, guint *version, GError **error); /* verifies before it appears */
gboolean    hp_registry_delete       (HpRegistry *registry, guint version, GError **error);                    /* not while an alias points to it */

guint        hp_bundle_get_version   (HpBundle *bundle);
const char  *hp_bundle_get_path      (HpBundle *bundle);
/* Reads and checks one file against the manifest. HP_ERROR_DAMAGED names the file. */
GBytes      *hp_bundle_read          (HpBundle *bundle, const char *file, GError **error);
JsonObject  *hp_bundle_get_metrics   (HpBundle *bundle, GError **error);                        /* (transfer none) metrics.json, parsed once */
HpPredictor *hp_bundle_get_predictor (HpBundle *bundle, gboolean with_sales, GError **error);   /* (transfer none), loaded once; not thread-safe itself */
HpSchema    *hp_bundle_get_schema    (HpBundle *bundle, GError **error);                        /* (transfer full) from config.yaml's "schema" */

void         hp_version_info_free    (HpVersionInfo *info);

G_END_DECLS
