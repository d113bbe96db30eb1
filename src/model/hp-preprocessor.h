/* hp-preprocessor.h - from a house's attributes to the numbers a model sees
 *
 * Fitted on training rows, then frozen: imputation values, categories with their order, ranges seen, derived features,
 * scaling. Training and prediction go through the same two steps: attributes become an #HpHouse (raw values and
 * flags), and hp_preprocessor_transform() makes features of it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-attribute.h"
#include "hp-table.h"

G_BEGIN_DECLS

typedef enum
{
  HP_ENCODING_ORDERED, /* trees: a category is its rank by smoothed mean price (or the schema's order); missing stays NaN; nothing is scaled */
  HP_ENCODING_ONE_HOT, /* linear: one column a category (rare ones pooled), ordered categories as their rank; imputed, centred and scaled; never NaN */
  HP_ENCODING_CODED    /* imported models: a category is the code that its trainer gave it (its place in the schema's order, else among the names sorted by code point); missing and unseen are NaN; nothing is scaled */
} HpEncoding;

typedef enum
{
  HP_FLAG_OK           = 0,
  HP_FLAG_MISSING      = 1 << 0,
  HP_FLAG_UNSEEN       = 1 << 1, /* a category that training did not see: raw is NaN */
  HP_FLAG_OUT_OF_RANGE = 1 << 2, /* allowed, but outside what training saw */
} HpFlags;

/* One house: raw[i], flags[i] for attribute i. raw: the number, the HpDate, or the index of the choice; NaN if missing or unseen. */
typedef struct
{
  guint    n;
  double  *raw;
  guint8  *flags;
  char   **unseen; /* (nullable) per attribute: how the category that training did not see was written */
} HpHouse;

typedef struct _HpPreprocessor HpPreprocessor;

/* features: names (columns or derived) in order, leaks already removed by the caller. rows: which rows of table to fit on
 * (only these are looked at). HP_ERROR_BAD_DATA if a feature is constant in no usable way or all missing. */
HpPreprocessor    *hp_preprocessor_fit             (const HpSchema *schema, const char *const *features, const HpTable *table,
                                                    const guint32 *rows, gsize n_rows, HpEncoding encoding, GError **error);
HpPreprocessor    *hp_preprocessor_from_json       (const char *json, gsize length, const char *name, GError **error); /* hostile-safe */
char              *hp_preprocessor_to_json         (const HpPreprocessor *pre, gsize *length);                          /* deterministic */
HpPreprocessor    *hp_preprocessor_ref             (HpPreprocessor *pre);
void               hp_preprocessor_unref           (HpPreprocessor *pre);

guint              hp_preprocessor_get_n_attributes (const HpPreprocessor *pre);
const HpAttribute *hp_preprocessor_get_attribute   (const HpPreprocessor *pre, guint i);
int                hp_preprocessor_find_attribute  (const HpPreprocessor *pre, const char *name); /* exact, else hp_text_key(); -1 */
guint              hp_preprocessor_get_n_features  (const HpPreprocessor *pre);                   /* columns of the matrix */
const char        *hp_preprocessor_get_feature     (const HpPreprocessor *pre, guint j);          /* "sqft", "location=North Ames" */
/* Model columns belong to named features (one-hot columns of location all belong to "location"); contributions add up by these */
guint              hp_preprocessor_get_n_named     (const HpPreprocessor *pre);
const char        *hp_preprocessor_get_named       (const HpPreprocessor *pre, guint k);          /* schema feature name */
guint              hp_preprocessor_get_named_of    (const HpPreprocessor *pre, guint j);          /* model column -> named feature */
const int         *hp_preprocessor_get_monotone    (const HpPreprocessor *pre);                   /* n_features signs; all 0 if none */
const char        *hp_preprocessor_get_currency    (const HpPreprocessor *pre);
const char        *hp_preprocessor_get_target      (const HpPreprocessor *pre);
HpDate             hp_preprocessor_get_reference_date (const HpPreprocessor *pre);                /* 0 if the schema has no date */
HpDate             hp_preprocessor_get_newest_sale (const HpPreprocessor *pre);                   /* of the rows fitted on; 0 unknown */

HpHouse           *hp_house_new                    (const HpPreprocessor *pre);                   /* all missing */
void               hp_house_free                   (HpHouse *house);
void               hp_house_clear                  (HpHouse *house);
/* Text of a form, a command line or a CSV cell into raw[attribute]. A missing spelling: MISSING. Wrong type or outside the
 * schema's min/max: FALSE and HP_ERROR_BAD_ATTRIBUTE with field and what is allowed. Unseen category: TRUE with UNSEEN.
 * error may be NULL on the hot path. No allocation on success. */
gboolean           hp_house_set_text               (HpHouse *house, const HpPreprocessor *pre, guint attribute, const char *text, gsize length, GError **error);
gboolean           hp_house_set_number             (HpHouse *house, const HpPreprocessor *pre, guint attribute, double value, GError **error);
/* From a table with other or more columns: resolve once, then fill per row */
typedef struct _HpHouseBinding HpHouseBinding;
HpHouseBinding    *hp_house_binding_new            (const HpPreprocessor *pre, const HpTable *table);
void               hp_house_binding_free           (HpHouseBinding *binding);
void               hp_house_set_row                (HpHouse *house, const HpHouseBinding *binding, gsize row);
/* Fills in what is missing and required; those attributes keep HP_FLAG_MISSING. */
void               hp_house_impute                 (HpHouse *house, const HpPreprocessor *pre);
/* The names of missing required attributes, comma separated, or NULL. */
char              *hp_house_missing                (const HpHouse *house, const HpPreprocessor *pre);

/* features: n_features floats. effective: the valuation's date (0: the house's own date attribute if set, else the reference
 * date). Missing numbers and categories: NaN stays NaN (ordered) or is imputed (one-hot). Unseen category: the place of the
 * overall mean price among the ranks (ordered), the average house (one-hot). */
void               hp_preprocessor_transform       (const HpPreprocessor *pre, const HpHouse *house, HpDate effective, float *features);
/* n_rows x n_features, row-major. (transfer full, g_free) */
float             *hp_preprocessor_matrix          (const HpPreprocessor *pre, const HpTable *table, const guint32 *rows, gsize n_rows);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpPreprocessor, hp_preprocessor_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpHouse, hp_house_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpHouseBinding, hp_house_binding_free)

G_END_DECLS
