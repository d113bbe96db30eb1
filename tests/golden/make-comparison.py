#!/usr/bin/env python3
# make-comparison.py - writes comparison.h: what SciPy says of folds' differences and of two samples
#
# Usage: ./make-comparison.py > comparison.h
# Needs NumPy and SciPy. The tests are written down from their papers, with SciPy's distributions; nothing here shares code with src/study.
#
# SPDX-License-Identifier: GPL-3.0-or-later
import numpy as np
from scipy import special, stats


def array(name, values):
    lines = [f"static const double {name}[] = {{"]
    lines += ["  " + ", ".join(repr(float(v)) for v in values[i:i + 6]) + "," for i in range(0, len(values), 6)]
    return "\n".join(lines + ["};"])


def resampled(name, difference, ratio, rope):
    """Nadeau and Bengio 2003, equation 8; Benavoli, Corani, Demsar and Zaffalon 2017, equation 8"""
    d = np.asarray(difference, float)
    n = len(d)
    scale = np.sqrt((1 / n + ratio) * d.var(ddof=1))
    t = d.mean() / scale
    rho = ratio / (1 + ratio)  # rho / (1 - rho) = ratio
    posterior = stats.t(n - 1, loc=d.mean(), scale=np.sqrt((1 / n + rho / (1 - rho)) * d.var(ddof=1)))
    print(array(f"{name}_difference", d))
    print(f"static const Resampled {name} = {{ {name}_difference, {n}, {float(ratio)!r}, {float(rope)!r}, {float(t)!r}, "
          f"{float(2 * stats.t.sf(abs(t), n - 1))!r}, {float(posterior.cdf(-rope))!r}, "
          f"{float(posterior.cdf(rope) - posterior.cdf(-rope))!r}, {float(posterior.sf(rope))!r} }};\n")


def two_samples(name, a, b):
    exact = stats.ks_2samp(a, b, method="exact")
    limit = special.kolmogorov(exact.statistic * np.sqrt(len(a) * len(b) / (len(a) + len(b))))
    print(array(f"{name}_a", a))
    print(array(f"{name}_b", b))
    print(f"static const TwoSamples {name} = {{ {name}_a, {len(a)}, {name}_b, {len(b)}, {float(exact.statistic)!r}, "
          f"{float(exact.pvalue)!r}, {float(limit)!r} }};\n")


def psi(name, a, b):
    """Over the deciles of a, closed on the right, as pandas.qcut() has them; an empty bin counts as half a value, unless it is in both"""
    edges = np.unique(np.quantile(a, np.arange(1, 10) / 10).round(9))  # NumPy interpolates between equal values
    edges = edges[edges < a.max()]
    n_bins = len(edges) + 1
    r = np.bincount(np.searchsorted(edges, a, side="left"), minlength=n_bins)
    c = np.bincount(np.searchsorted(edges, b, side="left"), minlength=n_bins)
    used = (r > 0) | (c > 0)
    r, c = r[used], c[used]
    r, c = np.where(r > 0, r, 0.5) / len(a), np.where(c > 0, c, 0.5) / len(b)
    print(f"static const double {name} = {float(np.sum((c - r) * np.log(c / r)))!r};")
    print(f"static const double {name}_by_chance = "
          f"{float(stats.chi2.ppf(0.99, n_bins - 1) * (1 / len(a) + 1 / len(b)))!r};\n")


def paired(rng):
    """Three versions' estimates of the same sales; differences of metrics over all resamples come close to these"""
    price = np.round(np.exp(rng.normal(12, 0.4, 240)), -2)
    versions = [np.round(price * np.exp(rng.normal(0.01, s, 240)), 2) for s in (0.10, 0.10, 0.16)]
    print(array("paired_price", price))
    for i, predicted in enumerate(versions):
        print(array(f"paired_{i}", predicted))
    # The difference of the MAE is a mean of paired differences: its standard error is known
    for a, b in ((0, 1), (0, 2)):
        d = np.abs(versions[b] - price) - np.abs(versions[a] - price)
        boot = stats.bootstrap((d,), np.mean, n_resamples=200_000, method="percentile", batch=2000,
                               random_state=np.random.default_rng(5)).confidence_interval
        print(f"static const double paired_mae_{a}{b}[] = {{ {float(d.mean())!r}, {float(boot.low)!r}, "
              f"{float(boot.high)!r}, {float(stats.sem(d))!r} }};")
    r = [np.median(v / price) for v in versions]
    print(f"static const double paired_median_ratio_02 = {float(r[2] - r[0])!r};")


def main():
    rng = np.random.default_rng(20)
    print("/* comparison.h - written by make-comparison.py: do not edit\n *\n * SPDX-License-Identifier: GPL-3.0-or-later\n */")
    print("#pragma once\n\n#include <glib.h>\n")
    print("typedef struct { const double *difference; guint n; double ratio, rope, t, p, p_below, p_rope, p_above; } Resampled;")
    print("typedef struct { const double *a; gsize n_a; const double *b; gsize n_b; double d, p_exact, p_limit; } TwoSamples;\n")
    resampled("five_folds", np.round(rng.normal(300, 250, 5), 1), 1 / 4, 187)
    resampled("ten_folds", np.round(rng.normal(-40, 150, 10), 1), 1 / 9, 187)
    resampled("holdouts", np.round(rng.normal(-900, 200, 30), 1), 0.5, 100)
    two_samples("shifted", np.round(rng.normal(0, 1, 60), 3), np.round(rng.normal(0.6, 1, 45), 3))
    two_samples("alike", np.round(rng.normal(0, 1, 80), 3), np.round(rng.normal(0, 1, 80), 3))
    two_samples("apart", np.round(rng.normal(0, 1, 50), 3), np.round(rng.normal(4, 1, 70), 3))
    tied_a, tied_b = rng.integers(0, 6, 70).astype(float), rng.integers(1, 7, 40).astype(float)
    two_samples("tied", tied_a, tied_b)
    a, b = np.round(rng.gamma(4, 300, 500)), np.round(rng.gamma(4, 360, 200))
    print(array("sizes_a", a))
    print(array("sizes_b", b))
    psi("sizes_psi", a, b)
    psi("tied_psi", tied_a, tied_b)
    paired(rng)


main()
