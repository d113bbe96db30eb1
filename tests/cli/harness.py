# harness.py - runs house-price and tells the results in TAP
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each test program imports this, calls check() and its relatives, and ends with done()."""

import csv
import io
import json
import os
import pty
import shutil
import subprocess
import sys
import tempfile
import traceback

PROGRAM = os.environ["HOUSE_PRICE"]
SOURCE = os.environ["HOUSE_PRICE_SOURCE"]
DATA = os.path.join(SOURCE, "data", "house_data.csv")
SCHEMA = os.path.join(SOURCE, "data", "house_data.schema.yaml")

HOUSE = ["sqft=1656", "bedrooms=3", "bathrooms=2", "location=North Ames", "condition=Average", "year_built=1960"]

_count = 0
_failed = 0
_folder = tempfile.mkdtemp(prefix="house-price-test-")
REGISTRY = os.path.join(_folder, "registry")


class Result:
    def __init__(self, process):
        self.status = process.returncode
        self.out = process.stdout.decode("utf-8")
        self.err = process.stderr.decode("utf-8")

    def json(self):
        return json.loads(self.out)

    def rows(self):
        return list(csv.DictReader(io.StringIO(self.out)))

    def __str__(self):
        return f"status {self.status}\n--- stdout\n{self.out[:2000]}\n--- stderr\n{self.err[:2000]}"


def path(name):
    """A path in this program's own folder, which is removed at the end."""
    return os.path.join(_folder, name)


def write(name, text):
    with open(path(name), "wb") as file:
        file.write(text if isinstance(text, bytes) else text.encode("utf-8"))
    return path(name)


def environment(**changes):
    env = dict(os.environ, XDG_DATA_HOME=path("data"), XDG_DATA_DIRS=path("system"), HOME=_folder, LC_ALL="C.UTF-8")
    for name in ("HOUSE_PRICE_REGISTRY", "HOUSE_PRICE_SERVER", "HOUSE_PRICE_LIBEXEC", "NO_COLOR", "LANGUAGE"):
        env.pop(name, None)
    env.update(changes)
    return env


def run(*arguments, stdin=b"", env=None, registry=REGISTRY):
    """Runs the program; registry None leaves the option out."""
    command = [PROGRAM, *(["--registry", registry] if registry else []), *arguments]
    return Result(subprocess.run(command, input=stdin, capture_output=True, env=env or environment(), timeout=300))


def on_terminal(*arguments, registry=REGISTRY, **variables):
    """What the program writes on a terminal, standard output and standard error together."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen([PROGRAM, "--registry", registry, *arguments], stdout=theirs, stderr=theirs,
                               env=environment(**{"TERM": "xterm", **variables}))
    os.close(theirs)
    text = b""
    while True:
        try:
            part = os.read(ours, 65536)
        except OSError:  # the other end is closed
            break
        if not part:
            break
        text += part
    process.wait()
    os.close(ours)
    return text.decode("utf-8")


def check(condition, name, result=""):
    global _count, _failed
    _count += 1
    if condition:
        print(f"ok {_count} - {name}", flush=True)
        return
    _failed += 1
    print(f"not ok {_count} - {name}")
    for line in str(result).splitlines():
        print(f"# {line}")
    sys.stdout.flush()


def equal(value, expected, name, result=""):
    check(value == expected, name, f"{value!r} is not {expected!r}\n{result}")


def status(result, expected, name):
    check(result.status == expected, f"{name}: exit status {expected}", result)


def contains(text, parts, name):
    for part in [parts] if isinstance(parts, str) else parts:
        check(part in text, f"{name}: says {part!r}", text)


def close(value, expected, tolerance, name):
    check(abs(value - expected) <= tolerance, name, f"{value} is not {expected} ± {tolerance}")


def sales(rows=400, every=7):
    """A small CSV of sales from all over the shipped file."""
    with open(DATA, encoding="utf-8") as file:
        lines = file.readlines()
    return write("sales.csv", "".join([lines[0]] + lines[1::every][:rows]))


# Bounds that 400 sales and small forests can keep, and settings that are fitted in no time.
SMALL_SCHEMA_GATES = ("gates: {r2: {min: 0.60}, mae: {max: 25000}, rmse: {max: 30000}}",
                      "gates: {r2: {min: 0.20}, mae: {max: 80000}}")


def small_schema(name="small.schema.yaml", gates=SMALL_SCHEMA_GATES[1]):
    with open(SCHEMA, encoding="utf-8") as file:
        text = file.read()
    assert SMALL_SCHEMA_GATES[0] in text
    return write(name, text.replace(SMALL_SCHEMA_GATES[0], gates))


def fast_config():
    return write("fast.yaml", "folds: 3\n"
                              "params:\n"
                              "  random_forest: {trees: 20}\n"
                              "  gradient_boosting: {trees: 40}\n"
                              "  xgboost: {trees: 40}\n")


def train(*options, registry=REGISTRY, env=None):
    return run("train", sales(), "--schema", small_schema(), "--config", fast_config(), *options, registry=registry,
               env=env)


def done():
    shutil.rmtree(_folder, ignore_errors=True)
    print(f"1..{_count}")
    sys.exit(1 if _failed else 0)


def _crashed(kind, value, trace):
    print(f"not ok {_count + 1} - the test itself ended early")
    for line in "".join(traceback.format_exception(kind, value, trace)).splitlines():
        print(f"# {line}")
    print(f"1..{_count + 1}", flush=True)
    shutil.rmtree(_folder, ignore_errors=True)


sys.excepthook = _crashed
