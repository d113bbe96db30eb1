/* test-split.c - who trains, who validates, who tests
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hp-split.h"

#include <string.h>

#include "hp-error.h"
#include "hp-random.h"

static HpSchema *
make_schema (const char *roles)
{
  g_autofree char *yaml = g_strdup_printf ("name: t\n"
                                           "target: price\n"
                                           "columns:\n"
                                           "  price: {type: number}\n"
                                           "  sqft: {type: number}\n"
                                           "  sold: {type: date, optional: true}\n"
                                           "  parcel: {type: text, optional: true}\n"
                                           "features: [sqft]\n"
                                           "%s",
                                           roles);
  g_autoptr (GError) error = NULL;
  HpSchema *schema = hp_schema_parse (yaml, strlen (yaml), "t.yaml", &error);

  g_assert_no_error (error);
  return schema;
}

/* n sales; groups > 0: so many parcels, sold again at random; dates > 0: so many months */
static HpTable *
make_table (const HpSchema *schema, gsize n, guint groups, guint dates)
{
  g_autoptr (GString) csv = g_string_new ("price,sqft,sold,parcel\n");
  g_autoptr (HpFindings) findings = hp_findings_new ("t.csv");
  g_autoptr (GError) error = NULL;
  HpTable *table;
  HpRandom random;

  hp_random_init (&random, 71, 1);
  for (gsize i = 0; i < n; i++)
    {
      g_string_append_printf (csv, "%u,%u,", 1000 + (guint) i, 500 + hp_random_below (&random, 3000));
      if (dates > 0)
        {
          guint month = hp_random_below (&random, dates);

          g_string_append_printf (csv, "%u-%02u", 2000 + month / 12, 1 + month % 12);
        }
      g_string_append_c (csv, ',');
      if (groups > 0 && i % 10 != 0)
        g_string_append_printf (csv, "p%u", hp_random_below (&random, groups));
      g_string_append_c (csv, '\n');
    }
  table = hp_table_load_memory (csv->str, csv->len, "t.csv", schema, HP_TABLE_DEFAULT, findings, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (table->n_rows, ==, n);
  return table;
}

/* Every other row, so that row numbers are not positions */
static guint32 *
some_rows (gsize n)
{
  guint32 *rows = g_new (guint32, n + 1);

  for (gsize i = 0; i < n; i++)
    rows[i] = 2 * i + 1;
  return rows;
}

/* Counts each row; they must ascend and be among those given */
static void
mark (const guint32 *rows, gsize n, guint8 *count)
{
  for (gsize i = 0; i < n; i++)
    {
      if (i > 0)
        g_assert_cmpuint (rows[i - 1], <, rows[i]);
      count[rows[i]]++;
    }
}

/* What holds for any split: train and test share nothing and are all there is; the rows a fold validates it doesn't
 * train on */
static void
check_split (const HpSplit *split, const guint32 *rows, gsize n, guint folds, gboolean forward)
{
  gsize size = rows[n - 1] + 2;
  g_autofree guint8 *whole = g_new0 (guint8, size), *valid = g_new0 (guint8, size);

  g_assert_cmpuint (split->n_train + split->n_test, ==, n);
  mark (split->train, split->n_train, whole);
  mark (split->test, split->n_test, whole);
  for (gsize i = 0; i < size; i++)
    g_assert_cmpuint (whole[i], ==, i % 2 && i < size - 1);
  g_assert_cmpuint (split->n_folds, ==, folds);
  for (guint k = 0; k < folds; k++)
    {
      const HpFold *fold = &split->folds[k];
      g_autofree guint8 *both = g_new0 (guint8, size);

      mark (fold->train, fold->n_train, both);
      mark (fold->valid, fold->n_valid, both);
      for (gsize i = 0; i < size; i++)
        g_assert_cmpuint (both[i], <=, 1);
      for (gsize i = 0; i < split->n_test; i++)
        g_assert_cmpuint (both[split->test[i]], ==, 0);
      mark (fold->valid, fold->n_valid, valid);
      if (!forward)
        g_assert_cmpuint (fold->n_train + fold->n_valid, ==, split->n_train);
    }
  /* at random every training row is predicted once; forward in time, the first block never is */
  for (gsize i = 0; i < split->n_train; i++)
    if (forward)
      g_assert_cmpuint (valid[split->train[i]], <=, 1);
    else
      g_assert_cmpuint (valid[split->train[i]], ==, 1);
}

static void
test_random (void)
{
  enum
  {
    N = 503
  };
  g_autoptr (HpSchema) schema = make_schema ("");
  g_autoptr (HpTable) table = make_table (schema, 2 * N, 0, 0);
  g_autofree guint32 *rows = some_rows (N);

  for (guint folds = 2; folds <= 20; folds += 3)
    for (guint percent = 5; percent <= 50; percent += 15)
      {
        g_autoptr (GError) error = NULL;
        g_autoptr (HpSplit) split
          = hp_split_new (table, schema, rows, N, HP_SPLIT_RANDOM, percent / 100.0, folds, 1, &error);
        double wanted = N * percent / 100.0;

        g_assert_no_error (error);
        check_split (split, rows, N, folds, FALSE);
        g_assert_cmpfloat_with_epsilon (split->n_test, wanted, 1);
        for (guint k = 0; k < folds; k++)
          g_assert_cmpfloat_with_epsilon (split->folds[k].n_valid, (double) split->n_train / folds, 1.01);
      }
}

static void
test_seeds (void)
{
  enum
  {
    N = 200
  };
  g_autoptr (HpSchema) schema = make_schema ("");
  g_autoptr (HpTable) table = make_table (schema, 2 * N, 0, 0);
  g_autofree guint32 *rows = some_rows (N);
  g_autoptr (HpSplit) a = hp_split_new (table, schema, rows, N, HP_SPLIT_RANDOM, 0.2, 5, 42, NULL);
  g_autoptr (HpSplit) b = hp_split_new (table, schema, rows, N, HP_SPLIT_RANDOM, 0.2, 5, 42, NULL);
  g_autoptr (HpSplit) c = hp_split_new (table, schema, rows, N, HP_SPLIT_RANDOM, 0.2, 5, 43, NULL);
  g_autoptr (HpSplit) d = hp_split_new (table, schema, rows, N, HP_SPLIT_RANDOM, 0.2, 4, 42, NULL);

  g_assert_cmpmem (a->test, a->n_test * 4, b->test, b->n_test * 4);
  for (guint k = 0; k < 5; k++)
    g_assert_cmpmem (a->folds[k].valid, a->folds[k].n_valid * 4, b->folds[k].valid, b->folds[k].n_valid * 4);
  g_assert_true (memcmp (a->test, c->test, a->n_test * 4) != 0);
  g_assert_true (memcmp (a->folds[0].valid, c->folds[0].valid, 4 * 30) != 0);
  /* the number of folds doesn't change who tests */
  g_assert_cmpmem (a->test, a->n_test * 4, d->test, d->n_test * 4);
}

/* Repeat sales of one parcel are never on both sides; sales without a parcel are by themselves */
static void
test_groups (void)
{
  enum
  {
    N = 600
  };
  g_autoptr (HpSchema) schema = make_schema ("roles: {group: parcel}\n");
  g_autoptr (HpTable) table = make_table (schema, 2 * N, 90, 0);
  g_autofree guint32 *rows = some_rows (N);
  const HpColumn *parcel = hp_table_get_column (table, "parcel");

  for (guint64 seed = 1; seed <= 10; seed++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (HpSplit) split = hp_split_new (table, schema, rows, N, HP_SPLIT_RANDOM, 0.25, 5, seed, &error);
      g_autoptr (GHashTable) where = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

      g_assert_no_error (error);
      check_split (split, rows, N, 5, FALSE);
      g_assert_cmpfloat_with_epsilon (split->n_test, N * 0.25, 20);
      for (int part = 0; part <= 5; part++)
        {
          const guint32 *members = part < 5 ? split->folds[part].valid : split->test;
          gsize n = part < 5 ? split->folds[part].n_valid : split->n_test;

          for (gsize i = 0; i < n; i++)
            {
              g_autofree char *name = hp_table_get_text (table, parcel, members[i]);
              gpointer known;

              if (*name == '\0')
                continue;
              if (g_hash_table_lookup_extended (where, name, NULL, &known))
                g_assert_cmpint (GPOINTER_TO_INT (known), ==, part);
              else
                g_hash_table_insert (where, g_steal_pointer (&name), GINT_TO_POINTER (part));
            }
        }
      g_assert_cmpuint (g_hash_table_size (where), >, 80);
    }
}

/* Forward: what trains is older than what validates, what validates older than what tests; no date on both sides */
static void
test_time (void)
{
  enum
  {
    N = 700
  };
  g_autoptr (HpSchema) schema = make_schema ("roles: {date: sold}\n");
  const guint months[] = { 8, 20, 60, 600 };

  for (guint m = 0; m < G_N_ELEMENTS (months); m++)
    for (guint folds = 2; folds <= 5; folds += 3)
      {
        g_autoptr (HpTable) table = make_table (schema, 2 * N, 0, months[m]);
        g_autofree guint32 *rows = some_rows (N);
        const double *dates = hp_table_get_column (table, "sold")->numbers;
        g_autoptr (GError) error = NULL;
        g_autoptr (HpSplit) split = hp_split_new (table, schema, rows, N, HP_SPLIT_TIME, 0.2, folds, 1, &error);
        double newest = 0;

        g_assert_no_error (error);
        check_split (split, rows, N, folds, TRUE);
        g_assert_cmpfloat (split->n_test, >, N * (0.2 - 1.0 / months[m]) - 1);
        g_assert_cmpfloat (split->n_test, <=, N * 0.2 + 1);
        for (guint k = 0; k < folds; k++)
          {
            const HpFold *fold = &split->folds[k];
            double oldest = 1e9;

            for (gsize i = 0; i < fold->n_train; i++)
              newest = MAX (newest, dates[fold->train[i]]);
            for (gsize i = 0; i < fold->n_valid; i++)
              oldest = MIN (oldest, dates[fold->valid[i]]);
            g_assert_cmpfloat (newest, <, oldest);
            /* each fold trains on all that came before it */
            g_assert_cmpuint (fold->n_train, ==,
                              k == 0 ? fold->n_train : split->folds[k - 1].n_train + split->folds[k - 1].n_valid);
          }
        g_assert_cmpuint (split->folds[folds - 1].n_train + split->folds[folds - 1].n_valid, ==, split->n_train);
        newest = 0;
        for (gsize i = 0; i < split->n_train; i++)
          newest = MAX (newest, dates[split->train[i]]);
        for (gsize i = 0; i < split->n_test; i++)
          g_assert_cmpfloat (dates[split->test[i]], >, newest);
      }
}

static void
expect_error (const HpTable *table, const HpSchema *schema, gsize n, HpSplitMethod method, double test, guint folds,
              const char *says)
{
  g_autofree guint32 *rows = g_new (guint32, n + 1);
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < n; i++)
    rows[i] = i;
  g_assert_null (hp_split_new (table, schema, rows, n, method, test, folds, 1, &error));
  g_assert_error (error, HP_ERROR, HP_ERROR_BAD_DATA);
  g_test_message ("%s", error->message);
  g_assert_true (g_str_has_prefix (error->message, "t.csv"));
  g_assert_nonnull (strstr (error->message, says));
}

static void
test_errors (void)
{
  g_autoptr (HpSchema) bare = make_schema ("");
  g_autoptr (HpSchema) dated = make_schema ("roles: {date: sold}\n");
  g_autoptr (HpSchema) grouped = make_schema ("roles: {group: parcel}\n");
  g_autoptr (HpTable) table = make_table (dated, 100, 1, 2);
  g_autoptr (HpTable) without = make_table (dated, 100, 0, 0);

  expect_error (table, bare, 0, HP_SPLIT_RANDOM, 0.2, 5, "too few");
  expect_error (table, bare, 1, HP_SPLIT_RANDOM, 0.2, 5, "too few");
  expect_error (table, bare, 40, HP_SPLIT_RANDOM, 0.2, 5, "too few");
  expect_error (table, bare, 25, HP_SPLIT_RANDOM, 0.5, 20, "too few");
  /* nine in ten sales are of one parcel */
  expect_error (table, grouped, 100, HP_SPLIT_RANDOM, 0.2, 5, "too few");
  expect_error (table, bare, 100, HP_SPLIT_TIME, 0.2, 5, "needs a date column");
  expect_error (table, dated, 100, HP_SPLIT_TIME, 0.2, 5, "too few different dates");
  expect_error (without, dated, 100, HP_SPLIT_TIME, 0.2, 5, "t.csv:2: “sold” is missing");
}

static void
test_inner_folds (void)
{
  enum
  {
    N = 101
  };
  g_autoptr (HpSchema) schema = make_schema ("");
  g_autoptr (HpTable) table = make_table (schema, 2 * N, 0, 0);
  g_autofree guint32 *rows = some_rows (N);
  g_autofree guint8 *count = g_new0 (guint8, 2 * N + 1);
  HpFold *folds = hp_folds_new (table, schema, rows, N, 3, 9);

  for (guint k = 0; k < 3; k++)
    {
      g_assert_cmpuint (folds[k].n_train + folds[k].n_valid, ==, N);
      g_assert_cmpuint (folds[k].n_valid, >=, 33);
      g_assert_cmpuint (folds[k].n_valid, <=, 34);
      mark (folds[k].valid, folds[k].n_valid, count);
    }
  for (gsize i = 0; i < N; i++)
    g_assert_cmpuint (count[rows[i]], ==, 1);
  hp_folds_free (folds, 3);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/split/random", test_random);
  g_test_add_func ("/split/seeds", test_seeds);
  g_test_add_func ("/split/groups", test_groups);
  g_test_add_func ("/split/time", test_time);
  g_test_add_func ("/split/errors", test_errors);
  g_test_add_func ("/split/inner-folds", test_inner_folds);
  return g_test_run ();
}
