/* hp-train.h - from a table of sales to fitted, tested, gated candidates
 *
 * Evaluation first, then refit: metrics, gates, calibration and residuals come from out-of-sample predictions only
 * (folds on the training share, the training share's model on the test share); the model that is handed over is then
 * refitted on all cleaned sales. Nothing here touches a disk: a candidate carries its bundle's files as bytes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>
#include "hp-comparison.h"
#include "hp-gate.h"
#include "hp-learning-curve-data.h"
#include "hp-metrics.h"
#include "hp-parallel.h"
#include "hp-valuation.h"

G_BEGIN_DECLS

typedef enum
{
  HP_FAMILY_LINEAR,
  HP_FAMILY_RANDOM_FOREST,
  HP_FAMILY_GRADIENT_BOOSTING,
  HP_FAMILY_XGBOOST,
  HP_N_FAMILIES
} HpFamily;

typedef enum { HP_SPLIT_RANDOM, HP_SPLIT_TIME } HpSplitMethod;

const char *hp_family_name      (HpFamily family);
gboolean    hp_family_from_name (const char *name, HpFamily *family);

typedef struct _HpTrainOptions HpTrainOptions;

struct _HpTrainOptions
{
  guint         families;      /* bit set of 1 << HpFamily */
  guint         folds;         /* 2-20 */
  double        test_fraction; /* 0.05-0.5 */
  HpSplitMethod split;
  guint         trials;        /* tuning budget a family; 0: the family's defaults */
  guint64       seed;
  gboolean      refit;
  gboolean      learning_curve; /* fit on shares of the training sales too, which takes more than twice as long as the cross-validation */
  char        **keep_leaks;    /* (nullable) columns to keep although they leak: the user insists */
  GHashTable   *params;        /* "family.parameter" -> double (boxed as char*), from --config; see hp_train_options_load_config() */
  char         *model_name;    /* for config.yaml */
};

HpTrainOptions *hp_train_options_new         (void);
void            hp_train_options_free        (HpTrainOptions *options);
/* YAML: families, folds, test_fraction, split, trials, seed, refit, learning_curve, params: {gradient_boosting: {trees: 500, depth: 5, …}, …}; unknown keys are errors with suggestions */
gboolean        hp_train_options_load_config (HpTrainOptions *options, const char *path, GError **error);
gboolean        hp_train_options_check       (const HpTrainOptions *options, GError **error); /* HP_ERROR_USAGE */

typedef struct
{
  const char *stage;      /* "prepare", "cross-validation", "tuning", "test", "refit", "learning-curve" */
  const char *family;     /* (nullable) */
  double      fraction;   /* of the whole training, 0-1 */
  double      elapsed, left; /* seconds; left < 0: not known yet */
} HpTrainProgress;

/* Called from any thread, never concurrently, at most some 20 times a second */
typedef void (*HpTrainProgressFunc) (const HpTrainProgress *progress, gpointer data);

typedef struct
{
  HpFamily    family;
  GHashTable *files;      /* bundle file name -> GBytes (all but MANIFEST.json) */
  gboolean    passed;     /* its gates */
  HpMetrics   oof, test;
  GArray     *gates;      /* (element-type HpGateOutcome) */
  double      fit_seconds;
  HpLearningCurve *learning_curve; /* (nullable) */
  guint       version;    /* set by whoever registers it; 0: not registered */
} HpCandidate;

typedef struct
{
  const HpTable *table;           /* (unowned) */
  gsize          n_train, n_test;
  GPtrArray     *candidates;      /* (element-type HpCandidate) in order of HpFamily */
  int            selected;        /* index of the best that passed (lowest out-of-fold MAE), -1: none */
  GPtrArray     *notes;           /* (element-type utf8) what people should know: rows left out and why, leaks kept out, … */
  const char    *selected_alias;  /* (nullable) set by whoever promotes it */
  HpComparison  *against;         /* (nullable) the champion so far, and the selected one: set by whoever compares them */
} HpTraining;

/* HP_ERROR_BAD_DATA if there are too few usable rows, HP_ERROR_CANCELLED */
HpTraining *hp_train              (const HpTable *table, const HpSchema *schema, const HpTrainOptions *options, HpTeam *team,
                                   HpTrainProgressFunc progress, gpointer progress_data, GCancellable *cancellable, GError **error);
void        hp_training_free      (HpTraining *training);
/* `train --json` of cli.md */
void        hp_training_write_json (const HpTraining *training, const HpTrainOptions *options, HpJsonWriter *writer);

void        hp_candidate_free     (HpCandidate *candidate);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpCandidate, hp_candidate_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpTrainOptions, hp_train_options_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpTraining, hp_training_free)

G_END_DECLS
