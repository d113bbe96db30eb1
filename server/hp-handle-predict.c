/* hp-handle-predict.c - POST /predict: one house, answered at once
 *
 * A house in order takes the hot path: read quickly, scored, written by hand, with no memory taken by us. All else, the
 * reasons too, goes through hp_predictor_value(); both paths write the same numbers with the same words around them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hp-error.h"
#include "hp-handlers.h"
#include "hp-number.h"
#include "hp-valuations.h"

#define DEFAULT_LEVEL 0.9
#define VARIANT       "champion"

static void
append_cents (GString *text, double amount)
{
  char buffer[HP_NUMBER_BUFFER];

  g_string_append_len (text, buffer, (gssize) hp_number_format_cents (buffer, amount));
}

static void
append_text (GString *text, const char *value)
{
  g_string_append_len (text, value, (gssize) strlen (value));
}

static void
begin_answer (GString *text, double price, double low, double high)
{
  g_string_truncate (text, 0);
  append_text (text, "{\"predicted_price\":");
  append_cents (text, price);
  append_text (text, ",\"confidence_interval\":[");
  append_cents (text, low);
  g_string_append_c (text, ',');
  append_cents (text, high);
  append_text (text, "],\"features_importance\":{");
}

static void
append_number (GString *text, double number)
{
  char buffer[HP_NUMBER_BUFFER];

  g_string_append_len (text, buffer, (gssize) hp_number_format (buffer, number));
}

/* variant: JSON */
static void
sign_answer (HpHttpLoop *loop, GString *text, const HpServerModel *model, const char *variant, double fsd,
             double within)
{
  char ulid[HP_ULID_LENGTH + 1];
  gint64 milliseconds;
  gsize length;
  const char *time = hp_http_loop_time (loop, &length, &milliseconds);

  hp_ulid_next (&loop->ulid, milliseconds, ulid);
  append_text (text, "},\"prediction_time\":\"");
  g_string_append_len (text, time, (gssize) length);
  append_text (text, "\",\"valuation_id\":\"");
  g_string_append_len (text, ulid, HP_ULID_LENGTH);
  append_text (text, model->signature);
  append_text (text, variant);
  append_text (text, model->closing);
  append_number (text, fsd);
  append_text (text, ",\"within_10_percent\":");
  append_number (text, within);
  g_string_append_c (text, '}');
}

static void
append_importance (GString *text, const HpValuation *valuation)
{
  for (guint i = 0; i < valuation->contributions->len; i++)
    {
      const HpContribution *contribution = g_ptr_array_index (valuation->contributions, i);
      g_autoptr (HpJsonWriter) writer = hp_json_writer_new (FALSE);
      g_autofree char *key = NULL;

      hp_json_writer_string (writer, contribution->feature);
      key = hp_json_writer_steal (writer, NULL);
      if (i > 0)
        g_string_append_c (text, ',');
      append_text (text, key);
      g_string_append_c (text, ':');
      append_cents (text, contribution->amount);
    }
}

static void
append_warnings (GString *text, const HpValuation *valuation)
{
  g_autoptr (HpJsonWriter) writer = hp_json_writer_new (FALSE);
  g_autofree char *warnings = NULL;

  hp_valuation_write_warnings (valuation, writer);
  warnings = hp_json_writer_steal (writer, NULL);
  append_text (text, warnings);
}

/* The name by which it was asked for, as JSON */
static char *
get_variant (HpHttpRequest *request)
{
  g_autoptr (HpJsonWriter) writer = hp_json_writer_new (FALSE);

  hp_json_writer_string (writer, request->model == hp_http_loop_champion (request->loop) ? VARIANT : request->version);
  return hp_json_writer_steal (writer, NULL);
}

static void
answer (HpHttpRequest *request, const HpValuation *valuation)
{
  GString *text = request->loop->text;
  g_autofree char *variant = get_variant (request);

  begin_answer (text, valuation->predicted_price, valuation->low, valuation->high);
  if (valuation->explained)
    append_importance (text, valuation);
  sign_answer (request->loop, text, request->model, variant, valuation->fsd, valuation->within_10_percent);
  if (valuation->explained)
    {
      append_text (text, ",\"base_price\":");
      append_cents (text, valuation->base_price);
    }
  append_text (text, ",\"warnings\":");
  append_warnings (text, valuation);
  g_string_append_c (text, '}');
  request->answered_by = request->model->version;
  request->rows = 1;
  hp_http_reply_copy (request, text->str, text->len);
}

static gboolean
read_level (HpHttpRequest *request, double *level)
{
  *level = DEFAULT_LEVEL;
  if (request->level == NULL
      || (hp_number_parse (request->level, strlen (request->level), level) && hp_valuations_is_level (*level)))
    return TRUE;
  hp_problem_add_error (&request->problem, "level", "bad_parameter", NULL,
                        _ ("level: not a number from 0.01 to 0.999"));
  hp_http_reply_error (request, MHD_HTTP_BAD_REQUEST, "bad_parameter", _ ("level: not a number from 0.01 to 0.999"));
  return FALSE;
}

/* The model gives no price for such a house, or there is a mistake of ours */
static void
refuse (HpHttpRequest *request, const GError *error)
{
  if (g_error_matches (error, HP_ERROR, HP_ERROR_FAILED))
    hp_http_reply_error (request, MHD_HTTP_UNPROCESSABLE_CONTENT, "no_price", "%s", error->message);
  else
    hp_http_reply_failure (request, error);
}

/* With request->model, all that may be said */
static void
value_in_full (HpHttpRequest *request)
{
  g_autoptr (HpHouseReading) reading = hp_house_reading_new (request->model);
  g_autoptr (HpJsonReader) reader = hp_json_reader_new (request->body->str, request->body->len, "body");
  HpValuationOptions options = { .explain = request->explain };
  g_autoptr (HpValuation) valuation = NULL;
  g_autoptr (GError) error = NULL;

  if (!read_level (request, &options.level))
    return;
  if (!hp_house_reading_read (reading, reader, FALSE) || !hp_json_reader_end (reader, NULL))
    {
      hp_json_reader_end (reader, &error);
      hp_http_reply_error (request, MHD_HTTP_BAD_REQUEST, "bad_json", "%s", error->message);
      return;
    }
  if (reading->problem.status != 0)
    {
      hp_problem_clear (&request->problem);
      request->problem = reading->problem;
      hp_problem_init (&reading->problem);
      hp_http_reply_problem (request);
      return;
    }
  valuation = hp_predictor_value (request->model->predictor, reading->house, &options, &error);
  if (valuation == NULL)
    {
      refuse (request, error);
      return;
    }
  hp_house_reading_warn (reading, valuation);
  answer (request, valuation);
}

/* The hot path; FALSE: there is something to say */
static gboolean
value_quickly (HpHttpRequest *request, const HpServerModel *model)
{
  HpHttpLoop *loop = request->loop;
  HpQuote quote;

  if (!hp_house_read_quickly (model, loop->house, loop->given, request->body->str, request->body->len)
      || !hp_predictor_quote (model->predictor, loop->house, DEFAULT_LEVEL, loop->features, &quote))
    return FALSE;
  begin_answer (loop->text, quote.price, quote.low, quote.high);
  sign_answer (loop, loop->text, model, "\"" VARIANT "\"", quote.fsd, quote.within_10_percent);
  append_text (loop->text, ",\"warnings\":[]}");
  request->answered_by = model->version;
  request->rows = 1;
  hp_http_reply_copy (request, loop->text->str, loop->text->len);
  return TRUE;
}

/**
 * hp_handle_predict:
 * @request: `POST /predict`
 *
 * Values one house.
 */
void
hp_handle_predict (HpHttpRequest *request)
{
  const HpServerModel *champion;

  if (request->body == NULL)
    {
      hp_http_reply_error (request, MHD_HTTP_BAD_REQUEST, "bad_json",
                           _ ("the body is empty; send a house's attributes"));
      return;
    }
  if (request->version == NULL && request->level == NULL && !request->explain)
    {
      champion = hp_http_loop_champion (request->loop);
      if (champion != NULL && value_quickly (request, champion))
        return;
    }
  hp_http_with_model (request, request->version, value_in_full);
}
