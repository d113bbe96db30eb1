/* hp-cli-metric.c - a metric with as many digits as mean something
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "hp-cli.h"

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
  switch (metric)
    {
    case HP_METRIC_MAE:
    case HP_METRIC_RMSE:
      return hp_display_price (value, currency);
    case HP_METRIC_MAPE:
    case HP_METRIC_MDAPE:
    case HP_METRIC_PPE5:
    case HP_METRIC_PPE10:
    case HP_METRIC_PPE20:
      return hp_display_percent (value, 1);
    case HP_METRIC_COD:
    case HP_METRIC_VEI:
      return hp_display_number (value, 1);
    default:
      return hp_display_number (value, 3);
    }
}
