/* hp-auto-valuer.h - the server first, this computer when it does not answer
 *
 * Whether the server answers is known at any time: it is learnt from every question, and by asking after its health while
 * there are none (so that a screen can say so, and return to the server by itself).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-valuer.h"

G_BEGIN_DECLS

typedef enum
{
  HP_VALUER_LOCAL,      /* no server is configured: the local model values, no network is touched */
  HP_VALUER_CONNECTING, /* a server is configured and was not heard of yet */
  HP_VALUER_ONLINE,     /* it answers */
  HP_VALUER_OFFLINE,    /* it does not: the local model values meanwhile */
} HpValuerState;

#define HP_TYPE_AUTO_VALUER (hp_auto_valuer_get_type ())
G_DECLARE_FINAL_TYPE (HpAutoValuer, hp_auto_valuer, HP, AUTO_VALUER, HpValuer)

/* server: (nullable). Either may be shared. Properties, notified in the main context it was made in: "state",
 * "server-version", "offline-reason" */
HpValuer     *hp_auto_valuer_new                (HpValuer *server, HpValuer *local);
HpValuer     *hp_auto_valuer_get_local          (HpAutoValuer *valuer);
HpValuer     *hp_auto_valuer_get_server         (HpAutoValuer *valuer);         /* (nullable) */
HpValuerState hp_auto_valuer_get_state          (HpAutoValuer *valuer);
const char   *hp_auto_valuer_get_server_version (HpAutoValuer *valuer);         /* (nullable) of its champion, while online */
const char   *hp_auto_valuer_get_offline_reason (HpAutoValuer *valuer);         /* (nullable) in words, while offline */
/* Asks after the server's health now and then from here on (every 5 s while it answers, 2 s while not); a front end calls it once */
void          hp_auto_valuer_watch              (HpAutoValuer *valuer);
/* "Try again" of an info bar: asks at once */
void          hp_auto_valuer_retry              (HpAutoValuer *valuer);

G_END_DECLS
