/* verb-models-change.c - promotes, rolls back, names, checks, exports, installs and deletes versions
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "hp-cli.h"
#include "hp-text.h"

#define CHAMPION "champion"

/* The result of a change: {"model", "version", "alias", "previous", "path"}; what is NULL or 0 is left out. */
static int
tell (HpCli *cli, HpRegistry *registry, guint version, const char *alias, guint previous, const char *path,
      const char *text, GError **error)
{
  g_autoptr (HpJsonWriter) writer = hp_json_writer_new (FALSE);
  g_autofree char *number = g_strdup_printf ("%u", version), *before = g_strdup_printf ("%u", previous);
  g_autofree char *line = g_strconcat (text, "\n", NULL);

  if (!cli->globals.json)
    {
      hp_cli_print (cli, line, error);
      return 0;
    }
  hp_json_writer_begin_object (writer);
  hp_json_writer_set_string (writer, "model", hp_registry_get_name (registry));
  if (version != 0)
    hp_json_writer_set_string (writer, "version", number);
  if (alias != NULL)
    hp_json_writer_set_string (writer, "alias", alias);
  if (previous != 0)
    hp_json_writer_set_string (writer, "previous", before);
  if (path != NULL)
    hp_json_writer_set_string (writer, "path", path);
  hp_json_writer_end_object (writer);
  hp_cli_print_json (cli, writer, error);
  return 0;
}

static guint
champion_of (HpRegistry *registry)
{
  guint version;

  return hp_registry_resolve (registry, CHAMPION, &version, NULL) ? version : 0;
}

typedef struct
{
  gboolean force;
  char *reason;
} PromoteOptions;

static const HpCliOption promote_options[] = {
  { "force", 0, HP_CLI_FLAG, G_STRUCT_OFFSET (PromoteOptions, force), NULL,
    N_ ("Even if it failed its gates or is worse than the champion; needs --reason") },
  { "reason", 0, HP_CLI_TEXT, G_STRUCT_OFFSET (PromoteOptions, reason), N_ ("TEXT"), N_ ("Why, kept in the history") },
  { NULL },
};

static int
run_promote (HpCli *cli, gconstpointer values, char **arguments, GError **error)
{
  const PromoteOptions *given = values;
  g_autoptr (HpRegistry) registry = NULL;
  g_autofree char *text = NULL;
  guint version, previous;

  if (given->force && (given->reason == NULL || *given->reason == '\0'))
    {
      hp_set_error (error, HP_ERROR_USAGE, NULL,
                    _ ("--force needs --reason TEXT: who reads the history must know why"));
      return 0;
    }
  registry = hp_cli_open_registry (cli, error);
  if (registry == NULL || !hp_registry_resolve (registry, arguments[0], &version, error))
    return 0;
  previous = champion_of (registry);
  if (!hp_registry_promote (registry, version, given->force, given->reason, error))
    return 0;
  text = previous != 0 && previous != version
           ? g_strdup_printf (_ ("Version %u is champion now; it was version %u"), version, previous)
           : g_strdup_printf (_ ("Version %u is champion"), version);
  return tell (cli, registry, version, CHAMPION, previous, NULL, text, error);
}

static int
run_rollback (HpCli *cli, gconstpointer values, char **arguments, GError **error)
{
  g_autoptr (HpRegistry) registry = hp_cli_open_registry (cli, error);
  guint previous = registry != NULL ? champion_of (registry) : 0, version;
  g_autofree char *text = NULL;

  if (registry == NULL || !hp_registry_rollback (registry, &version, error))
    return 0;
  text = g_strdup_printf (_ ("Version %u is champion again; it was version %u"), version, previous);
  return tell (cli, registry, version, CHAMPION, previous, NULL, text, error);
}

typedef struct
{
  gboolean remove;
} AliasOptions;

static const HpCliOption alias_options[] = {
  { "remove", 0, HP_CLI_FLAG, G_STRUCT_OFFSET (AliasOptions, remove), NULL, N_ ("Remove the alias") },
  { NULL },
};

static int
run_alias (HpCli *cli, gconstpointer values, char **arguments, GError **error)
{
  const AliasOptions *given = values;
  g_autoptr (HpRegistry) registry = NULL;
  g_autofree char *text = NULL, *shown = hp_text_printable (arguments[0], -1, 60);
  guint version = 0;

  if (given->remove == (arguments[1] != NULL))
    {
      hp_set_error (error, HP_ERROR_USAGE, NULL,
                    _ ("models alias needs a name and a version, or --remove and a name; see “house-price models alias "
                       "--help”"));
      return 0;
    }
  registry = hp_cli_open_registry (cli, error);
  if (registry == NULL || (!given->remove && !hp_registry_resolve (registry, arguments[1], &version, error))
      || !hp_registry_set_alias (registry, arguments[0], version, error))
    return 0;
  text = given->remove ? g_strdup_printf (_ ("Removed the alias %s"), shown)
                       : g_strdup_printf (_ ("%s is version %u"), shown, version);
  return tell (cli, registry, version, arguments[0], 0, NULL, text, error);
}

static gboolean
verify_json (HpCli *cli, gboolean whole, GPtrArray *damaged, GError **error)
{
  g_autoptr (HpJsonWriter) writer = hp_json_writer_new (FALSE);

  hp_json_writer_begin_object (writer);
  hp_json_writer_set_boolean (writer, "verified", whole);
  hp_json_writer_key (writer, "damaged");
  hp_json_writer_begin_array (writer);
  for (guint i = 0; i < damaged->len; i++)
    hp_json_writer_string (writer, damaged->pdata[i]);
  hp_json_writer_end_array (writer);
  hp_json_writer_end_object (writer);
  return hp_cli_print_json (cli, writer, error);
}

static int
run_verify (HpCli *cli, gconstpointer values, char **arguments, GError **error)
{
  g_autoptr (HpRegistry) registry = hp_cli_open_registry (cli, error);
  g_autoptr (GPtrArray) damaged = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) verify_error = NULL;
  guint version = 0;
  gboolean whole;

  if (registry == NULL || (arguments[0] != NULL && !hp_registry_resolve (registry, arguments[0], &version, error)))
    return 0;
  whole = hp_registry_verify (registry, version, damaged, &verify_error);
  if (!whole && damaged->len == 0)
    {
      g_propagate_error (error, g_steal_pointer (&verify_error));
      return 0;
    }
  if (cli->globals.json)
    verify_json (cli, whole, damaged, error);
  else if (whole)
    hp_cli_print (cli, _ ("Every file is as its manifest says\n"), error);
  for (guint i = 0; i < damaged->len && !cli->globals.json; i++)
    {
      g_autofree char *shown = hp_text_printable (damaged->pdata[i], -1, 0);
      g_autofree char *line = g_strconcat (shown, "\n", NULL);

      if (!hp_cli_print (cli, line, error))
        break;
    }
  return whole ? 0 : 1;
}

typedef struct
{
  char *output;
} ExportOptions;

static const HpCliOption export_options[] = {
  { "output", 'o', HP_CLI_TEXT, G_STRUCT_OFFSET (ExportOptions, output), N_ ("FILE"), N_ ("The archive to write") },
  { NULL },
};

static int
run_export (HpCli *cli, gconstpointer values, char **arguments, GError **error)
{
  const ExportOptions *given = values;
  g_autoptr (HpRegistry) registry = NULL;
  g_autofree char *text = NULL;
  guint version;

  if (given->output == NULL)
    {
      hp_set_error (error, HP_ERROR_USAGE, NULL, _ ("models export needs -o FILE"));
      return 0;
    }
  registry = hp_cli_open_registry (cli, error);
  if (registry == NULL || !hp_registry_resolve (registry, arguments[0], &version, error)
      || !hp_registry_export (registry, version, given->output, error))
    return 0;
  text = g_strdup_printf (_ ("Wrote version %u to %s"), version, given->output);
  return tell (cli, registry, version, NULL, 0, given->output, text, error);
}

static int
run_install (HpCli *cli, gconstpointer values, char **arguments, GError **error)
{
  g_autoptr (HpRegistry) registry = hp_cli_open_registry (cli, error);
  g_autofree char *text = NULL;
  guint version;

  if (registry == NULL || !hp_registry_install (registry, arguments[0], &version, error))
    return 0;
  text = g_strdup_printf (_ ("Installed as version %u"), version);
  return tell (cli, registry, version, NULL, 0, NULL, text, error);
}

static int
run_delete (HpCli *cli, gconstpointer values, char **arguments, GError **error)
{
  g_autoptr (HpRegistry) registry = hp_cli_open_registry (cli, error);
  g_autofree char *text = NULL;
  guint version;

  if (registry == NULL || !hp_registry_resolve (registry, arguments[0], &version, error)
      || !hp_registry_delete (registry, version, error))
    return 0;
  text = g_strdup_printf (_ ("Deleted version %u"), version);
  return tell (cli, registry, version, NULL, 0, NULL, text, error);
}

const HpCliVerb hp_verb_models_promote = {
  .name = "models promote",
  .arguments = "VERSION",
  .summary = N_ ("make a version champion"),
  .examples = "house-price models promote 3\n"
              "house-price models promote 3 --force --reason \"the gates predate the new county\"",
  .options = promote_options,
  .options_size = sizeof (PromoteOptions),
  .min_arguments = 1,
  .max_arguments = 1,
  .run = run_promote,
};

const HpCliVerb hp_verb_models_rollback = {
  .name = "models rollback",
  .arguments = "",
  .summary = N_ ("make the champion before this one champion again"),
  .examples = "house-price models rollback",
  .run = run_rollback,
};

const HpCliVerb hp_verb_models_alias = {
  .name = "models alias",
  .arguments = "NAME [VERSION]",
  .summary = N_ ("give a version a name"),
  .examples = "house-price models alias challenger 4\n"
              "house-price models alias --remove challenger",
  .options = alias_options,
  .options_size = sizeof (AliasOptions),
  .min_arguments = 1,
  .max_arguments = 2,
  .run = run_alias,
};

const HpCliVerb hp_verb_models_verify = {
  .name = "models verify",
  .arguments = "[VERSION]",
  .summary = N_ ("check versions against their manifests"),
  .examples = "house-price models verify\nhouse-price models verify champion",
  .max_arguments = 1,
  .run = run_verify,
};

const HpCliVerb hp_verb_models_export = {
  .name = "models export",
  .arguments = "VERSION",
  .summary = N_ ("write a version to an archive"),
  .examples = "house-price models export champion -o house-price.tar",
  .options = export_options,
  .options_size = sizeof (ExportOptions),
  .min_arguments = 1,
  .max_arguments = 1,
  .run = run_export,
};

const HpCliVerb hp_verb_models_install = {
  .name = "models install",
  .arguments = "FILE",
  .summary = N_ ("add a version from an archive"),
  .examples = "house-price models install house-price.tar",
  .min_arguments = 1,
  .max_arguments = 1,
  .run = run_install,
};

const HpCliVerb hp_verb_models_delete = {
  .name = "models delete",
  .arguments = "VERSION",
  .summary = N_ ("remove a version that no alias names"),
  .examples = "house-price models delete 2",
  .min_arguments = 1,
  .max_arguments = 1,
  .run = run_delete,
};
