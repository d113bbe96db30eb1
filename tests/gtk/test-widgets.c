/* test-widgets.c - rows, form, choices and price, each without a window
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <locale.h>
#include <math.h>

#include "gtk-support.h"
#include "hp-choice-popover.h"
#include "hp-error.h"
#include "hp-form-view.h"
#include "hp-interval-bar.h"
#include "hp-price-view.h"
#include "hp-valuation-text.h"

typedef struct
{
  HpForm *form;
  HpFormView *view;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (HpDescription) description = gtk_support_describe ("1");

  f->form = hp_form_new ();
  hp_form_set_description (f->form, description);
  f->view = g_object_ref_sink (HP_FORM_VIEW (hp_form_view_new ()));
  hp_form_view_set_form (f->view, f->form);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  gtk_support_assert_finalized (GTK_WIDGET (f->view));
  g_assert_finalize_object (f->form);
}

static HpFieldRow *
row_of (Fixture *f, const char *name)
{
  HpFieldRow *row = hp_form_view_get_row (f->view, name);

  g_assert_nonnull (row);
  return row;
}

static GtkWidget *
editor_of (Fixture *f, const char *name)
{
  return hp_field_row_get_editor (row_of (f, name));
}

static void
type (Fixture *f, const char *name, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (editor_of (f, name)), text);
}

static void
assert_field (Fixture *f, const char *name, const char *shown, const char *held)
{
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (editor_of (f, name))), ==, shown);
  g_assert_cmpstr (hp_field_row_get_text (row_of (f, name)), ==, held);
}

static const char *
hint_of (Fixture *f, const char *name)
{
  return adw_action_row_get_subtitle (ADW_ACTION_ROW (row_of (f, name)));
}

static void
test_rows (Fixture *f, gconstpointer data)
{
  g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row_of (f, "area"))), ==, "Area (m²)");
  g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row_of (f, "sold"))), ==, "As of");
  g_assert_cmpstr (hint_of (f, "area"), ==, "40 – 600");
  g_assert_cmpstr (hint_of (f, "built"), ==, "1872 – 2010");
  g_assert_cmpstr (hint_of (f, "place"), ==, "1,443 sales");
  g_assert_cmpstr (hint_of (f, "sold"), ==, "If empty: 2010-07");
  assert_field (f, "area", "1,234.5", "1234.5");
  assert_field (f, "built", "1973", "1973");
  assert_field (f, "sold", "", "");
  g_assert_null (hp_form_view_get_row (f->view, "none"));
}

static void
test_typing (Fixture *f, gconstpointer data)
{
  type (f, "area", "1,656");
  assert_field (f, "area", "1,656", "1656");
  /* The form has each key stroke, the text stays as it is typed */
  type (f, "area", "1656.");
  assert_field (f, "area", "1656.", "1656");
  type (f, "sold", " 2009-05 ");
  assert_field (f, "sold", " 2009-05 ", "2009-05");
  g_assert_cmpstr (hint_of (f, "sold"), ==, "2006-01 – 2010-07");
  hp_form_set_text (f->form, 0, "1656");
  g_signal_emit_by_name (gtk_editable_get_delegate (GTK_EDITABLE (editor_of (f, "area"))), "activate");
  assert_field (f, "area", "1,656", "1656");
}

static void
assert_problem (Fixture *f, const char *name, const char *part)
{
  const char *problem = hp_field_row_get_problem (row_of (f, name));

  g_assert_nonnull (problem);
  g_assert_nonnull (strstr (problem, part));
  g_assert_nonnull (strstr (hint_of (f, name), part));
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (row_of (f, name)), "error"));
  gtk_test_accessible_assert_state (editor_of (f, name), GTK_ACCESSIBLE_STATE_INVALID, GTK_ACCESSIBLE_INVALID_TRUE);
}

static void
assert_no_problem (Fixture *f, const char *name)
{
  g_assert_null (hp_field_row_get_problem (row_of (f, name)));
  g_assert_false (gtk_widget_has_css_class (GTK_WIDGET (row_of (f, name)), "error"));
  gtk_test_accessible_assert_state (editor_of (f, name), GTK_ACCESSIBLE_STATE_INVALID, GTK_ACCESSIBLE_INVALID_FALSE);
}

static void
test_problems (Fixture *f, gconstpointer data)
{
  type (f, "area", "5");
  assert_problem (f, "area", "below the least allowed, 10 m²");
  assert_field (f, "area", "5", "5");
  g_assert_false (g_str_has_prefix (hint_of (f, "area"), "area"));
  type (f, "area", "big");
  assert_problem (f, "area", "not a number");
  type (f, "area", "");
  assert_problem (f, "area", "needed");
  type (f, "area", "100");
  assert_no_problem (f, "area");
  type (f, "built", "1973.5");
  assert_problem (f, "built", "whole number");
  type (f, "sold", "2009-13");
  assert_problem (f, "sold", "not a date");
  type (f, "sold", "");
  assert_no_problem (f, "sold");
}

/* What whoever values refuses is said at the field, until the field is another */
static void
test_refusal (Fixture *f, gconstpointer data)
{
  hp_form_view_set_refusal (f->view, "baths", "baths: too many");
  assert_problem (f, "baths", "too many");
  assert_no_problem (f, "area");
  hp_form_view_set_refusal (f->view, "none", "elsewhere");
  assert_no_problem (f, "baths");
  hp_form_view_set_refusal (f->view, "baths", "baths: too many");
  type (f, "baths", "3");
  assert_no_problem (f, "baths");
}

static void
test_steps (Fixture *f, gconstpointer data)
{
  GtkSpinButton *area = GTK_SPIN_BUTTON (editor_of (f, "area"));
  GtkSpinButton *baths = GTK_SPIN_BUTTON (editor_of (f, "baths"));

  /* Steps start from what was typed */
  type (f, "area", "100");
  gtk_spin_button_spin (area, GTK_SPIN_STEP_FORWARD, 5);
  assert_field (f, "area", "105", "105");
  gtk_spin_button_spin (baths, GTK_SPIN_STEP_BACKWARD, 0.5);
  assert_field (f, "baths", "1.5", "1.5");
  /* and end at what is allowed */
  gtk_spin_button_spin (area, GTK_SPIN_END, 0);
  assert_field (f, "area", "2,000", "2000");
  gtk_spin_button_spin (area, GTK_SPIN_STEP_FORWARD, 5);
  assert_field (f, "area", "2,000", "2000");
  /* A spin button's own update does not touch what is wrong */
  type (f, "area", "3");
  gtk_spin_button_update (area);
  assert_field (f, "area", "3", "3");
  type (f, "area", "twelve");
  gtk_spin_button_update (area);
  assert_field (f, "area", "twelve", "twelve");
  gtk_spin_button_spin (area, GTK_SPIN_STEP_FORWARD, 5);
  assert_field (f, "area", "15", "15");
}

/* Another version that asks for the same: the rows stay, and what is typed in them */
static void
test_same_description (Fixture *f, gconstpointer data)
{
  g_autoptr (HpDescription) description = gtk_support_describe ("2");
  HpFieldRow *row = row_of (f, "area");

  type (f, "area", "1656.");
  hp_form_set_description (f->form, description);
  g_assert_true (row_of (f, "area") == row);
  g_assert_cmpstr (hp_field_row_get_text (row), ==, "1656");
}

static void
test_other_description (Fixture *f, gconstpointer data)
{
  g_autoptr (HpDescription) other = gtk_support_describe_other ();
  g_autoptr (HpDescription) first = gtk_support_describe ("1");

  type (f, "area", "77");
  hp_form_set_description (f->form, other);
  g_assert_null (hp_form_view_get_row (f->view, "area"));
  /* A stranger's label is text, not markup */
  g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row_of (f, "only"))), ==,
                   "<b>Only & \\u202e one");
  assert_problem (f, "only", "needed");
  hp_form_set_description (f->form, first);
  assert_field (f, "area", "1,234.5", "1234.5");
}

static void
test_form_changes (Fixture *f, gconstpointer data)
{
  hp_form_set_text (f->form, 0, "1500");
  assert_field (f, "area", "1,500", "1500");
  hp_form_set_text (f->form, 3, "Nort Ames");
  g_assert_cmpstr (hint_of (f, "place"), ==, "Not known to the model");
  assert_no_problem (f, "place");
  hp_form_reset (f->form);
  assert_field (f, "area", "1,234.5", "1234.5");
  g_assert_cmpstr (hint_of (f, "place"), ==, "1,443 sales");
}

static void
chosen_cb (GtkWidget *popover, const char *text, char **chosen)
{
  g_free (*chosen);
  *chosen = g_strdup (text);
}

static void
test_choices (Fixture *f, gconstpointer data)
{
  GtkWidget *popover = g_object_ref_sink (hp_choice_popover_new ());
  GtkWidget *search = gtk_support_find (popover, GTK_TYPE_SEARCH_ENTRY);
  GtkListView *list = GTK_LIST_VIEW (gtk_support_find (popover, GTK_TYPE_LIST_VIEW));
  g_autofree char *chosen = NULL;
  GListModel *found;

  g_signal_connect (popover, "chosen", G_CALLBACK (chosen_cb), &chosen);
  hp_choice_popover_offer (HP_CHOICE_POPOVER (popover), hp_form_get_attribute (f->form, 3), "North Ames");
  found = G_LIST_MODEL (gtk_list_view_get_model (list));
  g_assert_cmpuint (g_list_model_get_n_items (found), ==, 3);
  g_assert_cmpuint (gtk_single_selection_get_selected (GTK_SINGLE_SELECTION (found)), ==, 1);
  /* Any part, in any case */
  gtk_editable_set_text (GTK_EDITABLE (search), "oWn");
  g_signal_emit_by_name (search, "search-changed");
  g_assert_cmpuint (g_list_model_get_n_items (found), ==, 1);
  g_signal_emit_by_name (search, "activate");
  g_assert_cmpstr (chosen, ==, "Old Town");
  /* Enter does not wait for the search; what isn't there can be used */
  gtk_editable_set_text (GTK_EDITABLE (search), " Atlantis ");
  g_signal_emit_by_name (search, "activate");
  g_assert_cmpstr (chosen, ==, "Atlantis");
  gtk_editable_set_text (GTK_EDITABLE (search), "");
  g_signal_emit_by_name (search, "search-changed");
  g_assert_cmpuint (g_list_model_get_n_items (found), ==, 3);
  g_signal_emit_by_name (list, "activate", 2);
  g_assert_cmpstr (chosen, ==, "Landmark");
  gtk_support_assert_finalized (popover);
}

static void
test_interval_bar (void)
{
  GtkWidget *bar = g_object_ref_sink (hp_interval_bar_new ());
  HpIntervalBar *interval = HP_INTERVAL_BAR (bar);

  g_assert_true (isnan (hp_interval_bar_get_position (interval)));
  hp_interval_bar_set_interval (interval, 100, 125, 200);
  g_assert_cmpfloat (hp_interval_bar_get_position (interval), ==, 0.25);
  hp_interval_bar_set_interval (interval, 100, 300, 200);
  g_assert_cmpfloat (hp_interval_bar_get_position (interval), ==, 1);
  hp_interval_bar_set_interval (interval, 100, 100, 100);
  g_assert_true (isnan (hp_interval_bar_get_position (interval)));
  hp_interval_bar_set_interval (interval, NAN, 100, 200);
  g_assert_true (isnan (hp_interval_bar_get_position (interval)));
  gtk_support_assert_finalized (bar);
}

static void
ask (HpLiveValuation *live, const char *area)
{
  g_autoptr (HpQuestion) question = hp_question_new ();

  hp_question_set (question, "area", area);
  hp_live_valuation_set_question (live, question);
}

static gboolean
is_asked (gpointer valuer)
{
  return test_valuer_waiting (valuer) > 0;
}

static gboolean
is_patience_over (gpointer live)
{
  return hp_live_valuation_is_waiting (live);
}

/* The texts of all labels that are shown, a line each */
static void
collect (GtkWidget *widget, GString *text)
{
  if (!gtk_widget_get_visible (widget))
    return;
  if (GTK_IS_LABEL (widget))
    g_string_append_printf (text, "%s\n", gtk_label_get_text (GTK_LABEL (widget)));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect (child, text);
}

static void
assert_texts (gpointer widget, const char *expected)
{
  g_autoptr (GString) text = g_string_new (NULL);

  collect (widget, text);
  g_assert_cmpstr (text->str, ==, expected);
}

static void
test_price (void)
{
  g_autoptr (TestValuer) local = test_valuer_new ("local");
  g_autoptr (HpValuer) valuer = hp_auto_valuer_new (NULL, HP_VALUER (local));
  HpLiveValuation *live = hp_live_valuation_new (HP_AUTO_VALUER (valuer));
  GtkWidget *view = g_object_ref_sink (hp_price_view_new ());
  GtkWidget *group = gtk_widget_get_first_child (view);
  const char *spoken
    = "Price $160,538. With 90 percent certainty between $128,400 and $192,600. 63 % of houses like it sold within 10 "
      "percent of their price. Valued by version 3 on this computer.";
  g_autoptr (GError) error = g_error_new (HP_ERROR, HP_ERROR_DAMAGED, "model.json: \x01 damaged");

  assert_texts (view, "–\nNo price\n–\n–\n–\n\nWaiting for a price\n");
  hp_price_view_set_live (HP_PRICE_VIEW (view), live);
  g_assert_null (hp_price_view_get_price (HP_PRICE_VIEW (view)));
  ask (live, "100");
  gtk_support_wait (is_asked, local);
  test_valuer_answer (local, 160538.49, 0);
  assert_texts (view, "$160,538\n90 % interval\n$128,400\n$192,600\nwithin 10 %: 63 %\nFSD 0.12\n"
                      "Valued by version 3 on this computer\n");
  g_assert_cmpstr (hp_price_view_get_price (HP_PRICE_VIEW (view)), ==, "$160,538");
  gtk_test_accessible_assert_role (group, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_test_accessible_assert_property (group, GTK_ACCESSIBLE_PROPERTY_LABEL, "Price");
  gtk_test_accessible_assert_property (group, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, spoken);
  /* Warnings come after everything else, so that nothing moves */
  ask (live, "200");
  gtk_support_wait (is_asked, local);
  assert_texts (view, "$160,538\n90 % interval\n$128,400\n$192,600\nwithin 10 %: 63 %\nFSD 0.12\n"
                      "Valued by version 3 on this computer\n");
  gtk_support_wait (is_patience_over, live);
  gtk_test_accessible_assert_state (group, GTK_ACCESSIBLE_STATE_BUSY, TRUE);
  test_valuer_answer (local, 1234567, 2);
  gtk_test_accessible_assert_state (group, GTK_ACCESSIBLE_STATE_BUSY, FALSE);
  assert_texts (view, "$1,234,567\n90 % interval\n$987,700\n$1,481,500\nwithin 10 %: 63 %\nFSD 0.12\n"
                      "Valued by version 3 on this computer\nWarning number 0\nWarning number 1\n");
  /* A form with mistakes has no price, whatever came before */
  hp_price_view_set_valid (HP_PRICE_VIEW (view), FALSE);
  assert_texts (view, "–\nNo price\n–\n–\n–\n\nCorrect what is marked to see the price\n");
  g_assert_null (hp_price_view_get_price (HP_PRICE_VIEW (view)));
  hp_price_view_set_valid (HP_PRICE_VIEW (view), TRUE);
  ask (live, "300");
  gtk_support_wait (is_asked, local);
  test_valuer_refuse (local, error);
  assert_texts (view, "–\nNo price\n–\n–\n–\n\nThis house has no price\nModel.json: \\x01 damaged\n");
  gtk_support_assert_finalized (view);
  hp_live_valuation_set_question (live, NULL);
  g_assert_finalize_object (live);
}

/* The local price shows at once, marked as such, and the server's takes its place */
static void
test_provisional (void)
{
  g_autoptr (TestValuer) local = test_valuer_new ("local");
  g_autoptr (TestValuer) server = test_valuer_new ("server");
  g_autoptr (HpValuer) valuer = hp_auto_valuer_new (HP_VALUER (server), HP_VALUER (local));
  g_autoptr (HpLiveValuation) live = hp_live_valuation_new (HP_AUTO_VALUER (valuer));
  GtkWidget *view = g_object_ref_sink (hp_price_view_new ());
  GtkWidget *group = gtk_widget_get_first_child (view);

  hp_price_view_set_live (HP_PRICE_VIEW (view), live);
  ask (live, "100");
  gtk_support_wait (is_asked, local);
  gtk_support_wait (is_asked, server);
  test_valuer_answer (local, 100000, 0);
  assert_texts (view, "$100,000\n90 % interval\n$80,000\n$120,000\nwithin 10 %: 63 %\nFSD 0.12\n"
                      "Valued on this computer; asking the server…\n");
  g_assert_true (gtk_widget_has_css_class (group, "provisional"));
  test_valuer_answer (server, 110000, 0);
  assert_texts (view, "$110,000\n90 % interval\n$88,000\n$132,000\nwithin 10 %: 63 %\nFSD 0.12\n"
                      "Valued by version 7 on the server\n");
  g_assert_false (gtk_widget_has_css_class (group, "provisional"));
  gtk_support_assert_finalized (view);
}

static void
test_narrow_interval (void)
{
  HpValuation valuation
    = { .predicted_price = 100000, .low = 99501.4, .high = 100499.6, .level = 0.955, .currency = (char *) "EUR" };
  g_autofree char *low = hp_valuation_text_low (&valuation);
  g_autofree char *high = hp_valuation_text_high (&valuation);
  g_autofree char *level = hp_valuation_text_level (&valuation);
  g_autofree char *exact = hp_valuation_text_exact (valuation.low, "EUR");

  /* Known better than to the hundred: shown as it is */
  g_assert_cmpstr (low, ==, "€99,501");
  g_assert_cmpstr (high, ==, "€100,500");
  g_assert_cmpstr (level, ==, "95.5 % interval");
  g_assert_cmpstr (exact, ==, "99,501.40 EUR");
  /* Prices in thousands: a hundred is no small part of one */
  g_assert_cmpfloat (hp_valuation_text_bound_step (24, 20, 28), ==, 1);
  g_assert_cmpfloat (hp_valuation_text_bound_step (24000, 20000, 28000), ==, 100);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  setlocale (LC_ALL, "C.UTF-8");
  adw_init ();
#define ADD(name, func) g_test_add ("/widgets/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("rows", test_rows);
  ADD ("typing", test_typing);
  ADD ("problems", test_problems);
  ADD ("refusal", test_refusal);
  ADD ("steps", test_steps);
  ADD ("same-description", test_same_description);
  ADD ("other-description", test_other_description);
  ADD ("form-changes", test_form_changes);
  ADD ("choices", test_choices);
#undef ADD
  g_test_add_func ("/widgets/interval-bar", test_interval_bar);
  g_test_add_func ("/widgets/price", test_price);
  g_test_add_func ("/widgets/provisional", test_provisional);
  g_test_add_func ("/widgets/narrow-interval", test_narrow_interval);
  return g_test_run ();
}
