/* hp-handlers.h - what answers requests, route by route
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-http.h"

G_BEGIN_DECLS

void hp_handle_health     (HpHttpRequest *request);
void hp_handle_live       (HpHttpRequest *request);
void hp_handle_ready      (HpHttpRequest *request);
void hp_handle_predict    (HpHttpRequest *request);
void hp_handle_valuations (HpHttpRequest *request);
void hp_handle_versions   (HpHttpRequest *request);
void hp_handle_version    (HpHttpRequest *request);

G_END_DECLS
