/* chart-support.c - sales for charts, and charts in words
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>

#include "chart-support.h"
#include "hp-random.h"

/* A quantile of the normal distribution: of the intervals of 90 % that versions have */
#define Z90 1.6448536269514722

HpResidualSet *
support_load_holdout (const char *file, const char *name, const char *schema, HpTarget target)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "golden", "chart", file, NULL), *csv = NULL;
  g_autofree char *schema_path = g_test_build_filename (G_TEST_DIST, "..", schema, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (HpSchema) columns = hp_schema_load (schema_path, &error);
  HpResidualSet *set;
  gsize length;

  g_assert_no_error (error);
  g_file_get_contents (path, &csv, &length, &error);
  g_assert_no_error (error);
  set = hp_residual_set_new_holdout (csv, length, name, columns, target, &error);
  g_assert_no_error (error);
  set->fsd = g_new (double, set->n);
  for (gsize i = 0; i < set->n; i++)
    set->fsd[i] = (set->high[i] - set->low[i]) / 2 / Z90 / set->predicted[i];
  return set;
}

static HpSetColumn *
add_column (HpResidualSet *set, const char *name, HpSetColumnKind kind)
{
  HpSetColumn *column = g_new0 (HpSetColumn, 1);

  column->name = g_strdup (name);
  column->label = g_strdup (name);
  column->kind = kind;
  column->numbers = g_new0 (double, set->n + 1);
  g_ptr_array_add (set->columns, column);
  return column;
}

static void
free_column (gpointer data)
{
  HpSetColumn *column = data;

  g_free (column->name);
  g_free (column->label);
  g_free (column->unit);
  g_free (column->numbers);
  g_strfreev (column->levels);
  g_free (column);
}

HpResidualSet *
support_make_set (const char *name, gsize n, guint n_levels)
{
  HpResidualSet *set = g_new0 (HpResidualSet, 1);
  HpSetColumn *place, *age;
  HpRandom random;

  hp_random_init (&random, 7, 0);
  set->name = g_strdup (name);
  set->currency = g_strdup ("USD");
  set->target = HP_TARGET_LOG;
  set->level = 0.9;
  set->n = n;
  set->row = g_new0 (guint64, n + 1);
  set->fold = g_new0 (gint8, n + 1);
  set->price = g_new0 (double, n + 1);
  set->predicted = g_new0 (double, n + 1);
  set->low = g_new0 (double, n + 1);
  set->high = g_new0 (double, n + 1);
  set->fsd = g_new0 (double, n + 1);
  set->columns = g_ptr_array_new_with_free_func (free_column);
  set->latitude = set->longitude = set->date = set->id = -1;
  age = add_column (set, "age", HP_SET_NUMBER);
  place = add_column (set, "place", HP_SET_CATEGORY);
  place->n_levels = n_levels;
  place->levels = g_new0 (char *, n_levels + 1);
  for (guint i = 0; i < n_levels; i++)
    place->levels[i] = g_strdup_printf ("place %03u", i);
  for (gsize i = 0; i < n; i++)
    {
      set->row[i] = i + 1;
      set->predicted[i] = exp (11.5 + 0.5 * hp_random_normal (&random));
      set->price[i] = set->predicted[i] * exp (0.15 * hp_random_normal (&random));
      set->low[i] = set->predicted[i] * exp (-0.15 * Z90);
      set->high[i] = set->predicted[i] * exp (0.15 * Z90);
      set->fsd[i] = 0.15;
      age->numbers[i] = i % 13 == 5 ? NAN : 100 * hp_random_double (&random);
      place->numbers[i] = i % 17 == 3 || n_levels == 0 ? NAN : (double) hp_random_below (&random, n_levels);
    }
  return set;
}

static void
check_axis (const HpChartAxis *axis)
{
  g_assert_true (isfinite (axis->from) && isfinite (axis->to));
  g_assert_cmpfloat (axis->from, <, axis->to);
  for (guint i = 0; i < axis->ticks->len; i++)
    {
      const HpChartTick *tick = &g_array_index (axis->ticks, HpChartTick, i);

      g_assert_cmpfloat (tick->at, >=, axis->from);
      g_assert_cmpfloat (tick->at, <=, axis->to);
      g_assert_true (i == 0 || tick->at > tick[-1].at);
      g_assert_true (g_utf8_validate (tick->text, -1, NULL));
      g_assert_cmpint (g_utf8_strlen (tick->text, -1), <=, HP_CHART_MAX_LABEL_CHARS);
    }
}

/* What lies outside of the axes would be drawn over them */
static void
check_points (const HpChart *chart, const HpChartSeries *series)
{
  for (gsize i = 0; i < series->n; i++)
    {
      if (series->kind != HP_SERIES_POINTS)
        continue;
      g_assert_cmpfloat (series->x[i], >=, chart->x.from);
      g_assert_cmpfloat (series->x[i], <=, chart->x.to);
      g_assert_cmpfloat (series->y[i], >=, chart->y.from);
      g_assert_cmpfloat (series->y[i], <=, chart->y.to);
    }
}

HpChart *
support_make_chart (const char *kind, const HpChartSource *source)
{
  g_autoptr (GError) error = NULL;
  HpChart *chart = hp_chart_study_new (kind, source, &error);

  g_assert_no_error (error);
  g_assert_nonnull (chart);
  g_assert_cmpstr (chart->kind, ==, kind);
  g_assert_nonnull (chart->title);
  g_assert_nonnull (chart->summary);
  g_assert_true (g_utf8_validate (chart->summary, -1, NULL));
  g_assert_true (g_str_has_suffix (chart->summary, "."));
  check_axis (&chart->x);
  check_axis (&chart->y);
  g_assert_cmpuint (chart->labels->len, <=, 8);
  for (guint i = 0; i < chart->series->len; i++)
    {
      const HpChartSeries *series = chart->series->pdata[i];

      if (series->boxes == NULL)
        check_points (chart, series);
    }
  return chart;
}

static void
describe_axis (const char *name, const HpChartAxis *axis, GString *text)
{
  g_string_append_printf (text, "%s: %s, %.5g to %.5g%s:", name, axis->label, axis->from, axis->to,
                          axis->no_grid ? ", no grid" : "");
  for (guint i = 0; i < axis->ticks->len; i++)
    g_string_append_printf (text, " [%s]", g_array_index (axis->ticks, HpChartTick, i).text);
  g_string_append_c (text, '\n');
}

/* Mean, and mean size: errors in either sign don't cancel out in both */
static void
describe_numbers (const char *name, const double *values, gsize n, GString *text)
{
  double sum = 0, size = 0;
  gsize finite = 0;

  if (values == NULL)
    return;
  for (gsize i = 0; i < n; i++)
    if (isfinite (values[i]))
      {
        sum += values[i];
        size += fabs (values[i]);
        finite++;
      }
  /* What cancels out leaves dust */
  if (fabs (sum) < 1e-9 * size)
    sum = 0;
  g_string_append_printf (text, " %s %.4g|%.4g", name, sum / finite, size / finite);
  if (finite < n)
    g_string_append_printf (text, " (%" G_GSIZE_FORMAT " gaps)", n - finite);
}

static void
describe_boxes (const GArray *boxes, GString *text)
{
  for (guint i = 0; i < boxes->len; i++)
    {
      const HpChartBox *box = &g_array_index (boxes, HpChartBox, i);

      g_string_append_printf (text, "\n  at %.4g: %.4g [%.4g %.4g %.4g] %.4g, %" G_GSIZE_FORMAT "%s", box->at,
                              box->whisker_low, box->q1, box->median, box->q3, box->whisker_high, box->n,
                              box->few ? " few" : "");
    }
}

static void
describe_series (const HpChartSeries *series, GString *text)
{
  static const char *const kinds[] = { "points", "line", "band", "bars", "boxes", "ranges" };
  guint outliers = 0;

  g_string_append_printf (text, "%s of role %d%s%s%s%s%s: %" G_GSIZE_FORMAT, kinds[series->kind], series->role,
                          series->label != NULL ? " " : "", series->label != NULL ? series->label : "",
                          series->dashed ? ", dashed" : "", series->faint ? ", faint" : "",
                          series->horizontal ? ", horizontal" : "", series->n);
  if (series->boxes != NULL)
    {
      describe_boxes (series->boxes, text);
      g_string_append_c (text, '\n');
      return;
    }
  describe_numbers ("x", series->x, series->n, text);
  describe_numbers ("y", series->y, series->n, text);
  describe_numbers ("x2", series->x2, series->n, text);
  describe_numbers ("y2", series->y2, series->n, text);
  describe_numbers ("mid", series->mid, series->n, text);
  describe_numbers ("value", series->value, series->n, text);
  for (gsize i = 0; series->flags != NULL && i < series->n; i++)
    outliers += (series->flags[i] & HP_POINT_OUTLIER) != 0;
  if (outliers > 0)
    g_string_append_printf (text, ", %u outliers", outliers);
  for (gsize i = 0; series->texts != NULL && i < series->n; i++)
    g_string_append_printf (text, " [%s]", series->texts[i]);
  g_string_append_c (text, '\n');
}

static void
describe_rest (const HpChart *chart, GString *text)
{
  static const char *const kinds[] = { "horizontal", "vertical", "diagonal" };

  for (guint i = 0; i < chart->lines->len; i++)
    {
      const HpChartLine *line = chart->lines->pdata[i];

      g_string_append_printf (text, "%s line at %.4g%s%s\n", kinds[line->kind], line->at,
                              line->label != NULL ? " " : "", line->label != NULL ? line->label : "");
    }
  for (guint i = 0; i < chart->labels->len; i++)
    {
      const HpChartLabel *label = chart->labels->pdata[i];

      g_string_append_printf (text, "%s%s (%.4g, %.4g)", i == 0 ? "labels: " : ", ", label->text, label->x, label->y);
    }
  if (chart->labels->len > 0)
    g_string_append_c (text, '\n');
  if (chart->scale.shown)
    g_string_append_printf (text, "colours: %s, %.4g to %.4g, %u ticks\n", chart->scale.label, chart->scale.low,
                            chart->scale.high, chart->scale.ticks->len);
}

void
support_describe (const HpChart *chart, GString *text)
{
  g_string_append_printf (text, "== %s: %s\n", chart->kind, chart->title);
  if (chart->subtitle != NULL)
    g_string_append_printf (text, "%s\n", chart->subtitle);
  g_string_append_printf (text, "%s%s\n", chart->empty != NULL ? "EMPTY: " : "", chart->summary);
  if (chart->equal)
    g_string_append_printf (text, "equal, aspect %.4g\n", chart->aspect);
  describe_axis ("x", &chart->x, text);
  describe_axis ("y", &chart->y, text);
  for (guint i = 0; i < chart->series->len; i++)
    describe_series (chart->series->pdata[i], text);
  describe_rest (chart, text);
  g_string_append_c (text, '\n');
}
