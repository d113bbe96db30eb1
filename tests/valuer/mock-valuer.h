/* mock-valuer.h - a valuer that answers when the test says so
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-auto-valuer.h"
#include "hp-error.h"

G_BEGIN_DECLS

#define MOCK_TYPE_VALUER (mock_valuer_get_type ())
G_DECLARE_FINAL_TYPE (MockValuer, mock_valuer, MOCK, VALUER, HpValuer)

struct _MockValuer
{
  HpValuer parent_instance;

  const char *source, *version;
  HpDescription *description; /* (nullable) what it says when asked to describe; NULL: there is no model */
  GQueue tasks;               /* of GTask: questions that have no answer yet, oldest first */
  guint asked;                /* how many there were */
  GQueue many;                /* the same of questions about several houses */
  guint asked_many;
};

/* What a house is worth; 0: it is wrong */
typedef double (*MockPrice) (const HpQuestion *question);

MockValuer *mock_valuer_new    (const char *source);
/* Answers the question at this place among those that wait with a price; the texts of its sqft */
void        mock_valuer_answer (MockValuer *mock, guint place, double price);
/* more: further members of the valuation's JSON, from a comma on */
void        mock_valuer_explain (MockValuer *mock, guint place, double price, const char *more);
/* Of several houses: what was asked (element-type HpQuestion), and an answer */
const GPtrArray *mock_valuer_many (MockValuer *mock, guint place);
/* Whoever asked doesn't wait for it any more */
gboolean    mock_valuer_is_cancelled (MockValuer *mock, guint place);
void        mock_valuer_answer_many (MockValuer *mock, guint place, MockPrice price);
void        mock_valuer_fail_many (MockValuer *mock, guint place, HpErrorCode code, const char *message);
void        mock_valuer_fail   (MockValuer *mock, guint place, HpErrorCode code, const char *message);
/* The sqft of a waiting question */
const char *mock_valuer_sqft   (MockValuer *mock, guint place);
/* Lets callbacks that are ready run, without waiting for more */
void        mock_settle        (void);
/* Runs the main loop until *value is at least wanted */
void        mock_wait          (const guint *value, guint wanted);

HpDescription *mock_description (const char *json);
HpQuestion *mock_question      (const char *sqft);

G_END_DECLS
