/* hp-interleaved.h - trees in eight bytes a node, walked without branches by several trees or rows at once
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-model.h"

G_BEGIN_DECLS

/* Trees or rows that are walked at once */
#define HP_LANES 8

/* Rows of more features go the plain way: their columns would not fit on the stack. */
#define HP_INTERLEAVED_MAX_FEATURES 1000

typedef struct _HpInterleaved HpInterleaved;

HpInterleaved *_hp_interleaved_new      (const HpModel *model);
void           _hp_interleaved_free     (HpInterleaved *self);
gsize          _hp_interleaved_get_size (const HpInterleaved *self);
double         _hp_interleaved_row      (const HpInterleaved *self, const float *features);
void           _hp_interleaved_rows     (const HpInterleaved *self, const float *features, gsize n, double *margin);
void           _hp_interleaved_leaves   (const HpInterleaved *self, const float *features, gint32 *leaves);

G_END_DECLS
