/* gtk-support.h - what tests of the desktop share: descriptions, a valuer that says what it is told, waiting
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "hp-auto-valuer.h"

G_BEGIN_DECLS

/* A description of five attributes: number with a unit, whole number, number in halves, category, effective date;
 * (transfer full) */
HpDescription *gtk_support_describe (const char *version);
/* One of a single category named `only` */
HpDescription *gtk_support_describe_other (void);
HpDescription *gtk_support_parse_description (const char *json);

#define TEST_TYPE_VALUER (test_valuer_get_type ())
G_DECLARE_FINAL_TYPE (TestValuer, test_valuer, TEST, VALUER, HpValuer)

/* Holds each question back until the test answers it */
TestValuer *test_valuer_new (const char *source);
guint test_valuer_waiting (TestValuer *valuer);
/* The newest question that waits */
const HpQuestion *test_valuer_question (TestValuer *valuer);
/* All that wait get this price, with an interval of 20 % each way and as many warnings; or the error */
void test_valuer_answer (TestValuer *valuer, double price, guint n_warnings);
/* The newest that waits gets this valuation, (transfer full); those before it are cancelled */
void test_valuer_give (TestValuer *valuer, HpValuation *valuation);
void test_valuer_refuse (TestValuer *valuer, const GError *error);

typedef gboolean (*GtkSupportCondition) (gpointer data);
/* Runs the main loop until the condition holds; fails the test if it never does */
void gtk_support_wait (GtkSupportCondition condition, gpointer data);
/* Runs what is due */
void gtk_support_settle (void);
/* The first widget of that type below; (nullable) */
GtkWidget *gtk_support_find (GtkWidget *widget, GType type);
/* Clicks the button with that label */
void gtk_support_press (GtkWidget *widget, const char *label);
/* Lets a widget go that was never in a window, and checks that nothing keeps it */
void gtk_support_assert_finalized (GtkWidget *widget);

G_END_DECLS
