/* test-evidence.c - the desktop's reasons, comparable sales, warnings and what-if curve, one by one
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <locale.h>
#include <math.h>
#include <string.h>

#include "gtk-support.h"
#include "hp-comparables-view.h"
#include "hp-error.h"
#include "hp-evidence-text.h"
#include "hp-price-view.h"
#include "hp-reason-bar.h"
#include "hp-reasons-view.h"
#include "hp-value-view.h"
#include "hp-warnings-view.h"
#include "hp-what-if-chart.h"
#include "hp-what-if-plot.h"
#include "hp-what-if-view.h"

/* Labels that are longer than any column */
#define LONG_DESCRIPTION                                                                                               \
  "{\"model\":\"test\",\"version\":\"1\",\"currency\":\"EUR\",\"target\":\"price\",\"attributes\":["                   \
  "{\"name\":\"area\",\"label\":\"Wohnflächenberechnungsverordnungsfläche\",\"type\":\"number\",\"unit\":\"m²\","   \
  "\"required\":true,\"seen_min\":40,\"seen_max\":600,\"typical\":120},"                                               \
  "{\"name\":\"place\",\"label\":\"Lage des Grundstücks im Gemeindegebiet\",\"type\":\"category\",\"required\":true," \
  "\"typical\":\"Außergewöhnliche Seelage mit Bootshaus\",\"choices\":["                                             \
  "{\"value\":\"Außergewöhnliche Seelage mit Bootshaus\",\"sales\":3},{\"value\":\"Ort\",\"sales\":9}]}]}"

static HpValuation *
parse (const char *more)
{
  g_autofree char *text = g_strdup_printf (
    "{\"model\":\"m\",\"version\":\"3\",\"source\":\"local\",\"currency\":\"USD\",\"predicted_price\":178123,"
    "\"interval\":{\"level\":0.9,\"low\":150000,\"high\":210000},\"confidence\":{\"fsd\":0.11,"
    "\"within_10_percent\":0.63}%s}",
    more);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = hp_json_parse (text, strlen (text), 65536, "test", &error);
  HpValuation *valuation;

  g_assert_no_error (error);
  valuation = hp_valuation_from_json (json_node_get_object (node), &error);
  g_assert_no_error (error);
  return valuation;
}

/* The texts of all labels that are shown, separated by bars */
static void
collect (GtkWidget *widget, GString *text)
{
  if (!gtk_widget_get_visible (widget))
    return;
  if (GTK_IS_LABEL (widget) && *gtk_label_get_text (GTK_LABEL (widget)) != '\0')
    g_string_append_printf (text, "%s|", gtk_label_get_text (GTK_LABEL (widget)));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect (child, text);
}

/* The widget of a label with that text; (nullable) */
static GtkWidget *
find_label (GtkWidget *widget, const char *text)
{
  GtkWidget *found = NULL;

  if (GTK_IS_LABEL (widget) && g_str_equal (gtk_label_get_text (GTK_LABEL (widget)), text))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_label (child, text);
  return found;
}

static void
assert_texts (GtkWidget *widget, const char *expected)
{
  g_autoptr (GString) text = g_string_new (NULL);

  collect (widget, text);
  g_assert_cmpstr (text->str, ==, expected);
}

static int
minimum_width (GtkWidget *widget)
{
  int minimum;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  return minimum;
}

static void
test_reasons (void)
{
  g_autoptr (HpDescription) description = gtk_support_describe ("1");
  g_autoptr (HpValuation) valuation
    = parse (",\"base_price\":170000,\"contributions\":[{\"feature\":\"area\",\"value\":1656.5,\"amount\":10000.4},"
             "{\"feature\":\"house_age\",\"value\":37,\"amount\":-2100},{\"feature\":\"place\",\"value\":null,"
             "\"amount\":222.6}]");
  g_autoptr (HpValuation) silent = parse ("");
  GtkWidget *view = g_object_ref_sink (hp_reasons_view_new ());

  g_assert_false (gtk_widget_get_visible (view));
  hp_reasons_view_set (HP_REASONS_VIEW (view), description, valuation);
  assert_texts (view,
                "Why|Base price|$170,000|Area|1,656.5 m²|+10,000|House age|37|−2,100|Place|–|+223|Price|$178,123|");
  gtk_test_accessible_assert_property (gtk_widget_get_first_child (view), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "Base price $170,000. Area 1,656.5 m²: +10,000. House age 37: −2,100. Place –: "
                                       "+223. Together $178,123.");
  /* one that does not explain itself, and none */
  hp_reasons_view_set (HP_REASONS_VIEW (view), NULL, silent);
  g_assert_false (gtk_widget_get_visible (view));
  hp_reasons_view_set (HP_REASONS_VIEW (view), NULL, valuation);
  g_assert_true (gtk_widget_get_visible (view));
  hp_reasons_view_set (HP_REASONS_VIEW (view), NULL, NULL);
  g_assert_false (gtk_widget_get_visible (view));
  gtk_support_assert_finalized (view);
}

static guint
count_bars (GtkWidget *widget)
{
  guint n = HP_IS_REASON_BAR (widget);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count_bars (child);
  return n;
}

/* Many: the largest and a sum of the others, all of them when asked for */
static void
test_many_reasons (void)
{
  g_autoptr (GString) more = g_string_new (",\"base_price\":100000,\"contributions\":[");
  g_autoptr (HpValuation) valuation = NULL;
  GtkWidget *view = g_object_ref_sink (hp_reasons_view_new ()), *all;
  g_autoptr (GString) text = g_string_new (NULL);

  for (int i = 0; i < 20; i++)
    g_string_append_printf (more, "%s{\"feature\":\"f%d\",\"value\":%d,\"amount\":%d}", i > 0 ? "," : "", i, i,
                            1000 - 10 * i);
  g_string_append (more, "]");
  valuation = parse (more->str);
  hp_reasons_view_set (HP_REASONS_VIEW (view), NULL, valuation);
  g_assert_cmpuint (count_bars (view), ==, 7 + 1 + 2);
  collect (view, text);
  /* 930 + 920 + … + 810 */
  g_assert_nonnull (strstr (text->str, "13 others|+11,310|"));
  all = gtk_support_find (view, GTK_TYPE_TOGGLE_BUTTON);
  g_assert_true (gtk_widget_get_visible (all));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (all), TRUE);
  g_assert_cmpuint (count_bars (view), ==, 20 + 2);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (all), FALSE);
  g_assert_cmpuint (count_bars (view), ==, 7 + 1 + 2);
  gtk_support_assert_finalized (view);
}

#define SALES                                                                                                          \
  ",\"comparables\":[{\"row\":1234,\"similarity\":0.812,\"price\":172500,\"sale_date\":\"2010-04\","                   \
  "\"adjusted_price\":176900.4,\"distance_km\":0.44,\"differs\":[\"area\",\"place\",\"built\"],\"attributes\":"        \
  "{\"area\":1500,\"place\":\"Old Town\",\"built\":1965}},"                                                            \
  "{\"row\":7,\"similarity\":0.5,\"price\":150000,\"repeat_sale\":true,\"differs\":[],\"attributes\":{}}]"

static void
test_comparables (void)
{
  g_autoptr (HpDescription) description = gtk_support_describe ("1");
  g_autoptr (HpValuation) valuation = parse (SALES);
  g_autoptr (HpValuation) lonely = parse ("");
  GtkWidget *view = g_object_ref_sink (hp_comparables_view_new ());
  g_autofree char *first = hp_evidence_text_comparable (description, valuation->comparables->pdata[0], "USD");
  g_autofree char *second = hp_evidence_text_comparable (description, valuation->comparables->pdata[1], "USD");
  g_autoptr (GString) text = g_string_new (NULL);

  g_assert_cmpstr (
    first, ==,
    "Sale 1234, sold 2010-04, $172,500, adjusted $176,900, similarity 81 %, 0.4 km, differs: Area 1,500 m², "
    "Place Old Town, Year built 1965");
  g_assert_cmpstr (second, ==, "Sale 7, the same property, $150,000, similarity 50 %, differs: no difference");
  g_assert_false (gtk_widget_get_visible (view));
  hp_comparables_view_set (HP_COMPARABLES_VIEW (view), description, valuation);
  collect (view, text);
  g_assert_nonnull (strstr (text->str,
                            "Sale|Sold|Away|Price|Adjusted|Similar|Sale 1234|2010-04|0.4 km|$172,500|$176,900|"
                            "81 %|Differs: Area 1,500 m², Place Old Town, Year built 1965|"));
  g_assert_nonnull (strstr (text->str, "Sale 7|–|–|$150,000|–|50 %|Same property|"));
  /* the narrow one says the same in fewer columns */
  g_assert_nonnull (strstr (text->str,
                            "Sale|Price|Adjusted|Similar|Sale 1234|$172,500|$176,900|81 %|2010-04 · 0.4 km · "
                            "Differs: Area"));
  hp_comparables_view_set (HP_COMPARABLES_VIEW (view), description, lonely);
  assert_texts (view, "Comparables|No sale that this version knows is like this house|");
  hp_comparables_view_set (HP_COMPARABLES_VIEW (view), NULL, NULL);
  g_assert_false (gtk_widget_get_visible (view));
  gtk_support_assert_finalized (view);
}

/* Of which nothing is known, no column is shown */
static void
test_bare_comparables (void)
{
  g_autoptr (HpValuation) valuation
    = parse (",\"comparables\":[{\"row\":1,\"similarity\":1,\"price\":2,\"attributes\":{}}]");
  GtkWidget *view = g_object_ref_sink (hp_comparables_view_new ());
  g_autoptr (GString) text = g_string_new (NULL);

  hp_comparables_view_set (HP_COMPARABLES_VIEW (view), NULL, valuation);
  collect (view, text);
  g_assert_cmpstr (text->str, ==, "Comparables|Sale|Price|Similar|Sale 1|$2|100 %|Sale|Price|Similar|Sale 1|$2|100 %|");
  gtk_support_assert_finalized (view);
}

static void
test_warnings (void)
{
  g_autoptr (HpValuation) valuation
    = parse (",\"warnings\":[{\"code\":\"thin_support\",\"message\":\"few sales\"},{\"code\":\"no_interval\","
             "\"message\":\"not here\"},{\"code\":\"no_value\",\"message\":\"Area was not given\"}]");
  g_autoptr (HpValuation) only = parse (",\"warnings\":[{\"code\":\"no_interval\",\"message\":\"not here\"}]");
  GtkWidget *view = g_object_ref_sink (hp_warnings_view_new ());

  g_assert_false (gtk_widget_get_visible (view));
  hp_warnings_view_set (HP_WARNINGS_VIEW (view), NULL, valuation->warnings);
  g_assert_true (gtk_widget_get_visible (view));
  assert_texts (view, "Not to be trusted: Area was not given|Few sales|");
  hp_warnings_view_set (HP_WARNINGS_VIEW (view), "model.json: damaged", NULL);
  assert_texts (view, "Model.json: damaged|");
  hp_warnings_view_set (HP_WARNINGS_VIEW (view), NULL, only->warnings);
  g_assert_false (gtk_widget_get_visible (view));
  hp_warnings_view_set (HP_WARNINGS_VIEW (view), NULL, NULL);
  g_assert_false (gtk_widget_get_visible (view));
  gtk_support_assert_finalized (view);
}

typedef struct
{
  TestValuer *local;
  HpValuer *valuer;
  HpWorkbench *workbench;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->local = test_valuer_new ("local");
  fixture->valuer = hp_auto_valuer_new (NULL, HP_VALUER (fixture->local));
  fixture->workbench = hp_workbench_new_with_valuer (HP_AUTO_VALUER (fixture->valuer));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_support_settle ();
  g_object_unref (fixture->workbench);
  g_object_unref (fixture->valuer);
  g_object_unref (fixture->local);
}

static gboolean
is_asked (gpointer valuer)
{
  return test_valuer_waiting (valuer) > 0;
}

static gboolean
is_curve_current (gpointer what_if)
{
  return hp_what_if_is_current (what_if);
}

static void
make_price_view (Fixture *fixture, GtkWidget **view, const char *more)
{
  HpLiveValuation *live = hp_workbench_get_live (fixture->workbench);
  g_autoptr (HpQuestion) question = hp_question_new ();

  *view = g_object_ref_sink (hp_price_view_new ());
  hp_price_view_set_live (HP_PRICE_VIEW (*view), live);
  hp_question_set (question, "area", "100");
  hp_live_valuation_set_question (live, question);
  gtk_support_wait (is_asked, fixture->local);
  test_valuer_give (fixture->local, parse (more));
}

/* Imported without sales: a sentence where the interval would be */
static void
test_no_interval (Fixture *fixture, gconstpointer data)
{
  GtkWidget *view;
  g_autoptr (HpValuation) valuation
    = parse (",\"warnings\":[{\"code\":\"no_interval\",\"message\":\"nobody knows how far off it is\"}]");
  HpLiveValuation *live = hp_workbench_get_live (fixture->workbench);
  g_autoptr (GError) error = g_error_new_literal (HP_ERROR, HP_ERROR_DAMAGED, "no model");

  make_price_view (fixture, &view, "");
  valuation->low = valuation->high = valuation->fsd = valuation->within_10_percent = NAN;
  hp_live_valuation_refresh (live);
  gtk_support_wait (is_asked, fixture->local);
  test_valuer_give (fixture->local, g_steal_pointer (&valuation));
  assert_texts (view, "$178,123|No interval: nobody knows how far off it is|Valued by version 3 on this computer|");
  gtk_test_accessible_assert_property (gtk_widget_get_first_child (view), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "Price $178,123. No interval: nobody knows how far off it is. Valued by version "
                                       "3 on this computer. 1 warning.");
  /* it is a sentence; that there is no price stands where the interval's heading does, and looks like it */
  g_assert_false (
    gtk_widget_has_css_class (find_label (view, "No interval: nobody knows how far off it is"), "caption-heading"));
  hp_live_valuation_refresh (live);
  gtk_support_wait (is_asked, fixture->local);
  test_valuer_refuse (fixture->local, error);
  g_assert_true (gtk_widget_has_css_class (find_label (view, "No price"), "caption-heading"));
  /* and back */
  hp_live_valuation_refresh (live);
  gtk_support_wait (is_asked, fixture->local);
  test_valuer_give (fixture->local, parse (""));
  assert_texts (view, "$178,123|90 % interval|$150,000|$210,000|within 10 %: 63 %|FSD 0.11|Valued by version 3 on this "
                      "computer|");
  gtk_support_assert_finalized (view);
}

/* A value is missing: the warning comes first, and the price steps back */
static void
test_doubt (Fixture *fixture, gconstpointer data)
{
  const char *spoken
    = "This price is not to be trusted: values are missing. Price $178,123. With 90 percent certainty between $150,000 "
      "and "
      "$210,000. 63 % of houses like it sold within 10 percent of their price. Valued by version 3 on this computer. 1 "
      "warning.";
  GtkWidget *view;
  HpLiveValuation *live = hp_workbench_get_live (fixture->workbench);

  make_price_view (fixture, &view, ",\"warnings\":[{\"code\":\"no_value\",\"message\":\"Area was not given\"}]");
  g_assert_true (gtk_widget_has_css_class (gtk_widget_get_first_child (view), "doubtful"));
  assert_texts (view, "Not to be trusted: Area was not given|$178,123|90 % interval|$150,000|$210,000|within 10 %: 63 "
                      "%|FSD 0.11|Valued by version 3 on this computer|");
  gtk_test_accessible_assert_property (gtk_widget_get_first_child (view), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, spoken);
  hp_live_valuation_refresh (live);
  gtk_support_wait (is_asked, fixture->local);
  test_valuer_give (fixture->local, parse (",\"warnings\":[{\"code\":\"thin_support\",\"message\":\"few sales\"}]"));
  g_assert_false (gtk_widget_has_css_class (gtk_widget_get_first_child (view), "doubtful"));
  assert_texts (view, "$178,123|90 % interval|$150,000|$210,000|within 10 %: 63 %|FSD 0.11|Valued by version 3 on this "
                      "computer|Few sales|");
  gtk_support_assert_finalized (view);
}

/* The curve's chart, made to draw itself */
static void
draw (GtkWidget *widget, int width, int height)
{
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  GtkWidgetClass *class = GTK_WIDGET_GET_CLASS (widget);
  int minimum;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, -1, &minimum, NULL, NULL, NULL);
  gtk_widget_allocate (widget, width, MAX (height, minimum), -1, NULL);
  class->snapshot (widget, snapshot);
  node = gtk_snapshot_free_to_node (g_steal_pointer (&snapshot));
  g_assert_nonnull (node);
}

static void
press (GtkWidget *chart, guint key)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (chart);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);
      gboolean stop;

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
        g_signal_emit_by_name (controller, "key-pressed", key, 0, 0, &stop);
    }
}

static void
test_what_if (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HpDescription) description = gtk_support_describe ("1");
  HpWhatIf *what_if = hp_what_if_new (fixture->workbench, NULL);
  GtkWidget *view = g_object_ref_sink (hp_what_if_view_new ());
  GtkWidget *chart = gtk_support_find (view, HP_TYPE_WHAT_IF_CHART);

  hp_what_if_view_set_what_if (HP_WHAT_IF_VIEW (view), what_if);
  g_assert_false (gtk_widget_get_visible (view));
  hp_form_set_description (hp_workbench_get_form (fixture->workbench), description);
  hp_what_if_set_field (what_if, "baths");
  gtk_support_wait (is_curve_current, what_if);
  g_assert_true (gtk_widget_get_visible (view));
  assert_texts (view, "What if: Baths|This house, 2: $102,000 ($81,600 – $122,400)|");
  gtk_test_accessible_assert_role (chart, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_test_accessible_assert_property (chart, GTK_ACCESSIBLE_PROPERTY_LABEL, "What if: Baths");
  gtk_test_accessible_assert_property (
    chart, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
    "Price if Baths were another. Least: 1: $100,000 ($80,000 – $120,000). Greatest: 7.5: $113,000 ($90,400 – "
    "$135,600). This house: 2: $102,000 ($81,600 – $122,400).");
  draw (chart, 300, 200);
  draw (chart, 900, 200);
  /* every point can be reached with keys, and is said */
  press (chart, GDK_KEY_Right);
  assert_texts (view, "What if: Baths|2.5: $103,000 ($82,400 – $123,600)|");
  press (chart, GDK_KEY_Home);
  press (chart, GDK_KEY_Left);
  g_assert_cmpint (hp_what_if_chart_get_cursor (HP_WHAT_IF_CHART (chart)), ==, 0);
  draw (chart, 300, 200);
  press (chart, GDK_KEY_End);
  assert_texts (view, "What if: Baths|7.5: $113,000 ($90,400 – $135,600)|");
  gtk_test_accessible_assert_property (chart, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "7.5: $113,000 ($90,400 – $135,600)");
  /* a curve of fewer points has no such place */
  hp_what_if_set_field (what_if, "place");
  gtk_support_wait (is_curve_current, what_if);
  g_assert_cmpint (hp_what_if_chart_get_cursor (HP_WHAT_IF_CHART (chart)), ==, -1);
  assert_texts (view, "What if: Place|This house, North Ames: $100,000 ($80,000 – $120,000)|");
  draw (chart, 300, 200);
  press (chart, GDK_KEY_Down);
  draw (chart, 300, 200);
  press (chart, GDK_KEY_Escape);
  g_assert_cmpint (hp_what_if_chart_get_cursor (HP_WHAT_IF_CHART (chart)), ==, -1);
  hp_what_if_set_field (what_if, "sold");
  gtk_support_wait (is_curve_current, what_if);
  assert_texts (view, "What if: Sale date|This house, as it is: $154,000 ($123,200 – $184,800)|");
  draw (chart, 300, 200);
  gtk_support_assert_finalized (view);
  g_object_unref (what_if);
}

/* The cursor is at a value, not at a place in a row: another curve may have it elsewhere, or not at all */
static void
test_cursor (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HpDescription) description = gtk_support_describe ("1");
  HpForm *form = hp_workbench_get_form (fixture->workbench);
  HpWhatIf *what_if = hp_what_if_new (fixture->workbench, NULL);
  GtkWidget *view = g_object_ref_sink (hp_what_if_view_new ());
  GtkWidget *chart = gtk_support_find (view, HP_TYPE_WHAT_IF_CHART);
  guint baths;
  int last;

  hp_what_if_view_set_what_if (HP_WHAT_IF_VIEW (view), what_if);
  hp_form_set_description (form, description);
  baths = (guint) hp_description_find_attribute (description, "baths");
  hp_what_if_set_field (what_if, "baths");
  gtk_support_wait (is_curve_current, what_if);
  press (chart, GDK_KEY_End);
  last = hp_what_if_chart_get_cursor (HP_WHAT_IF_CHART (chart));
  /* one value more, and it comes before */
  hp_form_set_text (form, baths, "2.25");
  gtk_support_wait (is_curve_current, what_if);
  g_assert_cmpint (hp_what_if_chart_get_cursor (HP_WHAT_IF_CHART (chart)), ==, last + 1);
  assert_texts (view, "What if: Baths|7.5: $114,000 ($91,200 – $136,800)|");
  /* at the house's own, which is another then */
  press (chart, GDK_KEY_Escape);
  press (chart, GDK_KEY_Right);
  press (chart, GDK_KEY_Left);
  g_assert_cmpint (hp_what_if_chart_get_cursor (HP_WHAT_IF_CHART (chart)), ==, hp_what_if_get_own (what_if));
  hp_form_set_text (form, baths, "2.75");
  gtk_support_wait (is_curve_current, what_if);
  g_assert_cmpint (hp_what_if_chart_get_cursor (HP_WHAT_IF_CHART (chart)), ==, -1);
  /* another attribute has a point at that place */
  press (chart, GDK_KEY_Home);
  press (chart, GDK_KEY_Right);
  press (chart, GDK_KEY_Right);
  hp_what_if_set_field (what_if, "built");
  gtk_support_wait (is_curve_current, what_if);
  g_assert_cmpint (hp_what_if_chart_get_cursor (HP_WHAT_IF_CHART (chart)), ==, -1);
  gtk_support_assert_finalized (view);
  g_object_unref (what_if);
}

/* Names take the room that they are drawn in, not that of what is cut off them */
static void
test_long_names (Fixture *fixture, gconstpointer data)
{
  g_autofree char *name = g_strnfill (200, 'i');
  g_autofree char *json = g_strdup_printf ("{\"model\":\"test\",\"version\":\"1\",\"target\":\"price\","
                                           "\"attributes\":[{\"name\":\"only\",\"label\":\"Only\",\"type\":"
                                           "\"category\",\"required\":true,\"typical\":\"A\",\"choices\":["
                                           "{\"value\":\"A\",\"sales\":2},{\"value\":\"%s\",\"sales\":1}]}]}",
                                           name);
  g_autoptr (HpDescription) description = gtk_support_parse_description (json);
  HpWhatIf *what_if = hp_what_if_new (fixture->workbench, NULL);
  GtkWidget *chart = g_object_ref_sink (hp_what_if_chart_new ());
  g_autoptr (PangoLayout) label = NULL;
  HpWhatIfPlot plot;
  int width;

  hp_form_set_description (hp_workbench_get_form (fixture->workbench), description);
  hp_what_if_set_field (what_if, "only");
  gtk_support_wait (is_curve_current, what_if);
  hp_what_if_chart_set (HP_WHAT_IF_CHART (chart), what_if);
  draw (chart, 5000, 200);
  g_assert_true (hp_what_if_plot_init (&plot, chart, what_if));
  g_clear_pointer (&name, g_free);
  name = hp_what_if_plot_name (hp_what_if_plot_point (&plot, 1));
  g_assert_cmpint (g_utf8_strlen (name, -1), ==, 60);
  label = hp_what_if_plot_layout (chart, name);
  pango_layout_get_pixel_size (label, &width, NULL);
  g_assert_cmpfloat (plot.left, ==, width + HP_WHAT_IF_GAP);
  g_assert_cmpint (hp_what_if_plot_find (&plot, 0, plot.bottom), ==, 1);
  g_assert_cmpint (hp_what_if_plot_find (&plot, 4999, 0), ==, 0);
  gtk_support_assert_finalized (chart);
  g_object_unref (what_if);
}

/* All of it in the narrowest window, with the longest words */
static void
test_narrow (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HpDescription) description = gtk_support_parse_description (LONG_DESCRIPTION);
  g_autoptr (HpValuation) valuation
    = parse (",\"base_price\":170000000,\"contributions\":[{\"feature\":\"area\",\"value\":120,\"amount\":-12345678},"
             "{\"feature\":\"place\",\"value\":\"Außergewöhnliche Seelage mit Bootshaus\",\"amount\":1}],"
             "\"comparables\":[{\"row\":123456789,\"similarity\":1,\"price\":99999999,\"adjusted_price\":99999999,"
             "\"distance_km\":1234,\"sale_date\":\"2010-04-30\",\"differs\":[\"place\",\"area\"],\"attributes\":"
             "{\"place\":\"Außergewöhnliche Seelage mit Bootshaus\",\"area\":1}}]");
  HpWhatIf *what_if = hp_what_if_new (fixture->workbench, NULL);
  GtkWidget *views[] = {
    g_object_ref_sink (hp_reasons_view_new ()),
    g_object_ref_sink (hp_comparables_view_new ()),
    g_object_ref_sink (hp_what_if_view_new ()),
  };

  valuation->predicted_price = 157654323;
  hp_reasons_view_set (HP_REASONS_VIEW (views[0]), description, valuation);
  hp_comparables_view_set (HP_COMPARABLES_VIEW (views[1]), description, valuation);
  hp_what_if_view_set_what_if (HP_WHAT_IF_VIEW (views[2]), what_if);
  hp_form_set_description (hp_workbench_get_form (fixture->workbench), description);
  hp_what_if_set_field (what_if, "place");
  gtk_support_wait (is_curve_current, what_if);
  for (gsize i = 0; i < G_N_ELEMENTS (views); i++)
    {
      /* the view's margins are 18 on each side */
      g_assert_cmpint (minimum_width (views[i]), <=, 360 - 2 * 18);
      gtk_support_assert_finalized (views[i]);
    }
  g_object_unref (what_if);
}

/* What was typed first may have been asked already */
static gboolean
is_asked_last (gpointer valuer)
{
  return test_valuer_waiting (valuer) > 0
         && g_strcmp0 (hp_question_get (test_valuer_question (valuer), "area"), "1001") == 0;
}

/* Typing leaves the evidence alone until there is another: a pointer or a screen reader may be on it */
static void
test_evidence_kept (Fixture *fixture, gconstpointer data)
{
  GtkWidget *view = g_object_ref_sink (hp_value_view_new ()), *reasons, *label;
  HpForm *form = hp_workbench_get_form (fixture->workbench);
  g_autoptr (HpDescription) description = NULL;

  hp_value_view_set_workbench (HP_VALUE_VIEW (view), fixture->workbench);
  hp_workbench_start (fixture->workbench);
  gtk_support_wait (is_asked, fixture->local);
  test_valuer_give (fixture->local, parse (",\"base_price\":170000,\"contributions\":[{\"feature\":\"place\","
                                           "\"value\":\"North Ames\",\"amount\":8123}]"));
  reasons = gtk_support_find (view, HP_TYPE_REASONS_VIEW);
  label = find_label (reasons, "+8,123");
  g_assert_nonnull (label);
  gtk_label_set_text (GTK_LABEL (label), "kept");
  hp_form_set_text (form, 0, "100");
  hp_form_set_text (form, 0, "1001");
  gtk_support_wait (is_asked_last, fixture->local);
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (label)), ==, "kept");
  test_valuer_give (fixture->local, parse (",\"base_price\":170000,\"contributions\":[{\"feature\":\"place\","
                                           "\"value\":\"North Ames\",\"amount\":9000}]"));
  g_assert_nonnull (find_label (reasons, "+9,000"));
  /* other labels */
  gtk_label_set_text (GTK_LABEL (find_label (reasons, "+9,000")), "kept");
  description = hp_description_ref (hp_form_get_description (form));
  hp_form_set_description (form, description);
  g_assert_nonnull (find_label (reasons, "+9,000"));
  gtk_support_assert_finalized (view);
}

/* How often the widget or one that it is in steps back */
static guint
count_stale (GtkWidget *widget)
{
  guint n = 0;

  for (; widget != NULL; widget = gtk_widget_get_parent (widget))
    n += gtk_widget_has_css_class (widget, "stale");
  return n;
}

/* Reasons come with the price, and step back when the form has a mistake */
typedef struct
{
  TestValuer *valuer;
  GtkWidget *widget;
  GError *error;
} Refusal;

/* A question that was put before the form changed is answered to nobody: the next one is refused, too */
static gboolean
is_refused (gpointer data)
{
  Refusal *refusal = data;

  if (test_valuer_waiting (refusal->valuer) > 0)
    test_valuer_refuse (refusal->valuer, refusal->error);
  return count_stale (refusal->widget) == 1;
}

static void
test_value_view (Fixture *fixture, gconstpointer data)
{
  GtkWidget *view = g_object_ref_sink (hp_value_view_new ());
  HpForm *form = hp_workbench_get_form (fixture->workbench);
  GtkWidget *reasons, *comparables, *chart;
  g_autoptr (GError) error = g_error_new_literal (HP_ERROR, HP_ERROR_DAMAGED, "no model");

  hp_value_view_set_workbench (HP_VALUE_VIEW (view), fixture->workbench);
  hp_workbench_start (fixture->workbench);
  gtk_support_wait (is_asked, fixture->local);
  g_assert_true (test_valuer_question (fixture->local)->options.explain);
  g_assert_cmpuint (test_valuer_question (fixture->local)->options.n_comparables, ==, 5);
  test_valuer_give (fixture->local,
                    parse (",\"base_price\":170000,\"contributions\":[{\"feature\":\"place\",\"value\":\"North Ames\","
                           "\"amount\":8123}]" SALES));
  reasons = gtk_support_find (view, HP_TYPE_REASONS_VIEW);
  comparables = gtk_support_find (view, HP_TYPE_COMPARABLES_VIEW);
  chart = gtk_support_find (view, HP_TYPE_WHAT_IF_CHART);
  g_assert_true (gtk_widget_get_visible (reasons));
  g_assert_true (gtk_widget_get_visible (comparables));
  g_assert_true (gtk_widget_get_visible (gtk_support_find (view, HP_TYPE_WHAT_IF_VIEW)));
  g_assert_cmpuint (count_stale (reasons) + count_stale (comparables) + count_stale (chart), ==, 0);
  hp_form_set_text (form, 0, "none");
  g_assert_cmpuint (count_stale (reasons), ==, 1);
  g_assert_cmpuint (count_stale (comparables), ==, 1);
  g_assert_cmpuint (count_stale (chart), ==, 1);
  g_assert_true (gtk_widget_get_visible (reasons));
  hp_form_set_text (form, 0, "100");
  g_assert_cmpuint (count_stale (reasons) + count_stale (comparables) + count_stale (chart), ==, 0);
  gtk_support_wait (is_refused, &(Refusal){ fixture->local, reasons, error });
  g_assert_cmpuint (count_stale (comparables), ==, 1);
  g_assert_cmpuint (count_stale (chart), ==, 1);
  gtk_support_assert_finalized (view);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  setlocale (LC_ALL, "C.UTF-8");
  adw_init ();
  g_test_add_func ("/evidence/reasons", test_reasons);
  g_test_add_func ("/evidence/many-reasons", test_many_reasons);
  g_test_add_func ("/evidence/comparables", test_comparables);
  g_test_add_func ("/evidence/bare-comparables", test_bare_comparables);
  g_test_add_func ("/evidence/warnings", test_warnings);
#define ADD(name, func) g_test_add ("/evidence/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("no-interval", test_no_interval);
  ADD ("doubt", test_doubt);
  ADD ("what-if", test_what_if);
  ADD ("cursor", test_cursor);
  ADD ("long-names", test_long_names);
  ADD ("narrow", test_narrow);
  ADD ("value-view", test_value_view);
  ADD ("evidence-kept", test_evidence_kept);
#undef ADD
  return g_test_run ();
}
