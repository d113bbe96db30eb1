/* hp-cgroup.c - how many processors a control group allows
 *
 * A container with half a processor still sees all of the machine's: threads beyond its quota only get
 * in each other's way, and are then stopped together for the rest of each period.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "hp-parallel-private.h"

/* The processors that a quota in microseconds per period stands for, rounded up; 0 for no limit */
static guint
quota_to_cpus (gint64 quota, gint64 period)
{
  if (quota <= 0 || period <= 0)
    return 0;
  return (guint) MIN (quota / period + (quota % period != 0), G_MAXINT);
}

static gboolean
read_text (const char *folder, const char *file, char **text)
{
  g_autofree char *path = g_build_filename (folder, file, NULL);

  return g_file_get_contents (path, text, NULL, NULL);
}

/* cgroup v2: "max 100000" or "150000 100000" */
static guint
limit_v2 (const char *folder)
{
  g_autofree char *text = NULL;
  char *end;
  gint64 quota;

  if (!read_text (folder, "cpu.max", &text) || !g_ascii_isdigit (text[0]))
    return 0;
  quota = g_ascii_strtoll (text, &end, 10);
  return quota_to_cpus (quota, g_ascii_strtoll (end, NULL, 10));
}

/* cgroup v1: a quota of -1 is none */
static guint
limit_v1 (const char *folder)
{
  g_autofree char *quota = NULL;
  g_autofree char *period = NULL;

  if (!read_text (folder, "cpu.cfs_quota_us", &quota) || !read_text (folder, "cpu.cfs_period_us", &period))
    return 0;
  return quota_to_cpus (g_ascii_strtoll (quota, NULL, 10), g_ascii_strtoll (period, NULL, 10));
}

/* The least limit of a group and of those it is in; 0 for none. Inside a container the path may be the host's
 * and not exist here: then the top, which is the container's own group, is what counts. */
static guint
least_limit (const char *mount, const char *path, guint (*limit) (const char *folder))
{
  g_autofree char *inner = g_strdup (path);
  guint least = 0;

  for (;;)
    {
      g_autofree char *folder = g_build_filename (mount, inner, NULL);
      guint cpus = limit (folder);
      char *slash;

      if (cpus > 0 && (least == 0 || cpus < least))
        least = cpus;
      slash = strrchr (inner, '/');
      if (slash == NULL || inner[1] == '\0')
        return least;
      slash[slash == inner] = '\0';
    }
}

/*< private >
 * _hp_cgroup_cpus:
 * @membership: what `/proc/self/cgroup` says: lines "ID:CONTROLLERS:PATH"
 * @mount: where the control groups are mounted, `/sys/fs/cgroup`
 *
 * Returns: how many processors the quota is worth, rounded up; 0 for no limit
 */
guint
_hp_cgroup_cpus (const char *membership, const char *mount)
{
  g_auto (GStrv) lines = g_strsplit (membership, "\n", -1);
  guint least = 0;

  for (gsize i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (lines[i], ":", 3);
      g_auto (GStrv) controllers = NULL;
      guint cpus = 0;

      if (g_strv_length (parts) != 3 || parts[2][0] != '/' || strstr (parts[2], "/..") != NULL)
        continue;
      controllers = g_strsplit (parts[1], ",", -1);
      if (parts[1][0] == '\0')
        cpus = least_limit (mount, parts[2], limit_v2);
      else if (g_strv_contains ((const char *const *) controllers, "cpu"))
        {
          g_autofree char *folder = g_build_filename (mount, parts[1], NULL);

          if (!g_file_test (folder, G_FILE_TEST_IS_DIR))
            {
              g_free (folder);
              folder = g_build_filename (mount, "cpu", NULL);
            }
          cpus = least_limit (folder, parts[2], limit_v1);
        }
      if (cpus > 0 && (least == 0 || cpus < least))
        least = cpus;
    }
  return least;
}
