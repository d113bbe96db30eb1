/* hp-partial-dependence.h - how the price follows one attribute, for the average house and for some houses each
 *
 * Every sale is valued once for each value of a grid, with all its other attributes as they are. The mean over the sales is
 * the partial dependence (Friedman 2001); the lines of single sales (ICE, Goldstein et al. 2015) show where it hides that
 * houses differ.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "hp-house-set.h"
#include "hp-parallel.h"

G_BEGIN_DECLS

#define HP_DEPENDENCE_MAX_POINTS 200

typedef struct
{
  guint   points;    /* of the grid, 2 to HP_DEPENDENCE_MAX_POINTS; categories: their most frequent levels */
  gsize   max_sales; /* averaged over a seeded sample of at most so many */
  guint   max_lines; /* of which so many have lines of their own */
  guint64 seed;
} HpDependenceOptions;

#define HP_DEPENDENCE_OPTIONS_DEFAULT { 40, 1000, 60, 42 }

typedef struct
{
  char        *attribute, *label;
  char        *unit;       /* (nullable) */
  char        *currency;   /* (nullable) */
  HpColumnType type;       /* number, integer, category, date */
  gsize        n;          /* sales averaged over */
  gsize        n_all;      /* that there were */
  gboolean     in_sample;  /* the model was fitted on these sales */
  guint        n_points;
  double      *x;          /* n_points, ascending: values that occur, between the 1st and 99th hundredth. Dates: months since the year 0
                            * (hp_date_to_months()). Categories: 0, 1 … */
  guint        n_levels;   /* of categories: how many there are; n_points or more */
  char       **levels;     /* (nullable) of categories: n_points names, then NULL; in the order of the form */
  gsize       *count;      /* (nullable) of categories: how many of all sales */
  double      *mean;       /* n_points, in currency */
  guint        n_lines;
  double      *line;       /* n_lines × n_points, by line, in currency */
  guint64     *line_row;   /* n_lines: the sale */
  double      *line_x;     /* n_lines: its own value, as x is; a level that isn't shown, or a missing value: NaN */
  double       decile[9];  /* of the values of all sales, as x is: where there are sales at all; NaN for categories */
} HpPartialDependence;

/* attribute: by name, letter case and white space aside. HP_ERROR_NOT_FOUND with those that there are; HP_ERROR_BAD_DATA: no sale has a
 * value, or the price does not depend on it; HP_ERROR_CANCELLED. team, cancellable: nullable */
HpPartialDependence *hp_partial_dependence_new  (const HpPredictor *predictor, const HpHouseSet *set, const char *attribute,
                                                 const HpDependenceOptions *options, HpTeam *team, GCancellable *cancellable,
                                                 GError **error);
void                 hp_partial_dependence_free (HpPartialDependence *dependence);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpPartialDependence, hp_partial_dependence_free)

G_END_DECLS
