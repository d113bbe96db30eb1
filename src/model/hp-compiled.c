/* hp-compiled.c - compiles a tree model and chooses among the kernels
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "hp-interleaved.h"
#include "hp-model-private.h"
#include "hp-ranks-kernels.h"

/* Fewer rows than this go one after the other: most of a vector of them would go unused. */
#define FEW_ROWS 12

struct _HpCompiled
{
  const HpModel *model;
  HpInterleaved *interleaved; /* (nullable) */
  HpRanks *ranks;             /* (nullable) */
  HpKernel best;
};

/**
 * hp_kernel_name:
 * @kernel: a kernel
 *
 * Returns: what it is called
 */
const char *
hp_kernel_name (HpKernel kernel)
{
  static const char *const names[] = { "plain", "interleaved", "AVX2", "AVX-512" };

  g_return_val_if_fail (kernel < HP_N_KERNELS, NULL);

  return names[kernel];
}

/**
 * hp_compiled_new:
 * @model: a tree model, which has to outlive what it is compiled to and not to grow
 *
 * Makes the forms that the kernels of this processor need. Their memory is bounded by a small multiple of the model's.
 *
 * Returns: (transfer full): the compiled model
 */
HpCompiled *
hp_compiled_new (const HpModel *model)
{
  HpCompiled *compiled;

  g_return_val_if_fail (model != NULL && model->kind == HP_MODEL_TREES, NULL);

  compiled = g_new0 (HpCompiled, 1);
  compiled->model = model;
  if (model->n_features <= HP_INTERLEAVED_MAX_FEATURES)
    compiled->interleaved = _hp_interleaved_new (model);
  if (_hp_ranks_get_kernel (HP_KERNEL_AVX2) != NULL)
    compiled->ranks = _hp_ranks_new (model);
  for (guint kernel = 0; kernel < HP_N_KERNELS; kernel++)
    if (hp_compiled_has (compiled, kernel))
      compiled->best = kernel;
  return compiled;
}

/**
 * hp_compiled_free:
 * @compiled: (transfer full) (nullable): a compiled model
 */
void
hp_compiled_free (HpCompiled *compiled)
{
  if (compiled == NULL)
    return;
  _hp_interleaved_free (compiled->interleaved);
  _hp_ranks_free (compiled->ranks);
  g_free (compiled);
}

/**
 * hp_compiled_get_size:
 * @compiled: a compiled model
 *
 * Returns: the bytes that it takes
 */
gsize
hp_compiled_get_size (const HpCompiled *compiled)
{
  return sizeof *compiled + (compiled->interleaved != NULL ? _hp_interleaved_get_size (compiled->interleaved) : 0)
         + (compiled->ranks != NULL ? _hp_ranks_get_size (compiled->ranks) : 0);
}

/**
 * hp_compiled_has:
 * @compiled: a compiled model
 * @kernel: a kernel
 *
 * Returns: whether this processor has what the kernel needs and the model is within the kernel's limits
 */
gboolean
hp_compiled_has (const HpCompiled *compiled, HpKernel kernel)
{
  if (kernel == HP_KERNEL_PLAIN)
    return TRUE;
  if (kernel == HP_KERNEL_INTERLEAVED)
    return compiled->interleaved != NULL;
  return compiled->ranks != NULL && _hp_ranks_get_kernel (kernel) != NULL;
}

/**
 * hp_compiled_best:
 * @compiled: a compiled model
 *
 * Returns: the fastest of the kernels that it has
 */
HpKernel
hp_compiled_best (const HpCompiled *compiled)
{
  return compiled->best;
}

static void
score_plain (const HpModel *model, const float *features, gsize n, double *margin)
{
  for (gsize i = 0; i < n; i++)
    margin[i] = hp_model_margin_plain (model, features + i * model->n_features);
}

/* A vector's sums lie as the leaves' bytes come together: the first four of each 16 rows, the second four, … */
static void
put_sums (const float *sums, gsize n, guint vector, double *margin)
{
  for (gsize i = 0; i < n; i++)
    {
      guint row = i % vector;

      margin[i] = sums[i - row + row % 16 / 4 * (vector / 4) + row / 16 * 4 + row % 4];
    }
}

static void
score_rows (const HpRanks *ranks, const HpRanksKernel *kernel, const float *features, gsize n, double *margin)
{
  gsize stride = MIN (HP_RANKS_BLOCK_BYTES / (2 * MAX (ranks->n_columns, 1)), HP_RANKS_BLOCK_ROWS) / kernel->rows
                 * kernel->rows;
  gint8 codes[HP_RANKS_BLOCK_BYTES];
  float sums[HP_RANKS_BLOCK_ROWS];

  /* What is beyond the rows and columns of the last vector is read too. */
  memset (codes, 0, sizeof codes);
  for (gsize i = 0; i < n; i += stride)
    {
      gsize count = MIN (n - i, stride), whole = (count + kernel->rows - 1) / kernel->rows * kernel->rows;

      kernel->code_rows (ranks, features + i * ranks->n_features, count, codes, stride);
      for (gsize k = 0; k < whole; k++)
        sums[k] = ranks->base;
      kernel->add_trees (ranks, codes, stride, whole, sums);
      put_sums (sums, count, kernel->rows, margin + i);
    }
}

static void
score_few_rows (const HpCompiled *compiled, const HpRanksKernel *kernel, const float *features, gsize n, double *margin)
{
  const HpRanks *ranks = compiled->ranks;
  gint8 codes[HP_RANKS_ROW_CODES] = { 0 };

  if (ranks->groups == NULL && compiled->interleaved != NULL)
    _hp_interleaved_rows (compiled->interleaved, features, n, margin);
  else if (ranks->groups == NULL)
    score_plain (compiled->model, features, n, margin);
  else
    for (gsize i = 0; i < n; i++)
      {
        kernel->code_row (ranks, features + i * ranks->n_features, codes);
        margin[i] = kernel->score_row (ranks, codes);
      }
}

/**
 * hp_compiled_margin:
 * @compiled: a compiled model
 * @kernel: a kernel that it has
 * @features: (array): @n rows of the model's features, row after row
 * @n: how many rows
 * @margin: (out caller-allocates) (array length=n): the margins
 *
 * Scores rows as the kernel does it. Takes no memory.
 */
void
hp_compiled_margin (const HpCompiled *compiled, HpKernel kernel, const float *features, gsize n, double *margin)
{
  const HpRanksKernel *ranks_kernel = _hp_ranks_get_kernel (kernel);
  gsize few = n % HP_RANKS_BLOCK_ROWS < FEW_ROWS ? n % HP_RANKS_BLOCK_ROWS : 0, many = n - few;

  g_return_if_fail (hp_compiled_has (compiled, kernel));

  if (kernel == HP_KERNEL_PLAIN)
    score_plain (compiled->model, features, n, margin);
  else if (kernel == HP_KERNEL_INTERLEAVED)
    _hp_interleaved_rows (compiled->interleaved, features, n, margin);
  else
    {
      if (many > 0)
        score_rows (compiled->ranks, ranks_kernel, features, many, margin);
      score_few_rows (compiled, ranks_kernel, features + many * compiled->model->n_features, few, margin + many);
    }
}

/**
 * hp_compiled_leaves:
 * @compiled: a compiled model
 * @features: (array): one row
 * @leaves: (out caller-allocates) (array): for each tree the index, within the tree, of the leaf that the row falls in
 */
void
hp_compiled_leaves (const HpCompiled *compiled, const float *features, gint32 *leaves)
{
  const HpModel *model = compiled->model;

  if (compiled->interleaved != NULL)
    _hp_interleaved_leaves (compiled->interleaved, features, leaves);
  else
    for (guint t = 0; t < model->trees->len; t++)
      leaves[t] = _hp_tree_walk_plain (model, hp_model_get_tree (model, t, NULL), features);
}
