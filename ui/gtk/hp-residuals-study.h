/* hp-residuals-study.h - what the Residuals view shows: sales as some versions see them, and their chart
 *
 * Loaded, dealt into segments and charted in a thread; never changed afterwards, and held by reference. No widget.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-segmentation.h"
#include "hp-shared-chart.h"
#include "hp-studies.h"

G_BEGIN_DECLS

/* What is asked for */
typedef struct
{
  char **versions;
  char *path;    /* (nullable) of a CSV; NULL: the versions' own hold-out sales */
  char *kind;    /* of the chart */
  char *by;      /* (nullable) what is filtered by, as hp_segmentation_new() knows it */
  char *segment; /* (nullable) the key of the segment that is kept; NULL: all */
} HpResidualsChoice;

typedef struct _HpResidualsStudy HpResidualsStudy;

struct _HpResidualsStudy
{
  HpResidualsChoice choice;
  HpResidualsStudy *owner;    /* (nullable) whose sales these are, where nothing but the chart is another */
  GPtrArray *loaded;          /* (element-type HpStudySet) */
  HpResidualSet **sets;       /* NULL-terminated, of each version: their common sales in the segment, same rows in the same order */
  guint n_sets;
  HpSegmentation *segments;   /* (nullable) of the common sales, by what is filtered by */
  gsize n_common;             /* sales before the filter */
  guint32 *order;             /* of the sales: largest error of the last version first */
  HpSharedChart *chart;
};

void              hp_residuals_choice_clear    (HpResidualsChoice *choice);
HpResidualsChoice hp_residuals_choice_copy     (const HpResidualsChoice *choice);

/* before: (nullable): what it loaded is not loaded again where it is the same; of the same sales, sets is the same */
void              hp_residuals_study_new_async (HpStudies *studies, const HpResidualsChoice *choice, HpResidualsStudy *before,
                                                GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
HpResidualsStudy *hp_residuals_study_new_finish (GAsyncResult *result, GError **error); /* (transfer full) */
HpResidualsStudy *hp_residuals_study_ref       (HpResidualsStudy *study);
void              hp_residuals_study_unref     (HpResidualsStudy *study);
/* Where a sale is in its sets; -1: not there */
gssize            hp_residuals_study_find      (const HpResidualsStudy *study, guint64 row);
/* (price - predicted) / price of a version */
double            hp_residuals_study_error     (const HpResidualsStudy *study, guint version, gsize sale);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpResidualsStudy, hp_residuals_study_unref)

G_END_DECLS
