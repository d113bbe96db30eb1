# test-predict.py - one house
# SPDX-License-Identifier: GPL-3.0-or-later

import json
import re
import socket

from harness import HOUSE, check, close, contains, done, environment, equal, on_terminal, path, run, status, train, write


def other(**changes):
    attributes = dict(part.split("=") for part in HOUSE)
    attributes.update(changes)
    return [f"{key}={value}" for key, value in attributes.items() if value is not None]


def as_json():
    result = run("predict", "--json", "--explain", "--comparables", "5", *HOUSE)
    status(result, 0, "predict --json")
    valuation = result.json()
    check({"model", "version", "source", "currency", "predicted_price", "interval", "confidence", "base_price",
           "contributions", "comparables", "warnings"} <= set(valuation), "members", valuation)
    equal((valuation["model"], valuation["source"], valuation["currency"]), ("house-price", "local", "USD"), "who and what")
    interval = valuation["interval"]
    equal(interval["level"], 0.9, "interval: level")
    check(0 < interval["low"] < valuation["predicted_price"] < interval["high"], "interval holds the price", interval)
    check(0 < valuation["confidence"]["fsd"] < 1 and 0 < valuation["confidence"]["within_10_percent"] < 1, "confidence",
          valuation["confidence"])
    total = valuation["base_price"] + sum(part["amount"] for part in valuation["contributions"])
    close(total, valuation["predicted_price"], 0.005, "base price and amounts add up to the price")
    check({part["feature"] for part in valuation["contributions"]} == {"sqft", "bedrooms", "bathrooms", "location",
                                                                      "condition", "house_age", "bed_bath_ratio"},
          "a contribution a feature", valuation["contributions"])
    equal(len(valuation["comparables"]), 5, "five comparables")
    similar = [sale["similarity"] for sale in valuation["comparables"]]
    check(similar == sorted(similar, reverse=True) and all(0 <= value <= 1 for value in similar), "most similar first", similar)
    first = valuation["comparables"][0]
    check({"row", "similarity", "price", "sale_date", "adjusted_price", "differs", "attributes"} <= set(first),
          "comparable: members", first)
    equal(sorted(first["differs"]), sorted(name for name, value in (part.split("=") for part in HOUSE)
                                           if str(first["attributes"][name]) != value), "comparable: what differs")
    check(all(sale["row"] != 1 and sale["differs"] for sale in valuation["comparables"]), "the first sale is this house's own",
          valuation["comparables"])
    check("distance_km" not in first, "no distance from nowhere", first)
    near = run("predict", "--json", "--comparables", "5", *HOUSE, "latitude=42.054", "longitude=-93.62").json()
    check(all(0 <= sale["distance_km"] < 20 for sale in near["comparables"]), "distances", near["comparables"])
    equal((near["predicted_price"], near["warnings"]), (valuation["predicted_price"], valuation["warnings"]),
          "where the house is changes nothing else")
    earlier = run("predict", "--json", "--comparables", "1", *HOUSE, "sale_date=2012-03").json()["comparables"][0]
    equal((earlier["row"], earlier["differs"]), (1, []), "long after, its own earlier sale is like any other")
    check(re.fullmatch(r'.*"predicted_price":\d+(\.\d+)?,.*', result.out.strip()) is not None, "plain numbers", result.out)
    return valuation


def people(price):
    result = run("predict", *HOUSE)
    status(result, 0, "predict for people")
    contains(result.out, [f"${price:,.0f}", "90 % interval", "within 10 %", "FSD", "house-price version", "(local)"],
             "predict for people")
    check("\033" not in result.out, "no colour in a pipe", result.out)
    result = run("predict", "--explain", "--comparables", "3", *HOUSE)
    contains(result.out, ["Base price", "Predicted price", "Location", "North Ames", "1,656 ft²", "Similar sale", "Similarity", "Adjusted",
                          "What differs"],
             "reasons and comparables for people")
    check("1,960" not in result.out, "a year has no separator", result.out)


def digits_that_are_names():
    """Categories of digits are shown as they are written"""
    codes = ["02134", "98103", "10001"]
    data = write("zip.csv", "price,sqft,zip\n" + "".join(
        f"{100000 + 40 * sqft + 20000 * (sqft % 3)},{sqft},{codes[sqft % 3]}\n" for sqft in range(900, 1200)))
    schema = write("zip.yaml", "name: zip\ntarget: price\ncolumns:\n  price: {type: number}\n  sqft: {type: number}\n"
                               "  zip: {type: category}\nfeatures: [sqft, zip]\n")
    registry = path("zip")
    result = run("train", data, "--schema", schema, "--family", "linear", "--quiet", registry=registry)
    check(result.status in (0, 6), "train on codes of places", result)
    shown = run("predict", "sqft=1000", "zip=10001", "--model", "1", "--explain", "--comparables", "250", registry=registry)
    status(shown, 0, "codes of places")
    contains(shown.out, ["10001", "02134", "98103"], "codes of places")
    check("98,103" not in shown.out and "10,001" not in shown.out and " 2,134" not in shown.out, "codes are no quantities", shown.out)


def colours():
    check("\033[1m$" in on_terminal("predict", *HOUSE), "colour on a terminal")
    check("\033[" not in on_terminal("predict", *HOUSE, "--no-color"), "--no-color")
    check("\033[" not in on_terminal("--no-color", "predict", *HOUSE), "--no-color before the verb")
    check("\033[" not in on_terminal("predict", *HOUSE, NO_COLOR="1"), "NO_COLOR")
    check("\033[1m$" in on_terminal("predict", *HOUSE, NO_COLOR=""), "an empty NO_COLOR says nothing")
    check("\033[" not in on_terminal("predict", *HOUSE, TERM="dumb"), "TERM=dumb")
    check("\033[31m" in on_terminal("predict", "sqft=1"), "errors are coloured on a terminal")


def options(valuation):
    price = valuation["predicted_price"]
    wide = run("predict", "--json", "--interval", "0.99", *HOUSE).json()
    check(wide["interval"]["low"] < valuation["interval"]["low"] and wide["interval"]["high"] > valuation["interval"]["high"],
          "--interval 0.99 is wider", wide["interval"])
    equal(wide["predicted_price"], price, "and its price the same")
    later = run("predict", "--json", "--as-of", "2030-06", *HOUSE).json()
    check(later["predicted_price"] != price or later["warnings"], "--as-of matters", later)
    check(any(warning["code"] == "stale_model" for warning in later["warnings"]), "a date long after the sales is warned of",
          later["warnings"])
    equal(run("predict", "--json", *HOUSE, "sale_date=2008-03").json()["predicted_price"],
          run("predict", "--json", *HOUSE, "--as-of", "2008-03").json()["predicted_price"], "sale_date is --as-of")
    equal(run("predict", "--json", *other(location=" north   AMES ")).json()["predicted_price"], price,
          "case and spaces of a category don't matter")
    equal(run("predict", "--json", *other(sqft=None), "SqFt=1656").json()["predicted_price"], price,
          "case of an attribute's name doesn't matter")
    for level in ("0", "1", "90", "0,9", "much"):
        status(run("predict", "--interval", level, *HOUSE), 2, f"--interval {level}")
    status(run("predict", "--as-of", "June", *HOUSE), 2, "--as-of: no date")
    status(run("predict", "--comparables", "-1", *HOUSE), 2, "--comparables -1")
    status(run("predict", "--model", "99", *HOUSE), 4, "--model: no such version")
    status(run("predict"), 2, "nothing to value")
    status(run("predict", "-o", path("x"), *HOUSE), 2, "-o without --input")
    status(run("predict", "--input", path("x"), *HOUSE), 2, "--input and a house")


def sources(price):
    # A port that was free a moment ago, on which nobody listens
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        dead = f"http://127.0.0.1:{probe.getsockname()[1]}"
    for arguments in (["--source", "server", "--server", dead], ["--source=server", f"--server={dead}/path/"]):
        result = run("predict", *arguments, *HOUSE)
        status(result, 5, " ".join(arguments))
        equal(result.out, "", "no price without the server")
        contains(result.err, [dead, "refused"], " ".join(arguments))
    result = run("predict", "--json", "--server", dead, *HOUSE)
    status(result, 0, "the local model stands in")
    equal((result.json()["predicted_price"], result.json()["source"]), (price, "local"), "the local price, and its source")
    result = run("predict", "--server", dead, *HOUSE)
    contains(result.out, ["(local)"], "the source is shown")
    contains(result.err, ["warning", dead, "refused", "this computer"], "a warning says who valued")
    equal(run("predict", "--quiet", "--server", dead, *HOUSE).err, "", "--quiet")
    result = run("predict", *HOUSE, env=environment(HOUSE_PRICE_SERVER=dead))
    contains(result.out, ["(local)"], "HOUSE_PRICE_SERVER: the local model stands in")
    contains(result.err, [dead], "HOUSE_PRICE_SERVER is asked")
    for source in ("local", "auto"):
        result = run("predict", "--json", "--source", source, *HOUSE)
        equal(result.json()["predicted_price"], price, f"--source {source}")
        equal(result.err, "", f"--source {source}: no server, no word of one")
    result = run("predict", "--json", "--source", "local", *HOUSE, env=environment(HOUSE_PRICE_SERVER=dead))
    equal((result.json()["predicted_price"], result.err), (price, ""), "--source local asks nobody")
    equal(run("predict", *HOUSE, env=environment(HOUSE_PRICE_SERVER="")).err, "", "an empty HOUSE_PRICE_SERVER is none")
    result = run("predict", "--source", "server", *HOUSE)
    status(result, 2, "--source server without one")
    contains(result.err, ["--server URL"], "--source server without one")
    for address in ("localhost:8000", "ftp://localhost", "http://", "http://h:99999", "", "http://h/?q=1"):
        result = run("predict", "--server", address, *HOUSE)
        status(result, 2, f"--server '{address}'")
        contains(result.err, ["http://host:8000"], f"--server '{address}'")
    status(run("predict", "--source", "oracle", *HOUSE), 2, "--source oracle")
    result = run("predict", "--server", dead, "--input", "x.csv")
    status(result, 2, "a file and a server")
    result = run("predict", "--server", dead, "sqft=big", "bedroms=3", "condition=Good")
    status(result, 3, "a bad house, valued by the model that stands in")
    contains(result.err, ["not a number", "did you mean bedrooms", "missing"], "all that is wrong is told")
    result = run("predict", "--server", dead, *HOUSE, registry=path("empty"))
    status(result, 5, "neither server nor model")
    contains(result.err, ["refused", "train"], "neither server nor model: both are told")


def warnings(valuation):
    result = run("predict", "--json", *other(location="Atlantis", sqft="9000"))
    status(result, 0, "warnings don't fail")
    codes = {(warning["code"], warning.get("field")) for warning in result.json()["warnings"]}
    check({("unseen_category", "location"), ("out_of_range", "sqft")} <= codes, "unseen and out of range", codes)
    contains(run("predict", *other(location="North Amse")).out, ["warning:", "North Ames"], "a near category is suggested")
    result = run("predict", "--json", *other(sqft=None, location=None), "--impute")
    status(result, 0, "--impute")
    check({"sqft", "location"} <= {w.get("field") for w in result.json()["warnings"] if w["code"] in ("imputed", "missing")},
          "what is imputed is told", result.json()["warnings"])


def all_at_once():
    result = run("predict", "sqft=12x", "bedrooms=3", "conditon=Average", "year_built=1500", "year_built=1960", "price=5",
                 "zzz=1", "--json")
    status(result, 3, "bad attributes")
    equal(result.out, "", "bad attributes: stdout is empty")
    error = json.loads(result.err)["error"]
    equal((error["code"], error["field"]), ("bad_attribute", "sqft"), "bad attributes: the first in error")
    told = {problem.get("field"): problem["message"] for problem in error["errors"]}
    check({"sqft", "conditon", "year_built", "price", "zzz"} <= set(told), "every bad attribute is told", told)
    contains(told["conditon"], "did you mean condition?", "a near attribute is suggested")
    contains(told["zzz"], "sqft, bedrooms", "an unknown attribute: which there are")
    check(any("bathrooms, location" in problem["message"] for problem in error["errors"]), "and all that is missing", error)
    result = run("predict", "sqft=12x", "zzz=1")
    contains(result.err, ["things are wrong:", "sqft: ", "zzz: ", "missing: bedrooms"], "the same for people")


status(train("--family", "gradient_boosting"), 0, "train")
valuation = as_json()
people(valuation["predicted_price"])
digits_that_are_names()
colours()
options(valuation)
sources(valuation["predicted_price"])
warnings(valuation)
all_at_once()
done()
