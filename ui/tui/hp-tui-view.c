/* hp-tui-view.c - a valuation's names and values as the screen shows them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "hp-attribute-text.h"
#include "hp-evidence-text.h"
#include "hp-tui-view.h"

/**
 * hp_tui_view_new:
 * @app: the program
 * @canvas: (nullable): where to draw
 *
 * Returns: what there is to show now; valid until the main loop runs again
 */
HpTuiView
hp_tui_view_new (HpTuiApp *app, HpCanvas *canvas)
{
  HpTuiHouse *house = hp_tui_app_get_house (app);
  HpTuiView view = { .app = app, .live = hp_tui_house_get_live (house), .canvas = canvas };

  view.valuation = hp_live_valuation_get_valuation (view.live);
  view.current = hp_live_valuation_is_current (view.live);
  view.description = hp_form_get_description (hp_tui_house_get_form (house));
  return view;
}

/**
 * hp_tui_view_style:
 * @view: a view
 * @style: what something means
 *
 * Returns: @style, or %HP_STYLE_STALE if the valuation is of another house than the form's
 */
HpStyle
hp_tui_view_style (const HpTuiView *view, HpStyle style)
{
  return view->current ? style : HP_STYLE_STALE;
}

/**
 * hp_tui_view_label:
 * @view: a view
 * @feature: the name of a feature or an attribute
 *
 * Returns: (transfer full): what people call it
 */
char *
hp_tui_view_label (const HpTuiView *view, const char *feature)
{
  return hp_evidence_text_feature (view->description, feature);
}

/* (nullable) That of a name */
static const HpAttribute *
find_attribute (const HpTuiView *view, const char *name)
{
  int i = view->description != NULL ? hp_description_find_attribute (view->description, name) : -1;

  return i >= 0 ? hp_description_get_attribute (view->description, i) : NULL;
}

/**
 * hp_tui_view_value:
 * @view: a view
 * @name: an attribute, or a column that the form does not ask for
 * @text: (nullable): its value, as in a file
 *
 * Returns: (transfer full): the value as a person reads it, with its unit
 */
char *
hp_tui_view_value (const HpTuiView *view, const char *name, const char *text)
{
  const HpAttribute *attribute = find_attribute (view, name);

  if (text == NULL || *text == '\0')
    return g_strdup ("–");
  return attribute != NULL ? hp_attribute_text_value (attribute, text) : g_strdup (text);
}
