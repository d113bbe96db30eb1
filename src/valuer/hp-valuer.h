/* hp-valuer.h - one interface to whoever values houses: a model on this computer, a server, or both
 *
 * Every call is asynchronous: no main loop waits for a disk, a network or a model. The valuation that comes back says who
 * made it (source) and with which version.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "hp-description.h"
#include "hp-question.h"
#include "hp-registry.h"

G_BEGIN_DECLS

/* What became of one house among several: one of the two is NULL */
typedef struct
{
  HpValuation *valuation;
  GError      *error; /* this house is wrong; see hp_valuer_value_finish() */
} HpAnswer;

void hp_answer_free (HpAnswer *answer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpAnswer, hp_answer_free)

#define HP_TYPE_VALUER (hp_valuer_get_type ())
G_DECLARE_DERIVABLE_TYPE (HpValuer, hp_valuer, HP, VALUER, GObject)

struct _HpValuerClass
{
  GObjectClass parent_class;

  /* Each returns with a GTask whose pointer is an HpValuation, a GPtrArray of HpAnswer, or an HpDescription */
  void (*value_async)      (HpValuer *valuer, const HpQuestion *question, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
  /* questions: at least one; not to be changed by anybody while a reference is held */
  void (*value_many_async) (HpValuer *valuer, GPtrArray *questions, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
  void (*describe_async)   (HpValuer *valuer, const char *version, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
};

/* HP_ERROR_BAD_ATTRIBUTE: the house is wrong (hp_error_get_field()); _NOT_FOUND: no such version, or no model at all;
 * _UNREACHABLE: the server gave no answer; _DAMAGED; G_IO_ERROR_CANCELLED */
void           hp_valuer_value_async     (HpValuer *valuer, const HpQuestion *question, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
HpValuation   *hp_valuer_value_finish    (HpValuer *valuer, GAsyncResult *result, GError **error);
/* Several houses at once, by one version; (element-type HpQuestion), which differ in their attributes alone, and are not changed any more. An answer to
 * each, (element-type HpAnswer), in order: a house that is wrong is an error in its place. What goes wrong with all is the call's error. */
void           hp_valuer_value_many_async  (HpValuer *valuer, GPtrArray *questions, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
GPtrArray     *hp_valuer_value_many_finish (HpValuer *valuer, GAsyncResult *result, GError **error);
/* What a form needs. version: NULL for the champion */
void           hp_valuer_describe_async  (HpValuer *valuer, const char *version, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
HpDescription *hp_valuer_describe_finish (HpValuer *valuer, GAsyncResult *result, GError **error);
/* For programs without a main loop of their own: the same, waited for */
HpValuation   *hp_valuer_value           (HpValuer *valuer, const HpQuestion *question, GCancellable *cancellable, GError **error);
GPtrArray     *hp_valuer_value_many      (HpValuer *valuer, GPtrArray *questions, GCancellable *cancellable, GError **error);
HpDescription *hp_valuer_describe        (HpValuer *valuer, const char *version, GCancellable *cancellable, GError **error);

/* With a model of the registry, in threads of its own; a version is loaded at its first use and kept while it is the one asked for. A
 * new champion is noticed. */
HpValuer      *hp_local_valuer_new       (HpRegistry *registry);

/* Over HTTP. url: "http://HOST[:PORT][/PATH]" or https; HP_ERROR_USAGE if it is none. connect 1 s, answer 3 s. */
HpValuer      *hp_server_valuer_new      (const char *url, GError **error);
const char    *hp_server_valuer_get_url  (HpValuer *valuer);

/* First in the main() of a program that may run where no desktop is */
void           hp_valuer_prepare_program (void);

G_END_DECLS
