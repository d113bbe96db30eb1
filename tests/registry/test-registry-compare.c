/* test-registry-compare.c - a registry's versions against each other
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <string.h>

#include "hp-registry-compare.h"
#include "registry-support.h"

/* 60 sales of which a version misses each by share, up and down */
static guint
add_version (Fixture *fixture, double share, gsize n)
{
  g_autoptr (GHashTable) files = support_make_loadable_files ();
  g_autoptr (GString) csv = g_string_new ("row,line,fold,price,predicted,low,high,sqft\n");

  for (gsize i = 0; i < n; i++)
    g_string_append_printf (csv, "%u,%u,%u,%u,%.2f,,,%u\n", (guint) i + 1, (guint) i + 2, (guint) i % 5,
                            100000 + 1000 * (guint) i, (100000 + 1000.0 * i) * (1 + (i % 2 ? share : -share)),
                            1000 + (guint) i);
  support_set_file (files, "holdout.csv", csv->str);
  return support_add_files (fixture->registry, files);
}

static void
test_compare (Fixture *fixture, gconstpointer data)
{
  const char *const references[] = { "1", "2", "3", NULL }, *const missing[] = { "1", "7", NULL };
  g_autoptr (HpComparison) comparison = NULL;
  g_autoptr (GError) error = NULL;

  add_version (fixture, 0.05, 60);
  add_version (fixture, 0.10, 60);
  add_version (fixture, 0.04, 50);
  comparison = hp_registry_compare (fixture->registry, references, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (comparison->n_versions, ==, 3);
  g_assert_cmpuint (comparison->sets[0]->n, ==, 50);
  g_assert_cmpint (comparison->pairs[0].verdict, ==, HP_VERDICT_WORSE);
  g_assert_cmpint (comparison->pairs[1].verdict, ==, HP_VERDICT_BETTER);
  g_assert_null (hp_registry_compare (fixture->registry, missing, NULL, NULL, &error));
  g_assert_error (error, HP_ERROR, HP_ERROR_NOT_FOUND);
}

/* A version under two names */
static void
test_same (Fixture *fixture, gconstpointer data)
{
  const char *const references[] = { "2", "champion", "1", NULL };
  g_autoptr (GError) error = NULL;

  add_version (fixture, 0.05, 60);
  add_version (fixture, 0.04, 60);
  g_assert_true (hp_registry_promote (fixture->registry, 1, FALSE, NULL, NULL));
  g_assert_null (hp_registry_compare (fixture->registry, references, NULL, NULL, &error));
  g_assert_error (error, HP_ERROR, HP_ERROR_USAGE);
  g_assert_nonnull (strstr (error->message, "champion and 1 are the same"));
}

static void
test_champion (Fixture *fixture, gconstpointer data)
{
  guint first = add_version (fixture, 0.05, 60), second = add_version (fixture, 0.10, 60);
  g_autoptr (HpComparison) comparison = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (hp_registry_compare_with_champion (fixture->registry, first, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (hp_registry_promote (fixture->registry, first, TRUE, "a test", &error));
  g_assert_no_error (error);
  g_assert_null (hp_registry_compare_with_champion (fixture->registry, first, NULL, &error));
  g_assert_no_error (error);
  comparison = hp_registry_compare_with_champion (fixture->registry, second, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (comparison->pairs[0].verdict, ==, HP_VERDICT_WORSE);
  g_assert_cmpuint (comparison->segments->len, ==, 0);
  g_assert_cmpuint (comparison->movers->len, ==, 0);
}

/* Passed gates are not enough against a champion that is better. */
static void
test_promote (Fixture *fixture, gconstpointer data)
{
  guint champion = add_version (fixture, 0.05, 60), worse = add_version (fixture, 0.10, 60);
  guint few = add_version (fixture, 0.10, 20), better = add_version (fixture, 0.04, 60), now;
  g_autoptr (GError) error = NULL;

  g_assert_true (hp_registry_promote (fixture->registry, champion, FALSE, NULL, &error));
  g_assert_false (hp_registry_promote (fixture->registry, worse, FALSE, NULL, &error));
  g_assert_error (error, HP_ERROR, HP_ERROR_CONFLICT);
  g_assert_nonnull (strstr (error->message, "Version 2 is worse than version 1"));
  g_assert_nonnull (strstr (error->message, "--force"));
  g_clear_error (&error);
  g_assert_true (hp_registry_resolve (fixture->registry, NULL, &now, &error));
  g_assert_cmpuint (now, ==, champion);
  g_assert_true (hp_registry_promote (fixture->registry, worse, TRUE, "a test", &error));
  g_assert_true (hp_registry_promote (fixture->registry, few, FALSE, NULL, &error)); /* too few sales for a verdict */
  g_assert_true (hp_registry_promote (fixture->registry, better, FALSE, NULL, &error));
  g_assert_no_error (error);
}

int
main (int argc, char **argv)
{
  support_init (&argc, &argv);
  support_add_test ("/registry-compare/compare", test_compare);
  support_add_test ("/registry-compare/same", test_same);
  support_add_test ("/registry-compare/champion", test_champion);
  support_add_test ("/registry-compare/promote", test_promote);
  return support_run ();
}
