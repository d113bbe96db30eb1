/* registry-support.h - small bundles and temporary registries for the tests
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-error.h"
#include "hp-registry.h"

G_BEGIN_DECLS

#define SUPPORT_GOOD "{\"passed\":true,\"failed\":[],\"outcomes\":[]}"
#define SUPPORT_BAD  "{\"passed\":false,\"failed\":[\"mae\",\"rmse\"],\"outcomes\":[]}"

typedef struct
{
  char *root;
  HpRegistry *registry; /* root's "house-price" */
} Fixture;

/* g_test_init() and g_test_run() with user and system data folders of this process's own */
void support_init (int *argc, char ***argv);
int support_run (void);

void support_set_up (Fixture *fixture, gconstpointer data);
void support_tear_down (Fixture *fixture, gconstpointer data);
#define support_add_test(path, function) g_test_add (path, Fixture, NULL, support_set_up, function, support_tear_down)

/* Six files of which only metrics.json makes sense; gates: JSON, or NULL for none */
GHashTable *support_make_files (const char *gates);
/* Six files that make a predictor: price = 100 sqft + 1000, to be precise when the features are not scaled away */
GHashTable *support_make_loadable_files (void);
void support_set_file (GHashTable *files, const char *name, const char *text);

guint support_add (HpRegistry *registry, const char *gates);
guint support_add_files (HpRegistry *registry, GHashTable *files);
guint support_champion (HpRegistry *registry);
void support_assert_sound (HpRegistry *registry);

/* format: a path below the fixture's root */
char *support_path (Fixture *fixture, const char *format, ...) G_GNUC_PRINTF (2, 3);
void support_write (const char *path, const char *text, gssize length);
char *support_read (const char *path, gsize *length);
/* How many names in the folder begin so */
guint support_count (const char *folder, const char *prefix);

/* The code, and a part of the message; frees the error */
void support_assert_error (GError *error, HpErrorCode code, const char *part);

G_END_DECLS
