/* server-fixture.c - a server in the test's own process, on a free port, with a small trained registry
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server-fixture.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "hp-file.h"
#include "hp-train.h"

/* How long to wait for what has to come, and does within milliseconds unless the machine is very busy */
#define PATIENCE_SECONDS 60
#define LOOK_MS          5

static char *
read_data (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "data", name, NULL);
  g_autoptr (GError) error = NULL;
  char *text;

  g_assert_true (g_file_get_contents (path, &text, NULL, &error));
  return text;
}

/* Every fifth sale of the shipped data: enough for a price that makes sense */
static HpTraining *
train (void)
{
  static const struct
  {
    const char *name, *value;
  } params[] = { { "gradient_boosting.trees", "30" }, { "gradient_boosting.learning_rate", "0.2" } };
  g_autofree char *yaml = read_data ("house_data.schema.yaml"), *csv = read_data ("house_data.csv");
  g_auto (GStrv) lines = g_strsplit (csv, "\n", -1);
  g_autoptr (GString) few = g_string_new (NULL);
  g_autoptr (HpTrainOptions) options = hp_train_options_new ();
  g_autoptr (HpTeam) team = hp_team_new (1);
  g_autoptr (GError) error = NULL;
  g_autoptr (HpSchema) schema = hp_schema_parse (yaml, strlen (yaml), "schema", &error);
  g_autoptr (HpTable) table = NULL;
  HpTraining *training;

  g_assert_no_error (error);
  for (gsize i = 0; lines[i] != NULL; i++)
    if (i == 0 || (i % 5 == 0 && *lines[i] != '\0'))
      g_string_append_printf (few, "%s\n", lines[i]);
  table = hp_table_load_memory (few->str, few->len, "sales", schema, HP_TABLE_ALL_COLUMNS, NULL, &error);
  g_assert_no_error (error);
  options->families = 1u << HP_FAMILY_LINEAR | 1u << HP_FAMILY_GRADIENT_BOOSTING;
  options->folds = 2;
  for (guint i = 0; i < G_N_ELEMENTS (params); i++)
    g_hash_table_insert (options->params, g_strdup (params[i].name), g_strdup (params[i].value));
  training = hp_train (table, schema, options, team, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  return training;
}

/* A version's files; trained once a process, and never freed */
static GHashTable *
get_files (guint which)
{
  static gsize trained;
  static GHashTable *files[2];

  if (g_once_init_enter (&trained))
    {
      HpTraining *training = train ();

      for (guint i = 0; i < training->candidates->len; i++)
        {
          const HpCandidate *candidate = g_ptr_array_index (training->candidates, i);
          guint place
            = candidate->family == HP_FAMILY_GRADIENT_BOOSTING ? SERVER_FIXTURE_BOOSTED : SERVER_FIXTURE_LINEAR;

          files[place - 1] = g_hash_table_ref (candidate->files);
        }
      hp_training_free (training);
      g_once_init_leave (&trained, 1);
    }
  return files[which - 1];
}

void
server_fixture_init_bare (ServerFixture *fixture)
{
  g_autoptr (GError) error = NULL;

  *fixture = (ServerFixture){ 0 };
  fixture->root = g_dir_make_tmp ("hp-server-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->registry = hp_registry_new (fixture->root, NULL, &error);
  g_assert_no_error (error);
  fixture->log_path = g_build_filename (fixture->root, "log", NULL);
  hp_server_options_init (&fixture->options);
  fixture->options.registry = g_strdup (fixture->root);
  fixture->options.port = 0;
  fixture->options.threads = 2;
  fixture->options.poll_interval = 0.02;
}

void
server_fixture_init (ServerFixture *fixture)
{
  server_fixture_init_bare (fixture);
  g_assert_cmpuint (server_fixture_add (fixture, SERVER_FIXTURE_BOOSTED), ==, SERVER_FIXTURE_BOOSTED);
  g_assert_cmpuint (server_fixture_add (fixture, SERVER_FIXTURE_LINEAR), ==, SERVER_FIXTURE_LINEAR);
  server_fixture_promote (fixture, SERVER_FIXTURE_BOOSTED);
}

guint
server_fixture_add (ServerFixture *fixture, guint which)
{
  g_autoptr (GError) error = NULL;
  guint version;

  hp_registry_add (fixture->registry, get_files (which), NULL, &version, &error);
  g_assert_no_error (error);
  return version;
}

void
server_fixture_promote (ServerFixture *fixture, guint version)
{
  g_autoptr (GError) error = NULL;

  hp_registry_promote (fixture->registry, version, TRUE, "a test", &error);
  g_assert_no_error (error);
}

void
server_fixture_start (ServerFixture *fixture)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (fixture->server);
  fixture->options.log_fd = g_open (fixture->log_path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  g_assert_cmpint (fixture->options.log_fd, >=, 0);
  fixture->log = hp_server_log_new (fixture->options.log_fd);
  fixture->server = hp_server_new (&fixture->options, fixture->log, &error);
  g_assert_no_error (error);
  fixture->url = hp_server_get_url (fixture->server);
}

void
server_fixture_stop (ServerFixture *fixture)
{
  if (fixture->server == NULL)
    return;
  g_clear_pointer (&fixture->server, hp_server_free);
  g_clear_pointer (&fixture->log, hp_server_log_free);
  close (fixture->options.log_fd);
  fixture->url = NULL;
}

void
server_fixture_clear (ServerFixture *fixture)
{
  g_autoptr (GError) error = NULL;

  server_fixture_stop (fixture);
  g_clear_object (&fixture->registry);
  hp_file_remove_tree (fixture->root, &error);
  g_assert_no_error (error);
  g_clear_pointer (&fixture->root, g_free);
  g_clear_pointer (&fixture->log_path, g_free);
  hp_server_options_clear (&fixture->options);
}

char *
server_fixture_read_log (ServerFixture *fixture)
{
  char *text = NULL;

  g_assert_true (g_file_get_contents (fixture->log_path, &text, NULL, NULL));
  return text;
}

guint
server_fixture_count_log (ServerFixture *fixture, const char *part)
{
  g_autofree char *text = server_fixture_read_log (fixture);
  guint n = 0;

  for (const char *p = text; (p = strstr (p, part)) != NULL; p++)
    n++;
  return n;
}

void
server_fixture_wait_for_log (ServerFixture *fixture, const char *part)
{
  for (guint i = 0; i < PATIENCE_SECONDS * 1000 / LOOK_MS; i++)
    {
      if (server_fixture_count_log (fixture, part) > 0)
        return;
      g_usleep (LOOK_MS * 1000);
    }
  g_error ("“%s” is not in the log", part);
}

void
server_fixture_wait_for_champion (ServerFixture *fixture, guint version)
{
  g_autofree char *wanted
    = g_strdup_printf ("\"msg\":\"champion\",\"model\":\"house-price\",\"version\":\"%u\"", version);

  server_fixture_wait_for_log (fixture, wanted);
}
