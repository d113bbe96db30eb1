/* hp-report-pages-private.h - which items stand where on which page
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-report-layout-private.h"
#include "hp-report-pages.h"

G_BEGIN_DECLS

typedef struct
{
  const HpReportItem *item;
  double y; /* from the upper margin */
} HpReportPlace;

struct _HpReportPages
{
  const HpReport *report;
  double width, height;
  HpReportLayout *layout;
  GPtrArray *pages; /* (element-type GArray) of HpReportPlace */
};

G_END_DECLS
