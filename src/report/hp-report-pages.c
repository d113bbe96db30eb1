/* hp-report-pages.c - items cut into pages, and a page drawn
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "hp-report-pages-private.h"

#include <glib/gi18n-lib.h>

#define MARGIN_SIDE   48.0 /* 17 mm */
#define MARGIN_TOP    48.0
#define MARGIN_BOTTOM 60.0 /* with the foot in it */

/* Puts an item on a page */
static void
place (GArray *page, const HpReportItem *item, double y)
{
  HpReportPlace where = { item, y };

  g_array_append_val (page, where);
}

static GArray *
begin_page (HpReportPages *pages)
{
  GArray *page = g_array_new (FALSE, FALSE, sizeof (HpReportPlace));

  g_ptr_array_add (pages->pages, page);
  return page;
}

/* How high the items are that must stand with this one, from one that is the first of a page or not */
static double
measure_chain (const GPtrArray *items, guint from, gboolean first, guint *n)
{
  double height = 0;
  guint i = from;

  for (;; i++)
    {
      const HpReportItem *item = items->pdata[i];

      height += (i > from || !first ? item->space : 0) + item->height;
      if (!item->keep || i + 1 == items->len)
        break;
    }
  *n = i + 1 - from;
  return height;
}

static void
paginate (HpReportPages *pages)
{
  const GPtrArray *items = pages->layout->items;
  GArray *page = begin_page (pages);
  double y = 0, bottom = pages->layout->height;

  for (guint i = 0, n; i < items->len; i += n)
    {
      double chain = measure_chain (items, i, page->len == 0, &n);

      /* a chain that no page holds is cut wherever it must be */
      if (chain > bottom)
        {
          n = 1;
          chain = ((HpReportItem *) items->pdata[i])->space + ((HpReportItem *) items->pdata[i])->height;
        }
      if (page->len > 0 && y + chain > bottom)
        {
          page = begin_page (pages);
          y = 0;
        }
      for (guint k = i; k < i + n; k++)
        {
          const HpReportItem *item = items->pdata[k];

          if (page->len == 0 && item->head != NULL)
            {
              place (page, item->head, y);
              y += item->head->height;
            }
          y += page->len > 0 ? item->space : 0;
          place (page, item, y);
          y += item->height;
        }
    }
}

/**
 * hp_report_pages_new:
 * @report: a report that outlives it
 * @width: of the paper, in points
 * @height: of it
 *
 * Returns: (transfer full): it, laid out
 */
HpReportPages *
hp_report_pages_new (const HpReport *report, double width, double height)
{
  HpReportPages *pages = g_new0 (HpReportPages, 1);

  pages->report = report;
  pages->width = width;
  pages->height = height;
  pages->layout = hp_report_layout_new (report->language, width - 2 * MARGIN_SIDE, height - MARGIN_TOP - MARGIN_BOTTOM);
  pages->pages = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  hp_report_layout_report (pages->layout, report);
  paginate (pages);
  return pages;
}

/**
 * hp_report_pages_free:
 * @pages: (nullable): pages
 *
 * Frees them.
 */
void
hp_report_pages_free (HpReportPages *pages)
{
  if (pages == NULL)
    return;
  g_ptr_array_unref (pages->pages);
  hp_report_layout_free (pages->layout);
  g_free (pages);
}

/**
 * hp_report_pages_get_n:
 * @pages: pages
 *
 * Returns: how many there are, at least one
 */
guint
hp_report_pages_get_n (const HpReportPages *pages)
{
  return pages->pages->len;
}

/* What the report is, and the number of the page */
static void
draw_foot (const HpReportPages *pages, guint page, cairo_t *cairo)
{
  const HpReport *report = pages->report;
  double width = pages->layout->width, y = pages->height - MARGIN_BOTTOM + 22, wide;
  g_autofree char *number = g_strdup_printf (_ ("Page %u of %u"), page + 1, pages->pages->len);
  g_autofree char *what = g_strjoin (" · ", report->title, report->date != NULL ? report->date : report->maker,
                                     report->date != NULL ? report->maker : NULL, NULL);
  g_autoptr (PangoLayout) right = hp_report_layout_text (pages->layout, number, 0, 7.5, -1);
  g_autoptr (PangoLayout) left = NULL;
  HpReportInk ink = hp_report_inks[HP_INK_WEAK];

  hp_report_layout_measure (right, &wide, NULL);
  left = hp_report_layout_text (pages->layout, what, 0, 7.5, width - wide - 20);
  pango_layout_set_ellipsize (left, PANGO_ELLIPSIZE_MIDDLE);
  cairo_set_source_rgb (cairo, ink.red, ink.green, ink.blue);
  cairo_move_to (cairo, MARGIN_SIDE, y);
  pango_cairo_show_layout (cairo, left);
  cairo_move_to (cairo, MARGIN_SIDE + width - wide, y);
  pango_cairo_show_layout (cairo, right);
}

/**
 * hp_report_pages_draw:
 * @pages: pages
 * @page: which, from 0
 * @cairo: where to, with the page's upper left corner at (0, 0)
 *
 * Draws a page with its foot. The paper's ground is the caller's.
 */
void
hp_report_pages_draw (const HpReportPages *pages, guint page, cairo_t *cairo)
{
  const GArray *places = pages->pages->pdata[page];

  for (guint i = 0; i < places->len; i++)
    {
      const HpReportPlace *where = &g_array_index (places, HpReportPlace, i);

      hp_report_item_draw (where->item, cairo, MARGIN_SIDE, MARGIN_TOP + where->y);
    }
  draw_foot (pages, page, cairo);
}
