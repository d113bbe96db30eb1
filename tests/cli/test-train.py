# test-train.py - train and evaluate
# SPDX-License-Identifier: GPL-3.0-or-later

import json
import os

from harness import (DATA, check, contains, done, environment, equal, fast_config, on_terminal, path, run,
                     sales, small_schema, status, train, write)

FAMILIES = ["linear", "random_forest", "gradient_boosting", "xgboost"]


def shape():
    result = train("--json")
    status(result, 0, "train --json")
    report = result.json()
    equal(report["data"]["rows"], 400, "data: rows")
    equal(report["split"]["method"], "random", "split: method")
    equal(report["split"]["seed"], 42, "split: seed")
    check(abs(report["split"]["test"] / (report["split"]["train"] + report["split"]["test"]) - 0.2) < 0.01, "split: shares",
          report["split"])
    equal([candidate["family"] for candidate in report["candidates"]], FAMILIES, "a candidate a family")
    equal([candidate["version"] for candidate in report["candidates"]], ["1", "2", "3", "4"], "versions are strings")
    for candidate in report["candidates"]:
        family = candidate["family"]
        check({"params", "cv", "oof", "test", "interval", "gates", "fit_seconds"} <= set(candidate), f"{family}: members",
              candidate)
        check({"mean", "sd"} <= set(candidate["cv"]["mae"]), f"{family}: cv", candidate["cv"])
        check({"n", "r2", "mae", "rmse", "mape", "mdape", "ppe10"} <= set(candidate["oof"]), f"{family}: oof",
              candidate["oof"])
        check({"n", "coverage90", "r2", "mae", "rmse", "cod", "prd", "prb"} <= set(candidate["test"]), f"{family}: test",
              candidate["test"])
        check({"level", "coverage", "mean_width", "constant_band_width", "score"} <= set(candidate["interval"]),
              f"{family}: interval", candidate["interval"])
        check(0 <= candidate["test"]["hit_rate"] <= 1 and candidate["oof"]["hit_rate"] > 0.9, f"{family}: hit rate", candidate["oof"])
        check(candidate["interval"]["width"] in ("per_house", "constant"), f"{family}: whose widths", candidate["interval"])
        check(0.7 < candidate["interval"]["coverage"] <= 1, f"{family}: coverage", candidate["interval"])
        check({"passed", "failed"} <= set(candidate["gates"]), f"{family}: gates", candidate["gates"])
    passed = [candidate for candidate in report["candidates"] if candidate["gates"]["passed"]]
    best = min(passed, key=lambda candidate: candidate["oof"]["mae"])
    equal(report["selected"], {"family": best["family"], "version": best["version"], "alias": "champion"},
          "the lowest out-of-fold error is selected and becomes champion")
    return report


def people(first):
    result = train("--family", "linear", "--family", "gradient_boosting")
    status(result, 0, "train for people")
    contains(result.out, ["320 sales", "linear", "gradient_boosting", "Coverage", "Margin", "±", "Best:", "stays champion",
                          "--promote"], "train for people")
    equal(run("models", "--json").json()["versions"][-1]["version"], "6", "two more versions")
    champion = [v["version"] for v in run("models", "--json").json()["versions"] if "champion" in v["aliases"]]
    equal(champion, [first["selected"]["version"]], "the champion is the same")

    promoted = train("--promote", "--json").json()
    equal(promoted["selected"]["alias"], "champion", "--promote: the same is not worse")
    check(promoted["selected"]["version"] != first["selected"]["version"], "--promote: a new champion", promoted["selected"])

    equal(promoted["selected"]["against"]["verdict"], "same", "--promote: compared with the champion")
    equal(promoted["selected"]["against"]["n"], 400, "--promote: on all sales that neither was trained on")

    worse = train("--family", "linear", "--promote", "--json").json()
    equal(worse["selected"]["against"]["verdict"], "worse", "--promote: the verdict")
    check(worse["selected"]["against"]["mae"]["low"] > 0, "--promote: and its interval", worse["selected"])
    equal(worse["selected"]["alias"], None, "--promote: a worse one stays out")
    check(any("stays champion" in note for note in worse["notes"]), "--promote: and it says why", worse["notes"])
    result = run("models", "promote", worse["selected"]["version"])
    status(result, 1, "nor is it promoted by name")
    contains(result.err, ["is worse than version " + promoted["selected"]["version"], "--force"], "and that says why")
    status(run("models", "alias", "champion", worse["selected"]["version"]), 1, "nor as an alias")
    status(run("models", "promote", worse["selected"]["version"], "--force", "--reason", "a test"), 0, "but by force")
    status(run("models", "rollback"), 0, "and back")

    other = write("other.csv", "".join(open(DATA, encoding="utf-8").readlines()[:1] + open(DATA, encoding="utf-8").readlines()[3::7][:300]))
    elsewhere = run("train", other, "--schema", small_schema(), "--config", fast_config(), "--family", "linear", "--promote", "--json")
    status(elsewhere, 0, "--promote: a champion of other data")
    check("against" not in elsewhere.json()["selected"], "--promote: can't be compared", elsewhere)
    check(any("on sales of their own" in note for note in elsewhere.json()["notes"]), "--promote: and it says what decides", elsewhere)
    if elsewhere.json()["selected"]["alias"]:
        status(run("models", "rollback"), 0, "and back again")


def learning_curve():
    registry = path("curve")
    result = train("--learning-curve", "--json", registry=registry)
    status(result, 0, "train --learning-curve")
    for candidate in result.json()["candidates"]:
        family, curve = candidate["family"], candidate["learning_curve"]
        check(5 <= len(curve) <= 8, f"{family}: points of the learning curve", curve)
        equal(curve[-1]["share"], 1, f"{family}: the last share is all")
        check([point["n"] for point in curve] == sorted({point["n"] for point in curve}), f"{family}: more and more sales", curve)
        check(abs(curve[-1]["validation"]["mae"] / candidate["cv"]["mae"]["mean"] - 1) < 1e-3, f"{family}: ends at the cross-validation",
              candidate["cv"])
        shown = run("models", "show", candidate["version"], "--json", registry=registry).json()
        check("learning_curve" in shown["diagnostics"], f"{family}: models show", shown["diagnostics"])
    contains(run("models", "show", "1", registry=registry).out, ["learning curve", "leverage"], "models show: a learning curve")
    status(run("models", "verify", registry=registry), 0, "a version with diagnostics verifies")
    people = train("--learning-curve", "--family", "linear", "--no-register", registry=registry)
    contains(people.out, ["Learning curve", "MAE on new sales", "±"], "train --learning-curve for people")
    # a process of another number of jobs writes the same
    one = train("--learning-curve", "--no-register", "--json", "--jobs", "1", registry=registry).json()
    equal([c["learning_curve"] for c in one["candidates"]], [c["learning_curve"] for c in result.json()["candidates"]],
          "--jobs 1: the same curves")


def gates():
    registry = path("gates")
    hard = small_schema("hard.schema.yaml", "gates: {mae: {max: 10}}")
    result = run("train", sales(), "--schema", hard, "--config", fast_config(), "--family", "linear", registry=registry)
    status(result, 6, "no family passes")
    contains(result.out, ["linear", "failed"], "no family passes: the result is shown")
    contains(result.err, ["did not pass", "nothing was promoted"], "no family passes")
    equal(len(run("models", "--json", registry=registry).json()["versions"]), 1, "it is registered all the same")
    status(run("predict", "sqft=1", registry=registry), 4, "there is no champion")
    result = run("models", "promote", "1", registry=registry)
    status(result, 1, "promote a version that failed")
    contains(result.err, ["mae", "--force", "--reason"], "promote a version that failed")
    status(run("models", "promote", "1", "--force", registry=registry), 2, "--force without a reason")
    status(run("models", "promote", "1", "--force", "--reason", "a test", registry=registry), 0, "--force with a reason")


def options():
    registry = path("options")
    report = train("--no-register", "--json", "--family", "linear", registry=registry).json()
    equal((report["candidates"][0]["version"], report["selected"]["version"]), (None, None), "--no-register: no version")
    check(not os.path.exists(registry), "--no-register: no registry", registry)
    report = train("--no-register", "--json", "--family", "linear", "--split", "time", "--test-fraction", "0.25", "--seed",
                   "7", "--folds", "4").json()
    equal(report["split"]["method"], "time", "--split time")
    equal(report["split"]["seed"], 7, "--seed")
    equal(report["candidates"][0]["cv"]["folds"], 4, "--folds")
    check(80 <= report["split"]["test"] <= 120, "--test-fraction, but for sales of one month", report["split"])

    result = train("--no-register", "--family", "linear", "--progress=json", "--json")
    lines = [json.loads(line) for line in result.err.splitlines()]
    check(lines and all({"stage", "fraction", "elapsed", "left"} <= set(line) for line in lines), "--progress=json", result)
    check([line["fraction"] for line in lines] == sorted(line["fraction"] for line in lines), "progress goes on", lines)
    equal(train("--no-register", "--family", "linear").err, "", "no progress without a terminal")
    shown = on_terminal("train", sales(), "--schema", small_schema(), "--config", fast_config(), "--no-register")
    check("[#" in shown and " %  " in shown, "a bar on a terminal", shown)
    check("\r\033[K" + sales() in shown, "the bar is gone when the result comes", shown)
    shown = on_terminal("train", sales(), "--schema", small_schema(), "--config", fast_config(), "--no-register", "--quiet")
    check("[#" not in shown, "no bar with --quiet", shown)

    result = train("--family", "xgbost")
    status(result, 2, "no such family")
    contains(result.err, ["xgbost", "did you mean xgboost"], "no such family")
    for option, value in (("--folds", "1"), ("--folds", "five"), ("--test-fraction", "0.9"), ("--test-fraction", "0,2"),
                          ("--split", "odd"), ("--trials", "-1"), ("--seed", "1e3"), ("--progress", "loud"),
                          ("--jobs", "0")):
        result = train(option, value)
        status(result, 2, f"{option} {value}")
        contains(result.err, [option, value], f"{option} {value}")


def leaks():
    lines = open(sales(), encoding="utf-8").read().splitlines()
    leaking = write("leaking.csv", "\n".join(
        [lines[0].replace("sqft", "sqft,tax", 1)]
        + [",".join(line.split(",")[:2] + [str(int(line.split(",")[0]) * 0.012)] + line.split(",")[2:]) for line in lines[1:]]))
    schema = open(small_schema()).read().replace("  sqft:", "  tax: {type: number}\n  sqft:", 1)
    schema = write("leaking.schema.yaml", schema.replace("features: [", "features: [tax, "))
    result = run("train", leaking, "--config", fast_config(), "--family", "linear", "--no-register", "--json")
    status(result, 0, "a leaking column does not stop a training")
    check(any("tax" in note for note in result.json()["notes"]), "a leaking column is left out and told", result)
    kept = run("train", leaking, "--config", fast_config(), "--family", "linear", "--no-register", "--json", "--keep-leak",
               "tax").json()
    check(kept["candidates"][0]["oof"]["mae"] < 0.5 * result.json()["candidates"][0]["oof"]["mae"],
          "--keep-leak insists", kept["candidates"][0]["oof"])
    for column, says in (("taxx", "did you mean tax?"), ("garage_cars", "features in the schema")):
        result = run("train", leaking, "--no-register", "--keep-leak", column)
        status(result, 2, f"--keep-leak {column}")
        contains(result.err, [column, says], f"--keep-leak {column}")


def helper():
    result = run("train", sales(), env=environment(HOUSE_PRICE_LIBEXEC=path("nowhere")))
    status(result, 4, "no helper program")
    contains(result.err, ["nowhere/house-price-train", "HOUSE_PRICE_LIBEXEC"], "no helper program")
    status(run("train", "--help", env=environment(HOUSE_PRICE_LIBEXEC=path("nowhere"))), 0, "help needs no helper")


def another_county():
    """The price is called otherwise, and attributes like columns of the version's own files."""
    rows = "".join(f"{50000 + 1000 * (i * 37 % 200) + 900 * (i * 53 % 31)},{50 + i * 37 % 200},{'red' if i % 3 else 'blue'},{i % 7},"
                   f"{'x' if i % 40 else 'y'}\n" for i in range(200))
    data = write("metro.csv", "preis,flaeche,line,price,kind\n" + rows)
    write("metro.schema.yaml", "name: metro\ntarget: preis\ncurrency: EUR\n"
                               "columns:\n  preis: {type: number}\n  flaeche: {type: number, unit: m²}\n"
                               "  line: {type: category}\n  price: {type: number}\n  kind: {type: category}\n"
                               "exclude: {kind: [y]}\nfeatures: [flaeche, line, price]\ngates: {mae: {max: 50000}}\n")
    status(run("train", data, "--name", "metro", "--family", "linear"), 0, "train on another county")
    result = run("evaluate", "--name", "metro", data)
    contains(result.err, "195 of the 195 sales", "overlap is told whatever the columns are called")
    contains(result.out, ["5 rows left out: 5 excluded by the schema"], "evaluate says why rows are left out")
    result = run("predict", "--name", "metro", "--json", "--comparables", "1", "flaeche=50", "line=red", "price=3")
    status(result, 0, "an attribute called line")
    row = result.json()["comparables"][0]
    cells = rows.splitlines()[row["row"] - 1].split(",")
    equal(row["price"], float(cells[0]), "a comparable's price is the sale's")
    equal(row["attributes"], {"flaeche": float(cells[1]), "line": cells[2], "price": float(cells[3])},
          "a comparable's attributes have their own names")
    shown = run("models", "show", "1", "--name", "metro").out
    contains(shown, ["€50,000", "95 % interval"], "models show tells the currency")


def evaluate():
    with open(DATA, encoding="utf-8") as file:
        lines = file.readlines()
    unseen = write("unseen.csv", "".join([lines[0]] + lines[4::7]))
    result = run("evaluate", unseen, "--by", "location", "--json")
    status(result, 0, "evaluate --json")
    report = result.json()
    metrics = report["metrics"]
    equal(report["data"]["rows"], len(lines[4::7]), "evaluate: rows")
    equal(report["data"]["seen_in_training"], 0, "evaluate: none was seen in training")
    check({"n", "hit_rate", "coverage90", "r2", "mae", "rmse", "mape", "mdape", "ppe10", "cod", "prd", "prb", "mki", "vei",
           "intervals"} <= set(metrics), "evaluate: metrics", metrics)
    check(metrics["intervals"]["mae"]["low"] < metrics["mae"] < metrics["intervals"]["mae"]["high"], "evaluate: intervals",
          metrics)
    equal(report["interval"]["coverage"], metrics["coverage90"], "evaluate: coverage")
    check(report["interval"]["mean_width"] > 0 and report["interval"]["score"] > report["interval"]["mean_width"],
          "evaluate: width and score", report["interval"])
    equal(sum(segment["n"] for segment in report["segments"]), metrics["n"], "evaluate: segments add up")
    check(all(segment["graded"] == (segment["n"] >= 30) for segment in report["segments"]), "evaluate: grading",
          report["segments"])
    equal(report["segments"], sorted(report["segments"], key=lambda segment: segment["value"]), "segments are in order")

    equal(metrics["hit_rate"], 1, "evaluate: all have a value")
    odd = [line.split(",") for line in lines[4::7]]
    for cells in odd[:7]:
        cells[1], cells[4] = "15000", "Atlantis"
    odd = write("odd.csv", "".join([lines[0]] + [",".join(cells) for cells in odd]))
    result = run("evaluate", odd, "--json")
    equal(result.json()["metrics"]["hit_rate"], (metrics["n"] - 7) / metrics["n"], "evaluate: those without a value")
    contains(run("evaluate", odd).out, f"{metrics['n'] - 7} of the {metrics['n']} sales have a value",
             "evaluate: those without a value")

    result = run("evaluate", "champion", sales())
    status(result, 0, "evaluate on the training data")
    contains(result.err, ["warning:", "of the 400 sales", "training data"], "evaluate warns of overlap")
    contains(result.out, ["MAE", "95 % interval", "The 90 % interval holds"], "evaluate for people")
    contains(run("evaluate", unseen, "--by", "condition").out, "few sales", "small segments are not graded")
    status(run("evaluate", "99", unseen), 4, "no such version")

    result = run("evaluate", unseen, "--by", "price_decile", "--by", "age_band", "--by", "sqft", "--json")
    status(result, 0, "evaluate by what is no column, and by a number")
    by = {}
    for segment in result.json()["segments"]:
        by.setdefault(segment["by"], []).append(segment)
    equal([segment["value"] for segment in by["price_decile"]], [str(i) for i in range(1, 11)], "evaluate --by price_decile")
    check(max(segment["n"] for segment in by["price_decile"]) - min(segment["n"] for segment in by["price_decile"]) <= 1,
          "evaluate: deciles are alike", by["price_decile"])
    check(by["age_band"][0]["value"] == "0-9" and by["age_band"][0]["to"] == 10, "evaluate --by age_band", by["age_band"])
    check(4 <= len(by["sqft"]) <= 8 and by["sqft"][0]["from"] is None, "evaluate --by a number", by["sqft"])
    for segments in by.values():
        equal(sum(segment["n"] for segment in segments), metrics["n"], "evaluate: all are in some segment")
    segment = by["price_decile"][3]
    check(segment["intervals"]["ppe10"]["low"] <= segment["ppe10"] <= segment["intervals"]["ppe10"]["high"]
          and segment["interval"]["coverage_low"] <= segment["interval"]["coverage"], "evaluate: intervals of shares", segment)
    fsd = report["interval"]["within_fsd"]
    check(fsd["n"] == metrics["n"] and 0.4 < fsd["low"] < fsd["share"] < fsd["high"] < 0.95, "evaluate: FSD", fsd)

    header = lines[0].rstrip("\n").split(",")
    price = header.index("price")
    cells = [line.rstrip("\n").split(",") for line in lines[4:600:7]]

    def variant(name, rows):
        return write(name, "".join(",".join(row) + "\n" for row in [header] + rows))

    result = run("evaluate", variant("unpaid.csv", [row[:price] + [""] + row[price + 1:] for row in cells]), "--json")
    status(result, 3, "evaluate without prices")
    contains(result.err, "price", "evaluate without prices")
    result = run("evaluate", write("unnamed.csv", "".join(",".join(row[:price] + row[price + 1:]) + "\n"
                                                          for row in [header] + cells)))
    status(result, 3, "evaluate without a price column")
    contains(result.err, "price", "evaluate without a price column")
    for by_what in ("location", "price_decile", "sqft", "age_band"):
        result = run("evaluate", variant("one.csv", cells[:1]), "--by", by_what, "--json")
        status(result, 0, "evaluate on one sale")
        one = result.json()
        equal((one["metrics"]["n"], one["metrics"]["r2"], one["metrics"]["prb"]), (1, None, None), "evaluate on one sale")
        equal([segment["n"] for segment in one["segments"]], [1], "evaluate on one sale: its segment")
    contains(run("evaluate", variant("one.csv", cells[:1])).out, "on 1 sale of", "evaluate on one sale, for people")
    result = run("evaluate", variant("equal.csv", [row[:price] + ["150000"] + row[price + 1:] for row in cells]), "--json")
    status(result, 0, "evaluate on equal prices")
    equal((result.json()["metrics"]["r2"], result.json()["metrics"]["mki"]), (None, None), "evaluate on equal prices")
    check(result.json()["metrics"]["mae"] > 0, "evaluate on equal prices: errors", result.json()["metrics"])
    result = run("evaluate", variant("bad.csv", [row[:price] + ["much"] + row[price + 1:] for row in cells[:1]]))
    status(result, 3, "evaluate on a price that is none")
    contains(result.err, ["bad.csv:2:", "price"], "evaluate on a price that is none")
    result = run("evaluate", unseen, "--by", "loction")
    status(result, 3, "no such column")
    contains(result.err, "location", "no such column")


report = shape()
people(report)
learning_curve()
gates()
options()
leaks()
helper()
another_county()
evaluate()
done()
