/* test-plot-files.c - PNG, SVG and PDF are what they say, and the same each time
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>
#include <string.h>

#include "hp-error.h"
#include "hp-plot.h"
#include "plot-samples.h"

static char *
make_svg (const HpChart *chart)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = hp_plot_to_svg (chart, 800, 500, HP_PALETTE_LIGHT, &error);

  g_assert_no_error (error);
  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

/* What an SVG defines and refers to */
typedef struct
{
  GHashTable *ids, *references;
  guint n_roots, n_paths;
  GString *title, *description, *at;
} Seen;

static void
start_cb (GMarkupParseContext *context, const char *element, const char **names, const char **values, gpointer data,
          GError **error)
{
  Seen *seen = data;

  seen->n_roots += g_str_equal (element, "svg");
  seen->n_paths += g_str_equal (element, "path");
  seen->at = g_str_equal (element, "title") ? seen->title : g_str_equal (element, "desc") ? seen->description : NULL;
  for (guint i = 0; names[i] != NULL; i++)
    {
      const char *url = strstr (values[i], "url(#");

      if (g_str_equal (names[i], "id"))
        g_assert_true (g_hash_table_add (seen->ids, g_strdup (values[i])));
      else if (g_str_has_suffix (names[i], "href"))
        g_hash_table_add (seen->references, g_strdup (values[i] + 1));
      else if (url != NULL)
        g_hash_table_add (seen->references, g_strndup (url + 5, strcspn (url + 5, ")")));
    }
}

static void
end_cb (GMarkupParseContext *context, const char *element, gpointer data, GError **error)
{
  ((Seen *) data)->at = NULL;
}

static void
text_cb (GMarkupParseContext *context, const char *text, gsize length, gpointer data, GError **error)
{
  Seen *seen = data;

  if (seen->at != NULL)
    g_string_append_len (seen->at, text, (gssize) length);
}

static void
parse (const char *svg, Seen *seen)
{
  static const GMarkupParser parser = { .start_element = start_cb, .end_element = end_cb, .text = text_cb };
  g_autoptr (GError) error = NULL;
  GMarkupParseContext *context = g_markup_parse_context_new (&parser, 0, seen, NULL);

  seen->ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  seen->references = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  seen->title = g_string_new (NULL);
  seen->description = g_string_new (NULL);
  g_markup_parse_context_parse (context, svg, -1, &error);
  g_assert_no_error (error);
  g_markup_parse_context_end_parse (context, &error);
  g_assert_no_error (error);
  g_markup_parse_context_free (context);
}

static void
seen_clear (Seen *seen)
{
  g_hash_table_unref (seen->ids);
  g_hash_table_unref (seen->references);
  g_string_free (seen->title, TRUE);
  g_string_free (seen->description, TRUE);
}

static void
test_svg (gconstpointer data)
{
  const PlotSample *sample = data;
  g_autoptr (HpChart) chart = sample->make ();
  g_autofree char *svg = make_svg (chart), *again = make_svg (chart);
  Seen seen = { 0 };
  GHashTableIter iter;
  gpointer reference;

  parse (svg, &seen);
  g_assert_cmpuint (seen.n_roots, ==, 1);
  g_assert_cmpuint (seen.n_paths, >, 5);
  g_assert_cmpstr (seen.title->str, ==, chart->title);
  g_assert_cmpstr (seen.description->str, ==, chart->summary);
  g_hash_table_iter_init (&iter, seen.references);
  while (g_hash_table_iter_next (&iter, &reference, NULL))
    g_assert_true (g_hash_table_contains (seen.ids, reference));
  g_assert_nonnull (strstr (svg, "width=\"800\" height=\"500\""));
  g_assert_cmpstr (svg, ==, again);
  seen_clear (&seen);
}

/* Pictures that stand in one page don't use each other's letters */
static void
test_ids (void)
{
  g_autoptr (GHashTable) all = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (const PlotSample *sample = plot_samples; sample->name != NULL; sample++)
    {
      g_autoptr (HpChart) chart = sample->make ();
      g_autofree char *svg = make_svg (chart);
      Seen seen = { 0 };
      GHashTableIter iter;
      gpointer id;

      parse (svg, &seen);
      g_assert_cmpuint (g_hash_table_size (seen.ids), >, 0);
      g_hash_table_iter_init (&iter, seen.ids);
      while (g_hash_table_iter_next (&iter, &id, NULL))
        g_assert_true (g_hash_table_add (all, g_strdup (id)));
      seen_clear (&seen);
    }
}

static void
test_size (void)
{
  g_autoptr (HpChart) chart = plot_sample_cloud (20000, 1);
  g_autofree char *svg = make_svg (chart);

  g_assert_cmpuint (strlen (svg), <, 400 * 1024);
}

/* A title that can't be XML as it is */
static void
test_title (void)
{
  g_autoptr (HpChart) chart = plot_sample_find ("empty");
  g_autofree char *svg = NULL;
  Seen seen = { 0 };

  g_free (chart->title);
  chart->title = g_strdup ("a\x01<b>\xff & \"c\"");
  svg = make_svg (chart);
  parse (svg, &seen);
  g_assert_cmpstr (seen.title->str, ==, "a <b>\xef\xbf\xbd & \"c\"");
  seen_clear (&seen);
}

static guint32
big_endian (const guint8 *bytes)
{
  return (guint32) bytes[0] << 24 | (guint32) bytes[1] << 16 | (guint32) bytes[2] << 8 | bytes[3];
}

static void
test_png (void)
{
  g_autoptr (HpChart) chart = plot_sample_find ("actual");
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) one = hp_plot_to_png (chart, 400, 300, 1, HP_PALETTE_LIGHT, &error);
  g_autoptr (GBytes) two = hp_plot_to_png (chart, 400, 300, 2, HP_PALETTE_LIGHT, &error);
  g_autoptr (GBytes) again = hp_plot_to_png (chart, 400, 300, 1, HP_PALETTE_LIGHT, &error);
  const guint8 *data = g_bytes_get_data (one, NULL);

  g_assert_no_error (error);
  g_assert_cmpmem (data, 8, "\x89PNG\r\n\x1a\n", 8);
  g_assert_cmpuint (big_endian (data + 16), ==, 400);
  g_assert_cmpuint (big_endian (data + 20), ==, 300);
  data = g_bytes_get_data (two, NULL);
  g_assert_cmpuint (big_endian (data + 16), ==, 800);
  g_assert_true (g_bytes_equal (one, again));
}

static guint
count (GBytes *bytes, const char *word)
{
  gsize size, length = strlen (word);
  const char *data = g_bytes_get_data (bytes, &size), *end = data + size;
  guint n = 0;

  for (const char *at = data; (at = memmem (at, (gsize) (end - at), word, length)) != NULL; at += length)
    n++;
  return n;
}

static void
test_pdf (void)
{
  g_autoptr (HpChart) chart = plot_sample_find ("boxes");
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = hp_plot_to_pdf (chart, 400, 300, HP_PALETTE_LIGHT, &error);
  g_autoptr (GBytes) again = hp_plot_to_pdf (chart, 400, 300, HP_PALETTE_LIGHT, &error);

  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), 5, "%PDF-", 5);
  g_assert_cmpuint (count (bytes, "/Type /Page\n") + count (bytes, "/Type /Page "), ==, 1);
  g_assert_cmpuint (count (bytes, "CreationDate"), ==, 0);
  g_assert_true (g_bytes_equal (bytes, again));
}

static void
test_refusals (void)
{
  static const struct
  {
    double width, height, scale;
  } bad[]
    = { { 0, 300, 1 },   { 400, 0, 1 },     { -5, 300, 1 },   { NAN, 300, 1 },   { 400, INFINITY, 1 }, { 1e9, 300, 1 },
        { 400, 300, 0 }, { 400, 300, NAN }, { 400, 300, 17 }, { 9000, 9000, 4 }, { 99, 300, 1 } };
  g_autoptr (HpChart) chart = plot_sample_find ("one");

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (hp_plot_to_png (chart, bad[i].width, bad[i].height, bad[i].scale, HP_PALETTE_LIGHT, &error));
      g_assert_error (error, HP_ERROR, HP_ERROR_USAGE);
      g_clear_error (&error);
      if (bad[i].scale != 1)
        continue;
      g_assert_null (hp_plot_to_svg (chart, bad[i].width, bad[i].height, HP_PALETTE_LIGHT, &error));
      g_assert_error (error, HP_ERROR, HP_ERROR_USAGE);
      g_clear_error (&error);
      g_assert_null (hp_plot_to_pdf (chart, bad[i].width, bad[i].height, HP_PALETTE_LIGHT, &error));
      g_assert_error (error, HP_ERROR, HP_ERROR_USAGE);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (const PlotSample *sample = plot_samples; sample->name != NULL; sample++)
    {
      g_autofree char *path = g_strconcat ("/plot/svg/", sample->name, NULL);

      g_test_add_data_func (path, sample, test_svg);
    }
  g_test_add_func ("/plot/svg/ids-of-many", test_ids);
  g_test_add_func ("/plot/svg/size", test_size);
  g_test_add_func ("/plot/svg/title-of-strangers", test_title);
  g_test_add_func ("/plot/png", test_png);
  g_test_add_func ("/plot/pdf", test_pdf);
  g_test_add_func ("/plot/refusals", test_refusals);
  return g_test_run ();
}
