/* hp-ranks-columns.c - the thresholds of a model become columns, its nodes a column and a place in it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>
#include <string.h>

#include "hp-model-private.h"
#include "hp-ranks.h"

/* A node that is no leaf, and its threshold as an integer that sorts the same */
typedef struct
{
  guint32 key;
  guint32 node;
} Split;

static guint32
get_key (float threshold)
{
  float value = threshold + 0.0f; /* -0 is 0 */
  guint32 bits;

  memcpy (&bits, &value, sizeof bits);
  return bits & 0x80000000 ? ~bits : bits | 0x80000000;
}

/* By key, a byte after the other from the lowest; room: for as many */
static void
sort_splits (Split *splits, Split *room, gsize n)
{
  for (guint shift = 0; shift < 32; shift += 8)
    {
      gsize ends[256] = { 0 }, end = 0;
      Split *sorted = room;

      for (gsize i = 0; i < n; i++)
        ends[splits[i].key >> shift & 0xff]++;
      for (guint byte = 0; byte < 256; byte++)
        {
          gsize count = ends[byte];

          ends[byte] = end;
          end += count;
        }
      for (gsize i = 0; i < n; i++)
        sorted[ends[splits[i].key >> shift & 0xff]++] = splits[i];
      room = splits;
      splits = sorted;
    }
}

/* All splits, feature by feature; ends: of each feature's. Returns: (transfer full) */
static Split *
collect_splits (const HpModel *model, gsize *ends)
{
  const HpNode *nodes = (const HpNode *) model->nodes->data;
  Split *splits;
  gsize n = 0;

  for (guint i = 0; i < model->nodes->len; i++)
    if (nodes[i].left >= 0)
      ends[nodes[i].feature]++;
  for (guint f = 0; f < model->n_features; f++)
    {
      gsize count = ends[f];

      ends[f] = n;
      n += count;
    }
  splits = g_new (Split, n + 1);
  for (guint i = 0; i < model->nodes->len; i++)
    if (nodes[i].left >= 0)
      splits[ends[nodes[i].feature]++] = (Split){ get_key (nodes[i].value), i };
  return splits;
}

/* Begins a column, with room for all the thresholds that it may get */
static gboolean
begin_column (GArray *columns, GArray *thresholds, guint feature)
{
  HpRankColumn column = { feature, thresholds->len, 0 };

  if (columns->len == HP_RANKS_MAX_COLUMNS)
    return FALSE;
  g_array_append_val (columns, column);
  g_array_set_size (thresholds, thresholds->len + HP_RANKS_STEP + HP_RANKS_RUN / HP_RANKS_STEP * HP_RANKS_STEP
                                  + HP_RANKS_STEP);
  return TRUE;
}

/* Fills up the last block of the last column, and notes where its blocks end */
static void
end_column (GArray *columns, GArray *thresholds)
{
  const HpRankColumn *column = &g_array_index (columns, HpRankColumn, columns->len - 1);
  float *ends = &g_array_index (thresholds, float, column->first), *blocks = ends + HP_RANKS_STEP;
  guint n_blocks = column->n / HP_RANKS_STEP + 1;

  for (guint i = column->n; i < n_blocks * HP_RANKS_STEP; i++)
    blocks[i] = NAN;
  for (guint i = 0; i < HP_RANKS_STEP; i++)
    ends[i] = i < n_blocks ? blocks[(i + 1) * HP_RANKS_STEP - 1] : NAN;
  g_array_set_size (thresholds, column->first + (1 + n_blocks) * HP_RANKS_STEP);
}

/* Makes the columns of a feature from its sorted splits, and the nodes as the tables have them */
static gboolean
add_feature (GArray *columns, GArray *thresholds, const HpModel *model, guint feature, const Split *splits, gsize n,
             HpRankNode *converted)
{
  HpRankColumn *column = NULL;

  for (gsize i = 0; i < n; i++)
    {
      const HpNode *node = &g_array_index (model->nodes, HpNode, splits[i].node);

      if (i == 0 || splits[i].key != splits[i - 1].key)
        {
          if (column == NULL || column->n == HP_RANKS_RUN)
            {
              if (column != NULL)
                end_column (columns, thresholds);
              if (!begin_column (columns, thresholds, feature))
                return FALSE;
              column = &g_array_index (columns, HpRankColumn, columns->len - 1);
            }
          g_array_index (thresholds, float, column->first + HP_RANKS_STEP + column->n) = node->value;
          column->n++;
        }
      converted[splits[i].node]
        = (HpRankNode){ columns->len - 1, node->default_left,
                        (int) column->n - 1 + HP_RANKS_LEAST + node->default_left };
    }
  if (column != NULL)
    end_column (columns, thresholds);
  return TRUE;
}

HpRankNode *
_hp_ranks_make_columns (HpRanks *ranks, const HpModel *model)
{
  g_autoptr (GArray) columns = g_array_new (FALSE, FALSE, sizeof (HpRankColumn));
  g_autoptr (GArray) thresholds = g_array_new (FALSE, FALSE, sizeof (float));
  g_autofree gsize *ends = g_new0 (gsize, model->n_features + 1);
  g_autofree Split *splits = collect_splits (model, ends);
  g_autofree Split *room = g_new (Split, model->nodes->len + 1);
  g_autofree HpRankNode *converted = g_new (HpRankNode, model->nodes->len + 1);
  gsize start = 0;

  for (guint i = 0; i < model->nodes->len; i++)
    converted[i] = (HpRankNode){ 0, 0, HP_RANKS_ALWAYS_LEFT };
  for (guint f = 0; f < model->n_features; start = ends[f++])
    {
      sort_splits (splits + start, room, ends[f] - start);
      if (!add_feature (columns, thresholds, model, f, splits + start, ends[f] - start, converted))
        return NULL;
    }
  ranks->n_columns = columns->len;
  ranks->columns = g_memdup2 (columns->data, columns->len * sizeof (HpRankColumn));
  ranks->n_thresholds = thresholds->len;
  ranks->thresholds = g_memdup2 (thresholds->data, thresholds->len * sizeof (float));
  return g_steal_pointer (&converted);
}
