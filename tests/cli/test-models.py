# test-models.py - the registry from the command line
# SPDX-License-Identifier: GPL-3.0-or-later

import hashlib
import io
import json
import os
import tarfile

from harness import HOUSE, REGISTRY, check, contains, done, equal, environment, path, run, status, train


def versions():
    return {version["version"]: version for version in run("models", "--json").json()["versions"]}


def champion():
    return next((number for number, version in versions().items() if "champion" in version["aliases"]), None)


result = run("models")
status(result, 0, "an empty registry")
equal(result.out, "", "an empty registry: nothing on stdout")
contains(result.err, ["No versions", "house-price train"], "an empty registry")
equal(run("models", "--json").json()["versions"], [], "an empty registry as JSON")
result = run("predict", *HOUSE)
status(result, 4, "predict without a model")
contains(result.err, "train", "predict without a model")

status(train("--family", "linear", "--family", "gradient_boosting", "--family", "xgboost"), 0, "train")

result = run("models", "list")
status(result, 0, "models list")
contains(result.out, ["Version", "linear", "gradient_boosting", "xgboost", "champion", "passed"], "models list")
equal(run("models").out, result.out, "models is models list")
for version in versions().values():
    check({"version", "family", "created", "aliases", "gates_passed", "damaged", "oof_mae", "test_mae", "test_rmse",
           "test_r2", "size", "path"} <= set(version), "models --json: members", version)
first = champion()

result = run("models", "show", first)
status(result, 0, "models show")
contains(result.out, [f"Version {first}", "champion", "Out of fold", "Gate", "Margin", "features", "sqft"], "models show")
shown = run("models", "show", "champion", "--json").json()
equal(shown["version"], first, "models show champion --json")
check({"oof", "test", "gates", "calibration"} <= set(shown["metrics"]), "models show --json: metrics", list(shown["metrics"]))
equal(run("models", "show", "v" + first, "--json").json()["version"], first, "v3 is 3")
linear = next(v["version"] for v in run("models", "--json").json()["versions"] if v["family"] == "linear")
boosted = next(v["version"] for v in run("models", "--json").json()["versions"] if v["family"] == "gradient_boosting")
equal(run("models", "show", linear, "--json").json()["diagnostics"], ["influence"], "models show --json: a linear version's diagnostics")
equal(run("models", "show", boosted, "--json").json()["diagnostics"], [], "models show --json: no diagnostics")
contains(run("models", "show", linear).out, ["diagnostics", "leverage"], "models show: diagnostics")
check("diagnostics" not in run("models", "show", boosted).out, "models show: says nothing of what there is not")
status(run("models", "show", "99"), 4, "models show: no such version")
status(run("models", "show"), 2, "models show: nothing to show")

other = next(number for number in versions() if number != first)
result = run("models", "promote", other, "--json")
status(result, 0, "models promote")
equal(result.json(), {"model": "house-price", "version": other, "alias": "champion", "previous": first},
      "models promote --json")
equal(champion(), other, "promoted")
result = run("models", "rollback")
status(result, 0, "models rollback")
contains(result.out, f"Version {first} is champion again", "models rollback")
equal(champion(), first, "rolled back")
status(run("models", "rollback"), 4, "nothing is left to roll back to")

status(run("models", "alias", "challenger", other), 0, "models alias")
equal(versions()[other]["aliases"], ["challenger"], "models alias: it is there")
equal(run("predict", *HOUSE, "--model", "challenger", "--json").json()["version"], other, "predict by alias")
result = run("models", "delete", other)
status(result, 1, "a version with an alias is not deleted")
contains(result.err, "challenger", "a version with an alias is not deleted")
status(run("models", "alias", "challenger"), 2, "models alias without a version")
status(run("models", "alias", "--remove", "challenger", other), 2, "models alias: remove and set")
status(run("models", "alias", "no/slash", other), 2, "models alias: a bad name")
status(run("models", "alias", "--remove", "challenger"), 0, "models alias --remove")
status(run("models", "alias", "--remove", "challenger"), 4, "models alias --remove: it is gone")

archive = path("version.tar")
result = run("models", "export", "champion")
status(result, 2, "models export without -o")
contains(result.err, "-o FILE", "models export without -o")
status(run("models", "export", "champion", "-o", archive), 0, "models export")
again = path("again.tar")
run("models", "export", "champion", "-o", again)
equal(open(again, "rb").read(), open(archive, "rb").read(), "an export is always the same")
elsewhere = path("elsewhere")
result = run("models", "install", archive, "--json", registry=elsewhere)
status(result, 0, "models install")
equal(result.json()["version"], "1", "models install: version")
status(run("models", "promote", "1", registry=elsewhere), 0, "promote what was installed")
equal(run("predict", *HOUSE, "--json", registry=elsewhere).json()["predicted_price"],
      run("predict", *HOUSE, "--json").json()["predicted_price"], "an installed version gives the same price")
status(run("models", "install", path("none.tar")), 4, "models install: no such file")



def repacked(name, change):
    """The archive with one JSON file changed, and a manifest that fits."""
    with tarfile.open(archive) as tar:
        files = {member.name: tar.extractfile(member).read() for member in tar if member.isfile()}
    manifest_path = next(member for member in files if member.endswith("/MANIFEST.json"))
    folder = os.path.dirname(manifest_path)
    document = json.loads(files[f"{folder}/{name}"])
    change(document)
    files[f"{folder}/{name}"] = json.dumps(document).encode()
    manifest = json.loads(files[manifest_path])
    manifest["files"][name] = {"size": len(files[f"{folder}/{name}"]),
                               "sha256": hashlib.sha256(files[f"{folder}/{name}"]).hexdigest()}
    files[manifest_path] = json.dumps(manifest).encode()
    with tarfile.open(path("repacked.tar"), "w", format=tarfile.USTAR_FORMAT) as tar:
        for member, data in files.items():
            info = tarfile.TarInfo(member)
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
    return path("repacked.tar")


later = path("later")
for name in ("metrics.json", "model.json", "preprocessor.json"):
    result = run("models", "install", repacked(name, lambda document: document.update(format=99)), registry=later)
    status(result, 1, f"install a {name} of a later format")
    contains(result.err, [f"repacked.tar: {name}", "newer version"], f"install a {name} of a later format")
    check(".new-" not in result.err, f"{name}: no folder that is gone is named", result)
equal(run("models", "--json", registry=later).json()["versions"], [], "nothing of a later format was installed")
plain = repacked("metrics.json", lambda document: [gate.update(low=None, high=None) for gate in document["gates"]["outcomes"]])
status(run("models", "install", plain, registry=later), 0, "gates without intervals")
check("95 % interval" not in run("models", "show", "1", registry=later).out, "models show: no column without values")
contains(run("models", "show", first).out, "95 % interval", "models show: intervals of gates")

status(run("models", "delete", other), 0, "models delete")
check(other not in versions(), "models delete: it is gone", versions())

result = run("models", "verify")
status(result, 0, "models verify")
equal(run("models", "verify", "--json").json(), {"verified": True, "damaged": []}, "models verify --json")
model = os.path.join(REGISTRY, "house-price", first, "model.json")
os.chmod(model, 0o644)
with open(model, "r+b") as file:
    file.seek(-10, os.SEEK_END)
    file.write(b"X")
result = run("models", "verify", first)
status(result, 1, "models verify: damage")
contains(result.out, ["model.json"], "models verify: damage")
result = run("models", "verify", "--json")
check(not result.json()["verified"] and "model.json" in result.json()["damaged"][0], "models verify --json: damage", result)
result = run("predict", *HOUSE)
status(result, 1, "a damaged version values nothing")
contains(result.err, "model.json", "a damaged version values nothing")
contains(result.err, "models rollback", "and it is said what to do")

equal(run("models", "--json", registry=None, env=environment(HOUSE_PRICE_REGISTRY=elsewhere)).json()["registry"], elsewhere,
      "HOUSE_PRICE_REGISTRY")
equal(run("models", "--json", "--name", "cottage").json()["model"], "cottage", "--name")
status(run("models", "--name", "../up"), 2, "--name: a bad name")
done()
