/* hp-manifest.h - MANIFEST.json: which files a bundle has, how long they are and what they hash to
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define HP_MANIFEST_NAME           "MANIFEST.json"
#define HP_MANIFEST_MAX_BYTES      (256 * 1024)
#define HP_MANIFEST_MAX_FILES      64
#define HP_MANIFEST_MAX_FILE_SIZE  (G_GUINT64_CONSTANT (1) << 30)
#define HP_MANIFEST_MAX_TOTAL_SIZE (G_GUINT64_CONSTANT (1) << 31)
#define HP_VERSION_MAX             999999999u
#define HP_MANIFEST_MAX_TEXT       1024 /* bytes of a date or a run's name */
#define HP_SHA256_HEX_LENGTH       64

typedef struct
{
  char *name;
  guint64 size;
  char sha256[HP_SHA256_HEX_LENGTH + 1];
} HpManifestFile;

typedef struct
{
  char *model;
  guint version;
  char *created;      /* ISO 8601 */
  char *parent;       /* (nullable) the run that made it */
  char *from_model;   /* (nullable) where an installed bundle came from: its name there, … */
  guint from_version; /* … its version there … */
  char *from_sha256;  /* … and the SHA-256 of its MANIFEST.json there */
  GPtrArray *files;   /* (element-type HpManifestFile) by name */
} HpManifest;

HpManifest *hp_manifest_new (const char *model, guint version, const char *created, const char *parent);
void hp_manifest_free (HpManifest *manifest);
void hp_manifest_add (HpManifest *manifest, const char *name, guint64 size, const char *sha256);
const HpManifestFile *hp_manifest_find (const HpManifest *manifest, const char *name);
guint64 hp_manifest_get_total_size (const HpManifest *manifest);

HpManifest *hp_manifest_parse (const char *text, gsize length, const char *name, GError **error);
char *hp_manifest_to_json (const HpManifest *manifest, gsize *length);

/* What may name a model, or a file in a bundle: it is one plain path component on every file system */
gboolean hp_name_is_plain (const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpManifest, hp_manifest_free)

G_END_DECLS
