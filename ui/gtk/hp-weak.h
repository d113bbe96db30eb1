/* hp-weak.h - a widget as the data of a callback that may outlive it, and giving up what it waits for
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* To be given to one callback, which takes it */
static inline gpointer
hp_weak_new (gpointer object)
{
  GWeakRef *weak = g_new (GWeakRef, 1);

  g_weak_ref_init (weak, object);
  return weak;
}

/* (transfer full) (nullable): the widget, if it is still there */
static inline gpointer
hp_weak_take (gpointer data)
{
  GWeakRef *weak = data;
  gpointer object = g_weak_ref_get (weak);

  g_weak_ref_clear (weak);
  g_free (weak);
  return object;
}

/* Nobody waits for that any more */
static inline void
hp_weak_cancel (GCancellable **cancellable)
{
  if (*cancellable != NULL)
    g_cancellable_cancel (*cancellable);
  g_clear_object (cancellable);
}

G_END_DECLS
