/* hp-train-json.c - `train --json`
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hp-train-private.h"

/* The members of metrics.json that describe the candidate are written again as they are there */
static void
write_candidate (const HpCandidate *candidate, HpJsonWriter *writer)
{
  static const char *const members[] = { "family", "params", "cv", "oof", "test", "interval", "gates" };
  GBytes *bytes = g_hash_table_lookup (candidate->files, "metrics.json");
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);
  g_autoptr (JsonNode) root = hp_json_parse (text, length, length, "metrics.json", NULL);

  g_assert (root != NULL);
  hp_json_writer_begin_object (writer);
  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    {
      hp_json_writer_key (writer, members[i]);
      hp_json_writer_node (writer, json_object_get_member (json_node_get_object (root), members[i]));
    }
  if (candidate->learning_curve != NULL)
    {
      hp_json_writer_key (writer, "learning_curve");
      hp_learning_curve_write_json (candidate->learning_curve, writer);
    }
  hp_json_writer_set_double (writer, "fit_seconds", candidate->fit_seconds);
  hp_json_writer_key (writer, "version");
  if (candidate->version > 0)
    {
      g_autofree char *version = g_strdup_printf ("%u", candidate->version);

      hp_json_writer_string (writer, version);
    }
  else
    hp_json_writer_null (writer);
  hp_json_writer_end_object (writer);
}

/* How the selected candidate stands against the champion, on the sales that neither was trained on */
static void
write_against (const HpComparison *against, HpJsonWriter *writer)
{
  const HpPair *pair = &against->pairs[0];

  hp_json_writer_key (writer, "against");
  hp_json_writer_begin_object (writer);
  hp_json_writer_set_string (writer, "version", against->names[pair->a]);
  hp_json_writer_set_int (writer, "n", pair->n);
  hp_json_writer_set_string (writer, "verdict", hp_verdict_name (pair->verdict));
  hp_json_writer_key (writer, "mae");
  hp_json_writer_begin_object (writer);
  hp_json_writer_set_double (writer, "value", pair->value[HP_METRIC_MAE]);
  hp_json_writer_set_double (writer, "low", pair->low[HP_METRIC_MAE]);
  hp_json_writer_set_double (writer, "high", pair->high[HP_METRIC_MAE]);
  hp_json_writer_end_object (writer);
  hp_json_writer_end_object (writer);
}

/**
 * hp_training_write_json:
 * @training: a training
 * @options: what it was asked to do
 * @writer: where a value may begin
 *
 * Writes the one object of `train --json`.
 */
void
hp_training_write_json (const HpTraining *training, const HpTrainOptions *options, HpJsonWriter *writer)
{
  hp_json_writer_begin_object (writer);
  hp_json_writer_key (writer, "data");
  hp_json_writer_begin_object (writer);
  hp_json_writer_set_string (writer, "file", training->table->file);
  hp_json_writer_set_int (writer, "rows", training->table->n_rows);
  hp_json_writer_set_string (writer, "sha256", training->table->sha256);
  hp_json_writer_end_object (writer);
  hp_json_writer_key (writer, "split");
  hp_json_writer_begin_object (writer);
  hp_json_writer_set_string (writer, "method", _hp_split_method_name (options->split));
  hp_json_writer_set_int (writer, "seed", options->seed);
  hp_json_writer_set_int (writer, "train", training->n_train);
  hp_json_writer_set_int (writer, "test", training->n_test);
  hp_json_writer_end_object (writer);
  hp_json_writer_key (writer, "candidates");
  hp_json_writer_begin_array (writer);
  for (guint i = 0; i < training->candidates->len; i++)
    write_candidate (training->candidates->pdata[i], writer);
  hp_json_writer_end_array (writer);
  hp_json_writer_key (writer, "selected");
  if (training->selected >= 0)
    {
      const HpCandidate *selected = training->candidates->pdata[training->selected];
      g_autofree char *version = g_strdup_printf ("%u", selected->version);

      hp_json_writer_begin_object (writer);
      hp_json_writer_set_string (writer, "family", hp_family_name (selected->family));
      hp_json_writer_set_string (writer, "version", selected->version > 0 ? version : NULL);
      hp_json_writer_set_string (writer, "alias", training->selected_alias);
      if (training->against != NULL)
        write_against (training->against, writer);
      hp_json_writer_end_object (writer);
    }
  else
    hp_json_writer_null (writer);
  hp_json_writer_key (writer, "notes");
  hp_json_writer_begin_array (writer);
  for (guint i = 0; i < training->notes->len; i++)
    hp_json_writer_string (writer, training->notes->pdata[i]);
  hp_json_writer_end_array (writer);
  hp_json_writer_end_object (writer);
}
