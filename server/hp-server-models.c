/* hp-server-models.c - the versions that a server holds in memory: the champion, and those asked for by name
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>
#include <sys/stat.h>

#include "hp-aliases.h"
#include "hp-error.h"
#include "hp-server-models.h"

/* Versions besides the champion; a forest may take 100 MB */
#define MAX_KEPT 4
/* Names that are remembered; more are looked up on disk every time */
#define MAX_ALIASES 64
/* A champion that does not load is tried again at 2, 4, 8 … of these */
#define MAX_PATIENCE 32

typedef struct
{
  dev_t device;
  ino_t inode;
  off_t size;
  struct timespec modified, changed;
} Stamp;

struct _HpServerModels
{
  HpRegistry *registry;
  HpServerLog *log;
  char *aliases_path;

  GMutex mutex;
  HpServerModel *champion; /* (nullable) */
  GQueue kept;             /* of HpServerModel, the one used last first */
  GHashTable *aliases;     /* name → version, as long as the aliases have not changed */
  gint generation;

  /* The watching thread's */
  Stamp stamp;          /* of the aliases that were read last */
  char *complaint;      /* what was logged last, so that it is logged once */
  guint patience, wait; /* looks to wait before the next try, and still to wait */
};

/**
 * hp_server_models_new:
 * @registry: where versions are; referenced
 * @log: where changes and failures are told; must outlive this
 *
 * Returns: (transfer full): an empty set
 */
HpServerModels *
hp_server_models_new (HpRegistry *registry, HpServerLog *log)
{
  HpServerModels *models = g_new0 (HpServerModels, 1);

  models->registry = g_object_ref (registry);
  models->log = log;
  models->aliases_path
    = g_build_filename (hp_registry_get_root (registry), hp_registry_get_name (registry), HP_ALIASES_NAME, NULL);
  g_mutex_init (&models->mutex);
  g_queue_init (&models->kept);
  models->aliases = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return models;
}

/**
 * hp_server_models_free:
 * @models: (transfer full) (nullable): a set that no other thread uses any more
 */
void
hp_server_models_free (HpServerModels *models)
{
  if (models == NULL)
    return;
  g_clear_pointer (&models->champion, hp_server_model_unref);
  g_queue_clear_full (&models->kept, (GDestroyNotify) hp_server_model_unref);
  g_hash_table_unref (models->aliases);
  g_object_unref (models->registry);
  g_mutex_clear (&models->mutex);
  g_free (models->aliases_path);
  g_free (models->complaint);
  g_free (models);
}

/**
 * hp_server_models_get_registry:
 * @models: a set
 *
 * Returns: (transfer none): where its versions are
 */
HpRegistry *
hp_server_models_get_registry (HpServerModels *models)
{
  return models->registry;
}

/**
 * hp_server_models_get_generation:
 * @models: a set
 *
 * Returns: how often the champion has changed; no lock is taken
 */
guint
hp_server_models_get_generation (HpServerModels *models)
{
  return (guint) g_atomic_int_get (&models->generation);
}

/**
 * hp_server_models_get_champion:
 * @models: a set
 * @generation: (out): to be compared with that of hp_server_models_get_generation()
 *
 * Returns: (transfer full) (nullable): the version that serves
 */
HpServerModel *
hp_server_models_get_champion (HpServerModels *models, guint *generation)
{
  HpServerModel *champion;

  g_mutex_lock (&models->mutex);
  champion = models->champion != NULL ? hp_server_model_ref (models->champion) : NULL;
  *generation = (guint) models->generation;
  g_mutex_unlock (&models->mutex);
  return champion;
}

/* "3" and "v3"; 0: not a number */
static guint
parse_version (const char *reference)
{
  guint64 version = 0;

  if (*reference == 'v')
    reference++;
  return *reference != '0' && g_ascii_string_to_unsigned (reference, 10, 1, G_MAXUINT32, &version, NULL)
           ? (guint) version
           : 0;
}

/* Under the lock; not referenced */
static HpServerModel *
find_kept (HpServerModels *models, guint version)
{
  if (models->champion != NULL && models->champion->version == version)
    return models->champion;
  for (GList *link = models->kept.head; link != NULL; link = link->next)
    if (((HpServerModel *) link->data)->version == version)
      {
        g_queue_unlink (&models->kept, link);
        g_queue_push_head_link (&models->kept, link);
        return link->data;
      }
  return NULL;
}

/**
 * hp_server_models_look_up:
 * @models: a set
 * @reference: a number or an alias
 * @model: (out) (transfer full) (nullable): the version it means; for `champion` %NULL if there is none
 *
 * Returns: whether that is known without looking at the disk
 */
gboolean
hp_server_models_look_up (HpServerModels *models, const char *reference, HpServerModel **model)
{
  gboolean is_champion = strcmp (reference, HP_ALIAS_CHAMPION) == 0;
  HpServerModel *found;
  guint version;

  g_mutex_lock (&models->mutex);
  version = parse_version (reference);
  if (version == 0)
    version = GPOINTER_TO_UINT (g_hash_table_lookup (models->aliases, reference));
  found = is_champion ? models->champion : version != 0 ? find_kept (models, version) : NULL;
  *model = found != NULL ? hp_server_model_ref (found) : NULL;
  g_mutex_unlock (&models->mutex);
  return is_champion || *model != NULL;
}

/* Under the lock */
static void
keep (HpServerModels *models, HpServerModel *model)
{
  g_queue_push_head (&models->kept, hp_server_model_ref (model));
  if (models->kept.length > MAX_KEPT)
    hp_server_model_unref (g_queue_pop_tail (&models->kept));
}

/**
 * hp_server_models_load:
 * @models: a set
 * @reference: a number or an alias
 * @error: return location for a #GError
 *
 * Reads a version from disk if it is not in memory, and keeps it there for a while.
 *
 * Returns: (transfer full) (nullable): the version, or %NULL with %HP_ERROR_NOT_FOUND, %HP_ERROR_DAMAGED or
 * %HP_ERROR_IO
 */
HpServerModel *
hp_server_models_load (HpServerModels *models, const char *reference, GError **error)
{
  HpServerModel *model = NULL, *found;
  guint version;

  if (!hp_registry_resolve (models->registry, reference, &version, error))
    return NULL;
  g_mutex_lock (&models->mutex);
  found = find_kept (models, version);
  model = found != NULL ? hp_server_model_ref (found) : NULL;
  g_mutex_unlock (&models->mutex);
  if (model == NULL)
    model = hp_server_model_load (models->registry, version, error);
  if (model == NULL)
    return NULL;

  g_mutex_lock (&models->mutex);
  if (found == NULL)
    keep (models, model);
  if (parse_version (reference) == 0 && g_hash_table_size (models->aliases) < MAX_ALIASES)
    g_hash_table_insert (models->aliases, g_strdup (reference), GUINT_TO_POINTER (version));
  g_mutex_unlock (&models->mutex);
  return model;
}

static Stamp
read_stamp (HpServerModels *models)
{
  Stamp stamp;
  struct stat info;

  /* All of it, padding too, for it is compared as bytes */
  memset (&stamp, 0, sizeof stamp);
  if (stat (models->aliases_path, &info) == 0)
    {
      stamp.device = info.st_dev;
      stamp.inode = info.st_ino;
      stamp.size = info.st_size;
      stamp.modified = info.st_mtim;
      stamp.changed = info.st_ctim;
    }
  return stamp;
}

static void
complain (HpServerModels *models, const GError *error)
{
  HpJsonWriter *line;

  if (g_strcmp0 (models->complaint, error->message) == 0)
    return;
  g_free (models->complaint);
  models->complaint = g_strdup (error->message);
  line = hp_server_log_begin (models->champion != NULL ? "error" : "warning",
                              models->champion != NULL ? "the new champion does not load, the old one goes on serving"
                                                       : "no model can serve");
  hp_json_writer_set_string (line, "error", error->message);
  if (models->champion != NULL)
    hp_json_writer_set_string (line, "version", models->champion->description->version);
  hp_server_log_end (models->log, line);
}

static void
install (HpServerModels *models, HpServerModel *champion)
{
  HpServerModel *old = models->champion;
  HpJsonWriter *line = hp_server_log_begin ("info", "champion");

  g_clear_pointer (&models->complaint, g_free);
  hp_json_writer_set_string (line, "model", champion->description->model);
  hp_json_writer_set_string (line, "version", champion->description->version);
  if (old != NULL)
    hp_json_writer_set_string (line, "previous", old->description->version);
  g_mutex_lock (&models->mutex);
  models->champion = champion;
  g_atomic_int_inc (&models->generation);
  g_mutex_unlock (&models->mutex);
  hp_server_log_end (models->log, line);
  hp_server_model_unref (old);
}

static void
load_champion (HpServerModels *models, gboolean forced)
{
  g_autoptr (GError) error = NULL;
  HpServerModel *champion;
  guint version;

  if (!hp_registry_resolve (models->registry, NULL, &version, &error))
    {
      complain (models, error);
      return;
    }
  if (!forced && models->champion != NULL && models->champion->version == version)
    {
      g_clear_pointer (&models->complaint, g_free);
      return;
    }
  champion = hp_server_model_load (models->registry, version, &error);
  if (champion == NULL)
    {
      models->patience = CLAMP (models->patience * 2, 1, MAX_PATIENCE);
      models->wait = models->patience;
      complain (models, error);
      return;
    }
  models->patience = 0;
  install (models, champion);
}

/**
 * hp_server_models_refresh:
 * @models: a set
 * @forced: whether to load the champion even if it seems to be the one that serves
 *
 * Lets the champion of the registry serve if it loads: all its files are checked before anything changes. Otherwise
 * says why in the log, once, and leaves all as it is.
 */
void
hp_server_models_refresh (HpServerModels *models, gboolean forced)
{
  static const Stamp none = { 0 };
  Stamp stamp = read_stamp (models);
  gboolean unchanged = memcmp (&stamp, &models->stamp, sizeof stamp) == 0;

  if (!unchanged)
    {
      g_mutex_lock (&models->mutex);
      g_hash_table_remove_all (models->aliases);
      g_mutex_unlock (&models->mutex);
    }
  if (unchanged && !forced && models->wait > 0)
    {
      models->wait--;
      return;
    }
  /* Without aliases of its own the registry may have those of a system registry */
  if (unchanged && !forced && models->champion != NULL && models->complaint == NULL
      && memcmp (&stamp, &none, sizeof stamp) != 0)
    return;
  models->stamp = stamp;
  load_champion (models, forced);
}
