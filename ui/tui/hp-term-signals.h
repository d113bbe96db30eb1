/* hp-term-signals.h - signals as events of the main loop
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _HpTermSignals HpTermSignals;

/* func is called for SIGINT, SIGTERM, SIGHUP, SIGWINCH, and SIGTSTP and SIGCONT, of which GLib knows nothing */
HpTermSignals *hp_term_signals_new  (void (*func) (int number, gpointer data), gpointer data);
void           hp_term_signals_free (HpTermSignals *signals);
/* Stops the program and its job as Ctrl+Z does, and returns when it goes on */
void           hp_term_signals_stop (HpTermSignals *signals);

G_END_DECLS
