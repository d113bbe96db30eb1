/* test-report-document.c - the document of a report and what its writers make of it
 *
 * What stands in files of HTML and PDF is looked at by test-report-files.py.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hp-report-pages.h"
#include "report-support.h"

#include <string.h>

static void
test_clean (void)
{
  static const struct
  {
    const char *given, *kept;
  } cases[] = {
    { "plain", "plain" },
    { "  two\n\twords  ", "two words" },
    { "bell\a and \x1b[31mred", "bell and [31mred" },
    { "\xe2\x80\xaegpj.exe\xe2\x81\xa6", "gpj.exe" },
    { "12 %, 5%", "12\xc2\xa0%, 5%" },
    { "12\xc2\xa0%", "12\xc2\xa0%" },
    { "bad \xff byte", "bad \xef\xbf\xbd byte" },
    { "\xef\xbb\xbfmark \xef\xbf\xbe\xf0\x9f\xbf\xbf.", "mark ." },
    { "", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (HpReport) report = hp_report_new ("x", NULL, 0);
      HpReportBlock *block = hp_report_add_list (report);

      hp_report_block_add_item (block, cases[i].given);
      g_assert_cmpstr (block->items->pdata[0], ==, cases[i].kept);
    }
}

/* A text without end does not make a report without end. */
static void
test_long (void)
{
  g_autoptr (HpReport) report = hp_report_new ("x", NULL, 0);
  g_autofree char *text = g_strnfill (100000, 'x');
  HpReportBlock *block = hp_report_add_paragraph (report, text);

  g_assert_cmpint (g_utf8_strlen (block->text, -1), ==, 4001);
  g_assert_true (g_str_has_suffix (block->text, "…"));
}

static void
test_numbers (void)
{
  g_autoptr (HpReport) report = hp_report_new ("x", "", 0);
  HpReportBlock *block = hp_report_add_paragraph (report, "one"), *other = hp_report_add_paragraph (report, "two");

  g_assert_null (report->subtitle);
  g_assert_null (report->date);
  hp_report_add_note (report, block, "a");
  hp_report_add_note (report, other, "b");
  hp_report_add_note (report, other, " a ");
  g_assert_cmpint (report->notes->len, ==, 2);
  g_assert_cmpint (g_array_index (other->notes, guint, 0), ==, 2);
  g_assert_cmpint (g_array_index (other->notes, guint, 1), ==, 1);
  hp_report_add_table (report, NULL);
  hp_report_add_table (report, "first");
  g_assert_cmpint (hp_report_get_last_block (report)->number, ==, 1);
  g_assert_cmpint (hp_report_add_chart (report, test_report_chart ("c", 3), FALSE)->number, ==, 1);
  g_assert_cmpint (hp_report_add_chart (report, test_report_chart ("d", 3), FALSE)->number, ==, 2);
}

static void
test_markdown (void)
{
  g_autoptr (HpReport) report = test_report_all_blocks (3);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "golden", "report", "document.md", NULL);
  g_autofree char *text = hp_report_to_markdown (report, "document-%u.svg"), *expected = NULL;
  g_autoptr (GError) error = NULL;

  if (g_strcmp0 (g_getenv ("HOUSE_PRICE_GOLDEN"), "write") == 0)
    g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
  g_file_get_contents (path, &expected, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, expected);
}

static void
assert_markdown (const char *text, const char *expected)
{
  g_autoptr (HpReport) report = hp_report_new ("x", NULL, 0);
  g_autofree char *markdown = NULL;
  const char *body;

  hp_report_add_paragraph (report, text);
  markdown = hp_report_to_markdown (report, NULL);
  g_assert_true (g_str_has_prefix (markdown, "# x\n\n"));
  body = markdown + strlen ("# x\n\n");
  g_assert_true (g_str_has_prefix (body, expected));
  g_assert_true (g_str_has_prefix (body + strlen (expected), "\n\n*House Price Predictor"));
}

static void
test_markdown_escapes (void)
{
  assert_markdown ("a plain sentence (really), at 5.5 %.", "a plain sentence (really), at 5.5\xc2\xa0%.");
  assert_markdown ("<script>x</script>", "\\<script\\>x\\</script\\>");
  assert_markdown ("[a](http://b) ![c](d)", "\\[a\\](http\\://b) \\!\\[c\\](d)");
  assert_markdown ("*a* _b_ `c` ~d~ |e| \\", "\\*a\\* \\_b\\_ \\`c\\` \\~d\\~ \\|e\\| \\\\");
  assert_markdown ("# no heading", "\\# no heading");
  assert_markdown ("- no list", "\\- no list");
  assert_markdown ("12. no list", "12\\. no list");
  assert_markdown ("3) no list", "3\\) no list");
  assert_markdown ("&amp; @somebody ^1", "\\&amp; \\@somebody \\^1");
}

static void
test_paper (void)
{
  HpPaper paper = HP_PAPER_LOCALE;
  double width, height;

  g_assert_true (hp_paper_from_name ("A4", &paper));
  g_assert_cmpint (paper, ==, HP_PAPER_A4);
  g_assert_true (hp_paper_from_name ("letter", &paper));
  hp_paper_get_size (paper, &width, &height);
  g_assert_cmpfloat (width, ==, 612);
  g_assert_cmpfloat (height, ==, 792);
  g_assert_false (hp_paper_from_name ("a5", &paper));
  g_assert_false (hp_paper_from_name ("", &paper));
  /* the locale of the tests has A4 */
  hp_paper_get_size (HP_PAPER_LOCALE, &width, &height);
  g_assert_cmpfloat_with_epsilon (height, 841.89, 0.01);
}

/* More rows are more pages, a block is never lost, and what no page holds is cut rather than looped over for ever. */
static void
test_pages (void)
{
  guint before = 0;

  for (guint rows = 0; rows <= 200; rows += 50)
    {
      g_autoptr (HpReport) report = test_report_all_blocks (rows);
      g_autoptr (HpReportPages) pages = hp_report_pages_new (report, 595, 842);

      g_assert_cmpint (hp_report_pages_get_n (pages), >=, before);
      before = hp_report_pages_get_n (pages);
    }
  g_assert_cmpint (before, >=, 4);
}

static void
test_tiny_paper (void)
{
  g_autoptr (HpReport) report = test_report_all_blocks (5);
  g_autoptr (HpReportPages) pages = hp_report_pages_new (report, 200, 150);

  g_assert_cmpint (hp_report_pages_get_n (pages), >, 10);
}

static void
test_draw (void)
{
  g_autoptr (HpReport) report = test_report_all_blocks (5);
  g_autoptr (HpReportPages) pages = hp_report_pages_new (report, 595, 842);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, 595, 842);
  cairo_t *cairo = cairo_create (surface);
  const guchar *pixels;
  gsize inked = 0;

  hp_report_pages_draw (pages, 0, cairo);
  g_assert_cmpint (cairo_status (cairo), ==, CAIRO_STATUS_SUCCESS);
  cairo_surface_flush (surface);
  pixels = cairo_image_surface_get_data (surface);
  for (int y = 0; y < 842; y++)
    for (int x = 0; x < 595; x++)
      inked += pixels[y * cairo_image_surface_get_stride (surface) + x] > 0;
  g_assert_cmpint (inked, >, 5000);
  /* nothing in the margins */
  for (int y = 0; y < 842; y++)
    for (int x = 0; x < 595; x++)
      if (x < 44 || x > 551 || y < 44)
        g_assert_cmpint (pixels[y * cairo_image_surface_get_stride (surface) + x], ==, 0);
  cairo_destroy (cairo);
  cairo_surface_destroy (surface);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/report/document/clean", test_clean);
  g_test_add_func ("/report/document/long", test_long);
  g_test_add_func ("/report/document/numbers", test_numbers);
  g_test_add_func ("/report/markdown/golden", test_markdown);
  g_test_add_func ("/report/markdown/escapes", test_markdown_escapes);
  g_test_add_func ("/report/pdf/paper", test_paper);
  g_test_add_func ("/report/pdf/pages", test_pages);
  g_test_add_func ("/report/pdf/tiny-paper", test_tiny_paper);
  g_test_add_func ("/report/pdf/draw", test_draw);
  return g_test_run ();
}
