/* hp-tui-input.h - keys, pastes and clicks, and the bytes of a terminal that mean them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A key is a character or one of these, which are no characters. */
typedef enum
{
  HP_KEY_UP = 0x110000,
  HP_KEY_DOWN,
  HP_KEY_LEFT,
  HP_KEY_RIGHT,
  HP_KEY_HOME,
  HP_KEY_END,
  HP_KEY_PAGE_UP,
  HP_KEY_PAGE_DOWN,
  HP_KEY_INSERT,
  HP_KEY_DELETE,
  HP_KEY_BACKSPACE,
  HP_KEY_TAB,
  HP_KEY_ENTER,
  HP_KEY_ESCAPE,
  HP_KEY_F0, /* F1 is the next one, and so on to F20 */
  HP_KEY_LAST = HP_KEY_F0 + 20,
} HpKeyCode;

typedef enum
{
  HP_MODIFIER_NONE = 0,
  HP_MODIFIER_SHIFT = 1,
  HP_MODIFIER_ALT = 2,
  HP_MODIFIER_CONTROL = 4,
} HpModifiers;

typedef enum
{
  HP_INPUT_KEY,
  HP_INPUT_PASTE,
  HP_INPUT_CLICK,
  HP_INPUT_WHEEL,
} HpInputKind;

typedef struct
{
  HpInputKind kind;
  guint32     code;      /* KEY: a character or an HpKeyCode. With Ctrl: a small letter */
  HpModifiers modifiers; /* KEY */
  const char *text;      /* PASTE: valid UTF-8 */
  int         x, y;      /* CLICK, WHEEL: the cell */
  int         delta;     /* WHEEL: -1 up, 1 down */
} HpInput;

typedef void (*HpInputFunc) (const HpInput *input, gpointer data);

/* "F10", "Ctrl+R", "Shift+Tab", "q", "Space"; of an input that is no key: "". (transfer full) */
char    *hp_input_name         (const HpInput *input);
/* A key that is text when one types */
gboolean hp_input_is_text      (const HpInput *input);

typedef struct _HpDecoder HpDecoder;

HpDecoder *hp_decoder_new        (HpInputFunc func, gpointer data);
void       hp_decoder_free       (HpDecoder *decoder);
/* What this terminal sends for a key, besides what all terminals send */
void       hp_decoder_add        (HpDecoder *decoder, const char *sequence, guint32 code, HpModifiers modifiers);
void       hp_decoder_feed       (HpDecoder *decoder, const char *bytes, gsize length);
/* Is there an Esc that may be a key, or the start of more? */
gboolean   hp_decoder_is_waiting (HpDecoder *decoder);
/* No more came in time: what waits is all there is */
void       hp_decoder_flush      (HpDecoder *decoder);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpDecoder, hp_decoder_free)

G_END_DECLS
