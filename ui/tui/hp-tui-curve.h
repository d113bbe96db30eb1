/* hp-tui-curve.h - what the house would be worth if the field in focus held something else
 *
 * A curve with its band over numbers and dates, a list of prices with their intervals over categories.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-tui-view.h"
#include "hp-what-if.h"

G_BEGIN_DECLS

typedef struct
{
  HpTuiApp *app;
  HpWhatIf *what_if; /* (nullable) while the curve is on the screen */
} HpTuiCurve;

HpTuiCurve *hp_tui_curve_new  (HpTuiApp *app);
void        hp_tui_curve_free (HpTuiCurve *curve);
/* area of no height: it is not on the screen, and nothing is asked */
void        hp_tui_curve_draw (HpTuiCurve *curve, const HpTuiView *view, const HpArea *area, guint field);

/* What it is drawn of */
typedef struct
{
  const HpTuiView   *view;
  const HpAttribute *attribute;
  const GPtrArray   *points; /* (element-type HpWhatIfPoint) at least one */
  const char        *currency; /* (nullable) */
  int                own;    /* -1: none */
  gboolean           current;
} HpTuiWhatIf;

HpStyle hp_tui_what_if_style       (const HpTuiWhatIf *what_if, HpStyle style);
/* Of prices and intervals */
void    hp_tui_what_if_range       (const HpTuiWhatIf *what_if, double *least, double *largest);
void    hp_tui_what_if_draw_curve  (const HpTuiWhatIf *what_if, const HpArea *area);
void    hp_tui_what_if_draw_list   (const HpTuiWhatIf *what_if, const HpArea *area);

G_END_DECLS
