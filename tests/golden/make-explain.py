#!/usr/bin/python3
# make-explain.py - writes explain.h: invented sales, a linear model of them, and what scikit-learn says of it
#
# Usage: /usr/bin/python3 make-explain.py > explain.h
# Needs NumPy, pandas and scikit-learn. The features are made here once more, from the attributes: nothing shares code with src.
#
# SPDX-License-Identifier: GPL-3.0-or-later
import numpy as np
import pandas as pd
from sklearn.base import BaseEstimator, RegressorMixin
from sklearn.inspection import partial_dependence, permutation_importance

N, REPEATS = 90, 2000
STATES = ["bad", "fair", "good", "superb"]
INTERCEPT, WEIGHTS = 10.5, [0.006, 0.08, -0.012, 0.01]  # area, state, age, density: of the logarithm of the price
random = np.random.default_rng(31)


class Model(BaseEstimator, RegressorMixin):
    """From attributes to prices, in single precision where the program is"""

    def fit(self, houses=None, price=None):
        self.fitted_ = True
        return self

    def predict(self, houses):
        area, rooms, state, built, sold = np.asarray(houses, dtype=float).T
        features = np.column_stack([area, state, np.maximum(sold // 12 - built, 0), area / rooms]).astype(np.float32)
        margin = np.full(len(features), np.float32(INTERCEPT), dtype=np.float32)
        for j, weight in enumerate(WEIGHTS):
            margin = margin + features[:, j] * np.float32(weight)
        return np.exp(margin.astype(float))


def show(name, values, kind="double"):
    print(f"static const {kind} {name}[] = {{ " + ", ".join(str(v) if kind != "double" else repr(float(v)) for v in values) + " };")


houses = pd.DataFrame({
    "area": np.round(random.gamma(6, 18, N) + 20, 1),
    "rooms": random.integers(1, 8, N),
    "state": random.choice(4, N, p=[0.1, 0.4, 0.4, 0.1]),
    "built": random.integers(1900, 2006, N),
    "sold": 2008 * 12 + random.integers(0, 36, N),  # months since the year 0
})
model = Model().fit()
price = np.round(model.predict(houses) * np.exp(random.normal(0, 0.12, N)))

print("/* explain.h - made by make-explain.py\n *\n * SPDX-License-Identifier: GPL-3.0-or-later\n */\n#pragma once\n")
print("#include <glib.h>\n")
print(f"#define EXPLAIN_N       {N}\n#define EXPLAIN_REPEATS {REPEATS} /* of scikit-learn */\n")
print(f"static const float explain_intercept = {INTERCEPT}f;")
show("explain_weights", [f"{w}f" for w in WEIGHTS], "float")
print('static const char explain_csv[] = "price,area,rooms,state,built,sold\\n"')
for i, h in houses.iterrows():
    date = f"{int(h.sold) // 12}-{int(h.sold) % 12 + 1:02d}"
    end = ";" if i == N - 1 else ""
    print(f'                                  "{price[i]:.0f},{h.area},{int(h.rooms)},{STATES[int(h.state)]},{int(h.built)},{date}\\n"{end}')

# Importance: scikit-learn's draws, and the expectation over all permutations, in which each sale gets any sale's value
found = permutation_importance(model, houses, price, scoring="neg_mean_absolute_error", n_repeats=REPEATS, random_state=5)
base = np.mean(np.abs(price - model.predict(houses)))
print(f"static const double explain_mae = {float(base)!r};")
print("static const struct\n{\n  const char *attribute;\n  double mean, sd, expected;\n} explain_importance[] = {")
for j, name in enumerate(houses.columns):
    pairs = houses.loc[houses.index.repeat(N)].reset_index(drop=True)
    pairs[name] = np.tile(houses[name].to_numpy(), N)
    expected = np.mean(np.abs(np.repeat(price, N) - model.predict(pairs))) - base
    print(f'  {{ "{name}", {found.importances_mean[j]!r}, {found.importances[j].std(ddof=1)!r}, {float(expected)!r} }},')
print("};")

# Dependence: scikit-learn's grid is all values where there are few
for name in ["rooms", "state", "sold"]:
    result = partial_dependence(model, houses, [name], kind="both", grid_resolution=100, method="brute")
    show(f"explain_{name}_x", result["values"][0])
    show(f"explain_{name}_mean", result["average"][0])
    if name == "rooms":
        print("/* by sale */")
        show("explain_rooms_line", result["individual"][0].ravel())
# area: the order statistics between the 1st and 99th hundredth
ordered, points = np.sort(houses["area"].to_numpy()), 12
grid = [ordered[int(np.floor((0.01 + 0.98 * g / (points - 1)) * (N - 1) + 0.5))] for g in range(points)]
grid = sorted(set(grid))
means = [model.predict(houses.assign(area=value)).mean() for value in grid]
print(f"#define EXPLAIN_AREA_POINTS {points}")
show("explain_area_x", grid)
show("explain_area_mean", means)
show("explain_area_decile", [ordered[int(np.floor(d / 10 * (N - 1) + 0.5))] for d in range(1, 10)])
