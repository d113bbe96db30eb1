/* main.c - house-price-gtk
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <locale.h>

#include "hp-application.h"

int
main (int argc, char **argv)
{
  g_autoptr (HpApplication) application = NULL;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, HP_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  g_set_application_name (_ ("House Price Predictor"));
  application = hp_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
