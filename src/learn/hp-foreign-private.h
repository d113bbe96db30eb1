/* hp-foreign-private.h - the parts of an adoption
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-foreign.h"

G_BEGIN_DECLS

/* The schema's names for the model's features, in the model's order; (transfer full) (nullable) */
char    **_hp_foreign_match_features (const HpImport *import, const char *file, const HpSchema *schema, GPtrArray *notes,
                                      GError **error);
/* The schema with the categories in the order of their codes, as far as the file tells; (transfer full) (nullable) */
HpSchema *_hp_foreign_order_categories (const HpImport *import, char **features, const HpSchema *schema, GError **error);
/* Is there a category for each code that the model splits on? Notes where codes are only assumed. */
gboolean  _hp_foreign_check_codes (const HpImport *import, const char *file, const HpPreprocessor *pre, const HpSchema *ordered,
                                   GPtrArray *notes, GError **error);

G_END_DECLS
