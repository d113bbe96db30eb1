/* hp-term-log.h - messages of libraries and of this program, kept instead of shown
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _HpTermLog HpTermLog;

/* From here on g_log() writes here. For once in a program: GLib has no way back. */
HpTermLog *hp_term_log_start (void);
/* The newest lines; (transfer full) */
char      *hp_term_log_read  (HpTermLog *log);

G_END_DECLS
