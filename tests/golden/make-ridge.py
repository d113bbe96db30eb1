#!/usr/bin/python3
# Ridge regressions solved by numpy (augmented least squares, not the normal equations), for tests/learn/test-ridge.c.
# Prints ridge.h: features, prices, and for each case the intercept and the coefficients.
# SPDX-License-Identifier: GPL-3.0-or-later
import numpy as np


def ridge(x, y, penalty, held=()):
    """Penalised by rows that are added to the data; the intercept is free; held features are left out."""
    n, p = x.shape
    keep = [j for j in range(p) if j not in held]
    a = np.zeros((n + len(keep), len(keep) + 1))
    a[:n, : len(keep)] = x[:, keep]
    a[:n, -1] = 1
    a[n:, : len(keep)] = np.sqrt(penalty) * np.eye(len(keep))
    solution = np.linalg.lstsq(a, np.concatenate([y, np.zeros(len(keep))]), rcond=None)[0]
    beta = np.zeros(p)
    beta[keep] = solution[:-1]
    return solution[-1], beta


def show(name, values):
    print(f"static const double {name}[] = {{ " + ", ".join(repr(float(v)) for v in values) + " };")


random = np.random.default_rng(20)
n, p = 40, 6
x = random.normal(size=(n, p))
x[:, 3] = (random.random(n) < 0.3) - 0.3  # a category's column
x[:, 5] = x[:, 4]  # twice the same
x = (x - x.mean(0)).astype(np.float32).astype(float)
price = np.round(np.exp(12 + x @ [0.3, -0.2, 0.1, 0.25, 0.05, 0.05] + 0.1 * random.normal(size=n)), 2)
print("/* ridge.h - made by make-ridge.py\n *\n * SPDX-License-Identifier: GPL-3.0-or-later\n */\n#pragma once\n")
print(f"#define RIDGE_N {n}\n#define RIDGE_P {p}\n")
print("static const float ridge_features[] = { " + ", ".join(repr(float(v)) for v in x.ravel()) + " };")
show("ridge_price", price)
for name, y, penalty, held in [
    ("ridge_plain_3", price, 3, ()),
    ("ridge_log_3", np.log(price), 3, ()),
    ("ridge_log_100", np.log(price), 100, ()),
    ("ridge_log_free", np.log(price), 1e-9, ()),
    ("ridge_log_held", np.log(price), 3, (1,)),
]:
    intercept, beta = ridge(x, y, penalty, held)
    show(name, [*beta, intercept])
# fewer rows than features
intercept, beta = ridge(x[:4], price[:4], 2.5)
show("ridge_few", [*beta, intercept])
