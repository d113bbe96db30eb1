/* hp-tui-remarks.c - why there is no price, or what should make one doubt it, in the rows that there are
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "hp-tui-field.h"
#include "hp-tui-price-pane.h"
#include "hp-valuation-text.h"

typedef struct
{
  HpStyle style;
  char *text;
} Remark;

static void
remark_clear (gpointer data)
{
  g_free (((Remark *) data)->text);
}

/* text: (transfer full) */
static void
add (GArray *remarks, HpStyle style, char *text)
{
  Remark remark = { style, text };

  g_array_append_val (remarks, remark);
}

static void
add_problems (GArray *remarks, const HpTuiView *view)
{
  HpForm *form = hp_tui_house_get_form (hp_tui_app_get_house (view->app));
  const GError *error = hp_live_valuation_get_error (view->live);

  for (guint i = 0; i < hp_form_get_n_fields (form); i++)
    {
      const char *problem = hp_form_get_problem (form, i);

      if (problem != NULL)
        add (remarks, HP_STYLE_ERROR, hp_tui_field_problem (hp_form_get_attribute (form, i), problem));
    }
  if (remarks->len == 0 && error != NULL)
    add (remarks, HP_STYLE_ERROR, g_strdup (error->message));
}

/* First that the price is not to be trusted, then the rest */
static void
add_warnings (GArray *remarks, const HpTuiView *view)
{
  g_autoptr (GPtrArray) warnings = hp_valuation_text_sort_warnings (view->valuation->warnings);

  for (guint i = 0; i < warnings->len; i++)
    {
      const HpWarning *warning = warnings->pdata[i];

      add (remarks, hp_valuation_text_is_grave (warning) ? HP_STYLE_ERROR : HP_STYLE_WARNING,
           g_strdup (warning->message));
    }
}

/* In so many rows at most; what is left of the text in the last of them ends with an ellipsis. Returns the row after it
 */
static int
draw_remark (const HpTuiView *view, const HpArea *area, int y, const Remark *remark, int rows)
{
  const HpGlyphs *glyphs = view->canvas->glyphs;
  int x = hp_canvas_put (view->canvas, area, 0, y, remark->style,
                         remark->style == HP_STYLE_ERROR ? glyphs->error : glyphs->warning)
          + 1;
  g_auto (GStrv) lines = hp_canvas_wrap (view->canvas, remark->text, area->width - x);

  for (int i = 0; lines[i] != NULL && i < rows; i++)
    {
      g_autofree char *rest = i + 1 == rows ? g_strjoinv (" ", lines + i) : g_strdup (lines[i]);

      hp_canvas_put_cut (view->canvas, area, x, y++, area->width - x, remark->style, rest);
    }
  return y;
}

static int
count_rows (const HpTuiView *view, const HpArea *area, GArray *remarks)
{
  int rows = 0;

  for (guint i = 0; i < remarks->len; i++)
    {
      g_auto (GStrv) lines = hp_canvas_wrap (view->canvas, g_array_index (remarks, Remark, i).text, area->width - 2);

      rows += (int) g_strv_length (lines);
    }
  return rows;
}

/**
 * hp_tui_remarks_draw:
 * @view: a view
 * @area: where; no more rows are taken
 */
void
hp_tui_remarks_draw (const HpTuiView *view, const HpArea *area)
{
  g_autoptr (GArray) remarks = g_array_new (FALSE, FALSE, sizeof (Remark));
  gboolean all;
  guint shown;
  int y = 0;

  g_array_set_clear_func (remarks, remark_clear);
  add_problems (remarks, view);
  if (view->valuation != NULL && view->current)
    add_warnings (remarks, view);
  all = count_rows (view, area, remarks) <= area->height;
  shown = remarks->len <= (guint) area->height ? remarks->len : (guint) MAX (area->height - 1, 0);
  for (guint i = 0; i < shown; i++)
    {
      int left = area->height - y;
      /* All in full where there is room, else a row each, the last one taking what is left */
      int rows = all ? left : i + 1 == remarks->len ? left : 1;

      y = draw_remark (view, area, y, &g_array_index (remarks, Remark, i), rows);
    }
  if (shown < remarks->len)
    {
      guint left = remarks->len - shown;
      g_autofree char *text
        = g_strdup_printf (ngettext ("%u more warning: F6, Enter", "%u more warnings: F6, Enter", left), left);

      int x = hp_canvas_put (view->canvas, area, 0, y, HP_STYLE_WARNING, view->canvas->glyphs->warning) + 1;

      hp_canvas_put_cut (view->canvas, area, x, y, area->width - x, HP_STYLE_WARNING, text);
    }
}
