#!/usr/bin/env python3
"""Reports as the programs of others read them: HTML as XML and by a parser of HTML, PDF by what is in it. Prints TAP.

argv[1]: make-report, which writes the documents; poppler's pdftotext is used where there is one.
"""

import html.parser
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree
import zlib

results = []


def check(name, problems):
    results.append((name, problems))


class Page(html.parser.HTMLParser):
    """What a browser sees: elements, ids, references, text."""

    VOID = {"meta", "br", "img", "hr", "input", "link"}

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open, self.elements, self.ids, self.references, self.problems = [], [], [], [], []
        self.text, self.attributes = [], []

    def handle_starttag(self, tag, attributes):
        self.elements.append(tag)
        self.attributes.append((tag, dict(attributes)))
        for name, value in attributes:
            if name == "id":
                self.ids.append(value)
            if name in ("href", "xlink:href", "src", "action", "data", "srcset", "poster", "background"):
                self.references.append(value)
            if name.startswith("on"):
                self.problems.append(f"{tag} has the script {name}")
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag not in self.VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        if tag in self.VOID:
            return
        if not self.open or self.open[-1] != tag:
            self.problems.append(f"</{tag}> closes {self.open[-1:]}")
        else:
            self.open.pop()

    def handle_data(self, data):
        if self.open and self.open[-1] != "style":
            self.text.append(data)


def look_at_html(path):
    text = path.read_text(encoding="utf-8")
    problems = []
    try:
        xml.etree.ElementTree.fromstring(text.replace("<!DOCTYPE html>", "", 1))
    except xml.etree.ElementTree.ParseError as error:
        problems.append(f"not well-formed: {error}")
    page = Page()
    page.feed(text)
    page.close()
    problems += page.problems
    if page.open:
        problems.append(f"left open: {page.open}")
    for element in ("script", "link", "img", "iframe", "object", "embed", "form", "base", "foreignobject", "use-external"):
        if element in page.elements:
            problems.append(f"has <{element}>")
    twice = {i for i in page.ids if page.ids.count(i) > 1}
    if twice:
        problems.append(f"ids that are there twice: {sorted(twice)[:5]}")
    for reference in page.references:
        if not reference.startswith("#"):
            problems.append(f"points outside: {reference[:60]}")
        elif reference[1:] not in page.ids:
            problems.append(f"points nowhere: {reference}")
    style = re.findall(r"<style>(.*?)</style>", text, re.S)
    if len(style) != 1 or re.search(r"url\(|@import|http", style[0]):
        problems.append("style: not one sheet, or it asks for more")
    # what is left of addresses is text, escaped
    for tag, attributes in page.attributes:
        for name, value in attributes.items():
            if value and name not in ("aria-label", "content") and re.search(r"https?:", value):
                problems.append(f"{tag} has {name}={value[:40]}")
    if re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text):
        problems.append("has control characters")
    return page, problems


def check_html(folder):
    for name in ("all", "letter", "hostile", "empty"):
        page, problems = look_at_html(folder / f"{name}.html")
        check(f"{name}.html is whole, alone and well-formed", problems)
    page, _ = look_at_html(folder / "all.html")
    problems = []
    root = page.attributes[0]
    if root[0] != "html" or root[1].get("lang") != "en":
        problems.append(f"language: {root}")
    levels = [int(e[1]) for e in page.elements if re.fullmatch("h[1-6]", e)]
    if levels[0] != 1 or levels.count(1) != 1 or any(b - a > 1 for a, b in zip(levels, levels[1:])):
        problems.append(f"levels of headings: {levels}")
    tables = page.elements.count("table")
    if page.elements.count("caption") != tables or page.elements.count("thead") != tables:
        problems.append("a table without caption or head")
    for tag, attributes in page.attributes:
        if tag == "th" and attributes.get("scope") not in ("col", "row"):
            problems.append("a head without scope")
    pictures = [a for t, a in page.attributes if a.get("role") == "img"]
    if len(pictures) != 4 or page.elements.count("svg") != 4:
        problems.append(f"{len(pictures)} pictures")
    if any(p.get("aria-label", "").replace("\u00a0", " ") != "Half of the sales lie within 8 % of the line." for p in pictures):
        problems.append("a picture without its sentence")
    text = "".join(page.text)
    for part in ("$178,123", "Row 120", "A gate is a bound on a statistic.", "cleaned & counted", "Licence no."):
        if part not in text:
            problems.append(f"lacks “{part}”")
    check("all.html can be heard", problems)
    page, problems = look_at_html(folder / "hostile.html")
    if "</title><script" not in "".join(page.text):
        problems.append("the text itself is lost")
    check("hostile.html shows its text", problems)
    same = (folder / "all.html").read_bytes() == (folder / "again.html").read_bytes()
    check("the same report is the same HTML", [] if same else ["differs"])
    check("letter.html asks for its paper", [] if "size:letter" in (folder / "letter.html").read_text() else ["no"])


def streams(data):
    for match in re.finditer(rb"(?<!end)stream\r?\n", data):
        body = data[match.end() : data.index(b"endstream", match.end())]
        try:
            yield zlib.decompress(body)
        except zlib.error:
            yield body


def page_count(data):
    return sum(len(re.findall(rb"/Type\s*/Page\b", part)) for part in [data, *streams(data)])


def pdf_text(path):
    return subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True).stdout


def check_pdf(folder):
    for name, box in (("all", rb"595\.\d+ 841\.\d+"), ("letter", rb"612 792"), ("hostile", rb"595\.\d+ 841\.\d+")):
        data = (folder / f"{name}.pdf").read_bytes()
        problems = []
        if not data.startswith(b"%PDF-1.") or b"%%EOF" not in data[-32:]:
            problems.append("no PDF")
        everything = b"\n".join([data, *streams(data)])
        if not re.search(rb"MediaBox \[ ?0 0 " + box, everything):
            problems.append("another paper")
        if re.search(rb"/(JavaScript|JS|Launch|URI|SubmitForm)\b", everything):
            problems.append("does something")
        if name == "all" and page_count(data) < 4:
            problems.append(f"{page_count(data)} pages")
        check(f"{name}.pdf is a PDF of its paper", problems)
    same = (folder / "all.pdf").read_bytes() == (folder / "again.pdf").read_bytes()
    check("the same report is the same PDF", [] if same else ["differs"])
    if shutil.which("pdftotext") is None:
        check("text of all.pdf # SKIP no pdftotext", [])
        return
    pages = pdf_text(folder / "all.pdf").split("\f")[:-1]
    problems = []
    for number, page in enumerate(pages, 1):
        if f"Page {number} of {len(pages)}" not in page:
            problems.append(f"page {number} has no number")
        lines = [line.strip() for line in page.splitlines() if line.strip()]
        rows = [line for line in lines if re.match(r"Row \d+ ", line)]
        if rows and not any(re.match(r"Row\s+What it says", line) for line in lines):
            problems.append(f"page {number}: rows without a head")
        if lines[-2] in ("What it was trained on", "In figures", "Words", "Notes") or lines[-2].startswith("Table"):
            problems.append(f"page {number}: ends with {lines[-2]}")
    whole = "\n".join(pages)
    for row in range(1, 121):
        if len(re.findall(rf"Row {row} ", whole)) != 1:
            problems.append(f"row {row} is not there once")
    for part in ("Report of version 3", "$178,123", "Figure 3.", "Signature", "¹ A gate is a bound"):
        if part not in whole:
            problems.append(f"lacks “{part}”")
    check("text of all.pdf", problems)


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        subprocess.run([sys.argv[1], name], check=True)
        check_html(folder)
        check_pdf(folder)
    print(f"1..{len(results)}")
    for number, (name, problems) in enumerate(results, 1):
        for problem in problems:
            print(f"# {problem}")
        print(f"{'not ok' if problems else 'ok'} {number} - {name}")
    return 1 if any(problems for _, problems in results) else 0


if __name__ == "__main__":
    sys.exit(main())
