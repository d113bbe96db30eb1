/* hp-house-set.h - sales as a model's preprocessor sees them, for studies that ask the model again and again
 *
 * Permutation importance and partial dependence change one attribute of many houses and value them anew. So the houses are
 * kept as plain arrays of raw attributes, by house.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-valuation.h"

G_BEGIN_DECLS

typedef struct
{
  gsize    n;
  guint    n_attributes;
  double  *raw;   /* n × n_attributes, as in an HpHouse */
  guint8  *flags; /* n × n_attributes */
  double  *price; /* n */
  guint64 *row;   /* n: of the data it came from, as people count them (the first sale is 1) */
  gboolean in_sample; /* the model that is studied was fitted on them (hp_bundle_get_house_set()); FALSE: not that we know */
} HpHouseSet;

/* Rows of a table; the price is the column that the preprocessor calls its target */
HpHouseSet *hp_house_set_new_table (const HpPreprocessor *pre, const HpTable *table, const guint32 *rows, gsize n, GError **error);
/* sales.csv or holdout.csv of a bundle; name is for messages */
HpHouseSet *hp_house_set_new_csv   (const HpPreprocessor *pre, const char *csv, gsize length, const char *name, GError **error);
void        hp_house_set_free      (HpHouseSet *set);

/* At most n_most of its houses, ascending, drawn by the seed; all if there are no more. (transfer full), n_chosen long */
guint32    *hp_house_set_sample    (const HpHouseSet *set, gsize n_most, guint64 seed, guint64 stream, gsize *n_chosen);
/* A house of the set into house, which was made for the same preprocessor */
void        hp_house_set_get       (const HpHouseSet *set, gsize i, HpHouse *house);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpHouseSet, hp_house_set_free)

G_END_DECLS
