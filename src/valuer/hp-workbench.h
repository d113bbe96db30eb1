/* hp-workbench.h - what a front end works on: who values, the form, the price; no widget
 *
 * The description that the form is made of is the server's while it answers and this computer's otherwise; which of them there is decides
 * what is shown first.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-auto-valuer.h"
#include "hp-form.h"
#include "hp-live-valuation.h"
#include "hp-training.h"

G_BEGIN_DECLS

typedef enum
{
  HP_WORKBENCH_LOADING,  /* nobody has described a house yet */
  HP_WORKBENCH_NO_MODEL, /* there is none here, and no server that has one */
  HP_WORKBENCH_FAILED,   /* there is one and it can't be used: see the error */
  HP_WORKBENCH_READY,    /* the form has its fields */
} HpWorkbenchState;

#define HP_TYPE_WORKBENCH (hp_workbench_get_type ())
G_DECLARE_FINAL_TYPE (HpWorkbench, hp_workbench, HP, WORKBENCH, GObject)

/* registry, name: (nullable) the defaults; server: (nullable) a URL. Signal "changed": any of state, error, version of the local model
 * is another. Whoever makes it calls hp_workbench_start() when it listens. */
HpWorkbench     *hp_workbench_new               (const char *registry, const char *name, const char *server, GError **error);
/* The same with a valuer of one's own; trainings go to the default registry */
HpWorkbench     *hp_workbench_new_with_valuer   (HpAutoValuer *valuer);
void             hp_workbench_start             (HpWorkbench *workbench);
/* Asks again for a description: a model was trained, or somebody wants to try again */
void             hp_workbench_reload            (HpWorkbench *workbench);
HpWorkbenchState hp_workbench_get_state         (HpWorkbench *workbench);
const GError    *hp_workbench_get_error         (HpWorkbench *workbench); /* (nullable) */
const char      *hp_workbench_get_local_version (HpWorkbench *workbench); /* (nullable): of the model on this computer */
HpAutoValuer    *hp_workbench_get_valuer        (HpWorkbench *workbench);
HpRegistry      *hp_workbench_get_registry      (HpWorkbench *workbench); /* (nullable) */
HpForm          *hp_workbench_get_form          (HpWorkbench *workbench);
HpLiveValuation *hp_workbench_get_live          (HpWorkbench *workbench);
/* A training that registers its versions where this workbench looks for them; (transfer full) */
HpTraining      *hp_workbench_new_training      (HpWorkbench *workbench);

G_END_DECLS
