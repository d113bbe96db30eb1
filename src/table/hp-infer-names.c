/* hp-infer-names.c - what columns' names mean in house data, in several languages and habits of writing
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>
#include <string.h>

#include "hp-infer.h"
#include "hp-text.h"

/* The name as words: lower case, camelCase parted, everything but letters and digits a space, a space at either end, so
 * that " lat " finds a word and "price" a part of one */
static char *
to_words (const char *name)
{
  g_autoptr (GString) words = g_string_new (" ");
  gboolean was_lower = FALSE;

  for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isupper (c) && was_lower)
        g_string_append_c (words, ' ');
      was_lower = g_unichar_islower (c) || g_unichar_isdigit (c);
      if (g_unichar_isalnum (c))
        g_string_append_unichar (words, g_unichar_tolower (c));
      else if (words->str[words->len - 1] != ' ')
        g_string_append_c (words, ' ');
    }
  if (words->str[words->len - 1] != ' ')
    g_string_append_c (words, ' ');
  return g_strdup (words->str);
}

static char *
without_spaces (const char *words)
{
  GString *joined = g_string_new (NULL);

  for (const char *p = words; *p != '\0'; p++)
    if (*p != ' ')
      g_string_append_c (joined, *p);
  return g_string_free (joined, FALSE);
}

/* Is the name, spaces apart, one of these? */
static gboolean
is_one_of (const char *name, const char *const *list)
{
  g_autofree char *words = to_words (name);
  g_autofree char *joined = without_spaces (words);

  return g_strv_contains (list, joined);
}

/* Has the name one of these in it? Entries with spaces at their ends are whole words. */
static gboolean
has_one_of (const char *name, const char *const *list)
{
  g_autofree char *words = to_words (name);

  for (guint i = 0; list[i] != NULL; i++)
    if (strstr (words, list[i]) != NULL)
      return TRUE;
  return FALSE;
}

gboolean
_hp_infer_is_price (const char *name)
{
  static const char *const list[] = { "price", " ppsf ", " psf ", " preis ", " prix ", " precio ", " prezzo ", NULL };

  return has_one_of (name, list);
}

int
_hp_infer_target_rank (const char *name)
{
  static const char *const list[] = { "saleprice",
                                      "soldprice",
                                      "salesprice",
                                      "sellingprice",
                                      "closeprice",
                                      "closingprice",
                                      "pricepaid",
                                      "purchaseprice",
                                      "transactionprice",
                                      "price",
                                      "kaufpreis",
                                      "verkaufspreis",
                                      "preis",
                                      "prix",
                                      "valeurfonciere",
                                      "precio",
                                      "prezzo",
                                      "prijs",
                                      "saleamount",
                                      "housevalue",
                                      "homevalue",
                                      "medianhousevalue",
                                      "medv",
                                      "amount",
                                      "value",
                                      NULL };
  static const char *const parts[] = { " per ", " psf ", " ppsf ", " list ", " listing ", " asking ", " log ", NULL };
  g_autofree char *words = to_words (name);
  g_autofree char *joined = without_spaces (words);

  for (int i = 0; list[i] != NULL; i++)
    if (g_str_equal (list[i], joined))
      return i;
  if (has_one_of (name, parts))
    return -1;
  if (_hp_infer_is_price (name))
    return (int) G_N_ELEMENTS (list);
  return -1;
}

const char *
_hp_infer_unit (const char *name)
{
  static const struct
  {
    const char *unit;
    const char *parts[8];
  } units[] = {
    { "ft²", { "sqft", " sq ft ", "squarefeet", " square feet ", " sf ", " ft2 ", "footage" } },
    { "m²", { " sqm ", " sq m ", " m2 ", "squaremet", " square met", " qm " } },
    { "acres", { " acre ", " acres ", "acreage" } },
    { "km", { " km " } },
    { "mi", { " miles ", " mi " } },
    { "m", { " meters ", " metres " } },
    { "ft", { " feet ", " ft ", "frontage" } },
  };
  g_autofree char *words = to_words (name);

  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    for (guint k = 0; k < G_N_ELEMENTS (units[i].parts) && units[i].parts[k] != NULL; k++)
      if (strstr (words, units[i].parts[k]) != NULL)
        return units[i].unit;
  return NULL;
}

const char *
_hp_infer_currency (const char *name)
{
  static const char *const codes[][2]
    = { { " eur ", "EUR" }, { " euro ", "EUR" }, { " euros ", "EUR" }, { " gbp ", "GBP" }, { " chf ", "CHF" },
        { " cad ", "CAD" }, { " aud ", "AUD" },  { " usd ", "USD" },   { " sek ", "SEK" }, { " pln ", "PLN" },
        { "preis", "EUR" }, { " prix ", "EUR" }, { "foncier", "EUR" }, { "prezzo", "EUR" } };
  g_autofree char *words = to_words (name);

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    if (strstr (words, codes[i][0]) != NULL)
      return codes[i][1];
  return NULL;
}

gboolean
_hp_infer_is_year (const char *name)
{
  static const char *const list[] = { "year", " yr ", "yrbuilt", "baujahr", NULL };

  return has_one_of (name, list);
}

gboolean
_hp_infer_is_year_built (const char *name)
{
  static const char *const list[]
    = { "yearbuilt", "yrbuilt", "builtyear", "yearofconstruction", "constructionyear", "yearconstructed", "buildyear",
        "baujahr",   "built",   NULL };

  return is_one_of (name, list);
}

gboolean
_hp_infer_is_bedrooms (const char *name)
{
  static const char *const list[] = { "bedrooms", "bedroom", "beds", "bed", "nbedrooms", "numbedrooms", "brs", NULL };

  return is_one_of (name, list);
}

gboolean
_hp_infer_is_bathrooms (const char *name)
{
  static const char *const list[] = { "bathrooms", "bathroom", "baths", "bath", "nbathrooms", "numbathrooms", NULL };

  return is_one_of (name, list);
}

gboolean
_hp_infer_is_latitude (const char *name)
{
  static const char *const list[] = { " lat ", "latitude", NULL };

  return has_one_of (name, list);
}

gboolean
_hp_infer_is_longitude (const char *name)
{
  static const char *const list[] = { " lon ", " lng ", " long ", "longitude", NULL };

  return has_one_of (name, list);
}

gboolean
_hp_infer_is_sale_date (const char *name)
{
  static const char *const list[] = { "sale", " sold ", " clos", "transaction", "mutation", "transfer", NULL };

  return has_one_of (name, list);
}

gboolean
_hp_infer_is_id (const char *name)
{
  static const char *const list[]
    = { " id ", " pid ", " apn ", " uprn ", " uuid ", " parcel ", " mls ", " key ", NULL };

  return has_one_of (name, list);
}

gboolean
_hp_infer_is_address (const char *name)
{
  static const char *const list[] = { "address", "adresse", " street ", " addr ", NULL };

  return has_one_of (name, list);
}

gboolean
_hp_infer_is_code (const char *name)
{
  static const char *const list[] = { " zip",   "postal", "postcode", " post code ", " plz ",   " fips ",   " tract ",
                                      " ward ", " code ", " zone ",   " zoning ",    " block ", "district", NULL };

  return has_one_of (name, list);
}

gboolean
_hp_infer_is_place (const char *name)
{
  static const char *const list[]
    = { "location",  "neighbo",     " city ",  " town",    "suburb",    "borough", "region",    "county", "commune",
        "municipal", " area name ", "quarter", "ortsteil", "stadtteil", "village", "community", NULL };

  return has_one_of (name, list) || _hp_infer_is_code (name);
}

const char *const *
_hp_infer_scale (const GPtrArray *levels)
{
  static const char *const grades[] = { "Very Poor",     "Poor", "Fair",      "Below Average", "Average",
                                        "Above Average", "Good", "Very Good", "Excellent",     NULL };
  static const char *const short_grades[] = { "Po", "Fa", "TA", "Gd", "Ex", NULL };
  static const char *const sizes[] = { "Low", "Medium", "High", NULL };
  static const char *const *const scales[] = { grades, short_grades, sizes };

  for (guint i = 0; levels->len >= 3 && i < G_N_ELEMENTS (scales); i++)
    {
      guint n_found = 0;

      for (guint k = 0; k < levels->len; k++)
        {
          g_autofree char *key = hp_text_key (levels->pdata[k], -1);

          for (guint j = 0; scales[i][j] != NULL; j++)
            n_found += g_ascii_strcasecmp (scales[i][j], key) == 0;
        }
      if (n_found == levels->len)
        return scales[i];
    }
  return NULL;
}

double
_hp_infer_round_down (double value)
{
  double power = pow (10, floor (log10 (value)));

  if (power > value) /* log10 rounded up */
    power /= 10;
  return value >= 5 * power ? 5 * power : value >= 2 * power ? 2 * power : power;
}

double
_hp_infer_round_up (double value)
{
  double down = _hp_infer_round_down (value), power = pow (10, floor (log10 (down) + 0.1));

  if (down >= value)
    return down;
  return down < 2 * power ? 2 * power : down < 5 * power ? 5 * power : 10 * power;
}
