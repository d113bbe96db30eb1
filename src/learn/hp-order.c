/* hp-order.c - order statistics of floats, in place
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hp-order.h"

#include <math.h>

/**
 * hp_select_quantile:
 * @values: (inout): @n finite floats; reordered
 * @n: at least 1
 * @share: 0 to 1
 *
 * Quickselect (Hoare 1961) with the median of three as pivot: linear on average, and a leaf of a tree needs no sorted
 * order.
 *
 * Returns: the ⌈share × n⌉-th smallest value
 */
float
hp_select_quantile (float *values, gsize n, double share)
{
  gsize left = 0, right = n - 1;
  gsize k = CLAMP ((gsize) ceil (share * n), 1, n) - 1;

  while (left < right)
    {
      float a = values[left], b = values[left + (right - left) / 2], c = values[right];
      float pivot = a < b ? (b < c ? b : MAX (a, c)) : (a < c ? a : MAX (b, c));
      gsize i = left, j = right;

      while (i <= j)
        {
          while (values[i] < pivot)
            i++;
          while (values[j] > pivot)
            j--;
          if (i <= j)
            {
              float swap = values[i];

              values[i++] = values[j];
              values[j] = swap;
              if (j == 0)
                break;
              j--;
            }
        }
      if (k <= j)
        right = j;
      else if (k >= i)
        left = i;
      else
        break;
    }
  return values[k];
}
