/* hp-report-words-private.h - figures in words, and the words that need an explanation
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-metrics.h"
#include "hp-ratio.h"
#include "hp-report-private.h"

G_BEGIN_DECLS

typedef enum
{
  HP_WORD_OUT_OF_SAMPLE,
  HP_WORD_FOLD,
  HP_WORD_INTERVAL,
  HP_WORD_PRICE_INTERVAL,
  HP_WORD_MAE,
  HP_WORD_RMSE,
  HP_WORD_R2,
  HP_WORD_MAPE,
  HP_WORD_PPE,
  HP_WORD_RATIO,
  HP_WORD_COD,
  HP_WORD_PRD,
  HP_WORD_PRB,
  HP_WORD_MKI,
  HP_WORD_VEI,
  HP_WORD_GATE,
  HP_WORD_DECILE,
  HP_WORD_FSD,
  HP_WORD_ROPE,
  HP_WORD_CONTRIBUTION,
  HP_WORD_COMPARABLE,
  HP_WORD_ADJUSTED,
  HP_WORD_SHA256,
  HP_N_WORDS
} HpReportWord;

/* A section with the words of the list, which ends with HP_N_WORDS */
void        hp_report_add_words        (HpReport *report, const HpReportWord *words);

/* All (transfer full) */
char       *hp_report_range            (const char *low, const char *high);   /* "16,548 – 20,106" */
char       *hp_report_metric_range     (HpMetric metric, double low, double high, const char *currency); /* "" if one is NaN */
char       *hp_report_ratio_range      (HpRatioId id, double low, double high, const char *currency);
char       *hp_report_standard         (HpRatioId id, const HpRatioStatistic *statistic); /* "0.98 – 1.03" */
char       *hp_report_version_words    (const char *name);                    /* "Version 3" */
const char *hp_report_metric_words     (HpMetric metric);                     /* "Mean absolute error (MAE)" */
const char *hp_report_ratio_words      (HpRatioId id);
char       *hp_report_family_words     (const char *family);                  /* "gradient boosting: …" */

G_END_DECLS
