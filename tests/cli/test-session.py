# test-session.py - sessions from the command line
# SPDX-License-Identifier: GPL-3.0-or-later

import json
import os
import shutil

from harness import HOUSE, check, close, contains, done, equal, path, run, sales, status, train, write

FILE = path("work.hpsession")


def read(file=FILE):
    with open(file, encoding="utf-8") as session:
        return json.load(session)


def edit(change, file=FILE):
    document = read(file)
    change(document)
    with open(file, "w", encoding="utf-8") as session:
        json.dump(document, session)


def prices(result):
    return {(price["name"], price["version"]): price for price in result.json()["prices"]}


status(train("--family", "linear", "--family", "gradient_boosting"), 0, "train")

# new
result = run("session", "new", FILE, "--versions", "1,2", "--data", sales(), "--house-name", "12 Elm St", "--note", "May",
             "--no-run", *HOUSE)
status(result, 0, "session new")
equal(result.out, "", "session new: nothing on stdout")
contains(result.err, "1 house", "session new")
document = read()
equal(document["format"], 1, "session new: format")
equal(document["versions"], ["1", "2"], "session new: versions")
equal(document["data"]["path"], "sales.csv", "session new: data beneath it has a relative path")
equal(document["data"]["rows"], 400, "session new: rows")
equal(document["houses"][0]["attributes"]["location"], "North Ames", "session new: attributes as text")
equal(document["model"], "house-price", "session new: model")
before = read()
result = run("session", "new", FILE)
status(result, 1, "session new over a file")
contains(result.err, "exists already", "session new over a file")
equal(read(), before, "session new over a file: it is as it was")
for arguments, part in ((["--versions", "1,,2"], "not a list"), (["--versions", "1,2,3,4,5,6,7,8,9"], "at most 8"),
                        (["sqft"], "KEY=VALUE"), (["--house-name", "A"], "there is none"), (["sqft=1", "sqft=2"], "given twice"), (["sqft=1", "--as-of", "May"], "date")):
    result = run("session", "new", path("bad.hpsession"), *arguments)
    status(result, 2, f"session new {arguments}")
    contains(result.err, part, f"session new {arguments}")
    check(not os.path.exists(path("bad.hpsession")), f"session new {arguments}: no file")
status(run("session", "new", path("bad.hpsession"), "--data", path("none.csv")), 4, "session new: no such data")
status(run("session", "new", path("no/folder.hpsession")), 4, "session new: no such folder")
result = run("session", "new", path("plain.hpsession"))
status(result, 0, "session new without anything")
equal(read(path("plain.hpsession"))["versions"], ["champion"], "session new: the champion is studied")
status(run("session"), 2, "session alone")

# add, from the command line and from a file
houses = write("houses.csv", "name,sqft,bedrooms,bathrooms,location,condition,year_built\n"
                             "7 Oak Ave,900,2,1,North Ames,Average,1950\n"
                             "Straße 5 “家”,1200,NA,1,Gilbert,Good,1990\n")
status(run("session", "add", FILE, "--houses", houses, "--as-of", "2010-05", "--no-run"), 0, "session add --houses")
equal([house["name"] for house in read()["houses"]], ["12 Elm St", "7 Oak Ave", "Straße 5 “家”"], "session add: names")
check("bedrooms" not in read()["houses"][2]["attributes"], "session add: a missing value is not an attribute", read())
equal(read()["houses"][1]["as_of"], "2010-05", "session add --as-of")
status(run("session", "add", FILE), 2, "session add: nothing to add")
status(run("session", "add", path("none.hpsession"), "sqft=5"), 4, "session add: no such session")

# without --no-run the versions value houses at once; what can't be valued is told and kept
now = path("now.hpsession")
result = run("session", "new", now, "--versions", "1,77", "--house-name", "12 Elm St", *HOUSE)
status(result, 0, "session new values")
contains(result.err, ["1 house", "version 77 can't be used"], "session new values")
told = run("predict", *HOUSE, "--model", "1", "--json").json()["predicted_price"]
equal([(valuation["version"], valuation["price"]) for valuation in read(now)["houses"][0]["valuations"]], [("1", told)],
      "session new says what predict says")
edit(lambda document: document["houses"][0]["valuations"][0].update(price=told - 1000), now)
result = run("session", "add", now, "--houses", houses)
status(result, 0, "session add values")
contains(result.err, ["Straße 5 “家”, version 1", "bedrooms"], "session add tells what is wrong with a house")
equal([len(house["valuations"]) for house in read(now)["houses"]], [1, 1, 0], "session add values what it can")
equal(read(now)["houses"][0]["valuations"][0]["price"], told - 1000, "session add leaves other prices alone")
early = path("early.hpsession")
result = run("session", "new", early, "--house-name", "A", *HOUSE, "--registry", path("nothing"))
status(result, 0, "session new before there is a model")
contains(result.err, ["version champion can't be used", "1 house"], "session new before there is a model")
equal(read(early)["houses"][0]["valuations"], [], "session new before there is a model")

# run: all is new, then kept, then the same
result = run("session", "run", FILE)
status(result, 0, "session run")
contains(result.out, ["12 Elm St", "new", "4 new, 2 failed", "The data are as they were"], "session run")
contains(result.err, ["Straße 5 “家”, version 1", "bedrooms", "--update keeps it"], "session run tells what is wrong with a house")
check("version 2 than" in result.out or "version 1" in result.out, "session run compares the versions", result)
equal(read()["houses"][0]["valuations"], [], "session run keeps nothing")
status(run("session", "run", FILE, "--update"), 0, "session run --update")
valuation = read()["houses"][0]["valuations"][0]
told = run("predict", *HOUSE, "--model", "1", "--json").json()
equal((valuation["price"], valuation["low"], valuation["high"]),
      (told["predicted_price"], told["interval"]["low"], told["interval"]["high"]), "session run says what predict says")
result = run("session", "run", FILE)
check("--update" not in result.err, "nothing to keep", result)
again = run("session", "run", FILE, "--json", "--jobs", "1")
equal(again.json()["comparison"], run("session", "run", FILE, "--json", "--jobs", "3").json()["comparison"], "session run --jobs")
equal((again.json()["same"], again.json()["changed"], again.json()["new"], again.json()["failed"]), (4, 0, 0, 2), "the same again")
equal(again.json()["data"]["status"], "same", "session run --json: data")
check(again.json()["comparison"] is not None and again.json()["updated"] is False, "session run --json: comparison", again)
late = run("predict", "sqft=900", "bedrooms=2", "bathrooms=1", "location=North Ames", "condition=Average", "year_built=1950",
           "--as-of", "2010-05", "--model", "2", "--json").json()
equal(prices(again)[("7 Oak Ave", "2")]["after"], late["predicted_price"], "a house is valued at its date")
stamp = os.stat(FILE).st_mtime_ns
status(run("session", "run", FILE, "--update"), 0, "session run --update again")
equal(os.stat(FILE).st_mtime_ns, stamp, "nothing new: the file is left alone")


# what is stored is not what comes out now
def cheaper(document):
    document["houses"][0]["valuations"][0]["price"] -= 1000
    document["houses"][0]["valuations"][0]["mood"] = "kept"
    document["later"] = {"kept": True}


edit(cheaper)
result = run("session", "run", FILE)
status(result, 0, "a price changed")
contains(result.out, ["+$1,000 (+", "1 changed"], "a price changed")
changed = prices(run("session", "run", FILE, "--json"))[("12 Elm St", "1")]
equal(changed["status"], "changed", "a price changed: status")
close(changed["after"] - changed["before"], 1000, 1e-6, "a price changed: by how much")
status(run("session", "run", FILE, "--update"), 0, "a price changed: update")
equal(read()["later"], {"kept": True}, "members of a later program are kept")

# versions and data that are gone or others
edit(lambda document: document.update(versions=["1", "77"]))
result = run("session", "run", FILE)
status(result, 0, "a version is gone")
contains(result.err, ["version 77 can't be used", "no version 77"], "a version is gone")
edit(lambda document: document.update(versions=["1", "2"]))
with open(path("sales.csv"), "a", encoding="utf-8") as file:
    with open(path("sales.csv"), encoding="utf-8") as lines:
        file.write(lines.readlines()[1])
result = run("session", "run", FILE)
status(result, 0, "the data changed")
contains(result.out, "not what they were", "the data changed")
status(run("session", "run", FILE, "--update"), 0, "the data changed: update")
equal(run("session", "run", FILE, "--json").json()["data"]["status"], "same", "the data changed: kept")
equal(read()["data"]["rows"], 401, "the data changed: rows")
shutil.move(path("sales.csv"), path("moved.csv"))
result = run("session", "run", FILE)
status(result, 0, "the data are gone")
contains(result.out, ["can't be read", "No comparison"], "the data are gone")

# notes and decisions
status(run("session", "note", FILE, "for the board"), 0, "session note")
status(run("session", "note", FILE, "--house", "12 elm st", "new roof"), 0, "session note --house")
equal((read()["notes"], read()["houses"][0]["note"]), ("for the board", "new roof"), "session note: kept")
status(run("session", "note", FILE, "--house", "13 Elm St", "x"), 4, "session note: no such house")
result = run("session", "override", FILE, "h1", "185000", "--author", "Ada")
status(result, 2, "session override without a reason")
contains(result.err, "--reason", "session override without a reason")
result = run("session", "override", FILE, "1", "185000", "--reason", "x")
status(result, 4, "session override: a number is no id")
contains(result.err, ["no house “1”", "h1 (12 Elm St), h2 (7 Oak Ave)"], "session override says what houses there are")
result = run("session", "override", path("plain.hpsession"), "1", "5", "--reason", "x")
status(result, 4, "session override: no houses")
contains(result.err, "session add", "session override: no houses")
result = run("session", "override", FILE, "h1", "185000", "--reason", "x", "--model", "77")
status(result, 4, "session override: that version said nothing")
contains(result.err, "these have: 1, 2", "session override: that version said nothing")
status(run("session", "override", FILE, "h1", "-5", "--reason", "x"), 2, "session override: no price")
status(run("session", "override", FILE, "h9", "5", "--reason", "x"), 4, "session override: no such house")
status(run("session", "override", FILE, "12 Elm St", "185000", "--reason", "new roof", "--model", "1", "--author", "Ada"), 0,
       "session override")
status(run("session", "accept", FILE, "h2", "9"), 4, "session accept: that version said nothing")
result = run("session", "accept", early, "h1", "champion")
status(result, 4, "session accept: nothing is valued")
contains(result.err, "session run", "session accept: nothing is valued")
status(run("session", "accept", now, "h2", "v1"), 0, "session accept by another name of the version")
equal(read(now)["audit"]["entries"][0]["version"], "1", "session accept keeps the number")
status(run("session", "override", now, "h1", "185000", "--reason", "new roof"), 0, "session override of the only price")
equal(read(now)["audit"]["entries"][1]["version"], "1", "session override of the only price keeps what was said")
status(run("session", "accept", FILE, "7 Oak Ave", "2", "--author", "Grace"), 0, "session accept")
shown = run("session", "show", FILE, "--json").json()
decision = shown["houses"][0]["decision"]
equal((decision["action"], decision["price"], decision["author"], decision["reason"], decision["predicted_price"]),
      ("override", 185000, "Ada", "new roof", told["predicted_price"]), "session show --json: the decision")
check(shown["houses"][0]["decision_current"] and shown["audit"]["problem"] is None, "session show --json: sound", shown["audit"])
equal([entry["action"] for entry in shown["audit"]["entries"]], ["override", "accept"], "session show --json: audit")
result = run("session", "show", FILE)
status(result, 0, "session show")
contains(result.out, ["12 Elm St", "$185,000", "overridden", "new roof", "Grace", "for the board", "not valued",
                      "Note on 12 Elm St: new roof"], "session show")
equal(result.err, "", "session show: a sound trail needs no words")

# somebody touched the trail
edit(lambda document: document["audit"]["entries"][0].update(price=95000))
result = run("session", "show", FILE)
status(result, 0, "a trail that was tampered with")
contains(result.err, ["warning", "entry 1 of the audit trail was changed"], "a trail that was tampered with")
status(run("session", "note", FILE, "other"), 0, "it can still be worked on")
contains(run("session", "show", FILE, "--json").json()["audit"]["problem"], "entry 1", "and it is still said")

# files that are no sessions
for text, code, part in (("", 3, ""), ("{}", 3, "format"), ('{"format":2}', 3, "newer version"), ("[" * 100000, 3, "deeply"),
                         ('{"format":1,"houses":[{"id":"h1","name":"A"},{"id":"h1","name":"B"}]}', 3, "two houses"),
                         (b'{"format":1,"notes":"\xff"}', 3, "UTF-8")):
    bad = write("bad.hpsession", text)
    for verb in (["show"], ["run"], ["add", "sqft=1"]):
        result = run("session", verb[0], bad, *verb[1:])
        status(result, code, f"session {verb[0]} {text[:20]!r}")
        contains(result.err, [part, "bad.hpsession"], f"session {verb[0]} {text[:20]!r}")
status(run("session", "show", path("none.hpsession")), 4, "session show: no such file")
done()
