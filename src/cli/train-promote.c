/* train-promote.c - who becomes champion after a training
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "train-promote.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "hp-registry-compare.h"

/* The champion's out-of-fold MAE; NaN if there is no champion, or it tells none */
static double
champion_error (HpRegistry *registry, guint *champion, GError **error)
{
  g_autoptr (GPtrArray) versions = NULL;
  g_autoptr (GError) none = NULL;

  *champion = 0;
  if (!hp_registry_resolve (registry, NULL, champion, &none))
    {
      *champion = 0;
      if (!g_error_matches (none, HP_ERROR, HP_ERROR_NOT_FOUND))
        g_propagate_error (error, g_steal_pointer (&none));
      return NAN;
    }
  versions = hp_registry_list (registry, error);
  for (guint i = 0; versions != NULL && i < versions->len; i++)
    {
      const HpVersionInfo *info = versions->pdata[i];

      if (info->version == *champion)
        return info->oof_mae;
    }
  return NAN;
}

static void
note (HpTraining *training, char *text)
{
  g_ptr_array_add (training->notes, text);
}

/* Where the two can't be compared on the same sales: on those that each was tested on */
static gboolean
is_worse_apart (HpTraining *training, const HpCandidate *selected, guint champion, double best, const char *why)
{
  double mae = selected->oof.value[HP_METRIC_MAE];
  g_autofree char *ours = hp_display_number (mae, 0), *theirs = hp_display_number (best, 0);

  note (training,
        mae > best
          ? g_strdup_printf (_ ("version %u stays champion: its out-of-fold MAE is %s, version %u's is %s (on "
                                "sales of their own: %s)"),
                             champion, theirs, selected->version, ours, why)
          : g_strdup_printf (_ ("version %u replaces version %u as champion: its out-of-fold MAE is %s, not %s "
                                "(on sales of their own: %s)"),
                             selected->version, champion, ours, theirs, why));
  return mae > best;
}

/* Is it worse than the champion on the sales that neither was trained on? */
static gboolean
is_worse (HpCli *cli, HpRegistry *registry, HpTraining *training, const HpCandidate *selected, guint champion,
          double best)
{
  g_autoptr (HpTeam) team = hp_team_new (cli->jobs);
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;
  const HpPair *pair;

  training->against = hp_registry_compare_with_champion (registry, selected->version, team, &error);
  if (training->against == NULL)
    return is_worse_apart (training, selected, champion, best, error != NULL ? error->message : "");
  pair = &training->against->pairs[0];
  sentence = hp_pair_to_sentence (training->against, pair);
  if (pair->verdict == HP_VERDICT_NONE)
    return is_worse_apart (training, selected, champion, best, sentence);
  note (training, pair->verdict == HP_VERDICT_WORSE
                    ? g_strdup_printf (_ ("version %u stays champion. %s"), champion, sentence)
                    : g_strdup_printf (_ ("version %u replaces version %u as champion, since it isn't worse. %s"),
                                       selected->version, champion, sentence));
  return pair->verdict == HP_VERDICT_WORSE;
}

/**
 * hp_train_promote:
 * @cli: the context
 * @registry: where the candidates are registered
 * @training: a training
 * @wanted: whether a champion that is there may be replaced
 * @error: return location for a #GError
 *
 * The best candidate that passed its gates becomes champion if there is none; or, if that is wanted, when it isn't
 * worse: the verdict of a comparison on the sales that neither was trained on. Where there are too few of those, or
 * none, because the champion was trained on other data, the out-of-fold MAE decides. It is all said in the training's
 * notes.
 *
 * Returns: %FALSE with an error of hp_registry_promote(), or if the aliases don't read
 */
gboolean
hp_train_promote (HpCli *cli, HpRegistry *registry, HpTraining *training, gboolean wanted, GError **error)
{
  g_autoptr (GError) champion_problem = NULL;
  const HpCandidate *selected;
  guint champion;
  double best;

  if (training->selected < 0)
    return TRUE;
  selected = training->candidates->pdata[training->selected];
  best = champion_error (registry, &champion, &champion_problem);
  if (champion_problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&champion_problem));
      return FALSE;
    }
  if (champion != 0 && !wanted)
    {
      note (training, g_strdup_printf (_ ("version %u stays champion: promote version %u with --promote, or with "
                                          "“house-price models promote %u”"),
                                       champion, selected->version, selected->version));
      return TRUE;
    }
  if (champion != 0 && is_worse (cli, registry, training, selected, champion, best))
    return TRUE;
  if (!hp_registry_promote (registry, selected->version, FALSE, NULL, error))
    return FALSE;
  training->selected_alias = "champion";
  return TRUE;
}
