/* hp-ulid.c - names of valuations: unique, unguessable, in order of time
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>
#include <sys/random.h>

#include "hp-ulid.h"

#define RANDOM_BYTES 10

/**
 * hp_ulid_init:
 * @ulid: (out caller-allocates): a source of names; for one thread
 */
void
hp_ulid_init (HpUlid *ulid)
{
  ulid->left = 0;
}

static void
refill (HpUlid *ulid)
{
  gsize got = 0;

  while (got < sizeof ulid->pool)
    {
      gssize n = getrandom (ulid->pool + got, sizeof ulid->pool - got, 0);

      /* Only a signal can keep the kernel from giving some */
      if (n > 0)
        got += n;
    }
  ulid->left = sizeof ulid->pool;
}

/**
 * hp_ulid_next:
 * @ulid: a source
 * @milliseconds: since 1970
 * @text: (out caller-allocates): the name, ending with NUL
 */
void
hp_ulid_next (HpUlid *ulid, gint64 milliseconds, char text[HP_ULID_LENGTH + 1])
{
  static const char digits[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  const guint8 *random;
  guint64 high = 0, low = 0;

  if (ulid->left == 0)
    refill (ulid);
  ulid->left -= RANDOM_BYTES;
  random = ulid->pool + ulid->left;
  for (guint i = 0; i < RANDOM_BYTES / 2; i++)
    {
      high = high << 8 | random[i];
      low = low << 8 | random[RANDOM_BYTES / 2 + i];
    }
  for (int i = 9; i >= 0; i--, milliseconds >>= 5)
    text[i] = digits[milliseconds & 31];
  for (int i = 7; i >= 0; i--, high >>= 5, low >>= 5)
    {
      text[10 + i] = digits[high & 31];
      text[18 + i] = digits[low & 31];
    }
  text[HP_ULID_LENGTH] = '\0';
}
