/* hp-description-private.h - what writing and reading a description share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-description.h"

G_BEGIN_DECLS

extern const char *const _hp_attribute_type_names[4]; /* by HpColumnType */

HpDescription *_hp_description_new_empty (void);

G_END_DECLS
