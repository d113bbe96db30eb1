#!/usr/bin/python3
"""Makes xgboost-model.json (our format) and xgboost.golden.json (XGBoost's own margins and SHAP values for rows with missing
values and with values equal to thresholds). SPDX-License-Identifier: GPL-3.0-or-later

Run from the top of the source tree.
"""
import json
import numpy as np
import xgboost as xgb

rng = np.random.default_rng(7)
n, f = 400, 5
x = np.round(rng.normal(size=(n, f)), 1).astype(np.float32)
x[rng.random((n, f)) < 0.15] = np.nan
z = np.nan_to_num(x)
y = (12 + 0.3 * z[:, 0] - 0.2 * z[:, 1] * z[:, 2] + 0.1 * (z[:, 3] > 0) + 0.2 * np.isnan(x[:, 4])
     + 0.05 * rng.normal(size=n)).astype(np.float32)
booster = xgb.train({"max_depth": 4, "eta": 0.3, "base_score": 12.0, "min_child_weight": 3, "nthread": 1, "seed": 1,
                     "tree_method": "exact"}, xgb.DMatrix(x, y), 25)
model = json.loads(booster.save_raw("json").decode())["learner"]


def short(value):
    return float(str(np.float32(value)))


trees = []
for tree in model["gradient_booster"]["model"]["trees"]:
    # Breadth first, so that a right child comes right after its left one
    order, place = [0], {}
    i = 0
    while i < len(order):
        node = order[i]
        place[node] = i
        if tree["left_children"][node] != -1:
            order += [tree["left_children"][node], tree["right_children"][node]]
        i += 1
    leaf = [tree["left_children"][o] == -1 for o in order]
    trees.append({
        "feature": [0 if l else tree["split_indices"][o] for o, l in zip(order, leaf)],
        "value": [short(tree["split_conditions"][o]) for o in order],
        "left": [-1 if l else place[tree["left_children"][o]] for o, l in zip(order, leaf)],
        "default_left": [0 if l else int(tree["default_left"][o]) for o, l in zip(order, leaf)],
        "count": [int(round(tree["sum_hessian"][o])) for o in order],
    })
base = float(model["learner_model_param"]["base_score"])
with open("tests/golden/model/xgboost-model.json", "w") as out:
    head = {"format": 1, "kind": "trees", "target": "log", "n_features": f, "base": base}
    out.write(json.dumps(head)[:-1] + ',"trees":[\n' + ",\n".join(json.dumps(t) for t in trees) + "\n]}\n")

rows = np.round(rng.normal(size=(40, f)), 1).astype(np.float32)
rows[rng.random(rows.shape) < 0.2] = np.nan
thresholds = [(t["feature"][i], t["value"][i]) for t in trees for i in range(len(t["left"])) if t["left"][i] != -1]
for r in range(20):  # a value equal to a threshold goes right
    feature, value = thresholds[r * 3]
    rows[r, feature] = np.float32(value)
rows[38] = np.nan
rows[39] = 0
matrix = xgb.DMatrix(rows)
with open("tests/golden/model/xgboost.golden.json", "w") as out:
    json.dump({
        "rows": [[None if np.isnan(v) else short(v) for v in row] for row in rows],
        "margin": [short(v) for v in booster.predict(matrix, output_margin=True)],
        "contributions": [[short(v) for v in row] for row in booster.predict(matrix, pred_contribs=True)],
    }, out)
    out.write("\n")
