/* gtk-support.c - what tests of the desktop share: descriptions, a valuer that says what it is told, waiting
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "gtk-support.h"

/* So long nothing takes, even under a sanitizer on a busy machine */
#define FOREVER_S 60

struct _TestValuer
{
  HpValuer parent_instance;

  char *source;
  GPtrArray *tasks;     /* (element-type GTask) */
  GPtrArray *questions; /* (element-type HpQuestion) */
};

G_DEFINE_FINAL_TYPE (TestValuer, test_valuer, HP_TYPE_VALUER)

/**
 * gtk_support_parse_description:
 * @json: a description as a server sends it
 *
 * Returns: (transfer full): the description
 */
HpDescription *
gtk_support_parse_description (const char *json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = hp_json_parse (json, strlen (json), 1 << 20, "test", &error);
  HpDescription *description;

  g_assert_no_error (error);
  description = hp_description_from_json (json_node_get_object (node), &error);
  g_assert_no_error (error);
  return description;
}

/**
 * gtk_support_describe:
 * @version: its version
 *
 * Returns: (transfer full): a description of five attributes
 */
HpDescription *
gtk_support_describe (const char *version)
{
  g_autofree char *json = g_strdup_printf (
    "{\"model\":\"test\",\"version\":\"%s\",\"currency\":\"USD\",\"target\":\"price\",\"reference_date\":\"2010-07\","
    "\"attributes\":["
    "{\"name\":\"area\",\"label\":\"Area\",\"type\":\"number\",\"unit\":\"m²\",\"required\":true,\"min\":10,"
    "\"max\":2000,\"seen_min\":40,\"seen_max\":600,\"typical\":1234.5},"
    "{\"name\":\"built\",\"label\":\"Year built\",\"type\":\"integer\",\"required\":true,\"min\":1700,\"max\":2100,"
    "\"seen_min\":1872,\"seen_max\":2010,\"typical\":1973},"
    "{\"name\":\"baths\",\"label\":\"Baths\",\"type\":\"number\",\"required\":true,\"min\":0.5,\"seen_min\":1,"
    "\"seen_max\":7.5,\"typical\":2},"
    "{\"name\":\"place\",\"label\":\"Place\",\"type\":\"category\",\"required\":true,\"typical\":\"North Ames\","
    "\"choices\":[{\"value\":\"Old Town\",\"sales\":239},{\"value\":\"North Ames\",\"sales\":1443},"
    "{\"value\":\"Landmark\",\"sales\":1}]},"
    "{\"name\":\"sold\",\"label\":\"Sale date\",\"type\":\"date\",\"required\":false,\"effective_date\":true,"
    "\"seen_min\":\"2006-01\",\"seen_max\":\"2010-07\"}]}",
    version);

  return gtk_support_parse_description (json);
}

/**
 * gtk_support_describe_other:
 *
 * Returns: (transfer full): a description of one attribute, and a strange one
 */
HpDescription *
gtk_support_describe_other (void)
{
  return gtk_support_parse_description (
    "{\"model\":\"test\",\"version\":\"9\",\"target\":\"price\",\"attributes\":[{\"name\":\"only\",\"label\":"
    "\"<b>Only & \\u202e one\",\"type\":\"category\",\"required\":true,\"choices\":[]}]}");
}

static HpValuation *make_valuation (TestValuer *self, double price, guint n_warnings);

static void
test_valuer_value_async (HpValuer *valuer, const HpQuestion *question, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer data)
{
  TestValuer *self = TEST_VALUER (valuer);

  g_ptr_array_add (self->tasks, g_task_new (valuer, cancellable, callback, data));
  g_ptr_array_add (self->questions, hp_question_copy (question));
}

/* Several houses are priced at once, by their places: whoever waits is tested with one house */
static void
test_valuer_value_many_async (HpValuer *valuer, GPtrArray *questions, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (valuer, cancellable, callback, data);
  GPtrArray *answers = g_ptr_array_new_with_free_func ((GDestroyNotify) hp_answer_free);

  for (guint i = 0; i < questions->len; i++)
    {
      HpAnswer *answer = g_new0 (HpAnswer, 1);

      answer->valuation = make_valuation (TEST_VALUER (valuer), 100000 + 1000 * (double) i, 0);
      g_ptr_array_add (answers, answer);
    }
  g_task_return_pointer (task, answers, (GDestroyNotify) g_ptr_array_unref);
}

static void
test_valuer_describe_async (HpValuer *valuer, const char *version, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (valuer, cancellable, callback, data);

  g_task_return_pointer (task, gtk_support_describe ("1"), (GDestroyNotify) hp_description_unref);
}

static void
test_valuer_finalize (GObject *object)
{
  TestValuer *self = TEST_VALUER (object);

  g_free (self->source);
  g_ptr_array_unref (self->tasks);
  g_ptr_array_unref (self->questions);
  G_OBJECT_CLASS (test_valuer_parent_class)->finalize (object);
}

static void
test_valuer_class_init (TestValuerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = test_valuer_finalize;
  HP_VALUER_CLASS (klass)->value_async = test_valuer_value_async;
  HP_VALUER_CLASS (klass)->value_many_async = test_valuer_value_many_async;
  HP_VALUER_CLASS (klass)->describe_async = test_valuer_describe_async;
}

static void
test_valuer_init (TestValuer *self)
{
  self->tasks = g_ptr_array_new_with_free_func (g_object_unref);
  self->questions = g_ptr_array_new_with_free_func ((GDestroyNotify) hp_question_free);
}

/**
 * test_valuer_new:
 * @source: "local" or "server"
 *
 * Returns: (transfer full): a valuer that answers when the test says so
 */
TestValuer *
test_valuer_new (const char *source)
{
  TestValuer *self = g_object_new (TEST_TYPE_VALUER, NULL);

  self->source = g_strdup (source);
  return self;
}

/**
 * test_valuer_waiting:
 * @valuer: a valuer
 *
 * Returns: how many questions wait for an answer
 */
guint
test_valuer_waiting (TestValuer *valuer)
{
  return valuer->tasks->len;
}

/**
 * test_valuer_question:
 * @valuer: a valuer with questions
 *
 * Returns: (transfer none): the newest
 */
const HpQuestion *
test_valuer_question (TestValuer *valuer)
{
  g_assert_cmpuint (valuer->questions->len, >, 0);
  return valuer->questions->pdata[valuer->questions->len - 1];
}

static void
warning_free (gpointer data)
{
  HpWarning *warning = data;

  g_free (warning->code);
  g_free (warning->field);
  g_free (warning->message);
  g_free (warning);
}

static HpValuation *
make_valuation (TestValuer *self, double price, guint n_warnings)
{
  HpValuation *valuation = g_new0 (HpValuation, 1);

  valuation->model = g_strdup ("test");
  valuation->version = g_strdup (g_str_equal (self->source, "server") ? "7" : "3");
  valuation->source = g_strdup (self->source);
  valuation->currency = g_strdup ("USD");
  valuation->predicted_price = price;
  valuation->level = 0.9;
  valuation->low = 0.8 * price;
  valuation->high = 1.2 * price;
  valuation->fsd = 0.123;
  valuation->within_10_percent = 0.634;
  valuation->contributions = g_ptr_array_new ();
  valuation->comparables = g_ptr_array_new ();
  valuation->warnings = g_ptr_array_new_with_free_func (warning_free);
  for (guint i = 0; i < n_warnings; i++)
    hp_valuation_add_warning (valuation, "out_of_range", "area", "warning number %u", i);
  return valuation;
}

static void
clear (TestValuer *valuer)
{
  g_ptr_array_set_size (valuer->tasks, 0);
  g_ptr_array_set_size (valuer->questions, 0);
  gtk_support_settle ();
}

/**
 * test_valuer_answer:
 * @valuer: a valuer with questions
 * @price: the price of each
 * @n_warnings: how many warnings come with it
 */
void
test_valuer_answer (TestValuer *valuer, double price, guint n_warnings)
{
  g_assert_cmpuint (valuer->tasks->len, >, 0);
  for (guint i = 0; i < valuer->tasks->len; i++)
    g_task_return_pointer (valuer->tasks->pdata[i], make_valuation (valuer, price, n_warnings),
                           (GDestroyNotify) hp_valuation_free);
  clear (valuer);
}

/**
 * test_valuer_give:
 * @valuer: a valuer with questions
 * @valuation: (transfer full): the answer to the newest; those before it are cancelled, as nobody waits for them
 */
void
test_valuer_give (TestValuer *valuer, HpValuation *valuation)
{
  g_assert_cmpuint (valuer->tasks->len, >, 0);
  for (guint i = 0; i + 1 < valuer->tasks->len; i++)
    g_task_return_new_error (valuer->tasks->pdata[i], G_IO_ERROR, G_IO_ERROR_CANCELLED, "overtaken");
  g_task_return_pointer (valuer->tasks->pdata[valuer->tasks->len - 1], valuation, (GDestroyNotify) hp_valuation_free);
  clear (valuer);
}

/**
 * test_valuer_refuse:
 * @valuer: a valuer with questions
 * @error: what each is answered with
 */
void
test_valuer_refuse (TestValuer *valuer, const GError *error)
{
  g_assert_cmpuint (valuer->tasks->len, >, 0);
  for (guint i = 0; i < valuer->tasks->len; i++)
    g_task_return_error (valuer->tasks->pdata[i], g_error_copy (error));
  clear (valuer);
}

static gboolean
wake_cb (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

/**
 * gtk_support_wait:
 * @condition: what is waited for
 * @data: for @condition
 */
void
gtk_support_wait (GtkSupportCondition condition, gpointer data)
{
  gint64 end = g_get_monotonic_time () + FOREVER_S * G_USEC_PER_SEC;
  guint wake = g_timeout_add (20, wake_cb, NULL);

  while (!condition (data))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      g_main_context_iteration (NULL, TRUE);
    }
  g_source_remove (wake);
}

/**
 * gtk_support_settle:
 */
void
gtk_support_settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/**
 * gtk_support_assert_finalized:
 * @widget: (transfer full): a widget without a parent
 */
void
gtk_support_assert_finalized (GtkWidget *widget)
{
  g_assert_null (gtk_widget_get_parent (widget));
  g_assert_finalize_object (G_OBJECT (widget));
}

/**
 * gtk_support_find:
 * @widget: where to look
 * @type: what for
 *
 * Returns: (transfer none) (nullable): the first widget of that type below @widget
 */
GtkWidget *
gtk_support_find (GtkWidget *widget, GType type)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = G_TYPE_CHECK_INSTANCE_TYPE (child, type) ? child : gtk_support_find (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static GtkWidget *
find_button (GtkWidget *widget, const char *label)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      gboolean meant = GTK_IS_BUTTON (child) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (child)), label) == 0;
      GtkWidget *found = meant ? child : find_button (child, label);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/**
 * gtk_support_press:
 * @widget: where to look
 * @label: the button's label
 */
void
gtk_support_press (GtkWidget *widget, const char *label)
{
  GtkWidget *button = find_button (widget, label);

  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
}
