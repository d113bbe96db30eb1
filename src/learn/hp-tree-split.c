/* hp-tree-split.c - histograms of a node and its best split
 *
 * The loss a split removes, with G the sum of the gradients, n the rows and lambda the penalty, is
 * GL²/(nL + lambda) + GR²/(nR + lambda) - G²/(n + lambda): the gain of Chen & Guestrin (2016) for a loss whose second
 * derivative is one.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hp-tree-private.h"

#include <math.h>
#include <string.h>

#include "hp-random.h"

static inline double
inverse_of (const HpGrower *grower, guint32 count)
{
  return count < N_INVERSES ? grower->inverse[count] : 1 / (count + grower->params.lambda);
}

/**
 * _hp_tree_fill_histogram:
 * @grower: the grower
 * @rows: row numbers
 * @n: how many
 * @histogram: n_features × HIST_SIZE packed sums, added to
 *
 * The hot loop of learning on large data: one load of a row's codes and gradient, then one addition a feature.
 */
void
_hp_tree_fill_histogram (const HpGrower *grower, const guint32 *rows, gsize n, gint64 *histogram)
{
  const HpBins *bins = grower->bins;
  const gint64 *packed = grower->packed;
  const guint8 *codes = bins->codes;
  guint stride = bins->stride, n_features = bins->n_features;

  /* rows of a deep node lie far apart: ask for them ahead of time */
  enum
  {
    AHEAD = 24
  };

  if (stride == 8)
    {
      for (gsize i = 0; i < n; i++)
        {
          gsize row = rows[i];
          guint64 code;
          gint64 value = packed[row];
          gint64 *h = histogram;

          if (i + AHEAD < n)
            {
              __builtin_prefetch (codes + (gsize) rows[i + AHEAD] * 8);
              __builtin_prefetch (packed + rows[i + AHEAD]);
            }
          memcpy (&code, codes + row * 8, 8);
          code = GUINT64_FROM_LE (code);
          switch (n_features)
            {
            case 8:
              h[7 * HIST_SIZE + (code >> 56)] += value;
              G_GNUC_FALLTHROUGH;
            case 7:
              h[6 * HIST_SIZE + (code >> 48 & 255)] += value;
              G_GNUC_FALLTHROUGH;
            case 6:
              h[5 * HIST_SIZE + (code >> 40 & 255)] += value;
              G_GNUC_FALLTHROUGH;
            case 5:
              h[4 * HIST_SIZE + (code >> 32 & 255)] += value;
              G_GNUC_FALLTHROUGH;
            case 4:
              h[3 * HIST_SIZE + (code >> 24 & 255)] += value;
              G_GNUC_FALLTHROUGH;
            case 3:
              h[2 * HIST_SIZE + (code >> 16 & 255)] += value;
              G_GNUC_FALLTHROUGH;
            case 2:
              h[1 * HIST_SIZE + (code >> 8 & 255)] += value;
              G_GNUC_FALLTHROUGH;
            default:
              h[code & 255] += value;
            }
        }
      return;
    }

  for (gsize i = 0; i < n; i++)
    {
      gsize row = rows[i];
      const guint8 *code = codes + row * stride;
      gint64 value = packed[row];

      if (i + AHEAD < n)
        {
          __builtin_prefetch (codes + (gsize) rows[i + AHEAD] * stride);
          __builtin_prefetch (packed + rows[i + AHEAD]);
        }
      for (guint f = 0; f < n_features; f++)
        histogram[f * HIST_SIZE + code[f]] += value;
    }
}

/* The same for a few features, each histogram by itself; marks the bins that occur when sparse */
static void
fill_some (const HpGrower *grower, const guint32 *rows, gsize n, const guint32 *features, guint n_features,
           gint64 *histogram, guint64 *occupied, gboolean sparse)
{
  const gint64 *packed = grower->packed;
  gsize stride = grower->bins->stride;

  for (guint j = 0; j < n_features; j++)
    {
      const guint8 *codes = grower->bins->codes + features[j];
      gint64 *h = histogram + (gsize) j * HIST_SIZE;
      guint64 *seen = occupied + (gsize) j * 4;

      if (sparse)
        for (gsize i = 0; i < n; i++)
          {
            guint code = codes[rows[i] * stride];

            h[code] += packed[rows[i]];
            seen[code >> 6] |= G_GUINT64_CONSTANT (1) << (code & 63);
          }
      else
        for (gsize i = 0; i < n; i++)
          h[codes[rows[i] * stride]] += packed[rows[i]];
    }
}

/* The loss removed by giving rows of sum g and count n their best value within the node's bounds, in quantised units.
 * Bounds are in units of the target: where a leaf function makes values of another unit than the gradients', they don't
 * count here. */
static inline double
bounded_score (const HpGrower *grower, const Work *work, double g, guint32 n, double *value)
{
  double weight = n + grower->params.lambda;

  *value = g / weight;
  if (grower->bounded)
    *value = CLAMP (*value, work->low * grower->scale, work->high * grower->scale);
  return 2 * g * *value - weight * *value * *value;
}

typedef struct
{
  const HpGrower *grower;
  const Work *work;
  guint feature;
  int sign;
  gint64 missing;
} Scan;

/* Considers the split that sends left (a packed sum) to the left */
static inline void
consider (const Scan *scan, gint64 left, guint bin, guint8 default_left, Split *best)
{
  const HpGrower *grower = scan->grower;
  const Work *work = scan->work;
  gint64 right = work->sum - left;
  guint32 n_left = packed_count (grower, left), n_right = packed_count (grower, right);
  double gain;

  if (n_left < grower->params.min_leaf || n_right < grower->params.min_leaf)
    return;

  double g_left = packed_sum (grower, left), g_right = packed_sum (grower, right);

  if (G_UNLIKELY (grower->constrained))
    {
      double value_left, value_right;

      gain = bounded_score (grower, work, g_left, n_left, &value_left)
             + bounded_score (grower, work, g_right, n_right, &value_right);
      if (scan->sign * (value_right - value_left) < 0)
        return;
    }
  else
    gain = g_left * g_left * inverse_of (grower, n_left) + g_right * g_right * inverse_of (grower, n_right);

  if (gain > best->gain)
    *best = (Split){ gain, scan->feature, bin, default_left, left };
}

static inline void
consider_both (const Scan *scan, gint64 sum, guint bin, Split *best)
{
  consider (scan, sum, bin, FALSE, best);
  if (scan->missing != 0)
    consider (scan, sum + scan->missing, bin, TRUE, best);
}

/* Bins in order, each boundary a candidate; the last one parts what is known from what is missing */
static void
scan_dense (const Scan *scan, const gint64 *h, Split *best)
{
  guint n_bins = scan->grower->bins->n_cuts[scan->feature] + 1;
  gint64 sum = 0;

  for (guint bin = 0; bin < n_bins; bin++)
    if (h[bin] != 0)
      {
        sum += h[bin];
        consider_both (scan, sum, bin, best);
      }
}

/* The bins that occur, in order: what a forest spends its time in. Without missing values and constraints, which is
 * nearly always, the loop keeps all it needs in registers; it finds what consider() would. */
static void
scan_sparse (const Scan *scan, const gint64 *h, const guint64 *occupied, Split *best)
{
  const HpGrower *grower = scan->grower;
  gboolean plain = scan->missing == 0 && !grower->constrained && scan->work->count < N_INVERSES;
  const double *inverse = grower->inverse;
  gint64 sum = 0, total = scan->work->sum, mask = grower->count_mask;
  guint32 count = scan->work->count, min_leaf = grower->params.min_leaf;
  guint bits_of_count = grower->count_bits;
  Split found = *best;

  for (guint word = 0; word < 4; word++)
    for (guint64 bits = occupied[word]; bits != 0; bits &= bits - 1)
      {
        guint bin = word * 64 + __builtin_ctzll (bits);

        if (bin == HP_BINS_MISSING)
          break;
        sum += h[bin];
        if (G_LIKELY (plain))
          {
            guint32 n_left = sum & mask, n_right = count - n_left;
            double g_left = (double) (sum >> bits_of_count), g_right = (double) ((total - sum) >> bits_of_count);

            if (n_left < min_leaf)
              continue;
            if (n_right < min_leaf)
              goto out;

            double gain = g_left * g_left * inverse[n_left] + g_right * g_right * inverse[n_right];

            if (gain > found.gain)
              found = (Split){ gain, scan->feature, bin, FALSE, sum };
          }
        else
          consider_both (scan, sum, bin, &found);
      }
out:
  *best = found;
}

/* The rows leave a gap of empty bins behind the best bin: the threshold goes to its middle, where a row that training
 * has not seen is as likely to be on the right side as on the wrong one. */
static guint
centre_of_gap (const gint64 *h, guint n_bins, guint bin)
{
  guint next = bin + 1;

  while (next < n_bins && h[next] == 0)
    next++;
  return next < n_bins ? (bin + next - 1) / 2 : n_bins - 1;
}

static void
shuffle_features (const HpGrower *grower, const Work *work, guint32 *features)
{
  HpRandom random;

  memcpy (features, grower->tree_features, grower->n_tree_features * sizeof *features);
  if (grower->n_node_features < grower->n_tree_features)
    {
      hp_random_init (&random, grower->seed, (guint64) work->node + 1);
      hp_random_shuffle (&random, features, grower->n_tree_features);
    }
}

static void
search_feature (HpGrower *grower, Work *work, guint feature, const gint64 *h, const guint64 *occupied, Split *best)
{
  const HpBins *bins = grower->bins;
  Scan scan = {
    .grower = grower,
    .work = work,
    .feature = feature,
    .sign = grower->params.monotone != NULL ? grower->params.monotone[feature] : 0,
    .missing = bins->has_missing[feature] ? h[HP_BINS_MISSING] : 0,
  };
  double before = best->gain;

  if (occupied != NULL)
    scan_sparse (&scan, h, occupied, best);
  else
    scan_dense (&scan, h, best);
  if (best->gain > before)
    {
      best->bin = centre_of_gap (h, bins->n_cuts[feature] + 1, best->bin);
      if (scan.missing == 0)
        best->default_left = 2 * packed_count (grower, best->left) >= work->count;
    }
}

/**
 * _hp_tree_find_split:
 * @grower: the grower
 * @work: a node; its split is set, with a gain of 0 if there is none worth making
 * @scratch: memory of this worker
 *
 * Looks at the node's draw of the features, and further, one by one, when none of these can split it.
 */
void
_hp_tree_find_split (HpGrower *grower, Work *work, Scratch *scratch)
{
  double g = packed_sum (grower, work->sum), value;
  double alone = grower->constrained ? bounded_score (grower, work, g, work->count, &value)
                                     : g * g * inverse_of (grower, work->count);
  double least = alone + grower->params.min_gain * grower->scale * grower->scale + 1e-12 * fabs (alone);
  Split best = { .gain = least };
  const guint32 *rows = grower->rows + work->begin;
  gboolean sparse = work->n_rows < SPARSE_ROWS;
  guint n = grower->n_node_features;

  work->split = (Split){ 0 };
  if (work->count < 2 * (guint64) grower->params.min_leaf)
    return;
  shuffle_features (grower, work, scratch->features);
  for (guint first = 0; first < grower->n_tree_features && best.gain <= least; first += n, n = 1)
    {
      const guint32 *features = scratch->features + first;

      if (work->histogram != NULL)
        {
          for (guint j = 0; j < n; j++)
            search_feature (grower, work, features[j], work->histogram + (gsize) features[j] * HIST_SIZE, NULL, &best);
          continue;
        }
      fill_some (grower, rows, work->n_rows, features, n, scratch->histogram, scratch->occupied, sparse);
      for (guint j = 0; j < n; j++)
        {
          gint64 *h = scratch->histogram + (gsize) j * HIST_SIZE;
          guint64 *seen = scratch->occupied + (gsize) j * 4;

          search_feature (grower, work, features[j], h, sparse ? seen : NULL, &best);
          if (sparse)
            {
              for (guint word = 0; word < 4; word++)
                for (guint64 bits = seen[word]; bits != 0; bits &= bits - 1)
                  h[word * 64 + __builtin_ctzll (bits)] = 0;
              memset (seen, 0, 4 * sizeof *seen);
            }
          else
            memset (h, 0, HIST_SIZE * sizeof *h);
        }
    }
  work->split = best;
  work->split.gain = best.gain > least ? best.gain - alone : 0;
}
