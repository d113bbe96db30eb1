/* hp-comparison-segments.c - the versions' errors in each segment of the sales
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>

#include "hp-comparison-private.h"
#include "hp-paired-private.h"
#include "hp-segmentation.h"

static void
segment_free (gpointer data)
{
  HpComparisonSegment *segment = data;

  g_free (segment->by);
  g_free (segment->by_label);
  g_free (segment->key);
  g_free (segment->label);
  g_free (segment->mae);
  g_free (segment->pairs);
  g_free (segment);
}

/* The sales of one segment: n prices, and of each version n predictions */
static void
compare_segment (HpComparison *comparison, const HpComparisonOptions *options, HpTeam *team,
                 HpComparisonSegment *segment, const double *price, const double *const *predicted)
{
  guint stream = comparison->segments->len + 1, at = 0; /* stream 0 is of all sales */
  g_autoptr (HpPaired) paired = hp_paired_new (predicted, comparison->n_versions, price, segment->n, TRUE,
                                               options->replicates, options->seed, stream, team);

  segment->mae = g_new0 (double, comparison->n_versions);
  segment->pairs = g_new0 (HpPair, comparison->n_pairs);
  for (guint v = 0; v < comparison->n_versions; v++)
    {
      for (gsize i = 0; i < segment->n; i++)
        segment->mae[v] += fabs (price[i] - predicted[v][i]);
      segment->mae[v] /= segment->n;
    }
  for (guint a = 0; a < comparison->n_versions; a++)
    for (guint b = a + 1; b < comparison->n_versions; b++)
      {
        HpPair *pair = &segment->pairs[at++];
        double *low = &pair->low[HP_METRIC_MAE], *high = &pair->high[HP_METRIC_MAE];

        *pair = (HpPair){ .a = a, .b = b, .n = segment->n };
        for (guint i = 0; i < HP_N_METRICS; i++)
          pair->value[i] = pair->low[i] = pair->high[i] = NAN;
        pair->t = pair->p = pair->p_better = pair->p_same = pair->p_worse = NAN;
        pair->value[HP_METRIC_MAE] = segment->mae[b] - segment->mae[a];
        hp_paired_difference (paired, a, b, HP_METRIC_MAE, options->level, low, high);
        pair->rope = options->rope * segment->mae[a];
        pair->verdict = _hp_verdict_judge (segment->n, *low, *high, pair->rope);
      }
}

/* Price deciles are of the mean of all predictions: those of one version alone would be kind to the others. */
static HpSegmentation *
deal (const HpComparison *comparison, const char *by, GError **error)
{
  HpResidualSet common = *comparison->sets[0];
  g_autofree double *mean = g_new (double, common.n);

  for (gsize i = 0; i < common.n; i++)
    {
      double sum = 0;

      for (guint v = 0; v < comparison->n_versions; v++)
        sum += comparison->sets[v]->predicted[i];
      mean[i] = sum / comparison->n_versions;
    }
  common.predicted = mean;
  return hp_segmentation_new (&common, by, error);
}

static void
add_segment (HpComparison *comparison, const HpSegmentation *segmentation, guint index,
             const HpComparisonOptions *options, HpTeam *team)
{
  HpComparisonSegment *segment = g_new0 (HpComparisonSegment, 1);
  gsize n = segmentation->sizes[index], k = 0;
  g_autofree double *price = g_new0 (double, n);
  double *predicted[HP_COMPARISON_MAX];

  segment->by = g_strdup (segmentation->by);
  segment->by_label = g_strdup (segmentation->label);
  segment->key = g_strdup (segmentation->keys[index]);
  segment->label = g_strdup (segmentation->labels[index]);
  segment->n = n;
  for (guint v = 0; v < comparison->n_versions; v++)
    predicted[v] = g_new0 (double, n);
  for (gsize i = 0; i < comparison->sets[0]->n && k < n; i++)
    if (segmentation->segment[i] == (gint32) index)
      {
        price[k] = comparison->sets[0]->price[i];
        for (guint v = 0; v < comparison->n_versions; v++)
          predicted[v][k] = comparison->sets[v]->predicted[i];
        k++;
      }
  compare_segment (comparison, options, team, segment, price, (const double *const *) predicted);
  g_ptr_array_add (comparison->segments, segment);
  for (guint v = 0; v < comparison->n_versions; v++)
    g_free (predicted[v]);
}

gboolean
_hp_comparison_segment (HpComparison *comparison, const HpComparisonOptions *options, HpTeam *team, GError **error)
{
  g_auto (GStrv) suggested = options->by == NULL ? hp_segmentation_suggest (comparison->sets[0]) : NULL;
  char **by = options->by != NULL ? options->by : suggested;

  comparison->segments = g_ptr_array_new_with_free_func (segment_free);
  for (guint i = 0; by != NULL && by[i] != NULL; i++)
    {
      g_autoptr (HpSegmentation) segmentation = deal (comparison, by[i], error);

      if (segmentation == NULL)
        return FALSE;
      for (guint s = 0; s < segmentation->n; s++)
        if (segmentation->sizes[s] > 0)
          add_segment (comparison, segmentation, s, options, team);
    }
  return TRUE;
}
