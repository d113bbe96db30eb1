/* hp-tui-look.h - what things mean on the screen, how meanings look with many colours, few or none, and which characters draw them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  HP_STYLE_NORMAL,
  HP_STYLE_FAINT,    /* units, ranges, who valued it */
  HP_STYLE_RULE,     /* lines between parts */
  HP_STYLE_TITLE,    /* the first line */
  HP_STYLE_TAB,      /* the view one is in */
  HP_STYLE_GOOD,     /* in the first line: the server answers */
  HP_STYLE_BAD,      /* in the first line: it does not */
  HP_STYLE_NOTICE,   /* a state that lasts: the server is away */
  HP_STYLE_HEADING,
  HP_STYLE_LABEL,
  HP_STYLE_VALUE,
  HP_STYLE_FOCUS,    /* the field that keys act on */
  HP_STYLE_TYPING,   /* text being typed */
  HP_STYLE_PRICE,
  HP_STYLE_STALE,    /* a price of another house than the form's */
  HP_STYLE_BAR,      /* of the interval, of progress */
  HP_STYLE_BAR_DOT,
  HP_STYLE_GAIN,     /* bars of what raises the price, */
  HP_STYLE_LOSS,     /* and of what lowers it */
  HP_STYLE_CURVE,    /* of prices, */
  HP_STYLE_BAND,     /* and the intervals around them */
  HP_STYLE_WARNING,
  HP_STYLE_ERROR,
  HP_STYLE_HINT,
  HP_STYLE_MESSAGE,
  HP_STYLE_KEY,      /* names of keys */
  HP_STYLE_BUTTON,   /* labels of the F-bar */
  HP_STYLE_LIST,     /* what opens over the screen */
  HP_STYLE_LIST_FAINT,
  HP_STYLE_CHOSEN,   /* the choice that Enter takes */
  HP_STYLE_SERIES_1, /* of charts: versions that are told apart, */
  HP_STYLE_SERIES_2,
  HP_STYLE_SERIES_3,
  HP_STYLE_SERIES_4,
  HP_STYLE_SERIES_5,
  HP_STYLE_SERIES_6,
  HP_STYLE_SERIES_7,
  HP_STYLE_SERIES_8,
  HP_STYLE_TREND,    /* and what goes through the midst of them */
  HP_STYLE_SCALE_1,  /* colours of values, from low */
  HP_STYLE_SCALE_2,
  HP_STYLE_SCALE_3,
  HP_STYLE_SCALE_4,
  HP_STYLE_SCALE_5,  /* to high */
  HP_N_STYLES
} HpStyle;

typedef enum
{
  HP_SCHEME_MONO, /* bold, underlined, reversed */
  HP_SCHEME_8,
  HP_SCHEME_256,
  HP_N_SCHEMES
} HpScheme;

/* Colours are the terminal's own numbers; -1: its default. */
typedef struct
{
  short    fg, bg;
  gboolean bold, underline, reverse, dim;
} HpPaint;

const HpPaint *hp_scheme_get_paint (HpScheme scheme, HpStyle style);

typedef enum
{
  HP_GLYPHS_ASCII,
  HP_GLYPHS_BLOCK,   /* what every console font has: lines and blocks */
  HP_GLYPHS_BRAILLE, /* a terminal with all of Unicode */
} HpGlyphLevel;

typedef struct
{
  HpGlyphLevel level;
  const char  *vertical, *horizontal, *tee_left, *tee_right; /* lines; ends of an interval */
  const char  *dot;                                          /* the price in its interval */
  const char  *own;                                          /* the price on its curve */
  const char  *online, *offline;
  const char  *focus, *choices;                              /* before the field in focus; after a field with a list */
  const char  *warning, *error;
  const char  *up, *down;                                    /* there is more that way */
  const char  *full, *empty;                                 /* of a progress bar */
  const char  *half_left, *half_right;                       /* half a cell of a bar; "": there is none */
  const char  *tick_left, *tick_down, *corner;               /* of axes */
  const char  *about;                                        /* before a price that may still change */
  const char  *ellipsis, *dash;
  const char  *spinner[10];
  guint        n_spinner;
} HpGlyphs;

const HpGlyphs *hp_glyphs_get (HpGlyphLevel level);

G_END_DECLS
