# test-bad-input.py - broken files and attributes: each has its exit status, and a message that says what, where and what to do
# SPDX-License-Identifier: GPL-3.0-or-later

import json

from harness import (DATA, HOUSE, SCHEMA, check, contains, done, equal, fast_config, path, run, sales, small_schema, status,
                     train, write)

HEADER = "price,sqft,bedrooms,bathrooms,location,year_built,condition\n"
ROW = "214000,1500,3,2,North Ames,1960,Average\n"
GOOD = HEADER + ROW * 3
HOUSES = "sqft,bedrooms,bathrooms,location,year_built,condition\n"
SCHEMA_TEXT = open(SCHEMA, encoding="utf-8").read()


def swap(before, after):
    assert before in SCHEMA_TEXT, before
    return SCHEMA_TEXT.replace(before, after, 1)


# Files for `validate FILE`: (name, contents, exit status, what the message must say)
CSV = [
    ("empty", "", 3, ["empty.csv", "empty"]),
    ("only a mark", "\ufeff", 3, ["only a mark.csv"]),
    ("header only", HEADER, 3, ["header only.csv", "no rows"]),
    ("no header", ROW * 3, 3, ["no header.csv", "no column price", "schema infer"]),
    ("duplicate column", HEADER.replace("sqft,", "sqft,SQFT,").replace("SQFT", "sqft") + "1,1,1,1,1,a,1960,Average\n", 3,
     ["duplicate column.csv:1:", "sqft"]),
    ("empty name", HEADER.replace("sqft", "") + ROW, 3, ["empty name.csv:1:"]),
    ("missing column", "price,sqft\n1,2\n", 3, ["missing column.csv", "year_built", "schema infer"]),
    ("binary", b"\x00\x01\x02\xff\xfe" * 50, 3, ["binary.csv"]),
    ("utf-16", GOOD.encode("utf-16"), 3, ["utf-16.csv", "UTF-8"]),
    ("not UTF-8", HEADER.encode() + ROW.replace("North", "N\xf6rd").encode("latin-1"), 3, ["not UTF-8.csv:2:", "UTF-8"]),
    ("nul", HEADER.encode() + ROW.replace("North", "No\0th").encode(), 3, ["nul.csv:2:"]),
    ("open quote", HEADER + ROW + ROW.replace("North Ames", '"North Ames'), 3, ["open quote.csv:3:", "quot"]),
    ("stray quote", HEADER + ROW.replace("North Ames", 'North "Ames"'), 3, ["stray quote.csv:2:", "quot"]),
    ("too few fields", GOOD + "1,2,3\n", 3, ["too few fields.csv:5", "7", "3"]),
    ("too many fields", GOOD + ROW.strip() + ",9\n", 3, ["too many fields.csv:5", "7", "8"]),
    ("text for a number", GOOD + ROW.replace("1500", "big"), 3, ["text for a number.csv:5:8", "sqft", "big"]),
    ("a number with a comma", GOOD + ROW.replace("1500", '"1,500"'), 3, ["a number with a comma.csv:5:8", "sqft", "1,500"]),
    ("infinity", GOOD + ROW.replace("1500", "inf"), 3, ["infinity.csv:5:8", "sqft", "inf"]),
    ("hexadecimal", GOOD + ROW.replace("1500", "0x5dc"), 3, ["hexadecimal.csv:5:8", "0x5dc"]),
    ("overflow", GOOD + ROW.replace("1500", "1e999"), 3, ["overflow.csv:5:8", "1e999"]),
    ("a fraction for an integer", GOOD + ROW.replace(",3,", ",3.5,"), 3, ["a fraction for an integer.csv:5:13", "bedrooms", "3.5"]),
    ("below the minimum", GOOD + ROW.replace("1500", "5"), 3, ["below the minimum.csv:5:8", "sqft", "5", "100"]),
    ("above the maximum", GOOD + ROW.replace("1960", "3000"), 3, ["above the maximum.csv:5:", "year_built", "3000", "2100"]),
    ("negative price", GOOD + ROW.replace("214000", "-1"), 3, ["negative price.csv:5:1", "price", "-1"]),
    ("a grade that is none", GOOD + ROW.replace("Average", "Avrage"), 3, ["a grade that is none.csv:5:", "condition", "Avrage"]),
    ("escape", GOOD + ROW.replace("1500", "\033[2J"), 3, ["escape.csv:5:8", "\\x1b"]),
]

# Schemas for `schema check FILE`
YAML = [
    ("empty", "", 3, ["empty.yaml"]),
    ("no yaml", "name: [1, 2\n", 3, ["no yaml.yaml:"]),
    ("tabs", "columns:\n\tprice: {}\n", 3, ["tabs.yaml:2"]),
    ("a list", "- a\n- b\n", 3, ["a list.yaml:1:1"]),
    ("no target", swap("target: price\n", ""), 3, ["no target.yaml", "target"]),
    ("unknown target", swap("target: price", "target: cost"), 3, ["unknown target.yaml:2:", "cost"]),
    ("unknown key", swap("currency:", "curency:"), 3, ["unknown key.yaml:3:1", "curency", "currency"]),
    ("unknown type", swap("{type: integer, min: 0,    max: 20}", "{type: intger}"), 3, ["unknown type.yaml:7:", "intger", "integer"]),
    ("min above max", swap("min: 100,  max: 20000", "min: 100,  max: 20"), 3, ["min above max.yaml:6:", "min", "max"]),
    ("a range of text", swap("min: 100,", "min: low,"), 3, ["a range of text.yaml:6:", "min", "number"]),
    ("unknown feature", swap("features: [sqft,", "features: [sqtf,"), 3, ["unknown feature.yaml:", "sqtf", "sqft"]),
    ("duplicate key", SCHEMA_TEXT + "target: price\n", 3, ["duplicate key.yaml:", "target"]),
    ("unknown derived", swap("{age: year_built", "{aeg: year_built"), 3, ["unknown derived.yaml:", "aeg"]),
    ("unknown gate", swap("{r2: {min: 0.60}", "{r3: {min: 0.60}"), 3, ["unknown gate.yaml:", "r3"]),
    ("alias bomb", "a: &a [1]\nb: [*a, *a]\n", 3, ["alias bomb.yaml:1:"]),
    ("deep", "a: " + "[" * 200 + "]" * 200, 3, ["deep.yaml:1:"]),
    ("big", "a: " + "x" * 2000000, 3, ["big.yaml"]),
]

# One attribute changed for `predict`: (name, {key: value}, exit status, message)
ATTRIBUTES = [
    ("text for a number", {"sqft": "big"}, 3, ["sqft", "big", "number"]),
    ("a number with a comma", {"sqft": "1,656"}, 3, ["sqft", "1,656", "number"]),
    ("not a number", {"sqft": "nan"}, 3, ["sqft", "--impute"]),
    ("infinity", {"sqft": "inf"}, 3, ["sqft", "inf"]),
    ("overflow", {"sqft": "1e400"}, 3, ["sqft", "1e400"]),
    ("too small", {"sqft": "1"}, 3, ["sqft", "1", "100"]),
    ("too big", {"bedrooms": "21"}, 3, ["bedrooms", "21", "20"]),
    ("negative", {"bathrooms": "-2"}, 3, ["bathrooms", "-2", "0.5"]),
    ("a fraction", {"bedrooms": "2.5"}, 3, ["bedrooms", "2.5", "whole"]),
    ("an empty value", {"condition": ""}, 3, ["condition", "--impute"]),
    ("an unknown name", {"sqfeet": "1"}, 3, ["sqfeet", "sqft"]),
    ("the price", {"price": "1"}, 3, ["price", "leave it out"]),
    ("a bad date", {"sale_date": "2010-13"}, 3, ["sale_date", "2010-13", "YYYY"]),
    ("an escape", {"sqft": "\033]0;x\007"}, 3, ["sqft", "\\x1b"]),
]

# Rows of `predict --input`: exit 3, and a place
ROWS = [
    ("row: text for a number", "wide,3,2,North Ames,1960,Average\n", [":2:1", "sqft", "wide"]),
    ("row: out of range", "1500,3,2,North Ames,1,Average\n", [":2:21", "year_built", "1700"]),
    ("row: missing", "1500,3,,North Ames,1960,Average\n", [":2:8", "bathrooms", "--impute"]),
    ("row: too few fields", "1500,3\n", [":2", "6"]),
    ("row: open quote", '1500,3,2,"North Ames,1960,Average\n', [":2:", "quot"]),
]

# Configurations for `train --config`
CONFIG = [
    ("no such option", "fold: 3\n", 3, [":1:1", "fold", "folds"]),
    ("no such family", "families: [forest]\n", 3, [":1:12", "forest", "random_forest"]),
    ("no such parameter", "params: {gradient_boosting: {tres: 5}}\n", 3, [":1:30", "tres", "trees"]),
    ("a parameter of text", "params: {gradient_boosting: {trees: many}}\n", 3, [":1:37", "many"]),
    ("not YAML", "params: {\n", 3, [":"]),
    ("too many folds", "folds: 99\n", 3, [":1:8", "folds", "20"]),
]


def tell(result, expected, parts, name):
    status(result, expected, name)
    contains(result.err + result.out, parts, name)
    check("\033" not in result.err + result.out, f"{name}: nothing that a terminal obeys", result)
    check(result.status not in (-6, -11), f"{name}: no crash", result)


for name, text, code, parts in CSV:
    tell(run("validate", write(f"{name}.csv", text)), code, parts, f"CSV, {name}")
for name, text, code, parts in YAML:
    tell(run("schema", "check", write(f"{name}.yaml", text)), code, parts, f"schema, {name}")
status(train("--family", "gradient_boosting"), 0, "train")
for name, changes, code, parts in ATTRIBUTES:
    house = dict(part.split("=") for part in HOUSE) | changes
    arguments = [f"{key}={value}" for key, value in house.items()]
    tell(run("predict", *arguments), code, parts, f"attribute, {name}")
    error = json.loads(run("predict", "--json", *arguments).err)["error"]
    equal((error["code"], error["field"]), ("bad_attribute", next(iter(changes))), f"attribute, {name}: JSON")
for name, row, parts in ROWS:
    tell(run("predict", "--input", write("rows.csv", HOUSES + row)), 3, parts, name)
for name, text, code, parts in CONFIG:
    config = write("config.yaml", text)
    tell(run("train", sales(), "--schema", small_schema(), "--config", config, "--no-register"), code, ["config.yaml", *parts],
         f"config, {name}")

# Training on what can't be trained on
tell(run("train", write("few.csv", GOOD), "--schema", small_schema()), 3, ["few.csv"], "train on three sales")
tell(run("train", write("text.csv", GOOD + ROW.replace("1500", "big")), "--schema", small_schema()), 3,
     ["text.csv:5:8", "sqft", "big"], "train on a broken file")
tell(run("train", sales(), "--schema", small_schema(), "--config", path("none.yaml")), 4, ["none.yaml"], "no such config")
tell(run("train", path("none.csv")), 4, ["none.csv"], "no such data")
tell(run("predict", "--input", path("none.csv")), 4, ["none.csv"], "no such input")
tell(run("predict", "--input", write("some.csv", HOUSES), "-o", path("no/such/folder.csv")), 4, ["folder.csv"], "no such folder")
tell(run("predict", "--input", path("")), 1, [path("")[:-1]], "a folder is no CSV")
tell(run("evaluate", write("short.csv", "price,sqft\n1,2\n")), 3, ["short.csv", "bedrooms"], "evaluate without the columns")
tell(run("ratio", write("pairs.csv", "estimate,price\n1,2\n$3,4\n")), 3, ["pairs.csv:3:1", "estimate", "$3"], "ratio of text")
tell(run("ratio", write("nopairs.csv", "estimate,price\n,2\n")), 3, ["nopairs.csv", "above 0"], "ratio of nothing")
tell(run("models", "install", write("no.tar", "not an archive")), 3, ["no.tar"], "install what is no archive")
tell(run("predict", "sqft"), 2, ["sqft", "KEY=VALUE"], "an attribute without a value")
tell(run("predict", b"sqft=\xff".decode("utf-8", "surrogateescape")), 2, ["KEY=VALUE"], "an attribute that is no text")
tell(run("predict", "--model", b"\xff".decode("utf-8", "surrogateescape"), *HOUSE), 2, ["--model", "UTF-8"], "an alias that is no text")
done()
