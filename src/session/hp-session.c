/* hp-session.c - a saved piece of an analyst's work: what is studied, notes, where one was
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hp-error.h"
#include "hp-members-private.h"
#include "hp-session-private.h"

static void list_model_init (GListModelInterface *interface);

G_DEFINE_FINAL_TYPE_WITH_CODE (HpSession, hp_session, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

enum
{
  PROP_MODIFIED = 1,
  PROP_PATH,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];
static guint changed_signal, decided_signal;

static gint64
real_clock (gpointer data)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

static void
seen_clear (gpointer data)
{
  HpSessionSeen *seen = data;

  g_mutex_clear (&seen->lock);
  g_free (seen->path);
  g_free (seen->sha256);
}

HpSessionSeen *
_hp_session_seen_new (const char *path, const char *sha256)
{
  HpSessionSeen *seen = g_atomic_rc_box_new0 (HpSessionSeen);

  g_mutex_init (&seen->lock);
  seen->path = g_strdup (path);
  seen->sha256 = g_strdup (sha256);
  return seen;
}

HpSessionSeen *
_hp_session_seen_ref (HpSessionSeen *seen)
{
  return g_atomic_rc_box_acquire (seen);
}

void
_hp_session_seen_unref (HpSessionSeen *seen)
{
  g_atomic_rc_box_release_full (seen, seen_clear);
}

void
_hp_session_data_clear (HpSessionData *data)
{
  g_clear_pointer (&data->path, g_free);
  g_clear_pointer (&data->sha256, g_free);
  data->rows = -1;
}

void
_hp_session_view_clear (HpSessionView *view)
{
  g_clear_pointer (&view->page, g_free);
  g_clear_pointer (&view->chart, g_free);
  g_clear_pointer (&view->segment, g_free);
  g_clear_pointer (&view->rows, g_array_unref);
}

static GType
get_item_type (GListModel *model)
{
  return HP_TYPE_SESSION_HOUSE;
}

static guint
get_n_items (GListModel *model)
{
  return HP_SESSION (model)->houses->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
  GPtrArray *houses = HP_SESSION (model)->houses;

  return position < houses->len ? g_object_ref (houses->pdata[position]) : NULL;
}

static void
list_model_init (GListModelInterface *interface)
{
  interface->get_item_type = get_item_type;
  interface->get_n_items = get_n_items;
  interface->get_item = get_item;
}

static void
hp_session_dispose (GObject *object)
{
  HpSession *self = HP_SESSION (object);

  /* Houses may outlive the session: an undo holds one */
  for (guint i = 0; i < self->houses->len; i++)
    g_signal_handlers_disconnect_by_data (self->houses->pdata[i], self);
  g_ptr_array_set_size (self->houses, 0);
  G_OBJECT_CLASS (hp_session_parent_class)->dispose (object);
}

static void
hp_session_finalize (GObject *object)
{
  HpSession *self = HP_SESSION (object);

  g_ptr_array_unref (self->houses);
  g_free (self->model);
  g_strfreev (self->versions);
  _hp_session_data_clear (&self->data);
  g_clear_pointer (&self->data_rest, json_object_unref);
  g_free (self->notes);
  _hp_session_view_clear (&self->view);
  g_clear_pointer (&self->view_rest, json_object_unref);
  hp_audit_free (self->audit);
  g_clear_pointer (&self->rest, json_object_unref);
  g_free (self->path);
  _hp_session_seen_unref (self->seen);
  g_clear_pointer (&self->copy, _hp_session_copy_unref);
  G_OBJECT_CLASS (hp_session_parent_class)->finalize (object);
}

static void
hp_session_get_property (GObject *object, guint property, GValue *value, GParamSpec *pspec)
{
  HpSession *self = HP_SESSION (object);

  switch (property)
    {
    case PROP_MODIFIED:
      g_value_set_boolean (value, self->modified);
      break;
    case PROP_PATH:
      g_value_set_string (value, self->path);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static void
hp_session_class_init (HpSessionClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = hp_session_dispose;
  object_class->finalize = hp_session_finalize;
  object_class->get_property = hp_session_get_property;

  properties[PROP_MODIFIED] = g_param_spec_boolean ("modified", NULL, NULL, FALSE, flags);
  properties[PROP_PATH] = g_param_spec_string ("path", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  /**
   * HpSession::changed:
   * @session: a session
   *
   * Anything of it, or of one of its houses, is another.
   */
  changed_signal = g_signal_new ("changed", HP_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  /**
   * HpSession::decided:
   * @session: a session
   * @house: the house
   *
   * The audit trail has another entry, about @house.
   */
  decided_signal = g_signal_new ("decided", HP_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                 HP_TYPE_SESSION_HOUSE);
}

static void
hp_session_init (HpSession *self)
{
  self->clock = real_clock;
  self->houses = g_ptr_array_new_with_free_func (g_object_unref);
  self->next_house = 1;
  self->versions = g_new0 (char *, 1);
  self->data.rows = -1;
  self->notes = g_strdup ("");
  self->audit = hp_audit_new ();
  self->seen = _hp_session_seen_new (NULL, NULL);
}

/**
 * hp_session_new:
 *
 * Returns: (transfer full): an empty session that has no file
 */
HpSession *
hp_session_new (void)
{
  return g_object_new (HP_TYPE_SESSION, NULL);
}

/**
 * hp_session_set_clock:
 * @session: a session
 * @clock: (nullable) (scope forever): what tells the time; %NULL: the computer's clock
 * @data: for @clock
 */
void
hp_session_set_clock (HpSession *session, HpSessionClock clock, gpointer data)
{
  g_return_if_fail (HP_IS_SESSION (session));

  session->clock = clock != NULL ? clock : real_clock;
  session->clock_data = data;
}

/**
 * hp_session_get_time:
 * @session: a session
 *
 * Returns: what its clock says: seconds since 1970
 */
gint64
hp_session_get_time (HpSession *session)
{
  g_return_val_if_fail (HP_IS_SESSION (session), 0);

  return session->clock (session->clock_data);
}

void
_hp_session_set_modified (HpSession *session, gboolean modified)
{
  if (session->modified == modified)
    return;
  session->modified = modified;
  g_object_notify_by_pspec (G_OBJECT (session), properties[PROP_MODIFIED]);
}

void
_hp_session_touch (HpSession *session)
{
  session->changed = hp_session_get_time (session);
  if (session->created == 0)
    session->created = session->changed;
  session->revision++;
  _hp_session_set_modified (session, TRUE);
  g_signal_emit (session, changed_signal, 0);
}

void
_hp_session_tell_decided (HpSession *session, HpSessionHouse *house)
{
  g_signal_emit (session, decided_signal, 0, house);
}

void
_hp_session_set_path (HpSession *session, const char *path)
{
  if (g_strcmp0 (session->path, path) == 0)
    return;
  g_free (session->path);
  session->path = g_strdup (path);
  g_object_notify_by_pspec (G_OBJECT (session), properties[PROP_PATH]);
}

/**
 * hp_session_get_modified:
 * @session: a session
 *
 * Returns: whether there is something to be saved
 */
gboolean
hp_session_get_modified (HpSession *session)
{
  g_return_val_if_fail (HP_IS_SESSION (session), FALSE);

  return session->modified;
}

/**
 * hp_session_get_path:
 * @session: a session
 *
 * Returns: (transfer none) (nullable) (type filename): its file; %NULL if it has none yet
 */
const char *
hp_session_get_path (HpSession *session)
{
  g_return_val_if_fail (HP_IS_SESSION (session), NULL);

  return session->path;
}

/**
 * hp_session_get_created:
 * @session: a session
 *
 * Returns: when something was done to it first, in seconds since 1970; 0: not known
 */
gint64
hp_session_get_created (HpSession *session)
{
  g_return_val_if_fail (HP_IS_SESSION (session), 0);

  return session->created;
}

/**
 * hp_session_get_changed:
 * @session: a session
 *
 * Returns: when it was changed last, in seconds since 1970; 0: not known
 */
gint64
hp_session_get_changed (HpSession *session)
{
  g_return_val_if_fail (HP_IS_SESSION (session), 0);

  return session->changed;
}

/**
 * hp_session_get_model:
 * @session: a session
 *
 * Returns: (transfer none) (nullable): the model's name in the registry; %NULL: the default
 */
const char *
hp_session_get_model (HpSession *session)
{
  g_return_val_if_fail (HP_IS_SESSION (session), NULL);

  return session->model;
}

/**
 * hp_session_set_model:
 * @session: a session
 * @model: (nullable): the model's name in the registry
 */
void
hp_session_set_model (HpSession *session, const char *model)
{
  g_return_if_fail (HP_IS_SESSION (session));

  if (g_strcmp0 (session->model, model) == 0)
    return;
  g_free (session->model);
  session->model = model != NULL ? _hp_members_cut (model, HP_MEMBERS_MAX_NAME) : NULL;
  _hp_session_touch (session);
}

/**
 * hp_session_get_versions:
 * @session: a session
 *
 * Returns: (transfer none) (array zero-terminated=1): the versions that are studied
 */
const char *const *
hp_session_get_versions (HpSession *session)
{
  g_return_val_if_fail (HP_IS_SESSION (session), NULL);

  return (const char *const *) session->versions;
}

/**
 * hp_session_set_versions:
 * @session: a session
 * @versions: (array zero-terminated=1): numbers or aliases. What is there twice is kept once, and no more than
 *   %HP_SESSION_MAX_VERSIONS
 */
void
hp_session_set_versions (HpSession *session, const char *const *versions)
{
  g_autoptr (GPtrArray) kept = g_ptr_array_new_with_free_func (g_free);

  g_return_if_fail (HP_IS_SESSION (session) && versions != NULL);

  for (guint i = 0; versions[i] != NULL && kept->len < HP_SESSION_MAX_VERSIONS; i++)
    if (!g_ptr_array_find_with_equal_func (kept, versions[i], g_str_equal, NULL))
      g_ptr_array_add (kept, _hp_members_cut (versions[i], HP_MEMBERS_MAX_NAME));
  g_ptr_array_add (kept, NULL);
  if (g_strv_equal ((const char *const *) kept->pdata, (const char *const *) session->versions))
    return;
  g_strfreev (session->versions);
  session->versions = g_strdupv ((char **) kept->pdata);
  _hp_session_touch (session);
}

/**
 * hp_session_get_data:
 * @session: a session
 *
 * Returns: (transfer none) (nullable): the sales that versions are held against; %NULL: their own hold-out sales
 */
const HpSessionData *
hp_session_get_data (HpSession *session)
{
  g_return_val_if_fail (HP_IS_SESSION (session), NULL);

  return session->data.path != NULL ? &session->data : NULL;
}

/**
 * hp_session_set_data:
 * @session: a session
 * @path: (nullable) (type filename): a CSV of sales; %NULL: none
 * @sha256: (nullable): of its content when it was used, in hexadecimal
 * @rows: how many sales it has; -1: not known
 * @error: %HP_ERROR_BAD_DATA if the file's name is not UTF-8, so that JSON can't hold it
 *
 * Returns: whether the session has these sales now
 */
gboolean
hp_session_set_data (HpSession *session, const char *path, const char *sha256, gint64 rows, GError **error)
{
  g_autofree char *absolute = NULL;

  g_return_val_if_fail (HP_IS_SESSION (session), FALSE);

  if (path != NULL && (!g_utf8_validate (path, -1, NULL) || strlen (path) > HP_MEMBERS_MAX_TEXT / 2))
    {
      hp_set_error (error, HP_ERROR_BAD_DATA, NULL,
                    _ ("the data's file name can't be kept in a session, since it is not UTF-8: rename the file"));
      return FALSE;
    }
  absolute = path != NULL ? g_canonicalize_filename (path, NULL) : NULL;
  if (g_strcmp0 (session->data.path, absolute) == 0
      && (absolute == NULL || (g_strcmp0 (session->data.sha256, sha256) == 0 && session->data.rows == rows)))
    return TRUE;
  /* What a later program knows of other data is not true of these */
  if (g_strcmp0 (session->data.path, absolute) != 0)
    g_clear_pointer (&session->data_rest, json_object_unref);
  _hp_session_data_clear (&session->data);
  if (absolute != NULL)
    {
      session->data.path = g_steal_pointer (&absolute);
      session->data.sha256 = sha256 != NULL ? _hp_members_cut (sha256, HP_MEMBERS_MAX_NAME) : NULL;
      session->data.rows = MAX (rows, -1);
    }
  _hp_session_touch (session);
  return TRUE;
}

/**
 * hp_session_get_notes:
 * @session: a session
 *
 * Returns: (transfer none): notes on all of it; empty if there are none
 */
const char *
hp_session_get_notes (HpSession *session)
{
  g_return_val_if_fail (HP_IS_SESSION (session), NULL);

  return session->notes;
}

/**
 * hp_session_set_notes:
 * @session: a session
 * @notes: notes on all of it
 */
void
hp_session_set_notes (HpSession *session, const char *notes)
{
  g_autofree char *cut = NULL;

  g_return_if_fail (HP_IS_SESSION (session) && notes != NULL);

  cut = _hp_members_cut (notes, HP_MEMBERS_MAX_TEXT);
  if (strcmp (session->notes, cut) == 0)
    return;
  g_free (session->notes);
  session->notes = g_steal_pointer (&cut);
  _hp_session_touch (session);
}

/**
 * hp_session_get_view:
 * @session: a session
 *
 * Returns: (transfer none): where one was; its members are %NULL where that is not known
 */
const HpSessionView *
hp_session_get_view (HpSession *session)
{
  g_return_val_if_fail (HP_IS_SESSION (session), NULL);

  return &session->view;
}

static char *
cut_or_null (const char *text)
{
  return text != NULL ? _hp_members_cut (text, HP_MEMBERS_MAX_NAME) : NULL;
}

/**
 * hp_session_set_view:
 * @session: a session
 * @view: where one is; copied
 *
 * It goes into the file with the next save, and is no reason for one.
 */
void
hp_session_set_view (HpSession *session, const HpSessionView *view)
{
  HpSessionView copy = { NULL };

  g_return_if_fail (HP_IS_SESSION (session) && view != NULL);

  copy.page = cut_or_null (view->page);
  copy.chart = cut_or_null (view->chart);
  copy.segment = cut_or_null (view->segment);
  if (view->rows != NULL && view->rows->len > 0)
    {
      copy.rows = g_array_new (FALSE, FALSE, sizeof (guint64));
      g_array_append_vals (copy.rows, view->rows->data, MIN (view->rows->len, HP_SESSION_MAX_ROWS));
    }
  _hp_session_view_clear (&session->view);
  session->view = copy;
}
