/* valuer-support.c - a registry of small versions for the local valuer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "valuer-support.h"

guint
add_version (HpRegistry *registry, double rise)
{
  g_autoptr (GHashTable) files = support_make_loadable_files ();
  g_autoptr (HpModel) model = hp_model_new_linear (HP_TARGET_PLAIN, 1, 150000.0, &rise);
  gsize length;
  g_autofree char *text = hp_model_to_json (model, &length);
  guint version;

  support_set_file (files, "model.json", text);
  version = support_add_files (registry, files);
  if (version == 1)
    g_assert_true (hp_registry_promote (registry, version, FALSE, NULL, NULL));
  return version;
}

void
damage (Fixture *fixture, guint version, const char *file)
{
  g_autofree char *path = support_path (fixture, "house-price/%u/%s", version, file);
  gsize length;
  g_autofree char *text = support_read (path, &length);

  text[length / 2] ^= 1;
  support_write (path, text, length);
}

char *
valuation_to_json (const HpValuation *valuation)
{
  g_autoptr (HpJsonWriter) writer = hp_json_writer_new (FALSE);

  hp_valuation_write_json (valuation, writer);
  return hp_json_writer_steal (writer, NULL);
}

char *
value_directly (HpRegistry *registry, const char *reference, const HpQuestion *question)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HpBundle) bundle = hp_registry_load (registry, reference, &error);
  const HpPredictor *predictor;
  const HpPreprocessor *pre;
  g_autoptr (HpHouse) house = NULL;
  g_autoptr (HpValuation) valuation = NULL;
  guint version;

  g_assert_no_error (error);
  predictor = hp_bundle_get_predictor (bundle, question->options.n_comparables > 0, &error);
  g_assert_no_error (error);
  pre = hp_predictor_get_preprocessor (predictor);
  house = hp_house_new (pre);
  for (guint i = 0; i < question->names->len; i++)
    {
      const char *text = question->texts->pdata[i];

      hp_house_set_text (house, pre, hp_preprocessor_find_attribute (pre, question->names->pdata[i]), text,
                         strlen (text), &error);
      g_assert_no_error (error);
    }
  valuation = hp_predictor_value (predictor, house, &question->options, &error);
  g_assert_no_error (error);
  g_assert_true (hp_registry_resolve (registry, reference, &version, NULL));
  valuation->model = g_strdup (hp_registry_get_name (registry));
  valuation->version = g_strdup_printf ("%u", version);
  return valuation_to_json (valuation);
}

void
tear_down_when_idle (Fixture *fixture, gconstpointer data)
{
  while (g_atomic_int_get (&G_OBJECT (fixture->registry)->ref_count) > 1)
    g_thread_yield ();
  support_tear_down (fixture, data);
}
