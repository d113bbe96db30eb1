/* hp-metric-text.c - a statistic with as many digits as mean something
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hp-metric-text.h"

#include "hp-display.h"

/**
 * hp_metric_to_text:
 * @metric: which
 * @value: its value, in the units of hp-metrics.h
 * @currency: (nullable): of the errors in money
 *
 * Returns: (transfer full): the value with as many digits as mean something
 */
char *
hp_metric_to_text (HpMetric metric, double value, const char *currency)
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

/**
 * hp_ratio_to_text:
 * @id: which statistic of a ratio study
 * @value: its value
 * @currency: (nullable): of the errors in money
 *
 * Returns: (transfer full): as hp_metric_to_text()
 */
char *
hp_ratio_to_text (HpRatioId id, double value, const char *currency)
{
  HpMetric metric;

  if (hp_metric_from_name (hp_ratio_name (id), &metric))
    return hp_metric_to_text (metric, value, currency);
  return hp_display_number (value, id == HP_RATIO_COV ? 1 : 3);
}
