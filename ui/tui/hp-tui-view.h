/* hp-tui-view.h - what the parts of the house's view have in common: the valuation, whose labels, where to draw
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-tui-app.h"

G_BEGIN_DECLS

typedef struct
{
  HpTuiApp          *app;
  HpLiveValuation   *live;
  const HpValuation *valuation;   /* (nullable) */
  HpDescription     *description; /* (nullable) */
  gboolean           current;     /* the valuation is of the house in the form */
  HpCanvas          *canvas;
} HpTuiView;

HpTuiView          hp_tui_view_new        (HpTuiApp *app, HpCanvas *canvas);
/* style, or that of another house's price */
HpStyle            hp_tui_view_style      (const HpTuiView *view, HpStyle style);
/* "Living area"; (transfer full) */
char              *hp_tui_view_label      (const HpTuiView *view, const char *feature);
/* "1,656 ft²"; (transfer full) */
char              *hp_tui_view_value      (const HpTuiView *view, const char *name, const char *text /* (nullable) */);

G_END_DECLS
