/* hp-what-if.h - what the house of a form would be worth if one of its attributes were another
 *
 * Follows the form while somebody types: questions are put at most every tenth of a second, answers never arrive out of order, and the old curve
 * stays until the new one comes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-workbench.h"

G_BEGIN_DECLS

typedef struct
{
  double   x;                /* the number; of a date the months since the year 0 (hp_date_to_months()); of a category its place by price */
  char    *text;             /* what the form's field would hold: a category's name, a number as data files write it; empty: the house doesn't say */
  double   price, low, high; /* low and high are NaN where there is no interval */
  gboolean own;              /* the house's own value */
} HpWhatIfPoint;

#define HP_TYPE_WHAT_IF (hp_what_if_get_type ())
G_DECLARE_FINAL_TYPE (HpWhatIf, hp_what_if, HP, WHAT_IF, GObject)

/* Signal "changed" (no arguments): any of what the getters tell is another */
/* attribute: see hp_what_if_set_field() */
HpWhatIf          *hp_what_if_new           (HpWorkbench *workbench, const char *attribute);
/* The attribute to vary, (nullable): the one that contributes most to the price, chosen once for a description. One that the form doesn't have is as NULL */
void               hp_what_if_set_field     (HpWhatIf *what_if, const char *attribute);
const char        *hp_what_if_get_field     (HpWhatIf *what_if); /* (nullable) the attribute that is varied now; NULL: none yet */
/* (nullable) The attribute of the points: while the curve of another field is out, that of the one before it */
const HpAttribute *hp_what_if_get_attribute (HpWhatIf *what_if);
const char        *hp_what_if_get_currency  (HpWhatIf *what_if); /* (nullable) of the points' prices */
/* (element-type HpWhatIfPoint) by x; empty: there is no curve yet. A value that the model refuses is left out */
const GPtrArray   *hp_what_if_get_points    (HpWhatIf *what_if);
int                hp_what_if_get_own       (HpWhatIf *what_if); /* which of them is the house as it is; -1: none */
gboolean           hp_what_if_is_current    (HpWhatIf *what_if); /* the points are of the form as it stands */
const GError      *hp_what_if_get_error     (HpWhatIf *what_if); /* (nullable) why there are none for it */

G_END_DECLS
