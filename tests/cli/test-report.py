# test-report.py - reports of versions, comparisons and houses
# SPDX-License-Identifier: GPL-3.0-or-later

import json
import os
import re
import subprocess
import xml.etree.ElementTree

from harness import HOUSE, check, contains, done, environment, equal, path, run, status, train, write

EPOCH = {"SOURCE_DATE_EPOCH": "1790000000"}

status(train("--family", "linear", "--family", "gradient_boosting"), 0, "train")


def report(*arguments, **env):
    return run("report", *arguments, env=environment(**{**EPOCH, **env}))


def read(name):
    with open(path(name), "rb") as file:
        return file.read()


def text(name):
    return read(name).decode("utf-8").replace("\u00a0", " ")


def formats():
    for kind in ("html", "pdf", "md"):
        result = report("2", "-o", path(f"version.{kind}"))
        status(result, 0, f"report to {kind}")
        equal((result.out, result.err), ("", ""), f"report to {kind} says nothing")
        report("2", "-o", path(f"again.{kind}"))
        check(read(f"version.{kind}") == read(f"again.{kind}"), f"the same report is the same {kind}")
    html = read("version.html")
    xml.etree.ElementTree.fromstring(html.replace(b"<!DOCTYPE html>", b"", 1))
    check(b"http" not in html.replace(b"http-equiv", b""), "HTML asks nobody")
    check(read("version.pdf").startswith(b"%PDF-"), "PDF")
    contains(text("version.md"), ["# Version 2 of house-price", "Report of 2026-09-21", "## Gates", "## Ratio study", "## Limits of use"],
             "Markdown")
    status(report("2", "-o", path("other.md"), SOURCE_DATE_EPOCH="1600000000"), 0, "another date")
    contains(text("other.md"), "Report of 2020-09-13", "another date")


def pictures():
    status(report("2", "-o", path("with.md"), "--pictures"), 0, "--pictures")
    words = text("with.md")
    check("](<with-1.svg>)" in words, "Markdown points to its pictures", words)
    number = words.count("](<with-")
    check(number >= 6, "all charts are there", number)
    for i in range(1, number + 1):
        check(read(f"with-{i}.svg").startswith(b"<svg") or b"<svg" in read(f"with-{i}.svg")[:200], f"picture {i} is SVG")
    check("](<" not in text("version.md"), "without --pictures there are sentences", text("version.md"))
    status(report("2", "-o", path("plain.md"), "--no-charts"), 0, "--no-charts")
    check("Figure 1" not in text("plain.md"), "--no-charts", text("plain.md"))


def papers():
    status(report("-o", path("a4.pdf"), "--paper", "a4", "--no-charts"), 0, "--paper a4")
    status(report("-o", path("letter.pdf"), "--paper", "Letter", "--no-charts"), 0, "--paper letter")
    check(read("a4.pdf") != read("letter.pdf"), "papers differ")
    check(b"size:letter" not in read("version.html"), "A4 where the locale has it")
    for locale, size in (("en_US", b"size:letter"), ("de_DE", b"size:A4")):
        made = subprocess.run(["localedef", "-i", locale, "-f", "UTF-8", path(f"{locale}.UTF-8")], capture_output=True, text=True)
        check(os.path.isdir(path(f"{locale}.UTF-8")), f"localedef makes {locale}", made.stderr)
        there = {"LC_ALL": f"{locale}.UTF-8", "LOCPATH": path("")}
        status(report("2", "-o", path("there.html"), **there), 0, locale)
        check(size in read("there.html"), f"the paper of {locale}")
        xml.etree.ElementTree.fromstring(read("there.html").replace(b"<!DOCTYPE html>", b"", 1))
        drawn = re.findall(rb'<path[^>]* d="([^"]*)"', read("there.html"))
        check(drawn and not any(b"," in steps for steps in drawn), f"drawings know no {locale}")


def titles_and_segments():
    status(report("1", "-o", path("title.md"), "--title", "For the board <b>", "--by", "condition"), 0, "--title, --by")
    contains(text("title.md"), ["# For the board \\<b\\>", "By Condition"], "--title, --by")
    check("By Location" not in text("title.md"), "--by alone", text("title.md"))
    result = report("1", "-o", path("none.md"), "--by", "conditoin")
    status(result, 3, "no such column")
    contains(result.err, "condition", "no such column")
    check(not os.path.exists(path("none.md")), "nothing is written when it fails")


def comparison():
    status(report("1", "2", "-o", path("pair.md")), 0, "a comparison")
    contains(text("pair.md"), ["# Versions of house-price compared: 1, 2", "> **", "Common sales", "## Where they differ",
                               "Largest changes", "Difference"], "a comparison")
    verdict = text("pair.md").index("> **")
    check(verdict < text("pair.md").index("## "), "the verdict comes first", text("pair.md")[:600])
    result = report("1", "1", "-o", path("same.md"))
    status(result, 2, "a version with itself")


def houses():
    status(report("--house", *HOUSE, "-o", path("house.html")), 0, "a house")
    contains(text("house.html"), ["Valuation of a house", "1,656 ft²", "North Ames", "Licence no.", "Comparable sales"],
             "a house")
    status(report("--house", *HOUSE, "-o", path("few.md"), "--comparables", "0", "--model", "1", "--as-of", "2010-06"), 0, "terms")
    contains(text("few.md"), ["version 1", "2010-06"], "terms")
    check("## Comparable sales" not in text("few.md"), "--comparables 0")
    result = report("--house", "sqft=1656", "-o", path("none.md"))
    status(result, 3, "attributes are missing")
    contains(result.err, ["bedrooms", "--impute"], "attributes are missing")
    status(report("--house", "sqft=1656", "--impute", "-o", path("imputed.md")), 0, "--impute")
    result = report("--house", "sqft=1656", "sqrt=3", "-o", path("none.md"))
    status(result, 3, "an unknown attribute")


def sessions():
    attributes = dict(word.split("=", 1) for word in HOUSE)
    houses = [{"id": "h1", "name": "12 Elm St", "note": "corner <lot>", "attributes": attributes},
              {"id": "h2", "name": "7 Oak Ave", "attributes": {**attributes, "sqft": "2000"}}]
    file = write("appeals.hpsession", json.dumps({"format": 1, "versions": ["1"], "houses": houses}))
    status(report("--session", file, "--house", "7 oak ave", "-o", path("oak.md")), 0, "a house of a session")
    contains(text("oak.md"), ["# Valuation: 7 Oak Ave", "2,000 ft²", "version 1"], "a house of a session")
    status(report("--session", file, "--house", "12 Elm St", "--model", "2", "-o", path("elm.html")), 0, "another version")
    contains(text("elm.html"), ["12 Elm St", "corner &lt;lot&gt;"], "another version")
    result = report("--session", file, "-o", path("none.md"))
    status(result, 2, "which house?")
    contains(result.err, ["12 Elm St", "7 Oak Ave"], "which house?")
    result = report("--session", file, "--house", "Nowhere", "-o", path("none.md"))
    status(result, 4, "no such house")
    status(report("--session", path("none.hpsession"), "-o", path("none.md")), 4, "no such session")
    # the version that was decided on, though the session knows it by an alias that has moved on
    decided = path("decided.hpsession")
    status(run("session", "new", decided, "--versions", "champion", *HOUSE), 0, "a session of the champion")
    status(run("session", "accept", decided, "h1", "champion"), 0, "the champion's price is accepted")
    with open(decided, encoding="utf-8") as lines:
        version = json.load(lines)["audit"]["entries"][0]["version"]
    other = "1" if version != "1" else "2"
    status(run("models", "promote", other, "--force", "--reason", "test"), 0, "another champion")
    status(report("--session", decided, "-o", path("decided.md")), 0, "the version that was decided on")
    contains(text("decided.md"), f"version {version} ", "the version that was decided on")
    status(run("models", "promote", version, "--force", "--reason", "test"), 0, "the old champion")
    status(report("--session", write("bad.hpsession", "{"), "-o", path("none.md")), 3, "a broken session")


def wrong():
    for arguments, part in (
        ([], "-o FILE"),
        (["-o", path("x.docx")], ".pdf"),
        (["-o", path("x.pdf"), "--paper", "a5"], "a4, letter"),
        (["-o", path("x.pdf"), "--pictures"], "FILE.md"),
        (["-o", path("x.pdf"), "--model", "1"], "--house"),
        (["-o", path("x.pdf"), "--data", "sales.csv"], "A B"),
        (["-o", path("x.pdf"), "--house", *HOUSE, "--by", "location"], "--by"),
        (["-o", path("x.pdf"), *(["1"] * 9)], "8"),
    ):
        result = report(*arguments)
        status(result, 2, f"usage: {part}")
        contains(result.err, part, f"usage: {part}")
    status(report("-o", path("x.pdf"), SOURCE_DATE_EPOCH="soon"), 2, "SOURCE_DATE_EPOCH")
    status(report("17", "-o", path("x.pdf")), 4, "no such version")
    status(report("-o", path("nowhere/x.pdf"), "1"), 4, "no such folder")
    result = run("report", "1", "-o", path("x.pdf"), env=environment(HOUSE_PRICE_LIBEXEC=path("empty")))
    status(result, 4, "without the helper")


for test in (formats, pictures, papers, titles_and_segments, comparison, houses, sessions, wrong):
    test()
done()
