/* fuzz-ubjson.c - XGBoost's UBJSON with its numbers, counts and lists changed, so that the damage is in the meaning
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "fuzz-import.h"
#include "hp-import-ubjson.h"

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (HpUbjsonReader) reader = hp_ubjson_reader_new (data, size, "m");
  g_autoptr (GError) error = NULL;

  hp_ubjson_reader_skip (reader);
  if (!hp_ubjson_reader_end (reader, &error))
    g_assert_error (error, HP_ERROR, HP_ERROR_BAD_DATA);
  fuzz_import (data, size);
  return 0;
}

/* A number in the file: of a value, of a list of one type, or a length */
typedef struct
{
  size_t at;
  guint size;
  size_t count_at; /* of the 8 bytes of the list's length; 0: it is in no such list */
} Number;

typedef struct
{
  const guint8 *data;
  size_t size, at;
  guint32 *state;
  guint count;
  Number chosen;
} Search;

static guint
size_of (guint8 type)
{
  return type == 'i' || type == 'U'   ? 1
         : type == 'I'                ? 2
         : type == 'l' || type == 'd' ? 4
         : type == 'L' || type == 'D' ? 8
                                      : 0;
}

static void
offer (Search *search, size_t at, guint size, size_t count_at)
{
  if (at + size <= search->size && fuzz_random (search->state) % ++search->count == 0)
    search->chosen = (Number){ at, size, count_at };
}

static guint64
big_endian (const guint8 *p)
{
  guint64 value = 0;

  for (guint i = 0; i < 8; i++)
    value = value << 8 | p[i];
  return value;
}

/* Offers every number from search->at on, as far as the file makes sense: a byte that means nothing is passed over. */
static void
search_numbers (Search *search)
{
  while (search->at < search->size)
    {
      guint8 type = search->data[search->at];

      if (type == '$' && search->at + 12 <= search->size && search->data[search->at + 2] == '#'
          && search->data[search->at + 3] == 'L')
        {
          guint each = size_of (search->data[search->at + 1]);
          size_t count_at = search->at + 4, begin = count_at + 8;
          guint64 count = big_endian (search->data + count_at);

          offer (search, count_at, 8, 0);
          for (guint64 i = 0; each > 0 && i < MIN (count, 4096) && begin + (i + 1) * each <= search->size; i++)
            offer (search, begin + i * each, each, count_at);
          search->at = each > 0 && count <= (search->size - begin) / each ? begin + count * each : begin;
        }
      else if (type == 'L' && search->at + 9 <= search->size)
        {
          guint64 length = big_endian (search->data + search->at + 1);

          /* a key or a text, else a number */
          offer (search, search->at + 1, 8, 0);
          search->at += 9;
          if (length < 64 && length <= search->size - search->at)
            search->at += length;
        }
      else
        search->at++;
    }
}

static void
put_big_endian (guint8 *p, guint size, guint64 value)
{
  while (size-- > 0)
    {
      p[size] = (guint8) value;
      value >>= 8;
    }
}

size_t
LLVMFuzzerCustomMutator (guint8 *data, size_t size, size_t max_size, unsigned int seed)
{
  static const guint64 values[] = { 0,          1,          2,          3,           7,
                                    15,         127,        128,        255,         0x7fffffff,
                                    0x80000000, 0xffffffff, 0x7fc00000, 0x7f800000,  0xff800000,
                                    0x00ffffff, 0x01000000, G_MAXINT64, G_MAXUINT64, (guint64) 1 << 40,
                                    0x3f800000 };
  guint32 state = seed;
  Search search = { data, size, 0, &state, 0, { 0, 0, 0 } };
  Number number;
  guint8 copy[8];

  search_numbers (&search);
  number = search.chosen;
  if (search.count == 0)
    return LLVMFuzzerMutate (data, size, max_size);
  switch (fuzz_random (&state) % 6)
    {
    case 0:
    case 1:
      put_big_endian (data + number.at, number.size, values[fuzz_random (&state) % G_N_ELEMENTS (values)]);
      break;
    case 2:
      data[number.at + number.size - 1] += (guint8) (fuzz_random (&state) % 5) - 2;
      break;
    case 3: /* once more in its list, which says so */
      memcpy (copy, data + number.at, number.size);
      if (number.count_at > 0 && fuzz_splice (data, &size, max_size, number.at, 0, copy, number.size))
        put_big_endian (data + number.count_at, 8, big_endian (data + number.count_at) + 1);
      break;
    case 4: /* out of its list */
      if (number.count_at > 0)
        {
          put_big_endian (data + number.count_at, 8, big_endian (data + number.count_at) - 1);
          fuzz_splice (data, &size, max_size, number.at, number.size, "", 0);
        }
      break;
    default:
      return LLVMFuzzerMutate (data, size, max_size);
    }
  return size;
}
