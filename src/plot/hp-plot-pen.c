/* hp-plot-pen.c - PLplot, drawing on a cairo context
 *
 * Of PLplot's own look nothing is used: it maps data to the page, cuts off what is outside, strokes and fills.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <plplot/plplot.h>

#include "hp-error.h"
#include "hp-plot-pen-private.h"

#define DRIVER "extcairo"
/* PLplot's inner units are 32-bit integers: data further out than so many frames is brought nearer */
#define FRAMES_AWAY 500.0
#define INK         1

/* PLplot's stream is the process's, so this has to be as well */
static GMutex stream;

__attribute__ ((visibility ("default"))) char *plsave_set_locale (void);
__attribute__ ((visibility ("default"))) void plrestore_locale (char *saved);

struct _HpPlotPen
{
  cairo_t *cairo;
  double width, height;
  double left, right, low, high; /* of the data that PLplot may see */
  GArray *x, *y;                 /* (element-type double) */
};

/* PLplot's default is to end the program */
static int
exit_cb (const char *message)
{
  g_warning ("PLplot: %s", message);
  return 0;
}

static void
abort_cb (const char *message)
{
  g_debug ("PLplot: %s", message);
}

/* PLplot sets the locale of numbers to C around every stroke, and back: of the whole process, in which other threads
 * write numbers for people meanwhile. On cairo it writes none, so its own two functions give way to these, which do
 * nothing. */
char *
plsave_set_locale (void)
{
  return NULL;
}

void
plrestore_locale (char *saved)
{
}

static gboolean
find_driver (void)
{
  const char *menu_names[64], *names[64];
  const char **menu = menu_names, **found = names;
  int n = G_N_ELEMENTS (names);

  plsexit (exit_cb);
  plsabort (abort_cb);
  plgDevs (&menu, &found, &n);
  for (int i = 0; i < n; i++)
    if (g_strcmp0 (found[i], DRIVER) == 0)
      return TRUE;
  return FALSE;
}

/* PLplot would ask on the terminal for another driver if it had none: look before. With the stream taken */
static gboolean
has_driver (void)
{
  static int known; /* 0: not looked yet; -1: no */

  if (known == 0)
    known = find_driver () ? 1 : -1;
  return known > 0;
}

gboolean
_hp_plot_pen_check (GError **error)
{
  gboolean found;

  g_mutex_lock (&stream);
  found = has_driver ();
  g_mutex_unlock (&stream);
  if (!found)
    hp_set_error (error, HP_ERROR_NOT_FOUND, NULL,
                  _ ("charts can't be drawn: PLplot has no cairo driver; install plplot-driver-cairo"));
  return found;
}

HpPlotPen *
_hp_plot_pen_new (cairo_t *cairo, double width, double height)
{
  HpPlotPen *pen;

  g_mutex_lock (&stream);
  if (!has_driver ())
    {
      g_mutex_unlock (&stream);
      return NULL;
    }
  pen = g_new0 (HpPlotPen, 1);
  pen->cairo = cairo;
  pen->width = width;
  pen->height = height;
  pen->x = g_array_new (FALSE, FALSE, sizeof (double));
  pen->y = g_array_new (FALSE, FALSE, sizeof (double));
  cairo_save (cairo);
  cairo_new_path (cairo);
  plspage (0, 0, (PLINT) ceil (width), (PLINT) ceil (height), 0, 0);
  plsdev (DRIVER);
  plinit ();
  /* The driver has its origin at the bottom left of a page of whole units */
  pl_cmd (PLESC_DEVINIT, cairo);
  pladv (0);
  _hp_plot_pen_page (pen);
  return pen;
}

void
_hp_plot_pen_free (HpPlotPen *pen)
{
  if (pen == NULL)
    return;
  plend1 ();
  cairo_new_path (pen->cairo);
  cairo_restore (pen->cairo);
  g_array_unref (pen->x);
  g_array_unref (pen->y);
  g_free (pen);
  g_mutex_unlock (&stream);
}

static void
set_limits (HpPlotPen *pen, double left, double right, double low, double high)
{
  double across = fabs (right - left) * FRAMES_AWAY, along = fabs (high - low) * FRAMES_AWAY;

  pen->left = MIN (left, right) - across;
  pen->right = MAX (left, right) + across;
  pen->low = MIN (low, high) - along;
  pen->high = MAX (low, high) + along;
}

void
_hp_plot_pen_page (HpPlotPen *pen)
{
  plvpor (0, 1, 0, 1);
  plwind (0, ceil (pen->width), ceil (pen->height), 0);
  set_limits (pen, 0, pen->width, 0, pen->height);
}

void
_hp_plot_pen_window (HpPlotPen *pen, double x, double y, double width, double height, const HpChartAxis *x_axis,
                     const HpChartAxis *y_axis)
{
  double across = ceil (pen->width), along = ceil (pen->height);

  plvpor (x / across, (x + width) / across, 1 - (y + height) / along, 1 - y / along);
  plwind (x_axis->from, x_axis->to, y_axis->from, y_axis->to);
  set_limits (pen, x_axis->from, x_axis->to, y_axis->from, y_axis->to);
}

void
_hp_plot_pen_color (HpPlotPen *pen, HpColor color, double alpha)
{
  plscol0a (INK, (PLINT) lround (color.red * 255), (PLINT) lround (color.green * 255),
            (PLINT) lround (color.blue * 255), alpha);
  plcol0 (INK);
}

static void
set_dashes (HpPlotPen *pen, double width, gboolean dashed)
{
  double dashes[] = { 4 * MAX (width, 1), 3 * MAX (width, 1) };

  cairo_set_dash (pen->cairo, dashes, dashed ? G_N_ELEMENTS (dashes) : 0, 0);
}

static void
stroke_part (HpPlotPen *pen)
{
  if (pen->x->len > 1)
    plline ((PLINT) pen->x->len, (double *) (gpointer) pen->x->data, (double *) (gpointer) pen->y->data);
  g_array_set_size (pen->x, 0);
  g_array_set_size (pen->y, 0);
}

static void
add (HpPlotPen *pen, double x, double y)
{
  x = CLAMP (x, pen->left, pen->right);
  y = CLAMP (y, pen->low, pen->high);
  g_array_append_val (pen->x, x);
  g_array_append_val (pen->y, y);
}

/* NaN: a gap */
void
_hp_plot_pen_line (HpPlotPen *pen, gsize n, const double *x, const double *y, double width, gboolean dashed)
{
  plwidth (width);
  set_dashes (pen, width, dashed);
  for (gsize i = 0; i < n; i++)
    if (isnan (x[i]) || isnan (y[i]))
      stroke_part (pen);
    else
      add (pen, x[i], y[i]);
  stroke_part (pen);
  set_dashes (pen, width, FALSE);
}

void
_hp_plot_pen_segment (HpPlotPen *pen, double x1, double y1, double x2, double y2, double width, gboolean dashed)
{
  const double x[] = { x1, x2 }, y[] = { y1, y2 };

  _hp_plot_pen_line (pen, 2, x, y, width, dashed);
}

/* The driver also strokes what it fills: with a line as thin as nothing, or edges would be twice as dark */
void
_hp_plot_pen_fill (HpPlotPen *pen, gsize n, const double *x, const double *y)
{
  plwidth (0.001);
  for (gsize i = 0; i < n; i++)
    if (!isnan (x[i]) && !isnan (y[i]))
      add (pen, x[i], y[i]);
  if (pen->x->len > 2)
    plfill ((PLINT) pen->x->len, (double *) (gpointer) pen->x->data, (double *) (gpointer) pen->y->data);
  g_array_set_size (pen->x, 0);
  g_array_set_size (pen->y, 0);
}

void
_hp_plot_pen_rectangle (HpPlotPen *pen, double x1, double y1, double x2, double y2)
{
  const double x[] = { x1, x2, x2, x1 }, y[] = { y1, y1, y2, y2 };

  _hp_plot_pen_fill (pen, 4, x, y);
}
