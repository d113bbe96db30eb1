/* test-segments.c - the same study for each segment of the sales
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hp-segments.h"

#include <math.h>
#include <string.h>

#include "golden/study.h"

typedef struct
{
  gsize n;
  double predicted[8], price[8];
} Seen;

static void
record (guint segment, const double *predicted, const double *price, gsize n, gpointer data)
{
  Seen *seen = (Seen *) data + segment;

  g_assert_cmpuint (n, <=, G_N_ELEMENTS (seen->predicted));
  seen->n = n;
  if (n == 0)
    return;
  memcpy (seen->predicted, predicted, n * sizeof *predicted);
  memcpy (seen->price, price, n * sizeof *price);
}

static void
test_foreach (void)
{
  const double predicted[] = { 1, 2, 3, 4, 5, 6, 7 }, price[] = { 10, 20, 30, 40, 50, 60, 70 };
  const gint32 segment[] = { 2, 0, -1, 2, 3, G_MAXINT32, 2 };
  Seen seen[4];

  memset (seen, 0xff, sizeof seen);
  hp_segments_foreach (predicted, price, segment, 7, 4, record, seen);
  g_assert_cmpuint (seen[0].n, ==, 1);
  g_assert_cmpuint (seen[1].n, ==, 0);
  g_assert_cmpuint (seen[2].n, ==, 3);
  g_assert_cmpuint (seen[3].n, ==, 1);
  g_assert_cmpfloat (seen[0].predicted[0], ==, 2);
  g_assert_true (seen[2].predicted[0] == 1 && seen[2].predicted[1] == 4 && seen[2].predicted[2] == 7);
  g_assert_true (seen[2].price[0] == 10 && seen[2].price[1] == 40 && seen[2].price[2] == 70);
  g_assert_cmpfloat (seen[3].price[0], ==, 50);

  memset (seen, 0xff, sizeof seen);
  hp_segments_foreach (NULL, NULL, NULL, 0, 2, record, seen);
  g_assert_cmpuint (seen[0].n + seen[1].n, ==, 0);
  hp_segments_foreach (predicted, price, segment, 7, 0, record, NULL);
}

/* Two golden sets, shuffled into each other, come apart as they were. */
static void
test_studies (void)
{
  const GoldenStudy *a = &golden_studies[0], *b = &golden_studies[1];
  const HpRatioOptions options = { 0.9, 50, 3 };
  gsize n = a->n + b->n, from_a = 0, from_b = 0;
  g_autofree double *estimate = g_new (double, n);
  g_autofree double *price = g_new (double, n);
  g_autofree gint32 *segment = g_new (gint32, n);
  HpRatioStudy studies[3], alone[2];
  HpMetrics metrics[3], metrics_alone[2];

  for (gsize i = 0; i < n; i++)
    {
      gboolean first = from_b == b->n || (from_a < a->n && i % 3 == 0);
      const GoldenStudy *from = first ? a : b;
      gsize at = first ? from_a++ : from_b++;

      estimate[i] = from->estimate[at];
      price[i] = from->price[at];
      segment[i] = first ? 0 : 2;
    }
  hp_ratio_study_compute_segments (estimate, price, segment, n, 3, &options, NULL, studies);
  hp_metrics_compute_segments (estimate, price, segment, n, 3, metrics);
  hp_ratio_study_compute (a->estimate, a->price, a->n, &options, NULL, &alone[0]);
  hp_ratio_study_compute (b->estimate, b->price, b->n, &options, NULL, &alone[1]);
  hp_metrics_compute (a->estimate, a->price, a->n, &metrics_alone[0]);
  hp_metrics_compute (b->estimate, b->price, b->n, &metrics_alone[1]);

  g_assert_cmpuint (studies[1].n, ==, 0);
  g_assert_cmpuint (metrics[1].n, ==, 0);
  for (guint i = 0; i < 2; i++)
    {
      g_assert_cmpmem (&metrics[2 * i], sizeof *metrics, &metrics_alone[i], sizeof *metrics);
      g_assert_cmpuint (studies[2 * i].n, ==, alone[i].n);
      for (guint id = 0; id < HP_N_RATIO; id++)
        {
          g_assert_cmpfloat (studies[2 * i].statistic[id].value, ==, alone[i].statistic[id].value);
          g_assert_cmpfloat (studies[2 * i].statistic[id].low, ==, alone[i].statistic[id].low);
          g_assert_cmpfloat (studies[2 * i].statistic[id].high, ==, alone[i].statistic[id].high);
          g_assert_cmpint (studies[2 * i].statistic[id].pass, ==, alone[i].statistic[id].pass);
        }
    }
}

static JsonArray *
parse_segments (HpJsonWriter *writer, JsonNode **node)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  gsize length;

  hp_json_writer_end_array (writer);
  text = hp_json_writer_steal (writer, &length);
  *node = hp_json_parse (text, length, length, "segments", &error);
  g_assert_no_error (error);
  return json_node_get_array (*node);
}

static void
test_json (void)
{
  char *keys[] = { (char *) "Elm \"Street\"", (char *) "Empty", (char *) ">=5", NULL };
  double from[] = { NAN, NAN, 5 }, to[] = { NAN, NAN, INFINITY };
  gsize sizes[] = { 30, 0, 11 };
  const HpSegmentation segmentation
    = { .by = (char *) "location", .n = 3, .keys = keys, .labels = keys, .from = from, .to = to, .sizes = sizes };
  const HpRatioOptions options = { 0.95, 0, 1 };
  const GoldenStudy *golden = &golden_studies[0];
  g_autofree gint32 *segment = g_new (gint32, golden->n);
  g_autoptr (HpJsonWriter) writer = hp_json_writer_new (FALSE), metrics_writer = hp_json_writer_new (TRUE);
  g_autoptr (JsonNode) node = NULL, metrics_node = NULL;
  HpCoverage coverage[3] = { { .n = 30 }, { 0 }, { .n = 11, .coverage = 1 } };
  HpRatioStudy studies[3];
  HpMetrics metrics[3];
  JsonArray *array;
  JsonObject *object, *interval;

  for (gsize i = 0; i < golden->n; i++)
    segment[i] = i < 30 ? 0 : 2;
  hp_ratio_study_compute_segments (golden->estimate, golden->price, segment, golden->n, 3, &options, NULL, studies);
  hp_metrics_compute_segments (golden->estimate, golden->price, segment, golden->n, 3, metrics);

  hp_json_writer_begin_array (writer);
  hp_ratio_study_write_segments (&segmentation, studies, writer);
  array = parse_segments (writer, &node);
  g_assert_cmpuint (json_array_get_length (array), ==, 2);
  object = json_array_get_object_element (array, 0);
  g_assert_cmpstr (json_object_get_string_member (object, "by"), ==, "location");
  g_assert_cmpstr (json_object_get_string_member (object, "value"), ==, "Elm \"Street\"");
  g_assert_false (json_object_has_member (object, "from"));
  g_assert_cmpint (json_object_get_int_member (object, "n"), ==, 30);
  g_assert_true (json_object_get_boolean_member (object, "graded"));
  g_assert_cmpfloat (json_object_get_double_member (json_object_get_object_member (object, "cod"), "value"), ==,
                     studies[0].statistic[HP_RATIO_COD].value);
  object = json_array_get_object_element (array, 1);
  g_assert_cmpstr (json_object_get_string_member (object, "value"), ==, ">=5");
  g_assert_cmpint (json_object_get_int_member (object, "from"), ==, 5);
  g_assert_true (json_object_get_null_member (object, "to"));
  g_assert_cmpint (json_object_get_int_member (object, "n"), ==, 11);
  g_assert_false (json_object_get_boolean_member (object, "graded"));
  g_assert_true (json_object_get_null_member (json_object_get_object_member (object, "cod"), "pass"));

  hp_json_writer_begin_array (metrics_writer);
  hp_metrics_write_segments (&segmentation, metrics, coverage, metrics_writer);
  array = parse_segments (metrics_writer, &metrics_node);
  g_assert_cmpuint (json_array_get_length (array), ==, 2);
  object = json_array_get_object_element (array, 1);
  g_assert_cmpstr (json_object_get_string_member (object, "value"), ==, ">=5");
  g_assert_cmpint (json_object_get_int_member (object, "n"), ==, 11);
  g_assert_false (json_object_get_boolean_member (object, "graded"));
  g_assert_cmpfloat (json_object_get_double_member (object, "mae"), ==, metrics[2].value[HP_METRIC_MAE]);
  g_assert_true (json_object_get_null_member (object, "vei"));
  interval = json_object_get_object_member (json_object_get_object_member (object, "intervals"), "ppe10");
  g_assert_cmpfloat (json_object_get_double_member (interval, "low"), <, metrics[2].value[HP_METRIC_PPE10]);
  g_assert_cmpfloat (json_object_get_double_member (interval, "high"), >=, metrics[2].value[HP_METRIC_PPE10]);
  /* Wilson's interval of 11 of 11 */
  interval = json_object_get_object_member (object, "interval");
  g_assert_cmpfloat_with_epsilon (json_object_get_double_member (interval, "coverage_low"), 0.7411670, 1e-7);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/segments/foreach", test_foreach);
  g_test_add_func ("/segments/studies", test_studies);
  g_test_add_func ("/segments/json", test_json);
  return g_test_run ();
}
