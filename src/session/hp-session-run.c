/* hp-session-run.c - a session done again: every house by every version, the versions against each other, and what is
 * another
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>
#include <string.h>

#include "hp-error.h"
#include "hp-file.h"
#include "hp-session-run.h"
#include "hp-valuer.h"

/* A session as it was when it was asked, for a thread. It has copies alone: whoever watches a house, or the session, is
 * told of its end in the thread that gives up the last reference. */
typedef struct
{
  HpStudies *studies;
  gboolean compares; /* also looks at the data and compares the versions */
  char **versions;
  char *path, *sha256;   /* (nullable) of the data */
  GPtrArray *questions;  /* (element-type HpQuestion) of each house */
  GPtrArray *valuations; /* (element-type GHashTable) of each house: version → Kept */
} Snapshot;

typedef struct
{
  double price, low, high;
} Kept;

static void
version_free (gpointer data)
{
  HpSessionRunVersion *version = data;

  g_free (version->name);
  g_free (version->number);
  g_free (version->problem);
  g_free (version);
}

static void
row_free (gpointer data)
{
  HpSessionRunRow *row = data;

  g_clear_object (&row->house);
  hp_question_free (row->question);
  hp_valuation_free (row->valuation);
  g_free (row->version);
  g_free (row->problem);
  g_free (row);
}

/**
 * hp_session_run_free:
 * @run: (transfer full) (nullable): a run
 */
void
hp_session_run_free (HpSessionRun *run)
{
  if (run == NULL)
    return;
  g_ptr_array_unref (run->versions);
  g_ptr_array_unref (run->rows);
  g_clear_pointer (&run->comparison, hp_study_comparison_unref);
  g_free (run->path);
  g_free (run->sha256);
  g_free (run->comparison_problem);
  g_free (run);
}

static HpSessionRun *
run_new (void)
{
  HpSessionRun *run = g_new0 (HpSessionRun, 1);

  run->versions = g_ptr_array_new_with_free_func (version_free);
  run->rows = g_ptr_array_new_with_free_func (row_free);
  run->n_sales = -1;
  return run;
}

static void
snapshot_free (gpointer data)
{
  Snapshot *snapshot = data;

  g_clear_object (&snapshot->studies);
  g_strfreev (snapshot->versions);
  g_free (snapshot->path);
  g_free (snapshot->sha256);
  g_ptr_array_unref (snapshot->questions);
  g_ptr_array_unref (snapshot->valuations);
  g_free (snapshot);
}

static GHashTable *
copy_valuations (HpSessionHouse *house)
{
  GHashTable *copy = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (guint i = 0; i < hp_session_house_get_n_valuations (house); i++)
    {
      const HpSessionValuation *valuation = hp_session_house_get_valuation (house, i);
      const Kept kept = { valuation->price, valuation->low, valuation->high };

      g_hash_table_insert (copy, g_strdup (valuation->version), g_memdup2 (&kept, sizeof kept));
    }
  return copy;
}

/* houses: those that it is of, in order */
static Snapshot *
take_snapshot (HpSession *session, HpStudies *studies, const GPtrArray *houses, gboolean compares)
{
  static const char *const champion[] = { "champion", NULL };
  const char *const *versions = hp_session_get_versions (session);
  const HpSessionData *data = hp_session_get_data (session);
  Snapshot *snapshot = g_new0 (Snapshot, 1);

  snapshot->studies = g_object_ref (studies);
  snapshot->compares = compares;
  snapshot->versions = g_strdupv ((char **) (versions[0] != NULL ? versions : champion));
  if (compares && data != NULL)
    {
      snapshot->path = g_strdup (data->path);
      snapshot->sha256 = g_strdup (data->sha256);
    }
  snapshot->questions = g_ptr_array_new_with_free_func ((GDestroyNotify) hp_question_free);
  snapshot->valuations = g_ptr_array_new_with_free_func ((GDestroyNotify) g_hash_table_unref);
  for (guint i = 0; i < houses->len; i++)
    {
      g_ptr_array_add (snapshot->questions, hp_question_copy (hp_session_house_get_question (houses->pdata[i])));
      g_ptr_array_add (snapshot->valuations, copy_valuations (houses->pdata[i]));
    }
  return snapshot;
}

/* (element-type HpSessionHouse), of the thread that the session is of */
static GPtrArray *
list_houses (HpSession *session, gboolean unvalued)
{
  GPtrArray *houses = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < hp_session_get_n_houses (session); i++)
    {
      HpSessionHouse *house = hp_session_get_house (session, i);

      if (!unvalued || hp_session_house_get_n_valuations (house) == 0)
        g_ptr_array_add (houses, g_object_ref (house));
    }
  return houses;
}

/* What only that thread may do: rows get their houses */
static HpSessionRun *
give_houses (HpSessionRun *run, const GPtrArray *houses)
{
  for (guint i = 0; run != NULL && i < run->rows->len; i++)
    {
      HpSessionRunRow *row = run->rows->pdata[i];

      row->house = g_object_ref (houses->pdata[row->index]);
    }
  return run;
}

static gboolean
has_number (const HpSessionRun *run, const char *number)
{
  for (guint i = 0; i < run->versions->len; i++)
    if (g_strcmp0 (((HpSessionRunVersion *) run->versions->pdata[i])->number, number) == 0)
      return TRUE;
  return FALSE;
}

/* Which numbers they are; two names of one version are one */
static gboolean
find_versions (HpSessionRun *run, const Snapshot *snapshot, HpValuer *valuer, GCancellable *cancellable, GError **error)
{
  for (char **name = snapshot->versions; *name != NULL; name++)
    {
      g_autoptr (GError) problem = NULL;
      g_autoptr (HpDescription) description = hp_valuer_describe (valuer, *name, cancellable, &problem);
      HpSessionRunVersion *version;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (description != NULL && has_number (run, description->version))
        continue;
      version = g_new0 (HpSessionRunVersion, 1);
      version->name = g_strdup (*name);
      version->number = description != NULL ? g_strdup (description->version) : NULL;
      version->problem = problem != NULL ? g_strdup (problem->message) : NULL;
      g_ptr_array_add (run->versions, version);
    }
  return TRUE;
}

static gboolean
same_number (double a, double b)
{
  return a == b || (isnan (a) && isnan (b));
}

static gboolean
is_same (const Kept *kept, const HpValuation *valuation)
{
  return kept->price == valuation->predicted_price && same_number (kept->low, valuation->low)
         && same_number (kept->high, valuation->high);
}

/* answer: its valuation is taken */
static HpSessionRunRow *
row_new (const Snapshot *snapshot, guint house, const char *version, HpAnswer *answer)
{
  const Kept *kept = g_hash_table_lookup (snapshot->valuations->pdata[house], version);
  HpSessionRunRow *row = g_new0 (HpSessionRunRow, 1);

  row->index = house;
  row->question = hp_question_copy (snapshot->questions->pdata[house]);
  row->version = g_strdup (version);
  row->before = kept != NULL ? kept->price : NAN;
  row->after = NAN;
  row->status = HP_RUN_FAILED;
  if (answer->valuation == NULL)
    row->problem = g_strdup (answer->error->message);
  else
    {
      row->valuation = g_steal_pointer (&answer->valuation);
      row->after = row->valuation->predicted_price;
      row->status = kept == NULL ? HP_RUN_NEW : is_same (kept, row->valuation) ? HP_RUN_SAME : HP_RUN_CHANGED;
    }
  return row;
}

static void
count_row (HpSessionRun *run, const HpSessionRunRow *row)
{
  run->n_same += row->status == HP_RUN_SAME;
  run->n_changed += row->status == HP_RUN_CHANGED;
  run->n_new += row->status == HP_RUN_NEW;
  run->n_failed += row->status == HP_RUN_FAILED;
}

/* The houses of one date, from first on: only those can be asked together. Which they are goes to houses, of guint. */
static GPtrArray *
questions_of_date (const Snapshot *snapshot, guint first, const char *version, GArray *houses)
{
  GPtrArray *questions = g_ptr_array_new_with_free_func ((GDestroyNotify) hp_question_free);
  HpDate date = ((HpQuestion *) snapshot->questions->pdata[first])->options.as_of;

  for (guint i = first; i < snapshot->questions->len; i++)
    if (((HpQuestion *) snapshot->questions->pdata[i])->options.as_of == date)
      {
        HpQuestion *question = hp_question_copy (snapshot->questions->pdata[i]);

        question->version = g_strdup (version);
        g_ptr_array_add (questions, question);
        g_array_append_val (houses, i);
      }
  return questions;
}

/* rows: of this version, one for each house */
static gboolean
value_houses (const Snapshot *snapshot, HpValuer *valuer, const char *version, HpSessionRunRow **rows,
              GCancellable *cancellable, GError **error)
{
  for (guint first = 0; first < snapshot->questions->len; first++)
    {
      g_autoptr (GPtrArray) questions = NULL, answers = NULL;
      g_autoptr (GArray) houses = NULL;

      if (rows[first] != NULL)
        continue;
      houses = g_array_new (FALSE, FALSE, sizeof (guint));
      questions = questions_of_date (snapshot, first, version, houses);
      answers = hp_valuer_value_many (valuer, questions, cancellable, error);
      if (answers == NULL)
        return FALSE;
      for (guint i = 0; i < answers->len; i++)
        {
          guint house = g_array_index (houses, guint, i);

          rows[house] = row_new (snapshot, house, version, answers->pdata[i]);
        }
    }
  return TRUE;
}

static void
free_rows (HpSessionRunRow **rows, gsize n)
{
  for (gsize i = 0; i < n; i++)
    if (rows[i] != NULL)
      row_free (rows[i]);
  g_free (rows);
}

/* rows: n_versions × n_houses; of those that there are, each house's go together */
static void
take_rows (HpSessionRun *run, HpSessionRunRow **rows, guint n_houses)
{
  for (guint house = 0; house < n_houses; house++)
    for (guint v = 0; v < run->versions->len; v++)
      {
        HpSessionRunRow *row = g_steal_pointer (&rows[(gsize) v * n_houses + house]);

        if (row == NULL)
          continue;
        count_row (run, row);
        g_ptr_array_add (run->rows, row);
      }
}

static gboolean
value_all (HpSessionRun *run, const Snapshot *snapshot, HpValuer *valuer, GCancellable *cancellable, GError **error)
{
  guint n_houses = snapshot->questions->len;
  gsize n = (gsize) n_houses * run->versions->len;
  HpSessionRunRow **rows = g_new0 (HpSessionRunRow *, MAX (n, 1));

  for (guint v = 0; v < run->versions->len; v++)
    {
      HpSessionRunVersion *version = run->versions->pdata[v];
      g_autoptr (GError) problem = NULL;

      if (version->number == NULL)
        continue;
      if (value_houses (snapshot, valuer, version->number, rows + (gsize) v * n_houses, cancellable, &problem))
        continue;
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        {
          free_rows (rows, n);
          return FALSE;
        }
      /* It was there a moment ago */
      g_clear_pointer (&version->number, g_free);
      version->problem = g_strdup (problem->message);
    }
  take_rows (run, rows, n_houses);
  free_rows (rows, n);
  return TRUE;
}

static void
look_at_data (HpSessionRun *run, const Snapshot *snapshot)
{
  if (snapshot->path == NULL)
    return;
  run->path = g_strdup (snapshot->path);
  run->sha256 = hp_file_sha256 (snapshot->path, NULL, NULL);
  if (run->sha256 == NULL)
    run->data = HP_RUN_DATA_MISSING;
  else if (snapshot->sha256 == NULL)
    run->data = HP_RUN_DATA_NEW;
  else
    run->data = g_ascii_strcasecmp (run->sha256, snapshot->sha256) == 0 ? HP_RUN_DATA_SAME : HP_RUN_DATA_CHANGED;
}

static gboolean
compare_versions (HpSessionRun *run, const Snapshot *snapshot, GCancellable *cancellable, GError **error)
{
  static char *no_segments[] = { NULL };
  HpComparisonOptions options = HP_COMPARISON_OPTIONS_DEFAULT;
  g_autoptr (GPtrArray) numbers = g_ptr_array_new ();
  g_autoptr (GError) problem = NULL;

  for (guint v = 0; v < run->versions->len; v++)
    if (((HpSessionRunVersion *) run->versions->pdata[v])->number != NULL)
      g_ptr_array_add (numbers, ((HpSessionRunVersion *) run->versions->pdata[v])->number);
  if (numbers->len < 2)
    return TRUE;
  g_ptr_array_add (numbers, NULL);
  options.by = no_segments;
  options.n_movers = 0;
  run->comparison = hp_studies_compare (snapshot->studies, (const char *const *) numbers->pdata, snapshot->path,
                                        &options, cancellable, &problem);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  if (run->comparison == NULL)
    run->comparison_problem = g_strdup (problem->message);
  else if (snapshot->path != NULL)
    run->n_sales = (gint64) ((HpStudySet *) run->comparison->sets->pdata[0])->n_rows;
  return TRUE;
}

/* In any thread. The valuer's answers come through a main context that is this call's own. */
static HpSessionRun *
run_snapshot (const Snapshot *snapshot, GCancellable *cancellable, GError **error)
{
  g_autoptr (HpSessionRun) run = run_new ();
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (HpValuer) valuer = NULL;
  gboolean done;

  look_at_data (run, snapshot);
  g_main_context_push_thread_default (context);
  valuer = hp_local_valuer_new (hp_studies_get_registry (snapshot->studies));
  done = find_versions (run, snapshot, valuer, cancellable, error)
         && value_all (run, snapshot, valuer, cancellable, error);
  g_main_context_pop_thread_default (context);
  if (!done || (snapshot->compares && !compare_versions (run, snapshot, cancellable, error)))
    return NULL;
  return g_steal_pointer (&run);
}

static HpSessionRun *
run_here (HpSession *session, HpStudies *studies, gboolean unvalued, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) houses = list_houses (session, unvalued);
  Snapshot *snapshot = take_snapshot (session, studies, houses, !unvalued);
  HpSessionRun *run = run_snapshot (snapshot, cancellable, error);

  snapshot_free (snapshot);
  return give_houses (run, houses);
}

/**
 * hp_session_run:
 * @session: a session
 * @studies: of the registry and the model that the session is about
 * @cancellable: (nullable): stops it
 * @error: %G_IO_ERROR_CANCELLED
 *
 * Values every house by every version, and compares the versions on the session's data, or else on their common
 * out-of-sample sales. A session without versions is done by the champion. What is wrong with a version, a house or the
 * data is no error, but told in its place.
 *
 * Returns: (transfer full) (nullable): what came out of it
 */
HpSessionRun *
hp_session_run (HpSession *session, HpStudies *studies, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (HP_IS_SESSION (session) && HP_IS_STUDIES (studies), NULL);

  return run_here (session, studies, FALSE, cancellable, error);
}

/**
 * hp_session_run_unvalued:
 * @session: a session
 * @studies: of the registry and the model that the session is about
 * @cancellable: (nullable): stops it
 * @error: %G_IO_ERROR_CANCELLED
 *
 * Values the houses that no version has valued yet, and nothing else: the data are not looked at, versions not
 * compared.
 *
 * Returns: (transfer full) (nullable): what came out of it
 */
HpSessionRun *
hp_session_run_unvalued (HpSession *session, HpStudies *studies, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (HP_IS_SESSION (session) && HP_IS_STUDIES (studies), NULL);

  return run_here (session, studies, TRUE, cancellable, error);
}

static void
run_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  HpSessionRun *run = NULL;

  if (g_task_return_error_if_cancelled (task))
    return;
  run = run_snapshot (data, cancellable, &error);
  if (run != NULL)
    g_task_return_pointer (task, run, (GDestroyNotify) hp_session_run_free);
  else
    g_task_return_error (task, error);
}

/* In the session's own thread again. The task that comes with it never was in another. */
static void
ran_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  HpSessionRun *run = g_task_propagate_pointer (G_TASK (result), &error);

  if (run != NULL)
    g_task_return_pointer (task, give_houses (run, g_task_get_task_data (task)), (GDestroyNotify) hp_session_run_free);
  else
    g_task_return_error (task, error);
}

/**
 * hp_session_run_async:
 * @session: a session
 * @studies: of the registry and the model that the session is about
 * @cancellable: (nullable): stops it
 * @callback: called when it is done
 * @data: for @callback
 *
 * hp_session_run() of what the session is now, in a thread, which has copies of it only.
 */
void
hp_session_run_async (HpSession *session, HpStudies *studies, GCancellable *cancellable, GAsyncReadyCallback callback,
                      gpointer data)
{
  g_autoptr (GTask) running = NULL;
  GPtrArray *houses;
  GTask *task;

  g_return_if_fail (HP_IS_SESSION (session) && HP_IS_STUDIES (studies));

  task = g_task_new (session, NULL, callback, data);
  houses = list_houses (session, FALSE);
  g_task_set_source_tag (task, hp_session_run_async);
  g_task_set_task_data (task, houses, (GDestroyNotify) g_ptr_array_unref);
  /* Without the session: its last reference must not be given up by the worker */
  running = g_task_new (NULL, cancellable, ran_cb, task);
  g_task_set_task_data (running, take_snapshot (session, studies, houses, TRUE), snapshot_free);
  g_task_run_in_thread (running, run_worker);
}

/**
 * hp_session_run_finish:
 * @session: a session
 * @result: what the callback was given
 * @error: %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): what came out of it
 */
HpSessionRun *
hp_session_run_finish (HpSession *session, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, session), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * hp_session_run_apply:
 * @run: what came out of doing @session again
 * @session: the session
 *
 * Keeps the new valuations of houses that are still there with the same attributes, and the hash of the data.
 */
void
hp_session_run_apply (const HpSessionRun *run, HpSession *session)
{
  const HpSessionData *data;
  gint64 now;

  g_return_if_fail (run != NULL && HP_IS_SESSION (session));

  now = hp_session_get_time (session);
  for (guint i = 0; i < run->rows->len; i++)
    {
      const HpSessionRunRow *row = run->rows->pdata[i];

      if (row->valuation != NULL && hp_session_get_position (session, row->house, NULL)
          && hp_question_equal (row->question, hp_session_house_get_question (row->house)))
        hp_session_house_take_valuation (row->house, row->valuation, now);
    }
  data = hp_session_get_data (session);
  if (data != NULL && run->sha256 != NULL && strcmp (data->path, run->path) == 0)
    {
      gint64 rows = run->n_sales >= 0 ? run->n_sales : run->data == HP_RUN_DATA_SAME ? data->rows : -1;

      hp_session_set_data (session, run->path, run->sha256, rows, NULL);
    }
}
