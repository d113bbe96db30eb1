/* test-bundle.c - bundles: nothing that fails its manifest is ever used
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "hp-file.h"
#include "hp-manifest.h"
#include "registry-support.h"

#define SHA  "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define HEAD "{\"format\":1,\"model\":\"m\",\"version\":3,\"created\":\"t\",\"parent\":null,"

static void
test_manifest_round_trip (void)
{
  static const char text[] = HEAD
    "\"unknown\":{},\"installed_from\":{\"model\":\"n\",\"version\":7,\"manifest_sha256\":\"" SHA
    "\"},\"files\":{\"b\":{\"size\":2,\"sha256\":\"" SHA "\"},\"a\":{\"size\":1073741824,\"sha256\":\"" SHA "\"}}}";
  g_autoptr (GError) error = NULL;
  g_autoptr (HpManifest) first = hp_manifest_parse (text, strlen (text), "m", &error);
  g_autoptr (HpManifest) second = NULL;
  g_autofree char *one = NULL, *two = NULL;
  gsize length;

  g_assert_no_error (error);
  g_assert_cmpstr (first->model, ==, "m");
  g_assert_cmpuint (first->version, ==, 3);
  g_assert_null (first->parent);
  g_assert_cmpstr (first->from_model, ==, "n");
  g_assert_cmpuint (first->from_version, ==, 7);
  g_assert_cmpstr (first->from_sha256, ==, SHA);
  g_assert_cmpuint (hp_manifest_get_total_size (first), ==, 1073741826);
  g_assert_cmpuint (hp_manifest_find (first, "b")->size, ==, 2);
  g_assert_null (hp_manifest_find (first, "c"));
  one = hp_manifest_to_json (first, &length);
  second = hp_manifest_parse (one, length, "m", &error);
  g_assert_no_error (error);
  two = hp_manifest_to_json (second, &length);
  g_assert_cmpstr (one, ==, two);
  g_assert_true (strstr (one, "\"a\"") < strstr (one, "\"b\""));
}

static void
test_manifest_errors (void)
{
  static const struct
  {
    const char *text, *part;
  } cases[] = {
    { "", "m:1:1: " },
    { "{\n \"format\": 1,\n", "m:" },
    { "7", "m: not a JSON object" },
    { "{}", "m: \"format\" is missing" },
    { "{\"format\":3}", "m: format 3 is newer" },
    { "{\"format\":1,\"model\":\"../m\"}", "“model” is not a plain name" },
    { "{\"format\":1,\"model\":\"m\",\"version\":0}", "\"version\"" },
    { "{\"format\":1,\"model\":\"m\",\"version\":1000000000}", "\"version\"" },
    { "{\"format\":1,\"model\":\"m\",\"version\":3}", "\"created\" is missing" },
    { "{\"format\":1,\"model\":\"m\",\"version\":3,\"created\":\"t\",\"parent\":5}", "\"parent\"" },
    { HEAD "\"files\":[]}", "\"files\"" },
    { HEAD "\"x\":1}", "\"files\" is missing" },
    { HEAD "\"files\":{\"..\":{\"size\":1,\"sha256\":\"" SHA "\"}}}", "“..”, which is not a plain file name" },
    { HEAD "\"files\":{\"a/b\":{\"size\":1,\"sha256\":\"" SHA "\"}}}", "“a/b”" },
    { HEAD "\"files\":{\"/etc\":{\"size\":1,\"sha256\":\"" SHA "\"}}}", "“/etc”" },
    { HEAD "\"files\":{\"\":{\"size\":1,\"sha256\":\"" SHA "\"}}}", "“”" },
    { HEAD "\"files\":{\"MANIFEST.json\":{\"size\":1,\"sha256\":\"" SHA "\"}}}", "“MANIFEST.json”" },
    { HEAD "\"files\":{\"a\\u001b\":{\"size\":1,\"sha256\":\"" SHA "\"}}}", "“a\\033”" },
    { HEAD "\"files\":{\"a\":{\"size\":-1,\"sha256\":\"" SHA "\"}}}", "a: \"size\"" },
    { HEAD "\"files\":{\"a\":{\"size\":1073741825,\"sha256\":\"" SHA "\"}}}", "a: \"size\"" },
    { HEAD "\"files\":{\"a\":{\"size\":1.5,\"sha256\":\"" SHA "\"}}}", "a: \"size\"" },
    { HEAD "\"files\":{\"a\":{\"sha256\":\"" SHA "\"}}}", "a: \"size\" is missing" },
    { HEAD "\"files\":{\"a\":{\"size\":1}}}", "a: \"sha256\" is missing" },
    { HEAD "\"files\":{\"a\":{\"size\":1,\"sha256\":\"abc\"}}}", "a: “sha256” is not 64 hexadecimal digits" },
    { HEAD
      "\"files\":{\"a\":{\"size\":1,\"sha256\":\"x123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\"}}}",
      "a: “sha256” is not 64 hexadecimal digits" },
    { HEAD "\"files\":{\"a\":7}}", "\"a\"" },
    { HEAD "\"files\":{\"a\":{\"size\":1073741824,\"sha256\":\"" SHA "\"},\"b\":{\"size\":1073741824,\"sha256\":\"" SHA
           "\"},\"c\":{\"size\":1,\"sha256\":\"" SHA "\"}}}",
      "more than 2 GiB" },
    { HEAD "\"files\":{},\"installed_from\":{\"model\":\"/\",\"version\":1,\"manifest_sha256\":\"" SHA "\"}}",
      "“model”" },
    { HEAD "\"files\":{},\"installed_from\":{\"model\":\"m\",\"version\":1,\"manifest_sha256\":\"\"}}",
      "“manifest_sha256”" },
    { HEAD "\"files\":{},\"installed_from\":null}", "\"installed_from\"" },
  };
  g_autoptr (GString) many = g_string_new (HEAD "\"files\":{");
  GError *error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_assert_null (hp_manifest_parse (cases[i].text, strlen (cases[i].text), "m", &error));
      support_assert_error (g_steal_pointer (&error), HP_ERROR_BAD_DATA, cases[i].part);
    }
  for (guint i = 0; i < 65; i++)
    g_string_append_printf (many, "%s\"f%u\":{\"size\":1,\"sha256\":\"" SHA "\"}", i > 0 ? "," : "", i);
  g_string_append (many, "}}");
  g_assert_null (hp_manifest_parse (many->str, many->len, "m", &error));
  support_assert_error (g_steal_pointer (&error), HP_ERROR_BAD_DATA, "more than 64 files");
}

static HpBundle *
load (Fixture *fixture, const char *reference)
{
  g_autoptr (GError) error = NULL;
  HpBundle *bundle = hp_registry_load (fixture->registry, reference, &error);

  g_assert_no_error (error);
  return bundle;
}

static void
assert_unreadable (HpBundle *bundle, const char *file, HpErrorCode code, const char *part)
{
  GError *error = NULL;

  g_assert_null (hp_bundle_read (bundle, file, &error));
  if (code == HP_ERROR_DAMAGED)
    g_assert_nonnull (strstr (error->message, file));
  support_assert_error (error, code, part);
}

static void
assert_damaged (Fixture *fixture, const char *part)
{
  GError *error = NULL;

  g_assert_false (hp_registry_verify (fixture->registry, 1, NULL, &error));
  support_assert_error (error, HP_ERROR_DAMAGED, part);
}

/* Every file, damaged in every way */
static void
test_damage (Fixture *fixture, gconstpointer data)
{
  static const char *const files[]
    = { "model.json", "preprocessor.json", "config.yaml", "metrics.json", "holdout.csv", "sales.csv" };
  g_autoptr (HpBundle) bundle = NULL;

  support_add (fixture->registry, SUPPORT_GOOD);
  bundle = load (fixture, "1");
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = support_path (fixture, "house-price/1/%s", files[i]);
      g_autofree char *elsewhere = support_path (fixture, "elsewhere");
      g_autofree char *original = NULL;
      g_autoptr (GBytes) bytes = NULL;
      gsize length;

      original = support_read (path, &length);
      bytes = hp_bundle_read (bundle, files[i], NULL);
      g_assert_cmpmem (original, length, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

      original[length / 2] ^= 1;
      support_write (path, original, length);
      original[length / 2] ^= 1;
      assert_unreadable (bundle, files[i], HP_ERROR_DAMAGED, "SHA-256");
      assert_damaged (fixture, files[i]);
      support_write (path, original, length - 1);
      assert_unreadable (bundle, files[i], HP_ERROR_DAMAGED, "bytes instead of");
      support_write (path, original, length + 1);
      assert_unreadable (bundle, files[i], HP_ERROR_DAMAGED, "bytes instead of");
      support_write (path, "", 0);
      assert_unreadable (bundle, files[i], HP_ERROR_DAMAGED, "has 0 bytes instead of");
      g_unlink (path);
      assert_unreadable (bundle, files[i], HP_ERROR_DAMAGED, "is missing");
      assert_damaged (fixture, files[i]);
      /* A link to the right bytes is still a way out of the bundle. */
      support_write (elsewhere, original, length);
      g_assert_cmpint (symlink (elsewhere, path), ==, 0);
      assert_unreadable (bundle, files[i], HP_ERROR_DAMAGED, "is not a plain file");
      assert_damaged (fixture, files[i]);
      g_unlink (path);
      g_assert_cmpint (g_mkdir (path, 0755), ==, 0);
      assert_unreadable (bundle, files[i], HP_ERROR_DAMAGED, "is not a plain file");
      g_rmdir (path);
      g_assert_cmpint (mkfifo (path, 0644), ==, 0);
      assert_unreadable (bundle, files[i], HP_ERROR_DAMAGED, "is not a plain file");
      assert_damaged (fixture, files[i]);
      g_unlink (path);
      support_write (path, original, length);
      support_assert_sound (fixture->registry);
    }
}

static void
test_not_listed (Fixture *fixture, gconstpointer data)
{
  static const char *const names[] = { "extra.json", "MANIFEST.json", "../aliases.json", "../1/model.json", "" };
  g_autofree char *extra = support_path (fixture, "house-price/1/extra.json");
  g_autoptr (HpBundle) bundle = NULL;

  support_add (fixture->registry, SUPPORT_GOOD);
  support_write (extra, "{}", -1);
  bundle = load (fixture, "1");
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    assert_unreadable (bundle, names[i], HP_ERROR_DAMAGED, "lists no");
}

static void
test_bad_manifest (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = support_path (fixture, "house-price/1/MANIFEST.json");
  g_autofree char *folder = support_path (fixture, "house-price/1");
  g_autofree char *copy = support_path (fixture, "house-price/7");
  g_autofree char *other = support_path (fixture, "other/1");
  g_autofree char *other_folder = support_path (fixture, "other");
  g_autofree char *big = g_strnfill (300000, ' ');
  g_autofree char *original = NULL;
  g_autoptr (HpRegistry) other_registry = hp_registry_new (fixture->root, "other", NULL);
  GError *error = NULL;
  gsize length;

  support_add (fixture->registry, SUPPORT_GOOD);
  original = support_read (path, &length);
  for (gsize cut = 0; cut < length - 1; cut += 7)
    {
      support_write (path, original, cut);
      g_assert_null (hp_registry_load (fixture->registry, "1", &error));
      support_assert_error (g_steal_pointer (&error), HP_ERROR_DAMAGED, "1/MANIFEST.json:");
    }
  support_write (path, big, -1);
  g_assert_null (hp_registry_load (fixture->registry, "1", &error));
  support_assert_error (g_steal_pointer (&error), HP_ERROR_DAMAGED, "too big");
  g_unlink (path);
  g_assert_null (hp_registry_load (fixture->registry, "1", &error));
  support_assert_error (g_steal_pointer (&error), HP_ERROR_DAMAGED, "MANIFEST.json is missing");
  support_write (path, original, length);

  /* Copied or renamed by hand */
  g_assert_cmpint (g_rename (folder, copy), ==, 0);
  g_assert_null (hp_registry_load (fixture->registry, "7", &error));
  support_assert_error (g_steal_pointer (&error), HP_ERROR_DAMAGED, "7 holds house-price 1");
  g_mkdir (other_folder, 0755);
  g_assert_cmpint (g_rename (copy, other), ==, 0);
  g_assert_null (hp_registry_load (other_registry, "1", &error));
  support_assert_error (g_steal_pointer (&error), HP_ERROR_DAMAGED, "other/1 holds house-price 1");
  g_assert_cmpint (symlink (other, folder), ==, 0);
  g_assert_null (hp_registry_load (fixture->registry, "1", &error));
  support_assert_error (g_steal_pointer (&error), HP_ERROR_DAMAGED, "is not a folder");
}

/* An open bundle stays one bundle: it is whole, or it says that it is gone. */
static void
test_deleted_meanwhile (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HpBundle) bundle = NULL;
  GError *error = NULL;

  support_add (fixture->registry, SUPPORT_GOOD);
  bundle = load (fixture, "1");
  g_assert_true (hp_registry_delete (fixture->registry, 1, &error));
  assert_unreadable (bundle, "model.json", HP_ERROR_NOT_FOUND, "was deleted in the meantime");
}

static void
test_metrics (Fixture *fixture, gconstpointer data)
{
  static const char *const texts[] = { "{\"a\":", "[]", "" };
  g_autoptr (HpBundle) bundle = NULL;
  g_autoptr (GError) error = NULL;
  JsonObject *metrics;

  support_add (fixture->registry, SUPPORT_GOOD);
  bundle = load (fixture, "1");
  metrics = hp_bundle_get_metrics (bundle, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (json_object_get_string_member (metrics, "family"), ==, "linear");
  g_assert_true (hp_bundle_get_metrics (bundle, NULL) == metrics);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GHashTable) files = support_make_files (SUPPORT_GOOD);
      g_autofree char *reference = NULL;
      g_autoptr (HpBundle) other = NULL;

      support_set_file (files, "metrics.json", texts[i]);
      reference = g_strdup_printf ("%u", support_add_files (fixture->registry, files));
      other = load (fixture, reference);
      g_assert_null (hp_bundle_get_metrics (other, &error));
      support_assert_error (g_steal_pointer (&error), HP_ERROR_DAMAGED, "/metrics.json");
    }
}

static void
test_predictor (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GHashTable) files = support_make_loadable_files ();
  g_autofree char *sales = support_path (fixture, "house-price/1/sales.csv");
  g_autofree char *holdout = support_path (fixture, "house-price/1/holdout.csv");
  g_autoptr (HpSchema) schema = NULL;
  g_autoptr (HpBundle) bundle = NULL;
  g_autofree char *original = NULL;
  g_autofree float *features = NULL;
  HpPredictor *predictor;
  GError *error = NULL;
  const HpPreprocessor *pre;
  double price, low, high;

  support_add_files (fixture->registry, files);
  bundle = load (fixture, "1");
  /* A valuation without comparables doesn't read the sales, let alone hash them. */
  original = support_read (sales, NULL);
  support_write (sales, "damaged", -1);
  support_write (holdout, "damaged", -1);
  predictor = hp_bundle_get_predictor (bundle, FALSE, &error);
  g_assert_no_error (error);
  g_assert_true (hp_bundle_get_predictor (bundle, FALSE, NULL) == predictor);
  g_assert_null (hp_bundle_get_predictor (bundle, TRUE, &error));
  support_assert_error (g_steal_pointer (&error), HP_ERROR_DAMAGED, "1/sales.csv");
  support_write (sales, original, -1);
  g_assert_true (hp_bundle_get_predictor (bundle, TRUE, &error) == predictor);
  g_assert_no_error (error);

  pre = hp_predictor_get_preprocessor (predictor);
  g_assert_cmpuint (hp_preprocessor_get_n_features (pre), ==, 1);
  features = g_new0 (float, 1);
  hp_predictor_prices (predictor, features, 1, 0.8, &price, &low, &high);
  g_assert_cmpfloat (price, ==, 150000);
  g_assert_true (low <= price && price <= high);

  schema = hp_bundle_get_schema (bundle, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (schema->target, ==, "price");
  g_assert_cmpuint (schema->columns->len, ==, 2);
}

static void
test_unloadable (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *file, *text, *part;
  } cases[] = {
    { "model.json", "{\"format\":1", "/model.json:" },
    { "preprocessor.json", "[", "/preprocessor.json:" },
    { "metrics.json", "{}", "/metrics.json: \"calibration\" is missing" },
    { "metrics.json", "{\"calibration\":{}}", "/metrics.json" },
    { "sales.csv", "", "/sales.csv" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GHashTable) files = support_make_loadable_files ();
      g_autoptr (HpBundle) bundle = NULL;
      g_autofree char *reference = NULL;
      GError *error = NULL;

      support_set_file (files, cases[i].file, cases[i].text);
      reference = g_strdup_printf ("%u", support_add_files (fixture->registry, files));
      bundle = load (fixture, reference);
      g_assert_null (hp_bundle_get_predictor (bundle, TRUE, &error));
      support_assert_error (error, HP_ERROR_DAMAGED, cases[i].part);
    }
}

static void
test_bad_schema (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *text, *part;
  } cases[] = {
    { "format: 1\n", "/config.yaml: no “schema” mapping" }, { "- 1\n", "/config.yaml: no “schema” mapping" },
    { "schema: 3\n", "/config.yaml: no “schema” mapping" }, { "schema: {\n", "/config.yaml:" },
    { "schema: {nonsense: 1}\n", "/config.yaml:1:" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GHashTable) files = support_make_files (SUPPORT_GOOD);
      g_autoptr (HpBundle) bundle = NULL;
      g_autofree char *reference = NULL;
      GError *error = NULL;

      support_set_file (files, "config.yaml", cases[i].text);
      reference = g_strdup_printf ("%u", support_add_files (fixture->registry, files));
      bundle = load (fixture, reference);
      g_assert_null (hp_bundle_get_schema (bundle, &error));
      support_assert_error (error, HP_ERROR_DAMAGED, cases[i].part);
    }
}

int
main (int argc, char **argv)
{
  support_init (&argc, &argv);
  g_test_add_func ("/bundle/manifest-round-trip", test_manifest_round_trip);
  g_test_add_func ("/bundle/manifest-errors", test_manifest_errors);
  support_add_test ("/bundle/damage", test_damage);
  support_add_test ("/bundle/not-listed", test_not_listed);
  support_add_test ("/bundle/bad-manifest", test_bad_manifest);
  support_add_test ("/bundle/deleted-meanwhile", test_deleted_meanwhile);
  support_add_test ("/bundle/metrics", test_metrics);
  support_add_test ("/bundle/predictor", test_predictor);
  support_add_test ("/bundle/unloadable", test_unloadable);
  support_add_test ("/bundle/bad-schema", test_bad_schema);
  return support_run ();
}
