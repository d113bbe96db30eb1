/* test-attribute-axis.c - what the ticks of an attribute's values say
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <locale.h>

#include "hp-attribute-axis.h"

static void
check_text (HpColumnType type, const char *unit, double from, double to, int max_ticks, guint tick,
            const char *expected)
{
  const HpAttribute attribute = { .type = type, .unit = (char *) unit };
  HpTickAxis axis = hp_attribute_axis_new (&attribute, from, to, max_ticks);
  g_autofree char *text = hp_attribute_axis_text (&axis, &attribute, hp_tick_axis_tick (&axis, tick));

  g_assert_cmpstr (text, ==, expected);
}

static void
test_texts (void)
{
  check_text (HP_COLUMN_NUMBER, "m²", 334, 5642, 5, 0, "2,000");
  check_text (HP_COLUMN_INTEGER, NULL, 1872, 2010, 5, 1, "1950");
  /* no dust, and as many digits each */
  check_text (HP_COLUMN_NUMBER, NULL, 0, 0.9, 9, 3, "0.3");
  check_text (HP_COLUMN_NUMBER, NULL, 41.86, 42.06, 4, 2, "42.00");
  check_text (HP_COLUMN_NUMBER, NULL, -0.3, 0.3, 6, 3, "0.0");
  check_text (HP_COLUMN_NUMBER, NULL, -0.7, 0.2, 9, 7, "0.0");
  check_text (HP_COLUMN_DATE, NULL, 2006 * 12, 2010 * 12 + 6, 5, 1, "2007");
  check_text (HP_COLUMN_DATE, NULL, 2009 * 12 + 8, 2010 * 12 + 6, 5, 1, "2009-11");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  setlocale (LC_ALL, "C.UTF-8");
  g_test_add_func ("/attribute-axis/texts", test_texts);
  return g_test_run ();
}
