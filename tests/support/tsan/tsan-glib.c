/* tsan-glib.c - tells ThreadSanitizer of GLib's synchronisation
 *
 * GLib's mutexes are futexes and its library is not instrumented: TSan sees neither a lock of GMutex nor that a GTask
 * hands memory from one thread to another, and takes every use of them for a race. The linker's --wrap puts these
 * functions in the place of those that the project calls, in builds with -Db_sanitize=thread only; each says what GLib
 * guarantees, no more.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <gio/gio.h>
#include <sanitizer/tsan_interface.h>

/* The linker wants what stands in the place of a shared library's function to be seen as that function is. */
#pragma GCC visibility push(default)

#define REAL(name) __real_##name
#define WRAP(name) __wrap_##name

/* A lock happens after the unlock before it. */
void REAL (g_mutex_lock) (GMutex *mutex);
void WRAP (g_mutex_lock) (GMutex *mutex);
void REAL (g_mutex_unlock) (GMutex *mutex);
void WRAP (g_mutex_unlock) (GMutex *mutex);
gboolean REAL (g_mutex_trylock) (GMutex *mutex);
gboolean WRAP (g_mutex_trylock) (GMutex *mutex);
void REAL (g_cond_wait) (GCond *cond, GMutex *mutex);
void WRAP (g_cond_wait) (GCond *cond, GMutex *mutex);
gboolean REAL (g_cond_wait_until) (GCond *cond, GMutex *mutex, gint64 end_time);
gboolean WRAP (g_cond_wait_until) (GCond *cond, GMutex *mutex, gint64 end_time);

void
WRAP (g_mutex_lock) (GMutex *mutex)
{
  REAL (g_mutex_lock) (mutex);
  __tsan_acquire (mutex);
}

void
WRAP (g_mutex_unlock) (GMutex *mutex)
{
  __tsan_release (mutex);
  REAL (g_mutex_unlock) (mutex);
}

gboolean
WRAP (g_mutex_trylock) (GMutex *mutex)
{
  gboolean locked = REAL (g_mutex_trylock) (mutex);

  if (locked)
    __tsan_acquire (mutex);
  return locked;
}

void
WRAP (g_cond_wait) (GCond *cond, GMutex *mutex)
{
  __tsan_release (mutex);
  REAL (g_cond_wait) (cond, mutex);
  __tsan_acquire (mutex);
}

gboolean
WRAP (g_cond_wait_until) (GCond *cond, GMutex *mutex, gint64 end_time)
{
  gboolean signalled;

  __tsan_release (mutex);
  signalled = REAL (g_cond_wait_until) (cond, mutex, end_time);
  __tsan_acquire (mutex);
  return signalled;
}

/* A worker sees all that was done before its task was started; who finishes a task, all that was done before it
 * returned. */
void REAL (g_task_run_in_thread) (GTask *task, GTaskThreadFunc func);
void WRAP (g_task_run_in_thread) (GTask *task, GTaskThreadFunc func);
void REAL (g_task_return_pointer) (GTask *task, gpointer result, GDestroyNotify destroy);
void WRAP (g_task_return_pointer) (GTask *task, gpointer result, GDestroyNotify destroy);
void REAL (g_task_return_error) (GTask *task, GError *error);
void WRAP (g_task_return_error) (GTask *task, GError *error);
gpointer REAL (g_task_propagate_pointer) (GTask *task, GError **error);
gpointer WRAP (g_task_propagate_pointer) (GTask *task, GError **error);

gboolean REAL (g_task_propagate_boolean) (GTask *task, GError **error);
gboolean WRAP (g_task_propagate_boolean) (GTask *task, GError **error);
void REAL (g_task_return_boolean) (GTask *task, gboolean result);
void WRAP (g_task_return_boolean) (GTask *task, gboolean result);

typedef struct
{
  GTaskThreadFunc func;
} Worker;

typedef struct
{
  GTask *task;
  gpointer data;
  GDestroyNotify destroy;
} TaskData;

static void
run (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  TaskData *box = data;
  Worker *worker;

  __tsan_acquire (task);
  worker = g_object_get_data (G_OBJECT (task), "tsan-worker");
  worker->func (task, source, box != NULL ? box->data : NULL, cancellable);
  __tsan_release (task);
  if (source != NULL)
    __tsan_release (source);
}

/* The task that gives up its source's last reference may be another than this one, and end in another thread. */
static void
source_ends (gpointer data, GObject *source)
{
  __tsan_acquire (source);
}

/* A task ends where its last reference goes, which may be in the worker: after its callback, and after all who kept it.
 */
GTask *REAL (g_task_new) (gpointer source, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
GTask *WRAP (g_task_new) (gpointer source, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
void REAL (g_task_set_task_data) (GTask *task, gpointer data, GDestroyNotify destroy);
void WRAP (g_task_set_task_data) (GTask *task, gpointer data, GDestroyNotify destroy);
gpointer REAL (g_task_get_task_data) (GTask *task);
gpointer WRAP (g_task_get_task_data) (GTask *task);

typedef struct
{
  GAsyncReadyCallback func;
  gpointer data;
} Ready;

static void
ready (GObject *source, GAsyncResult *result, gpointer data)
{
  Ready *callback = data;

  __tsan_acquire (result);
  callback->func (source, result, callback->data);
  if (source != NULL)
    __tsan_release (source);
  __tsan_release (result);
  g_free (callback);
}

GTask *
WRAP (g_task_new) (gpointer source, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  Ready *given;

  if (callback == NULL)
    return REAL (g_task_new) (source, cancellable, NULL, data);
  given = g_new (Ready, 1);
  *given = (Ready){ callback, data };
  return REAL (g_task_new) (source, cancellable, ready, given);
}

static void
task_data_free (gpointer data)
{
  TaskData *box = data;

  __tsan_acquire (box->task);
  if (box->destroy != NULL)
    box->destroy (box->data);
  g_free (box);
}

void
WRAP (g_task_set_task_data) (GTask *task, gpointer data, GDestroyNotify destroy)
{
  TaskData *box = g_new (TaskData, 1);

  *box = (TaskData){ task, data, destroy };
  REAL (g_task_set_task_data) (task, box, task_data_free);
}

gpointer
WRAP (g_task_get_task_data) (GTask *task)
{
  TaskData *box = REAL (g_task_get_task_data) (task);

  return box != NULL ? box->data : NULL;
}

void
WRAP (g_task_run_in_thread) (GTask *task, GTaskThreadFunc func)
{
  Worker *worker = g_new (Worker, 1);

  worker->func = func;
  g_object_set_data_full (G_OBJECT (task), "tsan-worker", worker, g_free);
  if (g_task_get_source_object (task) != NULL)
    g_object_weak_ref (g_task_get_source_object (task), source_ends, NULL);
  __tsan_release (task);
  REAL (g_task_run_in_thread) (task, run);
}

void
WRAP (g_task_return_pointer) (GTask *task, gpointer result, GDestroyNotify destroy)
{
  __tsan_release (task);
  REAL (g_task_return_pointer) (task, result, destroy);
}

void
WRAP (g_task_return_error) (GTask *task, GError *error)
{
  __tsan_release (task);
  REAL (g_task_return_error) (task, error);
}

gpointer
WRAP (g_task_propagate_pointer) (GTask *task, GError **error)
{
  __tsan_acquire (task);
  return REAL (g_task_propagate_pointer) (task, error);
}

void
WRAP (g_task_return_boolean) (GTask *task, gboolean result)
{
  __tsan_release (task);
  REAL (g_task_return_boolean) (task, result);
}

gboolean
WRAP (g_task_propagate_boolean) (GTask *task, GError **error)
{
  __tsan_acquire (task);
  return REAL (g_task_propagate_boolean) (task, error);
}

/* Who attaches a source, to another thread's context too, has done so before it is dispatched. */
void REAL (g_source_set_callback) (GSource *source, GSourceFunc func, gpointer data, GDestroyNotify notify);
void WRAP (g_source_set_callback) (GSource *source, GSourceFunc func, gpointer data, GDestroyNotify notify);
guint REAL (g_source_attach) (GSource *source, GMainContext *context);
guint WRAP (g_source_attach) (GSource *source, GMainContext *context);

typedef struct
{
  GSource *source;
  GSourceFunc func;
  gpointer data;
  GDestroyNotify notify;
} Callback;

static gboolean
call (gpointer data)
{
  Callback *callback = data;

  __tsan_acquire (callback);
  __tsan_acquire (callback->source);
  return callback->func (callback->data);
}

static void
callback_free (gpointer data)
{
  Callback *callback = data;

  __tsan_acquire (callback);
  __tsan_acquire (callback->source);
  if (callback->notify != NULL)
    callback->notify (callback->data);
  g_free (callback);
}

void
WRAP (g_source_set_callback) (GSource *source, GSourceFunc func, gpointer data, GDestroyNotify notify)
{
  Callback *callback = g_new (Callback, 1);

  *callback = (Callback){ source, func, data, notify };
  __tsan_release (callback);
  REAL (g_source_set_callback) (source, call, callback, callback_free);
}

guint
WRAP (g_source_attach) (GSource *source, GMainContext *context)
{
  __tsan_release (source);
  return REAL (g_source_attach) (source, context);
}

/* Who gives up the last reference comes after all who gave up theirs before. Whether it is the last is not told: every
 * owner is taken to come after those before. */
void REAL (g_object_unref) (gpointer object);
void WRAP (g_object_unref) (gpointer object);

void
WRAP (g_object_unref) (gpointer object)
{
  __tsan_acquire (object);
  __tsan_release (object);
  REAL (g_object_unref) (object);
}

gboolean REAL (g_atomic_ref_count_dec) (gatomicrefcount *count);
gboolean WRAP (g_atomic_ref_count_dec) (gatomicrefcount *count);

gboolean
WRAP (g_atomic_ref_count_dec) (gatomicrefcount *count)
{
  gboolean last;

  __tsan_release (count);
  last = REAL (g_atomic_ref_count_dec) (count);
  if (last)
    __tsan_acquire (count);
  return last;
}

void REAL (g_atomic_rc_box_release_full) (gpointer box, GDestroyNotify clear);
void WRAP (g_atomic_rc_box_release_full) (gpointer box, GDestroyNotify clear);

/* Whether this is the last reference is not told: every owner is taken to come after those before. */
void
WRAP (g_atomic_rc_box_release_full) (gpointer box, GDestroyNotify clear)
{
  __tsan_acquire (box);
  __tsan_release (box);
  REAL (g_atomic_rc_box_release_full) (box, clear);
}
