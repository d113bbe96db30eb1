/* hp-segmentation-bands.c - cutting numbers into bands with round ends
 *
 * The cuts are quantiles, so that each band has sales enough to say something, moved to the next round number.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "hp-display.h"
#include "hp-number.h"
#include "hp-segmentation-private.h"
#include "hp-statistics.h"

/* How many of a cut's roundings go into a band */
#define FINENESS 8

double
_hp_nice_above (double value)
{
  double power = pow (10, floor (log10 (value)));
  const double steps[] = { 1, 2, 5, 10 };

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if (steps[i] * power >= value * (1 - 1e-12))
      return steps[i] * power;
  return 10 * power;
}

static int
decimals_of (double step)
{
  return (int) CLAMP (-floor (log10 (step) + 1e-9), 0, 9);
}

/* Only cuts that have values on both sides, ascending */
static void
add_cut (HpBands *bands, double cut, double least, double greatest)
{
  double last = bands->cuts->len > 0 ? g_array_index (bands->cuts, double, bands->cuts->len - 1) : least;

  if (cut > last && cut <= greatest)
    g_array_append_val (bands->cuts, cut);
}

void
_hp_bands_init (HpBands *bands, const double *values, gsize n, guint max_bands)
{
  gsize n_present, n_least = 0;
  g_autofree double *sorted = hp_sorted_finite (values, n, &n_present);
  const double *rest;
  double range, step, least, greatest;

  *bands = (HpBands){ .cuts = g_array_new (FALSE, FALSE, sizeof (double)) };
  if (n_present == 0 || sorted[0] == sorted[n_present - 1])
    return;
  least = sorted[0];
  greatest = sorted[n_present - 1];
  while (sorted[n_least] == least)
    n_least++;
  rest = sorted + n_least;
  range = hp_quantile_sorted (sorted, n_present, 0.95) - hp_quantile_sorted (sorted, n_present, 0.05);
  step = _hp_nice_above ((range > 0 ? range : greatest - least) / (FINENESS * max_bands));
  bands->decimals = decimals_of (step);
  /* Many houses without a pool are a band of their own. */
  if (n_least * max_bands > n_present)
    {
      double cut = floor (rest[0] / step) * step;

      add_cut (bands, cut > least ? cut : rest[0], least, greatest);
      if (cut <= least && rest[0] != floor (rest[0]))
        bands->decimals = MAX (bands->decimals, 2);
    }
  for (guint i = 1; i < max_bands; i++)
    {
      gboolean apart = bands->cuts->len > 0 && n_least * max_bands > n_present;
      double quantile = apart ? hp_quantile_sorted (rest, n_present - n_least, i / (double) max_bands)
                              : hp_quantile_sorted (sorted, n_present, i / (double) max_bands);

      add_cut (bands, round (quantile / step) * step, least, greatest);
    }
}

void
_hp_bands_init_equal (HpBands *bands, const double *values, gsize n, double width, double open_at)
{
  gsize n_present;
  g_autofree double *sorted = hp_sorted_finite (values, n, &n_present);
  double first, last;

  *bands = (HpBands){ .cuts = g_array_new (FALSE, FALSE, sizeof (double)), .years = TRUE };
  if (n_present == 0)
    return;
  first = MIN (floor (sorted[0] / width) * width, open_at);
  last = MIN ((floor (sorted[n_present - 1] / width) + 1) * width, open_at);
  for (guint i = 0; first + i * width <= last; i++)
    {
      double cut = first + i * width;

      g_array_append_val (bands->cuts, cut);
    }
}

void
_hp_bands_clear (HpBands *bands)
{
  g_clear_pointer (&bands->cuts, g_array_unref);
}

guint
_hp_bands_find (const HpBands *bands, double value)
{
  guint low = 0, high = bands->cuts->len;

  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (g_array_index (bands->cuts, double, middle) <= value)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static char *
format_key (double value)
{
  char buffer[HP_NUMBER_BUFFER];

  /* What is 0.30000000000000004 was meant to be 0.3. */
  g_ascii_formatd (buffer, sizeof buffer, "%.12g", value);
  return g_strdup (buffer);
}

char *
_hp_bands_key (const HpBands *bands, guint band)
{
  const double *cuts = (const double *) (gpointer) bands->cuts->data;
  g_autofree char *from = band > 0 ? format_key (cuts[band - 1]) : NULL;
  g_autofree char *to = NULL;

  if (bands->years && band > 0 && band < bands->cuts->len)
    return g_strdup_printf ("%s-%.0f", from, cuts[band] - 1);
  to = band < bands->cuts->len ? format_key (cuts[band]) : NULL;
  if (from == NULL)
    return to != NULL ? g_strdup_printf ("<%s", to) : g_strdup ("all");
  return to != NULL ? g_strdup_printf ("%s..%s", from, to) : g_strdup_printf (">=%s", from);
}

char *
_hp_bands_label (const HpBands *bands, guint band)
{
  const double *cuts = (const double *) (gpointer) bands->cuts->data;
  gboolean has_from = band > 0, has_to = band < bands->cuts->len;
  g_autofree char *from = NULL, *to = NULL;

  if (bands->years)
    {
      from = g_strdup_printf ("%.0f", has_from ? cuts[band - 1] : 0);
      to = g_strdup_printf ("%.0f", has_to ? cuts[band] - has_from : 0);
    }
  else
    {
      from = hp_display_number (has_from ? cuts[band - 1] : 0, bands->decimals);
      to = hp_display_number (has_to ? cuts[band] : 0, bands->decimals);
    }
  if (has_from && has_to)
    return g_strdup_printf ("%s – %s", from, to);
  if (has_from)
    return g_strdup_printf (_ ("%s or more"), from);
  return has_to ? g_strdup_printf (_ ("below %s"), to) : g_strdup (_ ("all"));
}
