/* hp-preprocessor-private.h - what a preprocessor is made of
 *
 * Attributes (inputs) feed named features, named features own one or more columns of the model's matrix.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-model.h"
#include "hp-preprocessor.h"
#include "hp-spellings.h"

G_BEGIN_DECLS

#define HP_PREPROCESSOR_FORMAT       2 /* read; what it says more than 1 is the encoding "coded", where values may be unknown */
#define HP_PREPROCESSOR_PLAIN_FORMAT 1 /* written whenever it will do */

/* Limits on what a file may hold */
#define HP_PREPROCESSOR_MAX_BYTES   (16u << 20)
#define HP_PREPROCESSOR_MAX_CHOICES 65536

typedef enum
{
  HP_FEATURE_NUMBER,   /* the attribute as it is */
  HP_FEATURE_CATEGORY, /* its rank */
  HP_FEATURE_ONE_HOT,  /* a column for each (group of) categories */
  HP_FEATURE_AGE,
  HP_FEATURE_RATIO,
  HP_FEATURE_MONTHS,
} HpFeatureKind;

/* The roles of columns that say which property a house is, and where */
typedef enum
{
  HP_PLACE_ID,
  HP_PLACE_GROUP,
  HP_PLACE_ADDRESS,
  HP_N_IDENTITIES,
  HP_PLACE_LATITUDE = HP_N_IDENTITIES,
  HP_PLACE_LONGITUDE,
  HP_N_PLACES
} HpPlace;

typedef struct
{
  HpAttribute  attribute;
  guint        n_choices;
  gboolean     ordered;     /* the schema gives the categories' order */
  double      *ranks;       /* (nullable) of each choice, for HP_FEATURE_CATEGORY */
  double       unseen_rank;
  guint32     *column_of;   /* (nullable) of each choice, among the feature's columns, for HP_FEATURE_ONE_HOT */
  HpSpellings *spellings;   /* (nullable) of categories */
} HpInput;

typedef struct
{
  char         *name;
  HpFeatureKind kind;
  int           a;        /* input */
  int           b;        /* input; -1: none, or for an age the reference date */
  int           monotone;
  double        impute;   /* what stands in for a value that can't be computed (one-hot encoding) */
  guint         first;    /* column */
  guint         n_columns;
} HpNamed;

typedef struct
{
  char  *name;
  guint  named;
  double centre, scale;
} HpModelColumn;

struct _HpPreprocessor
{
  gatomicrefcount ref_count;
  HpEncoding encoding;
  char      *target;
  char      *currency;
  char      *date_column; /* (nullable) the date role's column, whether or not it is an attribute */
  char      *place_columns[HP_N_PLACES]; /* (nullable) whether or not they are attributes */
  int        place_inputs[HP_N_PLACES];  /* those that are; -1 */
  HpDate     reference_date;
  HpDate     newest_sale;
  int        effective;   /* the input that is_effective_date, or -1 */
  GPtrArray *inputs;      /* (element-type HpInput) */
  GPtrArray *named;       /* (element-type HpNamed) */
  GArray    *columns;     /* of HpModelColumn */
  int       *monotone;    /* one a column */
};

HpPreprocessor *_hp_preprocessor_new        (void);
/* After all inputs, features and columns are there: signs, spellings, and which inputs no feature is made of */
void            _hp_preprocessor_seal       (HpPreprocessor *pre);
HpInput        *_hp_input_new               (void);
void            _hp_input_set_choices       (HpInput *input, GPtrArray *choices); /* takes the strings over */
void            _hp_preprocessor_add_column (HpPreprocessor *pre, char *name /* (transfer full) */, guint named, double centre, double scale);

static inline HpInput *
_hp_preprocessor_input (const HpPreprocessor *pre, guint i)
{
  return g_ptr_array_index (pre->inputs, i);
}

static inline HpNamed *
_hp_preprocessor_named (const HpPreprocessor *pre, guint k)
{
  return g_ptr_array_index (pre->named, k);
}

/* The value of a feature before it is centred: NaN if an attribute that it needs is missing. Not for HP_FEATURE_ONE_HOT. */
double          _hp_named_value             (const HpPreprocessor *pre, const HpNamed *named, const HpHouse *house, HpDate effective);
/* The date a house is valued at */
HpDate          _hp_house_date              (const HpPreprocessor *pre, const HpHouse *house, HpDate effective);
/* Is the age that @named asks for below zero (built after sold)? It then counts as zero. */
gboolean        _hp_named_is_negative_age   (const HpPreprocessor *pre, const HpNamed *named, const HpHouse *house, HpDate effective);
/* One attribute of a row */
void            _hp_house_set_cell          (HpHouse *house, const HpHouseBinding *binding, guint i, gsize row);
/* Sets a value known to be of the right type, and its flags */
void            _hp_house_set_raw           (HpHouse *house, const HpPreprocessor *pre, guint i, double raw);

G_END_DECLS
