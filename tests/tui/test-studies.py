# test-studies.py - the views of versions: comparing them, and what they missed, in terminals of all kinds
# SPDX-License-Identifier: GPL-3.0-or-later

import csv
import subprocess

from harness import DATA, check, contains, done, equal, path
from terminal import CLI, Terminal, environment, golden, train

REGISTRY = path("studies")
STRANGE = path("strange")
NAMES = {"North Ames": "North Ames, whose name has just fifty letters here", "Old Town": "東京都千代田区", "Edwards": "حي الرياض"}


def train_linear(data, registry):
    """A version that is worse; whether it passes the gates does not matter."""
    subprocess.run([CLI, "train", data, "--family", "linear", "--registry", registry, "--quiet"], check=False, env=environment(),
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=300)


def rename(file):
    """The sales with names that are long, wide, or go from right to left."""
    with open(DATA, encoding="utf-8", newline="") as source, open(file, "w", encoding="utf-8", newline="") as out:
        rows = csv.reader(source)
        writer = csv.writer(out, lineterminator="\n")
        for row in rows:
            writer.writerow([NAMES.get(cell, cell) for cell in row])


def open_view(digit, wanted, *arguments, registry=REGISTRY, **options):
    terminal = Terminal(*arguments, registry=registry, **options)
    terminal.wait("valued by|Enter +train")
    terminal.keys(*["F2"] * (int(digit) - 1))
    terminal.wait(wanted)
    return terminal


def compare():
    terminal = open_view("2", "Metrics")
    golden(terminal.settle(), "compare-80x24")
    terminal.keys("NPage")
    terminal.wait("By segment")
    golden(terminal.settle(), "compare-segments-80x24")
    terminal.keys("G")
    terminal.wait("Sale ")
    golden(terminal.settle(), "compare-movers-80x24")
    terminal.keys("F7")
    terminal.wait("Difference of two versions")
    golden(terminal.settle(), "compare-chart-80x24")
    terminal.keys("F8")
    golden(terminal.settle(), "compare-versions-80x24")
    terminal.keys("Escape", "Escape", "g")
    terminal.resize(60, 15)
    terminal.wait("^ Metric")
    golden(terminal.settle(), "compare-60x15")
    terminal.resize(120, 40)
    terminal.wait("F7 shows")
    golden(terminal.settle(), "compare-120x40")
    terminal.keys("q")
    equal(terminal.status(), 0, "q quits")


def residuals():
    terminal = open_view("3", "LOWESS")
    golden(terminal.settle(), "residuals-80x24")
    # sorting, and the sale that is chosen
    terminal.keys(">")
    terminal.wait("Sale▾")
    terminal.keys("j")
    terminal.wait("Sale 2:")
    contains(terminal.screen(), "Sale 2: Enter values it", "the second sale is chosen")
    terminal.keys("r", "r", "F4")
    terminal.wait("Sales by")
    golden(terminal.settle(), "residuals-filter-80x24")
    terminal.keys("Down", "Enter")
    terminal.wait("Bloomington")
    terminal.type("north a")
    terminal.wait("North Ames +443")
    terminal.keys("Enter")
    terminal.wait("443 sales · Location: North Ames")
    # two versions, and a search that starts where one is
    terminal.keys("F8", "2", "Space", "Enter")
    terminal.wait("versions 1, 2")
    terminal.keys("/")
    terminal.type("398")
    terminal.wait("Sale 398|^ +398 ")
    golden(terminal.settle(), "residuals-search-80x24")
    terminal.type("x")
    terminal.keys("Enter", "n")
    terminal.wait("No sale has “398x”")
    terminal.keys("F7")
    terminal.type("quant")
    terminal.keys("Enter")
    terminal.wait("Normal quantiles")
    golden(terminal.settle(), "residuals-qq-80x24")
    terminal.keys("z")
    terminal.keys("Left", "Left")
    terminal.wait("Residuals by predicted")
    terminal.resize(60, 15)
    terminal.wait("F10Quit")
    golden(terminal.settle(), "residuals-60x15")
    terminal.keys("F9")
    terminal.wait("Predicted, 2")
    golden(terminal.settle(), "residuals-sales-60x15")
    terminal.resize(120, 40)
    terminal.keys("Escape", "Escape")
    terminal.wait("2,929 sales")
    golden(terminal.settle(), "residuals-120x40")
    # a sale becomes the house, and can be taken back
    terminal.keys("g", "Enter")
    terminal.wait("is the house now")
    check("Living area" in terminal.screen(), "the house is shown")
    terminal.keys("F9")
    terminal.wait("Taken back")


def fallbacks():
    for name, options in {"vt100": {"term": "vt100"}, "linux": {"term": "linux"}, "no-color": {"options": ["--no-color"]},
                          "locale-c": {"LC_ALL": "C"}}.items():
        terminal = open_view("3", "LOWESS", **options)
        # both versions
        terminal.keys("F8", "2", "Space", "Enter")
        terminal.wait("versions 1, 2")
        text = terminal.settle()
        equal(text.isascii(), name in ("vt100", "locale-c"), f"{name}: {'only' if name != 'linux' else 'more than'} ASCII", text)
        check("* version 1" in text and "+ version 2" in text, f"{name}: versions have marks", text)
        if name != "locale-c":
            golden(text, f"residuals-{name}")
        terminal.keys("BTab")
        text = terminal.wait("MAE")
        equal(text.isascii(), name in ("vt100", "locale-c"), f"{name}: the comparison too", text)
        terminal.close()


def resized_while_loading():
    """Nothing is awaited before the terminal has another size, several times."""
    terminal = Terminal(registry=REGISTRY)
    terminal.wait("valued by")
    terminal.keys("F2")
    for width, height in ((120, 40), (50, 10), (60, 15), (100, 30), (80, 24)):
        terminal.resize(width, height)
    terminal.keys("F2", "Right", "Right", "Left", "F2", "F2", "F2")
    for width, height in ((61, 16), (140, 50), (80, 24)):
        terminal.resize(width, height)
    terminal.wait("Price by predicted price|Residuals by|Distribution")
    terminal.keys("q")
    equal(terminal.status(), 0, "it goes on through all sizes")


def one_version():
    registry = path("one")
    train(registry)
    terminal = open_view("2", "There is one version", registry=registry)
    golden(terminal.settle(), "compare-one-80x24")
    terminal.keys("F2")
    terminal.wait("LOWESS")
    # one comes while they are looked at
    train_linear(DATA, registry)
    terminal.keys("F5", "F8")
    terminal.keys("Escape", "Tab", "Tab")
    terminal.keys("Escape")
    terminal.close()


def strange_names():
    file = path("strange.csv")
    rename(file)
    train_linear(file, STRANGE)
    terminal = open_view("3", "LOWESS", registry=STRANGE)
    terminal.keys("F7")
    terminal.type("location")
    terminal.keys("Enter")
    terminal.wait("Residuals by “Location”")
    golden(terminal.settle(), "residuals-names-80x24")
    # One after the other: a page is as long as what is on the screen
    for key in ("z", "NPage", "NPage", "NPage"):
        terminal.keys(key)
        terminal.settle()
    terminal.wait("North Ames, whose")
    golden(terminal.settle(), "residuals-names-zoomed-80x24")
    terminal.keys("F4", "Down", "Enter")
    terminal.wait("Bloomington Heights +28")
    terminal.type("whose")
    terminal.keys("Enter")
    terminal.wait("443 sales")
    golden(terminal.settle(), "residuals-names-filtered-80x24")
    terminal.close()


def none():
    terminal = Terminal(registry=path("none"))
    terminal.wait("Enter +train")
    terminal.keys("2")
    terminal.wait("Train a model")
    terminal.keys("3")
    terminal.wait("Residuals are what")
    terminal.keys("Escape")
    terminal.wait("Enter +train")
    terminal.keys("F10")
    equal(terminal.status(), 0, "F10 quits")


train(REGISTRY)
train_linear(DATA, REGISTRY)
compare()
residuals()
fallbacks()
resized_while_loading()
one_version()
strange_names()
none()
done()
