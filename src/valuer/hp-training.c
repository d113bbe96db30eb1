/* hp-training.c - a training that runs as a process of its own
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <signal.h>
#include <string.h>

#include "hp-error.h"
#include "hp-json.h"
#include "hp-paths.h"
#include "hp-training.h"

#define MAX_LINE (64 << 10)

struct _HpTraining
{
  GObject parent_instance;

  char *data, *registry, *name;
  double fraction, left;
  char *stage;
  GError *failure; /* (nullable) what the process said */
};

G_DEFINE_FINAL_TYPE (HpTraining, hp_training, G_TYPE_OBJECT)

enum
{
  PROGRESS,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* One run, kept by its task */
typedef struct
{
  GSubprocess *process;
  GDataInputStream *messages;
  gulong cancelled;
} Run;

static void
run_free (gpointer data)
{
  Run *run = data;

  g_clear_object (&run->process);
  g_clear_object (&run->messages);
  g_free (run);
}

static void
hp_training_finalize (GObject *object)
{
  HpTraining *self = HP_TRAINING (object);

  g_free (self->data);
  g_free (self->registry);
  g_free (self->name);
  g_free (self->stage);
  g_clear_error (&self->failure);
  G_OBJECT_CLASS (hp_training_parent_class)->finalize (object);
}

static void
hp_training_class_init (HpTrainingClass *class)
{
  G_OBJECT_CLASS (class)->finalize = hp_training_finalize;

  /**
   * HpTraining::progress:
   * @training: a training
   *
   * Fraction, stage or the time left is another.
   */
  signals[PROGRESS]
    = g_signal_new ("progress", HP_TYPE_TRAINING, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
hp_training_init (HpTraining *self)
{
  self->left = NAN;
  self->stage = g_strdup ("");
}

/**
 * hp_training_new:
 * @data: (nullable) (type filename): a CSV of sales; %NULL: the shipped ones
 * @registry: (nullable) (type filename): where versions go; %NULL: the default
 * @name: (nullable): the model's name; %NULL: the default
 *
 * Returns: (transfer full): a training that has not begun
 */
HpTraining *
hp_training_new (const char *data, const char *registry, const char *name)
{
  HpTraining *self = g_object_new (HP_TYPE_TRAINING, NULL);

  self->data = data != NULL ? g_strdup (data) : hp_paths_find_data ("house_data.csv");
  self->registry = g_strdup (registry);
  self->name = g_strdup (name);
  return self;
}

/* What the process calls its stages, in words for people */
static char *
describe_stage (const char *stage, const char *family)
{
  static const struct
  {
    const char *stage, *words;
  } known[] = {
    { "tuning", N_ ("Tuning %s") },
    { "cross-validation", N_ ("Cross-validating %s") },
    { "test", N_ ("Testing %s") },
    { "refit", N_ ("Fitting %s") },
    { "learning-curve", N_ ("Learning curve of %s") },
  };
  g_autofree char *words = g_strdelimit (g_strdup (family != NULL ? family : ""), "_", ' ');

  for (gsize i = 0; family != NULL && i < G_N_ELEMENTS (known); i++)
    if (g_str_equal (known[i].stage, stage))
      {
        g_auto (GStrv) parts = g_strsplit (_ (known[i].words), "%s", 2);

        return g_strjoinv (words, parts);
      }
  return g_strdup (_ ("Preparing the sales"));
}

static void
read_progress (HpTraining *self, JsonObject *object)
{
  const char *stage, *family = NULL;
  double fraction, left;

  if (!hp_json_get_string (object, "stage", &stage, NULL) || !hp_json_get_double (object, "fraction", &fraction, NULL))
    return;
  hp_json_get_string (object, "family", &family, NULL);
  g_free (self->stage);
  self->stage = describe_stage (stage, family);
  /* Only forward: families are trained side by side, and a bar that goes back is not believed. */
  self->fraction = CLAMP (MAX (fraction, self->fraction), 0, 1);
  self->left = hp_json_get_double (object, "left", &left, NULL) ? left : NAN;
  g_signal_emit (self, signals[PROGRESS], 0);
}

static void
read_failure (HpTraining *self, JsonObject *object)
{
  JsonObject *error = hp_json_get_object (object, "error", NULL);
  const char *message;

  if (error == NULL || !hp_json_get_string (error, "message", &message, NULL))
    return;
  g_clear_error (&self->failure);
  hp_set_error (&self->failure, HP_ERROR_FAILED, NULL, "%s", message);
}

static void
read_message (HpTraining *self, const char *line, gsize length)
{
  g_autoptr (JsonNode) node = hp_json_parse (line, length, MAX_LINE, "house-price train", NULL);

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return;
  read_progress (self, json_node_get_object (node));
  read_failure (self, json_node_get_object (node));
}

static void
exited_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  HpTraining *self = g_task_get_source_object (task);
  Run *run = g_task_get_task_data (task);
  GSubprocess *process = G_SUBPROCESS (source);
  GCancellable *cancellable = g_task_get_cancellable (task);

  if (cancellable != NULL && run->cancelled != 0)
    g_signal_handler_disconnect (cancellable, run->cancelled);
  g_subprocess_wait_finish (process, result, NULL);
  if (g_subprocess_get_if_exited (process) && g_subprocess_get_exit_status (process) == 0)
    g_task_return_boolean (task, TRUE);
  else if (g_task_return_error_if_cancelled (task))
    return;
  else if (self->failure != NULL)
    g_task_return_error (task, g_error_copy (self->failure));
  else if (g_subprocess_get_if_exited (process))
    g_task_return_new_error (task, HP_ERROR, HP_ERROR_FAILED, _ ("the training ended with status %d and said nothing"),
                             g_subprocess_get_exit_status (process));
  else
    g_task_return_new_error (task, HP_ERROR, HP_ERROR_FAILED, _ ("the training was ended by signal %d"),
                             g_subprocess_get_term_sig (process));
}

static void read_next (GTask *task);

static void
message_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  Run *run = g_task_get_task_data (task);
  gsize length = 0;
  g_autofree char *line = g_data_input_stream_read_line_finish (G_DATA_INPUT_STREAM (source), result, &length, NULL);

  if (line != NULL)
    {
      read_message (g_task_get_source_object (task), line, length);
      read_next (task);
      return;
    }
  /* The pipe's end: the process ends too. It is waited for even when cancelled, since it tidies up first. */
  g_subprocess_wait_async (run->process, NULL, exited_cb, task);
}

static void
read_next (GTask *task)
{
  Run *run = g_task_get_task_data (task);

  g_data_input_stream_read_line_async (run->messages, G_PRIORITY_DEFAULT, NULL, message_cb, task);
}

static void
cancelled_cb (GCancellable *cancellable, gpointer data)
{
  g_subprocess_send_signal (data, SIGINT);
}

static GSubprocess *
start (HpTraining *self, GError **error)
{
  g_autofree char *program = hp_paths_find_program ("house-price");
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();

  g_ptr_array_add (argv, program);
  g_ptr_array_add (argv, (char *) "train");
  g_ptr_array_add (argv, (char *) "--json");
  g_ptr_array_add (argv, (char *) "--progress=json");
  if (self->registry != NULL)
    {
      g_ptr_array_add (argv, (char *) "--registry");
      g_ptr_array_add (argv, self->registry);
    }
  if (self->name != NULL)
    {
      g_ptr_array_add (argv, (char *) "--name");
      g_ptr_array_add (argv, self->name);
    }
  g_ptr_array_add (argv, (char *) "--");
  g_ptr_array_add (argv, self->data);
  g_ptr_array_add (argv, NULL);
  return g_subprocess_newv ((const char *const *) argv->pdata,
                            G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_PIPE, error);
}

/**
 * hp_training_run_async:
 * @training: a training that does not run
 * @cancellable: (nullable): stops the process; what is registered by then is whole
 * @callback: called when the process has ended
 * @data: for @callback
 *
 * Runs the training. Progress is told by #HpTraining::progress.
 */
void
hp_training_run_async (HpTraining *training, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (training, cancellable, callback, data);
  GError *error = NULL;
  Run *run;

  g_return_if_fail (HP_IS_TRAINING (training));

  g_task_set_source_tag (task, hp_training_run_async);
  /* Cancelled or not, the callback comes when the process has gone. */
  g_task_set_check_cancellable (task, FALSE);
  training->fraction = 0;
  training->left = NAN;
  g_clear_error (&training->failure);
  g_free (training->stage);
  training->stage = describe_stage ("", NULL);
  if (g_task_return_error_if_cancelled (task))
    return;

  run = g_new0 (Run, 1);
  g_task_set_task_data (task, run, run_free);
  run->process = start (training, &error);
  if (run->process == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  run->messages = g_data_input_stream_new (g_subprocess_get_stderr_pipe (run->process));
  if (cancellable != NULL)
    run->cancelled = g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb), g_object_ref (run->process),
                                            g_object_unref);
  read_next (g_steal_pointer (&task));
}

/**
 * hp_training_run_finish:
 * @training: a training
 * @result: what the callback was given
 * @error: return location for a #GError: the process's own words, or %G_IO_ERROR_CANCELLED
 *
 * Returns: whether versions were trained and registered, and one of them passed its gates
 */
gboolean
hp_training_run_finish (HpTraining *training, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, training), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * hp_training_get_fraction:
 * @training: a training
 *
 * Returns: how much is done, 0–1; it never goes back
 */
double
hp_training_get_fraction (HpTraining *training)
{
  return training->fraction;
}

/**
 * hp_training_get_stage:
 * @training: a training
 *
 * Returns: (transfer none): what is being done, for people
 */
const char *
hp_training_get_stage (HpTraining *training)
{
  return training->stage;
}

/**
 * hp_training_get_left:
 * @training: a training
 *
 * Returns: seconds to the end as far as is known, else NaN
 */
double
hp_training_get_left (HpTraining *training)
{
  return training->left;
}
