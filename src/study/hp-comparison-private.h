/* hp-comparison-private.h - what the parts of a comparison share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-comparison.h"

G_BEGIN_DECLS

/* of b against a; the interval is that of b's MAE less a's, rope in its unit */
HpVerdict _hp_verdict_judge        (gsize n, double low, double high, double rope);
HpResidualSet **_hp_comparison_match (HpResidualSet *const *sets, guint n_sets, gboolean *by_content);
gboolean  _hp_comparison_segment   (HpComparison *comparison, const HpComparisonOptions *options, HpTeam *team, GError **error);
void      _hp_comparison_find_movers (HpComparison *comparison, guint n_movers);

G_END_DECLS
