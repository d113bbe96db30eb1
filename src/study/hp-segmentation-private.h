/* hp-segmentation-private.h - cutting numbers into bands, within this room
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-segmentation.h"

G_BEGIN_DECLS

/* Bands of numbers: ascending cuts between them. Band 0 is below the first, the last from the last cut on. */
typedef struct
{
  GArray  *cuts;     /* of double */
  int      decimals; /* that the cuts need */
  gboolean years;    /* decades: written without separators, each cut but the first a decade after the one before */
} HpBands;

/* values: some may be NaN. At most max_bands bands of about equal numbers of values, with round ends. */
void  _hp_bands_init  (HpBands *bands, const double *values, gsize n, guint max_bands);
/* Of equal width, from the multiple of it at or below the least value to the one above the greatest, but not beyond open_at */
void  _hp_bands_init_equal (HpBands *bands, const double *values, gsize n, double width, double open_at);
void  _hp_bands_clear (HpBands *bands);
guint _hp_bands_find  (const HpBands *bands, double value);
/* (transfer full) */
char *_hp_bands_key   (const HpBands *bands, guint band);
char *_hp_bands_label (const HpBands *bands, guint band);

/* 1, 2 or 5 times a power of ten, at least value: of a positive, finite one */
double _hp_nice_above (double value);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HpBands, _hp_bands_clear)

G_END_DECLS
