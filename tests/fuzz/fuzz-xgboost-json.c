/* fuzz-xgboost-json.c - XGBoost's JSON with its tokens changed, so that the damage is in the meaning
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "fuzz-import.h"

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  fuzz_import (data, size);
  return 0;
}

typedef struct
{
  size_t at, size;
} Token;

/* A token chosen at random: a string, or what stands between punctuation; FALSE if there is none */
static gboolean
choose_token (const guint8 *data, size_t size, guint32 *state, Token *chosen)
{
  guint count = 0;

  for (size_t i = 0; i < size;)
    {
      Token token = { i, 1 };

      if (data[i] == '"')
        {
          while (i + token.size < size && data[i + token.size] != '"')
            token.size++;
          token.size = MIN (token.size + 1, size - i);
        }
      else if (strchr ("{}[],: \n", data[i]) == NULL)
        while (i + token.size < size && strchr ("{}[],: \n\"", data[i + token.size]) == NULL)
          token.size++;
      else
        {
          i++;
          continue;
        }
      i += token.size;
      if (fuzz_random (state) % ++count == 0)
        *chosen = token;
    }
  return count > 0;
}

size_t
LLVMFuzzerCustomMutator (guint8 *data, size_t size, size_t max_size, unsigned int seed)
{
  static const char *const words[]
    = { "0",   "1",        "-1",        "2",     "7",     "15",   "2147483647", "4294967295",  "9223372036854775807",
        "NaN", "Infinity", "-Infinity", "1e38",  "1e-45", "true", "16777215",   "16777216",    "\"[5E-1]\"",
        "[]",  "{}",       "null",      "\"0\"", "\"2\"", "-0.0", "\"-1\"",     "\"1000000\"", "0.5" };
  static const char *const texts[]
    = { "\"dart\"", "\"gblinear\"", "\"gbtree\"",     "\"weight_drop\"", "\"reg:gamma\"",        "\"reg:logistic\"",
        "\"cats\"", "\"trees\"",    "\"categories\"", "\"split_type\"",  "\"categories_nodes\"", "\"id\"",
        "\"c\"",    "\"weights\"" };
  guint32 state = seed;
  Token token, other;
  guint8 copy[256];
  const char *word;

  if (!choose_token (data, size, &state, &token))
    return LLVMFuzzerMutate (data, size, max_size);
  switch (fuzz_random (&state) % 8)
    {
    case 0:
    case 1:
    case 2:
      word = words[fuzz_random (&state) % G_N_ELEMENTS (words)];
      fuzz_splice (data, &size, max_size, token.at, token.size, word, strlen (word));
      break;
    case 3:
      word = texts[fuzz_random (&state) % G_N_ELEMENTS (texts)];
      fuzz_splice (data, &size, max_size, token.at, token.size, word, strlen (word));
      break;
    case 4: /* out of its list, with its comma */
      if (token.at > 0 && data[token.at - 1] == ',')
        fuzz_splice (data, &size, max_size, token.at - 1, token.size + 1, "", 0);
      break;
    case 5: /* once more in its list */
      copy[0] = ',';
      token.size = MIN (token.size, sizeof copy - 1);
      memcpy (copy + 1, data + token.at, token.size);
      fuzz_splice (data, &size, max_size, token.at + token.size, 0, copy, token.size + 1);
      break;
    case 6: /* another token in its place */
      if (choose_token (data, size, &state, &other) && other.size <= sizeof copy)
        {
          memcpy (copy, data + other.at, other.size);
          fuzz_splice (data, &size, max_size, token.at, token.size, copy, other.size);
        }
      break;
    default:
      return LLVMFuzzerMutate (data, size, max_size);
    }
  return size;
}
