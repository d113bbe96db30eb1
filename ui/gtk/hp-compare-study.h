/* hp-compare-study.h - what the Compare view shows: versions on the same sales, why prices moved, a chart
 *
 * Made in a thread; never changed afterwards, and held by reference. No widget.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-shared-chart.h"
#include "hp-studies.h"
#include "hp-study-comparison.h"

G_BEGIN_DECLS

typedef struct
{
  HpStudyComparison *compared;
  HpSharedChart *chart; /* of the differences between the first and the last version */
} HpCompareStudy;

/* versions: two to HP_COMPARISON_MAX, NULL-terminated */
void            hp_compare_study_new_async  (HpStudies *studies, const char *const *versions, GCancellable *cancellable,
                                             GAsyncReadyCallback callback, gpointer data);
HpCompareStudy *hp_compare_study_new_finish (GAsyncResult *result, GError **error); /* (transfer full) */
HpCompareStudy *hp_compare_study_ref        (HpCompareStudy *study);
void            hp_compare_study_unref      (HpCompareStudy *study);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpCompareStudy, hp_compare_study_unref)

G_END_DECLS
