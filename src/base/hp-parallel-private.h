/* hp-parallel-private.h - how many processors a control group allows
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

guint _hp_cgroup_cpus (const char *membership, const char *mount);

G_END_DECLS
