/* hp-palette.c - colours of roles and of values, on four backgrounds
 *
 * The eight series start from the palette of Okabe and Ito (2008), moved as little as it takes for each to stand out
 * from its background, and for any two to be told apart with every kind of colour blindness (simulated as by Machado,
 * Oliveira and Fernandes, 2009); tests/chart/test-palette.c measures both.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>

#include "hp-chart.h"

/* clang-format off */
#define RGB(hex) { ((hex) >> 16 & 0xff) / 255.0, ((hex) >> 8 & 0xff) / 255.0, ((hex) & 0xff) / 255.0 }

static const HpPalette palettes[] = {
  [HP_PALETTE_LIGHT] = {
    .background = RGB (0xffffff), .text = RGB (0x1e1e1e), .weak_text = RGB (0x5e5c64), .grid = RGB (0xe3e3e6), .axis = RGB (0x77767b),
    .role = {
      RGB (0x1672b7), RGB (0xd76202), RGB (0x07a674), RGB (0xb13983),
      RGB (0x796102), RGB (0x808fc4), RGB (0x702a30), RGB (0x3f2f85),
      [HP_ROLE_REFERENCE] = RGB (0x6b6a70), [HP_ROLE_TREND] = RGB (0x1e1e1e), [HP_ROLE_UP] = RGB (0x1f66c0),
      [HP_ROLE_DOWN] = RGB (0xc4520a), [HP_ROLE_MUTED] = RGB (0x8a898f),
    },
  },
  [HP_PALETTE_DARK] = {
    .background = RGB (0x1e1e1e), .text = RGB (0xffffff), .weak_text = RGB (0xc0bfbc), .grid = RGB (0x3a3a3a), .axis = RGB (0x8a8a8a),
    .role = {
      RGB (0x52b3ef), RGB (0xe9a00d), RGB (0x158947), RGB (0xc0709d),
      RGB (0xf0e442), RGB (0x2784ee), RGB (0xdb4402), RGB (0xccc8ff),
      [HP_ROLE_REFERENCE] = RGB (0xa5a4a2), [HP_ROLE_TREND] = RGB (0xffffff), [HP_ROLE_UP] = RGB (0x52b3ef),
      [HP_ROLE_DOWN] = RGB (0xf08c28), [HP_ROLE_MUTED] = RGB (0x7a7a7a),
    },
  },
  [HP_PALETTE_HIGH_CONTRAST] = {
    .background = RGB (0xffffff), .text = RGB (0x000000), .weak_text = RGB (0x3d3d3d), .grid = RGB (0xc8c8c8), .axis = RGB (0x000000),
    .role = {
      RGB (0x2b30bf), RGB (0xc03c04), RGB (0x017957), RGB (0x882b82),
      RGB (0x604301), RGB (0x2f72d8), RGB (0x4a1a05), RGB (0x20185f),
      [HP_ROLE_REFERENCE] = RGB (0x3d3d3d), [HP_ROLE_TREND] = RGB (0x000000), [HP_ROLE_UP] = RGB (0x0a3fa8),
      [HP_ROLE_DOWN] = RGB (0xa83200), [HP_ROLE_MUTED] = RGB (0x6a6a6a),
    },
  },
  [HP_PALETTE_HIGH_CONTRAST_DARK] = {
    .background = RGB (0x000000), .text = RGB (0xffffff), .weak_text = RGB (0xdededa), .grid = RGB (0x484848), .axis = RGB (0xffffff),
    .role = {
      RGB (0x5db4f2), RGB (0xe69f00), RGB (0x098f44), RGB (0xbd6fa3),
      RGB (0xf0e442), RGB (0x3189f4), RGB (0xe34801), RGB (0xc7cafd),
      [HP_ROLE_REFERENCE] = RGB (0xdededa), [HP_ROLE_TREND] = RGB (0xffffff), [HP_ROLE_UP] = RGB (0x5db4f2),
      [HP_ROLE_DOWN] = RGB (0xff9a3c), [HP_ROLE_MUTED] = RGB (0x9a9a9a),
    },
  },
};

/* Of values: from low by the middle to high if they diverge, else from least to most */
typedef struct
{
  HpColor low, middle, high, least, most;
} Ramp;

static const Ramp ramps[] = {
  [HP_PALETTE_LIGHT] = { RGB (0x2166ac), RGB (0x8f8f8f), RGB (0xb2431b), RGB (0x4f8fb8), RGB (0x0b2447) },
  [HP_PALETTE_DARK] = { RGB (0x5fb0f5), RGB (0x8a8a8a), RGB (0xff9a52), RGB (0x4577a8), RGB (0xf5ef9a) },
  [HP_PALETTE_HIGH_CONTRAST] = { RGB (0x00499c), RGB (0x767676), RGB (0x9c2a00), RGB (0x3f7ba8), RGB (0x001a33) },
  [HP_PALETTE_HIGH_CONTRAST_DARK] = { RGB (0x5fb8ff), RGB (0x8a8a8a), RGB (0xff9a52), RGB (0x4f86b8), RGB (0xffffa0) },
};
/* clang-format on */

/**
 * hp_palette_get:
 * @id: which
 *
 * Returns: (transfer none): its colours
 */
const HpPalette *
hp_palette_get (HpPaletteId id)
{
  g_return_val_if_fail (id < G_N_ELEMENTS (palettes), &palettes[0]);

  return &palettes[id];
}

/* sRGB (IEC 61966-2-1) to light and back */
static double
to_light (double value)
{
  return value <= 0.04045 ? value / 12.92 : pow ((value + 0.055) / 1.055, 2.4);
}

static double
from_light (double light)
{
  light = CLAMP (light, 0, 1);
  return light <= 0.0031308 ? 12.92 * light : 1.055 * pow (light, 1 / 2.4) - 0.055;
}

typedef struct
{
  double l, a, b;
} Lab;

/* Oklab (Ottosson 2020): steps of one length look alike */
static Lab
to_lab (HpColor color)
{
  double r = to_light (color.red), g = to_light (color.green), b = to_light (color.blue);
  double l = cbrt (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  double m = cbrt (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  double s = cbrt (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);

  return (Lab){ 0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
                1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
                0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s };
}

static double
cube (double value)
{
  return value * value * value;
}

static HpColor
from_lab (Lab lab)
{
  double l = cube (lab.l + 0.3963377774 * lab.a + 0.2158037573 * lab.b);
  double m = cube (lab.l - 0.1055613458 * lab.a - 0.0638541728 * lab.b);
  double s = cube (lab.l - 0.0894841775 * lab.a - 1.2914855480 * lab.b);

  return (HpColor){ from_light (4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
                    from_light (-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
                    from_light (-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s) };
}

static HpColor
mix (HpColor from, HpColor to, double share)
{
  Lab a = to_lab (from), b = to_lab (to);

  return from_lab ((Lab){ a.l + share * (b.l - a.l), a.a + share * (b.a - a.a), a.b + share * (b.b - a.b) });
}

static double
share_of (double value, double from, double to)
{
  return to > from ? CLAMP ((value - from) / (to - from), 0, 1) : 0;
}

/**
 * hp_palette_value:
 * @id: which palette
 * @scale: of the chart
 * @value: a value on it
 *
 * Returns: the colour of the value; beyond the scale that of its end, of NaN that of what is muted
 */
HpColor
hp_palette_value (HpPaletteId id, const HpChartScale *scale, double value)
{
  const Ramp *ramp = &ramps[id];

  if (isnan (value))
    return palettes[id].role[HP_ROLE_MUTED];
  if (!scale->diverging)
    return mix (ramp->least, ramp->most, share_of (value, scale->low, scale->high));
  return value < scale->middle ? mix (ramp->low, ramp->middle, share_of (value, scale->low, scale->middle))
                               : mix (ramp->middle, ramp->high, share_of (value, scale->middle, scale->high));
}

static double
luminance (HpColor color)
{
  return 0.2126 * to_light (color.red) + 0.7152 * to_light (color.green) + 0.0722 * to_light (color.blue);
}

/**
 * hp_color_contrast:
 * @a: a colour
 * @b: another
 *
 * The contrast ratio of the Web Content Accessibility Guidelines 2.1: (L1 + 0.05) / (L2 + 0.05) of relative luminances.
 *
 * Returns: 1 (none) to 21 (black on white)
 */
double
hp_color_contrast (HpColor a, HpColor b)
{
  double la = luminance (a) + 0.05, lb = luminance (b) + 0.05;

  return MAX (la, lb) / MIN (la, lb);
}
