/* hp-ratio-json.c - a ratio study as JSON
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hp-ratio.h"

static void
write_grade (HpGrade pass, HpJsonWriter *writer)
{
  hp_json_writer_key (writer, "pass");
  if (pass == HP_GRADE_NOT_GRADED)
    hp_json_writer_null (writer);
  else
    hp_json_writer_boolean (writer, pass == HP_GRADE_PASS);
}

static void
write_groups (const HpRatioStudy *study, HpJsonWriter *writer)
{
  hp_json_writer_key (writer, "groups");
  hp_json_writer_begin_array (writer);
  for (guint i = 0; i < study->n_groups; i++)
    {
      const HpRatioGroup *group = &study->group[i];

      hp_json_writer_begin_object (writer);
      hp_json_writer_set_int (writer, "n", group->n);
      hp_json_writer_set_double (writer, "median_proxy", group->median_proxy);
      hp_json_writer_set_double (writer, "median_ratio", group->median_ratio);
      hp_json_writer_set_double (writer, "low", group->low);
      hp_json_writer_set_double (writer, "high", group->high);
      hp_json_writer_end_object (writer);
    }
  hp_json_writer_end_array (writer);
}

/* What only one of the statistics has */
static void
write_details (const HpRatioStudy *study, HpRatioId id, HpJsonWriter *writer)
{
  switch (id)
    {
    case HP_RATIO_COD:
      hp_json_writer_set_boolean (writer, "sales_chasing_hint", study->chasing_hint);
      break;
    case HP_RATIO_PRB:
      hp_json_writer_set_double (writer, "se", study->bias.se);
      hp_json_writer_set_double (writer, "t", study->bias.t);
      hp_json_writer_set_double (writer, "p", study->bias.p);
      hp_json_writer_set_boolean (writer, "unacceptable", study->bias_unacceptable);
      break;
    case HP_RATIO_VEI:
      hp_json_writer_set_double (writer, "significance", study->vei_significance);
      write_groups (study, writer);
      break;
    default:
      break;
    }
}

static void
write_statistic (const HpRatioStudy *study, HpRatioId id, HpJsonWriter *writer)
{
  const HpRatioStatistic *statistic = &study->statistic[id];

  hp_json_writer_key (writer, hp_ratio_name (id));
  hp_json_writer_begin_object (writer);
  hp_json_writer_set_double (writer, "value", statistic->value);
  hp_json_writer_set_double (writer, "low", statistic->low);
  hp_json_writer_set_double (writer, "high", statistic->high);
  write_grade (statistic->pass, writer);
  if (!isnan (statistic->standard_low))
    {
      hp_json_writer_key (writer, "standard");
      hp_json_writer_begin_object (writer);
      hp_json_writer_set_double (writer, "low", statistic->standard_low);
      hp_json_writer_set_double (writer, "high", statistic->standard_high);
      hp_json_writer_end_object (writer);
    }
  write_details (study, id, writer);
  hp_json_writer_end_object (writer);
}

/**
 * hp_ratio_study_write:
 * @study: a study
 * @writer: a writer inside an object
 *
 * Writes n, level and whether the study is graded, then an object for each statistic. `pass` is null for what is not
 * graded, and numbers are null where they are not defined.
 */
void
hp_ratio_study_write (const HpRatioStudy *study, HpJsonWriter *writer)
{
  hp_json_writer_set_int (writer, "n", study->n);
  hp_json_writer_set_double (writer, "level", study->level);
  hp_json_writer_set_boolean (writer, "graded", study->n >= HP_RATIO_MIN_GRADED);
  for (guint id = 0; id < HP_N_RATIO; id++)
    write_statistic (study, id, writer);
}
