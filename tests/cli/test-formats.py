# test-formats.py - bundles of old: they stay readable, and give the numbers that they gave
# SPDX-License-Identifier: GPL-3.0-or-later

import json
import os
import shutil

from harness import SOURCE, close, done, equal, path, run, status

GOLDEN = os.path.join(SOURCE, "tests", "golden", "bundle")
LEVELS = ["0.5", "0.9", "0.99"]


def numbers(valuation):
    return [valuation["predicted_price"], valuation["interval"]["low"], valuation["interval"]["high"],
            valuation["confidence"]["fsd"], valuation["confidence"]["within_10_percent"], valuation["base_price"],
            *[part["amount"] for part in valuation["contributions"]]]


def old_bundle(name, version):
    """GOLDEN/NAME is a registry's folder; GOLDEN/NAME-VERSION.jsonl what the program of its day answered."""
    with open(os.path.join(GOLDEN, f"{name}-{version}.jsonl"), encoding="utf-8") as file:
        expected = [json.loads(line) for line in file]
    actual = []
    for level in LEVELS:
        result = run("--name", name, "predict", "--model", version, "--input", os.path.join(GOLDEN, "houses.csv"), "--json",
                     "--interval", level, "--explain", registry=path("registry"))
        status(result, 0, f"{name} {version} at {level}")
        actual += [json.loads(line) for line in result.out.splitlines()]
    equal(len(actual), len(expected), f"{name} {version}: an answer each")
    for then, now in zip(expected, actual):
        equal(now["version"], version, f"{name} {version}: by itself")
        equal(now["interval"]["level"], then["interval"]["level"], f"{name} {version}: the level")
        # Processors differ in the last bit of a logarithm, so a cent may be rounded the other way.
        for a, b in zip(numbers(then), numbers(now)):
            close(b, a, 0.011 if abs(a) > 10 else 1e-9, f"{name} {version}: {a}")
    status(run("--name", name, "models", "show", version, registry=path("registry")), 0, f"{name} {version}: models show")


shutil.copytree(GOLDEN, path("registry"))
for version in ("1", "2"):
    old_bundle("format-1", version)
status(run("--name", "format-1", "models", "verify", registry=path("registry")), 0, "verify")
done()
