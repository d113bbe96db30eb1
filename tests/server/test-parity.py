# test-parity.py - the same house gives the same cents, whoever is asked
# SPDX-License-Identifier: GPL-3.0-or-later

import csv
import json

from harness import DATA, REGISTRY, check, done, environment, equal, run, status, train
from server_process import Server

ATTRIBUTES = ["sqft", "bedrooms", "bathrooms", "location", "year_built", "condition"]


def houses():
    """(attributes as text, options of predict): rows of the shipped sales, then awkward ones"""
    with open(DATA, encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    for row in rows[::71]:
        yield {name: row[name] for name in ATTRIBUTES}, {}
    house = {name: rows[0][name] for name in ATTRIBUTES}
    yield dict(house, location="north  AMES "), {}
    yield dict(house, location="Nort Ames"), {}
    yield dict(house, location="=1+1 <b>\u202e"), {}
    yield dict(house, sqft="9000"), {"level": 0.5}
    yield dict(house, sqft="1e3", bathrooms="2.50"), {"level": 0.99}
    yield dict(house, year_built="2010"), {"as_of": "2006"}
    yield house, {"as_of": "2016-05-01"}
    yield dict(house, sale_date="2008-02"), {}
    yield {name: text for name, text in house.items() if name != "bathrooms"}, {"impute": True}
    yield {"sqft": house["sqft"]}, {"impute": True}


def on_command_line(house, options, *more):
    arguments = [f"{name}={text}" for name, text in house.items()]
    for name, option in (("level", "--interval"), ("as_of", "--as-of")):
        if name in options:
            arguments += [option, str(options[name])]
    if options.get("impute"):
        arguments.append("--impute")
    result = run("predict", "--json", "--explain", "--comparables", "3", *arguments, *more)
    status(result, 0, f"predict {house} {options} {more}")
    return json.loads(result.out)


def as_numbers(house):
    """What other programs send: numbers where there are numbers"""
    def number(text):
        try:
            return float(text)
        except ValueError:
            return text
    return {name: number(text) for name, text in house.items()}


status(train("--family", "gradient_boosting"), 0, "a model")
with Server(REGISTRY, "--drain-delay", "0", env=environment()) as server:
    n = 0
    for house, options in houses():
        n += 1
        expected = on_command_line(house, options)
        equal(expected["source"], "local", "the local model's answer")
        expected["source"] = "server"
        equal(on_command_line(house, options, "--source", "server", "--server", server.url), expected,
              f"the command line, by the server: {house} {options}")
        for form, sent in (("texts", house), ("numbers", as_numbers(house))):
            code, _, answer = server.post("/v1/valuations", dict({"houses": [sent], "explain": True, "comparables": 3}, **options))
            equal((code, answer), (200, {"valuations": [expected]}), f"/v1/valuations, {form}: {house} {options}")
        if "as_of" in options or "impute" in options:
            continue
        query = f"?level={options['level']}" if "level" in options else ""
        for form, sent in (("texts", house), ("numbers", as_numbers(house))):
            code, _, answer = server.post("/predict" + query, sent)
            equal((code, answer.get("predicted_price"), answer.get("confidence_interval"), answer.get("confidence")),
                  (200, expected["predicted_price"], [expected["interval"]["low"], expected["interval"]["high"]],
                   expected["confidence"]), f"/predict, {form}: {house} {options}")
        code, _, answer = server.post(f"/predict?explain=true{query.replace('?', '&')}", house)
        equal(answer.get("features_importance"), {part["feature"]: part["amount"] for part in expected["contributions"]},
              f"/predict?explain=true: {house}")
        equal(answer.get("base_price"), expected["base_price"], f"/predict?explain=true, the base price: {house}")
        thin = [warning for warning in expected["warnings"] if warning["code"] != "thin_support"]
        equal(answer.get("warnings"), thin, f"/predict, the warnings: {house}")
    check(n > 45, "there were houses", n)
done()
