/* hp-attribute.h - a property of a house: what it is called, which values it may have
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-date.h"
#include "hp-schema.h"

G_BEGIN_DECLS

/* A property of a house, and what a form asks for */
typedef struct
{
  char        *name;
  char        *label;
  char        *unit;               /* (nullable) */
  HpColumnType type;
  double       min, max;           /* allowed (schema); infinite where not given */
  double       seen_min, seen_max; /* in training; numbers and dates */
  char       **choices;            /* categories, as a person should see them: schema order, else alphabetical */
  guint32     *choice_counts;      /* training sales of each */
  gboolean     required;           /* FALSE for the date that the effective date stands in for */
  gboolean     is_effective_date;  /* the date role's column: its value is the valuation's date */
  gboolean     is_place;           /* says which property the house is, or where, for comparing it with sales: the price does not depend on it */
  double       impute;             /* number, or index of a choice */
} HpAttribute;

HpAttribute *hp_attribute_copy        (const HpAttribute *attribute);
void         hp_attribute_free        (HpAttribute *attribute);
guint        hp_attribute_get_n_choices (const HpAttribute *attribute);
/* The choice that text spells (letter case and white space aside), or -1 */
int          hp_attribute_find_choice (const HpAttribute *attribute, const char *text, gsize length);
/* Text of a form, a command line or a CSV cell as a number or date. A spelling of "missing": TRUE and NaN. Wrong type or not allowed:
 * FALSE and HP_ERROR_BAD_ATTRIBUTE. Not for categories. error may be NULL on the hot path. */
gboolean     hp_attribute_read_text   (const HpAttribute *attribute, const char *text, gsize length, double *value, GError **error);
gboolean     hp_attribute_read_number (const HpAttribute *attribute, double number, double *value, GError **error);
/* A value (a number, an HpDate, the index of a choice) as a form's text, in no locale; (transfer full) */
char        *hp_attribute_format      (const HpAttribute *attribute, double value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpAttribute, hp_attribute_free)

G_END_DECLS
