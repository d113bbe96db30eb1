/* hp-foreign.h - a model that others trained becomes a version like any other
 *
 * Its features are matched with the schema's by their names. With sales it is measured, calibrated and gated as our own
 * models are, on the same split of them; without, it is a version that has neither metrics nor intervals.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-import.h"
#include "hp-train.h"

G_BEGIN_DECLS

/* What the file is called in the bundle */
#define HP_FOREIGN_JSON   "imported.json"
#define HP_FOREIGN_UBJSON "imported.ubj"

/* table: (nullable) sales; notes: (element-type utf8) takes what people should know. HP_ERROR_BAD_DATA */
HpCandidate *hp_foreign_adopt (HpImport *import, GBytes *file, const char *file_name, const HpTable *table, const HpSchema *schema,
                               const HpTrainOptions *options, HpTeam *team, GPtrArray *notes, GError **error);

G_END_DECLS
