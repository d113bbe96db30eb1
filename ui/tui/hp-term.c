/* hp-term.c - a terminal through curses
 *
 * Curses knows the terminal, its modes and how to change as little of the screen as possible. Bytes that come in are
 * decoded here (hp-tui-decoder.c): curses would wait for the rest of an escape sequence inside the main loop, and knows
 * no pastes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <curses.h>
#include <errno.h>
#include <glib-unix.h>
#include <glib/gi18n.h>
#include <langinfo.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <term.h>
#include <unistd.h>
#include <wchar.h>

/* term.h makes macros of terminfo's names, and one of them is a word of ours */
#undef columns

#include "hp-error.h"
#include "hp-term-rescue.h"
#include "hp-term-signals.h"
#include "hp-term-stderr.h"
#include "hp-term.h"

/* How long an Esc may be the start of more */
#define ESCAPE_MS 25
#define MAX_SIZE  1000
/* Bracketed paste; clicks and the wheel, in xterm's numbers */
#define PASTE_ON  "\033[?2004h"
#define PASTE_OFF "\033[?2004l"
#define MOUSE_ON  "\033[?1000h\033[?1006h"
#define MOUSE_OFF "\033[?1006l\033[?1000l"

struct _HpTerm
{
  HpTermEvents events;
  gpointer data;
  SCREEN *screen;
  HpScheme scheme;
  const HpGlyphs *glyphs;
  gboolean mouse, paste, clipboard, ended;
  HpDecoder *decoder;
  guint input_source, escape_source;
  HpTermSignals *signals;
  HpTermStderr held;
};

static gboolean
check_terminal (GError **error)
{
  const char *name = g_getenv ("TERM");

  if (!isatty (STDIN_FILENO) || !isatty (STDOUT_FILENO))
    hp_set_error (error, HP_ERROR_USAGE, NULL,
                  _ ("this program needs a terminal to show a screen on; without one, use “house-price predict”"));
  else if (name == NULL || *name == '\0')
    hp_set_error (error, HP_ERROR_USAGE, NULL, _ ("TERM is not set: it names the kind of this terminal"));
  else
    return TRUE;
  return FALSE;
}

static const char *
get_capability (const char *name)
{
  const char *value = tigetstr (name);

  return value != NULL && value != (const char *) -1 ? value : "";
}

static gboolean
has_capability (const char *name)
{
  return *get_capability (name) != '\0';
}

static HpScheme
choose_scheme (const HpTermOptions *options)
{
  const char *no_color = g_getenv ("NO_COLOR");
  int colors = tigetnum ("colors");

  if (options->no_color || (no_color != NULL && *no_color != '\0') || colors < 8)
    return HP_SCHEME_MONO;
  return colors >= 256 ? HP_SCHEME_256 : HP_SCHEME_8;
}

static HpGlyphLevel
choose_glyphs (const HpTermOptions *options)
{
  const char *name = g_getenv ("TERM");

  if (options->no_unicode || g_ascii_strcasecmp (nl_langinfo (CODESET), "UTF-8") != 0 || g_str_has_prefix (name, "vt"))
    return HP_GLYPHS_ASCII;
  return g_str_has_prefix (name, "linux") ? HP_GLYPHS_BLOCK : HP_GLYPHS_BRAILLE;
}

/* A pair of colours for each style */
static void
start_colors (HpTerm *term)
{
  if (term->scheme == HP_SCHEME_MONO)
    return;
  start_color ();
  use_default_colors ();
  for (int style = 0; style < HP_N_STYLES; style++)
    {
      const HpPaint *paint = hp_scheme_get_paint (term->scheme, style);

      init_pair (style + 1, paint->fg, paint->bg);
    }
}

static void
add_keys (HpDecoder *decoder)
{
  static const struct
  {
    const char *name;
    guint32 code;
    HpModifiers modifiers;
  } keys[] = {
    { "kcuu1", HP_KEY_UP, 0 },     { "kcud1", HP_KEY_DOWN, 0 },    { "kcub1", HP_KEY_LEFT, 0 },
    { "kcuf1", HP_KEY_RIGHT, 0 },  { "khome", HP_KEY_HOME, 0 },    { "kend", HP_KEY_END, 0 },
    { "kpp", HP_KEY_PAGE_UP, 0 },  { "knp", HP_KEY_PAGE_DOWN, 0 }, { "kich1", HP_KEY_INSERT, 0 },
    { "kdch1", HP_KEY_DELETE, 0 }, { "kent", HP_KEY_ENTER, 0 },    { "kcbt", HP_KEY_TAB, HP_MODIFIER_SHIFT },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    hp_decoder_add (decoder, get_capability (keys[i].name), keys[i].code, keys[i].modifiers);
  for (guint n = 1; n <= 20; n++)
    {
      char name[8];

      g_snprintf (name, sizeof name, "kf%u", n);
      hp_decoder_add (decoder, get_capability (name), HP_KEY_F0 + n, HP_MODIFIER_NONE);
    }
}

static void
write_all (const char *text)
{
  gsize length = strlen (text), written = 0;

  while (written < length)
    {
      gssize n = write (STDOUT_FILENO, text + written, length - written);

      if (n < 0 && errno != EINTR && errno != EAGAIN)
        return;
      written += MAX (n, 0);
    }
}

/* What curses does not know of */
static void
switch_extras (HpTerm *term, gboolean on)
{
  if (term->paste)
    write_all (on ? PASTE_ON : PASTE_OFF);
  if (term->mouse)
    write_all (on ? MOUSE_ON : MOUSE_OFF);
}

/* What makes the terminal ordinary again, if curses can't any more */
static char *
rescue_sequence (HpTerm *term)
{
  return g_strconcat (term->mouse ? MOUSE_OFF : "", term->paste ? PASTE_OFF : "", get_capability ("sgr0"),
                      get_capability ("rmkx"), get_capability ("cnorm"), get_capability ("rmcup"), "\r\n", NULL);
}

static void
end (HpTerm *term)
{
  if (term->ended)
    return;
  term->ended = TRUE;
  term->events.ended (term->data);
}

static gboolean
escape_cb (gpointer data)
{
  HpTerm *term = data;

  term->escape_source = 0;
  hp_decoder_flush (term->decoder);
  return G_SOURCE_REMOVE;
}

static gboolean
input_cb (int fd, GIOCondition condition, gpointer data)
{
  HpTerm *term = data;
  char bytes[1024];
  gssize n = read (fd, bytes, sizeof bytes);

  if (n < 0 && (errno == EINTR || errno == EAGAIN))
    return G_SOURCE_CONTINUE;
  if (n <= 0)
    {
      term->input_source = 0;
      end (term);
      return G_SOURCE_REMOVE;
    }
  g_clear_handle_id (&term->escape_source, g_source_remove);
  hp_decoder_feed (term->decoder, bytes, n);
  if (hp_decoder_is_waiting (term->decoder))
    term->escape_source = g_timeout_add (ESCAPE_MS, escape_cb, term);
  return G_SOURCE_CONTINUE;
}

static void
decoded_cb (const HpInput *input, gpointer data)
{
  HpTerm *term = data;

  if (!term->ended)
    term->events.input (input, term->data);
}

static void
follow_size (HpTerm *term)
{
  struct winsize size = { 0 };

  if (ioctl (STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row > 0 && size.ws_col > 0)
    resizeterm (MIN (size.ws_row, MAX_SIZE), MIN (size.ws_col, MAX_SIZE));
  term->events.resized (term->data);
}

/* After the shell, or somebody's SIGSTOP: modes and screen are whatever they are. */
static void
resume (HpTerm *term)
{
  reset_prog_mode ();
  switch_extras (term, TRUE);
  hp_term_redraw (term);
  follow_size (term);
}

static void
signal_cb (int number, gpointer data)
{
  HpTerm *term = data;

  switch (number)
    {
    case SIGWINCH:
      follow_size (term);
      break;
    case SIGTSTP:
      hp_term_suspend (term);
      break;
    case SIGCONT:
      resume (term);
      break;
    default:
      end (term);
      break;
    }
}

static void
start_curses_modes (void)
{
  raw ();
  noecho ();
  nonl ();
  keypad (stdscr, TRUE);
  curs_set (0);
  /* Nothing that curses would do at its getch(), which is never called */
  leaveok (stdscr, FALSE);
}

/**
 * hp_term_open:
 * @options: what not to use
 * @events: called in the main loop
 * @data: for @events
 * @error: return location for a #GError
 *
 * To be called after setlocale(). One at a time.
 *
 * Returns: (transfer full) (nullable): the terminal of standard input and output
 */
HpTerm *
hp_term_open (const HpTermOptions *options, const HpTermEvents *events, gpointer data, GError **error)
{
  HpTerm *term = NULL;
  g_autofree char *sequence = NULL;
  SCREEN *screen;
  int found = 0;

  if (!check_terminal (error))
    return NULL;
  if (setupterm (NULL, STDOUT_FILENO, &found) != OK || !has_capability ("cup") || !has_capability ("clear"))
    {
      hp_set_error (error, HP_ERROR_USAGE, NULL,
                    _ (
                      "TERM=%s: a terminal of this kind can't show a screen, as far as is known here; use “house-price "
                      "predict”, or set TERM to what the terminal is, xterm-256color for most"),
                    g_getenv ("TERM"));
      return NULL;
    }
  term = g_new0 (HpTerm, 1);
  term->events = *events;
  term->data = data;
  term->scheme = choose_scheme (options);
  term->glyphs = hp_glyphs_get (choose_glyphs (options));
  /* What terminfo calls a mouse is there where xterm's extensions are. */
  term->clipboard = has_capability ("kmous");
  term->mouse = term->clipboard && !options->no_mouse;
  term->paste = term->clipboard;
  sequence = rescue_sequence (term);
  /* newterm() reads it for itself */
  del_curterm (cur_term);
  hp_term_stderr_hold (&term->held);
  hp_term_rescue_arm (STDOUT_FILENO, sequence, term->held.real, term->held.file);
  screen = newterm (NULL, stdout, stdin);
  if (screen == NULL)
    {
      hp_term_rescue_disarm ();
      hp_term_stderr_release (&term->held);
      g_free (term);
      hp_set_error (error, HP_ERROR_FAILED, NULL, _ ("the terminal could not be prepared for a screen"));
      return NULL;
    }
  term->screen = screen;
  start_curses_modes ();
  start_colors (term);
  switch_extras (term, TRUE);
  term->decoder = hp_decoder_new (decoded_cb, term);
  add_keys (term->decoder);
  /* after newterm(), which would handle these signals itself */
  term->signals = hp_term_signals_new (signal_cb, term);
  term->input_source = g_unix_fd_add (STDIN_FILENO, G_IO_IN | G_IO_HUP | G_IO_ERR, input_cb, term);
  return term;
}

/**
 * hp_term_close:
 * @term: (transfer full) (nullable): the terminal
 *
 * Gives it back as it was, and shows what was written to standard error meanwhile.
 */
void
hp_term_close (HpTerm *term)
{
  if (term == NULL)
    return;
  g_clear_handle_id (&term->input_source, g_source_remove);
  g_clear_handle_id (&term->escape_source, g_source_remove);
  hp_term_signals_free (term->signals);
  switch_extras (term, FALSE);
  curs_set (1);
  endwin ();
  delscreen (term->screen);
  hp_term_rescue_disarm ();
  hp_term_stderr_release (&term->held);
  hp_decoder_free (term->decoder);
  g_free (term);
}

/**
 * hp_term_get_glyphs:
 * @term: the terminal
 *
 * Returns: (transfer none): the characters that it has
 */
const HpGlyphs *
hp_term_get_glyphs (HpTerm *term)
{
  return term->glyphs;
}

/**
 * hp_term_has_colors:
 * @term: the terminal
 *
 * Returns: whether colours tell things apart
 */
gboolean
hp_term_has_colors (HpTerm *term)
{
  return term->scheme != HP_SCHEME_MONO;
}

/**
 * hp_term_get_size:
 * @term: the terminal
 * @width: (out): its columns
 * @height: (out): its rows
 */
void
hp_term_get_size (HpTerm *term, int *width, int *height)
{
  *width = COLS;
  *height = LINES;
}

static attr_t
attributes_of (const HpPaint *paint)
{
  return (paint->bold ? A_BOLD : 0) | (paint->underline ? A_UNDERLINE : 0) | (paint->reverse ? A_REVERSE : 0);
}

static void
show_cell (HpTerm *term, const HpCell *cell, int x, int y)
{
  const HpPaint *paint = hp_scheme_get_paint (term->scheme, cell->style);
  wchar_t text[CCHARW_MAX + 1];
  gsize n = mbstowcs (text, cell->text, CCHARW_MAX);
  cchar_t shown;

  text[MIN (n, CCHARW_MAX)] = L'\0';
  /* Where the C library thinks otherwise of a character's width than GLib, curses would lose count of columns. The
   * blank after a wide one that is replaced was erased already. */
  if (n == (gsize) -1 || n == 0 || wcwidth (text[0]) != cell->columns)
    wcscpy (text, L"?");
  setcchar (&shown, text, attributes_of (paint), term->scheme == HP_SCHEME_MONO ? 0 : cell->style + 1, NULL);
  mvadd_wch (y, x, &shown);
}

/**
 * hp_term_show:
 * @term: the terminal
 * @canvas: what it shall show
 */
void
hp_term_show (HpTerm *term, const HpCanvas *canvas)
{
  erase ();
  for (int y = 0; y < MIN (canvas->height, LINES); y++)
    for (int x = 0; x < MIN (canvas->width, COLS); x++)
      {
        const HpCell *cell = &canvas->cells[y * canvas->width + x];

        if (cell->columns > 0)
          show_cell (term, cell, x, y);
      }
  curs_set (canvas->cursor_x >= 0 ? 1 : 0);
  if (canvas->cursor_x >= 0)
    move (canvas->cursor_y, canvas->cursor_x);
  refresh ();
}

/**
 * hp_term_redraw:
 * @term: the terminal
 *
 * The terminal may show anything by now: the next hp_term_show() writes all of it.
 */
void
hp_term_redraw (HpTerm *term)
{
  clearok (curscr, TRUE);
}

/**
 * hp_term_suspend:
 * @term: the terminal
 *
 * Gives the terminal to the shell, and comes back when the shell says so.
 */
void
hp_term_suspend (HpTerm *term)
{
  switch_extras (term, FALSE);
  curs_set (1);
  endwin ();
  hp_term_signals_stop (term->signals);
  resume (term);
}

/**
 * hp_term_copy:
 * @term: the terminal
 * @text: what to copy
 *
 * Asks the terminal to put it on its clipboard (OSC 52), which also works over SSH.
 *
 * Returns: whether the terminal is of a kind that may do so
 */
gboolean
hp_term_copy (HpTerm *term, const char *text)
{
  g_autofree char *encoded = g_base64_encode ((const guchar *) text, strlen (text));
  g_autofree char *sequence = g_strconcat ("\033]52;c;", encoded, "\a", NULL);

  if (term->clipboard)
    write_all (sequence);
  return term->clipboard;
}

/**
 * hp_term_version:
 *
 * Returns: the name and version of the library behind this
 */
const char *
hp_term_version (void)
{
  return curses_version ();
}
