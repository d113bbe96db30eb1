# test-stability.py - the same numbers however they are asked for, and nothing half-done when interrupted
# SPDX-License-Identifier: GPL-3.0-or-later

import csv
import glob
import io
import json
import os
import signal
import subprocess
import time

from harness import (DATA, PROGRAM, REGISTRY, check, contains, done, environment, equal, fast_config, path, run, sales,
                     small_schema, status, train, write)

COLUMNS = ["sqft", "bedrooms", "bathrooms", "location", "year_built", "condition"]


def houses():
    """Ordinary houses and odd ones: unseen categories, out of range, missing."""
    with open(DATA, encoding="utf-8") as file:
        rows = [{key: row[key] for key in COLUMNS} for row in list(csv.DictReader(file))[::97]]
    rows.append(dict(rows[0], location="Atlantis"))
    rows.append(dict(rows[0], sqft="19000", bedrooms="0"))
    rows.append(dict(rows[0], sqft=""))
    rows.append(dict(rows[0], condition="", location="NA"))
    return rows


def as_csv(rows):
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def one_is_many():
    rows = houses()
    file = write("houses.csv", as_csv(rows))
    archive = path("moved.tar")
    elsewhere = path("elsewhere")
    for version in ("1", "2", "3", "4"):
        family = run("models", "show", version, "--json").json()["family"]
        batch = run("predict", "--input", file, "--model", version, "--impute")
        status(batch, 0, f"{family}: batch")
        single = [run("predict", "--json", "--impute", "--model", version, *[f"{key}={row[key]}" for key in COLUMNS]).json()
                  for row in rows]
        equal([row["predicted_price"] for row in batch.rows()], [f"{one['predicted_price']:.2f}" for one in single],
              f"{family}: one house at a time is a file of them")
        equal([(row["low"], row["high"]) for row in batch.rows()],
              [(f"{one['interval']['low']:.2f}", f"{one['interval']['high']:.2f}") for one in single],
              f"{family}: intervals too")
        lines = run("predict", "--input", file, "--model", version, "--impute", "--explain", "--json").out.splitlines()
        equal([json.loads(line) for line in lines], single, f"{family}: and lines of JSON")
        status(run("models", "export", version, "-o", archive), 0, f"{family}: export")
        moved = run("models", "install", archive, "--json", registry=elsewhere).json()["version"]
        again = run("predict", "--input", file, "--model", moved, "--impute", registry=elsewhere)
        equal([row["predicted_price"] for row in again.rows()], [row["predicted_price"] for row in batch.rows()],
              f"{family}: the same after it was moved")
        explained = [run("predict", "--json", "--explain", "--impute", "--model", version,
                         *[f"{key}={row[key]}" for key in COLUMNS]).json() for row in rows[:8] + rows[-4:]]
        check(all(abs(one["base_price"] + sum(part["amount"] for part in one["contributions"]) - one["predicted_price"]) < 0.005
                  for one in explained), f"{family}: reasons add up to the cent")


def bundle(registry, version):
    files = {}
    for name in os.listdir(os.path.join(registry, "house-price", version)):
        with open(os.path.join(registry, "house-price", version, name), "rb") as file:
            files[name] = file.read()
    metrics = json.loads(files["metrics.json"])
    metrics.pop("fit_seconds", None)
    files["metrics.json"] = metrics
    files.pop("MANIFEST.json")
    return files


def jobs():
    """The threads of this run, and of the libraries, leave no trace."""
    registries = {}
    for name, options, env in (("one", ["--jobs", "1"], {}), ("two", ["--jobs", "2"], {}),
                               ("four", ["--jobs", "4"], {"OMP_NUM_THREADS": "3", "OPENBLAS_NUM_THREADS": "2"})):
        registries[name] = path("jobs-" + name)
        status(train(*options, registry=registries[name], env=environment(**env)), 0, f"train with {name}")
    for version in ("1", "2", "3", "4"):
        reference = bundle(registries["one"], version)
        check({"model.json", "preprocessor.json", "config.yaml", "holdout.csv", "sales.csv", "metrics.json"} <= set(reference),
              f"version {version}: files", list(reference))
        for name in ("two", "four"):
            other = bundle(registries[name], version)
            for file in reference:
                check(other[file] == reference[file], f"version {version}: {file} of {name} jobs is that of one")


def start_training(registry, *options):
    process = subprocess.Popen([PROGRAM, "--registry", registry, "train", DATA, "--progress=json", *options],
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment())
    process.stderr.readline()  # it is under way
    return process


def killed():
    registry = path("killed")
    status(train("--family", "linear", registry=registry), 0, "a version before")
    for milliseconds in (0, 300, 900):
        process = start_training(registry, "--family", "gradient_boosting", "--family", "linear")
        time.sleep(milliseconds / 1000)
        process.kill()
        process.communicate()
        result = run("models", "verify", registry=registry)
        status(result, 0, f"kill -9 after {milliseconds} ms: the registry verifies")
    status(run("predict", "--input", write("one.csv", as_csv(houses()[:1])), registry=registry), 0, "and values")
    status(train("--family", "linear", registry=registry), 0, "and takes a version")


def interrupted():
    registry = path("interrupted")
    for number in (signal.SIGINT, signal.SIGTERM):
        process = start_training(registry, "--family", "random_forest", "--trials", "500")
        process.send_signal(number)
        out, err = process.communicate(timeout=60)
        equal(process.returncode, 130, f"{number.name}: exit status 130")
        equal(out, b"", f"{number.name}: no result")
    check(not glob.glob(os.path.join(registry, "house-price", "[0-9]*")), "interrupted: no version")

    folder = path("output")
    os.makedirs(folder)
    reading, writing = os.pipe()
    process = subprocess.Popen([PROGRAM, "--registry", REGISTRY, "predict", "--input", "-", "-o",
                                os.path.join(folder, "valued.csv")], stdin=reading,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment())
    os.write(writing, as_csv(houses()[:3]).encode())
    deadline = time.monotonic() + 30
    while not os.listdir(folder) and time.monotonic() < deadline:
        time.sleep(0.01)
    check(os.listdir(folder) and os.listdir(folder) != ["valued.csv"], "a temporary file is being written", os.listdir(folder))
    time.sleep(0.1)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=60)
    os.close(writing)
    os.close(reading)
    equal(process.returncode, 130, "Ctrl+C while waiting for input: exit status 130")
    equal(os.listdir(folder), [], "and no file, not even a temporary one")


def locale():
    """A locale with decimal commas changes what people read, and no data."""
    folder = path("locales")
    os.makedirs(folder)
    made = subprocess.run(["localedef", "-i", "de_DE", "-f", "UTF-8", os.path.join(folder, "de_DE.UTF-8")],
                          capture_output=True, text=True)
    check(os.path.isdir(os.path.join(folder, "de_DE.UTF-8")), "localedef makes a German locale", made.stderr)
    german = environment(LC_ALL="de_DE.UTF-8", LOCPATH=folder)
    file = path("houses.csv")
    equal(run("predict", "--input", file, "--impute", env=german).out, run("predict", "--input", file, "--impute").out,
          "predict --input in German")
    equal(run("predict", "--input", file, "--impute", "--json", env=german).out,
          run("predict", "--input", file, "--impute", "--json").out, "JSON in German")
    row = [f"{key}={houses()[0][key]}" for key in COLUMNS]
    price = run("predict", "--json", *row).json()["predicted_price"]
    grouped = f"{price:,.0f}".replace(",", ".")
    contains(run("predict", *row, env=german).out, grouped + " $", "predict for people in German")
    equal(run("validate", DATA, "--json", env=german).out, run("validate", DATA, "--json").out, "validate --json in German")
    equal(run("ratio", write("r.csv", "estimate,price\n" + "1.5,1.25\n2.5,2.75\n" * 20), "--json", env=german).out,
          run("ratio", path("r.csv"), "--json").out, "ratio --json in German")
    registry = path("german")
    status(train("--jobs", "2", registry=registry, env=german), 0, "train in German")
    for version in ("1", "2", "3", "4"):
        equal(bundle(registry, version) == bundle(path("jobs-one"), version), True, f"version {version}: the same in German")


def pipes():
    file = path("houses.csv")
    full = subprocess.run(f"{PROGRAM} --registry {REGISTRY} predict --impute --input {file} > /dev/full", shell=True,
                          capture_output=True, env=environment())
    equal(full.returncode, 1, "a full disk: exit status 1")
    check(b"No space left" in full.stderr, "a full disk is told", full.stderr)
    listed = subprocess.run(f"{PROGRAM} --registry {REGISTRY} models > /dev/full", shell=True, capture_output=True,
                            env=environment())
    equal(listed.returncode, 1, "a full disk: models")
    nothing = environment(LC_ALL="", LC_CTYPE="", LANG="")
    check("R²" in run("models", "show", "1", env=nothing).out, "no locale at all is taken for UTF-8")
    check(run("models", "show", "1", env=environment(LC_ALL="C")).out.isascii(), "LC_ALL=C is a choice: ASCII")
    subprocess.run(["localedef", "-i", "de_DE", "-f", "ISO-8859-1", path("locales/de_DE")], capture_output=True)
    latin = subprocess.run([PROGRAM, "--registry", REGISTRY, "models", "show", "1"], capture_output=True,
                           env=environment(LC_ALL="de_DE", LOCPATH=path("locales"))).stdout
    check("R²".encode("latin-1") in latin and "–".encode() not in latin, "a terminal of another character set", latin)


status(train(), 0, "train")
one_is_many()
jobs()
killed()
interrupted()
locale()
pipes()
done()
