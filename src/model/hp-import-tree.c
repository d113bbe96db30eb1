/* hp-import-tree.c - one tree of an XGBoost file
 *
 * The file's nodes stand in any order, with deleted ones between them: those that can be reached are laid out anew,
 * level by level, so that a right child follows the left one. A node that is reached twice would be a cycle or a shared
 * subtree.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "hp-import-private.h"

/* Sums of weights that are no whole numbers are kept as counts of up to about so much. */
#define LARGEST_COUNT 0x1p30f

void
_hp_import_tree_init (HpImportTree *tree)
{
  GArray **integers[]
    = { &tree->left,           &tree->right,    &tree->feature, &tree->default_left, &tree->split_type,
        &tree->category_nodes, &tree->segments, &tree->sizes,   &tree->categories };

  for (guint i = 0; i < G_N_ELEMENTS (integers); i++)
    *integers[i] = g_array_new (FALSE, FALSE, sizeof (gint32));
  tree->value = g_array_new (FALSE, FALSE, sizeof (float));
  tree->weight = g_array_new (FALSE, FALSE, sizeof (float));
}

void
_hp_import_tree_clear (HpImportTree *tree)
{
  GArray **all[]
    = { &tree->left,   &tree->right,          &tree->feature,  &tree->default_left, &tree->split_type, &tree->value,
        &tree->weight, &tree->category_nodes, &tree->segments, &tree->sizes,        &tree->categories };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    g_clear_pointer (all[i], g_array_unref);
}

static gint32
integer_at (const GArray *array, gsize i)
{
  return g_array_index (array, gint32, i);
}

static float
float_at (const GArray *array, gsize i)
{
  return g_array_index (array, float, i);
}

static void
read_tree_param (HpImporting *importing)
{
  static const char *const members[] = { "num_nodes", "size_leaf_vector" };
  gint32 *const values[] = { &importing->tree.n_nodes, &importing->tree.leaf_size };

  _hp_import_read_params (importing, members, values, G_N_ELEMENTS (members));
}

/* The arrays of the next tree */
static gboolean
read_arrays (HpImporting *importing)
{
  HpImportTree *tree = &importing->tree;
  HpImportReader *reader = importing->reader;
  const struct
  {
    const char *key;
    GArray *array;
  } arrays[] = {
    { "left_children", tree->left },           { "right_children", tree->right },
    { "split_indices", tree->feature },        { "default_left", tree->default_left },
    { "split_type", tree->split_type },        { "split_conditions", tree->value },
    { "sum_hessian", tree->weight },           { "categories_nodes", tree->category_nodes },
    { "categories_segments", tree->segments }, { "categories_sizes", tree->sizes },
    { "categories", tree->categories },
  };
  gsize room = HP_MODEL_MAX_NODES - importing->nodes->len;
  guint seen = 0, n_arrays = G_N_ELEMENTS (arrays);
  const char *key;

  for (guint i = 0; i < n_arrays; i++)
    g_array_set_size (arrays[i].array, 0);
  tree->id = tree->n_nodes = -1;
  tree->leaf_size = 0;
  if (!hp_import_reader_begin_object (reader))
    return FALSE;
  while (hp_import_reader_next_member (reader, &key))
    {
      guint i = 0;

      while (i < n_arrays && strcmp (key, arrays[i].key) != 0)
        i++;
      if (i < n_arrays && !_hp_import_once (importing, &seen, i, arrays[i].key))
        break;
      if (i < n_arrays && (arrays[i].array == tree->value || arrays[i].array == tree->weight))
        hp_import_reader_floats (reader, arrays[i].array, room);
      else if (i < n_arrays)
        hp_import_reader_int32s (reader, arrays[i].array, room);
      else if (strcmp (key, "id") == 0 && _hp_import_once (importing, &seen, n_arrays, "id"))
        hp_import_reader_integer (reader, &tree->id);
      else if (strcmp (key, "tree_param") == 0 && _hp_import_once (importing, &seen, n_arrays + 1, "tree_param"))
        read_tree_param (importing);
      else
        hp_import_reader_skip (reader);
    }
  return !hp_import_reader_failed (reader);
}

static const char *
check_arrays (const HpImportTree *tree)
{
  guint n = tree->left->len;

  if (tree->leaf_size > 1)
    return N_ ("its leaves hold several values: the model answers several questions at once");
  if (n == 0)
    return N_ ("a tree without nodes");
  if (tree->right->len != n || tree->feature->len != n || tree->value->len != n || tree->default_left->len != n
      || (tree->split_type->len != n && tree->split_type->len != 0)
      || (tree->weight->len != n && tree->weight->len != 0) || (tree->n_nodes >= 0 && (guint) tree->n_nodes != n))
    return N_ ("its arrays differ in length");
  if (tree->segments->len != tree->category_nodes->len || tree->sizes->len != tree->category_nodes->len)
    return N_ ("its sets of categories are not whole");
  return NULL;
}

/* Which entry of category_nodes each node has, or -1; NULL if there are none */
static gint32 *
index_categories (const HpImportTree *tree, const char **problem)
{
  guint n = tree->left->len;
  g_autofree gint32 *entries = NULL;

  *problem = NULL;
  if (tree->category_nodes->len == 0)
    return NULL;
  entries = g_new (gint32, n);
  memset (entries, 0xff, n * sizeof *entries);
  for (guint i = 0; i < tree->category_nodes->len; i++)
    {
      gint32 node = integer_at (tree->category_nodes, i);

      if (node < 0 || (guint) node >= n || entries[node] >= 0)
        {
          *problem = N_ ("its sets of categories belong to no node, or two to one");
          return NULL;
        }
      entries[node] = (gint32) i;
    }
  return g_steal_pointer (&entries);
}

static int
compare_categories (gconstpointer a, gconstpointer b)
{
  guint32 x = *(const guint32 *) a, y = *(const guint32 *) b;

  return (x > y) - (x < y);
}

/* The set of one node. left: how many categories its tree may still use; sets that overlap in the file would else make
 * much of little. */
static const char *
add_set (HpImporting *importing, gint32 entry, gsize *left, float *set)
{
  const HpImportTree *tree = &importing->tree;
  gint64 begin, size;
  g_autofree guint32 *categories = NULL;
  gsize n = 0;

  if (entry < 0)
    return N_ ("it splits on categories, and has none");
  begin = integer_at (tree->segments, entry);
  size = integer_at (tree->sizes, entry);
  if (begin < 0 || size < 0 || begin + size > tree->categories->len || (gsize) size > *left)
    return N_ ("its sets of categories are not whole");
  if (size > HP_MODEL_MAX_LISTED - importing->model->categories->len
      || importing->model->sets->len == HP_MODEL_MAX_SETS)
    return N_ ("too many sets of categories");
  *left -= size;
  categories = g_new (guint32, size + 1);
  for (gint64 i = 0; i < size; i++)
    {
      gint32 category = integer_at (tree->categories, begin + i);

      if (category < 0 || category >= (gint32) HP_MODEL_MAX_CATEGORIES)
        return N_ ("a category is out of range");
      categories[i] = category;
    }
  if (size > 0)
    qsort (categories, size, sizeof *categories, compare_categories);
  for (gint64 i = 0; i < size; i++)
    if (i == 0 || categories[i] != categories[n - 1])
      categories[n++] = categories[i];
  *set = hp_model_add_set (importing->model, categories, n);
  return NULL;
}

/* What training rows weighed at a node is their number, for squared error; else it is no whole number, and counted in
 * small change. */
static float
scale_of_weights (const HpImportTree *tree)
{
  float largest = 0;
  gboolean whole = TRUE;

  for (guint i = 0; i < tree->weight->len; i++)
    {
      float weight = float_at (tree->weight, i);

      if (!isfinite (weight))
        continue;
      whole = whole && weight == floorf (weight);
      largest = fmaxf (largest, weight);
    }
  return largest > 0 && (!whole || largest > LARGEST_COUNT) ? LARGEST_COUNT / largest : 1;
}

static guint32
count_of (const HpImportTree *tree, gint32 node, float scale)
{
  float weight = tree->weight->len > 0 ? float_at (tree->weight, node) * scale : 1;

  return weight >= 1 ? (guint32) fminf (rintf (weight), LARGEST_COUNT) : 1;
}

/* Without weights a node counts as many as there are leaves below it. */
static void
count_leaves (HpNode *nodes, guint n)
{
  for (guint i = n; i-- > 0;)
    if (nodes[i].left >= 0)
      nodes[i].count = nodes[nodes[i].left].count + nodes[nodes[i].left + 1].count;
}

static const char *
make_split (HpImporting *importing, gint32 from, gint32 entry, gsize *categories_left, HpNode *node)
{
  const HpImportTree *tree = &importing->tree;
  gint32 feature = integer_at (tree->feature, from), default_left = integer_at (tree->default_left, from);
  gint32 type = tree->split_type->len > 0 ? integer_at (tree->split_type, from) : 0;

  if (feature < 0 || feature >= importing->n_features)
    return N_ ("there is no such feature");
  if (default_left != 0 && default_left != 1)
    return N_ ("default_left is neither 0 nor 1");
  if (type != 0 && type != 1)
    return N_ ("there is no such kind of split");
  node->feature = feature;
  node->default_left = default_left;
  if (type == 0)
    return isfinite (node->value) ? NULL : N_ ("the threshold is not finite");
  node->split = HP_SPLIT_CATEGORIES;
  importing->import->categorical[feature] = TRUE;
  return add_set (importing, entry, categories_left, &node->value);
}

/* Children of a node of the file, reached for the first time */
static const char *
check_children (gint32 left, gint32 right, guint n, guint8 *seen)
{
  if (left < 1 || right < 1 || (guint) left >= n || (guint) right >= n)
    return N_ ("there are no such children");
  if (left == right || seen[left] || seen[right])
    return N_ ("a child that another node has already");
  seen[left] = seen[right] = 1;
  return NULL;
}

/* The tree's nodes, level by level, into nodes, which has room for all. source: the same. where: (out) a node of the
 * file */
static const char *
lay_out (HpImporting *importing, HpNode *nodes, gint32 *source, guint *n_nodes, guint *depth, gsize *where)
{
  const HpImportTree *tree = &importing->tree;
  g_autofree guint8 *seen = g_malloc0 (tree->left->len);
  const char *problem;
  g_autofree gint32 *entries = index_categories (tree, &problem);
  gsize categories_left = tree->categories->len;
  float scale = scale_of_weights (tree);
  guint count = 1, level_end = 1;

  *where = 0;
  *depth = 0;
  if (problem != NULL)
    return problem;
  source[0] = 0;
  seen[0] = 1;
  for (guint i = 0; i < count; i++)
    {
      gint32 from = source[i], left = integer_at (tree->left, from), right = integer_at (tree->right, from);
      HpNode node = { .value = float_at (tree->value, from), .left = -1, .count = count_of (tree, from, scale) };

      *where = from;
      if (i == level_end)
        {
          level_end = count;
          if (++*depth > HP_MODEL_MAX_DEPTH)
            return N_ ("the tree is too deep");
        }
      if (left == -1 && right == -1)
        {
          if (!isfinite (node.value))
            return N_ ("the leaf's value is not finite");
          nodes[i] = node;
          continue;
        }
      problem = check_children (left, right, tree->left->len, seen);
      if (problem == NULL)
        problem = make_split (importing, from, entries != NULL ? entries[from] : -1, &categories_left, &node);
      if (problem != NULL)
        return problem;
      node.left = (gint32) count;
      nodes[i] = node;
      source[count++] = left;
      source[count++] = right;
    }
  *n_nodes = count;
  if (tree->weight->len == 0)
    count_leaves (nodes, count);
  return NULL;
}

void
_hp_import_read_tree (HpImporting *importing)
{
  HpImportTree *tree = &importing->tree;
  guint place = importing->spans->len, n;
  HpImportSpan span = { .start = importing->nodes->len };
  g_autofree gint32 *source = NULL;
  const char *problem;
  gsize where = 0;

  if (!read_arrays (importing))
    return;
  problem = check_arrays (tree);
  if (problem != NULL)
    {
      hp_import_reader_fail (importing->reader, _ ("tree %u: %s"), place, _ (problem));
      return;
    }
  n = tree->left->len;
  source = g_new (gint32, n);
  g_array_set_size (importing->nodes, span.start + n);
  problem = lay_out (importing, &g_array_index (importing->nodes, HpNode, span.start), source, &span.n_nodes,
                     &span.depth, &where);
  if (problem != NULL)
    {
      hp_import_reader_fail (importing->reader, _ ("tree %u, node %zu: %s"), place, where, _ (problem));
      return;
    }
  g_array_set_size (importing->nodes, span.start + span.n_nodes);
  span.id = tree->id >= 0 ? (guint) tree->id : place;
  g_array_append_val (importing->spans, span);
}

/* Leaves of DART are weighted; the product is rounded to float before it is added, as the library does it. */
static const char *
weigh_leaves (HpNode *nodes, guint n, float weight)
{
  for (guint i = 0; i < n; i++)
    if (nodes[i].left < 0)
      {
        nodes[i].value *= weight;
        if (!isfinite (nodes[i].value))
          return N_ ("the leaf's value is not finite");
      }
  return NULL;
}

const char *
_hp_import_place_trees (HpImporting *importing)
{
  guint n = importing->spans->len;
  g_autofree guint *order = g_new (guint, n + 1);
  const char *problem = NULL;

  memset (order, 0xff, n * sizeof *order);
  for (guint t = 0; t < n; t++)
    {
      guint id = g_array_index (importing->spans, HpImportSpan, t).id;

      if (id >= n || order[id] != G_MAXUINT)
        return N_ ("the ids of the trees are not their places");
      order[id] = t;
    }
  for (guint t = 0; t < MIN (n, importing->trees_wanted) && problem == NULL; t++)
    {
      const HpImportSpan *span = &g_array_index (importing->spans, HpImportSpan, order[t]);
      HpNode *nodes = &g_array_index (importing->nodes, HpNode, span->start);

      if (importing->tree_weights->len > 0)
        problem = weigh_leaves (nodes, span->n_nodes, float_at (importing->tree_weights, t));
      if (problem == NULL)
        _hp_model_append_tree (importing->model, nodes, span->n_nodes, span->depth);
    }
  return problem;
}
