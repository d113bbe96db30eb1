/* hp-preprocessor-json.h - words that writing and reading preprocessor.json share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-preprocessor-private.h"

G_BEGIN_DECLS

extern const char *const _hp_encoding_names[3];     /* by HpEncoding */
extern const char *const _hp_feature_kind_names[6]; /* by HpFeatureKind */
extern const char *const _hp_place_names[HP_N_PLACES];

G_END_DECLS
