/* hp-segmentation.c - sales dealt into segments by something that is known of them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "hp-coverage.h"
#include "hp-display.h"
#include "hp-error.h"
#include "hp-number.h"
#include "hp-segmentation-private.h"
#include "hp-statistics.h"
#include "hp-text.h"

#define MAX_NUMBERS   12 /* values of a number that are still segments of their own */
#define MAX_BANDS     8
#define BAND_SALES    60 /* aimed at, in a band */
#define MAX_QUARTERS  12 /* beyond, a date's segments are years */
#define DECADE        10.0
#define OLDEST        100.0 /* years: older houses are one band */
#define MAX_SUGGESTED 200   /* levels of a place */

/* What segments are made of before the empty ones are left out */
typedef struct
{
  GPtrArray *keys, *labels; /* (element-type utf8) */
  GArray *from, *to;        /* of double */
} Names;

static void
names_init (Names *names)
{
  names->keys = g_ptr_array_new_with_free_func (g_free);
  names->labels = g_ptr_array_new_with_free_func (g_free);
  names->from = g_array_new (FALSE, FALSE, sizeof (double));
  names->to = g_array_new (FALSE, FALSE, sizeof (double));
}

static void
names_clear (Names *names)
{
  g_ptr_array_unref (names->keys);
  g_ptr_array_unref (names->labels);
  g_array_unref (names->from);
  g_array_unref (names->to);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Names, names_clear)

static void
names_add (Names *names, char *key, char *label, double from, double to)
{
  g_ptr_array_add (names->keys, key);
  g_ptr_array_add (names->labels, label);
  g_array_append_val (names->from, from);
  g_array_append_val (names->to, to);
}

/**
 * hp_segmentation_free:
 * @segmentation: (transfer full) (nullable): segments
 */
void
hp_segmentation_free (HpSegmentation *segmentation)
{
  if (segmentation == NULL)
    return;
  g_free (segmentation->by);
  g_free (segmentation->label);
  g_strfreev (segmentation->keys);
  g_strfreev (segmentation->labels);
  g_free (segmentation->from);
  g_free (segmentation->to);
  g_free (segmentation->sizes);
  g_free (segmentation->segment);
  g_free (segmentation);
}

/* segment: (transfer full): of each sale an index into names, or -1. Segments without sales are left out. */
static HpSegmentation *
segmentation_new (const char *by, const char *label, const Names *names, gint32 *segment, gsize n)
{
  HpSegmentation *segmentation = g_new0 (HpSegmentation, 1);
  guint n_names = names->keys->len, room = MAX (n_names, 1);
  g_autofree gsize *sizes = g_new0 (gsize, room);
  g_autofree gint32 *place = g_new0 (gint32, room);

  segmentation->by = g_strdup (by);
  segmentation->label = g_strdup (label);
  segmentation->keys = g_new0 (char *, n_names + 1);
  segmentation->labels = g_new0 (char *, n_names + 1);
  segmentation->from = g_new0 (double, room);
  segmentation->to = g_new0 (double, room);
  segmentation->sizes = g_new0 (gsize, room);
  segmentation->segment = segment;
  for (gsize i = 0; i < n; i++)
    if (segment[i] >= 0)
      sizes[segment[i]]++;
    else
      segmentation->n_unknown++;
  for (guint s = 0; s < n_names; s++)
    if (sizes[s] > 0)
      {
        guint at = segmentation->n++;

        place[s] = (gint32) at;
        segmentation->keys[at] = g_strdup (names->keys->pdata[s]);
        segmentation->labels[at] = g_strdup (names->labels->pdata[s]);
        segmentation->from[at] = g_array_index (names->from, double, s);
        segmentation->to[at] = g_array_index (names->to, double, s);
        segmentation->sizes[at] = sizes[s];
      }
  for (gsize i = 0; i < n; i++)
    if (segment[i] >= 0)
      segment[i] = place[segment[i]];
  return segmentation;
}

static HpSegmentation *
by_levels (const HpResidualSet *set, const HpSetColumn *column, GError **error)
{
  g_auto (Names) names;
  gint32 *segment = g_new (gint32, MAX (set->n, 1));
  HpSegmentation *segmentation;

  names_init (&names);
  for (guint l = 0; l < column->n_levels; l++)
    names_add (&names, g_strdup (column->levels[l]), g_strdup (column->levels[l]), NAN, NAN);
  for (gsize i = 0; i < set->n; i++)
    segment[i] = isnan (column->numbers[i]) ? -1 : (gint32) column->numbers[i];
  segmentation = segmentation_new (column->name, column->label, &names, segment, set->n);
  if (segmentation->n <= HP_SEGMENTATION_MAX)
    return segmentation;
  hp_segmentation_free (segmentation);
  hp_set_error (error, HP_ERROR_BAD_DATA, column->name,
                _ ("%s has more than %d values: too many groups; choose another column for --by"), column->name,
                HP_SEGMENTATION_MAX);
  return NULL;
}

/* At most `most` + 1 of the different values, ascending */
static GArray *
find_distinct (const double *values, gsize n, guint most)
{
  GArray *distinct = g_array_new (FALSE, FALSE, sizeof (double));
  gsize n_present;
  g_autofree double *sorted = hp_sorted_finite (values, n, &n_present);

  for (gsize i = 0; i < n_present && distinct->len <= most; i++)
    if (i == 0 || sorted[i] != sorted[i - 1])
      g_array_append_val (distinct, sorted[i]);
  return distinct;
}

static gboolean
are_years (const double *values, gsize n)
{
  for (gsize i = 0; i < n; i++)
    if (isfinite (values[i]) && !(values[i] >= 1600 && values[i] <= 2200 && values[i] == floor (values[i])))
      return FALSE;
  return TRUE;
}

/* A number of few values: each is a segment. */
static HpSegmentation *
by_values (const HpResidualSet *set, const char *by, const char *label, const double *values, const GArray *distinct)
{
  g_auto (Names) names;
  gboolean years = are_years (values, set->n);
  gint32 *segment = g_new (gint32, MAX (set->n, 1));

  names_init (&names);
  for (guint d = 0; d < distinct->len; d++)
    {
      double value = g_array_index (distinct, double, d);
      char key[HP_NUMBER_BUFFER], *shown;
      const char *point;

      hp_number_format (key, value);
      point = strchr (key, '.');
      shown = years ? g_strdup (key) : hp_display_number (value, point != NULL ? (int) strlen (point + 1) : 0);
      names_add (&names, g_strdup (key), shown, value, value);
    }
  for (gsize i = 0; i < set->n; i++)
    {
      segment[i] = -1;
      for (guint d = 0; d < distinct->len; d++)
        if (values[i] == g_array_index (distinct, double, d))
          segment[i] = (gint32) d;
    }
  return segmentation_new (by, label, &names, segment, set->n);
}

static HpSegmentation *
by_bands (const HpResidualSet *set, const char *by, const char *label, const double *values, const HpBands *bands)
{
  g_auto (Names) names;
  gint32 *segment = g_new (gint32, MAX (set->n, 1));
  const double *cuts = (const double *) (gpointer) bands->cuts->data;

  names_init (&names);
  for (guint b = 0; b <= bands->cuts->len; b++)
    names_add (&names, _hp_bands_key (bands, b), _hp_bands_label (bands, b), b > 0 ? cuts[b - 1] : -INFINITY,
               b < bands->cuts->len ? cuts[b] : INFINITY);
  for (gsize i = 0; i < set->n; i++)
    segment[i] = isfinite (values[i]) ? (gint32) _hp_bands_find (bands, values[i]) : -1;
  return segmentation_new (by, label, &names, segment, set->n);
}

static HpSegmentation *
by_number (const HpResidualSet *set, const char *by, const char *label, const double *values)
{
  g_autoptr (GArray) distinct = find_distinct (values, set->n, MAX_NUMBERS);
  g_auto (HpBands) bands = { NULL };

  if (distinct->len <= MAX_NUMBERS)
    return by_values (set, by, label, values, distinct);
  if (are_years (values, set->n))
    _hp_bands_init_equal (&bands, values, set->n, DECADE, INFINITY);
  else
    _hp_bands_init (&bands, values, set->n, (guint) CLAMP (set->n / BAND_SALES, 2, MAX_BANDS));
  return by_bands (set, by, label, values, &bands);
}

/* Years, or quarters when there are only a few */
static HpSegmentation *
by_date (const HpResidualSet *set, const HpSetColumn *column)
{
  g_auto (Names) names;
  gint32 *segment = g_new (gint32, MAX (set->n, 1));
  double first = INFINITY, last = -INFINITY, months;

  names_init (&names);
  for (gsize i = 0; i < set->n; i++)
    if (isfinite (column->numbers[i]))
      {
        first = MIN (first, column->numbers[i]);
        last = MAX (last, column->numbers[i]);
      }
  months = floor (last / 3) - floor (first / 3) < MAX_QUARTERS ? 3 : 12;
  first = floor (first / months);
  last = MIN (floor (last / months), first + HP_SEGMENTATION_MAX - 1);
  for (guint k = 0; first + k <= last; k++)
    {
      double from = (first + k) * months;
      int year = (int) floor (from / 12), quarter = (int) (from - 12.0 * year) / 3 + 1;

      if (months == 3)
        names_add (&names, g_strdup_printf ("%d-Q%d", year, quarter),
                   g_strdup_printf (_ ("%d, quarter %d"), year, quarter), from, from + months);
      else
        names_add (&names, g_strdup_printf ("%d", year), g_strdup_printf ("%d", year), from, from + months);
    }
  for (gsize i = 0; i < set->n; i++)
    segment[i] = isfinite (column->numbers[i])
                   ? (gint32) MIN (floor (column->numbers[i] / months) - first, (double) names.keys->len - 1)
                   : -1;
  return segmentation_new (column->name, column->label, &names, segment, set->n);
}

/* A price to three digits: enough to know which decile is which */
static char *
display_bound (double price, const char *currency)
{
  double step = price > 0 ? pow (10, floor (log10 (price)) - 2) : 1;

  return hp_display_price (round (price / step) * step, currency);
}

static HpSegmentation *
by_price_decile (const HpResidualSet *set)
{
  g_auto (Names) names;
  gint32 *segment = g_new (gint32, MAX (set->n, 1));
  double least[HP_COVERAGE_DECILES + 1];

  names_init (&names);
  hp_coverage_deciles (set->predicted, set->n, segment);
  for (guint d = 0; d <= HP_COVERAGE_DECILES; d++)
    least[d] = INFINITY;
  for (gsize i = 0; i < set->n; i++)
    if (segment[i] >= 0)
      least[segment[i]] = MIN (least[segment[i]], set->predicted[i]);
  /* Fewer sales than deciles: an empty one ends where it begins. */
  for (guint d = HP_COVERAGE_DECILES; d > 0; d--)
    least[d - 1] = MIN (least[d - 1], least[d]);
  for (guint d = 0; d < HP_COVERAGE_DECILES; d++)
    {
      double from = d > 0 ? least[d] : -INFINITY, to = least[d + 1];
      g_autofree char *low = display_bound (from, set->currency), *high = display_bound (to, set->currency);
      char *label;

      if (isinf (from) && isinf (to))
        label = g_strdup_printf ("%u", d + 1);
      else if (isinf (from))
        label = g_strdup_printf (_ ("%u: below %s"), d + 1, high);
      else if (isinf (to))
        label = g_strdup_printf (_ ("%u: %s or more"), d + 1, low);
      else
        label = g_strdup_printf ("%u: %s – %s", d + 1, low, high);
      names_add (&names, g_strdup_printf ("%u", d + 1), label, from, to);
    }
  return segmentation_new (HP_BY_PRICE_DECILE, _ ("Predicted price, tenths"), &names, segment, set->n);
}

/* Years from the year or date that it was built to the sale. Built after the sale: new. */
static double *
ages_at_sale (const HpResidualSet *set)
{
  const HpSetColumn *built = set->columns->pdata[set->built], *sold = set->columns->pdata[set->date];
  double *ages = g_new (double, MAX (set->n, 1));

  for (gsize i = 0; i < set->n; i++)
    {
      double age = built->kind == HP_SET_DATE ? floor ((sold->numbers[i] - built->numbers[i]) / 12)
                                              : floor (sold->numbers[i] / 12) - built->numbers[i];

      ages[i] = isnan (age) ? NAN : MAX (age, 0);
    }
  return ages;
}

static HpSegmentation *
by_age_band (const HpResidualSet *set, GError **error)
{
  g_auto (HpBands) bands = { NULL };
  g_autofree double *ages = NULL;

  if (set->built < 0 || set->date < 0)
    {
      hp_set_error (error, HP_ERROR_BAD_DATA, HP_BY_AGE_BAND,
                    _ ("%s needs the date of the sale and an age that the schema derives: name a column instead"),
                    HP_BY_AGE_BAND);
      return NULL;
    }
  ages = ages_at_sale (set);
  _hp_bands_init_equal (&bands, ages, set->n, DECADE, OLDEST);
  return by_bands (set, HP_BY_AGE_BAND, _ ("Age at the sale, years"), ages, &bands);
}

static HpSegmentation *
fail_unknown (const HpResidualSet *set, const char *by, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autofree char *shown = hp_text_printable (by, -1, 60);
  const char *near_name;

  for (guint c = 0; c < set->columns->len; c++)
    g_ptr_array_add (names, ((HpSetColumn *) set->columns->pdata[c])->name);
  g_ptr_array_add (names, (gpointer) HP_BY_PRICE_DECILE);
  g_ptr_array_add (names, (gpointer) HP_BY_AGE_BAND);
  g_ptr_array_add (names, NULL);
  near_name = hp_text_suggest (by, (const char *const *) names->pdata);
  if (near_name != NULL)
    hp_set_error (error, HP_ERROR_BAD_DATA, by, _ ("--by: the data has no column “%s”; did you mean %s?"), shown,
                  near_name);
  else
    {
      g_autofree char *list = g_strjoinv (", ", (char **) names->pdata);
      g_autofree char *known = hp_text_printable (list, -1, 200);

      hp_set_error (error, HP_ERROR_BAD_DATA, by, _ ("--by: the data has no column “%s”, but %s"), shown, known);
    }
  return NULL;
}

static gboolean
is_called (const char *by, const char *name)
{
  g_autofree char *wanted = hp_text_key (by, -1), *key = name != NULL ? hp_text_key (name, -1) : NULL;

  return g_strcmp0 (wanted, key) == 0;
}

/**
 * hp_segmentation_new:
 * @set: sales
 * @by: a column's name, %HP_BY_PRICE_DECILE or %HP_BY_AGE_BAND
 * @error: return location
 *
 * A category's segments are its levels, in their order. A number of at most twelve values has a segment for each; years
 * make decades, and other numbers at most eight bands, of about equal numbers of sales, with round ends. Dates make
 * years, or quarters if there are at most twelve of these.
 *
 * Returns: (transfer full) (nullable): the segments that have sales; %NULL with %HP_ERROR_BAD_DATA
 */
HpSegmentation *
hp_segmentation_new (const HpResidualSet *set, const char *by, GError **error)
{
  const HpSetColumn *column;

  g_return_val_if_fail (set != NULL && by != NULL, NULL);

  column = hp_residual_set_get_column (set, by);
  if (column != NULL && column->kind == HP_SET_CATEGORY)
    return by_levels (set, column, error);
  if (column != NULL && column->kind == HP_SET_DATE)
    return by_date (set, column);
  if (column != NULL)
    {
      g_autofree char *label
        = column->unit != NULL ? g_strdup_printf ("%s (%s)", column->label, column->unit) : g_strdup (column->label);

      return by_number (set, column->name, label, column->numbers);
    }
  if (is_called (by, HP_BY_PRICE_DECILE))
    return by_price_decile (set);
  if (is_called (by, HP_BY_AGE_BAND))
    return by_age_band (set, error);
  if (is_called (by, set->price_name))
    return by_number (set, set->price_name, set->price_name, set->price);
  if (is_called (by, set->predicted_name))
    return by_number (set, set->predicted_name, set->predicted_name, set->predicted);
  return fail_unknown (set, by, error);
}

/**
 * hp_segmentation_suggest:
 * @set: sales
 *
 * Returns: (transfer full) (array zero-terminated=1): what to group by when nobody says: the category of the most
 * levels that still have five sales each on average, which tends to be the place; the price decile; the age band, or
 * the year built where sales have no date
 */
char **
hp_segmentation_suggest (const HpResidualSet *set)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  const HpSetColumn *place = NULL;

  for (guint c = 0; c < set->columns->len; c++)
    {
      const HpSetColumn *column = set->columns->pdata[c];

      if (column->kind == HP_SET_CATEGORY && (int) c != set->id && column->n_levels >= 2
          && column->n_levels <= MIN (MAX_SUGGESTED, set->n / 5)
          && (place == NULL || column->n_levels > place->n_levels))
        place = column;
    }
  if (place != NULL)
    g_ptr_array_add (names, g_strdup (place->name));
  g_ptr_array_add (names, g_strdup (HP_BY_PRICE_DECILE));
  if (set->built >= 0)
    g_ptr_array_add (names, g_strdup (set->date >= 0 ? HP_BY_AGE_BAND
                                                     : ((HpSetColumn *) set->columns->pdata[set->built])->name));
  g_ptr_array_add (names, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&names), FALSE);
}
