# test-edges.py - studies of odd sales: none, one, all alike, hostile names, damaged versions, disks that are full
# SPDX-License-Identifier: GPL-3.0-or-later

import csv
import html
import json
import os
import resource
import shutil
import subprocess
import xml.etree.ElementTree as ElementTree

from harness import (DATA, HOUSE, PROGRAM, REGISTRY, check, contains, done, environment, equal, path, run, status, train,
                     write)

status(train("--family", "linear", "--family", "gradient_boosting"), 0, "train")
BEST = "2"

with open(DATA, encoding="utf-8") as file:
    ROWS = list(csv.DictReader(file))[3::29]
COLUMNS = list(ROWS[0])
NAMES = ["<script>alert('x')</script>", 'A & B "quoted"', "=cmd|' /C calc'!A0", "line one\nline two", "\x1b[31mred\x1b[0m",
         "x" * 50, "שכונת הגפן", "حي الزهور", "東京都千代田区", "%s%n", "|pipe|*star*_u_`c`", "]]>", "\u202eRLO"]


def sales(name, rows, columns=COLUMNS, **changes):
    """A file of these rows, with some columns changed: by a text, or by what a function makes of the row's number."""
    with open(path(name), "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, extrasaction="ignore")
        writer.writeheader()
        for i, row in enumerate(rows):
            writer.writerow({**row, **{key: value(i) if callable(value) else value for key, value in changes.items()}})
    return path(name)


def without(*gone):
    return [column for column in COLUMNS if column not in gone]


# What each file does to studies: their exit status
FILES = {
    "no-file-rows": (sales("no-rows.csv", []), 3),
    "empty": (write("empty.csv", ""), 3),
    "no-price-column": (sales("no-price.csv", ROWS, without("price")), 3),
    "no-prices": (sales("no-prices.csv", ROWS, price=""), 3),
    "impossible-prices": (sales("cheap.csv", ROWS, price="1"), 3),
    "one": (sales("one.csv", ROWS[:1]), 0),
    "two": (sales("two.csv", ROWS[:2]), 0),
    "equal-prices": (sales("equal.csv", ROWS, price="150000"), 0),
    "nothing-known": (sales("unknown.csv", ROWS, sqft="", bedrooms="", bathrooms="", location="", condition="",
                            year_built=""), 0),
    "one-segment": (sales("segment.csv", ROWS, location="North Ames"), 0),
    "hostile": (sales("hostile.csv", ROWS, location=lambda i: NAMES[i % len(NAMES)]), 0),
    "no-dates": (sales("no-dates.csv", ROWS, without("sale_date")), 0),
    "no-places": (sales("no-places.csv", ROWS, latitude="", longitude=""), 0),
    "one-place": (sales("one-place.csv", ROWS, latitude="42.03", longitude="-93.62"), 0),
}


def sane(result, expected, name):
    """The status expected, or for drift an alarm; an error that names a file; nothing that a terminal would obey."""
    check(result.status == expected or (expected == 0 and result.status == 7), f"{name}: exit status {expected}", result)
    check("\x1b" not in result.out + result.err, f"{name}: no escapes", result)
    check("nan" not in (result.out + result.err).lower().split(), f"{name}: no NaN", result)
    if expected != 0:
        contains(result.err, ".csv", name)


def files():
    for name, (file, expected) in FILES.items():
        sane(run("evaluate", BEST, file, "--by", "location", "--by", "price_decile"), expected, f"evaluate, {name}")
        sane(run("compare", "1", BEST, "--data", file), expected, f"compare, {name}")
        for kind in ("map", "residuals-location"):
            out = path(f"{name}-{kind}.svg")
            result = run("plot", kind, BEST, "--data", file, "-o", out)
            sane(result, expected, f"plot {kind}, {name}")
            equal(os.path.exists(out), expected == 0, f"plot {kind}, {name}: a picture if there are sales")
            if expected == 0:
                ElementTree.parse(out)
        drift = run("drift", file, "--model", BEST, "--json")
        sane(drift, 3 if name in ("no-file-rows", "empty") else 0, f"drift, {name}")
        if drift.status in (0, 7):
            json.loads(drift.out, parse_constant=lambda constant: check(False, f"drift --json, {name}: {constant}"))


def single():
    """Resamples of one sale are all the same: there is no interval to show."""
    file = FILES["one"][0]
    delta = run("compare", "1", BEST, "--data", file, "--json").json()["pairs"][0]["delta"]["mae"]
    equal((delta["low"], delta["high"], delta["verdict"]), (None, None, "too_few"), "compare one sale: no interval")
    ratio = run("ratio", file, "--estimate", "sqft", "--json").json()
    check(ratio["median_ratio"]["value"] is not None and ratio["median_ratio"].get("low") is None,
          "ratio of one sale: no interval", ratio["median_ratio"])
    text = run("drift", file, "--model", BEST)
    contains(text.out, ["1 house of", "now: not graded"], "drift of one sale")
    two = FILES["two"][0]
    for kind in ("actual-predicted", "scale-location", "residuals-sqft"):
        result = run("plot", kind, BEST, "--data", two, "--json").json()
        check("–" not in result["summary"], f"plot {kind} of two sales: the sentence names no figure that isn't there",
              result["summary"])


def places():
    chart = run("plot", "map", BEST, "--data", FILES["one-place"][0], "--json").json()
    check(chart["y"]["to"] - chart["y"]["from"] < 1, "map of one place: not a continent", chart["y"])
    contains(chart["summary"], "too few places", "map of one place")


def decided():
    """The version that was decided on is that of the report."""
    session = path("decided.hpsession")
    status(run("session", "new", session, "--versions", f"1,{BEST}", *HOUSE), 0, "session new")
    status(run("session", "override", session, "h1", "175000", "--model", BEST, "--reason", "a view"), 0, "override")
    status(run("report", "--session", session, "-o", path("decided.md")), 0, "report of a decision")
    with open(path("decided.md"), encoding="utf-8") as file:
        contains(file.read(), ["175,000", f"Valued by version {BEST}"], "report of a decision")


def words():
    labels = [tick["text"] for tick in run("plot", "waterfall", BEST, *HOUSE, "--json").json()["y"]["ticks"]]
    check(any(label.startswith("Living area: 1,656") for label in labels) and not any("_" in label for label in labels),
          "plot waterfall: attributes as people call them", labels)
    contains(run("plot", "dependence-sqft", "1", BEST, "-o", path("x.svg")).err, "dependence-sqft is of one version",
             "plot of too many versions")
    contains(run("plot", "map", "1", BEST, "-o", path("x.svg")).err, "map shows 1 version;", "plot of too many versions")


def names():
    """A report of hostile names: readable, and none of them is code."""
    registry = path("hostile-registry")
    with open(DATA, encoding="utf-8") as file:
        rows = list(csv.DictReader(file))[::7]
    data = sales("hostile-train.csv", rows, location=lambda i: NAMES[i % len(NAMES)])
    shutil.copy(os.path.join(os.path.dirname(DATA), "house_data.schema.yaml"), path("hostile-train.schema.yaml"))
    result = run("train", data, "--family", "linear", "--family", "random_forest", "--folds", "3", registry=registry)
    check(result.status in (0, 6), "train on hostile names", result)
    for name in ("v.html", "v.md", "v.pdf"):
        status(run("report", "1", "2", "--by", "location", "-o", path(name), registry=registry), 0, f"report {name}")
    with open(path("v.html"), encoding="utf-8") as file:
        page = file.read()
    check("<script" not in page and "\x1b" not in page, "report: no script, no escape")
    for name in (NAMES[0], NAMES[1], NAMES[5], NAMES[6], NAMES[8]):
        check(name in html.unescape(page), f"report: {name!r} as it is")


def damage():
    """What is wrong with a version, and what to do; what does without the damaged file warns."""
    broken = path("broken")
    shutil.copytree(REGISTRY, broken)
    folder = os.path.join(broken, "house-price", BEST)
    os.truncate(os.path.join(folder, "model.json"), 1000)
    result = run("compare", "1", BEST, registry=broken)
    status(result, 0, "compare without a model")
    contains(result.err, ["warning:", "version 2", "model.json"], "compare without a model")
    result = run("report", BEST, "-o", path("r.md"), registry=broken)
    status(result, 0, "report without a model")
    contains(result.err, ["warning:", "version 2", "model.json"], "report without a model")
    for arguments in (["evaluate", BEST, DATA], ["drift", DATA, "--model", BEST]):
        result = run(*arguments, registry=broken)
        status(result, 1, f"{arguments[0]} without a model")
        contains(result.err, ["model.json", "rollback", "install"], f"{arguments[0]} without a model")
    os.truncate(os.path.join(folder, "holdout.csv"), 1000)
    for arguments in (["compare", "1", BEST], ["report", "1", BEST, "-o", path("r.md")],
                      ["plot", "qq", BEST, "-o", path("r.svg")]):
        result = run(*arguments, registry=broken)
        status(result, 1, f"{arguments[0]} without hold-out sales")
        contains(result.err, ["holdout.csv", "rollback", "install"], f"{arguments[0]} without hold-out sales")
    check(not os.path.exists(path("r.svg")), "no picture of a damaged version")


def limits():
    """A file that may not grow is an error; nothing half-written stays."""
    os.mkdir(path("limited"))
    for arguments in (["plot", "qq", BEST, "-o"], ["report", BEST, "-o"]):
        out = path("limited/x.svg" if arguments[0] == "plot" else "limited/x.html")
        process = subprocess.run([PROGRAM, "--registry", REGISTRY, *arguments, out], capture_output=True, env=environment(),
                                 preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096)))
        equal(process.returncode, 1, f"{arguments[0]}, a file that may not grow", process)
        contains(process.stderr.decode(), ["limited/x", "can't be written"], f"{arguments[0]}, a file that may not grow")
        equal(os.listdir(path("limited")), [], f"{arguments[0]}: nothing half-written")
    os.mkdir(path("folder.svg"))
    result = run("plot", "qq", BEST, "-o", path("folder.svg"))
    status(result, 1, "plot into a folder")
    contains(result.err, "folder.svg", "plot into a folder")


files()
single()
places()
decided()
words()
names()
damage()
limits()
done()
