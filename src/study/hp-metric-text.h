/* hp-metric-text.h - statistics as people read them, in their locale
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-metrics.h"
#include "hp-ratio.h"

G_BEGIN_DECLS

char *hp_metric_to_text (HpMetric metric, double value, const char *currency);
char *hp_ratio_to_text  (HpRatioId id, double value, const char *currency);

G_END_DECLS
