/* hp-foreign-write.c - what metrics.json and config.yaml say of an imported model
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hp-train-private.h"

void
_hp_foreign_write_json (const Foreign *foreign, HpJsonWriter *writer)
{
  const HpImport *import = foreign->import;

  hp_json_writer_begin_object (writer);
  hp_json_writer_set_string (writer, "file", foreign->file);
  hp_json_writer_set_string (writer, "sha256", foreign->sha256);
  hp_json_writer_set_string (writer, "producer", import->producer);
  hp_json_writer_set_string (writer, "format", import->is_ubjson ? "ubjson" : "json");
  hp_json_writer_set_string (writer, "booster", import->booster);
  hp_json_writer_set_string (writer, "objective", import->objective);
  hp_json_writer_set_string (writer, "target", hp_target_name (hp_model_get_target (import->model)));
  hp_json_writer_set_int (writer, "trees", hp_model_get_n_trees (import->model));
  hp_json_writer_set_int (writer, "trees_in_file", import->n_file_trees);
  hp_json_writer_end_object (writer);
}

void
_hp_foreign_write_params (const Foreign *foreign, HpJsonWriter *writer)
{
  const HpImport *import = foreign->import;

  hp_json_writer_begin_object (writer);
  hp_json_writer_set_string (writer, "booster", import->booster);
  hp_json_writer_set_string (writer, "objective", import->objective);
  hp_json_writer_set_int (writer, "trees", hp_model_get_n_trees (import->model));
  hp_json_writer_end_object (writer);
}

void
_hp_foreign_write_unmeasured (const Foreign *foreign, HpJsonWriter *writer)
{
  static const char *const none[] = { "cv", "oof", "test", "interval", "coverage", NULL };

  hp_json_writer_set_string (writer, "family", hp_family_name (HP_FAMILY_XGBOOST));
  hp_json_writer_key (writer, "params");
  _hp_foreign_write_params (foreign, writer);
  for (guint i = 0; none[i] != NULL; i++)
    {
      hp_json_writer_key (writer, none[i]);
      hp_json_writer_null (writer);
    }
  hp_json_writer_key (writer, "gates");
  hp_json_writer_begin_object (writer);
  hp_json_writer_set_boolean (writer, "passed", FALSE);
  hp_json_writer_key (writer, "failed");
  hp_json_writer_begin_array (writer);
  hp_json_writer_end_array (writer);
  hp_json_writer_key (writer, "outcomes");
  hp_json_writer_begin_array (writer);
  hp_json_writer_end_array (writer);
  hp_json_writer_end_object (writer);
  hp_json_writer_key (writer, "calibration");
  hp_json_writer_null (writer);
}

void
_hp_foreign_write_yaml (const Foreign *foreign, HpYamlWriter *writer)
{
  const struct
  {
    const char *key, *value;
  } members[] = {
    { "file", foreign->file },
    { "sha256", foreign->sha256 },
    { "producer", foreign->import->producer },
    { "booster", foreign->import->booster },
    { "objective", foreign->import->objective },
  };

  hp_yaml_writer_key (writer, "imported");
  hp_yaml_writer_begin_mapping (writer, FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      hp_yaml_writer_key (writer, members[i].key);
      hp_yaml_writer_string (writer, members[i].value);
    }
  hp_yaml_writer_end_mapping (writer);
}
