/* hp-training.h - a training that runs as a process of its own
 *
 * `house-price train --progress=json`: it can be cancelled, and a crash there loses nothing here.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define HP_TYPE_TRAINING (hp_training_get_type ())
G_DECLARE_FINAL_TYPE (HpTraining, hp_training, HP, TRAINING, GObject)

/* data: a CSV; NULL: the shipped sales. registry, name: NULL for the defaults. Signal "progress": fraction or stage is another. */
HpTraining *hp_training_new          (const char *data, const char *registry, const char *name);
/* Ends when the process does; cancelling stops it, nothing half-written. The error is the process's own message. */
void        hp_training_run_async    (HpTraining *training, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
gboolean    hp_training_run_finish   (HpTraining *training, GAsyncResult *result, GError **error);
double      hp_training_get_fraction (HpTraining *training); /* 0 to 1 */
const char *hp_training_get_stage    (HpTraining *training); /* for people */
double      hp_training_get_left     (HpTraining *training); /* seconds, NaN while unknown */

G_END_DECLS
