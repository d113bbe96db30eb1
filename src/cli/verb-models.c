/* verb-models.c - lists and shows the versions of a model
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "hp-bundle-diagnostics.h"
#include "hp-cli.h"
#include "hp-error.h"
#include "hp-text.h"
#include "hp-yaml.h"

static char *
join_aliases (const HpVersionInfo *info)
{
  return info->aliases != NULL ? g_strjoinv (", ", info->aliases) : g_strdup ("");
}

static const char *
state_of (const HpVersionInfo *info)
{
  if (info->damaged)
    return _ ("damaged");
  if (isnan (info->test_mae) && !info->gates_passed)
    return _ ("not tested");
  return info->gates_passed ? _ ("passed") : _ ("failed");
}

static HpCliStyle
style_of (const HpVersionInfo *info)
{
  return info->damaged ? HP_STYLE_BAD : info->gates_passed ? HP_STYLE_NONE : HP_STYLE_DIM;
}

static void
write_info (const HpVersionInfo *info, HpJsonWriter *writer)
{
  g_autofree char *version = g_strdup_printf ("%u", info->version);

  hp_json_writer_set_string (writer, "version", version);
  hp_json_writer_set_string (writer, "family", info->family);
  hp_json_writer_set_string (writer, "created", info->created);
  hp_json_writer_key (writer, "aliases");
  hp_json_writer_begin_array (writer);
  for (char **alias = info->aliases; alias != NULL && *alias != NULL; alias++)
    hp_json_writer_string (writer, *alias);
  hp_json_writer_end_array (writer);
  hp_json_writer_set_boolean (writer, "gates_passed", info->gates_passed);
  hp_json_writer_set_boolean (writer, "damaged", info->damaged);
  hp_json_writer_set_double (writer, "oof_mae", info->oof_mae);
  hp_json_writer_set_double (writer, "test_mae", info->test_mae);
  hp_json_writer_set_double (writer, "test_rmse", info->test_rmse);
  hp_json_writer_set_double (writer, "test_r2", info->test_r2);
  hp_json_writer_set_int (writer, "size", info->size);
  hp_json_writer_set_string (writer, "path", info->path);
}

static gboolean
list_json (HpCli *cli, HpRegistry *registry, GPtrArray *versions, GError **error)
{
  g_autoptr (HpJsonWriter) writer = hp_json_writer_new (TRUE);

  hp_json_writer_begin_object (writer);
  hp_json_writer_set_string (writer, "model", hp_registry_get_name (registry));
  hp_json_writer_set_string (writer, "registry", hp_registry_get_root (registry));
  hp_json_writer_key (writer, "versions");
  hp_json_writer_begin_array (writer);
  for (guint i = 0; i < versions->len; i++)
    {
      hp_json_writer_begin_object (writer);
      write_info (versions->pdata[i], writer);
      hp_json_writer_end_object (writer);
    }
  hp_json_writer_end_array (writer);
  hp_json_writer_end_object (writer);
  return hp_cli_print_json (cli, writer, error);
}

static gboolean
list_text (HpCli *cli, GPtrArray *versions, GError **error)
{
  const char *const titles[] = { _ ("Version"), _ ("Family"), _ ("OOF MAE"),  _ ("Test MAE"), _ ("Test RMSE"),
                                 _ ("Test R²"), _ ("Gates"),  _ ("Created"), _ ("Aliases"),  NULL };
  g_autoptr (HpCliTable) table = hp_cli_table_new (titles, "rlrrrrlll");
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < versions->len; i++)
    {
      const HpVersionInfo *info = versions->pdata[i];
      g_autofree char *version = g_strdup_printf ("%u", info->version), *aliases = join_aliases (info);
      g_autofree char *oof = hp_display_number (info->oof_mae, 0), *mae = hp_display_number (info->test_mae, 0);
      g_autofree char *rmse = hp_display_number (info->test_rmse, 0), *r2 = hp_display_number (info->test_r2, 3);

      hp_cli_table_add (table, style_of (info), version, info->family != NULL ? info->family : "–", oof, mae, rmse, r2,
                        state_of (info), info->created != NULL ? info->created : "–", aliases, NULL);
    }
  hp_cli_table_append (table, text, cli->color_stdout);
  return hp_cli_print (cli, text->str, error);
}

static int
run_list (HpCli *cli, gconstpointer values, char **arguments, GError **error)
{
  g_autoptr (HpRegistry) registry = hp_cli_open_registry (cli, error);
  g_autoptr (GPtrArray) versions = registry != NULL ? hp_registry_list (registry, error) : NULL;

  if (versions == NULL)
    return 0;
  if (cli->globals.json)
    list_json (cli, registry, versions, error);
  else if (versions->len > 0)
    list_text (cli, versions, error);
  else
    hp_cli_message (cli, _ ("No versions of %s in %s yet: make one with “house-price train DATA”"),
                    hp_registry_get_name (registry), hp_registry_get_root (registry));
  return 0;
}

static double
number_member (JsonObject *object, const char *member)
{
  double value;

  return object != NULL && json_object_has_member (object, member) && hp_json_get_double (object, member, &value, NULL)
           ? value
           : NAN;
}

static JsonObject *
object_member (JsonObject *object, const char *member)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, member) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static void
append_metrics (GString *text, HpCli *cli, JsonObject *metrics, const char *currency)
{
  const char *const titles[] = { _ ("Metric"), _ ("Out of fold"), _ ("Test"), NULL };
  g_autoptr (HpCliTable) table = NULL;
  JsonObject *oof = object_member (metrics, "oof"), *test = object_member (metrics, "test");

  if (test == NULL)
    {
      g_string_append_c (text, '\n');
      g_string_append (text, _ ("It was imported without sales: nothing is known of how well it does\n"));
      return;
    }
  table = hp_cli_table_new (titles, "lrr");
  for (guint i = 0; i < HP_N_METRICS; i++)
    {
      const char *name = hp_metric_name (i);
      g_autofree char *left = hp_cli_metric (i, number_member (oof, name), currency);
      g_autofree char *right = hp_cli_metric (i, number_member (test, name), currency);

      if (isfinite (number_member (oof, name)) || isfinite (number_member (test, name)))
        hp_cli_table_add (table, HP_STYLE_NONE, hp_metric_label (i), left, right, NULL);
    }
  g_string_append_c (text, '\n');
  hp_cli_table_append (table, text, cli->color_stdout);
}

/* A number of a gate; nothing where there is none */
static char *
format_bound (HpMetric metric, JsonObject *gate, const char *member, const char *currency)
{
  double value = number_member (gate, member);

  return isnan (value) ? g_strdup ("") : hp_cli_metric (metric, value, currency);
}

static void
append_gate (HpCliTable *table, JsonObject *gate, gboolean with_intervals, const char *currency)
{
  const char *name = "";
  gboolean passed = FALSE;
  HpMetric metric = HP_METRIC_R2;

  hp_json_get_string (gate, "metric", &name, NULL);
  hp_json_get_boolean (gate, "passed", &passed, NULL);
  if (!hp_metric_from_name (name, &metric))
    return;
  {
    g_autofree char *min = format_bound (metric, gate, "min", currency);
    g_autofree char *max = format_bound (metric, gate, "max", currency);
    g_autofree char *value = hp_cli_metric (metric, number_member (gate, "value"), currency);
    g_autofree char *margin = hp_cli_metric (metric, number_member (gate, "margin"), currency);
    g_autofree char *low = format_bound (metric, gate, "low", currency);
    g_autofree char *high = format_bound (metric, gate, "high", currency);
    g_autofree char *interval = *low != '\0' ? g_strdup_printf ("%s – %s", low, high) : g_strdup ("");
    HpCliStyle style = passed ? HP_STYLE_NONE : HP_STYLE_BAD;
    const char *label = hp_metric_label (metric), *state = passed ? _ ("passed") : _ ("failed");

    if (with_intervals)
      hp_cli_table_add (table, style, label, min, max, value, interval, margin, state, NULL);
    else
      hp_cli_table_add (table, style, label, min, max, value, margin, state, NULL);
  }
}

static void
append_gates (GString *text, HpCli *cli, JsonObject *metrics, const char *currency)
{
  const char *const with[]
    = { _ ("Gate"), _ ("Least"), _ ("Most"), _ ("Value"), _ ("95 % interval"), _ ("Margin"), "", NULL };
  const char *const without[] = { _ ("Gate"), _ ("Least"), _ ("Most"), _ ("Value"), _ ("Margin"), "", NULL };
  g_autoptr (HpCliTable) table = NULL;
  JsonObject *gates = object_member (metrics, "gates");
  JsonArray *outcomes = gates != NULL ? hp_json_get_array (gates, "outcomes", NULL) : NULL;
  gboolean with_intervals = FALSE;

  if (outcomes == NULL || json_array_get_length (outcomes) == 0)
    return;
  for (guint i = 0; i < json_array_get_length (outcomes); i++)
    if (JSON_NODE_HOLDS_OBJECT (json_array_get_element (outcomes, i)))
      with_intervals |= isfinite (number_member (json_array_get_object_element (outcomes, i), "low"));
  table = with_intervals ? hp_cli_table_new (with, "lrrrrrl") : hp_cli_table_new (without, "lrrrrl");
  for (guint i = 0; i < json_array_get_length (outcomes); i++)
    if (JSON_NODE_HOLDS_OBJECT (json_array_get_element (outcomes, i)))
      append_gate (table, json_array_get_object_element (outcomes, i), with_intervals, currency);
  g_string_append_c (text, '\n');
  hp_cli_table_append (table, text, cli->color_stdout);
}

static void
append_scalar (GString *text, const char *label, const HpYaml *node)
{
  if (node != NULL && node->kind == HP_YAML_SCALAR && !hp_yaml_is_null (node))
    {
      g_autofree char *shown = hp_text_printable (node->scalar, -1, 100);

      g_string_append_printf (text, "%-12s %s\n", label, shown);
    }
}

/* What it was trained on and with, from config.yaml; a config that does not read is not worth failing for here. */
static void
append_config (GString *text, HpBundle *bundle)
{
  g_autoptr (GBytes) bytes = hp_bundle_read (bundle, "config.yaml", NULL);
  g_autoptr (HpYaml) config = NULL;
  const HpYaml *imported, *data, *features;

  if (bytes != NULL)
    config = hp_yaml_parse (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), "config.yaml", NULL);
  if (config == NULL || config->kind != HP_YAML_MAPPING)
    return;
  imported = hp_yaml_get (config, "imported");
  if (imported != NULL && imported->kind == HP_YAML_MAPPING)
    {
      append_scalar (text, _ ("imported"), hp_yaml_get (imported, "file"));
      append_scalar (text, _ ("made by"), hp_yaml_get (imported, "producer"));
      append_scalar (text, _ ("objective"), hp_yaml_get (imported, "objective"));
    }
  data = hp_yaml_get (config, "data");
  if (data != NULL && data->kind == HP_YAML_MAPPING)
    {
      append_scalar (text, _ ("data"), hp_yaml_get (data, "file"));
      append_scalar (text, _ ("rows"), hp_yaml_get (data, "rows"));
    }
  append_scalar (text, _ ("seed"), hp_yaml_get (config, "seed"));
  features = hp_yaml_get (config, "features");
  if (features == NULL || features->kind != HP_YAML_SEQUENCE)
    return;
  g_string_append_printf (text, "%-12s ", _ ("features"));
  for (guint i = 0; i < features->items->len; i++)
    {
      const HpYaml *item = features->items->pdata[i];
      g_autofree char *shown = hp_text_printable (item->scalar != NULL ? item->scalar : "", -1, 40);

      g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", shown);
    }
  g_string_append_c (text, '\n');
}

/* What there is besides the metrics, by the names of diagnostics.json. One that does not read is not worth failing for. */
static gboolean
has_diagnostics (HpCli *cli, HpBundle *bundle, gboolean *influence, gboolean *curve)
{
  g_autoptr (GError) error = NULL;

  *influence = hp_bundle_get_influence (bundle, &error) != NULL;
  if (error != NULL && !g_error_matches (error, HP_ERROR, HP_ERROR_NOT_FOUND))
    hp_cli_warning (cli, "%s", error->message);
  *curve = hp_bundle_get_learning_curve (bundle, NULL) != NULL;
  return *influence || *curve;
}

static void
append_diagnostics (GString *text, HpCli *cli, HpBundle *bundle)
{
  gboolean influence, curve;

  if (has_diagnostics (cli, bundle, &influence, &curve))
    g_string_append_printf (text, "%-12s %s%s%s\n", _ ("diagnostics"), influence ? _ ("leverage of each sale") : "",
                            influence && curve ? ", " : "", curve ? _ ("learning curve") : "");
}

static void
write_diagnostics (HpJsonWriter *writer, HpCli *cli, HpBundle *bundle)
{
  gboolean influence, curve;

  has_diagnostics (cli, bundle, &influence, &curve);
  hp_json_writer_key (writer, "diagnostics");
  hp_json_writer_begin_array (writer);
  if (influence)
    hp_json_writer_string (writer, "influence");
  if (curve)
    hp_json_writer_string (writer, "learning_curve");
  hp_json_writer_end_array (writer);
}

static gboolean
show_text (HpCli *cli, const HpVersionInfo *info, HpBundle *bundle, JsonObject *metrics, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *title = NULL, *aliases = join_aliases (info), *size = g_format_size (info->size);
  g_autoptr (HpSchema) schema = hp_bundle_get_schema (bundle, NULL);
  const char *currency = schema != NULL ? schema->currency : NULL;

  title = g_strdup_printf (_ ("Version %u, %s%s%s%s"), info->version, info->family, *aliases != '\0' ? " (" : "",
                           aliases, *aliases != '\0' ? ")" : "");
  hp_cli_append_styled (text, cli->color_stdout, HP_STYLE_BOLD, title);
  g_string_append_printf (text, "\n%-12s %s\n%-12s %s (%s)\n", _ ("created"), info->created, _ ("folder"), info->path,
                          size);
  if (schema == NULL)
    hp_cli_warning (cli, _ ("what version %u was made from can't be told: see “house-price models verify %u”"),
                    info->version, info->version);
  append_config (text, bundle);
  append_diagnostics (text, cli, bundle);
  append_metrics (text, cli, metrics, currency);
  append_gates (text, cli, metrics, currency);
  return hp_cli_print (cli, text->str, error);
}

static gboolean
show_json (HpCli *cli, HpRegistry *registry, const HpVersionInfo *info, HpBundle *bundle, JsonObject *metrics,
           GError **error)
{
  g_autoptr (HpJsonWriter) writer = hp_json_writer_new (TRUE);
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), metrics);

  hp_json_writer_begin_object (writer);
  hp_json_writer_set_string (writer, "model", hp_registry_get_name (registry));
  write_info (info, writer);
  write_diagnostics (writer, cli, bundle);
  hp_json_writer_key (writer, "metrics");
  hp_json_writer_node (writer, node);
  hp_json_writer_end_object (writer);
  return hp_cli_print_json (cli, writer, error);
}

static int
run_show (HpCli *cli, gconstpointer values, char **arguments, GError **error)
{
  g_autoptr (HpRegistry) registry = hp_cli_open_registry (cli, error);
  g_autoptr (HpBundle) bundle = registry != NULL ? hp_registry_load (registry, arguments[0], error) : NULL;
  g_autoptr (GPtrArray) versions = bundle != NULL ? hp_registry_list (registry, error) : NULL;
  JsonObject *metrics = versions != NULL ? hp_bundle_get_metrics (bundle, error) : NULL;

  for (guint i = 0; metrics != NULL && i < versions->len; i++)
    {
      const HpVersionInfo *info = versions->pdata[i];

      if (info->version != hp_bundle_get_version (bundle))
        continue;
      if (cli->globals.json)
        show_json (cli, registry, info, bundle, metrics, error);
      else
        show_text (cli, info, bundle, metrics, error);
      break;
    }
  return 0;
}

#define MODELS_EXAMPLES                                                                                                \
  "house-price models\n"                                                                                               \
  "house-price models show champion\n"                                                                                 \
  "house-price models promote 3\n"                                                                                     \
  "house-price models export 3 -o house-price-3.tar"

const HpCliVerb hp_verb_models = {
  .name = "models",
  .arguments = "[VERB …]",
  .summary = N_ ("list, show, promote, check and move versions"),
  .examples = MODELS_EXAMPLES,
  .run = run_list,
};

const HpCliVerb hp_verb_models_list = {
  .name = "models list",
  .arguments = "",
  .summary = N_ ("list the versions"),
  .examples = "house-price models list\nhouse-price models list --json",
  .run = run_list,
};

const HpCliVerb hp_verb_models_show = {
  .name = "models show",
  .arguments = "VERSION",
  .summary = N_ ("show a version's metrics, gates and data"),
  .examples = "house-price models show 3\nhouse-price models show champion --json",
  .min_arguments = 1,
  .max_arguments = 1,
  .run = run_show,
};
