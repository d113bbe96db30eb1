/* fuzz-model.c - a model that is accepted scores the same on every path, explains itself and is written back the same
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <string.h>

#include "hp-error.h"
#include "hp-model.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

#define ROWS 9

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static const float values[] = { 0, 1, NAN, -1, INFINITY, 0.5f, -INFINITY, -0.0f, 1e30f };
  g_autoptr (GError) error = NULL;
  g_autoptr (HpModel) model = hp_model_from_json ((const char *) data, size, "m", &error);
  g_autoptr (HpModel) again = NULL;
  g_autofree char *text = NULL, *again_text = NULL;
  g_autofree float *rows = NULL;
  double margin[ROWS], expected;
  g_autofree double *phi = NULL;
  gsize length, again_length;
  guint n;

  if (model == NULL)
    {
      g_assert_error (error, HP_ERROR, HP_ERROR_BAD_DATA);
      return 0;
    }

  text = hp_model_to_json (model, &length);
  again = hp_model_from_json (text, length, "again", &error);
  g_assert_no_error (error);
  again_text = hp_model_to_json (again, &again_length);
  g_assert_cmpmem (text, length, again_text, again_length);

  n = hp_model_get_n_features (model);
  rows = g_new (float, ROWS *n + 1);
  phi = g_new (double, n + 1);
  for (guint i = 0; i < ROWS * n; i++)
    rows[i] = values[(i * 7 + i / 5) % G_N_ELEMENTS (values)];
  hp_model_margin (model, rows, ROWS, margin);
  for (guint r = 0; r < ROWS; r++)
    {
      double plain = hp_model_margin_plain (model, rows + r * n);

      g_assert_true (margin[r] == plain || (isnan (margin[r]) && isnan (plain)));
    }
  /* Exponential patience is not asked for: a path of many features takes the square of their number a leaf. */
  if (hp_model_get_n_nodes (model) < 2000)
    hp_model_contributions (model, rows, phi, &expected);
  return 0;
}
