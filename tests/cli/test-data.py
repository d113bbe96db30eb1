# test-data.py - validate, schema and ratio
# SPDX-License-Identifier: GPL-3.0-or-later

import os
import unicodedata

from harness import DATA, SCHEMA, SOURCE, check, close, contains, done, equal, path, run, status, write

SACRAMENTO = os.path.join(SOURCE, "tests", "data", "sacramento.csv")


def validate():
    result = run("validate", DATA)
    status(result, 0, "validate the shipped data")
    contains(result.out, ["2,930 rows", "16 columns", "house_data.schema.yaml", "0 errors"], "validate")
    equal(result.err, "", "validate: nothing on stderr")

    report = run("validate", DATA, "--json").json()
    equal(report["rows"], 2930, "validate --json: rows")
    equal(report["errors"], 0, "validate --json: errors")
    check(len(report["sha256"]) == 64, "validate --json: checksum", report)
    check(all({"severity", "code", "column", "count", "line", "message"} <= set(finding) for finding in report["findings"]),
          "validate --json: findings have their members", report["findings"])
    equal(len(report["findings"]), report["errors"] + report["warnings"] + report["notes"], "validate --json: counts")
    built_late = [finding for finding in report["findings"] if finding["line"] == 2182]
    check(built_late and built_late[0]["severity"] == "warning", "validate: a house built after its sale is a warning",
          report["findings"])

    bad = write("bad.csv", "price,sqft,bedrooms,bathrooms,location,year_built,condition\n"
                           "100000,1000,2,1,North Ames,1960,Average\n"
                           "100000,wide,2,1,North Ames,1960,Average\n")
    result = run("validate", bad)
    status(result, 3, "validate: an error-level finding")
    contains(result.out, ["bad.csv:3:8: error: sqft", "wide", "1 error,"], "validate a bad number")
    result = run("validate", bad, "--json")
    status(result, 3, "validate --json: an error-level finding")
    equal(result.json()["findings"][0]["code"], "bad_number", "validate --json: code")
    equal((result.json()["findings"][0]["line"], result.json()["findings"][0]["position"]), (3, 8),
          "validate --json: place")

    result = run("validate", "-", "--schema", SCHEMA, stdin=open(DATA, "rb").read())
    contains(result.out, ["standard input: 2,930 rows", "standard input:2182: warning:"], "validate standard input")
    one = write("one.csv", "price,sqft,bedrooms,bathrooms,location,year_built,condition,note,plot\n"
                           "100000,1000,2,1,North Ames,1960,Average,a,b\n")
    result = run("validate", one, "--schema", SCHEMA)
    contains(result.out, ["one.csv: 1 row, 9 columns", "2 columns are not in the schema"], "validate one row")
    check("(2 rows)" not in result.out, "columns are not counted as rows", result)

    leak = write("leak.csv", "".join(
        line.rstrip("\n") + ("," + ("twice" if i == 0 else str(2 * int(line.split(",")[0]) + 7))) + "\n"
        for i, line in enumerate(open(DATA, encoding="utf-8").readlines()[:300])))
    result = run("validate", leak, "--json")
    check(any(finding["code"] == "leakage" and finding["column"] == "twice" for finding in result.json()["findings"]),
          "validate: a function of the price is found", result)


def schema_resolution():
    alone = write("alone.csv", open(SACRAMENTO, encoding="utf-8").read())
    result = run("validate", alone)
    status(result, 3, "no schema fits")
    contains(result.err, ["no schema", "year_built", "house-price schema infer", alone, "--schema"], "no schema fits")
    equal(result.out, "", "no schema fits: stdout is empty")

    rows = open(DATA, encoding="utf-8").read()
    beside = write("beside.csv", rows)
    write("beside.schema.yaml", open(SCHEMA, encoding="utf-8").read().replace("name: house_data", "name: beside"))
    equal(run("validate", beside, "--json").json()["schema"], path("beside.schema.yaml"), "the schema beside the data")
    write("beside.schema.yaml", "name: [\n")
    result = run("validate", beside)
    status(result, 3, "a broken schema beside the data is not passed over")
    contains(result.err, "beside.schema.yaml:", "a broken schema beside the data")
    equal(run("validate", beside, "--schema", SCHEMA, "--json").json()["schema"], SCHEMA, "--schema wins")
    status(run("validate", path("none.csv")), 4, "no such data")
    status(run("validate", DATA, "--schema", path("none.yaml")), 4, "no such schema")


def schema():
    result = run("schema", "infer", SACRAMENTO)
    status(result, 0, "schema infer")
    contains(result.out, ["target: price", "sqft", "columns:", "features:"], "schema infer")
    made = path("made.schema.yaml")
    result = run("schema", "infer", SACRAMENTO, "-o", made)
    status(result, 0, "schema infer -o")
    equal(result.out, "", "schema infer -o: stdout is empty")
    contains(result.err, "look it over", "schema infer -o")
    status(run("schema", "infer", SACRAMENTO, "-o", made, "--quiet"), 0, "schema infer --quiet")
    equal(run("schema", "infer", SACRAMENTO, "-o", made, "--quiet").err, "", "--quiet")
    result = run("schema", "check", made)
    status(result, 0, "schema check what was inferred")
    status(run("validate", SACRAMENTO, "--schema", made), 0, "the inferred schema fits its data")
    report = run("schema", "check", SCHEMA, "--json").json()
    equal(report["target"], "price", "schema check --json: target")
    equal(len(report["columns"]), 16, "schema check --json: columns")
    equal(run("--json", "schema", "infer", SACRAMENTO).json()["target"], "price", "schema infer --json")

    other = write("roll.csv", "paid,size\n" + "".join(f"{100000 + 1000 * i},{50 + i * i % 37}\n" for i in range(40)))
    contains(run("schema", "infer", other, "--target", "paid").out, "target: paid", "schema infer --target")
    status(run("schema", "infer", other, "--target", "cost"), 3, "schema infer: no such target")
    ragged = write("ragged.csv", "paid,size,town\n" + "".join(f"{100000 + i},{50 + i % 37},Köln\n" for i in range(9))
                  + "1,2\n")
    result = run("schema", "infer", ragged)
    status(result, 3, "schema infer: a row that can't be read")
    contains(result.err, ["ragged.csv:11:", "2 fields"], "schema infer: a row that can't be read")
    status(run("schema"), 2, "schema without a verb")
    result = run("schema", "chekc", SCHEMA)
    status(result, 2, "a typo in a verb")
    contains(result.err, "did you mean “check”", "a typo in a verb")


def ratio():
    pairs = "".join(f"{estimate},{price},{'north' if i % 2 else 'south'}\n"
                    for i, (estimate, price) in enumerate((100000 + 500 * k, 98000 + 530 * k) for k in range(80)))
    roll = write("pairs.csv", "estimate,price,town\n" + pairs)
    result = run("ratio", roll)
    status(result, 0, "ratio")
    contains(result.out, ["80 sales", "Median ratio", "COD", "PRD", "PRB", "Standard"], "ratio")
    study = run("ratio", roll, "--json", "--by", "town").json()
    equal(study["n"], 80, "ratio --json: n")
    ratios = sorted((100000 + 500 * k) / (98000 + 530 * k) for k in range(80))
    close(study["median_ratio"]["value"], (ratios[39] + ratios[40]) / 2, 1e-12, "ratio --json: median")
    equal(study["median_ratio"]["pass"], True, "ratio --json: pass")
    check({"value", "low", "high", "pass"} <= set(study["cod"]), "ratio --json: members", study["cod"])
    equal([segment["value"] for segment in study["segments"]], ["north", "south"], "ratio --by: segments")
    equal([segment["n"] for segment in study["segments"]], [40, 40], "ratio --by: counts")
    contains(run("ratio", roll, "--by", "town").out, ["north", "south"], "ratio --by for people")
    bands = run("ratio", roll, "--by", "price", "--by", "price_decile", "--json").json()["segments"]
    prices = [band for band in bands if band["by"] == "price"]
    deciles = [band for band in bands if band["by"] == "price_decile"]
    equal([band["value"] for band in prices], ["<120000", ">=120000"], "ratio --by a number: bands")
    equal((prices[0]["from"], prices[0]["to"], prices[1]["from"]), (None, 120000, 120000), "ratio --by a number: ends")
    equal([band["n"] for band in deciles], [8] * 10, "ratio --by price_decile")
    equal([band["value"] for band in deciles], [str(i + 1) for i in range(10)], "ratio --by price_decile")

    # Labels of any length and script: columns stand beneath one another, by the cells that characters take
    places = ["Ж" * 50, "北京市朝阳区", "שכונת הצפון", "e\u0301tage", "x"]
    wide = write("wide.csv", "estimate,price,place\n"
                 + "".join(f"{100000 + 1000 * i},{101000 + 990 * i},{place}\n" for place in places for i in range(3)))
    table = run("ratio", wide, "--by", "place").out.split("place ")[1].splitlines()[1:]
    equal(len(table), 5, "ratio --by: a line a place")
    ends = set()
    for line in table:
        count = line.index("  3  ") + 3
        ends.add(sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
                     for c in line[:count]))
    equal(len(ends), 1, "ratio --by: columns stand beneath one another")

    many = write("many.csv", "estimate,price,tract\n"
                 + "".join(f"{100000 + i},{100500 + i % 997},T{i % 1000}\n" for i in range(2500)))
    result = run("ratio", many, "--by", "tract", "--json")
    status(result, 0, "ratio: a thousand groups")
    equal(len(result.json()["segments"]), 1000, "ratio: a thousand groups")
    equal(sum(segment["n"] for segment in result.json()["segments"]), 2500, "ratio: a thousand groups")
    too_many = write("toomany.csv", "estimate,price,tract\n" + "".join(f"{100000 + i},100500,T{i}\n" for i in range(1001)))
    result = run("ratio", too_many, "--by", "tract")
    status(result, 3, "ratio: more than a thousand groups")
    contains(result.err, ["tract", "more than 1000"], "ratio: more than a thousand groups")
    equal(len(run("ratio", wide, "--by", "place", "--json").json()["segments"]), 5, "ratio --by: labels as they are")

    contains(run("ratio", write("gap.csv", "estimate,price\n1,2\n3,4\n5,\n")).out, "1 row left out:", "ratio: one row left out")
    result = run("ratio", "-", stdin=b"estimate,price\n110,100\n")
    contains(result.out, "standard input: 1 sale, estimate against price", "ratio: one sale of standard input")
    contains(run("ratio", "-", stdin=b"estimate,price\n110,\n").err, "standard input: no row", "ratio: no sale")

    named = write("named.csv", "guess;x\n1;2\n".replace(";", ","))
    result = run("ratio", named)
    status(result, 3, "ratio: no such columns")
    contains(result.err, ["named.csv:1", "--estimate", "guess"], "ratio: no such columns")
    status(run("ratio", named, "--estimate", "guess", "--price", "x"), 0, "ratio --estimate --price")
    result = run("ratio", roll, "--by", "twon")
    status(result, 3, "ratio: no such group column")
    contains(result.err, "town", "ratio: no such group column")

    few = write("few.csv", "estimate,price\n" + "100000,100000\n" * 10 + "100000,\n-5,100\n")
    study = run("ratio", few, "--json").json()
    equal((study["n"], study["left_out"]), (10, 2), "ratio: unusable rows are counted")
    equal(study["cod"]["pass"], None, "ratio: fewer than 30 sales are not graded")


validate()
schema_resolution()
schema()
ratio()
done()
