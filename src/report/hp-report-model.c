/* hp-report-model.c - what kind of model a version is, what it was made from, and what it is not for
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "hp-report-version-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "hp-display.h"
#include "hp-number.h"

static void
add_fact (HpReportBlock *facts, const char *label, const char *text)
{
  if (text != NULL && *text != '\0')
    hp_report_block_add_pair (facts, label, text, NULL);
}

/* A sequence of scalars as "a, b, c"; as labels of the schema, if it is given */
static char *
join_sequence (const HpYaml *sequence, const HpSchema *schema)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; sequence != NULL && sequence->kind == HP_YAML_SEQUENCE && i < sequence->items->len; i++)
    {
      const HpYaml *item = sequence->items->pdata[i];
      g_autofree char *label = NULL;

      if (item->kind != HP_YAML_SCALAR)
        continue;
      label = schema != NULL ? hp_schema_label (schema, item->scalar) : g_strdup (item->scalar);
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", label);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* As its author wrote it: 0.1, not 0.10000000000000001 */
static char *
format_param (JsonNode *node)
{
  GType type = json_node_get_value_type (node);
  char number[HP_NUMBER_BUFFER];

  if (type == G_TYPE_STRING)
    return g_strdup (json_node_get_string (node));
  if (type != G_TYPE_DOUBLE)
    return json_to_string (node, FALSE);
  hp_number_format (number, json_node_get_double (node));
  return g_strdup (number);
}

/* "trees 600, depth 6": each parameter with the name that the command line knows */
static char *
join_params (JsonObject *params)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GList) names = params != NULL ? json_object_get_members (params) : NULL;

  for (GList *l = names; l != NULL; l = l->next)
    {
      JsonNode *node = json_object_get_member (params, l->data);
      g_autofree char *value = NULL;

      if (!JSON_NODE_HOLDS_VALUE (node))
        continue;
      value = format_param (node);
      g_string_append_printf (text, "%s%s %s", text->len > 0 ? ", " : "", (const char *) l->data, value);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
join_monotone (const HpSchema *schema)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; schema->monotone_names != NULL && schema->monotone_names[i] != NULL; i++)
    {
      g_autofree char *label = hp_schema_label (schema, schema->monotone_names[i]);

      g_string_append_printf (text, "%s%s %s", text->len > 0 ? ", " : "", label,
                              schema->monotone_signs[i] > 0 ? _ ("(more never lowers the price)")
                                                            : _ ("(more never raises the price)"));
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * hp_report_add_model:
 * @report: a report
 * @version: of which version
 *
 * Adds what kind of model it is, and what of a house it looks at.
 */
void
hp_report_add_model (HpReport *report, const HpReportVersion *version)
{
  g_autofree char *family = hp_report_family_words (hp_report_json_string (version->metrics, "family"));
  g_autofree char *params = join_params (hp_report_json_object (version->metrics, "params"));
  g_autofree char *features = join_sequence (hp_yaml_get (version->config, "features"), version->schema);
  g_autofree char *left_out = join_sequence (hp_yaml_get (version->config, "left_out"), NULL);
  g_autofree char *monotone = join_monotone (version->schema);
  JsonObject *imported = hp_report_json_object (version->metrics, "imported");
  g_autofree char *origin = NULL;
  HpReportBlock *facts;

  hp_report_add_heading (report, 2, _ ("The model"));
  facts = hp_report_add_pairs (report, HP_BLOCK_FACTS);
  origin = g_strdup_printf (_ ("%s, version %s"), version->model, version->version);
  add_fact (facts, _ ("Model and version"), origin);
  add_fact (facts, _ ("Kind"), family);
  add_fact (facts, _ ("Registered"), version->created);
  if (imported != NULL)
    {
      add_fact (facts, _ ("Imported from"), hp_report_json_string (imported, "file"));
      add_fact (facts, _ ("Made by"), hp_report_json_string (imported, "producer"));
    }
  add_fact (facts, _ ("Looks at"), features);
  add_fact (facts, _ ("Left out because they give the price away"), left_out);
  add_fact (facts, _ ("Held to"), monotone);
  add_fact (facts, _ ("Parameters"), params);
}

/* Months since the year 0 as "2010-05" */
static char *
format_month (double months)
{
  long month = lrint (floor (months));

  return g_strdup_printf ("%04ld-%02ld", month / 12, month % 12 + 1);
}

static char *
sale_dates (const HpResidualSet *set)
{
  const HpSetColumn *dates = set != NULL && set->date >= 0 ? set->columns->pdata[set->date] : NULL;
  double first = INFINITY, last = -INFINITY;
  g_autofree char *from = NULL, *to = NULL;

  for (gsize i = 0; dates != NULL && i < set->n; i++)
    if (isfinite (dates->numbers[i]))
      {
        first = fmin (first, dates->numbers[i]);
        last = fmax (last, dates->numbers[i]);
      }
  if (!isfinite (first))
    return NULL;
  from = format_month (first);
  to = format_month (last);
  return hp_report_range (from, to);
}

static char *
excluded_words (const HpSchema *schema)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < schema->exclude->len; i++)
    {
      const HpSchemaExclude *exclude = schema->exclude->pdata[i];
      g_autofree char *label = hp_schema_label (schema, exclude->column), *values = g_strjoinv (", ", exclude->values);

      g_string_append_printf (text, "%s%s: %s", text->len > 0 ? "; " : "", label, values);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* How many rows of the file were not used. Which rule took which row is said when a version is trained; the bundle
 * holds their number. */
static char *
left_out_words (double rows, double used)
{
  double n = rows - used;
  g_autofree char *text = hp_display_number (n, 0), *all = hp_display_number (rows, 0);

  if (!(n >= 0))
    return NULL;
  if (n == 0)
    return g_strdup (_ ("none"));
  return g_strdup_printf (
    _ ("%s of %s: rows that repeat another one, have no usable price, can't be true (built after they were sold), or "
       "fall under a rule below"),
    text, all);
}

static char *
split_words (const HpReportVersion *version, JsonObject *split)
{
  const char *method = hp_report_json_string (split, "method");
  double train = hp_report_json_number (split, "train"), test = hp_report_json_number (split, "test");
  g_autofree char *n_train = hp_display_number (train, 0), *n_test = hp_display_number (test, 0);
  g_autofree char *seed = hp_display_number (hp_report_json_number (split, "seed"), 0);

  if (isnan (train) || isnan (test))
    return NULL;
  if (g_strcmp0 (method, "time") == 0)
    return g_strdup_printf (_ ("%s older sales to make the model, %s newest to test it"), n_train, n_test);
  return g_strdup_printf (_ ("%s sales to make the model, %s drawn by lot to test it (seed %s)"), n_train, n_test,
                          seed);
}

static gboolean
yaml_is_true (const HpYaml *config, const char *key)
{
  const HpYaml *node = config != NULL ? hp_yaml_get (config, key) : NULL;
  gboolean value;

  return node != NULL && hp_yaml_to_boolean (node, &value) && value;
}

/**
 * hp_report_add_training:
 * @report: a report
 * @version: of which version
 *
 * Adds what sales it was made from, and how they were divided.
 */
void
hp_report_add_training (HpReport *report, const HpReportVersion *version)
{
  JsonObject *data = hp_report_json_object (version->metrics, "data");
  JsonObject *split = hp_report_json_object (version->metrics, "split");
  double rows = hp_report_json_number (data, "rows");
  double used = hp_report_json_number (split, "train") + hp_report_json_number (split, "test");
  double folds = hp_report_json_number (hp_report_json_object (version->metrics, "cv"), "folds");
  g_autofree char *n_rows = hp_display_number (rows, 0), *n_used = hp_display_number (used, 0);
  g_autofree char *left_out = left_out_words (rows, used), *dates = sale_dates (version->set);
  g_autofree char *divided = split_words (version, split), *excluded = excluded_words (version->schema);
  g_autofree char *n_folds = hp_display_number (folds, 0);
  HpReportBlock *facts;

  hp_report_add_heading (report, 2, _ ("The sales it was made from"));
  if (data == NULL)
    {
      hp_report_add_paragraph (
        report, _ ("Not known: the version was registered without them. What the model was trained on is on record "
                   "where it was made, if anywhere."));
      return;
    }
  facts = hp_report_add_pairs (report, HP_BLOCK_FACTS);
  add_fact (facts, _ ("File"), hp_report_json_string (data, "file"));
  add_fact (facts, _ ("SHA-256"), hp_report_json_string (data, "sha256"));
  if (isfinite (rows))
    add_fact (facts, _ ("Rows"), n_rows);
  if (isfinite (used))
    add_fact (facts, _ ("Sales used"), n_used);
  add_fact (facts, _ ("Rows left out"), left_out);
  add_fact (facts, _ ("Left out by rule"), excluded);
  if (version->schema->outliers == HP_OUTLIERS_IQR)
    add_fact (facts, _ ("Extreme prices"), _ ("left out (beyond 1.5 interquartile ranges)"));
  add_fact (facts, _ ("Sold"), dates);
  add_fact (facts, _ ("Divided"), divided);
  if (isfinite (folds))
    add_fact (facts, _ ("Folds"), n_folds);
  if (yaml_is_true (version->config, "refit"))
    hp_report_add_paragraph (
      report,
      _ ("All figures of this report were measured before the last step: then the model was fitted once more, in "
         "the same way, on all of these sales. It is that model which values houses."));
}

/**
 * hp_report_add_limits:
 * @report: a report
 * @version: of which version
 *
 * Adds what the version is not for.
 */
void
hp_report_add_limits (HpReport *report, const HpReportVersion *version)
{
  const char *target = hp_report_json_string (hp_report_json_object (version->metrics, "params"), "target");
  g_autofree char *dates = sale_dates (version->set);
  HpReportBlock *list;

  hp_report_add_heading (report, 2, _ ("Limits of use"));
  list = hp_report_add_list (report);
  if (dates != NULL)
    {
      g_autofree char *text = g_strdup_printf (
        _ ("It knows the market of its sales (%s). A valuation more than 24 months after the newest of "
           "them carries a warning."),
        dates);

      hp_report_block_add_item (list, text);
    }
  hp_report_block_add_item (
    list, _ ("It sees a house only by the attributes named above: what they leave out (a view, a damp cellar, a new "
             "kitchen) it can't weigh."));
  hp_report_block_add_item (
    list, _ ("A house outside what it was trained on (larger, older, in a place without sales) gets a price with a "
             "warning; such a price needs another look."));
  if (g_strcmp0 (target, "log") == 0)
    hp_report_block_add_item (
      list, _ ("It predicts about the middle price of houses like this one, not the average, which a few very dear "
               "ones would raise."));
  hp_report_block_add_item (
    list, _ ("Contributions say how the model came to a price, not what a change to the house would be worth."));
  hp_report_block_add_item (list,
                            _ ("The figures hold for sales like those measured. Small groups of sales say little."));
}
