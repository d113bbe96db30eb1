/* hp-random.c - a seeded generator whose sequence is part of our file formats: it never changes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>

#include "hp-random.h"

#define GOLDEN_GAMMA G_GUINT64_CONSTANT (0x9e3779b97f4a7c15)

/* The output function of splitmix64 (G. Steele, D. Lea, C. Flood, 2014); it maps 0 to 0. */
static guint64
mix (guint64 z)
{
  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return z ^ (z >> 31);
}

/**
 * hp_random_init:
 * @random: (out caller-allocates): the generator
 * @seed: what a person chose
 * @stream: which of the seed's sequences, such as the number of a tree or of a fold
 *
 * Starts a sequence of xoshiro256** (D. Blackman, S. Vigna, 2018). Stream 0 is what the authors
 * recommend, four numbers of splitmix64 started at @seed; other streams start it elsewhere, far from
 * one another because the number of the stream is scrambled first.
 */
void
hp_random_init (HpRandom *random, guint64 seed, guint64 stream)
{
  guint64 x = seed + mix (stream);

  for (int i = 0; i < 4; i++)
    random->s[i] = mix (x += GOLDEN_GAMMA);
}

/**
 * hp_random_double:
 * @random: a generator
 *
 * Returns: a number in [0, 1), a multiple of 2^-53, evenly distributed
 */
double
hp_random_double (HpRandom *random)
{
  return (hp_random_next (random) >> 11) * 0x1p-53;
}

/**
 * hp_random_below:
 * @random: a generator
 * @n: how many numbers to choose among, at least 1
 *
 * Chooses without bias, nearly always by one multiplication (D. Lemire, "Fast Random Integer
 * Generation in an Interval", 2019).
 *
 * Returns: a number in [0, @n)
 */
guint32
hp_random_below (HpRandom *random, guint32 n)
{
  guint64 product;

  g_return_val_if_fail (n > 0, 0);

  product = (hp_random_next (random) >> 32) * n;
  if ((guint32) product < n)
    {
      guint32 threshold = -n % n;

      while ((guint32) product < threshold)
        product = (hp_random_next (random) >> 32) * n;
    }
  return product >> 32;
}

static double
polynomial (const double c[8], double x)
{
  double sum = c[7];

  for (int i = 6; i >= 0; i--)
    sum = sum * x + c[i];
  return sum;
}

/* The normal quantile to 16 digits: M. J. Wichura, Algorithm AS 241 (PPND16), Applied Statistics 37, 1988 */
static double
normal_quantile (double p)
{
  static const double a[8]
    = { 3.3871328727963666080e0,  1.3314166789178437745e+2, 1.9715909503065514427e+3, 1.3731693765509461125e+4,
        4.5921953931549871457e+4, 6.7265770927008700853e+4, 3.3430575583588128105e+4, 2.5090809287301226727e+3 };
  static const double b[8] = { 1.0,
                               4.2313330701600911252e+1,
                               6.8718700749205790830e+2,
                               5.3941960214247511077e+3,
                               2.1213794301586595867e+4,
                               3.9307895800092710610e+4,
                               2.8729085735721942674e+4,
                               5.2264952788528545610e+3 };
  static const double c[8]
    = { 1.42343711074968357734e0, 4.63033784615654529590e0,  5.76949722146069140550e0,  3.64784832476320460504e0,
        1.27045825245236838258e0, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4 };
  static const double d[8] = { 1.0,
                               2.05319162663775882187e0,
                               1.67638483018380384940e0,
                               6.89767334985100004550e-1,
                               1.48103976427480074590e-1,
                               1.51986665636164571966e-2,
                               5.47593808499534494600e-4,
                               1.05075007164441684324e-9 };
  static const double e[8]
    = { 6.65790464350110377720e0,  5.46378491116411436990e0,  1.78482653991729133580e0,  2.96560571828504891230e-1,
        2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7 };
  static const double f[8] = { 1.0,
                               5.99832206555887937690e-1,
                               1.36929880922735805310e-1,
                               1.48753612908506148525e-2,
                               7.86869131145613259100e-4,
                               1.84631831751005468180e-5,
                               1.42151175831644588870e-7,
                               2.04426310338993978564e-15 };
  double q = p - 0.5, r;

  if (fabs (q) <= 0.425)
    {
      r = 0.180625 - q * q;
      return q * polynomial (a, r) / polynomial (b, r);
    }
  r = sqrt (-log (q < 0 ? p : 1 - p));
  r = r <= 5 ? polynomial (c, r - 1.6) / polynomial (d, r - 1.6) : polynomial (e, r - 5) / polynomial (f, r - 5);
  return q < 0 ? -r : r;
}

/**
 * hp_random_normal:
 * @random: a generator
 *
 * Draws by inverting the distribution function: always exactly one step of the generator.
 *
 * Returns: a number from the standard normal distribution, within ±8.3
 */
double
hp_random_normal (HpRandom *random)
{
  /* 52 bits and a half: never 0 or 1, and exact */
  return normal_quantile (((hp_random_next (random) >> 12) + 0.5) * 0x1p-52);
}

/**
 * hp_random_shuffle:
 * @random: a generator
 * @items: (array length=n): what to shuffle
 * @n: how many, below 2^32
 *
 * Puts @items into an order that is any of the possible ones with the same chance (Fisher and Yates).
 */
void
hp_random_shuffle (HpRandom *random, guint32 *items, gsize n)
{
  g_return_if_fail (n <= G_MAXUINT32);

  for (gsize i = n; i > 1; i--)
    {
      guint32 j = hp_random_below (random, (guint32) i), kept = items[i - 1];

      items[i - 1] = items[j];
      items[j] = kept;
    }
}
