/* bench-diagnose.c - how long importance and partial dependence of registered versions take
 *
 *   bench-diagnose REGISTRY VERSION…
 *
 * Prints one JSON object a version, with medians in milliseconds of processor: the sales read, importance with its
 * defaults, and the dependence on each attribute.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdio.h>
#include <time.h>

#include "hp-bundle-diagnostics.h"
#include "hp-importance.h"
#include "hp-partial-dependence.h"
#include "hp-statistics.h"

#define ROUNDS 5

/* Milliseconds of this process, all threads together: others that want the processors don't count. */
static double
now (void)
{
  struct timespec time;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &time);
  return time.tv_sec * 1e3 + time.tv_nsec / 1e6;
}

static void
check (GError *error)
{
  if (error != NULL)
    g_error ("%s", error->message);
}

static double
time_dependence (const HpPredictor *predictor, const HpHouseSet *set, const char *attribute)
{
  HpDependenceOptions options = HP_DEPENDENCE_OPTIONS_DEFAULT;
  double times[ROUNDS];

  for (guint round = 0; round < ROUNDS; round++)
    {
      GError *error = NULL;
      double started = now ();
      HpPartialDependence *dependence
        = hp_partial_dependence_new (predictor, set, attribute, &options, NULL, NULL, &error);

      times[round] = now () - started;
      check (error);
      hp_partial_dependence_free (dependence);
    }
  return hp_median (times, ROUNDS);
}

static void
run (HpRegistry *registry, const char *version)
{
  GError *error = NULL;
  g_autoptr (HpBundle) bundle = hp_registry_load (registry, version, &error);
  HpImportanceOptions options = HP_IMPORTANCE_OPTIONS_DEFAULT;
  const HpPreprocessor *pre;
  HpPredictor *predictor;
  double started, read, times[ROUNDS];

  check (error);
  predictor = hp_bundle_get_predictor (bundle, FALSE, &error);
  check (error);
  pre = hp_predictor_get_preprocessor (predictor);
  started = now ();

  g_autoptr (HpHouseSet) set = hp_bundle_get_house_set (bundle, &error);

  read = now () - started;
  check (error);
  for (guint round = 0; round < ROUNDS; round++)
    {
      g_autoptr (HpImportance) importance = NULL;

      started = now ();
      importance = hp_importance_new (predictor, set, &options, NULL, NULL, &error);
      times[round] = now () - started;
      check (error);
    }
  printf ("{\"version\": \"%s\", \"sales\": %lu, \"read_ms\": %.1f, \"importance_ms\": %.1f, \"dependence_ms\": {",
          version, (gulong) set->n, read, hp_median (times, ROUNDS));
  for (guint i = 0, n = 0; i < hp_preprocessor_get_n_attributes (pre); i++)
    {
      const HpAttribute *attribute = hp_preprocessor_get_attribute (pre, i);

      if (!attribute->is_place)
        printf ("%s\"%s\": %.1f", n++ > 0 ? ", " : "", attribute->name,
                time_dependence (predictor, set, attribute->name));
    }
  printf ("}}\n");
}

int
main (int argc, char **argv)
{
  g_autoptr (HpRegistry) registry = NULL;
  GError *error = NULL;

  if (argc < 3)
    {
      fprintf (stderr, "usage: bench-diagnose REGISTRY VERSION…\n");
      return 2;
    }
  registry = hp_registry_new (argv[1], NULL, &error);
  check (error);
  for (int i = 2; i < argc; i++)
    run (registry, argv[i]);
  return 0;
}
