/* hp-import-objective.c - XGBoost's objectives: what base_score and margins mean
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "hp-import-private.h"
#include "hp-number.h"
#include "hp-text.h"

static const HpImportObjective objectives[] = {
  { "reg:squarederror", HP_TARGET_PLAIN, HP_TARGET_PLAIN },
  { "reg:linear", HP_TARGET_PLAIN, HP_TARGET_PLAIN }, /* what it was called before 0.9, and still may be */
  { "reg:squaredlogerror", HP_TARGET_PLAIN, HP_TARGET_PLAIN },
  { "reg:pseudohubererror", HP_TARGET_PLAIN, HP_TARGET_PLAIN },
  { "reg:absoluteerror", HP_TARGET_PLAIN, HP_TARGET_PLAIN },
  { "reg:quantileerror", HP_TARGET_PLAIN, HP_TARGET_PLAIN },
  { "rank:pairwise", HP_TARGET_PLAIN, HP_TARGET_PLAIN },
  { "rank:ndcg", HP_TARGET_PLAIN, HP_TARGET_PLAIN },
  { "rank:map", HP_TARGET_PLAIN, HP_TARGET_PLAIN },
  { "count:poisson", HP_TARGET_EXP, HP_TARGET_EXP },
  { "reg:gamma", HP_TARGET_EXP, HP_TARGET_EXP },
  { "reg:tweedie", HP_TARGET_EXP, HP_TARGET_EXP },
  { "survival:aft", HP_TARGET_EXP, HP_TARGET_EXP },
  { "reg:logistic", HP_TARGET_LOGISTIC, HP_TARGET_LOGISTIC },
  { "binary:logistic", HP_TARGET_LOGISTIC, HP_TARGET_LOGISTIC },
  { "binary:logitraw", HP_TARGET_PLAIN,
    HP_TARGET_PLAIN }, /* base_score is a sum too, whatever wrote the file (measured: 1.7.4) */
};

/* Those that are known and no help */
static const struct
{
  const char *name, *reason;
} refused[] = {
  { "multi:softmax", N_ ("it answers with a class, not with a price") },
  { "multi:softprob", N_ ("it answers with a class, not with a price") },
  { "binary:hinge", N_ ("it answers with a class, not with a price") },
  { "survival:cox", N_ ("it answers with a hazard ratio, not with a price") },
};

const HpImportObjective *
_hp_import_objective (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (objectives); i++)
    if (strcmp (name, objectives[i].name) == 0)
      return &objectives[i];
  return NULL;
}

char *
_hp_import_refuse_objective (const char *name)
{
  g_autofree char *shown = hp_text_printable (name, -1, 60);

  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    if (strcmp (name, refused[i].name) == 0)
      return g_strdup_printf (_ ("the objective %s is of no use here: %s; train with reg:squarederror or reg:gamma"),
                              shown, _ (refused[i].reason));
  return g_strdup_printf (_ ("the objective “%s” is not one whose answers are known here; train with "
                             "reg:squarederror, reg:absoluteerror, reg:pseudohubererror, reg:gamma or reg:tweedie"),
                          shown);
}

/* base_score as text: "5E-1" up to 3.0; "[5E-1]", "(5E-1)" or "(5E-1,)" from 3.1 on, one for each target */
gboolean
_hp_import_base_text (const char *text, GArray *scores)
{
  g_autofree char *copy = g_strstrip (g_strdup (text));
  gsize length = strlen (copy);
  char close = copy[0] == '[' ? ']' : copy[0] == '(' ? ')' : '\0';
  g_auto (GStrv) parts = NULL;

  if (close != '\0')
    {
      if (length < 2 || copy[length - 1] != close)
        return FALSE;
      copy[length - 1] = '\0';
      copy[0] = ' ';
      if (copy[length - 2] == ',')
        copy[length - 2] = '\0';
    }
  /* Not more than it takes to see that there are several */
  parts = g_strsplit (copy, ",", close != '\0' ? 3 : 1);
  for (guint i = 0; parts[i] != NULL && i < 2; i++)
    {
      const char *part = g_strstrip (parts[i]);
      double value;
      float score;

      if (!hp_number_parse (part, strlen (part), &value))
        return FALSE;
      score = (float) value;
      g_array_append_val (scores, score);
    }
  return scores->len > 0;
}

gboolean
_hp_import_base_margin (const HpImportObjective *objective, float score, float *margin)
{
  switch (objective->base)
    {
    case HP_TARGET_EXP:
      *margin = logf (score);
      break;
    case HP_TARGET_LOGISTIC:
      *margin = -logf (1.0f / score - 1.0f);
      break;
    case HP_TARGET_PLAIN:
    case HP_TARGET_LOG:
    case HP_TARGET_LOG1P:
    case HP_N_TARGETS:
    default:
      *margin = score;
      break;
    }
  return isfinite (*margin);
}
