/* tui-support.c - a host without a terminal, and a valuer without a model
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <string.h>

#include "hp-error.h"
#include "hp-number.h"
#include "tui-support.h"

const char tui_attributes[]
  = "[{\"name\":\"sqft\",\"label\":\"Living area\",\"type\":\"number\",\"unit\":\"ft²\",\"required\":true,"
    "\"min\":100,\"max\":20000,\"seen_min\":300,\"seen_max\":5300,\"typical\":1500},"
    "{\"name\":\"longitude\",\"label\":\"Longitude\",\"type\":\"number\",\"required\":true,"
    "\"min\":-180,\"max\":180,\"seen_min\":-94,\"seen_max\":-93,\"typical\":-93.5},"
    "{\"name\":\"location\",\"label\":\"Location\",\"type\":\"category\",\"required\":true,\"typical\":\"North\","
    "\"choices\":[{\"value\":\"North\",\"sales\":1200},{\"value\":\"North West\",\"sales\":5},"
    "{\"value\":\"Old Town\",\"sales\":7},{\"value\":\"Jay\",\"sales\":1}]},"
    "{\"name\":\"sale_date\",\"label\":\"Sale date\",\"type\":\"date\",\"required\":false,\"effective_date\":true}]";

#define TUI_TYPE_VALUER (tui_valuer_get_type ())
G_DECLARE_FINAL_TYPE (TuiValuer, tui_valuer, TUI, VALUER, HpValuer)

struct _TuiValuer
{
  HpValuer parent_instance;

  HpDescription *description; /* (nullable) */
  TuiAnswer answer;
};

G_DEFINE_FINAL_TYPE (TuiValuer, tui_valuer, HP_TYPE_VALUER)

static void
warning_free (gpointer data)
{
  HpWarning *warning = data;

  g_free (warning->code);
  g_free (warning->field);
  g_free (warning->message);
  g_free (warning);
}

static void
contribution_free (gpointer data)
{
  HpContribution *reason = data;

  g_free (reason->feature);
  g_free (reason->value);
  g_free (reason);
}

static void
comparable_free (gpointer data)
{
  HpComparable *sale = data;

  g_free (sale->sale_date);
  g_ptr_array_unref (sale->names);
  g_ptr_array_unref (sale->values);
  g_clear_pointer (&sale->differs, g_ptr_array_unref);
  g_free (sale);
}

/* Three quarters of the price are the base; the first attribute adds what the others leave */
static void
explain (HpValuation *valuation, const HpQuestion *question)
{
  double left;

  valuation->explained = TRUE;
  valuation->base_price = valuation->predicted_price * 0.75;
  left = valuation->predicted_price - valuation->base_price;
  for (guint i = question->names->len; i-- > 0;)
    {
      HpContribution *reason = g_new0 (HpContribution, 1);
      const char *text = question->texts->pdata[i];

      reason->feature = g_strdup (question->names->pdata[i]);
      reason->is_number = hp_number_parse (text, strlen (text), &reason->number);
      reason->value = reason->is_number ? NULL : g_strdup (text);
      reason->amount = i == 0 ? left : (i % 2 != 0 ? -0.1 : 0.1) * valuation->predicted_price / (i + 1);
      left -= reason->amount;
      g_ptr_array_insert (valuation->contributions, 0, reason);
    }
}

/* Sales of the house itself but for one attribute; the second one is of the same property, the third one's place is not
 * known, and nothing differs in the last one */
static void
compare (HpValuation *valuation, const HpQuestion *question)
{
  for (guint i = 0; i < question->options.n_comparables; i++)
    {
      HpComparable *sale = g_new0 (HpComparable, 1);

      sale->row = 100 + i;
      sale->similarity = 0.9 - 0.1 * i;
      sale->price = valuation->predicted_price * (0.9 + 0.05 * i);
      sale->adjusted_price = sale->price * 1.01;
      sale->sale_date = g_strdup_printf ("201%u-0%u", i, i + 1);
      sale->distance_km = i == 2 ? NAN : 0.3 + i;
      sale->repeat_sale = i == 1;
      sale->names = g_ptr_array_new_with_free_func (g_free);
      sale->values = g_ptr_array_new_with_free_func (g_free);
      sale->differs = g_ptr_array_new_with_free_func (g_free);
      for (guint k = 0; k < question->names->len; k++)
        {
          g_ptr_array_add (sale->names, g_strdup (question->names->pdata[k]));
          g_ptr_array_add (sale->values, g_strdup (k == i ? "1234" : (char *) question->texts->pdata[k]));
          if (k == i)
            g_ptr_array_add (sale->differs, g_strdup (question->names->pdata[k]));
        }
      g_ptr_array_add (valuation->comparables, sale);
    }
}

static HpValuation *
value_house (TuiValuer *self, const HpQuestion *question)
{
  HpValuation *valuation = g_new0 (HpValuation, 1);
  double number;

  valuation->model = g_strdup ("made-up");
  valuation->version = g_strdup (self->description->version);
  valuation->source = g_strdup ("local");
  valuation->currency = g_strdup ("USD");
  valuation->level = 0.9;
  valuation->fsd = 0.1;
  valuation->within_10_percent = 0.5;
  valuation->contributions = g_ptr_array_new_with_free_func (contribution_free);
  valuation->comparables = g_ptr_array_new_with_free_func (comparable_free);
  valuation->warnings = g_ptr_array_new_with_free_func (warning_free);
  for (guint i = 0; i < question->names->len; i++)
    if (hp_number_parse (question->texts->pdata[i], strlen (question->texts->pdata[i]), &number) && number > 0)
      valuation->predicted_price += 1000 * number;
  valuation->low = valuation->predicted_price * 0.8;
  valuation->high = valuation->predicted_price * 1.25;
  if (valuation->predicted_price > 5300000)
    hp_valuation_add_warning (valuation, "out_of_range", "sqft", "Living area: larger than any that was seen");
  if ((self->answer & TUI_ANSWER_WARNED) != 0)
    for (int i = 0; i < 5; i++)
      hp_valuation_add_warning (valuation, "thin_support", NULL, "warning number %d is about nothing at all", i);
  if ((self->answer & TUI_ANSWER_NO_VALUE) != 0)
    hp_valuation_add_warning (valuation, "no_value", "location", "Location was not given; the price does without it");
  if ((self->answer & TUI_ANSWER_SAYS_WHY) != 0)
    hp_valuation_add_warning (valuation, "no_interval", NULL, "it came without sales");
  if ((self->answer & TUI_ANSWER_NO_INTERVAL) != 0)
    valuation->low = valuation->high = valuation->fsd = valuation->within_10_percent = NAN;
  if (question->options.explain && (self->answer & TUI_ANSWER_NO_REASONS) == 0)
    explain (valuation, question);
  if ((self->answer & TUI_ANSWER_NO_COMPARABLES) == 0)
    compare (valuation, question);
  return valuation;
}

static gboolean
has_model (TuiValuer *self, GTask *task)
{
  if (self->description == NULL)
    g_task_return_new_error (task, HP_ERROR, HP_ERROR_NOT_FOUND, "there is no model");
  return self->description != NULL;
}

static void
tui_valuer_value_async (HpValuer *valuer, const HpQuestion *question, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (valuer, cancellable, callback, data);
  HpValuation *valuation;

  if (!has_model (TUI_VALUER (valuer), task))
    return;
  valuation = value_house (TUI_VALUER (valuer), question);
  g_task_return_pointer (task, valuation, (GDestroyNotify) hp_valuation_free);
}

static void
tui_valuer_value_many_async (HpValuer *valuer, GPtrArray *questions, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (valuer, cancellable, callback, data);
  GPtrArray *answers;

  if (!has_model (TUI_VALUER (valuer), task))
    return;
  answers = g_ptr_array_new_with_free_func ((GDestroyNotify) hp_answer_free);
  for (guint i = 0; i < questions->len; i++)
    {
      HpAnswer *answer = g_new0 (HpAnswer, 1);

      answer->valuation = value_house (TUI_VALUER (valuer), questions->pdata[i]);
      g_ptr_array_add (answers, answer);
    }
  g_task_return_pointer (task, answers, (GDestroyNotify) g_ptr_array_unref);
}

static void
tui_valuer_describe_async (HpValuer *valuer, const char *version, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (valuer, cancellable, callback, data);

  if (has_model (TUI_VALUER (valuer), task))
    g_task_return_pointer (task, hp_description_ref (TUI_VALUER (valuer)->description),
                           (GDestroyNotify) hp_description_unref);
}

static void
tui_valuer_finalize (GObject *object)
{
  hp_description_unref (TUI_VALUER (object)->description);
  G_OBJECT_CLASS (tui_valuer_parent_class)->finalize (object);
}

static void
tui_valuer_class_init (TuiValuerClass *class)
{
  G_OBJECT_CLASS (class)->finalize = tui_valuer_finalize;
  HP_VALUER_CLASS (class)->value_async = tui_valuer_value_async;
  HP_VALUER_CLASS (class)->value_many_async = tui_valuer_value_many_async;
  HP_VALUER_CLASS (class)->describe_async = tui_valuer_describe_async;
}

static void
tui_valuer_init (TuiValuer *self)
{
}

static HpDescription *
read_description (const char *version, const char *attributes)
{
  g_autofree char *text = g_strdup_printf ("{\"model\":\"made-up\",\"version\":\"%s\",\"target\":\"price\","
                                           "\"currency\":\"USD\",\"reference_date\":\"2010-07\",\"attributes\":%s}",
                                           version, attributes);
  g_autoptr (JsonNode) node = json_from_string (text, NULL);
  g_autoptr (GError) error = NULL;
  HpDescription *description = hp_description_from_json (json_node_get_object (node), &error);

  g_assert_no_error (error);
  return description;
}

static void
host_draw (gpointer data)
{
}

static gboolean
host_copy (const char *text, gpointer data)
{
  TuiFixture *fixture = data;

  g_free (fixture->copied);
  fixture->copied = g_strdup (text);
  return fixture->clipboard;
}

static void
host_redraw (gpointer data)
{
  ((TuiFixture *) data)->redraws++;
}

static void
host_suspend (gpointer data)
{
  ((TuiFixture *) data)->suspends++;
}

static void
host_quit (int status, gpointer data)
{
  ((TuiFixture *) data)->status = status;
}

static char *
host_log (gpointer data)
{
  return g_strdup ("");
}

static void
decoded (const HpInput *input, gpointer data)
{
  TuiFixture *fixture = data;

  hp_tui_app_input (fixture->app, input);
  /* a screen is drawn between two keys, and remembers where things are */
  hp_tui_app_draw (fixture->app, fixture->canvas);
}

/* Until the price is that of the form, or there can't be one */
static void
settle (TuiFixture *fixture)
{
  HpTuiHouse *house = hp_tui_app_get_house (fixture->app);

  while (hp_tui_house_get_state (house) == HP_WORKBENCH_LOADING
         || (hp_form_is_valid (hp_tui_house_get_form (house))
             && !hp_live_valuation_is_current (hp_tui_house_get_live (house)))
         || g_main_context_pending (NULL))
    g_main_context_iteration (NULL, TRUE);
  hp_tui_app_draw (fixture->app, fixture->canvas);
}

TuiFixture *
tui_fixture_new (int width, int height, HpGlyphLevel level, const char *attributes)
{
  static const HpTuiHost host = { host_draw, host_copy, host_redraw, host_suspend, host_quit, host_log };
  TuiFixture *fixture = g_new0 (TuiFixture, 1);
  g_autoptr (HpValuer) automatic = NULL;
  g_autoptr (HpWorkbench) workbench = NULL;

  fixture->clipboard = TRUE;
  fixture->status = -1;
  fixture->valuer = g_object_new (TUI_TYPE_VALUER, NULL);
  if (attributes != NULL)
    TUI_VALUER (fixture->valuer)->description = read_description ("1", attributes);
  automatic = hp_auto_valuer_new (NULL, fixture->valuer);
  fixture->canvas = hp_canvas_new (width, height, hp_glyphs_get (level));
  workbench = hp_workbench_new_with_valuer (HP_AUTO_VALUER (automatic));
  fixture->app = hp_tui_app_new (workbench, &host, fixture);
  fixture->decoder = hp_decoder_new (decoded, fixture);
  settle (fixture);
  return fixture;
}

void
tui_fixture_free (TuiFixture *fixture)
{
  hp_decoder_free (fixture->decoder);
  hp_tui_app_free (fixture->app);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (fixture->valuer);
  hp_canvas_free (fixture->canvas);
  g_free (fixture->copied);
  g_free (fixture->shown);
  g_free (fixture);
}

void
tui_describe (TuiFixture *fixture, const char *attributes)
{
  TuiValuer *valuer = TUI_VALUER (fixture->valuer);

  hp_description_unref (valuer->description);
  valuer->description = read_description ("2", attributes);
  hp_tui_house_refresh (hp_tui_app_get_house (fixture->app));
  settle (fixture);
}

void
tui_answer (TuiFixture *fixture, TuiAnswer answer)
{
  TUI_VALUER (fixture->valuer)->answer = answer;
  hp_tui_house_refresh (hp_tui_app_get_house (fixture->app));
  settle (fixture);
}

void
tui_wait (TuiFixture *fixture, const char *text)
{
  while (strstr (tui_screen (fixture), text) == NULL)
    {
      g_main_context_iteration (NULL, TRUE);
      hp_tui_app_draw (fixture->app, fixture->canvas);
    }
}

void
tui_resize (TuiFixture *fixture, int width, int height)
{
  hp_canvas_resize (fixture->canvas, width, height);
  settle (fixture);
}

void
tui_type (TuiFixture *fixture, const char *bytes)
{
  hp_decoder_feed (fixture->decoder, bytes, strlen (bytes));
  hp_decoder_flush (fixture->decoder);
  settle (fixture);
}

const char *
tui_screen (TuiFixture *fixture)
{
  g_free (fixture->shown);
  fixture->shown = hp_canvas_to_text (fixture->canvas);
  return fixture->shown;
}

const char *
tui_row (TuiFixture *fixture, guint row)
{
  g_auto (GStrv) rows = g_strsplit (tui_screen (fixture), "\n", -1);

  g_free (fixture->shown);
  fixture->shown = g_strdup (rows[row]);
  return fixture->shown;
}
