/* hp-server-models.h - the versions that a server holds in memory: the champion, and those asked for by name
 *
 * Requests look here only, under a lock that they take when the champion has changed or a version is named. What is not in memory is read by
 * whoever may wait: the thread that watches the registry.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-server-log.h"
#include "hp-server-model.h"

G_BEGIN_DECLS

typedef struct _HpServerModels HpServerModels;

HpServerModels *hp_server_models_new            (HpRegistry *registry, HpServerLog *log);
void            hp_server_models_free           (HpServerModels *models);
HpRegistry     *hp_server_models_get_registry   (HpServerModels *models);

/* Any thread. The number changes whenever the champion does. */
guint           hp_server_models_get_generation (HpServerModels *models);
HpServerModel  *hp_server_models_get_champion   (HpServerModels *models, guint *generation); /* (transfer full) (nullable) */
/* What a number or an alias names, if that is in memory: FALSE if it has to be loaded */
gboolean        hp_server_models_look_up        (HpServerModels *models, const char *reference, HpServerModel **model);

/* The watching thread only. Looks whether there is a new champion; with forced loads it again even if it is not new. */
void            hp_server_models_refresh        (HpServerModels *models, gboolean forced);
HpServerModel  *hp_server_models_load           (HpServerModels *models, const char *reference, GError **error);

G_END_DECLS
