/* hp-what-if.c - what the house of a form would be worth if one of its attributes were another
 *
 * As with HpLiveValuation, every question has a serial number, and an answer counts only while its question is the
 * present one.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "hp-what-if-grid.h"

/* At most one curve in this time: it is many houses, and the price comes first */
#define PAUSE_MS 100

struct _HpWhatIf
{
  GObject parent_instance;

  HpWorkbench *workbench;
  char *wanted;    /* (nullable) the attribute that was set */
  char *automatic; /* (nullable) the one that stands in for none */

  HpQuestion *question; /* (nullable) the present house */
  char *field;          /* (nullable) the present attribute */
  guint64 serial;       /* of the two */
  gboolean asked, answered;
  GCancellable *cancellable;
  GSource *pause; /* (nullable) */

  GPtrArray *points;          /* (element-type HpWhatIfPoint) */
  HpDescription *description; /* (nullable) of the points */
  guint attribute;            /* of the description */
  guint64 points_serial;
  char *currency; /* (nullable) */
  char *maker;    /* (nullable) source and version that answered the present question */
  char *chased;   /* (nullable) the maker of a price for whose sake the same was asked again */
  GError *error;  /* (nullable) */
};

G_DEFINE_FINAL_TYPE (HpWhatIf, hp_what_if, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* One curve under way */
typedef struct
{
  GWeakRef what_if; /* who lets go of the curve cancels it */
  guint64 serial;
  GPtrArray *points;
  HpDescription *description;
  guint attribute;
} Ask;

static void
ask_free (Ask *ask)
{
  g_weak_ref_clear (&ask->what_if);
  g_clear_pointer (&ask->points, g_ptr_array_unref);
  hp_description_unref (ask->description);
  g_free (ask);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Ask, ask_free)

static void
tell (HpWhatIf *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static char *
maker_of (const HpValuation *valuation)
{
  return g_strdup_printf ("%s %s", valuation->source, valuation->version);
}

static void
replace (char **text, const char *with)
{
  char *copy = g_strdup (with);

  g_free (*text);
  *text = copy;
}

/* Prices into the points. Those that have none are left out; error: why the first of them has none */
static void
fill (HpWhatIf *self, Ask *ask, const GPtrArray *answers, GError **error)
{
  GPtrArray *points = ask->points;

  for (guint i = points->len; i-- > 0;)
    {
      const HpAnswer *answer = answers->pdata[i];
      HpWhatIfPoint *point = points->pdata[i];

      if (answer->valuation != NULL)
        {
          g_autofree char *maker = maker_of (answer->valuation);

          point->price = answer->valuation->predicted_price;
          point->low = answer->valuation->low;
          point->high = answer->valuation->high;
          replace (&self->currency, answer->valuation->currency);
          replace (&self->maker, maker);
          continue;
        }
      g_clear_error (error);
      g_propagate_error (error, g_error_copy (answer->error));
      g_ptr_array_remove_index (points, i);
    }
}

static void
take_points (HpWhatIf *self, Ask *ask)
{
  if (hp_description_get_attribute (ask->description, ask->attribute)->type == HP_COLUMN_CATEGORY)
    _hp_what_if_grid_rank (ask->points);
  g_ptr_array_unref (self->points);
  self->points = g_steal_pointer (&ask->points);
  g_clear_pointer (&self->description, hp_description_unref);
  self->description = hp_description_ref (ask->description);
  self->attribute = ask->attribute;
  self->points_serial = ask->serial;
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Ask) ask = data;
  g_autoptr (HpWhatIf) self = g_weak_ref_get (&ask->what_if);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) answers = hp_valuer_value_many_finish (HP_VALUER (source), result, &error);

  if (self == NULL || ask->serial != self->serial)
    return;
  self->answered = TRUE;
  if (answers != NULL)
    fill (self, ask, answers, &error);
  /* an attribute without a range or choices, and a house that doesn't say: nothing to vary, and nothing wrong */
  if (answers != NULL && (ask->points->len > 0 || error == NULL))
    take_points (self, ask);
  else
    self->error = g_steal_pointer (&error);
  tell (self);
}

/* The present house, once for each value */
static GPtrArray *
make_questions (HpWhatIf *self, const GPtrArray *points)
{
  GPtrArray *questions = g_ptr_array_new_with_free_func ((GDestroyNotify) hp_question_free);

  for (guint i = 0; i < points->len; i++)
    {
      const HpWhatIfPoint *point = points->pdata[i];
      HpQuestion *question = hp_question_copy (self->question);

      hp_question_set (question, self->field, *point->text != '\0' ? point->text : NULL);
      g_ptr_array_add (questions, question);
    }
  return questions;
}

static gboolean pause_cb (gpointer data);

static void
put_question (HpWhatIf *self)
{
  HpForm *form = hp_workbench_get_form (self->workbench);
  HpDescription *description = hp_form_get_description (form);
  Ask *ask = g_new0 (Ask, 1);
  g_autoptr (GPtrArray) questions = NULL;

  self->asked = TRUE;
  self->pause = g_timeout_source_new (PAUSE_MS);
  g_source_set_callback (self->pause, pause_cb, self, NULL);
  g_source_attach (self->pause, g_main_context_get_thread_default ());
  g_weak_ref_init (&ask->what_if, self);
  ask->serial = self->serial;
  ask->description = hp_description_ref (description);
  ask->attribute = hp_description_find_attribute (description, self->field);
  ask->points = _hp_what_if_grid (hp_description_get_attribute (description, ask->attribute),
                                  hp_form_get_text (form, ask->attribute), description->reference_date);
  questions = make_questions (self, ask->points);
  hp_valuer_value_many_async (HP_VALUER (hp_workbench_get_valuer (self->workbench)), questions, self->cancellable,
                              answered_cb, ask);
}

static void
stop_pause (HpWhatIf *self)
{
  if (self->pause == NULL)
    return;
  g_source_destroy (self->pause);
  g_clear_pointer (&self->pause, g_source_unref);
}

static gboolean
pause_cb (gpointer data)
{
  HpWhatIf *self = data;

  stop_pause (self);
  if (self->question != NULL && self->field != NULL && !self->asked)
    put_question (self);
  return G_SOURCE_REMOVE;
}

/* What is under way does not count any more; the present question is put, now or soon */
static void
begin (HpWhatIf *self)
{
  self->serial++;
  self->asked = self->answered = FALSE;
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  g_clear_error (&self->error);
  g_clear_pointer (&self->maker, g_free);
  if (self->question != NULL && self->field != NULL && self->pause == NULL)
    put_question (self);
}

static gboolean
has_field (HpWhatIf *self, const char *name)
{
  HpDescription *description = hp_form_get_description (hp_workbench_get_form (self->workbench));

  return name != NULL && description != NULL && hp_description_find_attribute (description, name) >= 0;
}

/* The attribute that weighs most in the price. Derived features have no field that could be varied. */
static const char *
find_heaviest (HpWhatIf *self, const HpValuation *valuation)
{
  HpForm *form = hp_workbench_get_form (self->workbench);

  for (guint i = 0; i < valuation->contributions->len; i++)
    {
      const HpContribution *contribution = valuation->contributions->pdata[i];

      if (has_field (self, contribution->feature))
        return contribution->feature;
    }
  return hp_form_get_n_fields (form) > 0 ? hp_form_get_attribute (form, 0)->name : NULL;
}

/* Once chosen it stays, as long as the form has it: a curve of now this, now that attribute would help nobody */
static void
choose_automatic (HpWhatIf *self)
{
  HpLiveValuation *live = hp_workbench_get_live (self->workbench);

  if (has_field (self, self->automatic))
    return;
  g_clear_pointer (&self->automatic, g_free);
  if (hp_live_valuation_is_current (live))
    replace (&self->automatic, find_heaviest (self, hp_live_valuation_get_valuation (live)));
}

static HpQuestion *
read_form (HpWhatIf *self)
{
  return hp_form_get_question (hp_workbench_get_form (self->workbench));
}

/* Whether that is another house, or another attribute */
static gboolean
is_another (HpWhatIf *self, const HpQuestion *question, const char *field)
{
  if (g_strcmp0 (field, self->field) != 0 || (question == NULL) != (self->question == NULL))
    return TRUE;
  return question != NULL && !hp_question_equal (question, self->question);
}

static void
update (HpWhatIf *self)
{
  g_autoptr (HpQuestion) question = read_form (self);
  const char *field;

  choose_automatic (self);
  field = has_field (self, self->wanted) ? self->wanted : self->automatic;
  if (!is_another (self, question, field))
    return;
  hp_question_free (self->question);
  self->question = g_steal_pointer (&question);
  replace (&self->field, field);
  begin (self);
  tell (self);
}

/* Other fields, or other ranges of the same: the curve is to be another too */
static void
described_cb (HpWhatIf *self)
{
  g_clear_pointer (&self->question, hp_question_free);
  update (self);
}

/* The price beside the curve is by another version or source than the curve: once it is final, the curve follows */
static void
live_changed_cb (HpWhatIf *self)
{
  HpLiveValuation *live = hp_workbench_get_live (self->workbench);
  const HpValuation *valuation = hp_live_valuation_get_valuation (live);
  g_autofree char *maker = NULL;

  update (self);
  if (!self->answered || !hp_live_valuation_is_current (live) || hp_live_valuation_is_provisional (live))
    return;
  maker = maker_of (valuation);
  if (g_strcmp0 (maker, self->maker) == 0 || g_strcmp0 (maker, self->chased) == 0)
    return;
  replace (&self->chased, maker);
  begin (self);
  tell (self);
}

static void
hp_what_if_dispose (GObject *object)
{
  HpWhatIf *self = HP_WHAT_IF (object);

  stop_pause (self);
  self->serial++;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->workbench);
  G_OBJECT_CLASS (hp_what_if_parent_class)->dispose (object);
}

static void
hp_what_if_finalize (GObject *object)
{
  HpWhatIf *self = HP_WHAT_IF (object);

  hp_question_free (self->question);
  g_clear_pointer (&self->points, g_ptr_array_unref);
  g_clear_pointer (&self->description, hp_description_unref);
  g_clear_object (&self->cancellable);
  g_clear_error (&self->error);
  g_free (self->wanted);
  g_free (self->automatic);
  g_free (self->field);
  g_free (self->currency);
  g_free (self->maker);
  g_free (self->chased);
  G_OBJECT_CLASS (hp_what_if_parent_class)->finalize (object);
}

static void
hp_what_if_class_init (HpWhatIfClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->dispose = hp_what_if_dispose;
  object_class->finalize = hp_what_if_finalize;

  /**
   * HpWhatIf::changed:
   * @what_if: a what-if
   *
   * Any of what its getters tell is another.
   */
  signals[CHANGED] = g_signal_new ("changed", HP_TYPE_WHAT_IF, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
hp_what_if_init (HpWhatIf *self)
{
  self->cancellable = g_cancellable_new ();
  self->points = g_ptr_array_new ();
}

static gboolean
is_place (HpWhatIf *self, const char *name)
{
  HpDescription *description = hp_form_get_description (hp_workbench_get_form (self->workbench));

  return has_field (self, name)
         && hp_description_get_attribute (description, hp_description_find_attribute (description, name))->is_place;
}

/**
 * hp_what_if_new:
 * @workbench: whose form's house it varies
 * @attribute: (nullable): what is varied, as in hp_what_if_set_field(); nothing else is asked before
 *
 * Returns: (transfer full): a curve; its signals come in the caller's main context
 */
HpWhatIf *
hp_what_if_new (HpWorkbench *workbench, const char *attribute)
{
  HpWhatIf *self;
  HpForm *form;

  g_return_val_if_fail (HP_IS_WORKBENCH (workbench), NULL);

  self = g_object_new (HP_TYPE_WHAT_IF, NULL);
  self->workbench = g_object_ref (workbench);
  if (!is_place (self, attribute))
    self->wanted = g_strdup (attribute);
  form = hp_workbench_get_form (workbench);
  g_signal_connect_object (form, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (form, "described", G_CALLBACK (described_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (hp_workbench_get_live (workbench), "changed", G_CALLBACK (live_changed_cb), self,
                           G_CONNECT_SWAPPED);
  update (self);
  return self;
}

/**
 * hp_what_if_set_field:
 * @what_if: a what-if
 * @attribute: (nullable): what shall be varied; %NULL: the attribute that contributes most to the price
 *
 * An attribute that the form does not have is remembered, and stands for none meanwhile. One that the price does not
 * depend on, such as where the house is, leaves the curve as it was.
 */
void
hp_what_if_set_field (HpWhatIf *what_if, const char *attribute)
{
  g_return_if_fail (HP_IS_WHAT_IF (what_if));

  if (g_strcmp0 (attribute, what_if->wanted) == 0 || is_place (what_if, attribute))
    return;
  replace (&what_if->wanted, attribute);
  update (what_if);
}

/**
 * hp_what_if_get_field:
 * @what_if: a what-if
 *
 * Returns: (transfer none) (nullable): the attribute that is varied now; %NULL while none is chosen
 */
const char *
hp_what_if_get_field (HpWhatIf *what_if)
{
  g_return_val_if_fail (HP_IS_WHAT_IF (what_if), NULL);

  return what_if->field;
}

/**
 * hp_what_if_get_attribute:
 * @what_if: a what-if
 *
 * Returns: (transfer none) (nullable): the attribute of the points, valid until they change; %NULL: there are none
 */
const HpAttribute *
hp_what_if_get_attribute (HpWhatIf *what_if)
{
  g_return_val_if_fail (HP_IS_WHAT_IF (what_if), NULL);

  return what_if->description != NULL ? hp_description_get_attribute (what_if->description, what_if->attribute) : NULL;
}

/**
 * hp_what_if_get_currency:
 * @what_if: a what-if
 *
 * Returns: (transfer none) (nullable): the currency of the points' prices
 */
const char *
hp_what_if_get_currency (HpWhatIf *what_if)
{
  g_return_val_if_fail (HP_IS_WHAT_IF (what_if), NULL);

  return what_if->currency;
}

/**
 * hp_what_if_get_points:
 * @what_if: a what-if
 *
 * Returns: (transfer none) (element-type HpWhatIfPoint): the newest curve, by x; it may be that of an earlier question
 *   (hp_what_if_is_current()), so that a screen need not go blank between two key strokes
 */
const GPtrArray *
hp_what_if_get_points (HpWhatIf *what_if)
{
  g_return_val_if_fail (HP_IS_WHAT_IF (what_if), NULL);

  return what_if->points;
}

/**
 * hp_what_if_get_own:
 * @what_if: a what-if
 *
 * Returns: which of the points is the house as it is, or -1
 */
int
hp_what_if_get_own (HpWhatIf *what_if)
{
  g_return_val_if_fail (HP_IS_WHAT_IF (what_if), -1);

  for (guint i = 0; i < what_if->points->len; i++)
    if (((HpWhatIfPoint *) what_if->points->pdata[i])->own)
      return i;
  return -1;
}

/**
 * hp_what_if_is_current:
 * @what_if: a what-if
 *
 * Returns: whether the points are of the form as it stands
 */
gboolean
hp_what_if_is_current (HpWhatIf *what_if)
{
  g_return_val_if_fail (HP_IS_WHAT_IF (what_if), FALSE);

  return what_if->question != NULL && what_if->points->len > 0 && what_if->points_serial == what_if->serial;
}

/**
 * hp_what_if_get_error:
 * @what_if: a what-if
 *
 * Returns: (transfer none) (nullable): why there is no curve of the form as it stands
 */
const GError *
hp_what_if_get_error (HpWhatIf *what_if)
{
  g_return_val_if_fail (HP_IS_WHAT_IF (what_if), NULL);

  return what_if->error;
}
