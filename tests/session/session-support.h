/* session-support.h - sessions whose clock stands still, and folders of their own
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-error.h"
#include "hp-session-file.h"

G_BEGIN_DECLS

#define SUPPORT_NOW G_GINT64_CONSTANT (1796032800) /* 2026-11-30T10:00:00Z */

typedef struct
{
  char *folder;
  gint64 now; /* what the clock of sessions says */
} Fixture;

/* g_test_init() with a user data folder of this process's own, and g_test_run() */
void support_init (int *argc, char ***argv);
int support_run (void);
void support_set_up (Fixture *fixture, gconstpointer data);
void support_tear_down (Fixture *fixture, gconstpointer data);
#define support_add(path, function) g_test_add (path, Fixture, NULL, support_set_up, function, support_tear_down)

char *support_path (Fixture *fixture, const char *name);
HpSession *support_new (Fixture *fixture);
/* Two houses with valuations, versions, data, notes, a view, and decisions: something of everything */
HpSession *support_new_full (Fixture *fixture);
HpQuestion *support_question (const char *sqft, const char *location);
void support_value (HpSession *session, HpSessionHouse *house, const char *version, double price);
char *support_json (HpSession *session);
/* Reads it, and fails if that doesn't work */
HpSession *support_parse (const char *text);
void support_assert_error (GError *error, HpErrorCode code, const char *part);

G_END_DECLS
