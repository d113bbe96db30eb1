/* hp-number.h - numbers as data files write them: C locale, strict, round-tripping
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define HP_NUMBER_BUFFER 40

/* The whole of [text, text+length) must be one finite decimal number ([+-]digits[.digits][e[+-]digits]);
 * no hex, inf, nan, spaces, thousands separators. Correctly rounded. Fast on short decimals. */
gboolean hp_number_parse        (const char *text, gsize length, double *value);
/* Shortest decimal that reads back as the same double / float. Never locale dependent. JSON-valid.
 * Integers below 1e15 print without exponent or ".0". value must be finite. Returns length. */
gsize    hp_number_format       (char buffer[HP_NUMBER_BUFFER], double value);
gsize    hp_number_format_float (char buffer[HP_NUMBER_BUFFER], float value);
/* value rounded to two decimals, "178123.00" (hot path: fixed point by hand). */
gsize    hp_number_format_cents (char buffer[HP_NUMBER_BUFFER], double value);
/* For qsort(): ascending, NaN last */
int      hp_compare_doubles     (gconstpointer a, gconstpointer b);

G_END_DECLS
