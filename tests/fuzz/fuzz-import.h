/* fuzz-import.h - what must hold of a model that was imported, whatever file it came from
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <math.h>
#include <string.h>

#include "hp-error.h"
#include "hp-import.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);
size_t LLVMFuzzerMutate (guint8 *data, size_t size, size_t max_size);
size_t LLVMFuzzerCustomMutator (guint8 *data, size_t size, size_t max_size, unsigned int seed);

#define FUZZ_ROWS 9

static inline gboolean
fuzz_same (double a, double b)
{
  return a == b || (isnan (a) && isnan (b));
}

/* Every way to score gives the same, it is explained, and model.json holds all of it. */
static inline void
fuzz_check_model (const HpModel *model)
{
  static const float values[] = { 0, 1, NAN, -1, INFINITY, 3, -INFINITY, 16777216, 1e30f, 2.5f };
  g_autoptr (GError) error = NULL;
  gsize length, again_length;
  g_autofree char *text = hp_model_to_json (model, &length), *again_text = NULL;
  g_autoptr (HpModel) again = hp_model_from_json (text, length, "again", &error);
  guint n = hp_model_get_n_features (model);
  g_autofree float *rows = g_new (float, FUZZ_ROWS *n + 1);
  g_autofree double *phi = g_new (double, n + 1);
  double margins[FUZZ_ROWS], expected;

  g_assert_no_error (error);
  again_text = hp_model_to_json (again, &again_length);
  g_assert_cmpmem (text, length, again_text, again_length);
  for (guint i = 0; i < FUZZ_ROWS * n; i++)
    rows[i] = values[(i * 7 + i / 5) % G_N_ELEMENTS (values)];
  hp_model_margin (model, rows, FUZZ_ROWS, margins);
  for (guint r = 0; r < FUZZ_ROWS; r++)
    {
      g_assert_true (fuzz_same (margins[r], hp_model_margin_plain (model, rows + r * n)));
      g_assert_true (fuzz_same (margins[r], hp_model_margin_plain (again, rows + r * n)));
    }
  if (hp_model_get_n_nodes (model) < 2000)
    hp_model_contributions (model, rows, 1, phi, &expected);
}

static inline void
fuzz_import (const guint8 *data, gsize size)
{
  const HpImportOptions best = { HP_TARGET_PLAIN, TRUE };
  g_autoptr (GError) error = NULL;
  g_autoptr (HpImport) import = hp_import_read ((const char *) data, size, "m", NULL, &error), part = NULL;

  if (import == NULL)
    {
      g_assert_error (error, HP_ERROR, HP_ERROR_BAD_DATA);
      return;
    }
  fuzz_check_model (import->model);
  part = hp_import_read ((const char *) data, size, "m", &best, NULL);
  g_assert_true (part == NULL || import->best_iteration >= 0);
}

/* The generator of minimal standard quality (Park and Miller), so that a seed says everything */
static inline guint32
fuzz_random (guint32 *state)
{
  *state = (guint32) ((guint64) (*state % 2147483646 + 1) * 48271 % 2147483647);
  return *state;
}

/* Replaces old bytes at a place; FALSE if there is no room */
static inline gboolean
fuzz_splice (guint8 *data, size_t *size, size_t max_size, size_t at, size_t old, const void *bytes, size_t n)
{
  if (*size - old + n > max_size)
    return FALSE;
  memmove (data + at + n, data + at + old, *size - at - old);
  memcpy (data + at, bytes, n);
  *size += n - old;
  return TRUE;
}
