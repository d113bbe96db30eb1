/* chart-support.h - sales for charts, and charts in words
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-chart-study.h"

G_BEGIN_DECLS

/* Every few sales of a holdout.csv that the program wrote, in tests/golden/chart; schema: within the source tree. With FSDs. */
HpResidualSet *support_load_holdout (const char *file, const char *name, const char *schema, HpTarget target);
/* n sales that a version is off at by a seeded lognormal error; "place" has n_levels levels, "age" is a number, some are missing */
HpResidualSet *support_make_set     (const char *name, gsize n, guint n_levels);
/* Made with asserts that nothing goes wrong, and that it holds what every chart must */
HpChart       *support_make_chart   (const char *kind, const HpChartSource *source);
/* What it holds, with digests of series: some lines of text, numbers to five digits */
void           support_describe     (const HpChart *chart, GString *text);

G_END_DECLS
