/* hp-tui-layout.h - which parts of the house's view there is room for, and where
 *
 * From top to bottom: price, reasons, curve at the right of the form, comparable sales beneath. Where things are follows from the size of
 * the terminal and from what the model has, never from the values: nothing moves while one types.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-canvas.h"

G_BEGIN_DECLS

typedef enum
{
  HP_TUI_SHOW_ALL,         /* of what there is room for */
  HP_TUI_SHOW_COMPARABLES, /* these at any rate, in the reasons' place */
  HP_TUI_SHOW_CURVE,       /* nothing but price and curve */
} HpTuiShow;

/* A part of no height is not shown. */
typedef struct
{
  gboolean airy;        /* there is a row between parts, and one for the sum */
  HpArea   form, rule;  /* rule: the line between form and price */
  HpArea   price;       /* its last rows are for remarks: */
  int      remarks;     /* how many */
  HpArea   reasons, curve, comparables;
} HpTuiLayout;

/* n_reasons: how many the model gives */
HpTuiLayout hp_tui_layout_new (const HpArea *area, guint n_reasons, HpTuiShow show);

G_END_DECLS
