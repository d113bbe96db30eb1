/* hp-bundle-private.h - what the registry knows of a bundle
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-diagnostics.h"
#include "hp-manifest.h"
#include "hp-registry.h"

G_BEGIN_DECLS

struct _HpBundle
{
  GObject parent_instance;

  char *path;
  int folder; /* descriptor: whatever happens to the path, all files are of the same bundle */
  HpManifest *manifest;
  GBytes *manifest_bytes; /* (nullable) as they are on disk */
  JsonNode *metrics;
  HpPredictor *predictor;
  HpDiagnostics *diagnostics; /* (nullable) empty where there is no such file */
  gboolean has_sales;
};

#define HP_BUNDLE_N_REQUIRED 6

/* What every bundle has */
extern const char *const _hp_bundle_required[HP_BUNDLE_N_REQUIRED];

/* path: the version's folder; its manifest must be model's and version's. HP_ERROR_NOT_FOUND, _DAMAGED, _IO */
HpBundle *_hp_bundle_open (const char *path, const char *model, guint version, GError **error);
/* Files that have no MANIFEST.json yet, as an installation unpacks them; manifest: (transfer full) */
HpBundle *_hp_bundle_new_unpacked (const char *path, HpManifest *manifest, GError **error);
const HpManifest *_hp_bundle_get_manifest (HpBundle *bundle);
GBytes *_hp_bundle_get_manifest_bytes (HpBundle *bundle);
/* Hashes every file. problems: (nullable) (element-type utf8) all that is wrong, one line each. */
gboolean _hp_bundle_check (HpBundle *bundle, GPtrArray *problems, GError **error);
/* passed: by metrics.json, and only if it says so; failed: (transfer full) (nullable) "mae, rmse" */
gboolean _hp_bundle_get_gates (HpBundle *bundle, gboolean *passed, char **failed, GError **error);
/* Does metrics.json say that there are no intervals? So it is with a version that was imported without sales. */
gboolean _hp_metrics_without_calibration (JsonObject *metrics);
/* cause: (transfer full): what is wrong with a file whose checksum is right */
void _hp_bundle_propagate_damage (HpBundle *bundle, const char *file, GError *cause, GError **error);
/* calibration: (out) (nullable) (transfer full): none in a version without intervals; without reading its model */
gboolean _hp_bundle_read_calibration (HpBundle *bundle, HpCalibration **calibration, GError **error);

G_END_DECLS
