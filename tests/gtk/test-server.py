# test-server.py - the server dies and returns while somebody types
# SPDX-License-Identifier: GPL-3.0-or-later

import time

from desktop import LOST, Desktop, Server, cli_figures, tell, typical
from harness import check, done, equal, path, run, status, train

status(train("--family", "gradient_boosting"), 0, "the model on this computer")
there = path("there")
status(train("--family", "random_forest", "--seed", "7", registry=there), 0, "the server's first model")
status(train("--family", "linear", "--seed", "7", registry=there), 0, "the server's second model")
status(run("models", "promote", "2", registry=there), 0, "the server's champion")

server = Server(there)
desktop = Desktop("--server", server.url)
desktop.wait_source("Server · v2")
desktop.find("label", "Valued by version 2 on the server")
desktop.wait_price(cli_figures(*typical(desktop), registry=there)[0])
check(not desktop.has("label", contains=LOST), "no bar while the server answers")

# The server dies between two key strokes
desktop.focus("Living area (ft²)")
desktop.press("ctrl+a")
desktop.type("20")
server.kill()
started = time.monotonic()
desktop.type("00")
desktop.find("label", "Valued by version 1 on this computer")
desktop.find("label", contains=LOST)
tell(f"bar and local price {time.monotonic() - started:.1f} s after the server died")
desktop.wait_source("Offline · v1")
desktop.wait_price(cli_figures(*typical(desktop))[0])
equal(desktop.text("Living area (ft²)"), "2000", "no key stroke was lost")
equal(desktop.focused(), "Living area (ft²)", "the cursor is where it was")
# and typing goes on
desktop.press("ctrl+a")
desktop.type("1777")
desktop.wait_price(cli_figures(*typical(desktop))[0])

# It returns: everything goes back by itself
server.start()
started = time.monotonic()
desktop.wait_gone("label", contains=LOST)
desktop.find("label", "Valued by version 2 on the server")
tell(f"bar gone and price by the server {time.monotonic() - started:.1f} s after it was back")
desktop.wait_source("Server · v2")
desktop.wait_price(cli_figures(*typical(desktop), registry=there)[0])

# A new champion there
status(run("models", "promote", "1", registry=there), 0, "another champion on the server")
server.kill()
server.start()
desktop.wait_source("Server · v1")
desktop.find("label", "Valued by version 1 on the server")
desktop.wait_price(cli_figures(*typical(desktop), registry=there)[0])
equal(desktop.close(), 0, "it ends well")
server.kill()
done()
