/* hp-version-picker.h - which versions are looked at: a button that says it, and a list to choose from
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "hp-registry.h"

G_BEGIN_DECLS

#define HP_TYPE_VERSION_PICKER (hp_version_picker_get_type ())
G_DECLARE_FINAL_TYPE (HpVersionPicker, hp_version_picker, HP, VERSION_PICKER, AdwBin)

/* At least min are chosen, and never more than max. Signal "changed": others are chosen, by whomever. */
GtkWidget *hp_version_picker_new          (guint min, guint max);
/* versions: (element-type HpVersionInfo) ascending. Those chosen before stay so; else the champion is, and the newest */
void       hp_version_picker_set_versions (HpVersionPicker *picker, const GPtrArray *versions);
/* Numbers, NULL-terminated, ascending; (transfer full); empty if there are fewer than min */
char     **hp_version_picker_get_chosen   (HpVersionPicker *picker);
/* Chooses or unchooses one, as far as min and max let it */
void       hp_version_picker_choose       (HpVersionPicker *picker, guint version, gboolean chosen);

G_END_DECLS
