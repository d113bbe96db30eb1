/* hp-cli-import.h - the options of models import, which house-price and its helper both read
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-cli.h"

G_BEGIN_DECLS

typedef struct
{
  char *schema, *data, *target;
  gboolean best_iteration;
} HpCliImportOptions;

G_END_DECLS
