/* hp-chart-words.c - versions and numbers in the sentences of charts
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "hp-chart-study-private.h"
#include "hp-display.h"
#include "hp-statistics.h"
#include "hp-text.h"

#define MAX_NAME_CHARS 30

static gboolean
is_number (const char *name)
{
  return *name != '\0' && name[strspn (name, "0123456789")] == '\0';
}

char *
_hp_chart_version (const char *name)
{
  if (name != NULL && is_number (name))
    return g_strdup_printf (_ ("version %s"), name);
  return hp_text_printable (name != NULL ? name : "", -1, MAX_NAME_CHARS);
}

char *
_hp_chart_versions (const HpChartInput *input)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  gboolean numbers = input->n_sets > 1;
  g_autofree char *list = NULL;

  for (guint k = 0; k < input->n_sets; k++)
    numbers = numbers && is_number (input->sets[k]->name);
  if (input->n_sets == 0)
    return _hp_chart_version (input->source->name);
  for (guint k = 0; k < input->n_sets; k++)
    g_ptr_array_add (names, numbers ? g_strdup (input->sets[k]->name) : _hp_chart_version (input->sets[k]->name));
  g_ptr_array_add (names, NULL);
  list = g_strjoinv (", ", (char **) names->pdata);
  /* Translators: "versions 1, 2, 4" */
  return numbers ? g_strdup_printf (_ ("versions %s"), list) : g_steal_pointer (&list);
}

char *
_hp_chart_error_text (const HpChartInput *input, double value)
{
  return input->relative ? hp_display_percent (value, 1) : hp_display_price (value, input->currency);
}

char *
_hp_chart_scaled_text (const HpChartInput *input, double value)
{
  return input->relative ? hp_display_number (value, 3) : hp_display_price (value, input->currency);
}

char *
_hp_chart_join (const HpChartInput *input, char *const *texts)
{
  GString *joined = g_string_new (NULL);

  for (guint k = 0; k < input->n_sets; k++)
    {
      g_autofree char *name = _hp_chart_version (input->sets[k]->name);

      /* Translators: a number and the version that it is of: "5.1 % (version 3)" */
      g_string_append_printf (joined, _ ("%s (%s)"), texts[k], name);
      if (k + 1 < input->n_sets)
        g_string_append (joined, ", ");
    }
  return g_string_free (joined, FALSE);
}

char *
_hp_chart_summarize_errors (const HpChartInput *input)
{
  g_auto (GStrv) texts = g_new0 (char *, input->n_sets + 1);
  g_autofree char *joined = NULL;

  for (guint k = 0; k < input->n_sets; k++)
    {
      gsize n;
      g_autofree double *errors = _hp_chart_errors (input, input->sets[k]);
      g_autofree double *finite = _hp_chart_finite (errors, input->sets[k]->n, &n);

      for (gsize i = 0; i < n; i++)
        finite[i] = fabs (finite[i]);
      texts[k] = _hp_chart_error_text (input, hp_median (finite, n));
    }
  joined = _hp_chart_join (input, texts);
  return g_strdup_printf (_ ("Half of the residuals are no larger than %s."), joined);
}
