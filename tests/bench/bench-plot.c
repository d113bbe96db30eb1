/* bench-plot.c - how long charts take to draw
 *
 * bench-plot [POINTS]: a chart of so many points (20,000) at 1000 × 625, laid out, drawn anew, laid down from its
 * picture with a highlight, picked from, and as each kind of file. Medians, in milliseconds of
 * processor, as JSON.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "hp-number.h"
#include "hp-plot.h"
#include "plot-samples.h"

#define TURNS  21
#define WIDTH  1000
#define HEIGHT 625

enum
{
  LAY_OUT,
  DRAW,
  REDRAW,
  PICK,
  PNG,
  SVG,
  PDF,
  N_TASKS
};

static const char *const names[N_TASKS] = { "layout", "draw", "redraw", "pick", "png", "svg", "pdf" };

typedef struct
{
  HpChart *chart;
  HpPlot *plot;
  cairo_t *cairo;
  gsize svg_size;
} Bench;

static void
perform (Bench *bench, guint task, guint turn)
{
  g_autoptr (GBytes) bytes = NULL;
  guint64 row;

  switch (task)
    {
    case LAY_OUT:
      g_clear_pointer (&bench->plot, hp_plot_free);
      bench->plot = hp_plot_new (bench->chart, WIDTH, HEIGHT, HP_PALETTE_LIGHT);
      break;
    case REDRAW:
      hp_plot_draw (bench->plot, bench->cairo);
      hp_plot_draw_highlight (bench->plot, bench->cairo, 1 + turn);
      break;
    case DRAW:
      hp_plot_draw (bench->plot, bench->cairo);
      break;
    case PICK:
      hp_plot_pick (bench->plot, 300 + turn, 300, 12, &row);
      break;
    case PNG:
      bytes = hp_plot_to_png (bench->chart, WIDTH, HEIGHT, 1, HP_PALETTE_LIGHT, NULL);
      break;
    case SVG:
      bytes = hp_plot_to_svg (bench->chart, WIDTH, HEIGHT, HP_PALETTE_LIGHT, NULL);
      bench->svg_size = g_bytes_get_size (bytes);
      break;
    case PDF:
    default:
      bytes = hp_plot_to_pdf (bench->chart, WIDTH, HEIGHT, HP_PALETTE_LIGHT, NULL);
      break;
    }
}

/* Milliseconds of processor: nothing here runs in another thread */
static double
now (void)
{
  struct timespec time;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &time);
  return 1e3 * (double) time.tv_sec + 1e-6 * (double) time.tv_nsec;
}

int
main (int argc, char **argv)
{
  gsize n = argc > 1 ? strtoul (argv[1], NULL, 10) : 20000;
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, WIDTH, HEIGHT);
  Bench bench = { plot_sample_cloud (n, 1), NULL, cairo_create (surface), 0 };
  double took[N_TASKS][TURNS];

  for (guint turn = 0; turn < TURNS; turn++)
    for (guint task = 0; task < N_TASKS; task++)
      {
        double started = now ();

        perform (&bench, task, turn);
        took[task][turn] = now () - started;
      }
  printf ("{\"points\": %zu, \"svg_kilobytes\": %zu", n, bench.svg_size / 1024);
  for (guint task = 0; task < N_TASKS; task++)
    {
      qsort (took[task], TURNS, sizeof (double), hp_compare_doubles);
      printf (", \"%s\": %.3f", names[task], took[task][TURNS / 2]);
    }
  printf ("}\n");
  hp_plot_free (bench.plot);
  hp_chart_free (bench.chart);
  cairo_destroy (bench.cairo);
  cairo_surface_destroy (surface);
  return EXIT_SUCCESS;
}
