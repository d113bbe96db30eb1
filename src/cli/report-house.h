/* report-house.h - the house that a report is about, from the command line or a session
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-cli-report.h"
#include "hp-report-contents.h"

G_BEGIN_DECLS

/* arguments: more of the house, as KEY=VALUE */
HpReport *hp_report_house_run (HpCli *cli, const HpCliReportOptions *given, char **arguments, const HpReportOptions *options, GError **error);

G_END_DECLS
