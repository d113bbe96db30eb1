/* hp-house-reading.h - a house out of JSON
 *
 * Two readers. The quick one knows only the usual form of a house that has nothing wrong with it, and takes no memory; for all that it does
 * not know it says so, and the other one, which goes by the project's only grammar of JSON, decides. Where the quick one succeeds the other
 * one makes the same house: a fuzzer compares them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-problem.h"
#include "hp-server-model.h"

G_BEGIN_DECLS

/* Unknown members that are named in warnings; more are counted */
#define HP_HOUSE_MAX_UNKNOWN 20

typedef struct
{
  const HpServerModel *model;
  HpHouse   *house;
  HpProblem  problem;   /* what is wrong with it */
  guint8    *given;     /* attributes that have been given */
  GPtrArray *unknown;   /* (element-type utf8) members that are no attributes, fit to show */
  guint      n_unknown;
} HpHouseReading;

HpHouseReading *hp_house_reading_new   (const HpServerModel *model);
void            hp_house_reading_free  (HpHouseReading *reading);
/* Reads one value, which should be an object: FALSE if the reader failed or it is none. impute: missing attributes are not wrong. */
gboolean        hp_house_reading_read  (HpHouseReading *reading, HpJsonReader *reader, gboolean impute);
/* What the reading has to say besides what the house has */
void            hp_house_reading_warn  (const HpHouseReading *reading, HpValuation *valuation);

/* given: a byte for each attribute */
gboolean        hp_house_read_quickly  (const HpServerModel *model, HpHouse *house, guint8 *given, const char *text, gsize length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpHouseReading, hp_house_reading_free)

G_END_DECLS
