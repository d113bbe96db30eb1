/* tui-support.h - the terminal program on a virtual screen, over a valuer that is made up
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-tui-app.h"

G_BEGIN_DECLS

/* What is missing in the answers of the valuer, or odd about them */
typedef enum
{
  TUI_ANSWER_NO_INTERVAL = 1 << 0,
  TUI_ANSWER_NO_REASONS = 1 << 1,
  TUI_ANSWER_NO_COMPARABLES = 1 << 2,
  TUI_ANSWER_NO_VALUE = 1 << 3, /* a warning */
  TUI_ANSWER_WARNED = 1 << 4,   /* more warnings than there is room for */
  TUI_ANSWER_SAYS_WHY = 1 << 5, /* there is no interval */
} TuiAnswer;

typedef struct
{
  HpValuer  *valuer;
  HpTuiApp  *app;
  HpDecoder *decoder;
  HpCanvas  *canvas;
  gboolean   clipboard; /* whether there is one */
  char      *copied;    /* (nullable) */
  int        status;    /* -1: it runs */
  guint      redraws, suspends;
  char      *shown;
} TuiFixture;

/* attributes: the JSON array of a description; NULL: there is no model. A house is worth 1,000 for each of its numbers' units. */
TuiFixture *tui_fixture_new  (int width, int height, HpGlyphLevel level, const char *attributes);
void        tui_fixture_free (TuiFixture *fixture);
/* Another version with other attributes becomes champion */
void        tui_describe     (TuiFixture *fixture, const char *attributes);
/* From now on it answers so, and is asked again */
void        tui_answer       (TuiFixture *fixture, TuiAnswer answer);
/* Until the screen shows text, which comes by itself */
void        tui_wait         (TuiFixture *fixture, const char *text);
void        tui_resize       (TuiFixture *fixture, int width, int height);
/* Bytes as a terminal sends them, each sequence by itself; then all that is under way is waited for */
void        tui_type         (TuiFixture *fixture, const char *bytes);
/* What the screen shows; valid until the next call */
const char *tui_screen       (TuiFixture *fixture);
/* One row of it */
const char *tui_row          (TuiFixture *fixture, guint row);
#define     tui_assert_shows(fixture, text) g_assert_nonnull (strstr (tui_screen (fixture), text))
#define     tui_assert_hides(fixture, text) g_assert_null (strstr (tui_screen (fixture), text))

/* sqft, a longitude, a category, a date */
extern const char tui_attributes[];

G_END_DECLS
