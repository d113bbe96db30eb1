/* hp-aliases.h - aliases.json: which version has which name now, and had before
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define HP_ALIAS_CHAMPION      "champion"
#define HP_ALIASES_NAME        "aliases.json"
#define HP_ALIASES_MAX_BYTES   (16 * 1024 * 1024)
#define HP_ALIASES_MAX_NAMES   256
#define HP_ALIASES_MAX_HISTORY 2000
#define HP_ALIASES_MAX_REASON  500 /* characters */

typedef struct
{
  char *time; /* ISO 8601; (nullable) in a change that is to be applied: now */
  char *alias;
  guint version;     /* 0: the alias was removed */
  guint previous;    /* 0: there was none */
  gboolean rollback; /* the champion went back, so what it went back over is forgotten */
  gboolean forced;   /* promoted though its gates did not pass, or it was worse … */
  char *reason;      /* (nullable) … because */
} HpAliasChange;

typedef struct
{
  guint next;           /* the lowest version number never given out; 0: not known */
  GHashTable *versions; /* (element-type utf8 guint) */
  GPtrArray *history;   /* (element-type HpAliasChange) oldest first */
} HpAliases;

HpAliases *hp_aliases_new (void);
void hp_aliases_free (HpAliases *aliases);
HpAliases *hp_aliases_parse (const char *text, gsize length, const char *name, GError **error);
char *hp_aliases_to_json (const HpAliases *aliases, gsize *length);
HpAliases *hp_aliases_load (const char *folder, GError **error);
gboolean hp_aliases_save (const HpAliases *aliases, const char *folder, GError **error);

guint hp_aliases_get (const HpAliases *aliases, const char *alias);
char **hp_aliases_get_names (const HpAliases *aliases);
gboolean hp_aliases_apply (HpAliases *aliases, const HpAliasChange *change, GError **error);
GArray *hp_aliases_get_champions (const HpAliases *aliases);
gboolean hp_alias_is_valid (const char *alias);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpAliases, hp_aliases_free)

G_END_DECLS
