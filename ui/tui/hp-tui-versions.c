/* hp-tui-versions.c - the versions on this computer, listed without waiting, and which of them a view shows
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "hp-display.h"
#include "hp-tui-versions.h"

struct _HpTuiVersions
{
  HpStudies *studies; /* (nullable) */
  void (*changed) (gpointer data);
  gpointer data;
  GPtrArray *infos;          /* (nullable) */
  GError *error;             /* (nullable) */
  GCancellable *cancellable; /* (nullable) while they are being listed */
};

/**
 * hp_tui_versions_new:
 * @registry: (nullable): where versions are kept
 * @changed: called when there is something else to show
 * @data: for @changed
 *
 * Returns: (transfer full): versions that nobody has listed yet
 */
HpTuiVersions *
hp_tui_versions_new (HpRegistry *registry, void (*changed) (gpointer data), gpointer data)
{
  HpTuiVersions *versions = g_new0 (HpTuiVersions, 1);

  versions->studies = registry != NULL ? hp_studies_new (registry) : NULL;
  versions->changed = changed;
  versions->data = data;
  return versions;
}

static void
stop (HpTuiVersions *versions)
{
  if (versions->cancellable != NULL)
    g_cancellable_cancel (versions->cancellable);
  g_clear_object (&versions->cancellable);
}

/**
 * hp_tui_versions_free:
 * @versions: (transfer full) (nullable): versions
 */
void
hp_tui_versions_free (HpTuiVersions *versions)
{
  if (versions == NULL)
    return;
  stop (versions);
  g_clear_object (&versions->studies);
  g_clear_pointer (&versions->infos, g_ptr_array_unref);
  g_clear_error (&versions->error);
  g_free (versions);
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  HpTuiVersions *versions = data;
  g_autoptr (GError) error = NULL;
  GPtrArray *infos = hp_studies_list_finish (HP_STUDIES (source), result, &error);

  /* They may be gone: whoever frees them cancels first */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&versions->cancellable);
  g_clear_pointer (&versions->infos, g_ptr_array_unref);
  g_clear_error (&versions->error);
  versions->infos = infos;
  versions->error = g_steal_pointer (&error);
  versions->changed (versions->data);
}

/**
 * hp_tui_versions_refresh:
 * @versions: versions
 */
void
hp_tui_versions_refresh (HpTuiVersions *versions)
{
  /* nobody looks at them */
  if (versions->studies == NULL
      || (versions->infos == NULL && versions->error == NULL && versions->cancellable == NULL))
    return;
  stop (versions);
  versions->cancellable = g_cancellable_new ();
  hp_studies_list_async (versions->studies, versions->cancellable, listed_cb, versions);
}

/**
 * hp_tui_versions_get:
 * @versions: versions
 *
 * Returns: (nullable) (transfer none) (element-type HpVersionInfo): what there is, oldest first
 */
const GPtrArray *
hp_tui_versions_get (HpTuiVersions *versions)
{
  if (versions->studies != NULL && versions->infos == NULL && versions->error == NULL && versions->cancellable == NULL)
    {
      versions->cancellable = g_cancellable_new ();
      hp_studies_list_async (versions->studies, versions->cancellable, listed_cb, versions);
    }
  return versions->infos;
}

/**
 * hp_tui_versions_get_error:
 * @versions: versions
 *
 * Returns: (nullable) (transfer none): why they can't be listed
 */
const GError *
hp_tui_versions_get_error (HpTuiVersions *versions)
{
  return versions->error;
}

/**
 * hp_tui_versions_is_loading:
 * @versions: versions
 *
 * Returns: whether they are being listed
 */
gboolean
hp_tui_versions_is_loading (HpTuiVersions *versions)
{
  return versions->cancellable != NULL;
}

/**
 * hp_tui_versions_get_studies:
 * @versions: versions
 *
 * Returns: (nullable) (transfer none): who loads their sales
 */
HpStudies *
hp_tui_versions_get_studies (HpTuiVersions *versions)
{
  return versions->studies;
}

static gboolean
is_champion (const HpVersionInfo *info)
{
  return info->aliases != NULL && g_strv_contains ((const char *const *) info->aliases, "champion");
}

static gboolean
is_among (const char *const *chosen, guint version)
{
  for (guint i = 0; chosen != NULL && chosen[i] != NULL; i++)
    if (g_ascii_strtoull (chosen[i], NULL, 10) == version)
      return TRUE;
  return FALSE;
}

/**
 * hp_tui_versions_choose:
 * @versions: versions
 * @chosen: (nullable) (array zero-terminated=1): what was shown before, or is wanted
 * @least: how many a view needs
 *
 * Returns: (transfer full) (array zero-terminated=1): what it should show, oldest first; fewer than @least if there are
 * no more
 */
char **
hp_tui_versions_choose (HpTuiVersions *versions, const char *const *chosen, guint least)
{
  const GPtrArray *infos = hp_tui_versions_get (versions);
  guint n = infos != NULL ? infos->len : 0, taken = 0;
  g_autofree gboolean *take = g_new0 (gboolean, n + 1);
  GPtrArray *names = g_ptr_array_new ();

  for (guint i = 0; i < n; i++)
    if (is_among (chosen, ((HpVersionInfo *) infos->pdata[i])->version))
      {
        take[i] = TRUE;
        taken++;
      }
  for (int newest = 0; newest < 2; newest++)
    for (guint i = n; i-- > 0;)
      {
        const HpVersionInfo *info = infos->pdata[i];

        if (taken < least && !take[i] && !info->damaged && (newest == 1 || is_champion (info)))
          {
            take[i] = TRUE;
            taken++;
          }
      }
  for (guint i = 0; i < n; i++)
    if (take[i])
      g_ptr_array_add (names, g_strdup_printf ("%u", ((HpVersionInfo *) infos->pdata[i])->version));
  g_ptr_array_add (names, NULL);
  return (char **) g_ptr_array_free (names, FALSE);
}

static char *
describe (const HpVersionInfo *info)
{
  GString *text = g_string_new (info->family != NULL ? info->family : NULL);

  for (guint i = 0; info->aliases != NULL && info->aliases[i] != NULL; i++)
    g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", info->aliases[i]);
  if (info->damaged)
    g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", _ ("damaged"));
  else if (isfinite (info->test_mae))
    {
      g_autofree char *mae = hp_display_number (info->test_mae, 0);

      g_string_append (text, text->len > 0 ? ", " : "");
      g_string_append_printf (text, _ ("MAE %s"), mae);
    }
  return g_string_free (text, FALSE);
}

/**
 * hp_tui_versions_add:
 * @picker: a list of versions
 * @info: the next one
 * @chosen: (nullable) (array zero-terminated=1): those that are marked
 */
void
hp_tui_versions_add (HpTuiPicker *picker, const HpVersionInfo *info, const char *const *chosen)
{
  g_autofree char *key = g_strdup_printf ("%u", info->version);
  g_autofree char *label = g_strdup_printf (_ ("Version %u"), info->version), *detail = describe (info);

  hp_tui_picker_add (picker, key, label, detail, is_among (chosen, info->version));
}
