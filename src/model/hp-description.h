/* hp-description.h - what a version asks of a house: its attributes with units, ranges and choices
 *
 * Forms are made of it. A model on this computer gives it directly, a server sends it as JSON.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-json.h"
#include "hp-preprocessor.h"

G_BEGIN_DECLS

/* Never changed once made; references are counted atomically */
typedef struct
{
  char      *model;          /* its name, "house-price" */
  char      *version;
  char      *currency;       /* (nullable) ISO 4217 */
  char      *target;         /* name of what is predicted */
  HpDate     reference_date; /* the date valued at when none is given; 0: none */
  HpDate     newest_sale;    /* 0: unknown */
  GPtrArray *attributes;     /* (element-type HpAttribute) */
} HpDescription;

HpDescription     *hp_description_new            (const char *model, const char *version, const HpPreprocessor *pre);
HpDescription     *hp_description_ref            (HpDescription *description);
void               hp_description_unref          (HpDescription *description);
const HpAttribute *hp_description_get_attribute  (const HpDescription *description, guint i);
int                hp_description_find_attribute (const HpDescription *description, const char *name); /* exact, else by hp_text_key(); -1 */
/* "Living area" of the attribute sqft; "House age" of house_age, which is derived and no attribute. (transfer full) */
char              *hp_description_feature_label  (const HpDescription *description, const char *feature);

void               hp_description_write_json     (const HpDescription *description, HpJsonWriter *writer);
HpDescription     *hp_description_from_json      (JsonObject *object, GError **error); /* hostile-safe */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpDescription, hp_description_unref)

G_END_DECLS
