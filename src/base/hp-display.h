/* hp-display.h - numbers as people read them, in their locale
 *
 * For screens and messages only: data files have hp-number.h, which knows no locale.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *hp_display_number        (double value, int decimals);
char *hp_display_count         (guint64 count);
char *hp_display_percent       (double share, int decimals);
char *hp_display_price         (double price, const char *currency);
char *hp_display_price_rounded (double price, double step, const char *currency);
char *hp_display_duration      (double seconds);

G_END_DECLS
