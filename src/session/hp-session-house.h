/* hp-session-house.h - a house of a session: what was written of it, and what each version last said
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "hp-question.h"

G_BEGIN_DECLS

/* What a version said of the house as it stands now: other attributes, and it is forgotten */
typedef struct
{
  char      *version;
  char      *source;            /* (nullable) "local", "server" */
  char      *currency;          /* (nullable) */
  double     price, low, high;  /* low, high: NaN where there is no interval */
  double     level;
  gint64     when;              /* seconds since 1970; 0: not known */
  JsonObject *rest;             /* (nullable) members that a later program wrote */
} HpSessionValuation;

#define HP_TYPE_SESSION_HOUSE (hp_session_house_get_type ())
G_DECLARE_FINAL_TYPE (HpSessionHouse, hp_session_house, HP, SESSION_HOUSE, GObject)

/* Properties: "id" (string, never another), "name", "note" (strings, read and write). Signals: "changed": anything is another; "valued": its valuations
 * are. Text that is too long for the file is cut. */
const char       *hp_session_house_get_id        (HpSessionHouse *house);
const char       *hp_session_house_get_name      (HpSessionHouse *house);
void              hp_session_house_set_name      (HpSessionHouse *house, const char *name);
const char       *hp_session_house_get_note      (HpSessionHouse *house);
void              hp_session_house_set_note      (HpSessionHouse *house, const char *note);
/* Attributes, and the as-of date among the options; nothing else of it is kept. To be copied, given a version, and asked. (transfer none) */
const HpQuestion *hp_session_house_get_question  (HpSessionHouse *house);
/* TRUE if they are others: then what the versions said of the old ones is forgotten */
gboolean          hp_session_house_set_question  (HpSessionHouse *house, const HpQuestion *question);
void              hp_session_house_set_attribute (HpSessionHouse *house, const char *name, const char *text /* (nullable) */);

guint             hp_session_house_get_n_valuations (HpSessionHouse *house);
const HpSessionValuation *hp_session_house_get_valuation  (HpSessionHouse *house, guint index);
const HpSessionValuation *hp_session_house_find_valuation (HpSessionHouse *house, const char *version); /* (nullable) */
/* Replaces what that version said. when: seconds since 1970. An unnamed version, or one without a price, is not kept. */
void              hp_session_house_take_valuation (HpSessionHouse *house, const HpValuation *valuation, gint64 when);

G_END_DECLS
