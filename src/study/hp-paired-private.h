/* hp-paired-private.h - one bootstrap for several versions: each resample of the sales is evaluated for all of them
 *
 * So the chance that decides which sales are drawn is the same for all, and drops out of their differences.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-metrics.h"
#include "hp-parallel.h"

G_BEGIN_DECLS

typedef struct _HpPaired HpPaired;

/* predicted[n_versions][n]. All metrics; or MAE alone, which is much faster (the others are NaN). stream: of the draws, so that
 * several bootstraps of one seed don't draw alike; below 2^31. team may be NULL, the result is the same for any. */
HpPaired *hp_paired_new        (const double *const *predicted,
                                guint                n_versions,
                                const double        *price,
                                gsize                n,
                                gboolean             only_mae,
                                guint                replicates,
                                guint64              seed,
                                guint                stream,
                                HpTeam              *team);
void      hp_paired_free       (HpPaired *paired);
/* Percentile interval of a version's metric, and of b's less a's; NaN where there is none */
void      hp_paired_interval   (const HpPaired *paired, guint version, HpMetric metric, double level, double *low, double *high);
void      hp_paired_difference (const HpPaired *paired,
                                guint           a,
                                guint           b,
                                HpMetric        metric,
                                double          level,
                                double         *low,
                                double         *high);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpPaired, hp_paired_free)

G_END_DECLS
