/* hp-diagnostics.c - diagnostics.json: reads and writes it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hp-diagnostics.h"

#include <string.h>

#include "config.h"
#include <glib/gi18n-lib.h>

#define FORMAT 1

/**
 * hp_diagnostics_new:
 * @influence: (transfer full) (nullable): of the sales on a linear model
 * @learning_curve: (transfer full) (nullable): a learning curve
 *
 * Returns: (transfer full): both
 */
HpDiagnostics *
hp_diagnostics_new (HpInfluence *influence, HpLearningCurve *learning_curve)
{
  HpDiagnostics *diagnostics = g_new0 (HpDiagnostics, 1);

  diagnostics->influence = influence;
  diagnostics->learning_curve = learning_curve;
  return diagnostics;
}

/**
 * hp_diagnostics_free:
 * @diagnostics: (transfer full) (nullable): diagnostics
 */
void
hp_diagnostics_free (HpDiagnostics *diagnostics)
{
  if (diagnostics == NULL)
    return;
  g_clear_pointer (&diagnostics->influence, hp_influence_free);
  g_clear_pointer (&diagnostics->learning_curve, hp_learning_curve_free);
  g_free (diagnostics);
}

/**
 * hp_diagnostics_to_json:
 * @diagnostics: diagnostics
 * @length: (out): its bytes
 *
 * Returns: (transfer full): diagnostics.json; the same bytes for the same diagnostics
 */
char *
hp_diagnostics_to_json (const HpDiagnostics *diagnostics, gsize *length)
{
  g_autoptr (HpJsonWriter) writer = hp_json_writer_new (TRUE);

  hp_json_writer_begin_object (writer);
  hp_json_writer_set_int (writer, "format", FORMAT);
  if (diagnostics->influence != NULL)
    {
      hp_json_writer_key (writer, "influence");
      hp_influence_write_json (diagnostics->influence, writer);
    }
  if (diagnostics->learning_curve != NULL)
    {
      hp_json_writer_key (writer, "learning_curve");
      hp_learning_curve_write_json (diagnostics->learning_curve, writer);
    }
  hp_json_writer_end_object (writer);
  return hp_json_writer_steal (writer, length);
}

static void
read_format (HpJsonReader *reader, gint64 *format)
{
  if (hp_json_reader_integer (reader, 1, G_MAXINT32, format) && *format > FORMAT)
    hp_json_reader_fail (reader, _ ("format %d is newer than this program can read: update House Price Predictor"),
                         (int) *format);
}

/**
 * hp_diagnostics_from_json:
 * @json: (array length=length): what hp_diagnostics_to_json() wrote, or a stranger
 * @length: its bytes
 * @name: what messages call it
 * @error: return location: %HP_ERROR_BAD_DATA, with the position
 *
 * The format has to come first. Members that this format does not know are passed over: later programs may add some.
 *
 * Returns: (transfer full) (nullable): the diagnostics
 */
HpDiagnostics *
hp_diagnostics_from_json (const char *json, gsize length, const char *name, GError **error)
{
  g_autoptr (HpJsonReader) reader = hp_json_reader_new (json, length, name);
  g_autoptr (HpDiagnostics) diagnostics = hp_diagnostics_new (NULL, NULL);
  gint64 format = 0;
  const char *key;

  if (hp_json_reader_begin_object (reader))
    {
      while (hp_json_reader_next_member (reader, &key))
        if (strcmp (key, "format") == 0)
          read_format (reader, &format);
        else if (format == 0)
          hp_json_reader_fail (reader, _ ("“format” must come first"));
        else if (strcmp (key, "influence") == 0)
          {
            /* a key that comes twice is refused at the end of the object only */
            g_clear_pointer (&diagnostics->influence, hp_influence_free);
            diagnostics->influence = hp_influence_read (reader);
          }
        else if (strcmp (key, "learning_curve") == 0)
          {
            g_clear_pointer (&diagnostics->learning_curve, hp_learning_curve_free);
            diagnostics->learning_curve = hp_learning_curve_read (reader);
          }
        else
          hp_json_reader_skip (reader);
    }
  if (format == 0 && !hp_json_reader_failed (reader))
    hp_json_reader_fail (reader, _ ("“format” is missing"));
  return hp_json_reader_end (reader, error) ? g_steal_pointer (&diagnostics) : NULL;
}
