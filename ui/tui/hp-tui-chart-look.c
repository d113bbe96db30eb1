/* hp-tui-chart-look.c - roles of a chart as styles of the screen, and as marks where styles tell nothing
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "hp-tui-chart-private.h"

#define SCALE_STEPS 5

/* A role is what a thing is; so is a style */
HpStyle
_hp_tui_chart_style (HpChartRole role)
{
  if (role <= HP_ROLE_SERIES_8)
    return HP_STYLE_SERIES_1 + (HpStyle) (role - HP_ROLE_SERIES_1);
  switch (role)
    {
    case HP_ROLE_TREND:
      return HP_STYLE_TREND;
    case HP_ROLE_UP:
      return HP_STYLE_GAIN;
    case HP_ROLE_DOWN:
      return HP_STYLE_LOSS;
    case HP_ROLE_MUTED:
      return HP_STYLE_BAND;
    default:
      return HP_STYLE_RULE;
    }
}

/* Values in fifths of their scale; its middle is the middle of the third */
HpStyle
_hp_tui_chart_style_value (const HpChartScale *scale, double value)
{
  double low = scale->low, high = scale->high, place;

  if (!isfinite (value) || !(low < high))
    return HP_STYLE_BAND;
  if (scale->diverging)
    place = value < scale->middle ? 0.5 * (value - low) / (scale->middle - low)
                                  : 0.5 + 0.5 * (value - scale->middle) / (high - scale->middle);
  else
    place = (value - low) / (high - low);
  return HP_STYLE_SCALE_1 + (HpStyle) CLAMP ((int) floor (place * SCALE_STEPS), 0, SCALE_STEPS - 1);
}

/* (transfer none) */
const char *
_hp_tui_chart_mark (const HpCanvas *canvas, HpStyle style)
{
  static const char *const series[] = { "*", "+", "x", "o", "#", "@", "%", "&" };
  static const char *const scale[SCALE_STEPS] = { "=", "-", ".", "+", "#" };

  if (style >= HP_STYLE_SERIES_1 && style <= HP_STYLE_SERIES_8)
    return series[style - HP_STYLE_SERIES_1];
  if (style >= HP_STYLE_SCALE_1 && style <= HP_STYLE_SCALE_5)
    return scale[style - HP_STYLE_SCALE_1];
  if (style == HP_STYLE_TREND)
    return "=";
  if (style == HP_STYLE_BAND)
    return "~";
  return canvas->glyphs->level == HP_GLYPHS_BRAILLE ? "·" : ".";
}
