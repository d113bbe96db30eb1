/* hp-report-contents.h - what reports say: of a version, of a comparison, of one house
 *
 * Written for whoever has to stand by the values before a board: what is within which standard and what that means, in words; every figure
 * with its interval, its number of sales, and where it comes from; what is not known is said to be so.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-bundle-study.h"
#include "hp-comparison.h"
#include "hp-description.h"
#include "hp-report.h"
#include "hp-session.h"

G_BEGIN_DECLS

typedef struct
{
  const char        *title;  /* (nullable) in the place of the usual one */
  gint64             made;   /* seconds since 1970; 0: none */
  const char *const *by;     /* (nullable) what to segment by (hp-segmentation.h); NULL: what is worth looking at */
  gboolean           no_charts;
} HpReportOptions;

/* model: its name. An imported version without sales has a report too, which says what can't be said. HP_ERROR_DAMAGED; HP_ERROR_BAD_DATA: no such column in by */
HpReport *hp_report_new_version    (HpBundle *bundle, const char *model, const HpReportOptions *options, HpTeam *team, GError **error);

/* Verdicts first. schema: (nullable) whose labels are used. Segments and movers are those of the comparison; by is not looked at */
HpReport *hp_report_new_comparison (const HpComparison *comparison, const char *model, const HpSchema *schema, const HpReportOptions *options);

/* One house. All but the valuation may be NULL */
typedef struct
{
  const char          *name;        /* what it is called */
  const char          *note;
  const HpValuation   *valuation;   /* with contributions and comparables if they shall be there */
  const HpQuestion    *question;    /* its attributes as they were written, and the date it is valued at */
  const HpDescription *description; /* of the version: labels, units, what is not asked */
  HpSession           *session;     /* with house: other versions' values, decisions with their reasons */
  HpSessionHouse      *house;
  const char          *author;      /* for the lines to sign */
} HpReportHouse;

HpReport *hp_report_new_house      (const HpReportHouse *house, const HpReportOptions *options);

G_END_DECLS
