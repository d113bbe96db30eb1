/* hp-tui-curve.c - the pane of the what-if curve: what is asked, its title, which kind of picture it is
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "hp-display.h"
#include "hp-tui-curve.h"

/* Fewer rows show nothing */
#define MIN_HEIGHT 5

/**
 * hp_tui_curve_new:
 * @app: the program
 *
 * Returns: (transfer full): a curve that is not on the screen yet
 */
HpTuiCurve *
hp_tui_curve_new (HpTuiApp *app)
{
  HpTuiCurve *curve = g_new0 (HpTuiCurve, 1);

  curve->app = app;
  return curve;
}

static void
stop_asking (HpTuiCurve *curve)
{
  if (curve->what_if != NULL)
    g_signal_handlers_disconnect_by_data (curve->what_if, curve->app);
  g_clear_object (&curve->what_if);
}

/**
 * hp_tui_curve_free:
 * @curve: (transfer full): a curve
 */
void
hp_tui_curve_free (HpTuiCurve *curve)
{
  stop_asking (curve);
  g_free (curve);
}

static void
ask (HpTuiCurve *curve, guint field)
{
  HpTuiHouse *house = hp_tui_app_get_house (curve->app);
  HpForm *form = hp_tui_house_get_form (house);
  const char *name = field < hp_form_get_n_fields (form) ? hp_form_get_attribute (form, field)->name : NULL;

  if (curve->what_if != NULL)
    {
      hp_what_if_set_field (curve->what_if, name);
      return;
    }
  curve->what_if = hp_what_if_new (hp_tui_house_get_workbench (house), name);
  g_signal_connect_swapped (curve->what_if, "changed", G_CALLBACK (hp_tui_app_changed), curve->app);
}

HpStyle
hp_tui_what_if_style (const HpTuiWhatIf *what_if, HpStyle style)
{
  return what_if->current ? style : HP_STYLE_STALE;
}

void
hp_tui_what_if_range (const HpTuiWhatIf *what_if, double *least, double *largest)
{
  *least = INFINITY;
  *largest = -INFINITY;
  for (guint i = 0; i < what_if->points->len; i++)
    {
      const HpWhatIfPoint *point = what_if->points->pdata[i];
      gboolean banded = isfinite (point->low) && isfinite (point->high);

      *least = MIN (*least, banded ? MIN (point->low, point->price) : point->price);
      *largest = MAX (*largest, banded ? MAX (point->high, point->price) : point->price);
    }
}

/* The house's own value; of a date that is not given, what stands in for it */
static char *
own_value (const HpTuiWhatIf *what_if, const HpWhatIfPoint *own)
{
  char date[HP_DATE_BUFFER];

  if (*own->text != '\0' || !what_if->attribute->is_effective_date || what_if->view->description->reference_date == 0)
    return hp_tui_view_value (what_if->view, what_if->attribute->name, own->text);
  hp_date_format (date, what_if->view->description->reference_date);
  return g_strdup (date);
}

static char *
own_text (const HpTuiWhatIf *what_if)
{
  const HpWhatIfPoint *own = what_if->own >= 0 ? what_if->points->pdata[what_if->own] : NULL;
  g_autofree char *value = own != NULL ? own_value (what_if, own) : NULL;
  g_autofree char *price = own != NULL ? hp_display_price (own->price, what_if->currency) : NULL;

  return own != NULL ? g_strdup_printf ("%s: %s", value, price) : g_strdup ("");
}

/* "What if  Living area, ft²          1,656 ft²: $160,538" */
static void
draw_title (const HpTuiWhatIf *what_if, const HpArea *area)
{
  const HpTuiView *view = what_if->view;
  const HpAttribute *attribute = what_if->attribute;
  g_autofree char *label = attribute->unit != NULL ? g_strdup_printf ("%s, %s", attribute->label, attribute->unit)
                                                   : g_strdup (attribute->label);
  g_autofree char *own = own_text (what_if);
  int x = hp_canvas_put (view->canvas, area, 0, 0, HP_STYLE_HEADING, _ ("What if")) + 2;
  int room = area->width - x - 2 - hp_canvas_columns (view->canvas, own);
  gboolean fits = room >= hp_canvas_columns (view->canvas, attribute->label);

  /* The house's value has the unit too. */
  hp_canvas_put_cut (view->canvas, area, x, 0, area->width - x, HP_STYLE_LABEL,
                     fits && room < hp_canvas_columns (view->canvas, label) ? attribute->label : label);
  if (fits)
    hp_canvas_put_right (view->canvas, area, area->width, 0, hp_tui_what_if_style (what_if, HP_STYLE_NORMAL), own);
}

/* There is no curve: why, as far as that is known */
static void
draw_nothing (HpTuiCurve *curve, const HpTuiView *view, const HpArea *area)
{
  const GError *error = hp_what_if_get_error (curve->what_if);

  hp_canvas_put (view->canvas, area, 0, 0, HP_STYLE_HEADING, _ ("What if"));
  if (error != NULL)
    hp_canvas_put_wrapped (view->canvas, area, 0, 1, 0, HP_STYLE_ERROR, error->message);
}

/**
 * hp_tui_curve_draw:
 * @curve: a curve
 * @view: the valuation
 * @area: where; without rows it is not on the screen
 * @field: the field in focus
 */
void
hp_tui_curve_draw (HpTuiCurve *curve, const HpTuiView *view, const HpArea *area, guint field)
{
  HpTuiWhatIf what_if = { .view = view };
  HpArea picture = hp_area_part (area, 0, 1, area->width, area->height - 1);

  if (area->height < MIN_HEIGHT || view->description == NULL)
    {
      stop_asking (curve);
      return;
    }
  ask (curve, field);
  what_if.points = hp_what_if_get_points (curve->what_if);
  what_if.attribute = hp_what_if_get_attribute (curve->what_if);
  what_if.currency = hp_what_if_get_currency (curve->what_if);
  what_if.own = hp_what_if_get_own (curve->what_if);
  what_if.current = hp_what_if_is_current (curve->what_if);
  if (what_if.points == NULL || what_if.points->len == 0 || what_if.attribute == NULL)
    {
      draw_nothing (curve, view, area);
      return;
    }
  draw_title (&what_if, area);
  if (what_if.attribute->type == HP_COLUMN_CATEGORY)
    hp_tui_what_if_draw_list (&what_if, &picture);
  else
    hp_tui_what_if_draw_curve (&what_if, &picture);
}
