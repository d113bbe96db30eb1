/* hp-influence.c - leverage, studentised residuals and Cook's distances: what is read of them, and their JSON
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hp-influence.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "config.h"
#include <glib/gi18n-lib.h>

/**
 * hp_influence_new:
 * @n: number of sales
 *
 * Returns: (transfer full): arrays of zeros
 */
HpInfluence *
hp_influence_new (gsize n)
{
  HpInfluence *influence = g_new0 (HpInfluence, 1);

  influence->n = n;
  influence->row = g_new0 (guint64, n + 1);
  influence->leverage = g_new0 (double, n + 1);
  influence->residual = g_new0 (double, n + 1);
  influence->cook = g_new0 (double, n + 1);
  return influence;
}

/**
 * hp_influence_free:
 * @influence: (transfer full) (nullable): influences
 */
void
hp_influence_free (HpInfluence *influence)
{
  if (influence == NULL)
    return;
  g_free (influence->row);
  g_free (influence->leverage);
  g_free (influence->residual);
  g_free (influence->cook);
  g_free (influence);
}

/**
 * hp_influence_get_high_leverage:
 * @influence: influences
 *
 * Returns: the leverage above which one looks at a sale: twice the mean (Hoaglin & Welsch 1978)
 */
double
hp_influence_get_high_leverage (const HpInfluence *influence)
{
  return influence->n > 0 ? 2 * influence->parameters / (double) influence->n : NAN;
}

/**
 * hp_influence_get_large_cook:
 * @influence: influences
 *
 * Returns: the Cook's distance above which one looks at a sale: 4 / n
 */
double
hp_influence_get_large_cook (const HpInfluence *influence)
{
  return influence->n > 0 ? 4 / (double) influence->n : NAN;
}

/**
 * hp_influence_get_contour:
 * @influence: influences
 * @cook: a Cook's distance
 * @leverage: a leverage
 *
 * Solves D = t² h / (p (1 - h)) for t. With a penalty that is close to what the distances are, not exact.
 *
 * Returns: the studentised residual t; NaN where there is none
 */
double
hp_influence_get_contour (const HpInfluence *influence, double cook, double leverage)
{
  return leverage > 0 && leverage < 1 && cook >= 0 ? sqrt (cook * influence->parameters * (1 - leverage) / leverage)
                                                   : NAN;
}

typedef struct
{
  guint32 index;
  double cook;
} Ranked;

static int
compare_ranked (const void *a, const void *b)
{
  const Ranked *x = a, *y = b;

  return x->cook != y->cook ? (x->cook < y->cook) - (x->cook > y->cook) : (x->index > y->index) - (x->index < y->index);
}

/**
 * hp_influence_get_largest:
 * @influence: influences
 * @n_most: how many are wanted
 * @n: (out): how many there are
 *
 * Returns: (transfer full) (array length=n): indices of the sales with the greatest Cook's distances, greatest first
 */
guint32 *
hp_influence_get_largest (const HpInfluence *influence, gsize n_most, gsize *n)
{
  g_autofree Ranked *ranked = g_new (Ranked, influence->n + 1);
  guint32 *largest;

  for (gsize i = 0; i < influence->n; i++)
    ranked[i] = (Ranked){ i, influence->cook[i] };
  qsort (ranked, influence->n, sizeof *ranked, compare_ranked);
  *n = MIN (influence->n, n_most);
  largest = g_new (guint32, *n + 1);
  for (gsize i = 0; i < *n; i++)
    largest[i] = ranked[i].index;
  return largest;
}

/* Seven digits are more than any plot shows, and half as long as all of them */
static void
write_floats (HpJsonWriter *writer, const char *key, const double *values, gsize n)
{
  hp_json_writer_key (writer, key);
  hp_json_writer_begin_array (writer);
  for (gsize i = 0; i < n; i++)
    hp_json_writer_float (writer, (float) values[i]);
  hp_json_writer_end_array (writer);
}

/**
 * hp_influence_write_json:
 * @influence: influences
 * @writer: a writer that stands where a value may begin
 *
 * Writes an object: `target`, `lambda`, `parameters`, `sigma`, and of each sale `row`, `leverage`, `residual` and
 * `cook`, each rounded to single precision.
 */
void
hp_influence_write_json (const HpInfluence *influence, HpJsonWriter *writer)
{
  hp_json_writer_begin_object (writer);
  hp_json_writer_set_string (writer, "target", influence->target == HP_TARGET_LOG ? "log" : "plain");
  hp_json_writer_set_double (writer, "lambda", influence->lambda);
  hp_json_writer_set_double (writer, "parameters", influence->parameters);
  hp_json_writer_set_double (writer, "sigma", influence->sigma);
  hp_json_writer_key (writer, "row");
  hp_json_writer_begin_array (writer);
  for (gsize i = 0; i < influence->n; i++)
    hp_json_writer_int (writer, (gint64) influence->row[i]);
  hp_json_writer_end_array (writer);
  write_floats (writer, "leverage", influence->leverage, influence->n);
  write_floats (writer, "residual", influence->residual, influence->n);
  write_floats (writer, "cook", influence->cook, influence->n);
  hp_json_writer_end_object (writer);
}

enum
{
  LEVERAGE,
  RESIDUAL,
  COOK,
  N_ARRAYS
};

static const char *const array_names[N_ARRAYS] = { "leverage", "residual", "cook" };

typedef struct
{
  HpTarget target;
  double lambda, parameters, sigma;
  GArray *rows;             /* of gint32 */
  GArray *arrays[N_ARRAYS]; /* of gfloat */
  gboolean has_target, has_rows, has_array[N_ARRAYS];
} Parts;

static void
read_target (HpJsonReader *reader, Parts *parts)
{
  const char *text;

  if (!hp_json_reader_string (reader, &text))
    return;
  parts->has_target = TRUE;
  parts->target = strcmp (text, "log") == 0 ? HP_TARGET_LOG : HP_TARGET_PLAIN;
  if (parts->target == HP_TARGET_PLAIN && strcmp (text, "plain") != 0)
    hp_json_reader_fail (reader, _ ("“target” must be log or plain"));
}

static void
read_member (HpJsonReader *reader, const char *key, Parts *parts)
{
  if (strcmp (key, "target") == 0)
    read_target (reader, parts);
  else if (strcmp (key, "lambda") == 0)
    hp_json_reader_number (reader, &parts->lambda);
  else if (strcmp (key, "parameters") == 0)
    hp_json_reader_number (reader, &parts->parameters);
  else if (strcmp (key, "sigma") == 0)
    hp_json_reader_number (reader, &parts->sigma);
  else if (strcmp (key, "row") == 0)
    parts->has_rows = hp_json_reader_int32s (reader, parts->rows, 1, G_MAXINT32, HP_INFLUENCE_MAX_SALES);
  else
    {
      for (guint k = 0; k < N_ARRAYS; k++)
        if (strcmp (key, array_names[k]) == 0)
          {
            parts->has_array[k] = hp_json_reader_floats (reader, parts->arrays[k], HP_INFLUENCE_MAX_SALES);
            return;
          }
      hp_json_reader_skip (reader);
    }
}

/* All is there, of one length, and within what such numbers can be */
static gboolean
check_parts (HpJsonReader *reader, const Parts *parts)
{
  guint n = parts->rows->len;

  if (!parts->has_target || !parts->has_rows || !(parts->lambda >= 0) || !(parts->parameters > 0)
      || !(parts->sigma >= 0))
    {
      hp_json_reader_fail (reader, _ ("the influence of sales lacks its target, rows, penalty, parameters or sigma"));
      return FALSE;
    }
  for (guint k = 0; k < N_ARRAYS; k++)
    if (!parts->has_array[k] || parts->arrays[k]->len != n)
      {
        hp_json_reader_fail (reader, _ ("“%s” and “row” must have as many elements"), array_names[k]);
        return FALSE;
      }
  for (guint i = 0; i < n; i++)
    {
      float leverage = g_array_index (parts->arrays[LEVERAGE], gfloat, i);

      if ((i > 0 && g_array_index (parts->rows, gint32, i) <= g_array_index (parts->rows, gint32, i - 1))
          || !(leverage >= 0 && leverage <= 1) || !(g_array_index (parts->arrays[COOK], gfloat, i) >= 0))
        {
          hp_json_reader_fail (reader,
                               _ ("the influence of the sale at %u can't be: rows ascend, leverage is from 0 "
                                  "to 1, Cook's distance is not below 0"),
                               i);
          return FALSE;
        }
    }
  return TRUE;
}

static HpInfluence *
make_influence (const Parts *parts)
{
  HpInfluence *influence = hp_influence_new (parts->rows->len);

  influence->target = parts->target;
  influence->lambda = parts->lambda;
  influence->parameters = parts->parameters;
  influence->sigma = parts->sigma;
  for (guint i = 0; i < parts->rows->len; i++)
    {
      influence->row[i] = g_array_index (parts->rows, gint32, i);
      influence->leverage[i] = g_array_index (parts->arrays[LEVERAGE], gfloat, i);
      influence->residual[i] = g_array_index (parts->arrays[RESIDUAL], gfloat, i);
      influence->cook[i] = g_array_index (parts->arrays[COOK], gfloat, i);
    }
  return influence;
}

/**
 * hp_influence_read:
 * @reader: a reader that stands before what hp_influence_write_json() wrote, or a stranger
 *
 * Members that it does not know are passed over.
 *
 * Returns: (transfer full) (nullable): the influences, or %NULL and @reader has failed
 */
HpInfluence *
hp_influence_read (HpJsonReader *reader)
{
  Parts parts = { .lambda = NAN, .parameters = NAN, .sigma = NAN };
  HpInfluence *influence = NULL;
  const char *key;

  parts.rows = g_array_new (FALSE, FALSE, sizeof (gint32));
  for (guint k = 0; k < N_ARRAYS; k++)
    parts.arrays[k] = g_array_new (FALSE, FALSE, sizeof (gfloat));
  if (hp_json_reader_begin_object (reader))
    {
      while (hp_json_reader_next_member (reader, &key))
        read_member (reader, key, &parts);
    }
  if (!hp_json_reader_failed (reader) && check_parts (reader, &parts))
    influence = make_influence (&parts);
  g_array_unref (parts.rows);
  for (guint k = 0; k < N_ARRAYS; k++)
    g_array_unref (parts.arrays[k]);
  return influence;
}
