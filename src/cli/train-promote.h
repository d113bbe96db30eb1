/* train-promote.h - who becomes champion after a training
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-cli.h"
#include "hp-train.h"

G_BEGIN_DECLS

/* wanted: --promote was given. What is decided is noted in the training. */
gboolean hp_train_promote (HpCli *cli, HpRegistry *registry, HpTraining *training, gboolean wanted, GError **error);

G_END_DECLS
