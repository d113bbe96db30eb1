/* hp-tui-decoder.c - from the bytes that a terminal sends to keys, pastes and clicks
 *
 * Knows what all terminals in use send (ECMA-48, xterm's modifiers and mouse, the Linux console) and is told what
 * terminfo says of this one. A lone Esc can't be told from the start of a sequence: the caller flushes when nothing
 * follows for 25 ms, so that nobody ever waits. Any bytes are allowed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "hp-tui-input.h"

#define ESC '\033'
/* A sequence that is longer than this is none. */
#define MAX_SEQUENCE 64
/* A longer paste is cut: what pastes go into are single lines. */
#define MAX_PASTE (64 << 10)
#define PASTE_END "\033[201~"

typedef struct
{
  char *sequence;
  gsize length;
  guint32 code;
  HpModifiers modifiers;
} Known;

struct _HpDecoder
{
  HpInputFunc func;
  gpointer data;
  GArray *known;       /* of Known */
  GByteArray *pending; /* bytes that mean nothing yet */
  GString *paste;      /* (nullable) what is being pasted */
};

static void
known_clear (gpointer data)
{
  g_free (((Known *) data)->sequence);
}

/**
 * hp_decoder_new:
 * @func: called with every input
 * @data: for @func
 *
 * Returns: (transfer full): a decoder
 */
HpDecoder *
hp_decoder_new (HpInputFunc func, gpointer data)
{
  HpDecoder *decoder = g_new0 (HpDecoder, 1);

  decoder->func = func;
  decoder->data = data;
  decoder->known = g_array_new (FALSE, FALSE, sizeof (Known));
  g_array_set_clear_func (decoder->known, known_clear);
  decoder->pending = g_byte_array_new ();
  return decoder;
}

/**
 * hp_decoder_free:
 * @decoder: (transfer full) (nullable): a decoder
 */
void
hp_decoder_free (HpDecoder *decoder)
{
  if (decoder == NULL)
    return;
  g_array_unref (decoder->known);
  g_byte_array_unref (decoder->pending);
  if (decoder->paste != NULL)
    g_string_free (decoder->paste, TRUE);
  g_free (decoder);
}

/**
 * hp_decoder_add:
 * @decoder: a decoder
 * @sequence: the bytes; only those that begin with Esc are of interest
 * @code: the key that sends them
 * @modifiers: what is held down with it
 */
void
hp_decoder_add (HpDecoder *decoder, const char *sequence, guint32 code, HpModifiers modifiers)
{
  Known known = { NULL, strlen (sequence), code, modifiers };

  if (sequence[0] != ESC || known.length < 2 || known.length > MAX_SEQUENCE)
    return;
  known.sequence = g_strdup (sequence);
  g_array_append_val (decoder->known, known);
}

static void
emit_key (HpDecoder *decoder, guint32 code, HpModifiers modifiers)
{
  HpInput input = { .kind = HP_INPUT_KEY, .code = code, .modifiers = modifiers };

  decoder->func (&input, decoder->data);
}

static void
emit_control (HpDecoder *decoder, guchar byte, HpModifiers modifiers)
{
  switch (byte)
    {
    case '\t':
      emit_key (decoder, HP_KEY_TAB, modifiers);
      break;
    case '\r':
    case '\n':
      emit_key (decoder, HP_KEY_ENTER, modifiers);
      break;
    case '\b':
    case 0x7f:
      emit_key (decoder, HP_KEY_BACKSPACE, modifiers);
      break;
    case 0:
      break;
    default:
      emit_key (decoder, byte <= 26 ? byte + 'a' - 1 : byte + '@', modifiers | HP_MODIFIER_CONTROL);
    }
}

/* One character, which may be several bytes. Returns how many; 0: more are needed. */
static gsize
take_character (HpDecoder *decoder, const guchar *bytes, gsize length, HpModifiers modifiers)
{
  gunichar c;

  if (bytes[0] < ' ' || bytes[0] == 0x7f)
    {
      emit_control (decoder, bytes[0], modifiers);
      return 1;
    }
  c = g_utf8_get_char_validated ((const char *) bytes, length);
  /* GLib takes a NUL for the end of the text, behind which more may come. */
  if (c == (gunichar) -2)
    return memchr (bytes, '\0', MIN (length, 6)) != NULL ? 1 : 0;
  if (c == (gunichar) -1)
    return 1;
  if (c >= 0xa0 || c < 0x7f)
    emit_key (decoder, c, modifiers);
  return g_unichar_to_utf8 (c, NULL);
}

/* xterm writes modifiers as a sum, one too large. */
static HpModifiers
modifiers_of (int parameter)
{
  return parameter > 1 && parameter <= 8 ? (HpModifiers) (parameter - 1) : HP_MODIFIER_NONE;
}

static guint32
code_of_letter (guchar letter)
{
  switch (letter)
    {
    case 'A':
      return HP_KEY_UP;
    case 'B':
      return HP_KEY_DOWN;
    case 'C':
      return HP_KEY_RIGHT;
    case 'D':
      return HP_KEY_LEFT;
    case 'F':
      return HP_KEY_END;
    case 'H':
      return HP_KEY_HOME;
    case 'M':
      return HP_KEY_ENTER;
    case 'P':
    case 'Q':
    case 'R':
    case 'S':
      return HP_KEY_F0 + 1 + letter - 'P';
    case 'Z':
      return HP_KEY_TAB;
    default:
      return 0;
    }
}

static guint32
code_of_number (int number)
{
  static const guint32 editing[]
    = { 0,           HP_KEY_HOME, HP_KEY_INSERT, HP_KEY_DELETE, HP_KEY_END, HP_KEY_PAGE_UP, HP_KEY_PAGE_DOWN,
        HP_KEY_HOME, HP_KEY_END };
  /* The numbers of the F keys have gaps where a VT220's keyboard had them. */
  static const guint8 functions[] = { 11, 12, 13, 14, 15, 17, 18, 19, 20, 21, 23, 24, 25, 26, 28, 29, 31, 32, 33, 34 };

  if (number >= 0 && number < (int) G_N_ELEMENTS (editing))
    return editing[number];
  for (guint i = 0; i < G_N_ELEMENTS (functions); i++)
    if (functions[i] == number)
      return HP_KEY_F0 + 1 + i;
  return 0;
}

static void
emit_mouse (HpDecoder *decoder, int button, int x, int y, gboolean pressed)
{
  HpInput input = { .x = x - 1, .y = y - 1 };

  if (x < 1 || y < 1 || !pressed)
    return;
  input.kind = (button & 64) != 0 ? HP_INPUT_WHEEL : HP_INPUT_CLICK;
  input.delta = (button & 3) == 0 ? -1 : 1;
  /* Only the left button clicks; 32 is a movement, and 66 and 67 are wheels to the side. */
  if ((button & 32) != 0 || (button & 64 ? (button & 2) != 0 : (button & 3) != 0))
    return;
  decoder->func (&input, decoder->data);
}

/* The numbers between ESC [ and the last letter. Returns how many there are */
static int
read_parameters (const guchar *bytes, gsize length, int *parameters, int max)
{
  int n = 0;

  for (gsize i = 0; i < length && n < max; i++)
    {
      int value = 0;

      for (; i < length && g_ascii_isdigit (bytes[i]); i++)
        value = MIN (value * 10 + bytes[i] - '0', 100000);
      parameters[n++] = value;
    }
  return n;
}

/* bytes: ESC [ parameters final */
static void
emit_control_sequence (HpDecoder *decoder, const guchar *bytes, gsize length)
{
  guchar final = bytes[length - 1];
  gboolean private = bytes[2] >= '<' && bytes[2] <= '?';
  int parameters[3] = { 0, 0, 0 };
  int n = read_parameters (bytes + (private ? 3 : 2), length - (private ? 4 : 3), parameters, 3);
  guint32 code = 0;

  if (private)
    {
      if (bytes[2] == '<' && n == 3 && (final == 'M' || final == 'm'))
        emit_mouse (decoder, parameters[0], parameters[1], parameters[2], final == 'M');
      return;
    }
  if (final == '~' && parameters[0] == 200)
    {
      decoder->paste = g_string_new (NULL);
      return;
    }
  code = final == '~' ? code_of_number (parameters[0]) : code_of_letter (final);
  if (code != 0)
    emit_key (decoder, code, final == 'Z' ? HP_MODIFIER_SHIFT : modifiers_of (parameters[1]));
}

/* ESC [ … Returns how many bytes were used; 0: more are needed */
static gsize
take_control_sequence (HpDecoder *decoder, const guchar *bytes, gsize length)
{
  gsize at = 2;

  if (length > 2 && bytes[2] == '[') /* the Linux console's F1 to F5 */
    {
      if (length > 3 && bytes[3] >= 'A' && bytes[3] <= 'E')
        emit_key (decoder, HP_KEY_F0 + 1 + bytes[3] - 'A', HP_MODIFIER_NONE);
      return length > 3 ? 4 : 0;
    }
  if (length > 2 && bytes[2] == 'M') /* the mouse as X10 wrote it: three bytes, each 32 too large */
    {
      if (length < 6)
        return 0;
      emit_mouse (decoder, bytes[3] - 32, bytes[4] - 32, bytes[5] - 32, (bytes[3] & 3) != 3);
      return 6;
    }
  while (at < MIN (length, MAX_SEQUENCE) && bytes[at] >= 0x20 && bytes[at] <= 0x3f)
    at++;
  if (at >= MAX_SEQUENCE)
    return at;
  if (at == length)
    return 0;
  /* What can't end a sequence ended it all the same, and is looked at for itself. */
  if (bytes[at] < 0x40 || bytes[at] > 0x7e)
    return at;
  emit_control_sequence (decoder, bytes, at + 1);
  return at + 1;
}

/* A sequence of terminfo: its length, or 0. *partial: the bytes may become one */
static gsize
take_known (HpDecoder *decoder, const guchar *bytes, gsize length, gboolean *partial)
{
  const Known *found = NULL;

  *partial = FALSE;
  for (guint i = 0; i < decoder->known->len; i++)
    {
      const Known *known = &g_array_index (decoder->known, Known, i);

      if (known->length > length)
        *partial |= memcmp (known->sequence, bytes, length) == 0;
      else if (memcmp (known->sequence, bytes, known->length) == 0 && (found == NULL || known->length > found->length))
        found = known;
    }
  if (found == NULL)
    return 0;
  emit_key (decoder, found->code, found->modifiers);
  return found->length;
}

/* What begins with Esc. Returns how many bytes were used; 0: more are needed. flush: there are no more */
static gsize
take_escape (HpDecoder *decoder, const guchar *bytes, gsize length, gboolean flush)
{
  gboolean partial;
  gsize used = take_known (decoder, bytes, length, &partial);

  if (used > 0 || (partial && !flush))
    return used;
  if (length == 1 && !flush)
    return 0;
  if (length > 2 && bytes[1] == '[')
    used = take_control_sequence (decoder, bytes, length);
  else if (length > 2 && bytes[1] == 'O')
    {
      if (code_of_letter (bytes[2]) != 0)
        emit_key (decoder, code_of_letter (bytes[2]), HP_MODIFIER_NONE);
      used = 3;
    }
  else if (length > 1 && bytes[1] != ESC && ((bytes[1] != '[' && bytes[1] != 'O') || flush))
    {
      used = take_character (decoder, bytes + 1, length - 1, HP_MODIFIER_ALT);
      used = used > 0 ? used + 1 : 0;
    }
  else if (length == 1 || bytes[1] == ESC)
    {
      emit_key (decoder, HP_KEY_ESCAPE, HP_MODIFIER_NONE);
      used = 1;
    }
  return used;
}

static void
end_paste (HpDecoder *decoder)
{
  g_autofree char *valid = g_utf8_make_valid (decoder->paste->str, decoder->paste->len);
  HpInput input = { .kind = HP_INPUT_PASTE, .text = valid };

  g_string_free (g_steal_pointer (&decoder->paste), TRUE);
  decoder->func (&input, decoder->data);
}

/* Returns how many bytes were used; 0: the end of the paste may have begun */
static gsize
take_pasted (HpDecoder *decoder, const guchar *bytes, gsize length)
{
  const guchar *esc = memchr (bytes, ESC, length);
  gsize plain = esc != NULL ? (gsize) (esc - bytes) : length;

  if (plain == 0)
    {
      gsize same = MIN (length, strlen (PASTE_END));

      if (memcmp (bytes, PASTE_END, same) != 0)
        plain = 1;
      else if (same < strlen (PASTE_END))
        return 0;
      else
        {
          end_paste (decoder);
          return same;
        }
    }
  if (decoder->paste->len < MAX_PASTE)
    g_string_append_len (decoder->paste, (const char *) bytes, MIN (plain, MAX_PASTE - decoder->paste->len));
  return plain;
}

static void
decode (HpDecoder *decoder, gboolean flush)
{
  const guchar *bytes = decoder->pending->data;
  gsize at = 0, length = decoder->pending->len;

  while (at < length)
    {
      gsize used;

      if (decoder->paste != NULL)
        used = take_pasted (decoder, bytes + at, length - at);
      else if (bytes[at] == ESC)
        used = take_escape (decoder, bytes + at, length - at, flush);
      else
        used = take_character (decoder, bytes + at, length - at, HP_MODIFIER_NONE);
      if (used == 0 && !flush)
        break;
      /* With nothing more to come, the start of a sequence or of a character is dropped. */
      at += used > 0 ? used : length - at;
    }
  if (at > 0)
    g_byte_array_remove_range (decoder->pending, 0, at);
}

/**
 * hp_decoder_feed:
 * @decoder: a decoder
 * @bytes: (array length=length): what the terminal sent
 * @length: how many
 *
 * Calls the decoder's function for each input that is complete.
 */
void
hp_decoder_feed (HpDecoder *decoder, const char *bytes, gsize length)
{
  g_byte_array_append (decoder->pending, (const guint8 *) bytes, length);
  decode (decoder, FALSE);
}

/**
 * hp_decoder_is_waiting:
 * @decoder: a decoder
 *
 * Returns: whether hp_decoder_flush() is to be called if nothing follows in 25 ms
 */
gboolean
hp_decoder_is_waiting (HpDecoder *decoder)
{
  return decoder->pending->len > 0 && decoder->paste == NULL;
}

/**
 * hp_decoder_flush:
 * @decoder: a decoder
 *
 * Takes what waits for what it is: a lone Esc is the key.
 */
void
hp_decoder_flush (HpDecoder *decoder)
{
  if (hp_decoder_is_waiting (decoder))
    decode (decoder, TRUE);
}
