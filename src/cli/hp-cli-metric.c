/* hp-cli-metric.c - a metric with as many digits as mean something
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "hp-cli.h"
#include "hp-metric-text.h"

/**
 * hp_cli_metric:
 * @metric: which
 * @value: its value, in the units of hp-metrics.h
 * @currency: (nullable): of the errors in money
 *
 * Returns: (transfer full): the value with as many digits as mean something
 */
char *
hp_cli_metric (HpMetric metric, double value, const char *currency)
{
  return hp_metric_to_text (metric, value, currency);
}
