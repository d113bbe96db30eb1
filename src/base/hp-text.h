/* hp-text.h - text from strangers: matching, cleaning, suggesting
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Case-folded, NFKC-normalised, outer white space removed, inner runs of white space one space: equal keys are the same category. Fast for ASCII. */
char       *hp_text_key        (const char *text, gssize length);
/* Control and bidi-override characters become U+FFFD-free escapes like \x1b; invalid UTF-8 too; cut to max_chars with "…" (0: no limit). For terminals and logs. */
char       *hp_text_printable  (const char *text, gssize length, gsize max_chars);
/* The candidate nearest to text by Damerau-Levenshtein distance on keys, or one that is a prefix/extension; NULL if none is near. */
const char *hp_text_suggest    (const char *text, const char *const *candidates);
guint       hp_text_distance   (const char *a, const char *b);

G_END_DECLS
