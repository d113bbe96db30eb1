/* hp-term.h - the terminal: the only room that knows curses
 *
 * Shows canvases, turns bytes into inputs on GLib's main loop, follows resizing, stops and continues, and gives the terminal back as it
 * was, also when the program crashes. What is written to standard error meanwhile is held back, since it would spoil the screen, and
 * shown when the terminal is given back.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-canvas.h"
#include "hp-tui-input.h"

G_BEGIN_DECLS

typedef struct
{
  gboolean no_color, no_unicode, no_mouse;
} HpTermOptions;

typedef struct
{
  void (*input)   (const HpInput *input, gpointer data);
  void (*resized) (gpointer data); /* or continued: draw again */
  void (*ended)   (gpointer data); /* a signal, or the terminal is gone */
} HpTermEvents;

typedef struct _HpTerm HpTerm;

/* HP_ERROR_USAGE: there is no terminal, or none that can show a screen */
HpTerm         *hp_term_open       (const HpTermOptions *options, const HpTermEvents *events, gpointer data, GError **error);
/* Gives the terminal back */
void            hp_term_close      (HpTerm *term);
const HpGlyphs *hp_term_get_glyphs (HpTerm *term);
gboolean        hp_term_has_colors (HpTerm *term);
void            hp_term_get_size   (HpTerm *term, int *width, int *height);
void            hp_term_show       (HpTerm *term, const HpCanvas *canvas);
/* The next canvas is shown in full, whatever the terminal shows now */
void            hp_term_redraw     (HpTerm *term);
void            hp_term_suspend    (HpTerm *term);
/* FALSE: the terminal has no clipboard for programs */
gboolean        hp_term_copy       (HpTerm *term, const char *text);
const char     *hp_term_version    (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpTerm, hp_term_close)

G_END_DECLS
