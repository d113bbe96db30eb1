/* hp-sales-private.h - the training sales: what is known of each, and which are like a house
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-preprocessor-private.h"
#include "hp-valuation.h"

G_BEGIN_DECLS

/* A sale of this similarity supports a price */
#define HP_SIMILAR 0.2f

typedef struct
{
  guint64     row;
  double      price;
  const char *date_text; /* (nullable) in the sales' chunk */
  HpDate      date;      /* 0: not known */
} HpSale;

/* Which leaf of each tree each sale ends in */
typedef struct _HpLeafTable HpLeafTable;

typedef struct
{
  GArray       *sales;    /* of HpSale */
  guint         n_features;
  GArray       *features; /* of float, n_features a sale */
  guint         n_inputs;
  GArray       *raw;      /* of double, n_inputs a sale: its attributes as in an HpHouse */
  HpLeafTable  *leaves;   /* (nullable) of a tree model */

  guint         n_shown;  /* columns */
  GPtrArray    *names;    /* of these */
  gboolean     *numeric;  /* of these */
  GPtrArray    *values;   /* of char*, n_shown a sale, in chunk */
  int           identity[HP_N_IDENTITIES]; /* which of these say which property it is; -1: none */
  GStringChunk *chunk;
} HpSales;

HpSales     *_hp_sales_new           (const char *csv, gsize length, const HpPreprocessor *pre, const HpModel *model, GError **error);
void         _hp_sales_free          (HpSales *sales);

static inline const HpSale *
_hp_sales_get (const HpSales *sales, guint i)
{
  return &g_array_index (sales->sales, HpSale, i);
}

static inline const float *
_hp_sales_get_features (const HpSales *sales, guint i)
{
  return (const float *) (gpointer) sales->features->data + (gsize) i * sales->n_features;
}

static inline const double *
_hp_sales_get_raw (const HpSales *sales, guint i)
{
  return (const double *) (gpointer) sales->raw->data + (gsize) i * sales->n_inputs;
}

HpLeafTable *_hp_leaf_table_new      (const HpModel *model, const float *features, guint n_sales);
void         _hp_leaf_table_free     (HpLeafTable *table);
/* similarity: room for all sales; 0 to 1 */
void         _hp_sales_compare       (const HpSales *sales, const HpModel *model, const float *features, float *similarity);

/* The house that sales are compared with */
typedef struct
{
  const HpPreprocessor *pre;
  const HpModel        *model;
  const HpHouse        *house;
  const float          *features;
  double                price;     /* not rounded */
  HpDate                as_of;     /* 0: the house's own date, or none */
} HpSubject;

/* The n most similar sales, most similar first, but none that is the house's own. n_similar: (out) how many but its own have a
 * similarity of HP_SIMILAR. Returns: (transfer full) (element-type HpComparable) */
GPtrArray   *_hp_sales_choose        (const HpSales *sales, const HpSubject *subject, guint n, guint *n_similar);
GPtrArray   *_hp_comparables_new     (void);

G_END_DECLS
