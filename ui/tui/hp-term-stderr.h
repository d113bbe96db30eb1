/* hp-term-stderr.h - what is written to standard error while a screen is shown, kept until it can be seen
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  int real, file; /* a copy of standard error, and what stands in for it; -1: it is no terminal and is left alone */
} HpTermStderr;

void hp_term_stderr_hold    (HpTermStderr *held);
/* Shows the end of what was held */
void hp_term_stderr_release (HpTermStderr *held);

G_END_DECLS
