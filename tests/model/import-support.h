/* import-support.h - XGBoost's files, and changed ones
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <string.h>

#include "hp-error.h"
#include "hp-file.h"
#include "hp-import.h"
#include "hp-json.h"

/* tests/golden/model/xgboost/NAME */
static inline char *
import_golden (const char *name, gsize *length)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "golden", "model", "xgboost", name, NULL);
  char *text = hp_file_read (path, 1 << 20, length, &error);

  g_assert_no_error (error);
  return text;
}

/* A golden JSON file with the first text that reads like this replaced; text: (transfer full) */
static inline char *
import_changed (char *text, const char *old, const char *new_text)
{
  const char *at = strstr (text, old);
  char *changed;

  if (at == NULL)
    g_error ("there is no %s to change", old);
  changed = g_strdup_printf ("%.*s%s%s", (int) (at - text), text, new_text, at + strlen (old));
  g_free (text);
  return changed;
}

static inline char *
import_variant (const char *name, const char *old, const char *new_text)
{
  gsize length;

  return import_changed (import_golden (name, &length), old, new_text);
}

static inline HpImport *
import_ok (const char *text, gsize length, const HpImportOptions *options)
{
  g_autoptr (GError) error = NULL;
  HpImport *import = hp_import_read (text, length, "model", options, &error);

  g_assert_no_error (error);
  g_assert_nonnull (import);
  return import;
}
