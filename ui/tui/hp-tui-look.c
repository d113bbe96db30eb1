/* hp-tui-look.c - tables of colours and characters
 *
 * The terminal's own background stays, light or dark: colours are of middling lightness, and what stands out is
 * reversed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hp-tui-look.h"

#define BLACK  0
#define RED    1
#define GREEN  2
#define YELLOW 3
#define BLUE   4
#define PURPLE 5
#define CYAN   6
#define WHITE  7

/* clang-format off */
static const HpPaint paints[HP_N_SCHEMES][HP_N_STYLES] = {
  [HP_SCHEME_MONO] = {
    [HP_STYLE_NORMAL]     = { -1, -1 },
    [HP_STYLE_FAINT]      = { -1, -1 },
    [HP_STYLE_RULE]       = { -1, -1 },
    [HP_STYLE_TITLE]      = { -1, -1, .reverse = TRUE },
    [HP_STYLE_TAB]        = { -1, -1, .reverse = TRUE, .bold = TRUE, .underline = TRUE },
    [HP_STYLE_GOOD]       = { -1, -1, .reverse = TRUE },
    [HP_STYLE_BAD]        = { -1, -1, .reverse = TRUE, .bold = TRUE },
    [HP_STYLE_NOTICE]     = { -1, -1, .bold = TRUE },
    [HP_STYLE_HEADING]    = { -1, -1, .bold = TRUE },
    [HP_STYLE_LABEL]      = { -1, -1 },
    [HP_STYLE_VALUE]      = { -1, -1 },
    [HP_STYLE_FOCUS]      = { -1, -1, .reverse = TRUE },
    [HP_STYLE_TYPING]     = { -1, -1, .underline = TRUE, .bold = TRUE },
    [HP_STYLE_PRICE]      = { -1, -1, .bold = TRUE },
    [HP_STYLE_STALE]      = { -1, -1 },
    [HP_STYLE_BAR]        = { -1, -1 },
    [HP_STYLE_BAR_DOT]    = { -1, -1, .bold = TRUE },
    [HP_STYLE_GAIN]       = { -1, -1 },
    [HP_STYLE_LOSS]       = { -1, -1 },
    [HP_STYLE_CURVE]      = { -1, -1, .bold = TRUE },
    [HP_STYLE_BAND]       = { -1, -1 },
    [HP_STYLE_WARNING]    = { -1, -1, .bold = TRUE },
    [HP_STYLE_ERROR]      = { -1, -1, .bold = TRUE, .underline = TRUE },
    [HP_STYLE_HINT]       = { -1, -1 },
    [HP_STYLE_MESSAGE]    = { -1, -1, .bold = TRUE },
    [HP_STYLE_KEY]        = { -1, -1, .bold = TRUE },
    [HP_STYLE_BUTTON]     = { -1, -1, .reverse = TRUE },
    [HP_STYLE_LIST]       = { -1, -1 },
    [HP_STYLE_LIST_FAINT] = { -1, -1 },
    [HP_STYLE_CHOSEN]     = { -1, -1, .reverse = TRUE },
    [HP_STYLE_SERIES_1]    = { -1, -1 },
    [HP_STYLE_SERIES_2]    = { -1, -1 },
    [HP_STYLE_SERIES_3]    = { -1, -1 },
    [HP_STYLE_SERIES_4]    = { -1, -1 },
    [HP_STYLE_SERIES_5]    = { -1, -1 },
    [HP_STYLE_SERIES_6]    = { -1, -1 },
    [HP_STYLE_SERIES_7]    = { -1, -1 },
    [HP_STYLE_SERIES_8]    = { -1, -1 },
    [HP_STYLE_TREND]       = { -1, -1, .bold = TRUE },
    [HP_STYLE_SCALE_1]     = { -1, -1, .bold = TRUE },
    [HP_STYLE_SCALE_2]     = { -1, -1 },
    [HP_STYLE_SCALE_3]     = { -1, -1 },
    [HP_STYLE_SCALE_4]     = { -1, -1 },
    [HP_STYLE_SCALE_5]     = { -1, -1, .bold = TRUE },
  },
  [HP_SCHEME_8] = {
    [HP_STYLE_NORMAL]     = { -1, -1 },
    [HP_STYLE_FAINT]      = { -1, -1 },
    [HP_STYLE_RULE]       = { CYAN, -1 },
    [HP_STYLE_TITLE]      = { BLACK, CYAN },
    [HP_STYLE_TAB]        = { WHITE, BLACK, .bold = TRUE },
    [HP_STYLE_GOOD]       = { BLACK, GREEN },
    [HP_STYLE_BAD]        = { BLACK, YELLOW },
    [HP_STYLE_NOTICE]     = { YELLOW, -1, .bold = TRUE },
    [HP_STYLE_HEADING]    = { CYAN, -1, .bold = TRUE },
    [HP_STYLE_LABEL]      = { -1, -1 },
    [HP_STYLE_VALUE]      = { -1, -1, .bold = TRUE },
    [HP_STYLE_FOCUS]      = { BLACK, CYAN },
    [HP_STYLE_TYPING]     = { -1, -1, .bold = TRUE, .underline = TRUE },
    [HP_STYLE_PRICE]      = { GREEN, -1, .bold = TRUE },
    [HP_STYLE_STALE]      = { -1, -1 },
    [HP_STYLE_BAR]        = { CYAN, -1 },
    [HP_STYLE_BAR_DOT]    = { GREEN, -1, .bold = TRUE },
    [HP_STYLE_GAIN]       = { GREEN, -1 },
    [HP_STYLE_LOSS]       = { RED, -1 },
    [HP_STYLE_CURVE]      = { -1, -1, .bold = TRUE },
    [HP_STYLE_BAND]       = { CYAN, -1 },
    [HP_STYLE_WARNING]    = { YELLOW, -1, .bold = TRUE },
    [HP_STYLE_ERROR]      = { RED, -1, .bold = TRUE },
    [HP_STYLE_HINT]       = { -1, -1 },
    [HP_STYLE_MESSAGE]    = { -1, -1, .bold = TRUE },
    [HP_STYLE_KEY]        = { -1, -1, .bold = TRUE },
    [HP_STYLE_BUTTON]     = { BLACK, CYAN },
    [HP_STYLE_LIST]       = { -1, -1 },
    [HP_STYLE_LIST_FAINT] = { -1, -1 },
    [HP_STYLE_CHOSEN]     = { BLACK, CYAN },
    [HP_STYLE_SERIES_1]    = { CYAN, -1 },
    [HP_STYLE_SERIES_2]    = { YELLOW, -1 },
    [HP_STYLE_SERIES_3]    = { PURPLE, -1 },
    [HP_STYLE_SERIES_4]    = { GREEN, -1 },
    [HP_STYLE_SERIES_5]    = { BLUE, -1, .bold = TRUE },
    [HP_STYLE_SERIES_6]    = { RED, -1 },
    [HP_STYLE_SERIES_7]    = { -1, -1 },
    [HP_STYLE_SERIES_8]    = { -1, -1, .bold = TRUE },
    [HP_STYLE_TREND]       = { -1, -1, .bold = TRUE },
    [HP_STYLE_SCALE_1]     = { BLUE, -1, .bold = TRUE },
    [HP_STYLE_SCALE_2]     = { CYAN, -1 },
    [HP_STYLE_SCALE_3]     = { -1, -1 },
    [HP_STYLE_SCALE_4]     = { YELLOW, -1 },
    [HP_STYLE_SCALE_5]     = { RED, -1, .bold = TRUE },
  },
  [HP_SCHEME_256] = {
    [HP_STYLE_NORMAL]     = { -1, -1 },
    [HP_STYLE_FAINT]      = { 245, -1 },
    [HP_STYLE_RULE]       = { 244, -1 },
    [HP_STYLE_TITLE]      = { 252, 237 },
    [HP_STYLE_TAB]        = { 231, 25, .bold = TRUE },
    [HP_STYLE_GOOD]       = { 114, 237 },
    [HP_STYLE_BAD]        = { 221, 237, .bold = TRUE },
    [HP_STYLE_NOTICE]     = { 172, -1, .bold = TRUE },
    [HP_STYLE_HEADING]    = { 33, -1, .bold = TRUE },
    [HP_STYLE_LABEL]      = { -1, -1 },
    [HP_STYLE_VALUE]      = { -1, -1, .bold = TRUE },
    [HP_STYLE_FOCUS]      = { 231, 25, .bold = TRUE },
    [HP_STYLE_TYPING]     = { 231, 31, .bold = TRUE },
    [HP_STYLE_PRICE]      = { 35, -1, .bold = TRUE },
    [HP_STYLE_STALE]      = { 245, -1 },
    [HP_STYLE_BAR]        = { 33, -1 },
    [HP_STYLE_BAR_DOT]    = { 35, -1, .bold = TRUE },
    [HP_STYLE_GAIN]       = { 35, -1 },
    [HP_STYLE_LOSS]       = { 167, -1 },
    [HP_STYLE_CURVE]      = { 33, -1, .bold = TRUE },
    [HP_STYLE_BAND]       = { 244, -1 },
    [HP_STYLE_WARNING]    = { 172, -1 },
    [HP_STYLE_ERROR]      = { 167, -1, .bold = TRUE },
    [HP_STYLE_HINT]       = { 245, -1 },
    [HP_STYLE_MESSAGE]    = { 33, -1, .bold = TRUE },
    [HP_STYLE_KEY]        = { -1, -1, .bold = TRUE },
    [HP_STYLE_BUTTON]     = { 252, 237 },
    [HP_STYLE_LIST]       = { 252, 236 },
    [HP_STYLE_LIST_FAINT] = { 245, 236 },
    [HP_STYLE_CHOSEN]     = { 231, 25, .bold = TRUE },
    [HP_STYLE_SERIES_1]    = { 33, -1 },
    [HP_STYLE_SERIES_2]    = { 172, -1 },
    [HP_STYLE_SERIES_3]    = { 35, -1 },
    [HP_STYLE_SERIES_4]    = { 169, -1 },
    [HP_STYLE_SERIES_5]    = { 74, -1 },
    [HP_STYLE_SERIES_6]    = { 142, -1 },
    [HP_STYLE_SERIES_7]    = { 99, -1 },
    [HP_STYLE_SERIES_8]    = { 131, -1 },
    [HP_STYLE_TREND]       = { 196, -1, .bold = TRUE },
    [HP_STYLE_SCALE_1]     = { 27, -1, .bold = TRUE },
    [HP_STYLE_SCALE_2]     = { 74, -1 },
    [HP_STYLE_SCALE_3]     = { 245, -1 },
    [HP_STYLE_SCALE_4]     = { 172, -1 },
    [HP_STYLE_SCALE_5]     = { 160, -1, .bold = TRUE },
  },
};

static const HpGlyphs glyphs[] = {
  [HP_GLYPHS_ASCII] = {
    .level = HP_GLYPHS_ASCII,
    .vertical = "|", .horizontal = "-", .tee_left = "|", .tee_right = "|", .dot = "*", .own = "O",
    .online = "*", .offline = "o", .focus = ">", .choices = "v", .warning = "!", .error = "x",
    .up = "^", .down = "v", .full = "#", .empty = ".", .half_left = "", .half_right = "",
    .tick_left = "+", .tick_down = "+", .corner = "+", .about = "~", .ellipsis = "~", .dash = "-",
    .spinner = { "|", "/", "-", "\\" }, .n_spinner = 4,
  },
  [HP_GLYPHS_BLOCK] = {
    .level = HP_GLYPHS_BLOCK,
    .vertical = "│", .horizontal = "─", .tee_left = "├", .tee_right = "┤", .dot = "█", .own = "O",
    .online = "•", .offline = "o", .focus = ">", .choices = "v", .warning = "!", .error = "x",
    .up = "^", .down = "v", .full = "█", .empty = "░", .half_left = "▌", .half_right = "▐",
    .tick_left = "┤", .tick_down = "┬", .corner = "└", .about = "~", .ellipsis = "~", .dash = "-",
    .spinner = { "|", "/", "-", "\\" }, .n_spinner = 4,
  },
  [HP_GLYPHS_BRAILLE] = {
    .level = HP_GLYPHS_BRAILLE,
    .vertical = "│", .horizontal = "─", .tee_left = "├", .tee_right = "┤", .dot = "●", .own = "●",
    .online = "●", .offline = "○", .focus = "▸", .choices = "▾", .warning = "!", .error = "✗",
    .up = "▴", .down = "▾", .full = "█", .empty = "░", .half_left = "▌", .half_right = "▐",
    .tick_left = "┤", .tick_down = "┬", .corner = "└", .about = "≈", .ellipsis = "…", .dash = "–",
    .spinner = { "⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏" }, .n_spinner = 10,
  },
};
/* clang-format on */

/**
 * hp_scheme_get_paint:
 * @scheme: what the terminal can do
 * @style: what is shown
 *
 * Returns: how it looks
 */
const HpPaint *
hp_scheme_get_paint (HpScheme scheme, HpStyle style)
{
  return &paints[scheme][style];
}

/**
 * hp_glyphs_get:
 * @level: which characters the terminal has
 *
 * Returns: the characters to draw with
 */
const HpGlyphs *
hp_glyphs_get (HpGlyphLevel level)
{
  return &glyphs[level];
}
