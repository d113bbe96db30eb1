/* gtk-train.h - a small registry for tests of the desktop
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Trains one more version on a few hundred of the shipped sales */
void  gtk_train       (const char *registry, const char *family);
/* A CSV of every so many of the shipped sales */
void  gtk_train_sales (const char *path, guint step);

G_END_DECLS
