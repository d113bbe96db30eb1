/* hp-bins.h - a feature matrix as one byte a value: the index of its bin among the feature's cuts
 *
 * Histogram learners look at ranks, never at values: a value v is in bin k when k cuts are <= v, so that
 * "bin <= k" is exactly "v < cut[k]", the test a tree makes. Missing values have a bin of their own.
 * Rows are stored together (row-major, padded to eight bytes): a node visits a subset of the rows, and each
 * visit then touches one cache line.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-parallel.h"

G_BEGIN_DECLS

#define HP_BINS_MAX     255 /* bins 0 … 254 */
#define HP_BINS_MISSING 255

typedef struct
{
  gsize    n_rows;
  guint    n_features;
  guint    stride;      /* bytes a row in codes: n_features rounded up to 8 */
  guint8  *codes;       /* n_rows × stride */
  guint16 *n_cuts;      /* by feature; bins are n_cuts + 1 */
  float   *cuts;        /* n_features × HP_BINS_MAX, ascending */
  int     *has_missing; /* by feature */
} HpBins;

HpBins *hp_bins_new  (const float *features, gsize n_rows, guint n_features, guint max_bins, HpTeam *team);
void    hp_bins_free (HpBins *bins);

static inline const float *
hp_bins_cuts (const HpBins *bins, guint feature)
{
  return bins->cuts + (gsize) feature * HP_BINS_MAX;
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpBins, hp_bins_free)

G_END_DECLS
