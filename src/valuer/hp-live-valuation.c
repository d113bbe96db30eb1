/* hp-live-valuation.c - the price of a house that is being typed
 *
 * Every question has a serial number, and an answer counts only while its question is the present one: whatever the order in
 * which answers arrive, none is shown for another question.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "hp-live-valuation.h"

/* At most one question in this time: typing is faster than anybody reads prices */
#define PAUSE_MS 40
/* Longer without an answer than this, and a person wonders */
#define PATIENCE_MS 300

struct _HpLiveValuation
{
  GObject parent_instance;

  HpAutoValuer *valuer;
  HpQuestion *question;   /* (nullable) the present one */
  guint64 serial;         /* of the present question */
  gboolean asked;         /* it was put */
  gboolean answered;      /* finally, by a valuation or an error */
  GCancellable *cancellable;
  GSource *pause, *patience; /* (nullable) */

  HpValuation *valuation; /* (nullable) */
  guint64 valuation_serial;
  gboolean provisional, waiting;
  GError *error; /* (nullable) */
};

G_DEFINE_FINAL_TYPE (HpLiveValuation, hp_live_valuation, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* One question under way, to one valuer */
typedef struct
{
  HpLiveValuation *live; /* kept alive by this */
  guint64 serial;
  gboolean preview; /* the local model, asked at once beside the server */
} Ask;

static void
stop (GSource **timer)
{
  if (*timer == NULL)
    return;
  g_source_destroy (*timer);
  g_clear_pointer (timer, g_source_unref);
}

static GSource *
start (HpLiveValuation *self, guint milliseconds, GSourceFunc func)
{
  GSource *timer = g_timeout_source_new (milliseconds);

  g_source_set_callback (timer, func, self, NULL);
  g_source_attach (timer, g_main_context_get_thread_default ());
  return timer;
}

static void
tell (HpLiveValuation *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
take_valuation (HpLiveValuation *self, HpValuation *valuation, gboolean provisional)
{
  hp_valuation_free (self->valuation);
  self->valuation = valuation;
  self->valuation_serial = self->serial;
  self->provisional = provisional;
  self->waiting = FALSE;
  stop (&self->patience);
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Ask *ask = data;
  g_autoptr (HpLiveValuation) self = ask->live;
  g_autoptr (GError) error = NULL;
  g_autoptr (HpValuation) valuation = hp_valuer_value_finish (HP_VALUER (source), result, &error);

  /* An answer to an earlier question, or the local model's after the server's */
  if (ask->serial != self->serial || self->answered)
    return;
  if (ask->preview)
    {
      if (valuation == NULL)
        return; /* the other answer tells what there is to tell */
      take_valuation (self, g_steal_pointer (&valuation), TRUE);
      tell (self);
      return;
    }
  self->answered = TRUE;
  if (valuation != NULL)
    take_valuation (self, g_steal_pointer (&valuation), FALSE);
  else
    {
      stop (&self->patience);
      self->waiting = FALSE;
      self->provisional = FALSE;
      self->error = g_steal_pointer (&error);
    }
  tell (self);
}

static void
ask (HpLiveValuation *self, HpValuer *valuer, gboolean preview)
{
  Ask *one = g_new0 (Ask, 1);

  one->live = g_object_ref (self);
  one->serial = self->serial;
  one->preview = preview;
  hp_valuer_value_async (valuer, self->question, self->cancellable, answered_cb, one);
}

static gboolean
patience_cb (gpointer data)
{
  HpLiveValuation *self = data;

  stop (&self->patience);
  self->waiting = TRUE;
  tell (self);
  return G_SOURCE_REMOVE;
}

static gboolean pause_cb (gpointer data);

static void
put_question (HpLiveValuation *self)
{
  HpValuerState state = hp_auto_valuer_get_state (self->valuer);

  self->asked = TRUE;
  stop (&self->pause);
  self->pause = start (self, PAUSE_MS, pause_cb);
  if (self->patience == NULL && !self->waiting)
    self->patience = start (self, PATIENCE_MS, patience_cb);
  if (state == HP_VALUER_ONLINE || state == HP_VALUER_CONNECTING)
    ask (self, hp_auto_valuer_get_local (self->valuer), TRUE);
  ask (self, HP_VALUER (self->valuer), FALSE);
}

static gboolean
pause_cb (gpointer data)
{
  HpLiveValuation *self = data;

  stop (&self->pause);
  if (self->question != NULL && !self->asked)
    put_question (self);
  return G_SOURCE_REMOVE;
}

/* Makes question the present one; nothing that is under way counts any more */
static void
begin (HpLiveValuation *self, HpQuestion *question)
{
  self->serial++;
  self->asked = self->answered = FALSE;
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  g_clear_error (&self->error);
  self->provisional = FALSE;
  if (question != self->question)
    {
      hp_question_free (self->question);
      self->question = question;
    }
  if (question == NULL)
    {
      stop (&self->patience);
      self->waiting = FALSE;
    }
  else if (self->pause == NULL)
    put_question (self);
}

/* The server came, or went: the present house deserves the better source, and the other's name must not stay on it. */
static void
state_changed_cb (HpLiveValuation *self)
{
  HpValuerState state = hp_auto_valuer_get_state (self->valuer);
  gboolean by_server
    = self->valuation != NULL && hp_live_valuation_is_current (self) && g_str_equal (self->valuation->source, "server");

  if (self->question == NULL || !self->answered)
    return;
  if ((state == HP_VALUER_ONLINE && !by_server) || (state == HP_VALUER_OFFLINE && by_server))
    hp_live_valuation_refresh (self);
}

static void
hp_live_valuation_dispose (GObject *object)
{
  HpLiveValuation *self = HP_LIVE_VALUATION (object);

  stop (&self->pause);
  stop (&self->patience);
  if (self->valuer != NULL)
    g_signal_handlers_disconnect_by_data (self->valuer, self);
  g_clear_object (&self->valuer);
  G_OBJECT_CLASS (hp_live_valuation_parent_class)->dispose (object);
}

static void
hp_live_valuation_finalize (GObject *object)
{
  HpLiveValuation *self = HP_LIVE_VALUATION (object);

  hp_question_free (self->question);
  hp_valuation_free (self->valuation);
  g_clear_object (&self->cancellable);
  g_clear_error (&self->error);
  G_OBJECT_CLASS (hp_live_valuation_parent_class)->finalize (object);
}

static void
hp_live_valuation_class_init (HpLiveValuationClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->dispose = hp_live_valuation_dispose;
  object_class->finalize = hp_live_valuation_finalize;

  /**
   * HpLiveValuation::changed:
   * @live: a live valuation
   *
   * Any of what its getters tell is another.
   */
  signals[CHANGED]
    = g_signal_new ("changed", HP_TYPE_LIVE_VALUATION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
hp_live_valuation_init (HpLiveValuation *self)
{
  self->cancellable = g_cancellable_new ();
}

/**
 * hp_live_valuation_new:
 * @valuer: who values
 *
 * Returns: (transfer full): a live valuation without a question; its signals come in the caller's main context
 */
HpLiveValuation *
hp_live_valuation_new (HpAutoValuer *valuer)
{
  HpLiveValuation *self;

  g_return_val_if_fail (HP_IS_AUTO_VALUER (valuer), NULL);

  self = g_object_new (HP_TYPE_LIVE_VALUATION, NULL);
  self->valuer = g_object_ref (valuer);
  g_signal_connect_swapped (valuer, "notify::state", G_CALLBACK (state_changed_cb), self);
  return self;
}

/**
 * hp_live_valuation_set_question:
 * @live: a live valuation
 * @question: (nullable): what is asked now; %NULL: there is nothing to value
 *
 * To be called at every key stroke: the question is put at once, or when the one before it is some hundredths of a
 * second old.
 */
void
hp_live_valuation_set_question (HpLiveValuation *live, const HpQuestion *question)
{
  g_return_if_fail (HP_IS_LIVE_VALUATION (live));

  if (question == NULL ? live->question == NULL
                       : live->question != NULL && hp_question_equal (question, live->question))
    return;
  begin (live, question != NULL ? hp_question_copy (question) : NULL);
  tell (live);
}

/**
 * hp_live_valuation_refresh:
 * @live: a live valuation
 *
 * Asks the same again.
 */
void
hp_live_valuation_refresh (HpLiveValuation *live)
{
  g_return_if_fail (HP_IS_LIVE_VALUATION (live));

  if (live->question == NULL)
    return;
  begin (live, live->question);
  tell (live);
}

/**
 * hp_live_valuation_get_valuation:
 * @live: a live valuation
 *
 * Returns: (transfer none) (nullable): the newest valuation; it may answer an earlier question
 *   (hp_live_valuation_is_current()), so that a screen need not go blank between two key strokes
 */
const HpValuation *
hp_live_valuation_get_valuation (HpLiveValuation *live)
{
  g_return_val_if_fail (HP_IS_LIVE_VALUATION (live), NULL);

  return live->valuation;
}

/**
 * hp_live_valuation_get_error:
 * @live: a live valuation
 *
 * Returns: (transfer none) (nullable): why the present question has no answer
 */
const GError *
hp_live_valuation_get_error (HpLiveValuation *live)
{
  g_return_val_if_fail (HP_IS_LIVE_VALUATION (live), NULL);

  return live->error;
}

/**
 * hp_live_valuation_is_current:
 * @live: a live valuation
 *
 * Returns: whether the valuation answers the present question
 */
gboolean
hp_live_valuation_is_current (HpLiveValuation *live)
{
  g_return_val_if_fail (HP_IS_LIVE_VALUATION (live), FALSE);

  return live->valuation != NULL && live->question != NULL && live->valuation_serial == live->serial;
}

/**
 * hp_live_valuation_is_provisional:
 * @live: a live valuation
 *
 * Returns: whether the valuation is the local model's, and the server is still being asked
 */
gboolean
hp_live_valuation_is_provisional (HpLiveValuation *live)
{
  g_return_val_if_fail (HP_IS_LIVE_VALUATION (live), FALSE);

  return live->provisional;
}

/**
 * hp_live_valuation_is_waiting:
 * @live: a live valuation
 *
 * Returns: whether the present question has been without any answer for so long that a screen should say so
 */
gboolean
hp_live_valuation_is_waiting (HpLiveValuation *live)
{
  g_return_val_if_fail (HP_IS_LIVE_VALUATION (live), FALSE);

  return live->waiting;
}
