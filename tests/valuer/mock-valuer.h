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

  const char *source;
  GQueue tasks; /* of GTask: questions that have no answer yet, oldest first */
  guint asked;  /* how many there were */
};

MockValuer *mock_valuer_new    (const char *source);
/* Answers the question at this place among those that wait with a price; the texts of its sqft */
void        mock_valuer_answer (MockValuer *mock, guint place, double price);
void        mock_valuer_fail   (MockValuer *mock, guint place, HpErrorCode code, const char *message);
/* The sqft of a waiting question */
const char *mock_valuer_sqft   (MockValuer *mock, guint place);
/* Lets callbacks that are ready run, without waiting for more */
void        mock_settle        (void);
/* Runs the main loop until *value is at least wanted */
void        mock_wait          (const guint *value, guint wanted);

HpQuestion *mock_question      (const char *sqft);

G_END_DECLS
