/* hp-registry-compare.h - a registry's versions against each other, on the sales that none of them was trained on
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-comparison.h"
#include "hp-registry.h"

G_BEGIN_DECLS

/* HP_ERROR_USAGE: two references are of one version, which can't be compared with itself */
gboolean      hp_registry_check_distinct (const char *const *references, const guint *versions, guint n, GError **error);
/* references: 2 to 8 as for hp_registry_resolve(), NULL-terminated, the champion is "champion". (transfer full) */
HpComparison *hp_registry_compare  (HpRegistry *registry, const char *const *references, const HpComparisonOptions *options, HpTeam *team, GError **error);
/* A version against the champion, MAE and verdict only. NULL without an error: there is no champion, or the version is it. */
HpComparison *hp_registry_compare_with_champion (HpRegistry *registry, guint version, HpTeam *team, GError **error);

G_END_DECLS
