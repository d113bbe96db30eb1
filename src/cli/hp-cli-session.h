/* hp-cli-session.h - between the verbs of sessions
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-cli.h"
#include "hp-session-file.h"
#include "hp-session-run.h"

G_BEGIN_DECLS

/* With a warning if its audit trail is not sound; (transfer full) (nullable) */
HpSession *hp_cli_session_load (HpCli *cli, const char *path, GError **error);
/* Saves what was changed, and says what was done unless error is set */
void hp_cli_session_save (HpCli *cli, HpSession *session, const char *said, GError **error);
/* The model's registry: --name, else the session's */
HpRegistry *hp_cli_session_open_registry (HpCli *cli, HpSession *session, GError **error);
/* hp-cli-session-run.c: values the houses that have no price yet. What is in the way is told, and no failure. */
gboolean hp_cli_session_value (HpCli *cli, HpSession *session, GError **error);
/* Versions that can't be used, and houses that they couldn't value */
void hp_cli_session_warn (HpCli *cli, const HpSessionRun *run);
/* What is kept of a version's price, by its number or by an alias; file: the session's, for what to do */
const HpSessionValuation *hp_cli_session_find_valuation (HpCli *cli, HpSession *session, HpSessionHouse *house,
                                                         const char *version, const char *file, GError **error);
/* (transfer full) of ids and names, for messages */
char *hp_cli_session_list_houses (HpSession *session);
/* (transfer none) (nullable) by id or name */
HpSessionHouse *hp_cli_session_find_house (HpSession *session, const char *id_or_name, GError **error);

/* hp-cli-session-houses.c: a house as KEY=VALUE…, and houses of a CSV. as_of: (nullable) */
gboolean hp_cli_session_add_house (HpSession *session, const char *name, const char *as_of, char **arguments,
                                   GError **error);
gboolean hp_cli_session_add_houses (HpSession *session, const char *path, const char *as_of, GError **error);

G_END_DECLS
