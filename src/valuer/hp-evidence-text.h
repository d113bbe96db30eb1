/* hp-evidence-text.h - why a house has its price, in words and figures: contributions, comparable sales, the what-if curve
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-what-if.h"

G_BEGIN_DECLS

/* All (transfer full) and fit to show; description: (nullable) whose labels are used */
char *hp_evidence_text_feature      (const HpDescription *description, const char *feature);               /* "Living area" */
char *hp_evidence_text_contribution (const HpDescription *description, const HpContribution *contribution); /* its value: "1,656 ft²" */
char *hp_evidence_text_amount       (double amount);                                                       /* "+12,345", "−2,100" */
char *hp_evidence_text_others       (guint n);                                                             /* "5 others" */
/* "Living area: 1,656 ft²" of each; contributions: (element-type HpContribution) */
char **hp_evidence_text_labels      (const HpDescription *description, const GPtrArray *contributions);
/* Base price, each contribution, price, as sentences */
char *hp_evidence_text_reasons      (const HpDescription *description, const HpValuation *valuation);

char *hp_evidence_text_sale         (const HpComparable *comparable);                                      /* "Sale 1,234": the row of the data */
char *hp_evidence_text_similarity   (const HpComparable *comparable);                                      /* "81 %" */
char *hp_evidence_text_distance     (const HpComparable *comparable);                                      /* (nullable) "0.4 km" */
/* What is not the same, with the sale's values: "Living area 1,500 ft², Year built 1965"; NULL: not known; "no difference" if nothing is */
char *hp_evidence_text_differs      (const HpDescription *description, const HpComparable *comparable);
char *hp_evidence_text_comparable   (const HpDescription *description, const HpComparable *comparable, const char *currency); /* as a sentence */

/* "1,656 ft²: $178,123 ($151,000 – $209,000)" */
char *hp_evidence_text_point        (const HpAttribute *attribute, const HpWhatIfPoint *point, const char *currency);
/* (nullable) What the curve shows, as sentences; NULL: there is none */
char *hp_evidence_text_what_if      (HpWhatIf *what_if);

G_END_DECLS
