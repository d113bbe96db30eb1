/* hp-chart-boxes.c - residuals by category: a box for each
 *
 * Lying, so that there is room for names of any length; the first category is at the top.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "hp-chart-study-private.h"
#include "hp-display.h"
#include "hp-spread.h"
#include "hp-text.h"

/* Of the distance between categories, shared by the versions */
#define BOX_WIDTH 0.7

/* The categories that are shown */
typedef struct
{
  guint n, n_all;
  guint32 *level; /* n: in order of the column, from the top */
  gsize *sizes;   /* of every level */
} Groups;

static void
groups_clear (Groups *groups)
{
  g_free (groups->level);
  g_free (groups->sizes);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Groups, groups_clear)

static int
compare_sizes (gconstpointer a, gconstpointer b, gpointer data)
{
  const gsize *sizes = data;
  guint32 x = *(const guint32 *) a, y = *(const guint32 *) b;

  return sizes[x] != sizes[y] ? (sizes[x] < sizes[y] ? 1 : -1) : x < y ? -1 : x > y;
}

static int
compare_levels (gconstpointer a, gconstpointer b, gpointer data)
{
  guint32 x = *(const guint32 *) a, y = *(const guint32 *) b;

  return x < y ? -1 : x > y;
}

/* Those with most sales, in their own order */
static void
choose_groups (const HpSetColumn *column, const double *errors, gsize n, Groups *groups)
{
  groups->sizes = g_new0 (gsize, column->n_levels + 1);
  groups->level = g_new0 (guint32, column->n_levels + 1);
  groups->n_all = 0;
  for (gsize i = 0; i < n; i++)
    if (column->numbers[i] >= 0 && column->numbers[i] < column->n_levels && isfinite (errors[i]))
      groups->sizes[(guint) column->numbers[i]]++;
  for (guint32 level = 0; level < column->n_levels; level++)
    if (groups->sizes[level] > 0)
      groups->level[groups->n_all++] = level;
  g_qsort_with_data (groups->level, (gint) groups->n_all, sizeof (guint32), compare_sizes, groups->sizes);
  groups->n = MIN (groups->n_all, HP_CHART_MAX_GROUPS);
  g_qsort_with_data (groups->level, (gint) groups->n, sizeof (guint32), compare_levels, NULL);
}

/* Of a version: the boxes, and what lies beyond the whiskers. medians: n of groups */
static void
add_version (HpChart *chart, const HpChartInput *input, guint k, const HpSetColumn *column, const Groups *groups,
             double *medians)
{
  const HpResidualSet *set = input->sets[k];
  g_autofree double *errors = _hp_chart_errors (input, set), *values = g_new (double, set->n + 1);
  g_autofree guint32 *index = g_new (guint32, set->n + 1);
  g_autofree char *label = input->n_sets > 1 ? _hp_chart_version (set->name) : NULL;
  HpChartSeries *boxes = hp_chart_add_series (chart, HP_SERIES_BOXES, _HP_CHART_ROLE (k), label, 0);
  HpChartSeries *beyond = hp_chart_add_series (chart, HP_SERIES_POINTS, _HP_CHART_ROLE (k), NULL, set->n);
  double width = BOX_WIDTH / input->n_sets;

  boxes->horizontal = TRUE;
  beyond->row = g_new (guint64, set->n + 1);
  beyond->n = 0;
  for (guint g = 0; g < groups->n; g++)
    {
      g_auto (HpBox) box = { 0 };
      HpChartBox drawn;
      double at = groups->n - 1 - g + ((input->n_sets - 1) / 2.0 - k) * width;
      gsize n = 0;

      for (gsize i = 0; i < set->n; i++)
        if (column->numbers[i] == groups->level[g] && isfinite (errors[i]))
          {
            index[n] = (guint32) i;
            values[n++] = errors[i];
          }
      hp_box_compute (values, n, &box);
      medians[g] = box.median;
      if (n == 0)
        continue;
      drawn
        = (HpChartBox){ at, box.whisker_low, box.q1, box.median, box.q3, box.whisker_high, n, n < HP_CHART_FEW, width };
      g_array_append_val (boxes->boxes, drawn);
      for (gsize i = 0; i < box.n_outliers; i++)
        {
          beyond->x[beyond->n] = values[box.outliers[i]];
          beyond->y[beyond->n] = at;
          beyond->row[beyond->n++] = set->row[index[box.outliers[i]]];
        }
    }
  boxes->n = boxes->boxes->len;
}

/* The sales that are farthest off, where they are in the boxes of the one version */
static void
label_outliers (HpChart *chart, const HpChartInput *input, const HpSetColumn *column, const Groups *groups,
                const double *errors)
{
  const HpResidualSet *set = input->sets[0];
  g_autofree double *scaled = _hp_chart_scaled (input, set);
  guint32 labelled[HP_CHART_LABELS];
  guint n_labelled = _hp_chart_find_outliers (scaled, set->n, NULL, labelled);

  for (guint i = 0; i < n_labelled; i++)
    for (guint g = 0; g < groups->n; g++)
      if (column->numbers[labelled[i]] == groups->level[g])
        hp_chart_add_label (chart, errors[labelled[i]], groups->n - 1 - g, set->row[labelled[i]], NULL);
}

static char *
summarize_groups (const HpChartInput *input, const HpSetColumn *column, const Groups *groups, const double *medians)
{
  g_autofree char *version = _hp_chart_version (input->sets[0]->name), *low = NULL, *high = NULL;
  g_autofree char *lower = NULL, *upper = NULL;
  int least = -1, most = -1;

  for (guint g = 0; g < groups->n; g++)
    {
      if (groups->sizes[groups->level[g]] < HP_CHART_FEW)
        continue;
      if (least < 0 || medians[g] < medians[least])
        least = (int) g;
      if (most < 0 || medians[g] > medians[most])
        most = (int) g;
    }
  if (least < 0 || least == most)
    return g_strdup_printf (
      _ ("Fewer than two groups have %d sales, which it takes to compare the residuals of %s by group."), HP_CHART_FEW,
      version);
  low = _hp_chart_error_text (input, medians[least]);
  high = _hp_chart_error_text (input, medians[most]);
  lower = hp_text_printable (column->levels[groups->level[least]], -1, HP_CHART_MAX_LABEL_CHARS);
  upper = hp_text_printable (column->levels[groups->level[most]], -1, HP_CHART_MAX_LABEL_CHARS);
  /* Translators: least and largest median residual of groups of sales, each with its group */
  return g_strdup_printf (_ ("Median residuals of %s go from %s (%s) to %s (%s), of groups of %d sales or more."),
                          version, low, lower, high, upper, HP_CHART_FEW);
}

/* Groups left out are named where the number of sales is */
static void
tell_left_out (HpChart *chart, const Groups *groups)
{
  g_autofree char *before = g_steal_pointer (&chart->subtitle), *shown = NULL, *all = NULL;

  if (groups->n == groups->n_all)
    {
      chart->subtitle = g_steal_pointer (&before);
      return;
    }
  shown = hp_display_count (groups->n);
  all = hp_display_count (groups->n_all);
  chart->subtitle = g_strdup_printf (_ ("%s · the %s largest of %s groups"), before != NULL ? before : "", shown, all);
}

void
_hp_chart_boxes (HpChart *chart, const HpChartInput *input, const HpSetColumn *column, const char *label)
{
  g_autofree double *errors = _hp_chart_errors (input, input->sets[0]), *medians = NULL;
  g_auto (Groups) groups = { 0 };

  _hp_chart_errors_axis (input, &chart->x);
  hp_chart_axis_set (&chart->y, label, HP_FORMAT_NUMBER, NULL);
  chart->y.no_grid = TRUE;
  hp_chart_add_line (chart, HP_LINE_VERTICAL, 0, NULL);
  choose_groups (column, errors, input->sets[0]->n, &groups);
  for (guint g = groups.n; g-- > 0;)
    hp_chart_axis_add_category (&chart->y, column->levels[groups.level[g]]);
  medians = g_new0 (double, groups.n + 1);
  for (guint k = 0; k < input->n_sets; k++)
    {
      g_autofree double *own = g_new0 (double, groups.n + 1);

      add_version (chart, input, k, column, &groups, k == 0 ? medians : own);
    }
  if (input->n_sets == 1)
    label_outliers (chart, input, column, &groups, errors);
  tell_left_out (chart, &groups);
  chart->summary
    = input->n_sets == 1 ? summarize_groups (input, column, &groups, medians) : _hp_chart_summarize_errors (input);
}
