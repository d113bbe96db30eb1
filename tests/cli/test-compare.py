# test-compare.py - compare and drift
# SPDX-License-Identifier: GPL-3.0-or-later

import os

from harness import DATA, check, contains, done, equal, path, run, sales, small_schema, status, train, write

status(train("--family", "linear", "--family", "gradient_boosting", "--family", "xgboost"), 0, "train")

with open(DATA, encoding="utf-8") as file:
    LINES = file.readlines()


def fits(text, name):
    check(all(len(line) <= 80 for line in text.splitlines() if "/" not in line), f"{name}: fits 80 columns",
          [line for line in text.splitlines() if len(line) > 80])


def two():
    result = run("compare", "1", "2")
    status(result, 0, "compare")
    contains(result.out, ["house-price versions 1, 2 out of sample, on 400 sales", "Difference", "95 % interval",
                          "By the 3 folds", "Age at the sale", "Largest movers from 1 to 2", "Row "], "compare")
    fits(result.out, "compare")
    check(result.out.splitlines()[2].startswith(("Version 2 is ", "There is no evidence")), "the verdict comes first", result)
    contains(" ".join(result.out.split()), ["version 1"], "compare: what with, wherever the line breaks")
    report = run("compare", "1", "2", "--json", "--movers", "3").json()
    equal([version["version"] for version in report["versions"]], ["1", "2"], "compare --json: versions")
    equal(report["n"], 400, "compare --json: n")
    pair = report["pairs"][0]
    equal((pair["a"], pair["b"]), ("1", "2"), "compare --json: the pair")
    for metric, delta in pair["delta"].items():
        check(set(delta) == {"value", "low", "high", "verdict"} and delta["low"] <= delta["high"],
              f"compare --json: {metric}", delta)
    equal([metric for metric, delta in pair["delta"].items() if delta["verdict"]], ["mae"], "only the MAE has a verdict")
    maes = [version["metrics"]["mae"] for version in report["versions"]]
    check(abs(pair["delta"]["mae"]["value"] - (maes[1] - maes[0])) < 1e-6, "a difference is b minus a", pair)
    check(abs(pair["rope"] - 0.01 * maes[0]) < 1e-6, "the ROPE is 1 % of a's MAE", pair)
    equal(len(report["movers"]), 3, "--movers")
    for mover in report["movers"]:
        reasons = mover["reasons"]
        check(reasons and sum(reason["feature"] is None for reason in reasons) == 1, "a mover's reasons", mover)
        check(all(abs(reason["b"] - reason["a"] - reason["change"]) < 0.006 for reason in reasons), "reasons' changes", reasons)
    again = run("compare", "1", "2", "--json", "--movers", "3", "--jobs", "1")
    equal(again.json(), report, "the same at one job")
    first, second = ([reason["change"] for reason in mover["reasons"]] for mover in report["movers"][:2])
    check(first != second, "reasons are of the house", report["movers"])


def reasons_add_up():
    """With the data that was valued the registered models predict, so the reasons' changes are the whole change."""
    report = run("compare", "2", "3", "--data", sales(), "--json").json()
    for mover in report["movers"]:
        total = sum(reason["change"] for reason in mover["reasons"])
        check(abs(total - mover["change"]) < 0.05, "the reasons add up to the change", mover)


def several():
    result = run("compare", "1", "2", "3", "--by", "price_decile", "--by", "condition", "--movers", "0")
    status(result, 0, "compare three")
    contains(result.out, ["against", "Verdict", "tenths", "Condition", "few sales"], "compare three")
    check("Largest movers" not in result.out, "--movers 0", result)
    fits(result.out, "compare three")
    report = run("compare", "1", "2", "3", "--by", "condition", "--json").json()
    equal([(pair["a"], pair["b"]) for pair in report["pairs"]], [("1", "2"), ("1", "3"), ("2", "3")], "every pair")
    equal(sum(segment["n"] for segment in report["segments"]), report["n"], "the segments add up")
    for segment in report["segments"]:
        equal(segment["graded"], segment["n"] >= 30, "few sales are not graded", segment)
        if not segment["graded"]:
            equal({pair["verdict"] for pair in segment["pairs"]}, {"too_few"}, "few sales have no verdict", segment)


def aliases_and_rope():
    status(run("models", "alias", "challenger", "3"), 0, "an alias")
    result = run("compare", "champion", "challenger", "--json")
    status(result, 0 if run("models", "show", "champion", "--json").json()["version"] != "3" else 2, "aliases")
    equal(run("compare", "1", "2", "--rope", "1", "--json").json()["pairs"][0]["verdict"], "same", "--rope 1")


def file():
    unseen = write("unseen.csv", LINES[0] + "".join(LINES[4::9]))
    result = run("compare", "1", "2", "--data", unseen)
    status(result, 0, "compare --data")
    contains(result.out, ["on " + unseen], "compare --data")
    result = run("compare", "1", "2", "--data", sales())
    contains(result.err, ["were in version 1's training data", "were in version 2's"], "compare on training sales warns")
    few = write("few.csv", LINES[0] + "".join(LINES[4:24]))
    result = run("compare", "1", "2", "--data", few)
    status(result, 0, "compare on few sales")
    contains(result.out, "too few to say which is better", "compare on few sales")


def wrong():
    for arguments, code, says in ((["1"], 2, "compare"), (["1", "1"], 2, "same version"), (["1", "9"], 4, "9"),
                                  (["1", "2", "--by", "conditon"], 3, "condition"), (["1", "2", "--rope", "-1"], 2, "--rope"),
                                  (["1", "2", "--movers", "many"], 2, "--movers"),
                                  (["1", "2", "--data", path("none.csv")], 4, "none.csv"), (list("123456789"), 2, "compare")):
        result = run("compare", *arguments)
        status(result, code, " ".join(["compare", *arguments[:4]]))
        contains(result.err, says, " ".join(["compare", *arguments[:4]]))


def train_on(name, lines):
    status(run("train", write(name, LINES[0] + "".join(lines)), "--schema", small_schema("other.schema.yaml"), "--family", "linear",
               "--config", write("two.yaml", "folds: 3\n")), 0, "train on " + name)
    return run("models", "--json").json()["versions"][-1]["version"]


def other_data():
    """Row 5 of another file is another sale: it is the price and the attributes that say which are the same."""
    half = train_on("half.csv", LINES[1::14][:200])  # every other one of what the others were trained on
    result = run("compare", "1", half)
    status(result, 0, "compare over two files")
    contains(result.out, ["on 200 sales", "one has 400", "matched by price and attributes"], "compare over two files")
    equal(run("compare", "1", half, "--json").json()["matched_by"], "content", "compare over two files: JSON says so")
    equal(run("compare", "1", "2", "--json").json()["matched_by"], "row", "compare over one file: JSON says so")
    apart = train_on("apart.csv", LINES[3::7][:300])
    result = run("compare", "1", apart)
    status(result, 3, "compare without common sales")
    contains(result.err, ["no sale in common", "--data"], "compare without common sales")
    status(run("compare", "1", apart, "--data", DATA), 0, "but on one file it can be")


def drift():
    result = run("drift", sales())
    status(result, 0, "drift of the training sales")
    contains(result.out, ["No drift", "Living area", "PSI", "MdAPE", "Median ratio"], "drift")
    fits(result.out, "drift")
    contains(result.err, ["training data", "hide a drift"], "drift of sales that the version knows")
    report = run("drift", sales(), "--json").json()
    equal((report["grade"], report["alarm"]), ("none", False), "drift --json")
    check(all(attribute["psi"] < 0.01 for attribute in report["attributes"]), "no PSI", report)
    header = LINES[0].rstrip("\n").split(",")
    rows = [dict(zip(header, line.rstrip("\n").split(","))) for line in LINES[4::9]]
    for row in rows:
        row["sqft"] = str(int(row["sqft"]) + 900)
        row["location"] = "Atlantis" if int(row["sqft"]) % 3 == 0 else row["location"]
    without = [name for name in header if name != "price"]
    houses = write("houses.csv", "\n".join([",".join(without)] + [",".join(row[name] for name in without) for row in rows]) + "\n")
    result = run("drift", houses)
    status(result, 7, "drift alarm without prices")
    equal("hide a drift" in result.err, False, "no errors, so nothing that could hide")
    contains(result.out, ["Alarm", "training did not see “Atlantis”"], "drift alarm")
    result = run("drift", houses, "--model", "2", "--json")
    status(result, 7, "drift --json alarm")
    report = result.json()
    grades = {attribute["name"]: attribute["grade"] for attribute in report["attributes"]}
    equal((grades["sqft"], grades["location"], grades["sale_date"]), ("alarm", "alarm", "not_graded"), "what drifted")
    equal(report["errors"], None, "without prices no errors")
    equal(report["version"], "2", "--model")
    equal(report["attributes"][0]["ks_method"], "exact", "says which p-value")
    status(run("drift", houses, "--psi-alarm", "50", "--ks-alarm", "1"), 7 if report["predicted_price"]["ks"] == 1 else 0,
           "thresholds")
    few = write("few-houses.csv", "\n".join([",".join(without)] + [",".join(row[name] for name in without) for row in rows[:20]]) + "\n")
    result = run("drift", few)
    status(result, 0, "few houses don't alarm")
    contains(result.out, "too few to tell", "few houses")
    price = header.index("price")
    dear = write("dear.csv", LINES[0] + "".join(
        ",".join([*fields[:price], str(1.3 * float(fields[price])), *fields[price + 1:]])
        for fields in (line.split(",") for line in LINES[1::7])))
    report = run("drift", dear, "--json").json()
    equal((report["errors"]["mdape"]["grade"], report["errors"]["median_ratio"]["grade"]), ("alarm", "alarm"), "errors drift")
    status(run("drift", dear), 7, "drift of errors alone")
    off = ["--mdape-warning", "99", "--mdape-alarm", "99", "--ratio-warning", "99", "--ratio-alarm", "99"]
    result = run("drift", dear, *off, "--json")
    status(result, 0, "thresholds of errors")
    equal(result.json()["thresholds"]["mdape_alarm"], 99, "thresholds of errors are told")
    holdout = os.path.join(run("models", "show", "2", "--json").json()["path"], "holdout.csv")
    with open(holdout, "rb") as file:
        whole = file.read()
    os.chmod(holdout, 0o644)
    with open(holdout, "ab") as file:
        file.write(b"x")
    result = run("drift", dear, "--model", "2")
    status(result, 1, "drift does not leave out what is damaged")
    contains(result.err, "holdout.csv", "drift: says what is damaged")
    with open(holdout, "wb") as file:
        file.write(whole)
    for arguments, code in (([path("none.csv")], 4), ([sales(), "--model", "99"], 4), ([sales(), "--psi-alarm", "x"], 2),
                            ([sales(), "--ratio-alarm", "x"], 2)):
        status(run("drift", *arguments), code, "drift " + " ".join(os.path.basename(word) for word in arguments))


two()
reasons_add_up()
several()
aliases_and_rope()
file()
wrong()
other_data()
drift()
done()
