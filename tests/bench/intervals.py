#!/usr/bin/env python3
"""How well intervals keep their promise: ten seeds of splits, figures of the test shares pooled.

  intervals.py PROGRAM DATA [FAMILY …]

Each sale of a test share has an interval that was calibrated on the training share alone. "Band" is the narrowest one of one width in
per cent for all houses, around the same prices, that covers as many of the sales.
"""

import collections
import csv
import json
import pathlib
import subprocess
import sys
import tempfile

SEEDS = range(1, 11)
DECILES = 10


def train(program, data, families, seed, registry):
    command = [program, "--registry", registry, "--name", f"seed{seed}", "train", data, "--seed", str(seed), "--json",
               "--progress=none", *[option for family in families for option in ("--family", family)]]
    result = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False)
    if result.returncode not in (0, 6):  # 6: no family passed its gates
        raise SystemExit(result.stderr)
    return json.loads(result.stdout)["candidates"]


def add_deciles(holdout, deciles):
    """Covered and counted, by tenths of the predicted price"""
    with open(holdout, encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["fold"] == "test"]
    rows.sort(key=lambda row: float(row["predicted"]))
    for i, row in enumerate(rows):
        decile = deciles[i * DECILES // len(rows)]
        decile[0] += row["low"] != "" and float(row["low"]) <= float(row["price"]) <= float(row["high"])
        decile[1] += 1


def main():
    program, data, families = sys.argv[1], sys.argv[2], sys.argv[3:]
    sums = collections.defaultdict(collections.Counter)
    deciles = collections.defaultdict(lambda: [[0, 0] for _ in range(DECILES)])
    with tempfile.TemporaryDirectory() as registry:
        for seed in SEEDS:
            for candidate in train(program, data, families, seed, registry):
                family, test = candidate["family"], candidate["test"]
                for figure, value in {**test["interval"], "coverage50": test["coverage50"], "hit_rate": test["hit_rate"]}.items():
                    sums[family][figure] += test["n"] * value
                sums[family]["n"] += test["n"]
                sums[family]["per_house"] += candidate["interval"]["width"] == "per_house"
                add_deciles(pathlib.Path(registry, f"seed{seed}", candidate["version"], "holdout.csv"), deciles[family])

    print("| family | coverage at 0.9 | at 0.5 | mean width | of the band's | interval score, of the band's | least of ten price deciles "
          "| have a value | seeds with a width for each house |\n|---|---|---|---|---|---|---|---|---|")
    for family, s in sums.items():
        least = min(covered / n for covered, n in deciles[family])
        print(f"| {family} | {100 * s['coverage'] / s['n']:.1f} % | {100 * s['coverage50'] / s['n']:.1f} % "
              f"| {s['mean_width'] / s['n']:,.0f} | {s['mean_width'] / s['constant_band_width']:.3f} "
              f"| {s['score'] / s['constant_band_score']:.3f} | {100 * least:.1f} % | {100 * s['hit_rate'] / s['n']:.1f} % "
              f"| {s['per_house']} of {len(SEEDS)} |")


if __name__ == "__main__":
    main()
