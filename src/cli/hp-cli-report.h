/* hp-cli-report.h - the options of report, which house-price and its helper both read, and what its parts share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-cli.h"

G_BEGIN_DECLS

/* What draws links cairo and Pango, whose loading would cost more than a valuation */
#define HP_REPORT_HELPER "house-price-report"

typedef struct
{
  char *output, *paper, *title, *data, *session, *model, *as_of, *comparables;
  char **by, **house;
  gboolean impute, no_charts, pictures;
} HpCliReportOptions;

G_END_DECLS
