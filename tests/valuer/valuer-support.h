/* valuer-support.h - a registry of small versions for the local valuer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-valuer.h"
#include "registry-support.h"

G_BEGIN_DECLS

/* Adds a version whose prices rise by this much for each square foot; the first is champion */
guint        add_version       (HpRegistry *registry, double rise);
/* Overwrites a file of a version with other bytes of the same length */
void         damage            (Fixture *fixture, guint version, const char *file);
/* What hp_predictor_value() itself says, as JSON, (transfer full) */
char        *value_directly    (HpRegistry *registry, const char *reference, const HpQuestion *question);
char        *valuation_to_json (const HpValuation *valuation);
/* support_tear_down() once no thread holds the registry: a GTask's lets go of it a moment after its callback */
void         tear_down_when_idle (Fixture *fixture, gconstpointer data);

G_END_DECLS
