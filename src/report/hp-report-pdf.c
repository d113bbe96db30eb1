/* hp-report-pdf.c - a report as PDF
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <cairo-pdf.h>
#include <glib/gi18n-lib.h>
#include <langinfo.h>

#include "hp-error.h"
#include "hp-report-pages-private.h"

/**
 * hp_paper_from_name:
 * @name: "a4" or "letter", in any case
 * @paper: (out): the paper
 *
 * Returns: whether there is one of that name
 */
gboolean
hp_paper_from_name (const char *name, HpPaper *paper)
{
  if (g_ascii_strcasecmp (name, "a4") == 0)
    *paper = HP_PAPER_A4;
  else if (g_ascii_strcasecmp (name, "letter") == 0)
    *paper = HP_PAPER_LETTER;
  else
    return FALSE;
  return TRUE;
}

/**
 * hp_paper_get_size:
 * @paper: a paper
 * @width: (out): its width, in points
 * @height: (out): its height
 *
 * The locale knows the height of its paper in millimetres: 279 for Letter, 297 for A4.
 */
void
hp_paper_get_size (HpPaper paper, double *width, double *height)
{
#ifdef __GLIBC__
  if (paper == HP_PAPER_LOCALE && GPOINTER_TO_INT (nl_langinfo (_NL_PAPER_HEIGHT)) == 279)
    paper = HP_PAPER_LETTER;
#endif
  *width = paper == HP_PAPER_LETTER ? 612 : 595.276;
  *height = paper == HP_PAPER_LETTER ? 792 : 841.890;
}

static cairo_status_t
append (void *data, const unsigned char *bytes, unsigned int length)
{
  g_byte_array_append (data, bytes, length);
  return CAIRO_STATUS_SUCCESS;
}

/* cairo would take the clock's time: the same report would make other bytes. */
static void
set_metadata (cairo_surface_t *surface, const HpReport *report)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (report->made);
  g_autofree char *text
    = date != NULL ? g_date_time_format (date, "%Y-%m-%dT%H:%M:%SZ") : g_strdup ("1970-01-01T00:00:00Z");

  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, report->title);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, report->maker);
  if (report->subtitle != NULL)
    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_SUBJECT, report->subtitle);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, text);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_MOD_DATE, text);
}

/* Headings of this page into the outline; parents: of level 1 and 2 */
static void
add_outline (cairo_surface_t *surface, const HpReportPages *pages, guint page, int parents[4])
{
  const GArray *places = pages->pages->pdata[page];

  for (guint i = 0; i < places->len; i++)
    {
      const HpReportPlace *where = &g_array_index (places, HpReportPlace, i);
      const HpReportItem *item = where->item;
      g_autofree char *link = NULL;

      if (item->entry == NULL)
        continue;
      link = g_strdup_printf ("page=%u pos=[0 %d]", page + 1, (int) where->y);
      parents[item->level] = cairo_pdf_surface_add_outline (surface, parents[item->level - 1], item->entry, link,
                                                            item->level < 3 ? CAIRO_PDF_OUTLINE_FLAG_OPEN : 0);
      for (guint level = item->level + 1; level < 4; level++)
        parents[level] = parents[item->level];
    }
}

/**
 * hp_report_to_pdf:
 * @report: a report
 * @paper: what it is printed on
 * @error: return location for a #GError
 *
 * Text stays text and charts stay lines: both can be searched and enlarged. Headings are the document's outline.
 *
 * Returns: (transfer full) (nullable): the file; %NULL: cairo has failed
 */
GBytes *
hp_report_to_pdf (const HpReport *report, HpPaper paper, GError **error)
{
  GByteArray *bytes = g_byte_array_new ();
  g_autoptr (HpReportPages) pages = NULL;
  double width, height;
  int parents[4] = { CAIRO_PDF_OUTLINE_ROOT, CAIRO_PDF_OUTLINE_ROOT, CAIRO_PDF_OUTLINE_ROOT, CAIRO_PDF_OUTLINE_ROOT };
  cairo_surface_t *surface;
  cairo_status_t status;
  cairo_t *cairo;

  hp_paper_get_size (paper, &width, &height);
  pages = hp_report_pages_new (report, width, height);
  surface = cairo_pdf_surface_create_for_stream (append, bytes, width, height);
  set_metadata (surface, report);
  cairo = cairo_create (surface);
  for (guint i = 0; i < pages->pages->len; i++)
    {
      hp_report_pages_draw (pages, i, cairo);
      add_outline (surface, pages, i, parents);
      cairo_show_page (cairo);
    }
  status = cairo_status (cairo);
  cairo_destroy (cairo);
  cairo_surface_finish (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    return g_byte_array_free_to_bytes (bytes);
  g_byte_array_unref (bytes);
  hp_set_error (error, HP_ERROR_FAILED, NULL, _ ("the report can't be drawn: %s"), cairo_status_to_string (status));
  return NULL;
}
