/* hp-chart-ticks.c - ticks with their texts, and the label that says their unit
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "hp-chart-private.h"
#include "hp-display.h"
#include "hp-tick-axis.h"

/* Steps of an axis at most; who draws it leaves out ticks for which there is no room */
#define MAX_STEPS 10
/* Dates are longer to write */
#define MAX_DATE_STEPS 7

/* Powers of a thousand that have a name */
enum
{
  ONES,
  THOUSANDS,
  MILLIONS,
  BILLIONS,
  NO_NAME
};

typedef struct
{
  int thousands; /* the power of 1000 that numbers are in */
  int decimals;
} Unit;

/* Money is told in thousands as soon as its last three digits are noise; other numbers keep them while they are short
 */
static Unit
choose_unit (double from, double to, const HpTickAxis *axis, HpChartFormat format)
{
  double largest = MAX (fabs (from), fabs (to));
  double most_digits = format == HP_FORMAT_MONEY ? 1e4 : 1e7;
  Unit unit = { 0, axis->decimals };
  double step;

  if (format != HP_FORMAT_MONEY && format != HP_FORMAT_NUMBER && format != HP_FORMAT_COUNT)
    return unit;
  if (largest >= most_digits)
    unit.thousands = MAX ((int) floor (log10 (largest / (format == HP_FORMAT_MONEY ? 5 : 1)) / 3 + 1e-9), 1);
  else if (largest < 1e-3 && largest > 0)
    unit.thousands = (int) floor (log10 (largest) / 3 + 1e-9);
  step = axis->step / pow (1000, unit.thousands);
  unit.decimals = step < 1 - 1e-9 ? CLAMP ((int) ceil (-log10 (step) - 1e-9), 0, 9) : 0;
  return unit;
}

static char *
superscript (int number)
{
  static const char *const digits[] = { "⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹" };
  g_autofree char *plain = g_strdup_printf ("%d", ABS (number));
  GString *text = g_string_new (number < 0 ? "⁻" : NULL);

  for (const char *c = plain; *c != '\0'; c++)
    g_string_append (text, digits[*c - '0']);
  return g_string_free (text, FALSE);
}

static char *
unit_text (int thousands, const char *unit)
{
  g_autofree char *power = NULL;

  switch (thousands)
    {
    case ONES:
      return g_strdup (unit);
    case THOUSANDS:
      /* Translators: what the numbers of an axis are in, of a unit or a currency: "thousand USD" */
      return unit != NULL ? g_strdup_printf (_ ("thousand %s"), unit) : g_strdup (_ ("thousands"));
    case MILLIONS:
      return unit != NULL ? g_strdup_printf (_ ("million %s"), unit) : g_strdup (_ ("millions"));
    case BILLIONS:
      return unit != NULL ? g_strdup_printf (_ ("billion %s"), unit) : g_strdup (_ ("billions"));
    default:
      power = superscript (3 * thousands);
      return unit != NULL ? g_strdup_printf ("10%s %s", power, unit) : g_strdup_printf ("10%s", power);
    }
}

static char *
make_label (const char *name, int thousands, const char *unit)
{
  g_autofree char *of = unit_text (thousands, unit);

  /* Translators: the label of an axis, what it shows and in which unit: "Living area, ft²" */
  return of != NULL ? g_strdup_printf (_ ("%s, %s"), name, of) : g_strdup (name);
}

static char *
tick_text (const HpTickAxis *axis, double tick, gboolean date, HpChartFormat format, Unit unit)
{
  if (date)
    return hp_tick_axis_month_text (axis, tick);
  if (format == HP_FORMAT_PERCENT)
    return hp_display_percent (tick, MAX (axis->decimals - 2, 0));
  if (format == HP_FORMAT_YEAR)
    return g_strdup_printf ("%.*f", axis->decimals, tick);
  return hp_display_number (tick / pow (1000, unit.thousands), unit.decimals);
}

void
hp_chart_make_ticks (GArray *ticks, double from, double to, gboolean date, HpChartFormat format, const char *name,
                     const char *unit, char **label)
{
  gboolean whole = format == HP_FORMAT_COUNT || format == HP_FORMAT_YEAR;
  HpTickAxis axis
    = date ? hp_tick_axis_new_months (from, to, MAX_DATE_STEPS) : hp_tick_axis_new (from, to, MAX_STEPS, whole);
  Unit in = choose_unit (from, to, &axis, format);
  guint n = hp_tick_axis_n_ticks (&axis);

  g_array_set_size (ticks, 0);
  for (guint i = 0; i < n; i++)
    {
      double at = CLAMP (hp_tick_axis_tick (&axis, i), from, to);
      HpChartTick tick = { at, tick_text (&axis, at, date, format, in) };

      g_array_append_val (ticks, tick);
    }
  if (name == NULL)
    return;
  g_free (*label);
  *label = date ? g_strdup (name) : make_label (name, in.thousands, unit);
}
