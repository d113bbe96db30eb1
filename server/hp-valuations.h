/* hp-valuations.h - many houses out of one body, and what they are worth, a slice at a time
 *
 * The body is read twice: first to see that all of it is in order and what is asked for, which may stand behind the houses; then house after
 * house. So nothing is valued of a question that can't be answered, and no tree of it is built.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-house-reading.h"

G_BEGIN_DECLS

/* For one house, and for all of a request together */
#define HP_VALUATIONS_MAX_COMPARABLES 1000
#define HP_VALUATIONS_MAX_SALES       20000

/* Of an interval */
#define HP_VALUATIONS_MIN_LEVEL 0.01
#define HP_VALUATIONS_MAX_LEVEL 0.999

typedef struct
{
  const char         *text; /* borrowed */
  gsize               length;
  guint               max_houses;
  HpProblem           problem; /* with the question as a whole */

  /* The question */
  HpValuationOptions  options;
  char               *version; /* (nullable) */
  guint               n_houses, n_bad;
  gboolean            has_houses;

  /* Where reading is */
  HpJsonReader       *reader;
  enum { HP_VALUATIONS_BEGIN, HP_VALUATIONS_MEMBERS, HP_VALUATIONS_HOUSES, HP_VALUATIONS_DONE } state;

  HpServerModel      *model;   /* (nullable) */
  HpHouseReading     *reading; /* (nullable) */
  HpJsonWriter       *writer;  /* (nullable) */
} HpValuations;

/* text has to outlive it */
HpValuations *hp_valuations_new       (const char *text, gsize length, guint max_houses);
void          hp_valuations_free      (HpValuations *valuations);
/* Both work until then (monotonic), and return TRUE when they are done. */
gboolean      hp_valuations_scan      (HpValuations *valuations, gint64 until); /* then problem says if it can be answered */
gboolean      hp_valuations_value     (HpValuations *valuations, gint64 until);
void          hp_valuations_set_model (HpValuations *valuations, HpServerModel *model); /* between the two */
char         *hp_valuations_steal     (HpValuations *valuations, gsize *length); /* the answer: (transfer full) */

/* The level of an interval, from the text of a parameter; FALSE: none */
gboolean      hp_valuations_is_level  (double level);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpValuations, hp_valuations_free)

G_END_DECLS
