/* hp-paths.h - where the parts of an installation are: programs, helper programs, shipped data
 *
 * Every program also runs from the build folder, and from an installation that was moved as a whole.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char    *hp_paths_find_program (const char *program); /* "house-price", "house-price-gtk", … */
char    *hp_paths_find_helper  (const char *program); /* "house-price-train": in libexec */
char    *hp_paths_find_data    (const char *file);    /* "house_data.csv", "house_data.schema.yaml" */
gboolean hp_paths_uninstalled  (void);

G_END_DECLS
