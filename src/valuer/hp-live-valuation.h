/* hp-live-valuation.h - the price of a house that is being typed
 *
 * Set the question at every key stroke: questions are put at most every few hundredths of a second, answers never arrive out of order, the local
 * model's price shows at once and the server's replaces it when it comes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-auto-valuer.h"

G_BEGIN_DECLS

#define HP_TYPE_LIVE_VALUATION (hp_live_valuation_get_type ())
G_DECLARE_FINAL_TYPE (HpLiveValuation, hp_live_valuation, HP, LIVE_VALUATION, GObject)

/* Signal "changed" (no arguments): any of what the getters tell is another, in the main context it was made in */
HpLiveValuation   *hp_live_valuation_new            (HpAutoValuer *valuer);
/* NULL: there is nothing to value (the form is not complete) */
void               hp_live_valuation_set_question   (HpLiveValuation *live, const HpQuestion *question);
/* Asks the same again (the state of the server or the local model changed); it does so by itself when the server comes or goes */
void               hp_live_valuation_refresh        (HpLiveValuation *live);
const HpValuation *hp_live_valuation_get_valuation  (HpLiveValuation *live); /* (nullable) the newest answer to the present question; while that is
                                                                               * out, the one before it (see is_current) */
const GError      *hp_live_valuation_get_error      (HpLiveValuation *live); /* (nullable) why the present question has no answer */
gboolean           hp_live_valuation_is_current     (HpLiveValuation *live); /* the valuation answers the present question */
gboolean           hp_live_valuation_is_provisional (HpLiveValuation *live); /* it is the local model's, and the server is still being asked */
gboolean           hp_live_valuation_is_waiting     (HpLiveValuation *live); /* for more than 300 ms without a current answer: show a spinner */

G_END_DECLS
