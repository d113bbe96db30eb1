/* hp-segmentation.h - sales dealt into segments by something that is known of them ("--by COLUMN")
 *
 * A category's levels; bands of a number, with round ends; years of a date. And two that are no columns: "price_decile", tenths of the
 * sales in order of the predicted price, and "age_band", ten years each of the age at the sale.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-json.h"
#include "hp-residual-set.h"

G_BEGIN_DECLS

#define HP_SEGMENTATION_MAX  1000
#define HP_SEGMENT_MIN_SALES 30   /* fewer are shown greyed, and never graded */

#define HP_BY_PRICE_DECILE "price_decile"
#define HP_BY_AGE_BAND     "age_band"

typedef struct
{
  char    *by;       /* the column's name, or what was asked for */
  char    *label;    /* for people */
  guint    n;
  char   **keys;     /* n, NULL-terminated: as in JSON, the same in any locale: "North Ames", "900..1200", "1960-1969", "10" */
  char   **labels;   /* n, NULL-terminated: for people: "900 – 1,200" */
  double  *from, *to; /* n: of a band, [from, to); infinite at the ends. NaN of a level */
  gsize   *sizes;    /* n */
  gint32  *segment;  /* of each sale of the set; -1: not known */
  gsize    n_unknown;
} HpSegmentation;

/* by: a column (the price's and the estimate's own names too, where they are known), or one of the two above if no column is called so.
 * HP_ERROR_BAD_DATA: no such column (the nearest name is suggested), or more than HP_SEGMENTATION_MAX levels */
HpSegmentation *hp_segmentation_new     (const HpResidualSet *set, const char *by, GError **error);
void            hp_segmentation_free    (HpSegmentation *segmentation);
/* What is worth looking at when nobody says: the place, the price decile, the age; (transfer full) */
char          **hp_segmentation_suggest (const HpResidualSet *set);
static inline gboolean
hp_segmentation_is_small (const HpSegmentation *segmentation, guint segment)
{
  return segmentation->sizes[segment] < HP_SEGMENT_MIN_SALES;
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpSegmentation, hp_segmentation_free)

G_END_DECLS
