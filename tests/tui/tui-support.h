/* tui-support.h - the terminal program on a virtual screen, over a valuer that is made up
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-tui-app.h"

G_BEGIN_DECLS

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
