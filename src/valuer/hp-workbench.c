/* hp-workbench.c - what a front end works on: who values, the form, the price; no widget
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "hp-error.h"
#include "hp-workbench.h"

/* As many similar sales as stand beside a price */
#define N_COMPARABLES 5

struct _HpWorkbench
{
  GObject parent_instance;

  HpRegistry *registry; /* (nullable) */
  HpAutoValuer *valuer;
  HpForm *form;
  HpLiveValuation *live;
  GCancellable *cancellable; /* of the descriptions that are being asked for */
  HpWorkbenchState state;
  GError *error;
  char *local_version;
  char *stale_version; /* of the newest valuation for which a description was asked again */
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (HpWorkbench, hp_workbench, G_TYPE_OBJECT)

static void
set_state (HpWorkbench *workbench, HpWorkbenchState state, const GError *error)
{
  g_clear_error (&workbench->error);
  workbench->error = error != NULL ? g_error_copy (error) : NULL;
  workbench->state = state;
  g_signal_emit (workbench, signals[CHANGED], 0);
}

static void
form_changed_cb (HpWorkbench *workbench)
{
  g_autoptr (HpQuestion) question = hp_form_get_question (workbench->form);

  /* Reasons and evidence stand beside the price, not behind a click */
  if (question != NULL)
    {
      question->options.explain = TRUE;
      question->options.n_comparables = N_COMPARABLES;
    }
  hp_live_valuation_set_question (workbench->live, question);
}

/* No model here, and where a server is configured it doesn't answer either */
static gboolean
is_without_model (const GError *error)
{
  return g_error_matches (error, HP_ERROR, HP_ERROR_NOT_FOUND)
         || g_error_matches (error, HP_ERROR, HP_ERROR_UNREACHABLE);
}

static void
take_description (HpWorkbench *workbench, HpDescription *description)
{
  const HpValuation *valuation;

  hp_form_set_description (workbench->form, description);
  set_state (workbench, HP_WORKBENCH_READY, NULL);
  form_changed_cb (workbench);
  /* The same house, and another version that values it: its price is not the one that stands there */
  valuation = hp_live_valuation_get_valuation (workbench->live);
  if (valuation != NULL && hp_live_valuation_is_current (workbench->live)
      && g_strcmp0 (valuation->version, description->version) != 0)
    hp_live_valuation_refresh (workbench->live);
}

static void
described_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (HpWorkbench) workbench = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (HpDescription) description = hp_valuer_describe_finish (HP_VALUER (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (description != NULL)
    take_description (workbench, description);
  /* What was typed stays when whoever described it goes away: the price tells why there is none */
  else if (workbench->state != HP_WORKBENCH_READY)
    set_state (workbench, is_without_model (error) ? HP_WORKBENCH_NO_MODEL : HP_WORKBENCH_FAILED, error);
}

static void
local_described_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (HpWorkbench) workbench = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (HpDescription) description = hp_valuer_describe_finish (HP_VALUER (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_free (workbench->local_version);
  workbench->local_version = description != NULL ? g_strdup (description->version) : NULL;
  /* A server that takes its time need not keep anybody from typing */
  if (description != NULL && workbench->state != HP_WORKBENCH_READY)
    take_description (workbench, description);
  else
    g_signal_emit (workbench, signals[CHANGED], 0);
}

static void
server_version_cb (HpWorkbench *workbench)
{
  const char *version = hp_auto_valuer_get_server_version (workbench->valuer);
  HpDescription *description = hp_form_get_description (workbench->form);

  if (version != NULL && (description == NULL || g_strcmp0 (version, description->version) != 0))
    hp_workbench_reload (workbench);
}

/* A valuation by another version than the form was made of: a new champion. Its description is asked for once: where a
 * damaged champion is stood in for, the two differ for good. */
static void
live_changed_cb (HpWorkbench *workbench)
{
  const HpValuation *valuation = hp_live_valuation_get_valuation (workbench->live);
  HpDescription *description = hp_form_get_description (workbench->form);

  if (valuation == NULL || description == NULL || !hp_live_valuation_is_current (workbench->live)
      || hp_live_valuation_is_provisional (workbench->live) || g_strcmp0 (valuation->version, description->version) == 0
      || g_strcmp0 (valuation->version, workbench->stale_version) == 0)
    return;
  g_free (workbench->stale_version);
  workbench->stale_version = g_strdup (valuation->version);
  hp_workbench_reload (workbench);
}

static void
hp_workbench_dispose (GObject *object)
{
  HpWorkbench *workbench = HP_WORKBENCH (object);

  if (workbench->cancellable != NULL)
    g_cancellable_cancel (workbench->cancellable);
  g_clear_object (&workbench->cancellable);
  g_clear_object (&workbench->live);
  g_clear_object (&workbench->form);
  g_clear_object (&workbench->valuer);
  g_clear_object (&workbench->registry);
  G_OBJECT_CLASS (hp_workbench_parent_class)->dispose (object);
}

static void
hp_workbench_finalize (GObject *object)
{
  HpWorkbench *workbench = HP_WORKBENCH (object);

  g_clear_error (&workbench->error);
  g_free (workbench->local_version);
  g_free (workbench->stale_version);
  G_OBJECT_CLASS (hp_workbench_parent_class)->finalize (object);
}

static void
hp_workbench_class_init (HpWorkbenchClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = hp_workbench_dispose;
  object_class->finalize = hp_workbench_finalize;
  signals[CHANGED]
    = g_signal_new ("changed", HP_TYPE_WORKBENCH, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
hp_workbench_init (HpWorkbench *workbench)
{
}

/**
 * hp_workbench_new_with_valuer:
 * @valuer: who values
 *
 * Returns: (transfer full): a workbench that has asked nobody yet
 */
HpWorkbench *
hp_workbench_new_with_valuer (HpAutoValuer *valuer)
{
  HpWorkbench *workbench;

  g_return_val_if_fail (HP_IS_AUTO_VALUER (valuer), NULL);

  workbench = g_object_new (HP_TYPE_WORKBENCH, NULL);
  workbench->valuer = g_object_ref (valuer);
  workbench->form = hp_form_new ();
  workbench->live = hp_live_valuation_new (valuer);
  return workbench;
}

/**
 * hp_workbench_new:
 * @registry: (nullable): where models are kept; %NULL: the default
 * @name: (nullable): the model's name; %NULL: the default
 * @server: (nullable): the server to ask; %NULL or empty: none, and no network is touched
 * @error: return location for a #GError
 *
 * Returns: (transfer full) (nullable): a workbench that has asked nobody yet, or %NULL if an argument is none
 */
HpWorkbench *
hp_workbench_new (const char *registry, const char *name, const char *server, GError **error)
{
  g_autoptr (HpRegistry) models = hp_registry_new (registry, name, error);
  g_autoptr (HpValuer) local = NULL, remote = NULL, valuer = NULL;
  HpWorkbench *workbench;

  if (models == NULL)
    return NULL;
  if (server != NULL && *server != '\0' && (remote = hp_server_valuer_new (server, error)) == NULL)
    return NULL;
  local = hp_local_valuer_new (models);
  valuer = hp_auto_valuer_new (remote, local);
  workbench = hp_workbench_new_with_valuer (HP_AUTO_VALUER (valuer));
  workbench->registry = g_steal_pointer (&models);
  return workbench;
}

/**
 * hp_workbench_start:
 * @workbench: a workbench
 *
 * Asks for a description, and after the server's health from here on.
 */
void
hp_workbench_start (HpWorkbench *workbench)
{
  g_return_if_fail (HP_IS_WORKBENCH (workbench) && workbench->cancellable == NULL);

  g_signal_connect_object (workbench->form, "changed", G_CALLBACK (form_changed_cb), workbench, G_CONNECT_SWAPPED);
  g_signal_connect_object (workbench->live, "changed", G_CALLBACK (live_changed_cb), workbench, G_CONNECT_SWAPPED);
  g_signal_connect_object (workbench->valuer, "notify::state", G_CALLBACK (hp_workbench_reload), workbench,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (workbench->valuer, "notify::server-version", G_CALLBACK (server_version_cb), workbench,
                           G_CONNECT_SWAPPED);
  hp_auto_valuer_watch (workbench->valuer);
  hp_workbench_reload (workbench);
}

/**
 * hp_workbench_reload:
 * @workbench: a workbench that was started
 *
 * Asks again what the present version asks of a house. What the form holds stays meanwhile.
 */
void
hp_workbench_reload (HpWorkbench *workbench)
{
  g_return_if_fail (HP_IS_WORKBENCH (workbench));

  if (workbench->cancellable != NULL)
    g_cancellable_cancel (workbench->cancellable);
  g_clear_object (&workbench->cancellable);
  workbench->cancellable = g_cancellable_new ();
  hp_valuer_describe_async (HP_VALUER (workbench->valuer), NULL, workbench->cancellable, described_cb,
                            g_object_ref (workbench));
  hp_valuer_describe_async (hp_auto_valuer_get_local (workbench->valuer), NULL, workbench->cancellable,
                            local_described_cb, g_object_ref (workbench));
}

/**
 * hp_workbench_get_state:
 * @workbench: a workbench
 *
 * Returns: what there is to show
 */
HpWorkbenchState
hp_workbench_get_state (HpWorkbench *workbench)
{
  g_return_val_if_fail (HP_IS_WORKBENCH (workbench), HP_WORKBENCH_LOADING);

  return workbench->state;
}

/**
 * hp_workbench_get_error:
 * @workbench: a workbench
 *
 * Returns: (transfer none) (nullable): why there is no model, or why it can't be used
 */
const GError *
hp_workbench_get_error (HpWorkbench *workbench)
{
  g_return_val_if_fail (HP_IS_WORKBENCH (workbench), NULL);

  return workbench->error;
}

/**
 * hp_workbench_get_local_version:
 * @workbench: a workbench
 *
 * Returns: (transfer none) (nullable): the version on this computer; %NULL if there is none
 */
const char *
hp_workbench_get_local_version (HpWorkbench *workbench)
{
  g_return_val_if_fail (HP_IS_WORKBENCH (workbench), NULL);

  return workbench->local_version;
}

/**
 * hp_workbench_get_valuer:
 * @workbench: a workbench
 *
 * Returns: (transfer none): who values
 */
HpAutoValuer *
hp_workbench_get_valuer (HpWorkbench *workbench)
{
  g_return_val_if_fail (HP_IS_WORKBENCH (workbench), NULL);

  return workbench->valuer;
}

/**
 * hp_workbench_get_registry:
 * @workbench: a workbench
 *
 * Returns: (transfer none) (nullable): where the versions on this computer are; %NULL if it was made with a valuer
 */
HpRegistry *
hp_workbench_get_registry (HpWorkbench *workbench)
{
  g_return_val_if_fail (HP_IS_WORKBENCH (workbench), NULL);

  return workbench->registry;
}

/**
 * hp_workbench_get_form:
 * @workbench: a workbench
 *
 * Returns: (transfer none): the house
 */
HpForm *
hp_workbench_get_form (HpWorkbench *workbench)
{
  g_return_val_if_fail (HP_IS_WORKBENCH (workbench), NULL);

  return workbench->form;
}

/**
 * hp_workbench_get_live:
 * @workbench: a workbench
 *
 * Returns: (transfer none): its price
 */
HpLiveValuation *
hp_workbench_get_live (HpWorkbench *workbench)
{
  g_return_val_if_fail (HP_IS_WORKBENCH (workbench), NULL);

  return workbench->live;
}

/**
 * hp_workbench_new_training:
 * @workbench: a workbench
 *
 * Returns: (transfer full): a training on the shipped sales; call hp_workbench_reload() when it has succeeded
 */
HpTraining *
hp_workbench_new_training (HpWorkbench *workbench)
{
  g_return_val_if_fail (HP_IS_WORKBENCH (workbench), NULL);

  if (workbench->registry == NULL)
    return hp_training_new (NULL, NULL, NULL);
  return hp_training_new (NULL, hp_registry_get_root (workbench->registry), hp_registry_get_name (workbench->registry));
}
