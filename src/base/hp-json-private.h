/* hp-json-private.h - the inside of the JSON reader, for its own files and for the tree it fills
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-json.h"

G_BEGIN_DECLS

typedef struct
{
  gboolean object;
  gboolean first;      /* nothing has been read yet: no comma is due */
  guint first_member;  /* of this object, in `members` */
  gsize first_key;     /* of this object, in `keys` */
} Level;

typedef struct
{
  gsize key;      /* in `keys` */
  gsize position; /* in the text */
} Member;

struct _HpJsonReader
{
  const char *text, *p, *end;
  const char *last; /* where the last value or key began, for errors of meaning */
  char *name;
  GError *error;
  gboolean begun; /* the root value has been */
  gboolean infinite; /* NaN and infinity are numbers */
  GString *scratch;

  Level levels[HP_JSON_MAX_DEPTH];
  guint depth;

  /* The keys of the objects that are open, outermost first: to find duplicates */
  GArray *members;
  GString *keys;
};

gboolean _hp_json_reader_fail_at        (HpJsonReader *reader, const char *position, const char *message);
gboolean _hp_json_reader_fail_expecting (HpJsonReader *reader, const char *message);
gboolean _hp_json_reader_start_value    (HpJsonReader *reader);
gboolean _hp_json_reader_read_string    (HpJsonReader *reader, GString *out);
gboolean _hp_json_reader_accept_word    (HpJsonReader *reader, const char *word);
gboolean _hp_json_reader_any_number     (HpJsonReader *reader, gboolean *integral, gint64 *integer, double *number);

static inline void
_hp_json_reader_skip_space (HpJsonReader *reader)
{
  while (reader->p < reader->end
         && (*reader->p == ' ' || *reader->p == '\n' || *reader->p == '\r' || *reader->p == '\t'))
    reader->p++;
}

G_END_DECLS
