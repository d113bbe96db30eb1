/* tui-support.c - a host without a terminal, and a valuer without a model
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
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
  valuation->contributions = g_ptr_array_new ();
  valuation->comparables = g_ptr_array_new ();
  valuation->warnings = g_ptr_array_new_with_free_func (warning_free);
  for (guint i = 0; i < question->names->len; i++)
    if (hp_number_parse (question->texts->pdata[i], strlen (question->texts->pdata[i]), &number) && number > 0)
      valuation->predicted_price += 1000 * number;
  valuation->low = valuation->predicted_price * 0.8;
  valuation->high = valuation->predicted_price * 1.25;
  if (valuation->predicted_price > 5300000)
    hp_valuation_add_warning (valuation, "out_of_range", "sqft", "Living area: larger than any that was seen");
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
