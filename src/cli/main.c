/* main.c - the program house-price
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hp-cli.h"

int
main (int argc, char **argv)
{
  static const HpCliVerb *const verbs[] = {
    &hp_verb_validate,
    &hp_verb_train,
    &hp_verb_predict,
    &hp_verb_evaluate,
    &hp_verb_compare,
    &hp_verb_ratio,
    &hp_verb_drift,
    &hp_verb_plot,
    &hp_verb_report,
    &hp_verb_models,
    &hp_verb_models_list,
    &hp_verb_models_show,
    &hp_verb_models_promote,
    &hp_verb_models_rollback,
    &hp_verb_models_alias,
    &hp_verb_models_verify,
    &hp_verb_models_import,
    &hp_verb_models_export,
    &hp_verb_models_install,
    &hp_verb_models_delete,
    &hp_verb_schema,
    &hp_verb_schema_infer,
    &hp_verb_schema_check,
    &hp_verb_session,
    &hp_verb_session_new,
    &hp_verb_session_show,
    &hp_verb_session_run,
    &hp_verb_session_add,
    &hp_verb_session_note,
    &hp_verb_session_accept,
    &hp_verb_session_override,
    &hp_verb_serve,
    &hp_verb_tui,
    &hp_verb_gui,
    NULL,
  };

  return hp_cli_main (verbs, argc, argv);
}
