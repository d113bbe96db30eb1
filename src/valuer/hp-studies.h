/* hp-studies.h - versions and their sales, for the studies of front ends and sessions
 *
 * What comes back is never changed and is held by reference: a view may draw from it, in a thread of its own, while newer ones are
 * loaded. Hold-out sales once loaded are kept, by version.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-bundle-study.h"

G_BEGIN_DECLS

/* Sales with what a version predicted for them. Never changed; any thread may read it. */
typedef struct
{
  guint          version;
  HpResidualSet *set;           /* named after the version */
  char          *path;          /* (nullable) the file of sales; NULL: the version's own hold-out sales */
  char          *sha256;        /* (nullable) of the file */
  gsize          n_rows;        /* of the file, before cleaning; of the hold-out sales all */
  gboolean       overlap_known; /* of a file: do we know how many of its sales the version was trained on? */
  gsize          n_overlap;     /* … that many */
} HpStudySet;

#define HP_TYPE_STUDY_SET (hp_study_set_get_type ())
GType       hp_study_set_get_type (void);
HpStudySet *hp_study_set_ref      (HpStudySet *set);
void        hp_study_set_unref    (HpStudySet *set);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpStudySet, hp_study_set_unref)

#define HP_TYPE_STUDIES (hp_studies_get_type ())
G_DECLARE_FINAL_TYPE (HpStudies, hp_studies, HP, STUDIES, GObject)

HpStudies         *hp_studies_new            (HpRegistry *registry);
HpRegistry        *hp_studies_get_registry   (HpStudies *studies);
void               hp_studies_set_jobs       (HpStudies *studies, guint jobs); /* threads of a comparison; 0: the default */
guint              hp_studies_get_jobs       (HpStudies *studies);

/* versions everywhere: numbers or aliases, NULL-terminated, at least one. What is wrong with one is told with its name and fails the whole. */

/* What is on disk now, ascending; (transfer full) (element-type HpVersionInfo), not to be changed */
void               hp_studies_list_async     (HpStudies *studies, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
GPtrArray         *hp_studies_list_finish    (HpStudies *studies, GAsyncResult *result, GError **error);

/* In the thread that calls, which may be any; (transfer full) (element-type HpStudySet), in order. Their hold-out sales */
GPtrArray         *hp_studies_load           (HpStudies *studies, const char *const *versions, GCancellable *cancellable, GError **error);
/* Their answers to a CSV of sales */
GPtrArray         *hp_studies_value          (HpStudies *studies, const char *const *versions, const char *path, double level, GCancellable *cancellable, GError **error);

G_END_DECLS
