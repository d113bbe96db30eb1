#!/usr/bin/python3
"""Makes preprocessor.golden.json: what hp_preprocessor_fit() must find in data/house_data.csv, computed with pandas.

Run from the top of the source tree. SPDX-License-Identifier: GPL-3.0-or-later
"""
import json
import numpy as np
import pandas as pd

ORDER = ["Very Poor", "Poor", "Fair", "Below Average", "Average", "Above Average", "Good", "Very Good", "Excellent"]
all_rows = pd.read_csv("data/house_data.csv", keep_default_na=False)
rows = np.array([i for i in range(len(all_rows)) if i % 3 != 0])
data = all_rows.iloc[rows]

# Ranks of locations by smoothed mean of log price
log_price = np.log(data.price.to_numpy(float))
overall = log_price.mean()
means = {}
for location, group in data.groupby("location"):
    values = np.log(group.price.to_numpy(float))
    means[location] = (values.sum() + 10 * overall) / (len(values) + 10)
by_price = sorted(means, key=lambda l: (means[l], l.casefold()))
ranks = {l: r for r, l in enumerate(by_price)}
below = sum(m < overall for m in means.values())

years = all_rows.sale_date.str[:4].astype(int)
frame = pd.DataFrame({
    "sqft": all_rows.sqft.astype(float),
    "bedrooms": all_rows.bedrooms.astype(float),
    "bathrooms": all_rows.bathrooms.astype(float),
    "location": all_rows.location.map(ranks),
    "condition": all_rows.condition.map({c: i for i, c in enumerate(ORDER)}).astype(float),
    "house_age": (years - all_rows.year_built).clip(lower=0).astype(float),
    "bed_bath_ratio": all_rows.bedrooms / all_rows.bathrooms.where(all_rows.bathrooms != 0),
})
train = frame.iloc[rows]
counts = data.location.value_counts()
common = sorted((l for l in counts.index if counts[l] >= 5), key=str.casefold)
rare = [l for l in counts.index if counts[l] < 5]
share = {f"location={l}": counts[l] / len(data) for l in common}
if rare:
    share["location=(other)"] = sum(counts[l] for l in rare) / len(data)

def finite(values):
    return [None if pd.isna(v) else float(v) for v in values]

numbers = ["sqft", "bedrooms", "bathrooms", "condition", "house_age", "bed_bath_ratio"]
imputed = {n: train[n].fillna(train[n].median()) for n in numbers}
sample = [0, 3, 100, 1498, 2929]
print(json.dumps({
    "n": len(rows),
    "ranks": ranks,
    "unseen_rank": below - 0.5,
    "newest_sale": data.sale_date.max(),
    "choices": sorted(means, key=str.casefold),
    "counts": [int(counts[l]) for l in sorted(means, key=str.casefold)],
    "median": {n: float(data[n].median()) for n in ["sqft", "bedrooms", "bathrooms", "year_built"]},
    "min": {n: float(data[n].min()) for n in ["sqft", "bedrooms", "bathrooms", "year_built"]},
    "max": {n: float(data[n].max()) for n in ["sqft", "bedrooms", "bathrooms", "year_built"]},
    "mode_condition": data.condition.mode()[0],
    "mode_location": data.location.mode()[0],
    "share": share,
    "mean": {n: float(imputed[n].mean()) for n in numbers},
    "sd": {n: float(imputed[n].std(ddof=0)) for n in numbers},
    "sample": sample,
    "rows": [finite(frame.iloc[r]) for r in sample],
    "column_sums": finite(train.sum()),
}, indent=1))
