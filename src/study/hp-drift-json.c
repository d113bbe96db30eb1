/* hp-drift-json.c - drift as `drift --json` of the command line writes it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hp-drift.h"

static void
write_distribution (const HpDriftDistribution *distribution, HpJsonWriter *writer)
{
  hp_json_writer_begin_object (writer);
  hp_json_writer_set_string (writer, "name", distribution->name);
  hp_json_writer_set_string (writer, "kind", distribution->is_category ? "category" : "number");
  hp_json_writer_set_string (writer, "grade", hp_drift_grade_name (distribution->grade));
  hp_json_writer_set_int (writer, "n_reference", distribution->n_reference);
  hp_json_writer_set_int (writer, "n", distribution->n);
  hp_json_writer_set_int (writer, "missing_reference", distribution->n_missing_reference);
  hp_json_writer_set_int (writer, "missing", distribution->n_missing);
  hp_json_writer_set_double (writer, "psi", distribution->psi);
  hp_json_writer_set_double (writer, "psi_by_chance", distribution->psi_by_chance);
  hp_json_writer_set_int (writer, "bins", distribution->n_bins);
  if (distribution->is_category)
    {
      hp_json_writer_key (writer, "new_categories");
      hp_json_writer_begin_array (writer);
      for (guint i = 0; distribution->new_categories != NULL && distribution->new_categories[i] != NULL; i++)
        {
          hp_json_writer_begin_object (writer);
          hp_json_writer_set_string (writer, "value", distribution->new_categories[i]);
          hp_json_writer_set_int (writer, "n", distribution->new_counts[i]);
          hp_json_writer_end_object (writer);
        }
      hp_json_writer_end_array (writer);
    }
  else
    {
      hp_json_writer_set_double (writer, "ks", distribution->ks);
      hp_json_writer_set_double (writer, "ks_p", distribution->ks_p);
      hp_json_writer_set_string (writer, "ks_method", distribution->ks_exact ? "exact" : "asymptotic");
      hp_json_writer_set_double (writer, "median_reference", distribution->median_reference);
      hp_json_writer_set_double (writer, "median", distribution->median);
    }
  hp_json_writer_end_object (writer);
}

static void
write_error (const char *name, const HpDriftError *error, HpJsonWriter *writer)
{
  hp_json_writer_key (writer, name);
  hp_json_writer_begin_object (writer);
  hp_json_writer_set_string (writer, "grade", hp_drift_grade_name (error->grade));
  hp_json_writer_set_double (writer, "reference", error->reference);
  hp_json_writer_set_double (writer, "value", error->value);
  hp_json_writer_set_double (writer, "change", error->change);
  hp_json_writer_set_double (writer, "low", error->low);
  hp_json_writer_set_double (writer, "high", error->high);
  hp_json_writer_end_object (writer);
}

/**
 * hp_drift_write_json:
 * @drift: a drift
 * @writer: a writer inside an object
 *
 * Writes `grade`, `n_reference`, `n`, `thresholds`, `attributes`, `predicted_price` and `errors` (null without prices).
 */
void
hp_drift_write_json (const HpDrift *drift, HpJsonWriter *writer)
{
  hp_json_writer_set_string (writer, "grade", hp_drift_grade_name (drift->grade));
  hp_json_writer_set_boolean (writer, "alarm", drift->grade == HP_DRIFT_ALARM);
  hp_json_writer_set_int (writer, "n_reference", drift->n_reference);
  hp_json_writer_set_int (writer, "n", drift->n);
  hp_json_writer_key (writer, "thresholds");
  hp_json_writer_begin_object (writer);
  hp_json_writer_set_double (writer, "psi_warning", drift->options.psi_warning);
  hp_json_writer_set_double (writer, "psi_alarm", drift->options.psi_alarm);
  hp_json_writer_set_double (writer, "ks_alarm", drift->options.ks_alarm);
  hp_json_writer_set_double (writer, "p_alarm", drift->options.p_alarm);
  hp_json_writer_set_double (writer, "mdape_warning", drift->options.error_warning);
  hp_json_writer_set_double (writer, "mdape_alarm", drift->options.error_alarm);
  hp_json_writer_set_double (writer, "median_ratio_warning", drift->options.ratio_warning);
  hp_json_writer_set_double (writer, "median_ratio_alarm", drift->options.ratio_alarm);
  hp_json_writer_end_object (writer);
  hp_json_writer_key (writer, "attributes");
  hp_json_writer_begin_array (writer);
  for (guint i = 0; i < drift->attributes->len; i++)
    write_distribution (drift->attributes->pdata[i], writer);
  hp_json_writer_end_array (writer);
  hp_json_writer_key (writer, "predicted_price");
  if (drift->predicted != NULL)
    write_distribution (drift->predicted, writer);
  else
    hp_json_writer_null (writer);
  hp_json_writer_key (writer, "errors");
  if (!drift->has_errors)
    {
      hp_json_writer_null (writer);
      return;
    }
  hp_json_writer_begin_object (writer);
  hp_json_writer_set_int (writer, "n", drift->n_priced);
  hp_json_writer_set_double (writer, "level", drift->options.level);
  write_error ("mdape", &drift->mdape, writer);
  write_error ("median_ratio", &drift->median_ratio, writer);
  hp_json_writer_end_object (writer);
}
