/* fuzz-diagnostics.c - a stranger's diagnostics.json
 *
 * What is accepted must survive being written and read again, and give marks and ranks that charts can use.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hp-diagnostics.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
check_influence (const HpInfluence *influence)
{
  g_autofree guint32 *largest = NULL;
  gsize n;

  largest = hp_influence_get_largest (influence, 10, &n);
  g_assert_cmpuint (n, ==, MIN (influence->n, 10));
  for (gsize i = 0; i < n; i++)
    {
      g_assert_cmpuint (largest[i], <, influence->n);
      g_assert_true (i == 0 || influence->cook[largest[i]] <= influence->cook[largest[i - 1]]);
      hp_influence_get_contour (influence, 0.5, influence->leverage[largest[i]]);
    }
}

static void
check_curve (const HpLearningCurve *curve)
{
  g_assert_cmpuint (curve->n_points, <=, HP_LEARNING_CURVE_MAX_POINTS);
  for (guint i = 0; i < curve->n_points; i++)
    g_assert_true (curve->mae[i] >= 0 && curve->train_mae[i] >= 0 && curve->share[i] <= 1
                   && curve->share[i] > (i > 0 ? curve->share[i - 1] : 0));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (HpDiagnostics) diagnostics = hp_diagnostics_from_json ((const char *) data, size, "fuzz", NULL);
  g_autofree char *before = NULL;
  gsize length;

  if (diagnostics == NULL)
    return 0;
  if (diagnostics->influence != NULL)
    check_influence (diagnostics->influence);
  if (diagnostics->learning_curve != NULL)
    check_curve (diagnostics->learning_curve);
  before = hp_diagnostics_to_json (diagnostics, &length);
  for (guint round = 0; round < 2; round++)
    {
      g_autoptr (HpDiagnostics) again = hp_diagnostics_from_json (before, length, "again", NULL);
      g_autofree char *after = NULL;

      g_assert_nonnull (again);
      after = hp_diagnostics_to_json (again, &length);
      if (round > 0)
        g_assert_cmpstr (before, ==, after);
      g_free (before);
      before = g_steal_pointer (&after);
    }
  return 0;
}
