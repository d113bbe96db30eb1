# test-first-start.py - from no model to a price with one button
# SPDX-License-Identifier: GPL-3.0-or-later

import os
import time

from desktop import Desktop, cli_figures, tell, wait
from harness import HOUSE, check, done, equal, path, write

TRAIN = "Train on the Shipped Sales"

# Where training fails, its message stands there, and it can be tried again
broken = path("broken")
os.makedirs(broken)
write("broken/house-price-train", "#!/bin/sh\necho '{\"error\":{\"code\":\"io\",\"message\":\"the disk is full\"}}' >&2\nexit 1\n")
os.chmod(os.path.join(broken, "house-price-train"), 0o755)
desktop = Desktop(registry=path("failing"), HOUSE_PRICE_LIBEXEC=broken)
desktop.find("push button", TRAIN)
equal(wait(desktop.focused, "the focus"), TRAIN, "the button has the focus")
desktop.press("Return")
desktop.find("label", "the disk is full")
check(desktop.has("push button", "Try Again"), "it can be tried again")
desktop.press("Return")
desktop.find("label", "the disk is full")
equal(desktop.close(), 0, "it ends well")

# Cancelled: nothing half-written, and the button is back
registry = path("new")
desktop = Desktop(registry=registry)
desktop.find("push button", TRAIN)
desktop.press("Return")
desktop.find("push button", "Cancel")
equal(wait(desktop.focused, "the focus"), "Cancel", "Cancel has the focus")
desktop.press("Return")
wait(lambda: desktop.focused() == TRAIN, "the button again")
equal(sorted(os.listdir(os.path.join(registry, "house-price"))) if os.path.isdir(os.path.join(registry, "house-price")) else [], [],
      "nothing was registered")

# and the same page trains: stages, then a price
started = time.monotonic()
desktop.press("Return")
desktop.find("progress bar")
stages = set()


def priced():
    stages.update(node.get_name() for node in desktop.nodes("label") if node.get_name().startswith(("Cross-validating", "Testing", "Fitting")))
    return desktop.source() not in (None, "This computer") and desktop.price() not in (None, "–")


wait(priced, "a price")
tell(f"a price {time.monotonic() - started:.1f} s after the button was pressed; stages seen: {sorted(stages)}")
check(stages, "stages are told while it trains")
equal(wait(desktop.focused, "the focus"), "Living area (ft²)", "typing can begin")
desktop.set_text("Living area (ft²)", "1656")
for name, title in {"bedrooms": "Bedrooms", "bathrooms": "Bathrooms", "year_built": "Year built"}.items():
    desktop.set_text(title, dict(pair.split("=") for pair in HOUSE)[name])
desktop.wait_price(cli_figures(*HOUSE, registry=registry)[0])
equal(desktop.close(), 0, "it ends well")
done()
