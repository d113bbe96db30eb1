/* hp-line-editor.h - one line of text and where one is in it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The most characters of a line */
#define HP_LINE_MAX 256

typedef enum
{
  HP_LINE_LEFT,
  HP_LINE_RIGHT,
  HP_LINE_START,
  HP_LINE_END,
  HP_LINE_RUB_OUT,     /* the character before */
  HP_LINE_DELETE,      /* the character after */
  HP_LINE_RUB_WORD,    /* back to the start of a word */
  HP_LINE_RUB_ALL,     /* all before */
  HP_LINE_DELETE_REST, /* all after */
} HpLineAction;

typedef struct
{
  GString *text;
  gsize    cursor; /* bytes before it */
} HpLineEditor;

HpLineEditor *hp_line_editor_new      (void);
void          hp_line_editor_free     (HpLineEditor *editor);
void          hp_line_editor_set_text (HpLineEditor *editor, const char *text); /* cursor: at the end */
/* What is no text is left out, and what is over the limit. Returns whether the text is another. */
gboolean      hp_line_editor_insert   (HpLineEditor *editor, const char *text);
gboolean      hp_line_editor_act      (HpLineEditor *editor, HpLineAction action);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpLineEditor, hp_line_editor_free)

G_END_DECLS
