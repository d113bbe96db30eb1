/* verb-ratio.c - a ratio study of anyone's estimates
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "hp-cli-segments.h"
#include "hp-cli.h"
#include "hp-csv.h"
#include "hp-number.h"
#include "hp-segments.h"
#include "hp-text.h"

typedef struct
{
  char *estimate, *price, *by;
} Options;

static const HpCliOption options[] = {
  { "estimate", 0, HP_CLI_TEXT, G_STRUCT_OFFSET (Options, estimate), N_ ("COL"),
    N_ ("Column of estimates (default: estimate, predicted_price …)") },
  { "price", 0, HP_CLI_TEXT, G_STRUCT_OFFSET (Options, price), N_ ("COL"),
    N_ ("Column of sale prices (default: price, sale_price …)") },
  { "by", 0, HP_CLI_TEXT, G_STRUCT_OFFSET (Options, by), N_ ("COL"),
    N_ ("Also a study for each value of this column") },
  { NULL },
};

static const char *const estimate_names[]
  = { "estimate",       "estimated_price", "predicted_price", "predicted", "prediction",
      "assessed_value", "appraised_value", "assessment",      "value",     NULL };
static const char *const price_names[] = { "price", "sale_price", "sold_price", "saleprice", NULL };

/* The pairs of a file, and the column that groups them */
typedef struct
{
  GArray *estimate, *price; /* of double */
  GPtrArray *cells;         /* (element-type utf8); empty without --by */
  gsize n_left_out;
  char *estimate_name, *price_name;
} Pairs;

static void
pairs_clear (Pairs *pairs)
{
  g_clear_pointer (&pairs->estimate, g_array_unref);
  g_clear_pointer (&pairs->price, g_array_unref);
  g_clear_pointer (&pairs->cells, g_ptr_array_unref);
  g_free (pairs->estimate_name);
  g_free (pairs->price_name);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Pairs, pairs_clear)

static int
find_column (HpCsvReader *reader, const char *given, const char *const *names, const char *option, GError **error)
{
  g_autofree char *list = NULL;
  const char *near_name = NULL;
  int column = given != NULL ? hp_csv_reader_find_column (reader, given) : -1;

  for (; given == NULL && *names != NULL && column < 0; names++)
    column = hp_csv_reader_find_column (reader, *names);
  if (column >= 0)
    return column;
  list = g_strjoinv (", ", (char **) hp_csv_reader_get_columns (reader));
  if (given != NULL)
    near_name = hp_text_suggest (given, hp_csv_reader_get_columns (reader));
  if (near_name != NULL)
    hp_set_error (error, HP_ERROR_BAD_DATA, given, _ ("%s:1: no column “%s”; did you mean “%s”?"),
                  hp_csv_reader_get_name (reader), given, near_name);
  else
    {
      g_autofree char *shown = hp_text_printable (list, -1, 200);

      hp_set_error (error, HP_ERROR_BAD_DATA, given, _ ("%s:1: name the column with %s: the file has %s"),
                    hp_csv_reader_get_name (reader), option, shown);
    }
  return -1;
}

/* A missing cell is no number, and no error either: its sale is left out. */
static gboolean
parse_cell (HpCsvReader *reader, const HpCsvField *field, const char *column, double *value, GError **error)
{
  g_autofree char *shown = NULL;

  *value = NAN;
  if (hp_csv_is_missing (field->text, field->length) || hp_number_parse (field->text, field->length, value))
    return TRUE;
  shown = hp_text_printable (field->text, field->length, 40);
  hp_set_error (error, HP_ERROR_BAD_DATA, column,
                _ ("%s:%lu:%u: %s: “%s” is not a number; write it without currency and separators"),
                hp_csv_reader_get_name (reader), (gulong) hp_csv_reader_get_line (reader), field->column, column,
                shown);
  return FALSE;
}

static gboolean
add_pair (HpCsvReader *reader, const int column[3], Pairs *pairs, GError **error)
{
  const HpCsvField *fields = hp_csv_reader_get_fields (reader);
  double estimate, price;

  if (!parse_cell (reader, fields + column[0], pairs->estimate_name, &estimate, error)
      || !parse_cell (reader, fields + column[1], pairs->price_name, &price, error))
    return FALSE;
  if (!hp_ratio_pair_is_usable (estimate, price))
    {
      pairs->n_left_out++;
      return TRUE;
    }
  g_array_append_val (pairs->estimate, estimate);
  g_array_append_val (pairs->price, price);
  if (column[2] >= 0)
    g_ptr_array_add (pairs->cells, g_strndup (fields[column[2]].text, fields[column[2]].length));
  return TRUE;
}

static gboolean
find_columns (HpCsvReader *reader, const Options *given, int column[3], Pairs *pairs, GError **error)
{
  const char *const none[] = { NULL };

  column[0] = find_column (reader, given->estimate, estimate_names, "--estimate", error);
  column[1] = column[0] >= 0 ? find_column (reader, given->price, price_names, "--price", error) : -1;
  if (column[1] < 0)
    return FALSE;
  column[2] = given->by != NULL ? find_column (reader, given->by, none, "--by", error) : -1;
  if (given->by != NULL && column[2] < 0)
    return FALSE;
  pairs->estimate_name = g_strdup (hp_csv_reader_get_columns (reader)[column[0]]);
  pairs->price_name = g_strdup (hp_csv_reader_get_columns (reader)[column[1]]);
  return TRUE;
}

static gboolean
read_pairs (const char *path, const Options *given, Pairs *pairs, GError **error)
{
  g_autoptr (HpCsvReader) reader = hp_csv_reader_open (path, error);
  int column[3];

  pairs->estimate = g_array_new (FALSE, FALSE, sizeof (double));
  pairs->price = g_array_new (FALSE, FALSE, sizeof (double));
  pairs->cells = g_ptr_array_new_with_free_func (g_free);
  if (reader == NULL || !find_columns (reader, given, column, pairs, error))
    return FALSE;
  for (;;)
    switch (hp_csv_reader_next (reader, error))
      {
      case HP_CSV_RECORD:
        if (!add_pair (reader, column, pairs, error))
          return FALSE;
        break;
      case HP_CSV_END:
        if (pairs->price->len > 0)
          return TRUE;
        hp_set_error (error, HP_ERROR_BAD_DATA, NULL, _ ("%s: no row has both an estimate and a price above 0"),
                      hp_csv_reader_get_name (reader));
        return FALSE;
      case HP_CSV_BAD:
      case HP_CSV_FAILED:
      default:
        return FALSE;
      }
}

static char *
format_statistic (HpRatioId id, double value)
{
  HpMetric metric;

  if (hp_metric_from_name (hp_ratio_name (id), &metric))
    return hp_cli_metric (metric, value, NULL);
  return hp_display_number (value, id == HP_RATIO_COV ? 1 : 3);
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
append_segments (GString *text, HpCli *cli, const HpCliSegments *segments, const HpRatioStudy *studies)
{
  static const HpRatioId shown[] = { HP_RATIO_MEDIAN, HP_RATIO_COD, HP_RATIO_PRD, HP_RATIO_PRB };
  const char *const titles[] = { segments->by, _ ("Sales"), _ ("Median ratio"), "COD", "PRD", "PRB", "", NULL };
  g_autoptr (HpCliTable) table = hp_cli_table_new (titles, "lrrrrrl");

  for (guint s = 0; s < segments->n; s++)
    {
      gboolean graded = studies[s].n >= HP_RATIO_MIN_GRADED;
      g_autofree char *n = hp_display_count (studies[s].n);
      char *cells[G_N_ELEMENTS (shown)];

      if (studies[s].n == 0)
        continue;
      for (guint i = 0; i < G_N_ELEMENTS (shown); i++)
        cells[i] = format_statistic (shown[i], studies[s].statistic[shown[i]].value);
      hp_cli_table_add (table, graded ? HP_STYLE_NONE : HP_STYLE_DIM, segments->labels->pdata[s], n, cells[0], cells[1],
                        cells[2], cells[3],
                        !graded                ? _ ("too few to grade")
                        : passes (&studies[s]) ? _ ("pass")
                                               : _ ("fail"),
                        NULL);
      for (guint i = 0; i < G_N_ELEMENTS (shown); i++)
        g_free (cells[i]);
    }
  g_string_append_c (text, '\n');
  hp_cli_table_append (table, text, cli->color_stdout);
}

static gboolean
print_text (HpCli *cli, const char *path, const Pairs *pairs, const HpRatioStudy *study, const HpCliSegments *segments,
            const HpRatioStudy *studies, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *n = hp_display_count (study->n), *left_out = hp_display_count (pairs->n_left_out);

  g_string_append_printf (text, ngettext ("%s: %s sale, %s against %s\n", "%s: %s sales, %s against %s\n", study->n),
                          path, n, pairs->estimate_name, pairs->price_name);
  if (pairs->n_left_out > 0)
    g_string_append_printf (text,
                            ngettext ("%s row left out: no estimate or price above 0\n",
                                      "%s rows left out: no estimate or price above 0\n", pairs->n_left_out),
                            left_out);
  g_string_append_c (text, '\n');
  append_study (text, cli, study);
  if (segments != NULL)
    append_segments (text, cli, segments, studies);
  return hp_cli_print (cli, text->str, error);
}

static gboolean
print_json (HpCli *cli, const char *path, const Pairs *pairs, const HpRatioStudy *study, const HpCliSegments *segments,
            const HpRatioStudy *studies, GError **error)
{
  g_autoptr (HpJsonWriter) writer = hp_json_writer_new (TRUE);

  hp_json_writer_begin_object (writer);
  hp_json_writer_set_string (writer, "file", path);
  hp_json_writer_set_string (writer, "estimate", pairs->estimate_name);
  hp_json_writer_set_string (writer, "price", pairs->price_name);
  hp_json_writer_set_int (writer, "left_out", pairs->n_left_out);
  hp_ratio_study_write (study, writer);
  if (segments != NULL)
    hp_ratio_study_write_segments (segments->by, (const char *const *) segments->labels->pdata, studies, segments->n,
                                   writer);
  hp_json_writer_end_object (writer);
  return hp_cli_print_json (cli, writer, error);
}

static int
run (HpCli *cli, gconstpointer values, char **arguments, GError **error)
{
  const Options *given = values;
  g_auto (Pairs) pairs = { NULL };
  g_autoptr (HpCliSegments) segments = NULL;
  g_autoptr (HpTeam) team = NULL;
  g_autofree HpRatioStudy *studies = NULL;
  HpRatioStudy study;
  const double *estimate, *price;
  const char *file = g_str_equal (arguments[0], "-") ? _ ("standard input") : arguments[0];

  if (!read_pairs (arguments[0], given, &pairs, error))
    return 0;
  estimate = (const double *) (gpointer) pairs.estimate->data;
  price = (const double *) (gpointer) pairs.price->data;
  if (given->by != NULL)
    {
      segments = hp_cli_segments_new (given->by, pairs.cells, error);
      if (segments == NULL)
        return 0;
      studies = g_new0 (HpRatioStudy, MAX (segments->n, 1));
    }
  team = hp_team_new (cli->jobs);
  hp_ratio_study_compute (estimate, price, pairs.price->len, NULL, team, &study);
  if (segments != NULL)
    hp_ratio_study_compute_segments (estimate, price, segments->segment, pairs.price->len, segments->n, NULL, team,
                                     studies);
  (cli->globals.json ? print_json : print_text) (cli, file, &pairs, &study, segments, studies, error);
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
        "A number with many values is grouped by its quartiles."),
  .options = options,
  .options_size = sizeof (Options),
  .min_arguments = 1,
  .max_arguments = 1,
  .run = run,
};
