/* test-bundle-diagnostics.c - diagnostics of a version: there, not there, damaged, and taken along
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hp-bundle-diagnostics.h"

#include <string.h>

#include "registry-support.h"

#define INFLUENCE                                                                                                      \
  "\"influence\":{\"target\":\"log\",\"lambda\":3,\"parameters\":2.5,\"sigma\":0.1,\"row\":[1,5],"                     \
  "\"leverage\":[0.5,0.25],\"residual\":[-1.5,2],\"cook\":[0.1,0]}"
#define CURVE                                                                                                          \
  "\"learning_curve\":[{\"share\":1,\"n\":4,\"folds\":2,\"train\":{\"mae\":7,\"sd\":1},"                               \
  "\"validation\":{\"mae\":9,\"sd\":2}}]"

static HpBundle *
add_and_load (Fixture *fixture, const char *diagnostics, const char *metrics)
{
  g_autoptr (GHashTable) files = support_make_loadable_files ();
  g_autoptr (GError) error = NULL;
  g_autofree char *reference = NULL;
  HpBundle *bundle;

  if (diagnostics != NULL)
    support_set_file (files, HP_DIAGNOSTICS_NAME, diagnostics);
  if (metrics != NULL)
    support_set_file (files, "metrics.json", metrics);
  reference = g_strdup_printf ("%u", support_add_files (fixture->registry, files));
  bundle = hp_registry_load (fixture->registry, reference, &error);
  g_assert_no_error (error);
  return bundle;
}

static void
test_there (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HpBundle) bundle = add_and_load (fixture, "{\"format\":1," INFLUENCE "," CURVE "}", NULL);
  g_autoptr (GError) error = NULL;
  const HpInfluence *influence = hp_bundle_get_influence (bundle, &error);
  const HpLearningCurve *curve = hp_bundle_get_learning_curve (bundle, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (influence->n, ==, 2);
  g_assert_cmpuint (influence->row[1], ==, 5);
  g_assert_cmpuint (curve->n_points, ==, 1);
  g_assert_cmpfloat (curve->mae[0], ==, 9);
  g_assert_true (hp_bundle_get_influence (bundle, NULL) == influence);
  g_assert_true (hp_bundle_get_learning_curve (bundle, NULL) == curve);
  support_assert_sound (fixture->registry);
}

/* Whoever asks is told how to get one */
static void
test_not_there (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HpBundle) old = add_and_load (fixture, NULL, NULL);
  g_autoptr (HpBundle) curve
    = add_and_load (fixture, "{\"format\":1," CURVE "}", "{\"format\":1,\"family\":\"random_forest\"}");
  GError *error = NULL;

  g_assert_null (hp_bundle_get_influence (old, &error));
  support_assert_error (g_steal_pointer (&error), HP_ERROR_NOT_FOUND, "newer programs");
  g_assert_null (hp_bundle_get_learning_curve (old, &error));
  support_assert_error (g_steal_pointer (&error), HP_ERROR_NOT_FOUND, "house-price train --learning-curve");
  g_assert_null (hp_bundle_get_influence (curve, &error));
  support_assert_error (g_steal_pointer (&error), HP_ERROR_NOT_FOUND, "house-price train --family linear");
  g_assert_nonnull (hp_bundle_get_learning_curve (curve, &error));
  g_assert_no_error (error);
}

static void
test_damaged (Fixture *fixture, gconstpointer data)
{
  static const char *const texts[] = { "", "{}", "{\"format\":1,\"influence\":{}}", "{\"format\":7}" };
  g_autoptr (HpBundle) changed = add_and_load (fixture, "{\"format\":1," CURVE "}", NULL);
  g_autofree char *path = support_path (fixture, "house-price/1/" HP_DIAGNOSTICS_NAME);
  GError *error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (HpBundle) bundle = add_and_load (fixture, texts[i], NULL);

      g_assert_null (hp_bundle_get_influence (bundle, &error));
      support_assert_error (g_steal_pointer (&error), HP_ERROR_DAMAGED, "/" HP_DIAGNOSTICS_NAME);
      g_assert_null (hp_bundle_get_learning_curve (bundle, &error));
      support_assert_error (g_steal_pointer (&error), HP_ERROR_DAMAGED, "/" HP_DIAGNOSTICS_NAME);
    }
  /* not what the manifest says */
  support_write (path, "{\"format\":1}", -1);
  g_assert_null (hp_bundle_get_learning_curve (changed, &error));
  support_assert_error (g_steal_pointer (&error), HP_ERROR_DAMAGED, HP_DIAGNOSTICS_NAME);
}

/* An archive takes them along */
static void
test_installed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HpBundle) bundle = add_and_load (fixture, "{\"format\":1," INFLUENCE "}", NULL), installed = NULL;
  g_autofree char *archive = support_path (fixture, "1.tar");
  g_autoptr (GError) error = NULL;
  guint version = 0;

  g_assert_cmpuint (hp_bundle_get_version (bundle), ==, 1);
  g_assert_true (hp_registry_export (fixture->registry, 1, archive, &error));
  g_assert_no_error (error);
  g_assert_true (hp_registry_install (fixture->registry, archive, &version, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (version, ==, 2);
  installed = hp_registry_load (fixture->registry, "2", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (hp_bundle_get_influence (installed, &error)->n, ==, 2);
  g_assert_no_error (error);
}

static void
test_house_set (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HpBundle) bundle = add_and_load (fixture, NULL, NULL);
  g_autofree char *path = support_path (fixture, "house-price/1/sales.csv");
  g_autoptr (HpHouseSet) set = NULL;
  GError *error = NULL;

  set = hp_bundle_get_house_set (bundle, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (set->n, ==, 5);
  g_assert_true (set->in_sample);
  g_assert_cmpuint (set->n_attributes, ==, 1);
  g_assert_cmpfloat (set->raw[4], ==, 2000);
  g_assert_cmpfloat (set->price[4], ==, 201000);
  g_assert_cmpuint (set->row[4], ==, 5);
  support_write (path, "row,price\n", -1);
  g_assert_null (hp_bundle_get_house_set (bundle, &error));
  support_assert_error (error, HP_ERROR_DAMAGED, "sales.csv");
}

int
main (int argc, char **argv)
{
  support_init (&argc, &argv);
  support_add_test ("/bundle-diagnostics/there", test_there);
  support_add_test ("/bundle-diagnostics/not-there", test_not_there);
  support_add_test ("/bundle-diagnostics/damaged", test_damaged);
  support_add_test ("/bundle-diagnostics/installed", test_installed);
  support_add_test ("/bundle-diagnostics/house-set", test_house_set);
  return support_run ();
}
