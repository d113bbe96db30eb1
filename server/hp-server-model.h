/* hp-server-model.h - a version that is loaded and ready to answer
 *
 * Never changed once made, so that any thread may use it; references are counted atomically. Who answers a request holds one from its
 * first byte to its last, so that each answer is wholly by one version.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-description.h"
#include "hp-registry.h"

G_BEGIN_DECLS

typedef struct
{
  gatomicrefcount ref_count;
  HpBundle       *bundle;      /* (nullable) that owns the predictor */
  HpPredictor    *own;         /* (nullable) the predictor where there is no bundle */
  const HpPredictor *predictor;
  const HpPreprocessor *pre;
  HpDescription  *description;
  guint           version;
  GHashTable     *keys;        /* hp_text_key() of an attribute's name → its index + 1 */
  /* What every answer of POST /predict by this version has in common: ,"model":…,"version":…,"variant": and what follows it, as far as
   * "confidence":{"fsd": */
  char           *signature;
  char           *closing;
} HpServerModel;

HpServerModel *hp_server_model_new   (const char *name, guint version, HpPredictor *predictor);  /* (transfer full) */
/* Checks every file of the bundle, loads all of it and tries it on a house; HP_ERROR_NOT_FOUND, _DAMAGED, _IO */
HpServerModel *hp_server_model_load  (HpRegistry *registry, guint version, GError **error);
HpServerModel *hp_server_model_ref   (HpServerModel *model);
void           hp_server_model_unref (HpServerModel *model);
/* An attribute by its name, or by one that differs in case and white space only; -1 */
int            hp_server_model_find  (const HpServerModel *model, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpServerModel, hp_server_model_unref)

G_END_DECLS
