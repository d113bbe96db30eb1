/* hp-session-run.h - a session done again: every house by every version, the versions against each other, and what is another
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-session.h"
#include "hp-study-comparison.h"

G_BEGIN_DECLS

typedef enum
{
  HP_RUN_SAME,
  HP_RUN_CHANGED, /* another price, low or high than is kept */
  HP_RUN_NEW,     /* nothing is kept of that version */
  HP_RUN_FAILED,  /* see problem */
} HpSessionRunStatus;

/* One house by one version */
typedef struct
{
  HpSessionHouse    *house;          /* which may have been removed meanwhile */
  guint              index;          /* of the house among those that were asked about */
  HpQuestion        *question;       /* the house as it was then */
  char              *version;        /* number */
  HpSessionRunStatus status;
  double             before, after;  /* prices; NaN: none */
  HpValuation       *valuation;      /* (nullable) */
  char              *problem;        /* (nullable) */
} HpSessionRunRow;

typedef struct
{
  char *name;     /* as the session has it: "champion" */
  char *number;   /* (nullable) NULL: it can't be used */
  char *problem;  /* (nullable) why not */
} HpSessionRunVersion;

typedef enum
{
  HP_RUN_DATA_NONE,    /* the versions' own hold-out sales */
  HP_RUN_DATA_SAME,
  HP_RUN_DATA_CHANGED, /* the file is not what it was */
  HP_RUN_DATA_NEW,     /* what it was is not known */
  HP_RUN_DATA_MISSING,
} HpSessionRunData;

/* Never changed */
typedef struct
{
  GPtrArray         *versions;   /* (element-type HpSessionRunVersion) each number once */
  GPtrArray         *rows;       /* (element-type HpSessionRunRow) by house, then by version */
  guint              n_same, n_changed, n_new, n_failed;
  HpSessionRunData   data;
  char              *path;       /* (nullable) of the data */
  char              *sha256;     /* (nullable) of the data now */
  gint64             n_sales;    /* that it has now; -1: not known */
  HpStudyComparison *comparison; /* (nullable) */
  char              *comparison_problem; /* (nullable) why there is none of two versions or more */
} HpSessionRun;

/* studies: of the session's model. Nothing of the session is changed. What is wrong with a version, a house or the data is told in its
 * place. Error: G_IO_ERROR_CANCELLED */
HpSessionRun *hp_session_run        (HpSession *session, HpStudies *studies, GCancellable *cancellable, GError **error);
/* Only the houses that no version has valued yet; no data, no comparison */
HpSessionRun *hp_session_run_unvalued (HpSession *session, HpStudies *studies, GCancellable *cancellable, GError **error);
void          hp_session_run_async  (HpSession *session, HpStudies *studies, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
HpSessionRun *hp_session_run_finish (HpSession *session, GAsyncResult *result, GError **error);
void          hp_session_run_free   (HpSessionRun *run);
/* Keeps the new prices, of houses that are as they were, and what the data are now */
void          hp_session_run_apply  (const HpSessionRun *run, HpSession *session);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpSessionRun, hp_session_run_free)

G_END_DECLS
