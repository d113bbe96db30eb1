/* fuzz-model.c - a model that is accepted scores the same with every kernel, explains itself, is written back the same
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>

#include "hp-compiled.h"
#include "hp-error.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

#define ROWS 35

/* One row after the other, and all at once */
static void
score (const HpModel *model, const float *rows)
{
  g_autoptr (HpCompiled) compiled = hp_compiled_new (model);
  guint n = hp_model_get_n_features (model);
  double plain[ROWS], margin[ROWS];

  hp_compiled_margin (compiled, HP_KERNEL_PLAIN, rows, ROWS, plain);
  for (HpKernel kernel = 0; kernel < HP_N_KERNELS; kernel++)
    {
      if (!hp_compiled_has (compiled, kernel))
        continue;
      hp_compiled_margin (compiled, kernel, rows, ROWS, margin);
      g_assert_cmpmem (margin, sizeof margin, plain, sizeof plain);
      hp_compiled_margin (compiled, kernel, rows, 1, margin);
      hp_compiled_margin (compiled, kernel, rows + n, 2, margin + 1);
      g_assert_cmpmem (margin, sizeof margin, plain, sizeof plain);
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static const float values[] = { 0, 1, NAN, -1, INFINITY, 0.5f, -INFINITY, -0.0f, 1e30f };
  g_autoptr (GError) error = NULL;
  g_autoptr (HpModel) model = hp_model_from_json ((const char *) data, size, "m", &error);
  g_autoptr (HpModel) again = NULL;
  g_autofree char *text = NULL, *again_text = NULL;
  g_autofree float *rows = NULL;
  double expected;
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
  if (hp_model_get_kind (model) == HP_MODEL_TREES)
    score (model, rows);
  /* Exponential patience is not asked for: a path of many features takes the square of their number a leaf. */
  if (hp_model_get_n_nodes (model) < 2000)
    hp_model_contributions (model, rows, 1, phi, &expected);
  return 0;
}
