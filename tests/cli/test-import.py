# test-import.py - models that another program trained
# SPDX-License-Identifier: GPL-3.0-or-later

import csv
import gzip
import hashlib
import json
import math
import os
import pickle
import struct

from harness import (HOUSE, REGISTRY, SOURCE, check, close, contains, done, equal, path, run, sales, small_schema, status, train,
                     write)

GOLDEN = os.path.join(SOURCE, "tests", "golden", "model", "xgboost")
ALPHABETICAL = "code 0 is taken for the first"


def single(value):
    """As a float32 holds it."""
    return struct.unpack("f", struct.pack("f", value))[0]


def read_sales(name):
    with open(name, encoding="utf-8") as file:
        return list(csv.DictReader(file))


def leaf_tree(split, values, counts, feature, categories=None):
    """A stump as XGBoost writes it; categories go right."""
    tree = {"id": 0, "left_children": [1, -1, -1], "right_children": [2, -1, -1], "parents": [2147483647, 0, 0],
            "split_indices": [feature, 0, 0], "split_conditions": [split, *values], "default_left": [1, 0, 0],
            "split_type": [0, 0, 0], "sum_hessian": [sum(counts), *counts], "categories": [], "categories_nodes": [],
            "categories_segments": [], "categories_sizes": [],
            "tree_param": {"num_nodes": "3", "num_feature": "2", "num_deleted": "0", "size_leaf_vector": "0"}}
    if categories is not None:
        tree.update(split_type=[1, 0, 0], categories=categories, categories_nodes=[0], categories_segments=[0],
                    categories_sizes=[len(categories)], split_conditions=[float("nan"), *values])
    return tree


def boost(rows, target, rounds=60, rate=0.3):
    """Stumps on the living area and on sets of locations, fitted by least squares."""
    places = sorted({row["location"] for row in rows})
    areas = [single(float(row["sqft"])) for row in rows]
    codes = [places.index(row["location"]) for row in rows]
    wanted = [target(float(row["price"])) for row in rows]
    base = sum(wanted) / len(wanted)
    rest = [value - base for value in wanted]
    cuts = [single(cut) for cut in sorted(set(areas))[5::8]]
    trees = []
    for step in range(rounds):
        means = {code: sum(r for r, c in zip(rest, codes) if c == code) / codes.count(code) for code in set(codes)}
        best = None
        chosen = sorted(code for code in means if means[code] > 0)
        options = [(cut, None) for cut in cuts] if step % 2 == 0 else [(None, chosen)]
        for cut, right in options:
            goes_right = [area >= cut if right is None else code in right for area, code in zip(areas, codes)]
            counts = [goes_right.count(False), goes_right.count(True)]
            if min(counts) == 0:
                continue
            sums = [sum(r for r, g in zip(rest, goes_right) if g == side) for side in (False, True)]
            gain = sum(s * s / c for s, c in zip(sums, counts))
            if best is None or gain > best[0]:
                best = (gain, cut, right, goes_right, [single(rate * s / c) for s, c in zip(sums, counts)], counts)
        _, cut, right, goes_right, values, counts = best
        trees.append(leaf_tree(cut, values, counts, 0 if right is None else 1, right))
        rest = [r - values[g] for r, g in zip(rest, goes_right)]
    for index, tree in enumerate(trees):
        tree["id"] = index
    return base, trees, places


def document(base, trees, names=("sqft", "location"), types=("float", "c"), **learner):
    return {"learner": {"attributes": {}, "feature_names": list(names), "feature_types": list(types),
                        "gradient_booster": {"name": "gbtree", "model": {
                            "gbtree_model_param": {"num_trees": str(len(trees)), "num_parallel_tree": "1"},
                            "tree_info": [0] * len(trees), "trees": trees}},
                        "learner_model_param": {"base_score": repr(base), "num_class": "0", "num_feature": str(len(names)),
                                                "num_target": "1"},
                        "objective": {"name": "reg:squarederror"}, **learner}, "version": [1, 7, 4]}


def expected(base, trees, area, code):
    margin = single(base)
    for tree in trees:
        right = code is not None and code in tree["categories"] if tree["split_type"][0] else single(area) >= tree["split_conditions"][0]
        margin = single(margin + tree["split_conditions"][2 if right else 1])
    return margin


data = sales()
schema = small_schema()
rows = read_sales(data)
base, trees, places = boost(rows, lambda price: price)
model = write("model.json", json.dumps(document(base, trees)))

# a whole version
result = run("models", "import", model, "--schema", schema, "--data", data)
status(result, 0, "models import")
contains(result.out, ["as version 1", "XGBoost 1.7.4", "gbtree", "reg:squarederror", "60 trees", "MAE", "not trained on",
                      ALPHABETICAL], "models import")
listed = run("models", "--json").json()["versions"][0]
equal((listed["family"], listed["gates_passed"], listed["damaged"]), ("xgboost", True, False), "models: the imported version")
check(listed["test_mae"] > 0 and listed["oof_mae"] > 0, "models: it has metrics", listed)
status(run("models", "show", "1"), 0, "models show")
contains(run("models", "show", "1").out, ["sqft, location", "Gate", "model.json", "XGBoost 1.7.4"], "models show")
with open(os.path.join(REGISTRY, "house-price", "1", "imported.json"), "rb") as file:
    equal(file.read(), open(model, "rb").read(), "the file is kept as it is")
status(run("models", "verify", "1"), 0, "models verify")
status(run("models", "promote", "1"), 0, "models promote")

house = run("predict", "sqft=1656", "location=North Ames", "--explain", "--comparables", "3", "--json").json()
code = places.index("North Ames")
close(house["predicted_price"], expected(base, trees, 1656, code), 0.005, "predict: the price that XGBoost would give")
check(house["interval"]["low"] < house["predicted_price"] < house["interval"]["high"], "predict: an interval", house)
equal({part["feature"] for part in house["contributions"]}, {"sqft", "location"}, "predict: contributions")
close(sum(part["amount"] for part in house["contributions"]) + house["base_price"], house["predicted_price"], 0.005,
      "predict: contributions add up")
equal(len(house["comparables"]), 3, "predict: comparable sales")
check(house["comparables"][0]["similarity"] > 0.5, "predict: similar ones", house["comparables"])
unseen = run("predict", "sqft=1656", "location=Atlantis", "--json").json()
close(unseen["predicted_price"], expected(base, trees, 1656, None), 0.005, "an unseen category goes where missing ones do")
equal([warning["code"] for warning in unseen["warnings"]][:1], ["unseen_category"], "an unseen category is said to be one")
contains(unseen["warnings"][0]["message"], "does without it", "an unseen category is missing to it")
batch = run("predict", "--input", data, "--model", "1").rows()
prices = [expected(base, trees, float(row["sqft"]), places.index(row["location"])) for row in rows]
check(all(abs(float(got["predicted_price"]) - price) < 0.006 for got, price in zip(batch, prices)), "every row's price is XGBoost's")
status(run("evaluate", "1", data), 0, "evaluate")

# as JSON; the same file under another name
result = run("models", "import", model, "--schema", schema, "--data", data, "--json")
status(result, 0, "models import --json")
told = result.json()
equal(told["version"], "2", "models import --json: version")
equal(told["imported"]["sha256"], hashlib.sha256(open(model, "rb").read()).hexdigest(), "models import --json: hash")
equal((told["imported"]["booster"], told["imported"]["target"], told["imported"]["trees"]), ("gbtree", "plain", 60),
      "models import --json: what it is")
check(told["test"]["n"] + told["oof"]["n"] == len(rows), "models import --json: measured on all sales", told)
check(0.7 < told["interval"]["coverage"] <= 1, "models import --json: coverage", told["interval"])
first, second = (open(os.path.join(REGISTRY, "house-price", number, "metrics.json")).read() for number in ("1", "2"))
equal(first, second, "the same import gives the same bytes")

# with a trained one side by side
status(train("--family", "gradient_boosting"), 0, "train beside it")

# prices' logarithms
log_base, log_trees, _ = boost(rows, math.log)
log_model = write("log.json", json.dumps(document(log_base, log_trees)))
result = run("models", "import", log_model, "--schema", schema, "--data", data)
status(result, 3, "a model of logarithms taken for one of prices")
contains(result.err, ["log.json", "--target log"], "a model of logarithms taken for one of prices")
result = run("models", "import", log_model, "--schema", schema, "--data", data, "--target", "log", "--json")
status(result, 0, "a model of logarithms")
price = run("predict", "sqft=1656", "location=North Ames", "--model", result.json()["version"], "--json").json()
close(price["predicted_price"], math.exp(expected(log_base, log_trees, 1656, code)), 0.01, "exp of the sum")
status(run("models", "import", log_model, "--target", "sqrt"), 2, "--target: an unknown one")



def intervals(name, learner, options, target, scale):
    """Intervals are of the model's scale, whatever its target: as far up as down on it, and they hold what they say."""
    margin = {"plain": lambda price: price, "log1p": math.log1p, "exp": math.log}[target]
    start, stumps, _ = boost(many_rows, margin)
    contents = document(math.exp(start) if target == "exp" else start, stumps, **learner)
    result = run("models", "import", write(f"{name}.json", json.dumps(contents)), "--schema", schema, "--data", many,
                 "--json", *options)
    status(result, 0, f"{name}: models import")
    version, interval = result.json()["version"], result.json()["interval"]
    equal(result.json()["imported"]["target"], target, f"{name}: its target")
    check(0.86 < interval["coverage"] < 0.94, f"{name}: coverage of sales that did not calibrate", interval)
    equal(interval["width"], "per_house", f"{name}: each house has a width of its own")
    with open(os.path.join(REGISTRY, "house-price", version, "metrics.json"), encoding="utf-8") as file:
        equal(json.load(file)["calibration"]["target"], scale, f"{name}: the scale of its calibration")
    metrics = run("evaluate", version, many, "--json").json()["metrics"]
    check(0.88 < metrics["coverage90"] < 0.94, f"{name}: coverage of the sales that calibrated", metrics)
    valued = [[float(row[column]) for column in ("predicted_price", "low", "high")]
              for row in run("predict", "--input", many, "--model", version).rows()]
    equal(len(valued), len(many_rows), f"{name}: all are valued")
    check(all(low < price < high for price, low, high in valued), f"{name}: the price is within")
    ratios = {round(high / price, 3) for price, _, high in valued}
    check(len(ratios) > 10, f"{name}: the widths differ", ratios)
    off = max(abs((low * high / price if scale == "log" else low + high - price) - price) for price, low, high in valued)
    check(off < 0.03, f"{name}: as far up as down", off)


many = sales(900, 3)
many_rows = read_sales(many)
intervals("log1p", {}, ["--target", "log1p"], "log1p", "log")
intervals("gamma", {"objective": {"name": "reg:gamma"}}, [], "exp", "log")
intervals("price", {}, [], "plain", "plain")
data = sales()

# without sales
with open(schema, encoding="utf-8") as file:
    text = file.read().replace("location:   {type: category}",
                               "location:   {type: category, order: [%s]}" % ", ".join(map(json.dumps, places)))
ordered = write("ordered.yaml", text + "reference_date: 2010-07\n")
result = run("models", "import", model, "--schema", ordered, "--json")
status(result, 0, "models import without sales")
bare = result.json()["version"]
equal((result.json()["gates"]["passed"], result.json()["test"]), (False, None), "without sales: nothing is measured")
with open(os.path.join(REGISTRY, "house-price", bare, "metrics.json"), encoding="utf-8") as file:
    told = json.load(file)
equal([told[key] for key in ("oof", "test", "interval", "coverage", "calibration")], [None] * 5, "without sales: metrics.json")
contains(run("models").out, "not tested", "without sales: models")
for kind in ("importance", "dependence-sqft", "residuals-fitted"):
    result = run("plot", kind, bare, "-o", path("none.svg"))
    status(result, 3, f"without sales: plot {kind}")
    contains(result.err, ["imported without", "--data"], f"without sales: plot {kind}")
result = run("models", "show", bare)
status(result, 0, "without sales: models show")
contains(result.out, "without sales", "without sales: models show")
result = run("predict", "sqft=1656", "location=North Ames", "--model", bare, "--comparables", "3", "--json")
equal((result.json()["comparables"], [warning["code"] for warning in result.json()["warnings"]]), ([], ["no_interval"]),
      "without sales: no comparable sales, and no word of them")
result = run("predict", "sqft=1656", "location=North Ames", "--model", bare, "--json")
status(result, 0, "without sales: predict")
valued = result.json()
close(valued["predicted_price"], house["predicted_price"], 0, "without sales: the same price")
equal((valued["interval"]["low"], valued["interval"]["high"], valued["confidence"]["fsd"]), (None, None, None),
      "without sales: no interval")
equal([warning["code"] for warning in valued["warnings"]], ["no_interval"], "without sales: a warning")
result = run("predict", "sqft=1656", "location=North Ames", "--model", bare)
check("interval " not in result.out and "imported without sales" in result.out + result.err, "without sales: for people", result)
row = run("predict", "--input", data, "--model", bare).rows()[0]
equal((row["low"], row["high"], row["warnings"]), ("", "", "no_interval"), "without sales: no bounds in a file")
result = run("evaluate", bare, data, "--json")
status(result, 0, "without sales: evaluate")
equal(result.json()["metrics"]["coverage90"], None, "without sales: evaluate knows no coverage")
for force in ([], ["--force", "--reason", "I insist"]):
    result = run("models", "promote", bare, *force)
    status(result, 1, "without sales: it is not promoted")
    contains(result.err, "--data", "without sales: it is said why")
result = run("predict", "sqft=1656", "--model", bare, "--impute")
status(result, 3, "without sales: nothing to impute with")
contains(result.err, ["location", "knows no typical one"], "without sales: nothing to impute with")
result = run("models", "import", model, "--schema", schema)
status(result, 3, "without sales and without an order")
contains(result.err, ["location", "order", "--data"], "without sales and without an order")
numeric = [dict(tree, id=index) for index, tree in enumerate(tree for tree in trees if tree["split_type"][0] == 0)]
plain = write("plain.json", json.dumps(document(base, numeric, names=["SqFt", "Bedrooms"], types=["float", "int"])))
status(run("models", "import", plain), 0, "the shipped schema, names in other letters")

# from 3.1 on the file says which category has which code: neither order nor alphabet decide
backwards = list(reversed(places))
turned = [dict(tree, categories=sorted(len(places) - 1 - code for code in tree["categories"])) for tree in trees]
named = document(base, turned)
named["learner"]["gradient_booster"]["model"]["cats"] = {
    "enc": [{"offsets": [], "values": []},
            {"offsets": [0] + [sum(len(place.encode()) for place in backwards[:n + 1]) for n in range(len(backwards))],
             "values": [byte - 256 if byte > 127 else byte for byte in "".join(backwards).encode()]}],
    "feature_segments": [0, 0, len(places)], "sorted_idx": []}
named["version"] = [3, 1, 0]
named["learner"]["learner_model_param"]["base_score"] = f"[{base!r}]"
result = run("models", "import", write("named.json", json.dumps(named)), "--schema", ordered, "--data", data, "--json")
status(result, 0, "a file that names its categories")
check(not any(ALPHABETICAL in note for note in result.json()["notes"]), "nothing is assumed of its codes", result)
equal(run("predict", "sqft=1656", "location=North Ames", "--model", result.json()["version"], "--json").json()["predicted_price"],
      house["predicted_price"], "the same price by other codes")

# gates
strict = small_schema("strict.yaml", gates="gates: {mae: {max: 10}}")
result = run("models", "import", model, "--schema", strict, "--data", data)
status(result, 6, "gates not passed")
contains(result.err, ["did not pass", "mae"], "gates not passed")
check(len(run("models", "--json").json()["versions"]) >= 6, "it is registered all the same")

# fixtures of XGBoost's own
for name in sorted(os.listdir(GOLDEN)):
    if name == "xgb_expected.json":
        continue
    result = run("models", "import", os.path.join(GOLDEN, name), "--schema", ordered, registry=path("golden"))
    status(result, 0, f"import {name}")

# a linear model: compared and explained
linear = write("linear.json", json.dumps({"learner": {
    "feature_names": ["sqft", "bedrooms"], "feature_types": [], "attributes": {},
    "gradient_booster": {"name": "gblinear", "model": {"weights": [100.0, 2000.0, 5000.0], "boosted_rounds": 9}},
    "learner_model_param": {"base_score": "[1E4]", "num_feature": "2"}, "objective": {"name": "reg:squarederror"}},
    "version": [3, 1, 0]}))
result = run("models", "import", linear, "--schema", schema, "--data", data, "--json")
number = result.json()["version"]
house = run("predict", "sqft=1656", "bedrooms=3", "--model", number, "--explain", "--comparables", "2", "--json").json()
close(house["predicted_price"], 1656 * 100 + 3 * 2000 + 15000, 0.01, "a linear model's price")
close(sum(part["amount"] for part in house["contributions"]) + house["base_price"], house["predicted_price"], 0.005,
      "a linear model's contributions add up")
check(house["base_price"] > 100000, "they begin at the average sale", house)
check(house["comparables"][0]["similarity"] > 0.9, "a linear model's comparable sales", house["comparables"])


def refused(name, contents, said, *options, exit_status=3):
    result = run("models", "import", write(name, contents), "--schema", schema, "--data", data, *options)
    status(result, exit_status, f"refused: {name}")
    contains(result.err, [name, *([said] if isinstance(said, str) else said)], f"refused: {name}")
    check("Traceback" not in result.err and not result.out, f"refused: {name}: nothing else", result)


class Evil:
    def __reduce__(self):
        return (os.system, (f"touch {path('owned')}",))


before = run("models", "--json").json()["versions"]
for protocol in (0, 2, 3, 4, 5):
    refused(f"p{protocol}.pkl", pickle.dumps(Evil() if protocol else {"a": Evil()}, protocol), "save_model")
check(not os.path.exists(path("owned")), "no pickle was run")
refused("model.joblib", pickle.dumps(Evil()), ["pickle", "joblib"])
refused("model.json.gz", gzip.compress(b"{}"), "unpack it first")
refused("model.npz", b"PK\x03\x04aaaa", "ZIP")
refused("model.h5", b"\x89HDF\r\n\x1a\nxxxx", "HDF5")
refused("model.txt", b"tree\nversion=v3\n", "LightGBM")
refused("model.onnx", bytes([8, 7, 18, 8]) + b"skl2onnx", "ONNX")
refused("model.bin", b"binf\0\0\0\0", "old binary")
refused("dump.txt", b"booster[0]:\n0:[sqft<1]", "dump")
refused("dump.json", b"[ { \"nodeid\": 0 } ]", "dump")
refused("empty.json", b"", "empty")
refused("text.txt", b"hello", "only XGBoost's JSON and UBJSON")
refused("bundle.json", b'{"format":1,"kind":"trees"}', "learner")
refused("cut.json", open(model, "rb").read()[:2000], "cut.json:1:2001")
refused("class.json", json.dumps(document(base, [], **{"objective": {"name": "multi:softprob"}})), "a class")
refused("custom.json", json.dumps(document(base, [], **{"objective": {"name": "my\x1bown"}})), "objective")
refused("names.json", json.dumps(document(base, trees, names=["sqft", "zip_code"])), ["zip_code", "no column"])
refused("near.json", json.dumps(document(base, trees, names=["sqft", "locatoin"])), ["locatoin", "did you mean", "location"])
refused("price.json", json.dumps(document(base, trees, names=["sqft", "price"])), "price")
refused("number.json", json.dumps(document(base, trees, names=["location", "sqft"])), ["sqft", "is a category to the model"])
refused("twice.json", json.dumps(document(base, trees, names=["location", "Location"])), "two features")
many = [leaf_tree(None, [1.0, 2.0], [5, 5], 1, [500])]
refused("codes.json", json.dumps(document(base, many)), ["code 500", "order"])
refused("negative.json", json.dumps(document(-5.0, [])), ["above zero"])
refused("few.json", json.dumps(document(base, trees)), "best iteration", "--best-iteration", exit_status=2)
status(run("models", "import", path("nothing.json")), 4, "no such file")
status(run("models", "import"), 2, "nothing to import")
result = run("models", "import", write("bad.json", b"{"), "--json")
equal(json.loads(result.err)["error"]["code"], "bad_data", "an error as JSON")
equal(run("models", "--json").json()["versions"], before, "nothing that was refused left a version")

# HOUSE has more attributes than the model asks for
contains(run("predict", *HOUSE, "--model", "1", "--json").out + run("predict", *HOUSE, "--model", "1").err, "bedrooms",
         "an attribute that the model does not know is named")
done()
