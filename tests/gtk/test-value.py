# test-value.py - a house typed into the desktop has the price that the command line prints
# SPDX-License-Identifier: GPL-3.0-or-later

from desktop import Desktop, cli_figures, wait
from harness import HOUSE, check, contains, done, equal, status, train

HOUSE_TITLES = {"sqft": "Living area (ft²)", "bedrooms": "Bedrooms", "bathrooms": "Bathrooms", "year_built": "Year built"}


def house(**changes):
    values = {**dict(pair.split("=") for pair in HOUSE), **changes}
    return [f"{name}={value}" for name, value in values.items()]


def choose(desktop, title, text):
    """From the list behind a category's button, by its keys"""
    desktop.focus(f"{title}: ")
    desktop.press("space")
    desktop.find("label", name="North Ames" if title == "Location" else "Average")
    desktop.type(text)
    desktop.press("Return")
    desktop.find("push button", contains=f"{title}: ")


def same_as_command_line(desktop, name, **changes):
    price, low, high = cli_figures(*house(**changes))
    desktop.wait_price(price)
    # the curve comes after the price, and goes through it
    wait(lambda: price in desktop.find("image", contains="What if: ").get_description(), f"a curve through {price}")
    figures = desktop.figures()
    equal((figures["low"], figures["high"]), (low, high), f"{name}: the interval is the command line's")
    contains(desktop.spoken(), [price, low, high], f"{name}: the price can be heard")
    return figures


result = train("--family", "gradient_boosting")
status(result, 0, "training")
desktop = Desktop()

# Where the pointer is at rest nothing has a tooltip: on a display without a window manager it would take the focus
desktop.point(200, 620)

# The tree says what each field is, and the first has the focus
desktop.find("spin button", "Living area (ft²)")
for title in HOUSE_TITLES.values():
    check(desktop.has("spin button", title), f"{title} is a spin button with that name")
for title in ("Location", "Condition"):
    check(desktop.has("push button", contains=f"{title}: "), f"{title} is a button that tells its choice")
check(desktop.has("text", "As of"), "the date has its name")
equal(wait(desktop.focused, "the focus"), "Living area (ft²)", "the first field has the focus at the start")
desktop.wait_source("This computer · v1")

# Reasons, evidence and the curve stand beside the price; the curve is of what weighs most until somebody is at a field
desktop.find("label", "Why")
check(desktop.has("list item", contains="Base price: $"), "the reasons begin with the base price")
check(desktop.has("list item", contains=f"Living area {desktop.text('Living area (ft²)')} ft²: "), "a reason names the attribute, its value and its amount")
check(desktop.has("list item", contains="Price: $"), "the reasons end with the price")
desktop.find("label", "Comparables")
check(desktop.has("list item", contains=", similarity "), "a comparable sale can be heard as a sentence")
desktop.find("image", contains="What if: ")

# Set through the tree
for name, title in HOUSE_TITLES.items():
    desktop.set_text(title, dict(pair.split("=") for pair in HOUSE)[name])
choose(desktop, "Location", "north ames")
choose(desktop, "Condition", "average")
figures = same_as_command_line(desktop, "a house")
equal(figures["maker"], "Valued by version 1 on this computer", "who valued it")

# Typed with keys, priced without leaving the field
desktop.focus("Living area (ft²)")
desktop.find("image", "What if: Living area (ft²)")
desktop.press("ctrl+a")
desktop.type("2,345")
same_as_command_line(desktop, "typed", sqft=2345)
desktop.press("Up")
equal(desktop.text("Living area (ft²)"), "2,395", "a step up, with its separators")
same_as_command_line(desktop, "a step up", sqft=2395)
desktop.press("ctrl+a")
desktop.type("1656")
desktop.press("Tab")
equal(wait(lambda: desktop.text("Living area (ft²)"), "a text"), "1,656", "separators come when the field is left")
same_as_command_line(desktop, "a step further", sqft=1656)

# What is wrong is said at the field, and there is no price for it
desktop.focus("Bedrooms")
desktop.press("ctrl+a")
desktop.type("99")
desktop.wait_price("–")
check(desktop.has("label", contains="99 is above the most allowed, 20"), "the field says what is wrong")
contains(desktop.spoken(), "Correct what is marked", "it can be heard")
desktop.press("ctrl+a")
desktop.type("4")
same_as_command_line(desktop, "corrected", bedrooms=4)

# A category that the model has not seen can be used, with a warning
choose(desktop, "Location", "Atlantis")
desktop.find("push button", contains="Location: Atlantis")
same_as_command_line(desktop, "unseen", bedrooms=4, location="Atlantis")
check(desktop.has("list item", contains="has not seen \"Atlantis\""), "a warning says that it is unseen")

# The date
desktop.set_text("As of", "1975")
same_as_command_line(desktop, "as of 1975", bedrooms=4, location="Atlantis", sale_date="1975")

# Reset, and undone
desktop.focus("Reset")
desktop.press("space")
wait(lambda: not desktop.has("push button", contains="Location: Atlantis"), "a typical house")
desktop.focus("Undo", "shift+Tab")  # the shorter way: the offer does not stay for long
desktop.press("space")
desktop.find("push button", contains="Location: Atlantis")
same_as_command_line(desktop, "undone", bedrooms=4, location="Atlantis", sale_date="1975")

# The curve follows the field that somebody is at, and its points can be reached with keys
desktop.focus("Bedrooms")
desktop.find("image", "What if: Bedrooms")
desktop.focus("As of")
desktop.find("image", "What if: Sale date")
desktop.focus("What if: Sale date")
desktop.find("label", contains="This house, 1975: $")
desktop.press("End")
desktop.wait_gone("label", contains="This house, 1975: $")
desktop.press("Escape")
desktop.find("label", contains="This house, 1975: $")

equal(desktop.close(), 0, "Ctrl+Q ends it with status 0")
equal([line for line in desktop.stderr().splitlines() if "WARNING" in line or "CRITICAL" in line], [], "no warning on stderr")
done()
