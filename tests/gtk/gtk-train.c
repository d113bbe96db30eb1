/* gtk-train.c - a small registry for tests of the desktop
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <glib/gstdio.h>
#include <string.h>

#include "gtk-train.h"
#include "hp-file.h"

/**
 * gtk_train_sales:
 * @path: where to
 * @step: one in so many
 */
void
gtk_train_sales (const char *path, guint step)
{
  g_autofree char *shipped = g_build_filename (g_getenv ("HOUSE_PRICE_SOURCE"), "data", "house_data.csv", NULL);
  g_autoptr (GString) some = g_string_new (NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  g_assert_true (g_file_get_contents (shipped, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; i < g_strv_length (lines); i += i == 0 ? 1 : step)
    g_string_append_printf (some, "%s\n", lines[i]);
  g_assert_true (g_file_set_contents (path, some->str, -1, NULL));
}

/* Without bounds that a model of few sales would miss */
static void
write_schema (const char *path)
{
  g_autofree char *shipped = g_build_filename (g_getenv ("HOUSE_PRICE_SOURCE"), "data", "house_data.schema.yaml", NULL);
  g_autofree char *text = NULL;
  char *gates;

  g_assert_true (g_file_get_contents (shipped, &text, NULL, NULL));
  gates = strstr (text, "gates:");
  g_assert_nonnull (gates);
  *gates = '#';
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

/**
 * gtk_train:
 * @registry: where to
 * @family: of models
 */
void
gtk_train (const char *registry, const char *family)
{
  g_autofree char *folder = g_dir_make_tmp ("hp-train-XXXXXX", NULL);
  g_autofree char *sales = g_build_filename (folder, "sales.csv", NULL);
  g_autofree char *schema = g_build_filename (folder, "sales.schema.yaml", NULL);
  const char *const command[]
    = { g_getenv ("HOUSE_PRICE"), "train", sales, "--schema", schema, "--family", family, "--registry", registry,
        "--progress=none",        NULL };
  g_autoptr (GError) error = NULL;
  g_autofree char *messages = NULL;
  int status = 1;

  gtk_train_sales (sales, 7);
  write_schema (schema);
  g_spawn_sync (NULL, (char **) command, NULL, G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL, NULL, &messages, &status,
                &error);
  g_assert_no_error (error);
  if (!g_spawn_check_wait_status (status, &error))
    g_error ("%s: %s", error->message, messages);
  hp_file_remove_tree (folder, NULL);
}
