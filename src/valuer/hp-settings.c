/* hp-settings.c - the one store of settings that all front ends share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#define G_SETTINGS_ENABLE_BACKEND
#include <gio/gsettingsbackend.h>

#include "hp-paths.h"
#include "hp-settings.h"

#define PATH "/org/housepricepredictor/HousePrice/"
#define GROUP "house-price"

/* The schema among those of the system, or the build folder's when this program runs from there */
static GSettingsSchema *
find_schema (void)
{
  GSettingsSchemaSource *system = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchemaSource) source = NULL;

  if (hp_paths_uninstalled ())
    source = g_settings_schema_source_new_from_directory (HP_BUILD_DIR "/data", system, FALSE, NULL);
  else if (system != NULL)
    source = g_settings_schema_source_ref (system);
  return source != NULL ? g_settings_schema_source_lookup (source, HP_SETTINGS_ID, TRUE) : NULL;
}

/**
 * hp_settings_new:
 *
 * The settings of `$XDG_CONFIG_HOME/house-price/settings.ini`. Reading them touches the disk once.
 *
 * Returns: (transfer full) (nullable): the settings; %NULL if their schema is not installed: use the defaults then
 */
GSettings *
hp_settings_new (void)
{
  g_autoptr (GSettingsSchema) schema = find_schema ();
  g_autoptr (GSettingsBackend) backend = NULL;
  g_autofree char *file = NULL;

  if (schema == NULL)
    return NULL;
  /* Tests choose a backend in memory by the variable that GLib itself knows. */
  if (g_strcmp0 (g_getenv ("GSETTINGS_BACKEND"), "memory") == 0)
    backend = g_memory_settings_backend_new ();
  else
    {
      file = g_build_filename (g_get_user_config_dir (), "house-price", "settings.ini", NULL);
      backend = g_keyfile_settings_backend_new (file, PATH, GROUP);
    }
  return g_settings_new_full (schema, backend, NULL);
}

/**
 * hp_settings_get_server:
 * @settings: (nullable): the settings
 *
 * Returns: (transfer full) (nullable): the server to ask: `$HOUSE_PRICE_SERVER` if it is set (empty: none), else the
 *   setting `server-url`; %NULL if none is configured
 */
char *
hp_settings_get_server (GSettings *settings)
{
  const char *variable = g_getenv ("HOUSE_PRICE_SERVER");
  g_autofree char *url = NULL;

  if (variable != NULL)
    url = g_strdup (variable);
  else if (settings != NULL)
    url = g_settings_get_string (settings, "server-url");
  return url != NULL && *url != '\0' ? g_steal_pointer (&url) : NULL;
}
