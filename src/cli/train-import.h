/* train-import.h - models import, as the helper program runs it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-cli.h"

G_BEGIN_DECLS

int hp_train_run_import (HpCli *cli, gconstpointer values, char **arguments, GError **error);

G_END_DECLS
