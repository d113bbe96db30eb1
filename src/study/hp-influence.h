/* hp-influence.h - which sales a linear model leans on
 *
 * Leverage, studentised residuals and Cook's distances of the sales that a linear model was fitted on, made by its training
 * (hp-ridge-influence.c) and kept in the bundle's diagnostics.json.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-json.h"
#include "hp-model.h"

G_BEGIN_DECLS

#define HP_INFLUENCE_MAX_SALES 5000000

typedef struct
{
  HpTarget target;     /* HP_TARGET_LOG: residuals are of the logarithm of the price; HP_TARGET_PLAIN: of the price */
  double   lambda;     /* penalty */
  double   parameters; /* effective, with the intercept: the trace of the hat matrix, which leverages add up to */
  double   sigma;      /* residual standard error, on the target's scale */
  gsize    n;
  guint64 *row;        /* n: of the training data, as people count them (as in sales.csv); ascending */
  double  *leverage;   /* n, 0 to 1 */
  double  *residual;   /* n, internally studentised: above 0 the price was higher than fitted */
  double  *cook;       /* n, Cook's distance */
} HpInfluence;

/* Arrays of n zeros */
HpInfluence *hp_influence_new        (gsize n);
void         hp_influence_free       (HpInfluence *influence);
/* The usual mark of a high leverage: twice the mean */
double       hp_influence_get_high_leverage (const HpInfluence *influence);
/* The usual mark of a large Cook's distance: 4 / n */
double       hp_influence_get_large_cook    (const HpInfluence *influence);
/* The studentised residual (above 0) at which a sale of that leverage has that Cook's distance: contour lines of a leverage plot */
double       hp_influence_get_contour (const HpInfluence *influence, double cook, double leverage);
/* Indices of the n_most sales with the greatest Cook's distance, greatest first; (transfer full) */
guint32     *hp_influence_get_largest (const HpInfluence *influence, gsize n_most, gsize *n);

/* An object, where a value may begin; read back by hp_influence_read(). Hostile input fails the reader. */
void         hp_influence_write_json (const HpInfluence *influence, HpJsonWriter *writer);
HpInfluence *hp_influence_read       (HpJsonReader *reader);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpInfluence, hp_influence_free)

G_END_DECLS
