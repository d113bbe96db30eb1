/* hp-import.c - an XGBoost file as a whole
 *
 * What comes where in the file is not settled (base_score follows the trees), so it is read twice: first everything but
 * the trees, which are only passed over, then the trees.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "hp-error.h"
#include "hp-import-private.h"
#include "hp-number.h"
#include "hp-text.h"

gboolean
_hp_import_once (HpImporting *importing, guint *seen, guint member, const char *key)
{
  if ((*seen & 1u << member) == 0)
    {
      *seen |= 1u << member;
      return TRUE;
    }
  hp_import_reader_fail (importing->reader, _ ("the key \"%s\" is here twice"), key);
  return FALSE;
}

guint
_hp_import_member (HpImporting *importing, const char *key, const char *const *members, guint n, guint *seen)
{
  guint m = 0;

  while (m < n && strcmp (key, members[m]) != 0)
    m++;
  return m < n && _hp_import_once (importing, seen, m, key) ? m : n;
}

gboolean
_hp_import_read_param (HpImporting *importing, gint32 *value)
{
  const char *text;
  double number;

  if (hp_import_reader_peek (importing->reader) != 's')
    return hp_import_reader_integer (importing->reader, value);
  if (!hp_import_reader_string (importing->reader, &text))
    return FALSE;
  if (!hp_number_parse (text, strlen (text), &number) || number != floor (number) || fabs (number) > G_MAXINT32)
    {
      hp_import_reader_fail (importing->reader, _ ("an integer is expected here"));
      return FALSE;
    }
  *value = (gint32) number;
  return TRUE;
}

void
_hp_import_read_params (HpImporting *importing, const char *const *members, gint32 *const *values, guint n)
{
  guint seen = 0;
  const char *key;

  if (!hp_import_reader_begin_object (importing->reader))
    return;
  while (hp_import_reader_next_member (importing->reader, &key))
    {
      guint m = _hp_import_member (importing, key, members, n, &seen);

      if (m < n)
        _hp_import_read_param (importing, values[m]);
      else
        hp_import_reader_skip (importing->reader);
    }
}

static void
read_version (HpImporting *importing)
{
  g_autoptr (GString) text = g_string_new ("XGBoost ");
  gint32 part;

  if (!hp_import_reader_begin_array (importing->reader))
    return;
  for (guint n = 0; hp_import_reader_next_element (importing->reader); n++)
    if (hp_import_reader_integer (importing->reader, &part) && n < 3)
      g_string_append_printf (text, n > 0 ? ".%d" : "%d", part);
  g_free (importing->import->producer);
  importing->import->producer = g_string_free (g_steal_pointer (&text), FALSE);
}

/* Names or types of features; an empty array is none */
static char **
read_names (HpImporting *importing)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  if (!hp_import_reader_begin_array (importing->reader))
    return NULL;
  while (hp_import_reader_next_element (importing->reader))
    if (names->len == HP_MODEL_MAX_FEATURES)
      hp_import_reader_fail (importing->reader, _ ("more than %d features"), HP_MODEL_MAX_FEATURES);
    else if (hp_import_reader_string (importing->reader, &name))
      g_ptr_array_add (names, g_strdup (name));
  if (names->len == 0)
    return NULL;
  g_ptr_array_add (names, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&names), FALSE);
}

static void
read_attributes (HpImporting *importing)
{
  guint seen = 0;
  const char *key;

  if (!hp_import_reader_begin_object (importing->reader))
    return;
  while (hp_import_reader_next_member (importing->reader, &key))
    if (strcmp (key, "best_iteration") != 0)
      hp_import_reader_skip (importing->reader);
    else if (_hp_import_once (importing, &seen, 0, "best_iteration"))
      _hp_import_read_param (importing, &importing->import->best_iteration);
}

static void
read_base_score (HpImporting *importing)
{
  const char *text;
  double number;
  float score;

  switch (hp_import_reader_peek (importing->reader))
    {
    case '[':
      hp_import_reader_floats (importing->reader, importing->base_scores, HP_MODEL_MAX_FEATURES);
      break;
    case 's':
      if (hp_import_reader_string (importing->reader, &text) && !_hp_import_base_text (text, importing->base_scores))
        hp_import_reader_fail (importing->reader, _ ("base_score is not a number"));
      break;
    default:
      if (hp_import_reader_number (importing->reader, &number))
        {
          score = (float) number;
          g_array_append_val (importing->base_scores, score);
        }
    }
}

static void
read_learner_param (HpImporting *importing)
{
  static const char *const members[] = { "num_feature", "num_class", "num_target", "base_score" };
  gint32 *const values[] = { &importing->n_features, &importing->n_classes, &importing->n_targets };
  guint seen = 0;
  const char *key;

  if (!hp_import_reader_begin_object (importing->reader))
    return;
  while (hp_import_reader_next_member (importing->reader, &key))
    {
      guint m = _hp_import_member (importing, key, members, G_N_ELEMENTS (members), &seen);

      if (m < G_N_ELEMENTS (values))
        _hp_import_read_param (importing, values[m]);
      else if (m < G_N_ELEMENTS (members))
        read_base_score (importing);
      else
        hp_import_reader_skip (importing->reader);
    }
}

static void
read_objective (HpImporting *importing)
{
  guint seen = 0;
  const char *key, *name;

  if (!hp_import_reader_begin_object (importing->reader))
    return;
  while (hp_import_reader_next_member (importing->reader, &key))
    {
      if (strcmp (key, "name") != 0)
        {
          hp_import_reader_skip (importing->reader);
          continue;
        }
      if (!_hp_import_once (importing, &seen, 0, "name") || !hp_import_reader_string (importing->reader, &name))
        break;
      importing->import->objective = g_strdup (name);
      importing->objective = _hp_import_objective (name);
      if (importing->objective == NULL)
        {
          g_autofree char *reason = _hp_import_refuse_objective (name);

          hp_import_reader_fail (importing->reader, "%s", reason);
        }
    }
}

static void
read_learner (HpImporting *importing)
{
  enum
  {
    ATTRIBUTES,
    NAMES,
    TYPES,
    BOOSTER,
    PARAM,
    OBJECTIVE,
    N_MEMBERS
  };
  static const char *const members[N_MEMBERS]
    = { "attributes", "feature_names", "feature_types", "gradient_booster", "learner_model_param", "objective" };
  guint seen = 0;
  const char *key;

  if (!hp_import_reader_begin_object (importing->reader))
    return;
  while (hp_import_reader_next_member (importing->reader, &key))
    {
      guint m = _hp_import_member (importing, key, members, N_MEMBERS, &seen);

      if (m == BOOSTER)
        _hp_import_read_booster (importing);
      else if (m == N_MEMBERS || !importing->first_pass)
        hp_import_reader_skip (importing->reader);
      else if (m == ATTRIBUTES)
        read_attributes (importing);
      else if (m == NAMES)
        importing->import->feature_names = read_names (importing);
      else if (m == TYPES)
        importing->import->feature_types = read_names (importing);
      else if (m == PARAM)
        read_learner_param (importing);
      else
        read_objective (importing);
    }
  importing->has_booster = (seen & 1u << BOOSTER) != 0;
}

static gboolean
read_document (HpImporting *importing, const char *data, gsize length, const char *name, GError **error)
{
  g_autoptr (HpImportReader) reader = hp_import_reader_new (data, length, importing->import->is_ubjson, name);
  guint seen = 0;
  const char *key;

  importing->reader = reader;
  if (!hp_import_reader_begin_object (reader))
    return hp_import_reader_end (reader, error);
  while (hp_import_reader_next_member (reader, &key))
    if (strcmp (key, "learner") == 0 && _hp_import_once (importing, &seen, 0, "learner"))
      {
        importing->has_learner = TRUE;
        read_learner (importing);
      }
    else if (importing->first_pass && strcmp (key, "version") == 0 && _hp_import_once (importing, &seen, 1, "version"))
      read_version (importing);
    else
      hp_import_reader_skip (reader);
  return hp_import_reader_end (reader, error);
}

static gboolean
refuse (GError **error, const char *name, const char *reason)
{
  hp_set_error (error, HP_ERROR_BAD_DATA, NULL, "%s: %s", name, reason);
  return FALSE;
}

static gboolean
check_features (HpImporting *importing, const char *name, GError **error)
{
  HpImport *import = importing->import;

  if (importing->n_features <= 0 || importing->n_features > HP_MODEL_MAX_FEATURES)
    {
      hp_set_error (error, HP_ERROR_BAD_DATA, NULL, _ ("%s: num_feature is not a number from 1 to %d"), name,
                    HP_MODEL_MAX_FEATURES);
      return FALSE;
    }
  if ((import->feature_names != NULL && (gint32) g_strv_length (import->feature_names) != importing->n_features)
      || (import->feature_types != NULL && (gint32) g_strv_length (import->feature_types) != importing->n_features)
      || (import->categories != NULL && import->categories->len != 0
          && (gint32) import->categories->len != importing->n_features))
    return refuse (error, name, _ ("feature_names, feature_types or cats don't go with num_feature"));
  if (import->categories != NULL && import->categories->len == 0)
    g_clear_pointer (&import->categories, g_ptr_array_unref);
  import->categorical = g_new0 (gboolean, importing->n_features);
  for (gint32 j = 0; import->feature_types != NULL && j < importing->n_features; j++)
    import->categorical[j] = strcmp (import->feature_types[j], "c") == 0;
  return TRUE;
}

/* What the target of margins is, by the file and by the caller */
static gboolean
choose_target (HpImporting *importing, const char *name, GError **error)
{
  HpTarget wanted = importing->options->target;

  importing->target = importing->objective->target != HP_TARGET_PLAIN ? importing->objective->target : wanted;
  if (wanted == HP_TARGET_PLAIN || importing->objective->target == HP_TARGET_PLAIN)
    return TRUE;
  hp_set_error (error, HP_ERROR_USAGE, NULL,
                _ ("%s: the objective %s turns its sums into prices itself: the target can't be the %s of the price"),
                name, importing->objective->name, hp_target_name (wanted));
  return FALSE;
}

/* A round makes all its parallel trees at once. */
static guint
trees_up_to (const HpImporting *importing, int iteration)
{
  return MIN (((gint64) iteration + 1) * MAX (importing->n_parallel, 1), G_MAXUINT);
}

static gboolean
choose_trees (HpImporting *importing, const char *name, GError **error)
{
  int best = importing->import->best_iteration;

  importing->trees_wanted = G_MAXUINT;
  if (!importing->options->best_iteration)
    return TRUE;
  if (best < 0)
    {
      hp_set_error (error, HP_ERROR_USAGE, NULL,
                    _ ("%s: the file names no best iteration: it was trained without early stopping"), name);
      return FALSE;
    }
  importing->trees_wanted = trees_up_to (importing, best);
  return TRUE;
}

/* After the first pass: is this a model that can be one of prices? */
static gboolean
check_learner (HpImporting *importing, const char *name, GError **error)
{
  const char *booster = importing->import->booster;

  if (!importing->has_learner)
    return refuse (error, name,
                   _ ("this is not a model that XGBoost saved: it has no “learner”; save it with "
                      "booster.save_model(\"model.json\")"));
  if (!importing->has_booster || booster == NULL || importing->objective == NULL)
    return refuse (error, name, _ ("the model is not complete: it needs gradient_booster and objective"));
  if (strcmp (booster, "gbtree") != 0 && strcmp (booster, "dart") != 0 && strcmp (booster, "gblinear") != 0)
    {
      g_autofree char *shown = hp_text_printable (booster, -1, 60);

      hp_set_error (error, HP_ERROR_BAD_DATA, NULL,
                    _ ("%s: there is no booster “%s”; there are gbtree, dart, gblinear"), name, shown);
      return FALSE;
    }
  if (importing->n_classes > 1 || importing->n_targets > 1 || importing->base_scores->len > 1)
    return refuse (error, name,
                   _ ("this model answers with several values (classes or targets); one of prices has a single one"));
  if (importing->base_scores->len == 0
      || !_hp_import_base_margin (importing->objective, g_array_index (importing->base_scores, float, 0),
                                  &importing->base))
    return refuse (error, name, _ ("base_score is missing, or not one that the objective can start from"));
  return check_features (importing, name, error) && choose_target (importing, name, error)
         && choose_trees (importing, name, error);
}

/* After the second pass: does what was read go together? */
static gboolean
finish (HpImporting *importing, const char *name, GError **error)
{
  HpImport *import = importing->import;
  guint n = importing->spans->len;
  const char *problem;

  if (!importing->has_items)
    return refuse (error, name, _ ("the booster has neither trees nor weights"));
  import->n_file_trees = import->n_best_trees = n;
  if (import->best_iteration >= 0)
    import->n_best_trees = MIN (trees_up_to (importing, import->best_iteration), n);
  if (strcmp (import->booster, "gblinear") != 0)
    {
      if (importing->n_trees >= 0 && (guint) importing->n_trees != n)
        {
          hp_set_error (error, HP_ERROR_BAD_DATA, NULL, _ ("%s: it says that it has %d trees, and has %u"), name,
                        importing->n_trees, n);
          return FALSE;
        }
      if (importing->tree_weights->len > 0 ? importing->tree_weights->len != n : strcmp (import->booster, "dart") == 0)
        return refuse (error, name, _ ("weight_drop does not go with the trees"));
      problem = _hp_import_place_trees (importing);
      if (problem != NULL)
        return refuse (error, name, _ (problem));
    }
  import->model = g_steal_pointer (&importing->model);
  if (import->producer == NULL)
    import->producer = g_strdup ("XGBoost");
  return TRUE;
}

static gboolean
read_twice (HpImporting *importing, const char *data, gsize length, const char *name, GError **error)
{
  importing->first_pass = TRUE;
  if (!read_document (importing, data, length, name, error) || !check_learner (importing, name, error))
    return FALSE;
  if (strcmp (importing->import->booster, "gblinear") != 0)
    importing->model = hp_model_new_trees (importing->target, importing->n_features, importing->base);
  importing->first_pass = FALSE;
  return read_document (importing, data, length, name, error) && finish (importing, name, error);
}

/**
 * hp_import_read:
 * @data: (array length=length): a file
 * @length: its bytes
 * @name: what to call it in messages
 * @options: (nullable): what the file does not say
 * @error: %HP_ERROR_BAD_DATA with what is wrong, where, and what to do; %HP_ERROR_USAGE if @options don't fit the file
 *
 * Reads a model that XGBoost saved as JSON or UBJSON. Nothing in it is believed: counts are compared with what is
 * there, every node has to be reached once, numbers have to be finite, and no more memory is taken than a small
 * multiple of
 * @length.
 *
 * Returns: (transfer full) (nullable): the model and what the file says about it
 */
HpImport *
hp_import_read (const char *data, gsize length, const char *name, const HpImportOptions *options, GError **error)
{
  static const HpImportOptions defaults = { HP_TARGET_PLAIN, FALSE };
  g_autoptr (HpImport) import = NULL;
  g_autofree char *reason = NULL, *shown = NULL;
  HpImporting importing = { .options = options != NULL ? options : &defaults, .n_trees = -1 };
  gboolean ok;

  g_return_val_if_fail (data != NULL || length == 0, NULL);

  shown = hp_text_printable (name, -1, 0);
  reason = _hp_import_explain (data, length);
  if (reason != NULL)
    {
      refuse (error, shown, reason);
      return NULL;
    }
  import = g_new0 (HpImport, 1);
  import->is_ubjson = length > 1 && data[0] == '{' && strchr ("LlIUi", data[1]) != NULL && data[1] != '\0';
  import->best_iteration = -1;
  importing.import = import;
  importing.base_scores = g_array_new (FALSE, FALSE, sizeof (float));
  importing.tree_weights = g_array_new (FALSE, FALSE, sizeof (float));
  importing.nodes = g_array_new (FALSE, FALSE, sizeof (HpNode));
  importing.spans = g_array_new (FALSE, FALSE, sizeof (HpImportSpan));
  _hp_import_tree_init (&importing.tree);
  ok = read_twice (&importing, data, length, shown, error);
  _hp_import_tree_clear (&importing.tree);
  g_array_unref (importing.base_scores);
  g_array_unref (importing.tree_weights);
  g_array_unref (importing.nodes);
  g_array_unref (importing.spans);
  g_clear_pointer (&importing.model, hp_model_unref);
  import->n_features = ok ? (guint) importing.n_features : 0;
  return ok ? g_steal_pointer (&import) : NULL;
}

/**
 * hp_import_free:
 * @import: (transfer full) (nullable): what was imported
 */
void
hp_import_free (HpImport *import)
{
  if (import == NULL)
    return;
  g_clear_pointer (&import->model, hp_model_unref);
  g_free (import->producer);
  g_free (import->booster);
  g_free (import->objective);
  g_strfreev (import->feature_names);
  g_strfreev (import->feature_types);
  g_free (import->categorical);
  g_clear_pointer (&import->categories, g_ptr_array_unref);
  g_free (import);
}
