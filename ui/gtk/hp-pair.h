/* hp-pair.h - two widgets beside each other where there is room, else the second below the first
 *
 * Below, the second one keeps to its natural height and to no more than its share: the first scrolls above it, so that a price stays in sight while one
 * types.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define HP_TYPE_PAIR (hp_pair_get_type ())
G_DECLARE_FINAL_TYPE (HpPair, hp_pair, HP, PAIR, GtkWidget)

/* Widths from which on the two stand beside each other */
#define HP_PAIR_WIDE 640

/* Made in .ui files: its two children, in their order */

G_END_DECLS
