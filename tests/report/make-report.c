/* make-report.c - writes documents of tests into a folder, for programs that look at files
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <locale.h>
#include <string.h>

#include "report-support.h"

static const char hostile[] = "</title><script src=\"http://x.example/a.js\">alert('1')</script> <img src=x onerror=y> "
                              "& \" ' ]]> --> &amp; \x01\x1b[31m \xe2\x80\xae"
                              "cod.exe\xff \xef\xbf\xbf [a](http://b) |`x` "
                              "https://c.example";

static void
save (const char *folder, const char *name, const char *suffix, const char *data, gsize length)
{
  g_autofree char *file = g_strconcat (name, suffix, NULL), *path = g_build_filename (folder, file, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, data, length, &error);
  g_assert_no_error (error);
}

static void
write_all (const char *folder, const char *name, HpPaper paper, HpReport *report)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *html = hp_report_to_html (report, paper, &error), *markdown = NULL;
  g_autoptr (GBytes) pdf = NULL;

  g_assert_no_error (error);
  pdf = hp_report_to_pdf (report, paper, &error);
  g_assert_no_error (error);
  markdown = hp_report_to_markdown (report, NULL);
  save (folder, name, ".html", html, strlen (html));
  save (folder, name, ".md", markdown, strlen (markdown));
  save (folder, name, ".pdf", g_bytes_get_data (pdf, NULL), g_bytes_get_size (pdf));
  hp_report_free (report);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_assert_cmpint (argc, ==, 2);
  write_all (argv[1], "all", HP_PAPER_A4, test_report_all_blocks (120));
  write_all (argv[1], "again", HP_PAPER_A4, test_report_all_blocks (120));
  write_all (argv[1], "letter", HP_PAPER_LETTER, test_report_all_blocks (3));
  write_all (argv[1], "hostile", HP_PAPER_A4, test_report_hostile (hostile));
  write_all (argv[1], "empty", HP_PAPER_A4, hp_report_new ("Empty", NULL, 0));
  return 0;
}
