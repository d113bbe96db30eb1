#!/usr/bin/env python3
# make-chart.py - writes chart.h: what charts show of the sales in chart/house-boosting.csv
#
# Usage: ./make-chart.py > chart.h
# Needs NumPy, SciPy and statsmodels. Outliers are by the modified z-score, intervals of medians by binomial ranks, those of shares
# Wilson's, the trend is statsmodels' LOWESS without shortcuts; nothing here shares code with src/chart or src/study.
#
# SPDX-License-Identifier: GPL-3.0-or-later
import csv
import pathlib

import numpy
import scipy.stats
from statsmodels.nonparametric.smoothers_lowess import lowess
from statsmodels.stats.proportion import proportion_confint

HERE = pathlib.Path(__file__).parent


def tenths(predicted):
    order = numpy.argsort(predicted, kind="stable")
    tenth = numpy.empty(len(predicted), dtype=int)
    tenth[order] = numpy.arange(len(predicted)) * 10 // len(predicted)
    return tenth


def array(name, values):
    print(f"static const double {name}[] = {{")
    for i in range(0, len(values), 5):
        print("  " + ", ".join("NAN" if numpy.isnan(v) else repr(float(v)) for v in values[i : i + 5]) + ",")
    print("};")


def outliers(rows, scaled):
    median = numpy.median(scaled)
    z = 0.67448975019608171 * (scaled - median) / numpy.median(numpy.abs(scaled - median))
    far = [i for i in numpy.argsort(-numpy.abs(z), kind="stable") if abs(z[i]) > 3.5]
    print(f"#define CHART_N_OUTLIERS {len(far)}")
    array("chart_outlier_rows", rows[far[:8]])


def fanning(tenth, residuals):
    def spread(which):
        low, high = numpy.quantile(residuals[tenth == which], [0.25, 0.75])
        return high - low

    print(f"#define CHART_FANNING {spread(9) / spread(0)!r}")


def ratios(tenth, ratio):
    z = scipy.stats.norm.ppf(0.975)
    medians, lows, highs = [], [], []
    for which in range(10):
        values = numpy.sort(ratio[tenth == which])
        n = len(values)
        medians.append(numpy.median(values))
        lows.append(values[int(numpy.ceil(n / 2 - z * numpy.sqrt(n) / 2)) - 1])
        highs.append(values[int(numpy.floor(1 + n / 2 + z * numpy.sqrt(n) / 2)) - 1])
    array("chart_ratio_median", medians)
    array("chart_ratio_low", lows)
    array("chart_ratio_high", highs)


def coverage(tenth, inside):
    shares, lows, highs = [], [], []
    for which in range(10):
        these = inside[tenth == which]
        low, high = proportion_confint(these.sum(), len(these), alpha=0.05, method="wilson")
        shares.append(these.mean())
        lows.append(low)
        highs.append(high)
    array("chart_coverage", shares)
    array("chart_coverage_low", lows)
    array("chart_coverage_high", highs)


def trend(sqft, errors):
    """At a few places that sales have"""
    fitted = lowess(errors, sqft, frac=2 / 3, it=3, delta=0)
    at = [864, 1040, 1200, 1456, 1728, 2000]
    array("chart_trend_x", at)
    array("chart_trend_y", numpy.interp(at, fitted[:, 0], fitted[:, 1]))


def boxes(condition, errors):
    values = errors[condition == "Good"]
    print(f"#define CHART_GOOD_N {len(values)}")
    print(f"#define CHART_GOOD_MEDIAN {float(numpy.median(values))!r}")


def parts(longitude, latitude, errors):
    def third(values):
        return numpy.searchsorted(numpy.quantile(values, [1 / 3, 2 / 3]), values, side="right")

    part = 3 * third(latitude) + third(longitude)
    medians = {p: numpy.median(errors[part == p]) for p in range(9) if (part == p).sum() >= 30}
    worst = max(medians, key=lambda p: abs(medians[p]))
    names = ["south-west", "south", "south-east", "west", "centre", "east", "north-west", "north", "north-east"]
    print(f'#define CHART_PART "{names[worst]}"')
    print(f"#define CHART_PART_N {(part == worst).sum()}")
    print(f"#define CHART_PART_MEDIAN {float(medians[worst])!r}")
    print(f"#define CHART_COLOUR_REACH {float(numpy.quantile(numpy.abs(errors), 0.95))!r}")


def main():
    with open(HERE / "chart" / "house-boosting.csv", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    get = lambda name: numpy.array([float(row[name]) for row in rows])
    price, predicted, low, high = get("price"), get("predicted"), get("low"), get("high")
    tenth = tenths(predicted)
    print("/* chart.h - made by make-chart.py, which says what it holds */\n#pragma once\n\n#include <math.h>\n\n/* clang-format off */")
    outliers(get("row"), numpy.log(price / predicted))
    fanning(tenth, price - predicted)
    ratios(tenth, predicted / price)
    coverage(tenth, (low <= price) & (price <= high))
    trend(get("sqft"), price / predicted - 1)
    boxes(numpy.array([row["condition"] for row in rows]), price / predicted - 1)
    parts(get("longitude"), get("latitude"), price / predicted - 1)
    print("/* clang-format on */")


if __name__ == "__main__":
    main()
