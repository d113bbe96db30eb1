/* test-import-memory.c - no file makes the importer take more than a small multiple of what it is
 *
 * Every allocation is counted, by the sanitizer's hooks where there is one, else by a malloc() of our own around the C
 * library's.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <malloc.h>
#include <stdlib.h>

#include "import-support.h"

/* The most that may be held at once: so many bytes for each of the file, and some for a file of none */
#define MULTIPLE 24
#define CONSTANT (256 * 1024)

static gsize held, most;

static void
note_more (gsize size)
{
  held += size;
  if (held > most)
    most = held;
}

#ifdef __has_feature /* clang's way to say so */
#if __has_feature(address_sanitizer)
#define SANITIZED
#endif
#elif defined(__SANITIZE_ADDRESS__)
#define SANITIZED
#endif

#ifdef SANITIZED

int __sanitizer_install_malloc_and_free_hooks (void (*malloc_hook) (const volatile void *, size_t),
                                               void (*free_hook) (const volatile void *));
size_t __sanitizer_get_allocated_size (const volatile void *p);

static void
hook_malloc (const volatile void *p, size_t size)
{
  note_more (size);
}

static void
hook_free (const volatile void *p)
{
  held -= p != NULL ? __sanitizer_get_allocated_size (p) : 0;
}

static void
start_counting (void)
{
  g_assert_cmpint (__sanitizer_install_malloc_and_free_hooks (hook_malloc, hook_free), >, 0);
}

#else

/* So that the libraries find these in place of their own */
#define INTERPOSED __attribute__ ((visibility ("default")))

void *__libc_malloc (size_t size);
void *__libc_calloc (size_t n, size_t size);
void *__libc_realloc (void *p, size_t size);
void __libc_free (void *p);

INTERPOSED void *
malloc (size_t size)
{
  void *p = __libc_malloc (size);

  note_more (malloc_usable_size (p));
  return p;
}

INTERPOSED void *
calloc (size_t n, size_t size)
{
  void *p = __libc_calloc (n, size);

  note_more (malloc_usable_size (p));
  return p;
}

INTERPOSED void *
realloc (void *p, size_t size)
{
  gsize before = malloc_usable_size (p);
  void *moved = __libc_realloc (p, size);

  /* both may be there for a moment */
  note_more (malloc_usable_size (moved));
  held -= before;
  return moved;
}

INTERPOSED void
free (void *p)
{
  held -= malloc_usable_size (p);
  __libc_free (p);
}

static void
start_counting (void)
{
}

#endif

/* Reads a file, and says what was the most that was held for it */
static void
check (const char *what, const char *data, gsize length)
{
  gsize before, used;
  HpImport *import;

  before = most = held;
  import = hp_import_read (data, length, "m", NULL, NULL);
  used = most - before;
  g_test_message ("%s: %" G_GSIZE_FORMAT " bytes of %" G_GSIZE_FORMAT ", %.1f times, %s", what, used, length,
                  (double) used / length, import != NULL ? "read" : "refused");
  hp_import_free (import);
  g_assert_cmpuint (used, <=, MULTIPLE * length + CONSTANT);
}

/* The counting counts. */
static void
test_counts (void)
{
  gsize before = most = held;
  volatile char *p = g_malloc (1000000);

  p[0] = 1;
  g_assert_cmpuint (most - before, >=, 1000000);
  g_free ((gpointer) p);
  g_assert_cmpuint (held, <, before + 100000);
}

static void
test_golden (void)
{
  static const char *const names[] = { "xgb174_num.json", "xgb174_num.ubj",   "xgb174_cat.json",     "xgb174_cat.ubj",
                                       "xgb174_rf.json",  "xgb174_dart.json", "xgb174_gblinear.json" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      gsize length;
      g_autofree char *text = import_golden (names[i], &length);

      check (names[i], text, length);
    }
}

#define HEAD                                                                                                           \
  "{\"learner\":{\"learner_model_param\":{\"base_score\":\"0\",\"num_feature\":\"1\"},\"objective\":{\"name\":"        \
  "\"reg:squarederror\"},\"gradient_booster\":{\"name\":\"gbtree\",\"model\":{"
#define TAIL "}}}}"

static void
repeat (GString *text, const char *part, guint n)
{
  for (guint i = 0; i < n; i++)
    g_string_append (text, part);
}

/* As much in memory as a byte can be made to stand for */
static void
test_worst_json (void)
{
  const guint n = 60000;
  g_autoptr (GString) text = g_string_new (HEAD "\"trees\":[{\"left_children\":[1");

  /* one long array, which nothing else belongs to */
  repeat (text, ",0", n);
  g_string_append (text, "]}]" TAIL);
  check ("one array", text->str, text->len);

  /* a tree of two leaves and many nodes that can't be reached, in the shortest way to write them */
  g_string_assign (text, HEAD "\"trees\":[{");
  for (guint a = 0; a < 5; a++)
    {
      static const char *const names[]
        = { "left_children", "right_children", "split_indices", "split_conditions", "default_left" };

      g_string_append_printf (text, "%s\"%s\":[%s", a > 0 ? "," : "", names[a],
                              a == 0   ? "1,-1,-1"
                              : a == 1 ? "2,-1,-1"
                                       : "0,0,0");
      repeat (text, ",0", n);
      g_string_append_c (text, ']');
    }
  g_string_append (text, "}]" TAIL);
  check ("one tree", text->str, text->len);

  /* many small trees */
  g_string_assign (text, HEAD "\"trees\":[");
  for (guint t = 0; t < 5000; t++)
    g_string_append_printf (
      text,
      "%s{\"left_children\":[-1],\"right_children\":[-1],\"split_indices\":[0],\"split_conditions\":[0],"
      "\"default_left\":[0]}",
      t > 0 ? "," : "");
  g_string_append (text, "]" TAIL);
  check ("many trees", text->str, text->len);

  /* one set of many categories, and many sets of it */
  g_string_assign (text, HEAD
                   "\"trees\":[{\"left_children\":[1,-1,-1],\"right_children\":[2,-1,-1],\"split_indices\":[0,0,0],"
                   "\"split_conditions\":[0,0,0],\"default_left\":[0,0,0],\"split_type\":[1,0,0],\"categories_nodes\":"
                   "[0],\"categories_segments\":[0],");
  g_string_append_printf (text, "\"categories_sizes\":[%u],\"categories\":[0", n + 1);
  repeat (text, ",9", n);
  g_string_append (text, "]}]" TAIL);
  check ("one set", text->str, text->len);

  /* names of categories, of which each takes memory of its own */
  g_string_assign (text, HEAD "\"trees\":[],\"cats\":{\"enc\":[{\"type\":1,\"values\":[0");
  repeat (text, ",0", n);
  g_string_append (text, "]}]}" TAIL);
  check ("names", text->str, text->len);
}

static void
append_count (GString *text, guint64 n)
{
  guint64 bytes = GUINT64_TO_BE (n);

  g_string_append_len (text, (const char *) &bytes, sizeof bytes);
}

static void
append_key (GString *text, const char *key)
{
  g_string_append_c (text, 'U');
  g_string_append_c (text, (char) strlen (key));
  g_string_append (text, key);
}

static void
append_text (GString *text, const char *key, const char *value)
{
  append_key (text, key);
  g_string_append_c (text, 'S');
  append_key (text, value);
}

/* A list of one-byte numbers, the least that an element can take; what it claims to hold may be more than what it does
 */
static void
append_bytes (GString *text, const char *key, guint64 claimed, guint n)
{
  append_key (text, key);
  g_string_append (text, "[$U#L");
  append_count (text, claimed);
  for (guint i = 0; i < n; i++)
    g_string_append_c (text, 0);
}

static void
test_worst_ubjson (void)
{
  const guint n = 200000;

  for (guint lie = 0; lie < 2; lie++)
    {
      g_autoptr (GString) text = g_string_new ("{");

      append_key (text, "learner");
      g_string_append_c (text, '{');
      append_key (text, "learner_model_param");
      g_string_append_c (text, '{');
      append_text (text, "base_score", "0");
      append_text (text, "num_feature", "1");
      g_string_append_c (text, '}');
      append_key (text, "objective");
      g_string_append_c (text, '{');
      append_text (text, "name", "reg:squarederror");
      g_string_append_c (text, '}');
      append_key (text, "gradient_booster");
      g_string_append_c (text, '{');
      append_text (text, "name", "gbtree");
      append_key (text, "model");
      g_string_append_c (text, '{');
      append_key (text, "trees");
      g_string_append (text, "[{");
      append_bytes (text, "left_children", lie ? G_GUINT64_CONSTANT (1) << 40 : n, n);
      append_bytes (text, "right_children", n, n);
      append_bytes (text, "split_indices", n, n);
      append_bytes (text, "split_conditions", n, n);
      append_bytes (text, "default_left", n, n);
      g_string_append (text, "}]}}}}");
      check (lie ? "a length that is not true" : "bytes", text->str, text->len);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  start_counting ();
  g_test_add_func ("/import-memory/counts", test_counts);
  g_test_add_func ("/import-memory/golden", test_golden);
  g_test_add_func ("/import-memory/worst-json", test_worst_json);
  g_test_add_func ("/import-memory/worst-ubjson", test_worst_ubjson);
  return g_test_run ();
}
