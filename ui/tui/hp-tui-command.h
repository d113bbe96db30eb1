/* hp-tui-command.h - everything that keys do, described once
 *
 * The key map, the help page, the F-bar and the words of the command line are made of this table, and a test compares it with the
 * manual page.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Where a key means something. What is further up takes the key first. */
#define HP_TUI_CONTEXTS(X) \
  X (TYPING,     1 << 0, N_ ("While typing")) \
  X (LIST,       1 << 1, N_ ("In a list of choices")) \
  X (MARKS,      1 << 2, N_ ("In the list of versions")) \
  X (FORM,       1 << 3, N_ ("In the form")) \
  X (EVIDENCE,   1 << 4, N_ ("In the reasons and comparables")) \
  X (CURVE,      1 << 5, N_ ("While the curve takes their place")) \
  X (RESIDUALS,  1 << 6, N_ ("The residuals")) \
  X (COMPARE,    1 << 7, N_ ("The comparison")) \
  X (PAGE,       1 << 8, N_ ("On a page of text")) \
  X (START,      1 << 9, N_ ("Without a model")) \
  X (TRAINING,   1 << 10, N_ ("While training")) \
  X (VALUE,      1 << 11, N_ ("The house and its price")) \
  X (EVERYWHERE, 1 << 12, N_ ("Everywhere"))

typedef enum
{
#define HP_TUI_CONTEXT_ENUM(id, bit, title) HP_TUI_##id = bit,
  HP_TUI_CONTEXTS (HP_TUI_CONTEXT_ENUM)
#undef HP_TUI_CONTEXT_ENUM
} HpTuiContext;

/* name, context, word on the command line, keys, letters, label in the F-bar, what it does.
 * Letters are keys only where they can't be text: not in a field that takes words. Of keys, what is text is text while one types. */
#define HP_TUI_COMMANDS(X) \
  X (HELP,      EVERYWHERE, "help",    "F1 ?",                      "",  N_ ("Help"),    N_ ("Show what the keys do")) \
  X (NEXT_VIEW, EVERYWHERE, "",        "F2 Tab",                    "",  N_ ("Views"),   N_ ("Next view: Value, Compare, Residuals")) \
  X (PREVIOUS_VIEW, EVERYWHERE, "",    "Shift+Tab",                 "",  "",            N_ ("Previous view")) \
  X (VIEW_VALUE, EVERYWHERE, "value",  "",                          "1", "",            N_ ("The house and its price; in a number, digits are text")) \
  X (VIEW_COMPARE, EVERYWHERE, "compare", "",                       "2", "",            N_ ("Versions against each other")) \
  X (VIEW_RESIDUALS, EVERYWHERE, "residuals", "",                   "3", "",            N_ ("How far prices are from what a version predicted")) \
  X (REFRESH,   EVERYWHERE, "refresh", "F5 Ctrl+R",                 "",  N_ ("Refresh"), N_ ("Try the server again, look for a newer model")) \
  X (PANE,      VALUE,      "pane",    "F6 Ctrl+O",                 "o", N_ ("Panes"),   N_ ("To the reasons, to the comparable sales, back to the form")) \
  X (WHAT_IF,   VALUE,      "whatif",  "F7 Ctrl+T",                 "w", N_ ("What if"), N_ ("Show what the field in focus does to the price, and back")) \
  X (RESET,     VALUE,      "reset",   "F8",                        "",  N_ ("Reset"),   N_ ("Start again from a typical house")) \
  X (UNDO,      VALUE,      "undo",    "F9 Ctrl+_",                 "u", N_ ("Undo"),    N_ ("Take back the last change")) \
  X (REDO,      VALUE,      "redo",    "Alt+u",                     "U", "",            N_ ("Make the change again that was taken back")) \
  X (COPY,      VALUE,      "copy",    "Ctrl+Y",                    "y", "",            N_ ("Copy the price to the clipboard")) \
  X (SET,       VALUE,      "set",     "",                          "",  "",            N_ ("Set a field: set FIELD VALUE")) \
  X (PROMPT,    EVERYWHERE, "",        ":",                         "",  "",            N_ ("Type a command; Tab completes it")) \
  X (LOG,       EVERYWHERE, "log",     "",                          "",  "",            N_ ("Show what the program noted")) \
  X (REDRAW,    EVERYWHERE, "redraw",  "Ctrl+L",                    "",  "",            N_ ("Draw the screen anew")) \
  X (SUSPEND,   EVERYWHERE, "suspend", "Ctrl+Z",                    "",  "",            N_ ("Go back to the shell; fg returns")) \
  X (INTERRUPT, EVERYWHERE, "",        "Ctrl+C",                    "",  "",            N_ ("Stop what is open or under way, else quit")) \
  X (QUIT,      EVERYWHERE, "quit",    "F10 Ctrl+Q",                "q", N_ ("Quit"),    N_ ("Quit")) \
  X (NEXT,      FORM,       "",        "Down Tab j Ctrl+N",         "",  "",            N_ ("Next field")) \
  X (PREVIOUS,  FORM,       "",        "Up Shift+Tab k Ctrl+P",     "",  "",            N_ ("Previous field")) \
  X (FIRST,     FORM,       "",        "PageUp",                    "g", "",            N_ ("First field")) \
  X (LAST,      FORM,       "",        "PageDown",                  "G", "",            N_ ("Last field")) \
  X (MORE,      FORM,       "",        "Right +",                   "l", "",            N_ ("One step more, next choice")) \
  X (LESS,      FORM,       "",        "Left -",                    "h", "",            N_ ("One step less, previous choice")) \
  X (OPEN,      FORM,       "",        "Enter Space",               "",  "",            N_ ("List the choices; in a number, next field")) \
  X (EDIT,      FORM,       "",        "End",                       "i", "",            N_ ("Edit the text at its end, not replace it")) \
  X (EDIT_START, FORM,      "",        "Home",                      "",  "",            N_ ("Edit the text at its start")) \
  X (BACK,      FORM,       "",        "Backspace",                 "",  "",            N_ ("Delete the last character")) \
  X (EMPTY,     FORM,       "",        "Delete Ctrl+U",             "",  "",            N_ ("Empty the field")) \
  X (ACCEPT,    TYPING,     "",        "Enter",                     "",  "",            N_ ("Take what was typed or chosen, go on")) \
  X (CANCEL,    TYPING,     "",        "Esc",                       "",  "",            N_ ("Put back what was there")) \
  X (LEFT,      TYPING,     "",        "Left Ctrl+B",               "",  "",            N_ ("To the left")) \
  X (RIGHT,     TYPING,     "",        "Right Ctrl+F",              "",  "",            N_ ("To the right")) \
  X (START,     TYPING,     "",        "Home Ctrl+A",               "",  "",            N_ ("To the start")) \
  X (END,       TYPING,     "",        "End Ctrl+E",                "",  "",            N_ ("To the end")) \
  X (RUB_OUT,   TYPING,     "",        "Backspace",                 "",  "",            N_ ("Delete the character before")) \
  X (DELETE,    TYPING,     "",        "Delete Ctrl+D",             "",  "",            N_ ("Delete the character after")) \
  X (RUB_WORD,  TYPING,     "",        "Ctrl+W Alt+Backspace",      "",  "",            N_ ("Delete the word before")) \
  X (RUB_ALL,   TYPING,     "",        "Ctrl+U",                    "",  "",            N_ ("Delete all before")) \
  X (REST,      TYPING,     "",        "Ctrl+K",                    "",  "",            N_ ("Delete all after")) \
  X (LIST_UP,   LIST,       "",        "Up Ctrl+P",                 "",  "",            N_ ("Choice above")) \
  X (LIST_DOWN, LIST,       "",        "Down Ctrl+N",               "",  "",            N_ ("Choice below")) \
  X (LIST_PAGE_UP, LIST,    "",        "PageUp",                    "",  "",            N_ ("A page up")) \
  X (LIST_PAGE_DOWN, LIST,  "",        "PageDown",                  "",  "",            N_ ("A page down")) \
  X (ROW_UP,    EVIDENCE,   "",        "Up Shift+Tab k Ctrl+P",     "",  "",            N_ ("Row above")) \
  X (ROW_DOWN,  EVIDENCE,   "",        "Down Tab j Ctrl+N",         "",  "",            N_ ("Row below")) \
  X (ROW_FIRST, EVIDENCE,   "",        "Home PageUp g",             "",  "",            N_ ("First row")) \
  X (ROW_LAST,  EVIDENCE,   "",        "End PageDown G",            "",  "",            N_ ("Last row")) \
  X (DETAILS,   EVIDENCE,   "",        "Enter Space",               "",  "",            N_ ("Show all reasons and warnings, or all about the sale")) \
  X (LEAVE,     EVIDENCE,   "",        "Esc",                       "",  "",            N_ ("Back to the form")) \
  X (UNZOOM,    CURVE,      "",        "Esc",                       "",  "",            N_ ("Back to the reasons and comparables")) \
  X (MARK,      MARKS,      "",        "Space",                     "",  "",            N_ ("Take the version along, or not")) \
  X (MARKS_TAKE, MARKS,     "",        "Enter",                     "",  "",            N_ ("Show those that are marked")) \
  X (MARKS_LEAVE, MARKS,    "",        "Esc",                       "",  "",            N_ ("Leave all as it was")) \
  X (MARKS_UP,  MARKS,      "",        "k",                         "",  "",            N_ ("Version above")) \
  X (MARKS_DOWN, MARKS,     "",        "j",                         "",  "",            N_ ("Version below")) \
  X (SEARCH,    RESIDUALS,  "find",    "F3 /",                      "",  N_ ("Search"),  N_ ("Search the sales for a row or a word")) \
  X (FOUND_NEXT, RESIDUALS, "",        "n",                         "",  "",            N_ ("Next sale that was searched for")) \
  X (FOUND_PREVIOUS, RESIDUALS, "",    "N",                         "",  "",            N_ ("Previous one")) \
  X (FILTER,    RESIDUALS,  "filter",  "F4 \\",                    "",  N_ ("Filter"),  N_ ("Choose which sales are shown")) \
  X (SORT_NEXT, RESIDUALS,  "sort",    "F6 > ]",                    "",  N_ ("Sort"),    N_ ("Sort the sales by the next column")) \
  X (SORT_PREVIOUS, RESIDUALS, "",     "< [",                       "",  "",            N_ ("Sort them by the previous column")) \
  X (SORT_REVERSE, RESIDUALS, "reverse", "r",                       "",  "",            N_ ("Reverse the order of the sales")) \
  X (CHARTS,    RESIDUALS,  "charts",  "F7 c",                      "",  N_ ("Charts"),  N_ ("Choose a chart")) \
  X (CHART_NEXT, RESIDUALS, "",        "Right l",                   "",  "",            N_ ("Next chart")) \
  X (CHART_PREVIOUS, RESIDUALS, "",    "Left h",                    "",  "",            N_ ("Previous chart")) \
  X (VERSIONS,  RESIDUALS,  "versions", "F8 v",                     "",  N_ ("Versions"), N_ ("Choose versions; Space marks them")) \
  X (ZOOM,      RESIDUALS,  "zoom",    "F9 z",                      "",  N_ ("Zoom"),    N_ ("The chart alone, the sales alone, both")) \
  X (SALE_UP,   RESIDUALS,  "",        "Up k Ctrl+P",               "",  "",            N_ ("Sale above; of a chart alone, upwards")) \
  X (SALE_DOWN, RESIDUALS,  "",        "Down j Ctrl+N",             "",  "",            N_ ("Sale below")) \
  X (SALE_PAGE_UP, RESIDUALS, "",      "PageUp Ctrl+U",             "",  "",            N_ ("A page up")) \
  X (SALE_PAGE_DOWN, RESIDUALS, "",    "PageDown Ctrl+D",           "",  "",            N_ ("A page down")) \
  X (SALE_FIRST, RESIDUALS, "",        "Home g",                    "",  "",            N_ ("First sale")) \
  X (SALE_LAST, RESIDUALS,  "",        "End G",                     "",  "",            N_ ("Last sale")) \
  X (SALE_OPEN, RESIDUALS,  "",        "Enter",                     "",  "",            N_ ("Value this house in the Value view")) \
  X (LEAVE_RESIDUALS, RESIDUALS, "",   "Esc",                       "",  "",            N_ ("All sales and the chart again, then back to Value")) \
  X (COMPARED_CHART, COMPARE, "",      "F7 c",                      "",  N_ ("Chart"),   N_ ("The chart of the differences, and back")) \
  X (COMPARED,  COMPARE,    "",        "F8 v",                      "",  N_ ("Versions"), N_ ("Choose versions; Space marks them")) \
  X (LEAVE_COMPARE, COMPARE, "",       "Esc",                       "",  "",            N_ ("From the chart to the figures, then back to Value")) \
  X (UP,        PAGE,       "",        "Up k",                      "",  "",            N_ ("Up")) \
  X (DOWN,      PAGE,       "",        "Down j",                    "",  "",            N_ ("Down")) \
  X (PAGE_UP,   PAGE,       "",        "PageUp Ctrl+U b",           "",  "",            N_ ("A page up")) \
  X (PAGE_DOWN, PAGE,       "",        "PageDown Ctrl+D Space",     "",  "",            N_ ("A page down")) \
  X (TOP,       PAGE,       "",        "Home g",                    "",  "",            N_ ("To the top")) \
  X (BOTTOM,    PAGE,       "",        "End G",                     "",  "",            N_ ("To the bottom")) \
  X (CLOSE,     PAGE,       "",        "Esc q",                     "",  "",            N_ ("Back")) \
  X (TRAIN,     START,      "train",   "Enter",                     "",  "",            N_ ("Train a model on the shipped sales")) \
  X (STOP,      TRAINING,   "",        "Esc",                       "",  "",            N_ ("Stop the training"))

typedef enum
{
  HP_TUI_NONE,
#define HP_TUI_COMMAND_ENUM(id, context, word, keys, letters, bar, text) HP_TUI_COMMAND_##id,
  HP_TUI_COMMANDS (HP_TUI_COMMAND_ENUM)
#undef HP_TUI_COMMAND_ENUM
  HP_TUI_N_COMMANDS
} HpTuiCommand;

typedef struct
{
  HpTuiContext context;
  const char  *word;    /* "": none */
  const char  *keys;    /* separated by blanks */
  const char  *letters; /* the same */
  const char  *bar;     /* "": not in the F-bar; to be translated, as is: */
  const char  *text;
} HpTuiCommandInfo;

const HpTuiCommandInfo *hp_tui_command_get_info  (HpTuiCommand command);
const char             *hp_tui_context_get_title (HpTuiContext context);
/* The command of a key where contexts are open; with_letters: nobody types. HP_TUI_NONE: it has none */
HpTuiCommand            hp_tui_command_find      (guint contexts, gboolean with_letters, const char *key);
HpTuiCommand            hp_tui_command_of_word   (const char *word);
/* All keys, "F1, ?"; (transfer full) */
char                   *hp_tui_command_keys      (HpTuiCommand command, const char *separator);

G_END_DECLS
