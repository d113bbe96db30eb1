/* hp-column.c - a column whose type nobody has named
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "hp-cell.h"
#include "hp-number.h"
#include "hp-table-private.h"
#include "hp-text.h"

#define FEW_CATEGORIES 60

static gboolean
parse_date (const char *text, HpDate *date)
{
  return hp_date_parse (text, strlen (text), date);
}

/* A postal code or a parcel number, not a quantity: digits that begin with a zero */
static gboolean
is_code (const char *text)
{
  return text[0] == '0' && g_ascii_isdigit (text[1]);
}

HpColumnType
_hp_column_guess_type (const char *name, const GPtrArray *levels, const guint32 *counts, gsize n_present)
{
  g_autofree char *key = hp_text_key (name, -1);
  gsize numbers = 0, integers = 0, dates = 0, codes = 0;
  gsize enough = n_present - n_present / 20;
  gboolean named_date = strstr (key, "date") != NULL;

  if (n_present == 0)
    return HP_COLUMN_TEXT;
  for (guint i = 0; i < levels->len; i++)
    {
      const char *text = levels->pdata[i];
      gsize length = strlen (text);
      double number;
      HpDate date;

      if (parse_date (text, &date) && (length > 4 || named_date))
        dates += counts[i];
      if (is_code (text))
        codes += counts[i];
      if (hp_number_parse (text, length, &number))
        {
          numbers += counts[i];
          integers += number == floor (number) && fabs (number) < 1e15 && strchr (text, '.') == NULL ? counts[i] : 0;
        }
      else if (_hp_cell_number_in_disguise (text, length))
        numbers += counts[i];
    }
  if (dates >= enough)
    return HP_COLUMN_DATE;
  if (numbers >= enough && codes == 0)
    return integers == numbers ? HP_COLUMN_INTEGER : HP_COLUMN_NUMBER;
  return levels->len <= MAX (FEW_CATEGORIES, n_present / 20) ? HP_COLUMN_CATEGORY : HP_COLUMN_TEXT;
}

static double
convert (const char *text, HpColumnType type)
{
  double number;
  HpDate date;

  if (type == HP_COLUMN_DATE)
    return parse_date (text, &date) ? date : NAN;
  return hp_number_parse (text, strlen (text), &number) ? number : NAN;
}

void
_hp_column_retype (HpColumn *column, HpColumnType type, gsize n_rows, const guint64 *lines, HpFindings *findings)
{
  g_autofree double *values = NULL;

  column->type = type;
  if (type == HP_COLUMN_CATEGORY || type == HP_COLUMN_TEXT)
    return;

  values = g_new (double, MAX (column->levels->len, 1));
  for (guint i = 0; i < column->levels->len; i++)
    values[i] = convert (column->levels->pdata[i], type);
  column->numbers = g_new (double, MAX (n_rows, 1));
  for (gsize i = 0; i < n_rows; i++)
    {
      gint32 code = column->codes[i];

      column->numbers[i] = code >= 0 ? values[code] : NAN;
      if (code >= 0 && isnan (values[code]) && findings != NULL)
        {
          const char *text = column->levels->pdata[code];
          g_autofree char *why = type == HP_COLUMN_DATE ? g_strdup_printf (_ ("\"%s\" is not a date"), text)
                                                        : _hp_cell_explain_number (text, strlen (text));

          hp_findings_add (findings, HP_SEVERITY_WARNING, type == HP_COLUMN_DATE ? "bad_date" : "bad_number",
                           column->name, lines[i], 0, "%s", why);
        }
    }
  g_clear_pointer (&column->codes, g_free);
  g_clear_pointer (&column->levels, g_ptr_array_unref);
}
