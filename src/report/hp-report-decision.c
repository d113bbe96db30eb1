/* hp-report-decision.c - what an analyst decided about a house, and what other versions say of it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "hp-report-house-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "hp-display.h"

static const char *
get_currency (const HpReportHouse *house)
{
  return house->valuation->currency;
}

static void
add_one_decision (HpReport *report, const HpReportHouse *house, const HpAuditEntry *decision)
{
  g_autofree char *price = hp_display_price (decision->price, get_currency (house));
  g_autofree char *predicted = hp_display_price (decision->predicted, get_currency (house));
  g_autofree char *when = hp_report_time (decision->when), *title = NULL, *body = NULL;
  const char *author = *decision->author != '\0' ? decision->author : _ ("somebody unnamed");

  if (decision->action == HP_AUDIT_OVERRIDE)
    {
      title = isfinite (decision->predicted)
                ? g_strdup_printf (_ ("Decided: %s, in place of the model’s %s"), price, predicted)
                : g_strdup_printf (_ ("Decided: %s, in place of the model’s value"), price);
      body = g_strdup_printf (_ ("Reason: %s (%s, %s)"), decision->reason, author, when);
    }
  else if (decision->action == HP_AUDIT_ACCEPT)
    {
      title = g_strdup_printf (_ ("Decided: %s, as the model values it"), price);
      body = *decision->reason != '\0' ? g_strdup_printf (_ ("Reason: %s (%s, %s)"), decision->reason, author, when)
                                       : g_strdup_printf (_ ("By %s, %s"), author, when);
    }
  else
    return;
  hp_report_add_callout (report, decision->action == HP_AUDIT_OVERRIDE ? HP_TONE_WARN : HP_TONE_GOOD, title, body);
}

/**
 * hp_report_add_decision:
 * @report: a report
 * @house: a house
 *
 * Adds the decision that holds, and whatever casts doubt on it.
 */
void
hp_report_add_decision (HpReport *report, const HpReportHouse *house)
{
  const HpAuditEntry *decision;
  const char *problem;

  if (house->session == NULL || house->house == NULL)
    return;
  decision = hp_session_get_decision (house->session, house->house);
  if (decision == NULL)
    return;
  add_one_decision (report, house, decision);
  if (!hp_session_is_decision_current (house->session, house->house))
    hp_report_add_callout (report, HP_TONE_BAD, _ ("The house has changed since then"),
                           _ ("The decision was made of other attributes than those in this report."));
  problem = hp_audit_get_problem (hp_session_get_audit (house->session));
  if (problem != NULL)
    hp_report_add_callout (report, HP_TONE_BAD, _ ("The record of decisions is not sound"), problem);
}

static const char *
action_words (HpAuditAction action)
{
  switch (action)
    {
    case HP_AUDIT_ACCEPT:
      return _ ("accepted");
    case HP_AUDIT_OVERRIDE:
      return _ ("overridden");
    case HP_AUDIT_WITHDRAW:
      return _ ("withdrawn");
    case HP_AUDIT_OTHER:
    default:
      return _ ("something else");
    }
}

/**
 * hp_report_add_trail:
 * @report: a report
 * @house: a house
 *
 * Adds all that was ever decided about it, in order.
 */
void
hp_report_add_trail (HpReport *report, const HpReportHouse *house)
{
  const HpAudit *audit = house->session != NULL && house->house != NULL ? hp_session_get_audit (house->session) : NULL;
  HpReportTable *table = NULL;

  for (guint i = 0; audit != NULL && i < hp_audit_get_n (audit); i++)
    {
      const HpAuditEntry *entry = hp_audit_get (audit, i);
      g_autofree char *when = NULL, *price = NULL, *predicted = NULL;

      if (g_strcmp0 (entry->house, hp_session_house_get_id (house->house)) != 0)
        continue;
      if (table == NULL)
        {
          hp_report_add_heading (report, 2, _ ("Record of decisions"));
          table = hp_report_add_table (report, _ ("What was decided about this house"));
          hp_report_table_add_column (table, _ ("When"), NULL, HP_COLUMN_LEFT);
          hp_report_table_add_column (table, _ ("Decision"), NULL, HP_COLUMN_LEFT);
          hp_report_table_add_column (table, _ ("Price"), NULL, HP_COLUMN_RIGHT);
          hp_report_table_add_column (table, _ ("Model’s value"), NULL, HP_COLUMN_RIGHT);
          hp_report_table_add_column (table, _ ("Version"), NULL, HP_COLUMN_LEFT);
          hp_report_table_add_column (table, _ ("Reason"), NULL, HP_COLUMN_LEFT);
          hp_report_table_add_column (table, _ ("By"), NULL, HP_COLUMN_LEFT);
        }
      when = hp_report_time (entry->when);
      price = hp_display_price (entry->price, get_currency (house));
      predicted = hp_display_price (entry->predicted, get_currency (house));
      hp_report_table_add_row (table, HP_TONE_PLAIN, when, action_words (entry->action), price, predicted,
                               entry->version, entry->reason, entry->author, NULL);
    }
}

/**
 * hp_report_add_other_values:
 * @report: a report
 * @house: a house
 *
 * Adds what each version last said of it, if more than one did.
 */
void
hp_report_add_other_values (HpReport *report, const HpReportHouse *house)
{
  guint n = house->house != NULL ? hp_session_house_get_n_valuations (house->house) : 0;
  HpReportTable *table;

  if (n < 2)
    return;
  hp_report_add_heading (report, 2, _ ("What other versions say"));
  table = hp_report_add_table (report, _ ("The house by each version that valued it"));
  hp_report_table_add_column (table, _ ("Version"), NULL, HP_COLUMN_LEFT);
  hp_report_table_add_column (table, _ ("Value"), NULL, HP_COLUMN_RIGHT);
  hp_report_table_add_column (table, _ ("Interval"), NULL, HP_COLUMN_RIGHT);
  hp_report_table_add_column (table, _ ("Level"), NULL, HP_COLUMN_RIGHT);
  hp_report_table_add_column (table, _ ("When"), NULL, HP_COLUMN_LEFT);
  for (guint i = 0; i < n; i++)
    {
      const HpSessionValuation *value = hp_session_house_get_valuation (house->house, i);
      const char *currency = value->currency != NULL ? value->currency : get_currency (house);
      g_autofree char *price = hp_display_price (value->price, currency),
                      *low = hp_display_price (value->low, currency);
      g_autofree char *high = hp_display_price (value->high, currency), *range = hp_report_range (low, high);
      g_autofree char *level = hp_display_percent (value->level, 0), *when = hp_report_time (value->when);
      g_autofree char *version = hp_report_version_words (value->version);

      hp_report_table_add_row (table, HP_TONE_PLAIN, version, price, isfinite (value->low) ? range : "–",
                               isfinite (value->low) ? level : "", when, NULL);
    }
}
