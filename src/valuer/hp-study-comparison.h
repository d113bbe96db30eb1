/* hp-study-comparison.h - versions compared, for front ends and sessions
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-comparison.h"
#include "hp-studies.h"

G_BEGIN_DECLS

/* A comparison with the sets that it was made of. Never changed. */
typedef struct
{
  HpComparison *comparison;
  GPtrArray    *sets;   /* (element-type HpStudySet), one of each version */
  HpSchema     *schema; /* (nullable) of the last version: labels of what moved the largest movers, where there are any */
} HpStudyComparison;

#define HP_TYPE_STUDY_COMPARISON (hp_study_comparison_get_type ())
GType              hp_study_comparison_get_type (void);
HpStudyComparison *hp_study_comparison_ref      (HpStudyComparison *comparison);
void               hp_study_comparison_unref    (HpStudyComparison *comparison);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpStudyComparison, hp_study_comparison_unref)

/* Two to HP_COMPARISON_MAX versions on their common hold-out sales, or on those of a file, in the thread that calls, which may be any.
 * options: NULL: the defaults */
HpStudyComparison *hp_studies_compare        (HpStudies *studies, const char *const *versions, const char *path, const HpComparisonOptions *options, GCancellable *cancellable, GError **error);

G_END_DECLS
