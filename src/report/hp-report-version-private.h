/* hp-report-version-private.h - what the sections of a version's report are made from
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <json-glib/json-glib.h>

#include "hp-ratio.h"
#include "hp-report-contents.h"
#include "hp-report-words-private.h"
#include "hp-yaml.h"

G_BEGIN_DECLS

typedef struct
{
  const char *model;
  const char *version;
  const char *created;      /* (nullable) ISO 8601 */
  JsonObject *metrics;      /* metrics.json */
  const HpYaml *config;     /* (nullable) config.yaml */
  const HpSchema *schema;
  const HpResidualSet *set; /* (nullable) all out-of-sample predictions */
  const HpResidualSet *test; /* (nullable) those of the test sales */
  const char *currency;     /* (nullable) */
  HpTeam *team;             /* (nullable) */
  const HpReportOptions *options;
  HpBundle *bundle;         /* (nullable) for what has to be asked of the model itself */
} HpReportVersion;

/* Metrics of the test sales: computed with their intervals where the sales are there, else as metrics.json has them, without */
typedef struct
{
  gsize n;
  double value[HP_N_METRICS], low[HP_N_METRICS], high[HP_N_METRICS];
} HpReportMetrics;

void hp_report_version_measure  (const HpReportVersion *version, HpReportMetrics *metrics);

void hp_report_add_opening      (HpReport *report, const HpReportVersion *version, const HpReportMetrics *metrics, const HpRatioStudy *study);
void hp_report_add_model        (HpReport *report, const HpReportVersion *version);
void hp_report_add_training     (HpReport *report, const HpReportVersion *version);
void hp_report_add_accuracy     (HpReport *report, const HpReportVersion *version, const HpReportMetrics *metrics);
void hp_report_add_gates        (HpReport *report, const HpReportVersion *version);
void hp_report_add_ratio_study  (HpReport *report, const HpRatioStudy *study, const char *currency);
void hp_report_add_coverage     (HpReport *report, const HpResidualSet *set);
gboolean hp_report_add_segments (HpReport *report, const HpResidualSet *set, const char *const *by, HpTeam *team, GError **error);
void hp_report_add_version_charts (HpReport *report, const HpReportVersion *version);
void hp_report_add_limits       (HpReport *report, const HpReportVersion *version);

/* The gates of metrics.json; NULL: it has none */
JsonArray  *hp_report_get_gates (const HpReportVersion *version, gboolean *passed, guint *n_failed);

/* Members of JSON that may be missing or of another type: NULL, NaN */
JsonObject *hp_report_json_object (JsonObject *object, const char *member);
double      hp_report_json_number (JsonObject *object, const char *member);
const char *hp_report_json_string (JsonObject *object, const char *member);

gboolean    hp_report_fill_version (HpReport *report, const HpReportVersion *version, GError **error);

G_END_DECLS
