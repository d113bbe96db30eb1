/* hp-cli-segments.h - the groups of "--by COLUMN"
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  char *by;
  gint32 *segment;   /* of each row; -1: none, its cell is missing */
  GPtrArray *labels; /* (element-type utf8), NULL-terminated */
  guint n;
} HpCliSegments;

/* cells: (element-type utf8), one a row, "" missing */
HpCliSegments *hp_cli_segments_new (const char *by, GPtrArray *cells, GError **error);
void hp_cli_segments_free (HpCliSegments *segments);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpCliSegments, hp_cli_segments_free)

G_END_DECLS
