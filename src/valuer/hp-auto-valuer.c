/* hp-auto-valuer.c - the server first, this computer when it does not answer
 *
 * While the server is known to be away no question waits for it: only the watch asks after it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "hp-auto-valuer.h"
#include "hp-error.h"
#include "hp-server-valuer-private.h"

/* Between two questions after the server's health */
#define WATCH_ONLINE_MS  5000
#define WATCH_OFFLINE_MS 2000

struct _HpAutoValuer
{
  HpValuer parent_instance;

  HpValuer *server; /* (nullable) */
  HpValuer *local;
  HpValuerState state;
  char *server_version; /* (nullable) */
  char *offline_reason; /* (nullable) */

  gboolean watching;
  GSource *watch;       /* (nullable) until the next question after its health */
  GCancellable *asking; /* (nullable) while one is out */
};

G_DEFINE_FINAL_TYPE (HpAutoValuer, hp_auto_valuer, HP_TYPE_VALUER)

enum
{
  PROP_0,
  PROP_STATE,
  PROP_SERVER_VERSION,
  PROP_OFFLINE_REASON,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
set_text (HpAutoValuer *self, char **member, const char *text, guint property)
{
  if (g_strcmp0 (*member, text) == 0)
    return;
  g_free (*member);
  *member = g_strdup (text);
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void watch_later (HpAutoValuer *self);

/* All of a state is set before any of it is notified. version: NULL: not told */
static void
set_state (HpAutoValuer *self, HpValuerState state, const char *version, const char *reason)
{
  gboolean is_new = state != self->state;

  g_object_freeze_notify (G_OBJECT (self));
  self->state = state;
  if (is_new)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
  if (version != NULL || state != HP_VALUER_ONLINE)
    set_text (self, &self->server_version, version, PROP_SERVER_VERSION);
  set_text (self, &self->offline_reason, reason, PROP_OFFLINE_REASON);
  /* what a question found out sets the pace too */
  if (is_new && self->watch != NULL)
    watch_later (self);
  g_object_thaw_notify (G_OBJECT (self));
}

static gboolean
is_unreachable (const GError *error)
{
  return g_error_matches (error, HP_ERROR, HP_ERROR_UNREACHABLE);
}

/* What is kept of a question while both may be asked */
typedef struct
{
  HpQuestion *question; /* (nullable) about one house */
  GPtrArray *questions; /* (nullable) (element-type HpQuestion) about several; neither: a description */
  char *version;        /* (nullable) of the description */
  GError *unreachable;  /* (nullable) why the server did not answer */
} Ask;

static void
ask_free (gpointer data)
{
  Ask *ask = data;

  hp_question_free (ask->question);
  g_clear_pointer (&ask->questions, g_ptr_array_unref);
  g_free (ask->version);
  g_clear_error (&ask->unreachable);
  g_free (ask);
}

static GDestroyNotify
get_destroy (const Ask *ask)
{
  if (ask->question != NULL)
    return (GDestroyNotify) hp_valuation_free;
  return ask->questions != NULL ? (GDestroyNotify) g_ptr_array_unref : (GDestroyNotify) hp_description_unref;
}

/* (nullable) The version that answered, if it is the server's champion */
static const char *
get_champion (const Ask *ask, gpointer answer)
{
  const HpQuestion *question = ask->questions != NULL ? ask->questions->pdata[0] : ask->question;
  const GPtrArray *answers = answer;

  if (question == NULL || question->version != NULL)
    return NULL;
  if (ask->questions == NULL)
    return ((HpValuation *) answer)->version;
  for (guint i = 0; i < answers->len; i++)
    if (((HpAnswer *) answers->pdata[i])->valuation != NULL)
      return ((HpAnswer *) answers->pdata[i])->valuation->version;
  return NULL;
}

static void
return_answer (GTask *task, gpointer answer, GError *error)
{
  if (answer != NULL)
    g_task_return_pointer (task, answer, get_destroy (g_task_get_task_data (task)));
  else
    g_task_return_error (task, error);
}

static gpointer
finish_ask (Ask *ask, HpValuer *valuer, GAsyncResult *result, GError **error)
{
  if (ask->question != NULL)
    return hp_valuer_value_finish (valuer, result, error);
  if (ask->questions != NULL)
    return hp_valuer_value_many_finish (valuer, result, error);
  return hp_valuer_describe_finish (valuer, result, error);
}

static void
start_ask (GTask *task, HpValuer *valuer, GAsyncReadyCallback callback)
{
  Ask *ask = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);

  if (ask->question != NULL)
    hp_valuer_value_async (valuer, ask->question, cancellable, callback, g_object_ref (task));
  else if (ask->questions != NULL)
    hp_valuer_value_many_async (valuer, ask->questions, cancellable, callback, g_object_ref (task));
  else
    hp_valuer_describe_async (valuer, ask->version, cancellable, callback, g_object_ref (task));
}

static void
local_answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  HpAutoValuer *self = g_task_get_source_object (task);
  Ask *ask = g_task_get_task_data (task);
  GError *error = NULL;
  gpointer answer = finish_ask (ask, HP_VALUER (source), result, &error);
  const char *reason = ask->unreachable != NULL ? ask->unreachable->message : self->offline_reason;

  if (g_error_matches (error, HP_ERROR, HP_ERROR_NOT_FOUND) && self->server != NULL && reason != NULL)
    {
      GError *both = NULL;

      hp_set_error (&both, HP_ERROR_UNREACHABLE, NULL, _ ("%s; and this computer can't stand in: %s"), reason,
                    error->message);
      g_clear_error (&error);
      error = both;
    }
  return_answer (task, answer, error);
}

static void
server_answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  HpAutoValuer *self = g_task_get_source_object (task);
  Ask *ask = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  gpointer answer = finish_ask (ask, HP_VALUER (source), result, &error);

  if (answer != NULL)
    set_state (self, HP_VALUER_ONLINE, get_champion (ask, answer), NULL);
  if (is_unreachable (error))
    {
      set_state (self, HP_VALUER_OFFLINE, NULL, error->message);
      ask->unreachable = g_steal_pointer (&error);
      start_ask (task, self->local, local_answered_cb);
      return;
    }
  /* A refusal is an answer too. */
  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    set_state (self, HP_VALUER_ONLINE, NULL, NULL);
  return_answer (task, answer, g_steal_pointer (&error));
}

/* ask: (transfer full) */
static void
begin (HpAutoValuer *self, GTask *task, Ask *ask)
{
  g_task_set_task_data (task, ask, ask_free);
  if (self->server != NULL && self->state != HP_VALUER_OFFLINE)
    start_ask (task, self->server, server_answered_cb);
  else
    start_ask (task, self->local, local_answered_cb);
}

static void
auto_value_async (HpValuer *valuer, const HpQuestion *question, GCancellable *cancellable, GAsyncReadyCallback callback,
                  gpointer data)
{
  g_autoptr (GTask) task = g_task_new (valuer, cancellable, callback, data);
  Ask *ask = g_new0 (Ask, 1);

  g_task_set_source_tag (task, auto_value_async);
  ask->question = hp_question_copy (question);
  begin (HP_AUTO_VALUER (valuer), task, ask);
}

static void
auto_value_many_async (HpValuer *valuer, GPtrArray *questions, GCancellable *cancellable, GAsyncReadyCallback callback,
                       gpointer data)
{
  g_autoptr (GTask) task = g_task_new (valuer, cancellable, callback, data);
  Ask *ask = g_new0 (Ask, 1);

  g_task_set_source_tag (task, auto_value_many_async);
  ask->questions = g_ptr_array_ref (questions);
  begin (HP_AUTO_VALUER (valuer), task, ask);
}

static void
auto_describe_async (HpValuer *valuer, const char *version, GCancellable *cancellable, GAsyncReadyCallback callback,
                     gpointer data)
{
  g_autoptr (GTask) task = g_task_new (valuer, cancellable, callback, data);
  Ask *ask = g_new0 (Ask, 1);

  g_task_set_source_tag (task, auto_describe_async);
  ask->version = g_strdup (version);
  begin (HP_AUTO_VALUER (valuer), task, ask);
}

static void
health_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *version = _hp_server_valuer_health_finish (HP_VALUER (source), result, &error);
  HpAutoValuer *self = data;

  /* cancelled: by whoever asks anew, or by the end of self */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->asking);
  if (version != NULL)
    set_state (self, HP_VALUER_ONLINE, version, NULL);
  else
    set_state (self, HP_VALUER_OFFLINE, NULL, error->message);
  if (self->watching)
    watch_later (self);
}

static void
ask_health (HpAutoValuer *self)
{
  if (self->asking != NULL)
    g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  self->asking = g_cancellable_new ();
  _hp_server_valuer_health_async (self->server, self->asking, health_cb, self);
}

static void
stop_watch (HpAutoValuer *self)
{
  if (self->watch == NULL)
    return;
  g_source_destroy (self->watch);
  g_clear_pointer (&self->watch, g_source_unref);
}

static gboolean
watch_cb (gpointer data)
{
  HpAutoValuer *self = data;

  stop_watch (self);
  ask_health (self);
  return G_SOURCE_REMOVE;
}

static void
watch_later (HpAutoValuer *self)
{
  stop_watch (self);
  self->watch = g_timeout_source_new (self->state == HP_VALUER_ONLINE ? WATCH_ONLINE_MS : WATCH_OFFLINE_MS);
  g_source_set_callback (self->watch, watch_cb, self, NULL);
  g_source_attach (self->watch, g_main_context_get_thread_default ());
}

static void
hp_auto_valuer_dispose (GObject *object)
{
  HpAutoValuer *self = HP_AUTO_VALUER (object);

  self->watching = FALSE;
  stop_watch (self);
  if (self->asking != NULL)
    g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  G_OBJECT_CLASS (hp_auto_valuer_parent_class)->dispose (object);
}

static void
hp_auto_valuer_finalize (GObject *object)
{
  HpAutoValuer *self = HP_AUTO_VALUER (object);

  g_clear_object (&self->server);
  g_clear_object (&self->local);
  g_free (self->server_version);
  g_free (self->offline_reason);
  G_OBJECT_CLASS (hp_auto_valuer_parent_class)->finalize (object);
}

static void
hp_auto_valuer_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  HpAutoValuer *self = HP_AUTO_VALUER (object);

  switch (id)
    {
    case PROP_STATE:
      g_value_set_int (value, self->state);
      break;
    case PROP_SERVER_VERSION:
      g_value_set_string (value, self->server_version);
      break;
    case PROP_OFFLINE_REASON:
      g_value_set_string (value, self->offline_reason);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      break;
    }
}

static void
hp_auto_valuer_class_init (HpAutoValuerClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  HpValuerClass *valuer_class = HP_VALUER_CLASS (class);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = hp_auto_valuer_dispose;
  object_class->finalize = hp_auto_valuer_finalize;
  object_class->get_property = hp_auto_valuer_get_property;
  valuer_class->value_async = auto_value_async;
  valuer_class->value_many_async = auto_value_many_async;
  valuer_class->describe_async = auto_describe_async;

  /**
   * HpAutoValuer:state:
   *
   * An #HpValuerState.
   */
  properties[PROP_STATE]
    = g_param_spec_int ("state", NULL, NULL, HP_VALUER_LOCAL, HP_VALUER_OFFLINE, HP_VALUER_LOCAL, flags);
  /**
   * HpAutoValuer:server-version:
   *
   * The version of the server's champion, while it answers.
   */
  properties[PROP_SERVER_VERSION] = g_param_spec_string ("server-version", NULL, NULL, NULL, flags);
  /**
   * HpAutoValuer:offline-reason:
   *
   * Why the server does not answer, in words, while it does not.
   */
  properties[PROP_OFFLINE_REASON] = g_param_spec_string ("offline-reason", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
hp_auto_valuer_init (HpAutoValuer *self)
{
}

/**
 * hp_auto_valuer_new:
 * @server: (nullable): a server valuer; %NULL: none is configured, and no network is touched
 * @local: a local valuer
 *
 * To be used from one thread: its properties change in the main context of whoever asks.
 *
 * Returns: (transfer full): a valuer that asks @server first
 */
HpValuer *
hp_auto_valuer_new (HpValuer *server, HpValuer *local)
{
  HpAutoValuer *self;

  g_return_val_if_fail (server == NULL || HP_IS_VALUER (server), NULL);
  g_return_val_if_fail (HP_IS_VALUER (local), NULL);

  self = g_object_new (HP_TYPE_AUTO_VALUER, NULL);
  g_set_object (&self->server, server);
  g_set_object (&self->local, local);
  self->state = server != NULL ? HP_VALUER_CONNECTING : HP_VALUER_LOCAL;
  return HP_VALUER (self);
}

/**
 * hp_auto_valuer_get_local:
 * @valuer: an automatic valuer
 *
 * Returns: (transfer none): the one that stands in
 */
HpValuer *
hp_auto_valuer_get_local (HpAutoValuer *valuer)
{
  g_return_val_if_fail (HP_IS_AUTO_VALUER (valuer), NULL);

  return valuer->local;
}

/**
 * hp_auto_valuer_get_server:
 * @valuer: an automatic valuer
 *
 * Returns: (transfer none) (nullable): the one that is asked first; %NULL: none is configured
 */
HpValuer *
hp_auto_valuer_get_server (HpAutoValuer *valuer)
{
  g_return_val_if_fail (HP_IS_AUTO_VALUER (valuer), NULL);

  return valuer->server;
}

/**
 * hp_auto_valuer_get_state:
 * @valuer: an automatic valuer
 *
 * Returns: whether the server answers, as far as is known
 */
HpValuerState
hp_auto_valuer_get_state (HpAutoValuer *valuer)
{
  g_return_val_if_fail (HP_IS_AUTO_VALUER (valuer), HP_VALUER_LOCAL);

  return valuer->state;
}

/**
 * hp_auto_valuer_get_server_version:
 * @valuer: an automatic valuer
 *
 * Returns: (transfer none) (nullable): the version of the server's champion, while it answers
 */
const char *
hp_auto_valuer_get_server_version (HpAutoValuer *valuer)
{
  g_return_val_if_fail (HP_IS_AUTO_VALUER (valuer), NULL);

  return valuer->server_version;
}

/**
 * hp_auto_valuer_get_offline_reason:
 * @valuer: an automatic valuer
 *
 * Returns: (transfer none) (nullable): why the server does not answer, in words, while it does not
 */
const char *
hp_auto_valuer_get_offline_reason (HpAutoValuer *valuer)
{
  g_return_val_if_fail (HP_IS_AUTO_VALUER (valuer), NULL);

  return valuer->offline_reason;
}

/**
 * hp_auto_valuer_watch:
 * @valuer: an automatic valuer
 *
 * Asks after the server's health from now on, at once and then every five seconds while it answers and every two while
 * it does not, in the caller's main context. Nothing happens if no server is configured.
 */
void
hp_auto_valuer_watch (HpAutoValuer *valuer)
{
  g_return_if_fail (HP_IS_AUTO_VALUER (valuer));

  if (valuer->watching || valuer->server == NULL)
    return;
  valuer->watching = TRUE;
  ask_health (valuer);
}

/**
 * hp_auto_valuer_retry:
 * @valuer: an automatic valuer
 *
 * Asks after the server's health at once.
 */
void
hp_auto_valuer_retry (HpAutoValuer *valuer)
{
  g_return_if_fail (HP_IS_AUTO_VALUER (valuer));

  if (valuer->server == NULL)
    return;
  stop_watch (valuer);
  ask_health (valuer);
}
