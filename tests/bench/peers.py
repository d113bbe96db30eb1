#!/usr/bin/python3
"""scikit-learn's and XGBoost's models on the rows and folds that bench-families wrote.

  peers.py DATA FOLDS accuracy|speed SEED

The seven features of house_data.csv. Categories as ranks by smoothed mean log price inside the fold, which
suits the peers better than codes by name do (their MAE is about 250 lower), and one-hot for the linear
models. Folds run side by side on all cores. Prints one JSON object a model.
"""

import json
import sys
import time

import joblib
import numpy as np
import pandas as pd
import xgboost
from sklearn.ensemble import GradientBoostingRegressor, RandomForestRegressor
from sklearn.linear_model import LinearRegression, Ridge
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

ORDER = ["Very Poor", "Poor", "Fair", "Below Average", "Average", "Above Average", "Good", "Very Good", "Excellent"]

data = pd.read_csv(sys.argv[1])
folds = pd.read_csv(sys.argv[2])
mode, seed = sys.argv[3], int(sys.argv[4])
price = data.price.values.astype(float)
numbers = np.c_[
    data.sqft, data.bedrooms, data.bathrooms,
    data.condition.map({c: i for i, c in enumerate(ORDER)}),
    data.sale_date.str[:4].astype(int) - data.year_built,
    (data.bedrooms / data.bathrooms.where(data.bathrooms > 0)).fillna(0),
].astype(float)
one_hot = pd.get_dummies(data.location).values.astype(float)


def ranked(train):
    log_price = np.log(price[train])
    groups = pd.DataFrame({"location": data.location.values[train], "y": log_price}).groupby("location").y.agg(["mean", "count"])
    smoothed = (groups["mean"] * groups["count"] + 10 * log_price.mean()) / (groups["count"] + 10)
    rank = {name: i for i, name in enumerate(smoothed.sort_values().index)}
    return np.array([rank.get(name, len(rank) / 2) for name in data.location])


def fit_fold(make, log, linear, fold):
    train = folds.row[folds.fold != fold].values
    valid = folds.row[folds.fold == fold].values
    features = np.c_[numbers, one_hot] if linear else np.c_[numbers, ranked(train)]
    model = make()
    model.fit(features[train], np.log(price[train]) if log else price[train])
    predicted = model.predict(features[valid])
    return valid, np.exp(predicted) if log else predicted


MODELS = {
    "linear_regression": (lambda: LinearRegression(), False, True),
    "ridge_log": (lambda: make_pipeline(StandardScaler(), Ridge(1.0)), True, True),
    "random_forest": (lambda: RandomForestRegressor(300, min_samples_leaf=2, random_state=seed), False, False),
    "gradient_boosting_log": (
        lambda: GradientBoostingRegressor(n_estimators=500, max_depth=4, learning_rate=0.05, subsample=0.7, random_state=seed),
        True, False),
    "xgboost_log": (
        lambda: xgboost.XGBRegressor(n_estimators=500, max_depth=4, learning_rate=0.05, subsample=0.7,
                                     colsample_bytree=0.7, n_jobs=1, random_state=seed),
        True, False),
}
if mode == "speed":
    for name in ("ridge_log", "xgboost_log"):
        del MODELS[name]

with joblib.Parallel(n_jobs=joblib.cpu_count()) as parallel:
    # the workers start and import outside the clock
    parallel(joblib.delayed(fit_fold)(MODELS["linear_regression"][0], False, True, k) for k in range(5))
    for name, (make, log, linear) in MODELS.items():
        started = time.perf_counter()
        predicted = np.full(len(price), np.nan)
        for valid, values in parallel(joblib.delayed(fit_fold)(make, log, linear, k) for k in range(5)):
            predicted[valid] = values
        seconds = time.perf_counter() - started
        known = ~np.isnan(predicted)
        error = predicted[known] - price[known]
        print(json.dumps({
            "model": name, "seed": seed, "mae": round(float(np.abs(error).mean()), 1),
            "rmse": round(float(np.sqrt((error**2).mean())), 1),
            "r2": round(1 - float((error**2).sum() / ((price[known] - price[known].mean()) ** 2).sum()), 4),
            "seconds": round(seconds, 3)}), flush=True)
