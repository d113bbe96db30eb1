/* hp-width.h - how hard a house is to value: the width of its interval against that of others
 *
 * A width model gives each house a sigma: the size of error to expect, 1 for a typical house. It is a small ensemble of trees for
 * the logarithm of sigma on the model's features and the predicted price, so it is scored by the kernels that score prices.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-json.h"
#include "hp-model.h"

G_BEGIN_DECLS

#define HP_WIDTH_MAX_COLUMNS 256
#define HP_WIDTH_MAX_TREES   1000
#define HP_WIDTH_MAX_BINS    32

/* Features of sales as bytes, made once for many fits. 0 is a missing value; else one more than the number of cuts that are not above
 * the value, so "code <= k" is exactly "missing, or value < cut k - 1". */
typedef struct
{
  gsize   n;
  guint   n_features, n_columns; /* the predicted price is the last column */
  guint8 *n_cuts;                /* by column */
  float  *cuts;                  /* n_columns × HP_WIDTH_MAX_BINS, ascending */
  guint8 *codes;                 /* n × n_columns */
} HpWidthBins;

/* features: n × n_features; price: n, predicted */
HpWidthBins *_hp_width_bins_new  (const float *features, guint n_features, const double *price, gsize n);
void         _hp_width_bins_free (HpWidthBins *bins);

typedef struct
{
  guint    n_features; /* of the model whose prices they are */
  guint    n_columns;
  guint32 *columns;    /* which features the trees look at, ascending; n_features: the predicted price */
  HpModel *trees;      /* margin: log sigma */
} HpWidth;

/* residual: by row of bins, on the model's scale, finite for the rows; rows: n of them. The same rows give the same bits. */
HpWidth     *_hp_width_fit       (const HpWidthBins *bins, const double *residual, const guint32 *rows, gsize n);
HpWidth     *_hp_width_copy      (const HpWidth *width);
void         _hp_width_free      (HpWidth *width);
/* No allocation. However the rows are cut into calls, each gets the same bits. */
void         _hp_width_sigmas    (const HpWidth *width, const float *features, const double *price, gsize n, double *sigma);
HpWidth     *_hp_width_new       (guint n_features, const guint32 *columns, guint n_columns, HpModel *trees /* (transfer full) */);
void         _hp_width_write_json (const HpWidth *width, HpJsonWriter *writer);
HpWidth     *_hp_width_from_json (JsonObject *object, GError **error);                         /* HP_ERROR_BAD_DATA */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpWidth, _hp_width_free)

G_END_DECLS
