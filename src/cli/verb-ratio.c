/* verb-ratio.c - a ratio study of anyone's estimates
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "hp-cli.h"
#include "hp-metric-text.h"
#include "hp-segments.h"

typedef struct
{
  char *estimate, *price, **by;
} Options;

static const HpCliOption options[] = {
  { "estimate", 0, HP_CLI_TEXT, G_STRUCT_OFFSET (Options, estimate), N_ ("COL"),
    N_ ("Column of estimates (default: estimate, predicted_price …)") },
  { "price", 0, HP_CLI_TEXT, G_STRUCT_OFFSET (Options, price), N_ ("COL"),
    N_ ("Column of sale prices (default: price, sale_price …)") },
  { "by", 0, HP_CLI_LIST, G_STRUCT_OFFSET (Options, by), N_ ("COL"),
    N_ ("Also a study by this column, or by price_decile") },
  { NULL },
};

/* The study of each segment of one column */
typedef struct
{
  HpSegmentation *segmentation;
  HpRatioStudy *studies;
} Group;

static void
group_free (gpointer data)
{
  Group *group = data;

  hp_segmentation_free (group->segmentation);
  g_free (group->studies);
  g_free (group);
}

typedef struct
{
  HpResidualSet *set;
  gsize n_left_out;
  HpRatioStudy study;
  GPtrArray *groups; /* (element-type Group) */
} Study;

static void
study_clear (Study *study)
{
  g_clear_pointer (&study->set, hp_residual_set_free);
  g_clear_pointer (&study->groups, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Study, study_clear)

static char *
format_statistic (HpRatioId id, double value)
{
  return hp_ratio_to_text (id, value, NULL);
}

static char *
format_range (HpRatioId id, double low, double high)
{
  g_autofree char *from = format_statistic (id, low), *to = format_statistic (id, high);

  if (isnan (low) || isnan (high))
    return g_strdup ("");
  return g_strdup_printf ("%s – %s", from, to);
}

static void
append_study (GString *text, HpCli *cli, const HpRatioStudy *study)
{
  const char *const titles[] = { _ ("Statistic"), _ ("Value"), _ ("95 % interval"), _ ("Standard"), "", NULL };
  g_autoptr (HpCliTable) table = hp_cli_table_new (titles, "lrrrl");

  for (guint id = 0; id < HP_N_RATIO; id++)
    {
      const HpRatioStatistic *statistic = &study->statistic[id];
      g_autofree char *value = format_statistic (id, statistic->value);
      g_autofree char *interval = format_range (id, statistic->low, statistic->high);
      g_autofree char *standard = format_range (id, statistic->standard_low, statistic->standard_high);
      const char *grade = statistic->pass == HP_GRADE_PASS   ? _ ("pass")
                          : statistic->pass == HP_GRADE_FAIL ? _ ("fail")
                                                             : "";

      hp_cli_table_add (table, statistic->pass == HP_GRADE_FAIL ? HP_STYLE_BAD : HP_STYLE_NONE, hp_ratio_label (id),
                        value, interval, standard, grade, NULL);
    }
  hp_cli_table_append (table, text, cli->color_stdout);
  if (study->bias_unacceptable)
    g_string_append (text, _ ("The price-related bias is unacceptable: its interval lies outside ±0.10.\n"));
  if (study->chasing_hint)
    g_string_append (text, _ ("A COD below 5 hints at estimates that follow the sale prices.\n"));
}

static gboolean
passes (const HpRatioStudy *study)
{
  for (guint id = 0; id < HP_N_RATIO; id++)
    if (study->statistic[id].pass == HP_GRADE_FAIL)
      return FALSE;
  return TRUE;
}

static void
append_group (GString *text, HpCli *cli, const Group *group)
{
  static const HpRatioId shown[] = { HP_RATIO_MEDIAN, HP_RATIO_COD, HP_RATIO_PRD, HP_RATIO_PRB };
  const HpSegmentation *segmentation = group->segmentation;
  const char *const titles[] = { segmentation->label, _ ("Sales"), _ ("Median ratio"), "COD", "PRD", "PRB", "", NULL };
  g_autoptr (HpCliTable) table = hp_cli_table_new (titles, "lrrrrrl");

  for (guint s = 0; s < segmentation->n; s++)
    {
      const HpRatioStudy *study = &group->studies[s];
      gboolean graded = study->n >= HP_RATIO_MIN_GRADED;
      g_autofree char *n = hp_display_count (study->n);
      char *cells[G_N_ELEMENTS (shown)];

      for (guint i = 0; i < G_N_ELEMENTS (shown); i++)
        cells[i] = format_statistic (shown[i], study->statistic[shown[i]].value);
      hp_cli_table_add (table, graded ? HP_STYLE_NONE : HP_STYLE_DIM, segmentation->labels[s], n, cells[0], cells[1],
                        cells[2], cells[3],
                        !graded          ? _ ("too few to grade")
                        : passes (study) ? _ ("pass")
                                         : _ ("fail"),
                        NULL);
      for (guint i = 0; i < G_N_ELEMENTS (shown); i++)
        g_free (cells[i]);
    }
  g_string_append_c (text, '\n');
  hp_cli_table_append (table, text, cli->color_stdout);
}

static gboolean
print_text (HpCli *cli, const char *path, const Study *study, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *n = hp_display_count (study->study.n), *left_out = hp_display_count (study->n_left_out);

  g_string_append_printf (text,
                          ngettext ("%s: %s sale, %s against %s\n", "%s: %s sales, %s against %s\n", study->study.n),
                          path, n, study->set->predicted_name, study->set->price_name);
  if (study->n_left_out > 0)
    g_string_append_printf (text,
                            ngettext ("%s row left out: no estimate or price above 0\n",
                                      "%s rows left out: no estimate or price above 0\n", study->n_left_out),
                            left_out);
  g_string_append_c (text, '\n');
  append_study (text, cli, &study->study);
  for (guint i = 0; i < study->groups->len; i++)
    append_group (text, cli, study->groups->pdata[i]);
  return hp_cli_print (cli, text->str, error);
}

static gboolean
print_json (HpCli *cli, const char *path, const Study *study, GError **error)
{
  g_autoptr (HpJsonWriter) writer = hp_json_writer_new (TRUE);

  hp_json_writer_begin_object (writer);
  hp_json_writer_set_string (writer, "file", path);
  hp_json_writer_set_string (writer, "estimate", study->set->predicted_name);
  hp_json_writer_set_string (writer, "price", study->set->price_name);
  hp_json_writer_set_int (writer, "left_out", (gint64) study->n_left_out);
  hp_ratio_study_write (&study->study, writer);
  if (study->groups->len > 0)
    {
      hp_json_writer_key (writer, "segments");
      hp_json_writer_begin_array (writer);
      for (guint i = 0; i < study->groups->len; i++)
        {
          const Group *group = study->groups->pdata[i];

          hp_ratio_study_write_segments (group->segmentation, group->studies, writer);
        }
      hp_json_writer_end_array (writer);
    }
  hp_json_writer_end_object (writer);
  return hp_cli_print_json (cli, writer, error);
}

static gboolean
split_by (const char *by, HpTeam *team, Study *study, GError **error)
{
  const HpResidualSet *set = study->set;
  HpSegmentation *segmentation = hp_segmentation_new (set, by, error);
  Group *group;

  if (segmentation == NULL)
    return FALSE;
  group = g_new0 (Group, 1);
  group->segmentation = segmentation;
  group->studies = g_new0 (HpRatioStudy, MAX (segmentation->n, 1));
  hp_ratio_study_compute_segments (set->predicted, set->price, segmentation->segment, set->n, segmentation->n, NULL,
                                   team, group->studies);
  g_ptr_array_add (study->groups, group);
  return TRUE;
}

static int
run (HpCli *cli, gconstpointer values, char **arguments, GError **error)
{
  const Options *given = values;
  const char *file = g_str_equal (arguments[0], "-") ? _ ("standard input") : arguments[0];
  g_auto (Study) study = { NULL };
  g_autoptr (HpTeam) team = NULL;

  study.set
    = hp_residual_set_new_estimates (arguments[0], given->estimate, given->price, NULL, &study.n_left_out, error);
  if (study.set == NULL)
    return 0;
  study.groups = g_ptr_array_new_with_free_func (group_free);
  team = hp_team_new (cli->jobs);
  for (guint i = 0; given->by != NULL && given->by[i] != NULL; i++)
    if (!split_by (given->by[i], team, &study, error))
      return 0;
  hp_ratio_study_compute (study.set->predicted, study.set->price, study.set->n, NULL, team, &study.study);
  (cli->globals.json ? print_json : print_text) (cli, file, &study, error);
  return 0;
}

const HpCliVerb hp_verb_ratio = {
  .name = "ratio",
  .arguments = "FILE",
  .summary = N_ ("a ratio study of anyone's estimates"),
  .examples = "house-price ratio valued.csv\n"
              "house-price ratio roll.csv --estimate assessed_value --price sale_price --by town",
  .details
  = N_ ("Needs no model: estimates and sale prices are enough. Groups with fewer than 30 sales are not graded.\n"
        "A number with many values is cut into bands; price_decile is by tenths in order of the estimate."),
  .options = options,
  .options_size = sizeof (Options),
  .min_arguments = 1,
  .max_arguments = 1,
  .run = run,
};
