/* hp-term-rescue.h - the terminal as it was, whatever happens
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* From here on a signal that ends the program (a crash, abort()) first writes sequence to the terminal, puts its modes back to what they
 * are now, and gives standard error back. One terminal at a time. */
void hp_term_rescue_arm    (int fd, const char *sequence, int stderr_copy, int stderr_held);
void hp_term_rescue_disarm (void);

G_END_DECLS
