/* hp-study-set.c - sales as a version predicts them, held by reference
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "hp-studies.h"

G_DEFINE_BOXED_TYPE (HpStudySet, hp_study_set, hp_study_set_ref, hp_study_set_unref)

static void
set_clear (gpointer data)
{
  HpStudySet *set = data;

  g_clear_pointer (&set->set, hp_residual_set_free);
  g_free (set->path);
  g_free (set->sha256);
}

/**
 * hp_study_set_ref:
 * @set: a set, of an `HpStudies`
 *
 * Returns: (transfer full): the same
 */
HpStudySet *
hp_study_set_ref (HpStudySet *set)
{
  return g_atomic_rc_box_acquire (set);
}

/**
 * hp_study_set_unref:
 * @set: (transfer full): a set
 */
void
hp_study_set_unref (HpStudySet *set)
{
  g_atomic_rc_box_release_full (set, set_clear);
}
