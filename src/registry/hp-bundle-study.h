/* hp-bundle-study.h - what studies ask of a version: its out-of-sample predictions, and its answers to a file of sales
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-registry.h"
#include "hp-residual-set.h"

G_BEGIN_DECLS

/* A version's answers to the sales of a file */
typedef struct
{
  HpResidualSet *set;       /* of the cleaned sales those that got a price; named after the version; row - 1 is a row of table */
  HpTable       *table;     /* the file, with all its columns */
  HpCleaned     *cleaned;   /* which of its rows can be used, and why the others can't */
  gsize          n_supported;     /* of the set: training says something of such a house (hp_house_is_supported()) */
  gboolean       has_intervals;
  gboolean       overlap_known;   /* do the version's training sales read by its schema? */
  gsize          n_overlap;       /* how many of the cleaned sales it was trained on */
} HpValuedSales;

/* (transfer full): holdout.csv. HP_ERROR_BAD_DATA: the version has no out-of-sample predictions */
HpResidualSet *hp_bundle_get_residuals (HpBundle *bundle, GError **error);
/* path: a CSV with the columns of the version's schema, and prices. findings: what was found in it; an error among them fails. */
HpValuedSales *hp_bundle_value_sales   (HpBundle *bundle, const char *path, double level, HpFindings *findings, GError **error);
void           hp_valued_sales_free    (HpValuedSales *sales);
/* How many of the rows (NULL: the first n) the version was trained on; FALSE: that can't be told */
gboolean       hp_bundle_count_overlap (HpBundle *bundle, const HpTable *table, const guint32 *rows, gsize n, gsize *n_overlap);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpValuedSales, hp_valued_sales_free)

G_END_DECLS
