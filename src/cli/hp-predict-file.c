/* hp-predict-file.c - values a CSV of any length in flat memory
 *
 * Three blocks go round: while one is valued in slices by all workers, the next is read and the last one's lines are
 * written, as two more pieces of the same work. So no processor waits for the disk's turn, and memory is three blocks.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#include "hp-cli-predict.h"
#include "hp-file.h"
#include "hp-text.h"

/* A block and the lines made of it */
typedef struct
{
  HpBlock *block;
  GPtrArray *slices; /* (element-type HpSlice), made as they are needed */
  gsize n_slices;
} Stage;

enum
{
  READING,
  VALUING,
  WRITING,
  N_STAGES
};

typedef struct
{
  HpCli *cli;
  const HpPredictJob *job;
  HpCsvReader *reader;
  HpSliceSource source;
  HpSliceScratch **scratch; /* one a worker */
  HpTeam *team;
  HpCliProgress *progress;
  Stage *stage[N_STAGES];
  gboolean at_end;
  GError *read_error;
  guint64 n_rows, n_bad, n_shown;
  char *strict_message; /* (nullable) why --strict stopped */

  GMutex lock; /* held while output is used: an interrupt removes it */
  HpOutput *output;
} Run;

static const char *const own_columns[] = { "predicted_price", "low", "high", "version", "warnings", NULL };

static gboolean
is_standard_output (const char *path)
{
  return path == NULL || g_str_equal (path, "-");
}

static Stage *
stage_new (guint n_columns)
{
  Stage *stage = g_new0 (Stage, 1);

  stage->block = hp_block_new (n_columns);
  stage->slices = g_ptr_array_new_with_free_func ((GDestroyNotify) hp_slice_free);
  return stage;
}

static void
stage_free (Stage *stage)
{
  hp_block_free (stage->block);
  g_ptr_array_unref (stage->slices);
  g_free (stage);
}

static void
cut (Stage *stage)
{
  stage->n_slices = (stage->block->n_rows + HP_SLICE_ROWS - 1) / HP_SLICE_ROWS;
  while (stage->slices->len < stage->n_slices)
    g_ptr_array_add (stage->slices, hp_slice_new ());
}

/* Which column holds which attribute. A required one that no column holds would fail every row: say it once. */
static int *
bind_columns (Run *run, GError **error)
{
  const HpPreprocessor *pre = hp_predictor_get_preprocessor (run->job->predictor);
  guint n = hp_preprocessor_get_n_attributes (pre);
  g_autofree int *columns = g_new (int, n);
  g_autoptr (GString) missing = g_string_new (NULL);
  const char *first = NULL;

  for (guint i = 0; i < n; i++)
    {
      const HpAttribute *attribute = hp_preprocessor_get_attribute (pre, i);

      columns[i] = hp_csv_reader_find_column (run->reader, attribute->name);
      if (columns[i] >= 0 || !attribute->required || run->job->valuation.impute)
        continue;
      if (first == NULL)
        first = attribute->name;
      g_string_append_printf (missing, "%s%s", missing->len > 0 ? ", " : "", attribute->name);
    }
  if (first == NULL)
    return g_steal_pointer (&columns);
  hp_set_error (
    error, HP_ERROR_BAD_DATA, first,
    _ ("%s:1: no column %s; rename the columns after the model's attributes, or fill in what is missing with "
       "--impute"),
    hp_csv_reader_get_name (run->reader), missing->str);
  return NULL;
}

static gboolean
check_columns (Run *run, GError **error)
{
  for (const char *const *own = own_columns; *own != NULL && !run->job->json; own++)
    if (hp_csv_reader_find_column (run->reader, *own) >= 0)
      {
        hp_set_error (error, HP_ERROR_BAD_DATA, *own,
                      _ (
                        "%s:1: there is a column “%s” already, which the output would have twice; rename or remove it"),
                      hp_csv_reader_get_name (run->reader), *own);
        return FALSE;
      }
  return TRUE;
}

static void
write_header (Run *run)
{
  g_autoptr (GString) line = g_string_new (NULL);

  for (const char *const *column = hp_csv_reader_get_columns (run->reader); *column != NULL; column++)
    {
      hp_csv_append_field (line, *column, -1, TRUE);
      g_string_append_c (line, ',');
    }
  for (const char *const *own = own_columns; *own != NULL; own++)
    g_string_append_printf (line, "%s%s", *own, own[1] != NULL ? "," : "\n");
  hp_output_write (run->output, line->str, line->len);
}

static void
show_bad_rows (Run *run, const HpSlice *slice)
{
  for (guint i = 0; i < slice->messages->len && !run->job->json; i++)
    if (run->n_shown < HP_SLICE_MESSAGES)
      {
        g_autofree char *shown = hp_text_printable (slice->messages->pdata[i], -1, 400);

        run->n_shown++;
        hp_cli_progress_clear (run->progress);
        hp_cli_message (run->cli, "%s", shown);
      }
}

static void
write_stage (Run *run, Stage *stage)
{
  g_mutex_lock (&run->lock);
  for (gsize i = 0; i < stage->n_slices && run->strict_message == NULL; i++)
    {
      const HpSlice *slice = stage->slices->pdata[i];
      gboolean stop = run->job->strict && slice->n_bad > 0;

      hp_output_write (run->output, slice->text->str, stop ? slice->good_text : slice->text->len);
      run->n_bad += slice->n_bad;
      if (stop)
        run->strict_message = g_strdup (slice->messages->pdata[0]);
      else
        show_bad_rows (run, slice);
    }
  g_mutex_unlock (&run->lock);
}

/* After the end, or what can't be read on, blocks are empty. */
static void
read_stage (Run *run, Stage *stage)
{
  if (run->at_end)
    hp_block_clear (stage->block);
  else
    run->at_end = !hp_block_read (stage->block, run->reader, &run->read_error) || stage->block->n_rows == 0;
}

/* One piece of a round: 0 reads the next block, 1 writes the last one, the others value a slice each. */
static void
work (gsize index, guint worker, gpointer data)
{
  Run *run = data;

  if (index == 0)
    read_stage (run, run->stage[READING]);
  else if (index == 1)
    write_stage (run, run->stage[WRITING]);
  else
    {
      Stage *stage = run->stage[VALUING];
      gsize first = (index - 2) * HP_SLICE_ROWS;

      hp_slice_value (stage->slices->pdata[index - 2], &run->source, stage->block, first,
                      MIN (stage->block->n_rows - first, HP_SLICE_ROWS), run->scratch[worker]);
    }
}

static void
show_progress (Run *run, gint64 start)
{
  double elapsed = (g_get_monotonic_time () - start) / (double) G_USEC_PER_SEC;
  double size = hp_csv_reader_get_size (run->reader);
  double fraction = size > 0 ? MIN (1, hp_csv_reader_get_offset (run->reader) / size) : 0;
  g_autofree char *rows = hp_display_count (run->n_rows);
  g_autofree char *stage = g_strdup_printf (_ ("%s houses"), rows);

  hp_cli_progress_update (run->progress, stage, NULL, fraction, elapsed,
                          fraction > 0 ? elapsed * (1 - fraction) / fraction : -1);
}

static void
go_round (Run *run)
{
  Stage *written = run->stage[WRITING];

  run->stage[WRITING] = run->stage[VALUING];
  run->stage[VALUING] = run->stage[READING];
  run->stage[READING] = written;
  cut (run->stage[VALUING]);
  run->n_rows += run->stage[VALUING]->block->n_rows;
}

/* Until nothing is left to read, to value and to write: what came before a read error is still written. */
static gboolean
run_rounds (Run *run, GError **error)
{
  gint64 start = g_get_monotonic_time ();

  do
    {
      hp_team_run (run->team, run->stage[VALUING]->n_slices + 2, work, run);
      go_round (run);
      show_progress (run, start);
    }
  while (run->strict_message == NULL && !hp_output_failed (run->output)
         && (!run->at_end || run->stage[VALUING]->n_slices > 0 || run->stage[WRITING]->n_slices > 0));
  hp_cli_progress_clear (run->progress);
  if (run->strict_message != NULL)
    {
      hp_set_error (error, HP_ERROR_BAD_DATA, NULL, "%s", run->strict_message);
      return FALSE;
    }
  if (run->read_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&run->read_error));
      return FALSE;
    }
  return TRUE;
}

static gboolean
commit (Run *run, GError **error)
{
  gboolean done;

  g_mutex_lock (&run->lock);
  done = hp_output_commit (run->output, error);
  g_clear_pointer (&run->output, hp_output_free);
  g_mutex_unlock (&run->lock);
  return done;
}

/* Reading may be waiting for a terminal or a pipe: end here, without its consent. */
static void
interrupted (gpointer data)
{
  Run *run = data;

  g_mutex_lock (&run->lock);
  g_clear_pointer (&run->output, hp_output_free);
  hp_cli_progress_clear (run->progress);
  _exit (130);
}

static void
tell_result (Run *run, double seconds, GError **error)
{
  g_autofree char *rows = hp_display_count (run->n_rows), *bad = hp_display_count (run->n_bad);
  g_autofree char *duration = hp_display_duration (seconds);

  if (run->n_bad == 0)
    hp_cli_message (run->cli,
                    ngettext ("%s house valued in %s by version %s", "%s houses valued in %s by version %s",
                              run->n_rows),
                    rows, duration, run->job->version);
  else
    hp_set_error (error, HP_ERROR_BAD_DATA, NULL,
                  ngettext ("%s of %s rows could not be valued; it has no price, and the reason in “warnings”",
                            "%s of %s rows could not be valued; they have no price, and the reason in “warnings”",
                            run->n_bad),
                  bad, rows);
}

static gboolean
value_all (Run *run, GError **error)
{
  gint64 start = g_get_monotonic_time ();

  if (!run->job->json)
    write_header (run);
  if (!run_rounds (run, error))
    {
      /* A file appears whole or not at all; a pipe gets whole lines up to where it ended. */
      if (is_standard_output (run->job->output))
        commit (run, NULL);
      return FALSE;
    }
  if (!commit (run, error))
    return FALSE;
  tell_result (run, (g_get_monotonic_time () - start) / (double) G_USEC_PER_SEC, error);
  return run->n_bad == 0;
}

static void
run_clear (Run *run)
{
  for (guint i = 0; run->team != NULL && i < hp_team_get_jobs (run->team); i++)
    hp_slice_scratch_free (run->scratch[i]);
  for (guint i = 0; i < N_STAGES; i++)
    g_clear_pointer (&run->stage[i], stage_free);
  g_free (run->scratch);
  g_free ((int *) run->source.columns);
  g_free (run->strict_message);
  g_clear_error (&run->read_error);
  g_clear_pointer (&run->team, hp_team_free);
  g_clear_pointer (&run->output, hp_output_free);
  g_clear_pointer (&run->reader, hp_csv_reader_free);
  g_clear_pointer (&run->progress, hp_cli_progress_free);
  g_mutex_clear (&run->lock);
}

static gboolean
prepare (Run *run, GError **error)
{
  HpProgressMode mode = HP_PROGRESS_NONE;

  run->reader = hp_csv_reader_open (run->job->input, error);
  if (run->reader == NULL || !check_columns (run, error))
    return FALSE;
  run->source.job = run->job;
  run->source.name = hp_csv_reader_get_name (run->reader);
  run->source.columns = bind_columns (run, error);
  if (run->source.columns == NULL)
    return FALSE;
  /* A bar and lines on one terminal would spoil each other. */
  if ((!is_standard_output (run->job->output) || !isatty (STDOUT_FILENO))
      && !hp_cli_progress_mode (run->cli, NULL, &mode, error))
    return FALSE;
  run->progress = hp_cli_progress_new (mode);
  for (guint i = 0; i < N_STAGES; i++)
    run->stage[i] = stage_new (hp_csv_reader_get_n_columns (run->reader));
  run->output = hp_output_open (run->job->output, error);
  return run->output != NULL;
}

/**
 * hp_predict_file:
 * @cli: the context
 * @job: what is to be valued, by which model
 * @error: return location for a #GError
 *
 * Values a CSV. A bad row has no price in the output and is told on standard error; it doesn't stop the rest unless the
 * job is strict.
 *
 * Returns: %TRUE if every row was valued; %FALSE with %HP_ERROR_BAD_DATA when the output is complete but for bad rows,
 * or with another error when there is no output
 */
gboolean
hp_predict_file (HpCli *cli, const HpPredictJob *job, GError **error)
{
  Run run = { .cli = cli, .job = job };
  gboolean done = FALSE;

  g_mutex_init (&run.lock);
  if (prepare (&run, error))
    {
      G_GNUC_UNUSED g_autoptr (HpCliInterrupt) interrupt = hp_cli_interrupt_new (interrupted, &run);

      run.team = hp_team_new (cli->jobs);
      run.scratch = g_new (HpSliceScratch *, hp_team_get_jobs (run.team));
      for (guint i = 0; i < hp_team_get_jobs (run.team); i++)
        run.scratch[i] = hp_slice_scratch_new (job);
      done = value_all (&run, error);
    }
  run_clear (&run);
  return done;
}
