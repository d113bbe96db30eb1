/* hp-chart-attribute.c - residuals against an attribute of the houses, or the time of the sales
 *
 * A trend in such a chart is something that the model has not learned of the attribute.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "hp-chart-study-private.h"
#include "hp-display.h"
#include "hp-error.h"
#include "hp-spread.h"
#include "hp-text.h"

/* A number without a unit, always whole and within these, is a year */
#define FIRST_YEAR 1000
#define LAST_YEAR  2999

static gboolean
are_years (const HpSetColumn *column, gsize n)
{
  gboolean some = FALSE;

  if (column->unit != NULL)
    return FALSE;
  for (gsize i = 0; i < n; i++)
    {
      double value = column->numbers[i];

      if (isnan (value))
        continue;
      if (value != rint (value) || value < FIRST_YEAR || value > LAST_YEAR)
        return FALSE;
      some = TRUE;
    }
  return some;
}

static char *
summarize_trend (const HpChartInput *input, const char *name, const HpChartSeries *trend, const double *x,
                 const double *errors)
{
  const HpResidualSet *set = input->sets[0];
  g_autofree char *version = _hp_chart_version (set->name), *least = NULL, *largest = NULL, *rank = NULL;
  double low = INFINITY, high = -INFINITY, correlation = hp_rank_correlation (x, errors, set->n, NULL);

  if (trend == NULL)
    return g_strdup_printf (_ ("Residuals of %s have no trend: there are too few different values."), version);
  for (gsize i = 0; i < trend->n; i++)
    {
      low = MIN (low, trend->y[i]);
      high = MAX (high, trend->y[i]);
    }
  least = _hp_chart_error_text (input, low);
  largest = _hp_chart_error_text (input, high);
  if (isnan (correlation))
    return g_strdup_printf (_ ("Residuals of %s by “%s”: the trend lies between %s and %s."), version, name, least,
                            largest);
  rank = hp_display_number (correlation, 2);
  /* Translators: a version, what the residuals are plotted against, two residuals */
  return g_strdup_printf (_ ("Residuals of %s by “%s”: the trend lies between %s and %s; the rank correlation is %s."),
                          version, name, least, largest, rank);
}

/* Several versions have the same sales in the same order, so the first one's column is that of all */
static void
draw (HpChart *chart, const HpChartInput *input, const HpSetColumn *column, const char *label)
{
  _hp_chart_errors_axis (input, &chart->y);
  hp_chart_add_line (chart, HP_LINE_HORIZONTAL, 0, NULL);
  for (guint k = 0; k < input->n_sets; k++)
    {
      g_autofree double *errors = _hp_chart_errors (input, input->sets[k]);
      g_autofree double *scaled = _hp_chart_scaled (input, input->sets[k]);

      _hp_chart_add_points (chart, input, k, column->numbers, errors, scaled);
    }
  for (guint k = 0; k < input->n_sets; k++)
    {
      g_autofree double *errors = _hp_chart_errors (input, input->sets[k]);
      HpChartSeries *trend = _hp_chart_add_trend (chart, input, k, column->numbers, errors);

      if (input->n_sets == 1)
        chart->summary = summarize_trend (input, label, trend, column->numbers, errors);
    }
  if (input->n_sets > 1)
    chart->summary = _hp_chart_summarize_errors (input);
}

/* The column that is meant, by its name or how forms write it, letter case and white space aside */
static const HpSetColumn *
find_column (const HpResidualSet *set, const char *text, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autofree char *wanted = hp_text_key (text, -1), *printable = NULL;
  /* What else a name may end with */
  const char *const charts[] = { "fitted", "time", NULL };
  const char *near;

  for (guint i = 0; i < set->columns->len; i++)
    {
      const HpSetColumn *column = set->columns->pdata[i];
      g_autofree char *name = hp_text_key (column->name, -1);
      g_autofree char *label = hp_text_key (column->label != NULL ? column->label : "", -1);

      if (g_str_equal (name, wanted) || g_str_equal (label, wanted))
        return column;
      g_ptr_array_add (names, column->name);
    }
  g_ptr_array_add (names, NULL);
  near = hp_text_suggest (text, (const char *const *) names->pdata);
  if (near == NULL)
    near = hp_text_suggest (text, charts);
  printable = hp_text_printable (text, -1, HP_CHART_MAX_LABEL_CHARS);
  if (near != NULL)
    hp_set_error (error, HP_ERROR_NOT_FOUND, text, _ ("The sales have no attribute “%s”. Did you mean “%s”?"),
                  printable, near);
  else
    {
      g_autofree char *list = g_strjoinv (", ", (char **) names->pdata);

      hp_set_error (error, HP_ERROR_NOT_FOUND, text, _ ("The sales have no attribute “%s”. There are: %s."), printable,
                    list);
    }
  return NULL;
}

gboolean
_hp_chart_residuals_attribute (HpChart *chart, const HpChartInput *input, GError **error)
{
  const HpSetColumn *column = find_column (input->sets[0], input->attribute, error);
  g_autofree char *label = NULL;

  if (column == NULL)
    return FALSE;
  label = hp_text_printable (column->label != NULL ? column->label : column->name, -1, HP_CHART_MAX_LABEL_CHARS);
  g_free (chart->title);
  chart->title = g_strdup_printf (_ ("Residuals by “%s”"), label);
  if (column->kind == HP_SET_CATEGORY)
    {
      _hp_chart_boxes (chart, input, column, label);
      return TRUE;
    }
  if (column->kind == HP_SET_DATE)
    chart->x.kind = HP_AXIS_DATE;
  hp_chart_axis_set (&chart->x, label, are_years (column, input->sets[0]->n) ? HP_FORMAT_YEAR : HP_FORMAT_NUMBER,
                     column->unit);
  draw (chart, input, column, label);
  return TRUE;
}

gboolean
_hp_chart_residuals_time (HpChart *chart, const HpChartInput *input, GError **error)
{
  const HpResidualSet *set = input->sets[0];
  const HpSetColumn *column = set->date >= 0 ? set->columns->pdata[set->date] : NULL;

  chart->x.kind = HP_AXIS_DATE;
  hp_chart_axis_set (&chart->x, _ ("Date of the sale"), HP_FORMAT_NUMBER, NULL);
  if (column == NULL)
    {
      _hp_chart_errors_axis (input, &chart->y);
      return _hp_chart_set_empty (chart,
                                  g_strdup (_ ("The sales have no dates. Name the column with the date of the sale "
                                               "in the schema: “roles: {date: COLUMN}”.")));
    }
  draw (chart, input, column, _ ("Date of the sale"));
  return TRUE;
}
