/* hp-tui-start-screen.c - the first start: no model here and no server, but sales to learn from, and one key
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "hp-display.h"
#include "hp-error.h"
#include "hp-training.h"
#include "hp-tui-app.h"

#define MAX_WIDTH 76

typedef struct
{
  HpTuiScreen screen;
  HpTraining *training;      /* (nullable) while it runs */
  GCancellable *cancellable; /* (nullable) the same */
  gulong progress;
  char *failure; /* (nullable) of the last training */
  gboolean stopping;
  gpointer *self_of_run; /* (nullable) the run's pointer to this screen */
} StartScreen;

static void
draw_bar (StartScreen *self, HpCanvas *canvas, const HpArea *area, int y)
{
  double fraction = hp_training_get_fraction (self->training), left = hp_training_get_left (self->training);
  int width = MIN (area->width - 8, 50), full = (int) (fraction * width);
  g_autofree char *percent = hp_display_percent (fraction, 0);
  g_autofree char *time = isfinite (left) ? hp_display_duration (left) : NULL;
  g_autofree char *more = NULL;

  hp_canvas_fill (canvas, area, 0, y, full, 1, HP_STYLE_BAR, canvas->glyphs->full);
  hp_canvas_fill (canvas, area, full, y, width - full, 1, HP_STYLE_FAINT, canvas->glyphs->empty);
  hp_canvas_put_right (canvas, area, width + 7, y, HP_STYLE_NORMAL, percent);
  if (self->stopping)
    more = g_strdup (_ ("Stopping"));
  else if (time != NULL)
    more = g_strdup_printf (_ ("%s; about %s left"), hp_training_get_stage (self->training), time);
  hp_canvas_put_cut (canvas, area, 0, y + 1, area->width, HP_STYLE_FAINT,
                     more != NULL ? more : hp_training_get_stage (self->training));
}

static void
start_draw (HpTuiScreen *screen, HpCanvas *canvas, const HpArea *area)
{
  StartScreen *self = (StartScreen *) screen;
  HpArea part = hp_area_part (area, 1, 1, MIN (area->width - 2, MAX_WIDTH), area->height - 1);
  const char *reason = hp_tui_house_get_reason (hp_tui_app_get_house (screen->app));
  int y;

  y = hp_canvas_put_wrapped (canvas, &part, 0, 0, 0, HP_STYLE_HEADING, _ ("There is no model on this computer yet"));
  if (reason != NULL)
    y = hp_canvas_put_wrapped (canvas, &part, 0, y, 0, HP_STYLE_ERROR, reason);
  y = hp_canvas_put_wrapped (canvas, &part, 0, y + 1, 0, HP_STYLE_NORMAL,
                             _ (
                               "House Price learns from sales what houses are worth. The record of Ames, Iowa, 2006 to "
                               "2010, comes with it. Training on it tries four families of models, tests each on "
                               "sales that it has not seen, and takes some seconds."))
      + 1;
  if (self->training != NULL)
    {
      draw_bar (self, canvas, &part, y);
      return;
    }
  if (self->failure != NULL)
    y = hp_canvas_put_wrapped (canvas, &part, 0, y, 0, HP_STYLE_ERROR, self->failure) + 1;
  hp_canvas_put (canvas, &part, 0, y, HP_STYLE_KEY, _ ("Enter"));
  hp_canvas_put (canvas, &part, 8, y, HP_STYLE_NORMAL,
                 self->failure != NULL ? _ ("train on the shipped sales again") : _ ("train on the shipped sales"));
  hp_canvas_put (canvas, &part, 0, y + 2, HP_STYLE_FAINT,
                 _ ("For sales of your own: house-price train SALES.csv, then F5 here."));
}

static guint
start_contexts (HpTuiScreen *screen)
{
  return ((StartScreen *) screen)->training != NULL ? HP_TUI_TRAINING : HP_TUI_START;
}

static gboolean
start_takes (HpTuiScreen *screen, const HpInput *input)
{
  return FALSE;
}

/* Lets go of what belongs to a training that has ended or that nobody waits for */
static void
forget_training (StartScreen *self)
{
  if (self->training != NULL)
    g_signal_handler_disconnect (self->training, self->progress);
  g_clear_object (&self->training);
  g_clear_object (&self->cancellable);
  self->stopping = FALSE;
}

static void
trained_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  gboolean trained = hp_training_run_finish (HP_TRAINING (source), result, &error);
  g_autofree gpointer *run = data;
  StartScreen *self = *run;

  /* The screen may be gone; its training was cancelled then. */
  if (self == NULL)
    return;
  self->self_of_run = NULL;
  g_clear_pointer (&self->failure, g_free);
  if (!trained && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    self->failure = g_strdup (error->message);
  forget_training (self);
  hp_tui_app_changed (self->screen.app);
  /* What was registered may value, even if the gates were not passed: whoever asks will see. */
  hp_tui_house_refresh (hp_tui_app_get_house (self->screen.app));
}

static void
train (StartScreen *self)
{
  self->self_of_run = g_new (gpointer, 1);
  *self->self_of_run = self;
  g_clear_pointer (&self->failure, g_free);
  self->training = hp_tui_house_new_training (hp_tui_app_get_house (self->screen.app));
  self->cancellable = g_cancellable_new ();
  self->progress
    = g_signal_connect_swapped (self->training, "progress", G_CALLBACK (hp_tui_app_changed), self->screen.app);
  hp_training_run_async (self->training, self->cancellable, trained_cb, self->self_of_run);
}

static gboolean
start_command (HpTuiScreen *screen, HpTuiCommand command)
{
  StartScreen *self = (StartScreen *) screen;

  if (command == HP_TUI_COMMAND_TRAIN && self->training == NULL)
    train (self);
  else if (command == HP_TUI_COMMAND_STOP && self->training != NULL)
    {
      self->stopping = TRUE;
      g_cancellable_cancel (self->cancellable);
    }
  else
    return FALSE;
  return TRUE;
}

static gboolean
start_input (HpTuiScreen *screen, const HpInput *input)
{
  return FALSE;
}

static void
start_free (HpTuiScreen *screen)
{
  StartScreen *self = (StartScreen *) screen;

  if (self->training != NULL)
    {
      *self->self_of_run = NULL;
      g_cancellable_cancel (self->cancellable);
    }
  forget_training (self);
  g_free (self->failure);
  g_free (self);
}

/**
 * hp_tui_start_screen_new:
 * @app: the program
 *
 * Returns: (transfer full): what is shown while there is no model
 */
HpTuiScreen *
hp_tui_start_screen_new (HpTuiApp *app)
{
  static const HpTuiScreenOps ops
    = { start_draw, start_contexts, start_takes, start_command, start_input, NULL, start_free };
  StartScreen *self = g_new0 (StartScreen, 1);

  self->screen = (HpTuiScreen){ &ops, app, _ ("Start") };
  return &self->screen;
}
