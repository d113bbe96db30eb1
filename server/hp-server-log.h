/* hp-server-log.h - the log: one JSON object a line
 *
 * A thread of its own writes it: who reads the log slowly, or not at all, must not hold up an answer. Lines that find no room are dropped,
 * and counted in the next one that finds some.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-json.h"

G_BEGIN_DECLS

typedef struct _HpServerLog HpServerLog;

HpServerLog  *hp_server_log_new   (int fd);
void          hp_server_log_free  (HpServerLog *log); /* writes what is left, if somebody reads it */
/* {"ts":…,"level":…,"msg":… : the caller adds members */
HpJsonWriter *hp_server_log_begin (const char *level, const char *message);
void          hp_server_log_end   (HpServerLog *log, HpJsonWriter *line); /* (transfer full) */
/* A line with one more member, "error" or "detail" */
void          hp_server_log_text  (HpServerLog *log, const char *level, const char *message, const char *key, const char *text);

/* "2026-11-23T04:00:00.000Z" */
#define HP_SERVER_TIME_BUFFER 32
gsize         hp_server_format_time (char buffer[HP_SERVER_TIME_BUFFER], gint64 microseconds, gboolean with_milliseconds);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpServerLog, hp_server_log_free)

G_END_DECLS
