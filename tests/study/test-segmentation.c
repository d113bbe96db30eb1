/* test-segmentation.c - sales dealt into segments
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <string.h>

#include "hp-error.h"
#include "hp-random.h"
#include "hp-residual-set.h"
#include "hp-segmentation.h"

static const char schema_text[] = "name: tiny\n"
                                  "target: price\n"
                                  "currency: USD\n"
                                  "columns:\n"
                                  "  price: {type: number}\n"
                                  "  sqft: {type: number, unit: ft²}\n"
                                  "  rooms: {type: integer}\n"
                                  "  pool: {type: number}\n"
                                  "  condition: {type: category, order: [Poor, Fair, Good]}\n"
                                  "  place: {type: category}\n"
                                  "  parcel: {type: text}\n"
                                  "  built: {type: integer}\n"
                                  "  sold: {type: date}\n"
                                  "roles: {date: sold, id: parcel}\n"
                                  "derived: {age: {age: built, at: sold}}\n"
                                  "features: [sqft, place, age]\n";

/* The sales of a holdout.csv whose cells the test makes: of each column a text */
static HpResidualSet *
make_set (gsize n, const char *columns, const char *(*cells) (gsize, char *) )
{
  g_autoptr (GString) text = g_string_new ("row,line,fold,price,predicted,low,high,");
  g_autoptr (GError) error = NULL;
  g_autoptr (HpSchema) schema = hp_schema_parse (schema_text, strlen (schema_text), "tiny", &error);
  HpResidualSet *set;
  char buffer[200];

  g_assert_no_error (error);
  g_string_append_printf (text, "%s\n", columns);
  for (gsize i = 0; i < n; i++)
    g_string_append_printf (text, "%zu,%zu,0,%zu,%zu,,,%s\n", i + 1, i + 2, 1000 + i, 100000 + 1000 * i,
                            cells (i, buffer));
  set = hp_residual_set_new_holdout (text->str, text->len, "1", schema, HP_TARGET_LOG, &error);
  g_assert_no_error (error);
  return set;
}

static HpSegmentation *
split (const HpResidualSet *set, const char *by)
{
  g_autoptr (GError) error = NULL;
  HpSegmentation *segmentation = hp_segmentation_new (set, by, &error);
  gsize known = 0;

  g_assert_no_error (error);
  g_assert_cmpuint (g_strv_length (segmentation->keys), ==, segmentation->n);
  g_assert_cmpuint (g_strv_length (segmentation->labels), ==, segmentation->n);
  for (guint s = 0; s < segmentation->n; s++)
    {
      gsize size = 0;

      for (gsize i = 0; i < set->n; i++)
        size += segmentation->segment[i] == (gint32) s;
      g_assert_cmpuint (size, ==, segmentation->sizes[s]);
      g_assert_cmpuint (size, >, 0);
      known += size;
    }
  g_assert_cmpuint (known + segmentation->n_unknown, ==, set->n);
  return segmentation;
}

static void
assert_keys (const HpSegmentation *segmentation, const char *keys)
{
  g_autofree char *all = g_strjoinv (" ", segmentation->keys);

  g_assert_cmpstr (all, ==, keys);
}

static const char *
few_cells (gsize i, char *buffer)
{
  static const char *const rows[] = {
    "2,Good,Suburb,1999,2010-05", "3,Poor,\"Île, Sud\",2005,2010-05", ",,Suburb,1961,2010",
    "2,Good,Dom,1885,2009-12-31", "2.5,Poor,,2012,2010-02",
  };

  g_snprintf (buffer, 200, "P%zu,%s", i, rows[i]);
  return buffer;
}

#define FEW_COLUMNS "parcel,rooms,condition,place,built,sold"

static void
test_levels (void)
{
  g_autoptr (HpResidualSet) set = make_set (5, FEW_COLUMNS, few_cells);
  g_autoptr (HpSegmentation) condition = split (set, "CONDITION"), place = split (set, "place");

  assert_keys (condition, "Poor Good");
  g_assert_cmpstr (condition->by, ==, "condition");
  g_assert_cmpstr (condition->label, ==, "Condition");
  g_assert_cmpuint (condition->n_unknown, ==, 1);
  g_assert_cmpint (condition->segment[2], ==, -1);
  g_assert_true (isnan (condition->from[0]));
  g_assert_true (hp_segmentation_is_small (condition, 1));
  assert_keys (place, "Dom Suburb Île, Sud");
}

/* A part of a set keeps the levels of the whole, and has no segments for those that are not in it. */
static void
test_part (void)
{
  g_autoptr (HpResidualSet) set = make_set (5, FEW_COLUMNS, few_cells), part = NULL;
  const gboolean keep[] = { FALSE, TRUE, TRUE, FALSE, FALSE };
  g_autoptr (HpSegmentation) place = NULL;

  part = hp_residual_set_filter (set, keep);
  place = split (part, "place");
  assert_keys (place, "Suburb Île, Sud");
}

static void
test_few_numbers (void)
{
  g_autoptr (HpResidualSet) set = make_set (5, FEW_COLUMNS, few_cells);
  g_autoptr (HpSegmentation) rooms = split (set, "rooms"), built = split (set, "built");

  assert_keys (rooms, "2 2.5 3");
  g_assert_cmpstr (rooms->labels[1], ==, "2.5");
  g_assert_cmpuint (rooms->n_unknown, ==, 1);
  assert_keys (built, "1885 1961 1999 2005 2012");
  g_assert_cmpstr (built->labels[0], ==, "1885");
}

/* 2010 alone counts as July: a quarter like others. Built in 2012, sold in 2010: new. */
static void
test_dates_and_ages (void)
{
  g_autoptr (HpResidualSet) set = make_set (5, FEW_COLUMNS, few_cells);
  g_autoptr (HpSegmentation) sold = split (set, "sold"), age = split (set, "age_band");

  assert_keys (sold, "2009-Q4 2010-Q1 2010-Q2 2010-Q3");
  g_assert_cmpfloat (sold->to[0], ==, hp_date_to_months (20100100));
  assert_keys (age, "0-9 10-19 40-49 >=100");
  g_assert_cmpstr (age->labels[1], ==, "10 – 19");
  g_assert_cmpstr (age->labels[3], ==, "100 or more");
  g_assert_cmpint (age->segment[4], ==, 0);
  g_assert_cmpint (age->segment[3], ==, 3);
}

static const char *
many_cells (gsize i, char *buffer)
{
  HpRandom random;

  hp_random_init (&random, 7, i);
  g_snprintf (buffer, 200, "%.0f,%s%u,%u,%u-%02u,Place %zu", 1500 * exp (0.4 * hp_random_normal (&random)),
              i % 10 < 8 ? "0.00" : "", i % 10 < 8 ? 0 : 12 + hp_random_below (&random, 500),
              1890 + hp_random_below (&random, 120), 1990 + hp_random_below (&random, 20),
              1 + hp_random_below (&random, 12), i % 1001);
  return buffer;
}

#define MANY_COLUMNS "sqft,pool,built,sold,place"

static void
test_bands (void)
{
  g_autoptr (HpResidualSet) set = make_set (2002, MANY_COLUMNS, many_cells);
  g_autoptr (HpSegmentation) sqft = split (set, "sqft"), built = split (set, "built"), sold = split (set, "sold"),
                             pool = split (set, "pool");
  const HpSetColumn *column = hp_residual_set_get_column (set, "sqft");

  g_assert_cmpuint (sqft->n, ==, 8);
  g_assert_cmpstr (sqft->label, ==, "Sqft (ft²)");
  g_assert_true (g_str_has_prefix (sqft->keys[0], "<") && g_str_has_prefix (sqft->keys[7], ">="));
  g_assert_true (isinf (sqft->from[0]) && isinf (sqft->to[7]));
  for (guint s = 0; s < sqft->n; s++)
    {
      g_assert_cmpuint (sqft->sizes[s], >, 2002 / 8 / 2);
      g_assert_cmpuint (sqft->sizes[s], <, 2002 / 8 * 2);
      if (s > 0)
        {
          g_assert_cmpfloat (sqft->from[s], ==, sqft->to[s - 1]);
          g_assert_cmpfloat (fmod (sqft->from[s], 50), ==, 0); /* round */
        }
    }
  for (gsize i = 0; i < set->n; i++)
    g_assert_true (column->numbers[i] >= sqft->from[sqft->segment[i]]
                   && column->numbers[i] < sqft->to[sqft->segment[i]]);

  g_assert_cmpuint (built->n, ==, 12);
  g_assert_cmpstr (built->keys[0], ==, "1890-1899");
  g_assert_cmpstr (built->labels[11], ==, "2000 – 2009");
  g_assert_cmpuint (sold->n, ==, 20);
  g_assert_cmpstr (sold->keys[0], ==, "1990");

  /* four in five without */
  g_assert_cmpuint (pool->sizes[0], ==, 1602);
  g_assert_cmpuint (pool->n, >, 3);
}

static void
test_price_decile (void)
{
  g_autoptr (HpResidualSet) set = make_set (2002, MANY_COLUMNS, many_cells), few = make_set (5, FEW_COLUMNS, few_cells);
  g_autoptr (HpSegmentation) deciles = split (set, "Price_Decile"), of_few = split (few, HP_BY_PRICE_DECILE);

  assert_keys (deciles, "1 2 3 4 5 6 7 8 9 10");
  g_assert_cmpstr (deciles->by, ==, "price_decile");
  g_assert_cmpint (deciles->segment[0], ==, 0);
  g_assert_cmpint (deciles->segment[2001], ==, 9);
  g_assert_cmpuint (deciles->sizes[3], ==, 200);
  g_assert_cmpstr (deciles->labels[0], ==, "1: below $301,000");
  g_assert_cmpstr (deciles->labels[1], ==, "2: $301,000 – $501,000");
  g_assert_cmpfloat (deciles->from[9], ==, 100000 + 1000 * 1802);
  g_assert_cmpuint (of_few->n, ==, 5);
}

static void
test_price (void)
{
  g_autoptr (HpResidualSet) set = make_set (2002, MANY_COLUMNS, many_cells);
  g_autoptr (HpSegmentation) price = split (set, "price");

  assert_keys (price, "<1250 1250..1500 1500..1750 1750..2000 2000..2250 2250..2500 2500..2750 >=2750");
}

static void
test_errors (void)
{
  g_autoptr (HpResidualSet) set = make_set (2002, MANY_COLUMNS, many_cells), few = make_set (5, FEW_COLUMNS, few_cells);
  g_autoptr (GError) error = NULL;

  g_assert_null (hp_segmentation_new (set, "place", &error));
  g_assert_error (error, HP_ERROR, HP_ERROR_BAD_DATA);
  g_assert_nonnull (strstr (error->message, "more than 1000 values"));
  g_clear_error (&error);
  g_assert_null (hp_segmentation_new (set, "sqf", &error));
  g_assert_error (error, HP_ERROR, HP_ERROR_BAD_DATA);
  g_assert_nonnull (strstr (error->message, "did you mean sqft?"));
  g_clear_error (&error);
  g_assert_null (hp_segmentation_new (set, "no\x1b[31m", &error));
  g_assert_error (error, HP_ERROR, HP_ERROR_BAD_DATA);
  g_assert_nonnull (strstr (error->message, "but sqft, pool"));
  g_assert_null (strchr (error->message, '\x1b'));
  g_clear_error (&error);
  few->date = -1;
  g_assert_null (hp_segmentation_new (few, "age_band", &error));
  g_assert_error (error, HP_ERROR, HP_ERROR_BAD_DATA);
}

static const char *
odd_cells (gsize i, char *buffer)
{
  static const char *const rows[]
    = { "-1e308", "1e308", "0", "1e-300", "5e-324", "-5e-324", "1e100", "3", "4", "5", "6", "7", "8", "9", "10", "NA" };

  return memcpy (buffer, rows[i % G_N_ELEMENTS (rows)], strlen (rows[i % G_N_ELEMENTS (rows)]) + 1);
}

static void
test_odd (void)
{
  g_autoptr (HpResidualSet) none = make_set (0, FEW_COLUMNS, few_cells), one = make_set (1, FEW_COLUMNS, few_cells),
                            odd = make_set (160, "sqft", odd_cells);
  static const char *const by[] = { "place", "rooms", "sold", "built", "price", "price_decile", "age_band" };
  g_autoptr (HpSegmentation) extreme = split (odd, "sqft");

  g_assert_cmpuint (extreme->n_unknown, ==, 10);
  for (guint i = 0; i < G_N_ELEMENTS (by); i++)
    {
      g_autoptr (HpSegmentation) of_none = split (none, by[i]), of_one = split (one, by[i]);

      g_assert_cmpuint (of_none->n, ==, 0);
      g_assert_cmpuint (of_one->n, ==, 1);
    }
}

static void
test_suggest (void)
{
  g_autoptr (HpResidualSet) set = make_set (2002, MANY_COLUMNS, many_cells), few = make_set (5, FEW_COLUMNS, few_cells);
  g_auto (GStrv) of_set = hp_segmentation_suggest (set), of_few = NULL;
  g_autofree char *all = g_strjoinv (" ", of_set), *all_few = NULL;

  g_assert_cmpstr (all, ==, "price_decile age_band"); /* a thousand places are too many to look at */
  few->date = -1;
  of_few = hp_segmentation_suggest (few);
  all_few = g_strjoinv (" ", of_few);
  g_assert_cmpstr (all_few, ==, "price_decile built");
}

static const char *
place_cells (gsize i, char *buffer)
{
  g_snprintf (buffer, 200, "%s,Place %zu,P%zu", i % 2 ? "Good" : "Poor", i % 4, i % 7);
  return buffer;
}

static void
test_suggest_place (void)
{
  g_autoptr (HpResidualSet) set = make_set (40, "condition,place,parcel", place_cells);
  g_auto (GStrv) names = hp_segmentation_suggest (set);

  g_assert_cmpstr (names[0], ==,
                   "place"); /* which has more levels than the condition; the parcel only says which house it is */
  g_assert_cmpuint (g_strv_length (names), ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/segmentation/levels", test_levels);
  g_test_add_func ("/segmentation/part", test_part);
  g_test_add_func ("/segmentation/few-numbers", test_few_numbers);
  g_test_add_func ("/segmentation/dates-and-ages", test_dates_and_ages);
  g_test_add_func ("/segmentation/bands", test_bands);
  g_test_add_func ("/segmentation/price-decile", test_price_decile);
  g_test_add_func ("/segmentation/price", test_price);
  g_test_add_func ("/segmentation/errors", test_errors);
  g_test_add_func ("/segmentation/odd", test_odd);
  g_test_add_func ("/segmentation/suggest", test_suggest);
  g_test_add_func ("/segmentation/suggest-place", test_suggest_place);
  return g_test_run ();
}
