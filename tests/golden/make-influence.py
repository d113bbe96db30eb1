#!/usr/bin/python3
# make-influence.py - writes influence.h: what statsmodels and NumPy say of the sales behind linear models
#
# Usage: /usr/bin/python3 make-influence.py > influence.h
# Without a penalty: statsmodels' OLSInfluence. With one: the whole hat matrix, and a regression for each sale that is left out.
#
# SPDX-License-Identifier: GPL-3.0-or-later
import numpy as np
import statsmodels.api as sm
from statsmodels.stats.outliers_influence import OLSInfluence

N, P, PENALTY = 30, 4, 2.5


def show(name, values):
    print(f"static const double {name}[] = {{ " + ", ".join(repr(float(v)) for v in values) + " };")


def fit(x, y, penalty):
    """Ridge by rows that are added to the data; the intercept, last, is free"""
    p = x.shape[1]
    a = np.vstack([np.column_stack([x, np.ones(len(x))]), np.column_stack([np.sqrt(penalty) * np.eye(p), np.zeros(p)])])
    return np.linalg.lstsq(a, np.concatenate([y, np.zeros(p)]), rcond=None)[0]


def ridge(x, y, penalty):
    n, p = x.shape
    design = np.column_stack([x, np.ones(n)])
    # column by column: the fit of a price that is 1 for one sale and 0 for all others
    hat = np.column_stack([design @ fit(x, column, penalty) for column in np.eye(n)])
    fitted = design @ fit(x, y, penalty)
    rest = np.eye(n) - hat
    assert np.allclose(hat @ y, fitted)
    variance = np.sum((y - fitted) ** 2) / np.trace(rest @ rest)
    residual = (y - fitted) / np.sqrt(variance * np.diag(rest @ rest.T))
    cook = []
    for i in range(n):
        keep = np.arange(n) != i
        without = design @ fit(x[keep], y[keep], penalty)
        cook.append(np.sum((fitted - without) ** 2) / (np.trace(hat) * variance))
    return np.diag(hat), residual, cook, np.trace(hat), np.sqrt(variance)


random = np.random.default_rng(77)
x = random.normal(size=(N, P))
x[:, 3] = (random.random(N) < 0.3) - 0.3
x[4, 0] += 6  # far out, and off the line
x = (x - x.mean(0)).astype(np.float32).astype(float)
price = np.round(np.exp(12 + x @ [0.3, -0.2, 0.1, 0.25] + 0.1 * random.normal(size=N)), 2)
price[4] *= 0.8
print("/* influence.h - made by make-influence.py\n *\n * SPDX-License-Identifier: GPL-3.0-or-later\n */\n#pragma once\n")
print(f"#define INFLUENCE_N       {N}\n#define INFLUENCE_P       {P}\n#define INFLUENCE_PENALTY {PENALTY}\n")
print("static const float influence_features[] = { " + ", ".join(repr(float(v)) for v in x.ravel()) + " };")
show("influence_price", price)
for name, y in ("log", np.log(price)), ("plain", price):
    result = sm.OLS(y, sm.add_constant(x)).fit()
    found = OLSInfluence(result)
    show(f"influence_{name}_leverage", found.hat_matrix_diag)
    show(f"influence_{name}_residual", found.resid_studentized_internal)
    show(f"influence_{name}_cook", found.cooks_distance[0])
    print(f"static const double influence_{name}_sigma = {float(np.sqrt(result.scale))!r};")
    # the two agree where both can say something
    for ours, theirs in zip(ridge(x, y, 0)[:3], (found.hat_matrix_diag, found.resid_studentized_internal, found.cooks_distance[0])):
        assert np.allclose(ours, theirs)
for name, design in ("ridge", x), ("held", x[:, [0, 2, 3]]):  # held: the second feature may not fall, so it isn't there
    leverage, residual, cook, trace, sigma = ridge(design, np.log(price), PENALTY)
    show(f"influence_{name}_leverage", leverage)
    show(f"influence_{name}_residual", residual)
    show(f"influence_{name}_cook", cook)
    print(f"static const double influence_{name}_parameters = {float(trace)!r}, influence_{name}_sigma = {float(sigma)!r};")
