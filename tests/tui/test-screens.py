# test-screens.py - whole screens as they should be, in terminals of all kinds
# SPDX-License-Identifier: GPL-3.0-or-later

import re

from harness import check, done, equal, path
from terminal import PROGRAM, Terminal, golden, predict, train

PRICED = r"\$\d.*\n(.*\n)*.*valued by"


def priced(terminal):
    terminal.wait(PRICED)
    return terminal


def house(terminal):
    """The README's house, typed."""
    priced(terminal)
    for text in ("1656", "3", "2", "north a"):
        terminal.type(text)
        terminal.keys("Enter")
    terminal.type("1960")
    terminal.keys("Enter")
    terminal.wait("▸Condition|>Condition")
    return terminal


def price_of_cli(terminal):
    """The program and the command line give one price."""
    said = predict("sqft=1656", "bedrooms=3", "bathrooms=2", "location=North Ames", "condition=Average", "year_built=1960")
    price = said.splitlines()[0]
    low, high = re.search(r"(\$\S+) – (\$\S+)", said).groups()
    text = terminal.wait(re.escape(price))
    for wanted in (price, low, high):
        check(wanted in text, f"shows {wanted}, as house-price predict does", text)


def value():
    terminal = house(Terminal())
    price_of_cli(terminal)
    golden(terminal.settle(), "value-80x24")
    terminal.keys("F6", "F6", "Enter")
    terminal.wait("Adjusted to this house")
    golden(terminal.settle(), "comparable-80x24")
    terminal.keys("Escape", "F6", "F7", "Up")
    terminal.wait("1960: \\$160,538")
    golden(terminal.settle(), "what-if-80x24")
    terminal.keys("Up")
    terminal.wait("North Ames: \\$160,538")
    golden(terminal.settle(), "what-if-category-80x24")
    terminal.keys("Escape", "Down", "Down")
    terminal.wait("Comparables")
    terminal.keys("Up", "Up", "Enter")
    terminal.wait("as it is|Clear Creek")
    golden(terminal.settle(), "list-80x24")
    terminal.type("ne r")
    golden(terminal.settle(), "search-80x24")
    terminal.keys("Escape")
    terminal.wait(r"\$160,538")
    terminal.keys("Up", "BSpace", "BSpace")
    terminal.type("x")
    golden(terminal.settle(), "problem-80x24")
    terminal.keys("Escape", "Up", "Up")
    terminal.type("9000")
    terminal.keys("Enter")
    terminal.type(":set bath")
    terminal.keys("Tab")
    terminal.type("2")
    terminal.keys("Enter")
    terminal.wait("9000 ft² is outside")
    golden(terminal.settle(), "warning-80x24")
    terminal.type(":sett")
    terminal.keys("Enter")
    golden(terminal.settle(), "command-error-80x24")
    terminal.keys("F1")
    golden(terminal.settle(), "help-80x24")
    terminal.keys("q", "q")
    equal(terminal.status(), 0, "q quits")


def wide():
    terminal = house(Terminal(200, 60))
    terminal.wait("Average: \\$160,538")
    golden(terminal.settle(), "value-200x60")
    terminal.resize(120, 40)
    terminal.keys("Up")
    terminal.wait("1960: \\$160,538")
    golden(terminal.settle(), "value-120x40")
    terminal.keys("Down")
    terminal.keys("F1")
    golden(terminal.settle(), "help-200x60")
    terminal.keys("Escape")
    terminal.resize(60, 15)
    priced(terminal)
    golden(terminal.settle(), "value-60x15")
    terminal.resize(59, 15)
    terminal.wait("This terminal has 59")
    golden(terminal.settle(), "too-small")
    terminal.resize(80, 24)
    priced(terminal)
    golden(terminal.settle(), "value-80x24")


def kinds():
    """Characters and attributes of other terminals; capture-pane -e tells both."""
    for name, options in {
        "linux": {"term": "linux"},
        "vt100": {"term": "vt100"},
        "screen": {"term": "screen"},
        "xterm-256color": {"term": "xterm-256color"},
        "no-unicode": {"options": ["--no-unicode"]},
        "locale-c": {"LC_ALL": "C"},
        "no-color": {"options": ["--no-color"]},
        "no-color-variable": {"NO_COLOR": "1"},
    }.items():
        terminal = house(Terminal(**options))
        terminal.keys("Up", "Up", "Enter", "Down")
        text = terminal.settle()
        styles = terminal.screen(styles=True)
        colours = re.findall(r"\033\[[0-9;]*[34][0-7](?=[;m])", styles) + re.findall(r"\033\[[0-9;]*[34]8;5", styles)
        ascii_only = name in ("vt100", "no-unicode", "locale-c")
        equal(text.isascii(), ascii_only, f"{name}: {'only ' if ascii_only else 'more than '}ASCII", text)
        equal(bool(colours), name not in ("vt100", "no-color", "no-color-variable"), f"{name}: colours or none", styles)
        equal("38;5" in styles, name in ("xterm-256color", "no-unicode", "locale-c"), f"{name}: 256 of them or fewer", styles)
        check("\033[" in styles, f"{name}: something stands out", styles)
        if name in ("linux", "vt100"):
            golden(text, name)
            terminal.keys("Escape", "Up", "Up", "Up", "F7")
            terminal.wait(r"1,656 ft.: \$160,538")
            golden(terminal.settle(), f"what-if-{name}")
        if name in ("screen", "no-color", "xterm-256color"):
            golden(terminal.styles(), f"{name}-styles")
            if name == "xterm-256color":
                terminal.keys("Escape", "Up", "Up", "Up", "F7")
                terminal.wait(r"1,656 ft.: \$160,538")
                terminal.settle()
                golden(terminal.styles(), f"what-if-{name}-styles")
        terminal.close()


def first_start():
    terminal = Terminal(registry=path("none"))
    terminal.wait("Enter +train")
    golden(terminal.settle(), "start-80x24")
    terminal.keys("F10")
    equal(terminal.status(), 0, "F10 quits")


def offline():
    terminal = house(Terminal(options=["--server", "http://127.0.0.1:9"]))
    terminal.wait("○ Offline v1")
    price_of_cli(terminal)
    golden(terminal.settle(), "offline-80x24")


train()
value()
wide()
kinds()
first_start()
offline()
done()
