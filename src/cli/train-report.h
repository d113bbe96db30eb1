/* train-report.h - the result of a training for people
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-cli.h"
#include "hp-train.h"

G_BEGIN_DECLS

char *hp_train_report (HpCli *cli, const HpTraining *training, const char *currency);

G_END_DECLS
