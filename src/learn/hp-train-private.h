/* hp-train-private.h - what the steps of a training share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <pthread.h>

#include "hp-coverage.h"
#include "hp-diagnostics.h"
#include "hp-family.h"
#include "hp-import.h"
#include "hp-split.h"

G_BEGIN_DECLS

/* Counts finished work and tells whoever listens; any thread may report. */
typedef struct
{
  pthread_mutex_t     mutex; /* not GMutex: ThreadSanitizer knows this one */
  HpTrainProgressFunc func;
  gpointer            data;
  double              total, done; /* cost */
  gint64              started, told;
} Meter;

void _hp_meter_init  (Meter *meter, HpTrainProgressFunc func, gpointer data);
void _hp_meter_clear (Meter *meter);
void _hp_meter_add   (Meter *meter, double cost, const char *stage, const char *family);

/* All that a fit needs besides its rows */
typedef struct
{
  const HpTable        *table;
  const HpSchema       *schema;
  const HpTrainOptions *options;
  const char *const    *features;  /* leaks removed */
  HpParams              params[HP_N_FAMILIES];
  Meter                *meter;
  GCancellable         *cancellable;
} Training;

/* A fitted model with what makes its features */
typedef struct
{
  HpPreprocessor *pre;
  HpModel        *model;
  HpParams        params;
  double          seconds;   /* of the fit alone */
  gboolean        diagnose;  /* (in) wanted: */
  HpInfluence    *influence; /* (nullable) of a linear model */
} Fitted;

void _hp_fitted_clear (Fitted *fitted);

/* The target of the rows, in their order. (transfer full) */
double  *_hp_prices_of (const Training *training, const guint32 *rows, gsize n);
/* Fits the preprocessor, tunes if asked, fits. team: threads inside the fit. */
gboolean _hp_fit_rows (const Training *training, HpFamily family, const guint32 *rows, gsize n, guint64 seed, const char *stage,
                       HpTeam *team, Fitted *fitted, GError **error);
/* The same with given parameters: nothing is tuned, and nothing told */
gboolean _hp_fit_params (const Training *training, HpFamily family, const HpParams *params, const guint32 *rows, gsize n, guint64 seed,
                         HpTeam *team, Fitted *fitted, GError **error);
/* What a whole _hp_fit_rows() costs, tuning included */
double   _hp_fit_cost (const Training *training, HpFamily family, gsize n);
/* Random search on inner folds of the rows, poor settings discarded early; params: (inout) the defaults, then the best */
gboolean _hp_tune (const Training *training, HpFamily family, const guint32 *rows, gsize n, guint64 seed, HpTeam *team,
                   HpParams *params, GError **error);
guint    _hp_tune_n_folds (void);

/* Where a model comes from that others trained */
typedef struct
{
  const HpImport *import;
  const char     *file;      /* its name */
  const char     *sha256;
} Foreign;

/* What metrics.json says of it: "imported", "params", and all that there is where nothing was measured: nothing was passed */
void _hp_foreign_write_json       (const Foreign *foreign, HpJsonWriter *writer);
void _hp_foreign_write_params     (const Foreign *foreign, HpJsonWriter *writer);
void _hp_foreign_write_unmeasured (const Foreign *foreign, HpJsonWriter *writer);
/* What config.yaml says of it: "imported" */
void _hp_foreign_write_yaml       (const Foreign *foreign, HpYamlWriter *writer);

/* How good the intervals of some sales are, none of which calibrated its own */
typedef struct
{
  HpCoverage at_level;   /* HP_INTERVAL_LEVEL */
  double     coverage50;
} Coverage;

/* Everything measured about one family, or one imported model */
typedef struct
{
  HpFamily  family;
  const Foreign *foreign;    /* (nullable) */
  double   *predicted;       /* by table row, out of sample; NaN where there is none */
  double   *low, *high;      /* 90 % interval, likewise */
  guint8   *valued;          /* likewise: does training support a price at all? */
  float    *features;        /* (nullable) likewise, as the model that predicted saw them; NULL: as any preprocessor makes them */
  guint     n_features;
  HpMetrics folds[32];
  guint     n_folds;
  Fitted    final;           /* what is registered */
  double    fit_seconds;
  HpParams  fold_params[32];            /* where there is to be a learning curve: of each fold, tuned; */
  double    fold_train_mae[32], fold_mae[32]; /* its error on the sales fitted on, and on its own */
  HpLearningCurve *learning_curve;      /* (nullable) */
  HpCalibration *calibration;
  Coverage  oof_interval, test_interval;
  HpCoverage all_interval, deciles[HP_COVERAGE_DECILES]; /* of folds and test together; by predicted price */
  const HpColumn *category;  /* (nullable) that the sales are grouped by too, */
  HpCoverage *category_intervals; /* and those of its levels */
  GArray   *gates;           /* HpGateOutcome */
  gboolean  passed;
  HpMetrics oof, test;
  double    oof_hit_rate, test_hit_rate;
} Evaluation;

/* foreign: (nullable) must outlive it */
Evaluation *_hp_evaluation_new     (HpFamily family, const Foreign *foreign, const Training *training);
void        _hp_evaluation_free    (Evaluation *evaluation);
/* Prices of rows that the model has not seen. Other threads may do the same for other rows. */
void        _hp_evaluation_predict (Evaluation *evaluation, const Training *training, const Fitted *fitted, const guint32 *rows, gsize n);
/* From the predictions: metrics, intervals and their coverage, calibration, gates. bounds: (element-type HpGateBound) */
void        _hp_evaluation_measure (Evaluation *evaluation, const Training *training, const HpSplit *split, const GArray *bounds,
                                    HpTeam *team);
/* The calibration that serves; the intervals of sales by calibrations that know nothing of them, and what these come to */
void        _hp_evaluation_calibrate (Evaluation *evaluation, const Training *training, const HpSplit *split, HpTeam *team);

/* The gates of the schema as bounds on metrics. bounds: (element-type HpGateBound) */
gboolean    _hp_gate_bounds        (const HpSchema *schema, GArray *bounds, GError **error);
/* Says how many rows were left out, and why, if any were */
void        _hp_note_rows          (const HpCleaned *cleaned, const HpTable *table, GPtrArray *notes);
/* The fold of each table row; (transfer full) */
guint8     *_hp_fold_of_rows       (const HpSplit *split, gsize n_rows);

/* The bundle's files, all but the manifest. A table without rows (an imported model, no sales): nothing is measured. split may
 * be NULL then. */
GHashTable *_hp_candidate_files (const Training *training, const HpSplit *split, const Evaluation *evaluation,
                                 const guint8 *fold, const guint32 *final_rows, gsize n_final_rows, GPtrArray *left_out);
/* metrics.json, one of these. No clock in it: the same training gives the same bytes. (transfer full) */
char       *_hp_candidate_metrics (const Training *training, const HpSplit *split, const Evaluation *evaluation, gsize *length);
/* "random", "time" */
const char *_hp_split_method_name (HpSplitMethod method);

#define HP_FOLD_NONE 254
#define HP_FOLD_TEST 255
#define HP_INTERVAL_LEVEL 0.9

G_END_DECLS
