#!/usr/bin/env python3
# make-study.py - writes study.h: invented sales and what other programs say of them
#
# Usage: ./make-study.py > study.h
# Needs NumPy, SciPy, pandas and scikit-learn. Only their functions are used: nothing here shares code with src/study.
#
# SPDX-License-Identifier: GPL-3.0-or-later
import math

import numpy as np
import pandas as pd
from scipy import optimize, special, stats
from sklearn import metrics


def number(value):
    return "NAN" if value is None or math.isnan(value) else repr(float(value))


def invent(seed, n, slope, noise, level):
    """n sales whose ratios change by slope when the price doubles, in whole dollars, all prices distinct"""
    rng = np.random.default_rng(seed)
    price = np.unique(np.round(np.exp(rng.normal(12.1, 0.45, 4 * n)), -1))
    price = rng.permutation(price)[:n]
    ratio = level * (1 + slope * np.log2(price / 180_000)) * np.exp(rng.normal(0, noise, n))
    return np.round(price * ratio), price


SETS = {
    "level": invent(1, 41, 0.0, 0.09, 1.0),
    "regressive": invent(2, 130, -0.12, 0.14, 0.97),
    "progressive": invent(3, 36, 0.2, 0.2, 0.8),
    "close": invent(4, 64, 0.0, 0.03, 1.02),
    "deciles": invent(5, 523, -0.06, 0.16, 1.05),
    "few": invent(6, 7, 0.05, 0.1, 0.9),
    "eighteen": invent(7, 18, 0.0, 0.1, 1.0),
    "even": invent(8, 50, -0.05, 0.12, 1.1),
}
# Equal prices and equal estimates, so equal proxies too
SETS["ties"] = (np.round(np.repeat([90e3, 120e3, 120e3, 200e3, 260e3, 310e3], 5) * np.tile([1, 1.1, 0.9, 1, 1.05], 6)),
                np.repeat([100e3, 110e3, 120e3, 200e3, 250e3, 250e3], 5))
# So many equal proxies that groups are empty
SETS["merged"] = (np.repeat([101e3, 190e3, 330e3], [10, 40, 10]), np.repeat([100e3, 200e3, 300e3], [10, 40, 10]))


def student_quantile(probability, df):
    # scipy.stats.t.ppf (1.10) is only good to 1e-9: solve for the tail, whose cumulative function is better
    if probability == 0.5:
        return 0.0
    tail = min(probability, 1 - probability)
    t = optimize.brentq(lambda x: special.betainc(df / 2, 0.5, df / (df + x * x)) / 2 / tail - 1, 1e-9, 1e6,
                        xtol=1e-15, rtol=1e-15)
    return math.copysign(t, probability - 0.5)


def gini_in_order(values):
    # From the Lorenz curve, as twice the area between it and the diagonal (trapezoids)
    curve = np.concatenate([[0], np.cumsum(values) / np.sum(values)])
    return 1 - np.sum(curve[1:] + curve[:-1]) / len(values)


def median_interval(ratio, level):
    n = len(ratio)
    reach = stats.norm.ppf(0.5 + level / 2) * math.sqrt(n) / 2
    low, high = math.ceil(n / 2 - reach), math.floor(1 + n / 2 + reach)
    return (math.nan, math.nan) if low < 1 or high > n else tuple(np.sort(ratio)[[low - 1, high - 1]])


def study(estimate, price):
    sales = pd.DataFrame({"estimate": estimate, "price": price})
    n, ratio, error = len(sales), sales.estimate / sales.price, (sales.estimate - sales.price).abs() / sales.price
    median = ratio.median()
    proxy = 0.5 * sales.price + 0.5 * sales.estimate / median
    line = stats.linregress(np.log2(proxy), (ratio - median) / median)
    reach = {level: line.stderr * student_quantile(0.5 + level / 2, n - 2) for level in (0.9, 0.95)}
    by_price = sales.sort_values("price", kind="stable")
    gini_estimate, gini_price = gini_in_order(by_price.estimate.values), gini_in_order(by_price.price.values)

    groups, vei, significance = [], math.nan, math.nan
    if n >= 20:
        k = 2 if n <= 50 else 4 if n <= 500 else 10
        for _, members in ratio.groupby(pd.qcut(proxy, k, labels=False, duplicates="drop")):
            groups.append((len(members), proxy[members.index].median(), members.median(),
                           *median_interval(members.values, 0.9)))
        vei = 100 * (groups[-1][2] - groups[0][2]) / median
        upper, lower = (groups[-1], groups[0]) if vei >= 0 else (groups[0], groups[-1])
        significance = 100 * (upper[3] - lower[4]) / median

    return {
        "median_ratio": median,
        "mean_ratio": ratio.mean(),
        "weighted_mean_ratio": np.average(ratio, weights=price),
        "cod": 100 * (ratio - median).abs().mean() / median,
        "cov": 100 * stats.variation(ratio, ddof=1),
        "prd": ratio.mean() / np.average(ratio, weights=price),
        "prb": line.slope,
        "mki": gini_estimate / gini_price,
        "ki": gini_estimate - gini_price,
        "vei": vei,
        "r2": metrics.r2_score(price, estimate),
        "mae": metrics.mean_absolute_error(price, estimate),
        "rmse": math.sqrt(metrics.mean_squared_error(price, estimate)),
        "mape": metrics.mean_absolute_percentage_error(price, estimate),
        "mdape": error.median(),
        "ppe5": (error <= 0.05).mean(),
        "ppe10": (error <= 0.10).mean(),
        "ppe20": (error <= 0.20).mean(),
    }, {
        "prb_intercept": line.intercept,
        "prb_se": line.stderr,
        "prb_t": line.slope / line.stderr,
        "prb_p": line.pvalue,
        "prb_low": line.slope - reach[0.95],
        "prb_high": line.slope + reach[0.95],
        "prb90_low": line.slope - reach[0.9],
        "prb90_high": line.slope + reach[0.9],
        "median_low": median_interval(ratio.values, 0.95)[0],
        "median_high": median_interval(ratio.values, 0.95)[1],
        "significance": significance,
    }, groups


def statistics_of(estimate, price):
    """Rows are resamples; statistics that NumPy computes along rows"""
    ratio = estimate / price
    median = np.median(ratio, axis=1)
    error = np.abs(estimate - price) / price
    return {
        "mae": np.abs(estimate - price).mean(axis=1),
        "r2": 1 - ((estimate - price) ** 2).sum(axis=1)
              / ((price - price.mean(axis=1, keepdims=True)) ** 2).sum(axis=1),
        "mdape": np.median(error, axis=1),
        "ppe10": (error <= 0.10).mean(axis=1),
        "cod": 100 * np.abs(ratio - median[:, None]).mean(axis=1) / median,
        "prd": ratio.mean(axis=1) * price.sum(axis=1) / estimate.sum(axis=1),
    }


def bootstrap(estimate, price, replicates=20000):
    rng = np.random.default_rng(99)
    rows = rng.integers(0, len(price), (replicates, len(price)))
    drawn = statistics_of(estimate[rows], price[rows])
    return [(name, *np.quantile(values, [0.025, 0.975]), values.std()) for name, values in drawn.items()]


def print_distributions():
    print("static const struct { double x, cdf; } golden_normal[] = {")
    for x in (-37.0, -12.5, -3.0, -1.0, -1e-9, 0.0, 0.25, 1.959963984540054, 6.0):
        print(f"  {{ {number(x)}, {number(stats.norm.cdf(x))} }},")
    print("};\n\nstatic const struct { double probability, x; } golden_normal_quantile[] = {")
    for p in (1e-300, 1e-20, 1e-6, 0.025, 0.3, 0.5, 0.75, 0.95, 0.975, 0.999999):
        print(f"  {{ {number(p)}, {number(special.ndtri(p))} }},")
    print("};\n\nstatic const struct { double a, b, x, value; } golden_beta[] = {")
    for a, b, x in ((0.5, 0.5, 0.3), (2, 3, 0.4), (2, 3, 0.95), (10, 0.5, 0.9), (0.5, 40, 0.01), (120, 80, 0.62),
                    (1, 1, 0.123), (5000, 5000, 0.505), (30, 30, 1e-3)):
        print(f"  {{ {a}, {b}, {x}, {number(special.betainc(a, b, x))} }},")
    print("};\n\n/* p: two-sided */\nstatic const struct { double t, df, cdf, p; } golden_student[] = {")
    for t, df in ((0.0, 5), (1.0, 1), (-1.0, 1), (2.0, 2.5), (-3.5, 12), (0.001, 30), (8.0, 40), (-22.1, 28), (1.96, 2928),
                  (1.96, 1e6), (-40.0, 3), (1e8, 2)):
        print(f"  {{ {t}, {df}, {number(stats.t.cdf(t, df))}, {number(2 * stats.t.sf(abs(t), df))} }},")
    print("};\n\nstatic const struct { double probability, df, t; } golden_student_quantile[] = {")
    for p, df in ((0.975, 1), (0.975, 2), (0.95, 3.5), (0.9, 15), (0.75, 52), (0.025, 977), (0.995, 1e6), (1e-10, 4),
                  (0.5, 9), (0.6, 200)):
        print(f"  {{ {p}, {df}, {number(student_quantile(p, df))} }},")
    print("};\n")


print("/* study.h - invented sales and what other programs say of them; written by make-study.py\n *")
print(" * SPDX-License-Identifier: GPL-3.0-or-later\n */\n#pragma once\n\n#include <glib.h>\n#include <math.h>\n")
print_distributions()
for name, (estimate, price) in SETS.items():
    for what, values in (("estimate", estimate), ("price", price)):
        print(f"static const double {name}_{what}[] = {{")
        for i in range(0, len(values), 10):
            print("  " + ", ".join(f"{v:.10g}" for v in values[i:i + 10]) + ",")
        print("};")
    print()
print("""typedef struct { gsize n; double median_proxy, median_ratio, low, high; } GoldenGroup;

typedef struct
{
  const char   *name;
  const double *estimate, *price;
  gsize         n;
  struct { const char *name; double value; } statistic[18];
  double        prb_intercept, prb_se, prb_t, prb_p, prb_low, prb_high, prb90_low, prb90_high;
  double        median_low, median_high, significance;
  guint         n_groups;
  GoldenGroup   group[10];
} GoldenStudy;

static const GoldenStudy golden_studies[] = {""")
for name, (estimate, price) in SETS.items():
    values, details, groups = study(estimate, price)
    print(f'  {{ "{name}", {name}_estimate, {name}_price, {len(price)},\n    {{')
    for key, value in values.items():
        print(f'      {{ "{key}", {number(value)} }},')
    print("    },\n    " + ", ".join(number(v) for v in details.values()) + f",\n    {len(groups)}, {{")
    for size, *rest in groups:
        print(f"      {{ {size}, " + ", ".join(number(v) for v in rest) + " },")
    print("    } },")
print("};\n\n/* Percentile intervals of 95 % and standard error of the regressive sales, from 20,000 resamples */")
print("static const struct { const char *metric; double low, high, se; } golden_bootstrap[] = {")
for name, *values in bootstrap(*SETS["regressive"]):
    print(f'  {{ "{name}", ' + ", ".join(number(v) for v in values) + " },")
print("};")
