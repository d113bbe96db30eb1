/* hp-preprocessor-fit.h - what the steps of fitting a preprocessor share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-preprocessor-private.h"

G_BEGIN_DECLS

typedef struct
{
  const HpSchema *schema;
  const HpTable *table;
  const guint32 *rows;
  gsize n_rows;
  HpPreprocessor *pre;
  HpHouseBinding *binding;
  HpHouse *house;
} HpFit;

/* An attribute of the r-th training row, also left in fit->house */
static inline double
_hp_fit_read_cell (HpFit *fit, guint i, gsize r)
{
  _hp_house_set_cell (fit->house, fit->binding, i, fit->rows[r]);
  return fit->house->raw[i];
}

/* In this order: */
void     _hp_fit_dates      (HpFit *fit);
gboolean _hp_fit_add_inputs (HpFit *fit, const char *const *features, GError **error);
gboolean _hp_fit_add_named  (HpFit *fit, const char *const *features, GError **error);
/* binding and house are there from here on */
gboolean _hp_fit_inputs     (HpFit *fit, GError **error);
gboolean _hp_fit_ranks      (HpFit *fit, GError **error);
gboolean _hp_fit_columns    (HpFit *fit, GError **error);

/* What stands in for a missing value. values: sorted, n > 0 */
double   _hp_fit_stand_in        (const double *values, gsize n, HpMissing how, HpColumnType type);

G_END_DECLS
