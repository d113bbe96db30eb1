/* hp-what-if-grid.c - at which values of an attribute a house is valued to see what the attribute does
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>
#include <string.h>

#include "hp-attribute-text.h"
#include "hp-what-if-grid.h"

/* A curve of so many values has no corners that a screen could show */
#define MOST_NUMBERS    50
#define MOST_MONTHS     60
#define MOST_CATEGORIES 40

/* digit · 10^exponent: multiples of it are the numbers people would have chosen */
typedef struct
{
  double digit;
  int exponent;
} Step;

static void
point_free (gpointer data)
{
  HpWhatIfPoint *point = data;

  g_free (point->text);
  g_free (point);
}

/* text: (transfer full) */
static void
add (GPtrArray *points, double x, char *text, gboolean own)
{
  HpWhatIfPoint *point = g_new0 (HpWhatIfPoint, 1);

  point->x = x;
  point->text = text;
  point->own = own;
  point->price = point->low = point->high = NAN;
  g_ptr_array_add (points, point);
}

static gboolean
is_allowed (const HpAttribute *attribute, const char *text)
{
  double value;

  return hp_attribute_read_text (attribute, text, strlen (text), &value, NULL);
}

/* Of the least multiples that are not too many; a division by a power of ten is exact to the last digit, a product is
 * not */
static double
multiple (Step step, double i)
{
  double power = pow (10, abs (step.exponent));

  return step.exponent < 0 ? i * step.digit / power : i * step.digit * power;
}

static Step
choose_step (double range, gboolean whole)
{
  static const double digits[] = { 1, 1.5, 2, 2.5, 3, 4, 5, 7.5 };
  Step step = { .exponent = (int) floor (log10 (range / MOST_NUMBERS)) };

  for (;; step.exponent++)
    for (guint i = 0; i < G_N_ELEMENTS (digits); i++)
      {
        double size;

        step.digit = digits[i];
        size = multiple (step, 1);
        if (range / size <= MOST_NUMBERS && (!whole || size == floor (size)))
          return step;
      }
}

static void
add_numbers (GPtrArray *points, const HpAttribute *attribute, double min, double max)
{
  Step halves = { .digit = 5, .exponent = -1 }, step = choose_step (max - min, attribute->type == HP_COLUMN_INTEGER);
  double first;

  /* no house has 1.15 baths */
  if (hp_attribute_text_counts_halves (attribute) && (max - min) / 0.5 <= MOST_NUMBERS)
    step = halves;
  first = ceil (min / multiple (step, 1));
  for (guint n = 0; n <= MOST_NUMBERS; n++)
    {
      double value = multiple (step, first + n);
      g_autofree char *text = hp_attribute_format (attribute, value);

      if (value > max)
        break;
      if (value >= min && is_allowed (attribute, text))
        add (points, value, g_steal_pointer (&text), FALSE);
    }
}

static void
add_months (GPtrArray *points, const HpAttribute *attribute, double min, double max)
{
  static const int steps[] = { 1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200 };
  int first = (int) floor (hp_date_to_months ((HpDate) min)), last = (int) floor (hp_date_to_months ((HpDate) max));
  guint s = 0;

  while (s + 1 < G_N_ELEMENTS (steps) && (last - first) / steps[s] > MOST_MONTHS)
    s++;
  for (int month = (first + steps[s] - 1) / steps[s] * steps[s]; month <= last; month += steps[s])
    {
      HpDate date = month / 12 * 10000 + (month % 12 + 1) * 100;
      g_autofree char *text = hp_attribute_format (attribute, date);

      if (is_allowed (attribute, text))
        add (points, month, g_steal_pointer (&text), FALSE);
    }
}

/* More sales of it in training, and it comes first */
static int
compare_counts (gconstpointer a, gconstpointer b, gpointer data)
{
  const HpAttribute *attribute = data;
  guint32 x = attribute->choice_counts[*(const guint *) a], y = attribute->choice_counts[*(const guint *) b];

  return (x < y) - (x > y);
}

static void
add_categories (GPtrArray *points, const HpAttribute *attribute, const char *own)
{
  guint n = hp_attribute_get_n_choices (attribute);
  int owned = hp_attribute_find_choice (attribute, own, strlen (own));
  g_autoptr (GArray) order = g_array_sized_new (FALSE, FALSE, sizeof (guint), n);

  for (guint i = 0; i < n; i++)
    if ((int) i != owned)
      g_array_append_val (order, i);
  if (attribute->choice_counts != NULL)
    g_array_sort_with_data (order, compare_counts, (gpointer) attribute);
  /* one that the model has not seen is a value like the others */
  if (owned >= 0)
    add (points, 0, g_strdup (attribute->choices[owned]), TRUE);
  else if (own[strspn (own, " \t\n\r")] != '\0')
    add (points, 0, g_strdup (own), TRUE);
  for (guint i = 0; i < order->len && points->len < MOST_CATEGORIES; i++)
    add (points, points->len, g_strdup (attribute->choices[g_array_index (order, guint, i)]), FALSE);
}

static int
compare_x (gconstpointer a, gconstpointer b)
{
  const HpWhatIfPoint *x = *(HpWhatIfPoint *const *) a, *y = *(HpWhatIfPoint *const *) b;

  if (x->x != y->x)
    return x->x < y->x ? -1 : 1;
  return y->own - x->own;
}

/* The house's own value takes the place of an equal one */
static void
add_own (GPtrArray *points, const HpAttribute *attribute, const char *own, HpDate reference)
{
  double value;

  if (!hp_attribute_read_text (attribute, own, strlen (own), &value, NULL))
    return;
  if (isnan (value) && attribute->is_effective_date && reference != 0)
    value = reference;
  if (isnan (value))
    return;
  if (attribute->type == HP_COLUMN_DATE)
    value = hp_date_to_months ((HpDate) value);
  for (guint i = 0; i < points->len; i++)
    if (((HpWhatIfPoint *) points->pdata[i])->x == value)
      g_ptr_array_remove_index (points, i--);
  add (points, value, g_strdup (own), TRUE);
}

/**
 * _hp_what_if_grid:
 * @attribute: what is varied
 * @own: the house's own value, as the form holds it: valid
 * @reference: the date that stands for an empty effective date; 0: none
 *
 * Numbers: round ones across the range that training saw, each whole number if they are few. Dates: months.
 * Categories: all, or the most frequent. The house's own value is among them, wherever it lies.
 *
 * Returns: (transfer full) (element-type HpWhatIfPoint): the values by x, without prices
 */
GPtrArray *
_hp_what_if_grid (const HpAttribute *attribute, const char *own, HpDate reference)
{
  GPtrArray *points = g_ptr_array_new_with_free_func (point_free);
  double min = isfinite (attribute->seen_min) ? attribute->seen_min : attribute->min;
  double max = isfinite (attribute->seen_max) ? attribute->seen_max : attribute->max;

  if (attribute->type == HP_COLUMN_CATEGORY)
    {
      add_categories (points, attribute, own);
      return points;
    }
  if (isfinite (min) && isfinite (max) && max > min && isfinite (max - min))
    (attribute->type == HP_COLUMN_DATE ? add_months : add_numbers) (points, attribute, min, max);
  add_own (points, attribute, own, reference);
  g_ptr_array_sort (points, compare_x);
  return points;
}

static int
compare_prices (gconstpointer a, gconstpointer b)
{
  const HpWhatIfPoint *x = *(HpWhatIfPoint *const *) a, *y = *(HpWhatIfPoint *const *) b;

  return x->price != y->price ? (x->price < y->price ? -1 : 1) : strcmp (x->text, y->text);
}

/**
 * _hp_what_if_grid_rank:
 * @points: (element-type HpWhatIfPoint): categories with their prices
 *
 * Sorts them by price, and makes x their place.
 */
void
_hp_what_if_grid_rank (GPtrArray *points)
{
  g_ptr_array_sort (points, compare_prices);
  for (guint i = 0; i < points->len; i++)
    ((HpWhatIfPoint *) points->pdata[i])->x = i;
}
