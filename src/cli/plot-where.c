/* plot-where.c - "--where COL=VALUE": only the sales of a segment
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hp-segmentation.h"
#include "hp-text.h"
#include "plot-source.h"

#define MAX_LISTED 12

/* By key, as JSON has it, or by label, as people read it; -1: none */
static int
find_segment (const HpSegmentation *segmentation, const char *value)
{
  g_autofree char *wanted = hp_text_key (value, -1);

  for (guint i = 0; i < segmentation->n; i++)
    {
      g_autofree char *key = hp_text_key (segmentation->keys[i], -1);
      g_autofree char *label = hp_text_key (segmentation->labels[i], -1);

      if (g_str_equal (wanted, key) || g_str_equal (wanted, label))
        return (int) i;
    }
  return -1;
}

static void
set_unknown (const HpSegmentation *segmentation, const char *value, GError **error)
{
  g_autofree char *shown = hp_text_printable (value, -1, 40);
  const char *near_key = hp_text_suggest (value, (const char *const *) segmentation->keys);
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint i = 0; i < MIN (segmentation->n, MAX_LISTED); i++)
    g_string_append_printf (list, "%s%s", i > 0 ? ", " : "", segmentation->keys[i]);
  if (segmentation->n > MAX_LISTED)
    g_string_append (list, ", …");
  if (near_key != NULL)
    hp_set_error (error, HP_ERROR_USAGE, segmentation->by, _ ("--where %s: there is no “%s”; did you mean “%s”?"),
                  segmentation->by, shown, near_key);
  else
    hp_set_error (error, HP_ERROR_USAGE, segmentation->by, _ ("--where %s: there is no “%s”; there are %s"),
                  segmentation->by, shown, list->str);
}

/* Clears the flags of the other segments' sales */
static gboolean
apply (const HpResidualSet *set, const char *condition, gboolean *keep, GString *filter, GError **error)
{
  const char *equals = strchr (condition, '=');
  g_autofree char *by = equals != NULL ? g_strndup (condition, equals - condition) : NULL;
  g_autoptr (HpSegmentation) segmentation = NULL;
  int segment;

  if (equals == NULL || equals == condition || !g_utf8_validate (condition, -1, NULL))
    {
      g_autofree char *shown = hp_text_printable (condition, -1, 40);

      hp_set_error (error, HP_ERROR_USAGE, NULL, _ ("--where: “%s” is not COL=VALUE; write location=\"North Ames\""),
                    shown);
      return FALSE;
    }
  segmentation = hp_segmentation_new (set, by, error);
  if (segmentation == NULL)
    return FALSE;
  segment = find_segment (segmentation, equals + 1);
  if (segment < 0)
    {
      set_unknown (segmentation, equals + 1, error);
      return FALSE;
    }
  for (gsize i = 0; i < set->n; i++)
    keep[i] = keep[i] && segmentation->segment[i] == segment;
  g_string_append_printf (filter, "%s%s: %s", filter->len > 0 ? ", " : "", segmentation->label,
                          segmentation->labels[segment]);
  return TRUE;
}

/* Several versions are filtered alike: the first one's segments are all's */
static void
make_common (GPtrArray *sets)
{
  HpResidualSet **common;

  if (sets->len < 2)
    return;
  common = hp_residual_sets_common ((HpResidualSet *const *) sets->pdata, sets->len);
  g_ptr_array_set_size (sets, 0);
  for (guint i = 0; common[i] != NULL; i++)
    g_ptr_array_add (sets, common[i]);
  g_free (common);
}

gboolean
hp_plot_where (GPtrArray *sets, char **where, char **filter, GError **error)
{
  g_autofree gboolean *keep = NULL;
  g_autoptr (GString) words = g_string_new (NULL);
  const HpResidualSet *first;

  if (where == NULL || where[0] == NULL)
    return TRUE;
  make_common (sets);
  first = sets->pdata[0];
  keep = g_new (gboolean, first->n + 1);
  for (gsize i = 0; i < first->n; i++)
    keep[i] = TRUE;
  for (char **condition = where; *condition != NULL; condition++)
    if (!apply (first, *condition, keep, words, error))
      return FALSE;
  for (guint s = 0; s < sets->len; s++)
    {
      HpResidualSet *all = sets->pdata[s];

      sets->pdata[s] = hp_residual_set_filter (all, keep);
      hp_residual_set_free (all);
    }
  *filter = g_strdup (words->str);
  return TRUE;
}
