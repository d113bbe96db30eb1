/* hp-tui-options.h - the command line of house-price-tui
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-term.h"

G_BEGIN_DECLS

typedef struct
{
  char         *registry, *name, *server; /* (nullable) */
  HpTermOptions term;
  gboolean      version, help;
} HpTuiOptions;

void     hp_tui_options_set_locale (void);
/* HP_ERROR_USAGE */
gboolean hp_tui_options_parse      (HpTuiOptions *options, int argc, char **argv, GError **error);
void     hp_tui_options_clear      (HpTuiOptions *options);
char    *hp_tui_options_help       (void);
char    *hp_tui_options_version    (void);

G_END_DECLS
