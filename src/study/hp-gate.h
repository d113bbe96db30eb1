/* hp-gate.h - gates: bounds on metrics that a version must keep to be promoted
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-json.h"
#include "hp-metrics.h"
#include "hp-parallel.h"

G_BEGIN_DECLS

typedef struct
{
  HpMetric metric;
  gboolean has_min, has_max;
  double   min, max;
} HpGateBound;

typedef struct
{
  HpGateBound bound;
  double      value;
  double      margin;    /* to the nearer bound, in the metric's unit; negative: missed by that much */
  double      low, high; /* bootstrap interval of the value; NaN where there is none */
  gboolean    passed;    /* value within the bounds, which are allowed values themselves; never if value is NaN */
} HpGateOutcome;

/* Fills outcomes[n_bounds]; TRUE if all passed (so with no bounds at all). The interval informs, the value decides.
 * replicates 0: no intervals. team may be NULL. */
gboolean hp_gates_evaluate (const double      *predicted,
                            const double      *price,
                            gsize              n,
                            const HpGateBound *bounds,
                            gsize              n_bounds,
                            guint              replicates,
                            double             level,
                            guint64            seed,
                            HpTeam            *team,
                            HpGateOutcome     *outcomes);

/* One value: {"passed": true, "failed": ["mae", …], "outcomes": [{"metric": "mae", "max": 25000, "value": …,
 * "margin": …, "low": …, "high": …, "passed": true}, …]} */
void     hp_gates_write    (const HpGateOutcome *outcomes, gsize n_outcomes, HpJsonWriter *writer);

G_END_DECLS
