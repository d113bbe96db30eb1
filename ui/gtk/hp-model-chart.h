/* hp-model-chart.h - charts of a model itself: what it goes by, what it learnt from
 *
 * Not of sales that the view shows: of the sales that the version was fitted on, and of what its training wrote down.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-chart-study.h"
#include "hp-registry.h"

G_BEGIN_DECLS

/* kind, attribute: as hp_chart_kind_find() told them. In a thread: importance takes seconds */
HpChart *hp_model_chart_new (HpRegistry *registry, const char *version, const HpChartKind *kind, const char *attribute,
                             GCancellable *cancellable, GError **error);

G_END_DECLS
