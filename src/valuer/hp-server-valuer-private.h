/* hp-server-valuer-private.h - asking after a server's health
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-valuer.h"

G_BEGIN_DECLS

void  _hp_server_valuer_health_async  (HpValuer *valuer, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
/* (transfer full): the version that serves. HP_ERROR_UNREACHABLE also while it has no model or is draining */
char *_hp_server_valuer_health_finish (HpValuer *valuer, GAsyncResult *result, GError **error);

G_END_DECLS
