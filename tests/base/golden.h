/* golden.h - rows of tests/golden/base, made by make.py there
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

/* Calls func for each row of tab-separated fields; fails if there are fewer than `least`. */
static inline void
golden_foreach (const char *name, guint least, void (*func) (char **fields))
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "golden", "base", name, NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  guint rows = 0;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (gsize i = 0; lines[i] != NULL; i++)
    if (lines[i][0] != '\0')
      {
        g_auto (GStrv) fields = g_strsplit (lines[i], "\t", -1);

        func (fields);
        rows++;
      }
  g_assert_cmpuint (rows, >=, least);
}

static inline double
golden_double (const char *hex)
{
  union
  {
    guint64 bits;
    double value;
  } u = { .bits = g_ascii_strtoull (hex, NULL, 16) };

  return u.value;
}

static inline float
golden_float (const char *hex)
{
  union
  {
    guint32 bits;
    float value;
  } u = { .bits = (guint32) g_ascii_strtoull (hex, NULL, 16) };

  return u.value;
}

/* Equal to the bit: 0 is not -0 */
#define assert_same(a, b) g_assert_true (memcmp (&(a), &(b), sizeof (a)) == 0)
