/* hp-valuation-text.h - a valuation in words and figures, as the command line writes it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-valuation.h"

G_BEGIN_DECLS

/* All (transfer full) */
char *hp_valuation_text_price      (const HpValuation *valuation); /* "$160,538" */
char *hp_valuation_text_low        (const HpValuation *valuation); /* "$128,100": to the hundred where the interval is wide */
char *hp_valuation_text_high       (const HpValuation *valuation);
char *hp_valuation_text_level      (const HpValuation *valuation); /* "90 % interval" */
char *hp_valuation_text_confidence (const HpValuation *valuation); /* "within 10 %: 62 %" */
char *hp_valuation_text_fsd        (const HpValuation *valuation); /* "FSD 0.12" */
char *hp_valuation_text_exact      (double price, const char *currency); /* "160,538.49 USD" */
char *hp_valuation_text_maker      (const HpValuation *valuation); /* "Valued by version 3 on this computer" */
char *hp_valuation_text_no_interval (const HpValuation *valuation); /* (nullable) "No interval: …"; NULL: it has one */
/* 100 or 1: to what the ends of an interval are rounded */
double hp_valuation_text_bound_step (double price, double low, double high);
/* Values are missing that the model needs (warning no_value): the price is shown, but not as one to be trusted */
gboolean hp_valuation_text_is_doubtful (const HpValuation *valuation);
/* The warning is of that kind: it comes before the others */
gboolean hp_valuation_text_is_grave (const HpWarning *warning);
/* The warning is what hp_valuation_text_no_interval() says where the interval would be */
gboolean hp_valuation_text_is_said_elsewhere (const HpWarning *warning);
/* What is left to be said, grave ones first; warnings: (nullable); (transfer container) (element-type HpWarning) */
GPtrArray *hp_valuation_text_sort_warnings (const GPtrArray *warnings);
/* All of it as sentences, for those who listen */
char *hp_valuation_text_spoken     (const HpValuation *valuation);

G_END_DECLS
