/* hp-cli-predict.h - between the parts of predict: one house, a file, its blocks and its slices
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-cli.h"
#include "hp-csv.h"
#include "hp-valuer.h"

G_BEGIN_DECLS

/* What the command line asked for, checked, with the model that answers it */
typedef struct
{
  HpPredictor *predictor; /* (unowned) */
  const char *model, *version;
  HpValuationOptions valuation;
  gboolean json, strict;
  const char *input, *output;
} HpPredictJob;

/* hp-predict-file.c */
gboolean hp_predict_file (HpCli *cli, const HpPredictJob *job, GError **error);

/* hp-predict-house.c */
HpValuation *hp_predict_value (HpCli *cli, const HpValuationOptions *options, HpValuer *valuer, const char *version,
                               char **arguments, HpDescription **description, GError **error);
HpQuestion *hp_cli_read_house (HpCli *cli, const HpDescription *description, char **arguments, gboolean impute,
                               GError **error);
gboolean hp_predict_house (HpCli *cli, const HpPredictJob *job, HpValuer *valuer, const char *version, char **arguments,
                           GError **error);

/* verb-predict.c: asking a server needs libsoup, whose loading would cost every other valuation: only the helper links it */
#define HP_PREDICT_HELPER "house-price-predict"

typedef struct
{
  HpValuer *(*make_valuer) (const char *server, HpValuer *local, gboolean only_server, GError **error);
  void (*tell_source) (HpCli *cli, HpValuer *valuer); /* after a valuation */
} HpCliOnline;

int hp_cli_predict (HpCli *cli, gconstpointer values, char **arguments, const HpCliOnline *online, GError **error);

/* hp-cli-valuation.c */
char *hp_cli_valuation_text (HpCli *cli, const HpValuation *valuation, const HpDescription *description);

/* hp-predict-block.c: records read ahead, in memory of their own */
typedef struct
{
  guint32 offset, length; /* in the block's text */
  guint32 column;         /* where it starts in its line, in characters, from 1 */
} HpBlockField;

typedef struct
{
  guint64 line;
  char *broken; /* (nullable) why the record could not be read; its fields are empty then */
} HpBlockRow;

typedef struct
{
  guint n_columns;
  gsize n_rows;
  HpBlockRow *rows;
  HpBlockField *fields; /* n_rows × n_columns */
  GByteArray *text;
} HpBlock;

HpBlock *hp_block_new (guint n_columns);
void hp_block_free (HpBlock *block);
void hp_block_clear (HpBlock *block);
/* TRUE: n_rows records were read, 0 at the end */
gboolean hp_block_read (HpBlock *block, HpCsvReader *reader, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpBlock, hp_block_free)

/* hp-predict-slice.c: a run of a block's rows, valued and written out as text by one worker */
#define HP_SLICE_ROWS     512
#define HP_SLICE_MESSAGES 20 /* of bad rows that are shown; the others are only counted */

typedef struct
{
  GString *text;       /* the output's lines */
  gsize good_text;     /* length of text before the first bad row */
  GPtrArray *messages; /* (element-type utf8) "file:line:column: …" */
  guint n_bad;         /* rows */
} HpSlice;

/* One worker's memory */
typedef struct _HpSliceScratch HpSliceScratch;

/* Where attributes are in the file: columns[i] of attribute i, -1 absent */
typedef struct
{
  const HpPredictJob *job;
  const char *name;
  const int *columns;
} HpSliceSource;

HpSliceScratch *hp_slice_scratch_new (const HpPredictJob *job);
void hp_slice_scratch_free (HpSliceScratch *scratch);
HpSlice *hp_slice_new (void);
void hp_slice_free (HpSlice *slice);
void hp_slice_value (HpSlice *slice, const HpSliceSource *source, const HpBlock *block, gsize first, gsize n_rows,
                     HpSliceScratch *scratch);

G_END_DECLS
