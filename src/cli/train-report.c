/* train-report.c - the result of a training for people
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "hp-text.h"
#include "train-report.h"

/* A member of metrics.json, by a path of names; NaN if it isn't there */
static double
find_number (JsonObject *object, const char *const *path)
{
  double value;

  for (; path[1] != NULL && object != NULL; path++)
    {
      JsonNode *node = json_object_get_member (object, path[0]);

      object = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
    }
  return object != NULL && json_object_has_member (object, path[0])
             && hp_json_get_double (object, path[0], &value, NULL)
           ? value
           : NAN;
}

#define NUMBER(object, ...) find_number (object, (const char *const[]){ __VA_ARGS__, NULL })

static JsonNode *
parse_metrics (const HpCandidate *candidate)
{
  GBytes *bytes = g_hash_table_lookup (candidate->files, "metrics.json");

  return bytes == NULL
           ? NULL
           : hp_json_parse (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), G_MAXSIZE, "metrics.json", NULL);
}

static void
add_candidate (HpCliTable *table, const HpTraining *training, guint i)
{
  const HpCandidate *candidate = training->candidates->pdata[i];
  g_autoptr (JsonNode) node = parse_metrics (candidate);
  JsonObject *metrics = node != NULL ? json_node_get_object (node) : NULL;
  g_autofree char *version = candidate->version != 0 ? g_strdup_printf ("%u", candidate->version) : g_strdup ("–");
  g_autofree char *mean = hp_display_number (metrics != NULL ? NUMBER (metrics, "cv", "mae", "mean") : NAN, 0);
  g_autofree char *sd = hp_display_number (metrics != NULL ? NUMBER (metrics, "cv", "mae", "sd") : NAN, 0);
  g_autofree char *cv = g_strdup_printf ("%s ± %s", mean, sd);
  g_autofree char *r2 = hp_cli_metric (HP_METRIC_R2, candidate->test.value[HP_METRIC_R2], NULL);
  g_autofree char *mae = hp_cli_metric (HP_METRIC_MAE, candidate->test.value[HP_METRIC_MAE], NULL);
  g_autofree char *rmse = hp_cli_metric (HP_METRIC_RMSE, candidate->test.value[HP_METRIC_RMSE], NULL);
  g_autofree char *ppe10 = hp_cli_metric (HP_METRIC_PPE10, candidate->test.value[HP_METRIC_PPE10], NULL);
  g_autofree char *coverage = hp_display_percent (metrics != NULL ? NUMBER (metrics, "interval", "coverage") : NAN, 1);
  g_autofree char *seconds = hp_display_duration (candidate->fit_seconds);

  hp_cli_table_add (table,
                    (int) i == training->selected ? HP_STYLE_BOLD
                    : candidate->passed           ? HP_STYLE_NONE
                                                  : HP_STYLE_DIM,
                    version, hp_family_name (candidate->family), cv, r2, mae, rmse, ppe10, coverage,
                    candidate->passed ? _ ("passed") : _ ("failed"), seconds, NULL);
}

static void
append_candidates (GString *text, HpCli *cli, const HpTraining *training)
{
  const char *const titles[] = { _ ("Version"), _ ("Family"),   _ ("CV MAE"), _ ("Test R²"), _ ("MAE"), _ ("RMSE"),
                                 "PPE10",       _ ("Coverage"), _ ("Gates"),  _ ("Fit"),     NULL };
  g_autoptr (HpCliTable) table = hp_cli_table_new (titles, "rlrrrrrrlr");

  for (guint i = 0; i < training->candidates->len; i++)
    add_candidate (table, training, i);
  hp_cli_table_append (table, text, cli->color_stdout);
}

static void
add_gate (HpCliTable *table, const HpCandidate *candidate, const HpGateOutcome *gate, const char *currency)
{
  HpMetric metric = gate->bound.metric;
  g_autofree char *least = gate->bound.has_min ? hp_cli_metric (metric, gate->bound.min, currency) : g_strdup ("");
  g_autofree char *most = gate->bound.has_max ? hp_cli_metric (metric, gate->bound.max, currency) : g_strdup ("");
  g_autofree char *value = hp_cli_metric (metric, gate->value, currency);
  g_autofree char *margin = hp_cli_metric (metric, gate->margin, currency);
  g_autofree char *low = hp_cli_metric (metric, gate->low, currency);
  g_autofree char *high = hp_cli_metric (metric, gate->high, currency);
  g_autofree char *interval = isfinite (gate->low) ? g_strdup_printf ("%s – %s", low, high) : g_strdup ("");

  hp_cli_table_add (table, gate->passed ? HP_STYLE_NONE : HP_STYLE_BAD, hp_family_name (candidate->family),
                    hp_metric_label (metric), least, most, value, interval, margin,
                    gate->passed ? _ ("passed") : _ ("failed"), NULL);
}

static void
append_gates (GString *text, HpCli *cli, const HpTraining *training, const char *currency)
{
  const char *const titles[]
    = { _ ("Family"), _ ("Gate"), _ ("Least"), _ ("Most"), _ ("Value"), _ ("95 % interval"), _ ("Margin"), "", NULL };
  g_autoptr (HpCliTable) table = hp_cli_table_new (titles, "llrrrrrl");
  guint n = 0;

  for (guint i = 0; i < training->candidates->len; i++)
    {
      const HpCandidate *candidate = training->candidates->pdata[i];

      for (guint g = 0; candidate->gates != NULL && g < candidate->gates->len; g++, n++)
        add_gate (table, candidate, &g_array_index (candidate->gates, HpGateOutcome, g), currency);
    }
  if (n == 0)
    return;
  g_string_append_c (text, '\n');
  hp_cli_table_append (table, text, cli->color_stdout);
}

/* A mean with its standard deviation, where there is one */
static char *
format_spread (double mean, double sd)
{
  g_autofree char *middle = hp_display_number (mean, 0), *spread = hp_display_number (sd, 0);

  return isnan (sd) ? g_steal_pointer (&middle) : g_strdup_printf ("%s ± %s", middle, spread);
}

static void
append_learning_curves (GString *text, HpCli *cli, const HpTraining *training)
{
  const char *const titles[] = { _ ("Learning curve"), _ ("Sales"), _ ("MAE on these"), _ ("MAE on new sales"), NULL };
  g_autoptr (HpCliTable) table = hp_cli_table_new (titles, "lrrr");
  guint n = 0;

  for (guint i = 0; i < training->candidates->len; i++)
    {
      const HpCandidate *candidate = training->candidates->pdata[i];
      const HpLearningCurve *curve = candidate->learning_curve;

      for (guint p = 0; curve != NULL && p < curve->n_points; p++, n++)
        {
          g_autofree char *sales = hp_display_number (curve->n[p], 0);
          g_autofree char *train = format_spread (curve->train_mae[p], curve->train_sd[p]);
          g_autofree char *fresh = format_spread (curve->mae[p], curve->sd[p]);

          hp_cli_table_add (table, HP_STYLE_NONE, p == 0 ? hp_family_name (candidate->family) : "", sales, train, fresh,
                            NULL);
        }
    }
  if (n == 0)
    return;
  g_string_append_c (text, '\n');
  hp_cli_table_append (table, text, cli->color_stdout);
}

static void
append_result (GString *text, const HpTraining *training)
{
  const HpCandidate *selected;

  if (training->selected < 0)
    return;
  selected = training->candidates->pdata[training->selected];
  if (selected->version == 0)
    g_string_append_printf (text, _ ("\nBest: %s (not registered)\n"), hp_family_name (selected->family));
  else if (training->selected_alias != NULL)
    g_string_append_printf (text, _ ("\nBest: %s, version %u, now %s\n"), hp_family_name (selected->family),
                            selected->version, training->selected_alias);
  else
    g_string_append_printf (text, _ ("\nBest: %s, version %u\n"), hp_family_name (selected->family), selected->version);
}

/**
 * hp_train_report:
 * @cli: the context
 * @training: a training, its candidates registered or not
 * @currency: of the prices
 *
 * Returns: (transfer full): the families side by side, their gates, what became of the best, and notes
 */
char *
hp_train_report (HpCli *cli, const HpTraining *training, const char *currency)
{
  GString *text = g_string_new (NULL);
  g_autofree char *train = hp_display_count (training->n_train), *test = hp_display_count (training->n_test);

  g_string_append_printf (text, _ ("%s: %s sales to train on, %s to test on\n\n"), training->table->file, train, test);
  append_candidates (text, cli, training);
  append_gates (text, cli, training, currency);
  append_learning_curves (text, cli, training);
  append_result (text, training);
  for (guint i = 0; i < training->notes->len; i++)
    {
      g_autofree char *shown = hp_text_printable (training->notes->pdata[i], -1, 0);

      g_string_append_printf (text, "%s%s\n", i == 0 ? "\n" : "", shown);
    }
  return g_string_free (text, FALSE);
}
