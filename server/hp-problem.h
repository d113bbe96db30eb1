/* hp-problem.h - what is wrong with a request, as RFC 9457 tells it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-attribute.h"
#include "hp-json.h"

G_BEGIN_DECLS

/* More are counted, not told */
#define HP_PROBLEM_MAX_ERRORS 100

typedef struct
{
  char *field;
  char *code;
  char *message;
  const HpAttribute *attribute; /* (nullable) whose values are allowed; as long as its model */
} HpFieldError;

typedef struct
{
  guint      status; /* of HTTP */
  char      *code;
  char      *detail;
  GPtrArray *errors; /* (element-type HpFieldError) */
  guint      n_errors;
} HpProblem;

void hp_problem_init       (HpProblem *problem);
void hp_problem_clear      (HpProblem *problem);
/* Sets status, code and detail, unless they are set */
void hp_problem_set        (HpProblem *problem, guint status, const char *code, const char *format, ...) G_GNUC_PRINTF (4, 5);
void hp_problem_add_error  (HpProblem *problem, const char *field, const char *code, const HpAttribute *attribute, const char *format, ...) G_GNUC_PRINTF (5, 6);
/* 422 with a detail made of the fields, if there are errors */
void hp_problem_conclude   (HpProblem *problem);
/* application/problem+json: (transfer full) */
char *hp_problem_to_json   (const HpProblem *problem, gsize *length);
/* {"error":{"code","message","errors"}}, in the place of a valuation */
void hp_problem_write_error (const HpProblem *problem, gboolean with_allowed, HpJsonWriter *writer);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HpProblem, hp_problem_clear)

G_END_DECLS
