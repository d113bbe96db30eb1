/* hp-parallel.h - a team of threads for loops
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _HpTeam HpTeam;

/* index: which piece of work, [0, n); worker: which thread runs it, [0, jobs), for scratch memory */
typedef void (*HpTeamFunc) (gsize index, guint worker, gpointer data);

guint   hp_team_default_jobs (void);            /* processors this process may run on (affinity, cgroup quota) */
HpTeam *hp_team_new          (guint jobs);      /* 0: the default; 1: runs everything in the caller, starts no thread */
void    hp_team_free         (HpTeam *team);
guint   hp_team_get_jobs     (HpTeam *team);
/* Calls func for every index, in order of index as threads become free, and returns when all are done.
 * The caller works too (as worker 0). One loop at a time: running a team that is running already, from within func or from another
 * thread, is a programming error (g_return_if_fail). Another team may be run from within func if no other thread runs that one. */
void    hp_team_run          (HpTeam *team, gsize n, HpTeamFunc func, gpointer data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpTeam, hp_team_free)

G_END_DECLS
