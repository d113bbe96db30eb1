/* hp-date.h - calendar dates of year, month or day precision
 *
 * A date is a gint32 YYYYMMDD whose month and day are 00 where they are not known: 2010-05 is
 * 20100500. It sorts in time order, keeps the precision it was written with, and 0 is "no date".
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef gint32 HpDate;

#define HP_DATE_BUFFER 16

gboolean hp_date_parse       (const char *text, gsize length, HpDate *date); /* YYYY, YYYY-MM, YYYY-MM-DD; years 1000-9999; real days only */
gsize    hp_date_format      (char buffer[HP_DATE_BUFFER], HpDate date);
int      hp_date_year        (HpDate date);
int      hp_date_month       (HpDate date);                                   /* 1-12, 0 unknown */
double   hp_date_to_months   (HpDate date);                                   /* months since 0000-01, unknown month counts as July, unknown day as the first */
double   hp_date_to_years    (HpDate date);                                   /* the same / 12 */

G_END_DECLS
