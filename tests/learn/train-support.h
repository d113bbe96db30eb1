/* train-support.h - small data and short trainings for the tests of whole trainings, and checks of their files
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-diagnostics.h"
#include "hp-train.h"

#define N_FILES 6

/* The files of a bundle that a candidate has */
extern const char *const file_names[N_FILES];
/* A market whose prices have nothing to do with its attributes */
extern const char noise_schema[];

/* A line of holdout.csv */
typedef struct
{
  gsize row;
  int fold; /* -1: test */
  double price, predicted, low, high;
} Held;

HpSchema *parse_schema (const char *yaml);
HpTable *parse_table (const char *csv, const HpSchema *schema);
char *read_text (const char *a, const char *b, const char *c);
void load_sacramento (HpTable **table, HpSchema **schema);
void load_houses (HpTable **table, HpSchema **schema);
void set (HpTrainOptions *options, const char *param, const char *value);
HpTrainOptions *small_options (void);
HpTraining *train (const HpTable *table, const HpSchema *schema, const HpTrainOptions *options, guint jobs);
const char *get_file (const HpTraining *training, guint i, const char *name, gsize *length);
HpDiagnostics *get_diagnostics (const HpTraining *training, guint i);
char *get_text (const HpTraining *training, guint i, const char *name);
JsonNode *get_metrics (const HpTraining *training, guint i);
double get_number (JsonNode *root, const char *path);
GArray *read_holdout (const HpTraining *training, guint i);
gsize count_lines (const HpTraining *training, guint i, const char *name);
void check_holdout (const HpTraining *training, guint i, guint folds);
void check_intervals (const HpTraining *training, guint i, guint folds);
void check_files (const HpTraining *training, guint i, const HpSchema *schema);
