/* registry-support.c - small bundles and temporary registries for the tests
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <glib/gstdio.h>
#include <string.h>

#include "hp-calibration.h"
#include "hp-file.h"
#include "registry-support.h"

static const char schema_text[] = "name: tiny\n"
                                  "target: price\n"
                                  "currency: USD\n"
                                  "columns:\n"
                                  "  price: {type: number, min: 1000, max: 10000000}\n"
                                  "  sqft: {type: number, min: 100, max: 20000}\n"
                                  "features: [sqft]\n";

static const char sales_text[] = "row,line,price,sqft\n"
                                 "1,2,101000,1000\n"
                                 "2,3,121000,1200\n"
                                 "3,4,151000,1500\n"
                                 "4,5,181000,1800\n"
                                 "5,6,201000,2000\n";

static char *home;

void
support_init (int *argc, char ***argv)
{
  g_autofree char *own = NULL, *system = NULL;

  home = g_dir_make_tmp ("hp-registry-home-XXXXXX", NULL);
  g_assert_nonnull (home);
  own = g_build_filename (home, "own", NULL);
  system = g_build_filename (home, "system", NULL);
  g_setenv ("XDG_DATA_HOME", own, TRUE);
  g_setenv ("XDG_DATA_DIRS", system, TRUE);
  g_unsetenv ("HOUSE_PRICE_REGISTRY");
  g_test_init (argc, argv, NULL);
}

int
support_run (void)
{
  int status = g_test_run ();

  hp_file_remove_tree (home, NULL);
  g_clear_pointer (&home, g_free);
  return status;
}

void
support_set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->root = g_dir_make_tmp ("hp-registry-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->registry = hp_registry_new (fixture->root, NULL, &error);
  g_assert_no_error (error);
}

void
support_tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_finalize_object (fixture->registry);
  hp_file_remove_tree (fixture->root, &error);
  g_assert_no_error (error);
  g_free (fixture->root);
}

void
support_set_file (GHashTable *files, const char *name, const char *text)
{
  g_hash_table_insert (files, g_strdup (name), g_bytes_new (text, strlen (text)));
}

GHashTable *
support_make_files (const char *gates)
{
  GHashTable *files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
  g_autofree char *metrics = g_strdup_printf ("{\"format\":1,\"family\":\"linear\",\"oof\":{\"mae\":18700.5},"
                                              "\"test\":{\"mae\":19000,\"rmse\":28000,\"r2\":0.875}%s%s}",
                                              gates != NULL ? ",\"gates\":" : "", gates != NULL ? gates : "");

  support_set_file (files, "model.json", "{\"not\":\"a model\"}");
  support_set_file (files, "preprocessor.json", "{\"not\":\"a preprocessor\"}");
  support_set_file (files, "config.yaml", "format: 1\n");
  support_set_file (files, "metrics.json", metrics);
  support_set_file (files, "holdout.csv", "row,line,fold,price,predicted,low,high,sqft\n");
  support_set_file (files, "sales.csv", sales_text);
  return files;
}

static char *
make_metrics (void)
{
  const double predicted[] = { 100000, 120000, 150000, 180000, 200000 };
  const double price[] = { 101000, 121000, 151000, 181000, 201000 };
  HpCalibration *calibration = hp_calibration_fit (HP_TARGET_PLAIN, predicted, price, G_N_ELEMENTS (price));
  g_autoptr (HpJsonWriter) writer = hp_json_writer_new (TRUE);
  g_autoptr (JsonNode) gates = json_from_string (SUPPORT_GOOD, NULL);
  gsize length;

  hp_json_writer_begin_object (writer);
  hp_json_writer_set_int (writer, "format", 1);
  hp_json_writer_set_string (writer, "family", "linear");
  hp_json_writer_key (writer, "gates");
  hp_json_writer_node (writer, gates);
  hp_json_writer_key (writer, "calibration");
  hp_calibration_write_json (calibration, writer);
  hp_json_writer_end_object (writer);
  hp_calibration_free (calibration);
  return hp_json_writer_steal (writer, &length);
}

static char *
make_preprocessor (void)
{
  static const char *const features[] = { "sqft", NULL };
  const guint32 rows[] = { 0, 1, 2, 3, 4 };
  g_autoptr (GError) error = NULL;
  g_autoptr (HpSchema) schema = hp_schema_parse (schema_text, strlen (schema_text), "schema", &error);
  g_autoptr (HpTable) table = NULL;
  g_autoptr (HpPreprocessor) pre = NULL;
  gsize length;

  g_assert_no_error (error);
  table = hp_table_load_memory (sales_text, strlen (sales_text), "sales.csv", schema, HP_TABLE_DEFAULT, NULL, &error);
  g_assert_no_error (error);
  pre = hp_preprocessor_fit (schema, features, table, rows, G_N_ELEMENTS (rows), HP_ENCODING_ONE_HOT, &error);
  g_assert_no_error (error);
  return hp_preprocessor_to_json (pre, &length);
}

GHashTable *
support_make_loadable_files (void)
{
  const double coefficients[] = { 35000.0 };
  g_autoptr (HpModel) model = hp_model_new_linear (HP_TARGET_PLAIN, 1, 150000.0, coefficients);
  GHashTable *files = support_make_files (SUPPORT_GOOD);
  g_autofree char *model_text = NULL, *metrics = make_metrics (), *pre = make_preprocessor (), *config = NULL;
  g_auto (GStrv) lines = g_strsplit (schema_text, "\n", -1);
  g_autofree char *indented = g_strjoinv ("\n  ", lines);
  gsize length;

  model_text = hp_model_to_json (model, &length);
  config = g_strdup_printf ("format: 1\nmodel: house-price\nfamily: linear\nschema:\n  %s\n", indented);
  support_set_file (files, "model.json", model_text);
  support_set_file (files, "preprocessor.json", pre);
  support_set_file (files, "metrics.json", metrics);
  support_set_file (files, "config.yaml", config);
  return files;
}

guint
support_add_files (HpRegistry *registry, GHashTable *files)
{
  g_autoptr (GError) error = NULL;
  guint version = 0;
  gboolean ok = hp_registry_add (registry, files, NULL, &version, &error);

  g_assert_no_error (error);
  g_assert_true (ok);
  g_assert_cmpuint (version, >, 0);
  return version;
}

guint
support_add (HpRegistry *registry, const char *gates)
{
  g_autoptr (GHashTable) files = support_make_files (gates);

  return support_add_files (registry, files);
}

guint
support_champion (HpRegistry *registry)
{
  g_autoptr (GError) error = NULL;
  guint version = 0;

  hp_registry_resolve (registry, NULL, &version, &error);
  g_assert_no_error (error);
  return version;
}

void
support_assert_sound (HpRegistry *registry)
{
  g_autoptr (GPtrArray) damaged = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  gboolean ok = hp_registry_verify (registry, 0, damaged, &error);

  g_assert_no_error (error);
  g_assert_true (ok);
  g_assert_cmpuint (damaged->len, ==, 0);
}

char *
support_path (Fixture *fixture, const char *format, ...)
{
  g_autofree char *below = NULL;
  va_list args;

  va_start (args, format);
  below = g_strdup_vprintf (format, args);
  va_end (args);
  return g_build_filename (fixture->root, below, NULL);
}

void
support_write (const char *path, const char *text, gssize length)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;

  g_mkdir_with_parents (folder, 0755);
  g_file_set_contents (path, text, length, &error);
  g_assert_no_error (error);
}

char *
support_read (const char *path, gsize *length)
{
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, length, &error);
  g_assert_no_error (error);
  return text;
}

guint
support_count (const char *folder, const char *prefix)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint n = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    n += g_str_has_prefix (name, prefix);
  return n;
}

void
support_assert_error (GError *error, HpErrorCode code, const char *part)
{
  g_assert_error (error, HP_ERROR, (int) code);
  if (strstr (error->message, part) == NULL)
    g_error ("“%s” is not in the message “%s”", part, error->message);
  g_error_free (error);
}
