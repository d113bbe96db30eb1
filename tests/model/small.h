/* small.h - a small market that several tests share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <math.h>
#include <string.h>

#include "hp-preprocessor.h"

static const char small_schema[] = "name: small\n"
                                   "target: price\n"
                                   "currency: EUR\n"
                                   "columns:\n"
                                   "  price: {type: number, min: 0, max: 1000000}\n"
                                   "  area: {type: number, min: 10, max: 1000, unit: m²}\n"
                                   "  rooms: {type: integer, min: 0, max: 20}\n"
                                   "  place: {type: category}\n"
                                   "  state: {type: category, order: [bad, fair, good, superb]}\n"
                                   "  built: {type: integer, min: 1700, max: 2100}\n"
                                   "  sold: {type: date, optional: true}\n"
                                   "  zip: {type: category}\n"
                                   "roles: {date: sold}\n"
                                   "derived:\n"
                                   "  age: {age: built, at: sold}\n"
                                   "  density: {ratio: [area, rooms]}\n"
                                   "features: [area, place, state, age, density, zip]\n";

/* Prices rise with area and from North to South; fair and good were seen, bad and superb not. */
static const char small_data[] = "price,area,rooms,place,state,built,sold,zip\n"
                                 "100000,50,2,North End,fair,1950,2010-01,1010\n"
                                 "110000,60,2,North End,fair,1960,2010-02,1010\n"
                                 "120000,60,3,North End,good,1970,2010-03,1010\n"
                                 "150000,70,3,Suburb,fair,1980,2010-04,1020\n"
                                 "160000,80,3,Suburb,good,1990,2010-05,1020\n"
                                 "170000,90,4,Suburb,good,2000,2010-06,1020\n"
                                 "250000,100,4,Île Sud,good,2005,2010-07,1030\n"
                                 "260000,110,4,Île Sud,good,2006,2010-07,1030\n"
                                 "270000,120,5,Île Sud,good,2007,2010-07,1030\n";

#define SMALL_ROWS 9

static inline HpTable *
small_load (HpSchema **schema, const char *data)
{
  g_autoptr (GError) error = NULL;
  HpFindings *findings = hp_findings_new ("small.csv");
  HpTable *table;

  *schema = hp_schema_parse (small_schema, strlen (small_schema), "small.yaml", &error);
  g_assert_no_error (error);
  table = hp_table_load_memory (data, strlen (data), "small.csv", *schema, HP_TABLE_DEFAULT, findings, &error);
  g_assert_no_error (error);
  hp_findings_free (findings);
  return table;
}

static inline HpPreprocessor *
small_fit (HpEncoding encoding)
{
  static const guint32 rows[SMALL_ROWS] = { 0, 1, 2, 3, 4, 5, 6, 7, 8 };
  g_autoptr (GError) error = NULL;
  g_autoptr (HpSchema) schema = NULL;
  g_autoptr (HpTable) table = small_load (&schema, small_data);
  HpPreprocessor *pre
    = hp_preprocessor_fit (schema, (const char *const *) schema->features, table, rows, SMALL_ROWS, encoding, &error);

  g_assert_no_error (error);
  return pre;
}

enum
{
  AREA,
  ROOMS,
  PLACE,
  STATE,
  BUILT,
  SOLD,
  ZIP,
  N_ATTRIBUTES
};

static inline void
small_set (HpHouse *house, const HpPreprocessor *pre, guint attribute, const char *text)
{
  g_autoptr (GError) error = NULL;

  hp_house_set_text (house, pre, attribute, text, strlen (text), &error);
  g_assert_no_error (error);
}

static inline HpHouse *
small_house (const HpPreprocessor *pre)
{
  HpHouse *house = hp_house_new (pre);

  small_set (house, pre, AREA, "80");
  small_set (house, pre, ROOMS, "3");
  small_set (house, pre, PLACE, "Suburb");
  small_set (house, pre, STATE, "good");
  small_set (house, pre, BUILT, "1990");
  small_set (house, pre, ZIP, "1020");
  return house;
}
