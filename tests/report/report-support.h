/* report-support.h - documents that tests write
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-report.h"

/* A chart of n points with that title */
HpChart *test_report_chart (const char *title, gsize n);
/* One of every kind of block; rows: of its long table */
HpReport *test_report_all_blocks (guint rows);
/* Every text of it is what a stranger might write */
HpReport *test_report_hostile (const char *text);
