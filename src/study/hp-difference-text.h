/* hp-difference-text.h - metrics and their differences, with as many digits as mean something
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-metrics.h"

G_BEGIN_DECLS

/* All (transfer full); a dash for what is not defined */
char *hp_difference_text_value    (HpMetric metric, double value, const char *currency);
char *hp_difference_text          (HpMetric metric, double difference, const char *currency); /* with its sign */
char *hp_difference_text_interval (HpMetric metric, double low, double high, const char *currency);

G_END_DECLS
