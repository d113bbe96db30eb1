/* test-palette.c - everything stands out from its background, and from the rest, for everyone
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>

#include "hp-chart.h"

#define N_PALETTES (HP_PALETTE_HIGH_CONTRAST_DARK + 1)

static double
least_contrast (HpPaletteId id)
{
  return id == HP_PALETTE_HIGH_CONTRAST || id == HP_PALETTE_HIGH_CONTRAST_DARK ? 4.5 : 3;
}

static void
test_contrast_formula (void)
{
  const HpColor black = { 0, 0, 0 }, white = { 1, 1, 1 }, grey = { 0x77 / 255.0, 0x77 / 255.0, 0x77 / 255.0 };

  g_assert_cmpfloat_with_epsilon (hp_color_contrast (black, white), 21, 1e-9);
  g_assert_cmpfloat (hp_color_contrast (white, white), ==, 1);
  /* The grey that is known for just missing 4.5 */
  g_assert_cmpfloat_with_epsilon (hp_color_contrast (grey, white), 4.478, 0.001);
  g_assert_cmpfloat (hp_color_contrast (grey, white), ==, hp_color_contrast (white, grey));
}

static void
test_roles (void)
{
  for (int id = 0; id < N_PALETTES; id++)
    {
      const HpPalette *palette = hp_palette_get (id);

      for (int role = 0; role < HP_N_ROLES; role++)
        g_assert_cmpfloat (hp_color_contrast (palette->role[role], palette->background), >=, least_contrast (id));
      g_assert_cmpfloat (hp_color_contrast (palette->text, palette->background), >=, 7);
      g_assert_cmpfloat (hp_color_contrast (palette->weak_text, palette->background), >=, 4.5);
      g_assert_cmpfloat (hp_color_contrast (palette->axis, palette->background), >=, 3);
      /* A grid is there, and does not compete */
      g_assert_cmpfloat (hp_color_contrast (palette->grid, palette->background), >, 1.1);
      g_assert_cmpfloat (hp_color_contrast (palette->grid, palette->background), <, 3);
    }
}

/* Machado, Oliveira and Fernandes (2009), full severity, of linear light: none, protan, deutan, tritan */
static const double blindness[4][3][3] = {
  { { 1, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1 } },
  { { 0.152286, 1.052583, -0.204868 }, { 0.114503, 0.786281, 0.099216 }, { -0.003882, -0.048116, 1.051998 } },
  { { 0.367322, 0.860646, -0.227968 }, { 0.280085, 0.672501, 0.047413 }, { -0.011820, 0.042940, 0.968881 } },
  { { 1.255528, -0.076749, -0.178779 }, { -0.078411, 0.930809, 0.147602 }, { 0.004733, 0.691367, 0.303900 } },
};

static double
to_light (double value)
{
  return value <= 0.04045 ? value / 12.92 : pow ((value + 0.055) / 1.055, 2.4);
}

/* Oklab of a colour as a colour-blind person sees it */
static void
see (HpColor color, int kind, double lab[3])
{
  const double light[3] = { to_light (color.red), to_light (color.green), to_light (color.blue) };
  double seen[3], l, m, s;

  for (int i = 0; i < 3; i++)
    {
      const double *row = blindness[kind][i];

      seen[i] = CLAMP (row[0] * light[0] + row[1] * light[1] + row[2] * light[2], 0, 1);
    }
  l = cbrt (0.4122214708 * seen[0] + 0.5363325363 * seen[1] + 0.0514459929 * seen[2]);
  m = cbrt (0.2119034982 * seen[0] + 0.6806995451 * seen[1] + 0.1073969566 * seen[2]);
  s = cbrt (0.0883024619 * seen[0] + 0.2817188376 * seen[1] + 0.6299787005 * seen[2]);
  lab[0] = 0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s;
  lab[1] = 1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s;
  lab[2] = 0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s;
}

/* As the one sees it who sees the least of it */
static double
least_difference (HpColor a, HpColor b)
{
  double least = INFINITY;

  for (int kind = 0; kind < 4; kind++)
    {
      double x[3], y[3];

      see (a, kind, x);
      see (b, kind, y);
      least = MIN (least, hypot (hypot (x[0] - y[0], x[1] - y[1]), x[2] - y[2]));
    }
  return least;
}

/* 0.02 is a just noticeable difference in Oklab */
static void
test_colour_blindness (void)
{
  for (int id = 0; id < N_PALETTES; id++)
    {
      const HpColor *role = hp_palette_get (id)->role;

      for (int i = HP_ROLE_SERIES_1; i <= HP_ROLE_SERIES_8; i++)
        for (int j = HP_ROLE_SERIES_1; j < i; j++)
          g_assert_cmpfloat (least_difference (role[i], role[j]), >=, i <= HP_ROLE_SERIES_4 ? 0.1 : 0.07);
      g_assert_cmpfloat (least_difference (role[HP_ROLE_UP], role[HP_ROLE_DOWN]), >=, 0.1);
      g_assert_cmpfloat (least_difference (role[HP_ROLE_TREND], role[HP_ROLE_SERIES_1]), >=, 0.1);
    }
}

static double
lightness (HpColor color)
{
  double lab[3];

  see (color, 0, lab);
  return lab[0];
}

static void
test_scales (void)
{
  HpChartScale scale = { .diverging = TRUE, .low = -1, .middle = 0, .high = 3 };
  HpChartScale sequence = { .low = 0, .high = 10 };

  for (int id = 0; id < N_PALETTES; id++)
    {
      const HpPalette *palette = hp_palette_get (id);
      HpColor low = hp_palette_value (id, &scale, -1), middle = hp_palette_value (id, &scale, 0);
      HpColor high = hp_palette_value (id, &scale, 3), beyond = hp_palette_value (id, &scale, 99);
      double direction = lightness (palette->background) > 0.5 ? -1 : 1;
      double before = direction * lightness (hp_palette_value (id, &sequence, 0));

      g_assert_cmpfloat (least_difference (low, middle), >=, 0.1);
      g_assert_cmpfloat (least_difference (high, middle), >=, 0.1);
      g_assert_cmpfloat (least_difference (low, high), >=, 0.1);
      g_assert_cmpfloat (beyond.red, ==, high.red);
      g_assert_cmpfloat (hp_palette_value (id, &scale, NAN).red, ==, palette->role[HP_ROLE_MUTED].red);
      for (double value = -1; value <= 3; value += 0.125)
        g_assert_cmpfloat (hp_color_contrast (hp_palette_value (id, &scale, value), palette->background), >=, 3);
      /* More is ever farther from the background */
      for (int value = 1; value <= 10; value++)
        {
          HpColor color = hp_palette_value (id, &sequence, value);

          g_assert_cmpfloat (direction * lightness (color), >, before);
          g_assert_cmpfloat (hp_color_contrast (color, palette->background), >=, 3);
          before = direction * lightness (color);
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/palette/contrast-formula", test_contrast_formula);
  g_test_add_func ("/palette/roles", test_roles);
  g_test_add_func ("/palette/colour-blindness", test_colour_blindness);
  g_test_add_func ("/palette/scales", test_scales);
  return g_test_run ();
}
