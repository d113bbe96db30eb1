/* hp-chart-area-private.h - what a chart's widget shares with its keys and pointers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-chart-area.h"
#include "hp-chart-picture.h"

G_BEGIN_DECLS

struct _HpChartArea
{
  GtkWidget parent_instance;

  HpSharedChart *chart;      /* (nullable) */
  HpChartPicture *picture;   /* (nullable) of this chart or of the one before */
  gboolean drawing;          /* a picture is being made */
  GCancellable *cancellable; /* of that */
  guint64 selected, hovered; /* 0: none */
  HpChartDescribe describe;  /* (nullable) */
  gpointer describe_data;
  GtkWidget *tip;
};

/* (nullable) where things are in the picture that is seen, if it is of this chart */
HpPlot *_hp_chart_area_get_plot        (HpChartArea *area);
guint64 _hp_chart_area_shown_row       (HpChartArea *area); /* under the pointer, else selected; 0: none */
void    _hp_chart_area_add_tip         (HpChartArea *area);
void    _hp_chart_area_show_tip        (HpChartArea *area);
void    _hp_chart_area_place_tip       (HpChartArea *area, int width, int height);
void    _hp_chart_area_hover           (HpChartArea *area, guint64 row); /* 0: none */
void    _hp_chart_area_activate        (HpChartArea *area, guint64 row);
void    _hp_chart_area_add_controllers (HpChartArea *area);

G_END_DECLS
