/* hp-comparables.c - similar sales as evidence: how far away, what differs, what they say of this house
 *
 * A sale's price is of another house at another time. Appraisers adjust it for each difference that the market pays
 * for, one by one, by what they know each to be worth; the model knows what all of them together are worth, so here
 *
 *   adjusted price = price paid x the model's price of this house / the model's price of the sold one when it was sold
 *
 * A sale above the model's price for it says that this house, too, may be worth more than the model thinks.
 *
 * The house's own sale is no evidence. A sale is taken for it when nothing that was told of the house differs: all that
 * the model asks for is the same, and the date of the valuation, the property's number and the like are, where they
 * were told. Another sale of the same property is marked.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "hp-sales-private.h"

#define EARTH_RADIUS_KM 6371.0088 /* the mean */

/* In place of a similarity: the house's own sale */
#define OWN -1.0f

/* Two dates are the same when what both of them tell is. */
static gboolean
is_same_date (HpDate a, HpDate b)
{
  gint32 known = 1;

  if (a % 10000 == 0 || b % 10000 == 0)
    known = 10000;
  else if (a % 100 == 0 || b % 100 == 0)
    known = 100;
  return a / known == b / known;
}

/* When the house is valued, as far as it was told; 0: it was not */
static HpDate
told_date (const HpSubject *subject)
{
  const HpPreprocessor *pre = subject->pre;

  if (subject->as_of != 0)
    return subject->as_of;
  if (pre->effective >= 0 && !isnan (subject->house->raw[pre->effective]))
    return (HpDate) subject->house->raw[pre->effective];
  return 0;
}

static gboolean
is_told (const HpSubject *subject, guint input)
{
  return !(subject->house->flags[input] & HP_FLAG_MISSING);
}

/* NaN is a sale's missing value, and a category of the house that training did not see. */
static gboolean
is_same_value (const HpSubject *subject, const double *raw, guint input)
{
  return subject->house->raw[input] == raw[input];
}

static gboolean
is_same_property (const HpSubject *subject, const double *raw)
{
  for (guint p = 0; p < HP_N_IDENTITIES; p++)
    {
      int input = subject->pre->place_inputs[p];

      if (input >= 0 && is_told (subject, input) && is_same_value (subject, raw, input))
        return TRUE;
    }
  return FALSE;
}

/* Is all that was told the same, and all that the model asks for told? */
static gboolean
is_same_house (const HpSubject *subject, const double *raw)
{
  for (guint i = 0; i < subject->house->n; i++)
    {
      const HpAttribute *attribute = &_hp_preprocessor_input (subject->pre, i)->attribute;

      if (attribute->is_effective_date)
        continue;
      if (is_told (subject, i) ? !is_same_value (subject, raw, i) : attribute->required)
        return FALSE;
    }
  return TRUE;
}

static gboolean
is_own (const HpSales *sales, const HpSubject *subject, HpDate date, guint i)
{
  const double *raw = _hp_sales_get_raw (sales, i);
  HpDate sold = _hp_sales_get (sales, i)->date;
  gboolean same_time = date == 0 || sold == 0 || is_same_date (date, sold);

  return same_time && (is_same_house (subject, raw) || (date != 0 && sold != 0 && is_same_property (subject, raw)));
}

/* Puts OWN in place of the similarity of the house's own sales. Returns: the first of them, or -1 */
static int
find_own (const HpSales *sales, const HpSubject *subject, float *similarity)
{
  HpDate date = told_date (subject);
  int first = -1;

  for (guint i = 0; i < sales->sales->len; i++)
    if (is_own (sales, subject, date, i))
      {
        similarity[i] = OWN;
        first = first < 0 ? (int) i : first;
      }
  return first;
}

static const char *
get_value (const HpSales *sales, guint i, guint column)
{
  return g_ptr_array_index (sales->values, (gsize) i * sales->n_shown + column);
}

/* own: the house's own sale, which may say which property it is; -1: none */
static gboolean
is_repeat (const HpSales *sales, const HpSubject *subject, int own, guint i)
{
  if (is_same_property (subject, _hp_sales_get_raw (sales, i)))
    return TRUE;
  for (guint p = 0; p < HP_N_IDENTITIES && own >= 0; p++)
    {
      const char *value = sales->identity[p] >= 0 ? get_value (sales, own, sales->identity[p]) : "";

      /* Equal texts are kept once. */
      if (*value != '\0' && value == get_value (sales, i, sales->identity[p]))
        return TRUE;
    }
  return FALSE;
}

/* Along a great circle, by the haversine; NaN if a place is not known */
static double
distance_km (const HpSubject *subject, const double *raw)
{
  const int *places = subject->pre->place_inputs;
  int latitude = places[HP_PLACE_LATITUDE];
  int longitude = places[HP_PLACE_LONGITUDE];
  const double radian = G_PI / 180, *house = subject->house->raw;
  double north, east, half;

  if (latitude < 0 || longitude < 0 || !is_told (subject, latitude) || !is_told (subject, longitude)
      || !(fabs (house[latitude]) <= 90 && fabs (raw[latitude]) <= 90))
    return NAN;
  north = sin ((house[latitude] - raw[latitude]) * radian / 2);
  east = sin ((house[longitude] - raw[longitude]) * radian / 2);
  half = north * north + cos (house[latitude] * radian) * cos (raw[latitude] * radian) * east * east;
  return round (2 * EARTH_RADIUS_KM * asin (sqrt (CLAMP (half, 0, 1))) * 1000) / 1000;
}

static GPtrArray *
find_differences (const HpSubject *subject, const double *raw)
{
  GPtrArray *differs = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < subject->house->n; i++)
    {
      const HpAttribute *attribute = &_hp_preprocessor_input (subject->pre, i)->attribute;

      if (!attribute->is_effective_date && !attribute->is_place && is_told (subject, i)
          && !is_same_value (subject, raw, i))
        g_ptr_array_add (differs, g_strdup (attribute->name));
    }
  return differs;
}

/* NaN if the model makes no sense of the sale */
static double
adjust (const HpSubject *subject, double paid, const float *features)
{
  double price;

  hp_model_predict (subject->model, features, 1, &price);
  return price > 0 && isfinite (price) ? hp_price_round (paid * (subject->price / price)) : NAN;
}

static HpComparable *
describe (const HpSales *sales, const HpSubject *subject, guint i, float similarity, int own)
{
  const HpSale *sale = _hp_sales_get (sales, i);
  const double *raw = _hp_sales_get_raw (sales, i);
  HpComparable *comparable = g_new0 (HpComparable, 1);

  comparable->row = sale->row;
  comparable->similarity = round (similarity * 1e4) / 1e4;
  comparable->price = sale->price;
  comparable->sale_date = g_strdup (sale->date_text);
  comparable->adjusted_price = adjust (subject, sale->price, _hp_sales_get_features (sales, i));
  comparable->distance_km = distance_km (subject, raw);
  comparable->differs = find_differences (subject, raw);
  comparable->repeat_sale = is_repeat (sales, subject, own, i);
  comparable->names = g_ptr_array_new_with_free_func (g_free);
  comparable->values = g_ptr_array_new_with_free_func (g_free);
  comparable->numeric = g_array_new (FALSE, FALSE, sizeof (gboolean));
  for (guint column = 0; column < sales->n_shown; column++)
    {
      const char *value = get_value (sales, i, column);

      g_ptr_array_add (comparable->names, g_strdup (g_ptr_array_index (sales->names, column)));
      g_ptr_array_add (comparable->values, *value != '\0' ? g_strdup (value) : NULL);
      g_array_append_val (comparable->numeric, sales->numeric[column]);
    }
  return comparable;
}

/* More similar, or as similar and earlier in the file */
static gboolean
is_better (const float *similarity, guint a, guint b)
{
  return similarity[a] != similarity[b] ? similarity[a] > similarity[b] : a < b;
}

static int
compare_better (gconstpointer a, gconstpointer b, gpointer similarity)
{
  return is_better (similarity, *(const guint *) a, *(const guint *) b) ? -1 : 1;
}

/* heap: the worst first. Moves what stands at k down to its place. */
static void
sift_down (guint *heap, guint n, guint k, const float *similarity)
{
  for (guint child = 2 * k + 1; child < n; k = child, child = 2 * k + 1)
    {
      guint moved = heap[k];

      if (child + 1 < n && is_better (similarity, heap[child], heap[child + 1]))
        child++;
      if (is_better (similarity, heap[child], moved))
        return;
      heap[k] = heap[child];
      heap[child] = moved;
    }
}

/* The n best of n_sales into best. Returns: how many there are */
static guint
choose_best (const float *similarity, guint n_sales, guint n, guint *best)
{
  guint n_best = 0;

  for (guint i = 0; i < n_sales && n > 0; i++)
    {
      if (similarity[i] == OWN)
        continue;
      if (n_best < n)
        {
          best[n_best++] = i;
          if (n_best == n)
            for (guint k = n / 2; k-- > 0;)
              sift_down (best, n, k, similarity);
        }
      else if (is_better (similarity, i, best[0]))
        {
          best[0] = i;
          sift_down (best, n, 0, similarity);
        }
    }
  qsort_r (best, n_best, sizeof *best, compare_better, (gpointer) similarity);
  return n_best;
}

GPtrArray *
_hp_sales_choose (const HpSales *sales, const HpSubject *subject, guint n, guint *n_similar)
{
  guint n_sales = sales->sales->len, n_best;
  g_autofree float *similarity = g_new (float, n_sales + 1);
  g_autofree guint *best = NULL;
  GPtrArray *comparables = _hp_comparables_new ();
  int own;

  _hp_sales_compare (sales, subject->model, subject->features, similarity);
  own = find_own (sales, subject, similarity);
  *n_similar = 0;
  for (guint i = 0; i < n_sales; i++)
    *n_similar += similarity[i] >= HP_SIMILAR;
  n = MIN (n, n_sales);
  best = g_new (guint, n + 1);
  n_best = choose_best (similarity, n_sales, n, best);
  for (guint k = 0; k < n_best; k++)
    g_ptr_array_add (comparables, describe (sales, subject, best[k], similarity[best[k]], own));
  return comparables;
}
