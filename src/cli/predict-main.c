/* predict-main.c - the helper that values one house with a server's help
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "hp-auto-valuer.h"
#include "hp-cli-predict.h"

static HpValuer *
make_valuer (const char *server, HpValuer *local, gboolean only_server, GError **error)
{
  g_autoptr (HpValuer) asked = hp_server_valuer_new (server, error);

  if (asked == NULL || only_server)
    return g_steal_pointer (&asked);
  return hp_auto_valuer_new (asked, local);
}

/* Who values is never left to be guessed. */
static void
tell_source (HpCli *cli, HpValuer *valuer)
{
  HpAutoValuer *automatic = HP_IS_AUTO_VALUER (valuer) ? HP_AUTO_VALUER (valuer) : NULL;

  if (automatic != NULL && hp_auto_valuer_get_state (automatic) == HP_VALUER_OFFLINE)
    hp_cli_warning (cli, _ ("%s; valued by the model on this computer"), hp_auto_valuer_get_offline_reason (automatic));
}

static const HpCliOnline online = { make_valuer, tell_source };

static int
run (HpCli *cli, gconstpointer options, char **arguments, GError **error)
{
  return hp_cli_predict (cli, options, arguments, &online, error);
}

int
main (int argc, char **argv)
{
  HpCliVerb verb = hp_verb_predict;
  const HpCliVerb *const verbs[] = { &verb, NULL };

  hp_valuer_prepare_program ();
  verb.run = run;
  return hp_cli_main (verbs, argc, argv);
}
