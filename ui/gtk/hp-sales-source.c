/* hp-sales-source.c - the sales of a study as a table, and one of them in words
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "hp-display.h"
#include "hp-house-text.h"
#include "hp-number.h"
#include "hp-sales-source.h"
#include "hp-text.h"

#define TITLE_CHARS 40
/* Attributes in words: as many as a box holds */
#define MAX_DESCRIBED 8

typedef enum
{
  SALE,
  PRICE,
  N_FIXED
} FixedColumn;

/* What a column of the table is of */
typedef struct
{
  int version; /* its predicted price and residual; -1: none of them */
  gboolean residual;
  const HpSetColumn *attribute; /* where version is -1 */
} Meaning;

static Meaning
meaning_of (const HpResidualsStudy *study, guint column)
{
  guint first = N_FIXED + 2 * study->n_sets;

  if (column < N_FIXED)
    return (Meaning){ -1, FALSE, NULL };
  if (column < first)
    return (Meaning){ (int) (column - N_FIXED) / 2, (column - N_FIXED) % 2 == 1, NULL };
  return (Meaning){ -1, FALSE, study->sets[0]->columns->pdata[column - first] };
}

static char *
plain_number (double value)
{
  char buffer[HP_NUMBER_BUFFER];

  hp_number_format (buffer, value);
  return g_strdup (buffer);
}

static char *
money (const HpResidualsStudy *study, double price, gboolean plain)
{
  return plain ? plain_number (price) : hp_display_price (price, study->sets[0]->currency);
}

/* With its sign: which way it is off */
static char *
percent (double share)
{
  g_autofree char *text = hp_display_percent (fabs (share), 1);

  return g_strconcat (share < 0 ? "−" : share > 0 ? "+" : "", text, NULL);
}

static char *
get_text (gpointer data, guint row, guint column, gboolean plain)
{
  const HpResidualsStudy *study = data;
  gsize sale = study->order[row];
  Meaning meaning = meaning_of (study, column);

  if (column == SALE)
    return plain ? g_strdup_printf ("%" G_GUINT64_FORMAT, study->sets[0]->row[sale])
                 : hp_display_count (study->sets[0]->row[sale]);
  if (column == PRICE)
    return money (study, study->sets[0]->price[sale], plain);
  if (meaning.residual)
    {
      double error = hp_residuals_study_error (study, (guint) meaning.version, sale);

      return !plain ? percent (error) : isnan (error) ? g_strdup ("") : plain_number (100 * error);
    }
  if (meaning.attribute == NULL)
    return money (study, study->sets[meaning.version]->predicted[sale], plain);
  return plain ? hp_house_text_plain (meaning.attribute, meaning.attribute->numbers[sale])
               : hp_house_text_shown (meaning.attribute, meaning.attribute->numbers[sale]);
}

static double
get_key (gpointer data, guint row, guint column)
{
  const HpResidualsStudy *study = data;
  gsize sale = study->order[row];
  Meaning meaning = meaning_of (study, column);

  if (column == SALE)
    return (double) study->sets[0]->row[sale];
  if (column == PRICE)
    return study->sets[0]->price[sale];
  if (meaning.residual)
    return hp_residuals_study_error (study, (guint) meaning.version, sale);
  if (meaning.attribute == NULL)
    return study->sets[meaning.version]->predicted[sale];
  return meaning.attribute->numbers[sale];
}

/* Of one version among several */
static void
add_version (HpDataSource *source, const char *version)
{
  g_autofree char *name = hp_text_printable (version, -1, TITLE_CHARS);
  g_autofree char *predicted = g_strdup_printf (_ ("Predicted, %s"), name);
  g_autofree char *residual = g_strdup_printf (_ ("Residual, %s"), name);

  hp_data_source_add_column (source, predicted, TRUE);
  hp_data_source_add_column (source, residual, TRUE);
}

/**
 * hp_sales_source_new:
 * @study: a study
 *
 * Returns: (transfer full): its sales, largest error first
 */
HpDataSource *
hp_sales_source_new (HpResidualsStudy *study)
{
  HpDataSource *source = hp_data_source_new ();

  hp_data_source_add_column (source, _ ("Sale"), TRUE);
  hp_data_source_add_column (source, _ ("Price"), TRUE);
  for (guint i = 0; i < study->n_sets; i++)
    if (study->n_sets == 1)
      {
        hp_data_source_add_column (source, _ ("Predicted"), TRUE);
        hp_data_source_add_column (source, _ ("Residual"), TRUE);
      }
    else
      add_version (source, study->sets[i]->name);
  for (guint i = 0; i < study->sets[0]->columns->len; i++)
    {
      const HpSetColumn *column = study->sets[0]->columns->pdata[i];
      g_autofree char *title = hp_text_printable (column->label, -1, TITLE_CHARS);

      hp_data_source_add_column (source, title, column->kind == HP_SET_NUMBER);
    }
  source->n_rows = (guint) study->sets[0]->n;
  source->get_text = get_text;
  source->get_key = get_key;
  source->data = hp_residuals_study_ref (study);
  source->destroy = (GDestroyNotify) hp_residuals_study_unref;
  return source;
}

/**
 * hp_sales_source_find:
 * @study: a study
 * @row: a sale, as its data counts it
 *
 * Returns: the row of the table that holds it; -1: none
 */
int
hp_sales_source_find (const HpResidualsStudy *study, guint64 row)
{
  for (gsize i = 0; i < study->sets[0]->n; i++)
    if (study->sets[0]->row[study->order[i]] == row)
      return (int) i;
  return -1;
}

/**
 * hp_sales_source_row:
 * @study: a study
 * @table_row: a row of the table
 *
 * Returns: the sale that it holds, as the data counts it
 */
guint64
hp_sales_source_row (const HpResidualsStudy *study, guint table_row)
{
  return study->sets[0]->row[study->order[table_row]];
}

/**
 * hp_sales_source_describe:
 * @study: a study
 * @sale: index of a sale
 *
 * Returns: (transfer full): its row, its price, what each version predicted, some of its attributes, in lines
 */
char *
hp_sales_source_describe (const HpResidualsStudy *study, gsize sale)
{
  const HpResidualSet *set = study->sets[0];
  GString *text = g_string_new (NULL);
  g_autofree char *count = hp_display_count (set->row[sale]);
  g_autofree char *price = money (study, set->price[sale], FALSE);

  g_string_append_printf (text, _ ("Sale %s: %s"), count, price);
  for (guint i = 0; i < study->n_sets; i++)
    {
      g_autofree char *predicted = money (study, study->sets[i]->predicted[sale], FALSE);
      g_autofree char *error = percent (hp_residuals_study_error (study, i, sale));
      g_autofree char *name = hp_text_printable (study->sets[i]->name, -1, TITLE_CHARS);

      g_string_append_c (text, '\n');
      if (study->n_sets == 1)
        g_string_append_printf (text, _ ("predicted %s, residual %s"), predicted, error);
      else
        g_string_append_printf (text, _ ("version %s: predicted %s, residual %s"), name, predicted, error);
    }
  for (guint i = 0; i < MIN (set->columns->len, MAX_DESCRIBED); i++)
    {
      const HpSetColumn *column = set->columns->pdata[i];
      g_autofree char *label = hp_text_printable (column->label, -1, TITLE_CHARS);
      g_autofree char *value = hp_house_text_shown (column, column->numbers[sale]);

      g_string_append_printf (text, "%s%s %s", i == 0 ? "\n" : " · ", label, value);
    }
  return g_string_free (text, FALSE);
}
