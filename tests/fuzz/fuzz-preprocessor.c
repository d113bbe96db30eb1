/* fuzz-preprocessor.c - a preprocessor that is accepted prepares any house and is written back the same
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <string.h>

#include "hp-error.h"
#include "hp-valuation.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static const char *const spellings[]
    = { "1", "-1e300", "2010", "2010-05", "Average", "", "3.5", "North Ames", "\xff" };
  g_autoptr (GError) error = NULL;
  g_autoptr (HpPreprocessor) pre = hp_preprocessor_from_json ((const char *) data, size, "p", &error);
  g_autoptr (HpPreprocessor) again = NULL;
  g_autoptr (HpHouse) house = NULL;
  g_autoptr (GString) warnings = g_string_new (NULL);
  g_autofree char *text = NULL, *again_text = NULL, *missing = NULL;
  g_autofree float *features = NULL;
  gsize length, again_length;

  if (pre == NULL)
    {
      g_assert_error (error, HP_ERROR, HP_ERROR_BAD_DATA);
      return 0;
    }

  text = hp_preprocessor_to_json (pre, &length);
  again = hp_preprocessor_from_json (text, length, "again", &error);
  g_assert_no_error (error);
  again_text = hp_preprocessor_to_json (again, &again_length);
  g_assert_cmpmem (text, length, again_text, again_length);

  house = hp_house_new (pre);
  features = g_new (float, hp_preprocessor_get_n_features (pre) + 1);
  hp_preprocessor_transform (pre, house, 0, features);
  for (guint s = 0; s < G_N_ELEMENTS (spellings); s++)
    {
      for (guint i = 0; i < hp_preprocessor_get_n_attributes (pre); i++)
        {
          g_autoptr (GError) refused = NULL;

          if (!hp_house_set_text (house, pre, i, spellings[s], strlen (spellings[s]), &refused))
            g_assert_error (refused, HP_ERROR, HP_ERROR_BAD_ATTRIBUTE);
        }
      hp_preprocessor_transform (pre, house, s % 2 ? 20101231 : 0, features);
      hp_house_append_warnings (house, pre, 0, warnings);
      hp_house_impute (house, pre);
      hp_preprocessor_transform (pre, house, 0, features);
    }
  missing = hp_house_missing (house, pre);
  return 0;
}
