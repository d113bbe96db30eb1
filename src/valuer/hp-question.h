/* hp-question.h - a house as somebody wrote it, and what is asked about it
 *
 * Attributes are text until a model reads them: only the version that answers knows their types.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-valuation.h"

G_BEGIN_DECLS

typedef struct
{
  GPtrArray         *names;   /* (element-type utf8) attributes, each once */
  GPtrArray         *texts;   /* (element-type utf8) their values */
  HpValuationOptions options;
  char              *version; /* (nullable) a number or an alias; NULL: champion */
} HpQuestion;

HpQuestion *hp_question_new        (void);
HpQuestion *hp_question_copy       (const HpQuestion *question);
void        hp_question_free       (HpQuestion *question);
/* Replaces what the name had; text: NULL removes it */
void        hp_question_set        (HpQuestion *question, const char *name, const char *text);
const char *hp_question_get        (const HpQuestion *question, const char *name);   /* (nullable) */
gboolean    hp_question_equal      (const HpQuestion *a, const HpQuestion *b);
/* The body of POST /v1/valuations that asks it; (transfer full) */
char       *hp_question_to_json    (const HpQuestion *question, gsize *length);
/* Of several (element-type HpQuestion) that differ in their attributes alone; at least one */
char       *hp_questions_to_json   (const GPtrArray *questions, gsize *length);
/* Whether they differ in nothing but their attributes: then they can be asked together */
gboolean    hp_question_same_terms (const HpQuestion *a, const HpQuestion *b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpQuestion, hp_question_free)

G_END_DECLS
