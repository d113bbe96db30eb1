# test-predict-file.py - a CSV of houses
# SPDX-License-Identifier: GPL-3.0-or-later

import csv
import io
import json
import os

from harness import check, contains, done, equal, path, run, status, train, write

COLUMNS = ["sqft", "bedrooms", "bathrooms", "location", "condition", "year_built"]
OWN = ["predicted_price", "low", "high", "version", "warnings"]
GOOD = ["1656", "3", "2", "North Ames", "Average", "1960"]


def table(rows, columns=None, end="\n"):
    text = io.StringIO()
    writer = csv.writer(text, lineterminator=end)
    writer.writerows([columns or COLUMNS] + rows)
    return text.getvalue()


def value(text, *options, **more):
    return run("predict", "--input", "-", *options, stdin=text.encode("utf-8"), **more)


def plain():
    houses = write("houses.csv", table([GOOD, ["900", "2", "1", "Old Town", "Good", "1930"]]))
    result = run("predict", "--input", houses)
    status(result, 0, "a CSV")
    rows = result.rows()
    equal(list(rows[0]), COLUMNS + OWN, "the input's columns and ours")
    equal([[row[column] for column in COLUMNS] for row in rows][0], GOOD, "the input's cells as they were")
    single = run("predict", "--json", *[f"{key}={cell}" for key, cell in zip(COLUMNS, GOOD)]).json()
    equal(rows[0]["predicted_price"], f"{single['predicted_price']:.2f}", "the price of predict KEY=VALUE")
    equal((rows[0]["low"], rows[0]["high"]), (f"{single['interval']['low']:.2f}", f"{single['interval']['high']:.2f}"),
          "and its interval")
    equal(rows[0]["version"], single["version"], "and its version")
    contains(result.err, "2 houses valued", "a message")
    contains(value(table([GOOD])).err, "1 house valued", "a message about one")
    equal(run("predict", "--input", houses, "--quiet").err, "", "--quiet")

    output = path("valued.csv")
    filed = run("predict", "--input", houses, "-o", output)
    status(filed, 0, "-o")
    equal(filed.out, "", "-o: stdout is empty")
    equal(open(output, encoding="utf-8").read(), result.out, "-o: the same")
    equal(value(open(houses).read()).out, result.out, "--input -")
    status(run("predict", "--input", houses, "-o", houses), 0, "onto itself")
    equal(open(houses, encoding="utf-8").read(), result.out, "onto itself: the same")
    result = run("predict", "--input", houses)
    status(result, 3, "valued twice")
    contains(result.err, ["houses.csv:1", "predicted_price"], "valued twice")


def forms():
    reference = value(table([GOOD])).rows()[0]["predicted_price"]
    mixed = table([["x", "Average", "1960", "north ames", "2", "3", "1656", "5"]],
                  ["note", "Condition", "YEAR_BUILT", "Location", "bathrooms", "bedrooms", " SqFt ", "price"])
    equal(value(mixed).rows()[0]["predicted_price"], reference, "other order, other case, a price, more columns")
    for name, text in (("CRLF", table([GOOD], end="\r\n")), ("CR", table([GOOD], end="\r")),
                       ("a byte order mark", "\ufeff" + table([GOOD])), ("no last line end", table([GOOD]).rstrip("\n")),
                       ("spaces around numbers", table([["  1656 ", "3", "2", " North Ames ", "Average", "1960"]]))):
        result = value(text)
        status(result, 0, name)
        equal(result.rows()[0]["predicted_price"], reference, name)
    quoted = value(table([GOOD + ['said "cheap", twice\nand more']], COLUMNS + ["note"]))
    equal(quoted.rows()[0]["note"], 'said "cheap", twice\nand more', "quoted cells come back")
    formula = value(table([GOOD + ["=1+1"], GOOD + ["@x"], GOOD + ["-5"], GOOD + ["+a"]], COLUMNS + ["note"])).rows()
    equal([row["note"] for row in formula], ["'=1+1", "'@x", "-5", "'+a"], "formulas are neutralised, numbers are not")
    empty = value(table([]))
    status(empty, 0, "no rows")
    equal(empty.out, ",".join(COLUMNS + OWN) + "\n", "no rows: a header")


def bad_rows():
    rows = [GOOD, ["1656", "3", "2", "North Ames", "Average", "old"], GOOD, ["", "3", "2", "North Ames", "Average", "1960"],
            ["5", "99", "2", "North Ames", "Average", "1960"], GOOD]
    text = table(rows)
    houses = write("bad.csv", text + "1,2\n" + table([GOOD]).split("\n")[1] + "\n")
    output = path("bad-valued.csv")
    result = run("predict", "--input", houses, "-o", output)
    status(result, 3, "bad rows")
    contains(result.err, [f"{houses}:3:", "year_built", "\"old\"", f"{houses}:5:1:", "sqft", "--impute", f"{houses}:6:1:",
                          f"{houses}:6:3:", f"{houses}:8", "4 of 8 rows"], "bad rows are told with their place")
    valued = list(csv.DictReader(open(output, encoding="utf-8", newline="")))
    equal(len(valued), 8, "a line out for every record in")
    equal([bool(row["predicted_price"]) for row in valued], [True, False, True, False, False, True, False, True],
          "bad rows have no price, the others do")
    equal(valued[1]["warnings"], "bad_attribute:year_built", "the code is in warnings")
    equal(valued[4]["warnings"], "bad_attribute:sqft;bad_attribute:bedrooms", "all codes of a row")
    equal(valued[6]["warnings"], "bad_data", "a ragged row")
    equal([row["low"] == row["high"] == "" for row in valued], [False, True, False, True, True, False, True, False],
          "nor an interval")

    strict = path("strict.csv")
    result = run("predict", "--input", houses, "-o", strict, "--strict")
    status(result, 3, "--strict")
    contains(result.err, f"{houses}:3:", "--strict tells the first")
    check(not os.path.exists(strict), "--strict: no output file")
    result = value(text, "--strict")
    equal(len(result.rows()), 1, "--strict on a pipe: what came before")

    imputed = value(text, "--impute")
    equal([bool(row["predicted_price"]) for row in imputed.rows()], [True, False, True, True, False, True], "--impute")
    contains(imputed.rows()[3]["warnings"], "imputed:sqft", "--impute: a warning")

    many = value(table([GOOD[:5] + ["old"]] * 50))
    equal(many.err.count("-:"), 0, "standard input has a name")
    equal(many.err.count('"old"'), 20, "twenty bad rows are shown")
    contains(many.err, "50 of 50 rows", "the others are counted")

    unseen = value(table([["9000", "3", "2", "Atlantis", "Average", "1960"]]))
    status(unseen, 0, "odd is not bad")
    check({"out_of_range:sqft", "unseen_category:location", "no_value"} <= set(unseen.rows()[0]["warnings"].split(";")),
          "warnings", unseen)
    check(float(unseen.rows()[0]["predicted_price"]) > 0, "no value is a warning: the model's guess stands beside it", unseen)

    result = value(table([GOOD[:4]], COLUMNS[:4]))
    status(result, 3, "columns are missing")
    equal(result.out, "", "columns are missing: no output")
    contains(result.err, [":1:", "condition", "year_built", "--impute"], "columns are missing")
    status(value(table([GOOD[:4]], COLUMNS[:4]), "--impute"), 0, "columns are missing, and imputed")


def as_json():
    result = value(table([GOOD, ["wide"] + GOOD[1:], GOOD]), "--json", "--explain", "--comparables", "2")
    status(result, 3, "--json with a bad row")
    lines = [json.loads(line) for line in result.out.splitlines()]
    equal(len(lines), 3, "a line a row")
    equal(len(lines[0]["comparables"]), 2, "--json: comparables")
    check(lines[0]["contributions"] and "base_price" in lines[0], "--json: reasons", lines[0])
    equal((lines[1]["error"]["code"], lines[1]["error"]["field"], lines[1]["error"]["line"]), ("bad_attribute", "sqft", 3),
          "--json: an error in its place")
    single = run("predict", "--json", "--explain", "--comparables", "2",
                 *[f"{key}={cell}" for key, cell in zip(COLUMNS, GOOD)]).json()
    equal(lines[0], single, "--json: the same as for one house")
    equal(json.loads(result.err)["error"]["code"], "bad_data", "--json: one error object")
    status(value(table([GOOD]), "--explain"), 2, "--explain needs --json")
    status(value(table([GOOD]), "--comparables", "3"), 2, "--comparables needs --json")


def same_warnings():
    """A row of a CSV, a JSON line and a house alone are warned of alike."""
    houses = [GOOD, ["9000", "3", "2", "Nort Ames", "Average", "1960"], ["900", "2", "1", "Old Town", "Good", "2012"],
              ["", "2", "1", "Old Town", "", "1930"], ["4000", "8", "1", "Nowhere", "Poor", "2010"]]
    seen = set()
    for options in ([], ["--as-of", "2008-06"], ["--interval", "0.999"], ["--as-of", "2030-06"]):
        rows = value(table(houses), "--impute", *options).rows()
        lines = [json.loads(line) for line in value(table(houses), "--impute", "--json", "--explain", *options).out.splitlines()]
        for house, row, line in zip(houses, rows, lines):
            alone = run("predict", "--impute", "--json", *options,
                        *[f"{key}={cell}" for key, cell in zip(COLUMNS, house)]).json()
            equal(line, alone, f"{options}: {house}: a JSON line is the valuation of one house")
            codes = [warning["code"] + (":" + warning["field"] if "field" in warning else "") for warning in alone["warnings"]]
            equal(row["warnings"], ";".join(codes), f"{options}: {house}: the codes of a CSV")
            seen |= {warning["code"] for warning in alone["warnings"]}
    check(all("stale_model" in row["warnings"] for row in rows), "--as-of long after the sales: a warning a row", rows)
    equal(seen, {"imputed", "no_value", "out_of_range", "stale_model", "unseen_category", "wide_interval"}, "all were tried")


def many():
    """More rows than a block, in every split among workers."""
    rows = [[str(400 + i % 3000), str(1 + i % 5), "2", ["North Ames", "Old Town", "Gilbert"][i % 3], "Average",
             str(1900 + i % 110)] for i in range(20000)]
    rows[12345][0] = "wide"
    houses = write("many.csv", table(rows))
    one = run("predict", "--input", houses, "--jobs", "1")
    status(one, 3, "20,000 rows")
    contains(one.err, ["many.csv:12347:1", "1 of 20,000 rows"], "20,000 rows: the bad one")
    for jobs in ("2", "5"):
        equal(run("predict", "--input", houses, "--jobs", jobs).out == one.out, True, f"--jobs {jobs}: the same bytes")
    valued = one.rows()
    equal([row["sqft"] for row in valued] == [row[0] for row in rows], True, "in order")
    equal(len({row["predicted_price"] for row in valued}) > 1000, True, "different prices")


status(train("--family", "gradient_boosting"), 0, "train")
plain()
forms()
bad_rows()
as_json()
same_warnings()
many()
done()
