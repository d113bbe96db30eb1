# test-plot.py - plot: every kind, every format, and what is wrong with a command line
# SPDX-License-Identifier: GPL-3.0-or-later

import json
import os
import struct
import subprocess
import xml.etree.ElementTree as ElementTree

from harness import (DATA, HOUSE, PROGRAM, check, contains, done, environment, equal, path, run, sales, small_schema, status,
                     train, write)

status(train("--family", "linear", "--family", "gradient_boosting", "--learning-curve"), 0, "train")
BEST = "2"


def read(name):
    with open(path(name), "rb") as file:
        return file.read()


def kinds():
    listed = run("plot", "--list", "--json")
    status(listed, 0, "plot --list --json")
    names = [kind["kind"] for kind in listed.json()["kinds"]]
    equal(len(names), len(set(names)), "kinds have names of their own", names)
    text = run("plot", "--list")
    status(text, 0, "plot --list")
    contains(text.out, names, "plot --list")
    arguments = {"leverage": ["1"], "learning-curve": [BEST], "waterfall": [BEST, *HOUSE], "compare-delta": ["1", BEST]}
    for name in names:
        kind = name.replace("ATTRIBUTE", "sqft")
        file = f"{kind}.svg"
        result = run("plot", kind, *arguments.get(kind, [BEST]), "-o", path(file))
        status(result, 0, f"plot {kind}")
        check(result.out.endswith("\n") and len(result.out.splitlines()) == 1 and len(result.out) > 30,
              f"plot {kind}: a sentence says what there is to see", result)
        root = ElementTree.fromstring(read(file))
        equal(root.tag, "{http://www.w3.org/2000/svg}svg", f"plot {kind}: an SVG")
        title = root.find("{http://www.w3.org/2000/svg}title")
        check(title is not None and title.text, f"plot {kind}: it has a title")
        report = run("plot", kind, *arguments.get(kind, [BEST]), "--json").json()
        equal(report["kind"], kind, f"plot {kind} --json")
        equal(report["summary"], result.out.strip(), f"plot {kind} --json: the same sentence")


def formats():
    for name, magic in {"a.png": b"\x89PNG\r\n\x1a\n", "a.PDF": b"%PDF-", "a.svg": b"<svg "}.items():
        status(run("plot", "qq", BEST, "-o", path(name)), 0, f"plot -o {name}")
        check(read(name).startswith(magic), f"{name} is what its ending says")
        status(run("plot", "qq", BEST, "-o", path("again" + name)), 0, f"plot -o {name} again")
        equal(read(name), read("again" + name), f"{name}: the same bytes")
    status(run("plot", "qq", BEST, "-o", path("b.png"), "--size", "400x300", "--scale", "2", "--palette", "dark"), 0, "--size")
    equal(struct.unpack(">II", read("b.png")[16:24]), (800, 600), "--size times --scale")
    check(read("a.png") != read("b.png"), "--palette")


def overlays():
    result = run("plot", "residuals-fitted", "1", BEST, "--json")
    status(result, 0, "two versions")
    labels = {series.get("label") for series in result.json()["series"]}
    check(len([label for label in labels if label]) >= 2, "two versions: both have names", labels)
    status(run("plot", "residuals-fitted", "champion", "-o", path("c.svg")), 0, "an alias")
    result = run("plot", "residuals-fitted", "-o", path("d.svg"))
    status(result, 0, "the champion if none is named")
    equal(read("c.svg"), read("d.svg"), "the champion")


def filters():
    everything = run("plot", "residuals-fitted", BEST, "--json").json()
    some = run("plot", "residuals-fitted", BEST, "--where", "condition=average", "--where", "price_decile=5", "--json")
    status(some, 0, "--where")
    points = [sum(len(series.get("x", [])) for series in report["series"] if series["kind"] == "points")
              for report in (everything, some.json())]
    check(0 < points[1] < points[0] / 4, "--where leaves some of the sales", points)
    check("Condition: Average" in (some.json()["subtitle"] or ""), "--where: the chart says so", some.json()["subtitle"])
    for where, words in {"condition": "COL=VALUE", "conditon=Good": "condition", "condition=Goood": "Good",
                         "condition=\xff": "there"}.items():
        result = run("plot", "residuals-fitted", "--where", where, "-o", path("x.svg"))
        check(result.status in (2, 3), f"--where {where!r}: refused", result)
        contains(result.err, words, f"--where {where!r}")
    both = run("plot", "actual-predicted", "1", BEST, "--where", "condition=Average", "-o", path("e.svg"))
    status(both, 0, "--where and two versions")


def files():
    result = run("plot", "actual-predicted", BEST, "--data", sales(50, 11), "-o", path("f.svg"))
    status(result, 0, "--data")
    contains(result.err, "training data", "--data: sales that were trained on are told")
    result = run("plot", "importance", BEST, "--data", sales(50, 11), "-o", path("g.svg"))
    status(result, 0, "importance --data")
    contains(result.err, "training data", "importance --data: sales that were trained on are told")
    result = run("plot", "importance", BEST, "--data", sales(50, 11), "--json")
    check("trained on" not in result.json()["subtitle"], "importance --data: not all of them were", result)
    for kind in ("importance", "dependence-sqft", "importance --data " + sales()):
        contains(run("plot", *kind.split(" "), "--json", BEST).json()["subtitle"], "sales it was trained on", kind + ": of which sales")
    result = run("plot", "qq", "--data", path("none.csv"), "-o", path("x.svg"))
    status(result, 4, "--data that isn't there")
    empty = run("plot", "residuals-fitted", "--data", write("bad.csv", "sqft\n1\n"), "-o", path("x.svg"))
    check(empty.status == 3, "--data without prices", empty)


def refusals():
    cases = [
        (["plot"], 2, "--list"),
        (["plot", "qq"], 2, "-o FILE"),
        (["plot", "qqq", "-o", path("x.svg")], 4, "qq"),
        (["plot", "qq", "-o", path("x.gif")], 2, ".svg"),
        (["plot", "qq", "-o", path("x.svg"), "--size", "0x0"], 2, "can't be drawn"),
        (["plot", "qq", "-o", path("x.svg"), "--size", "99999999999999999999x100"], 2, "can't be drawn"),
        (["plot", "qq", "-o", path("x.svg"), "--size", "100"], 2, "1000x625"),
        (["plot", "qq", "-o", path("x.svg"), "--size", "100x-5"], 2, "1000x625"),
        (["plot", "qq", "-o", path("x.png"), "--size", "9000x9000", "--scale", "4"], 2, "too large"),
        (["plot", "qq", "-o", path("x.png"), "--scale", "much"], 2, "--scale"),
        (["plot", "qq", "-o", path("x.svg"), "--palette", "pink"], 2, "high-contrast"),
        (["plot", "qq", "-o", path("nowhere/x.svg")], 4, "nowhere"),
        (["plot", "qq", "99", "-o", path("x.svg")], 4, "99"),
        (["plot", "qq", "1", "v1", "-o", path("x.svg")], 2, "same version"),
        (["plot", "qq", "sqft=5", "-o", path("x.svg")], 2, "--where"),
        (["plot", "compare-delta", "1", "-o", path("x.svg")], 2, "two"),
        (["plot", "map", "1", BEST, "-o", path("x.svg")], 2, "1"),
        (["plot", "leverage", "1", BEST, "-o", path("x.svg")], 2, "one version"),
        (["plot", "leverage", BEST, "-o", path("x.svg")], 4, "linear"),
        (["plot", "leverage", "1", "--where", "condition=Good", "-o", path("x.svg")], 2, "--where"),
        (["plot", "waterfall", *HOUSE, "--data", DATA, "-o", path("x.svg")], 2, "--data"),
        (["plot", "waterfall", "-o", path("x.svg")], 2, "KEY=VALUE"),
        (["plot", "waterfall", "sqft=many", "-o", path("x.svg")], 3, "sqft"),
        (["plot", "residuals-colour", "-o", path("x.svg")], 4, "colour"),
        (["plot", "dependence-colour", "-o", path("x.svg")], 4, "colour"),
    ]
    for arguments, expected, words in cases:
        result = run(*arguments)
        name = " ".join(os.path.basename(word) for word in arguments)
        status(result, expected, name)
        contains(result.err, words, name)
        equal(result.out, "", f"{name}: nothing on stdout")
        check(not os.path.exists(path("x.svg")), f"{name}: no file")
    write("kept.svg", "mine")
    status(run("plot", "qq", "99", "-o", path("kept.svg")), 4, "a failure")
    equal(read("kept.svg"), b"mine", "a failure leaves what was there")
    error = json.loads(run("plot", "qq", "--json", "--palette", "pink").err)
    equal(error["error"]["code"], "usage", "an error as JSON")


def helper():
    result = run("plot", "qq", "-o", path("x.svg"), env=environment(HOUSE_PRICE_LIBEXEC=path("nothing")))
    status(result, 4, "without the helper")
    contains(result.err, "house-price-plot", "without the helper: it is named")
    result = run("plot", "qq", "-o", path("x.svg"), env=environment(PLPLOT_DRV_DIR=path("nothing")))
    status(result, 4, "without PLplot's driver")
    contains(result.err, "plplot-driver-cairo", "without PLplot's driver: it is named")
    linked = subprocess.run(["ldd", os.path.join(os.path.dirname(PROGRAM), "house-price-plot")], capture_output=True, text=True,
                            check=True).stdout
    for library in ("xgboost", "lapack", "soup"):
        check(library not in linked, f"house-price-plot does not link {library}", linked)


kinds()
formats()
overlays()
filters()
files()
refusals()
helper()
done()
